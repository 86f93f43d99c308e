/* manual_block: a part of a manual page that a test knows and keeps right.
 *
 * It stands between the lines  .\" NAME: begin  and  .\" NAME: end . */
#ifndef MOTCUA_TESTS_MANUAL_BLOCK_H
#define MOTCUA_TESTS_MANUAL_BLOCK_H

#include "core/buf.h"

/* What stands there now; false when there is no such page. A page without the two lines fails the test. */
bool manual_block_read(const char *page, const char *name, struct buf *out);
/* Puts `block` there instead. */
void manual_block_write(const char *page, const char *name, struct str block);

#endif
