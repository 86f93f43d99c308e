/* Limits as people and the catalogue write them. */
#include "core/limit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct limit untouched = {LIMIT_MONTHS, 4711, 4711};

static const struct good {
    const char *text;
    enum limit_kind kind;
    uint32_t hundredths;
    int cutoff;
    const char *formatted;
} good[] = {
    {"same_day", LIMIT_SAME_DAY, 100, LIMIT_NO_CUTOFF, "same_day"},
    {"same_day@15:00", LIMIT_SAME_DAY, 100, 900, "same_day@15:00"},
    {"same_day@9:05", LIMIT_SAME_DAY, 100, 545, "same_day@09:05"},
    {"same_day@00:00", LIMIT_SAME_DAY, 100, 0, "same_day@00:00"},
    {"same_day@23:59", LIMIT_SAME_DAY, 100, 1439, "same_day@23:59"},
    {"3 working_days", LIMIT_WORKING_DAYS, 300, LIMIT_NO_CUTOFF, "3 working_days"},
    {"1 working_day", LIMIT_WORKING_DAYS, 100, LIMIT_NO_CUTOFF, "1 working_days"},
    {"2.5 working_days", LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF, "2.5 working_days"},
    {"2,5 working_days", LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF, "2.5 working_days"},
    {"2.50 working_days", LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF, "2.5 working_days"},
    {"2.05 working_days", LIMIT_WORKING_DAYS, 205, LIMIT_NO_CUTOFF, "2.05 working_days"},
    {"0,25 working_days", LIMIT_WORKING_DAYS, 25, LIMIT_NO_CUTOFF, "0.25 working_days"},
    {"0.01 working_hours", LIMIT_WORKING_HOURS, 1, LIMIT_NO_CUTOFF, "0.01 working_hours"},
    {"25 calendar_days", LIMIT_CALENDAR_DAYS, 2500, LIMIT_NO_CUTOFF, "25 calendar_days"},
    {"16.5 calendar_day", LIMIT_CALENDAR_DAYS, 1650, LIMIT_NO_CUTOFF, "16.5 calendar_days"},
    {"8 working_hours", LIMIT_WORKING_HOURS, 800, LIMIT_NO_CUTOFF, "8 working_hours"},
    {"1 working_hour", LIMIT_WORKING_HOURS, 100, LIMIT_NO_CUTOFF, "1 working_hours"},
    {"2 months", LIMIT_MONTHS, 200, LIMIT_NO_CUTOFF, "2 months"},
    {"1 month", LIMIT_MONTHS, 100, LIMIT_NO_CUTOFF, "1 months"},
    {"2.0 months", LIMIT_MONTHS, 200, LIMIT_NO_CUTOFF, "2 months"},
    {"3650 calendar_days", LIMIT_CALENDAR_DAYS, 365000, LIMIT_NO_CUTOFF, "3650 calendar_days"},
    {"3650.00 working_days", LIMIT_WORKING_DAYS, 365000, LIMIT_NO_CUTOFF, "3650 working_days"},
    {"007 working_days", LIMIT_WORKING_DAYS, 700, LIMIT_NO_CUTOFF, "7 working_days"},
};

static void test_parse_and_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct limit limit = untouched, again = untouched;
        struct buf text = BUF_INIT;
        if (!limit_parse(str_of(good[i].text), &limit))
            fail_msg("\"%s\" is refused", good[i].text);
        assert_int_equal(limit.kind, good[i].kind);
        assert_int_equal(limit.hundredths, good[i].hundredths);
        assert_int_equal(limit.cutoff, good[i].cutoff);
        limit_format(&text, &limit);
        assert_string_equal(text.p, good[i].formatted);
        assert_true(limit_parse(buf_str(&text), &again));
        assert_true(limit_equal(&limit, &again));
        buf_release(&text);
    }
}

static void test_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "3",
        "3 ",
        " 3 working_days",
        "3 working_days ",
        "3  working_days",
        "3\tworking_days",
        "3working_days",
        "working_days",
        "0 working_days",
        "0.00 working_days",
        "-1 working_days",
        "+1 working_days",
        "3651 working_days",
        "3650.01 working_days",
        "99999999999999999999 working_days",
        "4294967299 working_days",
        "1.234 working_days",
        "1.000 working_days",
        "1. working_days",
        ".5 working_days",
        "1.5.5 working_days",
        "1.x working_days",
        "1e2 working_days",
        "0x3 working_days",
        "3 Working_Days",
        "3 days",
        "3 weeks",
        "3 working_dayss",
        "1.5 months",
        "0.5 month",
        "0 months",
        "same_day ",
        "same_day@",
        "same_day@24:00",
        "same_day@15",
        "same_day@15:60",
        "same_day@15:00 ",
        "same_day15:00",
        "same_dayx",
        "1 same_day",
        "SAME_DAY",
        "3 same_day",
        "none",
        "2,5,5 months",
        "\xef\xbc\x93 working_days",
        "3\xc2\xa0working_days",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct limit limit = untouched;
        if (limit_parse(str_of(bad[i]), &limit))
            fail_msg("\"%s\" is taken", bad[i]);
        assert_memory_equal(&limit, &untouched, sizeof limit);
    }
    struct limit limit = untouched;
    assert_false(limit_parse((struct str){"3 working_days\0", 15}, &limit)); /* a NUL is no end */
    assert_false(limit_parse((struct str){"3\0working_days", 14}, &limit));
    assert_false(limit_parse(STR_NONE, &limit));
}

