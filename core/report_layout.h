/* report_layout: how a report's table fits into so many columns of a terminal: how wide each column is, which
 * stand side by side. Nothing is cut: what is too wide for one table is set as several, or row by row as
 * cards. */
#ifndef MOTCUA_CORE_REPORT_LAYOUT_H
#define MOTCUA_CORE_REPORT_LAYOUT_H

#include "core/report.h"

struct report_layout {
    int width[REPORT_COLUMNS]; /* columns of the terminal; longer cells are wrapped at it */
    bool right[REPORT_COLUMNS];
    bool cards; /* too many words for a table: each row as lines "title: cell" */
    /* Tables one below the other, each with the first `frozen` columns and then [first[n], first[n + 1]). */
    size_t first[REPORT_COLUMNS + 1], tables, frozen;
};

/* For `columns` (0: as wide as it likes) with `gap` blanks between two columns. */
void report_layout_of(struct report_layout *l, enum lang lang, const struct report_part *part, int columns,
                      int gap);

/* The n-th column of one of the tables, and how many it has. */
static inline size_t report_layout_column(const struct report_layout *l, size_t table, size_t n)
{
    return n < l->frozen ? n : l->first[table] + n - l->frozen;
}
static inline size_t report_layout_columns(const struct report_layout *l, size_t table)
{
    return l->frozen + l->first[table + 1] - l->first[table];
}

#endif
