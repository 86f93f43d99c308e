/* The chief's page: which row stands in which section, in what order, and the gauge. */
#include "core/morning.h"
#include "tests/desk_world.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct world world;
static struct morning morning;

static int up(void **state)
{
    (void)state;
    world_init(&world);
    struct judge j = judge_at(world.office, world_time("2026-11-16T09:00")); /* Monday */
    morning_init(&morning, &j);
    return 0;
}

static int down(void **state)
{
    (void)state;
    morning_release(&morning);
    world_release(&world);
    return 0;
}

/* A running dossier; its code is its name in these tests. */
static struct row row_of_code(const char *code, const char *received, const char *due)
{
    static uint64_t id;
    return (struct row){
        .facts = {.id = ++id,
                  .state = STATE_PROCESSING,
                  .received = world_time(received),
                  .statutory_due = world_time(due),
                  .due = world_time(due),
                  .waiting_since = NO_TIME,
                  .resolved = NO_TIME,
                  .returned = NO_TIME},
        .code = str_of(code),
        .applicant = STR("Nguyễn Thị Hương"),
    };
}

static void add(const char *code, const char *received, const char *due)
{
    struct row row = row_of_code(code, received, due);
    morning_add(&morning, &row);
}

static void add_apologized(const char *code, const char *statutory, const char *due)
{
    struct row row = row_of_code(code, "2026-11-02T09:00", statutory);
    row.facts.due = world_time(due);
    row.facts.apologized = true;
    morning_add(&morning, &row);
}

static void add_waiting(const char *code, enum dossier_state waiting, const char *since)
{
    struct row row = row_of_code(code, "2026-09-01T09:00", "2026-11-02T09:00");
    row.facts.state = waiting;
    row.facts.due = row.facts.statutory_due = NO_TIME;
    row.facts.waiting_since = world_time(since);
    morning_add(&morning, &row);
}

static void add_ended(const char *code, enum dossier_state end, const char *resolved, const char *returned)
{
    struct row row = row_of_code(code, "2026-11-02T09:00", "2026-11-10T17:00");
    row.facts.state = end;
    row.facts.resolved = world_time(resolved);
    row.facts.returned = world_time(returned);
    morning_add(&morning, &row);
}

/* The codes of a section, in order. */
static void expect_section(enum morning_section section, const char *codes)
{
    struct buf got = BUF_INIT;
    buf_add_z(&got, "");
    for (size_t i = 0; i < morning.section[section].count; i++) {
        if (i)
            buf_add_char(&got, ' ');
        buf_add_str(&got, morning.section[section].row[i]->code);
    }
    if (strcmp(got.p, codes) != 0)
        fail_msg("section %d: \"%s\" instead of \"%s\"", section, got.p, codes);
    buf_release(&got);
}

/* What is said of a row alone is where it stands. */
static void expect_sections_of_rows(void)
{
    for (size_t i = 0; i < MORNING_SECTIONS; i++)
        for (size_t k = 0; k < morning.section[i].count; k++) {
            const struct row *row = morning.section[i].row[k];
            uint32_t stands = 0;
            for (size_t other = 0; other < MORNING_SECTIONS; other++)
                for (size_t n = 0; n < morning.section[other].count; n++)
                    stands |= morning.section[other].row[n] == row ? 1u << other : 0;
            assert_int_equal(morning_sections_of(&morning, row), stands);
        }
}

