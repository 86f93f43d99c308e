/* What a text takes on the screen: width, cutting, padding, wrapping, and stepping from letter to letter. */
#include "core/text.h"
#include "tests/slow_text.h"
#include "tests/vietnamese_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define SEED 20261121
#define REPLACED "\xEF\xBF\xBD"

static void expect_cell(struct str s, int columns, bool pad, const char *cell)
{
    struct buf out = BUF_INIT;
    buf_add_z(&out, "|");
    text_cell(&out, s, columns, pad);
    if (strcmp(out.p + 1, cell))
        fail_msg("\"%.*s\" in %d columns: \"%s\" instead of \"%s\"", STR_ARG(s), columns, out.p + 1, cell);
    buf_release(&out);
}

/* ---- width ---- */

static void vietnamese_letters_take_one_column(void **state)
{
    (void)state;
    for (size_t i = 0; i < VIETNAMESE_LETTERS; i++) {
        assert_int_equal(text_columns(str_of(vietnamese_letters[i].composed)), 1);
        assert_int_equal(text_columns(str_of(vietnamese_letters[i].decomposed)), 1);
        assert_int_equal(text_columns(str_of(vietnamese_letters[i].typed)), 1);
    }
    assert_int_equal(text_columns(STR("Nguyễn Thị Hương")), 16);
    assert_int_equal(text_columns(STR("Nguye\u0302\u0303n Thi\u0323 Hu\u031Bo\u031Bng")), 16);
}

