/* What a change of the office's days does to one running dossier: the cases that people know by date. */
#include "core/evolve.h"
#include "core/moving.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- an office told by its events ---- */

static civil_minute at(const char *text)
{
    struct civil_input in;
    if (!text)
        return NO_TIME;
    if (!civil_parse(str_of(text), &in))
        abort();
    return civil_at(in.day, in.minute_of_day < 0 ? 17 * 60 : in.minute_of_day);
}

static civil_day on(const char *date)
{
    return civil_day_of(at(date));
}

static struct event put(const char *date, enum day_kind kind)
{
    return (struct event){.kind = EVENT_DAY_PUT, .day = {on(date), kind, STR("Ngày có tên"), STR_NONE}};
}

static struct event taken_out(const char *date)
{
    return (struct event){.kind = EVENT_DAY_REMOVED, .removed = {on(date)}};
}

static struct event known(int first, int last)
{
    return (struct event){.kind = EVENT_YEARS_KNOWN, .known = {first, last}};
}

static struct event hours_from(const char *date, const char *spans)
{
    struct event e = {.kind = EVENT_HOURS_PUT, .hours = office_hours_default()};
    assert_true(office_hours_parse(str_of(spans), &e.hours));
    e.hours.from = on(date);
    return e;
}

/* The days from the end of 2026 on as announced, then what else is told; a kind of 0 ends the list. */
static struct office *office_with(const struct event *more)
{
    const struct event announced[] = {put("2026-09-02", DAY_OFF), put("2026-11-24", DAY_OFF),
                                      known(2022, 2026)};
    struct office *o = office_new();
    assert_non_null(o);
    for (size_t i = 0; i < sizeof announced / sizeof *announced; i++)
        assert_true(office_apply(o, &announced[i]));
    for (; more && more->kind; more++)
        assert_true(office_apply(o, more));
    return o;
}
#define TOLD(...) ((const struct event[]){__VA_ARGS__, {.kind = 0}})

/* ---- dossiers ---- */

static struct dossier running(const char *from, const char *limit, enum due_clock clock, const char *due)
{
    struct dossier d = {
        .first_event = 100,
        .last_event = 100,
        .facts = {.id = 7, .state = STATE_PROCESSING, .received = at(from)},
        .receipt = {.clock = clock, .cutoff = 15 * 60},
        .appointment = {.from = at(from), .counting = at(from), .due = at(due)},
        .promised = at(due),
    };
    if (!limit_parse(str_of(limit), &d.receipt.limit))
        abort();
    return d;
}

/* Of one move: what was expected, and where it left the dossier. */
static void expect(const struct event *before, const struct event *after, struct dossier *d, enum move what,
                   const char *statutory, const char *due)
{
    struct office *old = office_with(before), *new = office_with(after);
    struct event e;
    const struct appointment was = d->appointment;
    civil_minute promised = d->promised;
    enum move is = due_after_office_change(old, new, d, &e);
    assert_int_equal(is, what);
    if (what != MOVE_NONE) {
        assert_int_equal(e.kind, EVENT_DUE_MOVED);
        assert_true(e.dossier == d->facts.id);
        assert_true(e.moved.old_statutory == was.due);
        assert_true(e.moved.old_due == promised);
        assert_true(e.moved.new_statutory == at(statutory));
        assert_true(e.moved.new_due == at(due));
    }
    if (what == MOVE_LATER || what == MOVE_CONFIRMED) {
        e.seq = d->last_event + 1;
        e.previous = d->last_event;
        assert_true(evolve(d, &e));
        assert_true(d->appointment.due == at(statutory) && d->facts.statutory_due == at(statutory));
        assert_true(d->promised == at(due) && d->facts.due == at(due));
    }
    /* and nothing more to say the second time */
    struct event again;
    assert_int_equal(due_after_office_change(new, new, d, &again), MOVE_NONE);
    office_free(old);
    office_free(new);
}

/* ---- the holiday of 24/12/2026, announced late ---- */

