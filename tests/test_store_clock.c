/* A clock that jumps: ahead, and back again. What was written meanwhile stays, the desk goes on once an admin
 * has accepted the clock, and the past is what it was. */
#include "tests/store_desk.h"
#include "tests/store_dump.h"
#include "tests/store_life.h"

#include "core/clock.h"
#include "store/batch.h"
#include "store/env.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

enum { MINUTE = 60, DAY = 86400, YEAR = 365 * DAY };

static int setup(void **state)
{
    struct store_desk *d = malloc(sizeof *d);
    store_desk_init(d);
    *state = d;
    return 0;
}

static int teardown(void **state)
{
    store_desk_release(*state);
    free(*state);
    return 0;
}

static struct view *look(struct store_desk *d)
{
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    return v;
}

static struct view *look_back(struct store_desk *d, int64_t utc_second)
{
    struct view *v;
    ASSERT_DONE(view_begin_as_of(d->store, utc_second, &v));
    return v;
}

static struct command accept_clock(const char *reason)
{
    return (struct command){.kind = COMMAND_CLOCK_ACCEPT, .at = NO_TIME, .clock = {.reason = str_of(reason)}};
}

static struct outcome ask_accept(struct store_desk *d)
{
    d->login = "admin";
    return store_desk_ask(d, accept_clock("Pin đồng hồ hỏng"), NULL);
}

static uint64_t head_of(struct view *v)
{
    return view_head(v).seq;
}

/* ---- what every journal must be, looked at slowly ---- */

struct entry_time {
    int64_t stamp, written;
    bool accepts;
};
struct times {
    struct entry_time *entry; /* from seq 1 */
    size_t count, cap;
    uint64_t last_clock;
};

static bool add_time(void *arg, const struct journal_entry *e)
{
    struct times *t = arg;
    assert_non_null(e->event);
    assert_int_equal(e->seq, t->count + 1);
    if (t->count == t->cap) {
        t->cap = t->cap ? t->cap * 2 : 256;
        t->entry = realloc(t->entry, t->cap * sizeof *t->entry);
        assert_non_null(t->entry);
    }
    bool accepts = e->event->kind == EVENT_CLOCK_ACCEPTED;
    int64_t stamp = e->event->recorded_at, before = t->count ? t->entry[t->count - 1].stamp : NO_TIME;
    assert_true(accepts ? stamp < before - 300 : stamp >= before);
    if (accepts) {
        assert_int_equal(e->event->clock.behind, before);
        assert_int_equal(e->event->clock.before, t->last_clock);
        t->last_clock = e->seq;
    }
    t->entry[t->count++] = (struct entry_time){stamp, stamp, accepts};
    for (size_t i = 0; accepts && i < t->count; i++)
        if (t->entry[i].written > stamp)
            t->entry[i].written = stamp;
    return true;
}

static struct times read_times(struct store_desk *d)
{
    struct times t = {0};
    struct view *v = look(d);
    view_journal(v, add_time, &t);
    ASSERT_DONE(view_fault(v));
    assert_int_equal(t.count, head_of(v));
    view_end(v);
    for (size_t i = 1; i < t.count; i++)
        assert_true(t.entry[i - 1].written <= t.entry[i].written);
    return t;
}

static uint64_t slow_journal_at(const struct times *t, int64_t utc_second)
{
    uint64_t last = 0;
    for (size_t i = 0; i < t->count; i++)
        if (t->entry[i].written <= utc_second)
            last = i + 1;
    return last;
}

static void assert_journal_at(struct store_desk *d, const struct times *t, int64_t utc_second)
{
    struct view *v = look_back(d, utc_second);
    assert_int_equal(head_of(v), slow_journal_at(t, utc_second));
    view_end(v);
}

struct comparing {
    struct view *view;
    const struct times *times;
};

static bool compare_written(void *arg, const struct journal_entry *e)
{
    const struct comparing *c = arg;
    assert_int_equal(view_written(c->view, e->event), c->times->entry[e->seq - 1].written);
    return true;
}

/* Every second at which something could change is asked about, and its neighbours. */
static void assert_times(struct store_desk *d)
{
    struct times t = read_times(d);
    for (size_t i = 0; i < t.count; i++)
        for (int64_t by = -1; by <= 1; by++) {
            assert_journal_at(d, &t, t.entry[i].stamp + by);
            assert_journal_at(d, &t, t.entry[i].written + by);
        }
    assert_journal_at(d, &t, INT64_MAX);
    assert_journal_at(d, &t, INT64_MIN);
    struct view *v = look(d);
    view_journal(v, compare_written, &(struct comparing){v, &t});
    ASSERT_DONE(view_fault(v));
    view_end(v);
    free(t.entry);
}

