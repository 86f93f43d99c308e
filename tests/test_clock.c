/* The machine's clock against the journal: what may follow what, who accepts a clock, and what is mended of
 * what was written by one that ran ahead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/clock.h"
#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, "chief", NULL);
}

/* ---- what may follow what ---- */

static void five_minutes_behind_are_forgiven(void **state)
{
    (void)state;
    const int64_t last = 1795226400;
    assert_false(clock_is_behind(last + 1, last));
    assert_false(clock_is_behind(last, last));
    assert_false(clock_is_behind(last - 300, last));
    assert_true(clock_is_behind(last - 301, last));
    assert_false(clock_is_behind(last - 301, NO_TIME)); /* nothing was ever written */
    /* whatever a damaged entry says */
    assert_true(clock_is_behind(INT64_MIN + 1, INT64_MAX));
    assert_true(clock_is_behind(-1, INT64_MAX));
    assert_false(clock_is_behind(INT64_MAX, INT64_MIN + 1));
    assert_true(clock_is_behind(NO_TIME, NO_TIME + 301));
    assert_false(clock_is_behind(NO_TIME, NO_TIME + 300));
}

static void only_an_accepted_clock_steps_back(void **state)
{
    (void)state;
    struct event e = {.kind = EVENT_RESOLVED, .recorded_at = 1000};
    assert_true(clock_may_follow(&e, NO_TIME));
    assert_true(clock_may_follow(&e, 999));
    assert_true(clock_may_follow(&e, 1000));
    assert_false(clock_may_follow(&e, 1001));
    e = (struct event){.kind = EVENT_CLOCK_ACCEPTED, .recorded_at = 1000, .clock = {.behind = 2000}};
    assert_true(clock_may_follow(&e, 2000));
    assert_false(clock_may_follow(&e, 1999)); /* another entry than the one it says */
    assert_false(clock_may_follow(&e, 2001));
    e.clock.behind = 1000;
    assert_false(clock_may_follow(&e, 1000)); /* no step back at all */
    e.clock.behind = 900;
    assert_false(clock_may_follow(&e, 900));
}

/* The first entry of this kind ever written must be readable for ever: these bytes are never to be changed.
 */
static void the_first_version_is_still_read(void **state)
{
    (void)state;
    static const unsigned char body[] = {
        9, 1,                               /* clock accepted, version 1 */
        0, 0, 0, 0, 0,    0,    0,    5,    /* previous */
        0, 0, 0, 0, 0,    0,    0,    0,    /* the office's chain */
        0, 0, 0, 0, 0x6b, 0x01, 0x2d, 0xb0, /* recorded_at */
        0, 0, 0, 0, 1,    0xc8, 0xf6, 0xc0, /* at */
        0, 0, 0, 3, 'n',  'a',  'm',        /* by */
        0, 0, 0, 2, 'o',  'k',              /* reason */
        0, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, /* behind: 2038-01-19T03:14:07Z */
        0, 0, 0, 0, 0,    0,    0,    4,    /* before */
    };
    struct event e;
    assert_true(event_decode((struct str){(const char *)body, sizeof body}, &e));
    assert_int_equal(e.kind, EVENT_CLOCK_ACCEPTED);
    assert_true(event_is_office(e.kind));
    assert_false(event_changes_days(e.kind));
    assert_int_equal(e.previous, 5);
    assert_int_equal(e.recorded_at, 0x6b012db0);
    assert_true(str_eq(e.by, STR("nam")));
    assert_true(str_eq(e.clock.reason, STR("ok")));
    assert_int_equal(e.clock.behind, 2147483647);
    assert_int_equal(e.clock.before, 4);
}

/* ---- accepting ---- */