static void every_row_stands_where_it_belongs(void **state)
{
    (void)state;
    add("far", "2026-11-10T09:00", "2026-11-27T17:00");
    add("next", "2026-11-10T09:00", "2026-11-17T17:00");  /* its letter must leave today */
    add("today", "2026-11-10T09:00", "2026-11-16T17:00"); /* too late for its letter */
    add("same-day", "2026-11-16T08:00", "2026-11-16T17:00");
    add("over-1", "2026-11-02T09:00", "2026-11-13T17:00");
    add("over-5", "2026-11-02T09:00", "2026-11-09T17:00");
    add_apologized("again", "2026-11-12T17:00", "2026-11-20T17:00");
    add_apologized("again-today", "2026-11-12T17:00", "2026-11-16T17:00");
    add_apologized("over-promise", "2026-11-04T17:00", "2026-11-11T17:00");
    add_apologized("ahead", "2026-11-18T17:00", "2026-11-25T17:00"); /* not past its statutory day */
    add_waiting("wait-new", STATE_WAITING, "2026-11-12T09:00");
    add_waiting("wait-old", STATE_WAITING, "2026-09-30T09:00");
    add_waiting("wait-fee", STATE_WAITING_PAYMENT, "2026-09-15T09:00");
    add_ended("lies", STATE_RESOLVED, "2026-11-12T09:00", NULL);
    add_ended("lies-longer", STATE_RESOLVED, "2026-11-10T09:00", NULL);
    add_ended("no", STATE_REFUSED, "2026-11-11T09:00", NULL);
    add_ended("no-told", STATE_REFUSED, "2026-11-11T09:00", "2026-11-11T10:00");
    add_ended("gone", STATE_RETURNED, "2026-11-11T09:00", "2026-11-11T10:00");
    morning_finish(&morning);
    assert_false(morning.failed);
    expect_section(MORNING_OVERDUE, "over-5 over-promise over-1");
    expect_section(MORNING_LETTERS_TODAY, "next");
    expect_section(MORNING_LETTERS_TOO_LATE, "today");
    expect_section(MORNING_LETTERS_OVERDUE, "over-5 over-1");
    expect_section(MORNING_DUE_TODAY, "today same-day again-today");
    expect_section(MORNING_DUE_NEXT, "next");
    expect_section(MORNING_RESCHEDULED, "again-today again");
    expect_section(MORNING_WAITING_LONG, "wait-fee wait-old");
    expect_section(MORNING_UNCOLLECTED, "lies-longer no lies");
    expect_sections_of_rows();
    assert_int_equal(morning.open, 13);
    assert_int_equal(morning.counts[STATUS_WAITING], 3);
    assert_int_equal(morning.counts[STATUS_ON_TRACK], 3); /* far, again, ahead */
    assert_int_equal(morning.counts[STATUS_DUE_SOON], 1);
    assert_int_equal(morning.counts[STATUS_DUE_TODAY], 3);
    assert_int_equal(morning.counts[STATUS_OVERDUE], 3);
    assert_int_equal(morning.letter_due, 4);
    assert_int_equal(morning.rescheduled, 2);
    assert_int_equal(morning.uncollected, 3);
    assert_int_equal(morning.open_past_statutory, 5); /* over-1, over-5, again, again-today, over-promise */
}

static void the_next_working_day_may_be_far(void **state)
{
    (void)state;
    struct judge j = judge_at(world.office, world_time("2026-11-23T09:00")); /* 24/11 is a day off */
    morning_init(&morning, &j);
    add("wednesday", "2026-11-10T09:00", "2026-11-25T17:00");
    add("thursday", "2026-11-10T09:00", "2026-11-26T17:00");
    add("on-the-day-off", "2026-11-10T09:00", "2026-11-24T17:00"); /* announced after it was promised */
    morning_finish(&morning);
    expect_section(MORNING_DUE_NEXT, "on-the-day-off wednesday");
    expect_section(MORNING_LETTERS_TODAY, "on-the-day-off wednesday");
}

static void waiting_is_long_past_the_setting(void **state)
{
    (void)state;
    /* 30 working days: from Monday 05/10 to Monday 16/11/2026 there are exactly 30, no day off between. */
    add_waiting("thirty", STATE_WAITING, "2026-10-05T16:00");
    add_waiting("thirty-one", STATE_WAITING, "2026-10-02T08:00"); /* the Friday before */
    morning_finish(&morning);
    expect_section(MORNING_WAITING_LONG, "thirty-one");
}

static void waiting_may_be_long_sooner(void **state)
{
    (void)state;
    struct event e = {.kind = EVENT_SETTING_PUT, .setting = {STR("waiting.max"), STR("2")}};
    assert_true(office_apply(world.office, &e));
    struct judge j = judge_at(world.office, morning.judge.now);
    morning_init(&morning, &j);
    add_waiting("two", STATE_WAITING, "2026-11-12T16:00"); /* Thursday: Friday, Monday 16/11 */
    add_waiting("three", STATE_WAITING_PAYMENT, "2026-11-11T16:00");
    morning_finish(&morning);
    expect_section(MORNING_WAITING_LONG, "three");
}

