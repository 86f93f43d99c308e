/* vdir_file: the files of a vdir one by one: looked at, compared, written, put into place. See
 * icalendar/vdir.h. */
#ifndef MOTCUA_ICALENDAR_VDIR_FILE_H
#define MOTCUA_ICALENDAR_VDIR_FILE_H

#include "core/buf.h"

#include <sys/stat.h>

#define VDIR_ITEM_BYTES ((size_t)1 << 20) /* no item is longer */

/* Reads a plain file of the folder, no longer than VDIR_ITEM_BYTES, into `content`. False where it is none,
 * or cannot be read. */
bool vdir_read(int folder, const char *name, struct buf *content, struct stat *st);

/* The one uid of all components of a stream, in `uid`; lines that are none are passed over. False where there
 * is none, or more than one. */
bool vdir_uid(struct str stream, struct buf *uid);

/* Writes the bytes beside what they are for, to `temporary`, a new name in the folder; with the mode and
 * owner of the file that `old` describes, unless that is NULL. The file stays open as *fd, its bytes not yet
 * on disk. An errno, 0 for success; on any other nothing is left. */
int vdir_write_beside(int folder, const char *temporary, struct str bytes, const struct stat *old,
                      bool personal, int *fd);

/* Gives the temporary its name, in one step; where it replaces nothing, only if nothing is there: EEXIST. An
 * errno, 0 for success; on any other the temporary stays as it is. */
int vdir_take_place(int folder, const char *temporary, const char *name, bool replaces);

#endif
