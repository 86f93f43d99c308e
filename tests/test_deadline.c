/* Due times and their traces, against the law's rules worked out by hand on the announced calendar of
 * 2022-2026. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/deadline.h"
#include "tests/vietnam_days.h"

#define CUTOFF_DEFAULT (15 * 60)

static struct calendar *office;

static civil_minute moment(const char *text)
{
    struct civil_input in;
    if (!civil_parse(str_of(text), &in))
        fail_msg("bad time in the test: %s", text);
    return civil_at(in.day, in.minute_of_day < 0 ? 7 * 60 : in.minute_of_day);
}

static struct limit limit_of(const char *text)
{
    struct limit limit;
    if (!limit_parse(str_of(text), &limit))
        fail_msg("bad limit in the test: %s", text);
    return limit;
}

static struct deadline due_in(const struct calendar *c, const char *received, const char *limit_text,
                              enum due_clock clock, struct trace *trace)
{
    struct limit limit = limit_of(limit_text);
    struct deadline d;
    if (!deadline_compute(c, &limit, clock, CUTOFF_DEFAULT, moment(received), &d, trace))
        fail_msg("%s + %s: no due time", received, limit_text);
    return d;
}

/* ---- due times ---- */

static const struct vector {
    const char *received, *limit;
    enum due_clock clock;
    const char *due, *why;
} vectors[] = {
    {"2023-04-28", "1 working_days", CLOCK_DAY_END, "2023-05-04 17:00", "29/4-3/5 off"},
    {"2024-04-26", "5 working_days", CLOCK_DAY_END, "2024-05-07 17:00", "29/4-1/5 off, Saturday 4/5 worked"},
    {"2025-04-25", "3 working_days", CLOCK_DAY_END, "2025-04-29 17:00", "Saturday 26/4 worked"},
    {"2025-12-31", "3 working_days", CLOCK_DAY_END, "2026-01-07 17:00", "1-2/1 off"},
    {"2026-01-09", "1 working_days", CLOCK_DAY_END, "2026-01-10 17:00", "worked Saturday"},
    {"2026-02-13", "1 working_days", CLOCK_DAY_END, "2026-02-23 17:00", "Tết"},
    {"2026-08-28", "2 working_days", CLOCK_DAY_END, "2026-09-04 17:00", "31/8-2/9 off"},
    {"2026-11-20", "2 working_days", CLOCK_DAY_END, "2026-11-25 17:00", "24/11 off"},
    {"2025-01-20", "10 calendar_days", CLOCK_DAY_END, "2025-02-03 17:00", "30/1 is Tết, rolls"},
    {"2026-04-16", "10 calendar_days", CLOCK_DAY_END, "2026-04-28 17:00",
     "26/4 Sunday and Giỗ Tổ, 27/4 in lieu"},
    {"2025-04-16", "10 calendar_days", CLOCK_DAY_END, "2025-04-26 17:00", "last day is a worked Saturday"},
    {"2026-11-16 15:00", "same_day", CLOCK_DAY_END, "2026-11-16 17:00", "15:00 is not after 15:00"},
    {"2026-11-16 15:01", "same_day", CLOCK_DAY_END, "2026-11-17 17:00", "after 15:00"},
    {"2026-11-16 09:00", "2.5 working_days", CLOCK_DAY_END, "2026-11-19 17:00",
     "a fraction rounds up to the day"},
    {"2026-11-16 09:00", "2.5 working_days", CLOCK_SAME_HOUR, "2026-11-18 15:00",
     "two days, then 4 working hours"},
    {"2026-11-16 10:00", "2 working_days", CLOCK_SAME_HOUR, "2026-11-18 10:00", "the hour carried over"},
    {"2026-11-16 16:30", "1 working_hours", CLOCK_DAY_END, "2026-11-17 07:30", "hours ignore day_end"},
    {"2026-11-16 12:00", "1 working_hours", CLOCK_DAY_END, "2026-11-16 14:30", "received in the lunch break"},
    {"2026-11-20 16:30", "3 working_hours", CLOCK_DAY_END, "2026-11-23 09:30", "over a weekend"},
    {"2026-11-16 09:00", "8 working_hours", CLOCK_DAY_END, "2026-11-17 09:00", "8 hours a day"},
    {"2026-11-21 10:00", "1 working_days", CLOCK_DAY_END, "2026-11-25 17:00",
     "counts from Mon 23/11; 24/11 off"},
    {"2026-11-21 10:00", "10 calendar_days", CLOCK_DAY_END, "2026-12-03 17:00", "counted from Mon 23/11"},
    {"2026-12-31", "1 months", CLOCK_DAY_END, "2027-02-01 17:00", "31/1 is a Sunday"},
    {"2026-01-30", "1 months", CLOCK_DAY_END, "2026-03-02 17:00", "no 30/2; 28/2 is a Saturday"},
    {"2026-11-16", "16.5 calendar_days", CLOCK_DAY_END, "2026-12-03 17:00", "calendar fractions round up"},

    /* the hour of receipt */
    {"2026-11-16 00:00", "2 working_days", CLOCK_SAME_HOUR, "2026-11-18 07:00", "before opening is opening"},
    {"2026-11-16 12:00", "2 working_days", CLOCK_SAME_HOUR, "2026-11-18 13:30", "the lunch break is its end"},
    {"2026-11-16 11:30", "2 working_days", CLOCK_SAME_HOUR, "2026-11-18 13:30",
     "no minutes left before 13:30"},
    {"2026-11-16 11:29", "2 working_days", CLOCK_SAME_HOUR, "2026-11-18 11:29", "a minute before the break"},
    {"2026-11-16 17:00", "2 working_days", CLOCK_SAME_HOUR, "2026-11-18 17:00",
     "closing time sharp is that day"},
    {"2026-11-16 17:01", "2 working_days", CLOCK_SAME_HOUR, "2026-11-19 07:00",
     "after closing is the next day"},
    {"2026-11-16 17:01", "2 working_days", CLOCK_DAY_END, "2026-11-19 17:00", "and moves the day itself"},
    {"2026-11-16 17:01", "8 calendar_days", CLOCK_DAY_END, "2026-11-25 17:00", "for calendar days too"},
    {"2026-11-16 17:00", "8 calendar_days", CLOCK_DAY_END, "2026-11-25 17:00", "24/11 is off, rolls"},
    {"2026-11-16 17:01", "1 months", CLOCK_DAY_END, "2026-12-17 17:00", "and for months"},
    {"2026-11-16 17:01", "same_day", CLOCK_DAY_END, "2026-11-17 17:00", "and for same-day work"},
    {"2026-11-21 10:00", "2 working_days", CLOCK_SAME_HOUR, "2026-11-26 07:00",
     "a Saturday's receipt: Monday's opening"},
    {"2026-01-10 09:15", "1 working_days", CLOCK_SAME_HOUR, "2026-01-12 09:15",
     "a worked Saturday is a day like any"},
    {"2026-11-16 10:00", "10 calendar_days", CLOCK_SAME_HOUR, "2026-11-26 10:00",
     "calendar days carry the hour"},
    {"2026-11-16 10:00", "5 calendar_days", CLOCK_SAME_HOUR, "2026-11-23 17:00",
     "rolled: the end of the day"},
    {"2026-11-16 10:00", "1 months", CLOCK_SAME_HOUR, "2026-12-16 10:00", "months carry it too"},
    {"2026-12-31 10:00", "1 months", CLOCK_SAME_HOUR, "2027-02-01 17:00", "unless rolled"},

    /* same-day work */
    {"2026-11-16 16:59", "same_day@17:00", CLOCK_DAY_END, "2026-11-16 17:00", "its own cutoff"},
    {"2026-11-16 07:00", "same_day@10:30", CLOCK_SAME_HOUR, "2026-11-16 17:00",
     "ends at closing under either clock"},
    {"2026-11-16 10:31", "same_day@10:30", CLOCK_SAME_HOUR, "2026-11-17 17:00", ""},
    {"2026-11-16 12:00", "same_day@13:00", CLOCK_DAY_END, "2026-11-17 17:00",
     "the counting moment, 13:30, is after 13:00"},
    {"2026-11-16 11:30", "same_day@11:30", CLOCK_DAY_END, "2026-11-17 17:00", "the counting moment is 13:30"},
    {"2026-11-16 05:00", "same_day@07:00", CLOCK_DAY_END, "2026-11-16 17:00", "counts from 07:00"},
    {"2026-11-22 16:00", "same_day", CLOCK_DAY_END, "2026-11-23 17:00",
     "Sunday: Monday 07:00 is before 15:00"},
    {"2026-11-20 15:30", "same_day", CLOCK_DAY_END, "2026-11-23 17:00", "after the cutoff on a Friday"},
    {"2026-11-23 15:30", "same_day", CLOCK_DAY_END, "2026-11-25 17:00", "24/11 is off"},

    /* hours */
    {"2026-11-16 07:00", "4.5 working_hours", CLOCK_DAY_END, "2026-11-16 11:30", "ends exactly at the break"},
    {"2026-11-16 07:00", "8 working_hours", CLOCK_DAY_END, "2026-11-16 17:00", "ends exactly at closing"},
    {"2026-11-16 07:00", "8.01 working_hours", CLOCK_DAY_END, "2026-11-17 07:01",
     "a begun minute is a minute"},
    {"2026-11-16 17:00", "1 working_hours", CLOCK_DAY_END, "2026-11-17 08:00",
     "closing sharp has no minutes left"},
    {"2026-11-16 11:30", "1 working_hours", CLOCK_DAY_END, "2026-11-16 14:30",
     "nor has the start of the break"},
    {"2026-11-16 09:00", "0.25 working_hours", CLOCK_DAY_END, "2026-11-16 09:15", ""},
    {"2026-11-16 09:00", "8 working_hours", CLOCK_SAME_HOUR, "2026-11-17 09:00", "hours ignore the clock"},
    {"2026-11-13 16:00", "17 working_hours", CLOCK_DAY_END, "2026-11-17 17:00", "1 + 8 + 8"},

    /* fractions of days */
    {"2026-11-16 09:00", "0.5 working_days", CLOCK_DAY_END, "2026-11-17 17:00", "rounds up to one day"},
    {"2026-11-16 09:00", "0.5 working_days", CLOCK_SAME_HOUR, "2026-11-16 15:00", "4 working hours"},
    {"2026-11-16 16:00", "2.5 working_days", CLOCK_SAME_HOUR, "2026-11-19 10:00",
     "1 hour on Wednesday, 3 on Thursday"},
    {"2026-11-16 13:30", "2.5 working_days", CLOCK_SAME_HOUR, "2026-11-19 07:30",
     "3.5 hours, then half an hour"},
    {"2026-11-16 07:30", "1.5 working_days", CLOCK_SAME_HOUR, "2026-11-17 11:30",
     "ends exactly at the break"},
    {"2026-11-16 09:00", "2.25 working_days", CLOCK_SAME_HOUR, "2026-11-18 11:00", "2 working hours"},
    {"2026-11-16 09:00", "2.75 working_days", CLOCK_SAME_HOUR, "2026-11-18 17:00", "6 working hours"},
    {"2026-11-16", "16.25 calendar_days", CLOCK_SAME_HOUR, "2026-12-03 07:00",
     "calendar fractions, no hours of theirs"},
    {"2026-11-16", "3.01 working_days", CLOCK_DAY_END, "2026-11-20 17:00", ""},

    /* months */
    {"2024-01-31", "1 months", CLOCK_DAY_END, "2024-02-29 17:00", "the last day of a shorter month"},
    {"2022-08-31", "6 months", CLOCK_DAY_END, "2023-02-28 17:00", "so too over the year's end"},
    {"2024-02-29", "12 months", CLOCK_DAY_END, "2025-02-28 17:00", "from the leap day"},
    {"2026-03-31", "1 months", CLOCK_DAY_END, "2026-05-04 17:00", "30/4 and 1/5 off, then a weekend"},

    /* computed days */
    {"2027-02-03", "1 working_days", CLOCK_DAY_END, "2027-02-11 17:00", "4-5 and 8-10/2/2027 off"},
    {"2027-04-29", "2 working_days", CLOCK_DAY_END, "2027-05-05 17:00", "30/4 and 3/5 off"},
    {"2027-08-30", "3 working_days", CLOCK_DAY_END, "2027-09-06 17:00", "2-3/9 off"},
};

