/* Text as it is stored: characters, checking, NFC, trimming. */
#include "core/text.h"
#include "tests/slow_text.h"
#include "tests/vietnamese_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <utf8proc.h>

#include <cmocka.h>

#define SEED 20261120

/* ---- helpers ---- */

/* text_clean behind other content, which must survive; on a fault nothing may be left. */
static enum text_fault clean(struct str in, enum text_shape shape, size_t max, struct buf *out)
{
    buf_reset(out);
    buf_add_z(out, "kept|");
    enum text_fault fault = text_clean(in, shape, max, out);
    assert_true(out->n >= 5 && memcmp(out->p, "kept|", 5) == 0);
    assert_int_equal(out->p[out->n], '\0');
    if (fault)
        assert_int_equal(out->n, 5);
    return fault;
}

static void expect_clean(const char *in, enum text_shape shape, const char *stored)
{
    struct buf out = BUF_INIT;
    enum text_fault fault = clean(str_of(in), shape, TEXT_MAX, &out);
    if (fault)
        fail_msg("\"%s\" is refused (%d)", in, fault);
    assert_string_equal(out.p + 5, stored);
    buf_release(&out);
}

static void expect_fault(struct str in, enum text_shape shape, size_t max, enum text_fault expected)
{
    struct buf out = BUF_INIT;
    enum text_fault fault = clean(in, shape, max, &out);
    if (fault != expected)
        fail_msg("\"%.*s\": %d instead of %d", (int)(in.n < 60 ? in.n : 60), in.p, fault, expected);
    buf_release(&out);
}

static struct str repeated(struct buf *out, const char *piece, size_t times)
{
    buf_reset(out);
    while (times-- > 0)
        buf_add_z(out, piece);
    return buf_str(out);
}

/* ---- characters ---- */

static void well_formed_utf8(void **state)
{
    (void)state;
    static const struct str good[] = {
        STR(""),
        STR("a\0b"),
        STR("Nguyễn Thị Hương"),
        STR("\x7F"),
        STR("\xC2\x80"),
        STR("\xDF\xBF"),
        STR("\xE0\xA0\x80"),
        STR("\xED\x9F\xBF"),
        STR("\xEE\x80\x80"),
        STR("\xEF\xBF\xBF"),
        STR("\xF0\x90\x80\x80"),
        STR("\xF4\x8F\xBF\xBF"),
    };
    static const struct str broken[] = {
        STR("\x80"),             /* a continuation alone */
        STR("\xBF"),             /* the last one */
        STR("a\xC3"),            /* cut off after one of two */
        STR("a\xE1\xBB"),        /* after two of three */
        STR("\xF0\x9F\x98"),     /* after three of four */
        STR("\xE1\xBBz"),        /* continued by a letter */
        STR("\xC3\xC3\xA0"),     /* by another beginning */
        STR("\xC0\x80"),         /* overlong NUL */
        STR("\xC1\xBF"),         /* overlong, two bytes */
        STR("\xE0\x9F\xBF"),     /* overlong, three bytes */
        STR("\xF0\x8F\xBF\xBF"), /* overlong, four bytes */
        STR("\xED\xA0\x80"),     /* the first surrogate */
        STR("\xED\xBF\xBF"),     /* the last one */
        STR("\xF4\x90\x80\x80"), /* past U+10FFFF */
        STR("\xF5\x80\x80\x80"),
        STR("\xF8\x88\x80\x80\x80"),
        STR("\xFE"),
        STR("\xFF"),
        STR("h\xE0nh ch\xEDnh"), /* Latin-1 */
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!text_is_utf8(good[i]))
            fail_msg("good[%zu] is taken for broken", i);
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        if (text_is_utf8(broken[i]))
            fail_msg("broken[%zu] is taken for good", i);
        expect_fault(broken[i], TEXT_LINE, TEXT_MAX, TEXT_BAD);
        expect_fault(broken[i], TEXT_NOTE, TEXT_MAX_NOTE, TEXT_BAD);
    }
}

