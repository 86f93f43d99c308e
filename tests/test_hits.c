/* The window on a long list: all dossiers by their place, and a search whose finds come in slices. */
#include "tests/store_desk.h"
#include "tui/hits.h"
#include "tui/pace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define MS INT64_C(1000000)

enum { PEOPLE = 300, ROWS = 20 };

static void log_people(struct store_desk *d, int from, int n)
{
    static struct request request[100];
    static char name[100][40];
    for (int i = 0; i < n; i++) {
        snprintf(name[i], sizeof name[i], "%s Văn Số %d", (from + i) % 3 ? "Đặng" : "Trần", from + i);
        request[i] = (struct request){.moment = {.now = d->now, .login = str_of(d->login)},
                                      .command = desk_receive("1.006", name[i], NULL, NULL)};
    }
    struct outcome o = store_submit(d->store, request, (size_t)n, NULL);
    assert_int_equal(o.kind, KIND_done);
}

static int set_up(void **state)
{
    static struct store_desk d;
    store_desk_init(&d);
    for (int from = 0; from < PEOPLE; from += 100)
        log_people(&d, from, 100);
    *state = &d;
    return 0;
}

static int tear_down(void **state)
{
    store_desk_release(*state);
    return 0;
}

static struct view *look(struct store_desk *d)
{
    struct view *v;
    struct outcome o = view_begin(d->store, &v);
    assert_int_equal(o.kind, KIND_done);
    return v;
}

/* A slice that is over when it begins: one step. */
static bool one_step(struct store_desk *d, struct hits *h)
{
    struct slice none;
    slice_begin(&none, 0, false);
    struct view *v = look(d);
    bool more = hits_work(h, v, &none);
    view_end(v);
    return more;
}

static size_t steps_to_the_end(struct store_desk *d, struct hits *h)
{
    size_t steps = 1;
    for (; one_step(d, h); steps++)
        assert_true(steps < 100000);
    return steps;
}

static void read_rows(struct store_desk *d, struct hits *h, size_t first)
{
    struct view *v = look(d);
    hits_read(h, v, first, ROWS);
    assert_int_equal(view_fault(v).kind, KIND_done);
    view_end(v);
}

/* The n-th person, from 0, is dossier n + 1; a third of them are called otherwise. */
static bool is_dang(uint64_t id)
{
    return (id - 1) % 3 != 0;
}

static uint64_t dang_before(uint64_t id)
{
    do
        id--;
    while (id && !is_dang(id));
    return id;
}

static void all_are_listed_by_their_place(void **state)
{
    struct store_desk *d = *state;
    struct hits h = HITS_INIT;
    const size_t first[] = {0, 1, 137, PEOPLE - ROWS, PEOPLE - 3};
    assert_true(hits_ask(&h, STR_NONE));
    assert_false(hits_is_busy(&h));
    for (size_t k = 0; k < sizeof first / sizeof *first; k++) {
        read_rows(d, &h, first[k]);
        size_t rows = PEOPLE - first[k] < ROWS ? PEOPLE - first[k] : ROWS;
        assert_int_equal(h.total, PEOPLE);
        assert_int_equal(h.count, rows);
        for (size_t i = 0; i < rows; i++) {
            assert_int_equal(hits_at(&h, first[k] + i)->row.facts.id, PEOPLE - first[k] - i);
            assert_int_equal(hits_id(&h, first[k] + i), PEOPLE - first[k] - i);
        }
        assert_null(hits_at(&h, first[k] + rows));
    }
    struct view *v = look(d);
    assert_int_equal(hits_find(&h, v, PEOPLE, 9), 0);
    assert_int_equal(hits_find(&h, v, 1, 9), PEOPLE - 1);
    assert_int_equal(hits_find(&h, v, PEOPLE + 1, 9), 9);
    view_end(v);
    hits_release(&h);
}

/* Whatever is in the list stands there in its place for good. */
static void a_search_fills_the_list_from_its_top(void **state)
{
    struct store_desk *d = *state;
    struct hits h = HITS_INIT;
    assert_true(hits_ask(&h, STR("dang")));
    assert_true(hits_is_first(&h));
    size_t steps = 0;
    for (bool more = true; more; steps++) {
        more = one_step(d, &h);
        uint64_t id = PEOPLE + 1;
        for (size_t i = 0; i < h.total; i++) {
            id = dang_before(id);
            assert_int_equal(hits_id(&h, i), id);
        }
    }
    assert_true(steps > h.total); /* some steps read, the others told one each */
    assert_int_equal(h.total, PEOPLE / 3 * 2);
    assert_false(h.more);
    assert_false(hits_is_busy(&h));
    read_rows(d, &h, 5);
    assert_int_equal(h.count, ROWS);
    assert_int_equal(hits_at(&h, 5)->row.facts.id, hits_id(&h, 5));
    struct view *v = look(d);
    assert_int_equal(hits_find(&h, v, hits_id(&h, 7), 0), 7);
    assert_int_equal(hits_find(&h, v, 1, 42), 42);
    view_end(v);
    hits_release(&h);
}

