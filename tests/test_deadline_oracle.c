/* The engine against a slow reckoning of its own kind, on random offices, limits and receipts.
 *
 * MOTCUA_ORACLE_CASES sets how many cases (100,000), MOTCUA_ORACLE_SEED the seed. A failure prints the seed
 * and the case. */
#include "tests/oracle_deadline.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define CASES_PER_OFFICE 50
#define MAX_DAYS 60
#define MAX_HOURS 3

/* ---- chance ---- */

static int between(struct random *c, int low, int high)
{
    return (int)random_in(c, low, high);
}

static bool one_in(struct random *c, int n)
{
    return random_in(c, 1, n) == 1;
}

static uint64_t number_from_environment(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* ---- random offices ---- */

struct random_office {
    struct office_hours hours[MAX_HOURS];
    struct office_day days[MAX_DAYS];
    struct oracle_office office;
    struct calendar *calendar;
    int year; /* about which its days off lie and its receipts come */
};

static civil_day day_about(struct random *c, int year)
{
    return (civil_day)((year - 1970) * 365.2425) + between(c, -400, 800);
}

static struct office_hours random_hours(struct random *c)
{
    static const int usual[][4] = {{420, 690, 810, 1020}, {450, 690, 780, 1020}, {480, 720, 780, 1020}};
    struct office_hours h = {.weekdays = 0x3e, .span_count = 2};
    if (one_in(c, 2)) {
        const int *u = usual[between(c, 0, 2)];
        h.span[0].opens = u[0];
        h.span[0].closes = u[1];
        h.span[1].opens = u[2];
        h.span[1].closes = u[3];
    } else { /* anything, now and then a few minutes a day */
        int least = one_in(c, 20) ? 1 : 60;
        h.span_count = between(c, 1, HOURS_MAX_SPANS);
        int room = 1439 / h.span_count, from = 0;
        for (int i = 0; i < h.span_count; i++, from += room) {
            h.span[i].opens = from + between(c, 0, room / 2 - 1);
            h.span[i].closes = h.span[i].opens + between(c, least, from + room - 1 - h.span[i].opens);
        }
    }
    if (one_in(c, 4))
        h.weekdays = 0x7e; /* Saturdays too */
    else if (one_in(c, 12))
        h.weekdays = (uint8_t)(between(c, 1, 127) << 1);
    return h;
}

static void random_office(struct random *c, struct random_office *o)
{
    o->year = between(c, 1995, 2060);
    int hour_count = one_in(c, 3) ? between(c, 1, MAX_HOURS) : 1;
    for (int i = 0; i < hour_count; i++) {
        o->hours[i] = random_hours(c);
        o->hours[i].from = i == 0 && one_in(c, 2) ? ORACLE_FIRST_DAY : day_about(c, o->year);
    }
    int day_count = one_in(c, 4) ? 0 : between(c, 1, MAX_DAYS);
    for (int i = 0; i < day_count; i++)
        o->days[i] = (struct office_day){
            day_about(c, o->year), (enum day_kind)between(c, DAY_OFF, DAY_CLOSED), STR("ngày"), STR_NONE};
    struct known_years known = {1, 0};
    if (one_in(c, 2)) {
        known.first = o->year + between(c, -3, 1);
        known.last = known.first + between(c, 0, 4);
    }
    o->office = (struct oracle_office){o->hours, (size_t)hour_count, o->days, (size_t)day_count, known};
    o->calendar = calendar_new(o->hours, (size_t)hour_count, o->days, (size_t)day_count, known);
    assert_non_null(o->calendar);
}

/* ---- random cases ---- */

struct random_case {
    struct limit limit;
    enum due_clock clock;
    int cutoff_default;
    civil_minute received;
};

static uint32_t random_hundredths(struct random *c, int usual_units)
{
    uint32_t whole = (uint32_t)between(c, 0,
                                       one_in(c, 100) ? LIMIT_MAX_UNITS - 1
                                       : one_in(c, 8) ? 10 * usual_units
                                                      : usual_units);
    uint32_t part = one_in(c, 2)   ? 0
                    : one_in(c, 2) ? (uint32_t)between(c, 1, 3) * 25
                                   : (uint32_t)between(c, 1, 99);
    return whole * 100 + part ? whole * 100 + part : 100;
}

static struct limit random_limit(struct random *c)
{
    struct limit l = {.kind = (enum limit_kind)between(c, LIMIT_SAME_DAY, LIMIT_MONTHS),
                      .cutoff = LIMIT_NO_CUTOFF};
    switch (l.kind) {
    case LIMIT_SAME_DAY:
        l.hundredths = 100;
        if (one_in(c, 2))
            l.cutoff = between(c, 0, 1439);
        break;
    case LIMIT_MONTHS:
        l.hundredths = 100 * (uint32_t)between(c, 1, one_in(c, 50) ? LIMIT_MAX_UNITS : 14);
        break;
    case LIMIT_WORKING_HOURS: l.hundredths = random_hundredths(c, 30); break;
    case LIMIT_WORKING_DAYS:
    case LIMIT_CALENDAR_DAYS:
    case LIMIT_NONE: l.hundredths = random_hundredths(c, 25);
    }
    return l;
}

/* A minute within hours, one at and around the borders where mistakes live, or any. */
static int random_minute(struct random *c, const struct office_hours *h)
{
    int span = between(c, 0, h->span_count - 1), opens = h->span[span].opens, closes = h->span[span].closes;
    if (one_in(c, 2))
        return between(c, opens, closes);
    if (one_in(c, 2))
        return between(c, 0, 1439);
    int minute = (one_in(c, 2) ? opens : closes) + between(c, -1, 1);
    return minute < 0 ? 0 : minute;
}

static struct random_case random_case(struct random *c, const struct random_office *o)
{
    civil_day day =
        one_in(c, 10) ? between(c, ORACLE_FIRST_DAY + 2191, ORACLE_LAST_DAY - 15000) : day_about(c, o->year);
    if (one_in(c, 4) && o->office.day_count) /* on or beside a recorded day */
        day = o->days[between(c, 0, (int)o->office.day_count - 1)].day + between(c, -1, 1);
    return (struct random_case){
        .limit = random_limit(c),
        .clock = one_in(c, 2) ? CLOCK_DAY_END : CLOCK_SAME_HOUR,
        .cutoff_default = one_in(c, 2) ? 900 : between(c, 0, 1439),
        .received = civil_at(day, random_minute(c, oracle_hours(&o->office, day))),
    };
}

/* ---- telling a failure ---- */

static void tell_office(const struct random_office *o)
{
    char date[CIVIL_TEXT];
    for (size_t i = 0; i < o->office.hour_count; i++) {
        const struct office_hours *h = &o->hours[i];
        print_error("  hours from %s, weekdays 0x%02x:", civil_iso_date(date, h->from), h->weekdays);
        for (int s = 0; s < h->span_count; s++)
            print_error(" %d-%d", h->span[s].opens, h->span[s].closes);
        print_error("\n");
    }
    for (size_t i = 0; i < o->office.day_count; i++)
        print_error("  %s %s\n", civil_iso_date(date, o->days[i].day),
                    o->days[i].kind == DAY_OFF      ? "off"
                    : o->days[i].kind == DAY_WORKED ? "worked"
                                                    : "closed");
    print_error("  known %d-%d\n", o->office.known.first, o->office.known.last);
}

static void tell_case(const struct random_case *k)
{
    struct buf limit = BUF_INIT;
    char received[CIVIL_TEXT];
    limit_format(&limit, &k->limit);
    print_error("  %s + %s, %s, cutoff %d\n", civil_vn_time(received, k->received), limit.p,
                due_clock_name(k->clock), k->cutoff_default);
    buf_release(&limit);
}

static void tell_answers(const struct deadline *d, const struct trace *t, const struct oracle_answer *a)
{
    char x[CIVIL_TEXT], y[CIVIL_TEXT];
    print_error("  engine: counting %s due %s%s%s\n", civil_vn_time(x, d->counting), civil_vn_time(y, d->due),
                d->rolled ? " rolled" : "", d->provisional ? " provisional" : "");
    print_error("  oracle: counting %s due %s%s%s\n", civil_vn_time(x, a->counting), civil_vn_time(y, a->due),
                a->rolled ? " rolled" : "", a->provisional ? " provisional" : "");
    for (size_t i = 0; i < t->count || i < a->count; i++) {
        const struct trace_day *e = i < t->count ? &t->day[i] : NULL;
        const struct oracle_step *o = i < a->count ? &a->step[i] : NULL;
        if (e && o && e->day == o->day && e->why == o->why && e->counted == o->counted && e->n == o->n)
            continue;
        if (e)
            print_error("  engine: %s %s %s %d\n", civil_iso_date(x, e->day), deadline_why_name(e->why),
                        e->counted ? "counted" : "not counted", (int)e->n);
        if (o)
            print_error("  oracle: %s %s %s %d\n", civil_iso_date(x, o->day), deadline_why_name(o->why),
                        o->counted ? "counted" : "not counted", (int)o->n);
        break;
    }
}

/* ---- the comparison ---- */

static bool same_trace(const struct trace *t, const struct oracle_answer *a)
{
    if (t->failed || t->count != a->count)
        return false;
    for (size_t i = 0; i < t->count; i++)
        if (t->day[i].day != a->step[i].day || t->day[i].why != a->step[i].why ||
            t->day[i].counted != a->step[i].counted || t->day[i].n != a->step[i].n)
            return false;
    return true;
}

/* What a reader of a trace relies on, whoever made it. */
static bool adds_up(const struct random_case *k, const struct deadline *d, const struct trace *t)
{
    if (t->count == 0 || t->day[0].day != civil_day_of(d->received) ||
        t->day[t->count - 1].day != civil_day_of(d->due) || t->day[t->count - 1].n != k->limit.hundredths)
        return false;
    for (size_t i = 0; i < t->count; i++) {
        int64_t before = i ? t->day[i - 1].n : 0;
        if (t->day[i].day != t->day[0].day + (civil_day)i || t->day[i].n < before ||
            (t->day[i].n > before && !t->day[i].counted))
            return false;
    }
    return true;
}

static void test_engine_equals_oracle(void **state)
{
    (void)state;
    uint64_t seed = number_from_environment("MOTCUA_ORACLE_SEED", 20261120);
    uint64_t cases = number_from_environment("MOTCUA_ORACLE_CASES", 100000);
    struct random chance = {seed};
    struct oracle_answer answer = {0};
    struct trace trace = {0};
    uint64_t answered = 0, provisional = 0, rolled = 0, off_hours = 0;
    struct random_office o = {.calendar = NULL};
    for (uint64_t i = 0; i < cases; i++) {
        if (i % CASES_PER_OFFICE == 0) {
            calendar_free(o.calendar);
            random_office(&chance, &o);
        }
        struct random_case k = random_case(&chance, &o);
        struct deadline d = {0};
        bool got = deadline_compute(o.calendar, &k.limit, k.clock, k.cutoff_default, k.received, &d, &trace);
        bool want = oracle_deadline(&o.office, &k.limit, k.clock, k.cutoff_default, k.received, &answer);
        bool same = got == want;
        if (same && got)
            same = d.received == k.received && d.counting == answer.counting && d.due == answer.due &&
                   d.rolled == answer.rolled && d.provisional == answer.provisional &&
                   same_trace(&trace, &answer) && adds_up(&k, &d, &trace);
        if (!same) {
            print_error("seed %llu, case %llu: engine %s, oracle %s\n", (unsigned long long)seed,
                        (unsigned long long)i, got ? "answers" : "gives none",
                        want ? "answers" : "gives none");
            tell_case(&k);
            tell_office(&o);
            if (got && want)
                tell_answers(&d, &trace, &answer);
            fail();
        }
        answered += got;
        provisional += got && d.provisional;
        rolled += got && d.rolled;
        off_hours += got && d.counting != d.received;
    }
    calendar_free(o.calendar);
    trace_release(&trace);
    oracle_answer_release(&answer);
    print_message(
        "%llu cases, %llu answered, %llu provisional, %llu rolled, %llu received outside hours, seed %llu\n",
        (unsigned long long)cases, (unsigned long long)answered, (unsigned long long)provisional,
        (unsigned long long)rolled, (unsigned long long)off_hours, (unsigned long long)seed);
    if (cases >= 10000) { /* the cases must not have become idle ones */
        assert_true(answered > cases * 9 / 10);
        assert_true(provisional > cases / 20 && rolled > cases / 50 && off_hours > cases / 10);
    }
}

/* The lookups of the calendar alone, on the same kind of offices. */
static void test_lookups_equal_walking(void **state)
{
    (void)state;
    struct random chance = {number_from_environment("MOTCUA_ORACLE_SEED", 20261120) + 1};
    uint64_t offices = number_from_environment("MOTCUA_ORACLE_CASES", 100000) / 1000;
    for (uint64_t i = 0; i < offices; i++) {
        struct random_office o;
        random_office(&chance, &o);
        civil_day from = day_about(&chance, o.year), to = from + between(&chance, 0, 500);
        int from_minute = between(&chance, 0, 1439), to_minute = between(&chance, 0, 1439), days = 0;
        int64_t minutes = 0;
        for (civil_day day = from; day <= to; day++) {
            bool working = oracle_is_working(&o.office, day);
            assert_int_equal(calendar_is_working(o.calendar, day), working);
            assert_int_equal(calendar_day(o.calendar, day).working, working);
            days += working && day > from;
            int of_day = 0;
            for (int m = 0; m < 1440; m++)
                if (oracle_is_working_minute(&o.office, day, m)) {
                    of_day++;
                    minutes += (day > from || m >= from_minute) && (day < to || m < to_minute);
                }
            assert_int_equal(calendar_minutes_of(o.calendar, day), of_day);
        }
        assert_int_equal(calendar_working_between(o.calendar, from, to), days);
        if (days > 0) {
            civil_day last = calendar_working_on_or_before(o.calendar, to);
            assert_int_equal(calendar_add_working(o.calendar, from, days), last);
        }
        assert_int_equal(
            calendar_minutes_between(o.calendar, civil_at(from, from_minute), civil_at(to, to_minute)),
            civil_at(to, to_minute) > civil_at(from, from_minute) ? minutes : 0);
        calendar_free(o.calendar);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engine_equals_oracle),
        cmocka_unit_test(test_lookups_equal_walking),
    };
    return cmocka_run_group_tests_name("deadline against the oracle", tests, NULL, NULL);
}
