/* When the office's days change, due times move: once for each submission, never earlier, in the same
 * transaction, and the same when it was only rehearsed. Dates are counted by hand: in November 2026 the 16th
 * is a Monday, the 24th a day off. */
#include "tests/store_desk.h"
#include "tests/store_due.h"
#include "tests/store_dump.h"
#include "tests/store_life.h"

#include "store/env.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

/* ---- looking ---- */

static struct view *look(struct store *s)
{
    struct view *v;
    ASSERT_DONE(view_begin(s, &v));
    return v;
}

static void assert_due(struct store_desk *d, uint64_t id, const char *statutory, const char *due)
{
    struct view *v = look(d->store);
    struct dossier dossier;
    assert_true(view_dossier(v, id, &dossier));
    assert_int_equal(dossier.facts.statutory_due, desk_time(statutory));
    assert_int_equal(dossier.facts.due, desk_time(due));
    view_end(v);
}

struct found_moves {
    struct event event[8];
    size_t count;
};

static bool keep_move(void *arg, const struct event *e)
{
    struct found_moves *f = arg;
    if (e->kind == EVENT_DUE_MOVED) {
        assert_true(f->count < 8);
        f->event[f->count++] = *e;
    }
    return true;
}

/* The moves in a dossier's history; what they borrow is gone. */
static struct found_moves moves_in(struct store_desk *d, uint64_t id)
{
    struct found_moves f = {.count = 0};
    struct view *v = look(d->store);
    struct dossier dossier;
    assert_true(view_dossier(v, id, &dossier));
    view_history(v, &dossier, keep_move, &f);
    for (size_t i = 0; i < f.count; i++) {
        assert_true(str_eq(f.event[i].by, str_of(d->login)));
        f.event[i].by = STR_NONE;
    }
    view_end(v);
    return f;
}

static struct buf everything(struct store_desk *d)
{
    struct buf b = BUF_INIT;
    struct view *v = look(d->store);
    store_dump(&b, v);
    view_end(v);
    return b;
}

static void assert_same(struct buf *a, struct buf *b)
{
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->p, b->p, a->n);
    buf_release(a);
    buf_release(b);
}

/* ---- asking ---- */

static struct request request_of(struct store_desk *d, struct command c)
{
    return (struct request){.moment = {.now = d->now, .login = str_of(d->login)}, .command = c};
}

static struct outcome submit(struct store_desk *d, struct command c, struct moves *moves,
                             struct result *result)
{
    struct request r = request_of(d, c);
    struct outcome o = store_submit_moving(d->store, &r, 1, NULL, moves);
    if (result)
        *result = r.result;
    return o;
}

static void assert_move(const struct move_of *m, const char *code, enum move what, const char *old_due,
                        const char *new_due)
{
    assert_string_equal(m->code, code);
    assert_int_equal(m->what, what);
    assert_int_equal(m->old_due, desk_time(old_due));
    assert_int_equal(m->new_due, desk_time(new_due));
}

/* ---- one change ---- */

