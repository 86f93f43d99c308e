/* The rows that lists are made of: where they stand, and that the chief's page made of some of them is the
 * one made of all. */
#include "store/live.h"
#include "tests/random.h"
#include "tests/store_life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_DONE(outcome) assert_string_equal(outcome_kind_name((outcome).kind), "done")

/* ---- the chief's page ---- */

static bool add_row(void *arg, const struct row *row)
{
    morning_add(arg, row);
    return true;
}

static void same_list(const struct morning_list *a, const struct morning_list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        assert_int_equal(a->row[i]->facts.id, b->row[i]->facts.id);
        assert_int_equal(a->row[i]->facts.due, b->row[i]->facts.due);
        assert_int_equal(a->row[i]->late_days, b->row[i]->late_days);
        assert_true(str_eq(a->row[i]->code, b->row[i]->code));
        assert_true(str_eq(a->row[i]->applicant, b->row[i]->applicant));
    }
}

static void same_morning(const struct morning *a, const struct morning *b)
{
    for (int i = 0; i < MORNING_SECTIONS; i++)
        same_list(&a->section[i], &b->section[i]);
    for (int i = 0; i <= STATUS_VOID; i++)
        assert_int_equal(a->counts[i], b->counts[i]);
    assert_int_equal(a->letter_due, b->letter_due);
    assert_int_equal(a->rescheduled, b->rescheduled);
    assert_int_equal(a->open, b->open);
    assert_int_equal(a->open_past_statutory, b->open_past_statutory);
    assert_false(a->failed || b->failed);
}

/* What the moments together must have shown, or they prove little. */
struct shown {
    uint64_t on_track, waiting, pages, section[MORNING_SECTIONS];
};

static void compare_mornings(struct view *v, civil_minute now, struct shown *shown)
{
    struct judge j = judge_at(view_office(v), now);
    struct morning all, some;
    morning_init(&all, &j);
    morning_init(&some, &j);
    view_live(v, LIVE_RUNNING, add_row, &all);
    view_live(v, LIVE_WAITING, add_row, &all);
    struct morning_unread unread = view_morning(v, &j, add_row, &some);
    morning_add_unread(&some, unread);
    morning_finish(&all);
    morning_finish(&some);
    ASSERT_DONE(view_fault(v));
    same_morning(&some, &all);
    shown->on_track += unread.on_track;
    shown->waiting += unread.waiting;
    shown->pages++;
    for (int i = 0; i < MORNING_SECTIONS; i++)
        shown->section[i] += all.section[i].count;
    morning_release(&all);
    morning_release(&some);
}

/* Weeks before and after what is recorded, by day and by minute. */
static void mornings_around(struct view *v, int64_t utc, struct random *r, struct shown *shown)
{
    civil_minute now = civil_from_utc(utc, 7 * 60);
    for (int i = 0; i < 60; i++)
        compare_mornings(v, now + random_in(r, -40 * 1440, 40 * 1440), shown);
}

static void put_soon(struct store_desk *d, const char *days)
{
    struct command c = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
    c.setting.key = STR("soon.days");
    c.setting.value = str_of(days);
    ASSERT_DONE(store_desk_ask(d, c, NULL));
}

static void the_page_is_the_same_from_fewer_rows(void **state)
{
    struct shown shown = {0};
    struct random r = {17};
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct store_desk d;
        struct view *v;
        store_desk_init(&d);
        struct store_life life = {.random = seed, .imports = seed % 3 ? 0 : 20};
        for (int part = 0; part < 4; part++) {
            store_life_run(&life, &d, 300, NULL);
            put_soon(&d, part % 2 ? "4" : "0");
            ASSERT_DONE(view_begin(d.store, &v));
            mornings_around(v, d.now, &r, &shown);
            view_end(v);
        }
        ASSERT_DONE(view_begin_as_of(d.store, d.now - 86400, &v));
        compare_mornings(v, civil_from_utc(d.now, 7 * 60), &shown);
        view_end(v);
        store_desk_release(&d);
    }
    assert_true(shown.on_track > 5 * shown.pages && shown.waiting > shown.pages);
    for (int i = 0; i < MORNING_UNCOLLECTED; i++)
        assert_true(shown.section[i] > 100);
}

/* Past the calendar's end there is no next working day, and no moment after which a row says nothing. */
static void where_days_end_every_row_is_read(void **state)
{
    struct store_desk d;
    struct view *v;
    struct shown shown = {0};
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 5};
    store_life_run(&life, &d, 200, NULL);
    ASSERT_DONE(view_begin(d.store, &v));
    struct judge j = judge_at(view_office(v), desk_time("2100-12-31T09:00") + INT64_C(366) * 1440);
    assert_int_equal(morning_horizon(&j), NO_TIME);
    compare_mornings(v, j.now, &shown);
    assert_int_equal(shown.on_track + shown.waiting, 0);
    view_end(v);
    store_desk_release(&d);
}

/* ---- two shelves, one order ---- */

struct order {
    civil_minute due;
    uint64_t id;
    size_t rows, promised;
};

static bool in_order(void *arg, const struct row *row)
{
    struct order *o = arg;
    const struct facts *f = &row->facts;
    assert_true(f->due > o->due || (f->due == o->due && f->id > o->id));
    o->due = f->due;
    o->id = f->id;
    o->rows++;
    o->promised += f->due != f->statutory_due;
    return true;
}

static bool stop_at_third(void *arg, const struct row *row)
{
    return in_order(arg, row) && ((struct order *)arg)->rows < 3;
}

static void running_rows_come_in_one_order(void **state)
{
    struct store_desk d;
    struct view *v;
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 11};
    store_life_run(&life, &d, 1500, NULL);
    ASSERT_DONE(view_begin(d.store, &v));
    struct order all = {.due = NO_TIME}, few = {.due = NO_TIME};
    view_live(v, LIVE_RUNNING, in_order, &all);
    assert_true(all.promised > 5 && all.rows > 2 * all.promised);
    view_live(v, LIVE_RUNNING, stop_at_third, &few);
    assert_int_equal(few.rows, 3);
    view_end(v);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_is_the_same_from_fewer_rows),
        cmocka_unit_test(where_days_end_every_row_is_read),
        cmocka_unit_test(running_rows_come_in_one_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
