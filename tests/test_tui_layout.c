/* Layout as data: canvas, columns, lists, sheets, keys, and finding in the catalogue; no terminal. */
#include "core/mask.h"
#include "core/text.h"
#include "tests/desk_world.h"
#include "tests/manual_block.h"
#include "tests/random.h"
#include "tui/canvas.h"
#include "tui/columns.h"
#include "tui/keys.h"
#include "tui/list.h"
#include "tui/names.h"
#include "tui/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- the canvas ---- */

static void must_row(const struct canvas *c, int row, const char *expected)
{
    struct buf text = BUF_INIT;
    canvas_row_text(c, row, &text);
    assert_string_equal(text.p ? text.p : "", expected);
    buf_release(&text);
}

static void text_is_cut_at_a_letter_with_an_ellipsis(void **state)
{
    (void)state;
    struct canvas c = CANVAS_INIT;
    canvas_resize(&c, 3, 10);
    assert_int_equal(canvas_text(&c, 0, 0, 10, STYLE_PLAIN, STR("Nguyễn Thị Hương")), 10);
    must_row(&c, 0, "Nguyễn Th…");
    assert_int_equal(canvas_text(&c, 1, 6, 10, STYLE_PLAIN, STR("Đất")), 3);
    must_row(&c, 1, "      Đất");
    canvas_right(&c, 2, 0, 10, STYLE_PLAIN, STR("Đất"));
    must_row(&c, 2, "       Đất");
    canvas_release(&c);
}

static void wide_letters_never_hang_over_an_edge(void **state)
{
    (void)state;
    struct canvas c = CANVAS_INIT;
    canvas_resize(&c, 2, 5);
    canvas_text(&c, 0, 0, 5, STYLE_PLAIN, STR("ab作文"));
    must_row(&c, 0, "ab作…");
    canvas_text(&c, 1, 4, 1, STYLE_PLAIN, STR("作"));
    assert_int_equal(c.cell[5 + 4].columns, 1);
    /* overwriting one half blanks the other */
    canvas_text(&c, 0, 3, 1, STYLE_PLAIN, STR("x"));
    must_row(&c, 0, "ab x…");
    canvas_release(&c);
}

static void marks_stay_with_their_letter(void **state)
{
    (void)state;
    struct canvas c = CANVAS_INIT;
    canvas_resize(&c, 1, 4);
    canvas_text(&c, 0, 0, 4, STYLE_PLAIN, STR("e\u0302\u0301t"));
    assert_int_equal(c.cell[0].n, 5);
    assert_int_equal(c.cell[1].text[0], 't');
    canvas_release(&c);
}

static void nothing_raw_is_drawn(void **state)
{
    (void)state;
    struct canvas c = CANVAS_INIT;
    canvas_resize(&c, 1, 20);
    canvas_text(&c, 0, 0, 20, STYLE_PLAIN,
                STR("a\x1b[31mb\xFF\u202E"
                    "c\n"));
    must_row(&c, 0, "a\uFFFD[31mb\uFFFD\uFFFDc\uFFFD");
    canvas_release(&c);
}

/* Anything anywhere: no write outside, every row as wide as the canvas. */
static void random_drawing_stays_inside(void **state)
{
    (void)state;
    static const char *const texts[] = {"Nguyễn Thị Hương", "作文作文", "", "e\u0302\u0301", "\xFF\xFE", "a"};
    struct random r = {11};
    struct canvas c = CANVAS_INIT;
    for (int i = 0; i < 20000; i++) {
        if (i % 100 == 0)
            canvas_resize(&c, (int)random_in(&r, 0, 6), (int)random_in(&r, 0, 12));
        int row = (int)random_in(&r, -3, 9), column = (int)random_in(&r, -3, 15),
            width = (int)random_in(&r, -2, 20);
        struct str text = str_of(texts[random_in(&r, 0, 5)]);
        switch (random_in(&r, 0, 5)) {
        case 0: canvas_text(&c, row, column, width, STYLE_PLAIN, text); break;
        case 1: canvas_cell(&c, row, column, width, STYLE_STRONG, text); break;
        case 2: canvas_right(&c, row, column, width, STYLE_DIM, text); break;
        case 3: canvas_fill(&c, (struct area){row, column, 2, width}, STYLE_BAR); break;
        case 4: canvas_box(&c, (struct area){row, column, 3, width}, STYLE_PLAIN); break;
        default: canvas_select(&c, row, column, width); break;
        }
        for (int k = 0; k < c.rows; k++) {
            int columns = 0;
            for (int n = 0; n < c.columns; n++)
                columns += c.cell[k * c.columns + n].columns;
            assert_int_equal(columns, c.columns);
        }
    }
    canvas_release(&c);
}