static void test_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        const struct vector *v = &vectors[i];
        struct trace trace = {0};
        struct deadline d = due_in(office, v->received, v->limit, v->clock, &trace);
        char got[CIVIL_TEXT], want[CIVIL_TEXT];
        if (d.due != moment(v->due))
            fail_msg("%s + %s: %s, not %s (%s)", v->received, v->limit, civil_vn_time(got, d.due),
                     civil_vn_time(want, moment(v->due)), v->why);
        assert_int_equal(d.received, moment(v->received));
        assert_int_equal(trace.day[trace.count - 1].day, civil_day_of(d.due));
        assert_int_equal(trace.day[trace.count - 1].n, limit_of(v->limit).hundredths);
        trace_release(&trace);
    }
}

static void test_rolled_and_counting(void **state)
{
    (void)state;
    struct deadline d = due_in(office, "2025-01-20", "10 calendar_days", CLOCK_DAY_END, NULL);
    assert_true(d.rolled);
    assert_false(due_in(office, "2025-04-16", "10 calendar_days", CLOCK_DAY_END, NULL).rolled);
    assert_false(due_in(office, "2026-11-20", "2 working_days", CLOCK_DAY_END, NULL).rolled);
    assert_true(due_in(office, "2026-12-31", "1 month", CLOCK_DAY_END, NULL).rolled);
    d = due_in(office, "2026-11-21 10:00", "1 working_day", CLOCK_DAY_END, NULL);
    assert_int_equal(d.counting, moment("2026-11-23 07:00"));
    assert_int_equal(d.received, moment("2026-11-21 10:00"));
}

