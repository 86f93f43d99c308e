#include "core/deadline.h"

#include <stdlib.h>

/* Of a limit: 8 working hours are one working day, whatever one office's hours. */
#define MINUTES_PER_WORKING_DAY 480
#define MINUTES_PER_HOUR 60

/* A count under way: what was asked, and what has been found of it. */
struct count {
    const struct calendar *calendar;
    const struct limit *limit;
    enum due_clock clock;
    int cutoff; /* same_day: the one that applies */
    civil_minute received, counting, due;
    civil_day from; /* the counting day */
    civil_day last; /* the last day of a limit in calendar days or months, before it rolls */
    bool rolled;
};

static int64_t rounded_up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

static bool is_calendar_limit(const struct count *k)
{
    return k->limit->kind == LIMIT_CALENDAR_DAYS || k->limit->kind == LIMIT_MONTHS;
}

static civil_minute closing(const struct count *k, civil_day day)
{
    return day == NO_DAY ? NO_TIME : civil_at(day, calendar_closes(k->calendar, day));
}

/* The counting hour carried over to `day`. */
static civil_minute same_hour(const struct count *k, civil_day day)
{
    return day == NO_DAY ? NO_TIME : calendar_appointment(k->calendar, day, civil_minute_of_day(k->counting));
}

/* ---- the due moment of each kind of limit; NO_TIME past the calendar's end ---- */

static bool is_after_cutoff(const struct count *k)
{
    return k->limit->kind == LIMIT_SAME_DAY && civil_minute_of_day(k->counting) > k->cutoff;
}

static civil_minute due_same_day(const struct count *k)
{
    return closing(k, is_after_cutoff(k) ? calendar_add_working(k->calendar, k->from, 1) : k->from);
}

static civil_minute due_working_hours(const struct count *k)
{
    int64_t minutes = rounded_up((int64_t)k->limit->hundredths * MINUTES_PER_HOUR, 100);
    return calendar_add_minutes(k->calendar, k->counting, minutes);
}

static civil_minute due_working_days(const struct count *k)
{
    int whole = (int)(k->limit->hundredths / 100), fraction = (int)(k->limit->hundredths % 100);
    if (k->clock != CLOCK_SAME_HOUR)
        return closing(k, calendar_add_working(k->calendar, k->from, whole + (fraction > 0)));
    civil_minute due = k->counting;
    if (whole > 0)
        due = same_hour(k, calendar_add_working(k->calendar, k->from, whole));
    if (fraction == 0 || due == NO_TIME)
        return due;
    due =
        calendar_add_minutes(k->calendar, due, rounded_up((int64_t)fraction * MINUTES_PER_WORKING_DAY, 100));
    /* Where the desk opens for few hours, a part of a day is still no more than the day. */
    civil_minute next = same_hour(k, calendar_add_working(k->calendar, k->from, whole + 1));
    return next != NO_TIME && next < due ? next : due;
}

/* Calendar days and months: the last day, moved by art. 148.5 when it is a day off. */
static civil_minute due_calendar(struct count *k)
{
    int units = (int)rounded_up(k->limit->hundredths, 100);
    k->last = k->limit->kind == LIMIT_MONTHS ? civil_add_months(k->from, units) : k->from + units;
    civil_day day = calendar_working_on_or_after(k->calendar, k->last);
    k->rolled = day != k->last;
    return k->rolled || k->clock != CLOCK_SAME_HOUR ? closing(k, day) : same_hour(k, day);
}

static civil_minute due_of(struct count *k)
{
    switch (k->limit->kind) {
    case LIMIT_NONE: return NO_TIME;
    case LIMIT_SAME_DAY: return due_same_day(k);
    case LIMIT_WORKING_DAYS: return due_working_days(k);
    case LIMIT_WORKING_HOURS: return due_working_hours(k);
    case LIMIT_CALENDAR_DAYS:
    case LIMIT_MONTHS: return due_calendar(k);
    }
    return NO_TIME;
}

/* A computed day off has a say where it was stepped over: on the way from the receipt to the counting day
 * (the day of receipt itself only if it came before closing), among the working days counted, or between the
 * last day and the day it rolls to. Calendar days count it like any other. In short: had it been a day like
 * any other, the counting moment or the due time would differ. */
static bool is_provisional(const struct count *k)
{
    civil_day received = civil_day_of(k->received), due = civil_day_of(k->due);
    if (civil_minute_of_day(k->received) > calendar_closes(k->calendar, received))
        received++;
    if (is_calendar_limit(k))
        return calendar_has_computed(k->calendar, received, k->from) ||
               calendar_has_computed(k->calendar, k->last, due);
    return calendar_has_computed(k->calendar, received, due);
}

/* ---- the trace ---- */

static struct trace_day *trace_add(struct trace *t)
{
    if (t->count == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 32;
        struct trace_day *day = realloc(t->day, cap * sizeof *day);
        if (!day) {
            t->failed = true;
            return NULL;
        }
        t->day = day;
        t->cap = cap;
    }
    return &t->day[t->count++];
}

