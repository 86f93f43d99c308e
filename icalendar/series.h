/* series: the days on which something repeats (RFC 5545 section 3.3.10), as far as rules speak of days.
 *
 * libical reads the rules; it does not follow them here, because its 3.0 never comes back from some that fit
 * no day, and a calendar from anywhere may hold such a one. This walks no further than it is asked to and
 * counts what it looks at.
 *
 * As everywhere else, a first day that its own rule does not name is none of its days. */
#ifndef MOTCUA_ICALENDAR_SERIES_H
#define MOTCUA_ICALENDAR_SERIES_H

#include "core/civil.h"

enum series_step { SERIES_DAILY, SERIES_WEEKLY, SERIES_MONTHLY, SERIES_YEARLY };

#define SERIES_LIST 62              /* entries of one list of a rule */
#define SERIES_FOREVER INT32_MAX    /* no last day */
#define SERIES_YEARS_FROM_MONTHS 12 /* a rule of so many months is a yearly one */

/* The second Tuesday, the last Friday: of the month, or of the year where a yearly rule names no month. */
struct series_weekday {
    int nth; /* 0: each; below 0: from the end */
    enum weekday day;
};

/* All that is given must hold; what is empty holds. A rule that gives neither days nor weekdays repeats on
 * the day of the month (and a yearly one in the month, a weekly one on the weekday) of its first day. */
struct series_rule {
    enum series_step step;
    int interval;             /* at least 1 */
    int count;                /* 0: no end by number */
    int64_t until;            /* no day after this; SERIES_FOREVER */
    uint32_t months;          /* bit m: month m */
    uint32_t days, days_back; /* bit d: day d of the month, from its start or from its end */
    enum weekday week_start;
    struct series_weekday weekday[SERIES_LIST];
    size_t weekdays;
    int position[SERIES_LIST]; /* of those that a month or year gives, only these (below 0: from the end) */
    size_t positions;
};

/* Whether series_days() knows rules of this shape. */
bool series_is_sound(const struct series_rule *rule);

/* The days from `first` to `last` of the series that began on `start` (year 1 or later), in order; at most
 * `most` are written to `out`, *n is how many. Each day looked at is taken off *work. False when there are
 * more, or no work is left. */
bool series_days(const struct series_rule *rule, int64_t start, civil_day first, civil_day last,
                 civil_day *out, size_t most, size_t *n, size_t *work);

#endif
