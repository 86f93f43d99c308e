/* oracle_deadline: the due time reckoned slowly and plainly, to hold the engine against.
 *
 * It walks: a day at a time from one January to the next, a minute at a time through opening hours, an entry
 * at a time through what the office recorded. It takes motcua's structures as they are but calls none of its
 * functions: weekdays, leap years, holidays, days in lieu and lunar dates (from tests/lunar_dates.c) are its
 * own. */
#ifndef MOTCUA_TESTS_ORACLE_DEADLINE_H
#define MOTCUA_TESTS_ORACLE_DEADLINE_H

#include "core/deadline.h"

/* The office as it was told to calendar_new. Borrowed. */
struct oracle_office {
    const struct office_hours *hours;
    size_t hour_count;
    const struct office_day *days;
    size_t day_count;
    struct known_years known;
};

#define ORACLE_FIRST_DAY 6940 /* 1989-01-01 */
#define ORACLE_LAST_DAY 48212 /* 2101-12-31 */

struct oracle_step {
    civil_day day;
    enum day_why why;
    bool counted;
    int64_t n;
};

struct oracle_answer {
    civil_minute counting, due;
    bool rolled, provisional;
    struct oracle_step *step; /* one a day, in order */
    size_t count, cap;
};
void oracle_answer_release(struct oracle_answer *a);

/* False when the answer lies past 2101. The answer's memory is used again from one call to the next. */
bool oracle_deadline(const struct oracle_office *office, const struct limit *limit, enum due_clock clock,
                     int cutoff_default, civil_minute received, struct oracle_answer *answer);

bool oracle_is_working(const struct oracle_office *office, civil_day day);
/* Does the minute that begins at `minute` of that working day lie within hours? */
bool oracle_is_working_minute(const struct oracle_office *office, civil_day day, int minute);
/* Opening and closing minutes that rule on that day. */
const struct office_hours *oracle_hours(const struct oracle_office *office, civil_day day);

#endif