/* ---- columns ---- */

static void room_is_given_by_rank(void **state)
{
    (void)state;
    const struct column columns[] = {{4, 4, 1}, {10, 30, 2}, {8, 8, 4}, {6, 12, 3}};
    int width[4];
    assert_int_equal(columns_fit(columns, 4, 80, width), 4 + 30 + 8 + 12 + 3);
    assert_int_equal(columns_fit(columns, 4, 40, width), 40);
    assert_int_equal(width[0], 4);
    assert_int_equal(width[1], 19); /* 40 - 4 - 8 - 6 - 3 blanks */
    assert_int_equal(width[2], 8);
    assert_int_equal(width[3], 6);
    assert_int_equal(columns_fit(columns, 4, 30, width), 30);
    assert_int_equal(width[2], 0); /* the highest rank has no room: left out, its room given to the others */
    assert_int_equal(width[1], 18);
    assert_int_equal(columns_fit(columns, 4, 3, width), 0);
    assert_int_equal(columns_fit(columns, 4, 0, width), 0);
}

/* ---- lists ---- */

static void press(struct list *l, int code)
{
    struct key k = key_press(code);
    assert_true(list_key(l, &k, true));
}

static void a_list_keeps_its_selection_in_sight(void **state)
{
    (void)state;
    struct list l = {0};
    list_set_page(&l, 5);
    list_set_count(&l, 12);
    press(&l, PRESS_UP);
    assert_int_equal(l.selected, 0);
    for (int i = 0; i < 5; i++)
        press(&l, PRESS_DOWN);
    assert_int_equal(l.selected, 5);
    assert_int_equal(l.top, 1);
    press(&l, PRESS_END);
    assert_int_equal(l.selected, 11);
    assert_int_equal(l.top, 7);
    press(&l, PRESS_PAGE_UP);
    assert_int_equal(l.selected, 7);
    list_set_count(&l, 3); /* rows went */
    assert_int_equal(l.selected, 2);
    assert_int_equal(l.top, 0);
    list_set_count(&l, 0);
    assert_int_equal(l.selected, 0);
    press(&l, PRESS_DOWN);
    assert_int_equal(l.selected, 0);
    assert_int_equal(list_at(&l, 0), 0); /* of none */
}

static void random_keys_keep_a_list_sound(void **state)
{
    (void)state;
    static const int codes[] = {PRESS_UP,   PRESS_DOWN, PRESS_PAGE_UP,  PRESS_PAGE_DOWN,
                                PRESS_HOME, PRESS_END,  PRESS_WHEEL_UP, PRESS_WHEEL_DOWN};
    struct random r = {5};
    struct list l = {0};
    for (int i = 0; i < 20000; i++) {
        if (i % 7 == 0)
            list_set_count(&l, (size_t)random_in(&r, 0, 40));
        if (i % 11 == 0)
            list_set_page(&l, (size_t)random_in(&r, 0, 12));
        press(&l, codes[random_in(&r, 0, 7)]);
        assert_true(l.count ? l.selected < l.count : l.selected == 0);
        assert_true(l.top <= l.selected && l.selected < l.top + l.page);
        assert_true(l.top == 0 || l.top + l.page <= l.count);
    }
}

/* ---- sheets ---- */

static void a_sheet_wraps_under_its_column(void **state)
{
    (void)state;
    struct sheet s = SHEET_INIT;
    struct canvas c = CANVAS_INIT;
    canvas_resize(&c, 6, 24);
    sheet_begin(&s, 24);
    sheet_add(&s, 0, STYLE_DIM, STR("Thủ tục"));
    sheet_add(&s, 10, STYLE_PLAIN, STR("Cấp bản sao trích lục hộ tịch"));
    sheet_end(&s);
    sheet_add(&s, 0, STYLE_PLAIN, STR("trái"));
    sheet_right(&s, STYLE_PLAIN, STR("phải"));
    sheet_end(&s);
    assert_int_equal(s.rows, 4);
    sheet_draw(&s, &c, (struct area){0, 0, 6, 24});
    must_row(&c, 0, "Thủ tục   Cấp bản sao");
    must_row(&c, 1, "          trích lục hộ");
    must_row(&c, 2, "          tịch");
    must_row(&c, 3, "trái                phải");
    canvas_clear(&c);
    struct key down = key_press(PRESS_DOWN), end = key_press(PRESS_END);
    assert_true(sheet_key(&s, &down, 2));
    assert_int_equal(s.top, 1);
    assert_true(sheet_key(&s, &end, 2));
    assert_true(sheet_key(&s, &down, 2)); /* no further */
    assert_int_equal(s.top, 2);
    sheet_release(&s);
    canvas_release(&c);
}

