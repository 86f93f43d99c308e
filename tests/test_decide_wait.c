/* Waiting for the applicant and ending without a result: supplements, payments, refusals, withdrawals,
 * stopping, void records, and the times at which all that may have happened. Dates are counted by hand:
 * Monday 16/11/2026, the 24th is a day off. */
#include "core/status.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, NULL, "2026-11-19T08:00");
}

static enum status status_now(const struct world *w)
{
    struct judge j = judge_at(w->office, civil_from_utc(w->now, 7 * 60));
    return status_of(&j, &w->dossier.facts);
}

static const struct event *last_event(const struct world *w)
{
    return &w->history[w->events - 1];
}

#define assert_late(d, on_statute, on_promise)                                                               \
    do {                                                                                                     \
        assert_int_equal((d)->late.statutory, on_statute);                                                   \
        assert_int_equal((d)->late.promised, on_promise);                                                    \
    } while (0)

/* ---- supplement and restart (Decree 61/2018 art. 19.4) ---- */

static void nothing_is_due_while_waiting_and_a_restart_begins_from_zero(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00")); /* due Thursday 19/11 */
    assert_done(world_ask(w, ask_supplement("2026-11-18T10:00")));
    assert_int_equal(d->facts.state, STATE_WAITING);
    assert_int_equal(d->facts.due, NO_TIME);
    assert_int_equal(d->facts.statutory_due, NO_TIME);
    assert_time(d->facts.waiting_since, "2026-11-18T10:00");
    assert_int_equal(status_now(w), STATUS_WAITING);
    assert_str(d->asked, "Thiếu giấy tờ");
    assert_int_equal(d->needs.n, 11);
    assert_int_equal(d->supplements, 1);
    assert_true(d->facts.moved);
    assert_false(last_event(w)->supplement.late_notice);
    /* Monday 23/11 at noon counts from 13:30; then 25/11, 26/11 and Friday 27/11. */
    struct command c = ask_restart(NULL);
    c.resume.note = STR("Đủ giấy tờ\nđã đối chiếu");
    assert_done(world_ask_at(w, "2026-11-23T12:00", c));
    assert_str(last_event(w)->resumed.note, "Đủ giấy tờ\nđã đối chiếu");
    assert_int_equal(d->facts.state, STATE_PROCESSING);
    assert_time(d->appointment.from, "2026-11-23T12:00");
    assert_time(d->appointment.counting, "2026-11-23T13:30");
    assert_time(d->facts.statutory_due, "2026-11-27T17:00");
    assert_time(d->facts.due, "2026-11-27T17:00");
    assert_int_equal(d->facts.waiting_since, NO_TIME);
    assert_false(d->facts.was_late || d->facts.was_late_promised || d->facts.insisted);
    world_set_now(w, "2026-11-27T16:00");
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_late(d, 0, 0);
    assert_int_equal(status_now(w), STATUS_ON_TIME);
}

static void a_supplement_says_why_and_what(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    struct command c = ask_supplement(NULL);
    c.supplement.needs = STR_NONE;
    struct outcome o = world_ask(w, c);
    assert_refused(o, "empty_text");
    assert_int_equal(o.arg[0].number, T_label_need);
    c = ask_supplement(NULL);
    c.supplement.needs = STR("\0\0\0\002  ");
    assert_refused(world_ask(w, c), "empty_text");
    c = ask_supplement(NULL);
    c.supplement.reason = STR(" ");
    o = world_ask(w, c);
    assert_refused(o, "empty_text");
    assert_int_equal(o.arg[0].number, T_label_reason);
    assert_int_equal(w->dossier.facts.state, STATE_PROCESSING);
}

static void a_second_supplement_needs_a_chief_who_insists(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-18T10:00")));
    struct outcome o = world_ask(w, ask_supplement(NULL));
    assert_refused(o, "waiting"); /* not even asked about: it waits already */
    assert_done(world_ask(w, ask_restart("2026-11-18T11:00")));
    o = world_ask(w, ask_supplement(NULL));
    assert_refused(o, "second_supplement");
    assert_int_equal(o.law, LAW_SUPPLEMENT);
    assert_refused(world_ask(w, ask_insist(NULL)), "not_allowed");
    assert_refused(world_ask_as(w, "nam", ask_insist(NULL)), "not_allowed");
    assert_refused(world_ask_as(w, "chief", ask_supplement(NULL)), "second_supplement");
    assert_false(w->dossier.facts.insisted);
    assert_done(world_ask_as(w, "chief", ask_insist(NULL)));
    assert_true(w->dossier.facts.insisted);
    assert_true(last_event(w)->supplement.insisted);
    assert_int_equal(w->dossier.supplements, 2);
}

