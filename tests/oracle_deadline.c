#include "tests/oracle_deadline.h"

#include "tests/lunar_dates.h"

#include <stdlib.h>

/* ---- dates, by stepping ---- */

struct date {
    short year;
    signed char month, day;
    signed char weekday; /* 1 Monday .. 7 Sunday */
    bool statutory;      /* a day off by the law of today */
};

#define DAYS (ORACLE_LAST_DAY - ORACLE_FIRST_DAY + 1)
static struct date dates[DAYS];

static int month_length(int year, int month)
{
    switch (month) {
    case 2:
        if (year % 400 == 0)
            return 29;
        if (year % 100 == 0)
            return 28;
        return year % 4 == 0 ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11: return 30;
    default: return 31;
    }
}

static struct date *find(int year, int month, int day)
{
    for (int i = 0; i < DAYS; i++)
        if (dates[i].year == year && dates[i].month == month && dates[i].day == day)
            return &dates[i];
    abort();
}

/* The rest day's day in lieu: the next day that is neither a rest day nor taken. */
static void give_in_lieu(struct date *rest_day)
{
    struct date *d = rest_day;
    do
        d++;
    while (d->weekday >= 6 || d->statutory);
    d->statutory = true;
}

static void mark_year(const struct lunar_dates *lunar)
{
    int year = lunar->year;
    struct date *holidays[16];
    int count = 0;
    holidays[count++] = find(year, 1, 1);
    struct date *tet = find(year, lunar->tet_month, lunar->tet_day);
    for (int i = tet->weekday == 2 ? -1 : -2, n = 0; n < 5; n++)
        holidays[count++] = tet + i + n;
    holidays[count++] = find(year, lunar->kings_month, lunar->kings_day);
    holidays[count++] = find(year, 4, 30);
    holidays[count++] = find(year, 5, 1);
    struct date *national = find(year, 9, 2);
    holidays[count++] = national;
    switch (national->weekday) {
    case 4: /* Thursday: Friday joins the weekend */
    case 7: /* Sunday: so does Monday */ holidays[count++] = national + 1; break;
    default: /* Tuesday's Monday and Saturday's Friday do; else the 1st */ holidays[count++] = national - 1;
    }
    if (year >= 2026)
        holidays[count++] = find(year, 11, 24);
    for (int i = 0; i < count; i++)
        holidays[i]->statutory = true;
    struct date *january = find(year, 1, 1), *december = find(year, 12, 31);
    for (struct date *d = january; d <= december; d++) {
        bool holiday = false;
        for (int i = 0; i < count; i++)
            holiday = holiday || holidays[i] == d;
        if (holiday && d->weekday >= 6)
            give_in_lieu(d);
    }
}

static void lay_out_dates(void)
{
    struct date d = {.year = 1970, .month = 1, .day = 1, .weekday = 4};
    for (int day = 0; day <= ORACLE_LAST_DAY; day++) {
        if (day >= ORACLE_FIRST_DAY)
            dates[day - ORACLE_FIRST_DAY] = d;
        d.weekday = d.weekday == 7 ? 1 : (signed char)(d.weekday + 1);
        if (++d.day > month_length(d.year, d.month)) {
            d.day = 1;
            if (++d.month > 12) {
                d.month = 1;
                d.year++;
            }
        }
    }
    for (size_t i = 0; i < lunar_dates_count; i++)
        if (lunar_dates[i].year >= 1989)
            mark_year(&lunar_dates[i]);
}

static const struct date *date_of(civil_day day)
{
    if (dates[0].year == 0)
        lay_out_dates();
    if (day < ORACLE_FIRST_DAY || day > ORACLE_LAST_DAY)
        abort();
    return &dates[day - ORACLE_FIRST_DAY];
}

/* ---- what a day is ---- */

struct facts {
    const struct office_hours *hours;
    bool working, rest_day, computed;
    enum day_kind recorded; /* 0: nothing */
};

