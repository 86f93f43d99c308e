/* Bytes that grow, and what they do when there is no memory left. */
#include "core/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void test_adding(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_add_z(&b, "Nguyễn");
    buf_add_char(&b, ' ');
    buf_add_str(&b, STR("Thị"));
    buf_add(&b, "\0x", 2);
    assert_false(b.failed);
    assert_int_equal(b.n, strlen("Nguyễn Thị") + 2);
    assert_memory_equal(b.p, "Nguyễn Thị\0x", b.n + 1);
    assert_true(str_eq(buf_str(&b), (struct str){b.p, b.n}));
    buf_reset(&b);
    assert_int_equal(b.n, 0);
    assert_string_equal(b.p, "");
    buf_release(&b);
    assert_null(b.p);
    assert_int_equal(b.cap, 0);
}

/* Nothing added is still a text: p can be printed. */
static void test_nothing(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_add_str(&b, STR_NONE);
    assert_non_null(b.p);
    assert_string_equal(b.p, "");
    buf_add_z(&b, NULL);
    buf_add(&b, NULL, 0);
    assert_int_equal(b.n, 0);
    buf_release(&b);
    struct buf f = BUF_INIT;
    buf_addf(&f, "%s", "");
    assert_string_equal(f.p, "");
    buf_release(&f);
    buf_release(&f); /* releasing twice does no harm */
}

static void test_integers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        const char *text;
    } cases[] = {{0, "0"},       {7, "7"},
                 {-1, "-1"},     {1234567890123, "1234567890123"},
                 {-100, "-100"}, {INT64_MAX, "9223372036854775807"},
                 {10, "10"},     {INT64_MIN, "-9223372036854775808"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf b = BUF_INIT;
        buf_add_int(&b, cases[i].value);
        assert_string_equal(b.p, cases[i].text);
        buf_release(&b);
    }
}

static void test_format(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    buf_addf(&b, "%.*s-%02d%02d%02d-%04u", STR_ARG(STR("H42.26.21")), 22, 11, 28, 7u);
    assert_string_equal(b.p, "H42.26.21-221128-0007");
    buf_addf(&b, "%c%s", '!', " hết");
    assert_string_equal(b.p, "H42.26.21-221128-0007! hết");
    buf_release(&b);
}

/* Every length around the sizes at which the memory grows, by each way of adding. */
static void test_growth(void **state)
{
    (void)state;
    char long_text[400];
    memset(long_text, 'x', sizeof long_text);
    for (size_t n = 0; n < sizeof long_text; n++) {
        struct buf a = BUF_INIT, f = BUF_INIT, one = BUF_INIT;
        buf_add(&a, "ab", 2);
        buf_add(&a, long_text, n);
        buf_addf(&f, "%s%.*s", "ab", (int)n, long_text);
        buf_add_z(&one, "ab");
        for (size_t i = 0; i < n; i++)
            buf_add_char(&one, 'x');
        assert_int_equal(a.n, n + 2);
        assert_int_equal(strlen(a.p), n + 2);
        assert_true(str_eq(buf_str(&a), buf_str(&f)));
        assert_true(str_eq(buf_str(&a), buf_str(&one)));
        assert_int_equal(strlen(f.p), f.n);
        buf_release(&a);
        buf_release(&f);
        buf_release(&one);
    }
}

static void test_reserve(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    assert_true(buf_reserve(&b, 1000));
    assert_true(b.cap > 1000);
    assert_int_equal(b.n, 0);
    char *before = b.p;
    for (int i = 0; i < 1000; i++)
        buf_add_char(&b, 'x');
    assert_ptr_equal(b.p, before); /* there was room */
    buf_release(&b);
}

/* Once failed, everything is a no-op, the content stays, and reset begins anew. */
static void test_failure(void **state)
{
    (void)state;
    static const size_t too_many[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2, SIZE_MAX / 2 - 3};
    for (size_t i = 0; i < sizeof too_many / sizeof too_many[0]; i++) {
        struct buf b = BUF_INIT;
        buf_add_z(&b, "còn");
        assert_false(buf_reserve(&b, too_many[i]));
        assert_true(b.failed);
        buf_add_z(&b, " thêm");
        buf_addf(&b, "%d", 1);
        buf_add_int(&b, 1);
        assert_false(buf_reserve(&b, 0));
        assert_string_equal(b.p, "còn");
        buf_reset(&b);
        assert_false(b.failed);
        buf_add_z(&b, "lại");
        assert_string_equal(b.p, "lại");
        buf_release(&b);
    }
}

/* As printf's %0*llu. */
static void test_digits(void **state)
{
    static const uint64_t numbers[] = {0, 7, 10, 99, 100, 9999, 10000, UINT64_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (int width = 0; width < 25; width++) {
            char expected[40];
            struct buf b = BUF_INIT;
            snprintf(expected, sizeof expected, "%0*llu", width, (unsigned long long)numbers[i]);
            buf_add_digits(&b, numbers[i], (size_t)width);
            assert_string_equal(b.p, expected);
            buf_release(&b);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),  cmocka_unit_test(test_nothing), cmocka_unit_test(test_integers),
        cmocka_unit_test(test_format),  cmocka_unit_test(test_growth),  cmocka_unit_test(test_reserve),
        cmocka_unit_test(test_failure), cmocka_unit_test(test_digits),
    };
    return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
