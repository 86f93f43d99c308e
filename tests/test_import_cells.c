/* What people and programs write into cells of a spreadsheet, read as they meant it. Every row of these
 * tables was worked out by hand. */
#include "cli/import_cells.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { OFFSET = 7 * 60 };

/* `wanted` as YYYY-MM-DD HH:MM, or a date alone. */
static void expect_time(const char *cell, const char *wanted)
{
    struct import_time t = {NO_DAY, -2};
    char text[64], date[CIVIL_TEXT];
    enum import_fault fault = import_cell_time(str_of(cell), OFFSET, &t);
    if (fault != CELL_FINE)
        fail_msg("%s: fault %d", cell, fault);
    civil_iso_date(date, t.day);
    if (t.minute < 0)
        snprintf(text, sizeof text, "%s", date);
    else
        snprintf(text, sizeof text, "%s %02d:%02d", date, t.minute / 60, t.minute % 60);
    if (strcmp(text, wanted) != 0)
        fail_msg("%s: %s, not %s", cell, text, wanted);
}

static void times_as_they_are_written(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"20/11/2026", "2026-11-20"},
        {" 1/9/2026 ", "2026-09-01"},
        {"20-11-2026", "2026-11-20"},
        {"20.11.2026", "2026-11-20"},
        {"2026-11-20", "2026-11-20"},
        {"2026/11/20", "2026-11-20"},
        {"\xC2\xA0"
         "29/02/2024",
         "2024-02-29"},
        {"05/06/2026", "2026-06-05"}, /* the day first */
        {"20/11/2026 09:30", "2026-11-20 09:30"},
        {"20/11/2026 09:30:59", "2026-11-20 09:30"},
        {"20/11/2026 9:05", "2026-11-20 09:05"},
        {"20/11/2026  9h05", "2026-11-20 09:05"},
        {"20/11/2026 9h", "2026-11-20 09:00"},
        {"20/11/2026 16g30", "2026-11-20 16:30"},
        {"20/11/2026 09:30 AM", "2026-11-20 09:30"},
        {"20/11/2026 12:30:15 am", "2026-11-20 00:30"},
        {"20/11/2026 2:30 CH", "2026-11-20 14:30"},
        {"20/11/2026 12:00 CH", "2026-11-20 12:00"},
        {"20/11/2026 8:00 SA", "2026-11-20 08:00"},
        {"20/11/2026 8:05:10 sáng", "2026-11-20 08:05"},
        {"20/11/2026 2:30 Chiều", "2026-11-20 14:30"},
        {"20/11/2026 2:30 CHIỀU", "2026-11-20 14:30"},
        {"20/11/2026 2:30 chie\xCC\x82\xCC\x80u", "2026-11-20 14:30"}, /* its marks apart */
        {"20/11/2026 2h30 chiều", "2026-11-20 14:30"},
        {"20/11/2026 12:15\xE2\x80\xAFPM", "2026-11-20 12:15"}, /* Excel's narrow no-break space */
        {"20/11/2026 2:15\xC2\xA0pm", "2026-11-20 14:15"},
        {"2:30 chiều ngày 20/11/2026", "2026-11-20 14:30"},
        {"2:30 chiều, 20/11/2026", "2026-11-20 14:30"},
        {"09:30 20/11/2026", "2026-11-20 09:30"},
        {"9h30 ngày 20/11/2026", "2026-11-20 09:30"},
        {"16:30, 20/11/2026", "2026-11-20 16:30"},
        {"2026-11-20T09:30", "2026-11-20 09:30"},
        {"2026-11-20 09:30:00.000", "2026-11-20 09:30"},
        {"2026-11-20T09:30:00+07:00", "2026-11-20 09:30"},
        {"2026-11-20T02:30:00Z", "2026-11-20 09:30"},
        {"2026-11-20T23:30:00Z", "2026-11-21 06:30"},
        {"2026-11-20T00:00:00Z", "2026-11-20 07:00"},
        {"2026-11-20T09:30:00+0900", "2026-11-20 07:30"},
        {"2026-11-20T09:30:00-05:00", "2026-11-20 21:30"},
        {"20/11/2026 00:00:00", "2026-11-20"}, /* a date with an hour that nobody meant */
        {"2026-11-20 00:00:00.000", "2026-11-20"},
        {"20/11/2026 00:00", "2026-11-20 00:00"},
        {"20/11/2026 00:00:07", "2026-11-20 00:00"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_time(rows[i][0], rows[i][1]);
}

/* Looked up in a spreadsheet: 1 January 1990 is 32874, 16 November 2026 is 46342. */
static void days_of_spreadsheets(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"32874", "1990-01-01"},
        {"44893", "2022-11-28"},
        {"46342", "2026-11-16"},
        {"46342.0", "2026-11-16"},
        {"46342.5", "2026-11-16 12:00"},
        {"46342,5", "2026-11-16 12:00"},
        {"46342.395833333336", "2026-11-16 09:30"},
        {"46342.3958333333", "2026-11-16 09:30"},
        {"46342.3125", "2026-11-16 07:30"},
        {"46342.999999999", "2026-11-17 00:00"},
        {"73415", "2100-12-31"},
        {"36585", "2000-02-29"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_time(rows[i][0], rows[i][1]);
}

