/* report_period: the period that the reports on the screen are about, and how it is turned. */
#ifndef MOTCUA_TUI_REPORT_PERIOD_H
#define MOTCUA_TUI_REPORT_PERIOD_H

#include "core/period.h"

/* The lengths one turns through; BY_OWN is what somebody typed. */
enum period_by {
    BY_QUARTER,
    BY_HALF,
    BY_YEAR,
    BY_MONTH,
    BY_CALENDAR_YEAR,
    BY_DAY,
    BY_LENGTHS,
    BY_OWN = BY_LENGTHS
};

struct report_period {
    enum period_by by;
    struct period period;
};

/* The quarter that `today` lies in. */
struct report_period report_period_of(civil_day today);
/* The next length, or the one before it, around `today`. */
void report_period_length(struct report_period *p, civil_day today, int by);
/* The period after it, or before. False, and nothing, where that has not begun by `today`, or the calendar of
 * the program ends. */
bool report_period_turn(struct report_period *p, civil_day today, int by);
/* "2026Q4", "Q4/2026", "2026-11", "11/2026", "01/11/2026..15/11/2026", one day alone, blanks around it or
 * not; false for anything else. */
bool report_period_take(struct report_period *p, struct str typed);

#endif
