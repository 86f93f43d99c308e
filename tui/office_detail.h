/* office_detail: the whole of what is chosen in the Office view, and what it means. */
#ifndef MOTCUA_TUI_OFFICE_DETAIL_H
#define MOTCUA_TUI_OFFICE_DETAIL_H

#include "tui/canvas.h"
#include "tui/office_book.h"

/* Rows that the details of a part may take, the rule above them included. */
int office_detail_rows(enum office_part part);
/* Draws them into as many rows; nothing below the rule where there is no such row. */
void office_detail_draw(struct canvas *c, struct area a, const struct office_book *b, enum office_part part,
                        size_t index, enum lang lang);
/* The year and its hours, above the days. Returns the rows taken. */
int office_year_draw(struct canvas *c, struct area a, const struct office_book *b, enum lang lang);

#endif
