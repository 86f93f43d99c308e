/* Rich Text, read back by a reader of its own: groups balance, rows have as many cells as borders, every text
 * is what it was. */
#include "forms/rtf.h"

#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

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

/* ---- a reader ---- */

/* What the file says: a line for each paragraph, in a row of a table a cell for each, with bars behind them.
 */
struct reading {
    struct buf text;
    int depth, skipped; /* of groups; the depth from which nothing is text, 0: none */
    int high;           /* the first half of a character outside the basic plane */
    int fallback;       /* characters still to be passed over */
    int cells, borders, border, head_rows, rows;
    bool head;
    bool landscape;
};

static void take_unit(struct reading *r, int unit)
{
    unit &= 0xFFFF;
    r->fallback = 1;
    if (unit >= 0xD800 && unit < 0xDC00) {
        r->high = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
        assert_true(r->high != 0);
        text_put(&r->text, 0x10000 + ((r->high - 0xD800) << 10) + (unit - 0xDC00));
        r->high = 0;
    } else {
        text_put(&r->text, unit);
    }
}

static void end_row(struct reading *r)
{
    assert_int_equal(r->cells, r->borders);
    buf_add_char(&r->text, '\n');
    r->rows++;
    r->head_rows += r->head;
    r->cells = 0;
}

static void take_word(struct reading *r, const char *word, int number)
{
    if (strcmp(word, "trowd") == 0) {
        r->borders = r->border = 0;
        r->head = false;
    } else if (strcmp(word, "cellx") == 0) {
        assert_true(number > r->border);
        r->border = number;
        r->borders++;
    } else if (strcmp(word, "trhdr") == 0) {
        r->head = true;
    } else if (strcmp(word, "landscape") == 0) {
        r->landscape = true;
    } else if (strcmp(word, "u") == 0) {
        take_unit(r, number);
    } else if (strcmp(word, "cell") == 0) {
        buf_add_char(&r->text, '|');
        r->cells++;
    } else if (strcmp(word, "row") == 0) {
        end_row(r);
    } else if (strcmp(word, "par") == 0 || strcmp(word, "line") == 0) {
        buf_add_char(&r->text, '\n');
    } else if (strcmp(word, "fonttbl") == 0 || strcmp(word, "colortbl") == 0 || strcmp(word, "info") == 0 ||
               strcmp(word, "footer") == 0) {
        r->skipped = r->skipped ? r->skipped : r->depth;
    }
}

/* A control word or symbol behind a backslash; where it ends. */
static const char *take_control(struct reading *r, const char *p)
{
    if (*p == '\'') {
        assert_int_equal(r->fallback, 1);
        r->fallback = 0;
        return p + 3;
    }
    if (strchr("\\{}", *p)) {
        if (!r->skipped)
            buf_add_char(&r->text, *p);
        return p + 1;
    }
    char word[40];
    int n = 0;
    if (*p == '*')
        return p + 1;
    while ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')) {
        assert_true(n < 39);
        word[n++] = *p++;
    }
    word[n] = '\0';
    assert_true(n > 0);
    int used = 0, number = 0;
    if (*p == '-' || (*p >= '0' && *p <= '9'))
        sscanf(p, "%d%n", &number, &used);
    p += used;
    if (!r->skipped)
        take_word(r, word, number);
    else if (strcmp(word, "u") == 0)
        r->fallback = 1;
    return *p == ' ' ? p + 1 : p;
}

static void read_back(struct reading *r, const struct buf *file)
{
    *r = (struct reading){.text = BUF_INIT};
    assert_memory_equal(file->p, "{\\rtf1", 6);
    for (const char *p = file->p; *p;) {
        assert_true((unsigned char)*p < 0x80);
        assert_true(r->fallback == 0 || *p == '\\');
        if (*p == '\\') {
            p = take_control(r, p + 1);
            continue;
        }
        r->depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
        if (r->skipped && r->depth < r->skipped)
            r->skipped = 0;
        assert_true(r->depth > 0 || p[1] == '\n' || p[1] == '\0');
        if (!strchr("{}\n", *p) && !r->skipped)
            buf_add_char(&r->text, *p);
        p++;
    }
    assert_int_equal(r->depth, 0);
    assert_int_equal(r->high, 0);
}