const struct office_hours *oracle_hours(const struct oracle_office *office, civil_day day)
{
    const struct office_hours *found = NULL, *earliest = NULL;
    for (size_t i = 0; i < office->hour_count; i++) {
        const struct office_hours *h = &office->hours[i];
        if (!earliest || h->from <= earliest->from)
            earliest = h;
        if (h->from <= day && (!found || h->from >= found->from))
            found = h;
    }
    return found ? found : earliest;
}

static struct facts facts_of(const struct oracle_office *office, civil_day day, bool ignore_computed)
{
    const struct date *date = date_of(day);
    struct facts f = {.hours = oracle_hours(office, day)};
    f.rest_day = (f.hours->weekdays & (1 << date->weekday)) == 0;
    for (size_t i = 0; i < office->day_count; i++)
        if (office->days[i].day == day)
            f.recorded = office->days[i].kind;
    bool announced = date->year >= office->known.first && date->year <= office->known.last;
    if (f.recorded == DAY_WORKED)
        f.working = true;
    else if (f.recorded == DAY_OFF)
        f.working = false;
    else if (date->statutory && !announced && !ignore_computed)
        f.computed = true;
    else
        f.working = !f.rest_day;
    return f;
}

bool oracle_is_working(const struct oracle_office *office, civil_day day)
{
    return facts_of(office, day, false).working;
}

static bool is_working_minute(const struct office_hours *h, int minute)
{
    for (int i = 0; i < h->span_count; i++)
        if (minute >= h->span[i].opens && minute < h->span[i].closes)
            return true;
    return false;
}

bool oracle_is_working_minute(const struct oracle_office *office, civil_day day, int minute)
{
    return oracle_is_working(office, day) && is_working_minute(oracle_hours(office, day), minute);
}

static int closing_minute(const struct office_hours *h)
{
    return h->span[h->span_count - 1].closes;
}

/* ---- the walk ---- */

struct walk {
    const struct oracle_office *office;
    const struct limit *limit;
    bool same_hour, ignore_computed;
    int cutoff;
    civil_day received_day, counting_day;
    int counting_minute;
    struct oracle_answer *answer;
};

static struct facts facts(const struct walk *w, civil_day day)
{
    return facts_of(w->office, day, w->ignore_computed);
}

static void put(const struct walk *w, civil_day day, enum day_why why, bool counted, int64_t n)
{
    struct oracle_answer *a = w->answer;
    if (a->count == a->cap) {
        a->cap = a->cap ? a->cap * 2 : 64;
        a->step = realloc(a->step, a->cap * sizeof *a->step);
        if (!a->step)
            abort();
    }
    a->step[a->count++] = (struct oracle_step){day, why, counted, n};
}

static enum day_why why_worked(const struct facts *f)
{
    if (f->recorded == DAY_WORKED)
        return WHY_WORKED_SATURDAY;
    return f->recorded == DAY_CLOSED ? WHY_LOCAL_CLOSURE : WHY_WORKING_DAY;
}

static enum day_why why_idle(const struct facts *f)
{
    return f->recorded == DAY_OFF || f->computed ? WHY_DAY_OFF : WHY_WEEKEND;
}

/* A closure counts as the day would; only where the day is off anyway has it no word. */
static enum day_why why_by_calendar(const struct facts *f)
{
    return f->recorded == DAY_CLOSED && !f->computed ? WHY_LOCAL_CLOSURE : WHY_CALENDAR_DAY;
}

static void finish(const struct walk *w, civil_day day, int minute)
{
    w->answer->due = (civil_minute)day * 1440 + minute;
}

/* From the receipt, minute by minute, to the first one that counts. */
static bool walk_to_counting(struct walk *w, civil_minute received)
{
    civil_day day = (civil_day)(received / 1440); /* receipts are after 1970 */
    int minute = (int)(received % 1440);
    w->received_day = day;
    for (;; day++, minute = 0) {
        if (day > ORACLE_LAST_DAY)
            return false;
        struct facts f = facts(w, day);
        if (f.working)
            for (; minute < 1440; minute++)
                if (is_working_minute(f.hours, minute) || minute == closing_minute(f.hours)) {
                    w->counting_day = day;
                    w->counting_minute = minute;
                    w->answer->counting = (civil_minute)day * 1440 + minute;
                    return true;
                }
        put(w, day, day == w->received_day ? WHY_AFTER_HOURS : why_idle(&f), false, 0);
    }
}

