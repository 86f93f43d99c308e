/* The bytes of entries and records, and the arena they are kept in. */
#include "core/arena.h"
#include "core/wire.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- wire: exact bytes ---- */

static void expect_bytes(struct buf *b, const char *bytes, size_t n)
{
    assert_false(b->failed);
    assert_int_equal(b->n, n);
    assert_memory_equal(b->p, bytes, n);
    buf_release(b);
}

static void integers_are_big_endian(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    wire_put_u8(&b, 0xAB);
    wire_put_u16(&b, 0x0102);
    wire_put_u32(&b, 0x03040506);
    wire_put_u64(&b, 0x0708090A0B0C0D0Eu);
    wire_put_i64(&b, -2);
    wire_put_i64(&b, INT64_MIN);
    expect_bytes(&b,
                 "\xAB\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E"
                 "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFE"
                 "\x80\x00\x00\x00\x00\x00\x00\x00",
                 31);
}

static void strings_have_a_length_before_them(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    wire_put_str(&b, STR("Hạn"));
    wire_put_str(&b, STR_NONE);
    wire_put_str(&b, (struct str){"a\0b", 3});
    expect_bytes(&b, "\0\0\0\5H\xE1\xBA\xA1n\0\0\0\0\0\0\0\3a\0b", 20);
}

static void reading_gives_what_was_written(void **state)
{
    (void)state;
    const char bytes[] =
        "\x80\xFF\xFE\x80\0\0\1\x80\0\0\0\0\0\0\2\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFD\0\0\0\2hi\0\0\0\0";
    struct wire w = wire_of((struct str){bytes, sizeof bytes - 1});
    assert_int_equal(wire_u8(&w), 0x80);
    assert_int_equal(wire_u16(&w), 0xFFFE);
    assert_int_equal(wire_u32(&w), 0x80000001);
    assert_true(wire_u64(&w) == 0x8000000000000002u);
    assert_true(wire_i64(&w) == -3);
    struct str s = wire_str(&w);
    assert_int_equal(s.n, 2);
    assert_ptr_equal(s.p, bytes + 27); /* borrowed, not copied */
    assert_true(wire_more(&w));
    s = wire_str(&w);
    assert_int_equal(s.n, 0);
    assert_null(s.p);
    assert_false(w.fault);
    assert_false(wire_more(&w));
}

static void int64_keeps_its_ends(void **state)
{
    (void)state;
    const int64_t values[] = {INT64_MIN, INT64_MIN + 1, -1, 0, 1, INT64_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct buf b = BUF_INIT;
        wire_put_i64(&b, values[i]);
        struct wire w = wire_of(buf_str(&b));
        assert_true(wire_i64(&w) == values[i]);
        buf_release(&b);
    }
}

static void what_cannot_have_been_written_faults(void **state)
{
    (void)state;
    for (int byte = 0; byte < 256; byte++) {
        struct wire w = wire_of((struct str){(const char[]){(char)byte}, 1});
        bool read = wire_bool(&w);
        assert_true(w.fault == (byte > 1));
        assert_true(w.fault || read == (byte == 1));
    }
    const int64_t values[] = {
        INT32_MIN, -1, 0, INT32_MAX, (int64_t)INT32_MIN - 1, (int64_t)INT32_MAX + 1, INT64_MIN, INT64_MAX};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct buf b = BUF_INIT;
        wire_put_i64(&b, values[i]);
        struct wire w = wire_of(buf_str(&b));
        assert_true(wire_i32(&w) == (i < 4 ? values[i] : 0));
        assert_true(w.fault == (i >= 4));
        buf_release(&b);
    }
}

/* ---- wire: the fault ---- */

/* What is cut off anywhere gives a fault, zeros and absent strings, and reads nothing past its end (which the
 * sanitizers watch: each prefix is memory of its own). */
static void every_prefix_faults(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    wire_put_u16(&b, 0x1122);
    wire_put_str(&b, STR("abcdef"));
    wire_put_u64(&b, 7);
    for (size_t n = 0; n < b.n; n++) {
        char *prefix = malloc(n + 1);
        assert_non_null(prefix);
        char *end = prefix + 1; /* so that an empty prefix has an address too */
        memcpy(end, b.p, n);
        struct wire w = wire_of((struct str){end, n});
        uint16_t first = wire_u16(&w);
        struct str text = wire_str(&w);
        uint64_t last = wire_u64(&w);
        assert_true(w.fault);
        assert_int_equal(first, n >= 2 ? 0x1122 : 0);
        assert_int_equal(text.n, n >= 12 ? 6 : 0);
        assert_int_equal(last, 0);
        assert_false(wire_more(&w));
        free(prefix);
    }
    buf_release(&b);
}

static void the_fault_sticks(void **state)
{
    (void)state;
    struct wire w = wire_of((struct str){"\1\2\3", 3});
    assert_int_equal(wire_u32(&w), 0);
    assert_true(w.fault);
    assert_int_equal(wire_u8(&w), 0); /* though there are three bytes */
    assert_null(wire_str(&w).p);
    w = wire_of(STR_NONE);
    assert_false(wire_more(&w));
    assert_int_equal(wire_u8(&w), 0);
    assert_true(w.fault);
}

static void lengths_that_lie_are_refused(void **state)
{
    (void)state;
    struct wire w = wire_of((struct str){"\xFF\xFF\xFF\xFF"
                                         "abcd",
                                         8});
    assert_int_equal(wire_str(&w).n, 0);
    assert_true(w.fault);
    w = wire_of((struct str){"\0\0\0\5"
                             "abcd",
                             8});
    assert_int_equal(wire_str(&w).n, 0);
    assert_true(w.fault);
    w = wire_of((struct str){"\0\0\0\4"
                             "abcd",
                             8});
    assert_int_equal(wire_str(&w).n, 4);
    assert_false(w.fault);
}

