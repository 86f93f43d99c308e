/* listing: rows of dossiers gathered, put in order, printed: for people, for scripts, for spreadsheets. */
#ifndef MOTCUA_CLI_LISTING_H
#define MOTCUA_CLI_LISTING_H

#include "cli/reading.h"

/* Rows borrow from the view. */
struct listing {
    struct row *row;
    const struct row **order; /* NULL: as they were gathered */
    size_t count, cap;
    bool failed; /* memory ran out */
};

void listing_release(struct listing *l);
void listing_add(struct listing *l, const struct row *row);
void listing_sort(struct listing *l, enum list_sort sort, const struct judge *judge);
/* At most so many; 0: all. */
void listing_cut(struct listing *l, size_t max);

/* What a row is printed as: nothing at all for no rows, but for the titles of a CSV. Exit status. */
enum listing_shape { LISTING_TEXT, LISTING_JSON, LISTING_CSV, LISTING_CSV_NO_BOM };
int listing_print(struct cli *c, const struct listing *l, const struct reading *r, enum listing_shape shape);

#endif
