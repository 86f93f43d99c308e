/* sheet_width: how wide the columns of a sheet are, so that it can be read on a screen and printed across A4.
 */
#ifndef MOTCUA_FORMS_SHEET_WIDTH_H
#define MOTCUA_FORMS_SHEET_WIDTH_H

#include "core/report.h"

#define SHEET_COLUMNS 64 /* of a part at most */

/* Empty, or a date or time that is none. */
static inline bool sheet_cell_is_absent(const struct report_cell *c)
{
    return c->type == CELL_EMPTY || (c->type == CELL_DATE && c->number == NO_DAY) ||
           (c->type == CELL_TIME && c->number == NO_TIME);
}

/* Fills in the letters of the sheet's font that each column has room for. What is longest in a column goes
 * into it on one line, up to a point; its title on three. Where all that is too wide for a page, texts are
 * given less and wrap: between words, as long as no word is very long. Numbers and dates are never given less
 * than they need. */
void sheet_widths(const struct report_part *part, enum lang lang, int *width);

#endif