static const struct {
    const char *from, *limit;
    enum due_clock clock;
    const char *due, *moved; /* NULL: stays */
} christmas[] = {
    /* Mon 21/12: 22, 23, 24 | 22, 23, 25 */
    {"2026-12-21 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-24 17:00", "2026-12-25 17:00"},
    {"2026-12-21 09:00", "3 working_days", CLOCK_SAME_HOUR, "2026-12-24 09:00", "2026-12-25 09:00"},
    {"2026-12-21 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-25 17:00", "2026-12-28 17:00"},
    {"2026-12-21 09:00", "2 working_days", CLOCK_DAY_END, "2026-12-23 17:00", NULL},
    {"2026-12-24 09:00", "1 working_day", CLOCK_DAY_END, "2026-12-25 17:00",
     "2026-12-28 17:00"}, /* counts from 25/12 now */
    /* two and a half days from Tue 22/12 09:00: Thu 09:00 and four hours, 13:30-15:30 | Fri */
    {"2026-12-22 09:00", "2.5 working_days", CLOCK_SAME_HOUR, "2026-12-24 15:00", "2026-12-25 15:00"},
    /* calendar days: only where the last one is 24/12 itself, to the end of the next working day */
    {"2026-12-14 09:00", "10 calendar_days", CLOCK_DAY_END, "2026-12-24 17:00", "2026-12-25 17:00"},
    {"2026-12-14 09:00", "10 calendar_days", CLOCK_SAME_HOUR, "2026-12-24 09:00", "2026-12-25 17:00"},
    {"2026-12-15 09:00", "10 calendar_days", CLOCK_DAY_END, "2026-12-25 17:00", NULL},
    {"2026-11-24 09:00", "1 month", CLOCK_DAY_END, "2026-12-25 17:00", NULL}, /* counted from 25/11 */
    {"2026-11-23 18:00", "1 month", CLOCK_DAY_END, "2026-12-25 17:00", NULL},
    {"2026-10-26 09:00", "2 months", CLOCK_DAY_END, "2026-12-28 17:00", NULL}, /* 26/12 is a Saturday */
    /* hours: an hour left of Wed 23/12, two on 24/12 */
    {"2026-12-23 16:00", "3 working_hours", CLOCK_DAY_END, "2026-12-24 09:00", "2026-12-25 09:00"},
    {"2026-12-23 16:00", "1 working_hour", CLOCK_DAY_END, "2026-12-23 17:00", NULL},
    {"2026-12-24 16:00", "2 working_hours", CLOCK_DAY_END, "2026-12-25 08:00", "2026-12-25 09:00"},
    /* same day: received on the day that is none any more, or after the cutoff of the day before */
    {"2026-12-24 09:00", "same_day", CLOCK_DAY_END, "2026-12-24 17:00", "2026-12-25 17:00"},
    {"2026-12-23 15:01", "same_day", CLOCK_DAY_END, "2026-12-24 17:00", "2026-12-25 17:00"},
    {"2026-12-23 15:00", "same_day", CLOCK_DAY_END, "2026-12-23 17:00", NULL},
};

static void the_holiday_of_24_december(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof christmas / sizeof *christmas; i++) {
        const char *moved = christmas[i].moved;
        struct dossier d =
            running(christmas[i].from, christmas[i].limit, christmas[i].clock, christmas[i].due);
        expect(NULL, TOLD(put("2026-12-24", DAY_OFF)), &d, moved ? MOVE_LATER : MOVE_NONE, moved, moved);
        /* and when the announcement is taken back, the citizen keeps the date */
        if (moved)
            expect(TOLD(put("2026-12-24", DAY_OFF)), NULL, &d, MOVE_KEPT, christmas[i].due, christmas[i].due);
        assert_true(d.appointment.due == at(moved ? moved : christmas[i].due));
        /* announced again, it is what it was */
        expect(NULL, TOLD(put("2026-12-24", DAY_OFF)), &d, MOVE_NONE, NULL, NULL);
    }
}

static void a_closure_moves_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof christmas / sizeof *christmas; i++) {
        struct dossier d =
            running(christmas[i].from, christmas[i].limit, christmas[i].clock, christmas[i].due);
        expect(NULL, TOLD(put("2026-12-24", DAY_CLOSED)), &d, MOVE_NONE, NULL, NULL);
    }
}