static void test_unset_clock_is_day_end(void **state)
{
    (void)state;
    assert_int_equal(due_in(office, "2026-11-16 10:00", "2 working_days", CLOCK_UNSET, NULL).due,
                     moment("2026-11-18 17:00"));
}

/* ---- provisional ---- */

static const struct provisional_vector {
    const char *received, *limit;
    bool provisional;
    const char *why;
} provisional_vectors[] = {
    {"2026-11-20", "2 working_days", false, "24/11/2026 is announced"},
    {"2026-12-31", "1 working_days", true, "1/1/2027 is not"},
    {"2026-12-31", "1 months", false, "1/1/2027 is counted like any day; 31/1 is a plain Sunday"},
    {"2026-12-29", "3 calendar_days", true, "the last day is 1/1/2027: rolls"},
    {"2026-12-28", "3 calendar_days", false, "the last day is 31/12"},
    {"2027-01-29", "7 calendar_days", true, "5/2 is computed Tết, rolls to 11/2"},
    {"2027-02-01", "10 calendar_days", false, "Tết lies inside; the last day is 11/2, worked"},
    {"2027-02-01", "6 calendar_days", true, "7/2 is a Sunday, but 8-10/2 are stepped over"},
    {"2027-02-03", "1 working_days", true, "Tết"},
    {"2027-02-02", "1 working_days", false, "ends before Tết"},
    {"2027-02-08 10:00", "1 working_days", true, "received on a computed day off"},
    {"2027-02-03 17:30", "20 calendar_days", true, "counts from 11/2: stepped over on receipt"},
    {"2027-02-06 10:00", "30 calendar_days", true, "a Saturday, but Monday is computed"},
    {"2027-02-11", "5 working_days", false, "after Tết"},
    {"2027-02-03 10:00", "5 working_hours", false, "ends at 17:00 of the day"},
    {"2027-02-03 10:00", "5.25 working_hours", true, "a quarter of an hour more goes over Tết"},
    {"2027-04-30 09:00", "same_day", true, "received on a computed day off"},
    {"2027-04-29 15:01", "same_day", true, "the next working day is over 30/4 and 3/5"},
    {"2027-04-29 15:00", "same_day", false, "that day"},
    {"2027-05-01 09:00", "same_day", true, "Saturday; Monday 3/5 is in lieu"},
    {"2028-04-03 09:00", "3 working_days", true, "Giỗ Tổ, Tuesday 4/4/2028"},
    {"2028-01-01 09:00", "same_day", true, "Saturday 1/1/2028; Monday 3/1 in lieu"},
    {"2021-12-31", "1 working_days", false, "1 and 3/1/2022 are announced"},
    {"2021-09-01", "1 working_days", true, "years before the known ones are computed too"},
};