static void width_of_other_characters(void **state)
{
    (void)state;
    static const struct {
        struct str s;
        int columns;
    } cases[] = {
        {STR_NONE, 0},
        {STR("\u0301"), 0},
        {STR("作业"), 4},
        {STR("한국"), 4},
        {STR("😀"), 2},
        {STR("Ａ"), 2},
        {STR("…→–“”½×"), 7},  /* ambiguous ones are narrow here */
        {STR("█▌─│●"), 5},    /* and the ones bars and frames are drawn with */
        {STR("\xC2\xA0"), 1}, /* no-break space */
        {STR("a\tb\n"), 4},   /* what is drawn as U+FFFD takes one */
        {STR("\0"), 1},
        {STR("\x7F\xC2\x9B"), 2},
        {STR("\u202E\u200B\u00AD\uFEFF\u2028"), 5},
        {STR("\xFF\xE1\xBB"), 3}, /* each broken byte */
        {STR("\uFFFE"), 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (text_columns(cases[i].s) != cases[i].columns)
            fail_msg("case %zu: %d columns", i, text_columns(cases[i].s));
}

static void width_agrees_with_utf8proc(void **state)
{
    (void)state;
    struct buf s = BUF_INIT;
    for (int32_t c = 0; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        buf_reset(&s);
        text_put(&s, c);
        if (text_columns(buf_str(&s)) != slow_columns(c))
            fail_msg("U+%04X: %d columns", (unsigned)c, text_columns(buf_str(&s)));
    }
    buf_release(&s);
}

/* ---- cutting and padding ---- */

static void fit_keeps_letters_whole(void **state)
{
    (void)state;
    struct str decomposed = STR("e\u0302\u0301o\u0302\u0323x"); /* ếộx */
    static const size_t fits[] = {0, 5, 10, 11, 11};
    for (int columns = 0; columns < 5; columns++)
        assert_int_equal(text_fit(decomposed, columns), fits[columns]);
    assert_int_equal(text_fit(decomposed, -1), 0);
    assert_int_equal(text_fit(decomposed, INT32_MAX), 11);
    assert_int_equal(text_fit(STR("a作b"), 2), 1);
    assert_int_equal(text_fit(STR("a作b"), 3), 4);
    assert_int_equal(text_fit(STR("作"), 1), 0);
    assert_int_equal(text_fit(STR("\u0301\u0301a"), 0), 0);
    assert_int_equal(text_fit(STR("\u0301\u0301a"), 1), 5);
    assert_int_equal(text_fit(STR_NONE, 5), 0);
}

static void cells_in_particular(void **state)
{
    (void)state;
    expect_cell(STR("Đất đai"), 10, true, "Đất đai   ");
    expect_cell(STR("Đất đai"), 10, false, "Đất đai");
    expect_cell(STR("Đất đai"), 7, true, "Đất đai");
    expect_cell(STR("Đất đai"), 6, true, "Đất đ…");
    expect_cell(STR("Đất đai"), 1, true, "…");
    expect_cell(STR("Đất đai"), 0, true, "");
    expect_cell(STR("Đất đai"), -3, true, "");
    expect_cell(STR_NONE, 3, true, "   ");
    expect_cell(STR_NONE, 3, false, "");
    expect_cell(STR("ộộ"), 1, true, "…");
    expect_cell(STR("o\u0302\u0323o\u0302\u0323o\u0302\u0323"), 2, true, "o\u0302\u0323…");
    expect_cell(STR("o\u0302\u0323o\u0302\u0323"), 2, true, "o\u0302\u0323o\u0302\u0323");
    expect_cell(STR("作业本"), 6, true, "作业本");
    expect_cell(STR("作业本"), 5, true, "作业…");
    expect_cell(STR("作业本"), 4, true, "作… ");
    expect_cell(STR("作业本"), 4, false, "作…");
    expect_cell(STR("作"), 1, true, "…");
    expect_cell(STR("a\x1b[31mb"), 10, true, "a" REPLACED "[31mb   ");
    expect_cell(STR("một\nhai"), 7, true, "một" REPLACED "hai");
    expect_cell(STR("x\u202Ey\xC2\x9Bz\xFF\xE1\xBB"), 9, true,
                "x" REPLACED "y" REPLACED "z" REPLACED REPLACED REPLACED " ");
    expect_cell(STR("a\0b"), 3, true, "a" REPLACED "b");
}

/* The cell worked out slowly: all letters measured first, then those kept that leave a column for the
 * ellipsis. */
static void slow_cell(struct buf *out, struct str s, int columns)
{
    int total = slow_text_columns(s), used = 0;
    size_t end = 0;
    if (total <= columns) {
        end = s.n;
        used = total;
    } else {
        while (end < s.n) {
            size_t after = slow_letter_end(s, end);
            int letter = slow_text_columns((struct str){s.p + end, after - end});
            if (used + letter > columns - 1)
                break;
            used += letter;
            end = after;
        }
    }
    for (size_t at = 0; at < end;) {
        size_t from = at;
        if (slow_hidden(slow_next(s, &at)))
            buf_add_z(out, REPLACED);
        else
            buf_add(out, s.p + from, at - from);
    }
    if (end < s.n) {
        buf_add_z(out, "…");
        used++;
    }
    while (used++ < columns)
        buf_add_char(out, ' ');
}

static void a_padded_cell_takes_exactly_its_columns(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf s = BUF_INIT, cell = BUF_INIT, slow = BUF_INIT, bare = BUF_INIT;
    size_t cut = 0;
    for (int round = 0; round < 100000; round++) {
        int columns = 1 + (int)(random_next(&random) % 12);
        buf_reset(&s);
        buf_reset(&cell);
        buf_reset(&slow);
        buf_reset(&bare);
        random_text(&s, &random, 16, round % 2);
        text_cell(&cell, buf_str(&s), columns, true);
        text_cell(&bare, buf_str(&s), columns, false);
        slow_cell(&slow, buf_str(&s), columns);
        assert_true(str_eq(buf_str(&cell), buf_str(&slow)));
        assert_int_equal(slow_text_columns(buf_str(&cell)), columns);
        assert_true(slow_is_showable(buf_str(&cell), false));
        assert_true(slow_text_columns(buf_str(&bare)) <= columns &&
                    str_starts(buf_str(&cell), buf_str(&bare)));
        cut += slow_text_columns(buf_str(&s)) > columns;
    }
    assert_true(cut > 10000);
    buf_release(&s);
    buf_release(&cell);
    buf_release(&slow);
    buf_release(&bare);
}

static void safe_replaces_and_leaves_the_rest(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct str s = STR("Hộ\x1b]0;x\x07\n\u2066tịch\r\n\xE1\xBB");
    text_safe(&out, s, false);
    assert_string_equal(out.p, "Hộ" REPLACED "]0;x" REPLACED REPLACED REPLACED
                               "tịch" REPLACED REPLACED REPLACED REPLACED);
    buf_reset(&out);
    text_safe(&out, s, true);
    assert_string_equal(out.p,
                        "Hộ" REPLACED "]0;x" REPLACED "\n" REPLACED "tịch" REPLACED "\n" REPLACED REPLACED);
    buf_reset(&out);
    text_safe(&out, STR_NONE, true);
    assert_int_equal(out.n, 0);
    struct random random = {SEED};
    struct buf in = BUF_INIT;
    for (int round = 0; round < 20000; round++) {
        buf_reset(&in);
        buf_reset(&out);
        random_text(&in, &random, 20, true);
        text_safe(&out, buf_str(&in), round % 2);
        assert_true(slow_is_showable(buf_str(&out), round % 2));
        assert_int_equal(text_characters(buf_str(&in)), text_characters(buf_str(&out)));
    }
    buf_release(&in);
    buf_release(&out);
}

/* ---- letter by letter ---- */

/* Whole texts, broken ones too, taken apart: each step is one letter, with its columns. */
static void a_letter_is_stepped_over_with_its_columns(void **state)
{
    (void)state;
    static const char *const texts[] = {"Nguyễn Thị Hương",    "e\u0302\u0301o\u031B.", "作a業",
                                        "\u0301\u0302a\u200B", "\xE1\xBA x\xFF\u0300",  "a\nb\u00AD\u202Ec"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct str s = str_of(texts[i]);
        for (size_t at = 0; at < s.n;) {
            size_t next = at;
            int columns = text_letter(s, &next);
            assert_int_equal(next, text_after(s, at));
            assert_int_equal(columns, text_columns((struct str){s.p + at, next - at}));
            at = next;
        }
    }
}

static void backspace_takes_the_marks_along(void **state)
{
    (void)state;
    for (size_t i = 0; i < VIETNAMESE_LETTERS; i++) {
        struct buf s = BUF_INIT;
        const char *forms[] = {vietnamese_letters[i].composed, vietnamese_letters[i].decomposed,
                               vietnamese_letters[i].typed};
        for (size_t form = 0; form < 3; form++) {
            buf_reset(&s);
            buf_add_z(&s, "chă");
            size_t before = s.n;
            buf_add_z(&s, forms[form]);
            size_t behind = s.n;
            buf_add_z(&s, "c");
            assert_int_equal(text_prev(buf_str(&s), s.n), behind);
            assert_int_equal(text_prev(buf_str(&s), behind), before);
            assert_int_equal(text_after(buf_str(&s), before), behind);
        }
        buf_release(&s);
    }
}

static void stepping_at_the_ends_and_over_oddities(void **state)
{
    (void)state;
    struct str s = STR("ab");
    assert_int_equal(text_prev(s, 0), 0);
    assert_int_equal(text_prev(s, 99), 1);
    assert_int_equal(text_after(s, 2), 2);
    assert_int_equal(text_after(s, 99), 2);
    assert_int_equal(text_prev(STR_NONE, 0), 0);
    assert_int_equal(text_after(STR_NONE, 0), 0);
    struct str marks = STR("\u0301\u0302a"); /* marks without a base are a letter of their own */
    assert_int_equal(text_after(marks, 0), 4);
    assert_int_equal(text_prev(marks, 4), 0);
    struct str lines = STR("a\n\u0301b"); /* a line break carries no marks */
    assert_int_equal(text_after(lines, 1), 2);
    assert_int_equal(text_after(lines, 2), 4);
    assert_int_equal(text_prev(lines, 4), 2);
    assert_int_equal(text_prev(lines, 2), 1);
    struct str broken = STR("a\xE1\xBB");
    assert_int_equal(text_prev(broken, 3), 2);
    assert_int_equal(text_prev(broken, 2), 1);
    assert_int_equal(text_after(broken, 1), 2);
}

static void stepping_back_finds_every_place_stepping_on_does(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT;
    for (int round = 0; round < 50000; round++) {
        buf_reset(&in);
        random_text(&in, &random, 20, round % 2);
        struct str s = buf_str(&in);
        for (size_t at = 0; at < s.n;) {
            size_t after = slow_letter_end(s, at);
            assert_int_equal(text_after(s, at), after);
            assert_int_equal(text_prev(s, after), at);
            at = after;
        }
    }
    buf_release(&in);
}

/* ---- wrapping ---- */

static void expect_wrapped(const char *text, int columns, const char *lines)
{
    struct buf out = BUF_INIT;
    struct str s = str_of(text);
    while (s.n) {
        size_t skip, n = text_wrap(s, columns, &skip);
        assert_true(skip > 0 && n <= skip && skip <= s.n);
        buf_add(&out, s.p, n);
        buf_add_char(&out, '|');
        s = str_from(s, skip);
    }
    if (strcmp(out.n ? out.p : "", lines))
        fail_msg("\"%s\" at %d: \"%s\" instead of \"%s\"", text, columns, out.n ? out.p : "", lines);
    buf_release(&out);
}

static void wrapping_in_particular(void **state)
{
    (void)state;
    expect_wrapped("", 5, "");
    expect_wrapped("một hai ba", 7, "một hai|ba|");
    expect_wrapped("một hai ba", 6, "một|hai ba|");
    expect_wrapped("một hai ba", 10, "một hai ba|");
    expect_wrapped("một   hai", 3, "một|hai|");
    expect_wrapped("một   hai", 5, "một|hai|");
    expect_wrapped("một   ", 3, "một|");
    expect_wrapped("nghiêng", 3, "ngh|iên|g|");
    expect_wrapped("a nghiêng", 4, "a|nghi|êng|");
    expect_wrapped("e\u0302\u0301e\u0302\u0301e\u0302\u0301", 2, "e\u0302\u0301e\u0302\u0301|e\u0302\u0301|");
    expect_wrapped("một\nhai\n\nba", 20, "một|hai||ba|");
    expect_wrapped("một\n", 20, "một|");
    expect_wrapped("\n\n", 20, "||");
    expect_wrapped("một \nhai", 3, "một|hai|");
    expect_wrapped("  một hai", 5, "  một|hai|");
    expect_wrapped("作业本", 4, "作业|本|");
    expect_wrapped("作业本", 3, "作|业|本|");
    expect_wrapped("作业", 1, "作|业|"); /* it must go somewhere */
    expect_wrapped("ab", 0, "a|b|");
    expect_wrapped("ab", -5, "a|b|");
}

/* A blank that carries no mark. */
static bool breaks_after(struct str s, size_t at)
{
    return s.p[at] == ' ' && slow_letter_end(s, at) == at + 1;
}

static void wrapped_lines_fit_and_lose_only_blanks(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT;
    for (int round = 0; round < 50000; round++) {
        int columns = 2 + (int)(random_next(&random) % 20);
        buf_reset(&in);
        random_text(&in, &random, 40, round % 2);
        struct str s = buf_str(&in);
        while (s.n) {
            size_t skip, n = text_wrap(s, columns, &skip), letter = 0;
            assert_true(skip > 0 && n <= skip && skip <= s.n);
            assert_true(slow_text_columns(str_first(s, n)) <= columns);
            assert_null(memchr(s.p, '\n', n));
            for (size_t at = n; at < skip; at++) /* between the lines: blanks, or one line break at the end */
                assert_true(s.p[at] == ' ' || (s.p[at] == '\n' && at + 1 == skip));
            while (letter < n)
                letter = slow_letter_end(s, letter);
            assert_int_equal(letter, n);
            /* The next word would not have fitted: nothing is broken early. */
            if (skip < s.n && s.p[skip - 1] != '\n') {
                size_t more = skip;
                while (more < s.n && s.p[more] != '\n' && !breaks_after(s, more))
                    more = slow_letter_end(s, more);
                assert_true(slow_text_columns(str_first(s, more)) > columns);
            }
            s = str_from(s, skip);
        }
    }
    buf_release(&in);
}

/* Texts are cut out of others: what follows the end, even the rest of a character, has no say. */
static void bytes_behind_the_end_have_no_say(void **state)
{
    (void)state;
    struct str whole = STR("Nguye\u0302\u0303n Hữu Ộ 作😀\xE1\xBB\x99");
    for (size_t n = 0; n <= whole.n; n++) {
        char *bytes = malloc(n ? n : 1); /* a sanitizer sees what is read past it */
        assert_non_null(bytes);
        memcpy(bytes, whole.p, n);
        struct str cut = str_first(whole, n), alone = {bytes, n};
        struct buf one = BUF_INIT, other = BUF_INIT;
        text_cell(&one, cut, 30, true);
        text_cell(&other, alone, 30, true);
        text_fold(&one, cut);
        text_fold(&other, alone);
        buf_add_int(&one, (int64_t)text_clean(cut, TEXT_LINE, TEXT_MAX, &one));
        buf_add_int(&other, (int64_t)text_clean(alone, TEXT_LINE, TEXT_MAX, &other));
        assert_true(str_eq(buf_str(&one), buf_str(&other)));
        size_t skip, other_skip;
        assert_int_equal(text_wrap(cut, 4, &skip), text_wrap(alone, 4, &other_skip));
        assert_int_equal(skip, other_skip);
        assert_int_equal(text_prev(cut, n), text_prev(alone, n));
        assert_int_equal(text_prev(whole, n), text_prev(alone, n));
        assert_int_equal(text_columns(cut), slow_text_columns(alone));
        assert_int_equal(text_fit(cut, 20), text_fit(alone, 20));
        buf_release(&one);
        buf_release(&other);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnamese_letters_take_one_column),
        cmocka_unit_test(width_of_other_characters),
        cmocka_unit_test(width_agrees_with_utf8proc),
        cmocka_unit_test(fit_keeps_letters_whole),
        cmocka_unit_test(cells_in_particular),
        cmocka_unit_test(a_padded_cell_takes_exactly_its_columns),
        cmocka_unit_test(safe_replaces_and_leaves_the_rest),
        cmocka_unit_test(a_letter_is_stepped_over_with_its_columns),
        cmocka_unit_test(backspace_takes_the_marks_along),
        cmocka_unit_test(stepping_at_the_ends_and_over_oddities),
        cmocka_unit_test(stepping_back_finds_every_place_stepping_on_does),
        cmocka_unit_test(wrapping_in_particular),
        cmocka_unit_test(wrapped_lines_fit_and_lose_only_blanks),
        cmocka_unit_test(bytes_behind_the_end_have_no_say),
    };
    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
