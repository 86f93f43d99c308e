/* Which dossiers a list takes in, and in which order. */
#include "core/filter.h"
#include "tests/desk_world.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct world world;

static int world_up(void **state)
{
    (void)state;
    world_init(&world);
    return 0;
}

static int world_down(void **state)
{
    (void)state;
    world_release(&world);
    return 0;
}

/* ---- ranges ---- */

static civil_day day(int month, int day_of_month)
{
    return civil_from_ymd(2026, month, day_of_month);
}

static void ranges_include_both_ends_and_may_be_open(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int from_month, from_day, to_month, to_day; /* 0: open */
    } good[] = {
        {"2026-01-01..2026-01-31", 1, 1, 1, 31},
        {"01/01/2026..31/01/2026", 1, 1, 1, 31},
        {"2026-01-01..31/01/2026", 1, 1, 1, 31},
        {"2026-11-16..2026-11-16", 11, 16, 11, 16},
        {"2026-01-01..", 1, 1, 0, 0},
        {"..2026-01-31", 0, 0, 1, 31},
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct day_range r;
        assert_true(day_range_parse(str_of(good[i].text), &r));
        assert_int_equal(r.from, good[i].from_month ? day(good[i].from_month, good[i].from_day) : NO_DAY);
        assert_int_equal(r.to, good[i].to_month ? day(good[i].to_month, good[i].to_day) : NO_DAY);
    }
    const char *bad[] = {"",
                         "..",
                         ".",
                         "2026-01-01",
                         "2026-01-31..2026-01-01", /* the wrong way round */
                         "2026-02-30..",
                         "..2026-13-01",
                         "2026-01-01T09:00..2026-01-02",
                         "2026-01-01T00:00..2026-01-02",
                         "2026-01-01.",
                         "2026-01-01..2026-01-02T09:00",
                         "2026-01-01...2026-01-02",
                         "2026-01-01.. 2026-01-02",
                         "2026-01-01-2026-01-02",
                         "2026..2027",
                         "x..y",
                         "1900-01-01.."};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct day_range r = {1, 2};
        if (day_range_parse(str_of(bad[i]), &r))
            fail_msg("\"%s\" was taken for a range", bad[i]);
        assert_true(r.from == 1 && r.to == 2);
    }
    struct day_range r;
    assert_false(day_range_parse(STR_NONE, &r));
}

static void sorts_have_the_contract_s_names(void **state)
{
    (void)state;
    enum list_sort s = SORT_URGENT;
    assert_true(list_sort_parse(STR("due"), &s) && s == SORT_DUE);
    assert_true(list_sort_parse(STR("received"), &s) && s == SORT_RECEIVED);
    assert_true(list_sort_parse(STR("late"), &s) && s == SORT_LATE);
    assert_false(list_sort_parse(STR("Due"), &s));
    assert_false(list_sort_parse(STR(""), &s));
    assert_false(list_sort_parse(STR("code"), &s));
}

/* ---- filters ---- */

static struct row row_a(void)
{
    return (struct row){
        .facts = {.id = 1,
                  .state = STATE_PROCESSING,
                  .received = world_time("2026-11-10T09:00"),
                  .statutory_due = world_time("2026-11-20T17:00"),
                  .due = world_time("2026-11-20T17:00"),
                  .waiting_since = NO_TIME,
                  .resolved = NO_TIME,
                  .returned = NO_TIME,
                  .field = 3,
                  .procedure = 4,
                  .holder = 5},
        .code = STR("H42.26.21-261110-0001"),
        .procedure = STR("1.012753.H19"),
        .officer = STR("huong"),
        .unit = STR("Phòng Văn hoá - Xã hội"),
    };
}

#define ANY                                                                                                  \
    {                                                                                                        \
        NO_DAY, NO_DAY                                                                                       \
    }

static bool passes(struct filter f, const struct row *row)
{
    struct judge j = judge_at(world.office, world_time("2026-11-16T09:00"));
    return filter_row(&f, &j, row);
}

static struct filter everything(void)
{
    return (struct filter){.status = GROUP_ALL, .received = ANY, .due = ANY};
}

static void an_empty_filter_takes_the_open_ones(void **state)
{
    (void)state;
    struct row row = row_a();
    struct filter f = {.received = ANY, .due = ANY};
    assert_true(passes(f, &row));
    row.facts.state = STATE_RESOLVED;
    row.facts.resolved = row.facts.due;
    assert_false(passes(f, &row));
    f.status = GROUP_ALL;
    assert_true(passes(f, &row));
    f.status = STATUS_BIT(STATUS_ON_TIME) | STATUS_BIT(STATUS_OVERDUE);
    assert_true(passes(f, &row));
    f.status = STATUS_BIT(STATUS_EARLY);
    assert_false(passes(f, &row));
}