static void insisting_where_nobody_objects_does_nothing(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    assert_done(world_ask(w, ask_insist(NULL)));
    assert_false(w->dossier.facts.insisted);
    assert_false(last_event(w)->supplement.insisted);
}

static void a_supplement_after_the_due_day_washes_no_lateness_away(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-20T10:00"); /* a day late */
    struct outcome o = world_ask(w, ask_supplement(NULL));
    assert_refused(o, "late_supplement");
    assert_int_equal(o.law, LAW_SUPPLEMENT);
    assert_time(o.arg[1].number, "2026-11-19T17:00");
    assert_refused(world_ask(w, ask_insist(NULL)), "not_allowed");
    assert_refused(world_ask_as(w, "chief", ask_supplement(NULL)), "late_supplement");
    assert_done(world_ask_as(w, "chief", ask_insist(NULL)));
    assert_late(d, 1, 1);
    assert_true(d->facts.was_late && d->facts.was_late_promised && d->facts.insisted);
    /* Four working days after the receipt: the applicant should have been told within three. */
    assert_true(last_event(w)->supplement.late_notice);
    world_set_now(w, "2026-11-25T10:00");
    assert_done(world_ask(w, ask_restart("2026-11-23T08:00")));
    assert_time(d->facts.due, "2026-11-27T17:00");
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_late(d, 1, 1);
    assert_int_equal(status_now(w), STATUS_LATE);
}

static void on_the_due_day_a_supplement_is_not_late(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-19T23:00");
    assert_done(world_ask(w, ask_supplement(NULL)));
    assert_late(&w->dossier, 0, 0);
}

static void in_hours_a_supplement_is_late_by_the_minute(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.004#01", "2026-11-18T08:00")); /* 8 hours: Thursday 08:00 */
    world_set_now(w, "2026-11-19T08:01");
    assert_refused(world_ask(w, ask_supplement(NULL)), "late_supplement");
    assert_refused(world_ask(w, ask_supplement("2026-11-19T08:00")), "late_supplement");
    assert_done(world_ask(w, ask_await_payment("2026-11-19T08:00")));
    assert_late(&w->dossier, 1, 1);
    world_set_now(w, "2026-11-19T08:00");
    assert_done(world_receive(w, "1.004#01", "2026-11-18T08:00"));
    assert_done(world_ask(w, ask_supplement(NULL)));
    assert_late(&w->dossier, 0, 0);
}

/* A wait is judged when it is recorded, whatever earlier day it is said to have begun on: nobody writes
 * lateness away afterwards. */
static void a_wait_written_down_late_washes_no_lateness_away(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00")); /* due Thursday 19/11 */
    world_set_now(w, "2026-11-23T10:00");                       /* 20/11 and 23/11 */
    struct outcome o = world_ask(w, ask_supplement("2026-11-18T10:00"));
    assert_refused(o, "late_supplement");
    assert_time(o.arg[1].number, "2026-11-19T17:00");
    assert_refused(world_ask(w, ask_insist("2026-11-18T10:00")), "not_allowed");
    assert_done(world_ask_as(w, "chief", ask_insist("2026-11-18T10:00")));
    assert_time(d->facts.waiting_since, "2026-11-18T10:00");
    assert_true(d->facts.insisted && last_event(w)->supplement.insisted);
    assert_false(last_event(w)->supplement.late_notice); /* the applicant was told on the 18th */
    assert_late(d, 2, 2);
    assert_done(world_ask(w, ask_restart(NULL)));
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_late(d, 2, 2);
    assert_int_equal(status_now(w), STATUS_LATE);
}

static void a_payment_awaited_in_hindsight_leaves_it_late(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-20T10:00");
    assert_done(world_ask(w, ask_await_payment("2026-11-19T16:00")));
    assert_late(d, 1, 1);
    assert_true(d->facts.was_late && d->facts.was_late_promised);
    assert_done(world_ask(w, ask_refuse("Không nộp", NULL))); /* what ends while it waits takes that over */
    assert_late(d, 1, 1);
    assert_late(&last_event(w)->ended, 1, 1);
    assert_int_equal(status_now(w), STATUS_LATE);
}