static void another_text_is_another_search(void **state)
{
    struct store_desk *d = *state;
    struct hits h = HITS_INIT;
    assert_true(hits_ask(&h, STR("dang")));
    for (int i = 0; i < 10; i++)
        one_step(d, &h);
    /* The people 117, 171, 174 and 177, and 216 whose code ends in 0217; the other 17s are no Trần. */
    assert_true(hits_ask(&h, STR("so 17 tran")));
    assert_int_equal(h.total, 0);
    steps_to_the_end(d, &h);
    assert_int_equal(h.total, 5);
    assert_int_equal(hits_id(&h, 0), 217);
    assert_int_equal(hits_id(&h, 1), 178);
    assert_true(hits_ask(&h, STR("khong ai")));
    steps_to_the_end(d, &h);
    assert_int_equal(h.total, 0);
    assert_false(hits_ask(&h, STR("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18")));
    assert_false(hits_is_busy(&h)); /* too many words find nothing */
    read_rows(d, &h, 0);
    assert_int_equal(h.total, 0);
    hits_release(&h);
}

/* Others wrote: the list stays until it is known anew, all of it. */
static void searching_again_leaves_the_list_until_it_is_over(void **state)
{
    struct store_desk *d = *state;
    struct hits h = HITS_INIT;
    char code[64];
    assert_true(hits_ask(&h, STR("dang")));
    steps_to_the_end(d, &h);
    uint64_t id = store_desk_receive(d, "1.006", "Đặng Thị Mới", NULL, code);
    hits_ask_again(&h);
    assert_true(hits_is_busy(&h));
    assert_false(hits_is_first(&h));
    while (one_step(d, &h)) {
        assert_int_equal(h.total, PEOPLE / 3 * 2);
        assert_int_equal(hits_id(&h, 0), PEOPLE);
    }
    assert_int_equal(h.total, PEOPLE / 3 * 2 + 1);
    assert_int_equal(hits_id(&h, 0), id);
    hits_release(&h);
}

/* ---- how often it is read anew ---- */

static void what_is_cheap_is_read_at_once(void **state)
{
    struct pace p = {.cost = MS};
    (void)state;
    assert_false(pace_asks(&p, false, true));
    assert_true(pace_asks(&p, true, true));
    assert_true(pace_asks(&p, true, false));
    assert_false(p.put_off);
    assert_int_equal(pace_wait(&p, 1000), 1000);
}

static void what_takes_long_waits_until_nobody_types(void **state)
{
    struct pace p = {.cost = 10 * MS};
    (void)state;
    assert_false(pace_asks(&p, true, true));
    assert_true(p.put_off);
    assert_in_range(pace_wait(&p, 1000), 1, 62);
    assert_false(pace_asks(&p, false, true)); /* kept in mind */
    assert_true(p.put_off);
    p.readable = 0; /* the pause is over */
    assert_int_equal(pace_wait(&p, 1000), 0);
    assert_true(pace_asks(&p, false, false));
    assert_false(p.put_off);
    assert_false(pace_asks(&p, false, false));
}

/* Who types on and on sees what is new all the same, a second later. */
static void it_is_not_put_off_for_ever(void **state)
{
    struct pace p = {.cost = 10 * MS};
    (void)state;
    assert_false(pace_asks(&p, true, true));
    p.since = slice_clock() - 1001 * MS;
    p.readable = 0;
    assert_true(pace_asks(&p, false, true));
}

/* Where reading takes long it is done seldom. */
static void reading_takes_a_small_part_of_the_time(void **state)
{
    struct pace p = {0};
    (void)state;
    pace_begin(&p);
    struct slice busy;
    slice_begin(&busy, 20, false);
    while (slice_goes_on(&busy))
        ;
    int64_t before = slice_clock();
    pace_end(&p);
    assert_true(p.cost > 0);
    assert_true(p.readable >= before + 8 * p.cost);
    p.cost = 20 * MS;
    p.readable = slice_clock() + 60000 * MS;
    assert_false(pace_asks(&p, true, false)); /* though nobody types */
    assert_int_equal(pace_wait(&p, 1000), 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_listed_by_their_place),
        cmocka_unit_test(a_search_fills_the_list_from_its_top),
        cmocka_unit_test(another_text_is_another_search),
        cmocka_unit_test(searching_again_leaves_the_list_until_it_is_over),
        cmocka_unit_test(what_is_cheap_is_read_at_once),
        cmocka_unit_test(what_takes_long_waits_until_nobody_types),
        cmocka_unit_test(it_is_not_put_off_for_ever),
        cmocka_unit_test(reading_takes_a_small_part_of_the_time),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
