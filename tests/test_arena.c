/* Memory that is given back all at once. */
#include "core/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const size_t sizes[] = {0, 1, 15, 16, 17, 900, 3000, 70000, 5, 200000, 40};
enum { SIZES = sizeof sizes / sizeof *sizes };

/* Zeroed wherever it lies, also where something else was before; apart from all others. */
static void test_allocating(void **state)
{
    struct arena a = ARENA_INIT;
    (void)state;
    for (int round = 0; round < 3; round++) {
        unsigned char *p[SIZES];
        for (size_t i = 0; i < SIZES; i++) {
            p[i] = arena_alloc(&a, sizes[i]);
            assert_non_null(p[i]);
            assert_int_equal((uintptr_t)p[i] % _Alignof(max_align_t), 0);
            for (size_t at = 0; at < sizes[i]; at++)
                assert_int_equal(p[i][at], 0);
            memset(p[i], (int)i + 1, sizes[i]);
        }
        for (size_t i = 0; i < SIZES; i++)
            for (size_t at = 0; at < sizes[i]; at++)
                assert_int_equal(p[i][at], i + 1);
        arena_clear(&a);
    }
    arena_release(&a);
    arena_clear(&a); /* nothing to clear */
    assert_null(a.last);
}

/* What it holds is not another's again before it is cleared; then the last block is. */
static void test_clearing_keeps_a_block(void **state)
{
    struct arena a = ARENA_INIT;
    (void)state;
    struct str one = arena_str(&a, STR("một")), two = arena_str(&a, STR("hai"));
    assert_true(str_eq(one, STR("một")) && str_eq(two, STR("hai")));
    arena_clear(&a);
    struct str again = arena_str(&a, STR("ba"));
    assert_ptr_equal(again.p, one.p);
    assert_true(str_eq(again, STR("ba")));
    arena_release(&a);
}

static void test_too_much_fails_for_good(void **state)
{
    struct arena a = ARENA_INIT;
    (void)state;
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_true(a.failed);
    assert_null(arena_alloc(&a, 1));
    assert_null(arena_room(&a, 1));
    assert_null(arena_str(&a, STR("x")).p);
    arena_clear(&a);
    assert_non_null(arena_alloc(&a, 1));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_allocating),
        cmocka_unit_test(test_clearing_keeps_a_block),
        cmocka_unit_test(test_too_much_fails_for_good),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