/* `behind` seconds before the journal's last entry. */
static struct outcome accept_as(struct world *w, const char *login, const char *reason, int64_t behind,
                                struct decision *d)
{
    const struct command c = {
        .kind = COMMAND_CLOCK_ACCEPT, .at = NO_TIME, .clock = {.reason = str_of(reason)}};
    const struct moment m = {.now = w->now, .login = str_of(login)};
    struct needs needs;
    decide_needs(w->office, &c, &m, &needs);
    assert_true(needs.clock && !needs.dossier && !needs.code_sequence && needs.series == SERIES_NONE);
    const struct circumstances found = {.recorded_at = behind ? w->now + behind : NO_TIME,
                                        .clock_accepted = 7};
    *d = DECISION_INIT;
    return decide(w->office, NULL, &c, &m, &found, d);
}

static void an_admin_accepts_it_with_a_reason(void **state)
{
    struct world *w = *state;
    struct decision d;
    assert_done(accept_as(w, "admin", "  Pin đồng hồ hỏng ", 365 * 86400, &d));
    assert_int_equal(d.count, 1);
    const struct event *e = &d.event[0];
    assert_int_equal(e->kind, EVENT_CLOCK_ACCEPTED);
    assert_int_equal(e->dossier, 0);
    assert_str(e->by, "admin");
    assert_int_equal(e->at, world_time("2026-11-21T10:00"));
    assert_str(e->clock.reason, "Pin đồng hồ hỏng");
    assert_int_equal(e->clock.behind, w->now + 365 * 86400);
    assert_int_equal(e->clock.before, 7);
    decision_release(&d);
}

static void nobody_else_does(void **state)
{
    struct world *w = *state;
    struct decision d;
    static const char *const logins[] = {"huong", "nam", "chief", "gone", "stranger"};
    for (size_t i = 0; i < 5; i++) {
        struct outcome o = accept_as(w, logins[i], "Pin hỏng", 86400, &d);
        assert_refused(o, "not_allowed");
        assert_int_equal(o.arg[1].number, T_label_act_clock);
        assert_string_equal(o.arg[2].text, "admin");
    }
}

static void a_clock_that_is_not_behind_needs_none(void **state)
{
    struct world *w = *state;
    struct decision d;
    static const int64_t behind[] = {0, -86400, -1, 1, 300};
    for (size_t i = 0; i < 5; i++)
        assert_refused(accept_as(w, "admin", "Pin hỏng", behind[i], &d), "clock_not_behind");
    assert_done(accept_as(w, "admin", "Pin hỏng", 301, &d));
    decision_release(&d);
}

static void a_reason_says_something(void **state)
{
    struct world *w = *state;
    struct decision d;
    assert_refused(accept_as(w, "admin", "", 86400, &d), "empty_text");
    assert_refused(accept_as(w, "admin", "   ", 86400, &d), "empty_text");
    assert_refused(accept_as(w, "admin", "a\x1b[2J", 86400, &d), "bad_text");
    assert_refused(accept_as(w, "admin", "a\nb", 86400, &d), "bad_text");
    char much[1002];
    memset(much, 'x', sizeof much - 1);
    much[1001] = '\0';
    assert_refused(accept_as(w, "admin", much, 86400, &d), "too_long");
    struct outcome o = accept_as(w, "admin", NULL, 86400, &d);
    assert_refused(o, "empty_text");
    assert_int_equal(o.arg[0].number, T_label_reason);
}

/* ---- what a clock that ran ahead has left on a dossier ---- */

static void must_be_mended_first(struct world *w, const char *kind, const char *of)
{
    const struct command others[] = {
        ask_transfer("nam", NULL),
        ask_supplement(NULL),
        ask_resolve(NULL),
        ask_refuse("Không đủ điều kiện", NULL),
        ask_end(COMMAND_STOP, "Theo đơn", NULL),
        ask_await_payment(NULL),
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct outcome o = world_ask(w, others[i]);
        assert_refused(o, kind);
        assert_string_equal(o.arg[0].text, "H42.26.21-380115-0001");
        assert_int_equal(o.arg[1].number, world_time(of));
        struct moment m = {.now = w->now, .login = str_of(w->login)};
        struct outcome said = decide_preview(w->office, &w->dossier, others[i].kind, &m);
        assert_memory_equal(&said, &o, sizeof o); /* the screen tells it before a form is filled in */
    }
}