/* ---- the swap of 23/11 with Saturday 28/11/2026 ---- */

static void the_worked_saturday_28_november(void **state)
{
    (void)state;
    const struct event off = put("2026-11-23", DAY_OFF), worked = put("2026-11-28", DAY_WORKED);
    /* Fri 20/11, 5 days: 23, 25, 26, 27, 30 | 25, 26, 27, 30, 1/12 | 25, 26, 27, 28, 30 */
    struct dossier d = running("2026-11-20 09:00", "5 working_days", CLOCK_DAY_END, "2026-11-30 17:00");
    expect(NULL, TOLD(off), &d, MOVE_LATER, "2026-12-01 17:00", "2026-12-01 17:00");
    expect(TOLD(off), TOLD(off, worked), &d, MOVE_KEPT, "2026-11-30 17:00", "2026-11-30 17:00");
    /* both told together: nothing changes for it */
    d = running("2026-11-20 09:00", "5 working_days", CLOCK_DAY_END, "2026-11-30 17:00");
    expect(NULL, TOLD(off, worked), &d, MOVE_NONE, NULL, NULL);
    /* 2 days: 23, 25 | 25, 26, in either way of telling */
    d = running("2026-11-20 09:00", "2 working_days", CLOCK_DAY_END, "2026-11-25 17:00");
    expect(NULL, TOLD(off, worked), &d, MOVE_LATER, "2026-11-26 17:00", "2026-11-26 17:00");
    /* received after it, before the Saturday: Wed 25/11, 4 days: 26, 27, 30, 1/12 | 26, 27, 28, 30 */
    d = running("2026-11-25 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-01 17:00");
    expect(TOLD(off), TOLD(off, worked), &d, MOVE_KEPT, "2026-11-30 17:00", "2026-11-30 17:00");
    /* calendar days that rolled over the weekend: Wed 18/11, 10 days, Sat 28/11 | the Saturday itself */
    d = running("2026-11-18 09:00", "10 calendar_days", CLOCK_DAY_END, "2026-11-30 17:00");
    expect(TOLD(off), TOLD(off, worked), &d, MOVE_KEPT, "2026-11-28 17:00", "2026-11-28 17:00");
}

/* Kept on Tue 1/12, while the count ends on Mon 30/11. */
static void what_was_kept_stays_until_the_count_passes_it(void **state)
{
    (void)state;
    const struct event worked = put("2026-11-28", DAY_WORKED);
    struct dossier d = running("2026-11-25 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-01 17:00");
    expect(NULL, TOLD(worked), &d, MOVE_KEPT, "2026-11-30 17:00", "2026-11-30 17:00");
    const struct event thursday = put("2026-11-26", DAY_OFF), friday = put("2026-11-27", DAY_OFF);
    /* the count reaches the date: as it is; it passes the date: later; and back: kept */
    expect(TOLD(worked), TOLD(worked, thursday), &d, MOVE_NONE, NULL, NULL);
    expect(TOLD(worked, thursday), TOLD(worked, thursday, friday), &d, MOVE_LATER, "2026-12-02 17:00",
           "2026-12-02 17:00");
    expect(TOLD(worked, thursday, friday), TOLD(worked, friday), &d, MOVE_KEPT, "2026-12-01 17:00",
           "2026-12-01 17:00");
}

/* The count does not touch the kept day, but nobody works on it any more. */
static void a_kept_date_that_becomes_a_day_off_rolls(void **state)
{
    (void)state;
    const struct event worked = put("2026-11-28", DAY_WORKED), tuesday = put("2026-12-01", DAY_OFF);
    struct dossier d = running("2026-11-25 09:00", "4 working_days", CLOCK_SAME_HOUR, "2026-12-01 09:00");
    expect(TOLD(worked), TOLD(worked, tuesday), &d, MOVE_LATER, "2026-12-02 09:00", "2026-12-02 09:00");
}

/* ---- letters ---- */

