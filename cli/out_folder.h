/* out_folder: a folder that a command fills with files. */
#ifndef MOTCUA_CLI_OUT_FOLDER_H
#define MOTCUA_CLI_OUT_FOLDER_H

#include "cli/context.h"

/* May it be written to? A store is no place for that, nor is anything in it, by whatever name: this store or
 * another. The folder may be missing, not the one above it. An errno (EBUSY: a store), 0 for yes. `path` is
 * NUL-terminated. */
int out_folder_check(const struct cli *c, struct str path);
/* The same, and makes it where it is missing, for its owner alone where what goes there is personal. */
int out_folder_make(const struct cli *c, struct str path, bool personal);
/* Appends the path of a file of it. */
void out_folder_path(struct buf *out, struct str folder, struct str name);

#endif
