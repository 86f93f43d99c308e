/* period: the days a report is about. */
#ifndef MOTCUA_CORE_PERIOD_H
#define MOTCUA_CORE_PERIOD_H

#include "core/lang.h"

/* Both ends belong to it. */
struct period {
    civil_day from, to;
};

/* As reports are called for: `2026Q4` runs from the 15th of the month before the quarter to the 14th of its
 * last month (15/09-14/12/2026), `2026H1` from 15/12/2025 to 14/06/2026 and `2026H2` from 15/06 to 14/12,
 * `2026Y` from 15/12/2025 to 14/12/2026 (Circular 01/2020/TT-VPCP); `2026` and `2026-11` are the year and the
 * month of the calendar. Letters' case does not matter. False for anything else. */
bool period_parse(struct str text, struct period *out);
/* The quarter of Circular 01/2020 that `day` lies in, named as period_parse() reads it ("2026Q4"), and the
 * one before or after it. */
struct period period_quarter(civil_day day, int later);
/* Appends "Quý IV/2026 (từ 15/09/2026 đến 14/12/2026)", "Tháng 11/2026", or the days alone where it is none
 * of those. */
void period_say(struct buf *out, enum lang lang, struct period p);
static inline bool period_has(struct period p, civil_day day)
{
    return day >= p.from && day <= p.to;
}

#endif
