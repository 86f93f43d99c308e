/* What is stored is what the journal says, after any life, however it was cut into transactions; the past can
 * be seen again; and every way of asking gives what a slow look at all dossiers gives. */
#include "tests/store_desk.h"
#include "tests/store_dump.h"
#include "tests/store_life.h"

#include "core/event.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

static struct view *look(struct store *s)
{
    struct view *v;
    ASSERT_DONE(view_begin(s, &v));
    return v;
}

/* Everything there is to ask was asked, and carried out. */
static void assert_all_kinds(const size_t done[COMMAND_COUNT])
{
    for (int kind = COMMAND_OFFICER_PUT; kind < COMMAND_COUNT; kind++)
        if (!done[kind] && kind != COMMAND_WITHDRAW /* which receipts of today do not know */
            && kind != COMMAND_CLOCK_ACCEPT)        /* these clocks run true: see test_store_clock */
            fail_msg("command %d was never carried out", kind);
}

struct seen {
    size_t kind[EVENT_REIMPORTED + 1], undone, moves_undone;
};

static bool see_event(void *arg, const struct event *e)
{
    struct seen *seen = arg;
    seen->kind[e->kind]++;
    seen->undone += e->undone_by != 0;
    seen->moves_undone += e->undone_by && e->kind == EVENT_DUE_MOVED;
    return true;
}

static void see_histories(struct store *s, struct seen *seen)
{
    struct view *v = look(s);
    struct dossier d;
    for (uint64_t id = 1; view_dossier(v, id, &d); id++)
        view_history(v, &d, see_event, seen);
    ASSERT_DONE(view_fault(v));
    view_end(v);
}

static void assert_all_events(const struct seen *seen)
{
    for (int kind = EVENT_RECEIVED; kind <= EVENT_REIMPORTED; kind++)
        if (!seen->kind[kind] && kind != EVENT_WITHDRAWN)
            fail_msg("no event %d", kind);
    assert_int_equal(seen->undone, seen->kind[EVENT_UNDONE] + seen->moves_undone);
    assert_true(seen->moves_undone > 0);
}

static void test_life_equals_replay(void **state)
{
    struct seen seen = {0};
    size_t kinds[COMMAND_COUNT] = {0};
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct store_desk d;
        store_desk_init(&d);
        struct store_life life = {.random = seed};
        for (int part = 0; part < 4; part++) {
            size_t done = store_life_run(&life, &d, 400, kinds);
            assert_true(done > 100 && done < 400); /* of both kinds */
            store_desk_assert_whole(d.store);
        }
        store_desk_reopen(&d);
        store_life_run(&life, &d, 50, NULL);
        store_desk_assert_whole(d.store);
        see_histories(d.store, &seen);
        store_desk_release(&d);
    }
    assert_all_kinds(kinds);
    assert_all_events(&seen);
}

static bool dump_code(void *arg, const struct dossier *d)
{
    buf_add_str(arg, d->code);
    buf_add_char(arg, ' ');
    return true;
}

/* What a view answered then, a view as of then answers now. */
static void test_the_past_stays_as_it_was(void **state)
{
    enum { MOMENTS = 24 };
    struct buf then[MOMENTS] = {{0}}, now = BUF_INIT;
    int64_t when[MOMENTS];
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 7};
    for (int i = 0; i < MOMENTS; i++) {
        store_life_run(&life, &d, i ? 90 : 0, NULL);
        if (i == 5 || i == 8) { /* the office changes too */
            struct command c = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME};
            c.procedure = (struct procedure){.code = STR("1.001"),
                                             .name = STR("Đổi tên"),
                                             .field = i == 5 ? STR("Lĩnh vực mới") : STR("Đất đai"),
                                             .fee = -1};
            assert_true(limit_parse(STR("2 working_days"), &c.procedure.limit));
            ASSERT_DONE(store_desk_ask(&d, c, NULL));
        }
        struct view *v = look(d.store);
        store_dump(&then[i], v);
        view_end(v);
        when[i] = d.now;
        d.now += 60;
    }
    for (int i = 0; i < MOMENTS; i++) {
        struct view *v;
        ASSERT_DONE(view_begin_as_of(d.store, when[i] + 59, &v));
        buf_reset(&now);
        store_dump(&now, v);
        view_end(v);
        assert_int_equal(now.n, then[i].n);
        assert_memory_equal(now.p, then[i].p, now.n);
        buf_release(&then[i]);
    }
    buf_release(&now);
    store_desk_release(&d);
}

