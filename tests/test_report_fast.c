/* Every report out of a store, which reads columns, what is backdated, and little else, against the same
 * maker fed with every dossier and every entry there is. Stores of more than a chunk of facts, lived at
 * random, with entries dated back, taken back, found void, waits and moved due times; now and as of earlier
 * moments.
 *
 * MOTCUA_QUICK scales the number of stores down, MOTCUA_LONG up; MOTCUA_LIFE_SEED says where they begin. */
#include "store/reporting.h"

#include "store/facts.h"
#include "tests/random.h"
#include "tests/store_life.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { OFFSET = 7 * 60, CHAIN = 400 };

/* ---- the slow way ---- */

struct slow {
    struct view *view;
    struct report_maker *maker;
    int64_t from; /* UTC second from which entries are given */
    struct event event[CHAIN];
    size_t events;
};

static bool keep_event(void *arg, const struct event *e)
{
    struct slow *s = arg;
    assert_true(s->events < CHAIN);
    s->event[s->events++] = *e;
    return true;
}

static void feed_dossiers(struct slow *s)
{
    for (uint64_t id = 1; id <= view_dossiers(s->view); id++) {
        struct dossier d;
        struct procedure procedure;
        assert_true(view_dossier(s->view, id, &d));
        struct facts facts = d.facts;
        enum report_need need = report_look(s->maker, &facts);
        struct report_item item = {.facts = &facts, .dossier = &d};
        if (need == NEED_NOTHING)
            continue;
        item.procedure = view_procedure_of(s->view, &d, &procedure) ? &procedure : NULL;
        s->events = 0;
        if (need == NEED_HISTORY) {
            view_history(s->view, &d, keep_event, s);
            item.event = s->event;
            item.events = s->events;
        }
        report_add(s->maker, &item);
    }
}

static bool feed_entry(void *arg, const struct journal_entry *entry)
{
    struct slow *s = arg;
    assert_non_null(entry->event);
    int64_t written = view_written(s->view, entry->event);
    if (written >= s->from && (!report_wants_turned_away(s->maker) || !event_is_counter(entry->event->kind)))
        report_entry(s->maker, entry->event, written);
    return true;
}

static bool feed_turned_away(void *arg, const struct event *e)
{
    struct slow *s = arg;
    report_entry(s->maker, e, view_written(s->view, e));
    return true;
}

static void make_slowly(struct view *v, const struct report_request *request, struct report *out)
{
    struct slow *s = calloc(1, sizeof *s);
    civil_minute from;
    assert_non_null(s);
    report_init(out);
    s->view = v;
    s->maker = report_begin(request);
    s->from = INT64_MIN;
    assert_non_null(s->maker);
    if (report_wants_all_entries(s->maker))
        view_journal(v, feed_entry, s);
    feed_dossiers(s);
    if (!report_wants_all_entries(s->maker) && report_wants_entries(s->maker, &from)) {
        s->from = civil_to_utc(from, OFFSET);
        view_journal(v, feed_entry, s);
    }
    if (report_wants_turned_away(s->maker))
        view_turned_away(v, feed_turned_away, s);
    assert_true(report_finish(s->maker, out));
    report_end(s->maker);
    free(s);
}

/* ---- the same? ---- */

static struct {
    uint64_t tables, rows, late_entries, imported, stores_with_chunks;
} seen;

static void assert_cells(const struct report_part *a, const struct report_part *b, size_t row)
{
    for (size_t i = 0; i < a->columns; i++) {
        const struct report_cell *x = &a->row[row].cell[i], *y = &b->row[row].cell[i];
        assert_int_equal(x->type, y->type);
        assert_int_equal(x->number, y->number);
        assert_true(str_eq(x->text, y->text));
    }
}

