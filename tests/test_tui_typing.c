/* Typing: letters out of bytes, scanners out of letters, the line editor, dates and limits as people write
 * them. */
#include "core/text.h"
#include "tests/random.h"
#include "tui/field.h"
#include "tui/letters.h"
#include "tui/typed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- letters ---- */

/* All bytes of a text, one by one; the characters that came out. */
static size_t letters_of(const char *bytes, size_t n, int32_t *out)
{
    struct letters l = LETTERS_INIT;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += letters_take(&l, (unsigned char)bytes[i], &out[count]);
    return count;
}

static void letters_come_whole_out_of_single_bytes(void **state)
{
    (void)state;
    const char text[] = "aắđ\xF0\x9F\x98\x80";
    int32_t out[16];
    assert_int_equal(letters_of(text, sizeof text - 1, out), 4);
    assert_int_equal(out[0], 'a');
    assert_int_equal(out[1], 0x1EAF);
    assert_int_equal(out[2], 0x0111); /* the number of F9 in ncurses, and still a letter */
    assert_int_equal(out[3], 0x1F600);
}

static void broken_sequences_are_dropped_and_what_follows_is_not(void **state)
{
    (void)state;
    int32_t out[16];
    assert_int_equal(letters_of("\xE1\xBA"
                                "c",
                                3, out),
                     1); /* cut short */
    assert_int_equal(out[0], 'c');
    assert_int_equal(letters_of("\x80\xBF", 2, out), 0);  /* continuations alone */
    assert_int_equal(letters_of("\xC0\x80x", 3, out), 1); /* overlong */
    assert_int_equal(out[0], 'x');
    assert_int_equal(letters_of("\xED\xA0\x80y", 4, out), 1); /* a surrogate */
    assert_int_equal(out[0], 'y');
    assert_int_equal(letters_of("\xFF\xFEz", 3, out), 1);
    assert_int_equal(out[0], 'z');
    assert_int_equal(letters_of("\xE1\xBA\xC4\x83", 4, out), 1); /* one begun, another whole */
    assert_int_equal(out[0], 0x0103);
}

/* ---- scanners ---- */

static size_t keys_of_text(const char *text, struct key *keys)
{
    size_t n = 0;
    for (const char *c = text; *c; c++)
        keys[n++] = *c == '\r' ? key_press(PRESS_ENTER) : key_letter((unsigned char)*c);
    return n;
}

static size_t scan_of(const char *text)
{
    struct key keys[1024];
    return scan_length(keys, keys_of_text(text, keys), false);
}

static void a_burst_ending_in_enter_is_a_scan(void **state)
{
    (void)state;
    assert_int_equal(scan_of("H42.26.21-261116-0001\r"), 22);
    assert_int_equal(scan_of("0001\r"), 5);
    assert_int_equal(scan_of("03706/2026/07906\r"), 17);
    assert_int_equal(scan_of("h42.26.21-261116-0001\rq"), 22); /* what follows is none of it */
    assert_int_equal(scan_of("012345678901|Nguyen Van A|01011990\r"),
                     35); /* an id card's code fires no keys either */
}

static void what_a_person_presses_is_no_scan(void **state)
{
    (void)state;
    assert_int_equal(scan_of("jjjj\r"), 0); /* no digit: no code */
    struct key whole[8];
    assert_int_equal(scan_length(whole, keys_of_text("jjjj\r", whole), true), 5); /* nobody is that fast */
    assert_int_equal(scan_length(whole, keys_of_text("jjj\r", whole), true), 0);
    assert_int_equal(scan_of("n12\r"), 0); /* too short */
    assert_int_equal(scan_of("0001"), 0);  /* no Enter */
    assert_int_equal(scan_of("\r"), 0);
    assert_int_equal(scan_of(""), 0);
    struct key keys[8];
    size_t n = keys_of_text("12", keys);
    keys[n++] = key_press(PRESS_DOWN);
    n += keys_of_text("34\r", keys + n);
    assert_int_equal(scan_length(keys, n, false), 0);
}

static void only_letters_are_worth_waiting_for(void **state)
{
    (void)state;
    struct key keys[1024];
    assert_true(scan_may_grow(keys, keys_of_text("H42", keys)));
    assert_false(scan_may_grow(keys, keys_of_text("H42\r", keys)));
    assert_false(scan_may_grow(keys, 0));
    keys[0] = key_press(PRESS_DOWN);
    assert_false(scan_may_grow(keys, 1));
    for (size_t i = 0; i < 1024; i++)
        keys[i] = key_letter('7');
    assert_false(scan_may_grow(keys, SCAN_LONGEST)); /* nobody scans that much: no endless wait */
}