/* Three working days from Monday the 16th: the 19th; ten days: the 26th; same day: the 16th. */
static void test_a_holiday_moves_what_runs(void **state)
{
    struct store_desk d;
    struct moves moves = {0};
    struct result holiday;
    char days[64], ten[64], same[64], solved[64], waiting[64];
    (void)state;
    store_desk_init(&d);
    uint64_t a = store_desk_receive(&d, "1.001", "A", NULL, days);
    uint64_t b = store_desk_receive(&d, "1.006", "B", NULL, ten);
    uint64_t c = store_desk_receive(&d, "1.002", "C", NULL, same);
    uint64_t e = store_desk_receive(&d, "1.001", "E", NULL, solved);
    uint64_t f = store_desk_receive(&d, "1.001", "F", NULL, waiting);
    ASSERT_DONE(store_desk_ask(&d, desk_resolve(solved, NULL), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_supplement(waiting, false), NULL));
    d.now += 3600;
    ASSERT_DONE(submit(&d, desk_put_day("2026-11-19", DAY_OFF), &moves, &holiday));
    assert_int_equal(moves.count, 1);
    assert_move(&moves.move[0], days, MOVE_LATER, "2026-11-19T17:00", "2026-11-20T17:00");
    assert_int_equal(moves.move[0].dossier, a);
    assert_int_equal(moves.move[0].old_statutory, desk_time("2026-11-19T17:00"));
    assert_int_equal(moves.move[0].new_statutory, desk_time("2026-11-20T17:00"));
    assert_due(&d, a, "2026-11-20T17:00", "2026-11-20T17:00");
    assert_due(&d, b, "2026-11-26T17:00", "2026-11-26T17:00");
    assert_due(&d, c, "2026-11-16T17:00", "2026-11-16T17:00");
    assert_due(&d, e, "2026-11-19T17:00", "2026-11-19T17:00"); /* it is solved */
    assert_due(&d, f, NULL, NULL);                             /* nothing is due */
    struct found_moves in = moves_in(&d, a);
    assert_int_equal(in.count, 1);
    assert_int_equal(in.event[0].moved.cause, holiday.seq);
    assert_int_equal(in.event[0].seq, holiday.seq + 1);
    assert_int_equal(in.event[0].at, desk_time("2026-11-16T09:00")); /* of the change */
    assert_int_equal(in.event[0].recorded_at, d.now);
    assert_int_equal(moves_in(&d, b).count + moves_in(&d, c).count + moves_in(&d, e).count, 0);
    /* Ten days from the 16th end on the 26th: a day off then rolls on to Friday. */
    ASSERT_DONE(submit(&d, desk_put_day("2026-11-26", DAY_OFF), &moves, NULL));
    assert_int_equal(moves.count, 1);
    assert_move(&moves.move[0], ten, MOVE_LATER, "2026-11-26T17:00", "2026-11-27T17:00");
    store_assert_no_stale_due(d.store);
    store_desk_assert_whole(d.store);
    moves_release(&moves);
    store_desk_release(&d);
}

/* What nobody asks to be told of moves all the same; a plain submission and a telling one leave the same. */
static void test_submit_moves_too(void **state)
{
    struct store_desk told, silent;
    struct moves moves = {0};
    char code[64];
    (void)state;
    store_desk_init(&told);
    store_desk_init(&silent);
    store_desk_receive(&told, "1.001", "A", NULL, code);
    store_desk_receive(&silent, "1.001", "A", NULL, code);
    ASSERT_DONE(submit(&told, desk_put_day("2026-11-19", DAY_OFF), &moves, NULL));
    ASSERT_DONE(store_desk_ask(&silent, desk_put_day("2026-11-19", DAY_OFF), NULL));
    assert_due(&silent, 1, "2026-11-20T17:00", "2026-11-20T17:00");
    struct buf a = everything(&told), b = everything(&silent);
    assert_same(&a, &b);
    moves_release(&moves);
    store_desk_release(&told);
    store_desk_release(&silent);
}

/* A swap: Monday 23 off, Saturday 28 worked instead. From Thursday the 19th three working days end on the
 * 25th (20, 23, 25), with the 23rd off on the 26th. From the 26th they end on 1/12 (27, 30, 1), with the 28th
 * worked on the 30th already: the date that was given is kept. */
