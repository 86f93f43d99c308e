/* What stands around a report's tables, in words and on paper; with a made-up report, whatever the makers
 * make. */
#include "core/report_maker.h"
#include "core/report_paper.h"
#include "core/report_words.h"
#include "tests/desk_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static struct world world;

static int up(void **state)
{
    (void)state;
    world_init(&world);
    return 0;
}

static int down(void **state)
{
    (void)state;
    world_release(&world);
    return 0;
}

/* ---- words ---- */

static void assert_said(struct report_cell c, const char *vi, const char *en)
{
    struct buf said = BUF_INIT;
    report_cell_say(&said, LANG_VI, &c);
    assert_str(buf_str(&said), vi);
    buf_reset(&said);
    report_cell_say(&said, LANG_EN, &c);
    assert_str(buf_str(&said), en);
    buf_release(&said);
}
#define NUMBER(t, n) ((struct report_cell){.type = (t), .number = (n)})

static void cells_are_said_as_people_write_them(void **state)
{
    (void)state;
    assert_said(NUMBER(CELL_EMPTY, 7), "", "");
    assert_said(NUMBER(CELL_NUMBER, 0), "0", "0");
    assert_said(NUMBER(CELL_NUMBER, 999), "999", "999");
    assert_said(NUMBER(CELL_NUMBER, 1000), "1.000", "1,000");
    assert_said(NUMBER(CELL_NUMBER, -1234567), "-1.234.567", "-1,234,567");
    assert_said(NUMBER(CELL_NUMBER, INT64_MIN), "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808");
    assert_said(NUMBER(CELL_MONEY, 15000), "15.000", "15,000");
    assert_said(NUMBER(CELL_MONEY, -50000), "-50.000", "-50,000");
    assert_said(NUMBER(CELL_HUNDREDTHS, 125), "1,25", "1.25");
    assert_said(NUMBER(CELL_HUNDREDTHS, -5), "-0,05", "-0.05");
    assert_said(NUMBER(CELL_HUNDREDTHS, 123456), "1.234,56", "1,234.56");
    assert_said(NUMBER(CELL_PERCENT, 9550), "95,50 %", "95.50%");
    assert_said(NUMBER(CELL_PERCENT, 0), "0,00 %", "0.00%");
    assert_said(NUMBER(CELL_PERCENT, 10000), "100,00 %", "100.00%");
    assert_said(NUMBER(CELL_DATE, civil_from_ymd(2026, 11, 20)), "20/11/2026", "2026-11-20");
    assert_said(NUMBER(CELL_TIME, world_time("2026-11-20T09:30")), "20/11/2026 09:30", "2026-11-20 09:30");
    assert_said((struct report_cell){.type = CELL_TEXT, .text = STR("Hộ tịch")}, "Hộ tịch", "Hộ tịch");
}

