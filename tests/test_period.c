/* Periods as reports are called for, and said. */
#include "core/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect_days(struct period p, const char *from, const char *to)
{
    char text[CIVIL_TEXT];
    assert_string_equal(civil_iso_date(text, p.from), from);
    assert_string_equal(civil_iso_date(text, p.to), to);
}

static void expect(const char *text, const char *from, const char *to)
{
    struct period p;
    if (!period_parse(str_of(text), &p))
        fail_msg("%s is not read", text);
    expect_days(p, from, to);
}

static void the_circulars_periods_run_from_the_15th_to_the_14th(void **state)
{
    (void)state;
    expect("2026Q1", "2025-12-15", "2026-03-14");
    expect("2026Q2", "2026-03-15", "2026-06-14");
    expect("2026Q3", "2026-06-15", "2026-09-14");
    expect("2026Q4", "2026-09-15", "2026-12-14");
    expect("2026H1", "2025-12-15", "2026-06-14");
    expect("2026H2", "2026-06-15", "2026-12-14");
    expect("2026Y", "2025-12-15", "2026-12-14");
    expect("2026q4", "2026-09-15", "2026-12-14");
    expect("2026h1", "2025-12-15", "2026-06-14");
    expect("2026y", "2025-12-15", "2026-12-14");
    expect("1990Q1", "1989-12-15", "1990-03-14");
    expect("2100Y", "2099-12-15", "2100-12-14");
}

static void years_and_months_are_the_calendars(void **state)
{
    (void)state;
    expect("2026", "2026-01-01", "2026-12-31");
    expect("2026-11", "2026-11-01", "2026-11-30");
    expect("2026-12", "2026-12-01", "2026-12-31");
    expect("2026-02", "2026-02-01", "2026-02-28");
    expect("2028-02", "2028-02-01", "2028-02-29");
    expect("2100-02", "2100-02-01", "2100-02-28");
}

static void anything_else_is_refused(void **state)
{
    static const char *const bad[] = {
        "",        "2",       "202",     "20266",    "2026Q",   "2026Q0",  "2026Q5",  "2026H0",   "2026H3",
        "2026H",   "2026Y1",  "2026YY",  "2026-",    "2026-1",  "2026-00", "2026-13", "2026-111", "2026/11",
        "11-2026", "Q42026",  "2026 Q4", " 2026",    "2026 ",   "1989",    "2101",    "1989Q4",   "2101Q1",
        "-026",    "+026",    "2026Q-1", "2026-+1",  "2026-1 ", "2026Q4x", "quý IV",  "2026Z",    "2026-1a",
        "0x7ea",   "2026.11", "2026Ｑ4", "20260101", "2026M1"};
    struct period p = {1, 2};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (period_parse(str_of(bad[i]), &p))
            fail_msg("\"%s\" is read", bad[i]);
    assert_false(period_parse(STR_NONE, &p));
    assert_false(period_parse((struct str){"2026\0Q", 6}, &p));
    assert_true(p.from == 1 && p.to == 2); /* untouched */
}

/* Every day lies in the one quarter that begins on the day after another's end. */
static void every_day_lies_in_one_quarter(void **state)
{
    civil_day first = civil_from_ymd(1990, 1, 1), last = civil_from_ymd(2100, 12, 14);
    struct period before = period_quarter(first, 0);
    (void)state;
    assert_true(period_has(before, first));
    for (civil_day day = first; day <= last; day++) {
        struct period p = period_quarter(day, 0), named;
        struct civil begin = civil_to_ymd(p.from), end = civil_to_ymd(p.to);
        char text[16];
        assert_true(period_has(p, day));
        assert_int_equal(begin.day, 15);
        assert_int_equal(end.day, 14);
        assert_int_equal(end.month % 3, 0);
        assert_int_equal((end.year * 12 + end.month) - (begin.year * 12 + begin.month), 3);
        if (p.from != before.from)
            assert_int_equal(p.from, before.to + 1);
        before = p;
        snprintf(text, sizeof text, "%dQ%d", end.year, end.month / 3);
        assert_true(period_parse(str_of(text), &named));
        assert_true(named.from == p.from && named.to == p.to);
    }
}

static void quarters_before_and_after_follow_on(void **state)
{
    civil_day day = civil_from_ymd(2026, 11, 21);
    (void)state;
    expect_days(period_quarter(day, 0), "2026-09-15", "2026-12-14");
    expect_days(period_quarter(day, 1), "2026-12-15", "2027-03-14");
    expect_days(period_quarter(day, -1), "2026-06-15", "2026-09-14");
    expect_days(period_quarter(day, -4), "2025-09-15", "2025-12-14");
    expect_days(period_quarter(day, 9), "2028-12-15", "2029-03-14");
    expect_days(period_quarter(civil_from_ymd(2026, 12, 14), 0), "2026-09-15", "2026-12-14");
    expect_days(period_quarter(civil_from_ymd(2026, 12, 15), 0), "2026-12-15", "2027-03-14");
    for (int i = -20; i < 20; i++)
        assert_int_equal(period_quarter(day, i).to + 1, period_quarter(day, i + 1).from);
}

static void expect_said(const char *period, enum lang lang, const char *words)
{
    struct period p;
    struct buf b = BUF_INIT;
    assert_true(period_parse(str_of(period), &p));
    period_say(&b, lang, p);
    assert_string_equal(b.p, words);
    buf_release(&b);
}

static void periods_are_said_as_people_say_them(void **state)
{
    (void)state;
    expect_said("2026Q4", LANG_VI, "Quý IV/2026 (từ 15/09/2026 đến 14/12/2026)");
    expect_said("2026Q1", LANG_VI, "Quý I/2026 (từ 15/12/2025 đến 14/03/2026)");
    expect_said("2026H1", LANG_VI, "6 tháng đầu năm 2026 (từ 15/12/2025 đến 14/06/2026)");
    expect_said("2026H2", LANG_VI, "6 tháng cuối năm 2026 (từ 15/06/2026 đến 14/12/2026)");
    expect_said("2026Y", LANG_VI, "Năm 2026 (từ 15/12/2025 đến 14/12/2026)");
    expect_said("2026", LANG_VI, "Năm 2026 (từ 01/01/2026 đến 31/12/2026)");
    expect_said("2026-11", LANG_VI, "Tháng 11/2026");
    expect_said("2026Q2", LANG_EN, "Quarter II/2026 (2026-03-15 to 2026-06-14)");
    expect_said("2026-02", LANG_EN, "Month 02/2026");
}

static void other_periods_are_said_by_their_days(void **state)
{
    struct buf b = BUF_INIT;
    civil_day day = civil_from_ymd(2026, 11, 14);
    (void)state;
    period_say(&b, LANG_VI, (struct period){day - 13, day});
    assert_string_equal(b.p, "Từ 01/11/2026 đến 14/11/2026");
    buf_reset(&b);
    period_say(&b, LANG_VI, (struct period){day, day});
    assert_string_equal(b.p, "Ngày 14/11/2026");
    buf_reset(&b);
    period_say(&b, LANG_EN, (struct period){day, day + 1});
    assert_string_equal(b.p, "2026-11-14 to 2026-11-15");
    buf_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_circulars_periods_run_from_the_15th_to_the_14th),
        cmocka_unit_test(years_and_months_are_the_calendars),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(every_day_lies_in_one_quarter),
        cmocka_unit_test(quarters_before_and_after_follow_on),
        cmocka_unit_test(periods_are_said_as_people_say_them),
        cmocka_unit_test(other_periods_are_said_by_their_days),
    };
    return cmocka_run_group_tests_name("period", tests, NULL, NULL);
}