/* ---- a report ---- */

static const struct report_column columns[] = {
    {"text", T_ical_code, CELL_TEXT, 20, false},
    {"number", T_ical_field, CELL_NUMBER, 8, false},
    {"date", T_ical_received, CELL_DATE, 0, false},
    {"time", T_ical_due_at, CELL_TIME, 12, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };
#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        (literal), sizeof(literal) - 1                                                                       \
    }
#define DAY 20777 /* 2026-11-20: `date -d 2026-11-20 +%s` / 86400 */
#define HARD "{a} \\b\\par \x07 \xC3( 1\n2 \U0001F600 \uE000"

static struct report_cell cell[2][COLUMNS] = {
    {{CELL_TEXT, 0, {0}},
     {CELL_NUMBER, -1234567, {0}},
     {CELL_DATE, DAY, {0}},
     {CELL_TIME, DAY *(int64_t)1440 + 9 * 60 + 31, {0}}},
    {{CELL_EMPTY, 0, {0}}, {CELL_NUMBER, 0, {0}}, {CELL_DATE, NO_DAY, {0}}, {CELL_TIME, NO_TIME, {0}}},
};
static struct report_row row[2] = {{ROW_PLAIN, cell[0]}, {ROW_TOTAL, cell[1]}};
static const struct str above[] = {STR("Từ 15/09/2026 đến 14/12/2026")}, below[] = {STR("Ghi chú: ẵẫỗ ĐẶNG")};
static const struct sheet_face face = {
    .office = TEXT("UBND xã An Phú"),
    .title = TEXT("Danh sách khảo sát"),
    .above = above,
    .lines = 1,
    .below = below,
    .notes = 1,
    .creator = TEXT("motcua {0}"),
    .lang = LANG_VI,
    .written = 1795082400, /* 2026-11-19T10:00:00Z */
};

static struct report report_of(bool numbered)
{
    struct report r = {.parts = 1};
    cell[0][0].text = STR(HARD);
    r.part[0] = (struct report_part){
        .column = columns, .columns = COLUMNS, .row = row, .count = 2, .numbered = numbered};
    return r;
}

#define ROWS                                                                                                 \
    "{a} \\b\\par \xEF\xBF\xBD \xEF\xBF\xBD( 1\n2 \U0001F600 \uE000|-1.234.567|20/11/2026|20/11/2026 "       \
    "09:31|\n"                                                                                               \
    "|0|||\n"

/* ---- the tests ---- */

static void test_whole(void **state)
{
    (void)state;
    struct report r = report_of(false);
    struct buf file = BUF_INIT;
    struct reading seen;
    assert_int_equal(rtf_write(&r, &face, (struct form_sink){put, &file}), FORM_WRITTEN);
    read_back(&seen, &file);
    assert_string_equal(seen.text.p, "UBND xã An Phú\nDanh sách khảo sát\nTừ 15/09/2026 đến 14/12/2026\n"
                                     "Mã hồ sơ|Lĩnh vực|Tiếp nhận|Hẹn trả|\n" ROWS "\nGhi chú: ẵẫỗ ĐẶNG\n");
    assert_int_equal(seen.rows, 3);
    assert_int_equal(seen.head_rows, 1);
    assert_int_equal(seen.border, 16838 - 2 * 850); /* A4 across within its margins */
    assert_true(seen.landscape);
    assert_non_null(strstr(file.p, "Times New Roman"));
    assert_non_null(strstr(file.p, "{\\creatim\\yr2026\\mo11\\dy19\\hr10\\min0}"));
    assert_non_null(strstr(file.p, "{\\author motcua \\{0\\}}"));
    assert_non_null(strstr(file.p, "PAGE}"));
    buf_release(&file);
    buf_release(&seen.text);
}