static void a_wait_written_down_in_time_is_none_of_that(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-19T23:00"); /* the due day */
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-17T10:00")));
    assert_late(&w->dossier, 0, 0);
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_await_payment("2026-11-17T10:00")));
    assert_late(&w->dossier, 0, 0);
}

static void the_notice_is_late_after_three_working_days(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-27T16:00");
    /* Received on a Saturday it counts from Monday 23/11; the 24th is off: 25, 26, 27. */
    assert_done(world_receive(w, "1.006", "2026-11-21T10:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-27T16:00")));
    assert_false(last_event(w)->supplement.late_notice);
    assert_done(world_receive(w, "1.006", "2026-11-20T10:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-26T16:00"))); /* 23, 25, 26: the third */
    assert_false(last_event(w)->supplement.late_notice);
    assert_done(world_receive(w, "1.006", "2026-11-20T10:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-27T16:00"))); /* the fourth */
    assert_true(last_event(w)->supplement.late_notice);
}

/* An apology, then a supplement, then a restart: the letter stays used, the lateness by statute stays, both
 * due times are new. */
static void apology_then_supplement_then_restart(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_apologize("Chờ xác minh", "2026-12-01", "2026-11-18T08:00")));
    world_set_now(w, "2026-11-23T09:00");
    assert_done(world_ask(w, ask_supplement("2026-11-20T10:00"))); /* past the statute, not the promise */
    assert_late(d, 2, 0); /* 20/11, and 23/11 when it is written down */
    assert_true(d->facts.was_late);
    assert_false(d->facts.was_late_promised || d->facts.insisted);
    assert_refused(world_ask(w, ask_apologize("Lại", "2026-12-08", NULL)), "waiting");
    assert_done(world_ask(w, ask_restart(NULL)));
    assert_time(d->facts.statutory_due, "2026-11-27T17:00");
    assert_time(d->facts.due, "2026-11-27T17:00");
    assert_true(d->facts.apologized);
    assert_refused(world_ask(w, ask_apologize("Lại", "2026-12-08", NULL)), "second_apology");
    world_set_now(w, "2026-11-30T09:00"); /* Monday: one working day past Friday */
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_late(d, 3, 1);
}

static void a_supplement_past_a_promised_date_is_late_too(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_apologize("Chờ xác minh", "2026-11-20", "2026-11-18T08:00")));
    world_set_now(w, "2026-11-20T16:00");
    assert_done(decide_preview(w->office, &w->dossier, COMMAND_SUPPLEMENT,
                               &(struct moment){.now = w->now, .login = STR("huong")}));
    world_set_now(w, "2026-11-23T09:00");
    struct outcome o = world_ask(w, ask_supplement(NULL));
    assert_refused(o, "late_supplement");
    assert_time(o.arg[1].number, "2026-11-20T17:00");
    assert_done(world_ask_as(w, "chief", ask_insist(NULL)));
    assert_late(&w->dossier, 2, 1); /* 20/11 and 23/11; 23/11 */
}

static void what_is_not_waiting_cannot_be_taken_up_again(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    struct outcome not = world_ask(w, ask_restart(NULL));
    assert_refused(not, "not_waiting");
    assert_int_equal(not .arg[1].number, T_label_state_waiting);
    not = world_ask(w, ask_paid("1 working_day", NULL));
    assert_refused(not, "not_waiting");
    assert_int_equal(not .arg[1].number, T_label_state_waiting_payment);
    assert_done(world_ask(w, ask_supplement("2026-11-18T10:00")));
    assert_refused(world_ask(w, ask_paid("1 working_day", NULL)), "not_waiting");
    struct outcome o = world_ask(w, ask_await_payment(NULL));
    assert_refused(o, "waiting");
    assert_int_equal(o.arg[1].number, T_label_state_waiting);
    assert_int_equal(o.arg[2].number, T_label_hint_restart);
    assert_refused(world_ask(w, ask_resolve(NULL)), "waiting");
    assert_refused(world_ask(w, ask_return(NULL)), "waiting");
    assert_refused(world_ask(w, ask_transfer("nam", NULL)), "waiting");
    assert_done(world_ask(w, ask_restart("2026-11-18T11:00")));
    assert_done(world_ask(w, ask_await_payment("2026-11-18T12:00")));
    assert_refused(world_ask(w, ask_restart(NULL)), "not_waiting");
    o = world_ask(w, ask_supplement(NULL));
    assert_refused(o, "waiting");
    assert_int_equal(o.arg[1].number, T_label_state_waiting_payment);
    assert_int_equal(o.arg[2].number, T_label_hint_paid);
    assert_done(world_ask(w, ask_refuse("Không nộp", NULL)));
    assert_refused(world_ask(w, ask_paid("1 working_day", NULL)), "not_open");
    assert_refused(world_ask(w, ask_restart(NULL)), "not_open");
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_refused(world_ask(w, ask_restart(NULL)), "already_resolved");
    assert_refused(world_ask(w, ask_supplement(NULL)), "already_resolved");
    assert_refused(world_ask(w, ask_await_payment(NULL)), "already_resolved");
}