static bool walk_same_day(const struct walk *w)
{
    civil_day day = w->counting_day;
    if (w->counting_minute <= w->cutoff) {
        put(w, day, WHY_RECEIPT_DAY, true, 100);
        finish(w, day, closing_minute(facts(w, day).hours));
        return true;
    }
    put(w, day, WHY_AFTER_CUTOFF, false, 0);
    for (day++; day <= ORACLE_LAST_DAY; day++) {
        struct facts f = facts(w, day);
        if (f.working) {
            put(w, day, why_worked(&f), true, 100);
            finish(w, day, closing_minute(f.hours));
            return true;
        }
        put(w, day, why_idle(&f), false, 0);
    }
    return false;
}

static bool walk_working_hours(const struct walk *w)
{
    int64_t want = 0, got = 0;
    while (want * 100 < (int64_t)w->limit->hundredths * 60) /* a begun minute is a minute */
        want++;
    for (civil_day day = w->counting_day; day <= ORACLE_LAST_DAY; day++) {
        bool first = day == w->counting_day;
        struct facts f = facts(w, day);
        int64_t before = got;
        for (int minute = first ? w->counting_minute : 0; f.working && minute < 1440; minute++)
            if (is_working_minute(f.hours, minute) && ++got == want) {
                put(w, day, first ? WHY_RECEIPT_DAY : why_worked(&f), true, w->limit->hundredths);
                finish(w, day, minute + 1);
                return true;
            }
        int64_t n = got * 100 / 60, left = got * 100 % 60;
        put(w, day,
            first       ? WHY_RECEIPT_DAY
            : f.working ? why_worked(&f)
                        : why_idle(&f),
            got > before, left >= 30 ? n + 1 : n);
    }
    return false;
}

/* The counting hour on another day: a minute the desk is open, looked for forward, or closing. */
static int carried_minute(const struct walk *w, const struct office_hours *h)
{
    for (int minute = w->counting_minute; minute < 1440; minute++)
        for (int i = 0; i < h->span_count; i++)
            if (minute >= h->span[i].opens && minute <= h->span[i].closes)
                return minute;
    return closing_minute(h);
}

/* `day_end`: the day on which the running total reaches the limit. */
static bool walk_working_days_to_the_end(const struct walk *w)
{
    put(w, w->counting_day, WHY_RECEIPT_DAY, false, 0);
    int64_t n = 0;
    for (civil_day day = w->counting_day + 1; day <= ORACLE_LAST_DAY; day++) {
        struct facts f = facts(w, day);
        if (!f.working) {
            put(w, day, why_idle(&f), false, n);
            continue;
        }
        n += 100;
        bool done = n >= w->limit->hundredths;
        if (done)
            n = w->limit->hundredths;
        put(w, day, why_worked(&f), true, n);
        if (done) {
            finish(w, day, closing_minute(f.hours));
            return true;
        }
    }
    return false;
}

/* `same_hour`: whole days from hour to hour; then the part of a day minute by minute, 480 to the day, but no
 * further than the same hour of the next working day. */
