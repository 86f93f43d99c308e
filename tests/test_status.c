/* Where a dossier stands at a moment. The last group compares with a slow second reading of the rules over
 * random facts. */
#include "core/status.h"
#include "tests/desk_world.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct world world;

static int world_up(void **state)
{
    (void)state;
    world_init(&world);
    return 0;
}

static int world_down(void **state)
{
    (void)state;
    world_release(&world);
    return 0;
}

static struct judge judge(const char *now)
{
    return judge_at(world.office, world_time(now));
}

static struct facts running(const char *received, const char *due)
{
    return (struct facts){
        .id = 1,
        .state = STATE_PROCESSING,
        .received = world_time(received),
        .statutory_due = world_time(due),
        .due = world_time(due),
        .waiting_since = NO_TIME,
        .resolved = NO_TIME,
        .returned = NO_TIME,
    };
}

static struct facts solved(const char *due, const char *resolved)
{
    struct facts f = running("2026-11-02T08:00", due);
    f.state = STATE_RESOLVED;
    f.ended_how = ENDED_RESOLVED;
    f.resolved = world_time(resolved);
    return f;
}

static void expect_status(const struct facts *f, const char *now, const char *expected)
{
    struct judge j = judge(now);
    assert_string_equal(status_name(status_of(&j, f)), expected);
    for (enum status s = STATUS_WAITING; s <= STATUS_VOID; s++)
        assert_int_equal(status_in_set(&j, f, STATUS_BIT(s)), strcmp(status_name(s), expected) == 0);
}

static void set(struct office *office, const char *key, struct str value)
{
    struct event e = {.kind = EVENT_SETTING_PUT, .setting = {str_of(key), value}};
    if (!office_apply(office, &e))
        abort();
}

/* ---- the moment ---- */

static void a_judge_knows_the_days_ahead(void **state)
{
    (void)state;
    struct judge j = judge("2026-11-16T09:00"); /* Monday */
    assert_int_equal(j.today, civil_from_ymd(2026, 11, 16));
    assert_int_equal(j.soon, civil_from_ymd(2026, 11, 17));
    assert_int_equal(j.next, civil_from_ymd(2026, 11, 17));
    j = judge("2026-11-20T23:59"); /* Friday */
    assert_int_equal(j.next, civil_from_ymd(2026, 11, 23));
    j = judge("2026-11-23T00:00"); /* Monday before 24/11, a day off */
    assert_int_equal(j.today, civil_from_ymd(2026, 11, 23));
    assert_int_equal(j.next, civil_from_ymd(2026, 11, 25));
    j = judge("2026-01-09T09:00"); /* Friday before a worked Saturday */
    assert_int_equal(j.next, civil_from_ymd(2026, 1, 10));
    j = judge_at(world.office, civil_at(civil_from_ymd(2150, 1, 1), 0)); /* past the calendar's end */
    assert_int_equal(j.next, NO_DAY);
    assert_int_equal(j.soon, j.today);
}

/* ---- open ---- */

static void an_open_dossier_goes_by_the_day(void **state)
{
    (void)state;
    struct facts f = running("2026-11-16T09:00", "2026-11-19T17:00"); /* due on Thursday */
    expect_status(&f, "2026-11-16T09:00", "on_track");
    expect_status(&f, "2026-11-17T23:59", "on_track");
    expect_status(&f, "2026-11-18T00:00", "due_soon");
    expect_status(&f, "2026-11-19T00:00", "due_today");
    expect_status(&f, "2026-11-19T17:00", "due_today");
    expect_status(&f, "2026-11-19T23:59", "due_today"); /* the last day ends at 24:00 */
    expect_status(&f, "2026-11-20T00:00", "overdue");
    expect_status(&f, "2027-01-01T00:00", "overdue");
}

