/* What is taken back, corrected or void: the record, the lists, the search, the counts and the history say
 * the same, now and as of then. */
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

/* ---- looking ---- */

static struct view *look(struct store_desk *d)
{
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    return v;
}

static struct view *look_back(struct store_desk *d, int64_t then)
{
    struct view *v;
    ASSERT_DONE(view_begin_as_of(d->store, then, &v));
    return v;
}

static struct dossier dossier_in(struct view *v, uint64_t id)
{
    struct dossier d;
    assert_true(view_dossier(v, id, &d));
    return d;
}

static bool count_row(void *arg, const struct row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return true;
}

static size_t live_in(struct view *v, enum live_group group)
{
    size_t n = 0;
    view_live(v, group, count_row, &n);
    return n;
}

static bool count_dossier(void *arg, const struct dossier *d)
{
    (void)d;
    ++*(size_t *)arg;
    return true;
}

static size_t found_by(struct view *v, const char *typed)
{
    struct query q;
    size_t n = 0;
    assert_true(query_init(&q, str_of(typed)));
    view_search(v, &q, count_dossier, &n);
    query_release(&q);
    return n;
}

static void assert_tally(struct view *v, int month, uint64_t received, uint64_t solved, uint64_t late)
{
    struct tally t;
    view_tally(v, 2026, month, 2026, month, &t);
    assert_int_equal(t.received, received);
    assert_int_equal(t.solved, solved);
    assert_int_equal(t.late_statutory, late);
}

static void assert_stat(struct view *v, uint64_t open, uint64_t solved, uint64_t recorded_late)
{
    struct store_stat s;
    view_stat(v, &s);
    assert_int_equal(s.open, open);
    assert_int_equal(s.solved, solved);
    assert_int_equal(s.recorded_late, recorded_late);
}

struct told {
    enum event_kind kind[12];
    uint64_t seq[12], undone_by[12];
    size_t count;
};

static bool note_event(void *arg, const struct event *e)
{
    struct told *t = arg;
    assert_true(t->count < 12);
    t->kind[t->count] = e->kind;
    t->seq[t->count] = e->seq;
    t->undone_by[t->count++] = e->undone_by;
    return true;
}

static struct told history_in(struct view *v, uint64_t id)
{
    struct told t = {.count = 0};
    struct dossier d = dossier_in(v, id);
    view_history(v, &d, note_event, &t);
    ASSERT_DONE(view_fault(v));
    return t;
}

/* ---- a letter ---- */

/* The letter taken back keeps its number; the dossier has its one letter again, under the next number. As of
 * before, nobody knows of it. */