static bool walk_working_days_by_the_hour(const struct walk *w)
{
    int whole = (int)(w->limit->hundredths / 100), part = (int)(w->limit->hundredths % 100), left = 0;
    while (left * 100 < part * 480)
        left++;
    int days = 0, minute = w->counting_minute;
    for (civil_day day = w->counting_day; day <= ORACLE_LAST_DAY; day++) {
        bool first = day == w->counting_day;
        struct facts f = facts(w, day);
        if (!f.working) {
            put(w, day, why_idle(&f), false, days * 100);
            continue;
        }
        enum day_why why = first ? WHY_RECEIPT_DAY : why_worked(&f);
        days += !first;
        int same = first ? w->counting_minute : carried_minute(w, f.hours);
        if (days < whole) {
            put(w, day, why, !first, days * 100);
            continue;
        }
        if (days == whole)
            minute = same;
        while (left > 0 && minute < 1440 && !(days > whole && minute >= same))
            left -= is_working_minute(f.hours, minute++);
        if (left == 0 || days > whole) {
            put(w, day, why, true, w->limit->hundredths);
            finish(w, day, days > whole && minute > same ? same : minute);
            return true;
        }
        put(w, day, why, !first, days * 100);
        minute = 0;
    }
    return false;
}

/* Does `day` correspond to the counting day so many months later, or is it the last day of a month too short
 * for it? */
static bool is_months_later(const struct walk *w, int months, civil_day day)
{
    const struct date *from = date_of(w->counting_day), *to = date_of(day);
    if ((to->year - from->year) * 12 + to->month - from->month != months)
        return false;
    int length = month_length(to->year, to->month);
    return to->day == (from->day < length ? from->day : length);
}

static bool walk_calendar(const struct walk *w)
{
    bool by_months = w->limit->kind == LIMIT_MONTHS;
    int64_t n = 0, limit = w->limit->hundredths;
    civil_day day = w->counting_day;
    put(w, day, WHY_RECEIPT_DAY, false, 0);
    while (n < limit) {
        if (++day > ORACLE_LAST_DAY)
            return false;
        struct facts f = facts(w, day);
        if (!by_months)
            n = n + 100 > limit ? limit : n + 100;
        else if (is_months_later(w, (int)(n / 100) + 1, day))
            n += 100;
        put(w, day, why_by_calendar(&f), true, n);
    }
    struct facts f = facts(w, day);
    w->answer->rolled = !f.working;
    while (!f.working) {
        if (++day > ORACLE_LAST_DAY)
            return false;
        f = facts(w, day);
        put(w, day, f.working ? WHY_ROLLED : why_idle(&f), false, n);
    }
    finish(w, day, w->same_hour && !w->answer->rolled ? carried_minute(w, f.hours) : closing_minute(f.hours));
    return true;
}

static bool walk(struct walk *w, civil_minute received, struct oracle_answer *answer)
{
    w->answer = answer;
    answer->count = 0;
    answer->rolled = false;
    if (!walk_to_counting(w, received))
        return false;
    switch (w->limit->kind) {
    case LIMIT_SAME_DAY: return walk_same_day(w);
    case LIMIT_WORKING_HOURS: return walk_working_hours(w);
    case LIMIT_WORKING_DAYS:
        return w->same_hour ? walk_working_days_by_the_hour(w) : walk_working_days_to_the_end(w);
    case LIMIT_CALENDAR_DAYS:
    case LIMIT_MONTHS: return walk_calendar(w);
    case LIMIT_NONE: break;
    }
    return false;
}

bool oracle_deadline(const struct oracle_office *office, const struct limit *limit, enum due_clock clock,
                     int cutoff_default, civil_minute received, struct oracle_answer *answer)
{
    struct walk w = {
        .office = office,
        .limit = limit,
        .same_hour = clock == CLOCK_SAME_HOUR,
        .cutoff = limit->cutoff < 0 ? cutoff_default : limit->cutoff,
    };
    if (!walk(&w, received, answer))
        return false;
    /* Provisional is what would come out otherwise if the computed days off were days like any other. */
    struct oracle_answer plain = {0};
    w.ignore_computed = true;
    bool same = walk(&w, received, &plain) && plain.counting == answer->counting && plain.due == answer->due;
    answer->provisional = !same;
    oracle_answer_release(&plain);
    return true;
}

void oracle_answer_release(struct oracle_answer *a)
{
    free(a->step);
    *a = (struct oracle_answer){0};
}
