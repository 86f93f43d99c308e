/* The days off the law itself gives, against the plans announced, and the lunar dates behind them. */
#include "core/lunar.h"
#include "core/statutory.h"
#include "tests/lunar_dates.h"
#include "tests/vietnam_days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static civil_day on(int year, int month, int day)
{
    return civil_from_ymd(year, month, day);
}

static bool is_weekday(civil_day day)
{
    return civil_weekday(day) <= FRIDAY;
}

static bool is_off(civil_day day)
{
    struct statutory_day days[STATUTORY_MAX];
    int count = statutory_days(civil_to_ymd(day).year, days);
    for (int i = 0; i < count; i++)
        if (days[i].day == day)
            return true;
    return false;
}

/* ---- lunar dates ---- */

static void test_lunar_dates(void **state)
{
    (void)state;
    assert_int_equal(lunar_dates_count, 2101 - 1985 + 1);
    for (size_t i = 0; i < lunar_dates_count; i++) {
        const struct lunar_dates *d = &lunar_dates[i];
        if (lunar_new_year(d->year) != on(d->year, d->tet_month, d->tet_day))
            fail_msg("Tết %d is not %d/%d", d->year, d->tet_day, d->tet_month);
        if (lunar_hung_kings(d->year) != on(d->year, d->kings_month, d->kings_day))
            fail_msg("Giỗ Tổ %d is not %d/%d", d->year, d->kings_day, d->kings_month);
    }
}

/* Dates that every Vietnamese calendar prints; in 1985, 2007 and 2030 China's were 20/2, 18/2 and 3/2. */
static void test_lunar_dates_remembered(void **state)
{
    (void)state;
    static const int tet[][3] = {{1985, 1, 21}, {1990, 1, 27}, {2000, 2, 5},  {2007, 2, 17}, {2020, 1, 25},
                                 {2021, 2, 12}, {2022, 2, 1},  {2023, 1, 22}, {2024, 2, 10}, {2025, 1, 29},
                                 {2026, 2, 17}, {2027, 2, 6},  {2030, 2, 2},  {2034, 2, 19}};
    for (size_t i = 0; i < sizeof tet / sizeof tet[0]; i++)
        assert_int_equal(lunar_new_year(tet[i][0]), on(tet[i][0], tet[i][1], tet[i][2]));
    static const int kings[][3] = {{2022, 4, 10}, {2023, 4, 29}, {2024, 4, 18},
                                   {2025, 4, 7},  {2026, 4, 26}, {2027, 4, 16}};
    for (size_t i = 0; i < sizeof kings / sizeof kings[0]; i++)
        assert_int_equal(lunar_hung_kings(kings[i][0]), on(kings[i][0], kings[i][1], kings[i][2]));
}

/* ---- statutory days ---- */

static bool is_swap(const struct vietnam_day *day)
{
    return strstr(day->name, "hoán đổi") != NULL;
}

/* Every announced weekday off that was not a swap is computed, and no other weekday. */
static void test_statutory_reproduces_the_plans(void **state)
{
    (void)state;
    for (int year = 2022; year <= 2026; year++) {
        struct statutory_day computed[STATUTORY_MAX];
        int count = statutory_days(year, computed), weekdays = 0, announced = 0;
        for (int i = 0; i < count; i++)
            weekdays += is_weekday(computed[i].day);
        for (size_t i = 0; i < vietnam_day_count; i++) {
            const struct vietnam_day *v = &vietnam_days[i];
            civil_day day = on(v->year, v->month, v->day);
            if (v->year != year || v->kind != DAY_OFF || is_swap(v) || !is_weekday(day))
                continue;
            announced++;
            bool found = false;
            for (int j = 0; j < count; j++)
                found = found || computed[j].day == day;
            if (!found)
                fail_msg("%d/%d/%d (%s) is not computed", v->day, v->month, v->year, v->name);
        }
        assert_int_equal(weekdays, announced);
    }
}