/* ---- the rule ---- */

static int64_t last_stamp(struct store_desk *d)
{
    struct times t = read_times(d);
    int64_t stamp = t.entry[t.count - 1].stamp;
    free(t.entry);
    return stamp;
}

static void test_a_desk_locked_by_the_future_goes_on(void **state)
{
    struct store_desk *d = *state;
    char code[64], future[64];
    store_desk_receive(d, "1.001", "A", NULL, code);
    store_desk_now(d, "2038-01-15T09:00");
    store_desk_receive(d, "1.001", "B", NULL, future);
    assert_string_equal(future, "H42.26.21-380115-0001");
    store_desk_now(d, "2026-11-16T09:00");
    struct outcome o = store_desk_ask(d, desk_transfer(code, "nam"), NULL);
    ASSERT_KIND(o, "clock_behind");
    assert_int_equal(o.arg[0].number, desk_time("2026-11-16T09:00"));
    assert_int_equal(o.arg[1].number, desk_time("2038-01-15T09:00"));
    d->login = "chief";
    ASSERT_KIND(store_desk_ask(d, accept_clock("Pin hỏng"), NULL), "not_allowed");
    d->login = "admin";
    ASSERT_KIND(store_desk_ask(d, accept_clock(" "), NULL), "empty_text");
    struct result result;
    ASSERT_DONE(store_desk_ask(d, accept_clock("Pin hỏng"), &result));
    assert_int_equal(result.dossier, 0);
    assert_int_equal(result.seq, 15); /* 12 of the office, two receipts */
    ASSERT_KIND(store_desk_ask(d, accept_clock("Pin hỏng"), NULL), "clock_not_behind");
    ASSERT_DONE(store_desk_ask(d, desk_transfer(code, "nam"), NULL));
    assert_int_equal(last_stamp(d), d->now);
    /* from then on it is as strict as ever */
    d->now -= 301;
    ASSERT_KIND(store_desk_ask(d, desk_transfer(code, "huong"), NULL), "clock_behind");
    d->now += 1;
    ASSERT_DONE(store_desk_ask(d, desk_transfer(code, "huong"), NULL)); /* lifted */
    assert_int_equal(last_stamp(d), d->now + 300);
    assert_times(d);
    store_desk_assert_whole(d->store);
}

static void test_nothing_to_accept(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code);
    int64_t head = d->now;
    static const int64_t clocks[] = {0, 1, DAY, -1, -300};
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        d->now = head + clocks[i];
        ASSERT_KIND(ask_accept(d), "clock_not_behind");
    }
    struct view *v = look(d);
    assert_int_equal(head_of(v), 13); /* and nothing was written */
    view_end(v);
    d->now = head - 301;
    ASSERT_DONE(ask_accept(d));
    store_desk_assert_whole(d->store);
}

/* The codes of a day go on where they were, of the wrong day too. */
static void test_codes_are_given_once(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code);
    store_desk_now(d, "2026-12-24T09:00");
    store_desk_receive(d, "1.001", "B", NULL, code);
    assert_string_equal(code, "H42.26.21-261224-0001");
    store_desk_now(d, "2026-11-16T09:00");
    ASSERT_DONE(ask_accept(d));
    store_desk_receive(d, "1.001", "C", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0002");
    store_desk_now(d, "2026-12-24T09:00"); /* when the day really comes */
    store_desk_receive(d, "1.001", "D", NULL, code);
    assert_string_equal(code, "H42.26.21-261224-0002");
    store_desk_assert_whole(d->store);
}

static bool count_clock(void *arg, const struct event *e)
{
    uint64_t *seen = arg;
    seen[0]++;
    seen[1] = seen[1] * 100 + e->seq;
    return true;
}

