/* canvas: a screenful as data. Pages draw on it; screen.c brings it to the terminal; tests read it as text.
 *
 * Rows and columns count from 0. Whatever is drawn outside is cut off, on a letter's border: a wide character
 * never hangs over the right edge. Text is made safe on the way in (core/text.h). */
#ifndef MOTCUA_TUI_CANVAS_H
#define MOTCUA_TUI_CANVAS_H

#include "core/buf.h"

/* What a piece of text means; screen.c says how that looks, with colours and without. */
enum style {
    STYLE_PLAIN,
    STYLE_DIM,     /* labels, what is not to the point just now */
    STYLE_STRONG,  /* what the eye should find first */
    STYLE_BAR,     /* the first and the last row */
    STYLE_KEY,     /* a key in the last row */
    STYLE_HEADING, /* of a section */
    STYLE_OVERDUE,
    STYLE_TODAY,   /* due today, a letter that must leave */
    STYLE_GOOD,    /* done, in time */
    STYLE_REFUSED, /* what a rule forbids, and why */
    STYLE_FIELD,   /* where one may type */
    STYLE_DEMO,    /* the mark of a demo store */
    STYLE_PAPER,   /* blocks that are white, all else black, whatever the terminal's own colours are */
    STYLE_COUNT,
};
#define STYLE_SELECTED 0x80 /* or'ed to a style: the chosen row */

#define CELL_BYTES 21 /* a base character and four marks, the most a terminal's cell holds */

struct cell {
    char text[CELL_BYTES];
    uint8_t n;       /* bytes; 0 is a blank */
    uint8_t columns; /* 1 or 2; 0: the right half of the cell before it */
    uint8_t style;
};

struct canvas {
    int rows, columns;
    struct cell *cell;             /* rows * columns */
    int cursor_row, cursor_column; /* -1: hidden */
    struct buf scratch;
    bool failed; /* memory ran out; what is drawn is not whole */
};

struct area {
    int row, column, rows, columns;
};

#define CANVAS_INIT ((struct canvas){.cursor_row = -1, .cursor_column = -1})
void canvas_release(struct canvas *c);
/* Makes it this large and blank; false when memory is out (it is then 0 by 0). */
bool canvas_resize(struct canvas *c, int rows, int columns);
void canvas_clear(struct canvas *c);

/* Draws `text` into at most `width` columns, with an ellipsis where something was cut; returns the columns
 * taken. */
int canvas_text(struct canvas *c, int row, int column, int width, int style, struct str text);
/* The same, filled up with blanks to exactly `width`. */
void canvas_cell(struct canvas *c, int row, int column, int width, int style, struct str text);
/* The same, at the right end of `width` columns. */
void canvas_right(struct canvas *c, int row, int column, int width, int style, struct str text);
void canvas_fill(struct canvas *c, struct area a, int style);
/* A horizontal line. */
void canvas_rule(struct canvas *c, int row, int column, int width, int style);
/* A frame, blank inside. */
void canvas_box(struct canvas *c, struct area a, int style);
/* Marks a whole stretch of a row as chosen, whatever is in it. */
void canvas_select(struct canvas *c, int row, int column, int width);
void canvas_cursor(struct canvas *c, int row, int column);

/* A row as text, trailing blanks trimmed. */
void canvas_row_text(const struct canvas *c, int row, struct buf *out);

#endif