/* ---- the line editor ---- */

/* Types a text: \x7f is Backspace, < and > the arrows, ~ Delete, ^ Ctrl-W, @ Ctrl-U. */
static void type(struct field *f, const char *text)
{
    struct str s = str_of(text);
    for (size_t at = 0; at < s.n;) {
        int32_t c = text_next(s, &at);
        struct key k = c == 0x7F  ? key_press(PRESS_BACKSPACE)
                       : c == '<' ? key_press(PRESS_LEFT)
                       : c == '>' ? key_press(PRESS_RIGHT)
                       : c == '~' ? key_press(PRESS_DELETE)
                       : c == '^' ? key_press(PRESS_CTRL + 'w')
                       : c == '@' ? key_press(PRESS_CTRL + 'u')
                                  : key_letter(c);
        field_key(f, &k);
    }
}

static void must_type(const char *keys, const char *text, size_t cursor)
{
    struct field f;
    field_init(&f, TEXT_MAX);
    type(&f, keys);
    assert_string_equal(f.text.p ? f.text.p : "", text);
    assert_int_equal(f.cursor, cursor);
    field_release(&f);
}

static void input_methods_correct_by_backspace(void **state)
{
    (void)state;
    must_type("cha\x7f"
              "ă\x7f"
              "ắc",
              "chắc", 6);
    must_type("Nguye\x7fê\x7fên\x7f\x7f"
              "ễn",
              "Nguyễn", 8); /* ê, n, ⌫⌫, ễn */
    must_type("d\x7fđ", "đ", 2);
}

static void a_letter_with_its_marks_goes_at_once(void **state)
{
    (void)state;
    must_type("e\u0302\u0301", "e\u0302\u0301", 5);
    must_type("ae\u0302\u0301\x7f", "a", 1);
    must_type("ae\u0302\u0301<", "ae\u0302\u0301", 1);
    must_type("ae\u0302\u0301<~", "a", 1);
    must_type("\x7f\x7f", "", 0);
}

static void words_and_lines_can_be_taken_away(void **state)
{
    (void)state;
    must_type("Nguyễn Thị Hương^", "Nguyễn Thị ", strlen("Nguyễn Thị "));
    must_type("Nguyễn Thị   ^", "Nguyễn ", strlen("Nguyễn "));
    must_type("một hai<<<@", "hai", 0);
    must_type("ab<x>y", "axby", 4);
}

static void no_more_than_the_most_gets_in(void **state)
{
    (void)state;
    struct field f;
    field_init(&f, 5);
    type(&f, "đườngxyz");
    assert_string_equal(f.text.p, "đường");
    type(&f, "\x7f\x7f");
    assert_false(field_insert(&f, STR("ấn nữa")));
    assert_string_equal(f.text.p, "đườấn");
    field_release(&f);
}

static void a_paste_is_one_line_without_controls(void **state)
{
    (void)state;
    struct field f;
    field_init(&f, TEXT_MAX);
    struct key paste = key_press(PRESS_PASTE);
    paste.text = STR("Thôn 3\nxã\tTơ\x1b[31m Tung\x00\xFF!");
    assert_int_equal(field_key(&f, &paste), FIELD_CHANGED);
    assert_string_equal(f.text.p, "Thôn 3 xã Tơ[31m Tung\uFFFD!");
    field_release(&f);
}

static void keys_that_are_not_the_editors_are_left_alone(void **state)
{
    (void)state;
    struct field f;
    field_init(&f, 10);
    const int others[] = {PRESS_ENTER, PRESS_TAB,        PRESS_ESCAPE, PRESS_UP,
                          PRESS_F + 2, PRESS_CTRL + 's', PRESS_NONE};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct key k = key_press(others[i]);
        assert_int_equal(field_key(&f, &k), FIELD_IGNORED);
    }
    field_release(&f);
}