/* Several on one day, one before what an earlier one accepted. */
static void test_several_jumps(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code); /* 13 at 2026-11-16 08:00 */
    static const char *const ahead[] = {"2099-12-31T23:59", "2026-11-18T08:00", "2038-01-19T10:14"};
    static const char *const right[] = {"2026-11-16T08:30", "2026-11-16T08:20", "2026-11-16T08:20"};
    for (int i = 0; i < 3; i++) {
        store_desk_now(d, ahead[i]);
        ASSERT_DONE(store_desk_ask(d, desk_transfer(code, i % 2 ? "huong" : "nam"), NULL)); /* 14, 16, 18 */
        store_desk_now(d, right[i]);
        ASSERT_DONE(ask_accept(d)); /* 15, 17, 19 */
        assert_times(d);
    }
    uint64_t seen[2] = {0};
    struct view *v = look(d);
    view_clocks(v, count_clock, seen);
    assert_int_equal(seen[0], 3);
    assert_int_equal(seen[1], 191715); /* newest first */
    view_end(v);
    /* as of 08:19 none was known; as of 08:20 all, the one of 08:30 too: it counts as written by then */
    store_desk_now(d, "2026-11-16T08:19");
    v = look_back(d, d->now);
    assert_int_equal(head_of(v), 13);
    memset(seen, 0, sizeof seen);
    view_clocks(v, count_clock, seen);
    assert_int_equal(seen[0], 0);
    view_end(v);
    v = look_back(d, d->now + MINUTE);
    assert_int_equal(head_of(v), 19);
    view_end(v);
    store_desk_assert_whole(d->store);
}

/* Days moved by the office before the clock is accepted move their dossiers before it, too. */
static void test_moves_come_before_the_step_back(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code); /* due Thu 19 */
    struct moment ahead = {.now = d->now + DAY, .login = STR("admin")};
    struct moment right = {.now = d->now + MINUTE, .login = STR("admin")};
    struct request r[] = {
        {.moment = ahead, .command = desk_put_day("2026-11-18", DAY_OFF)},
        {.moment = right, .command = accept_clock("Pin hỏng")},
    };
    struct moves moves = {0};
    size_t at;
    ASSERT_DONE(store_submit_moving(d->store, r, 2, &at, &moves));
    assert_int_equal(moves.count, 1);
    moves_release(&moves);
    struct times t = read_times(d);
    assert_int_equal(t.count, 16);
    assert_int_equal(t.entry[14].stamp, ahead.now); /* the move */
    assert_true(t.entry[15].accepts);
    free(t.entry);
    /* refused, nothing of the batch is there */
    d->now += MINUTE;
    r[0].moment.now = r[1].moment.now = d->now;
    r[0].command = desk_transfer(code, "nam");
    ASSERT_KIND(store_submit(d->store, r, 2, &at), "clock_not_behind");
    assert_int_equal(at, 1);
    struct view *v = look(d);
    assert_int_equal(head_of(v), 16);
    view_end(v);
    store_desk_assert_whole(d->store);
}

static civil_minute newest_receipt(struct store_desk *d)
{
    struct txn t;
    struct state s;
    assert_true(txn_begin(d->store, false, &t) && state_load(&t, &s));
    txn_end(&t);
    return s.newest;
}

/* A dossier of the future, put right: whatever is asked of it afterwards is as if it had come that day. */
static void test_a_dossier_of_the_future_is_put_right(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "Nguyễn Văn B", "2026-11-13T10:00", code);
    store_desk_now(d, "2038-01-15T09:00");
    store_desk_receive(d, "1.001", "Nguyễn Văn A", NULL, code);
    store_desk_now(d, "2026-11-16T09:00");
    ASSERT_DONE(ask_accept(d));
    assert_int_equal(newest_receipt(d), desk_time("2038-01-15T09:00"));
    ASSERT_KIND(store_desk_ask(d, desk_resolve(code, NULL), NULL), "received_ahead");
    struct change change = {CORRECT_RECEIVED_AT, STR("2026-11-16T08:30")};
    d->login = "huong";
    ASSERT_KIND(store_desk_ask(d, desk_correct(code, &change), NULL), "not_allowed");
    d->login = "chief";
    ASSERT_DONE(store_desk_ask(d, desk_correct(code, &change), NULL));
    assert_int_equal(newest_receipt(d), desk_time("2026-11-16T08:30")); /* what searches go by */
    d->login = "huong";
    ASSERT_DONE(store_desk_ask(d, desk_resolve(code, NULL), NULL));
    struct view *v = look(d);
    struct tally then, now;
    struct store_stat stat;
    view_tally(v, 2038, 1, 2038, 12, &then);
    view_tally(v, 2026, 11, 2026, 11, &now);
    assert_int_equal(then.received, 0);
    assert_int_equal(now.received, 2);
    assert_int_equal(now.solved, 1);
    assert_int_equal(now.late_statutory, 0);
    view_stat(v, &stat);
    assert_int_equal(stat.backdated, 1); /* the first receipt, of Friday */
    assert_int_equal(stat.recorded_late, 0);
    view_end(v);
    store_desk_assert_whole(d->store);
}

/* ---- damage ---- */