static void test_never_earlier(void **state)
{
    struct store_desk d;
    struct moves moves = {0};
    char thursday[64], next[64];
    size_t at = 9;
    (void)state;
    store_desk_init(&d);
    store_desk_now(&d, "2026-11-19T08:00");
    uint64_t a = store_desk_receive(&d, "1.001", "A", NULL, thursday);
    store_desk_now(&d, "2026-11-26T08:00");
    uint64_t b = store_desk_receive(&d, "1.001", "B", NULL, next);
    struct request swap[] = {request_of(&d, desk_put_day("2026-11-23", DAY_OFF)),
                             request_of(&d, desk_put_day("2026-11-28", DAY_WORKED))};
    ASSERT_DONE(store_submit_moving(d.store, swap, 2, &at, &moves));
    assert_int_equal(moves.count, 2); /* by old due time */
    assert_move(&moves.move[0], thursday, MOVE_LATER, "2026-11-25T17:00", "2026-11-26T17:00");
    assert_move(&moves.move[1], next, MOVE_KEPT, "2026-12-01T17:00", "2026-11-30T17:00");
    assert_due(&d, a, "2026-11-26T17:00", "2026-11-26T17:00");
    assert_due(&d, b, "2026-12-01T17:00", "2026-12-01T17:00");
    struct found_moves in = moves_in(&d, a);
    assert_int_equal(in.count, 1);
    assert_int_equal(in.event[0].moved.cause, swap[1].result.seq); /* the last change */
    assert_int_equal(moves_in(&d, b).count, 0);
    assert_int_equal(at, 9);
    store_desk_assert_whole(d.store);
    moves_release(&moves);
    store_desk_release(&d);
}

/* A letter's date that becomes a day off goes to the next working day; the statutory time beside it is a
 * thing of its own. */
static void test_a_letters_date_rolls(void **state)
{
    struct store_desk d;
    struct moves moves = {0};
    char code[64];
    (void)state;
    store_desk_init(&d);
    uint64_t id = store_desk_receive(&d, "1.001", "A", NULL, code);
    ASSERT_DONE(store_desk_ask(&d, desk_apologize(code, "2026-11-27T10:00"), NULL));
    ASSERT_DONE(submit(&d, desk_put_day("2026-11-27", DAY_OFF), &moves, NULL));
    assert_int_equal(moves.count, 1);
    assert_move(&moves.move[0], code, MOVE_LATER, "2026-11-27T10:00", "2026-11-30T10:00");
    assert_due(&d, id, "2026-11-19T17:00", "2026-11-30T10:00");
    ASSERT_DONE(submit(&d, desk_put_day("2026-11-18", DAY_OFF), &moves, NULL));
    assert_due(&d, id, "2026-11-20T17:00", "2026-11-30T10:00");
    store_desk_assert_whole(d.store);
    moves_release(&moves);
    store_desk_release(&d);
}

/* ---- several ---- */

static void test_what_is_taken_away_again_moves_nothing(void **state)
{
    struct store_desk d;
    struct moves moves = {0};
    char code[64];
    (void)state;
    store_desk_init(&d);
    uint64_t id = store_desk_receive(&d, "1.001", "A", NULL, code);
    struct request there_and_back[] = {request_of(&d, desk_put_day("2026-11-19", DAY_OFF)),
                                       request_of(&d, desk_remove_day("2026-11-19"))};
    ASSERT_DONE(store_submit_moving(d.store, there_and_back, 2, NULL, &moves));
    assert_int_equal(moves.count, 0);
    assert_int_equal(moves_in(&d, id).count, 0);
    /* One after the other they do: later, and then kept. */
    ASSERT_DONE(submit(&d, desk_put_day("2026-11-19", DAY_OFF), &moves, NULL));
    assert_int_equal(moves.count, 1);
    ASSERT_DONE(submit(&d, desk_remove_day("2026-11-19"), &moves, NULL));
    assert_int_equal(moves.count, 1);
    assert_move(&moves.move[0], code, MOVE_KEPT, "2026-11-20T17:00", "2026-11-19T17:00");
    assert_due(&d, id, "2026-11-20T17:00", "2026-11-20T17:00");
    moves_release(&moves);
    store_desk_release(&d);
}

/* A request about a dossier finds the due times that the changes before it left, and what is received between
 * two changes moves with the second. A dossier is told of once, from its first time to its last. */
