/* sheet: lines of text to be read: a dossier's page, an explanation, the help, a letter. Built once, then
 * scrolled. */
#ifndef MOTCUA_TUI_SHEET_H
#define MOTCUA_TUI_SHEET_H

#include "tui/canvas.h"
#include "tui/key.h"

struct sheet_span;

struct sheet {
    struct sheet_span *span; /* in the order they were added */
    size_t count, cap;
    struct buf text;
    int rows;   /* lines so far */
    int width;  /* columns lines are wrapped at */
    int column; /* where the next span of this line begins */
    bool failed;
    int top;  /* first line seen */
    int seen; /* lines that were drawn last */
};

#define SHEET_INIT ((struct sheet){.width = 80})
void sheet_release(struct sheet *s);
/* Empties it for lines of this width; keeps where it was scrolled to. */
void sheet_begin(struct sheet *s, int width);

/* Adds to the current line from `column` on (columns already taken are not given back), wrapped at the
 * sheet's width and continued under `column`. */
void sheet_add(struct sheet *s, int column, int style, struct str text);
/* Leaves so many columns blank before what is added next. */
void sheet_gap(struct sheet *s, int columns);
/* Adds right behind what the line holds. */
void sheet_more(struct sheet *s, int style, struct str text);
/* In the middle of the line, or at its right end. */
void sheet_middle(struct sheet *s, int style, struct str text);
void sheet_right(struct sheet *s, int style, struct str text);
/* Ends the line. */
void sheet_end(struct sheet *s);
/* A whole line. */
void sheet_line(struct sheet *s, int column, int style, struct str text);

/* Up, Down, j, k, PgUp, PgDn, Space, Home, End, the wheel. True when it was one of these. */
bool sheet_key(struct sheet *s, const struct key *key, int rows);
/* PgUp, PgDn and the wheel alone, for a sheet beside a form that has the other keys. Rows: as last drawn. */
bool sheet_page_key(struct sheet *s, const struct key *key);
/* Draws what is seen of it into `a`, with a mark at the right where there is more above or below. */
void sheet_draw(struct sheet *s, struct canvas *c, struct area a);

#endif