static void every_character_is_written_and_read(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    for (int32_t c = 0; c < 0x110000; c++) {
        utf8proc_uint8_t bytes[4];
        bool surrogate = c >= 0xD800 && c < 0xE000;
        size_t n = (size_t)utf8proc_encode_char(surrogate ? 0xFFFD : c, bytes), at = 0;
        buf_reset(&out);
        text_put(&out, c);
        if (out.n != n || memcmp(out.p, bytes, n))
            fail_msg("U+%04X is written wrong", (unsigned)c);
        if (text_next(buf_str(&out), &at) != (surrogate ? 0xFFFD : c) || at != n)
            fail_msg("U+%04X is read wrong", (unsigned)c);
    }
    buf_reset(&out);
    text_put(&out, -1);
    text_put(&out, 0x110000);
    assert_string_equal(out.p, "\uFFFD\uFFFD");
    buf_release(&out);
}

static void broken_bytes_are_stepped_over_one_by_one(void **state)
{
    (void)state;
    struct str s = STR("\xE1\xBBx\xF0\x9F\x98\xC3\xA0");
    static const int32_t expected[] = {-1, -1, 'x', -1, -1, -1, 0xE0};
    size_t at = 0;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        assert_int_equal(text_next(s, &at), expected[i]);
    assert_int_equal(at, s.n);
    assert_int_equal(text_next(s, &at), -1);
    assert_int_equal(at, s.n);
    assert_int_equal(text_characters(s), 7);
    assert_int_equal(text_characters(STR("Đất đai")), 7);
    assert_int_equal(text_characters(STR_NONE), 0);
}

static void reading_agrees_with_utf8proc_on_random_bytes(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT;
    for (int round = 0; round < 20000; round++) {
        buf_reset(&in);
        random_text(&in, &random, 12, true);
        size_t at = 0, slow_at = 0;
        while (slow_at < in.n) {
            int32_t c = slow_next(buf_str(&in), &slow_at);
            assert_int_equal(text_next(buf_str(&in), &at), c);
            assert_int_equal(at, slow_at);
        }
    }
    buf_release(&in);
}

/* ---- what is stored ---- */

static void vietnamese_letters_are_stored_composed(void **state)
{
    (void)state;
    assert_int_equal(VIETNAMESE_LETTERS, 134);
    for (size_t i = 0; i < VIETNAMESE_LETTERS; i++) {
        const struct vietnamese_letter *letter = &vietnamese_letters[i];
        expect_clean(letter->composed, TEXT_LINE, letter->composed);
        expect_clean(letter->decomposed, TEXT_LINE, letter->composed);
        expect_clean(letter->typed, TEXT_LINE, letter->composed);
        assert_int_equal(text_characters(str_of(letter->composed)), 1);
    }
    expect_clean("ê\u0323", TEXT_LINE, "ệ"); /* half composed */
    expect_clean("ẹ\u0302", TEXT_LINE, "ệ");
    expect_clean("Y\u0303\u0301", TEXT_LINE, "Ỹ\u0301");
    expect_clean("\u0301a", TEXT_LINE, "\u0301a"); /* a mark that begins a text harms nobody */
    expect_clean("각 \u1100\u1161\u11A8", TEXT_LINE, "각 각");
    expect_clean("\u212A", TEXT_LINE, "K"); /* the Kelvin sign is canonically a K */
}

static void blanks_are_plain_and_ends_trimmed(void **state)
{
    (void)state;
    expect_clean("  Hộ  tịch ", TEXT_LINE, "Hộ  tịch");
    expect_clean("\u00A0\u3000Hộ\u00A0tịch\u2003\u202F", TEXT_LINE, "Hộ tịch");
    expect_clean("a\u1680b\u2000c\u200Ad\u205Fe", TEXT_LINE, "a b c d e");
    expect_clean("\u00A0ê\u0301\u00A0\u00A0e", TEXT_LINE, "ế  e");
    static const char *const empty[] = {"", " ", "   ", "\u00A0", " \u3000\u2007 ", "\u1680"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        expect_fault(str_of(empty[i]), TEXT_LINE, TEXT_MAX, TEXT_EMPTY);
        expect_fault(str_of(empty[i]), TEXT_NOTE, TEXT_MAX, TEXT_EMPTY);
    }
    expect_fault(STR_NONE, TEXT_LINE, TEXT_MAX, TEXT_EMPTY);
    expect_fault(STR("\n \r\n\u00A0\n"), TEXT_NOTE, TEXT_MAX, TEXT_EMPTY);
}