/* By the working days between, whatever is reckoned beforehand. */
static void a_wait_is_as_long_as_its_working_days(void **state)
{
    (void)state;
    struct random r = {31};
    for (int i = 0; i < 300; i++) {
        char most[16];
        snprintf(most, sizeof most, "%d", (int)random_in(&r, 0, i % 9 ? 60 : 3650));
        struct event e = {.kind = EVENT_SETTING_PUT, .setting = {STR("waiting.max"), str_of(most)}};
        assert_true(office_apply(world.office, &e));
        struct judge j =
            judge_at(world.office, world_time("2026-11-16T09:00") + random_in(&r, -900 * 1440, 900 * 1440));
        struct row row = row_of_code("x", "2026-10-01T09:00", "2026-11-01T17:00");
        row.facts.state = STATE_WAITING;
        row.facts.due = row.facts.statutory_due = NO_TIME;
        row.facts.waiting_since = j.now - random_in(&r, 0, i % 3 ? 90 * 1440 : 6000 * 1440);
        morning_init(&morning, &j);
        morning_add(&morning, &row);
        int days = calendar_working_between(j.calendar, civil_day_of(row.facts.waiting_since), j.today);
        assert_int_equal(morning.section[MORNING_WAITING_LONG].count, days > j.settings->waiting_max);
        morning_release(&morning);
    }
}

static void the_base_is_of_this_year(void **state)
{
    (void)state;
    add("last-year", "2025-12-31T16:00", "2026-01-07T17:00");
    add("this-year", "2026-01-01T00:00", "2026-01-07T17:00");
    morning_finish(&morning);
    assert_int_equal(morning.open_past_statutory, 1);
    assert_int_equal(morning.counts[STATUS_OVERDUE], 2);
}

static void rows_are_copied(void **state)
{
    (void)state;
    char code[] = "H42-1", officer[] = "huong";
    struct row row = row_of_code(code, "2026-11-02T09:00", "2026-11-09T17:00");
    row.officer = str_of(officer);
    morning_add(&morning, &row);
    memset(code, 'x', sizeof code - 1);
    memset(officer, 'x', sizeof officer - 1);
    morning_finish(&morning);
    expect_section(MORNING_OVERDUE, "H42-1");
    assert_true(str_eq(morning.section[MORNING_LETTERS_OVERDUE].row[0]->officer, STR("huong")));
    assert_true(str_eq(morning.section[MORNING_OVERDUE].row[0]->applicant, STR("Nguyễn Thị Hương")));
}

static void an_empty_desk_has_an_empty_page(void **state)
{
    (void)state;
    morning_finish(&morning);
    for (int i = 0; i < MORNING_SECTIONS; i++)
        assert_int_equal(morning.section[i].count, 0);
    assert_int_equal(morning.open, 0);
    assert_false(morning.failed);
}

static void many_rows_come_out_sorted(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    struct random r = {3};
    for (int i = 0; i < ROWS; i++) {
        struct row row = row_of_code("x", "2026-10-01T09:00", "2026-11-01T17:00");
        row.facts.due = row.facts.statutory_due -= random_in(&r, 0, 15) * 1440;
        morning_add(&morning, &row);
    }
    morning_finish(&morning);
    const struct morning_list *list = &morning.section[MORNING_OVERDUE];
    assert_int_equal(list->count, ROWS);
    for (size_t i = 1; i < list->count; i++) {
        const struct facts *a = &list->row[i - 1]->facts, *b = &list->row[i]->facts;
        assert_true(a->due < b->due || (a->due == b->due && a->id < b->id));
    }
}

static void results_are_sorted_by_how_long_they_lie(void **state)
{
    (void)state;
    struct random r = {4};
    for (int i = 0; i < 1000; i++) {
        struct row row = row_of_code("x", "2026-10-01T09:00", "2026-11-01T17:00");
        row.facts.id = 1000 - (uint64_t)i;
        row.facts.state = STATE_RESOLVED;
        row.facts.resolved = world_time("2026-11-01T09:00") + random_in(&r, 0, 15);
        row.facts.due -= random_in(&r, 0, 15); /* plays no part */
        morning_add(&morning, &row);
    }
    morning_finish(&morning);
    const struct morning_list *list = &morning.section[MORNING_UNCOLLECTED];
    assert_int_equal(list->count, 1000);
    for (size_t i = 1; i < list->count; i++) {
        const struct facts *a = &list->row[i - 1]->facts, *b = &list->row[i]->facts;
        assert_true(a->resolved < b->resolved || (a->resolved == b->resolved && a->id < b->id));
    }
}

