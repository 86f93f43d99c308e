/* Writers that are killed: four processes write all they can, SIGKILL strikes one or all of them at a random
 * moment, and afterwards the store opens, is what its journal makes of it, and holds every entry that
 * somebody was told is saved. Two hundred times; a thousand with MOTCUA_LONG=1, fewer with MOTCUA_QUICK=1. */
#include "tests/store_desk.h"

#include "store/bytes.h"
#include "store/txn.h"
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

enum {
    WRITERS = 4,
    MOST_ACKS = 4096,
    ROUNDS_OF_A_STORE = 25,
    LONGEST_MS = 25,
    MOST_TOLD = 60,
    PATIENCE_MS = 20000,
    REST_US = 300
};
enum { WELL = 0, NOT_OPEN = 1, NOT_DONE = 2, UNREAD = 3 };

static size_t rounds(void)
{
    return getenv("MOTCUA_QUICK") ? 25 : getenv("MOTCUA_LONG") ? 1000 : 200;
}

/* What each writer was told is saved, in memory that outlives it. */
struct told {
    atomic_size_t count;
    struct head head[MOST_ACKS];
};
static struct shared {
    atomic_bool stop;
    struct told told[WRITERS];
} * shared;

static void rest(long microseconds)
{
    nanosleep(&(struct timespec){.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000},
              NULL);
}

/* ---- the journal, as it stands ---- */

static bool hash_of(struct store *s, uint64_t seq, unsigned char out[STORE_HASH])
{
    struct txn t;
    struct key key;
    struct str value;
    if (!txn_begin(s, false, &t))
        return false;
    bool found = txn_get(&t, TABLE_JOURNAL, key_u64(&key, seq), &value) && value.n > STORE_HASH;
    if (found)
        memcpy(out, value.p, STORE_HASH);
    txn_end(&t);
    return found;
}

/* ---- the writers ---- */

struct writer {
    struct store_desk *desk;
    struct told *told;
    int number;
    uint64_t turn;
};

/* Asks, and notes what was said to be saved. */
static int ask(struct writer *w, struct command c, struct result *result)
{
    struct result own;
    struct head head;
    struct outcome o = store_desk_ask(w->desk, c, result ? result : (result = &own));
    if (!outcome_ok(&o))
        return NOT_DONE;
    if (result->seq == 0) /* it stood there already */
        return WELL;
    head.seq = result->seq;
    if (!hash_of(w->desk->store, head.seq, head.hash))
        return UNREAD;
    size_t n = atomic_load(&w->told->count);
    if (n < MOST_ACKS) {
        w->told->head[n] = head;
        atomic_store(&w->told->count, n + 1);
    }
    return WELL;
}

static int receive(struct writer *w)
{
    return ask(w, desk_receive("1.001", "Nguyễn Thị Hương", NULL, NULL), NULL);
}

static int receive_and_apologize(struct writer *w)
{
    struct result result;
    struct dossier d;
    struct view *v;
    char code[64];
    int status = ask(w, desk_receive("1.006", "Trần Văn Ba", NULL, NULL), &result);
    if (status != WELL)
        return status;
    struct outcome o = view_begin(w->desk->store, &v);
    if (!outcome_ok(&o) || !view_dossier(v, result.dossier, &d))
        return UNREAD;
    snprintf(code, sizeof code, "%.*s", STR_ARG(d.code));
    view_end(v);
    return ask(w, desk_apologize(code, "2026-12-01T17:00"), NULL);
}

static int change_office(struct writer *w)
{
    char name[64];
    snprintf(name, sizeof name, "Thủ tục lần %llu", (unsigned long long)w->turn);
    return ask(w, desk_put_procedure("1.002", NULL, name, "Chứng thực", "same_day"), NULL);
}

/* Moves the due times of all that is open, there and back. */
static int change_days(struct writer *w)
{
    return ask(w, w->turn % 2 ? desk_put_day("2026-11-18", DAY_OFF) : desk_remove_day("2026-11-18"), NULL);
}

/* A day off that is not there cannot be removed: the first turn must find out. */
static void begin_days(struct writer *w)
{
    struct view *v;
    struct outcome o = view_begin(w->desk->store, &v);
    bool off = outcome_ok(&o) && office_find_day(view_office(v), civil_day_of(desk_time("2026-11-18")));
    w->turn = off ? 0 : 1;
    if (outcome_ok(&o))
        view_end(v);
}

static int write_on(struct store_desk *d, int number)
{
    static int (*const work[WRITERS])(struct writer *) = {receive, receive_and_apologize, change_office,
                                                          change_days};
    struct writer w = {.desk = d, .told = &shared->told[number], .number = number};
    int status = WELL;
    if (number == 3)
        begin_days(&w);
    for (; status == WELL && !atomic_load(&shared->stop); w.turn++) {
        status = work[number](&w);
        rest(REST_US); /* the write lock is unfair: who never rests keeps it */
    }
    return status;
}

static pid_t start(struct store_desk *d, int number)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    struct outcome o = store_open(d->dir, &d->store);
    int answer = outcome_ok(&o) ? write_on(d, number) : NOT_OPEN;
    store_close(d->store);
    _exit(answer);
}

