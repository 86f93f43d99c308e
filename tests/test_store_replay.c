/* What is stored is what the journal says, after any life, however it was cut into transactions; the past can
 * be seen again; and every way of asking gives what a slow look at all dossiers gives. */
#include "tests/store_desk.h"

#include "core/status.h"
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

static uint64_t count_dossiers(struct store *s)
{
    struct store_stat stat;
    struct view *v = look(s);
    view_stat(v, &stat);
    view_end(v);
    return stat.dossiers;
}

/* Lives `steps` requests, one transaction each. Returns how many were carried out. */
static size_t live_on(struct store_desk *d, struct store_life *life, size_t steps)
{
    size_t done = 0;
    for (size_t i = 0; i < steps; i++) {
        life->dossiers = count_dossiers(d->store);
        struct command c = store_life_next(life, d);
        struct outcome o = store_desk_ask(d, c, NULL);
        if (outcome_class(o.kind) == FAILED)
            fail_msg("step %zu: %s", i, outcome_kind_name(o.kind));
        done += outcome_ok(&o);
    }
    return done;
}

static void test_life_equals_replay(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct store_desk d;
        store_desk_init(&d);
        struct store_life life = {.random = seed};
        size_t done = live_on(&d, &life, 1200);
        assert_true(done > 500 && done < 1200); /* of both kinds */
        store_desk_assert_whole(d.store);
        store_desk_reopen(&d);
        live_on(&d, &life, 50);
        store_desk_assert_whole(d.store);
        store_desk_release(&d);
    }
}

/* ---- everything that can be asked, as bytes ---- */

static bool dump_dossier(void *arg, const struct dossier *d)
{
    dossier_encode(arg, d);
    return true;
}

static bool dump_code(void *arg, const struct dossier *d)
{
    buf_add_str(arg, d->code);
    buf_add_char(arg, ' ');
    return true;
}

static bool dump_row(void *arg, const struct row *r)
{
    row_encode(arg, r);
    return true;
}

static bool dump_event(void *arg, const struct event *e)
{
    event_encode(arg, e);
    return true;
}

static const char *const queries[] = {"",        "nguyen",      "huong",     "lan 09",      "h15.50",
                                      "ro cham", "0640 phuong", "khue tran", "no such one", "42.26.21-26"};
enum { QUERIES = sizeof queries / sizeof *queries };

static void dump_office(struct buf *b, const struct office *o)
{
    buf_addf(b, "%s %zu %zu %zu", office_identity(o)->agency.p ? "founded" : "new", office_procedure_count(o),
             office_officer_count(o), office_day_count(o));
    for (size_t i = 0; i < office_procedure_count(o); i++) {
        const struct procedure *p = office_procedure(o, i);
        buf_add_str(b, p->name);
        buf_addf(b, " %u %u %llu %d", p->number, p->field_number, (unsigned long long)p->version, p->retired);
    }
    for (uint16_t i = 0; i <= office_field_count(o); i++)
        buf_add_str(b, office_field(o, i));
    for (size_t i = 0; i < office_officer_count(o); i++)
        buf_addf(b, "%u %d %d", office_officer(o, i)->number, office_officer(o, i)->role,
                 office_officer(o, i)->retired);
}

static void dump_histories(struct buf *b, struct view *v, uint64_t dossiers)
{
    for (uint64_t id = 1; id <= dossiers; id += 7) {
        struct dossier d;
        uint64_t found = 0;
        if (!view_dossier(v, id, &d))
            continue;
        view_history(v, &d, dump_event, b);
        struct outcome o = view_find(v, d.code, &found);
        buf_addf(b, "%d %llu", o.kind, (unsigned long long)found);
        o = view_find(v, str_from(d.code, d.code.n - 5), &found);
        buf_addf(b, "%d %llu", o.kind, (unsigned long long)(outcome_ok(&o) ? found : 0));
    }
}

static void dump(struct buf *b, struct view *v)
{
    struct store_stat stat;
    struct tally t;
    view_stat(v, &stat);
    buf_addf(b, "%llu %llu %llu %llu %llu %llu %llu", (unsigned long long)stat.dossiers,
             (unsigned long long)stat.open, (unsigned long long)stat.solved, (unsigned long long)stat.events,
             (unsigned long long)stat.backdated, (unsigned long long)stat.recorded_late,
             (unsigned long long)stat.head_seq);
    buf_add(b, stat.head_hash, STORE_HASH);
    view_scan(v, NULL, dump_dossier, b);
    for (int group = LIVE_RUNNING; group <= LIVE_UNCOLLECTED; group++)
        view_live(v, group, dump_row, b);
    for (int month = 1; month <= 12; month++) {
        view_tally(v, 2026, month, 2026 + month % 2, 12, &t);
        buf_addf(b, "%llu %llu %llu %llu", (unsigned long long)t.received, (unsigned long long)t.solved,
                 (unsigned long long)t.late_statutory, (unsigned long long)t.late_promised);
    }
    for (size_t i = 0; i < QUERIES; i++) {
        struct query q;
        assert_true(query_init(&q, str_of(queries[i])));
        view_search(v, &q, dump_code, b);
        query_release(&q);
    }
    dump_office(b, view_office(v));
    dump_histories(b, v, stat.dossiers);
    ASSERT_DONE(view_fault(v));
}

/* What a view answered then, a view as of then answers now. */
static void test_the_past_stays_as_it_was(void **state)
{
    enum { MOMENTS = 12 };
    struct buf then[MOMENTS] = {{0}}, now = BUF_INIT;
    int64_t when[MOMENTS];
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 7};
    for (int i = 0; i < MOMENTS; i++) {
        live_on(&d, &life, i ? 90 : 0);
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
        dump(&then[i], v);
        view_end(v);
        when[i] = d.now;
        d.now += 60;
    }
    for (int i = 0; i < MOMENTS; i++) {
        struct view *v;
        ASSERT_DONE(view_begin_as_of(d.store, when[i] + 59, &v));
        buf_reset(&now);
        dump(&now, v);
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
        received++;
        solved += f->resolved != NO_TIME;
        late += f->resolved != NO_TIME && is_past(f, f->statutory_due, f->resolved);
    }
    view_tally(v, year, month, year, month, &t);
    assert_int_equal(t.received, received);
    assert_int_equal(t.solved, solved);
    assert_int_equal(t.late_statutory, late);
}

static void test_answers_equal_a_slow_look(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 99};
    live_on(&d, &life, 3000);
    struct view *v = look(d.store);
    struct all all = {0};
    view_scan(v, NULL, collect, &all);
    assert_true(all.count > 500);
    for (size_t i = 1; i < all.count; i++)
        assert_int_equal(all.d[i].facts.id + 1, all.d[i - 1].facts.id);
    for (int group = 0; group <= 2; group++)
        assert_live_group(v, &all, group);
    for (int month = 1; month <= 12; month++) {
        assert_tally(v, &all, 2026, month);
        assert_tally(v, &all, 2027, month);
    }
    qsort(all.d, all.count, sizeof *all.d, newest_receipt_first);
    for (size_t i = 0; i < QUERIES; i++)
        assert_search(v, &all, queries[i]);
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
    dump(&a, v);
    view_end(v);
    v = look(many.store);
    dump(&b, v);
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
