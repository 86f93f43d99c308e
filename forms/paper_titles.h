/* paper_titles: what stands above the rows of a table: titles in one storey or two, their numbers; and what
 * stands there where it has no row. For forms/paper_table.c. */
#ifndef MOTCUA_FORMS_PAPER_TITLES_H
#define MOTCUA_FORMS_PAPER_TITLES_H

#include "forms/paper_grid.h"

/* How high they are, and whether they stand on every page: those of more than half a page do not, and have
 * one storey. */
void titles_measure(struct table *t);
/* Opens the grid and draws them. What was set in the grid's cells is gone. */
void titles_draw(struct table *t);

double none_height(struct table *t);
void none_draw(struct table *t);

#endif