static void programs_read_plain_decimals(void **state)
{
    (void)state;
    static const struct {
        int64_t n;
        const char *is;
    } cases[] = {{0, "0.00"},     {5, "0.05"},  {9550, "95.50"}, {123456789, "1234567.89"},
                 {-125, "-1.25"}, {-5, "-0.05"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf text = BUF_INIT;
        report_cell_hundredths(&text, cases[i].n);
        assert_str(buf_str(&text), cases[i].is);
        buf_release(&text);
    }
}

static struct period days(int from_month, int from_day, int to_month, int to_day)
{
    return (struct period){civil_from_ymd(2026, from_month, from_day),
                           civil_from_ymd(2026, to_month, to_day)};
}

/* ---- the face ---- */

static const struct report_column made_columns[] = {
    {"no", T_nothing, CELL_NUMBER, 1, false},        {"name", T_label_reason, CELL_TEXT, 4, false},
    {"day", T_label_reason, CELL_DATE, 2, false},    {"share", T_label_reason, CELL_PERCENT, 2, true},
    {"money", T_label_reason, CELL_MONEY, 2, false}, {"mean", T_label_reason, CELL_HUNDREDTHS, 2, false},
    {"at", T_label_reason, CELL_TIME, 2, false},
};
enum { MADE = sizeof made_columns / sizeof *made_columns };

static void make_up(struct report *r, size_t columns)
{
    report_init(r);
    r->kind = REPORT_II06A;
    r->period = days(9, 15, 12, 14);
    r->closing = world_time("2026-12-14T23:59");
    r->known = civil_to_utc(world_time("2026-12-20T09:30"), 7 * 60);
    r->has_basis = true;
    r->has_entries_late = true;
    r->entries_late = 3;
    r->note[0] = STR("Một ghi chú.");
    r->notes = 1;
    struct report_part *part = report_part(r, T_nothing, "rows", made_columns, columns);
    part->numbered = true;
    for (int i = 1; i <= 3; i++) {
        struct report_row *row = report_row(r, part, i == 3 ? ROW_TOTAL : ROW_PLAIN);
        if (i < 3)
            cell_number(&row->cell[0], i);
        cell_text(r, &row->cell[1], i == 3 ? STR("Tổng cộng") : STR("Hộ tịch"));
        if (columns == MADE) {
            cell_date(&row->cell[2], i == 3 ? NO_DAY : civil_from_ymd(2026, 11, 20));
            cell_percent(&row->cell[3], 191, 200);
            cell_money(&row->cell[4], 15000 * i);
            cell_hundredths(&row->cell[5], 125 * i);
            cell_time(&row->cell[6], i == 3 ? NO_TIME : world_time("2026-11-20T09:30"));
        }
    }
}

static bool says(const struct str *line, size_t n, const char *what)
{
    for (size_t i = 0; i < n; i++)
        if (memmem(line[i].p, line[i].n, what, strlen(what)))
            return true;
    return false;
}

static void set(const char *key, const char *value)
{
    struct command c = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
    c.setting.key = str_of(key);
    c.setting.value = str_of(value);
    world.login = "admin";
    assert_done(world_ask(&world, c));
}

static void the_face_says_what_was_counted(void **state)
{
    (void)state;
    struct report r;
    struct report_face f;
    make_up(&r, MADE);
    report_face_init(&f, &r, world.office, LANG_VI, STR("12:abcd"));
    assert_str(f.title, "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải "
                        "quyết thủ tục hành chính");
    assert_str(f.form, "Biểu số II.06a/VPCP/KSTT");
    assert_str(f.receiver, "");
    assert_true(says(&f.period, 1, "15/09/2026"));
    assert_true(says(&f.period, 1, "14/12/2026"));
    assert_true(says(f.above, f.lines, "hết ngày 14/12/2026"));
    assert_true(says(f.above, f.lines, "20/12/2026 09:30"));
    assert_true(says(f.above, f.lines, "hạn quy định"));
    assert_false(says(f.above, f.lines, "DỮ LIỆU MẪU"));
    assert_true(says(f.below, f.notes, "Một ghi chú."));
    assert_true(says(f.below, f.notes, ": 3 mục"));
    assert_false(says(f.below, f.notes, "hệ thống khác"));
    assert_true(says(f.below, f.notes, "12:abcd"));
    report_face_release(&f);
    r.leading = 1; /* the note stands above, then */
    r.entries_imported = 2;
    report_face_init(&f, &r, world.office, LANG_VI, STR_NONE);
    assert_true(says(f.above, f.lines, "Một ghi chú."));
    assert_false(says(f.below, f.notes, "Một ghi chú."));
    assert_true(says(f.below, f.notes, "có 2 hồ sơ nhập từ hệ thống khác"));
    report_face_release(&f);
    r.leading = 0;
    r.entries_imported = 0;
    r.basis = BASIS_PROMISED;
    r.closing = world_time("2026-12-01T10:00"); /* it still runs */
    report_face_init(&f, &r, world.office, LANG_EN, STR_NONE);
    assert_str(f.title, "Results of administrative procedures");
    assert_true(says(f.above, f.lines, "2026-12-01 10:00"));
    assert_true(says(f.above, f.lines, "promised due time"));
    assert_false(says(f.below, f.notes, "Recorded after"));
    assert_false(says(f.below, f.notes, "head"));
    report_face_release(&f);
    r.has_basis = false;
    report_face_init(&f, &r, world.office, LANG_VI, STR_NONE);
    assert_false(says(f.above, f.lines, "hạn quy định"));
    assert_false(says(f.above, f.lines, "hẹn lại"));
    report_face_release(&f);
    report_release(&r);
}

static void the_office_names_its_form(void **state)
{
    (void)state;
    struct report r;
    struct report_face f;
    make_up(&r, MADE);
    set("report.ii06a.title", "Báo cáo mới");
    set("report.ii06a.number", "II.06a/BTP");
    set("report.ii06a.addressee", "UBND tỉnh");
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        report_face_init(&f, &r, world.office, lang, STR_NONE);
        assert_str(f.title, "Báo cáo mới");
        assert_str(f.form, lang == LANG_VI ? "Biểu số II.06a/BTP" : "Form II.06a/BTP");
        assert_true(says(f.above, f.lines, "UBND tỉnh"));
        report_face_release(&f);
    }
    r.kind = REPORT_LATE; /* the form is II.06a's alone */
    report_face_init(&f, &r, world.office, LANG_VI, STR_NONE);
    assert_str(f.form, "");
    assert_false(says(f.above, f.lines, "UBND tỉnh"));
    report_face_release(&f);
    report_release(&r);
}

/* ---- on paper ---- */

static const struct block *find(const struct document *d, enum block_kind kind)
{
    for (size_t i = 0; i < d->count; i++)
        if (d->block[i].kind == kind)
            return &d->block[i];
    fail_msg("no such block");
    return NULL;
}

struct taken {
    size_t rows, most;
    char last[200];
    unsigned style;
};

