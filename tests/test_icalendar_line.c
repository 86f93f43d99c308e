/* Lines of an iCalendar stream that are put together without libical say what libical says. */
#include "icalendar/fold.h"
#include "icalendar/line.h"
#include "tests/random.h"

#include <libical/ical.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define SEED 20261124

/* The line libical makes of the property (taken over), each fold where ours are. */
static struct buf as_libical(icalproperty *property)
{
    struct buf out = BUF_INIT;
    char *line = icalproperty_as_ical_string_r(property);
    assert_non_null(line);
    ics_fold(&out, str_of(line));
    icalmemory_free_buffer(line);
    icalproperty_free(property);
    return out;
}

static void expect_same(struct buf *ours, icalproperty *property)
{
    struct buf theirs = as_libical(property);
    assert_false(ours->failed);
    assert_string_equal(ours->p, theirs.p);
    assert_int_equal(ours->n, theirs.n);
    buf_release(&theirs);
    buf_reset(ours);
}

static void expect_text(struct ics_bench *b, struct buf *out, const char *text)
{
    ics_line_text(out, b, "DESCRIPTION", str_of(text));
    expect_same(out, icalproperty_new_description(text));
    ics_line_text(out, b, "UID", str_of(text));
    expect_same(out, icalproperty_new_uid(text));
    ics_line_text(out, b, "LOCATION", str_of(text));
    expect_same(out, icalproperty_new_location(text));
    ics_line_text(out, b, "SUMMARY", str_of(text));
    expect_same(out, icalproperty_new_summary(text));
}

/* Nothing that libical lets through and we do not: controls but LF, what is hidden, broken UTF-8. */
static const char *const pieces[] = {
    "a", "B", "7", " ",  "\n", ",", ";", ":",  "\\",  "\"", "'",  "\\n", "đ", "ệ", "Ữ", "–",
    "“", "^", "=", "()", "  ", "%", "😀", "一", "\n ", "; ", ", ", "-",   "Ă", "·", "…", "e\u0301",
};

static void texts_are_escaped_and_folded_as_libical_does(void **state)
{
    (void)state;
    struct random r = {.state = SEED};
    struct ics_bench bench = {.safe = BUF_INIT};
    struct buf out = BUF_INIT, text = BUF_INIT;
    for (int i = 0; i < 20000; i++) {
        size_t n = (size_t)random_in(&r, 1, i % 10 == 0 ? 400 : 60);
        buf_reset(&text);
        for (size_t k = 0; k < n; k++)
            buf_add_z(&text, pieces[random_next(&r) % (sizeof pieces / sizeof *pieces)]);
        expect_text(&bench, &out, text.p);
    }
    buf_release(&text);
    buf_release(&out);
    ics_bench_release(&bench);
}

static struct icaltimetype time_of(int year, int month, int day, int second, bool date)
{
    struct icaltimetype t = icaltime_null_time();
    t.year = year;
    t.month = month;
    t.day = day;
    t.is_date = date;
    t.hour = second / 3600;
    t.minute = second / 60 % 60;
    t.second = second % 60;
    if (!date)
        t.zone = icaltimezone_get_utc_timezone();
    return t;
}

/* libical takes years past 3000 for none. */
static void times_are_written_as_libical_does(void **state)
{
    (void)state;
    struct random r = {.state = SEED + 1};
    struct buf out = BUF_INIT;
    for (int i = 0; i < 20000; i++) {
        int year = i < 100 ? 1 + i : (int)random_in(&r, 1, 2999), month = (int)random_in(&r, 1, 12);
        int day = (int)random_in(&r, 1, civil_days_in_month(year, month));
        int second = i % 7 == 0 ? 86399 : (int)random_in(&r, 0, 86399);
        civil_day civil = civil_from_ymd(year, month, day);
        ics_line_day(&out, "DTSTART", civil);
        expect_same(&out, icalproperty_new_dtstart(time_of(year, month, day, 0, true)));
        ics_line_moment(&out, "DUE", (int64_t)civil * 86400 + second);
        expect_same(&out, icalproperty_new_due(time_of(year, month, day, second, false)));
        ics_line_moment(&out, "LAST-MODIFIED", (int64_t)civil * 86400 + second);
        expect_same(&out, icalproperty_new_lastmodified(time_of(year, month, day, second, false)));
    }
    buf_release(&out);
}

static void words_and_numbers_are_written_as_libical_does(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    static const int numbers[] = {0, 1, 9, 10, 4711, 2147483647};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        ics_line_number(&out, "SEQUENCE", numbers[i]);
        expect_same(&out, icalproperty_new_sequence(numbers[i]));
    }
    ics_line_number(&out, "PERCENT-COMPLETE", 100);
    expect_same(&out, icalproperty_new_percentcomplete(100));
    ics_line_word(&out, "TRANSP", "TRANSPARENT");
    expect_same(&out, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
    ics_line_word(&out, "TRANSP", "OPAQUE");
    expect_same(&out, icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
    ics_line_word(&out, "STATUS", "NEEDS-ACTION");
    expect_same(&out, icalproperty_new_status(ICAL_STATUS_NEEDSACTION));
    ics_line_word(&out, "STATUS", "CONFIRMED");
    expect_same(&out, icalproperty_new_status(ICAL_STATUS_CONFIRMED));
    buf_release(&out);
}

/* What libical would hand on as it is, and no reader takes. */
static void what_no_line_may_hold_is_replaced(void **state)
{
    (void)state;
    struct ics_bench bench = {.safe = BUF_INIT};
    struct buf out = BUF_INIT;
    ics_line_text(&out, &bench, "SUMMARY", STR("a\rb\tc\0d\x1b[31m\xFF\xC3"));
    assert_string_equal(out.p, "SUMMARY:a\uFFFDb\uFFFDc\uFFFDd\uFFFD[31m\uFFFD\uFFFD\r\n");
    buf_reset(&out);
    ics_line_text(&out, &bench, "DESCRIPTION", STR_NONE);
    assert_string_equal(out.p, "DESCRIPTION:\r\n");
    buf_release(&out);
    ics_bench_release(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped_and_folded_as_libical_does),
        cmocka_unit_test(times_are_written_as_libical_does),
        cmocka_unit_test(words_and_numbers_are_written_as_libical_does),
        cmocka_unit_test(what_no_line_may_hold_is_replaced),
    };
    int failed = cmocka_run_group_tests_name("icalendar lines", tests, NULL, NULL);
    icaltimezone_free_builtin_timezones();
    icalmemory_free_ring();
    return failed;
}