static void a_promised_date_only_rolls(void **state)
{
    (void)state;
    const struct event holiday = put("2026-12-24", DAY_OFF);
    /* due Mon 21/12, the letter says Thu 24/12 10:00 */
    struct dossier d = running("2026-12-16 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-21 17:00");
    d.promised = at("2026-12-24 10:00");
    expect(NULL, TOLD(holiday), &d, MOVE_LATER, "2026-12-21 17:00", "2026-12-25 10:00");
    /* off again, the letter's date was rolled: nothing brings it back, nothing would have */
    expect(TOLD(holiday), NULL, &d, MOVE_NONE, NULL, NULL);
    /* Thursday and Friday off: over the weekend */
    d.promised = at("2026-12-24 10:00");
    expect(NULL, TOLD(holiday, put("2026-12-25", DAY_OFF)), &d, MOVE_LATER, "2026-12-21 17:00",
           "2026-12-28 10:00");
    /* the hour is brought within the hours of that day */
    d.promised = at("2026-12-24 16:45");
    expect(NULL, TOLD(holiday, hours_from("2026-12-25", "07:00-11:30,13:30-16:30")), &d, MOVE_LATER,
           "2026-12-21 17:00", "2026-12-25 16:30");
    d.promised = at("2026-12-24 07:00");
    expect(NULL, TOLD(holiday, hours_from("2026-12-25", "07:30-11:30,13:30-17:00")), &d, MOVE_LATER,
           "2026-12-21 17:00", "2026-12-25 07:30");
    /* the statutory time moves under it; the letter's date does not, even where it is now the earlier one */
    d = running("2026-12-18 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-24 17:00");
    d.promised = at("2026-12-25 17:00");
    expect(NULL, TOLD(holiday, put("2026-12-28", DAY_OFF)), &d, MOVE_LATER, "2026-12-25 17:00",
           "2026-12-25 17:00");
    /* Fri 18/12, 5 days: 21-25 | 21, 22, 24, 28, 30 */
    d = running("2026-12-18 09:00", "5 working_days", CLOCK_DAY_END, "2026-12-25 17:00");
    d.promised = at("2026-12-28 17:00");
    const struct event others[] = {put("2026-12-23", DAY_OFF), put("2026-12-25", DAY_OFF),
                                   put("2026-12-29", DAY_OFF)};
    expect(NULL, TOLD(others[0], others[1], others[2]), &d, MOVE_LATER, "2026-12-30 17:00",
           "2026-12-28 17:00");
}

static void a_letter_does_not_hide_a_kept_count(void **state)
{
    (void)state;
    struct dossier d = running("2026-11-25 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-01 17:00");
    d.promised = at("2026-12-04 17:00");
    expect(NULL, TOLD(put("2026-11-28", DAY_WORKED)), &d, MOVE_KEPT, "2026-11-30 17:00", "2026-12-04 17:00");
}

/* ---- restarts, payments, the stored cutoff ---- */

static void the_appointment_in_force_is_counted(void **state)
{
    (void)state;
    const struct event holiday = put("2026-12-24", DAY_OFF);
    /* received in November, restarted Mon 21/12 */
    struct dossier d = running("2026-12-21 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-25 17:00");
    d.facts.received = at("2026-11-02 09:00");
    d.resumed = true;
    expect(NULL, TOLD(holiday), &d, MOVE_LATER, "2026-12-28 17:00", "2026-12-28 17:00");
    /* paid Tue 22/12, within 2 days; the receipt's limit is another */
    d = running("2026-12-22 09:00", "20 working_days", CLOCK_DAY_END, "2026-12-24 17:00");
    d.resumed = true;
    d.within = (struct limit){.kind = LIMIT_WORKING_DAYS, .hundredths = 200, .cutoff = LIMIT_NO_CUTOFF};
    expect(NULL, TOLD(holiday), &d, MOVE_LATER, "2026-12-25 17:00", "2026-12-25 17:00");
    /* a change before the restart does not touch it */
    d = running("2026-12-21 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-24 17:00");
    d.facts.received = at("2026-11-02 09:00");
    expect(NULL, TOLD(put("2026-12-01", DAY_OFF)), &d, MOVE_NONE, NULL, NULL);
}

