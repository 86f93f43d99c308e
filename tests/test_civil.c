/* Days and minutes as integers: the Gregorian rules walked day by day, and every way to write a time. */
#include "core/civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

/* From 1 January 1600 (a Saturday, 135,140 days before 1970-01-01) to the end of 2400 with nothing but "a
 * month has so many days". */
static void test_every_day(void **state)
{
    (void)state;
    civil_day day = -135140;
    int weekday = SATURDAY;
    for (int year = 1600; year <= 2400; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++) {
            assert_int_equal(civil_days_in_month(year, month), lengths[month - 1]);
            for (int d = 1; d <= lengths[month - 1]; d++, day++) {
                struct civil c = civil_to_ymd(day);
                if (c.year != year || c.month != month || c.day != d ||
                    civil_from_ymd(year, month, d) != day || civil_weekday(day) != (enum weekday)weekday ||
                    !civil_is_valid(year, month, d))
                    fail_msg("%04d-%02d-%02d (day %d, weekday %d)", year, month, d, (int)day, weekday);
                weekday = weekday == SUNDAY ? MONDAY : weekday + 1;
            }
            assert_false(civil_is_valid(year, month, lengths[month - 1] + 1));
        }
    }
}

static void test_anchors(void **state)
{
    (void)state;
    assert_int_equal(civil_from_ymd(1970, 1, 1), 0);
    assert_int_equal(civil_weekday(0), THURSDAY);
    assert_int_equal(civil_from_ymd(1969, 12, 31), -1);
    assert_int_equal(civil_from_ymd(2000, 3, 1), 11017);
    assert_int_equal(civil_from_ymd(2038, 1, 19), 24855); /* 2^31 seconds */
    assert_int_equal(civil_weekday(civil_from_ymd(2026, 11, 16)), MONDAY);
    assert_int_equal(civil_weekday(civil_from_ymd(2025, 4, 26)), SATURDAY);
    assert_int_equal(civil_weekday(civil_from_ymd(2023, 1, 22)), SUNDAY);
    assert_int_equal(civil_from_ymd(1, 1, 1), -719162);
    assert_int_equal(civil_from_ymd(9999, 12, 31), 2932896);
}

