/* mask: personal numbers as lists show them (Law 91/2025 on personal data): the last three or four
 * characters. */
#ifndef MOTCUA_CLI_MASK_H
#define MOTCUA_CLI_MASK_H

#include "core/buf.h"

/* Appends s with all but its last characters as `*`: of twelve and more the last four show, of fewer a third.
 * A text that is absent adds nothing. */
void mask(struct buf *out, struct str s);

#endif