static void test_dossiers_between_changes(void **state)
{
    struct store_desk at_once, one_by_one;
    struct moves moves = {0};
    char code[64];
    (void)state;
    store_desk_init(&at_once);
    store_desk_init(&one_by_one);
    store_desk_receive(&at_once, "1.001", "A", NULL, code);
    store_desk_receive(&one_by_one, "1.001", "A", NULL, code);
    struct request r[] = {
        request_of(&at_once, desk_put_day("2026-11-19", DAY_OFF)),
        request_of(&at_once, desk_apologize(code, "2026-11-20T17:00")), /* no later than it is due by now */
        request_of(&at_once, desk_receive("1.001", "B", NULL, NULL)),
        request_of(&at_once, desk_put_day("2026-11-20", DAY_OFF)),
    };
    size_t at = 0;
    ASSERT_KIND(store_submit_moving(at_once.store, r, 4, &at, &moves), "due_not_later");
    assert_int_equal(at, 1);
    assert_int_equal(moves.count, 0);
    r[1].command = desk_transfer(code, "nam");
    ASSERT_DONE(store_submit_moving(at_once.store, r, 4, NULL, &moves));
    for (size_t i = 0; i < 4; i++)
        ASSERT_DONE(store_submit(one_by_one.store, &r[i], 1, NULL));
    assert_int_equal(moves.count, 2);
    assert_move(&moves.move[0], code, MOVE_LATER, "2026-11-19T17:00", "2026-11-23T17:00");
    assert_int_equal(moves.move[1].dossier, 2);
    assert_int_equal(moves.move[1].old_due, desk_time("2026-11-20T17:00"));
    assert_int_equal(moves.move[1].new_due, desk_time("2026-11-23T17:00"));
    struct buf a = everything(&at_once), b = everything(&one_by_one);
    assert_same(&a, &b);
    moves_release(&moves);
    store_desk_release(&at_once);
    store_desk_release(&one_by_one);
}

/* ---- rehearsals and refusals ---- */

static void assert_counts_by(struct store_desk *d, const char *due)
{
    char code[64];
    assert_due(d, store_desk_receive(d, "1.001", "Sau", NULL, code), due, due);
}

static void test_a_rehearsal_leaves_nothing(void **state)
{
    struct store_desk d;
    struct moves rehearsed = {0}, moved = {0};
    struct store_stat stat;
    char code[64];
    (void)state;
    store_desk_init(&d);
    for (int i = 0; i < 40; i++) {
        store_desk_receive(&d, i % 3 ? "1.001" : "1.006", "Nguyễn Văn A", NULL, code);
        d.now += 3000;
    }
    struct request r[] = {request_of(&d, desk_put_day("2026-11-20", DAY_OFF)),
                          request_of(&d, desk_put_day("2026-11-26", DAY_OFF)),
                          request_of(&d, desk_put_day("2026-11-21", DAY_WORKED))};
    struct buf before = everything(&d);
    store_changed(d.store);
    for (int i = 0; i < 2; i++) {
        struct buf after;
        ASSERT_DONE(store_rehearse(d.store, r, 3, NULL, &rehearsed));
        assert_true(rehearsed.count > 20);
        assert_false(store_changed(d.store));
        assert_int_equal(r[0].result.seq, 0);
        after = everything(&d);
        assert_int_equal(after.n, before.n);
        assert_memory_equal(after.p, before.p, before.n);
        buf_release(&after);
    }
    buf_release(&before);
    ASSERT_DONE(store_submit_moving(d.store, r, 3, NULL, &moved));
    assert_int_equal(moved.count, rehearsed.count);
    for (size_t i = 0; i < moved.count; i++) {
        const struct move_of *x = &moved.move[i], *y = &rehearsed.move[i];
        assert_true(x->dossier == y->dossier && x->what == y->what && x->old_due == y->old_due &&
                    x->new_due == y->new_due && x->old_statutory == y->old_statutory &&
                    x->new_statutory == y->new_statutory);
        assert_string_equal(x->code, y->code);
        assert_true(!i || moved.move[i - 1].old_due <= x->old_due);
    }
    struct view *v = look(d.store);
    view_stat(v, &stat);
    view_end(v);
    assert_int_equal(stat.backdated, 0); /* what follows from a change is nobody's late entry */
    store_assert_no_stale_due(d.store);
    store_desk_assert_whole(d.store);
    moves_release(&rehearsed);
    moves_release(&moved);
    store_desk_release(&d);
}

