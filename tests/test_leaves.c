/* Which pages a range of a table stands on, as the pages above say, and as walking through it meets them. */
#include "store/bytes.h"
#include "store/leaves.h"
#include "tests/random.h"
#include "tests/store_life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { LIFE = 3000, RANGES = 400 };

static int set_up(void **state)
{
    static struct store_desk d;
    struct store_life life = {.random = 19, .still = true};
    store_desk_init(&d);
    store_life_run(&life, &d, LIFE, NULL);
    *state = &d;
    return 0;
}

static int tear_down(void **state)
{
    store_desk_release(*state);
    return 0;
}

static uintptr_t page_of(const void *p)
{
    return (uintptr_t)p & ~(uintptr_t)(sysconf(_SC_PAGESIZE) - 1);
}

static bool is_among(const uintptr_t *page, size_t n, uintptr_t wanted)
{
    for (size_t i = 0; i < n; i++)
        if (page[i] == wanted)
            return true;
    return false;
}

/* Every page met is among those asked for, and of those at most one was not: the one on which the range would
 * begin, had it an entry there. */
static size_t check_range(struct txn *t, enum table table, struct str from, struct str to)
{
    uintptr_t *asked, last = 0;
    struct cursor c;
    size_t n = leaves_fetch(t, table, from, to, &asked), met = 0;
    cursor_open(&c, t, table);
    for (bool on = cursor_seek(&c, from); on && str_cmp(c.key, to) < 0; on = cursor_next(&c)) {
        uintptr_t page = page_of(c.key.p); /* keys stand on the leaf; long values elsewhere */
        assert_true(is_among(asked, n, page));
        met += page != last;
        last = page;
    }
    cursor_close(&c);
    assert_in_range(n, met, met + 1);
    free(asked);
    return met;
}

static void begin(struct store_desk *d, struct txn *t)
{
    assert_true(txn_begin(d->store, false, t));
}

static void every_range_of_live_rows(void **state)
{
    struct store_desk *d = *state;
    struct random r = {31};
    struct txn t;
    size_t met = 0;
    begin(d, &t);
    struct key keys[2];
    for (int i = 0; i < RANGES; i++) {
        for (int k = 0; k < 2; k++) {
            keys[k].n = 0;
            key_add(&keys[k], (uint64_t)random_in(&r, 0, 3), 1);
            if (i % 2)
                key_add(&keys[k], random_next(&r), 8);
        }
        met += check_range(&t, TABLE_LIVE, key_str(&keys[0]), key_str(&keys[1]));
    }
    assert_true(met > RANGES);
    txn_end(&t);
}

static void every_range_of_the_journal(void **state)
{
    struct store_desk *d = *state;
    struct random r = {37};
    struct txn t;
    begin(d, &t);
    for (int i = 0; i < RANGES; i++) {
        struct key from, to;
        uint64_t first = (uint64_t)random_in(&r, 0, LIFE), end = first + (uint64_t)random_in(&r, 1, LIFE);
        key_u64(&from, first);
        key_u64(&to, end);
        check_range(&t, TABLE_JOURNAL, key_str(&from), key_str(&to));
    }
    struct key all, none;
    size_t whole = check_range(&t, TABLE_JOURNAL, key_u64(&all, 0), key_u64(&none, UINT64_MAX));
    assert_true(whole > 50);
    txn_end(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_range_of_live_rows),
        cmocka_unit_test(every_range_of_the_journal),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