static void test_validity(void **state)
{
    (void)state;
    assert_true(civil_is_valid(1, 1, 1));
    assert_true(civil_is_valid(9999, 12, 31));
    assert_true(civil_is_valid(2000, 2, 29));
    assert_true(civil_is_valid(2024, 2, 29));
    static const int bad[][3] = {{0, 1, 1},     {10000, 1, 1}, {2026, 0, 1},  {2026, 13, 1}, {2026, 1, 0},
                                 {2026, 1, 32}, {2026, 4, 31}, {2026, 2, 29}, {1900, 2, 29}, {2100, 2, 29},
                                 {2026, -1, 1}, {2026, 1, -1}, {-2026, 1, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(civil_is_valid(bad[i][0], bad[i][1], bad[i][2]));
}

static void test_minutes(void **state)
{
    (void)state;
    assert_int_equal(civil_at(0, 0), 0);
    assert_int_equal(civil_at(1, 30), 1470);
    assert_int_equal(civil_day_of(1439), 0);
    assert_int_equal(civil_day_of(1440), 1);
    assert_int_equal(civil_day_of(-1), -1);
    assert_int_equal(civil_minute_of_day(-1), 1439);
    assert_int_equal(civil_day_of(-1440), -1);
    assert_int_equal(civil_minute_of_day(-1440), 0);
    assert_int_equal(civil_day_of(-1441), -2);
    assert_int_equal(civil_day_of(NO_TIME), NO_DAY);
    assert_int_equal(civil_day_of(INT64_MAX), INT32_MAX); /* as far as a day reaches */
    assert_int_equal(civil_day_of(INT64_MIN + 1), INT32_MIN + 1);
    for (civil_minute t = -5000; t < 5000; t++)
        assert_int_equal(civil_at(civil_day_of(t), civil_minute_of_day(t)), t);
}

static void test_months(void **state)
{
    (void)state;
    static const struct {
        int from[3], months, to[3];
    } cases[] = {
        {{2026, 12, 31}, 1, {2027, 1, 31}}, {{2026, 1, 30}, 1, {2026, 2, 28}},
        {{2024, 1, 31}, 1, {2024, 2, 29}},  {{2026, 3, 31}, 1, {2026, 4, 30}},
        {{2026, 1, 15}, 0, {2026, 1, 15}},  {{2026, 1, 15}, 12, {2027, 1, 15}},
        {{2024, 2, 29}, 12, {2025, 2, 28}}, {{2024, 2, 29}, 48, {2028, 2, 29}},
        {{2026, 11, 30}, 3, {2027, 2, 28}}, {{2026, 1, 31}, -1, {2025, 12, 31}},
        {{2026, 3, 31}, -1, {2026, 2, 28}}, {{2026, 5, 31}, -15, {2025, 2, 28}},
        {{1990, 1, 1}, 3650, {2294, 3, 1}}, {{2026, 12, 1}, 12, {2027, 12, 1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int *a = cases[i].from, *b = cases[i].to;
        assert_int_equal(civil_add_months(civil_from_ymd(a[0], a[1], a[2]), cases[i].months),
                         civil_from_ymd(b[0], b[1], b[2]));
    }
}

static void test_utc(void **state)
{
    (void)state;
    /* as date(1) has it: 1795141830 is 2026-11-20 02:30:30 UTC */
    civil_minute t = civil_from_utc(1795141830, 420);
    char out[CIVIL_TEXT];
    assert_string_equal(civil_iso_time(out, t, 420), "2026-11-20T09:30:00+07:00");
    assert_int_equal(civil_to_utc(t, 420), 1795141800);
    assert_int_equal(civil_from_utc(-1, 0), -1);
    assert_int_equal(civil_from_utc(-60, 0), -1);
    assert_int_equal(civil_from_utc(-61, 0), -2);
    assert_int_equal(civil_from_utc(0, -210), -210);
    assert_int_equal(civil_to_utc(-210, -210), 0);
    assert_int_equal(civil_to_utc(INT64_MAX, 420), INT64_MAX); /* as far as it goes, no wrapping round */
    assert_int_equal(civil_to_utc(INT64_MIN, 420), INT64_MIN);
}

/* ---- reading ---- */

static void test_parse(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int year, month, day, minute, second;
        bool has_offset;
        int offset;
    } good[] = {
        {"2026-11-20", 2026, 11, 20, -1, 0, false, 0},
        {"20/11/2026", 2026, 11, 20, -1, 0, false, 0},
        {"2026-11-20T09:30", 2026, 11, 20, 570, 0, false, 0},
        {"2026-11-20 09:30", 2026, 11, 20, 570, 0, false, 0},
        {"20/11/2026 09:30", 2026, 11, 20, 570, 0, false, 0},
        {"2026-11-20T09:30:15", 2026, 11, 20, 570, 15, false, 0},
        {"2026-11-20 09:30:59", 2026, 11, 20, 570, 59, false, 0},
        {"20/11/2026 09:30:01", 2026, 11, 20, 570, 1, false, 0},
        {"2026-11-20T09:30Z", 2026, 11, 20, 570, 0, true, 0},
        {"2026-11-20T09:30+07:00", 2026, 11, 20, 570, 0, true, 420},
        {"2026-11-20T09:30:00+07:00", 2026, 11, 20, 570, 0, true, 420},
        {"2026-11-20 09:30:00-03:30", 2026, 11, 20, 570, 0, true, -210},
        {"2026-11-20T09:30+14:00", 2026, 11, 20, 570, 0, true, 840},
        {"2026-11-20T00:00", 2026, 11, 20, 0, 0, false, 0},
        {"2026-11-20T23:59", 2026, 11, 20, 1439, 0, false, 0},
        {"1990-01-01", 1990, 1, 1, -1, 0, false, 0},
        {"31/12/2100 23:59", 2100, 12, 31, 1439, 0, false, 0},
        {"2024-02-29", 2024, 2, 29, -1, 0, false, 0},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct civil_input in = {.second = 99, .offset_minutes = 99};
        if (!civil_parse(str_of(good[i].text), &in))
            fail_msg("\"%s\" is refused", good[i].text);
        assert_int_equal(in.day, civil_from_ymd(good[i].year, good[i].month, good[i].day));
        assert_int_equal(in.minute_of_day, good[i].minute);
        assert_int_equal(in.second, good[i].second);
        assert_int_equal(in.has_offset, good[i].has_offset);
        assert_int_equal(in.offset_minutes, good[i].offset);
    }
}

static void test_parse_refuses(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "2026",
        "2026-11",
        "2026-11-",
        "2026-11-2",
        "2026-1-20",
        "26-11-20",
        "2026-11-20 ",
        " 2026-11-20",
        "2026-11-20T",
        "2026-11-20T9:30",
        "2026-11-20T09",
        "2026-11-20T09:3",
        "2026-11-20T09:30 ",
        "2026-11-20T24:00",
        "2026-11-20T23:60",
        "2026-11-20T23:59:60",
        "2026-11-20T09:30:",
        "2026-11-20T09:30:0",
        "2026-11-20t09:30",
        "2026-11-20  09:30",
        "2026-11-20T09:30z",
        "2026-11-20T09:30+7",
        "2026-11-20T09:30+0700",
        "2026-11-20T09:30+14:01",
        "2026-11-20T09:30+07:60",
        "2026-11-20T09:30ZZ",
        "2026-11-20Z",
        "2026-11-20+07:00",
        "20/11/2026T09:30",
        "20/11/2026 09:30Z",
        "20/11/2026 09:30+07:00",
        "20/11/26",
        "1/9/2026",
        "20-11-2026",
        "2026/11/20",
        "20.11.2026",
        "2026-02-29",
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "29/02/2026",
        "31/04/2026",
        "1989-12-31",
        "2101-01-01",
        "0000-01-01",
        "9999-12-31",
        "+026-11-20",
        "2026-+1-20",
        "2026-11--1",
        "2026-11-20T-9:30",
        "tomorrow",
        "2026-11-20T09:30:00.000",
        "20/11/2026 9:30",
        "\357\274\222026-11-20",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct civil_input in = {.day = 4711};
        if (civil_parse(str_of(bad[i]), &in))
            fail_msg("\"%s\" is taken", bad[i]);
        assert_int_equal(in.day, 4711);
    }
    struct civil_input in = {.day = 4711};
    assert_false(civil_parse((struct str){"2026-11-20\0", 11}, &in));
    assert_false(civil_parse((struct str){"2026-11-20\0T09:30", 17}, &in));
    assert_false(civil_parse(STR_NONE, &in));
    assert_int_equal(in.day, 4711);
}

/* Whatever is taken is one of the forms: writing it back in its own form gives the text again. */
static void test_every_prefix_is_refused_or_whole(void **state)
{
    (void)state;
    static const char whole[] = "2026-11-20T09:30:15+07:00";
    for (size_t n = 0; n < sizeof whole; n++) {
        struct civil_input in;
        bool taken = civil_parse((struct str){whole, n}, &in);
        assert_int_equal(taken, n == 10 || n == 16 || n == 19 || n == 25);
    }
}

static void test_parse_hm(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int minute;
    } good[] = {{"00:00", 0}, {"0:00", 0}, {"9:05", 545}, {"09:05", 545}, {"15:00", 900}, {"23:59", 1439}};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        int minute = -7;
        assert_true(civil_parse_hm(str_of(good[i].text), &minute));
        assert_int_equal(minute, good[i].minute);
    }
    static const char *const bad[] = {"",       "9",     "09",    ":00",  "9:5",  "24:00", "12:60", "009:00",
                                      "09:00 ", " 9:00", "-9:00", "9:-1", "9.05", "9h05",  "1a:00", "12:0x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int minute = -7;
        if (civil_parse_hm(str_of(bad[i]), &minute))
            fail_msg("\"%s\" is taken", bad[i]);
        assert_int_equal(minute, -7);
    }
}

