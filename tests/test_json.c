/* The JSON that goes out, byte by byte. */
#include "core/json.h"
#include "tests/slow_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include <cmocka.h>

#define SEED 20261122
#define OFFSET 420 /* +07:00 */

/* 2026-11-20 in days, minutes of its 09:30 on the wall clock, and the same moment with 45 seconds in UTC. */
#define DAY 20777
#define MINUTE 29919450
#define SECOND 1795141845

static void expect_written(struct buf *out, const char *bytes)
{
    assert_false(out->failed);
    assert_int_equal(out->p[out->n], '\0');
    assert_int_equal(strlen(out->p), out->n);
    assert_string_equal(out->p, bytes);
    buf_release(out);
}

static void expect_quoted(struct str s, const char *bytes)
{
    struct buf out = BUF_INIT;
    struct json j = json_onto(&out);
    json_str(&j, NULL, s);
    expect_written(&out, bytes);
}

static void commas_stand_between_and_nowhere_else(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json j = json_onto(&out);
    json_object_begin(&j, NULL);
    json_object_begin(&j, "empty");
    json_object_end(&j);
    json_array_begin(&j, "list");
    json_array_begin(&j, NULL);
    json_array_end(&j);
    json_int(&j, NULL, 1);
    json_object_begin(&j, NULL);
    json_bool(&j, "a", true);
    json_bool(&j, "b", false);
    json_object_end(&j);
    json_null(&j, NULL);
    json_array_end(&j);
    json_key(&j, "c");
    json_str(&j, NULL, STR("d"));
    json_null(&j, "e");
    json_object_end(&j);
    json_line(&j);
    json_object_begin(&j, NULL);
    json_object_end(&j);
    json_line(&j);
    expect_written(
        &out, "{\"empty\":{},\"list\":[[],1,{\"a\":true,\"b\":false},null],\"c\":\"d\",\"e\":null}\n{}\n");
}

static void it_goes_on_behind_what_is_there(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    buf_add_z(&out, "before\n");
    struct json j = json_onto(&out);
    json_object_begin(&j, NULL);
    json_object_end(&j);
    expect_written(&out, "before\n{}");
}