static void test_before_the_beginning(void **state)
{
    struct store_desk d;
    struct view *v;
    struct store_stat stat;
    struct buf none = BUF_INIT;
    char code[64];
    uint64_t id;
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "A", NULL, code);
    ASSERT_DONE(view_begin_as_of(d.store, 0, &v));
    view_stat(v, &stat);
    assert_int_equal(stat.dossiers, 0);
    assert_int_equal(stat.events, 0);
    view_scan(v, NULL, dump_code, &none);
    assert_int_equal(none.n, 0);
    assert_int_equal(office_procedure_count(view_office(v)), 0);
    ASSERT_KIND(view_find(v, str_of(code), &id), "unknown_dossier");
    view_end(v);
    buf_release(&none);
    store_desk_release(&d);
}

/* ---- against a slow look at everything ---- */

struct all {
    struct dossier *d; /* borrowed from the view */
    size_t count;
};

static bool collect(void *arg, const struct dossier *d)
{
    struct all *all = arg;
    all->d = realloc(all->d, (all->count + 1) * sizeof *all->d);
    assert_non_null(all->d);
    all->d[all->count++] = *d;
    return true;
}

static int newest_receipt_first(const void *a, const void *b)
{
    const struct facts *x = &((const struct dossier *)a)->facts, *y = &((const struct dossier *)b)->facts;
    if (x->received != y->received)
        return x->received < y->received ? 1 : -1;
    return x->id < y->id ? 1 : -1;
}

static void assert_search(struct view *v, const struct all *all, const char *typed)
{
    struct query q;
    struct buf expected = BUF_INIT, got = BUF_INIT, name = BUF_INIT, numbers = BUF_INIT;
    assert_true(query_init(&q, str_of(typed)));
    for (size_t i = 0; i < all->count; i++) {
        buf_reset(&name);
        buf_reset(&numbers);
        match_name(&name, &all->d[i]);
        match_numbers(&numbers, &all->d[i]);
        if (query_matches(&q, buf_str(&name), buf_str(&numbers)))
            dump_code(&expected, &all->d[i]);
    }
    view_search(v, &q, dump_code, &got);
    query_release(&q);
    if (!str_eq(buf_str(&got), buf_str(&expected)))
        fail_msg("search %s: got %.*s, expected %.*s", typed, STR_ARG(buf_str(&got)),
                 STR_ARG(buf_str(&expected)));
    buf_release(&expected);
    buf_release(&got);
    buf_release(&name);
    buf_release(&numbers);
}

/* Which group a dossier is listed in, and by what moment, said once more. */
static int group_of(const struct facts *f, civil_minute *moment)
{
    if (f->state == STATE_PROCESSING)
        return *moment = f->due, 0;
    if (f->state == STATE_WAITING || f->state == STATE_WAITING_PAYMENT)
        return *moment = f->waiting_since, 1;
    if ((f->state == STATE_RESOLVED || f->state == STATE_REFUSED) && f->returned == NO_TIME)
        return *moment = f->resolved, 2;
    return -1;
}

struct listed {
    const struct all *all;
    int group;
    size_t count;
    civil_minute last;
    uint64_t last_id;
};

