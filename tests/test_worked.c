/* Working minutes by tables against the calendar's own count; what is backdated, as bytes and by its rule. */
#include "core/backdated.h"
#include "core/worked.h"

#include "core/wire.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* ---- working minutes ---- */

static struct office_hours hours_from(civil_day from, const char *spans, uint8_t weekdays)
{
    struct office_hours h = office_hours_default();
    assert_true(office_hours_parse(str_of(spans), &h));
    h.from = from;
    h.weekdays = weekdays;
    return h;
}

static struct calendar *some_calendar(struct random *r, size_t kinds)
{
    static const char *const spans[] = {"07:00-11:30,13:30-17:00", "08:00-12:00", "00:00-23:59",
                                        "07:30-11:30,13:00-16:30,18:00-20:00"};
    struct office_hours hours[16];
    struct office_day days[60];
    civil_day first = civil_from_ymd(1990, 1, 1), last = civil_from_ymd(2100, 12, 31);
    for (size_t i = 0; i < kinds; i++)
        hours[i] = hours_from((civil_day)random_in(r, first, last), spans[random_in(r, 0, 3)],
                              (uint8_t)(random_next(r) & 0xFE));
    for (size_t i = 0; i < 60; i++)
        days[i] = (struct office_day){.day = (civil_day)random_in(r, first, last),
                                      .kind = (enum day_kind)random_in(r, DAY_OFF, DAY_CLOSED)};
    return calendar_new(hours, kinds, days, 60, (struct known_years){2024, 2026});
}

/* Near each other and far, about the edges of spans of days, before 1990 and after 2100 too. */
static civil_minute some_minute(struct random *r)
{
    civil_day edge = WORKED_FIRST + WORKED_DAYS * (civil_day)random_in(r, -1, WORKED_SPANS + 1);
    civil_day any = (civil_day)random_in(r, civil_from_ymd(1985, 1, 1), civil_from_ymd(2110, 1, 1));
    return civil_at(random_in(r, 0, 3) ? any : edge, (int)random_in(r, -1, MINUTES_PER_DAY));
}

static void worked_is_what_the_calendar_counts(void **state)
{
    struct random r = {21};
    uint64_t some = 0;
    (void)state;
    for (int i = 0; i < 40; i++) {
        struct arena text = ARENA_INIT;
        struct calendar *c =
            some_calendar(&r, (size_t)random_in(&r, 0, 12)); /* more kinds than tables, too */
        assert_non_null(c);
        struct worked w = {.calendar = c, .text = &text};
        for (int k = 0; k < 2000; k++) {
            civil_minute from = some_minute(&r), near = from + random_in(&r, -3, 20000);
            civil_minute to = random_in(&r, 0, 1) ? near : some_minute(&r);
            int64_t minutes = calendar_minutes_between(c, from, to);
            assert_int_equal(worked_between(&w, from, to), minutes);
            some += minutes > 0;
        }
        calendar_free(c);
        arena_release(&text);
    }
    assert_true(some > 20000);
}

/* ---- backdated entries ---- */

#define OFFSET (7 * 60)

static civil_minute at(int month, int day, int hour)
{
    return civil_at(civil_from_ymd(2026, month, day), hour * 60);
}

/* Of the dossier 9, about that moment, recorded on 10 November 2026 at 09:00. */
static struct event entry(enum event_kind kind, civil_minute happened)
{
    return (struct event){.kind = kind,
                          .seq = 77,
                          .dossier = 9,
                          .at = happened,
                          .recorded_at = civil_to_utc(at(11, 10, 9), OFFSET)};
}

static bool is_backdated(const struct event *e, struct backdated *out)
{
    struct buf bytes = BUF_INIT;
    struct backdated again;
    if (!backdated_of(e, OFFSET, out))
        return false;
    backdated_encode(&bytes, out);
    assert_true(backdated_decode(buf_str(&bytes), &again));
    again.seq = out->seq;
    assert_int_equal(again.dossier, out->dossier);
    assert_int_equal(again.kind, out->kind);
    assert_int_equal(again.at, out->at);
    assert_int_equal(again.undone, out->undone);
    assert_int_equal(again.undone_kind, out->undone_kind);
    assert_int_equal(again.was_received, out->was_received);
    assert_int_equal(again.after_result, out->after_result);
    for (size_t n = 0; n < bytes.n; n++)
        assert_false(backdated_decode((struct str){bytes.p, n}, &again)); /* cut short */
    buf_add_char(&bytes, 'x');
    assert_false(backdated_decode(buf_str(&bytes), &again)); /* too long */
    buf_release(&bytes);
    return true;
}