static void test_provisional(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof provisional_vectors / sizeof provisional_vectors[0]; i++) {
        const struct provisional_vector *v = &provisional_vectors[i];
        struct deadline d = due_in(office, v->received, v->limit, CLOCK_DAY_END, NULL);
        if (d.provisional != v->provisional)
            fail_msg("%s + %s: %s (%s)", v->received, v->limit, d.provisional ? "provisional" : "firm",
                     v->why);
    }
}

/* ---- other offices ---- */

static struct calendar *office_with(const char *hours_text, int weekdays)
{
    struct office_hours hours = office_hours_default();
    assert_true(office_hours_parse(str_of(hours_text), &hours));
    hours.weekdays = (uint8_t)weekdays;
    return calendar_new(&hours, 1, NULL, 0, (struct known_years){2026, 2026});
}

#define MONDAY_TO_FRIDAY (1 << MONDAY | 1 << TUESDAY | 1 << WEDNESDAY | 1 << THURSDAY | 1 << FRIDAY)

/* A part of a day never takes longer than the day, however short the desk's hours; a day's hours never change
 * day_end. */
static void test_short_days(void **state)
{
    (void)state;
    struct calendar *mornings = office_with("07:30-11:30", MONDAY_TO_FRIDAY);
    static const struct {
        const char *limit;
        enum due_clock clock;
        const char *due;
    } cases[] = {
        {"2 working_days", CLOCK_SAME_HOUR, "2026-11-18 09:00"},
        {"2.25 working_days", CLOCK_SAME_HOUR, "2026-11-18 11:00"},
        {"2.5 working_days", CLOCK_SAME_HOUR, "2026-11-19 09:00"},
        {"2.75 working_days", CLOCK_SAME_HOUR, "2026-11-19 09:00"},
        {"3 working_days", CLOCK_SAME_HOUR, "2026-11-19 09:00"},
        {"0.75 working_days", CLOCK_SAME_HOUR, "2026-11-17 09:00"},
        {"2.25 working_days", CLOCK_DAY_END, "2026-11-19 11:30"},
        {"8 working_hours", CLOCK_DAY_END, "2026-11-18 09:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(due_in(mornings, "2026-11-16 09:00", cases[i].limit, cases[i].clock, NULL).due,
                         moment(cases[i].due));
    calendar_free(mornings);
}

static void test_carried_hour_stays_in_hours(void **state)
{
    (void)state;
    struct office_hours hours[2] = {office_hours_default(), office_hours_default()};
    hours[1].from = civil_from_ymd(2026, 11, 17);
    assert_true(office_hours_parse(STR("07:30-11:00,13:00-16:30"), &hours[1]));
    struct calendar *c = calendar_new(hours, 2, NULL, 0, (struct known_years){2026, 2026});
    static const char *const cases[][2] = {
        {"2026-11-16 07:10", "2026-11-17 07:30"}, {"2026-11-16 11:15", "2026-11-17 13:00"},
        {"2026-11-16 17:00", "2026-11-17 16:30"}, {"2026-11-16 11:00", "2026-11-17 11:00"},
        {"2026-11-16 14:00", "2026-11-17 14:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(due_in(c, cases[i][0], "1 working_day", CLOCK_SAME_HOUR, NULL).due,
                         moment(cases[i][1]));
    assert_int_equal(due_in(c, "2026-11-16 10:00", "1 working_day", CLOCK_DAY_END, NULL).due,
                     moment("2026-11-17 16:30"));
    calendar_free(c);
}

/* ---- no answer ---- */

static void test_no_answer(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2100-12-31", "400 calendar_days"},  {"2100-12-31", "300 working_days"},
        {"2100-12-31", "3650 working_hours"}, {"2100-12-31", "13 months"},
        {"1990-01-02", "3650 months"},
    };
    struct trace trace = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct limit limit = limit_of(cases[i][1]);
        struct deadline d = {.due = 4711};
        if (deadline_compute(office, &limit, CLOCK_SAME_HOUR, CUTOFF_DEFAULT, moment(cases[i][0]), &d,
                             &trace))
            fail_msg("%s + %s has an answer", cases[i][0], cases[i][1]);
        assert_int_equal(d.due, 4711);
    }
    struct limit none = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    struct limit day = limit_of("1 working_day");
    struct deadline d = {.due = 4711};
    assert_false(
        deadline_compute(office, &none, CLOCK_DAY_END, CUTOFF_DEFAULT, moment("2026-11-16"), &d, &trace));
    assert_false(deadline_compute(office, &day, CLOCK_DAY_END, CUTOFF_DEFAULT, INT64_MAX, &d, &trace));
    assert_false(deadline_compute(office, &day, CLOCK_DAY_END, CUTOFF_DEFAULT, NO_TIME, &d, &trace));
    assert_false(deadline_compute(office, &day, CLOCK_DAY_END, CUTOFF_DEFAULT, INT64_MIN + 1, &d, &trace));
    assert_int_equal(d.due, 4711);
    struct calendar *never = office_with("07:00-17:00", 0);
    assert_false(
        deadline_compute(never, &day, CLOCK_DAY_END, CUTOFF_DEFAULT, moment("2026-11-16"), &d, &trace));
    calendar_free(never);
    trace_release(&trace);
}

