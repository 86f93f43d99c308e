/* sheet_width: how wide the columns of a sheet are, so that it can be read on a screen and printed across A4.
 */
#ifndef MOTCUA_FORMS_SHEET_WIDTH_H
#define MOTCUA_FORMS_SHEET_WIDTH_H

#include "core/report.h"

#define SHEET_COLUMNS REPORT_COLUMNS /* of a part at most */

/* Empty, or a date or time that is none. */
static inline bool sheet_cell_is_absent(const struct report_cell *c)
{
    return c->type == CELL_EMPTY || (c->type == CELL_DATE && c->number == NO_DAY) ||
           (c->type == CELL_TIME && c->number == NO_TIME);
}

/* Fills in the letters of the sheet's font that each column has room for (core/report_shares.h). Where all is
 * too wide for a page, texts are given less and wrap: between words, as long as no word is very long.
 * Numbers, dates and times are never given less than they need. `part` has REPORT_COLUMNS columns at most. */
void sheet_widths(const struct report_part *part, enum lang lang, int *width);

#endif