static bool check_row(void *arg, const struct row *row)
{
    struct listed *l = arg;
    civil_minute moment = NO_TIME;
    const struct dossier *d = NULL;
    for (size_t i = 0; i < l->all->count; i++)
        if (l->all->d[i].facts.id == row->facts.id)
            d = &l->all->d[i];
    assert_non_null(d);
    assert_int_equal(group_of(&d->facts, &moment), l->group);
    assert_true(str_eq(row->code, d->code) && str_eq(row->applicant, d->receipt.applicant.name) &&
                str_eq(row->officer, d->officer));
    assert_true(moment > l->last || (moment == l->last && row->facts.id > l->last_id));
    l->last = moment;
    l->last_id = row->facts.id;
    l->count++;
    return true;
}

static void assert_live_group(struct view *v, const struct all *all, int group)
{
    struct listed l = {.all = all, .group = group, .last = NO_TIME};
    size_t expected = 0;
    civil_minute moment;
    for (size_t i = 0; i < all->count; i++)
        expected += group_of(&all->d[i].facts, &moment) == group;
    view_live(v, group, check_row, &l);
    assert_int_equal(l.count, expected);
}

static void assert_tally(struct view *v, const struct all *all, int year, int month)
{
    struct tally t;
    uint64_t received = 0, solved = 0, late = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct facts *f = &all->d[i].facts;
        struct civil c = civil_to_ymd(civil_day_of(f->received));
        if (c.year != year || c.month != month)
            continue;
        if (f->state == STATE_VOID)
            continue;
        received++;
        solved += !state_is_open(f->state);
        late += !state_is_open(f->state) && all->d[i].late.statutory > 0;
    }
    view_tally(v, year, month, year, month, &t);
    assert_int_equal(t.received, received);
    assert_int_equal(t.solved, solved);
    assert_int_equal(t.late_statutory, late);
}

/* ---- what is counted, entry by entry ---- */

enum { OFFSET = 7 * 60 };

struct truth {
    uint64_t backdated, recorded_late;
    const struct dossier *d;
    civil_minute solved_on; /* when its result was recorded, as far as it stands */
};

static bool look_at_entry(void *arg, const struct event *e)
{
    struct truth *t = arg;
    civil_minute recorded = civil_from_utc(e->recorded_at, OFFSET);
    bool followed = e->kind == EVENT_DUE_MOVED || e->kind == EVENT_IMPORTED || e->kind == EVENT_REIMPORTED;
    t->backdated += !followed && civil_day_of(e->at) < civil_day_of(recorded);
    bool solves = e->kind == EVENT_RESOLVED || e->kind == EVENT_REFUSED || e->kind == EVENT_WITHDRAWN ||
                  e->kind == EVENT_STOPPED;
    if (solves && !e->undone_by)
        t->solved_on = recorded;
    return true;
}

static void assert_stat(struct view *v, const struct all *all)
{
    struct store_stat stat;
    struct truth t = {0};
    uint64_t open = 0, solved = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct facts *f = &all->d[i].facts;
        t.solved_on = NO_TIME;
        view_history(v, &all->d[i], look_at_entry, &t);
        open += state_is_open(f->state);
        solved += !state_is_open(f->state) && f->state != STATE_VOID;
        bool after = f->in_hours ? t.solved_on > f->statutory_due
                                 : civil_day_of(t.solved_on) > civil_day_of(f->statutory_due);
        t.recorded_late += t.solved_on != NO_TIME && all->d[i].late.statutory == 0 &&
                           f->waiting_since == NO_TIME && f->statutory_due != NO_TIME && after;
    }
    view_turned_away(v, look_at_entry, &t);
    view_stat(v, &stat);
    assert_int_equal(stat.open, open);
    assert_int_equal(stat.solved, solved);
    assert_int_equal(stat.backdated, t.backdated);
    assert_int_equal(stat.recorded_late, t.recorded_late);
    assert_true(t.recorded_late > 0 && t.backdated > 0);
}