/* ---- traces ---- */

/* A trace as text, a line a day: "27/04 - 10 day_off Nghỉ bù", `+` for a counted day, `*` behind a computed
 * name. */
static void describe(struct buf *out, const struct trace *t)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct trace_day *day = &t->day[i];
        char date[CIVIL_TEXT];
        buf_addf(out, "%.5s %c ", civil_vn_date(date, day->day), day->counted ? '+' : '-');
        limit_format_value(out, (uint32_t)day->n, '.');
        buf_addf(out, " %s", deadline_why_name(day->why));
        if (day->name.n)
            buf_addf(out, " %.*s%s", STR_ARG(day->name), day->computed ? "*" : "");
        buf_add_char(out, '\n');
    }
}

static void check_trace(const struct calendar *c, const char *received, const char *limit,
                        enum due_clock clock, const char *want)
{
    struct trace trace = {0};
    struct buf got = BUF_INIT;
    due_in(c, received, limit, clock, &trace);
    describe(&got, &trace);
    assert_string_equal(got.p, want);
    buf_release(&got);
    trace_release(&trace);
}

static void test_trace_working_days(void **state)
{
    (void)state;
    check_trace(office, "2024-04-26", "5 working_days", CLOCK_DAY_END,
                "26/04 - 0 receipt_day\n"
                "27/04 - 0 weekend\n"
                "28/04 - 0 weekend\n"
                "29/04 - 0 day_off Nghỉ hoán đổi (làm bù 04/5)\n"
                "30/04 - 0 day_off Ngày Chiến thắng\n"
                "01/05 - 0 day_off Ngày Quốc tế lao động\n"
                "02/05 + 1 working_day\n"
                "03/05 + 2 working_day\n"
                "04/05 + 3 worked_saturday Làm bù cho 29/4\n"
                "05/05 - 3 weekend\n"
                "06/05 + 4 working_day\n"
                "07/05 + 5 working_day\n");
}

