/* nameless: files without a name, for what is set aside while a command runs: nobody else can open one, and
 * it goes with the process, however that ends. */
#ifndef MOTCUA_CLI_NAMELESS_H
#define MOTCUA_CLI_NAMELESS_H

#include "core/str.h"
#include <stdio.h>

/* To be written and read, in $TMPDIR, else where the system has such files; below 0 (errno says why) where
 * there is no room for one. The caller closes it. */
int nameless_open(void);
/* The same as a stream; NULL, with errno. */
FILE *nameless_stream(void);
/* The folder where it is to be, for complaints. */
struct str nameless_folder(void);

#endif
