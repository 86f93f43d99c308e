/* office_rows: the rows of the Office view. */
#ifndef MOTCUA_TUI_OFFICE_ROWS_H
#define MOTCUA_TUI_OFFICE_ROWS_H

#include "tui/canvas.h"
#include "tui/office_book.h"

#define OFFICE_COLUMNS 8

struct office_layout {
    enum office_part part;
    int column;                /* where the row begins */
    int width[OFFICE_COLUMNS]; /* 0: left out */
};

/* A layout for `room` columns from `column` on. */
struct office_layout office_layout_of(enum office_part part, const struct office_book *b, int column,
                                      int room);
void office_heading_draw(struct canvas *c, int row, const struct office_layout *l, enum lang lang);
void office_row_draw(struct canvas *c, int row, const struct office_layout *l, const struct office_book *b,
                     size_t index, enum lang lang, bool selected);

#endif