static void test_trace_after_hours(void **state)
{
    (void)state;
    check_trace(office, "2026-11-21 10:00", "1 working_day", CLOCK_DAY_END,
                "21/11 - 0 after_hours\n"
                "22/11 - 0 weekend\n"
                "23/11 - 0 receipt_day\n"
                "24/11 - 0 day_off Ngày Văn hóa Việt Nam\n"
                "25/11 + 1 working_day\n");
    check_trace(office, "2026-11-16 18:00", "1 working_day", CLOCK_DAY_END,
                "16/11 - 0 after_hours\n"
                "17/11 - 0 receipt_day\n"
                "18/11 + 1 working_day\n");
    check_trace(office, "2026-11-16 06:00", "1 working_day", CLOCK_DAY_END,
                "16/11 - 0 receipt_day\n"
                "17/11 + 1 working_day\n");
}

static void test_trace_rolled(void **state)
{
    (void)state;
    check_trace(office, "2026-04-16", "10 calendar_days", CLOCK_DAY_END,
                "16/04 - 0 receipt_day\n"
                "17/04 + 1 calendar_day\n"
                "18/04 + 2 calendar_day\n"
                "19/04 + 3 calendar_day\n"
                "20/04 + 4 calendar_day\n"
                "21/04 + 5 calendar_day\n"
                "22/04 + 6 calendar_day\n"
                "23/04 + 7 calendar_day\n"
                "24/04 + 8 calendar_day\n"
                "25/04 + 9 calendar_day\n"
                "26/04 + 10 calendar_day Giỗ Tổ Hùng Vương\n"
                "27/04 - 10 day_off Nghỉ bù Giỗ Tổ Hùng Vương\n"
                "28/04 - 10 rolled\n");
    check_trace(office, "2026-11-16", "4.5 calendar_days", CLOCK_DAY_END,
                "16/11 - 0 receipt_day\n"
                "17/11 + 1 calendar_day\n"
                "18/11 + 2 calendar_day\n"
                "19/11 + 3 calendar_day\n"
                "20/11 + 4 calendar_day\n"
                "21/11 + 4.5 calendar_day\n"
                "22/11 - 4.5 weekend\n"
                "23/11 - 4.5 rolled\n");
}

