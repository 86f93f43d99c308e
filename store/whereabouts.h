/* whereabouts: is the file that is open still the one in its place?
 *
 * A file that was removed, moved away with its folder, or that another was renamed over can still be written
 * to: what is saved there is lost to everybody. */
#ifndef MOTCUA_STORE_WHEREABOUTS_H
#define MOTCUA_STORE_WHEREABOUTS_H

#include "core/outcome.h"
#include <sys/types.h>

struct whereabouts {
    char *file; /* where it is to be found; NULL: nothing was noted, and everything is well */
    dev_t device;
    ino_t inode;
    off_t length; /* LMDB never makes it shorter */
};

/* Notes where the data.mdb of `folder` is, open as `fd`. An errno, 0 for success. */
int whereabouts_note(struct whereabouts *p, const char *folder, int fd);
/* Is it still there, and no shorter? Pages that were cut off must not be touched any more. Success,
 * `store_gone`, or why it cannot be looked at; `dir` is what messages name. One call of the system. */
struct outcome whereabouts_check(struct whereabouts *p, const char *dir);
/* Is there no data.mdb in that folder, or no such folder? */
bool whereabouts_is_empty(const char *folder);
void whereabouts_release(struct whereabouts *p);

#endif