static void texts_are_escaped(void **state)
{
    (void)state;
    expect_quoted(STR("Nguyễn Thị Hương"), "\"Nguyễn Thị Hương\"");
    expect_quoted(STR(""), "\"\"");
    expect_quoted(STR_NONE, "\"\"");
    expect_quoted(STR("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    expect_quoted(STR("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"");
    expect_quoted(STR("\0\x01\x1b\x1f"), "\"\\u0000\\u0001\\u001b\\u001f\"");
    expect_quoted(STR("\x7F\xC2\x80\xC2\x9F\xC2\xA0"), "\"\\u007f\\u0080\\u009f\xC2\xA0\"");
    expect_quoted(STR("\u2028\u2029\u202E\u200B\u00AD\uFEFF"),
                  "\"\\u2028\\u2029\\u202e\\u200b\\u00ad\\ufeff\"");
    expect_quoted(STR("\uFFFE"), "\"\\ufffe\"");
    expect_quoted(STR("😀 北京 e\u0301"), "\"😀 北京 e\u0301\"");
    expect_quoted(STR("\U000E0041"), "\"\\udb40\\udc41\""); /* an invisible tag letter, as a surrogate pair */
    expect_quoted(STR("\U0010FFFF"), "\"\\udbff\\udfff\"");
}

static void broken_bytes_become_replacement_characters(void **state)
{
    (void)state;
    expect_quoted(STR("a\xFFz"), "\"a\uFFFDz\"");
    expect_quoted(STR("\xE1\xBB"), "\"\uFFFD\uFFFD\"");
    expect_quoted(STR("\xC0\x80"), "\"\uFFFD\uFFFD\"");
    expect_quoted(STR("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"");
    expect_quoted(STR("\xF4\x90\x80\x80"), "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
}

static void absent_text_is_null_or_empty(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json j = json_onto(&out);
    json_object_begin(&j, NULL);
    json_text(&j, "a", STR_NONE);
    json_text(&j, "b", STR(""));
    json_text(&j, "c", STR("x"));
    json_str(&j, "d", STR_NONE);
    json_name(&j, "e", NULL);
    json_name(&j, "f", "");
    json_name(&j, "g", "y");
    json_object_end(&j);
    expect_written(&out, "{\"a\":null,\"b\":null,\"c\":\"x\",\"d\":\"\",\"e\":null,\"f\":\"\",\"g\":\"y\"}");
}

static void numbers(void **state)
{
    (void)state;
    static const struct {
        int64_t value;
        int decimals;
        const char *bytes;
    } fixed[] = {
        {0, 0, "0"},
        {-1, 0, "-1"},
        {1234567890123, 0, "1234567890123"},
        {INT64_MAX, 0, "9223372036854775807"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {9543, 2, "95.43"},
        {9540, 2, "95.40"},
        {10000, 2, "100.00"},
        {5, 2, "0.05"},
        {-5, 2, "-0.05"},
        {0, 2, "0.00"},
        {-12345, 1, "-1234.5"},
        {INT64_MIN, 18, "-9.223372036854775808"},
        {1, 18, "0.000000000000000001"},
    };
    static const struct {
        int64_t value;
        const char *bytes;
    } hundredths[] = {
        {0, "0"},
        {250, "2.5"},
        {1650, "16.5"},
        {300, "3"},
        {325, "3.25"},
        {5, "0.05"},
        {50, "0.5"},
        {-5, "-0.05"},
        {-250, "-2.5"},
        {-300, "-3"},
        {101, "1.01"},
        {365000, "3650"},
        {INT64_MAX, "92233720368547758.07"},
        {INT64_MIN, "-92233720368547758.08"},
    };
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0]; i++) {
        struct buf out = BUF_INIT;
        struct json j = json_onto(&out);
        json_fixed(&j, NULL, fixed[i].value, fixed[i].decimals);
        expect_written(&out, fixed[i].bytes);
        if (fixed[i].decimals == 0) {
            j = json_onto(&out);
            json_int(&j, NULL, fixed[i].value);
            expect_written(&out, fixed[i].bytes);
        }
    }
    for (size_t i = 0; i < sizeof hundredths / sizeof hundredths[0]; i++) {
        struct buf out = BUF_INIT;
        struct json j = json_onto(&out);
        json_hundredths(&j, NULL, hundredths[i].value);
        expect_written(&out, hundredths[i].bytes);
    }
}

static void times(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct json j = json_onto(&out);
    json_object_begin(&j, NULL);
    json_day(&j, "a", DAY);
    json_minute(&j, "b", MINUTE, OFFSET);
    json_utc(&j, "c", SECOND, OFFSET);
    json_utc(&j, "d", SECOND, -90);
    json_day(&j, "e", NO_DAY);
    json_minute(&j, "f", NO_TIME, OFFSET);
    json_utc(&j, "g", NO_TIME, OFFSET);
    json_object_end(&j);
    expect_written(
        &out, "{\"a\":\"2026-11-20\",\"b\":\"2026-11-20T09:30:00+07:00\",\"c\":\"2026-11-20T09:30:45+07:00\","
              "\"d\":\"2026-11-20T01:00:45-01:30\",\"e\":null,\"f\":null,\"g\":null}");
}

/* Reads back a string of JSON: s begins behind its quote. Fails on what RFC 8259 does not allow. */
static void unescape(struct str s, struct buf *out)
{
    unsigned high = 0;
    size_t at = 0;
    for (; at < s.n && s.p[at] != '"'; at++) {
        static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
        unsigned char c = (unsigned char)s.p[at];
        assert_true(c >= 0x20);
        if (c != '\\') {
            buf_add_char(out, (char)c);
            continue;
        }
        assert_true(++at < s.n);
        if (s.p[at] != 'u') {
            const char *letter = strchr(letters, s.p[at]);
            assert_non_null(letter);
            buf_add_char(out, meant[letter - letters]);
            continue;
        }
        char digits[5] = "", *end;
        assert_true(at + 4 < s.n);
        memcpy(digits, s.p + at + 1, 4);
        unsigned unit = (unsigned)strtoul(digits, &end, 16);
        assert_ptr_equal(end, digits + 4);
        at += 4;
        if (unit >= 0xD800 && unit < 0xDC00) {
            high = unit;
            continue;
        }
        int32_t character = (int32_t)(high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit);
        utf8proc_uint8_t bytes[4];
        assert_true(!high || (unit >= 0xDC00 && unit < 0xE000));
        high = 0;
        buf_add(out, bytes, (size_t)utf8proc_encode_char(character, bytes));
    }
    assert_int_equal(at + 1, s.n);
}

static void any_bytes_give_a_string_that_reads_back(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT, out = BUF_INIT, back = BUF_INIT, expected = BUF_INIT;
    for (int round = 0; round < 30000; round++) {
        buf_reset(&in);
        buf_reset(&back);
        buf_reset(&expected);
        buf_release(&out); /* small again, so that every length meets its end once */
        random_text(&in, &random, 40, true);
        for (size_t at = 0; at < in.n;) {
            size_t from = at;
            if (slow_next(buf_str(&in), &at) < 0)
                buf_add_z(&expected, "\uFFFD");
            else
                buf_add(&expected, in.p + from, at - from);
        }
        struct json j = json_onto(&out);
        json_str(&j, NULL, buf_str(&in));
        assert_int_equal(out.p[0], '"');
        assert_true(slow_is_showable(buf_str(&out), false));
        unescape(str_from(buf_str(&out), 1), &back);
        assert_true(str_eq(buf_str(&back), buf_str(&expected)));
    }
    buf_release(&in);
    buf_release(&out);
    buf_release(&back);
    buf_release(&expected);
}

static void no_memory_is_remembered(void **state)
{
    (void)state;
    struct buf out = {.failed = true};
    struct json j = json_onto(&out);
    json_object_begin(&j, NULL);
    json_str(&j, "a", STR("x\x01"));
    json_int(&j, "b", 1);
    json_minute(&j, "c", MINUTE, OFFSET);
    json_object_end(&j);
    json_line(&j);
    assert_true(out.failed && out.n == 0 && !out.p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
        cmocka_unit_test(it_goes_on_behind_what_is_there),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(broken_bytes_become_replacement_characters),
        cmocka_unit_test(absent_text_is_null_or_empty),
        cmocka_unit_test(numbers),
        cmocka_unit_test(times),
        cmocka_unit_test(any_bytes_give_a_string_that_reads_back),
        cmocka_unit_test(no_memory_is_remembered),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
