/* deadline: when a dossier received at a moment is due, and why.
 *
 * Civil Code 2015 arts. 144-148, Decree 61/2018 and 118/2025. The first day is not counted; a last day that
 * is a day off moves to the end of the next working day (art. 148.5); hours run from the moment. Receipts
 * outside hours count from the next opening, for every kind of limit. Lateness itself is judged in
 * core/status. */
#ifndef MOTCUA_CORE_DEADLINE_H
#define MOTCUA_CORE_DEADLINE_H

#include "core/calendar.h"
#include "core/limit.h"

/* Why a day stands in the trace as it does. Names: deadline_why_name(). */
enum day_why {
    WHY_RECEIPT_DAY, /* the counting day of receipt: not counted (for hours: counted with what it gives) */
    WHY_WORKING_DAY,
    WHY_WORKED_SATURDAY, /* a swapped working day, whatever its weekday */
    WHY_CALENDAR_DAY,
    WHY_WEEKEND,
    WHY_DAY_OFF,
    WHY_ROLLED,        /* the landing day after a last day that was a day off: not counted */
    WHY_AFTER_HOURS,   /* the real day of a receipt outside hours that counts from a later day */
    WHY_AFTER_CUTOFF,  /* same_day received after the cutoff: the receipt day */
    WHY_LOCAL_CLOSURE, /* counts as it would without the closure */
};

struct trace_day {
    civil_day day;
    bool counted;
    int64_t n; /* running total after this day, hundredths of the limit's own unit: see below */
    enum day_why why;
    struct str name; /* of the day, or absent; borrowed from the calendar */
    bool computed;   /* the name is of a computed day off */
};

/* Every calendar day from the day of receipt to the due day. Make it {0}; trace_release() frees it.
 *
 * A trace adds up: n never falls, rises only on counted days, and is the limit itself on the day the count
 * ends (after which a rolled limit may only wait for its landing day). Whole days and calendar days count one
 * each; the last one takes what is left, so 2.5 days read 1, 2, 2.5, or under the same-hour clock 1, 2.5 when
 * the half day ends on the second day. The receipt day counts where the limit can end on it: hours, same_day,
 * a limit of less than a day by the hour. Months count every calendar day, and n is the months completed;
 * hours are rounded to hundredths. */
struct trace {
    struct trace_day *day;
    size_t count, cap;
    bool failed; /* memory ran out: the trace is not whole */
};
void trace_release(struct trace *t);

struct deadline {
    civil_minute received; /* as given */
    civil_minute counting; /* the moment that counts, after the rules for receipts outside hours */
    civil_minute due;
    bool provisional; /* were the computed days off days like any other, counting or due would differ */
    bool rolled;      /* moved by art. 148.5 */
};

/* The due time of `limit` for a receipt at `received`.
 *
 * Parts of a day: under the day-end clock they round up to the day, whatever the desk's hours; under the
 * same-hour clock the whole days are carried over to the counting hour, then the part runs on as working
 * minutes, 8 hours to the day, but never past the same hour of the next working day. Parts of calendar days
 * round up under either clock; a begun minute is a minute. An hour carried over to a day of other opening
 * hours becomes an appointment within them (calendar_appointment). CLOCK_UNSET is the day-end clock. A
 * same_day limit without cutoff takes `cutoff_default` (minute of day). `trace`, when not NULL, is filled
 * from empty. False when the limit is LIMIT_NONE or the answer lies past the calendar's end; *out is then
 * untouched. */
bool deadline_compute(const struct calendar *calendar, const struct limit *limit, enum due_clock clock,
                      int cutoff_default, civil_minute received, struct deadline *out, struct trace *trace);

const char *deadline_why_name(enum day_why why); /* "receipt_day", … as in the JSON contract */

#endif