static void test_trace_fractions(void **state)
{
    (void)state;
    check_trace(office, "2026-11-16 09:00", "2.5 working_days", CLOCK_DAY_END,
                "16/11 - 0 receipt_day\n"
                "17/11 + 1 working_day\n"
                "18/11 + 2 working_day\n"
                "19/11 + 2.5 working_day\n");
    check_trace(office, "2026-11-16 09:00", "2.5 working_days", CLOCK_SAME_HOUR,
                "16/11 - 0 receipt_day\n"
                "17/11 + 1 working_day\n"
                "18/11 + 2.5 working_day\n");
    check_trace(office, "2026-11-16 16:00", "2.5 working_days", CLOCK_SAME_HOUR,
                "16/11 - 0 receipt_day\n"
                "17/11 + 1 working_day\n"
                "18/11 + 2 working_day\n"
                "19/11 + 2.5 working_day\n");
    check_trace(office, "2026-11-16 09:00", "0.5 working_days", CLOCK_SAME_HOUR, "16/11 + 0.5 receipt_day\n");
}

static void test_trace_hours(void **state)
{
    (void)state;
    check_trace(office, "2026-11-20 16:30", "3 working_hours", CLOCK_DAY_END,
                "20/11 + 0.5 receipt_day\n"
                "21/11 - 0.5 weekend\n"
                "22/11 - 0.5 weekend\n"
                "23/11 + 3 working_day\n");
    check_trace(office, "2026-11-16 16:40", "9 working_hours", CLOCK_DAY_END,
                "16/11 + 0.33 receipt_day\n"
                "17/11 + 8.33 working_day\n"
                "18/11 + 9 working_day\n");
    check_trace(office, "2026-11-16 17:00", "1 working_hour", CLOCK_DAY_END,
                "16/11 - 0 receipt_day\n"
                "17/11 + 1 working_day\n");
    check_trace(office, "2026-11-16 08:00", "1 working_hour", CLOCK_DAY_END, "16/11 + 1 receipt_day\n");
}

static void test_trace_same_day(void **state)
{
    (void)state;
    check_trace(office, "2026-11-16 15:00", "same_day", CLOCK_DAY_END, "16/11 + 1 receipt_day\n");
    check_trace(office, "2026-11-23 15:01", "same_day", CLOCK_DAY_END,
                "23/11 - 0 after_cutoff\n"
                "24/11 - 0 day_off Ngày Văn hóa Việt Nam\n"
                "25/11 + 1 working_day\n");
    check_trace(office, "2026-11-22 09:00", "same_day", CLOCK_DAY_END,
                "22/11 - 0 after_hours\n"
                "23/11 + 1 receipt_day\n");
}

static void test_trace_months(void **state)
{
    (void)state;
    struct trace trace = {0};
    due_in(office, "2026-01-30", "1 month", CLOCK_DAY_END, &trace);
    assert_int_equal(trace.count, 32); /* 30/1 to 2/3 */
    for (size_t i = 0; i < trace.count; i++) {
        const struct trace_day *day = &trace.day[i];
        assert_int_equal(day->counted, i > 0 && i < 30);
        assert_int_equal(day->n, i < 29 ? 0 : 100); /* 28/2 is the corresponding day */
    }
    assert_int_equal(trace.day[30].why, WHY_WEEKEND);
    assert_int_equal(trace.day[31].why, WHY_ROLLED);
    due_in(office, "2026-06-15", "3 months", CLOCK_DAY_END, &trace);
    assert_int_equal(trace.count, 93);
    assert_int_equal(trace.day[29].n, 0);
    assert_int_equal(trace.day[30].n, 100); /* 15/7 */
    assert_int_equal(trace.day[60].n, 100);
    assert_int_equal(trace.day[61].n, 200); /* 15/8 */
    assert_int_equal(trace.day[92].n, 300); /* 15/9 */
    trace_release(&trace);
}

