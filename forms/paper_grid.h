/* paper_grid: the grid of a table: its columns, and rows that are drawn line by line. For forms/paper_table.c
 * and what it is made of. */
#ifndef MOTCUA_FORMS_PAPER_GRID_H
#define MOTCUA_FORMS_PAPER_GRID_H

#include "forms/paper_page.h"

#define PAD_X 2.6
#define PAD_Y 1.6
#define RULE 0.5

struct table {
    struct paper *p;
    const struct table_block *what;
    size_t columns;
    double size, leading;
    double *edge;  /* of the columns: one more than there are */
    double *least; /* width a column needs so that no word is broken */
    struct type_lines *cell;
    struct type_lines *above; /* titles over several columns, at the first of them */
    double head;              /* height of the titles */
    double upper;             /* of their upper storey; 0: there is none */
    bool repeats;             /* they stand on every page */
    bool open;                /* on this page */
    double grid;              /* the top of what stands on this page */
    size_t sampled;
};

/* False, and the paper has stopped, where memory is out; release it whatever the answer. */
bool grid_init(struct table *t, struct paper *p, const struct table_block *what);
void grid_release(struct table *t);

/* The column behind the last one that has the same group as column c. */
size_t grid_run(const struct table *t, size_t c);
/* Of columns [c, end), without the room at both sides. */
double grid_width(const struct table *t, size_t c, size_t end);

void grid_set(struct table *t, size_t c, struct str text, int face);
size_t grid_lines(const struct table *t); /* of the row that is set */
double grid_height(const struct table *t, size_t lines);

void grid_open(struct table *t);
void grid_close(struct table *t);
/* The row that is set, from page to page if it must be: `again` opens the next one and sets the row anew.
 * What fits whole but has no room for `keep` behind it leaves two lines for the next page. */
void grid_row(struct table *t, int face, bool centred, double keep, void (*again)(void *), void *arg);

#endif
