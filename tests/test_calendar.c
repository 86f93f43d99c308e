/* The office's days and hours: the announced years, the computed ones, and every lookup. */
#include "core/calendar.h"
#include "tests/vietnam_days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NONE_KNOWN ((struct known_years){1, 0})

static struct calendar *office; /* announced 2022-2026 */
static struct calendar *rule;   /* nothing recorded: all computed */

static civil_day on(int year, int month, int day)
{
    return civil_from_ymd(year, month, day);
}

static civil_minute at(int year, int month, int day, int hour, int minute)
{
    return civil_at(on(year, month, day), hour * 60 + minute);
}

static bool is_weekday(civil_day day)
{
    return civil_weekday(day) <= FRIDAY;
}

/* ---- the announced years ---- */

static void test_working_days_of_a_year(void **state)
{
    (void)state;
    assert_int_equal(calendar_working_in_year(office, 2022), 249);
    assert_int_equal(calendar_working_in_year(office, 2023), 249);
    assert_int_equal(calendar_working_in_year(office, 2024), 251);
    assert_int_equal(calendar_working_in_year(office, 2025), 250);
    assert_int_equal(calendar_working_in_year(office, 2026), 249);
    assert_int_equal(calendar_working_in_year(office, 2027),
                     261 - 12); /* weekdays less the 12 above that are weekdays */
    assert_int_equal(calendar_working_in_year(office, 1988), 0);
    assert_int_equal(calendar_working_in_year(office, 2102), 0);
}

static void test_known_years(void **state)
{
    (void)state;
    assert_false(calendar_year_is_known(office, 2021));
    assert_true(calendar_year_is_known(office, 2022));
    assert_true(calendar_year_is_known(office, 2026));
    assert_false(calendar_year_is_known(office, 2027));
    assert_false(calendar_year_is_known(rule, 2026));
}

static void test_day_info(void **state)
{
    (void)state;
    struct day_info day = calendar_day(office, on(2026, 11, 24));
    assert_false(day.working || day.weekend || day.computed);
    assert_int_equal(day.kind, DAY_OFF);
    assert_true(str_eq(day.name, STR("Ngày Văn hóa Việt Nam")));

    day = calendar_day(office, on(2026, 1, 10)); /* a worked Saturday */
    assert_true(day.working && day.weekend);
    assert_int_equal(day.kind, DAY_WORKED);

    day = calendar_day(office, on(2026, 4, 26)); /* Giỗ Tổ on a Sunday keeps its name */
    assert_true(!day.working && day.weekend);
    assert_int_equal(day.kind, DAY_OFF);
    assert_true(str_eq(day.name, STR("Giỗ Tổ Hùng Vương")));

    day = calendar_day(office, on(2026, 11, 16));
    assert_true(day.working && !day.weekend && !day.computed);
    assert_int_equal(day.kind, 0);
    assert_int_equal(day.name.n, 0);

    day = calendar_day(office, on(2026, 11, 21));
    assert_true(!day.working && day.weekend && day.kind == 0);

    day = calendar_day(office, on(2027, 2, 9));
    assert_true(!day.working && !day.weekend && day.computed);
    assert_int_equal(day.kind, DAY_COMPUTED);
    assert_true(str_eq(day.name, STR("Nghỉ bù Tết Nguyên đán")));
    assert_int_equal(day.document.n, 0);

    assert_true(calendar_day(office, on(2026, 11, 23)).working); /* known: nothing is computed into it */
    assert_true(calendar_day(office, on(2025, 11, 24)).working);
    assert_true(calendar_day(rule, on(2025, 11, 24)).working); /* a day off from 2026 only */
    assert_false(calendar_day(rule, on(2026, 11, 24)).working);
}

/* ---- what was recorded ---- */