static void test_trace_closures_and_computed(void **state)
{
    (void)state;
    struct office_hours hours = office_hours_default();
    const struct office_day days[] = {
        {civil_from_ymd(2027, 2, 2), DAY_CLOSED, STR("Bão số 1"), STR_NONE},
        {civil_from_ymd(2027, 2, 6), DAY_CLOSED, STR("Bầu cử"), STR_NONE},
        {civil_from_ymd(2027, 2, 13), DAY_CLOSED, STR("Bầu cử"), STR_NONE},
    };
    struct calendar *c = calendar_new(&hours, 1, days, 3, (struct known_years){2022, 2026});
    check_trace(c, "2027-02-01", "3 working_days", CLOCK_DAY_END,
                "01/02 - 0 receipt_day\n"
                "02/02 + 1 local_closure Bão số 1\n"
                "03/02 + 2 working_day\n"
                "04/02 - 2 day_off Tết Nguyên đán*\n"
                "05/02 - 2 day_off Tết Nguyên đán*\n"
                "06/02 - 2 day_off Tết Nguyên đán*\n"
                "07/02 - 2 day_off Tết Nguyên đán*\n"
                "08/02 - 2 day_off Tết Nguyên đán*\n"
                "09/02 - 2 day_off Nghỉ bù Tết Nguyên đán*\n"
                "10/02 - 2 day_off Nghỉ bù Tết Nguyên đán*\n"
                "11/02 + 3 working_day\n");
    check_trace(c, "2027-02-02", "same_day", CLOCK_DAY_END, "02/02 + 1 receipt_day Bão số 1\n");
    check_trace(c, "2027-02-11 16:00", "1 calendar_day", CLOCK_DAY_END,
                "11/02 - 0 receipt_day\n"
                "12/02 + 1 calendar_day\n");
    check_trace(c, "2027-02-12", "1 calendar_day", CLOCK_DAY_END,
                "12/02 - 0 receipt_day\n"
                "13/02 + 1 local_closure Bầu cử\n"
                "14/02 - 1 weekend\n"
                "15/02 - 1 rolled\n");
    check_trace(c, "2027-02-12", "1 working_day", CLOCK_DAY_END,
                "12/02 - 0 receipt_day\n"
                "13/02 - 0 weekend Bầu cử\n"
                "14/02 - 0 weekend\n"
                "15/02 + 1 working_day\n");
    calendar_free(c);
}

/* A trace is filled from empty, whatever it held. */
static void test_trace_is_refilled(void **state)
{
    (void)state;
    struct trace trace = {0};
    due_in(office, "2026-11-16", "300 calendar_days", CLOCK_DAY_END, &trace);
    assert_int_equal(trace.count, 302); /* the last day is Sunday 12/9/2027 */
    due_in(office, "2026-11-16", "1 working_day", CLOCK_DAY_END, &trace);
    assert_int_equal(trace.count, 2);
    assert_false(trace.failed);
    trace_release(&trace);
    assert_null(trace.day);
    assert_int_equal(trace.count, 0);
}

static int make_office(void **state)
{
    (void)state;
    office = vietnam_calendar();
    return office ? 0 : -1;
}

static int free_office(void **state)
{
    (void)state;
    calendar_free(office);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_rolled_and_counting),
        cmocka_unit_test(test_unset_clock_is_day_end),
        cmocka_unit_test(test_provisional),
        cmocka_unit_test(test_short_days),
        cmocka_unit_test(test_carried_hour_stays_in_hours),
        cmocka_unit_test(test_no_answer),
        cmocka_unit_test(test_trace_working_days),
        cmocka_unit_test(test_trace_after_hours),
        cmocka_unit_test(test_trace_rolled),
        cmocka_unit_test(test_trace_fractions),
        cmocka_unit_test(test_trace_hours),
        cmocka_unit_test(test_trace_same_day),
        cmocka_unit_test(test_trace_months),
        cmocka_unit_test(test_trace_closures_and_computed),
        cmocka_unit_test(test_trace_is_refilled),
    };
    return cmocka_run_group_tests_name("deadline", tests, make_office, free_office);
}