/* ---- the gauge ---- */

static void expect_rate(uint64_t solved, uint64_t late, uint64_t open_past, int rate, bool met)
{
    struct settings settings = settings_default(); /* the target: above 95 % */
    struct on_time r = on_time_rate(&settings, solved, late, open_past);
    assert_int_equal(r.rate, rate);
    assert_int_equal(r.met, met);
    assert_int_equal(r.target, 9500);
    assert_int_equal(r.solved, solved);
    assert_int_equal(r.base, solved + open_past);
}

static void the_rate_counts_what_lies_open(void **state)
{
    (void)state;
    expect_rate(0, 0, 0, -1, false);
    expect_rate(100, 0, 0, 10000, true);
    expect_rate(100, 5, 0, 9500, false); /* above the target, not at it */
    expect_rate(100, 4, 0, 9600, true);
    expect_rate(100, 0, 10, 9091, false); /* 100 / 110: leaving things open does not help */
    expect_rate(3, 1, 0, 6667, false);
    expect_rate(0, 0, 5, 0, false);
    expect_rate(1000000, 1, 0, 9999, true);      /* not all: never 100.00 */
    expect_rate(1000000, 49999, 0, 9500, true);  /* 95.0001 %: above, though it prints alike */
    expect_rate(1000000, 50001, 0, 9500, false); /* 94.9999 % */
    expect_rate(5, 9, 0, 0, false);              /* counts that lie do not wrap around */
}

static void the_target_is_met_as_it_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *target;
        enum comparator comparator;
        int hundredths;
        uint64_t late; /* of 10,000 */
        bool met;
    } cases[] = {
        {">95", TARGET_ABOVE, 9500, 500, false},    {">95", TARGET_ABOVE, 9500, 499, true},
        {">=95", TARGET_AT_LEAST, 9500, 500, true}, {">=95", TARGET_AT_LEAST, 9500, 501, false},
        {"=100", TARGET_EXACTLY, 10000, 0, true},   {"=100", TARGET_EXACTLY, 10000, 1, false},
        {">97,25", TARGET_ABOVE, 9725, 275, false}, {">97,25", TARGET_ABOVE, 9725, 274, true},
        {NULL, TARGET_ABOVE, 9500, 500, false}, /* the default */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct office *office = office_new();
        struct event e = {.kind = EVENT_SETTING_PUT,
                          .setting = {STR("target.on_time"), str_of(cases[i].target)}};
        assert_true(office_apply(office, &e));
        struct on_time r = on_time_rate(office_settings(office), 10000, cases[i].late, 0);
        assert_int_equal(r.comparator, cases[i].comparator);
        assert_int_equal(r.target, cases[i].hundredths);
        assert_int_equal(r.met, cases[i].met);
        assert_false(on_time_rate(office_settings(office), 0, 0, 0).met); /* of nothing there is no rate */
        office_free(office);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_row_stands_where_it_belongs, up, down),
        cmocka_unit_test_setup_teardown(the_next_working_day_may_be_far, up, down),
        cmocka_unit_test_setup_teardown(waiting_is_long_past_the_setting, up, down),
        cmocka_unit_test_setup_teardown(waiting_may_be_long_sooner, up, down),
        cmocka_unit_test_setup_teardown(a_wait_is_as_long_as_its_working_days, up, down),
        cmocka_unit_test_setup_teardown(the_base_is_of_this_year, up, down),
        cmocka_unit_test_setup_teardown(rows_are_copied, up, down),
        cmocka_unit_test_setup_teardown(an_empty_desk_has_an_empty_page, up, down),
        cmocka_unit_test_setup_teardown(many_rows_come_out_sorted, up, down),
        cmocka_unit_test_setup_teardown(results_are_sorted_by_how_long_they_lie, up, down),
        cmocka_unit_test(the_rate_counts_what_lies_open),
        cmocka_unit_test(the_target_is_met_as_it_is_written),
    };
    return cmocka_run_group_tests_name("morning", tests, NULL, NULL);
}
