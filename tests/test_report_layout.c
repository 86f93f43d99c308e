/* How a report's tables fit a terminal, and how the screen turns its periods. */
#include "core/report_layout.h"
#include "core/report_words.h"
#include "core/text.h"
#include "tests/random.h"
#include "tui/report_period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- tables ---- */

static const struct report_column figures[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"field", T_report_indicators_indicator, CELL_TEXT, 20, false},
    {"a", T_report_indicators_whole, CELL_NUMBER, 8, false},
    {"b", T_report_indicators_whole, CELL_NUMBER, 8, false},
    {"c", T_report_indicators_whole, CELL_NUMBER, 8, false},
    {"d", T_report_indicators_whole, CELL_NUMBER, 8, false},
    {"e", T_report_indicators_whole, CELL_NUMBER, 8, false},
    {"f", T_report_indicators_value, CELL_PERCENT, 8, false},
};
enum { FIGURES = sizeof figures / sizeof *figures };

static const struct report_column words[] = {
    {"code", T_report_indicators_indicator, CELL_TEXT, 20, false},
    {"name", T_report_indicators_indicator, CELL_TEXT, 30, false},
    {"day", T_report_indicators_target, CELL_DATE, 10, false},
    {"why", T_report_indicators_indicator, CELL_TEXT, 30, false},
    {"n", T_report_indicators_whole, CELL_NUMBER, 5, false},
};
enum { WORDS = sizeof words / sizeof *words };

struct table {
    struct report_part part;
    struct report_row row[3];
    struct report_cell cell[3][REPORT_COLUMNS];
};

static void table_of(struct table *t, const struct report_column *column, size_t columns, struct str text,
                     int64_t number)
{
    *t = (struct table){.part = {.column = column, .columns = columns, .row = t->row, .count = 3}};
    for (size_t r = 0; r < 3; r++) {
        t->row[r].cell = t->cell[r];
        for (size_t i = 0; i < columns; i++)
            t->cell[r][i] = column[i].type == CELL_TEXT
                                ? (struct report_cell){CELL_TEXT, 0, text}
                                : (struct report_cell){
                                      column[i].type, column[i].type == CELL_DATE ? 20000 : number, STR_NONE};
    }
}

/* Whatever the room: every column stands in one table (the leading ones in all), none of a table's lines is
 * wider than the room, and no number is broken. Cards have no widths. */
static void must_hold(const struct table *t, int columns, int gap)
{
    struct report_layout l;
    struct str cell[REPORT_COLUMNS];
    struct buf text = BUF_INIT;
    int seen[REPORT_COLUMNS] = {0};
    report_layout_of(&l, LANG_VI, &t->part, columns, gap);
    assert_true(l.tables >= 1);
    for (size_t table = 0; table < l.tables; table++) {
        int wide = -gap;
        for (size_t n = 0; n < report_layout_columns(&l, table); n++) {
            size_t i = report_layout_column(&l, table, n);
            assert_true(i < t->part.columns);
            seen[i]++;
            wide += l.width[i] + gap;
        }
        assert_true(l.cards || !columns || wide <= columns);
    }
    report_row_say(&text, LANG_VI, &t->part, &t->part.row[0], cell);
    for (size_t i = 0; i < t->part.columns; i++) {
        assert_int_equal(seen[i], i < l.frozen ? (int)l.tables : 1);
        if (!l.cards && t->part.column[i].type != CELL_TEXT)
            assert_true(l.width[i] >= text_columns(cell[i]));
    }
    buf_release(&text);
}

static void no_table_is_wider_than_its_room(void **state)
{
    (void)state;
    struct table t;
    struct random r = {20261121};
    for (int n = 0; n < 400; n++) {
        char text[120];
        size_t length = 1 + (size_t)random_in(&r, 0, sizeof text - 3);
        for (size_t i = 0; i < length; i++)
            text[i] = random_in(&r, 0, 5) ? 'a' : ' ';
        text[0] = 'a';
        int64_t number = random_in(&r, 0, 1) ? 7 : 1234567;
        bool is_figures = random_in(&r, 0, 1);
        table_of(&t, is_figures ? figures : words, is_figures ? FIGURES : WORDS, (struct str){text, length},
                 number);
        for (int columns = 20; columns <= 250; columns += 7)
            must_hold(&t, columns, 1 + n % 2);
        must_hold(&t, 0, 2);
    }
}

static void figures_go_on_below_words_become_cards(void **state)
{
    (void)state;
    struct table t;
    struct report_layout l;
    table_of(&t, figures, FIGURES, STR("Hộ tịch"), 1234567);
    report_layout_of(&l, LANG_VI, &t.part, 200, 2);
    assert_int_equal(l.tables, 1);
    report_layout_of(&l, LANG_VI, &t.part, 50, 2);
    assert_false(l.cards);
    assert_true(l.tables > 1);
    assert_int_equal(l.frozen, 2); /* a running number is no name: the field goes with it */
    table_of(&t, words, WORDS, STR("Chứng thực bản sao từ bản chính giấy tờ, văn bản"), 3);
    report_layout_of(&l, LANG_VI, &t.part, 40, 2);
    assert_true(l.cards);
    assert_int_equal(l.tables, 1);
}

/* ---- periods ---- */

static void must_be(const struct report_period *p, int y1, int m1, int d1, int y2, int m2, int d2)
{
    assert_int_equal(p->period.from, civil_from_ymd(y1, m1, d1));
    assert_int_equal(p->period.to, civil_from_ymd(y2, m2, d2));
}