static void the_cutoff_is_the_one_it_came_with(void **state)
{
    (void)state;
    const struct event holiday = put("2026-12-24", DAY_OFF);
    const struct event setting = {.kind = EVENT_SETTING_PUT,
                                  .setting = {STR("same_day.cutoff"), STR("10:00")}};
    struct dossier d = running("2026-12-23 11:00", "same_day", CLOCK_DAY_END, "2026-12-23 17:00");
    expect(TOLD(setting), TOLD(setting, holiday), &d, MOVE_NONE, NULL, NULL);
    d = running("2026-12-23 11:00", "same_day", CLOCK_DAY_END, "2026-12-24 17:00");
    d.receipt.cutoff = 10 * 60;
    expect(NULL, TOLD(holiday), &d, MOVE_LATER, "2026-12-25 17:00", "2026-12-25 17:00");
    d = running("2026-12-23 11:00", "same_day@10:30", CLOCK_DAY_END, "2026-12-24 17:00");
    expect(NULL, TOLD(holiday), &d, MOVE_LATER, "2026-12-25 17:00", "2026-12-25 17:00");
}

/* ---- opening hours ---- */

static void changed_hours_move_what_they_touch(void **state)
{
    (void)state;
    const struct event longer = hours_from("2026-12-01", "07:00-11:30,13:30-17:30"),
                       shorter = hours_from("2026-12-01", "07:30-11:30,13:30-16:30"),
                       friday = hours_from("2026-12-01", "07:00-11:30");
    struct dossier d = running("2026-11-27 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-02 17:00");
    expect(NULL, TOLD(shorter), &d, MOVE_KEPT, "2026-12-02 16:30", "2026-12-02 16:30");
    expect(NULL, TOLD(longer), &d, MOVE_LATER, "2026-12-02 17:30", "2026-12-02 17:30");
    d = running("2026-11-26 09:00", "2 working_days", CLOCK_DAY_END, "2026-11-30 17:00"); /* before them */
    expect(NULL, TOLD(longer), &d, MOVE_NONE, NULL, NULL);
    /* Mon 30/11 16:00, 4 hours: one that day, three from the next opening */
    d = running("2026-11-30 16:00", "4 working_hours", CLOCK_DAY_END, "2026-12-01 10:00");
    expect(NULL, TOLD(shorter), &d, MOVE_LATER, "2026-12-01 10:30", "2026-12-01 10:30");
    d = running("2026-11-30 16:00", "4 working_hours", CLOCK_DAY_END, "2026-12-01 10:00");
    expect(NULL, TOLD(hours_from("2026-12-01", "06:00-11:30,13:30-17:00")), &d, MOVE_KEPT, "2026-12-01 09:00",
           "2026-12-01 09:00");
    /* 8 hours: 1 on 30/11, 7 of 1/12 (4.5 and 2.5) | mornings alone: 4.5 and 2.5 the day after */
    d = running("2026-11-30 16:00", "8 working_hours", CLOCK_DAY_END, "2026-12-01 16:00");
    expect(NULL, TOLD(friday), &d, MOVE_LATER, "2026-12-02 09:30", "2026-12-02 09:30");
    /* weekdays: Saturdays worked from December on shorten, so the date is kept */
    struct event saturdays = hours_from("2026-12-01", "07:00-11:30,13:30-17:00");
    saturdays.hours.weekdays |= 1 << SATURDAY;
    d = running("2026-12-03 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-08 17:00");
    expect(NULL, TOLD(saturdays), &d, MOVE_KEPT, "2026-12-07 17:00", "2026-12-07 17:00");
    struct event no_mondays = hours_from("2026-12-01", "07:00-11:30,13:30-17:00");
    no_mondays.hours.weekdays &= (uint8_t) ~(1 << MONDAY);
    expect(NULL, TOLD(no_mondays), &d, MOVE_LATER, "2026-12-09 17:00", "2026-12-09 17:00");
}

/* ---- years that become known ---- */

/* Thu 31/12/2026, 3 working days: 1/1 is off by law in any case, so Wed 6/1/2027, provisional. */
static struct dossier over_new_year(void)
{
    struct dossier d = running("2026-12-31 09:00", "3 working_days", CLOCK_DAY_END, "2027-01-06 17:00");
    d.appointment.provisional = true;
    return d;
}