static void what_happened_before_its_day_is_backdated(void **state)
{
    static const enum event_kind kinds[] = {EVENT_RECEIVED, EVENT_RESOLVED, EVENT_RETURNED, EVENT_FEE,
                                            EVENT_IMPORTED};
    struct backdated b;
    (void)state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct event today = entry(kinds[i], at(11, 10, 0)), before = entry(kinds[i], at(11, 10, 0) - 1);
        assert_false(is_backdated(&today, &b));
        assert_true(is_backdated(&before, &b));
        assert_int_equal(b.seq, 77);
        assert_int_equal(b.dossier, 9);
        assert_int_equal(b.at, before.at);
    }
}

static void what_reaches_back_by_itself_is_backdated(void **state)
{
    struct backdated b;
    struct event e = entry(EVENT_VOIDED, at(11, 10, 9));
    (void)state;
    assert_true(is_backdated(&e, &b));
    e = entry(EVENT_LATE_REASON, at(11, 10, 9));
    assert_true(is_backdated(&e, &b));
    e = entry(EVENT_REIMPORTED, at(11, 10, 9));
    assert_true(is_backdated(&e, &b));
    e = entry(EVENT_UNDONE, at(11, 10, 9));
    e.undone.seq = 12;
    e.undone.kind = EVENT_RESOLVED;
    assert_true(is_backdated(&e, &b));
    assert_int_equal(b.undone, 12);
    assert_int_equal(b.undone_kind, EVENT_RESOLVED);
    e = entry(EVENT_APOLOGIZED, at(11, 10, 9));
    e.apologized.new_due = NO_TIME;
    assert_true(is_backdated(&e, &b));
    assert_true(b.after_result);
    e.apologized.new_due = at(11, 20, 9);
    assert_false(is_backdated(&e, &b));
}

static bool correction(const char *field, const char *old, struct backdated *out)
{
    struct buf changes = BUF_INIT;
    struct event e = entry(EVENT_CORRECTED, at(11, 10, 9));
    wire_list_add(&changes, str_of(field));
    wire_list_add(&changes, str_of(old));
    wire_list_add(&changes, STR("whatever"));
    e.corrected.changes = buf_str(&changes);
    bool is = is_backdated(&e, out);
    buf_release(&changes);
    return is;
}

static void a_correction_of_what_is_counted_is_backdated(void **state)
{
    struct backdated b;
    (void)state;
    assert_false(correction("phone", "0912", &b));
    assert_false(correction("applicant", "Lê Văn Tám", &b));
    assert_true(correction("channel", "direct", &b));
    assert_int_equal(b.was_received, NO_DAY);
    assert_true(correction("received_at", "2026-10-02T08:00", &b));
    assert_int_equal(b.was_received, civil_from_ymd(2026, 10, 2));
}

static void the_office_s_own_is_not(void **state)
{
    struct backdated b;
    struct event e = entry(EVENT_DUE_MOVED, at(3, 1, 9));
    (void)state;
    assert_false(backdated_of(&e, OFFSET, &b));
    e = entry(EVENT_DAY_PUT, at(3, 1, 9));
    e.dossier = 0;
    assert_false(backdated_of(&e, OFFSET, &b));
    e = entry(EVENT_TURNED_AWAY, at(3, 1, 9));
    e.dossier = 0;
    assert_false(backdated_of(&e, OFFSET, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_is_what_the_calendar_counts),
        cmocka_unit_test(what_happened_before_its_day_is_backdated),
        cmocka_unit_test(what_reaches_back_by_itself_is_backdated),
        cmocka_unit_test(a_correction_of_what_is_counted_is_backdated),
        cmocka_unit_test(the_office_s_own_is_not),
    };
    return cmocka_run_group_tests_name("worked", tests, NULL, NULL);
}
