/* vdir_file: the files of a vdir one by one: looked at, compared, replaced. See icalendar/vdir.h. */
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

/* Writes the bytes beside `name` (to `temporary`, a name in the folder) and gives them that name; with `old`
 * in place of the file it describes, which gives its mode and owner, else where nothing is: EEXIST. An errno,
 * 0 for success; on any other nothing is left. */
int vdir_replace(int folder, const char *name, const char *temporary, struct str bytes,
                 const struct stat *old, bool personal);

#endif