static void test_a_second_letter_after_an_undo(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    uint64_t id = store_desk_receive(&d, "1.001", "A", NULL, code);
    d.now += 60;
    ASSERT_DONE(store_desk_ask(&d, desk_apologize(code, "2026-11-27T17:00"), NULL));
    int64_t issued = d.now;
    ASSERT_KIND(store_desk_ask(&d, desk_apologize(code, "2026-11-27T17:00"), NULL), "second_apology");
    d.now += 60;
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL));
    int64_t undone = d.now;
    d.now += 60;
    ASSERT_DONE(store_desk_ask(&d, desk_apologize(code, "2026-11-30T17:00"), NULL));

    struct view *v = look(&d);
    struct dossier is = dossier_in(v, id);
    assert_int_equal(is.apology.number, 2);
    assert_int_equal(is.facts.due, desk_time("2026-11-30T17:00"));
    struct told t = history_in(v, id);
    assert_int_equal(t.count, 4);
    assert_int_equal(t.undone_by[1], t.seq[2]);
    assert_int_equal(t.undone_by[0] + t.undone_by[2] + t.undone_by[3], 0);
    view_end(v);

    v = look_back(&d, undone);
    is = dossier_in(v, id);
    assert_int_equal(is.apology.number, 0);
    assert_false(is.facts.apologized);
    assert_int_equal(is.facts.due, desk_time("2026-11-19T17:00"));
    assert_int_equal(history_in(v, id).undone_by[1], t.seq[2]);
    view_end(v);

    v = look_back(&d, issued);
    is = dossier_in(v, id);
    assert_int_equal(is.apology.number, 1);
    assert_int_equal(is.facts.due, desk_time("2026-11-27T17:00"));
    t = history_in(v, id);
    assert_int_equal(t.count, 2);
    assert_int_equal(t.undone_by[1], 0); /* that came later */
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* In one submission, where nothing is in the file yet; twice over, back to the receipt. */
static void test_undo_what_is_not_written_yet(void **state)
{
    struct store_desk d;
    const char *code = "H42.26.21-261116-0001";
    (void)state;
    store_desk_init(&d);
    struct command c[] = {
        desk_receive("1.001", "A", NULL, NULL),
        desk_apologize(code, "2026-11-27T17:00"),
        desk_transfer(code, "nam"),
        desk_undo(code), /* the transfer */
        desk_undo(code), /* the letter */
        desk_apologize(code, "2026-11-30T17:00"),
        desk_resolve(code, NULL),
        desk_undo(code),
        desk_undo(code),
    };
    enum { MANY = sizeof c / sizeof *c };
    struct request r[MANY + 1];
    for (size_t i = 0; i < MANY; i++)
        r[i] = (struct request){.moment = {.now = d.now, .login = STR("admin")}, .command = c[i]};
    r[MANY] = r[MANY - 1]; /* there is nothing more to take back */
    size_t at = 0;
    ASSERT_KIND(store_submit(d.store, r, MANY + 1, &at), "nothing_to_undo");
    assert_int_equal(at, MANY);
    ASSERT_DONE(store_submit(d.store, r, MANY, NULL));
    struct view *v = look(&d);
    struct dossier is = dossier_in(v, 1);
    assert_int_equal(is.facts.state, STATE_PROCESSING);
    assert_int_equal(is.apology.number, 0);
    assert_int_equal(is.last.seq, 0);
    assert_true(str_eq(is.officer, STR("admin")));
    assert_int_equal(live_in(v, LIVE_RUNNING), 1);
    assert_stat(v, 1, 0, 0);
    assert_tally(v, 11, 1, 0, 0);
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- a result ---- */

/* Due on the 19th, solved "on the 19th" but typed in on the 20th: that is where lateness hides. Taken back it
 * hides nothing; solved anew, late, it is late. */
static void test_a_result_taken_back(void **state)
{
    struct store_desk d;
    struct store_stat s;
    char code[64];
    (void)state;
    store_desk_init(&d);
    uint64_t id = store_desk_receive(&d, "1.001", "A", NULL, code);
    store_desk_now(&d, "2026-11-20T09:00");
    ASSERT_DONE(store_desk_ask(&d, desk_resolve(code, "2026-11-19T16:00"), NULL));
    int64_t solved = d.now;
    struct view *v = look(&d);
    assert_stat(v, 0, 1, 1);
    assert_tally(v, 11, 1, 1, 0);
    assert_int_equal(live_in(v, LIVE_UNCOLLECTED), 1);
    view_end(v);
    d.now += 60;
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL));
    int64_t undone = d.now;
    v = look(&d);
    assert_stat(v, 1, 0, 0);
    assert_tally(v, 11, 1, 0, 0);
    assert_int_equal(live_in(v, LIVE_UNCOLLECTED), 0);
    assert_int_equal(live_in(v, LIVE_RUNNING), 1);
    assert_int_equal(dossier_in(v, id).facts.due, desk_time("2026-11-19T17:00"));
    view_stat(v, &s);
    assert_int_equal(s.backdated, 1); /* the entry is there for ever */
    view_end(v);
    d.now += 60;
    ASSERT_DONE(store_desk_ask(&d, desk_resolve(code, NULL), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_return(code), NULL));
    v = look(&d);
    assert_stat(v, 0, 1, 0);
    assert_tally(v, 11, 1, 1, 1);
    assert_int_equal(live_in(v, LIVE_UNCOLLECTED), 0);
    view_end(v);
    /* And each of these, as of then. */
    v = look_back(&d, solved);
    assert_stat(v, 0, 1, 1);
    assert_tally(v, 11, 1, 1, 0);
    assert_int_equal(live_in(v, LIVE_UNCOLLECTED), 1);
    view_end(v);
    v = look_back(&d, undone);
    assert_stat(v, 1, 0, 0);
    assert_tally(v, 11, 1, 0, 0);
    assert_int_equal(live_in(v, LIVE_RUNNING), 1);
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* What ends while the applicant is awaited is judged when the wait began: nothing was due when it was typed
 * in. */
static void test_ended_while_waiting_hides_nothing(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "A", NULL, code);
    ASSERT_DONE(store_desk_ask(&d, desk_supplement(code, false), NULL));
    store_desk_now(&d, "2026-12-10T09:00");
    ASSERT_DONE(store_desk_ask(&d, desk_stop(code), NULL));
    struct view *v = look(&d);
    assert_stat(v, 0, 1, 0);
    assert_tally(v, 11, 1, 1, 0);
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- corrections ---- */

static struct outcome correct(struct store_desk *d, const char *code, enum correction_field field,
                              const char *value)
{
    struct change change = {field, str_of(value)};
    return store_desk_ask(d, desk_correct(code, &change), NULL);
}