/* ---- writing ---- */

static void test_writers(void **state)
{
    (void)state;
    char out[CIVIL_TEXT];
    civil_day day = civil_from_ymd(2026, 9, 2);
    civil_minute t = civil_at(day, 9 * 60 + 5);
    assert_string_equal(civil_iso_date(out, day), "2026-09-02");
    assert_string_equal(civil_vn_date(out, day), "02/09/2026");
    assert_string_equal(civil_vn_time(out, t), "02/09/2026 09:05");
    assert_string_equal(civil_iso_time(out, t, 420), "2026-09-02T09:05:00+07:00");
    assert_string_equal(civil_iso_time(out, t, 0), "2026-09-02T09:05:00+00:00");
    assert_string_equal(civil_iso_time(out, t, -210), "2026-09-02T09:05:00-03:30");
    assert_string_equal(civil_iso_second(out, 1795141830, 420), "2026-11-20T09:30:30+07:00");
    assert_string_equal(civil_iso_second(out, -1, 0), "1969-12-31T23:59:59+00:00");
    assert_string_equal(civil_hm(out, 0), "00:00");
    assert_string_equal(civil_hm(out, 1439), "23:59");
    assert_ptr_equal(civil_hm(out, 1), out);
}

/* Damaged numbers are written as something, within the room there is. */
static void test_writers_never_overflow(void **state)
{
    (void)state;
    static const int64_t extremes[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT32_MIN, INT32_MAX, -1, 0};
    for (size_t i = 0; i < sizeof extremes / sizeof extremes[0]; i++) {
        char out[CIVIL_TEXT + 1];
        out[CIVIL_TEXT] = '!';
        civil_iso_time(out, extremes[i], -840);
        assert_true(strlen(out) < CIVIL_TEXT);
        civil_iso_second(out, extremes[i], INT32_MIN + 1);
        assert_true(strlen(out) < CIVIL_TEXT);
        civil_vn_time(out, extremes[i]);
        assert_true(strlen(out) < CIVIL_TEXT);
        civil_iso_date(out, (civil_day)extremes[i]);
        assert_true(strlen(out) < CIVIL_TEXT);
        assert_int_equal(out[CIVIL_TEXT], '!');
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day),
        cmocka_unit_test(test_anchors),
        cmocka_unit_test(test_validity),
        cmocka_unit_test(test_minutes),
        cmocka_unit_test(test_months),
        cmocka_unit_test(test_utc),
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_parse_refuses),
        cmocka_unit_test(test_every_prefix_is_refused_or_whole),
        cmocka_unit_test(test_parse_hm),
        cmocka_unit_test(test_writers),
        cmocka_unit_test(test_writers_never_overflow),
    };
    return cmocka_run_group_tests_name("civil", tests, NULL, NULL);
}