static void test_numbered(void **state)
{
    (void)state;
    struct report r = report_of(true);
    r.part[0].heading = T_ical_procedure;
    r.part[1] = r.part[0];
    r.part[1].count = 0;
    r.parts = 2;
    struct buf file = BUF_INIT;
    struct reading seen;
    const struct sheet_face bare = {.title = TEXT("x"), .lang = LANG_EN};
    assert_int_equal(rtf_write(&r, &bare, (struct form_sink){put, &file}), FORM_WRITTEN);
    read_back(&seen, &file);
    assert_non_null(strstr(seen.text.p, "x\nProcedure\nDossier|Field|Received|Due|\n(1)|(2)|(3)|(4)|\n{a} "));
    assert_non_null(
        strstr(seen.text.p, "|-1,234,567|2026-11-20|2026-11-20 09:31|\n|0|||\n\nProcedure\nDossier|"));
    assert_non_null(strstr(seen.text.p, "(4)|\n(none)|\n"));
    assert_int_equal(seen.rows, 7);
    assert_int_equal(seen.head_rows, 4);
    buf_release(&file);
    buf_release(&seen.text);
}

/* What is signed has the country's name above and hands below, in the place of the office's name. */
static void test_signed(void **state)
{
    (void)state;
    struct report r = report_of(false);
    const struct block head = {.kind = BLOCK_HEAD,
                               .head = {.agency = TEXT("UBND XÃ"),
                                        .country = TEXT("CỘNG HÒA"),
                                        .motto = TEXT("Độc lập"),
                                        .place_date = TEXT("An Phú, ngày 01")}};
    const struct block hands = {
        .kind = BLOCK_SIGNATURES,
        .signatures = {.who = {{.title = TEXT("LẬP BIỂU")}, {.title = TEXT("CHỦ TỊCH"), .name = TEXT("{B}")}},
                       .count = 2}};
    const struct sheet_face paper = {
        .title = TEXT("x"), .office = TEXT("UBND xã"), .lang = LANG_VI, .head = &head, .signatures = &hands};
    struct buf file = BUF_INIT;
    struct reading seen;
    assert_int_equal(rtf_write(&r, &paper, (struct form_sink){put, &file}), FORM_WRITTEN);
    read_back(&seen, &file);
    assert_non_null(strstr(seen.text.p, "UBND XÃ|CỘNG HÒA\nĐộc lập\nAn Phú, ngày 01|\n"));
    assert_null(strstr(seen.text.p, "UBND xã"));
    assert_non_null(strstr(seen.text.p, "LẬP BIỂU|CHỦ TỊCH\n\n\n\n{B}|\n"));
    buf_release(&file);
    buf_release(&seen.text);
}

/* Many rows go out piece by piece, none lost between two pieces. */
static void test_many(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    struct report_row *rows = calloc(MANY, sizeof *rows);
    struct report_cell *cells = calloc(MANY, sizeof *cells);
    assert_true(rows && cells);
    for (int i = 0; i < MANY; i++) {
        cells[i] = (struct report_cell){CELL_NUMBER, i, {0}};
        rows[i].cell = &cells[i];
    }
    struct report r = {.parts = 1};
    r.part[0] = (struct report_part){.column = columns + 1, .columns = 1, .row = rows, .count = MANY};
    struct buf file = BUF_INIT, again = BUF_INIT;
    struct reading seen;
    assert_int_equal(rtf_write(&r, &face, (struct form_sink){put, &file}), FORM_WRITTEN);
    assert_int_equal(rtf_write(&r, &face, (struct form_sink){put, &again}), FORM_WRITTEN);
    assert_true(str_eq(buf_str(&file), buf_str(&again)));
    read_back(&seen, &file);
    assert_int_equal(seen.rows, MANY + 1);
    assert_non_null(strstr(seen.text.p, "\n0|\n1|\n2|\n"));
    assert_non_null(strstr(seen.text.p, "\n4.998|\n4.999|\n\nGhi chú"));
    int asked = 0;
    assert_int_equal(rtf_write(&r, &face, (struct form_sink){put_nothing, &asked}), FORM_SINK_FAILED);
    assert_int_equal(asked, 1);
    r.failed = true;
    assert_int_equal(rtf_write(&r, &face, (struct form_sink){put_nothing, &asked}), FORM_NO_MEMORY);
    assert_int_equal(asked, 1);
    buf_release(&file);
    buf_release(&again);
    buf_release(&seen.text);
    free(rows);
    free(cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_numbered),
        cmocka_unit_test(test_signed),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
