/* folder: the store's folder and files on the disk: made, given their modes, judged, taken away again. */
#ifndef MOTCUA_STORE_FOLDER_H
#define MOTCUA_STORE_FOLDER_H

#include "store/fault.h"
#include "store/store.h"
#include <sys/types.h>

/* What was made and was not there before. */
struct made;
void made_free(struct made *m); /* NULL is fine */
/* Removes the files and folders again, and frees. Folders that something was put into meanwhile stay. */
void made_undo(struct made *m);

/* Makes the folder with its parents, an empty data.mdb and a lock.mdb, with their modes whatever the umask,
 * and group. `store_exists` where any data.mdb is; `network_disk`, `no_permission`, `io_error`. On failure
 * nothing is left. */
struct outcome folder_make(const char *dir, const char *group, struct made **out);

/* Is there a data.mdb that may be ours? Looks at its first page before LMDB does. *mode is that of the file,
 * for a lock file that has to be made anew. */
struct outcome folder_check(const char *dir, mode_t *mode);
/* Makes a missing lock.mdb with that mode, whatever the umask: LMDB's own would shut group mates out. */
struct outcome folder_ready_lock(const char *dir, mode_t mode);
/* Is a file system with this magic number reached over a network? */
bool folder_is_network(unsigned long magic);

#endif