/* ---- a tax or fee ---- */

static void a_payment_gives_a_second_appointment_with_its_own_limit(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    struct command wait = ask_await_payment("2026-11-18T10:00");
    wait.resume.note = STR("Thông báo thuế\nsố 12");
    assert_done(world_ask(w, wait));
    assert_str(last_event(w)->payment.note, "Thông báo thuế\nsố 12");
    assert_int_equal(d->facts.state, STATE_WAITING_PAYMENT);
    assert_int_equal(d->facts.due, NO_TIME);
    assert_int_equal(d->supplements, 0);
    world_set_now(w, "2026-11-20T09:00");
    struct outcome o = world_ask(w, ask_paid(NULL, NULL));
    assert_refused(o, "empty_text");
    assert_int_equal(o.arg[0].number, T_label_within);
    assert_refused(world_ask(w, ask_paid("3000 months", NULL)), "limit_too_far");
    struct command noted = ask_paid("2 working_days", NULL);
    noted.resume.note = STR("\x1b[2J");
    assert_refused(world_ask(w, noted), "bad_text");
    assert_done(world_ask(w, ask_paid("2 working_days", NULL))); /* 23/11, 25/11 */
    assert_time(d->facts.statutory_due, "2026-11-25T17:00");
    assert_time(d->facts.due, "2026-11-25T17:00");
    assert_int_equal(d->within.kind, LIMIT_WORKING_DAYS);
    assert_int_equal(dossier_limit(d)->hundredths, 200);
    /* A supplement after that restarts the receipt's own limit: 25/11, 26/11, 27/11. */
    assert_done(world_ask(w, ask_supplement(NULL)));
    assert_done(world_ask_at(w, "2026-11-23T08:00", ask_restart(NULL)));
    assert_int_equal(d->within.kind, LIMIT_NONE);
    assert_time(d->facts.due, "2026-11-27T17:00");
    assert_refused(world_ask_as(w, "chief", ask_paid("3000 months", NULL)), "not_waiting");
}

static void a_payment_in_hours_is_judged_by_the_minute(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    assert_done(world_ask(w, ask_await_payment("2026-11-18T10:00")));
    assert_done(world_ask(w, ask_paid("1 working_hour", "2026-11-18T14:00")));
    assert_true(w->dossier.facts.in_hours);
    assert_time(w->dossier.facts.due, "2026-11-18T15:00");
    assert_done(world_ask(w, ask_resolve("2026-11-18T15:01")));
    assert_late(&w->dossier, 1, 1);
}

static void a_late_dossier_may_wait_for_its_payment_and_stays_late(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-20T09:00");
    assert_done(world_ask(w, ask_await_payment(NULL)));
    assert_late(&w->dossier, 1, 1);
    assert_done(world_ask(w, ask_paid("2 working_days", NULL)));
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_late(&w->dossier, 1, 1);
    assert_int_equal(status_now(w), STATUS_LATE);
}