static void test_columns(void **state)
{
    (void)state;
    static const struct {
        const char *kind, *value, *cutoff;
        bool taken;
        struct limit limit;
    } rows[] = {
        {"", "", "", true, {LIMIT_NONE, 0, LIMIT_NO_CUTOFF}},
        {"", "12", "", true, {LIMIT_NONE, 0, LIMIT_NO_CUTOFF}}, /* published without its unit */
        {"", "0", "", true, {LIMIT_NONE, 0, LIMIT_NO_CUTOFF}},
        {"working_days", "2,5", "", true, {LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF}},
        {"working_days", "2.5", "", true, {LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF}},
        {"calendar_days", "16.5", "", true, {LIMIT_CALENDAR_DAYS, 1650, LIMIT_NO_CUTOFF}},
        {"working_hours", "0.5", "", true, {LIMIT_WORKING_HOURS, 50, LIMIT_NO_CUTOFF}},
        {"months", "2", "", true, {LIMIT_MONTHS, 200, LIMIT_NO_CUTOFF}},
        {"same_day", "1", "15:00", true, {LIMIT_SAME_DAY, 100, 900}},
        {"same_day", "1", "", true, {LIMIT_SAME_DAY, 100, LIMIT_NO_CUTOFF}},
        {"same_day", "", "9:30", true, {LIMIT_SAME_DAY, 100, 570}},
        {"same_day", "2", "", false, {0}},
        {"same_day", "1", "15h", false, {0}},
        {"same_day", "1", "25:00", false, {0}},
        {"working_days", "", "", false, {0}},
        {"working_days", "0", "", false, {0}},
        {"working_days", "3", "15:00", false, {0}}, /* a cutoff belongs to same_day */
        {"working_days", "3651", "", false, {0}},
        {"months", "1.5", "", false, {0}},
        {"ngày", "3", "", false, {0}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct limit limit = untouched;
        bool taken =
            limit_from_columns(str_of(rows[i].kind), str_of(rows[i].value), str_of(rows[i].cutoff), &limit);
        if (taken != rows[i].taken)
            fail_msg("%s|%s|%s: %s", rows[i].kind, rows[i].value, rows[i].cutoff,
                     taken ? "taken" : "refused");
        assert_true(limit_equal(&limit, taken ? &rows[i].limit : &untouched));
        if (taken)
            assert_int_equal(limit.cutoff, rows[i].limit.cutoff);
    }
}

static void test_format_value(void **state)
{
    (void)state;
    static const struct {
        uint32_t hundredths;
        char sign;
        const char *text;
    } values[] = {{100, '.', "1"},    {250, '.', "2.5"}, {250, ',', "2,5"},     {1650, ',', "16,5"},
                  {25, '.', "0.25"},  {5, '.', "0.05"},  {365000, ',', "3650"}, {0, '.', "0"},
                  {833, '.', "8.33"}, {110, '.', "1.1"}};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct buf text = BUF_INIT;
        limit_format_value(&text, values[i].hundredths, values[i].sign);
        assert_string_equal(text.p, values[i].text);
        buf_release(&text);
    }
    struct buf nothing = BUF_INIT;
    limit_format(&nothing, &(struct limit){.kind = LIMIT_NONE});
    assert_int_equal(nothing.n, 0);
    buf_release(&nothing);
}

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(limit_kind_name(LIMIT_NONE), "");
    assert_string_equal(limit_kind_name(LIMIT_SAME_DAY), "same_day");
    assert_string_equal(limit_kind_name(LIMIT_WORKING_DAYS), "working_days");
    assert_string_equal(limit_kind_name(LIMIT_CALENDAR_DAYS), "calendar_days");
    assert_string_equal(limit_kind_name(LIMIT_WORKING_HOURS), "working_hours");
    assert_string_equal(limit_kind_name(LIMIT_MONTHS), "months");
    assert_string_equal(limit_kind_name((enum limit_kind)99), "");
    enum due_clock clock = CLOCK_UNSET;
    assert_true(due_clock_parse(STR("day_end"), &clock));
    assert_int_equal(clock, CLOCK_DAY_END);
    assert_true(due_clock_parse(STR("same_hour"), &clock));
    assert_int_equal(clock, CLOCK_SAME_HOUR);
    assert_false(due_clock_parse(STR(""), &clock));
    assert_false(due_clock_parse(STR("day_ends"), &clock));
    assert_int_equal(clock, CLOCK_SAME_HOUR);
    assert_string_equal(due_clock_name(CLOCK_UNSET), "");
    assert_string_equal(due_clock_name(CLOCK_DAY_END), "day_end");
    assert_string_equal(due_clock_name(CLOCK_SAME_HOUR), "same_hour");
}

static void test_equal(void **state)
{
    (void)state;
    struct limit a = {LIMIT_WORKING_DAYS, 300, LIMIT_NO_CUTOFF}, b = a;
    assert_true(limit_equal(&a, &b));
    b.hundredths = 301;
    assert_false(limit_equal(&a, &b));
    b = a;
    b.cutoff = 900; /* means nothing here */
    assert_true(limit_equal(&a, &b));
    b.kind = LIMIT_CALENDAR_DAYS;
    assert_false(limit_equal(&a, &b));
    struct limit c = {LIMIT_SAME_DAY, 100, 900}, d = {LIMIT_SAME_DAY, 100, LIMIT_NO_CUTOFF};
    assert_false(limit_equal(&c, &d));
    assert_true(limit_equal(&(struct limit){LIMIT_NONE, 5, 5}, &(struct limit){LIMIT_NONE, 0, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse_and_format),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_format_value),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_equal),
    };
    return cmocka_run_group_tests_name("limit", tests, NULL, NULL);
}
