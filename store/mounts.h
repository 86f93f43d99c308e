/* mounts: which file system lies behind a folder, where the number the system gives for it does not say: all
 * that live in a program of their own (FUSE) share one number, sshfs and an NTFS stick alike. */
#ifndef MOTCUA_STORE_MOUNTS_H
#define MOTCUA_STORE_MOUNTS_H

#include "core/str.h"

/* The type ("fuse.sshfs", "9p") of the file system on that device, as /proc/self/mountinfo (given as text)
 * names it; absent where it does not. Borrowed from the text. */
struct str mounts_type(struct str mountinfo, unsigned device_major, unsigned device_minor);
/* May a FUSE file system of this type lie on another machine? Yes, but for the few that are known to lie on a
 * disk of this one, or on top of one of its folders. */
bool mounts_is_remote(struct str type);

#endif