static void test_recorded_wins(void **state)
{
    (void)state;
    struct office_hours hours = office_hours_default();
    char name[] = "Nghỉ bão", document[] = "12/QĐ-UBND";
    struct office_day days[] = {
        {on(2027, 2, 8), DAY_WORKED, STR("Làm bù"), STR_NONE}, /* a computed day off */
        {on(2027, 2, 5), DAY_OFF, STR("Tết Đinh Mùi"), STR("1/TB")},
        {on(2027, 2, 4), DAY_CLOSED, STR("Mất điện"), STR_NONE},
        {on(2027, 3, 1), DAY_OFF, STR("cũ"), STR_NONE},
        {on(2027, 3, 2), DAY_OFF, STR("Chỉ lần đầu"), STR_NONE},
        {on(2027, 3, 2), DAY_CLOSED, STR("Đổi ý"), STR_NONE},
        {on(2027, 3, 1), DAY_OFF, {name, strlen(name)}, {document, strlen(document)}},
        {on(2027, 3, 3), DAY_COMPUTED, STR("không ghi được"), STR_NONE},
        {on(2027, 3, 4), (enum day_kind)77, STR("lạ"), STR_NONE},
    };
    struct calendar *c = calendar_new(&hours, 1, days, sizeof days / sizeof days[0], NONE_KNOWN);
    memset(name, 'x', sizeof name - 1); /* the calendar keeps its own */
    memset(document, 'x', sizeof document - 1);

    assert_true(calendar_day(c, on(2027, 2, 8)).working);
    assert_false(calendar_day(c, on(2027, 2, 8)).computed);
    struct day_info day = calendar_day(c, on(2027, 2, 5));
    assert_true(!day.working && !day.computed && str_eq(day.name, STR("Tết Đinh Mùi")) &&
                str_eq(day.document, STR("1/TB")));
    day = calendar_day(c, on(2027, 2, 4)); /* a closure moves nothing: Tết it stays */
    assert_true(!day.working && day.computed && day.kind == DAY_COMPUTED);
    day = calendar_day(c, on(2027, 3, 1));
    assert_true(!day.working && str_eq(day.name, STR("Nghỉ bão")) && str_eq(day.document, STR("12/QĐ-UBND")));
    day = calendar_day(c, on(2027, 3, 2));
    assert_true(day.working && day.kind == DAY_CLOSED && str_eq(day.name, STR("Đổi ý")));
    assert_true(calendar_day(c, on(2027, 3, 3)).working && calendar_day(c, on(2027, 3, 3)).name.n == 0);
    assert_true(calendar_day(c, on(2027, 3, 4)).working);

    assert_false(calendar_has_computed(c, on(2027, 2, 5), on(2027, 2, 8)));
    assert_true(calendar_has_computed(c, on(2027, 2, 4), on(2027, 2, 8)));
    calendar_free(c);
    calendar_free(NULL);
}

static void test_unsorted_days(void **state)
{
    (void)state;
    struct office_hours hours = office_hours_default();
    struct office_day days[300];
    for (int i = 0; i < 300; i++) /* each third day from 4/1/2010, in a shuffled order */
        days[i] = (struct office_day){on(2010, 1, 4) + 3 * (i * 77 % 300), DAY_OFF, STR("nghỉ"), STR_NONE};
    struct calendar *c = calendar_new(&hours, 1, days, 300, (struct known_years){1990, 2100});
    for (int i = 0; i < 900; i++)
        assert_int_equal(calendar_is_working(c, on(2010, 1, 4) + i),
                         i % 3 != 0 && is_weekday(on(2010, 1, 4) + i));
    calendar_free(c);
}

struct named {
    civil_day day[40];
    enum day_kind kind[40];
    size_t count;
};

static void collect(void *arg, const struct office_day *day)
{
    struct named *n = arg;
    assert_in_range(n->count, 0, 39);
    assert_true(day->name.n > 0);
    n->day[n->count] = day->day;
    n->kind[n->count++] = day->kind;
}

static void test_each_named(void **state)
{
    (void)state;
    struct named n = {.count = 0};
    assert_int_equal(calendar_each_named(office, on(2026, 11, 1), on(2027, 2, 9), collect, &n), 8);
    const civil_day want[] = {on(2026, 11, 24), on(2027, 1, 1), on(2027, 2, 4), on(2027, 2, 5),
                              on(2027, 2, 6),   on(2027, 2, 7), on(2027, 2, 8), on(2027, 2, 9)};
    assert_int_equal(n.count, 8);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(n.day[i], want[i]);
        assert_int_equal(n.kind[i], i == 0 ? DAY_OFF : DAY_COMPUTED);
    }
    n.count = 0;
    assert_int_equal(calendar_each_named(office, on(2026, 11, 25), on(2026, 12, 31), collect, &n), 0);
    assert_int_equal(calendar_each_named(office, on(2026, 11, 24), on(2026, 11, 24), collect, &n), 1);
    assert_int_equal(calendar_each_named(office, on(2026, 11, 24), on(2026, 11, 23), collect, &n), 0);

    struct office_hours hours = office_hours_default();
    struct office_day days[] = {
        {on(2027, 2, 3), DAY_CLOSED, STR("Bão"), STR_NONE},
        {on(2027, 2, 4), DAY_CLOSED, STR("Bão"), STR_NONE}, /* beside the computed day it lies on */
        {on(2027, 2, 5), DAY_OFF, STR("Tết"), STR_NONE},    /* in place of it */
    };
    struct calendar *c = calendar_new(&hours, 1, days, 3, NONE_KNOWN);
    n.count = 0;
    assert_int_equal(calendar_each_named(c, on(2027, 2, 1), on(2027, 2, 6), collect, &n), 5);
    const enum day_kind kinds[] = {DAY_CLOSED, DAY_CLOSED, DAY_COMPUTED, DAY_OFF, DAY_COMPUTED};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(n.kind[i], kinds[i]);
    calendar_free(c);
}