static void notes_may_break_lines(void **state)
{
    (void)state;
    expect_clean("một\nhai\r\n\r\nba", TEXT_NOTE, "một\nhai\n\nba");
    expect_clean("\r\n\n  một \n hai \r\n \n", TEXT_NOTE, "một \n hai");
    expect_clean("e\u0302\r\ne\u0302\u0323", TEXT_NOTE, "ê\nệ");
    expect_fault(STR("một\nhai"), TEXT_LINE, TEXT_MAX, TEXT_BAD);
    expect_fault(STR("một\n"), TEXT_LINE, TEXT_MAX, TEXT_BAD);
    expect_fault(STR("một\rhai"), TEXT_NOTE, TEXT_MAX, TEXT_BAD);
    expect_fault(STR("một\r\r\nhai"), TEXT_NOTE, TEXT_MAX, TEXT_BAD);
    expect_fault(STR("một\r"), TEXT_NOTE, TEXT_MAX, TEXT_BAD);
    expect_fault(STR("một\thai"), TEXT_NOTE, TEXT_MAX, TEXT_BAD);
}

static void refuse_around(int32_t c)
{
    struct buf in = BUF_INIT;
    static const char *const frames[][2] = {{"", "a"}, {"a", "a"}, {"a", ""}, {"ộ ", " ộ"}, {"", ""}};
    for (size_t i = 0; i < sizeof frames / sizeof frames[0]; i++) {
        buf_reset(&in);
        buf_add_z(&in, frames[i][0]);
        text_put(&in, c);
        buf_add_z(&in, frames[i][1]);
        struct buf out = BUF_INIT;
        enum text_fault fault = clean(buf_str(&in), TEXT_LINE, TEXT_MAX, &out);
        if (fault != TEXT_BAD)
            fail_msg("U+%04X in frame %zu: %d", (unsigned)c, i, fault);
        buf_release(&out);
    }
    buf_release(&in);
}

static void what_hides_or_steers_is_refused(void **state)
{
    (void)state;
    static const int32_t ranges[][2] = {
        {0x00, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},     {0x061C, 0x061C},   {0x200B, 0x200F},
        {0x2028, 0x202E},   {0x2060, 0x2064},   {0x2066, 0x206F}, {0x180E, 0x180E},   {0xFEFF, 0xFEFF},
        {0xFFF9, 0xFFFB},   {0xFDD0, 0xFDEF},   {0xFFFE, 0xFFFF}, {0x1FFFE, 0x1FFFF}, {0x10FFFE, 0x10FFFF},
        {0xE0001, 0xE0001}, {0xE0020, 0xE007F}, {0x115F, 0x1160}, {0x3164, 0x3164},   {0xFFA0, 0xFFA0},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++)
        for (int32_t c = ranges[i][0]; c <= ranges[i][1]; c++)
            refuse_around(c);
    expect_fault(STR("a\0b"), TEXT_LINE, TEXT_MAX, TEXT_BAD);
    expect_fault(STR("\0"), TEXT_NOTE, TEXT_MAX, TEXT_BAD);
}

static void what_people_write_is_not_refused(void **state)
{
    (void)state;
    static const char *const good[] = {
        "số 12/3A–5B (tổ 4), “thôn” Ă'Dun…",         "H’Wen Niê Ƀuôn Kŏ̆p",
        "→ 50 % × 3 m² ± 1°C, 100.000₫ №5",          "Zoë Łukasz Øystein Straße Ελλάδα Москва",
        "北京市 서울 ประเทศไทย हिन्दी العربية עברית", "😀 ❤\uFE0F",
        "\"quoted\" \\ {json} <b> & ; , = @ ~ ^ `",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        expect_clean(good[i], TEXT_LINE, good[i]);
}

static void length_counts_characters_after_nfc(void **state)
{
    (void)state;
    struct buf in = BUF_INIT, out = BUF_INIT;
    static const char *const pieces[] = {"a", "ộ", "o\u0323\u0302", "\U0001F600", "a\u0320", "đ"};
    static const size_t characters[] = {1, 1, 1, 1, 2, 1};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct str fits = repeated(&in, pieces[i], TEXT_MAX / characters[i]);
        assert_int_equal(clean(fits, TEXT_LINE, TEXT_MAX, &out), TEXT_OK);
        assert_int_equal(text_characters(str_from(buf_str(&out), 5)), TEXT_MAX);
        expect_fault(repeated(&in, pieces[i], TEXT_MAX / characters[i] + 1), TEXT_LINE, TEXT_MAX,
                     TEXT_TOO_LONG);
        struct str note = repeated(&in, pieces[i], TEXT_MAX_NOTE / characters[i]);
        assert_int_equal(clean(note, TEXT_NOTE, TEXT_MAX_NOTE, &out), TEXT_OK);
    }
    /* The longest way to write a character: four code points for one. */
    struct str greek = repeated(&in, "\u03B1\u0313\u0300\u0345", TEXT_MAX);
    assert_int_equal(clean(greek, TEXT_LINE, TEXT_MAX, &out), TEXT_OK);
    assert_int_equal(text_characters(str_from(buf_str(&out), 5)), TEXT_MAX);
    /* Blanks at the ends do not count, CRLF counts once. */
    repeated(&in, " ", 5000);
    for (int i = 0; i < TEXT_MAX; i++)
        buf_add_z(&in, "ă");
    buf_add_z(&in, "          ");
    assert_int_equal(clean(buf_str(&in), TEXT_LINE, TEXT_MAX, &out), TEXT_OK);
    repeated(&in, "\r\n", TEXT_MAX - 2);
    buf_add_z(&in, "z");
    struct buf note = BUF_INIT;
    buf_add_z(&note, "a");
    buf_add_str(&note, buf_str(&in));
    assert_int_equal(clean(buf_str(&note), TEXT_NOTE, TEXT_MAX, &out), TEXT_OK);
    expect_fault(STR("a"), TEXT_LINE, 0, TEXT_TOO_LONG);
    buf_release(&note);
    buf_release(&in);
    buf_release(&out);
}

