/* folder: the store's folder and files on the disk, as they are: judged, opened up, made to last. */
#ifndef MOTCUA_STORE_FOLDER_H
#define MOTCUA_STORE_FOLDER_H

#include "store/fault.h"
#include "store/store.h"
#include <sys/types.h>

#define DATA_FILE "data.mdb"
#define LOCK_FILE "lock.mdb"

/* Processes that may look at a store at once, and what LMDB's table of them takes: 192 bytes and 64 for each
 * but the first. */
enum { MOST_READERS = 254, LOCK_BYTES = 192 + 64 * (MOST_READERS - 1) };

/* Is there a data.mdb that may be ours? Looks at its first page before LMDB does. Nor may what lies in
 * the place of lock.mdb be a link or another thing: LMDB would write over it. `no_store`, `not_a_folder`,
 * `not_ours`, `damaged`, `bad_lock`, `network_disk`, `no_permission`, `io_error`. */
struct outcome folder_check(const char *dir);
/* The same of an open file, `name` for messages: `not_ours`, `damaged` where it is empty or cut short,
 * `io_error`.
 */
struct outcome folder_check_data(const char *name, int fd);
/* Makes sure of a lock.mdb whose blocks exist; answers an errno, 0 for success: LMDB maps it and writes
 * there, and on a full disk a hole in it kills the process. A missing one is made as open as data.mdb,
 * whatever the umask: LMDB's own would shut group mates out. This process must not have the store open:
 * closing a file drops its locks on it. */
int folder_ready_lock(const char *dir);
/* `network_disk`, which names its type, where the folder is on one, also behind a program (sshfs, rclone:
 * what /proc/self/mountinfo says of it decides). */
struct outcome folder_check_disk(const char *dir);
/* Is a file system with this number of statfs() reached over a network? Of FUSE it does not say. */
bool folder_is_network(unsigned long magic);
/* What to say when the system answered ENOTDIR: `not_a_folder` with the part of the path that is a file. */
struct outcome folder_is_file(const char *dir);

/* dir/name; false when it is longer than a path may be. `out` holds PATH_MAX bytes. */
bool folder_path(char *out, const char *dir, const char *name);
bool folder_is(const char *path);
/* Each answers an errno, 0 for success. Mode and owner group, set by hand: a umask of 022 would leave files
 * that group mates cannot write. A group of -1 is left as it is. */
int folder_set_mode(const char *path, mode_t mode, gid_t group);
int folder_sync(const char *dir); /* the names in it survive a power cut */

#endif