/* The second appointment has a limit of its own choosing: one round of it is the desk's, more a chief's. */
static void a_second_round_of_payment_is_a_chiefs(void **state)
{
    struct world *w = *state;
    const struct moment huong = {.now = w->now, .login = STR("huong")};
    const struct moment chief = {.now = w->now, .login = STR("chief")};
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    assert_done(world_ask(w, ask_await_payment("2026-11-18T10:00")));
    assert_done(world_ask(w, ask_paid("2 working_days", "2026-11-18T11:00")));
    assert_done(world_ask(w, ask_await_payment("2026-11-18T14:00")));
    struct outcome o = world_ask(w, ask_paid("20 working_days", NULL));
    assert_refused(o, "not_allowed");
    assert_int_equal(o.arg[1].number, T_label_act_paid_again);
    assert_string_equal(o.arg[2].text, "chief");
    assert_refused(world_ask_as(w, "nam", ask_paid("1 working_day", NULL)), "not_allowed");
    assert_refused(decide_preview(w->office, &w->dossier, COMMAND_PAID, &huong), "not_allowed");
    assert_done(decide_preview(w->office, &w->dossier, COMMAND_PAID, &chief));
    assert_done(world_ask_as(w, "chief", ask_paid("1 working_day", "2026-11-18T16:00")));
    assert_time(w->dossier.facts.due, "2026-11-19T17:00");
}

/* ---- ending ---- */

static void a_refusal_while_waiting_is_judged_when_the_wait_began(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-17T10:00")));
    world_set_now(w, "2026-12-31T10:00");
    assert_done(world_ask(w, ask_refuse("Người nộp không bổ sung", NULL)));
    assert_int_equal(d->facts.state, STATE_REFUSED);
    assert_time(d->facts.resolved, "2026-12-31T10:00");
    assert_time(d->facts.waiting_since, "2026-11-17T10:00");
    assert_time(d->facts.due, "2026-11-19T17:00");
    assert_time(d->facts.statutory_due, "2026-11-19T17:00");
    assert_late(d, 0, 0);
    assert_int_equal(status_now(w), STATUS_EARLY);
    assert_refused(world_ask(w, ask_apologize("Chậm", NULL, NULL)), "not_open"); /* it is not late */
}

static void what_was_late_when_the_wait_began_ends_late(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-23T10:00");
    assert_done(world_ask_as(w, "chief", ask_insist(NULL))); /* 20/11 and 23/11 */
    assert_late(&w->dossier, 2, 2);
    world_set_now(w, "2026-12-31T10:00");
    assert_done(world_ask(w, ask_refuse("Không bổ sung", NULL)));
    assert_late(&w->dossier, 2, 2);
    assert_int_equal(status_now(w), STATUS_LATE);
    assert_done(world_ask(w, ask_apologize("Chậm", NULL, NULL)));
}

/* A solved dossier is also one withdrawn or stopped: late, it may get its one letter, with nothing left to
 * promise. */
static void what_is_stopped_or_withdrawn_late_may_get_its_letter(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    static const struct {
        const char *received, *due;
        enum command_kind end;
        enum dossier_state state;
    } cases[] = {
        {"2025-06-25T09:00", "2025-06-30T17:00", COMMAND_WITHDRAW, STATE_WITHDRAWN},
        {"2026-11-16T09:00", "2026-11-19T17:00", COMMAND_STOP, STATE_STOPPED},
    };
    w->login = "chief";
    world_set_now(w, "2026-11-23T10:00");
    for (size_t i = 0; i < 2; i++) {
        assert_done(world_receive(w, "1.001", cases[i].received));
        assert_done(world_ask(w, ask_end(cases[i].end, "Theo đơn", "2026-11-20T10:00")));
        struct outcome o = world_ask(w, ask_apologize("Chậm", "2026-12-01", NULL));
        assert_refused(o, "not_open");
        assert_int_equal(o.arg[2].number, T_label_hint_no_until);
        assert_refused(world_ask(w, ask_apologize("Chậm", NULL, "2026-11-20T09:59")), "before_result");
        assert_done(world_ask(w, ask_apologize("Chậm", NULL, NULL)));
        assert_int_equal(d->facts.state, cases[i].state);
        assert_int_equal(d->apology.new_due, NO_TIME);
        assert_time(d->apology.old_due, cases[i].due);
        assert_time(d->facts.due, cases[i].due);
        assert_false(d->apology.in_time);
        assert_true(d->facts.apologized);
        assert_refused(world_ask(w, ask_apologize("Chậm", NULL, NULL)), "second_apology");
    }
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_end(COMMAND_STOP, "Theo đơn", "2026-11-19T10:00"))); /* in time */
    struct outcome o = world_ask(w, ask_apologize("Chậm", NULL, NULL));
    assert_refused(o, "not_open");
    assert_int_equal(o.arg[2].type, ARG_NONE);
}

