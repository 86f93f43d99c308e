/* report_words: the cells of a report as people read them, the same in a terminal, on the screen and on
 * paper. */
#ifndef MOTCUA_CORE_REPORT_WORDS_H
#define MOTCUA_CORE_REPORT_WORDS_H

#include "core/report.h"

/* Appends a cell; nothing for an empty one. Vietnamese writes 1.234, 1,25, 95,50 %, 15.000 (đồng),
 * 20/11/2026, 20/11/2026 09:30; English 1,234, 1.25, 95.50%, 15,000, 2026-11-20, 2026-11-20 09:30. */
void report_cell_say(struct buf *out, enum lang lang, const struct report_cell *c);
/* Appends a number of hundredths with both its decimals, as programs read it: 9550 is 95.50. */
void report_cell_hundredths(struct buf *out, int64_t hundredths);

/* A row's cells, one after the other in `text`, which is emptied first: each is borrowed from it. */
void report_row_say(struct buf *text, enum lang lang, const struct report_part *part,
                    const struct report_row *row, struct str cell[REPORT_COLUMNS]);

/* Is it set to the right, as numbers are? */
static inline bool report_is_number(enum cell_type type)
{
    return type == CELL_NUMBER || type == CELL_HUNDREDTHS || type == CELL_PERCENT || type == CELL_MONEY;
}

#endif