static struct outcome write_as(struct txn *t, void *arg)
{
    struct event e = *(const struct event *)arg;
    struct batch b;
    struct store *s = t->store;
    if (batch_init(&b, t, s->office))
        batch_append(&b, &e, e.recorded_at);
    batch_flush(&b);
    batch_release(&b);
    return OUTCOME_DONE;
}

/* What no program of ours writes is not taken in: a step that does not say where it steps back from. */
static void test_a_false_step_is_damage(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code);
    int64_t last = d->now;
    struct event good = {.kind = EVENT_CLOCK_ACCEPTED,
                         .recorded_at = last - DAY,
                         .at = desk_time("2026-11-15T08:00"),
                         .by = STR("admin"),
                         .clock = {.reason = STR("Pin hỏng"), .behind = last}};
    struct event bad[4] = {good, good, good, good};
    bad[0].clock.behind = last + 1;
    bad[1].clock.before = 3;
    bad[2].recorded_at = last;
    bad[3].recorded_at = last + 1;
    for (size_t i = 0; i < 4; i++)
        ASSERT_KIND(txn_update(d->store, write_as, &bad[i]), "damaged");
    store_desk_reopen(d);
    struct view *v = look(d);
    assert_int_equal(head_of(v), 13);
    view_end(v);
    ASSERT_DONE(txn_update(d->store, write_as, &good));
    store_desk_reopen(d);
    store_desk_assert_whole(d->store);
    assert_times(d);
}

/* ---- any life, with a clock that jumps ---- */

/* What a view answered after each request that wrote something, and when that counts as written. */
struct snapshot {
    int64_t stamp, written;
    struct buf dump;
};

struct jumping {
    struct store_desk *d;
    struct store_life life;
    struct random random;
    struct snapshot *snapshot;
    size_t count, cap, accepted, refused;
    int64_t head; /* when the last entry was recorded */
};

static void keep_snapshot(struct jumping *j, int64_t stamp, bool accepts)
{
    if (j->count == j->cap) {
        j->cap = j->cap ? j->cap * 2 : 64;
        j->snapshot = realloc(j->snapshot, j->cap * sizeof *j->snapshot);
        assert_non_null(j->snapshot);
    }
    struct snapshot *s = &j->snapshot[j->count++];
    *s = (struct snapshot){stamp, stamp, BUF_INIT};
    for (size_t i = 0; accepts && i < j->count; i++)
        if (j->snapshot[i].written > stamp)
            j->snapshot[i].written = stamp;
    struct view *v = look(j->d);
    store_dump(&s->dump, v);
    view_end(v);
    j->head = stamp;
}

/* One request of a random life; where the clock is too far behind, everything is refused but accepting it. */
static void live_once(struct jumping *j)
{
    struct store_stat before, after;
    struct view *v = look(j->d);
    view_stat(v, &before);
    view_end(v);
    j->life.dossiers = before.dossiers;
    struct command c = store_life_next(&j->life, j->d);
    bool behind = j->d->now < j->head - 300;
    struct outcome o = store_desk_ask(j->d, c, NULL);
    if (behind) {
        ASSERT_KIND(o, "clock_behind");
        j->refused++;
        if (random_in(&j->random, 0, 2))
            return;
        ASSERT_DONE(ask_accept(j->d));
        j->accepted++;
        keep_snapshot(j, j->d->now, true);
        return;
    }
    assert_int_not_equal(outcome_class(o.kind), FAILED);
    ASSERT_KIND(ask_accept(j->d), "clock_not_behind");
    v = look(j->d);
    view_stat(v, &after);
    view_end(v);
    if (after.events > before.events)
        keep_snapshot(j, j->d->now > j->head ? j->d->now : j->head, false);
}

static void jump(struct jumping *j)
{
    static const int64_t steps[] = {MINUTE, DAY, 40 * DAY, YEAR, 12 * YEAR};
    int64_t step = steps[random_in(&j->random, 0, 4)];
    bool ahead = random_in(&j->random, 0, 1);
    int64_t furthest = civil_to_utc(desk_time("2090-01-01T00:00"), 7 * 60);
    int64_t earliest = civil_to_utc(desk_time("2026-01-03T00:00"), 7 * 60);
    int64_t now = j->d->now + (ahead ? step : -step);
    j->d->now = now < earliest || now > furthest ? civil_to_utc(desk_time("2026-11-16T08:00"), 7 * 60) : now;
}

static const struct snapshot *slow_as_of(const struct jumping *j, int64_t utc_second)
{
    const struct snapshot *last = NULL;
    for (size_t i = 0; i < j->count; i++)
        if (j->snapshot[i].written <= utc_second)
            last = &j->snapshot[i];
    return last;
}