static void a_year_that_becomes_known_is_provisional_no_more(void **state)
{
    (void)state;
    const struct event new_year = put("2027-01-01", DAY_OFF), monday = put("2027-01-04", DAY_OFF),
                       saturday = put("2027-01-02", DAY_WORKED), year = known(2022, 2027);
    struct dossier d = over_new_year();
    expect(NULL, TOLD(new_year, year), &d, MOVE_CONFIRMED, "2027-01-06 17:00", "2027-01-06 17:00");
    assert_false(d.appointment.provisional);
    assert_false(d.facts.provisional);
    d = over_new_year();
    expect(NULL, TOLD(new_year, monday, year), &d, MOVE_LATER, "2027-01-07 17:00", "2027-01-07 17:00");
    assert_false(d.appointment.provisional);
    /* recorded, but the rest of the year not yet known: the day itself is certain now */
    d = over_new_year();
    expect(NULL, TOLD(new_year), &d, MOVE_CONFIRMED, "2027-01-06 17:00", "2027-01-06 17:00");
    /* kept, and certain: nothing can come of it any more */
    d = over_new_year();
    struct office *old = office_with(NULL), *new = office_with(TOLD(new_year, saturday, year));
    struct event e;
    assert_int_equal(due_after_office_change(old, new, &d, &e), MOVE_KEPT);
    assert_true(e.moved.new_due == at("2027-01-05 17:00"));
    assert_true(due_kept_is_confirmed(&d, &e));
    assert_true(e.moved.new_due == d.promised && e.moved.new_statutory == d.appointment.due);
    assert_true(e.moved.old_due == d.promised && e.moved.old_statutory == d.appointment.due);
    assert_false(e.moved.provisional);
    assert_int_equal(e.kind, EVENT_DUE_MOVED);
    office_free(old);
    office_free(new);
}

static void what_was_certain_may_become_provisional(void **state)
{
    (void)state;
    const struct event new_year = put("2027-01-01", DAY_OFF);
    struct dossier d = over_new_year();
    d.appointment.provisional = false;
    expect(TOLD(new_year), TOLD(new_year, taken_out("2027-01-01")), &d, MOVE_CONFIRMED, "2027-01-06 17:00",
           "2027-01-06 17:00");
    assert_true(d.appointment.provisional);
}

static void a_kept_date_without_doubt_before_and_after_says_nothing_more(void **state)
{
    (void)state;
    struct dossier d = running("2026-11-25 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-01 17:00");
    struct office *old = office_with(NULL), *new = office_with(TOLD(put("2026-11-28", DAY_WORKED)));
    struct event e, before;
    assert_int_equal(due_after_office_change(old, new, &d, &e), MOVE_KEPT);
    before = e;
    assert_false(due_kept_is_confirmed(&d, &e));
    assert_true(e.moved.new_due == before.moved.new_due);
    office_free(old);
    office_free(new);
}

/* ---- who is not concerned ---- */

static void only_running_dossiers_move(void **state)
{
    (void)state;
    for (enum dossier_state s = STATE_PROCESSING; s <= STATE_VOID; s++) {
        struct dossier d = running("2026-12-21 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-24 17:00");
        d.facts.state = s;
        struct office *old = office_with(NULL), *new = office_with(TOLD(put("2026-12-24", DAY_OFF)));
        struct event e;
        enum move what = s == STATE_PROCESSING ? MOVE_LATER : MOVE_NONE;
        assert_int_equal(due_after_office_change(old, new, &d, &e), what);
        assert_int_equal(due_after_undo(new, &d, &e), what);
        office_free(old);
        office_free(new);
    }
}