/* The receipt moves to when it was; its code stays, and the due time is counted from the true day. */
static void a_receipt_of_the_future_is_corrected_by_a_chief(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2038-01-15T09:00");
    assert_done(world_receive(w, "1.001", "2038-01-15T09:00"));
    assert_str(w->dossier.code, "H42.26.21-380115-0001");
    world_set_now(w, "2026-11-19T10:00");
    must_be_mended_first(w, "received_ahead", "2038-01-15T09:00");
    struct change to_morning = {CORRECT_RECEIVED_AT, STR("2026-11-19T08:30")};
    w->login = "huong"; /* the day of receipt is not today */
    assert_refused(world_ask(w, ask_changes(&to_morning, 1)), "not_allowed");
    w->login = "chief";
    struct change to_later = {CORRECT_RECEIVED_AT, STR("2026-11-19T10:30")};
    assert_refused(world_ask(w, ask_changes(&to_later, 1)), "future_time");
    assert_done(world_ask(w, ask_changes(&to_morning, 1)));
    assert_int_equal(w->dossier.facts.received, world_time("2026-11-19T08:30"));
    assert_int_equal(w->dossier.facts.due,
                     world_time("2026-11-25T17:00")); /* Fri, Mon, Wed: 24/11 is a day off */
    assert_str(w->dossier.code, "H42.26.21-380115-0001");
    w->login = "huong";
    assert_done(world_ask(w, ask_transfer("nam", NULL)));
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_int_equal(w->dossier.late.statutory, 0);
}

static void what_else_may_be_done_with_it(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2038-01-15T09:00");
    assert_done(world_receive(w, "1.001", "2038-01-15T09:00"));
    world_set_now(w, "2026-11-19T10:00");
    w->login = "huong"; /* what moves no due time */
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912345678")})));
    assert_refused(world_ask(w, ask_end(COMMAND_VOID, "Ghi nhầm", NULL)), "not_allowed");
    w->login = "chief";
    assert_done(world_ask(w, ask_end(COMMAND_VOID, "Ghi nhầm", NULL)));
    assert_int_equal(w->dossier.facts.state, STATE_VOID);
}

/* Each act of the wrong time is taken back, the last first, then the receipt is put right. */
static void acts_of_the_future_are_taken_back_by_a_chief(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2038-01-15T09:00");
    assert_done(world_receive(w, "1.001", "2038-01-15T09:00"));
    assert_done(world_ask_at(w, "2038-01-15T09:10", ask_transfer("nam", NULL)));
    assert_done(world_ask_at(w, "2038-01-15T09:20", ask_supplement(NULL)));
    assert_done(world_ask_at(w, "2038-01-15T09:30", ask_restart(NULL)));
    world_set_now(w, "2026-11-19T10:00");
    must_be_mended_first(w, "act_ahead", "2038-01-15T09:30");
    w->login = "huong"; /* nobody recorded it today */
    assert_refused(world_ask(w, ask_end(COMMAND_UNDO, "Sai giờ", NULL)), "not_allowed");
    w->login = "chief";
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Sai giờ", NULL)));
    assert_refused(world_ask(w, ask_restart(NULL)), "act_ahead"); /* the wait is of 09:20 */
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Sai giờ", NULL)));
    must_be_mended_first(w, "received_ahead", "2038-01-15T09:00");
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-19T09:00")})));
    assert_done(world_ask(w, ask_supplement(NULL)));
    assert_done(world_ask(w, ask_restart(NULL)));
}

/* Received rightly, its result typed in by the wrong clock: thousands of days late, until it is taken back.
 */
