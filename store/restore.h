/* restore: a store made again from its journal. Whatever else a store keeps is worked out anew, so the copy
 * is sound wherever the journal is, and of this program's layout. */
#ifndef MOTCUA_STORE_RESTORE_H
#define MOTCUA_STORE_RESTORE_H

#include "store/store.h"

/* Where the entries of a journal come from. */
struct journal_source {
    /* The next entry, in order; *more is false when there is none left. Only seq, hash and body are filled
     * in; they live until the next call. Anything but success ends the restoring. */
    struct outcome (*next)(void *arg, struct journal_entry *out, bool *more);
    void *arg;
    const char *name; /* the file, for messages */
};

/* Makes a store in `dir`, which must not be there or hold nothing, out of all those entries, and closes it.
 * Each entry must carry the hash that its place in the chain gives it, so the journal's head comes out the
 * same. `folder_not_empty`, `store_exists`, `unknown_group`, `bad_backup` (with the first bad entry),
 * whatever the source says, and whatever store_create() fails with. On failure nothing is left that was not
 * there before; one that is killed is as if it had never been begun. *head (may be NULL) is the journal's
 * end. */
struct outcome store_restore(const char *dir, const struct store_options *options,
                             const struct journal_source *source, struct head *head);

#endif