static void assert_past(struct jumping *j, int64_t utc_second)
{
    const struct snapshot *then = slow_as_of(j, utc_second);
    struct buf now = BUF_INIT;
    if (!then)
        return; /* before the first that was kept */
    struct view *v = look_back(j->d, utc_second);
    store_dump(&now, v);
    view_end(v);
    assert_int_equal(now.n, then->dump.n);
    assert_memory_equal(now.p, then->dump.p, now.n);
    buf_release(&now);
}

static void test_the_past_of_any_life(void **state)
{
    size_t accepted = 0, refused = 0, hidden = 0;
    (void)state;
    const size_t lives = getenv("MOTCUA_QUICK") ? 2 : 6;
    for (uint64_t seed = 1; seed <= lives; seed++) {
        struct store_desk d;
        store_desk_init(&d);
        struct jumping j = {.d = &d, .life = {.random = seed}, .random = {seed * 977}};
        j.head = civil_to_utc(desk_time("2026-01-02T08:00"), 7 * 60);
        for (int i = 0; i < 260; i++) {
            if (random_in(&j.random, 0, 11) == 0)
                jump(&j);
            live_once(&j);
        }
        for (size_t i = 0; i < j.count; i++) {
            hidden += slow_as_of(&j, j.snapshot[i].stamp) != &j.snapshot[i];
            assert_past(&j, j.snapshot[i].written);
            assert_past(&j, j.snapshot[i].written - 1);
            assert_past(&j, j.snapshot[i].stamp);
        }
        assert_times(&d);
        store_desk_assert_whole(d.store);
        accepted += j.accepted;
        refused += j.refused;
        for (size_t i = 0; i < j.count; i++)
            buf_release(&j.snapshot[i].dump);
        free(j.snapshot);
        store_desk_release(&d);
    }
    assert_true(accepted >= 3 * lives && refused >= 10 * lives && hidden >= 20 * lives);
}

/* ---- three processes, each with a clock of its own ---- */

enum { PROCESSES = 3, ASKED = 150, BAD = 99 };

static int live_apart(struct store_desk *d, int number)
{
    struct store_life life = {.random = (uint64_t)number + 40};
    struct random r = {(uint64_t)number};
    int accepted = 0;
    for (int i = 0; i < ASKED; i++) {
        if (random_in(&r, 0, 9) == 0)
            d->now += (random_in(&r, 0, 1) ? 1 : -1) * random_in(&r, 1, 50 * DAY);
        struct view *v;
        struct store_stat stat;
        struct outcome o = view_begin(d->store, &v);
        if (!outcome_ok(&o))
            return BAD;
        view_stat(v, &stat);
        view_end(v);
        life.dossiers = stat.dossiers;
        o = store_desk_ask(d, store_life_next(&life, d), NULL);
        if (outcome_class(o.kind) == FAILED)
            return BAD;
        if (o.kind != KIND_clock_behind)
            continue;
        o = ask_accept(d); /* another one may have been quicker */
        if (!outcome_ok(&o) && o.kind != KIND_clock_not_behind)
            return BAD;
        accepted += outcome_ok(&o);
    }
    return accepted;
}

static void test_three_clocks(void **state)
{
    struct store_desk d;
    pid_t child[PROCESSES];
    int accepted = 0, seen = 0;
    (void)state;
    store_desk_init(&d);
    store_close(d.store);
    d.store = NULL;
    for (int i = 0; i < PROCESSES; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) {
            struct outcome o = store_open(d.dir, &d.store);
            int answer = outcome_ok(&o) ? live_apart(&d, i) : BAD;
            store_close(d.store);
            _exit(answer);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_true(WIFEXITED(status));
        assert_int_not_equal(WEXITSTATUS(status), BAD);
        accepted += WEXITSTATUS(status);
    }
    store_desk_reopen(&d);
    struct times t = read_times(&d);
    for (size_t i = 0; i < t.count; i++)
        seen += t.entry[i].accepts;
    free(t.entry);
    assert_int_equal(seen, accepted);
    assert_true(seen >= PROCESSES);
    assert_times(&d);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_a_desk_locked_by_the_future_goes_on),
        T(test_nothing_to_accept),
        T(test_codes_are_given_once),
        T(test_several_jumps),
        T(test_moves_come_before_the_step_back),
        T(test_a_dossier_of_the_future_is_put_right),
        T(test_a_false_step_is_damage),
        cmocka_unit_test(test_the_past_of_any_life),
        cmocka_unit_test(test_three_clocks),
    };
    return cmocka_run_group_tests_name("a clock that jumps", tests, NULL, NULL);
}
