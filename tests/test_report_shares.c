/* How wide columns are: what must not be broken has room, what is empty takes little, what is long takes the
 * rest; and the page is not left. */
#include "core/report_shares.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LONG                                                                                                 \
    "Chứng thực bản sao từ bản chính giấy tờ, văn bản do cơ quan, tổ chức có thẩm quyền của Việt Nam cấp"

static const struct report_column columns[] = {
    {.key = "no", .title = T_report_column_no, .type = CELL_NUMBER, .share = 1},
    {.key = "procedure", .title = T_report_column_procedure, .type = CELL_TEXT, .share = 1},
    {.key = "representative", .title = T_report_survey_representative, .type = CELL_TEXT, .share = 9},
    {.key = "received", .title = T_report_column_received, .type = CELL_DATE, .share = 1},
    {.key = "at", .title = T_report_daily_time, .type = CELL_TIME, .share = 1},
};
enum { NO, PROCEDURE, REPRESENTATIVE, RECEIVED, AT, COLUMNS };

static struct report_part part_of(struct report_row *row, struct report_cell (*cell)[COLUMNS], size_t count,
                                  struct str procedure)
{
    for (size_t i = 0; i < count; i++) {
        row[i] = (struct report_row){ROW_PLAIN, cell[i]};
        cell[i][NO] = (struct report_cell){.type = CELL_NUMBER, .number = 100000 + (int64_t)i};
        cell[i][PROCEDURE] = (struct report_cell){.type = CELL_TEXT, .text = procedure};
        cell[i][REPRESENTATIVE] = (struct report_cell){.type = CELL_EMPTY};
        cell[i][RECEIVED] = (struct report_cell){.type = CELL_DATE, .number = 20000};
        cell[i][AT] = (struct report_cell){.type = CELL_TIME, .number = 20000 * 1440 + 600};
    }
    return (struct report_part){
        .column = columns, .columns = COLUMNS, .row = row, .count = count, .cap = count};
}

static int sum(const int *n)
{
    int all = 0;
    for (int i = 0; i < COLUMNS; i++)
        all += n[i];
    return all;
}

static void what_is_long_gets_what_is_left(void **state)
{
    (void)state;
    struct report_row row[40];
    struct report_cell cell[40][COLUMNS];
    int width[REPORT_COLUMNS];
    struct report_part part = part_of(row, cell, 40, STR(LONG));
    report_widths(&part, LANG_VI, MEDIUM_PAPER, 90, 90, width);
    assert_int_equal(sum(width), 90);
    assert_true(width[NO] >= 7);                                /* 100.000 */
    assert_true(width[RECEIVED] >= 10 && width[RECEIVED] < 14); /* 05/10/2024 */
    assert_true(width[AT] >= 10 && width[AT] < 14);             /* the minute below the day */
    assert_true(width[REPRESENTATIVE] < 9); /* "Người", "diện": nothing else is in it */
    assert_true(width[PROCEDURE] > 45);
    report_widths(&part, LANG_VI, MEDIUM_SHEET, 90, 90, width);
    assert_true(width[AT] >= 16); /* a sheet shows it whole or not at all */
    report_widths(&part, LANG_VI, MEDIUM_SHEET, 200, 45, width);
    assert_int_equal(width[PROCEDURE], 45);
}

static void what_nobody_needs_is_shared_out(void **state)
{
    (void)state;
    struct report_row row[3];
    struct report_cell cell[3][COLUMNS];
    int share[REPORT_COLUMNS];
    struct report_part part = part_of(row, cell, 3, STR("Khai sinh"));
    report_shares(&part, LANG_VI, 200, share);
    assert_true(sum(share) > 190 && sum(share) <= 200);
    assert_true(share[REPRESENTATIVE] > 60); /* nine of thirteen parts */
    part.count = 0;
    report_shares(&part, LANG_EN, 0, share); /* no row, no room */
    for (int i = 0; i < COLUMNS; i++)
        assert_true(share[i] > 0);
}

/* A long table is not read whole, but its end is: sums stand there. */
static void the_last_row_has_its_say(void **state)
{
    (void)state;
    static struct report_row row[5000];
    static struct report_cell cell[5000][COLUMNS];
    int width[REPORT_COLUMNS];
    struct report_part part = part_of(row, cell, 5000, STR("Khai sinh"));
    cell[4999][NO].number = 1234567890123;
    report_widths(&part, LANG_VI, MEDIUM_PAPER, 90, 90, width);
    assert_int_equal(width[NO], 17); /* 1.234.567.890.123 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_long_gets_what_is_left),
        cmocka_unit_test(what_nobody_needs_is_shared_out),
        cmocka_unit_test(the_last_row_has_its_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