static void what_cannot_be_counted_stays(void **state)
{
    (void)state;
    /* 3,650 working days from 2090 lie past the calendar's end */
    struct dossier d = running("2090-06-01 09:00", "3650 working_days", CLOCK_DAY_END, "2100-12-30 17:00");
    expect(NULL, TOLD(put("2095-06-01", DAY_OFF)), &d, MOVE_NONE, NULL, NULL);
    /* Fri 30/12/2101 is the last working day there is: from a date that becomes a day off there is no next */
    const struct event last = {.kind = EVENT_DAY_PUT,
                               .day = {civil_from_ymd(2101, 12, 30), DAY_OFF, STR("Nghỉ"), STR_NONE}};
    d = running("2100-06-01 09:00", "10 working_days", CLOCK_DAY_END, "2100-06-15 17:00");
    d.imported = true;
    d.appointment.due = d.promised = civil_at(last.day.day, 17 * 60);
    expect(NULL, TOLD(last), &d, MOVE_NONE, NULL, NULL);
}

/* ---- dossiers of another system ---- */

static struct dossier foreign(const char *due)
{
    struct dossier d = running("2026-12-21 09:00", "3 working_days", CLOCK_DAY_END, due);
    d.imported = true;
    return d;
}

static void a_date_of_another_system_is_only_a_date(void **state)
{
    (void)state;
    const struct event wednesday = put("2026-12-23", DAY_OFF), thursday = put("2026-12-24", DAY_OFF),
                       friday = put("2026-12-25", DAY_OFF);
    /* our count: Thu 24/12. Theirs is shorter: a day off behind it is none of its business */
    struct dossier d = foreign("2026-12-22 17:00");
    expect(NULL, TOLD(wednesday), &d, MOVE_NONE, NULL, NULL);
    expect(NULL, TOLD(put("2026-12-22", DAY_OFF)), &d, MOVE_LATER, "2026-12-23 17:00", "2026-12-23 17:00");
    /* theirs is longer: only when our count passes it */
    d = foreign("2026-12-25 16:00");
    expect(NULL, TOLD(wednesday), &d, MOVE_LATER, "2026-12-25 17:00", "2026-12-25 17:00");
    d = foreign("2026-12-28 17:00");
    expect(NULL, TOLD(wednesday, friday), &d, MOVE_NONE, NULL, NULL);
    d = foreign("2026-12-28 17:00");
    expect(NULL, TOLD(wednesday, thursday, friday), &d, MOVE_LATER, "2026-12-29 17:00", "2026-12-29 17:00");
    /* the same as ours: like any other */
    d = foreign("2026-12-24 17:00");
    expect(NULL, TOLD(wednesday), &d, MOVE_LATER, "2026-12-25 17:00", "2026-12-25 17:00");
    /* without a limit, without a due time */
    d = foreign("2026-12-22 17:00");
    d.receipt.limit = (struct limit){.kind = LIMIT_NONE};
    expect(NULL, TOLD(put("2026-12-22", DAY_OFF)), &d, MOVE_LATER, "2026-12-23 17:00", "2026-12-23 17:00");
    d.appointment.due = d.promised = NO_TIME;
    expect(NULL, TOLD(wednesday), &d, MOVE_NONE, NULL, NULL);
    /* a shorter count is nothing they promised either: from Wed 23/12, Mon 28/12 | Sat 26/12 */
    d = running("2026-12-23 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-30 17:00");
    d.imported = true;
    expect(NULL, TOLD(put("2026-12-26", DAY_WORKED)), &d, MOVE_NONE, NULL, NULL);
    /* nor does it become provisional with our count */
    d = running("2026-12-31 09:00", "3 working_days", CLOCK_DAY_END, "2027-01-13 17:00");
    d.imported = true;
    expect(NULL, TOLD(put("2027-01-20", DAY_OFF)), &d, MOVE_NONE, NULL, NULL);
    /* a Sunday they gave is left as it is */
    d = foreign("2026-12-27 17:00");
    expect(NULL, TOLD(put("2026-12-27", DAY_OFF)), &d, MOVE_NONE, NULL, NULL);
}

/* A date that is earlier than the count for another reason: this change did not do it. */
static void what_the_change_does_not_touch_stays(void **state)
{
    (void)state;
    struct dossier d = running("2026-12-21 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-23 17:00");
    expect(NULL, TOLD(put("2026-12-29", DAY_OFF)), &d, MOVE_NONE, NULL, NULL);
}