/* ---- lookups of days ---- */

static void test_working_neighbours(void **state)
{
    (void)state;
    assert_int_equal(calendar_working_on_or_after(office, on(2026, 11, 16)), on(2026, 11, 16));
    assert_int_equal(calendar_working_on_or_after(office, on(2026, 11, 21)), on(2026, 11, 23));
    assert_int_equal(calendar_working_on_or_after(office, on(2026, 2, 14)), on(2026, 2, 23));
    assert_int_equal(calendar_working_on_or_after(office, on(2027, 1, 1)), on(2027, 1, 4));
    assert_int_equal(calendar_working_on_or_before(office, on(2026, 11, 22)), on(2026, 11, 20));
    assert_int_equal(calendar_working_on_or_before(office, on(2026, 1, 1)), on(2025, 12, 31));
    assert_int_equal(calendar_working_on_or_before(office, on(2026, 1, 10)), on(2026, 1, 10));
    assert_int_equal(calendar_add_working(office, on(2026, 12, 31), 1), on(2027, 1, 4));
    assert_int_equal(calendar_add_working(office, on(2026, 1, 1), 249), on(2026, 12, 31));
    assert_int_equal(calendar_add_working(office, on(2021, 12, 31), 249 + 249 + 251 + 250 + 249),
                     on(2026, 12, 31));
    assert_int_equal(calendar_working_between(office, on(2025, 12, 31), on(2026, 12, 31)), 249);
    assert_int_equal(calendar_working_between(office, on(2021, 12, 31), on(2026, 12, 31)), 1248);
    assert_int_equal(calendar_working_between(office, on(2026, 11, 16), on(2026, 11, 17)), 1);
    assert_int_equal(calendar_working_between(office, on(2026, 11, 16), on(2026, 11, 16)), 0);
    assert_int_equal(calendar_working_between(office, on(2026, 11, 17), on(2026, 11, 16)), 0);
}

/* Every lookup of a working day against walking to it, from each day of some years, some known and some not.
 */
static void test_lookups_by_walking(void **state)
{
    (void)state;
    for (civil_day day = on(2025, 11, 1); day <= on(2027, 3, 1); day++) {
        civil_day next = day, before = day;
        while (!calendar_day(office, next).working)
            next++;
        while (!calendar_day(office, before).working)
            before--;
        assert_int_equal(calendar_working_on_or_after(office, day), next);
        assert_int_equal(calendar_working_on_or_before(office, day), before);
        assert_int_equal(calendar_is_working(office, day), next == day);
        int n = 0;
        for (civil_day to = day + 1; to < day + 400; to++) {
            if (calendar_day(office, to).working)
                assert_int_equal(calendar_add_working(office, day, ++n), to);
            assert_int_equal(calendar_working_between(office, day, to), n);
        }
    }
}