static void huge_input_is_refused_quickly(void **state)
{
    (void)state;
    enum { HUGE = 10 * 1000 * 1000 };
    static const struct {
        const char *fill, *tail;
        enum text_fault fault;
    } cases[] = {
        {"a", "", TEXT_TOO_LONG},
        {"ộ", "", TEXT_TOO_LONG},
        {"o\u0323\u0302", "\xFF", TEXT_TOO_LONG},
        {" ", "", TEXT_EMPTY},
        {"\u00A0", "", TEXT_EMPTY},
        {"\u0316\u0301", "", TEXT_BAD}, /* marks to be sorted */
        {"\x80", "", TEXT_BAD},
    };
    struct buf in = BUF_INIT;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        repeated(&in, cases[i].fill, HUGE / strlen(cases[i].fill));
        buf_add_z(&in, cases[i].tail);
        clock_t begin = clock();
        expect_fault(buf_str(&in), TEXT_NOTE, TEXT_MAX_NOTE, cases[i].fault);
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        if (seconds > 0.5) /* blanks, which must be looked at, take a hundredth even with a sanitizer */
            fail_msg("case %zu took %.2f s", i, seconds);
    }
    repeated(&in, " ", HUGE);
    buf_add_z(&in, "a");
    for (int i = 0; i < 1000; i++)
        buf_add_z(&in, " ");
    struct buf out = BUF_INIT;
    assert_int_equal(clean(buf_str(&in), TEXT_LINE, 1, &out), TEXT_OK);
    assert_string_equal(out.p, "kept|a");
    buf_release(&out);
    buf_release(&in);
}

static void thirty_marks_are_the_most(void **state)
{
    (void)state;
    struct buf in = BUF_INIT, out = BUF_INIT;
    for (size_t marks = 29; marks <= 32; marks++) {
        repeated(&in, "\u0316", marks);
        assert_int_equal(clean(buf_str(&in), TEXT_LINE, TEXT_MAX, &out), marks <= 30 ? TEXT_OK : TEXT_BAD);
    }
    buf_release(&in);
    buf_release(&out);
}

static void no_memory_is_said(void **state)
{
    (void)state;
    struct buf out = {.failed = true};
    assert_int_equal(text_clean(STR("a"), TEXT_LINE, TEXT_MAX, &out), TEXT_MEMORY);
    assert_int_equal(text_clean(STR("e\u0302"), TEXT_LINE, TEXT_MAX, &out), TEXT_MEMORY);
    assert_int_equal(out.n, 0);
    text_fold(&out, STR("a"));
    assert_true(out.failed && out.n == 0);
}

/* What comes out is well-formed, NFC, trimmed, shows all of itself, and cleaning it again changes nothing. */
static void check_stored(struct str stored, enum text_shape shape, size_t max)
{
    assert_true(slow_is_showable(stored, shape == TEXT_NOTE));
    assert_true(stored.n > 0 && stored.p[0] != ' ' && stored.p[stored.n - 1] != ' ');
    assert_true(text_characters(stored) <= max);
    char *normal = slow_normal(stored, true);
    assert_non_null(normal);
    assert_true(str_eq(str_of(normal), stored));
    free(normal);
    struct buf again = BUF_INIT;
    assert_int_equal(text_clean(stored, shape, max, &again), TEXT_OK);
    assert_true(str_eq(buf_str(&again), stored));
    buf_release(&again);
}

