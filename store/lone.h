/* lone: a data.mdb by any name, to which nobody writes, and the journal in it: a copy that was just made, or
 * one that somebody brought. */
#ifndef MOTCUA_STORE_LONE_H
#define MOTCUA_STORE_LONE_H

#include "store/state.h"

struct lone {
    struct store *store;
    struct txn txn;
    struct cursor cursor;
    uint64_t count; /* entries there are to be */
    uint64_t last;  /* the one read last */
};

/* `blame`: whose fault it is where reading it makes LMDB fall over. `no_such_file`, `not_a_backup`,
 * `damaged_backup`, `no_permission`, `io_error`, `out_of_memory`. To be closed on success alone. */
struct outcome lone_open(struct lone *l, const char *file, enum outcome_class blame);
/* The next entry, from the first one on, in order; lives until the next call. `bad_backup` at a gap, also
 * where the journal ends before its last entry. Whether the hashes are right is for the caller to see. */
struct outcome lone_next(struct lone *l, struct journal_entry *out, bool *more);
/* The summary of our layout. */
struct outcome lone_state(struct lone *l, struct state *out);
/* Does the summary, of this layout or an earlier one, tell of entries after `end`, the last one there is?
 * False where it cannot be read, or where its number alone is wrong: that is its own damage. */
bool lone_is_cut(struct lone *l, const struct head *end);
void lone_close(struct lone *l);

/* Each is what an entry must be to follow the one whose hash is `before`. Success, or `bad_backup` of `name`.
 */
struct outcome lone_check(const char *name, const struct journal_entry *e,
                          const unsigned char before[STORE_HASH]);
/* `what` is wrong with entry number `seq`. */
struct outcome lone_bad(const char *name, uint64_t seq, enum text_id what);

#endif
