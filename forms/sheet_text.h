/* sheet_text: texts as a sheet takes them. */
#ifndef MOTCUA_FORMS_SHEET_TEXT_H
#define MOTCUA_FORMS_SHEET_TEXT_H

#include "core/buf.h"

#define SHEET_TEXT_MAX 32767 /* UTF-16 units of a cell: Excel cuts or refuses what is longer */
#define SHEET_NAME_MAX 31    /* the same of a sheet's name */

/* How long a sheet says it is: characters outside the basic plane count twice. */
size_t sheet_units(struct str s);
/* Appends s with what XML and terminals cannot hold as U+FFFD; line breaks stay. `_x0041_`, which a reader of
 * sheets takes for the letter A (ECMA-376 part 1, 22.9.2.19), is written so that it is read as it stands. */
void sheet_text(struct buf *out, struct str s);
/* Appends a name for a sheet: cut between words where it is long, without the characters []:*?/\ and without
 * apostrophes at its ends, and another than all of `taken` however their letters are written. */
void sheet_name(struct buf *out, struct str s, const struct buf *taken, size_t count);

#endif
