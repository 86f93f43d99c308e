/* The map must grow, and the system gives no more address space: less is made do with, or the answer is
 * "failed"; nothing falls over and nothing is lost. */
#include "tests/store_desk.h"

#include "store/env.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#if defined(__has_feature)
#define ADDRESS_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#else
#define ADDRESS_SANITIZER 0
#endif

enum { MAP = 8 << 20, WELL = 0, NO_LIMIT = 1, OTHER_FAULT = 2, LOST = 3, NOT_AGAIN = 4, NO_FAULT = 5 };

static size_t address_space(void)
{
    char line[200];
    unsigned long kilobytes = 0;
    FILE *f = fopen("/proc/self/status", "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "VmSize: %lu", &kilobytes) == 1)
            break;
    if (f)
        fclose(f);
    return (size_t)kilobytes << 10;
}

static uint64_t dossiers(struct store_desk *d)
{
    struct store_stat stat = {0};
    struct view *v;
    struct outcome o = view_begin(d->store, &v);
    if (!outcome_ok(&o))
        return UINT64_MAX;
    view_stat(v, &stat);
    view_end(v);
    return stat.dossiers;
}

static size_t map_of(const struct store_desk *d)
{
    MDB_envinfo info;
    mdb_env_info(d->store->env, &info);
    return info.me_mapsize;
}

enum { BATCH = 400, NOTE = 1900 };

static struct outcome receive_batch(struct store_desk *d, struct request *request, struct str note)
{
    for (size_t i = 0; i < BATCH; i++) {
        request[i] = (struct request){.moment = {.now = d->now, .login = str_of(d->login)},
                                      .command = desk_receive("1.001", "Trần Văn Ba", NULL, NULL)};
        request[i].command.receive.note = note;
    }
    return store_submit(d->store, request, BATCH, NULL);
}

/* `spare`: what may be mapped beside what is now. */
static int grow_within(struct store_desk *d, size_t spare, bool must_fail)
{
    static struct request request[BATCH];
    static char note[NOTE];
    struct rlimit limit;
    uint64_t saved = 0;
    memset(note, 'x', sizeof note);
    struct outcome o = store_open_with(d->dir, MAP, 0, &d->store);
    if (!outcome_ok(&o) || getrlimit(RLIMIT_AS, &limit) != 0)
        return NO_LIMIT;
    o = receive_batch(d, request, (struct str){note, sizeof note}); /* what that needs is allocated now */
    saved += outcome_ok(&o) ? BATCH : 0;
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = address_space() + spare;
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        return NO_LIMIT;
    for (int i = 0; outcome_ok(&o) && i < 40; i++) {
        o = receive_batch(d, request, (struct str){note, sizeof note});
        saved += outcome_ok(&o) ? BATCH : 0;
    }
    if (outcome_ok(&o) && must_fail)
        return NO_FAULT;
    if (!outcome_ok(&o) && outcome_class(o.kind) != FAILED)
        return OTHER_FAULT;
    limit.rlim_cur = before;
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        return NO_LIMIT;
    if (dossiers(d) != saved)
        return LOST;
    o = receive_batch(d, request, (struct str){note, sizeof note});
    return outcome_ok(&o) && dossiers(d) == saved + BATCH ? WELL : NOT_AGAIN;
}

static void grow_in_a_child(size_t spare, bool must_fail)
{
    struct store_desk d;
    int status;
    if (ADDRESS_SANITIZER) /* its shadow needs terabytes of it */
        skip();
    store_desk_init(&d);
    store_close(d.store);
    d.store = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(grow_within(&d, spare, must_fail));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    store_desk_reopen(&d);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* Twice the map is not to be had; a quarter more is. */
static void test_a_little_more_is_enough_for_a_while(void **state)
{
    (void)state;
    grow_in_a_child((size_t)MAP * 3 / 4, true);
}

static void test_nothing_more(void **state)
{
    (void)state;
    grow_in_a_child(1 << 20, true);
}

static void test_as_much_as_is_needed(void **state)
{
    struct store_desk d;
    (void)state;
    grow_in_a_child((size_t)1 << 30, false);
    /* and the usual map, asked for whole */
    store_desk_init(&d);
    assert_true(map_of(&d) >= (size_t)MAP);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_little_more_is_enough_for_a_while),
        cmocka_unit_test(test_nothing_more),
        cmocka_unit_test(test_as_much_as_is_needed),
    };
    return cmocka_run_group_tests_name("store_growth", tests, NULL, NULL);
}