static void test_answers_equal_a_slow_look(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 99};
    store_life_run(&life, &d, 4000, NULL);
    struct view *v = look(d.store);
    struct all all = {0};
    view_scan(v, NULL, collect, &all);
    assert_true(all.count > 400);
    assert_stat(v, &all);
    for (size_t i = 1; i < all.count; i++)
        assert_int_equal(all.d[i].facts.id + 1, all.d[i - 1].facts.id);
    for (int group = 0; group <= 2; group++)
        assert_live_group(v, &all, group);
    for (int month = 1; month <= 12; month++) {
        assert_tally(v, &all, 2026, month);
        assert_tally(v, &all, 2027, month);
    }
    qsort(all.d, all.count, sizeof *all.d, newest_receipt_first);
    for (size_t i = 0; i < STORE_DUMP_QUERIES; i++)
        assert_search(v, &all, store_dump_query[i]);
    for (size_t i = 0; i < all.count; i += 41) { /* words that occur: cut out of what is there */
        char typed[64];
        snprintf(typed, sizeof typed, "%.*s", STR_ARG(str_from(all.d[i].receipt.applicant.phone, 4)));
        assert_search(v, &all, typed);
        snprintf(typed, sizeof typed, "%.*s %.*s", STR_ARG(all.d[i].receipt.applicant.name),
                 STR_ARG(str_first(all.d[i].code, 12)));
        assert_search(v, &all, typed);
    }
    ASSERT_DONE(view_fault(v));
    view_end(v);
    free(all.d);
    store_desk_release(&d);
}

/* ---- batches ---- */

/* The same requests one by one and a hundred at a time make the same journal, and the same of everything
 * else. */
static void test_batches_do_not_show(void **state)
{
    enum { MANY = 400, BATCH = 100 };
    struct store_desk one, many;
    struct request *r = calloc(MANY, sizeof *r);
    char(*text)[3][64] = calloc(MANY, sizeof *text);
    struct buf a = BUF_INIT, b = BUF_INIT;
    struct random random = {5};
    (void)state;
    store_desk_init(&one);
    store_desk_init(&many);
    for (int i = 0; i < MANY; i++) {
        int before = (int)random_in(&random, 1, i / 2 > 40 ? 40 : i / 2 + 1);
        snprintf(text[i][0], 64, "Nguyễn Văn %d", i);
        snprintf(text[i][1], 64, "H42.26.21-261116-%04d", i / 2 + 1 - (i % 2 ? before : 0) + (i % 2));
        r[i].moment = (struct moment){.now = one.now + i, .login = STR("huong")};
        r[i].command = i % 2 ? i % 3 ? desk_transfer(text[i][1], i % 4 ? "nam" : "chief")
                                     : desk_resolve(text[i][1], NULL)
                             : desk_receive(i % 5 ? "1.001" : "1.004#01", text[i][0], NULL, NULL);
        struct outcome o = store_submit(one.store, &r[i], 1, NULL);
        if (!outcome_ok(&o)) { /* it has its result already: another one comes instead */
            r[i].command = desk_receive("1.002", text[i][0], NULL, NULL);
            ASSERT_DONE(store_submit(one.store, &r[i], 1, NULL));
        }
    }
    for (int i = 0; i < MANY; i += BATCH)
        ASSERT_DONE(store_submit(many.store, r + i, BATCH, NULL));
    struct view *v = look(one.store);
    store_dump(&a, v);
    view_end(v);
    v = look(many.store);
    store_dump(&b, v);
    view_end(v);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    store_desk_assert_whole(one.store);
    store_desk_assert_whole(many.store);
    buf_release(&a);
    buf_release(&b);
    free(text);
    free(r);
    store_desk_release(&one);
    store_desk_release(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_life_equals_replay),   cmocka_unit_test(test_the_past_stays_as_it_was),
        cmocka_unit_test(test_before_the_beginning), cmocka_unit_test(test_answers_equal_a_slow_look),
        cmocka_unit_test(test_batches_do_not_show),
    };
    return cmocka_run_group_tests_name("store_replay", tests, NULL, NULL);
}