static bool take(void *to, const struct str *cells, unsigned style)
{
    struct taken *t = to;
    t->last[0] = 0;
    for (size_t i = 0; i < MADE; i++)
        snprintf(t->last + strlen(t->last), sizeof t->last - strlen(t->last), "%.*s|", STR_ARG(cells[i]));
    t->style = style;
    return ++t->rows < t->most;
}

static void the_paper_has_all_of_it(void **state)
{
    (void)state;
    struct report r;
    struct report_face f;
    struct document d;
    make_up(&r, MADE);
    report_face_init(&f, &r, world.office, LANG_VI, STR("12:abcd"));
    report_paper(&r, &f, world.office, civil_from_ymd(2026, 2, 5), LANG_VI, &d);
    assert_false(d.failed);
    assert_int_equal(d.size, PAPER_A4_LANDSCAPE);
    const struct block *head = find(&d, BLOCK_HEAD), *title = find(&d, BLOCK_TITLE);
    assert_str(head->head.number, "Biểu số II.06a/VPCP/KSTT");
    assert_true(says(&head->head.place_date, 1, "gày 05 tháng 02 năm 2026"));
    assert_str(title->text,
               "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH TẠI CƠ QUAN, ĐƠN VỊ TRỰC TIẾP GIẢI "
               "QUYẾT THỦ TỤC HÀNH CHÍNH");
    const struct block *table = find(&d, BLOCK_TABLE);
    assert_true(table->table.numbered);
    assert_int_equal(table->table.columns, MADE);
    assert_true(table->table.column[0].right && !table->table.column[1].right &&
                table->table.column[2].centre);
    struct taken t = {.most = 2};
    assert_true(table->table.rows.each(table->table.rows.arg, take, &t));
    assert_int_equal(t.rows, 2); /* stopped */
    assert_string_equal(t.last, "2|Hộ tịch|20/11/2026|95,50 %|30.000|2,50|20/11/2026 09:30|");
    assert_int_equal(t.style, LOOK_PLAIN);
    t = (struct taken){.most = 99};
    assert_true(table->table.rows.each(table->table.rows.arg, take, &t)); /* once more, from the first */
    assert_int_equal(t.rows, 3);
    assert_string_equal(t.last, "|Tổng cộng||95,50 %|45.000|3,75||");
    assert_int_equal(t.style, LOOK_BOLD);
    const struct block *hands = find(&d, BLOCK_SIGNATURES);
    assert_int_equal(hands->signatures.count, 2);
    assert_str(hands->signatures.who[0].title, "NGƯỜI LẬP BIỂU");
    assert_str(d.across, "");
    document_release(&d);
    report_face_release(&f);
    report_release(&r);
}

/* Days below 10, January and February get a zero (Decree 30/2020/NĐ-CP, annex I). */
static void dates_are_written_as_on_official_papers(void **state)
{
    (void)state;
    static const struct {
        int month, day;
        const char *is;
    } cases[] = {{1, 9, "gày 09 tháng 01 năm 2026"},
                 {2, 28, "gày 28 tháng 02 năm 2026"},
                 {3, 1, "gày 01 tháng 3 năm 2026"},
                 {9, 10, "gày 10 tháng 9 năm 2026"}};
    struct report r;
    struct report_face f;
    make_up(&r, 2);
    report_face_init(&f, &r, world.office, LANG_VI, STR_NONE);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document d;
        report_paper(&r, &f, world.office, civil_from_ymd(2026, cases[i].month, cases[i].day), LANG_VI, &d);
        assert_true(says(&find(&d, BLOCK_HEAD)->head.place_date, 1, cases[i].is));
        document_release(&d);
    }
    report_face_release(&f);
    report_release(&r);
}

static void a_narrow_one_stands_upright(void **state)
{
    (void)state;
    struct report r;
    struct report_face f;
    struct document d;
    make_up(&r, 2);
    r.kind = REPORT_CATALOGUE;
    report_face_init(&f, &r, world.office, LANG_VI, STR_NONE);
    report_paper(&r, &f, world.office, civil_from_ymd(2026, 11, 15), LANG_VI, &d);
    assert_int_equal(d.size, PAPER_A4);
    assert_true(says(&find(&d, BLOCK_HEAD)->head.place_date, 1, "gày 15 tháng 11 năm 2026"));
    assert_str(find(&d, BLOCK_SIGNATURES)->signatures.who[0].title, ""); /* posted, not submitted */
    document_release(&d);
    report_face_release(&f);
    report_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_said_as_people_write_them),
        cmocka_unit_test(programs_read_plain_decimals),
        cmocka_unit_test_setup_teardown(the_face_says_what_was_counted, up, down),
        cmocka_unit_test_setup_teardown(the_office_names_its_form, up, down),
        cmocka_unit_test_setup_teardown(the_paper_has_all_of_it, up, down),
        cmocka_unit_test_setup_teardown(dates_are_written_as_on_official_papers, up, down),
        cmocka_unit_test_setup_teardown(a_narrow_one_stands_upright, up, down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