/* The days as they are remembered are the days as they stand: after a rehearsal, a refusal, a disk that
 * fails. */
static int no_commit(MDB_txn *txn)
{
    mdb_txn_abort(txn);
    return 28; /* ENOSPC */
}

static void test_the_office_is_itself_again(void **state)
{
    struct store_desk d;
    struct moves moves = {0};
    char code[64];
    size_t at = 0;
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "A", NULL, code);
    struct request r[] = {request_of(&d, desk_put_day("2026-11-18", DAY_OFF)),
                          request_of(&d, desk_transfer("0000-none", "nam"))};
    ASSERT_DONE(store_rehearse(d.store, r, 1, NULL, &moves));
    assert_int_equal(moves.count, 1);
    assert_counts_by(&d, "2026-11-19T17:00");
    ASSERT_KIND(store_submit_moving(d.store, r, 2, &at, &moves), "unknown_dossier");
    assert_int_equal(at, 1);
    assert_int_equal(moves.count, 0);
    assert_counts_by(&d, "2026-11-19T17:00");
    ASSERT_KIND(store_rehearse(d.store, r, 2, &at, &moves), "unknown_dossier");
    assert_counts_by(&d, "2026-11-19T17:00");
    d.store->commit = no_commit;
    ASSERT_KIND(store_submit_moving(d.store, r, 1, NULL, &moves), "disk_full");
    assert_int_equal(moves.count, 0);
    d.store->commit = mdb_txn_commit;
    assert_counts_by(&d, "2026-11-19T17:00");
    struct view *v = look(d.store);
    ASSERT_KIND(store_rehearse(d.store, r, 1, NULL, &moves), "io_error"); /* not with a view open */
    view_end(v);
    ASSERT_DONE(store_submit_moving(d.store, r, 1, NULL, &moves));
    assert_int_equal(moves.count, 5);
    assert_counts_by(&d, "2026-11-20T17:00");
    store_desk_assert_whole(d.store);
    moves_release(&moves);
    store_desk_release(&d);
}

/* ---- taking back ---- */

/* While it waits, or after its end, nothing moves; taken back, it runs again, and what it missed follows. */
static void test_what_was_missed_follows_an_undo(void **state)
{
    struct store_desk d;
    struct moves moves = {0};
    char waiting[64], solved[64], untouched[64];
    (void)state;
    store_desk_init(&d);
    uint64_t w = store_desk_receive(&d, "1.001", "W", NULL, waiting);
    uint64_t s = store_desk_receive(&d, "1.001", "S", NULL, solved);
    uint64_t u = store_desk_receive(&d, "1.001", "U", NULL, untouched);
    ASSERT_DONE(store_desk_ask(&d, desk_supplement(waiting, false), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_resolve(solved, NULL), NULL));
    struct result holiday;
    ASSERT_DONE(submit(&d, desk_put_day("2026-11-19", DAY_OFF), &moves, &holiday));
    assert_int_equal(moves.count, 1);
    ASSERT_DONE(submit(&d, desk_undo(waiting), &moves, NULL));
    assert_int_equal(moves.count, 1);
    assert_move(&moves.move[0], waiting, MOVE_LATER, "2026-11-19T17:00", "2026-11-20T17:00");
    assert_due(&d, w, "2026-11-20T17:00", "2026-11-20T17:00");
    ASSERT_DONE(store_desk_ask(&d, desk_undo(solved), NULL));
    assert_due(&d, s, "2026-11-20T17:00", "2026-11-20T17:00");
    struct found_moves in = moves_in(&d, s);
    assert_int_equal(in.count, 1);
    assert_int_equal(in.event[0].moved.cause, holiday.seq);
    /* Nothing was missed: nothing follows. */
    ASSERT_DONE(store_desk_ask(&d, desk_transfer(untouched, "nam"), NULL));
    ASSERT_DONE(submit(&d, desk_undo(untouched), &moves, NULL));
    assert_int_equal(moves.count, 0);
    assert_int_equal(moves_in(&d, u).count, 1);
    store_assert_no_stale_due(d.store);
    store_desk_assert_whole(d.store);
    moves_release(&moves);
    store_desk_release(&d);
}

