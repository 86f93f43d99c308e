/* table: rows of aligned columns for people. On a terminal the columns marked so are shortened to its width,
 * elsewhere nothing is. Cells may hold anything: what reaches the terminal is made safe. */
#ifndef MOTCUA_CLI_TABLE_H
#define MOTCUA_CLI_TABLE_H

#include "cli/context.h"
#include "core/arena.h"

#define TABLE_COLUMNS 24

enum paint { PAINT_NONE = 0, PAINT_BOLD, PAINT_RED, PAINT_YELLOW, PAINT_GREEN, PAINT_DIM };

struct cell {
    struct str text;
    enum paint paint;
    int columns; /* the table's own: how many the text takes */
};

struct table_column {
    enum text_id title; /* T_nothing in all columns: no line of titles */
    bool right;         /* aligned to the right */
    int least;          /* where it is narrower than it would like: at least this; 0: never shortened */
};

struct table {
    const struct table_column *column;
    size_t columns;
    int indent;
    struct arena text;
    struct cell *cell; /* row after row */
    size_t rows, cap;
    bool failed;
};

void table_init(struct table *t, const struct table_column *column, size_t columns);
void table_release(struct table *t);
/* Adds a row of t->columns cells. Texts are borrowed until the table is printed, unless table_keep() gave
 * them. */
void table_add(struct table *t, const struct cell *cells);
/* A copy that lives as long as the table; resets the buffer. */
struct str table_keep(struct table *t, struct buf *text);
/* Appends all rows to c->out; nothing for none. A column without title and cells takes no room. */
void table_print(struct table *t, struct cli *c);

/* Begins and ends a colour, where the run has colours. */
void paint_begin(struct cli *c, enum paint paint);
void paint_end(struct cli *c, enum paint paint);

#endif