/* What is read at a look, and the same day written so that it is not. */
static void the_usual_ways_read_as_the_others(void **state)
{
    (void)state;
    static const char *const usual[] = {"%3$04d-%2$02d-%1$02d", "%1$02d/%2$02d/%3$04d"};
    static const char *const other[] = {"%3$04d/%2$02d/%1$02d ", "%1$02d.%2$02d.%3$04d "};
    struct random r = {20261121};
    size_t fine = 0;
    for (size_t run = 0; run < 100000; run++) {
        char a[40], b[40], hour[16];
        int day = (int)random_in(&r, 0, 33), month = (int)random_in(&r, 0, 14);
        int year = (int)random_in(&r, 1880, 2120), way = (int)(run % 2);
        snprintf(a, sizeof a, usual[way], day, month, year);
        snprintf(b, sizeof b, other[way], day, month, year);
        snprintf(hour, sizeof hour, " %02d:%02d", (int)random_in(&r, 0, 25), (int)random_in(&r, 0, 61));
        if (run % 3) {
            strcat(a, hour);
            strcat(b, hour);
        }
        struct import_time s = {0, 0}, t = {0, 0};
        enum import_fault x = import_cell_time(str_of(a), 420, &s), y = import_cell_time(str_of(b), 420, &t);
        if (x != y || (x == CELL_FINE && (s.day != t.day || s.minute != t.minute)))
            fail_msg("\"%s\" is %d, %d %d; \"%s\" is %d, %d %d", a, x, (int)s.day, s.minute, b, y, (int)t.day,
                     t.minute);
        fine += x == CELL_FINE;
    }
    assert_true(fine > 10000);
}

static void times_that_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        enum import_fault fault;
    } rows[] = {
        {"20/11/26", CELL_SHORT_YEAR},
        {"1/9/5", CELL_SHORT_YEAR},
        {"11/20/2026", CELL_MONTH_FIRST},
        {"12/31/2026 9:30:00 AM", CELL_MONTH_FIRST},
        {"31/02/2026", CELL_NO_DAY},
        {"29/02/2026", CELL_NO_DAY},
        {"2026-13-01", CELL_NO_DAY},
        {"00/00/2026", CELL_NO_DAY},
        {"31/31/2026", CELL_NO_DAY},
        {"20/11/1889", CELL_FAR_YEAR},
        {"20/11/2126", CELL_FAR_YEAR},
        {"1", CELL_FAR_YEAR},
        {"60", CELL_FAR_YEAR},
        {"32873", CELL_FAR_YEAR},
        {"73416", CELL_FAR_YEAR},
        {"999999", CELL_FAR_YEAR},
        {"1000000", CELL_BAD_TIME},
        {"hôm qua", CELL_BAD_TIME},
        {"20/11/2026 25:00", CELL_BAD_TIME},
        {"20/11/2026 09:60", CELL_BAD_TIME},
        {"20/11/2026 9:3", CELL_BAD_TIME},
        {"20/11/2026 13:00 PM", CELL_BAD_TIME},
        {"20/11/2026 14:00 chiều", CELL_BAD_TIME},
        {"20/11/2026 8:00 sángg", CELL_BAD_TIME},
        {"20/11/2026 8:00 sa sáng", CELL_BAD_TIME},
        {"20/11-2026", CELL_BAD_TIME},
        {"20/11/2026 x", CELL_BAD_TIME},
        {"20/11/2026 09:30 x", CELL_BAD_TIME},
        {"2026", CELL_FAR_YEAR},
        {"20/11", CELL_BAD_TIME},
        {"", CELL_BAD_TIME},
        {"4.6342E+04", CELL_BAD_TIME},
        {"46342.3.1", CELL_BAD_TIME},
        {"20/11/2026 09:30:61", CELL_BAD_TIME},
        {"2026-11-20T09:30+15:00", CELL_BAD_TIME},
        {"=20/11/2026", CELL_BAD_TIME},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct import_time t = {123, 45};
        enum import_fault fault = import_cell_time(str_of(rows[i].cell), OFFSET, &t);
        if (fault != rows[i].fault || t.day != 123 || t.minute != 45)
            fail_msg("%s: fault %d, not %d", rows[i].cell, fault, rows[i].fault);
    }
}

typedef enum import_fault repair(struct str, struct buf *);