static void what_has_no_length_is_not_written(void **state)
{
    (void)state;
    struct buf b = BUF_INIT;
    wire_put_str(&b, (struct str){"x", (size_t)UINT32_MAX + 1}); /* not read: it is refused by its length */
    assert_true(b.failed);
    assert_int_equal(b.n, 0);
    buf_release(&b);
}

/* ---- lists ---- */

static void lists_give_their_items_in_order(void **state)
{
    (void)state;
    const struct str items[] = {STR("Tờ khai"), STR(""), STR("Giấy chứng sinh"), STR("x")};
    struct buf list = BUF_INIT;
    for (size_t i = 0; i < 4; i++)
        wire_list_add(&list, items[i]);
    struct str item;
    size_t at = 0, count = 0;
    while (wire_list_next(buf_str(&list), &at, &item))
        assert_true(str_eq(item, items[count++]));
    assert_int_equal(count, 4);
    assert_int_equal(at, list.n);
    at = 0;
    assert_false(wire_list_next(STR_NONE, &at, &item));
    /* Damage ends the list: what came before it was given. */
    at = 0;
    count = 0;
    while (wire_list_next((struct str){list.p, list.n - 1}, &at, &item))
        count++;
    assert_int_equal(count, 3);
    at = list.n + 10;
    assert_false(wire_list_next(buf_str(&list), &at, &item));
    buf_release(&list);
}

static void random_bytes_never_read_outside(void **state)
{
    (void)state;
    struct random r = {20261121};
    for (int i = 0; i < 20000; i++) {
        size_t n = (size_t)random_in(&r, 0, 40);
        unsigned char *bytes = malloc(n ? n : 1);
        assert_non_null(bytes);
        for (size_t k = 0; k < n; k++)
            bytes[k] = random_in(&r, 0, 2) ? 0 : (unsigned char)random_next(&r);
        struct wire w = wire_of((struct str){(char *)bytes, n});
        while (wire_more(&w)) {
            struct str s = {0};
            switch (random_in(&r, 0, 3)) {
            case 0: wire_u8(&w); break;
            case 1: wire_u16(&w); break;
            case 2: wire_u64(&w); break;
            default: s = wire_str(&w); break;
            }
            assert_true(w.at >= bytes && w.at <= bytes + n);
            assert_true(!s.n || (s.p >= (char *)bytes && s.p + s.n <= (char *)bytes + n));
        }
        free(bytes);
    }
}

/* ---- arena ---- */

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    enum { PIECES = 2000 };
    static unsigned char *piece[PIECES];
    static size_t size[PIECES];
    struct arena a = ARENA_INIT;
    struct random r = {7};
    for (int i = 0; i < PIECES; i++) {
        size[i] = (size_t)random_in(&r, 0, i % 100 == 0 ? 300000 : 200);
        piece[i] = arena_alloc(&a, size[i]);
        assert_non_null(piece[i]);
        assert_int_equal((uintptr_t)piece[i] % alignof(max_align_t), 0);
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(piece[i][k], 0);
        memset(piece[i], 1 + i % 255, size[i]);
    }
    for (int i = 0; i < PIECES; i++)
        for (size_t k = 0; k < size[i]; k++)
            assert_int_equal(piece[i][k], 1 + i % 255);
    assert_false(a.failed);
    arena_release(&a);
    assert_null(a.last);
}

static void copies_are_its_own(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    char text[] = "Nguyễn Thị Hương";
    struct str copy = arena_str(&a, str_of(text));
    memset(text, 'x', sizeof text - 1);
    assert_true(str_eq(copy, STR("Nguyễn Thị Hương")));
    assert_null(arena_str(&a, STR_NONE).p);
    assert_null(arena_str(&a, STR("")).p);
    assert_false(a.failed);
    arena_release(&a);
}

static void too_much_fails_for_good(void **state)
{
    (void)state;
    struct arena a = ARENA_INIT;
    assert_non_null(arena_alloc(&a, 10));
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_true(a.failed);
    assert_null(arena_alloc(&a, 10));
    assert_null(arena_str(&a, STR("a")).p);
    arena_release(&a);
    a = ARENA_INIT;
    assert_null(arena_alloc(&a, SIZE_MAX - 100));
    assert_true(a.failed);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest wire[] = {
        cmocka_unit_test(integers_are_big_endian),
        cmocka_unit_test(strings_have_a_length_before_them),
        cmocka_unit_test(reading_gives_what_was_written),
        cmocka_unit_test(int64_keeps_its_ends),
        cmocka_unit_test(what_cannot_have_been_written_faults),
        cmocka_unit_test(every_prefix_faults),
        cmocka_unit_test(the_fault_sticks),
        cmocka_unit_test(lengths_that_lie_are_refused),
        cmocka_unit_test(what_has_no_length_is_not_written),
        cmocka_unit_test(lists_give_their_items_in_order),
        cmocka_unit_test(random_bytes_never_read_outside),
    };
    const struct CMUnitTest arena[] = {
        cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(copies_are_its_own),
        cmocka_unit_test(too_much_fails_for_good),
    };
    return cmocka_run_group_tests_name("wire", wire, NULL, NULL) +
           cmocka_run_group_tests_name("arena", arena, NULL, NULL);
}
