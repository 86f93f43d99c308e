/* II.06a, points and Decision 766 out of real stores, now and as of earlier moments, against a slow count
 * over their journals (tests/report_count.h).
 *
 * MOTCUA_QUICK scales the number of stores down, MOTCUA_LONG up; MOTCUA_LIFE_SEED says where they begin. */
#include "store/reporting.h"

#include "tests/random.h"
#include "tests/report_count.h"
#include "tests/store_life.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- the journal, dossier by dossier ---- */

struct chains {
    struct chain {
        struct event *event;
        size_t events, cap;
    } * chain;
    size_t count;
    uint64_t told_anew; /* entries that tell a story anew */
};

static bool take_entry(void *arg, const struct journal_entry *entry)
{
    struct chains *all = arg;
    assert_non_null(entry->event);
    uint64_t id = entry->event->dossier;
    if (!event_is_dossier(entry->event->kind))
        return true;
    all->told_anew += entry->event->kind == EVENT_REIMPORTED;
    if (id > all->count) {
        all->chain = realloc(all->chain, id * sizeof *all->chain);
        assert_non_null(all->chain);
        memset(all->chain + all->count, 0, (id - all->count) * sizeof *all->chain);
        all->count = id;
    }
    struct chain *c = &all->chain[id - 1];
    if (c->events == c->cap) {
        c->cap = c->cap * 2 + 8;
        c->event = realloc(c->event, c->cap * sizeof *c->event);
        assert_non_null(c->event);
    }
    c->event[c->events++] = *entry->event;
    return true;
}

static void release(struct chains *all)
{
    for (size_t i = 0; i < all->count; i++)
        free(all->chain[i].event);
    free(all->chain);
}

/* ---- comparing ---- */

static struct {
    uint64_t tables, received, carried, solved, late, overdue, told_anew;
} seen;

static void compare_view(struct view *v, int64_t second, struct period p, uint64_t seed)
{
    static const char *const order[] = {"Bảo trợ xã hội", "Chứng thực", "Đất đai", "Hộ tịch", "Lĩnh vực mới"};
    static const enum report_kind kinds[] = {REPORT_II06A, REPORT_POINTS, REPORT_D766};
    civil_minute now = civil_from_utc(second, 420), end = civil_at(p.to, 1439);
    struct slow_counts counts[COUNT_ALL + 1] = {0};
    struct chains all = {0};
    struct count_question q = {.office = view_office(v),
                               .period = p,
                               .closing = end < now ? end : now,
                               .basis = office_settings(view_office(v))->basis,
                               .seed = seed,
                               .order = order,
                               .fields = sizeof order / sizeof *order};
    view_journal(v, take_entry, &all);
    for (size_t i = 0; i < all.count; i++)
        count_dossier(&q, all.chain[i].event, all.chain[i].events, counts);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct report_request request = {.kind = kinds[i],
                                         .period = p,
                                         .now = now,
                                         .known = second,
                                         .lang = LANG_VI,
                                         .office = view_office(v)};
        struct report r;
        struct outcome o = view_make_report(v, &request, &r);
        assert_string_equal(outcome_kind_name(o.kind), "done");
        assert_int_equal(r.known, second);
        count_expect(&q, &r, counts);
        report_release(&r);
        seen.tables++;
    }
    seen.received += counts[COUNT_ALL].ii06a[0];
    seen.carried += counts[COUNT_ALL].ii06a[3];
    seen.solved += counts[COUNT_ALL].ii06a[4];
    seen.late += counts[COUNT_ALL].ii06a[7];
    seen.overdue += counts[COUNT_ALL].ii06a[10];
    seen.told_anew += all.told_anew;
    release(&all);
}

static struct period some_period(struct random *r, civil_day first, civil_day last)
{
    civil_day a = (civil_day)random_in(r, first - 3, last + 3),
              b = (civil_day)random_in(r, first - 3, last + 3);
    if (random_in(r, 0, 4) == 0)
        return period_quarter(a, 0);
    return a <= b ? (struct period){a, b} : (struct period){b, a};
}

static void compare_store(struct store_desk *d, int64_t began, struct random *r, uint64_t seed)
{
    civil_day first = civil_day_of(civil_from_utc(began, 420)),
              last = civil_day_of(civil_from_utc(d->now, 420));
    for (int look = 0; look < 4; look++) {
        struct view *v;
        int64_t second = look ? random_in(r, began, d->now) : d->now;
        struct outcome o = look ? view_begin_as_of(d->store, second, &v) : view_begin(d->store, &v);
        assert_string_equal(outcome_kind_name(o.kind), "done");
        for (int i = 0; i < 4; i++)
            compare_view(v, second, some_period(r, first, last), seed);
        o = view_fault(v);
        assert_string_equal(outcome_kind_name(o.kind), "done");
        view_end(v);
    }
}

static void every_table_out_of_a_store_is_the_slow_count(void **state)
{
    uint64_t stores = getenv("MOTCUA_LONG") ? 400 : getenv("MOTCUA_QUICK") ? 5 : 40;
    const char *text = getenv("MOTCUA_LIFE_SEED");
    uint64_t seed = text && *text ? strtoull(text, NULL, 10) : 1;
    (void)state;
    for (uint64_t n = 0; n < stores; n++, seed++) {
        struct store_life life = {.random = seed, .pause = 40000, .imports = seed % 2 ? 25 : 0};
        struct random r = {seed + 77};
        struct store_desk d;
        store_desk_init(&d);
        int64_t began = d.now;
        store_life_run(&life, &d, 250, NULL);
        compare_store(&d, began, &r, seed);
        store_desk_release(&d);
    }
    assert_true(seen.tables == stores * 48);
    if (stores >= 40)
        assert_true(seen.carried > 1000 && seen.solved > 1000 && seen.late > 100 && seen.overdue > 100 &&
                    seen.told_anew > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_table_out_of_a_store_is_the_slow_count)};
    return cmocka_run_group_tests_name("ii06a_store", tests, NULL, NULL);
}
