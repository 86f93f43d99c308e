/* mask: personal numbers as lists show them (Law 91/2025 on personal data): the last three or four
 * characters. */
#ifndef MOTCUA_CORE_MASK_H
#define MOTCUA_CORE_MASK_H

#include "core/buf.h"

/* Appends s; unless `whole`, with all but its last characters as `*`: of twelve and more the last four show,
 * of fewer a third. */
void mask_number(struct buf *out, struct str s, bool whole);

#endif