/* A plain model: an array of letters and a cursor, against the editor on random keys. */
static void the_editor_equals_a_plain_model(void **state)
{
    (void)state;
    static const char *const letters[] = {"a", "đ", "ắ", "e\u0302\u0301", " ", "作", "ộ"};
    enum { KEYS = 4000, MOST = 60 };
    const char *model[MOST + 1];
    size_t n = 0, cursor = 0;
    struct field f;
    field_init(&f, 1000);
    struct random r = {7};
    for (int i = 0; i < KEYS; i++) {
        int64_t what = random_in(&r, 0, 9);
        if (what < 5 && n < MOST) {
            const char *letter = letters[random_in(&r, 0, 6)];
            memmove(&model[cursor + 1], &model[cursor], (n - cursor) * sizeof *model);
            model[cursor++] = letter;
            n++;
            field_insert(&f, str_of(letter));
        } else if (what == 5 && cursor) {
            memmove(&model[cursor - 1], &model[cursor], (n - cursor) * sizeof *model);
            cursor--, n--;
            type(&f, "\x7f");
        } else if (what == 6 && cursor < n) {
            memmove(&model[cursor], &model[cursor + 1], (n - cursor - 1) * sizeof *model);
            n--;
            type(&f, "~");
        } else if (what == 7 && cursor) {
            cursor--;
            type(&f, "<");
        } else if (what == 8 && cursor < n) {
            cursor++;
            type(&f, ">");
        }
        char whole[1024] = "";
        size_t at = 0;
        for (size_t k = 0; k < n; k++) {
            at += k < cursor ? strlen(model[k]) : 0;
            strcat(whole, model[k]);
        }
        assert_string_equal(f.text.p ? f.text.p : "", whole);
        assert_int_equal(f.cursor, at);
    }
    field_release(&f);
}

static void a_long_line_is_scrolled_to_the_cursor(void **state)
{
    (void)state;
    struct field f;
    struct canvas c = CANVAS_INIT;
    assert_true(canvas_resize(&c, 1, 12));
    field_init(&f, TEXT_MAX);
    type(&f, "Nguyễn Thị Hương Giang");
    field_draw(&f, &c, (struct area){0, 1, 1, 10}, true, STR_NONE);
    struct buf row = BUF_INIT;
    canvas_row_text(&c, 0, &row);
    assert_string_equal(row.p, " ơng Giang"); /* nine letters and the cursor */
    assert_int_equal(c.cursor_column, 10);
    struct key home = key_press(PRESS_HOME);
    field_key(&f, &home);
    canvas_clear(&c);
    field_draw(&f, &c, (struct area){0, 1, 1, 10}, true, STR_NONE);
    buf_reset(&row);
    canvas_row_text(&c, 0, &row);
    assert_string_equal(row.p, " Nguyễn Thị");
    assert_int_equal(c.cursor_column, 1);
    buf_release(&row);
    field_release(&f);
    canvas_release(&c);
}

/* ---- dates ---- */

static void must_read_time(const char *text, const char *expected)
{
    struct typed_time t;
    char date[CIVIL_TEXT], hm[CIVIL_TEXT], got[80];
    civil_day today = civil_from_ymd(2026, 11, 16);
    if (!typed_time(str_of(text), today, &t)) {
        if (expected)
            fail_msg("\"%s\" was not understood", text);
        return;
    }
    if (!expected)
        fail_msg("\"%s\" should not be a time", text);
    snprintf(got, sizeof got, "%s %s", civil_iso_date(date, t.day),
             t.minute_of_day < 0 ? "-" : civil_hm(hm, t.minute_of_day));
    assert_string_equal(got, expected);
}

static void times_are_read_as_people_write_them(void **state)
{
    (void)state;
    must_read_time("2026-11-20T09:30", "2026-11-20 09:30");
    must_read_time("20/11/2026 09:30", "2026-11-20 09:30");
    must_read_time("20/11/2026 9:30", "2026-11-20 09:30");
    must_read_time("20/11/2026 9h30", "2026-11-20 09:30");
    must_read_time(" 20/11/2026 ", "2026-11-20 -");
    must_read_time("20/11", "2026-11-20 -");
    must_read_time("1/12", "2026-12-01 -");
    must_read_time("1/12/2026", "2026-12-01 -");
    must_read_time("1/2/2027 8h", "2027-02-01 08:00");
    must_read_time("1/12/26", NULL);
    must_read_time("1/12/2026/", NULL);
    must_read_time("1/12/99999999999", NULL);
    must_read_time("1/12 8h", "2026-12-01 08:00");
    must_read_time("9:30", "2026-11-16 09:30");
    must_read_time("15h", "2026-11-16 15:00");
    must_read_time("", NULL);
    must_read_time("31/11", NULL);
    must_read_time("29/2", NULL); /* 2026 has none */
    must_read_time("24:00", NULL);
    must_read_time("9:60", NULL);
    must_read_time("9:", NULL);
    must_read_time("20-11", NULL);
    must_read_time("20/11 mai", NULL);
    must_read_time("mai", NULL);
    must_read_time("2026-11-20T09:30+07:00", NULL); /* the office's own clock, always */
    must_read_time("1/1/1500", NULL);
}