static void soon_counts_working_days(void **state)
{
    (void)state;
    struct facts f = running("2026-11-16T09:00", "2026-11-25T17:00"); /* Wednesday; 24/11 is off */
    expect_status(&f, "2026-11-20T09:00", "on_track");
    expect_status(&f, "2026-11-21T09:00", "on_track"); /* Saturday: the next working day is Monday */
    expect_status(&f, "2026-11-22T09:00", "on_track");
    expect_status(&f, "2026-11-23T09:00", "due_soon");
    expect_status(&f, "2026-11-24T09:00", "due_soon");
    set(world.office, "soon.days", STR("0"));
    f = running("2026-11-16T09:00", "2026-11-19T17:00");
    expect_status(&f, "2026-11-18T09:00", "on_track");
    expect_status(&f, "2026-11-19T09:00", "due_today");
    /* three: from Thu 19/11 Fri, Mon, Wed (24/11 is off) */
    set(world.office, "soon.days", STR("3"));
    f = running("2026-11-16T09:00", "2026-11-25T17:00");
    expect_status(&f, "2026-11-18T23:59", "on_track");
    expect_status(&f, "2026-11-19T00:00", "due_soon");
    set(world.office, "soon.days", STR_NONE);
}

static void hours_go_by_the_minute(void **state)
{
    (void)state;
    struct facts f = running("2026-11-17T16:30", "2026-11-18T07:30");
    f.in_hours = true;
    expect_status(&f, "2026-11-17T23:00", "due_soon");
    expect_status(&f, "2026-11-18T07:00", "due_today");
    expect_status(&f, "2026-11-18T07:30", "due_today");
    expect_status(&f, "2026-11-18T07:31", "overdue");
    expect_status(&f, "2026-11-19T07:00", "overdue");
}

static void the_promised_time_rules_while_open(void **state)
{
    (void)state;
    struct facts f = running("2026-11-10T09:00", "2026-11-16T17:00");
    f.due = world_time("2026-11-20T17:00");
    f.apologized = true;
    struct judge j = judge("2026-11-16T17:00");
    assert_false(is_rescheduled(&j, &f)); /* the statutory day is not past yet */
    expect_status(&f, "2026-11-17T09:00", "on_track");
    j = judge("2026-11-17T09:00");
    assert_true(is_rescheduled(&j, &f));
    assert_true(status_in_set(&j, &f, GROUP_RESCHEDULED));
    assert_int_equal(late_days_now(&j, &f, 0), 1);
    j = judge("2026-11-20T23:00");
    assert_true(is_rescheduled(&j, &f));
    expect_status(&f, "2026-11-20T23:00", "due_today");
    expect_status(&f, "2026-11-21T00:00", "overdue");
    j = judge("2026-11-21T00:00");
    assert_false(is_rescheduled(&j, &f));
}

static void waiting_is_never_overdue(void **state)
{
    (void)state;
    struct facts f = running("2026-11-10T09:00", "2026-11-16T17:00");
    f.due = f.statutory_due = NO_TIME;
    f.waiting_since = world_time("2026-11-11T09:00");
    const enum dossier_state states[] = {STATE_WAITING, STATE_WAITING_PAYMENT};
    for (int i = 0; i < 2; i++) {
        f.state = states[i];
        expect_status(&f, "2026-12-30T09:00", "waiting");
        struct judge j = judge("2026-12-30T09:00");
        assert_true(status_in_set(&j, &f, GROUP_OPEN));
        assert_true(status_in_set(&j, &f, GROUP_ALL));
        assert_false(
            status_in_set(&j, &f, GROUP_SOLVED | GROUP_LETTER_DUE | GROUP_RESCHEDULED | GROUP_UNCOLLECTED));
        assert_int_equal(late_days_now(&j, &f, 0), 0);
        assert_int_equal(late_days_now(&j, &f, 9), 9); /* late before it waited */
        assert_int_equal(letter_urgency(&j, &f), LETTER_NOT_DUE);
    }
}

/* ---- solved ---- */