static void test_edges_of_the_calendar(void **state)
{
    (void)state;
    civil_day first = on(1989, 1, 1), last = on(2101, 12, 31);
    assert_false(calendar_is_working(office, first - 1));
    assert_false(calendar_is_working(office, last + 1));
    assert_false(calendar_is_working(office, NO_DAY));
    assert_false(calendar_is_working(office, INT32_MAX));
    assert_false(calendar_day(office, first - 1).working);
    assert_true(calendar_is_working(office, on(1989, 1, 2) + 1)); /* 1/1 is a Sunday: Monday in lieu */
    assert_int_equal(calendar_working_on_or_before(office, on(1989, 1, 2)), NO_DAY);
    assert_int_equal(calendar_working_on_or_after(office, last), NO_DAY); /* a Saturday */
    assert_int_equal(calendar_working_on_or_after(office, last + 1), NO_DAY);
    assert_int_equal(calendar_working_on_or_after(office, first - 1), NO_DAY);
    assert_int_equal(calendar_add_working(office, on(2101, 12, 29), 1), on(2101, 12, 30));
    assert_int_equal(calendar_add_working(office, on(2101, 12, 29), 2), NO_DAY);
    assert_int_equal(calendar_add_working(office, first, INT_MAX), NO_DAY);
    assert_int_equal(calendar_add_working(office, NO_DAY, 1), NO_DAY);
    assert_int_equal(calendar_add_working(office, INT32_MAX, 1), NO_DAY);
    assert_int_equal(calendar_add_working(office, first, 0), NO_DAY);
    int all = 0;
    for (int year = 1989; year <= 2101; year++)
        all += calendar_working_in_year(office, year);
    assert_int_equal(calendar_working_between(office, NO_DAY, INT32_MAX), all);
    assert_int_equal(calendar_working_between(office, INT32_MAX, NO_DAY), 0);
    assert_int_equal(calendar_add_working(office, first - 1 + 1, all),
                     calendar_working_on_or_before(office, last));
    assert_int_equal(calendar_counting_moment(office, civil_at(last, 600)), NO_TIME);
    assert_int_equal(calendar_counting_moment(office, NO_TIME), NO_TIME);
    assert_int_equal(calendar_counting_moment(office, INT64_MAX), NO_TIME);
    assert_int_equal(calendar_add_minutes(office, civil_at(on(2101, 12, 30), 600), 100000), NO_TIME);
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 9, 0), INT64_MAX), NO_TIME);
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 9, 0), -1), NO_TIME);
    assert_int_equal(calendar_minutes_between(office, NO_TIME, INT64_MAX), (int64_t)all * 480);
    assert_false(calendar_has_computed(office, NO_DAY, first - 1));
    assert_true(calendar_has_computed(office, NO_DAY, INT32_MAX));
    assert_false(calendar_has_computed(office, on(2022, 1, 1), on(2026, 12, 31)));
    assert_true(calendar_has_computed(office, on(2026, 12, 31), on(2027, 1, 1)));
    assert_false(calendar_has_computed(office, on(2027, 2, 6), on(2027, 2, 7))); /* Tết on a weekend */
}

/* ---- hours ---- */

static void test_hours_parse(void **state)
{
    (void)state;
    struct office_hours h = office_hours_default();
    assert_int_equal(h.span_count, 2);
    assert_int_equal(h.weekdays, 0x3e);
    assert_int_equal(h.from, on(1989, 1, 1));
    assert_true(office_hours_are_sound(&h));
    assert_true(office_hours_parse(STR("7:30-11:30,13:00-16:30"), &h));
    assert_int_equal(h.span_count, 2);
    assert_int_equal(h.span[0].opens, 450);
    assert_int_equal(h.span[0].closes, 690);
    assert_int_equal(h.span[1].opens, 780);
    assert_int_equal(h.span[1].closes, 990);
    assert_int_equal(h.weekdays, 0x3e); /* not its business */
    assert_true(office_hours_parse(STR("00:00-23:59"), &h));
    assert_int_equal(h.span_count, 1);
    assert_true(office_hours_parse(STR("07:00-08:00,08:01-09:00,10:00-11:00,12:00-13:00"), &h));
    assert_int_equal(h.span_count, 4);

    static const char *const bad[] = {
        "",
        ",",
        "-",
        "07:00",
        "07:00-",
        "-11:30",
        "07:00-11:30,",
        ",07:00-11:30",
        "07:00-11:30,,13:30-17:00",
        "07:00-07:00",
        "11:30-07:00",
        "07:00-11:30,11:30-17:00",
        "07:00-11:30,11:00-17:00",
        "13:30-17:00,07:00-11:30",
        "07:00-11:30;13:30-17:00",
        "07:00-11:30, 13:30-17:00",
        "07:00 - 11:30",
        "07:00-11:30-17:00",
        "07:00-24:00",
        "7-11",
        "07:00-11:60",
        "01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00,09:00-10:00",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct office_hours before = h;
        if (office_hours_parse(str_of(bad[i]), &h))
            fail_msg("\"%s\" is taken", bad[i]);
        assert_memory_equal(&before, &h, sizeof h);
    }
}