static void a_result_of_the_future_is_taken_back(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-18T08:00");
    assert_done(world_receive(w, "1.001", "2026-11-18T08:00"));
    assert_done(world_ask_at(w, "2038-01-15T09:00", ask_resolve(NULL)));
    assert_true(w->dossier.late.statutory > 2500);
    world_set_now(w, "2026-11-19T10:00");
    struct outcome o = world_ask(w, ask_return(NULL));
    assert_refused(o, "act_ahead");
    assert_int_equal(o.arg[1].number, world_time("2038-01-15T09:00"));
    assert_refused(world_ask(w, ask_rate(5, NULL)), "act_ahead");
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Sai giờ", NULL)));
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_int_equal(w->dossier.late.statutory, 0);
    assert_done(world_ask(w, ask_return(NULL)));
}

/* A letter of the future is taken back too: the dossier has its one letter again, with another number. */
static void a_letter_of_the_future_is_taken_back(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-18T08:00");
    assert_done(world_receive(w, "1.001", "2026-11-18T08:00"));
    w->login = "chief";
    assert_done(world_ask_at(w, "2027-11-18T09:00", ask_apologize("Chờ", "2027-11-25T17:00", NULL)));
    assert_false(w->dossier.apology.in_time);
    world_set_now(w, "2026-11-19T10:00");
    assert_refused(world_ask(w, ask_resolve(NULL)), "act_ahead");
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Sai giờ", NULL)));
    assert_done(world_ask(w, ask_apologize("Chờ xác minh", "2026-11-27T17:00", NULL)));
    assert_int_equal(w->dossier.apology.number, 2);
    assert_true(w->dossier.apology.in_time); /* due on Mon 23 */
}

/* Five minutes and less are lifted, so that now is never before what was just recorded; the very minute of
 * the receipt is not ahead. */
static void the_same_minute_is_not_ahead(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-18T08:00");
    assert_done(world_receive(w, "1.001", "2026-11-18T08:00"));
    assert_done(world_ask(w, ask_transfer("nam", NULL)));
    assert_refused(world_ask_at(w, "2026-11-18T07:59", ask_transfer("huong", NULL)), "received_ahead");
}

/* ---- what people read ---- */

static void the_sentences_say_what_to_do(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct outcome o = outcome_of(KIND_clock_behind);
    outcome_time(&o, world_time("2026-11-19T10:00"));
    outcome_time(&o, world_time("2038-01-15T09:00"));
    outcome_message(&text, LANG_EN, &o);
    assert_string_equal(
        text.p,
        "the machine's clock (2026-11-19 10:00) is behind the last entry (2038-01-15 09:00); where the "
        "clock is wrong, set it and try again; where it is right, that entry was made by a wrong one: "
        "an admin accepts the clock (motcua clock accept)");
    buf_reset(&text);
    outcome_message(&text, LANG_VI, &o);
    assert_non_null(strstr(text.p, "19/11/2026 10:00"));
    assert_non_null(strstr(text.p, "15/01/2038 09:00"));
    assert_non_null(strstr(text.p, "chỉnh lại"));
    assert_non_null(strstr(text.p, "quản trị viên"));
    buf_release(&text);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)
    const struct CMUnitTest tests[] = {
        T(five_minutes_behind_are_forgiven),
        T(only_an_accepted_clock_steps_back),
        T(the_first_version_is_still_read),
        T(an_admin_accepts_it_with_a_reason),
        T(nobody_else_does),
        T(a_clock_that_is_not_behind_needs_none),
        T(a_reason_says_something),
        T(a_receipt_of_the_future_is_corrected_by_a_chief),
        T(what_else_may_be_done_with_it),
        T(acts_of_the_future_are_taken_back_by_a_chief),
        T(a_result_of_the_future_is_taken_back),
        T(a_letter_of_the_future_is_taken_back),
        T(the_same_minute_is_not_ahead),
        T(the_sentences_say_what_to_do),
    };
    return cmocka_run_group_tests_name("the machine's clock", tests, NULL, NULL);
}