/* ---- masks ---- */

static void must_mask(const char *text, bool whole, const char *expected)
{
    struct buf out = BUF_INIT;
    mask_number(&out, str_of(text), whole);
    assert_string_equal(out.p ? out.p : "", expected);
    buf_release(&out);
}

static void the_last_characters_of_a_number_show(void **state)
{
    (void)state;
    must_mask("0912345678", false, "*******678");
    must_mask("012345678901", false, "********8901");
    must_mask("0912345678", true, "0912345678");
    must_mask("12", false, "**");
    must_mask("", false, "");
}

/* ---- keys ---- */

static void every_action_has_a_key_and_words_in_both_languages(void **state)
{
    (void)state;
    for (int a = 1; a < ACTION_COUNT; a++) {
        struct key key;
        assert_true(keys_of((enum action)a, 0, &key));
        for (int lang = LANG_VI; lang <= LANG_EN; lang++) {
            assert_true(strlen(keys_hint((enum lang)lang, (enum action)a)) > 0);
            assert_true(strlen(keys_help((enum lang)lang, (enum action)a)) > 0);
            assert_true(strlen(keys_scope_name((enum lang)lang, keys_scope((enum action)a))) > 0);
        }
    }
}

static void keys_mean_what_their_page_says_first(void **state)
{
    (void)state;
    struct key f2 = key_press(PRESS_F + 2), g = key_letter('g'), n = key_letter('n'), q = key_letter('q');
    struct key ctrl_c = key_press(PRESS_CTRL + 'c');
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_LIST, &f2, false), ACTION_receive);
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_FORM, &f2, true), ACTION_save);
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_DOSSIER, &g, false), ACTION_return);
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_LIST, &g, false), ACTION_none);
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_ASK, &n, false), ACTION_no);
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_FORM, &q, true),
                     ACTION_none); /* a letter being typed */
    assert_int_equal(keys_action(SCOPE_ANYWHERE | SCOPE_FORM, &ctrl_c, true), ACTION_quit);
    struct key d_bar = key_letter(0x111); /* đ, whose number is F9's in ncurses */
    assert_int_equal(keys_action(SCOPE_ANYWHERE, &d_bar, false), ACTION_none);
}

static void keys_have_names(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    keys_names(&out, ACTION_quit);
    assert_string_equal(out.p, "q F10 Ctrl-C");
    buf_reset(&out);
    keys_names(&out, ACTION_previous);
    assert_string_equal(out.p, "Shift-Tab ↑");
    buf_release(&out);
}

/* The table in the manual is this list and nothing else; UPDATE=1 in the environment writes it anew. */
static void the_manual_has_every_key(void **state)
{
    (void)state;
    struct buf table = BUF_INIT, manual = BUF_INIT;
    keys_manual(&table);
    if (getenv("UPDATE"))
        manual_block_write("man/motcua.1", "keys", buf_str(&table));
    assert_true(manual_block_read("man/motcua.1", "keys", &manual));
    if (!str_eq(buf_str(&manual), buf_str(&table)))
        fail_msg("man/motcua.1 has not this table of keys (UPDATE=1 writes it anew):\n%s", table.p);
    buf_release(&table);
    buf_release(&manual);
}

/* ---- finding ---- */

static void put(struct office *o, const char *code, const char *kase, const char *name, const char *field)
{
    static uint64_t seq = 1000;
    static uint16_t number = 500;
    struct event e = {.kind = EVENT_PROCEDURE_PUT, .seq = ++seq};
    e.procedure =
        (struct procedure){.number = ++number,
                           .field_number = 1,
                           .code = str_of(code),
                           .kase = kase ? str_of(kase) : STR_NONE,
                           .name = str_of(name),
                           .field = str_of(field),
                           .limit = {.kind = LIMIT_SAME_DAY, .hundredths = 100, .cutoff = LIMIT_NO_CUTOFF},
                           .fee = -1};
    assert_true(office_apply(o, &e));
}

struct catalogue {
    struct office *office;
    struct names names;
};