static void test_hours_soundness(void **state)
{
    (void)state;
    static const struct {
        struct office_hours hours;
        bool sound;
    } cases[] = {
        {{.span_count = 1, .span = {{0, 1439}}}, true},
        {{.span_count = 1, .span = {{0, 1440}}}, false},
        {{.span_count = 1, .span = {{-1, 600}}}, false},
        {{.span_count = 1, .span = {{600, 600}}}, false},
        {{.span_count = 2, .span = {{420, 690}, {691, 692}}}, true},
        {{.span_count = 2, .span = {{420, 690}, {690, 1020}}}, false},
        {{.span_count = 2, .span = {{420, 690}, {600, 1020}}}, false},
        {{.span_count = 0, .span = {{420, 690}}}, false},
        {{.span_count = -1, .span = {{420, 690}}}, false},
        {{.span_count = HOURS_MAX_SPANS + 1, .span = {{420, 690}}}, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(office_hours_are_sound(&cases[i].hours), cases[i].sound);
}

static void test_counting_moment(void **state)
{
    (void)state;
    static const struct {
        int day, hour, minute, counts_day, counts_hour, counts_minute;
        bool open;
    } cases[] = {
        {16, 0, 0, 16, 7, 0, false},    {16, 6, 59, 16, 7, 0, false},    {16, 7, 0, 16, 7, 0, true},
        {16, 9, 13, 16, 9, 13, true},   {16, 11, 29, 16, 11, 29, true},  {16, 11, 30, 16, 13, 30, false},
        {16, 12, 0, 16, 13, 30, false}, {16, 13, 29, 16, 13, 30, false}, {16, 13, 30, 16, 13, 30, true},
        {16, 17, 0, 16, 17, 0, true},   {16, 17, 1, 17, 7, 0, false},    {16, 23, 59, 17, 7, 0, false},
        {20, 17, 1, 23, 7, 0, false},   {21, 10, 0, 23, 7, 0, false},    {22, 23, 59, 23, 7, 0, false},
        {23, 17, 1, 25, 7, 0, false},   {24, 8, 0, 25, 7, 0, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        civil_minute t = at(2026, 11, cases[i].day, cases[i].hour, cases[i].minute);
        assert_int_equal(calendar_counting_moment(office, t),
                         at(2026, 11, cases[i].counts_day, cases[i].counts_hour, cases[i].counts_minute));
        assert_int_equal(calendar_is_open(office, t), cases[i].open);
    }
}

static void test_working_minutes(void **state)
{
    (void)state;
    assert_int_equal(calendar_minutes_of(office, on(2026, 11, 16)), 480);
    assert_int_equal(calendar_minutes_of(office, on(2026, 11, 24)), 0);
    assert_int_equal(calendar_minutes_of(office, on(2026, 1, 10)), 480);
    assert_int_equal(calendar_opens(office, on(2026, 11, 24)), 7 * 60);
    assert_int_equal(calendar_closes(office, on(2026, 11, 24)), 17 * 60);
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 7, 0), 270), at(2026, 11, 16, 11, 30));
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 7, 0), 271), at(2026, 11, 16, 13, 31));
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 7, 0), 480), at(2026, 11, 16, 17, 0));
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 7, 0), 481), at(2026, 11, 17, 7, 1));
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 16, 9, 0), 0), at(2026, 11, 16, 9, 0));
    assert_int_equal(calendar_add_minutes(office, at(2026, 11, 23, 16, 59), 2), at(2026, 11, 25, 7, 1));
    assert_int_equal(calendar_minutes_between(office, at(2026, 11, 16, 11, 0), at(2026, 11, 16, 14, 0)), 60);
    assert_int_equal(calendar_minutes_between(office, at(2026, 11, 16, 14, 0), at(2026, 11, 16, 11, 0)), 0);
    assert_int_equal(calendar_minutes_between(office, at(2026, 11, 20, 16, 0), at(2026, 11, 25, 8, 0)),
                     60 + 480 + 60);
    assert_int_equal(calendar_minutes_between(office, at(2026, 1, 1, 0, 0), at(2027, 1, 1, 0, 0)), 249 * 480);
    assert_int_equal(calendar_minutes_between(office, at(2021, 12, 31, 17, 0), at(2026, 12, 31, 17, 0)),
                     1248 * 480);
}