/* What moved the appointment of a restart goes with the restart; the appointment before it is counted in the
 * days of now when it comes back. */
static void test_a_restart_takes_its_moves_along(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    uint64_t id = store_desk_receive(&d, "1.001", "A", NULL, code); /* due 19/11 */
    ASSERT_DONE(store_desk_ask(&d, desk_supplement(code, false), NULL));
    store_desk_now(&d, "2026-11-17T08:00");
    ASSERT_DONE(store_desk_ask(&d, desk_restart(code), NULL)); /* due 20/11 */
    ASSERT_DONE(store_desk_ask(&d, desk_put_day("2026-11-18", DAY_OFF), NULL));
    assert_due(&d, id, "2026-11-23T17:00", "2026-11-23T17:00");
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL)); /* the restart */
    assert_due(&d, id, NULL, NULL);
    struct found_moves in = moves_in(&d, id);
    assert_int_equal(in.count, 1);
    assert_true(in.event[0].undone_by > 0);
    ASSERT_DONE(store_desk_ask(&d, desk_undo(code), NULL));     /* the request */
    assert_due(&d, id, "2026-11-20T17:00", "2026-11-20T17:00"); /* 17, 19, 20 */
    store_assert_no_stale_due(d.store);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- any life ---- */

static void test_no_due_time_is_ever_stale(void **state)
{
    (void)state;
    size_t running = 0;
    for (uint64_t seed = 100; seed < 106; seed++) {
        struct store_desk d;
        store_desk_init(&d);
        struct store_life life = {.random = seed};
        for (int part = 0; part < 20; part++) {
            store_life_run(&life, &d, 40, NULL);
            running += store_assert_no_stale_due(d.store);
        }
        store_desk_release(&d);
    }
    assert_true(running > 1000);
}

/* ---- very many ---- */

enum { BATCH = 1000 };

static void test_a_very_full_desk(void **state)
{
    size_t many = getenv("MOTCUA_QUICK") ? 3000 : 20000;
    struct store_desk d;
    struct moves moves = {0};
    struct request *r = calloc(BATCH, sizeof *r);
    (void)state;
    store_desk_init(&d);
    assert_non_null(r);
    for (size_t from = 0; from < many; from += BATCH) {
        for (size_t i = 0; i < BATCH; i++)
            r[i] = request_of(&d, desk_receive("1.001", "Nguyễn Thị Hương", NULL, NULL));
        ASSERT_DONE(store_submit(d.store, r, BATCH, NULL));
    }
    struct request holiday = request_of(&d, desk_put_day("2026-11-18", DAY_OFF));
    ASSERT_DONE(store_submit_moving(d.store, &holiday, 1, NULL, &moves));
    assert_int_equal(moves.count, many);
    for (size_t i = 0; i < moves.count; i++)
        assert_true(moves.move[i].dossier == i + 1 && moves.move[i].new_due == desk_time("2026-11-20T17:00"));
    assert_int_equal(store_assert_no_stale_due(d.store), many);
    store_desk_assert_whole(d.store);
    moves_release(&moves);
    free(r);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_holiday_moves_what_runs),
        cmocka_unit_test(test_submit_moves_too),
        cmocka_unit_test(test_never_earlier),
        cmocka_unit_test(test_a_letters_date_rolls),
        cmocka_unit_test(test_what_is_taken_away_again_moves_nothing),
        cmocka_unit_test(test_dossiers_between_changes),
        cmocka_unit_test(test_a_rehearsal_leaves_nothing),
        cmocka_unit_test(test_the_office_is_itself_again),
        cmocka_unit_test(test_what_was_missed_follows_an_undo),
        cmocka_unit_test(test_a_restart_takes_its_moves_along),
        cmocka_unit_test(test_no_due_time_is_ever_stale),
        cmocka_unit_test(test_a_very_full_desk),
    };
    return cmocka_run_group_tests_name("store_moving", tests, NULL, NULL);
}