static void each_condition_counts(void **state)
{
    (void)state;
    struct row row = row_a();
    struct filter f = everything();
    assert_true(passes(f, &row));
    f.officer = 5, f.field = 3, f.procedure = 4;
    assert_true(passes(f, &row));
    f.officer = 6;
    assert_false(passes(f, &row));
    f.officer = 0, f.field = 2;
    assert_false(passes(f, &row));
    f.field = 0, f.procedure = 5;
    assert_false(passes(f, &row));

    f = everything();
    f.procedure_code = STR("1.012753.h19"); /* letters' case does not matter */
    assert_true(passes(f, &row));
    row.kase = STR("02"); /* any case of it */
    assert_true(passes(f, &row));
    f.procedure_code = STR("1.012753");
    assert_false(passes(f, &row));

    f = everything();
    f.unit = STR("phong van hoa - xa hoi");
    assert_true(passes(f, &row));
    f.unit = STR("Phòng Văn hóa"); /* a unit's whole name */
    assert_false(passes(f, &row));
    row.unit = STR_NONE;
    assert_false(passes(f, &row));
}

static void days_are_compared_whole(void **state)
{
    (void)state;
    struct row row = row_a();
    static const struct {
        int received_from, received_to, due_from, due_to; /* of November 2026; 0: open */
        bool passes;
    } cases[] = {
        {10, 10, 0, 0, true},  {11, 0, 0, 0, false}, {0, 9, 0, 0, false},  {0, 10, 0, 0, true},
        {10, 0, 0, 0, true},   {0, 0, 20, 20, true}, {0, 0, 21, 0, false}, {0, 0, 0, 19, false},
        {9, 11, 19, 21, true}, {9, 11, 1, 2, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filter f = everything();
        f.received.from = cases[i].received_from ? day(11, cases[i].received_from) : NO_DAY;
        f.received.to = cases[i].received_to ? day(11, cases[i].received_to) : NO_DAY;
        f.due.from = cases[i].due_from ? day(11, cases[i].due_from) : NO_DAY;
        f.due.to = cases[i].due_to ? day(11, cases[i].due_to) : NO_DAY;
        assert_int_equal(passes(f, &row), cases[i].passes);
    }
    /* What waits has no due day, so it lies in no range of them. */
    row.facts.state = STATE_WAITING;
    row.facts.due = row.facts.statutory_due = NO_TIME;
    struct filter f = everything();
    assert_true(passes(f, &row));
    f.due.to = day(12, 31);
    assert_false(passes(f, &row));
}

static void live_rows_are_enough_for_open_and_uncollected(void **state)
{
    (void)state;
    static const struct {
        status_set status;
        bool live;
    } cases[] = {
        {0, true},
        {GROUP_OPEN, true},
        {GROUP_UNCOLLECTED | GROUP_LETTER_DUE | GROUP_RESCHEDULED, true},
        {1u << STATUS_WAITING | 1u << STATUS_ON_TRACK | 1u << STATUS_DUE_SOON | 1u << STATUS_DUE_TODAY, true},
        {1u << STATUS_OVERDUE, true},
        {1u << STATUS_OVERDUE | 1u << STATUS_LATE, false},
        {1u << STATUS_EARLY, false},
        {1u << STATUS_ON_TIME, false},
        {1u << STATUS_WITHDRAWN, false},
        {1u << STATUS_STOPPED, false},
        {1u << STATUS_VOID, false},
        {GROUP_SOLVED, false},
        {GROUP_ALL, false},
        {GROUP_OPEN | GROUP_SOLVED, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filter f = {.status = cases[i].status};
        assert_int_equal(filter_wants_live_only(&f), cases[i].live);
    }
}

/* Whatever is left unread for a list is nothing it would have taken. */
static void what_is_left_unread_would_not_pass(void **state)
{
    (void)state;
    struct random r = {23};
    size_t beyond = 0, waiting = 0;
    for (int i = 0; i < 200000; i++) {
        struct judge j = judge_at(world.office, world_time("2026-11-13T16:00") + random_in(&r, 0, 5 * 1440));
        struct row row = row_a();
        row.facts.due += random_in(&r, -9 * 1440, 9 * 1440);
        row.facts.statutory_due = random_in(&r, 0, 2) ? row.facts.due : row.facts.due - 3 * 1440;
        row.facts.in_hours = random_in(&r, 0, 1) != 0;
        if (random_in(&r, 0, 4) == 0) {
            row.facts.state = STATE_WAITING;
            row.facts.due = row.facts.statutory_due = NO_TIME;
        }
        struct filter f = {.received = ANY, .due = ANY};
        for (int k = (int)random_in(&r, 0, 2); k > 0; k--)
            f.status |= random_in(&r, 0, 3) ? 1u << random_in(&r, STATUS_WAITING, STATUS_OVERDUE)
                                            : 1u << random_in(&r, 16, 20);
        if (random_in(&r, 0, 3) == 0)
            f.due.to = day(11, (int)random_in(&r, 10, 25));
        civil_minute until = filter_due_until(&f, &j);
        bool unread = until != NO_TIME && row.facts.due > until;
        bool skipped = row.facts.state == STATE_WAITING && !filter_wants_waiting(&f);
        assert_false((unread || skipped) && filter_row(&f, &j, &row));
        beyond += unread;
        waiting += skipped;
    }
    assert_true(beyond > 20000 && waiting > 10000);
}

/* ---- order ---- */

static struct row ordered(const char *code, const char *received, const char *due)
{
    struct row row = row_a();
    row.code = str_of(code);
    row.facts.received = world_time(received);
    row.facts.due = row.facts.statutory_due = world_time(due);
    return row;
}

/* a comes before b. */
static void expect_order(enum list_sort sort, const struct row *a, const struct row *b)
{
    struct judge j = judge_at(world.office, world_time("2026-11-16T09:00"));
    assert_true(row_compare(sort, &j, a, b) < 0);
    assert_true(row_compare(sort, &j, b, a) > 0);
    assert_int_equal(row_compare(sort, &j, a, a), 0);
}

static void lists_are_sorted_as_asked(void **state)
{
    (void)state;
    struct row a = ordered("A-2", "2026-11-02T09:00", "2026-11-10T17:00");
    struct row b = ordered("A-1", "2026-11-03T09:00", "2026-11-12T17:00");
    expect_order(SORT_URGENT, &a, &b);
    expect_order(SORT_DUE, &a, &b);
    expect_order(SORT_RECEIVED, &b, &a); /* newest first */
    expect_order(SORT_LATE, &a, &b);     /* 4 days before 2 */
    struct row waiting = ordered("A-0", "2026-10-01T09:00", "2026-10-05T17:00");
    waiting.facts.state = STATE_WAITING;
    waiting.facts.due = waiting.facts.statutory_due = NO_TIME;
    waiting.facts.waiting_since = world_time("2026-10-02T09:00");
    expect_order(SORT_URGENT, &b, &waiting);
    expect_order(SORT_DUE, &b, &waiting);
    expect_order(SORT_LATE, &b, &waiting);
    /* Solved ones by what their event says. */
    struct row late = ordered("A-9", "2026-10-01T09:00", "2026-10-05T17:00");
    late.facts.state = STATE_RETURNED;
    late.late_days = 30;
    expect_order(SORT_LATE, &late, &a);
    /* An apologised one is late by its statutory day, urgent by its promised one. */
    struct row moved = ordered("A-3", "2026-11-02T09:00", "2026-11-09T17:00");
    moved.facts.due = world_time("2026-11-27T17:00");
    expect_order(SORT_LATE, &moved, &a);
    expect_order(SORT_URGENT, &a, &moved);
}

static void ties_go_by_code(void **state)
{
    (void)state;
    struct row a = ordered("A-1", "2026-11-02T09:00", "2026-11-10T17:00"), b = a;
    b.code = STR("A-2");
    b.facts.id = 0; /* the number plays no part */
    for (enum list_sort s = SORT_URGENT; s <= SORT_LATE; s++)
        expect_order(s, &a, &b);
    a.facts.due = b.facts.due = NO_TIME;
    a.facts.state = b.facts.state = STATE_WAITING;
    a.facts.waiting_since = world_time("2026-11-09T09:00");
    b.facts.waiting_since = world_time("2026-11-03T09:00");
    expect_order(SORT_DUE, &a, &b);
}

int main(void)
{
    const struct CMUnitTest filter[] = {
        cmocka_unit_test(ranges_include_both_ends_and_may_be_open),
        cmocka_unit_test(sorts_have_the_contract_s_names),
        cmocka_unit_test(an_empty_filter_takes_the_open_ones),
        cmocka_unit_test(each_condition_counts),
        cmocka_unit_test(days_are_compared_whole),
        cmocka_unit_test(live_rows_are_enough_for_open_and_uncollected),
        cmocka_unit_test(what_is_left_unread_would_not_pass),
        cmocka_unit_test(lists_are_sorted_as_asked),
        cmocka_unit_test(ties_go_by_code),
    };
    return cmocka_run_group_tests_name("filter", filter, world_up, world_down);
}
