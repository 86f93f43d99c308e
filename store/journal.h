/* journal: every event, in order, each bound to all before it by its hash. Written by appending; never
 * changed.
 *
 * An entry's value is BLAKE2b-256(hash of the entry before, seq as 8 bytes big-endian, body), then the body.
 * The first entry follows a hash of zeros. */
#ifndef MOTCUA_STORE_JOURNAL_H
#define MOTCUA_STORE_JOURNAL_H

#include "core/event.h"
#include "store/txn.h"

struct entry {
    uint64_t seq;
    const unsigned char *hash; /* STORE_HASH bytes; in the map, like the body */
    struct str body;
};

void journal_hash(unsigned char out[STORE_HASH], const unsigned char before[STORE_HASH], uint64_t seq,
                  struct str body);

/* False when there is none of that number (which is damage: callers ask for what was recorded) or after a
 * fault. */
bool journal_get(struct txn *t, uint64_t seq, struct entry *out);
/* The same, decoded, with its seq. */
bool journal_event(struct txn *t, uint64_t seq, struct event *out);
/* An entry counts as written when it was recorded; but one recorded by a clock that ran ahead no later than
 * the earliest clock that was accepted after it. So counted, entries' times never decrease.
 *
 * `clock`, in what follows: the last event, up to the entry that is the head, that accepted a clock; 0: none.
 */

/* The last entry that counts as written at or before a UTC second, up to `head`; 0 when all came later. A
 * search by halves, between two such events. */
uint64_t journal_at(struct txn *t, uint64_t head, uint64_t clock, int64_t utc_second);
/* The UTC second at which an event of the journal counts as written. */
int64_t journal_written(struct txn *t, uint64_t clock, const struct event *e);
/* The event of that number, which accepted a clock. False when it did not (which is damage) or after a fault.
 */
bool journal_clock(struct txn *t, uint64_t seq, struct event *out);

/* The entries from `from` on in order; `each` returns false to stop. A gap in the numbers is damage. True
 * when it came to the end. */
typedef bool entry_visit(void *arg, const struct entry *e);
bool journal_walk(struct txn *t, uint64_t from, uint64_t upto, entry_visit *each, void *arg);

/* The events of one chain up to `upto`, newest first as they are found, then read the other way. */
struct chain {
    uint64_t *seq; /* oldest first once chain_load() is done */
    size_t count, cap;
};
/* Follows `previous` back from the event `last`; those past `upto` are left out. Every event must be of
 * `dossier` (0: the office). False at damage or without memory. Release it whatever the answer. */
bool chain_load(struct chain *c, struct txn *t, uint64_t dossier, uint64_t last, uint64_t upto);
void chain_release(struct chain *c);

/* New entries, gathered so that they land side by side in the file, whatever else the transaction writes. */
struct journal_tail {
    struct buf values; /* per entry: 4 bytes of length, then the value */
    uint64_t first;    /* seq of the first one */
    size_t count;
};
void journal_tail_add(struct journal_tail *tail, uint64_t seq, const unsigned char hash[STORE_HASH],
                      struct str body);
void journal_tail_flush(struct journal_tail *tail, struct txn *t);
void journal_tail_release(struct journal_tail *tail);

#endif
