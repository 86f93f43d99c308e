/* exposed: who else may get at a store's files. They hold what citizens told the office. */
#ifndef MOTCUA_STORE_EXPOSED_H
#define MOTCUA_STORE_EXPOSED_H

#include "core/buf.h"

/* May others than the owner and its group read or write one of the files, or put another in their place?
 * Appends the path of the first such. Access lists beyond the mode are not looked at. */
bool store_is_exposed(const char *dir, struct buf *path);

#endif
