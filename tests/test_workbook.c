/* Workbooks, read back from their XML by a reader that shares nothing with the writer (tests/tools/sheet.py).
 */
#include "core/text.h"
#include "forms/package.h"
#include "forms/sheet_text.h"
#include "forms/workbook.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- writing and reading back ---- */

static bool put(void *arg, const void *bytes, size_t n)
{
    buf_add(arg, bytes, n);
    return true;
}

static bool put_nothing(void *arg, const void *bytes, size_t n)
{
    (void)bytes;
    (void)n;
    ++*(int *)arg;
    return false;
}

static void read_back(struct buf *out, struct str file)
{
    char path[] = "/tmp/motcua-workbook-XXXXXX", command[200], line[4096];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, file.p, file.n), file.n);
    close(fd);
    snprintf(command, sizeof command, "python3 tests/tools/sheet.py %s", path);
    FILE *reader = popen(command, "r");
    assert_non_null(reader);
    while (fgets(line, sizeof line, reader))
        buf_add_z(out, line);
    assert_int_equal(pclose(reader), 0);
    unlink(path);
}

static bool holds(const struct buf *text, const char *line)
{
    struct buf whole = BUF_INIT;
    buf_addf(&whole, "\n%s\n", line);
    bool found = memmem(text->p, text->n, whole.p, whole.n) != NULL;
    if (!found)
        print_message("missing: %s\nin:\n%s\n", line, text->p);
    buf_release(&whole);
    return found;
}

static bool holds_cell(const struct buf *text, const char *cell)
{
    struct buf begin = BUF_INIT;
    buf_addf(&begin, "\n%s\t", cell);
    bool found = memmem(text->p, text->n, begin.p, begin.n) != NULL;
    buf_release(&begin);
    return found;
}

/* ---- a report with everything in it ---- */

