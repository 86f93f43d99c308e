/* compact: a store rewritten without the room that years of changes left in it, and with what is read
 * together lying together. */
#ifndef MOTCUA_STORE_COMPACT_H
#define MOTCUA_STORE_COMPACT_H

#include "store/store.h"
#include "store/watch.h"

struct compacted {
    uint64_t before, after; /* bytes of data.mdb */
    struct head head;       /* the same before and after */
};

/* Only while nobody else has it open: `store_in_use` else; whoever opens it meanwhile waits a while
 * (`store_busy` at last). The copy is checked before it takes the place of the old file, in one step; mode
 * and group stay. On any failure, and when killed, the store is as it was. */
struct outcome store_compact(const char *dir, struct compacted *out);
/* The same, watched while it is checked; a stop leaves the store as it is. */
struct outcome store_compact_watched(const char *dir, const struct watch *watch, struct compacted *out);

#endif
