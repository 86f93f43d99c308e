/* copy: an open store's data.mdb, compacted, written beside the file it is to become, checked, and put in its
 * place in one step. A copy whose maker was killed is taken away by the next one in the same folder. */
#ifndef MOTCUA_STORE_COPY_H
#define MOTCUA_STORE_COPY_H

#include "store/env.h"
#include "store/watch.h"
#include <limits.h>
#include <sys/stat.h>

struct copy {
    char target[PATH_MAX]; /* what it is to become; links are followed */
    char temporary[PATH_MAX];
    int fd;          /* of the copy, locked as long as its maker lives; -1: none */
    struct stat was; /* the target, as it is now */
    bool exists;
};
#define COPY_NONE ((struct copy){.fd = -1})

/* Begins a file for its owner alone. `no_permission`, `disk_full`, `io_error`. Release it whatever the
 * answer. */
struct outcome copy_begin(struct copy *c, const char *target);
/* The store as it stands at this moment, on the disk for good. No transaction may be open. `damaged` too. */
struct outcome copy_write(struct copy *c, struct store *s);
/* Opens the copy and walks its journal from the first entry to the last, which must be the one its summary
 * tells of: `damaged` (the store `s` that it was made of) else. `out` is what it holds. */
struct outcome copy_check(struct copy *c, struct store *s, const struct watch *watch, struct store_stat *out);
/* In place of the target, on the disk for good. */
struct outcome copy_publish(struct copy *c);
void copy_release(struct copy *c); /* takes away what was not published */

#endif