static const struct report_column columns[] = {
    {"text", T_ical_code, CELL_TEXT, 20, false},
    {"number", T_ical_field, CELL_NUMBER, 8, false},
    {"hundredths", T_ical_limit, CELL_HUNDREDTHS, 8, false},
    {"percent", T_ical_state, CELL_PERCENT, 8, false},
    {"money", T_ical_applicant, CELL_MONEY, 10, false},
    {"date", T_ical_received, CELL_DATE, 10, false},
    {"time", T_ical_due_at, CELL_TIME, 12, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        (literal), sizeof(literal) - 1                                                                       \
    }
#define DAY 20777 /* 2026-11-20: `date -d 2026-11-20 +%s` / 86400 */

static struct report_cell cell[4][COLUMNS] = {
    {{CELL_TEXT, 0, TEXT("=SUM(B1:B2)")},
     {CELL_NUMBER, -1234567, {0}},
     {CELL_HUNDREDTHS, -125, {0}},
     {CELL_PERCENT, 9550, {0}},
     {CELL_MONEY, 15000, {0}},
     {CELL_DATE, DAY, {0}},
     {CELL_TIME, DAY *(int64_t)1440 + 9 * 60 + 31, {0}}},
    {{CELL_EMPTY, 0, {0}},
     {CELL_NUMBER, INT64_C(9007199254740993), {0}}, /* one more than a double can tell apart */
     {CELL_HUNDREDTHS, 7, {0}},
     {CELL_PERCENT, 0, {0}},
     {CELL_MONEY, INT64_C(999999999999999), {0}},
     {CELL_DATE, NO_DAY, {0}},
     {CELL_TIME, NO_TIME, {0}}},
    {{CELL_TEXT, 0, {0}}, {0}, {0}, {0}, {0}, {0}, {0}},
    {{CELL_TEXT, 0, TEXT("Tổng cộng")}, {CELL_NUMBER, 3, {0}}, {0}, {0}, {0}, {0}, {0}},
};
static struct report_row row[4] = {
    {ROW_PLAIN, cell[0]}, {ROW_ALERT, cell[1]}, {ROW_PLAIN, cell[2]}, {ROW_TOTAL, cell[3]}};
/* What is hard to write: markup, a bell, a broken sequence, a line break, an escape of the format's own, a
 * face. */
#define HARD "<a> & \"b\" \x07 \xC3( 1\n2 _x0041_ \U0001F600"
#define HARD_READ "<a> & \"b\" \xEF\xBF\xBD \xEF\xBF\xBD( 1\\n2 _x0041_ \U0001F600"

static const struct str above[] = {STR("Kỳ báo cáo: Quý IV/2026")},
                        below[] = {STR("Ghi chú: 3 mục ghi muộn.")};
static const struct sheet_face face = {
    .office = TEXT("UBND xã An Phú"),
    .title = TEXT("Kết quả giải quyết"),
    .above = above,
    .lines = 1,
    .below = below,
    .notes = 1,
    .creator = TEXT("motcua 0"),
    .lang = LANG_VI,
    .written = 1795082400, /* 2026-11-19T10:00:00Z */
};

static struct report report_of(enum text_id heading, bool numbered)
{
    struct report r = {.parts = 1};
    cell[2][0].text = STR(HARD);
    r.part[0] = (struct report_part){.heading = heading,
                                     .column = columns,
                                     .columns = COLUMNS,
                                     .row = row,
                                     .count = 4,
                                     .numbered = numbered};
    return r;
}

static void write_whole(const struct report *r, const struct sheet_face *f, struct buf *out)
{
    struct buf file = BUF_INIT;
    assert_int_equal(workbook_write(r, f, (struct form_sink){put, &file}), FORM_WRITTEN);
    buf_add_char(out, '\n');
    read_back(out, buf_str(&file));
    buf_release(&file);
}

/* ---- the tests ---- */

static void test_cells(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct report r = report_of(T_nothing, false);
    write_whole(&r, &face, &text);
    assert_true(holds(&text, "A1\ttext\tUBND xã An Phú\tGeneral bold"));
    assert_true(holds(&text, "A2\ttext\tKết quả giải quyết\tGeneral bold"));
    assert_true(holds(&text, "A3\ttext\tKỳ báo cáo: Quý IV/2026\tGeneral"));
    assert_true(holds(&text, "A5\ttext\tMã hồ sơ\tGeneral bold filled"));
    assert_true(holds(&text, "G5\ttext\tHẹn trả\tGeneral bold filled"));
    assert_true(holds(&text, "A6\ttext\t=SUM(B1:B2)\tGeneral"));
    assert_true(holds(&text, "B6\tnumber\t-1234567\t#,##0"));
    assert_true(holds(&text, "C6\tnumber\t-1.25\t0.00"));
    assert_true(holds(&text, "D6\tnumber\t0.955\t0.00%"));
    assert_true(holds(&text, "E6\tnumber\t15000\t#,##0"));
    assert_true(holds(&text, "F6\tday\t2026-11-20\tdd/mm/yyyy"));
    assert_true(holds(&text, "G6\ttime\t2026-11-20 09:31:00\tdd/mm/yyyy hh:mm"));
    assert_true(holds(&text, "B7\ttext\t9007199254740993\t#,##0 filled"));
    assert_true(holds(&text, "C7\tnumber\t0.07\t0.00 filled"));
    assert_true(holds(&text, "D7\tnumber\t0\t0.00% filled"));
    assert_true(holds(&text, "E7\tnumber\t999999999999999\t#,##0 filled"));
    assert_false(holds_cell(&text, "A7"));
    assert_false(holds_cell(&text, "F7"));
    assert_false(holds_cell(&text, "G7"));
    assert_true(holds(&text, "A8\ttext\t" HARD_READ "\tGeneral"));
    assert_false(holds_cell(&text, "B8"));
    assert_true(holds(&text, "A9\ttext\tTổng cộng\tGeneral bold"));
    assert_true(holds(&text, "B9\tnumber\t3\t#,##0 bold"));
    assert_true(holds(&text, "A11\ttext\tGhi chú: 3 mục ghi muộn.\tGeneral"));
    assert_true(holds(&text, "title\tKết quả giải quyết"));
    assert_true(holds(&text, "creator\tmotcua 0"));
    assert_true(holds(&text, "created\t2026-11-19T10:00:00Z"));
    assert_null(strstr(text.p, "formula"));
    buf_release(&text);
}

/* The titles stay in sight and stand on every page; a total is not part of what is filtered. */
static void test_page(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct report r = report_of(T_nothing, false);
    write_whole(&r, &face, &text);
    assert_true(holds(&text, "sheet\tKết quả giải quyết\t5\t5:5\tA5:G8\tA1:G1,A2:G2,A3:G3,A11:G11\t"
                             "landscape paper 9 1x0 &C&P/&N"));
    buf_reset(&text);
    r = report_of(T_ical_procedure, true);
    write_whole(&r, &face, &text);
    assert_true(holds(&text, "sheet\tThủ tục\t7\t6:7\t-\tA1:G1,A2:G2,A3:G3,A4:G4,A13:G13\t"
                             "landscape paper 9 1x0 &C&P/&N"));
    assert_true(holds(&text, "A3\ttext\tThủ tục\tGeneral bold"));
    assert_true(holds(&text, "A7\ttext\t(1)\tGeneral"));
    assert_true(holds(&text, "G7\ttext\t(7)\tGeneral"));
    assert_true(holds(&text, "F8\tday\t2026-11-20\tdd/mm/yyyy"));
    buf_release(&text);
}

/* Titles of two storeys: one over several columns, one that stands alone over both rows; nothing to list. */
static void test_storeys(void **state)
{
    (void)state;
    static const struct report_column two[] = {
        {.key = "a", .title = T_ical_procedure, .type = CELL_TEXT},
        {.key = "b",
         .title = T_report_ii06a_received,
         .type = CELL_NUMBER,
         .group = T_report_ii06a_all_received,
         .below = T_report_ii06a_total},
        {.key = "c",
         .title = T_report_ii06a_online,
         .type = CELL_NUMBER,
         .group = T_report_ii06a_all_received,
         .below = T_report_ii06a_online},
    };
    struct report r = {.parts = 1};
    r.part[0] = (struct report_part){.column = two, .columns = 3, .numbered = true};
    struct buf text = BUF_INIT;
    write_whole(&r, &face, &text);
    assert_non_null(strstr(text.p, "\t7\t5:7\t-\t")); /* frozen below three rows of titles, which repeat */
    assert_non_null(strstr(text.p, "A5:A6,B5:C5,"));
    assert_true(holds(&text, "A5\ttext\tThủ tục\tGeneral bold filled"));
    assert_true(holds(&text, "B5\ttext\tSố hồ sơ tiếp nhận\tGeneral bold filled"));
    assert_true(holds(&text, "B6\ttext\tTổng số\tGeneral bold filled"));
    assert_true(holds(&text, "C6\ttext\tTrong kỳ: trực tuyến\tGeneral bold filled"));
    assert_true(holds(&text, "A7\ttext\t(1)\tGeneral"));
    assert_true(holds(&text, "A8\ttext\t(không có)\tGeneral"));
    buf_release(&text);
}

static void test_english(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct report r = report_of(T_nothing, false);
    struct sheet_face english = face;
    english.lang = LANG_EN;
    write_whole(&r, &english, &text);
    assert_true(holds(&text, "A5\ttext\tDossier\tGeneral bold filled"));
    assert_true(holds(&text, "F6\tday\t2026-11-20\tyyyy-mm-dd"));
    assert_true(holds(&text, "G6\ttime\t2026-11-20 09:31:00\tyyyy-mm-dd hh:mm"));
    buf_release(&text);
}

/* Several tables, one of them empty, two of the same name; a face with next to nothing. */
static void test_parts(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct report r = report_of(T_ical_procedure, false);
    r.part[1] = r.part[2] = r.part[0];
    r.part[1].count = 0;
    r.part[2].columns = 1;
    r.parts = 3;
    const struct sheet_face bare = {.title = TEXT("x"), .lang = LANG_VI, .written = 1};
    write_whole(&r, &bare, &text);
    assert_true(holds(&text, "sheet\tThủ tục\t4\t4:4\tA4:G7\tA1:G1,A2:G2\tlandscape paper 9 1x0 &C&P/&N"));
    assert_non_null(strstr(text.p, "\nsheet\tThủ tục (2)\t4\t4:4\t-\t"));
    assert_non_null(strstr(text.p, "\nsheet\tThủ tục (3)\t4\t4:4\tA4:A7\t"));
    buf_reset(&text);
    r.parts = 0;
    write_whole(&r, &bare, &text);
    assert_non_null(strstr(text.p, "\nsheet\tx\t-\t-\t-\t"));
    buf_release(&text);
}

static void test_same_bytes(void **state)
{
    (void)state;
    struct report r = report_of(T_nothing, false);
    struct buf first = BUF_INIT, second = BUF_INIT;
    assert_int_equal(workbook_write(&r, &face, (struct form_sink){put, &first}), FORM_WRITTEN);
    sleep(2); /* a time in a file of this kind is even seconds */
    assert_int_equal(workbook_write(&r, &face, (struct form_sink){put, &second}), FORM_WRITTEN);
    assert_true(first.n > 1000);
    assert_true(str_eq(buf_str(&first), buf_str(&second)));
    buf_release(&first);
    buf_release(&second);
}

/* What a sheet cannot hold is refused, and nothing of it reaches the sink. */
static void test_refusals(void **state)
{
    (void)state;
    int asked = 0;
    struct form_sink none = {put_nothing, &asked};
    struct report r = report_of(T_nothing, false);
    r.failed = true;
    assert_int_equal(workbook_write(&r, &face, none), FORM_NO_MEMORY);
    r.failed = false;
    r.part[0].count = 1048577; /* never looked at */
    assert_int_equal(workbook_write(&r, &face, none), FORM_TOO_LONG);
    r.part[0].count = 4;
    struct buf longest = BUF_INIT;
    for (int i = 0; i < 32767; i++)
        buf_add_z(&longest, "ễ");
    cell[2][0].text = buf_str(&longest);
    struct buf file = BUF_INIT;
    assert_int_equal(workbook_write(&r, &face, (struct form_sink){put, &file}), FORM_WRITTEN);
    buf_add_char(&longest, 'x');
    cell[2][0].text = buf_str(&longest);
    assert_int_equal(workbook_write(&r, &face, none), FORM_TOO_LONG);
    buf_reset(&longest);
    for (int i = 0; i < 16384; i++) /* two units each */
        buf_add_z(&longest, "\U0001F600");
    cell[2][0].text = buf_str(&longest);
    assert_int_equal(workbook_write(&r, &face, none), FORM_TOO_LONG);
    assert_int_equal(asked, 0);
    r = report_of(T_nothing, false);
    assert_int_equal(workbook_write(&r, &face, none), FORM_SINK_FAILED);
    assert_int_equal(asked, 1);
    buf_release(&longest);
    buf_release(&file);
}

/* A disk that runs full under the library, which does not look: a limit on the size of files does the same.
 */
static void test_full_disk(void **state)
{
    (void)state;
    enum { MANY = 4000 };
    struct report_row *rows = calloc(MANY, sizeof *rows);
    assert_non_null(rows);
    for (int i = 0; i < MANY; i++)
        rows[i] = row[i % 4];
    struct report r = report_of(T_nothing, false);
    r.part[0].row = rows;
    r.part[0].count = MANY;
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    int asked = 0, refused = 0;
    for (rlim_t most = 4096; most <= 4096 * 256; most *= 2) {
        struct rlimit limit = {most, before.rlim_max};
        struct buf file = BUF_INIT;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        enum form_result result = workbook_write(&r, &face, (struct form_sink){put, &file});
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        asked++;
        refused += result == FORM_NO_ROOM;
        assert_int_equal(file.n > 0, result == FORM_WRITTEN);
        if (result == FORM_WRITTEN)
            assert_int_equal(package_rows(buf_str(&file), 1), MANY + 5); /* three above it, titles, a note */
        buf_release(&file);
    }
    assert_true(refused > 3);
    free(rows);
}

/* Garbled archives, cut or with any byte another, are looked at without harm. */
static void test_garbled(void **state)
{
    (void)state;
    struct report r = report_of(T_nothing, false);
    struct buf file = BUF_INIT;
    assert_int_equal(workbook_write(&r, &face, (struct form_sink){put, &file}), FORM_WRITTEN);
    assert_int_equal(package_rows(buf_str(&file), 1), 9);
    assert_int_equal(package_rows(buf_str(&file), 2), -1);
    for (size_t n = 0; n < file.n; n++)
        assert_int_equal(package_rows(str_first(buf_str(&file), n), 1), -1);
    for (size_t i = 0; i < file.n; i++) {
        char was = file.p[i];
        for (int bit = 0; bit < 8; bit += 7) {
            file.p[i] = (char)(was ^ (1 << bit));
            int64_t rows = package_rows(buf_str(&file), 1);
            assert_true(rows >= -1 && rows < 100);
        }
        file.p[i] = was;
    }
    buf_release(&file);
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *from, *name;
    } cases[] = {
        {"Thủ tục", "Thủ tục"},
        {"Tình hình, kết quả giải quyết thủ tục hành chính", "Tình hình, kết quả giải quyết"},
        {"Quý I/2026: [nháp] *?\\", "Quý I-2026- -nháp"},
        {"'trích'", "trích"},
        {"", "1"},
        {"/", "1"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
        {"\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600"
         "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600",
         "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600"
         "\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600\U0001F600"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf name = BUF_INIT;
        sheet_name(&name, str_of(cases[i].from), NULL, 0);
        assert_string_equal(name.p, cases[i].name);
        buf_release(&name);
    }
    struct buf taken[2] = {BUF_INIT, BUF_INIT}, name = BUF_INIT;
    buf_add_z(&taken[0], "TONG HOP");
    buf_add_z(&taken[1], "Tổng hợp (2)");
    sheet_name(&name, STR("Tổng hợp"), taken, 2); /* sheets do not tell capitals apart */
    assert_string_equal(name.p, "Tổng hợp (3)");
    buf_release(&taken[0]);
    buf_release(&taken[1]);
    buf_release(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),    cmocka_unit_test(test_page),      cmocka_unit_test(test_english),
        cmocka_unit_test(test_storeys),  cmocka_unit_test(test_parts),     cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_full_disk), cmocka_unit_test(test_garbled),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