static void test_search_finds_what_was_corrected(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    struct command c = desk_receive("1.001", "Nguyễn Thị Hương", NULL, NULL);
    c.receive.applicant.phone = STR("0912345678");
    c.receive.applicant.id_number = STR("064090000001");
    ASSERT_DONE(store_desk_ask(&d, c, NULL));
    store_desk_receive(&d, "1.001", "Người khác", NULL, code);
    snprintf(code, sizeof code, "H42.26.21-261116-0001");
    d.now += 60;
    ASSERT_DONE(correct(&d, code, CORRECT_APPLICANT, "Nguyễn Thị Hường"));
    ASSERT_DONE(correct(&d, code, CORRECT_PHONE, "0987654321"));
    ASSERT_DONE(correct(&d, code, CORRECT_ID_NUMBER, "064090000002"));
    struct view *v = look(&d);
    assert_int_equal(found_by(v, "huong"), 1); /* marks do not matter */
    assert_int_equal(found_by(v, "0912345678"), 0);
    assert_int_equal(found_by(v, "0987654321"), 1);
    assert_int_equal(found_by(v, "064090000001"), 0);
    assert_int_equal(found_by(v, "0002 huong 0987"), 1);
    view_end(v);
    v = look_back(&d, d.now - 60);
    assert_int_equal(found_by(v, "0912345678"), 1);
    assert_int_equal(found_by(v, "0987654321"), 0);
    view_end(v);
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL));
    v = look(&d);
    assert_int_equal(found_by(v, "0912345678"), 1);
    assert_int_equal(found_by(v, "0987654321"), 0);
    assert_int_equal(found_by(v, "064090000001"), 1);
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* To another month, another field, another due time: counts, lists and the order of what is found follow. */
static void test_a_corrected_receipt_counts_where_it_belongs(void **state)
{
    struct store_desk d;
    char first[64], second[64];
    (void)state;
    store_desk_init(&d);
    uint64_t a = store_desk_receive(&d, "1.001", "A", "2026-11-16T07:30", first);
    store_desk_receive(&d, "1.001", "B", "2026-11-16T07:45", second);
    struct view *v = look(&d);
    assert_tally(v, 11, 2, 0, 0);
    view_end(v);
    ASSERT_DONE(correct(&d, first, CORRECT_RECEIVED_AT, "2026-10-30T09:00"));
    ASSERT_DONE(correct(&d, first, CORRECT_PROCEDURE, "1.006")); /* ten days, another field */
    v = look(&d);
    struct dossier is = dossier_in(v, a);
    assert_int_equal(is.facts.received, desk_time("2026-10-30T09:00"));
    assert_int_equal(is.facts.due, desk_time("2026-11-09T17:00"));
    assert_int_equal(is.facts.field, office_find_procedure(view_office(v), STR("1.006"))->field_number);
    assert_tally(v, 10, 1, 0, 0);
    assert_tally(v, 11, 1, 0, 0);
    assert_int_equal(live_in(v, LIVE_RUNNING), 2);
    view_end(v);
    ASSERT_DONE(store_desk_ask(&d, desk_undo(first), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_undo(first), NULL));
    v = look(&d);
    is = dossier_in(v, a);
    assert_int_equal(is.facts.received, desk_time("2026-11-16T07:30"));
    assert_int_equal(is.facts.due, desk_time("2026-11-19T17:00"));
    assert_tally(v, 10, 0, 0, 0);
    assert_tally(v, 11, 2, 0, 0);
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- void ---- */

/* A record made by mistake is in no list and no count; its code is never given again, and finds it. */
static void test_void_counts_nowhere(void **state)
{
    struct store_desk d;
    struct store_stat s;
    char code[64], next[64];
    uint64_t found;
    (void)state;
    store_desk_init(&d);
    uint64_t id = store_desk_receive(&d, "1.001", "Gõ nhầm", NULL, code);
    ASSERT_DONE(store_desk_ask(&d, desk_void(code), NULL));
    int64_t voided = d.now;
    struct view *v = look(&d);
    assert_stat(v, 0, 0, 0);
    view_stat(v, &s);
    assert_int_equal(s.dossiers, 1);
    assert_tally(v, 11, 0, 0, 0);
    assert_int_equal(live_in(v, LIVE_RUNNING) + live_in(v, LIVE_WAITING) + live_in(v, LIVE_UNCOLLECTED), 0);
    assert_int_equal(found_by(v, "go nham"), 1);
    ASSERT_DONE(view_find(v, str_of(code), &found));
    assert_int_equal(found, id);
    view_end(v);
    store_desk_receive(&d, "1.001", "B", NULL, next);
    assert_string_equal(next, "H42.26.21-261116-0002");
    d.now += 60;
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL));
    v = look(&d);
    assert_stat(v, 2, 0, 0);
    assert_tally(v, 11, 2, 0, 0);
    assert_int_equal(live_in(v, LIVE_RUNNING), 2);
    view_end(v);
    v = look_back(&d, voided);
    assert_stat(v, 1, 0, 0);
    assert_tally(v, 11, 1, 0, 0);
    view_end(v);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_second_letter_after_an_undo),
        cmocka_unit_test(test_undo_what_is_not_written_yet),
        cmocka_unit_test(test_a_result_taken_back),
        cmocka_unit_test(test_ended_while_waiting_hides_nothing),
        cmocka_unit_test(test_search_finds_what_was_corrected),
        cmocka_unit_test(test_a_corrected_receipt_counts_where_it_belongs),
        cmocka_unit_test(test_void_counts_nowhere),
    };
    return cmocka_run_group_tests_name("store_undo", tests, NULL, NULL);
}