static void a_solved_dossier_goes_by_its_day(void **state)
{
    (void)state;
    const char *now = "2026-12-30T09:00";
    struct facts f = solved("2026-11-19T17:00", "2026-11-18T23:00");
    expect_status(&f, now, "early");
    f = solved("2026-11-19T17:00", "2026-11-19T00:00");
    expect_status(&f, now, "on_time");
    f = solved("2026-11-19T17:00", "2026-11-19T23:59"); /* after closing, on the due day: on time */
    expect_status(&f, now, "on_time");
    f = solved("2026-11-19T17:00", "2026-11-20T00:00");
    expect_status(&f, now, "late");
    f.state = STATE_RETURNED;
    expect_status(&f, now, "late");
    f.state = STATE_REFUSED;
    expect_status(&f, now, "late");
    struct judge j = judge(now);
    assert_true(status_in_set(&j, &f, GROUP_SOLVED));
    assert_false(status_in_set(&j, &f, GROUP_OPEN));
    assert_int_equal(late_days_now(&j, &f, 7), 7); /* as its event says */
}

static void solved_in_hours_goes_by_the_minute(void **state)
{
    (void)state;
    const char *now = "2026-12-30T09:00";
    static const struct {
        const char *resolved, *expected;
    } cases[] = {
        {"2026-11-17T17:00", "early"}, {"2026-11-18T07:00", "on_time"}, {"2026-11-18T09:30", "on_time"},
        {"2026-11-18T09:31", "late"},  {"2026-11-19T07:00", "late"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct facts f = solved("2026-11-18T09:30", cases[i].resolved);
        f.in_hours = true;
        expect_status(&f, now, cases[i].expected);
    }
}

static void the_basis_of_reports_chooses_the_time(void **state)
{
    (void)state;
    struct facts f = solved("2026-11-16T17:00", "2026-11-18T09:00");
    f.due = world_time("2026-11-18T17:00");
    expect_status(&f, "2026-12-30T09:00", "late");
    struct settings settings = settings_default();
    settings.basis = BASIS_PROMISED;
    struct judge j = judge("2026-12-30T09:00");
    j.settings = &settings;
    assert_int_equal(status_of(&j, &f), STATUS_ON_TIME);
    f.due = world_time("2026-11-20T17:00");
    assert_int_equal(status_of(&j, &f), STATUS_EARLY);
    f.due = world_time("2026-11-17T17:00");
    assert_int_equal(status_of(&j, &f), STATUS_LATE);
    /* An open one goes by its promise under either basis. */
    f = running("2026-11-02T08:00", "2026-11-16T17:00");
    f.due = world_time("2026-11-18T17:00");
    j = judge("2026-11-18T09:00");
    assert_int_equal(status_of(&j, &f), STATUS_DUE_TODAY);
    j.settings = &settings;
    assert_int_equal(status_of(&j, &f), STATUS_DUE_TODAY);
}

static void what_ended_while_waiting_is_judged_when_the_waiting_began(void **state)
{
    (void)state;
    struct facts f = solved("2026-11-16T17:00", "2026-12-01T09:00");
    f.state = STATE_REFUSED;
    f.waiting_since = world_time("2026-11-13T09:00");
    expect_status(&f, "2026-12-30T09:00", "early");
    f.waiting_since = world_time("2026-11-16T09:00");
    expect_status(&f, "2026-12-30T09:00", "on_time");
    f.waiting_since = world_time("2026-11-17T09:00"); /* a chief insisted when it was late already */
    expect_status(&f, "2026-12-30T09:00", "late");
    f.due = f.statutory_due = NO_TIME; /* nothing was due */
    expect_status(&f, "2026-12-30T09:00", "on_time");
    f = solved("2026-11-16T17:00", NULL); /* whatever else is not known */
    expect_status(&f, "2026-12-30T09:00", "on_time");
}

static void other_ends_are_their_own_word(void **state)
{
    (void)state;
    struct facts f = solved("2026-11-16T17:00", "2026-12-01T09:00");
    f.state = STATE_WITHDRAWN;
    expect_status(&f, "2026-12-30T09:00", "withdrawn");
    f.state = STATE_STOPPED;
    expect_status(&f, "2026-12-30T09:00", "stopped");
    struct judge j = judge("2026-12-30T09:00");
    assert_true(status_in_set(&j, &f, GROUP_SOLVED));
    f.state = STATE_VOID;
    expect_status(&f, "2026-12-30T09:00", "void");
    assert_false(status_in_set(&j, &f, GROUP_SOLVED | GROUP_OPEN | GROUP_UNCOLLECTED));
    assert_true(status_in_set(&j, &f, GROUP_ALL));
}

static void uncollected_is_a_result_nobody_has(void **state)
{
    (void)state;
    struct facts f = solved("2026-11-16T17:00", "2026-11-16T09:00");
    assert_true(is_uncollected(&f));
    f.state = STATE_REFUSED;
    assert_true(is_uncollected(&f));
    f.returned = world_time("2026-11-17T09:00"); /* the refusal was handed over and stays a refusal */
    assert_false(is_uncollected(&f));
    f.state = STATE_RETURNED;
    assert_false(is_uncollected(&f));
    f.returned = NO_TIME;
    const enum dossier_state others[] = {STATE_PROCESSING, STATE_WAITING, STATE_WITHDRAWN, STATE_STOPPED,
                                         STATE_VOID};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        f.state = others[i];
        assert_false(is_uncollected(&f));
    }
}

