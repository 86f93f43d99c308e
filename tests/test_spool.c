/* Pieces set aside come back as they were, in order; what fails is told, once and for all. */
#include "cli/spool.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { PIECES = 500 };

static struct str piece(char bytes[2000], int i)
{
    size_t n = (size_t)(i * 37 % 2000);
    for (size_t k = 0; k < n; k++)
        bytes[k] = (char)(i + (int)k * 7);
    return (struct str){bytes, n};
}

static void all_come_back(void **state)
{
    struct spool s;
    struct str name, bytes;
    char expected[2000];
    (void)state;
    spool_begin(&s);
    for (int i = 0; i < PIECES; i++)
        assert_true(spool_add(&s, i % 5 ? STR("uid@here") : STR_NONE, piece(expected, i)));
    for (int again = 0; again < 2; again++) {
        int i = 0;
        assert_true(spool_rewind(&s));
        for (; spool_next(&s, &name, &bytes); i++) {
            assert_true(str_eq(name, i % 5 ? STR("uid@here") : STR_NONE));
            assert_true(str_eq(bytes, piece(expected, i)));
        }
        assert_int_equal(i, PIECES);
        assert_int_equal(s.error, 0);
    }
    spool_release(&s);
}

static void a_full_disk_is_told(void **state)
{
    struct spool s = {.file = fopen("/dev/full", "w+")};
    char bytes[2000];
    (void)state;
    assert_non_null(s.file);
    for (int i = 0; i < PIECES; i++)
        spool_add(&s, STR("uid@here"), piece(bytes, i));
    assert_false(spool_rewind(&s));
    assert_int_equal(s.error, ENOSPC);
    assert_false(spool_add(&s, STR("a"), STR("b")));
    struct str name, content;
    assert_false(spool_next(&s, &name, &content));
    spool_release(&s);
}

static void what_was_cut_short_is_no_end(void **state)
{
    (void)state;
    for (off_t left = 9; left < 22; left++) { /* all of its name, not all of it */
        struct spool s;
        struct str name, bytes;
        spool_begin(&s);
        assert_true(spool_add(&s, STR("a"), STR("bytes")));
        assert_int_equal(fflush(s.file), 0);
        assert_int_equal(ftruncate(fileno(s.file), left), 0);
        assert_true(spool_rewind(&s));
        assert_false(spool_next(&s, &name, &bytes));
        assert_int_equal(s.error, EIO);
        spool_release(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_come_back),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(what_was_cut_short_is_no_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