static void once_restarted_here_it_is_ours(void **state)
{
    (void)state;
    struct dossier d = foreign("2026-12-24 17:00");
    d.resumed = true;
    expect(NULL, TOLD(put("2026-12-23", DAY_OFF)), &d, MOVE_LATER, "2026-12-25 17:00", "2026-12-25 17:00");
    /* kept on Tue 29/12, and again */
    d = running("2026-12-23 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-29 17:00");
    d.imported = d.resumed = true;
    expect(NULL, TOLD(put("2026-12-26", DAY_WORKED)), &d, MOVE_KEPT, "2026-12-26 17:00", "2026-12-26 17:00");
    struct office *now = office_with(TOLD(put("2026-12-24", DAY_OFF)));
    struct event e;
    d = running("2026-12-21 09:00", "4 working_days", CLOCK_DAY_END, "2026-12-25 17:00");
    d.imported = d.resumed = true;
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_LATER);
    assert_true(e.moved.new_due == at("2026-12-28 17:00"));
    office_free(now);
}

/* ---- running again ---- */

static void an_undo_catches_up_with_the_days(void **state)
{
    (void)state;
    struct office *now = office_with(TOLD(put("2026-12-24", DAY_OFF), put("2026-12-26", DAY_WORKED)));
    struct event e;
    /* it waited, or had its result, while the holiday was announced */
    struct dossier d = running("2026-12-21 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-24 17:00");
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_LATER);
    assert_true(e.kind == EVENT_DUE_MOVED && e.dossier == 7);
    assert_true(e.moved.old_due == at("2026-12-24 17:00") && e.moved.new_due == at("2026-12-25 17:00"));
    assert_true(e.moved.old_statutory == e.moved.old_due && e.moved.new_statutory == e.moved.new_due);
    /* a letter's date that is a day off now */
    d = running("2026-12-16 09:00", "3 working_days", CLOCK_DAY_END, "2026-12-21 17:00");
    d.promised = at("2026-12-24 10:00");
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_LATER);
    assert_true(e.moved.new_statutory == at("2026-12-21 17:00") && e.moved.new_due == at("2026-12-25 10:00"));
    /* what would be earlier, or is as it was, stays without a word */
    d = running("2026-12-25 09:00", "2 working_days", CLOCK_DAY_END, "2026-12-29 17:00");
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_NONE);
    d = running("2026-12-28 09:00", "2 working_days", CLOCK_DAY_END, "2026-12-30 17:00");
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_NONE);
    /* a date of another system: only rolls */
    d = foreign("2026-12-23 17:00");
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_NONE);
    d = foreign("2026-12-24 17:00");
    assert_int_equal(due_after_undo(now, &d, &e), MOVE_LATER);
    office_free(now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_holiday_of_24_december),
        cmocka_unit_test(a_closure_moves_nothing),
        cmocka_unit_test(the_worked_saturday_28_november),
        cmocka_unit_test(what_was_kept_stays_until_the_count_passes_it),
        cmocka_unit_test(a_kept_date_that_becomes_a_day_off_rolls),
        cmocka_unit_test(a_promised_date_only_rolls),
        cmocka_unit_test(a_letter_does_not_hide_a_kept_count),
        cmocka_unit_test(the_appointment_in_force_is_counted),
        cmocka_unit_test(the_cutoff_is_the_one_it_came_with),
        cmocka_unit_test(changed_hours_move_what_they_touch),
        cmocka_unit_test(a_year_that_becomes_known_is_provisional_no_more),
        cmocka_unit_test(what_was_certain_may_become_provisional),
        cmocka_unit_test(a_kept_date_without_doubt_before_and_after_says_nothing_more),
        cmocka_unit_test(only_running_dossiers_move),
        cmocka_unit_test(what_cannot_be_counted_stays),
        cmocka_unit_test(a_date_of_another_system_is_only_a_date),
        cmocka_unit_test(what_the_change_does_not_touch_stays),
        cmocka_unit_test(once_restarted_here_it_is_ours),
        cmocka_unit_test(an_undo_catches_up_with_the_days),
    };
    return cmocka_run_group_tests_name("moving", tests, NULL, NULL);
}
