/* Numbers of papers and of the book: from 1, without gaps, in the order in which they were given, in each
 * year of their own; after any life, replayed, and given out by several processes at once. */
#include "tests/store_desk.h"
#include "tests/store_life.h"

#include "store/env.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { FIRST_YEAR = 2025, YEARS = 4 };

struct given {
    uint32_t last[SERIES_COUNT][YEARS];
    size_t all;
};

/* Everything's the year in which it was recorded. */
static int year_of(const struct event *e)
{
    return civil_to_ymd(civil_day_of(civil_from_utc(e->recorded_at, 7 * 60))).year;
}

static bool next_in_its_series(void *arg, const struct journal_entry *entry)
{
    struct given *g = arg;
    struct yearly_number n;
    assert_non_null(entry->event);
    enum series series = event_number(entry->event, &n);
    bool should = entry->event->kind == EVENT_RECEIVED || entry->event->kind == EVENT_APOLOGIZED ||
                  entry->event->kind == EVENT_SUPPLEMENT_REQUESTED || entry->event->kind == EVENT_REFUSED ||
                  entry->event->kind == EVENT_STOPPED || entry->event->kind == EVENT_TURNED_AWAY;
    assert_int_equal(series != SERIES_NONE, should);
    if (series == SERIES_NONE)
        return true;
    assert_int_equal(n.year, year_of(entry->event));
    assert_in_range(n.year, FIRST_YEAR, FIRST_YEAR + YEARS - 1);
    assert_int_equal(n.number, ++g->last[series][n.year - FIRST_YEAR]);
    g->all++;
    return true;
}

static struct given check(struct store *s)
{
    struct given g = {0};
    struct view *v;
    struct outcome o = view_begin(s, &v);
    assert_true(outcome_ok(&o));
    view_journal(v, next_in_its_series, &g);
    o = view_fault(v);
    assert_true(outcome_ok(&o));
    view_end(v);
    return g;
}

static void a_life_leaves_no_gap(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct store_desk d;
        store_desk_init(&d);
        store_desk_now(&d, "2026-12-10T08:00"); /* across New Year */
        struct store_life life = {.random = seed * 77, .pause = 7200};
        store_life_run(&life, &d, 900, NULL);
        struct given before = check(d.store);
        assert_true(before.last[SERIES_REGISTER][1] > 20 && before.last[SERIES_REGISTER][2] > 5);
        assert_true(before.last[SERIES_SUPPLEMENT][1] > 1 && before.last[SERIES_REFUSAL][1] > 1);
        store_desk_reopen(&d);
        store_life_run(&life, &d, 100, NULL);
        assert_true(check(d.store).all > before.all);
        store_desk_assert_whole(d.store);
        store_desk_release(&d);
    }
}

/* ---- several at once ---- */

enum { CHILDREN = 4, EACH = 40 };

static bool one_of_each(struct store_desk *d, char code[64])
{
    struct command away = {.kind = COMMAND_TURN_AWAY, .at = NO_TIME};
    away.turn_away.procedure = STR("1.001");
    away.turn_away.applicant.name = STR("Nguyễn Thị Hương");
    away.turn_away.needs = STR("\0\0\0\007Bia do.");
    struct outcome o = store_desk_ask(d, away, NULL);
    away.turn_away.refused = true;
    away.turn_away.reason = STR("không thuộc thẩm quyền");
    if (outcome_ok(&o))
        o = store_desk_ask(d, away, NULL);
    store_desk_receive(d, "1.001", "Nguyễn Thị Hương", NULL, code);
    if (outcome_ok(&o))
        o = store_desk_ask(d, desk_supplement(code, false), NULL);
    if (outcome_ok(&o))
        o = store_desk_ask(d, desk_refuse(code), NULL);
    return outcome_ok(&o);
}

static void work(struct store_desk *d)
{
    char code[64];
    struct outcome o = store_open(d->dir, &d->store);
    for (int i = 0; outcome_ok(&o) && i < EACH; i++)
        if (!one_of_each(d, code))
            _exit(1);
    store_close(d->store);
    _exit(outcome_ok(&o) ? 0 : 1);
}

static void four_at_once_give_no_number_twice(void **state)
{
    (void)state;
    struct store_desk d;
    store_desk_init(&d);
    store_close(d.store);
    d.store = NULL;
    pid_t child[CHILDREN];
    for (int i = 0; i < CHILDREN; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            work(&d);
    }
    for (int i = 0; i < CHILDREN; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
    }
    struct outcome o = store_open(d.dir, &d.store);
    assert_true(outcome_ok(&o));
    struct given g = check(d.store);
    assert_int_equal(g.last[SERIES_REGISTER][1], CHILDREN * EACH);
    assert_int_equal(g.last[SERIES_SUPPLEMENT][1], CHILDREN * EACH * 2);
    assert_int_equal(g.last[SERIES_REFUSAL][1], CHILDREN * EACH * 2);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_life_leaves_no_gap),
        cmocka_unit_test(four_at_once_give_no_number_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
