/* calendar: the office's days and hours, as lookups.
 *
 * Built from what the office has recorded (days off, worked Saturdays, local closures, opening hours) and,
 * for the years whose official plan it does not have (outside `known`), from the statutory days computed by
 * core/statutory as well. Computed days are "provisional": the plan of that year is not out yet. A recorded
 * entry for a day always wins over a computed one.
 *
 * Covers CIVIL_FIRST_YEAR to CIVIL_LAST_YEAR and a margin of a year on both sides; years are worked out when
 * first asked for, so a calendar costs little to make. A day outside is never a working day. A calendar is
 * not safe for use by two threads at once. */
#ifndef MOTCUA_CORE_CALENDAR_H
#define MOTCUA_CORE_CALENDAR_H

#include "core/hours.h"

enum day_kind {
    DAY_OFF = 1,  /* ngày nghỉ: holiday or compensatory day; on a weekend it only carries its name */
    DAY_WORKED,   /* ngày làm bù: an officially swapped working day */
    DAY_CLOSED,   /* local closure: shown, moves nothing */
    DAY_COMPUTED, /* a statutory day off computed, not announced; never recorded, only answered */
};

struct office_day {
    civil_day day;
    enum day_kind kind;
    struct str name;
    struct str document; /* the notice it comes from; may be absent */
};

struct calendar;

/* The years whose official plan of days off is recorded whole; first > last: none. */
struct known_years {
    int first, last;
};

/* A calendar of its own: names and documents are copied. `days` in any order, a later entry for the same day
 * replaces an earlier one; `hours` in any order too: each entry rules from its `from` on, the earliest also
 * before it. Entries that keep no rule (a kind that cannot be recorded, unsound spans) are left out; without
 * any hours the default ones serve. NULL when memory runs out. */
struct calendar *calendar_new(const struct office_hours *hours, size_t hour_count,
                              const struct office_day *days, size_t day_count, struct known_years known);
void calendar_free(struct calendar *c); /* NULL is fine */

/* What a day is. */
struct day_info {
    bool working;
    bool weekend;       /* not an ordinary working weekday */
    bool computed;      /* its name comes from the statutory rule, not from an announcement: provisional */
    enum day_kind kind; /* 0 for an ordinary day or weekend */
    struct str name;    /* of the day off, worked day or closure; borrowed from the calendar */
    struct str document;
};
/* A local closure on a computed day off leaves it the day off that it is. */
struct day_info calendar_day(const struct calendar *c, civil_day day);

bool calendar_is_working(const struct calendar *c, civil_day day);
/* Is the official plan of this year recorded? If not, its statutory days off are computed. */
bool calendar_year_is_known(const struct calendar *c, int year);
/* Does a computed day off that would otherwise be an ordinary working day lie in [from, to]? */
bool calendar_has_computed(const struct calendar *c, civil_day from, civil_day to);
/* The first working day on or after `day`; the last one on or before it. NO_DAY where the calendar has none.
 */
civil_day calendar_working_on_or_after(const struct calendar *c, civil_day day);
civil_day calendar_working_on_or_before(const struct calendar *c, civil_day day);
/* The nth working day after `day` (n >= 1; `day` itself never counts). NO_DAY past the calendar's end. */
civil_day calendar_add_working(const struct calendar *c, civil_day day, int n);
/* Working days in (after, upto]; 0 when upto <= after. */
int calendar_working_between(const struct calendar *c, civil_day after, civil_day upto);
/* Working days of a Gregorian year. */
int calendar_working_in_year(const struct calendar *c, int year);

/* The opening hours that rule that day, whether it is worked or not; borrowed from the calendar. */
const struct office_hours *calendar_hours(const struct calendar *c, civil_day day);
/* Opening and closing minute of a working day (of the day's hours, whether it is worked or not). */
int calendar_opens(const struct calendar *c, civil_day day);
int calendar_closes(const struct calendar *c, civil_day day);
/* `minute_of_day` of that day as an appointment: brought forward to the next opening when it lies before
 * opening or in a break (start and end of a span count as open), back to closing when after it. */
civil_minute calendar_appointment(const struct calendar *c, civil_day day, int minute_of_day);
/* Within hours: opening and closing time sharp are still inside, the lunch break is not, its first minute
 * included as "no minutes left before it ends". */
bool calendar_is_open(const struct calendar *c, civil_minute t);
/* When a receipt at `t` begins to count: `t` itself within hours; before opening, opening; in the break, its
 * end; after closing or on a day off, opening of the next working day. Closing time sharp is still that day.
 * NO_TIME past the end. */
civil_minute calendar_counting_moment(const struct calendar *c, civil_minute t);
/* Working minutes of the whole day, 0 on a day off. */
int calendar_minutes_of(const struct calendar *c, civil_day day);
/* `minutes` working minutes after the counting moment `from`; a count that ends exactly at a break ends
 * there. NO_TIME past the end. */
civil_minute calendar_add_minutes(const struct calendar *c, civil_minute from, int64_t minutes);
/* Working minutes in [from, to); 0 when to <= from. */
int64_t calendar_minutes_between(const struct calendar *c, civil_minute from, civil_minute to);

/* The days with a name in [from, to], recorded and computed, in order. Returns how many `each` was called
 * for. */
size_t calendar_each_named(const struct calendar *c, civil_day from, civil_day to,
                           void (*each)(void *arg, const struct office_day *day), void *arg);

#endif