static void assert_same(const struct report *a, const struct report *b)
{
    assert_int_equal(a->entries_late, b->entries_late);
    assert_int_equal(a->entries_imported, b->entries_imported);
    assert_int_equal(a->closing, b->closing);
    assert_int_equal(a->notes, b->notes);
    for (size_t i = 0; i < a->notes; i++)
        assert_true(str_eq(a->note[i], b->note[i]));
    assert_int_equal(a->parts, b->parts);
    for (size_t i = 0; i < a->parts; i++) {
        assert_int_equal(a->part[i].count, b->part[i].count);
        for (size_t row = 0; row < a->part[i].count; row++)
            assert_cells(&a->part[i], &b->part[i], row);
        seen.rows += a->part[i].count;
    }
    seen.tables++;
    seen.late_entries += a->entries_late;
    seen.imported += a->entries_imported;
}

static void compare(struct view *v, int64_t second, struct period p)
{
    for (enum report_kind kind = 0; kind < REPORT_KINDS; kind++) {
        struct report_request request = {.kind = kind,
                                         .period = p,
                                         .now = civil_from_utc(second, OFFSET),
                                         .known = second,
                                         .lang = LANG_VI,
                                         .office = view_office(v),
                                         .seed = 5};
        struct report fast, slow;
        struct outcome o = view_make_report(v, &request, &fast);
        assert_string_equal(outcome_kind_name(o.kind), "done");
        make_slowly(v, &request, &slow);
        assert_same(&fast, &slow);
        report_release(&fast);
        report_release(&slow);
    }
}

static struct period some_period(struct random *r, civil_day first, civil_day last)
{
    civil_day a = (civil_day)random_in(r, first - 3, last + 3),
              b = (civil_day)random_in(r, first - 3, last + 3);
    if (random_in(r, 0, 3) == 0)
        return (struct period){a, a + 6};
    return a <= b ? (struct period){a, b} : (struct period){b, a};
}

static void every_report_is_the_slow_one(void **state)
{
    uint64_t stores = getenv("MOTCUA_LONG") ? 100 : getenv("MOTCUA_QUICK") ? 2 : 12;
    const char *text = getenv("MOTCUA_LIFE_SEED");
    uint64_t seed = text && *text ? strtoull(text, NULL, 10) : 1;
    (void)state;
    for (uint64_t n = 0; n < stores; n++, seed++) {
        struct store_life life = {.random = seed, .pause = 20000, .imports = seed % 3 ? 0 : 25};
        struct random r = {seed + 4711};
        struct store_desk d;
        store_desk_init(&d);
        int64_t began = d.now;
        store_life_run(&life, &d, 1500, NULL);
        civil_day first = civil_day_of(civil_from_utc(began, OFFSET)),
                  last = civil_day_of(civil_from_utc(d.now, OFFSET));
        for (int look = 0; look < 5; look++) {
            struct view *v;
            int64_t second = look > 3 ? random_in(&r, began, d.now) : d.now;
            struct outcome o = look > 3 ? view_begin_as_of(d.store, second, &v) : view_begin(d.store, &v);
            assert_string_equal(outcome_kind_name(o.kind), "done");
            seen.stores_with_chunks += look == 0 && view_dossiers(v) > FACTS_ROWS;
            compare(v, second, some_period(&r, first, last));
            o = view_fault(v);
            assert_string_equal(outcome_kind_name(o.kind), "done");
            view_end(v);
        }
        store_desk_release(&d);
    }
    assert_true(seen.tables == stores * 5 * REPORT_KINDS);
    printf("%llu rows, %llu late entries, %llu imported, %llu of %llu stores beyond a chunk\n",
           (unsigned long long)seen.rows, (unsigned long long)seen.late_entries,
           (unsigned long long)seen.imported, (unsigned long long)seen.stores_with_chunks,
           (unsigned long long)stores);
    assert_true(seen.rows > 0 && seen.late_entries > 0 && seen.stores_with_chunks > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_report_is_the_slow_one)};
    return cmocka_run_group_tests_name("report_fast", tests, NULL, NULL);
}
