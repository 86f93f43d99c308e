/* vietnam_days: the public offices' days off and swapped working days of 2022-2026 as announced, for tests.
 */
#ifndef MOTCUA_TESTS_VIETNAM_DAYS_H
#define MOTCUA_TESTS_VIETNAM_DAYS_H

#include "core/calendar.h"

struct vietnam_day {
    int year, month, day;
    enum day_kind kind;
    const char *name;
};
extern const struct vietnam_day vietnam_days[];
extern const size_t vietnam_day_count;

/* An office with the default hours that has recorded all of them and knows 2022-2026. */
struct calendar *vietnam_calendar(void);

#endif
