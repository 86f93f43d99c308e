/* One transaction with more dossiers than are held at once, and what is gathered in memory until it is
 * written: nothing of it shows in what is stored. */
#include "store/gathered.h"
#include "tests/random.h"
#include "tests/store_desk.h"
#include "tests/store_dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_DONE(outcome) assert_string_equal(outcome_kind_name((outcome).kind), "done")

/* ---- one after the other, and all at once ---- */

enum { DOSSIERS = 20600, ACT_EVERY = 40, REQUESTS = DOSSIERS + 2 * (DOSSIERS / ACT_EVERY), SMALL = 1000 };

struct wish {
    char code[40], name[40];
};

static const char *code_of(struct wish *w, int number)
{
    snprintf(w->code, sizeof w->code, "H42.26.21-261116-%04d", number);
    return w->code;
}

/* Receipts; now and then a dossier of long ago, or one just received, changes hands, and some of those come
 * back: what was forgotten is read again, what is held is borrowed from. */
static size_t make_requests(const struct store_desk *d, struct request *r, struct wish *w)
{
    struct random random = {7};
    size_t n = 0;
    for (int i = 1; i <= DOSSIERS; i++) {
        int64_t now = d->now + i / 8;
        snprintf(w[n].name, sizeof w[n].name, "Nguyễn Văn %d", i);
        r[n].moment = (struct moment){.now = now, .login = STR("huong")};
        r[n].command = desk_receive(i % 3 ? "1.001" : "1.006", w[n].name, NULL, NULL);
        n++;
        if (i % ACT_EVERY)
            continue;
        int which = i % (2 * ACT_EVERY) ? i : i - (int)random_in(&random, 0, ACT_EVERY - 1) - i / 3;
        r[n].moment = (struct moment){.now = now, .login = STR("huong")};
        r[n].command = desk_transfer(code_of(&w[n], which), "nam");
        n++;
        if (i % (3 * ACT_EVERY))
            continue;
        r[n].moment = (struct moment){.now = now, .login = STR("huong")};
        r[n].command = desk_undo(code_of(&w[n], which));
        n++;
    }
    return n;
}

static void dump(struct buf *out, struct store *s)
{
    struct view *v;
    ASSERT_DONE(view_begin(s, &v));
    store_dump(out, v);
    view_end(v);
}

static void test_more_than_are_held_at_once(void **state)
{
    struct store_desk small, large;
    struct request *r = calloc(REQUESTS, sizeof *r);
    struct wish *w = calloc(REQUESTS, sizeof *w);
    struct buf a = BUF_INIT, b = BUF_INIT;
    (void)state;
    store_desk_init(&small);
    store_desk_init(&large);
    size_t n = make_requests(&small, r, w), at = 0;
    for (size_t i = 0; i < n; i += SMALL)
        ASSERT_DONE(store_submit(small.store, r + i, n - i < SMALL ? n - i : SMALL, &at));
    ASSERT_DONE(store_submit(large.store, r, n, &at));
    store_desk_assert_whole(large.store);
    dump(&a, small.store);
    dump(&b, large.store);
    assert_int_equal(a.n, b.n);
    assert_memory_equal(a.p, b.p, a.n);
    buf_release(&a);
    buf_release(&b);
    free(w);
    free(r);
    store_desk_release(&small);
    store_desk_release(&large);
}

/* ---- what is gathered ---- */

enum { KEYS = 300, ADDED = 5000 };

static void test_gathered_is_a_sum_by_key(void **state)
{
    struct gathered g = {0};
    struct random random = {3};
    uint64_t sum[KEYS] = {0};
    bool there[KEYS] = {false};
    (void)state;
    assert_null(gathered_find(&g, 0));
    for (int round = 0; round < 2; round++) {
        memset(sum, 0, sizeof sum);
        memset(there, 0, sizeof there);
        for (int i = 0; i < ADDED; i++) {
            uint64_t key = (uint64_t)random_in(&random, 0, KEYS - 1), more = (uint64_t)i * 977;
            struct gathered_row *row = gathered_get(&g, key << 40 | key);
            assert_non_null(row);
            row->n[1] += more;
            sum[key] += more;
            there[key] = true;
        }
        assert_null(gathered_find(&g, KEYS));
        size_t n = gathered_sort(&g), at = 0;
        for (uint64_t key = 0; key < KEYS; key++) {
            if (!there[key])
                continue;
            assert_true(at < n);
            assert_true(g.row[at].key == (key << 40 | key));
            assert_true(g.row[at].n[1] == sum[key] && g.row[at].n[0] == 0);
            at++;
        }
        assert_int_equal(at, n);
        gathered_forget(&g);
        assert_null(gathered_find(&g, 0));
    }
    gathered_release(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gathered_is_a_sum_by_key),
        cmocka_unit_test(test_more_than_are_held_at_once),
    };
    return cmocka_run_group_tests_name("store_many", tests, NULL, NULL);
}