/* ---- a round ---- */

static void wait_killed(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
        fail_msg("a writer ended with %x before it was killed", (unsigned)status);
}

/* Somebody else comes and saves one thing. One who is killed just when the system has woken him to take the
 * lock takes that waking with him: the others then wait for a lock that nobody holds, until the next one who
 * comes finds it free. */
static void come_and_go(struct store_desk *d)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct outcome o = store_open(d->dir, &d->store);
        if (outcome_ok(&o))
            o = store_desk_ask(d, desk_receive("1.001", "Lê Văn Tám", NULL, NULL), NULL);
        _exit(outcome_ok(&o) ? WELL : NOT_DONE);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, WELL);
}

/* Those who were not killed go on: each is told of something saved after the blow. */
static void wait_for_others(struct store_desk *d, const pid_t *child, int killed)
{
    size_t before[WRITERS];
    for (int i = 0; i < WRITERS; i++)
        before[i] = atomic_load(&shared->told[i].count);
    for (int i = 0; i < WRITERS; i++)
        for (int ms = 0; i != killed && atomic_load(&shared->told[i].count) == before[i]; ms++) {
            int status = 0;
            if (waitpid(child[i], &status, WNOHANG) != 0)
                fail_msg("writer %d ended with %x after writer %d was killed", i, (unsigned)status, killed);
            if (ms == PATIENCE_MS / 10)
                come_and_go(d);
            if (ms == PATIENCE_MS)
                fail_msg("writer %d does not go on after writer %d was killed", i, killed);
            rest(1000);
        }
    atomic_store(&shared->stop, true);
    for (int i = 0; i < WRITERS; i++) {
        int status;
        if (i == killed)
            continue;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, WELL);
    }
}

static size_t told_in_all(void)
{
    size_t sum = 0;
    for (int i = 0; i < WRITERS; i++)
        sum += atomic_load(&shared->told[i].count);
    return sum;
}

/* After a while, when they may still be opening it; or after some work, however slow the machine is. */
static void wait_for_the_moment(struct random *random)
{
    size_t enough = told_in_all() + (size_t)random_in(random, 1, MOST_TOLD);
    bool by_work = random_in(random, 0, 1);
    for (int ms = 0; by_work && told_in_all() < enough && ms < PATIENCE_MS; ms++)
        rest(1000);
    rest((long)random_in(random, 0, by_work ? 2000 : LONGEST_MS * 1000));
}

static void write_and_kill(struct store_desk *d, struct random *random)
{
    pid_t child[WRITERS];
    atomic_store(&shared->stop, false);
    for (int i = 0; i < WRITERS; i++)
        child[i] = start(d, i);
    wait_for_the_moment(random);
    int first = (int)random_in(random, 0, WRITERS - 1);
    if (random_in(random, 0, 2) == 0) {
        kill(child[first], SIGKILL);
        wait_killed(child[first]);
        wait_for_others(d, child, first);
        return;
    }
    for (int i = 0; i < WRITERS; i++)
        kill(child[(first + i) % WRITERS], SIGKILL);
    for (int i = 0; i < WRITERS; i++)
        wait_killed(child[i]);
}

/* All that any writer was ever told of this store. */
static size_t assert_told_is_there(struct store *s)
{
    size_t sum = 0;
    unsigned char hash[STORE_HASH];
    for (int i = 0; i < WRITERS; i++) {
        size_t n = atomic_load(&shared->told[i].count);
        assert_true(n < MOST_ACKS); /* else not all of them are known */
        for (size_t k = 0; k < n; k++) {
            const struct head *h = &shared->told[i].head[k];
            if (!hash_of(s, h->seq, hash) || memcmp(hash, h->hash, STORE_HASH) != 0)
                fail_msg("entry %llu, told to writer %d, is not there", (unsigned long long)h->seq, i);
        }
        sum += n;
    }
    return sum;
}

static void forget(void)
{
    for (int i = 0; i < WRITERS; i++)
        atomic_store(&shared->told[i].count, 0);
}

/* ---- the tests ---- */

static void setup_shared(void)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(shared != MAP_FAILED);
}

static void test_writers_are_killed(void **state)
{
    (void)state;
    struct random random = {20261116};
    size_t told = 0, most = rounds();
    setup_shared();
    for (size_t done = 0; done < most;) {
        struct store_desk d;
        store_desk_init(&d);
        forget();
        for (size_t i = 0; i < ROUNDS_OF_A_STORE && done < most; i++, done++) {
            store_close(d.store);
            d.store = NULL;
            write_and_kill(&d, &random);
            store_desk_reopen(&d);
            store_desk_assert_whole(d.store);
            assert_told_is_there(d.store);
        }
        told += assert_told_is_there(d.store);
        store_desk_release(&d);
    }
    print_message("%zu kills, %zu entries told\n", most, told);
    assert_true(told > most); /* else they were killed before they began */
    munmap(shared, sizeof *shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_writers_are_killed),
    };
    return cmocka_run_group_tests_name("store_kill", tests, NULL, NULL);
}