static void random_input_is_refused_or_stored_well(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT, out = BUF_INIT;
    size_t stored = 0, refused = 0;
    for (int round = 0; round < 60000; round++) {
        enum text_shape shape = round % 3 ? TEXT_LINE : TEXT_NOTE;
        buf_reset(&in);
        random_text(&in, &random, 24, round % 2);
        enum text_fault fault = clean(buf_str(&in), shape, 20, &out);
        bool dirty = !slow_is_showable(buf_str(&in), false);
        if (fault == TEXT_OK) {
            check_stored(str_from(buf_str(&out), 5), shape, 20);
            assert_true(!dirty || shape == TEXT_NOTE);
            stored++;
        } else {
            assert_true(fault == TEXT_BAD ? dirty : fault == TEXT_EMPTY || fault == TEXT_TOO_LONG);
            refused++;
        }
    }
    assert_true(stored > 10000 && refused > 10000);
    buf_release(&in);
    buf_release(&out);
}

/* What is clean at a look is what the whole way, which a blank before it asks for, makes of it. */
static void what_is_clean_at_a_look_stays_as_it_is(void **state)
{
    (void)state;
    struct random random = {SEED};
    size_t clean = 0;
    for (size_t round = 0; round < 100000; round++) {
        struct buf in = BUF_INIT, longer = BUF_INIT, out = BUF_INIT;
        random_text(&in, &random, round % 2 ? 3 : 12, round % 4 == 0);
        enum text_shape shape = round % 3 ? TEXT_LINE : TEXT_NOTE;
        buf_add_char(&longer, ' ');
        buf_add_str(&longer, buf_str(&in));
        if (text_is_clean(buf_str(&in), 12)) {
            assert_int_equal(text_clean(buf_str(&longer), shape, 12, &out), TEXT_OK);
            assert_true(str_eq(buf_str(&out), buf_str(&in)));
            clean++;
        }
        buf_release(&in);
        buf_release(&longer);
        buf_release(&out);
    }
    assert_true(clean > 100);
    for (int32_t c = 0; c < 0x110000; c++) { /* every character, beside a letter */
        struct buf in = BUF_INIT, out = BUF_INIT;
        buf_add_z(&in, " a");
        text_put(&in, c);
        buf_add_char(&in, 'a');
        if (text_is_clean(str_from(buf_str(&in), 1), 99)) {
            assert_int_equal(text_clean(buf_str(&in), TEXT_LINE, 99, &out), TEXT_OK);
            assert_true(str_eq(buf_str(&out), str_from(buf_str(&in), 1)));
        }
        buf_release(&in);
        buf_release(&out);
    }
}

static void a_line_begins_with_a_capital(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"đăng ký", "Đăng ký"}, {"ở trọ", "Ở trọ"}, {"Cấp đổi", "Cấp đổi"},
        {"1 ngày", "1 ngày"},   {"\xC3", "\xC3"},   {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF_INIT;
        text_capital(&out, str_of(cases[i].in));
        assert_true(str_eq(buf_str(&out), str_of(cases[i].out)));
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_utf8),
        cmocka_unit_test(every_character_is_written_and_read),
        cmocka_unit_test(broken_bytes_are_stepped_over_one_by_one),
        cmocka_unit_test(reading_agrees_with_utf8proc_on_random_bytes),
        cmocka_unit_test(vietnamese_letters_are_stored_composed),
        cmocka_unit_test(blanks_are_plain_and_ends_trimmed),
        cmocka_unit_test(notes_may_break_lines),
        cmocka_unit_test(what_hides_or_steers_is_refused),
        cmocka_unit_test(what_people_write_is_not_refused),
        cmocka_unit_test(length_counts_characters_after_nfc),
        cmocka_unit_test(huge_input_is_refused_quickly),
        cmocka_unit_test(thirty_marks_are_the_most),
        cmocka_unit_test(no_memory_is_said),
        cmocka_unit_test(random_input_is_refused_or_stored_well),
        cmocka_unit_test(what_is_clean_at_a_look_stays_as_it_is),
        cmocka_unit_test(a_line_begins_with_a_capital),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