static void expect_number(repair *mend, const char *cell, const char *wanted)
{
    struct buf out = BUF_INIT;
    enum import_fault fault = mend(str_of(cell), &out);
    if (!wanted && (fault != CELL_ROUNDED || out.n))
        fail_msg("%s: fault %d", cell, fault);
    if (wanted && (fault != CELL_FINE || !str_eq(buf_str(&out), str_of(wanted))))
        fail_msg("%s: fault %d, \"%.*s\"", cell, fault, STR_ARG(buf_str(&out)));
    buf_release(&out);
}

static void phones_that_were_numbers(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"0912345678", "0912345678"},
        {"912345678.0", "0912345678"},
        {"912345678", "0912345678"},
        {"912345678,0", "0912345678"},
        {"9.12345678E+08", "0912345678"},
        {"9,12345678E+08", "0912345678"},
        {"9.12345678e8", "0912345678"},
        {"2963123456.0", "02963123456"},
        {"0296 3123456", "0296 3123456"},
        {"0912.345.678", "0912.345.678"},
        {"+84912345678", "+84912345678"},
        {"84912345678", "84912345678"},
        {"113", "113"},
        {"0912345678; 0987654321", "0912345678; 0987654321"},
        {"không có", "không có"},
        {"612345678", "612345678"},
        {"9.12E+08", NULL},
        {"9E+08", NULL},
        {"9,12E+08", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_number(import_cell_phone, rows[i][0], rows[i][1]);
}

static void id_numbers_that_were_numbers(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"052090001234", "052090001234"},
        {"52090001234", "052090001234"},
        {"52090001234.0", "052090001234"},
        {"5.2090001234E+10", "052090001234"},
        {"215123456", "215123456"},
        {"215123456.0", "215123456"},
        {"0101234567", "0101234567"},
        {"0101234567-001", "0101234567-001"},
        {"4101234567.0", "4101234567"},
        {"B1234567", "B1234567"},
        {"5.2090E+10", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_number(import_cell_id_number, rows[i][0], rows[i][1]);
}

/* What is passed over is what mending leaves alone. */
static void whole_numbers_need_no_mending(void **state)
{
    static const char letters[] = "0000123579.E+ -";
    struct random r = {20261122};
    size_t whole = 0;
    (void)state;
    for (size_t run = 0; run < 200000; run++) {
        char cell[16];
        size_t n = (size_t)random_in(&r, 8, 13);
        bool digits = random_in(&r, 0, 3) > 0;
        for (size_t i = 0; i < n; i++)
            cell[i] = letters[random_in(&r, 0, digits ? 9 : 14)];
        cell[n] = '\0';
        if (!import_cell_is_whole_number((struct str){cell, n}))
            continue;
        expect_number(import_cell_phone, cell, cell);
        expect_number(import_cell_id_number, cell, cell);
        whole++;
    }
    assert_true(whole > 1000);
    assert_false(import_cell_is_whole_number(STR("05209000123"))); /* eleven: lost its first */
    assert_false(import_cell_is_whole_number(STR("912345678")));
    assert_false(import_cell_is_whole_number(STR_NONE));
}

static void counts(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        int count; /* 0: refused */
    } rows[] = {{"1", 1},  {"02", 2}, {"2.0", 2},   {"9999", 9999}, {"0", 0},
                {"-1", 0}, {"", 0},   {"10000", 0}, {"2.5", 0},     {"hai", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int n = -7;
        enum import_fault fault = import_cell_count(str_of(rows[i].cell), &n);
        if (fault != (rows[i].count ? CELL_FINE : CELL_BAD_NUMBER) ||
            n != (rows[i].count ? rows[i].count : -7))
            fail_msg("%s: fault %d, %d", rows[i].cell, fault, n);
    }
}

static void cells_with_nothing_in_them(void **state)
{
    (void)state;
    static const char *const nothing[] = {"",   " ",    "\t",   "\xC2\xA0", " - ",
                                          "--", "NULL", "null", "N/A",      "\r\n"};
    static const char *const something[] = {"0", "a", "---", ".", "không"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        assert_true(import_cell_is_empty(str_of(nothing[i])));
    for (size_t i = 0; i < sizeof something / sizeof *something; i++)
        assert_false(import_cell_is_empty(str_of(something[i])));
    assert_true(str_eq(import_cell_trim(STR("\xC2\xA0 a b \r\n")), STR("a b")));
    assert_true(str_eq(import_cell_trim(STR("\xA0")), STR("\xA0")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_as_they_are_written),         cmocka_unit_test(days_of_spreadsheets),
        cmocka_unit_test(the_usual_ways_read_as_the_others), cmocka_unit_test(times_that_are_none),
        cmocka_unit_test(phones_that_were_numbers),          cmocka_unit_test(id_numbers_that_were_numbers),
        cmocka_unit_test(whole_numbers_need_no_mending),     cmocka_unit_test(counts),
        cmocka_unit_test(cells_with_nothing_in_them),
    };
    return cmocka_run_group_tests_name("import_cells", tests, NULL, NULL);
}