void trace_release(struct trace *t)
{
    free(t->day);
    *t = (struct trace){0};
}

static enum day_why why_not_working(const struct day_info *info)
{
    return info->kind == DAY_OFF || info->kind == DAY_COMPUTED ? WHY_DAY_OFF : WHY_WEEKEND;
}

static enum day_why why_working(const struct day_info *info)
{
    return info->kind == DAY_WORKED   ? WHY_WORKED_SATURDAY
           : info->kind == DAY_CLOSED ? WHY_LOCAL_CLOSURE
                                      : WHY_WORKING_DAY;
}

/* The running total after a day that is not the last one, from the one of the day before it, in hundredths.
 * The day on which the count ends has the limit itself: a part of a day is told there. */
static int64_t total_after(const struct count *k, const struct trace_day *day, bool working, int64_t before)
{
    switch (k->limit->kind) {
    case LIMIT_NONE:
    case LIMIT_SAME_DAY: return before;
    case LIMIT_WORKING_DAYS: return working && day->day > k->from ? before + 100 : before;
    case LIMIT_CALENDAR_DAYS: return before + (day->day > k->from ? 100 : 0);
    case LIMIT_MONTHS:
        return day->day < civil_add_months(k->from, (int)(before / 100) + 1) ? before : before + 100;
    case LIMIT_WORKING_HOURS: {
        int64_t minutes = calendar_minutes_between(k->calendar, k->counting, civil_at(day->day + 1, 0));
        return (minutes * 100 + MINUTES_PER_HOUR / 2) / MINUTES_PER_HOUR;
    }
    }
    return before;
}

/* Fills in a day from the counting day on. */
static void trace_count(const struct count *k, struct trace_day *day, const struct day_info *info,
                        int64_t before)
{
    bool by_calendar = is_calendar_limit(k);
    civil_day end = by_calendar ? k->last : civil_day_of(k->due);
    bool first = day->day == k->from;
    day->n = day->day >= end ? k->limit->hundredths : total_after(k, day, info->working, before);
    day->counted = by_calendar ? !first && day->day <= end : info->working && (!first || day->n > 0);
    if (first)
        day->why = is_after_cutoff(k) ? WHY_AFTER_CUTOFF : WHY_RECEIPT_DAY;
    else if (by_calendar && day->day <= end)
        day->why = info->kind == DAY_CLOSED ? WHY_LOCAL_CLOSURE : WHY_CALENDAR_DAY;
    else if (by_calendar && info->working)
        day->why = WHY_ROLLED;
    else
        day->why = info->working ? why_working(info) : why_not_working(info);
}

static void trace_fill(const struct count *k, struct trace *t)
{
    int64_t n = 0;
    civil_day received = civil_day_of(k->received), due = civil_day_of(k->due);
    t->count = 0;
    t->failed = false;
    for (civil_day d = received; d <= due; d++) {
        struct trace_day *day = trace_add(t);
        if (!day)
            return;
        struct day_info info = calendar_day(k->calendar, d);
        *day = (struct trace_day){.day = d, .name = info.name, .computed = info.computed};
        if (d < k->from)
            day->why = d == received ? WHY_AFTER_HOURS : why_not_working(&info);
        else
            trace_count(k, day, &info, n);
        n = day->n;
    }
}

/* ---- the whole ---- */

bool deadline_compute(const struct calendar *calendar, const struct limit *limit, enum due_clock clock,
                      int cutoff_default, civil_minute received, struct deadline *out, struct trace *trace)
{
    struct count k = {
        .calendar = calendar,
        .limit = limit,
        .clock = clock,
        .cutoff = limit->cutoff == LIMIT_NO_CUTOFF ? cutoff_default : limit->cutoff,
        .received = received,
        .counting = calendar_counting_moment(calendar, received),
    };
    if (k.counting == NO_TIME)
        return false;
    k.from = civil_day_of(k.counting);
    k.due = due_of(&k);
    if (k.due == NO_TIME)
        return false;
    *out = (struct deadline){
        .received = received,
        .counting = k.counting,
        .due = k.due,
        .provisional = is_provisional(&k),
        .rolled = k.rolled,
    };
    if (trace)
        trace_fill(&k, trace);
    return true;
}

const char *deadline_why_name(enum day_why why)
{
    static const char *const names[] = {
        [WHY_RECEIPT_DAY] = "receipt_day",
        [WHY_WORKING_DAY] = "working_day",
        [WHY_WORKED_SATURDAY] = "worked_saturday",
        [WHY_CALENDAR_DAY] = "calendar_day",
        [WHY_WEEKEND] = "weekend",
        [WHY_DAY_OFF] = "day_off",
        [WHY_ROLLED] = "rolled",
        [WHY_AFTER_HOURS] = "after_hours",
        [WHY_AFTER_CUTOFF] = "after_cutoff",
        [WHY_LOCAL_CLOSURE] = "local_closure",
    };
    return names[why];
}
