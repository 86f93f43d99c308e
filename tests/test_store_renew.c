/* An older program's store, opened by several at once: each finds the old layout, one makes the tables of
 * ours, and none empties what another has replayed. */
#include "tests/copy_tools.h"
#include "tests/store_desk.h"
#include "tests/store_life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { OPENERS = 8, LIVED = 8000, ROUNDS = 24 };

/* Waits until the others are there, too: the gate is shut when it closes. */
static int open_and_receive(struct store_desk *d, const int gate[2])
{
    char c;
    close(gate[1]);
    if (read(gate[0], &c, 1) < 0)
        return 1;
    struct outcome o = store_open(d->dir, &d->store);
    if (outcome_ok(&o))
        o = store_desk_ask(d, desk_receive("1.001", "A", NULL, NULL), NULL);
    store_close(d->store);
    return outcome_ok(&o) ? 0 : 2;
}

static void open_all_at_once(struct store_desk *d)
{
    int gate[2];
    pid_t child[OPENERS];
    assert_int_equal(pipe(gate), 0);
    for (int i = 0; i < OPENERS; i++)
        if ((child[i] = fork()) == 0)
            _exit(open_and_receive(d, gate));
    close(gate[0]);
    close(gate[1]);
    for (int i = 0; i < OPENERS; i++) {
        int status;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
    }
}

static void test_several_bring_it_up_to_date(void **state)
{
    struct store_life life = {.random = 5};
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    store_life_run(&life, &d, LIVED, NULL);
    for (int round = 0; round < (is_quick() ? 3 : ROUNDS); round++) {
        struct view *v;
        ASSERT_DONE(view_begin(d.store, &v));
        struct head head = view_head(v);
        uint64_t dossiers = view_dossiers(v);
        view_end(v);
        shut(&d);
        raw_relayout(d.dir, false, STORE_LAYOUT - 1);
        open_all_at_once(&d);
        store_desk_reopen(&d);
        store_desk_assert_whole(d.store);
        ASSERT_DONE(view_begin(d.store, &v));
        ASSERT_DONE(view_compare_head(v, &head));
        assert_int_equal(view_dossiers(v), dossiers + OPENERS);
        view_end(v);
    }
    store_desk_release(&d);
}

struct told {
    int times;
    uint64_t all;
};

static bool stop_at_once(void *arg, uint64_t done, uint64_t all)
{
    struct told *told = arg;
    told->times++;
    told->all = all;
    assert_true(done < all);
    return false;
}

/* Who waits is told; stopped, it goes on the next time. */
static void test_it_is_watched_and_may_be_stopped(void **state)
{
    enum { MANY = 11000 }; /* requests, half of them carried out: more than one step */
    struct store_life life = {.random = 6};
    struct store_desk d;
    struct told told = {0};
    const struct watch watch = {stop_at_once, &told};
    (void)state;
    store_desk_init(&d);
    store_life_run(&life, &d, MANY, NULL);
    struct view *v;
    ASSERT_DONE(view_begin(d.store, &v));
    struct head head = view_head(v);
    view_end(v);
    shut(&d);
    assert_true(head.seq > 4000);
    raw_relayout(d.dir, false, STORE_LAYOUT - 1);
    struct outcome o = store_open_watched(d.dir, &watch, &d.store);
    assert_string_equal(outcome_kind_name(o.kind), "io_error");
    assert_null(d.store);
    assert_int_equal(told.times, 1);
    assert_int_equal(told.all, head.seq);
    store_desk_reopen(&d);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_several_bring_it_up_to_date),
        cmocka_unit_test(test_it_is_watched_and_may_be_stopped),
    };
    return cmocka_run_group_tests_name("store_renew", tests, NULL, NULL);
}
