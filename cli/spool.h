/* spool: pieces of bytes, each with a name, set aside in a file without a name: so that a view of the store
 * is over before anything that takes its time begins, and memory stays flat however many they are. */
#ifndef MOTCUA_CLI_SPOOL_H
#define MOTCUA_CLI_SPOOL_H

#include "core/buf.h"

#include <stdio.h>

struct spool {
    FILE *file;
    struct buf name, bytes; /* read last */
    int error;              /* errno of the first thing that failed; everything after it does nothing */
};

/* Takes what was in *s before for nothing. Where there is no room for a file `error` says so. */
void spool_begin(struct spool *s);
/* Copies both. False, here and below, where `error` is set. */
bool spool_add(struct spool *s, struct str name, struct str bytes);
/* Reads from the first one on; nothing is added any more. */
bool spool_rewind(struct spool *s);
/* Borrowed until the next call; false at the end too. */
bool spool_next(struct spool *s, struct str *name, struct str *bytes);
/* One that is all zeros, or was released, is fine. */
void spool_release(struct spool *s);

#endif