static void each_rule_set_knows_its_own_way_out(void **state)
{
    struct world *w = *state;
    w->login = "chief";
    world_set_now(w, "2026-11-20T10:00");
    static const struct {
        const char *received;
        enum rule_set rules;
        enum command_kind right, wrong;
        const char *refusal;
        enum dossier_state state;
    } cases[] = {
        {"2025-06-30T16:00", RULES_61, COMMAND_WITHDRAW, COMMAND_STOP, "use_withdraw", STATE_WITHDRAWN},
        {"2025-07-01T07:00", RULES_118, COMMAND_STOP, COMMAND_WITHDRAW, "use_stop", STATE_STOPPED},
    };
    for (size_t i = 0; i < 2; i++) {
        assert_done(world_receive(w, "1.001", cases[i].received));
        struct outcome o = world_ask(w, ask_end(cases[i].wrong, "Theo đơn", NULL));
        assert_refused(o, cases[i].refusal);
        assert_int_equal(o.rules, cases[i].rules);
        assert_int_equal(o.law, LAW_STOPPING);
        assert_refused(world_ask(w, ask_end(cases[i].right, "", NULL)), "empty_text");
        assert_done(world_ask(w, ask_end(cases[i].right, "Theo đơn", NULL)));
        assert_int_equal(w->dossier.facts.state, cases[i].state);
        assert_time(w->dossier.facts.resolved, "2026-11-20T10:00");
        assert_true(w->dossier.late.statutory > 300); /* more than a year of working days */
        assert_str(w->dossier.result, "Theo đơn");
        /* Ended: the state is refused before the word is. */
        assert_refused(world_ask(w, ask_end(cases[i].wrong, "Lại", NULL)), "not_open");
        assert_refused(world_ask(w, ask_end(cases[i].right, "Lại", NULL)), "not_open");
    }
}

static void refusals_cite_the_decree_of_the_receipt(void **state)
{
    struct world *w = *state;
    w->login = "chief";
    static const struct {
        const char *received, *vi;
    } cases[] = {
        {"2024-11-18T09:00", "khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP"},
        {"2026-11-16T09:00", "Nghị định 118/2025/NĐ-CP"},
    };
    world_set_now(w, "2026-11-23T10:00");
    for (size_t i = 0; i < 2; i++) {
        assert_done(world_receive(w, "1.001", cases[i].received));
        struct outcome o = world_ask(w, ask_supplement(NULL));
        assert_refused(o, "late_supplement");
        struct buf law = BUF_INIT;
        law_cite(&law, LANG_VI, o.rules, o.law, STR_NONE);
        assert_str(buf_str(&law), cases[i].vi);
        buf_release(&law);
    }
}

static void ending_is_for_what_has_no_result(void **state)
{
    struct world *w = *state;
    static const enum command_kind ends[] = {COMMAND_REFUSE, COMMAND_STOP, COMMAND_VOID};
    for (size_t i = 0; i < 3; i++) {
        w->login = "chief";
        assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
        assert_done(world_ask(w, ask_resolve("2026-11-18T16:00")));
        assert_refused(world_ask(w, ask_end(ends[i], "Nhầm", NULL)), "already_resolved");
        assert_done(world_ask(w, ask_return(NULL)));
        assert_refused(world_ask(w, ask_end(ends[i], "Nhầm", NULL)), "already_resolved");
        /* Waiting for a supplement or a payment it may end. */
        assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
        assert_done(world_ask(w, i ? ask_supplement(NULL) : ask_await_payment(NULL)));
        assert_done(world_ask(w, ask_end(ends[i], "Nhầm", NULL)));
        assert_refused(world_ask(w, ask_end(ends[i], "Nhầm", NULL)), "not_open");
    }
}

