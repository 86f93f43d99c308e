/* print_path: where a paper goes. */
#ifndef MOTCUA_CLI_PRINT_PATH_H
#define MOTCUA_CLI_PRINT_PATH_H

#include "core/buf.h"

/* Appends `given`, else `name` in the folder for papers (store/papers.h), which is made where it is missing:
 * whether there is one shows when the file is made. */
void print_path(struct buf *out, struct str given, struct str name);

#endif
