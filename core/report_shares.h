/* report_shares: how wide the columns of a report's table are, by what is in them, so that its rows take as
 * few lines as they can: on paper, in workbooks, in what a word processor opens. */
#ifndef MOTCUA_CORE_REPORT_SHARES_H
#define MOTCUA_CORE_REPORT_SHARES_H

#include "core/report.h"

/* Letters of each column, their sum at most `room` where that can be. Numbers and dates have what they need
 * and a text its longest word (of 26 letters, on paper of 21, or of 12 where columns are many: more are
 * broken); an empty column has what its title's longest word needs. What is left goes, letter by letter,
 * where it saves most lines; none that would save none. No column gets more than `widest` unless a word needs
 * it. A long table speaks through some hundreds of its rows. On paper a time may stand on two lines; a sheet
 * shows it on one or not at all. */
enum report_medium { MEDIUM_PAPER, MEDIUM_SHEET };
void report_widths(const struct report_part *part, enum lang lang, enum report_medium medium, int room,
                   int widest, int width[REPORT_COLUMNS]);

/* The same as shares of a page with room for so many letters: what no row asks for goes to all columns by
 * their own `share`. */
void report_shares(const struct report_part *part, enum lang lang, int room, int share[REPORT_COLUMNS]);

/* What stands in the title's place on paper: `below` in a column that has a group above it. */
static inline enum text_id report_column_below(const struct report_column *c)
{
    return c->group != T_nothing ? c->below : c->title;
}

#endif