/* ---- limits ---- */

static void must_read_limit(const char *text, const char *expected)
{
    struct limit l;
    struct buf got = BUF_INIT;
    if (typed_limit(str_of(text), &l))
        limit_format(&got, &l);
    if (strcmp(got.p ? got.p : "", expected) != 0)
        fail_msg("\"%s\" is \"%s\", not \"%s\"", text, expected, got.p ? got.p : "");
    buf_release(&got);
}

/* What a field begins with is read back as the same limit, in either language. */
static void limits_are_written_as_they_are_read(void **state)
{
    (void)state;
    static const char *const limits[] = {"3 working_days",  "2.5 working_days", "25 calendar_days",
                                         "4 working_hours", "2 months",         "same_day"};
    struct limit l, back;
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
            assert_true(limit_parse(str_of(limits[i]), &l));
            buf_reset(&text);
            typed_limit_write(&text, lang, &l);
            assert_true(text.n && typed_limit(buf_str(&text), &back));
            assert_true(limit_equal(&l, &back));
        }
    assert_true(limit_parse(STR("2.5 working_days"), &l));
    buf_reset(&text);
    typed_limit_write(&text, LANG_VI, &l);
    assert_string_equal(text.p, "2,5 ngày làm việc");
    buf_reset(&text);
    l = (struct limit){.kind = LIMIT_NONE};
    typed_limit_write(&text, LANG_VI, &l);
    assert_int_equal(text.n, 0);
    buf_release(&text);
}

static void limits_are_read_as_people_write_them(void **state)
{
    (void)state;
    must_read_limit("3 ngày làm việc", "3 working_days");
    must_read_limit("2,5 Ngày Làm Việc", "2.5 working_days");
    must_read_limit("3 nlv", "3 working_days");
    must_read_limit("25 ngày", "25 calendar_days");
    must_read_limit("25ngày", "25 calendar_days");
    must_read_limit("8 giờ", "8 working_hours");
    must_read_limit("8 giờ làm việc", "8 working_hours");
    must_read_limit("2 tháng", "2 months");
    must_read_limit("trong ngày", "same_day");
    must_read_limit("3 working_days", "3 working_days");
    must_read_limit("3 working days", "3 working_days");
    must_read_limit("same_day@15:00", "same_day@15:00");
    must_read_limit("3", "");
    must_read_limit("", "");
    must_read_limit("ngày", "");
    must_read_limit("0 ngày", "");
    must_read_limit("-1 ngày", "");
    must_read_limit("9999 ngày", "");
    must_read_limit("1,5 tháng", "");
    must_read_limit("ba ngày", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_come_whole_out_of_single_bytes),
        cmocka_unit_test(broken_sequences_are_dropped_and_what_follows_is_not),
        cmocka_unit_test(a_burst_ending_in_enter_is_a_scan),
        cmocka_unit_test(what_a_person_presses_is_no_scan),
        cmocka_unit_test(only_letters_are_worth_waiting_for),
        cmocka_unit_test(input_methods_correct_by_backspace),
        cmocka_unit_test(a_letter_with_its_marks_goes_at_once),
        cmocka_unit_test(words_and_lines_can_be_taken_away),
        cmocka_unit_test(no_more_than_the_most_gets_in),
        cmocka_unit_test(a_paste_is_one_line_without_controls),
        cmocka_unit_test(keys_that_are_not_the_editors_are_left_alone),
        cmocka_unit_test(the_editor_equals_a_plain_model),
        cmocka_unit_test(a_long_line_is_scrolled_to_the_cursor),
        cmocka_unit_test(times_are_read_as_people_write_them),
        cmocka_unit_test(limits_are_read_as_people_write_them),
        cmocka_unit_test(limits_are_written_as_they_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