/* ---- days late ---- */

static void days_late_are_working_days(void **state)
{
    (void)state;
    struct judge j = judge("2026-11-20T09:00");
    struct facts f = running("2026-11-02T08:00", "2026-11-20T17:00"); /* Friday */
    static const struct {
        const char *end;
        uint32_t days;
    } cases[] =
        {
            {"2026-11-20T23:59", 0}, {"2026-11-21T09:00", 1},
            {"2026-11-22T09:00", 1}, /* a weekend: late all the same */
            {"2026-11-23T09:00", 1}, {"2026-11-24T09:00", 1},
            {"2026-11-25T09:00", 2}, {"2026-11-27T09:00", 4},
            {"2026-11-19T09:00", 0},
        };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(days_past(j.calendar, &f, f.due, world_time(cases[i].end)), cases[i].days);
    f.in_hours = true;
    assert_int_equal(days_past(j.calendar, &f, f.due, world_time("2026-11-20T17:00")), 0);
    assert_int_equal(days_past(j.calendar, &f, f.due, world_time("2026-11-20T17:01")),
                     1); /* late by a minute */
    assert_int_equal(days_past(j.calendar, &f, NO_TIME, world_time("2026-11-20T17:01")), 0);
    assert_int_equal(days_past(j.calendar, &f, f.due, NO_TIME), 0);
}

/* ---- the letter ---- */

static void expect_letter_day(civil_day due, civil_day expected)
{
    struct judge j = judge("2026-11-16T09:00");
    assert_int_equal(letter_day(j.calendar, due), expected);
}

static void the_letter_leaves_on_a_working_day_before(void **state)
{
    (void)state;
    expect_letter_day(civil_from_ymd(2026, 11, 19), civil_from_ymd(2026, 11, 18));
    expect_letter_day(civil_from_ymd(2026, 11, 23), civil_from_ymd(2026, 11, 20)); /* due on Monday: Friday */
    expect_letter_day(civil_from_ymd(2026, 11, 25), civil_from_ymd(2026, 11, 23)); /* 24/11 is off */
    expect_letter_day(civil_from_ymd(2026, 2, 23), civil_from_ymd(2026, 2, 13));   /* Tết */
    expect_letter_day(civil_from_ymd(2026, 1, 12), civil_from_ymd(2026, 1, 10));   /* a worked Saturday */
    expect_letter_day(NO_DAY, NO_DAY);
}