static int make_catalogue(void **state)
{
    static struct catalogue c;
    c.office = office_new();
    put(c.office, "1.001193", NULL, "Thủ tục đăng ký khai sinh", "Hộ tịch");
    put(c.office, "1.004884", NULL, "Thủ tục đăng ký lại khai sinh", "Hộ tịch");
    put(c.office, "1.000656", NULL, "Thủ tục đăng ký khai tử", "Hộ tịch");
    put(c.office, "2.000815", "01", "Chứng thực bản sao từ bản chính", "Chứng thực");
    put(c.office, "2.000815", "02", "Chứng thực bản sao từ bản chính", "Chứng thực");
    put(c.office, "2.000635", NULL, "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh", "Hộ tịch");
    put(c.office, "1.012784", NULL, "Tách thửa hoặc hợp thửa đất", "Đất đai");
    *state = &c;
    return names_load(&c.names, c.office) ? 0 : -1;
}

static int drop_catalogue(void **state)
{
    struct catalogue *c = *state;
    names_release(&c->names);
    office_free(c->office);
    return 0;
}

static void must_find(const struct names *n, const char *typed, const char *expected)
{
    uint16_t found[FOUND_MAX];
    struct buf codes = BUF_INIT;
    size_t count = names_find_procedures(n, str_of(typed), found);
    for (size_t i = 0; i < count; i++) {
        buf_add_z(&codes, i ? " " : "");
        buf_add_str(&codes, n->procedure[found[i]].procedure.code);
    }
    if (strcmp(codes.p ? codes.p : "", expected) != 0)
        fail_msg("\"%s\" finds \"%s\", not \"%s\"", typed, codes.p ? codes.p : "", expected);
    buf_release(&codes);
}

static void procedures_are_found_by_what_people_type(void **state)
{
    const struct names *n = &((struct catalogue *)*state)->names;
    must_find(n, "khai sinh", "1.001193 1.004884 2.000635");
    must_find(n, "KHAI SINH LẠI", "1.004884");
    must_find(n, "dang ky", "1.000656 1.001193 1.004884");
    must_find(n, "đất", "1.012784"); /* its field too */
    must_find(n, "1.001193", "1.001193");
    must_find(n, "1.0011", "1.001193");
    must_find(n, "2000815", "2.000815"); /* the dot is left out at a keyboard without a number pad */
    must_find(n, "10011", "1.001193");
    must_find(n, "815", "2.000815"); /* a code's cases are one row */
    must_find(n, "thua hop", "1.012784");
    must_find(n, "xyz", "");
    uint16_t found[FOUND_MAX];
    assert_int_equal(names_find_procedures(n, STR_NONE, found), 6);
}

static void what_is_used_most_comes_first(void **state)
{
    struct names *n = &((struct catalogue *)*state)->names;
    size_t i = names_procedure(n, STR("1.004884"), STR_NONE);
    assert_true(i < n->procedures);
    n->procedure[i].used = 9;
    must_find(n, "khai sinh", "1.001193 1.004884 2.000635"); /* what was typed is its very name */
    uint16_t found[FOUND_MAX];
    names_find_procedures(n, STR_NONE, found);
    assert_int_equal(found[0], i);
    must_find(n, "thu tuc", "1.004884 1.000656 1.001193");
    must_find(n, "1.001193", "1.001193"); /* a code is a code */
    n->procedure[i].used = 0;
}

static void cases_belong_to_their_code(void **state)
{
    const struct names *n = &((struct catalogue *)*state)->names;
    size_t first = names_procedure(n, STR("2.000815"), STR("01"));
    assert_int_equal(names_cases(n, first), 2);
    assert_int_equal(names_procedure(n, STR("2.000815"), STR("02")), first + 1);
    assert_int_equal(names_procedure(n, STR("2.000815"), STR_NONE), n->procedures);
    assert_int_equal(names_cases(n, names_procedure(n, STR("1.001193"), STR_NONE)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_at_a_letter_with_an_ellipsis),
        cmocka_unit_test(wide_letters_never_hang_over_an_edge),
        cmocka_unit_test(marks_stay_with_their_letter),
        cmocka_unit_test(nothing_raw_is_drawn),
        cmocka_unit_test(random_drawing_stays_inside),
        cmocka_unit_test(room_is_given_by_rank),
        cmocka_unit_test(a_list_keeps_its_selection_in_sight),
        cmocka_unit_test(random_keys_keep_a_list_sound),
        cmocka_unit_test(a_sheet_wraps_under_its_column),
        cmocka_unit_test(the_last_characters_of_a_number_show),
        cmocka_unit_test(every_action_has_a_key_and_words_in_both_languages),
        cmocka_unit_test(keys_mean_what_their_page_says_first),
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(the_manual_has_every_key),
        cmocka_unit_test(procedures_are_found_by_what_people_type),
        cmocka_unit_test(what_is_used_most_comes_first),
        cmocka_unit_test(cases_belong_to_their_code),
    };
    return cmocka_run_group_tests(tests, make_catalogue, drop_catalogue);
}
