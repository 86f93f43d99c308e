/* hold: who may have a store open while its files are replaced: nobody.
 *
 * Everybody who has a store open holds a shared lock on its folder; whoever replaces data.mdb holds it alone.
 * Other people's LMDB programs do not know of that, so they are kept out by LMDB's own lock, on the first
 * byte of lock.mdb. Locks end with the process that holds them. */
#ifndef MOTCUA_STORE_HOLD_H
#define MOTCUA_STORE_HOLD_H

#include "core/outcome.h"

struct hold {
    int folder; /* locked; -1: not held */
    int lock;   /* lock.mdb, locked; -1: not held alone */
};
#define HOLD_NONE ((struct hold){-1, -1})

/* How long opening waits for a store that is being compacted. */
enum { HOLD_PATIENCE = 30 * 1000 };

/* Together with all who have it open. Waits up to that many milliseconds for whoever holds it alone, then
 * `store_busy`. `no_permission`, `io_error`. *h is held on success alone. */
struct outcome hold_shared(struct hold *h, const char *dir, int patience);
/* Alone, or not at all: `store_in_use`. Makes a missing lock.mdb. */
struct outcome hold_alone(struct hold *h, const char *dir);
/* Held alone: makes the lock file worthless to whoever waits at it with another program, so that he is
 * refused instead of reading the new file by what the lock says of the old one. Whoever opens the store next
 * makes it anew. An errno, 0 for success. */
int hold_spoil_lock(const struct hold *h);
void hold_release(struct hold *h); /* not held is fine */

#endif