static void void_is_for_those_in_charge_and_never_late(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-25T10:00");
    assert_refused(world_ask(w, ask_end(COMMAND_VOID, "Nhập hai lần", NULL)), "not_allowed");
    assert_refused(world_ask_as(w, "nam", ask_end(COMMAND_VOID, "Nhập hai lần", NULL)), "not_allowed");
    assert_refused(world_ask_as(w, "chief", ask_end(COMMAND_VOID, "  ", NULL)), "empty_text");
    assert_done(world_ask_as(w, "chief", ask_insist(NULL)));
    assert_late(d, 3, 3); /* 20, 23 and 25/11 */
    assert_done(world_ask_as(w, "chief", ask_end(COMMAND_VOID, "Nhập hai lần", NULL)));
    assert_int_equal(d->facts.state, STATE_VOID);
    assert_int_equal(d->facts.ended_how, ENDED_VOID);
    assert_str(d->result, "Nhập hai lần");
    assert_int_equal(d->facts.resolved, NO_TIME);
    assert_late(d, 0, 0);
    assert_int_equal(status_now(w), STATUS_VOID);
    static const enum command_kind after[] = {COMMAND_REFUSE, COMMAND_STOP, COMMAND_VOID};
    for (size_t i = 0; i < 3; i++)
        assert_refused(world_ask_as(w, "admin", ask_end(after[i], "Nữa", NULL)), "not_open");
    assert_refused(world_ask(w, ask_resolve(NULL)), "not_open");
    assert_refused(world_ask(w, ask_return(NULL)), "not_open");
    assert_refused(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912")})), "not_open");
}

/* ---- when it happened ---- */

static void nothing_lies_before_the_step_it_belongs_to(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-18T16:00");
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-17T10:00")));
    struct outcome o = world_ask(w, ask_restart("2026-11-17T09:59"));
    assert_refused(o, "before_turn");
    assert_time(o.arg[0].number, "2026-11-17T09:59");
    assert_time(o.arg[1].number, "2026-11-17T10:00");
    assert_refused(world_ask(w, ask_refuse("Không", "2026-11-17T09:59")), "before_turn");
    assert_refused(world_ask(w, ask_end(COMMAND_STOP, "Không", "2026-11-17T09:59")), "before_turn");
    assert_refused(world_ask_as(w, "chief", ask_end(COMMAND_VOID, "Không", "2026-11-17T09:59")),
                   "before_turn");
    assert_done(world_ask(w, ask_restart("2026-11-17T10:00"))); /* the same minute will do */
    assert_done(world_ask(w, ask_await_payment("2026-11-17T14:00")));
    assert_refused(world_ask(w, ask_paid("1 working_day", "2026-11-17T13:59")), "before_turn");
    assert_done(world_ask(w, ask_paid("1 working_day", "2026-11-18T08:00")));
    assert_refused(world_ask(w, ask_resolve("2026-11-18T07:59")), "before_turn");
    assert_refused(world_ask(w, ask_refuse("Không", "2026-11-18T07:59")), "before_turn");
    assert_refused(world_ask_as(w, "chief", ask_insist("2026-11-18T07:59")), "before_turn");
    assert_refused(world_ask(w, ask_await_payment("2026-11-18T07:59")), "before_turn");
    assert_refused(world_ask(w, ask_apologize("Chậm", "2026-12-01", "2026-11-18T07:59")), "before_turn");
    /* Who holds it, and what the receipt says, has nothing to do with that. */
    assert_done(world_ask(w, ask_transfer("nam", "2026-11-17T11:00")));
    struct command c = ask_correct({CORRECT_PHONE, STR("0912345678")});
    c.at = world_time("2026-11-17T11:00");
    assert_done(world_ask(w, c));
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Nhầm", "2026-11-17T11:00")));
    assert_done(world_ask(w, ask_resolve("2026-11-18T08:00")));
}

static void neither_a_wait_nor_an_end_lies_before_the_letter(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    assert_done(world_ask(w, ask_apologize("Chậm", "2026-12-01", "2026-11-18T08:00")));
    assert_refused(world_ask(w, ask_supplement("2026-11-18T07:59")), "before_letter");
    assert_refused(world_ask(w, ask_await_payment("2026-11-18T07:59")), "before_letter");
    assert_refused(world_ask(w, ask_end(COMMAND_STOP, "Theo đơn", "2026-11-18T07:59")), "before_letter");
    assert_refused(world_ask(w, ask_refuse("Không", "2026-11-18T07:59")), "before_letter");
    assert_done(world_ask_as(w, "chief", ask_end(COMMAND_VOID, "Nhầm", "2026-11-18T07:59")));
}

/* From Saturday 21/11: 18, 19 and 20/11 are three working days back to the 17th. */
static void who_may_record_what_happened_long_ago(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-21T10:00");
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time("2026-11-17T07:00")};
    c.receive.procedure = STR("1.001");
    c.receive.applicant.name = STR("A");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    assert_done(world_ask(w, c));
    c.at = world_time("2026-11-16T17:00");
    struct outcome o = world_ask(w, c);
    assert_refused(o, "not_allowed");
    assert_int_equal(o.arg[1].number, T_label_act_backdate);
    assert_string_equal(o.arg[2].text, "chief"); /* whom to ask */
    assert_refused(world_ask_as(w, "nam", c), "not_allowed");
    assert_done(world_ask_as(w, "admin", c));
    assert_done(world_ask_as(w, "chief", c));
    static const enum command_kind ends[] = {COMMAND_REFUSE, COMMAND_STOP, COMMAND_UNDO};
    for (size_t i = 0; i < 3; i++)
        assert_refused(world_ask(w, ask_end(ends[i], "Lý do", "2026-11-16T17:00")),
                       i == 2 ? "nothing_to_undo" : "not_allowed");
    assert_refused(world_ask(w, ask_resolve("2026-11-16T17:00")), "not_allowed");
    assert_refused(world_ask(w, ask_transfer("nam", "2026-11-16T17:00")), "not_allowed");
    assert_refused(world_ask(w, ask_supplement("2026-11-16T17:00")), "not_allowed");
    assert_refused(world_ask(w, ask_await_payment("2026-11-16T17:00")), "not_allowed");
    assert_refused(world_ask(w, ask_apologize("Chậm", "2026-12-01", "2026-11-16T17:00")), "not_allowed");
    assert_done(world_ask(w, ask_resolve("2026-11-17T07:00")));
    assert_refused(world_ask(w, ask_rate(5, "2026-11-16T17:00")), "not_allowed");
    assert_refused(world_ask(w, ask_return("2026-11-17T06:59")), "before_result");
}