static void expect_urgency(const struct facts *f, const char *now, enum letter_urgency expected)
{
    struct judge j = judge(now);
    assert_int_equal(letter_urgency(&j, f), expected);
    assert_int_equal(letter_is_due(&j, f), expected != LETTER_NOT_DUE);
    assert_int_equal(status_in_set(&j, f, GROUP_LETTER_DUE), expected != LETTER_NOT_DUE);
}

static void a_letter_is_due_from_its_day_on(void **state)
{
    (void)state;
    struct facts f = running("2026-11-16T09:00", "2026-11-23T17:00"); /* due on Monday */
    expect_urgency(&f, "2026-11-19T23:59", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-20T00:00", LETTER_TODAY);
    expect_urgency(&f, "2026-11-21T09:00", LETTER_TODAY); /* Saturday: it can still be in time */
    expect_urgency(&f, "2026-11-22T23:59", LETTER_TODAY);
    expect_urgency(&f, "2026-11-23T00:00", LETTER_TOO_LATE);
    expect_urgency(&f, "2026-11-23T23:59", LETTER_TOO_LATE);
    expect_urgency(&f, "2026-11-24T00:00", LETTER_OVERDUE);
    f.apologized = true; /* the one letter is used */
    expect_urgency(&f, "2026-11-23T09:00", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-30T09:00", LETTER_NOT_DUE);
}

static void short_limits_ask_for_a_letter_only_when_overdue(void **state)
{
    (void)state;
    struct facts f = running("2026-11-16T09:00", "2026-11-16T17:00"); /* the same day */
    expect_urgency(&f, "2026-11-16T09:00", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-16T23:00", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-17T07:00", LETTER_OVERDUE);
    f = running("2026-11-16T15:30", "2026-11-17T17:00"); /* the letter day is the day of receipt */
    expect_urgency(&f, "2026-11-16T16:00", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-17T09:00", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-18T09:00", LETTER_OVERDUE);
    f = running("2026-11-16T15:30", "2026-11-18T17:00"); /* one day later it is not */
    expect_urgency(&f, "2026-11-16T16:00", LETTER_NOT_DUE);
    expect_urgency(&f, "2026-11-17T09:00", LETTER_TODAY);
    expect_urgency(&f, "2026-11-18T09:00", LETTER_TOO_LATE);
}

static void hours_are_overdue_after_the_minute(void **state)
{
    (void)state;
    struct facts f = running("2026-11-16T09:00", "2026-11-19T10:00");
    f.in_hours = true;
    expect_urgency(&f, "2026-11-18T09:00", LETTER_TODAY);
    expect_urgency(&f, "2026-11-19T10:00", LETTER_TOO_LATE);
    expect_urgency(&f, "2026-11-19T10:01", LETTER_OVERDUE);
}

static void ended_dossiers_need_no_letter_from_the_list(void **state)
{
    (void)state;
    struct facts f = solved("2026-11-19T17:00", "2026-11-24T09:00");
    for (enum dossier_state s = STATE_RESOLVED; s <= STATE_VOID; s++) {
        f.state = s;
        expect_urgency(&f, "2026-11-30T09:00", LETTER_NOT_DUE);
    }
}

/* ---- sets ---- */

static void sets_are_read_word_by_word(void **state)
{
    (void)state;
    status_set set = 0;
    struct str bad = STR_NONE;
    assert_true(status_set_parse(STR("overdue"), &set, &bad));
    assert_int_equal(set, 1u << STATUS_OVERDUE);
    assert_true(status_set_parse(STR("overdue,due_today,letter_due"), &set, &bad));
    assert_int_equal(set, 1u << STATUS_OVERDUE | 1u << STATUS_DUE_TODAY | GROUP_LETTER_DUE);
    assert_true(status_set_parse(STR("open,solved,uncollected,rescheduled,all,overdue,overdue"), &set, &bad));
    assert_int_equal(set, GROUP_OPEN | GROUP_SOLVED | GROUP_UNCOLLECTED | GROUP_RESCHEDULED | GROUP_ALL |
                              1u << STATUS_OVERDUE);
    const char *all[] = {"waiting", "on_track", "due_soon",  "due_today", "overdue", "early",
                         "on_time", "late",     "withdrawn", "stopped",   "void"};
    for (int i = 0; i < 11; i++) {
        assert_true(status_set_parse(str_of(all[i]), &set, &bad));
        assert_int_equal(set, 2u << i);
    }
    static const struct {
        const char *text, *bad;
    } wrong[] = {
        {"", ""},
        {",", ""},
        {"overdue,", ""},
        {",overdue", ""},
        {"late,soon,x", "soon"},
        {"Overdue", "Overdue"},
        {"late, overdue", " overdue"},
        {"over", "over"},
        {"overdue ", "overdue "},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        set = 77;
        assert_false(status_set_parse(str_of(wrong[i].text), &set, &bad));
        assert_true(str_eq(bad, str_of(wrong[i].bad)));
        assert_int_equal(set, 77);
    }
    assert_false(status_set_parse(STR_NONE, &set, &bad));
}

static void urgency_puts_the_oldest_first_and_waiting_last(void **state)
{
    (void)state;
    struct facts a = running("2026-11-02T08:00", "2026-11-10T17:00"), b = a;
    b.due = world_time("2026-11-11T17:00");
    assert_true(urgency_compare(&a, &b) < 0 && urgency_compare(&b, &a) > 0);
    b.due = a.due;
    assert_int_equal(urgency_compare(&a, &b), 0);
    b.id = 2;
    assert_true(urgency_compare(&a, &b) < 0 && urgency_compare(&b, &a) > 0);
    a.state = STATE_WAITING;
    a.due = NO_TIME;
    a.waiting_since = world_time("2026-11-05T09:00");
    assert_true(urgency_compare(&b, &a) < 0 && urgency_compare(&a, &b) > 0);
    b.state = STATE_WAITING;
    b.due = NO_TIME;
    b.waiting_since = world_time("2026-11-04T09:00");
    assert_true(urgency_compare(&b, &a) < 0 && urgency_compare(&a, &b) > 0);
}

/* ---- a second reading of the rules ---- */

enum { SPAN = 140 }; /* days, from 2026-06-01 */

struct plain_calendar {
    bool working[SPAN];
    civil_day first;
};

static bool plain_working(const struct plain_calendar *c, civil_day day)
{
    assert_true(day >= c->first && day < c->first + SPAN);
    return c->working[day - c->first];
}

static civil_day floor_day(civil_minute t)
{
    civil_day day = 20000; /* 2024-10-04; walk from there */
    while ((civil_minute)day * 1440 > t)
        day--;
    while ((civil_minute)(day + 1) * 1440 <= t)
        day++;
    return day;
}

static bool plain_past(const struct facts *f, civil_minute due, civil_minute end)
{
    if (f->in_hours)
        return end > due;
    return floor_day(end) > floor_day(due);
}

static const char *plain_status(const struct plain_calendar *c, const struct facts *f, civil_minute now,
                                int soon_days, bool promised)
{
    if (f->state == STATE_VOID)
        return "void";
    if (f->state == STATE_STOPPED)
        return "stopped";
    if (f->state == STATE_WITHDRAWN)
        return "withdrawn";
    if (f->state == STATE_WAITING || f->state == STATE_WAITING_PAYMENT)
        return "waiting";
    if (f->state == STATE_PROCESSING) {
        civil_day today = floor_day(now), due = floor_day(f->due);
        if (plain_past(f, f->due, now))
            return "overdue";
        if (today == due)
            return "due_today";
        /* Working days from tomorrow up to the due day: the due day is within the next k when k are enough to
         * reach it. A due day that is none itself lies before the next working day. */
        int working_days = 0;
        for (civil_day d = today + 1; d < due; d++)
            working_days += plain_working(c, d);
        return working_days < soon_days ? "due_soon" : "on_track";
    }
    civil_minute due = promised ? f->due : f->statutory_due;
    if (plain_past(f, due, f->resolved))
        return "late";
    return floor_day(f->resolved) == floor_day(due) ? "on_time" : "early";
}

static bool plain_letter_due(const struct plain_calendar *c, const struct facts *f, civil_minute now)
{
    if (f->state != STATE_PROCESSING || f->apologized)
        return false;
    if (plain_past(f, f->due, now))
        return true;
    civil_day letter = floor_day(f->due) - 1;
    while (!plain_working(c, letter))
        letter--;
    return floor_day(now) >= letter && letter > floor_day(f->received);
}

static uint32_t plain_late(const struct plain_calendar *c, const struct facts *f, civil_minute end)
{
    if (!plain_past(f, f->statutory_due, end))
        return 0;
    uint32_t days = 0;
    for (civil_day d = floor_day(f->statutory_due) + 1; d <= floor_day(end); d++)
        days += plain_working(c, d);
    return days ? days : 1;
}

/* Days off and worked days at random over the span, in an office of their own. */
static struct office *random_office(struct random *r, struct plain_calendar *plain)
{
    struct office *o = office_new();
    assert_non_null(o);
    plain->first = civil_from_ymd(2026, 6, 1); /* a Monday */
    struct event known = {.kind = EVENT_YEARS_KNOWN, .known = {2026, 2026}};
    assert_true(office_apply(o, &known));
    for (int i = 0; i < SPAN; i++) {
        bool weekend = i % 7 >= 5;
        plain->working[i] = !weekend;
        if (i < 10 || i > SPAN - 10 || random_in(r, 0, 5))
            continue;
        plain->working[i] = weekend;
        struct event e = {.kind = EVENT_DAY_PUT,
                          .day = {plain->first + i, weekend ? DAY_WORKED : DAY_OFF, STR("x"), STR_NONE}};
        assert_true(office_apply(o, &e));
    }
    return o;
}

static civil_minute random_time(struct random *r, const struct plain_calendar *c, civil_minute from)
{
    if (from == NO_TIME)
        return civil_at(c->first + (civil_day)random_in(r, 30, 80), (int)random_in(r, 0, 1439));
    switch (random_in(r, 0, 3)) {
    case 0: return from + random_in(r, -2, 2);
    case 1: return from + random_in(r, -1440, 1440);
    default: return from + random_in(r, -14 * 1440, 25 * 1440);
    }
}

static void random_facts_agree_with_the_second_reading(void **state)
{
    (void)state;
    enum { OFFICES = 60, CASES = 1000 };
    const uint64_t seed = 20261121;
    struct random r = {seed};
    int seen[12] = {0};
    for (int n = 0; n < OFFICES * CASES; n++) {
        static struct office *office;
        static struct plain_calendar plain;
        if (n % CASES == 0) {
            office_free(office);
            office = random_office(&r, &plain);
        }
        struct facts f = {
            .id = 1,
            .state = (enum dossier_state)(random_in(&r, 0, 1) ? STATE_PROCESSING : random_in(&r, 1, 9)),
            .in_hours = random_in(&r, 0, 1),
            .apologized = random_in(&r, 0, 3) == 0,
            .waiting_since = NO_TIME,
            .resolved = NO_TIME,
            .returned = NO_TIME};
        f.due = f.statutory_due = random_time(&r, &plain, NO_TIME);
        if (random_in(&r, 0, 3) == 0)
            f.due += random_in(&r, 0, 10) * 1440;
        f.received = f.statutory_due - random_in(&r, 0, 10 * 1440);
        civil_minute now = random_time(&r, &plain, f.due);
        if (state_is_waiting(f.state))
            f.due = f.statutory_due = NO_TIME;
        else if (!state_is_open(f.state))
            f.resolved = random_time(&r, &plain, f.statutory_due);
        static const char digits[] = "0123456";
        int soon_days = random_in(&r, 0, 2) ? 1 : (int)random_in(&r, 0, 6);
        bool promised = random_in(&r, 0, 1);
        set(office, "soon.days", (struct str){digits + soon_days, 1});
        set(office, "report.basis", promised ? STR("promised") : STR_NONE);
        struct judge j = judge_at(office, now);

        enum status got = status_of(&j, &f);
        const char *expected = plain_status(&plain, &f, now, soon_days, promised);
        bool letter = plain_letter_due(&plain, &f, now);
        bool late = f.state == STATE_PROCESSING;
        uint32_t late_days = late ? plain_late(&plain, &f, now) : 0;
        bool rescheduled = late && plain_past(&f, f.statutory_due, now) && !plain_past(&f, f.due, now);
        if (strcmp(status_name(got), expected) != 0 || letter_is_due(&j, &f) != letter ||
            late_days_now(&j, &f, 0) != late_days || is_rescheduled(&j, &f) != rescheduled)
            fail_msg("seed %llu, case %d: state %d, in_hours %d, received %lld, statutory %lld, due %lld, "
                     "resolved %lld, now "
                     "%lld: %s for %s, letter %d for %d, late %u for %u, rescheduled %d for %d",
                     (unsigned long long)seed, n, f.state, f.in_hours, (long long)f.received,
                     (long long)f.statutory_due, (long long)f.due, (long long)f.resolved, (long long)now,
                     status_name(got), expected, letter_is_due(&j, &f), letter, late_days_now(&j, &f, 0),
                     late_days, is_rescheduled(&j, &f), rescheduled);
        seen[got]++;
        if (n == OFFICES * CASES - 1)
            office_free(office);
    }
    for (int s = STATUS_WAITING; s <= STATUS_VOID; s++)
        assert_true(seen[s] > 300); /* each status was met often */
}

int main(void)
{
    const struct CMUnitTest status[] = {
        cmocka_unit_test(a_judge_knows_the_days_ahead),
        cmocka_unit_test(an_open_dossier_goes_by_the_day),
        cmocka_unit_test(soon_counts_working_days),
        cmocka_unit_test(hours_go_by_the_minute),
        cmocka_unit_test(the_promised_time_rules_while_open),
        cmocka_unit_test(waiting_is_never_overdue),
        cmocka_unit_test(a_solved_dossier_goes_by_its_day),
        cmocka_unit_test(solved_in_hours_goes_by_the_minute),
        cmocka_unit_test(the_basis_of_reports_chooses_the_time),
        cmocka_unit_test(what_ended_while_waiting_is_judged_when_the_waiting_began),
        cmocka_unit_test(other_ends_are_their_own_word),
        cmocka_unit_test(uncollected_is_a_result_nobody_has),
        cmocka_unit_test(days_late_are_working_days),
    };
    const struct CMUnitTest letters[] = {
        cmocka_unit_test(the_letter_leaves_on_a_working_day_before),
        cmocka_unit_test(a_letter_is_due_from_its_day_on),
        cmocka_unit_test(short_limits_ask_for_a_letter_only_when_overdue),
        cmocka_unit_test(hours_are_overdue_after_the_minute),
        cmocka_unit_test(ended_dossiers_need_no_letter_from_the_list),
    };
    const struct CMUnitTest sets[] = {
        cmocka_unit_test(sets_are_read_word_by_word),
        cmocka_unit_test(urgency_puts_the_oldest_first_and_waiting_last),
    };
    const struct CMUnitTest oracle[] = {cmocka_unit_test(random_facts_agree_with_the_second_reading)};
    return cmocka_run_group_tests_name("status", status, world_up, world_down) +
           cmocka_run_group_tests_name("letters", letters, world_up, world_down) +
           cmocka_run_group_tests_name("sets", sets, world_up, world_down) +
           cmocka_run_group_tests_name("status oracle", oracle, NULL, NULL);
}