static void test_statutory_2027(void **state)
{
    (void)state;
    static const struct {
        int month, day;
        const char *name;
    } want[] = {
        {1, 1, "Tết Dương lịch"},
        {2, 4, "Tết Nguyên đán"},
        {2, 5, "Tết Nguyên đán"},
        {2, 6, "Tết Nguyên đán"},
        {2, 7, "Tết Nguyên đán"},
        {2, 8, "Tết Nguyên đán"},
        {2, 9, "Nghỉ bù Tết Nguyên đán"},
        {2, 10, "Nghỉ bù Tết Nguyên đán"},
        {4, 16, "Giỗ Tổ Hùng Vương"},
        {4, 30, "Ngày Chiến thắng"},
        {5, 1, "Ngày Quốc tế lao động"},
        {5, 3, "Nghỉ bù Ngày Quốc tế lao động"},
        {9, 2, "Quốc khánh"},
        {9, 3, "Quốc khánh"},
        {11, 24, "Ngày Văn hóa Việt Nam"},
    };
    struct statutory_day computed[STATUTORY_MAX];
    assert_int_equal(statutory_days(2027, computed), sizeof want / sizeof want[0]);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        assert_int_equal(computed[i].day, on(2027, want[i].month, want[i].day));
        assert_true(str_eq(computed[i].name, str_of(want[i].name)));
    }
}

/* 2 September on each weekday: the weekdays off, by the rule's own words. */
static void test_statutory_national_day(void **state)
{
    (void)state;
    static const struct {
        int year;
        enum weekday second;
        int off[3]; /* days of September, weekdays only */
    } years[] = {
        {2030, MONDAY, {2, 3, 0}},   {2025, TUESDAY, {1, 2, 0}}, {2026, WEDNESDAY, {1, 2, 0}},
        {2027, THURSDAY, {2, 3, 0}}, {2022, FRIDAY, {1, 2, 0}},  {2023, SATURDAY, {1, 4, 0}},
        {2029, SUNDAY, {3, 4, 0}},
    };
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++) {
        assert_int_equal(civil_weekday(on(years[i].year, 9, 2)), years[i].second);
        int found = 0;
        for (int day = 1; day <= 10; day++) {
            civil_day d = on(years[i].year, 9, day);
            if (is_weekday(d) && is_off(d))
                assert_int_equal(day, years[i].off[found++]);
        }
        assert_int_equal(found, 2);
    }
}

static void test_statutory_every_year(void **state)
{
    (void)state;
    for (int year = 1989; year <= 2101; year++) {
        struct statutory_day days[STATUTORY_MAX];
        int count = statutory_days(year, days), in_lieu = 0, on_rest = 0, culture = 0;
        for (int i = 0; i < count; i++) {
            assert_int_equal(civil_to_ymd(days[i].day).year, year);
            assert_true(i == 0 || days[i].day > days[i - 1].day);
            bool lieu = str_starts(days[i].name, STR("Nghỉ bù "));
            in_lieu += lieu;
            assert_true(!lieu || is_weekday(days[i].day));
            on_rest += !is_weekday(days[i].day);
            culture += days[i].day == on(year, 11, 24);
        }
        assert_int_equal(in_lieu, on_rest); /* art. 111.3: one for each */
        assert_int_equal(culture, year >= 2026);
        /* 11 holidays and, from 2026, 24/11; two may meet on one day */
        assert_in_range(count - in_lieu, year >= 2026 ? 11 : 10, year >= 2026 ? 12 : 11);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lunar_dates),
        cmocka_unit_test(test_lunar_dates_remembered),
        cmocka_unit_test(test_statutory_reproduces_the_plans),
        cmocka_unit_test(test_statutory_2027),
        cmocka_unit_test(test_statutory_national_day),
        cmocka_unit_test(test_statutory_every_year),
    };
    return cmocka_run_group_tests_name("statutory days", tests, NULL, NULL);
}