static void days_off_do_not_make_it_longer_ago(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-30T10:00");
    w->login = "chief";
    assert_done(world_receive(w, "1.001", "2026-11-23T09:00"));
    w->login = "huong";
    assert_refused(world_ask(w, ask_resolve("2026-11-24T16:00")), "not_allowed"); /* 25, 26, 27, 30 */
    assert_done(world_ask(w, ask_resolve("2026-11-25T07:00")));                   /* 26, 27, 30 */
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nothing_is_due_while_waiting_and_a_restart_begins_from_zero),
        T(a_supplement_says_why_and_what),
        T(a_second_supplement_needs_a_chief_who_insists),
        T(insisting_where_nobody_objects_does_nothing),
        T(a_supplement_after_the_due_day_washes_no_lateness_away),
        T(on_the_due_day_a_supplement_is_not_late),
        T(in_hours_a_supplement_is_late_by_the_minute),
        T(a_wait_written_down_late_washes_no_lateness_away),
        T(a_payment_awaited_in_hindsight_leaves_it_late),
        T(a_wait_written_down_in_time_is_none_of_that),
        T(the_notice_is_late_after_three_working_days),
        T(apology_then_supplement_then_restart),
        T(a_supplement_past_a_promised_date_is_late_too),
        T(what_is_not_waiting_cannot_be_taken_up_again),
        T(a_payment_gives_a_second_appointment_with_its_own_limit),
        T(a_payment_in_hours_is_judged_by_the_minute),
        T(a_late_dossier_may_wait_for_its_payment_and_stays_late),
        T(a_second_round_of_payment_is_a_chiefs),
        T(a_refusal_while_waiting_is_judged_when_the_wait_began),
        T(what_was_late_when_the_wait_began_ends_late),
        T(what_is_stopped_or_withdrawn_late_may_get_its_letter),
        T(each_rule_set_knows_its_own_way_out),
        T(refusals_cite_the_decree_of_the_receipt),
        T(ending_is_for_what_has_no_result),
        T(void_is_for_those_in_charge_and_never_late),
        T(nothing_lies_before_the_step_it_belongs_to),
        T(neither_a_wait_nor_an_end_lies_before_the_letter),
        T(who_may_record_what_happened_long_ago),
        T(days_off_do_not_make_it_longer_ago),
    };
    return cmocka_run_group_tests_name("waiting and ending", tests, NULL, NULL);
}