static void test_appointment(void **state)
{
    (void)state;
    static const int cases[][2] = {{0, 420},     {419, 420},   {420, 420},  {600, 600},
                                   {690, 690},   {691, 810},   {809, 810},  {810, 810},
                                   {1020, 1020}, {1021, 1020}, {1439, 1020}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(calendar_appointment(office, on(2026, 11, 16), cases[i][0]),
                         civil_at(on(2026, 11, 16), cases[i][1]));
}

/* Hours rule from their day on; the earliest before it too. They may come in any order. */
static void test_hours_change(void **state)
{
    (void)state;
    struct office_hours hours[4] = {office_hours_default(), office_hours_default(), office_hours_default(),
                                    office_hours_default()};
    assert_true(office_hours_parse(STR("08:00-12:00"), &hours[0]));
    hours[0].from = on(2026, 6, 1);
    hours[0].weekdays |= 1 << SATURDAY;
    hours[1].from = on(2026, 1, 1);
    assert_true(office_hours_parse(STR("07:30-11:30,13:00-17:00"), &hours[2]));
    hours[2].from = on(2026, 6, 1); /* replaces the first */
    hours[2].weekdays |= 1 << SATURDAY;
    hours[3].span_count = 0; /* unsound: left out */
    hours[3].from = on(2026, 3, 1);
    struct calendar *c = calendar_new(hours, 4, NULL, 0, (struct known_years){1990, 2100});
    assert_int_equal(calendar_opens(c, on(2025, 12, 31)), 420);
    assert_int_equal(calendar_opens(c, on(2026, 4, 1)), 420);
    assert_int_equal(calendar_opens(c, on(2026, 5, 31)), 420);
    assert_int_equal(calendar_opens(c, on(2026, 6, 1)), 450);
    assert_int_equal(calendar_opens(c, on(2099, 6, 1)), 450);
    assert_false(calendar_is_working(c, on(2026, 5, 30))); /* Saturdays */
    assert_true(calendar_is_working(c, on(2026, 6, 6)));
    assert_false(calendar_day(c, on(2026, 6, 6)).weekend);
    assert_int_equal(calendar_counting_moment(c, at(2026, 6, 1, 7, 10)), at(2026, 6, 1, 7, 30));
    calendar_free(c);

    c = calendar_new(&hours[3], 1, NULL, 0, NONE_KNOWN); /* none that is sound: the default ones */
    assert_int_equal(calendar_opens(c, on(2026, 11, 16)), 420);
    calendar_free(c);
    c = calendar_new(NULL, 0, NULL, 0, NONE_KNOWN);
    assert_int_equal(calendar_closes(c, on(2026, 11, 16)), 1020);
    calendar_free(c);
}

/* An office that never works has no working day to give, and does not search for ever. */
static void test_never_working(void **state)
{
    (void)state;
    struct office_hours hours = office_hours_default();
    hours.weekdays = 0;
    struct office_day only = {on(2026, 11, 16), DAY_WORKED, STR("một ngày"), STR_NONE};
    struct calendar *c = calendar_new(&hours, 1, &only, 1, NONE_KNOWN);
    assert_int_equal(calendar_working_on_or_after(c, on(1990, 1, 1)), on(2026, 11, 16));
    assert_int_equal(calendar_working_on_or_before(c, on(2100, 1, 1)), on(2026, 11, 16));
    assert_int_equal(calendar_working_on_or_after(c, on(2026, 11, 17)), NO_DAY);
    assert_int_equal(calendar_working_on_or_before(c, on(2026, 11, 15)), NO_DAY);
    assert_int_equal(calendar_counting_moment(c, at(2026, 11, 16, 17, 1)), NO_TIME);
    assert_false(calendar_has_computed(c, on(2020, 1, 1), on(2030, 1, 1))); /* none of them would be worked */
    calendar_free(c);
}

static int make_offices(void **state)
{
    (void)state;
    struct office_hours hours = office_hours_default();
    office = vietnam_calendar();
    rule = calendar_new(&hours, 1, NULL, 0, NONE_KNOWN);
    return office && rule ? 0 : -1;
}

static int free_offices(void **state)
{
    (void)state;
    calendar_free(office);
    calendar_free(rule);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_working_days_of_a_year),
        cmocka_unit_test(test_known_years),
        cmocka_unit_test(test_day_info),
        cmocka_unit_test(test_recorded_wins),
        cmocka_unit_test(test_unsorted_days),
        cmocka_unit_test(test_each_named),
        cmocka_unit_test(test_working_neighbours),
        cmocka_unit_test(test_lookups_by_walking),
        cmocka_unit_test(test_edges_of_the_calendar),
        cmocka_unit_test(test_hours_parse),
        cmocka_unit_test(test_hours_soundness),
        cmocka_unit_test(test_counting_moment),
        cmocka_unit_test(test_working_minutes),
        cmocka_unit_test(test_appointment),
        cmocka_unit_test(test_hours_change),
        cmocka_unit_test(test_never_working),
    };
    return cmocka_run_group_tests_name("calendar", tests, make_offices, free_offices);
}
