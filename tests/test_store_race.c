/* One process changes the office's days while others receive, wait, take back: no dossier ends with a due
 * time that nobody would count today. Neither when one of them is killed in between. */
#include "tests/store_child.h"
#include "tests/store_due.h"
#include "tests/store_life.h"

#include "store/env.h"
#include "tests/random.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_DONE(outcome) assert_string_equal(outcome_kind_name((outcome).kind), "done")

static bool quick(void)
{
    return getenv("MOTCUA_QUICK") != NULL;
}

/* ---- at the same time ---- */

static struct {
    int end[2];
} gate;

static void wait_at_gate(void)
{
    char c;
    close(gate.end[1]);
    if (read(gate.end[0], &c, 1) < 0)
        _exit(CHILD_BAD);
}

static void breathe(void)
{
    nanosleep(&(struct timespec){.tv_nsec = 200 * 1000}, NULL);
}

/* A working day of the next weeks becomes a day off, or one again. */
static struct command some_change(struct random *r)
{
    struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME};
    civil_day day = civil_from_ymd(2026, 11, 16) + (civil_day)random_in(r, 1, 18);
    c.day = (struct office_day){.day = day, .kind = DAY_OFF, .name = STR("Nghỉ")};
    if (random_in(r, 0, 2) == 0) {
        c.kind = COMMAND_DAY_REMOVE;
        c.day_removed = day;
    }
    return c;
}

static int change_days(struct store_desk *d, int number)
{
    struct random r = {(uint64_t)number};
    int done = 0;
    wait_at_gate();
    for (int i = 0; i < 60; i++) {
        struct outcome o = store_desk_ask(d, some_change(&r), NULL);
        if (!outcome_ok(&o) && o.kind != KIND_unknown_day)
            return CHILD_BAD;
        done += outcome_ok(&o);
        breathe();
    }
    return done > 20 ? CHILD_WELL : CHILD_BAD;
}

static int receive_many(struct store_desk *d, int number)
{
    (void)number;
    wait_at_gate();
    for (int i = 0; i < 150; i++) {
        struct outcome o = store_desk_ask(d, desk_receive(i % 2 ? "1.001" : "1.006", "A", NULL, NULL), NULL);
        if (!outcome_ok(&o))
            return CHILD_BAD;
        breathe();
    }
    return CHILD_WELL;
}

/* Whatever may happen to dossiers, but for the days. */
static int live(struct store_desk *d, int number)
{
    struct store_life life = {.random = (uint64_t)number, .still = true, .pause = 1};
    wait_at_gate();
    store_life_run(&life, d, 200, NULL);
    return CHILD_WELL;
}

static void test_days_change_while_others_work(void **state)
{
    (void)state;
    for (int round = 1; round <= (quick() ? 2 : 6); round++) {
        struct store_desk d;
        store_desk_init(&d);
        store_desk_shut(&d);
        assert_int_equal(pipe(gate.end), 0);
        pid_t child[] = {child_start(&d, round, change_days), child_start(&d, round, receive_many),
                         child_start(&d, round, live)};
        close(gate.end[0]);
        close(gate.end[1]);
        for (size_t i = 0; i < 3; i++)
            assert_int_equal(child_wait(child[i]), CHILD_WELL);
        store_desk_reopen(&d);
        assert_true(store_assert_no_stale_due(d.store) > 100);
        store_desk_assert_whole(d.store);
        store_desk_release(&d);
    }
}

/* ---- killed ---- */

static int die_first(MDB_txn *txn)
{
    (void)txn;
    kill(getpid(), SIGKILL);
    return 0;
}

static int die_after(MDB_txn *txn)
{
    mdb_txn_commit(txn);
    kill(getpid(), SIGKILL);
    return 0;
}

static int change_and_die(struct store_desk *d, int after)
{
    d->store->commit = after ? die_after : die_first;
    store_desk_ask(d, desk_put_day("2026-11-18", DAY_OFF), NULL);
    return CHILD_BAD;
}

static bool collect_due(void *arg, const struct row *row)
{
    *(civil_minute *)arg = row->facts.due;
    return true;
}

/* The change and what moves with it are there together, or neither is. */
static void test_a_change_is_whole_or_not_at_all(void **state)
{
    (void)state;
    for (int after = 0; after <= 1; after++) {
        struct store_desk d;
        struct view *v;
        char code[64];
        civil_minute due = 0;
        store_desk_init(&d);
        store_desk_receive(&d, "1.001", "A", NULL, code);
        store_desk_shut(&d);
        assert_int_equal(child_wait(child_start(&d, after, change_and_die)), 1000 + SIGKILL);
        store_desk_reopen(&d);
        ASSERT_DONE(view_begin(d.store, &v));
        view_live(v, LIVE_RUNNING, collect_due, &due);
        assert_int_equal(office_find_day(view_office(v), civil_from_ymd(2026, 11, 18)) != NULL, after);
        assert_int_equal(due, desk_time(after ? "2026-11-20T17:00" : "2026-11-19T17:00"));
        view_end(v);
        store_desk_assert_whole(d.store);
        store_desk_release(&d);
    }
}

static atomic_int *lived; /* requests of the one to be killed: in memory that outlives it */

static int live_until_killed(struct store_desk *d, int number)
{
    struct store_life life = {.random = (uint64_t)number};
    while (getppid() > 0) {
        store_life_run(&life, d, 1, NULL);
        atomic_fetch_add(lived, 1);
    }
    return CHILD_BAD;
}

/* After some of its requests, however slow the machine is, and at any moment of the next ones. */
static void wait_for_the_moment(struct random *r)
{
    enum { MOST_LIVED = 40, PATIENCE_MS = 60000 };
    int enough = (int)random_in(r, 0, MOST_LIVED);
    for (int ms = 0; atomic_load(lived) < enough && ms < PATIENCE_MS; ms++)
        nanosleep(&(struct timespec){.tv_nsec = 1000 * 1000}, NULL);
    nanosleep(&(struct timespec){.tv_nsec = random_in(r, 0, 12 * 1000 * 1000)}, NULL);
}

static void test_killed_at_any_moment(void **state)
{
    struct store_desk d;
    struct random r = {2026};
    struct store_stat stat = {0};
    (void)state;
    lived = mmap(NULL, sizeof *lived, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(lived != MAP_FAILED);
    store_desk_init(&d);
    for (int i = 0; i < (quick() ? 8 : 40); i++) {
        store_desk_shut(&d);
        atomic_store(lived, 0);
        pid_t child = child_start(&d, i + 1, live_until_killed);
        wait_for_the_moment(&r);
        assert_int_equal(kill(child, SIGKILL), 0);
        assert_int_equal(child_wait(child), 1000 + SIGKILL);
        store_desk_reopen(&d);
        store_assert_no_stale_due(d.store);
        store_desk_assert_whole(d.store);
        struct view *v;
        ASSERT_DONE(view_begin(d.store, &v));
        view_stat(v, &stat);
        view_end(v);
        d.now += 10 * 86400; /* the next one's clock is not behind */
    }
    assert_true(stat.dossiers > 20); /* else they were killed before they began */
    store_desk_release(&d);
    munmap(lived, sizeof *lived);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days_change_while_others_work),
        cmocka_unit_test(test_a_change_is_whole_or_not_at_all),
        cmocka_unit_test(test_killed_at_any_moment),
    };
    return cmocka_run_group_tests_name("store_race", tests, NULL, NULL);
}