static void periods_are_turned(void **state)
{
    (void)state;
    civil_day today = civil_from_ymd(2026, 11, 21);
    struct report_period p = report_period_of(today);
    must_be(&p, 2026, 9, 15, 2026, 12, 14);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), 1);
    must_be(&p, 2026, 12, 15, 2027, 3, 14);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), -1);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), -1);
    must_be(&p, 2026, 6, 15, 2026, 9, 14);
    report_period_length(&p, today, 1); /* the half-year */
    must_be(&p, 2026, 6, 15, 2026, 12, 14);
    assert_false(report_period_turn(&p, today, 1)); /* has not begun */
    must_be(&p, 2026, 6, 15, 2026, 12, 14);
    assert_true(report_period_turn(&p, today, -1));
    must_be(&p, 2025, 12, 15, 2026, 6, 14);
    report_period_length(&p, today, 1); /* the reporting year */
    must_be(&p, 2025, 12, 15, 2026, 12, 14);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), 1);
    must_be(&p, 2026, 12, 15, 2027, 12, 14);
    report_period_length(&p, today, 1);
    must_be(&p, 2026, 11, 1, 2026, 11, 30);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), -1);
    must_be(&p, 2026, 10, 1, 2026, 10, 31);
    report_period_length(&p, today, 1);
    must_be(&p, 2026, 1, 1, 2026, 12, 31);
    report_period_length(&p, today, 1);
    must_be(&p, 2026, 11, 21, 2026, 11, 21);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), -1);
    must_be(&p, 2026, 11, 20, 2026, 11, 20);
    report_period_length(&p, today, 1);
    assert_int_equal(p.by, BY_QUARTER);
    report_period_length(&p, today, -1);
    assert_int_equal(p.by, BY_DAY);
}

static void the_15th_of_december_begins_a_year(void **state)
{
    (void)state;
    struct report_period p = report_period_of(civil_from_ymd(2026, 12, 15));
    must_be(&p, 2026, 12, 15, 2027, 3, 14);
    report_period_length(&p, civil_from_ymd(2026, 12, 14), 1);
    must_be(&p, 2026, 6, 15, 2026, 12, 14);
    report_period_length(&p, civil_from_ymd(2026, 12, 14), 1);
    must_be(&p, 2025, 12, 15, 2026, 12, 14);
    report_period_length(&p, civil_from_ymd(2026, 12, 15), -1);
    must_be(&p, 2026, 12, 15, 2027, 6, 14);
    report_period_length(&p, civil_from_ymd(2026, 12, 15), 1);
    must_be(&p, 2026, 12, 15, 2027, 12, 14);
}

static void periods_are_typed(void **state)
{
    (void)state;
    struct report_period p = report_period_of(civil_from_ymd(2026, 11, 21));
    assert_true(report_period_take(&p, STR("2026-11")));
    assert_int_equal(p.by, BY_MONTH);
    assert_true(report_period_take(&p, STR(" 11/2026 ")));
    must_be(&p, 2026, 11, 1, 2026, 11, 30);
    assert_true(report_period_take(&p, STR("3/2026")));
    must_be(&p, 2026, 3, 1, 2026, 3, 31);
    assert_true(report_period_take(&p, STR("q4/2026")));
    assert_int_equal(p.by, BY_QUARTER);
    must_be(&p, 2026, 9, 15, 2026, 12, 14);
    assert_true(report_period_take(&p, STR("2026H1")));
    assert_int_equal(p.by, BY_HALF);
    assert_true(report_period_take(&p, STR("2025y")));
    assert_int_equal(p.by, BY_YEAR);
    must_be(&p, 2024, 12, 15, 2025, 12, 14);
    assert_true(report_period_take(&p, STR("20/11/2026")));
    assert_int_equal(p.by, BY_DAY);
    assert_true(report_period_take(&p, STR("01/11/2026..15/11/2026")));
    assert_int_equal(p.by, BY_OWN);
    must_be(&p, 2026, 11, 1, 2026, 11, 15);
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), 1);
    must_be(&p, 2026, 11, 16, 2026, 11, 30);
    report_period_length(&p, civil_from_ymd(2026, 11, 21), 1);
    assert_int_equal(p.by, BY_QUARTER);
    static const struct str wrong[] = {STR(""),
                                       STR("2026Q5"),
                                       STR("2026-13"),
                                       STR("1989"),
                                       STR("15/11/2026..01/11/2026"),
                                       STR(".."),
                                       STR("2026-11-01.."),
                                       STR("2026-11-01 09:00"),
                                       STR("hôm nay"),
                                       STR("..2026-11-01")};
    struct report_period before = p;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(report_period_take(&p, wrong[i]));
        assert_memory_equal(&p.period, &before.period, sizeof p.period);
    }
}

/* Where the program's calendar ends, the last period stays. */
static void the_calendar_ends(void **state)
{
    (void)state;
    struct report_period p;
    assert_true(report_period_take(&p, STR("2100")));
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), 1);
    must_be(&p, 2100, 1, 1, 2100, 12, 31);
    assert_true(report_period_take(&p, STR("1990")));
    report_period_turn(&p, civil_from_ymd(2100, 12, 31), -1);
    must_be(&p, 1990, 1, 1, 1990, 12, 31);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_table_is_wider_than_its_room),
        cmocka_unit_test(figures_go_on_below_words_become_cards),
        cmocka_unit_test(periods_are_turned),
        cmocka_unit_test(the_15th_of_december_begins_a_year),
        cmocka_unit_test(periods_are_typed),
        cmocka_unit_test(the_calendar_ends),
    };
    return cmocka_run_group_tests_name("reports on a terminal", tests, NULL, NULL);
}
