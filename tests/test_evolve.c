/* A dossier as its history makes it, and taking the last act back: what stands, who may, and what a damaged
 * journal says. Dates are counted by hand: Monday 16/11/2026, the 24th is a day off. */
#include "core/evolve.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, NULL, "2026-11-18T10:00");
}

static struct command ask_undo(void)
{
    return ask_end(COMMAND_UNDO, "Ghi nhầm", NULL);
}

/* The record's bytes, but for the place of its last event in the journal. */
static struct buf record_of(const struct world *w)
{
    struct dossier d = w->dossier;
    struct buf bytes = BUF_INIT;
    d.last_event = 0;
    dossier_encode(&bytes, &d);
    return bytes;
}

static void assert_taken_back(struct world *w, struct command act)
{
    struct buf before = record_of(w);
    uint64_t last = w->dossier.last.seq;
    size_t events = w->events;
    assert_done(world_ask(w, act));
    assert_true(w->dossier.last.seq != last);
    uint64_t seq = w->dossier.last.seq;
    int kind = w->dossier.last.kind;
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(w->events, events + 2);
    const struct event *undone = &w->history[w->events - 1];
    assert_int_equal(undone->kind, EVENT_UNDONE);
    assert_int_equal(undone->undone.seq, seq);
    assert_int_equal(undone->undone.kind, kind);
    assert_str(undone->undone.reason, "Ghi nhầm");
    assert_int_equal(w->history[w->events - 2].undone_by, undone->seq);
    struct buf after = record_of(w);
    assert_true(str_eq(buf_str(&before), buf_str(&after)));
    buf_release(&before);
    buf_release(&after);
}

/* ---- what is taken back never was ---- */

static void every_act_can_be_taken_back(void **state)
{
    struct world *w = *state;
    w->login = "chief";
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    struct command outside = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    outside.transfer.unit = STR("Chi nhánh đất đai");
    /* Running. */
    assert_taken_back(w, ask_transfer("nam", NULL));
    assert_taken_back(w, outside);
    assert_taken_back(w, ask_apologize("Chậm", "2026-12-01", NULL));
    assert_taken_back(w, ask_supplement(NULL));
    assert_taken_back(w, ask_await_payment(NULL));
    assert_taken_back(w, ask_resolve(NULL));
    assert_taken_back(w, ask_refuse("Không", NULL));
    assert_taken_back(w, ask_end(COMMAND_STOP, "Theo đơn", NULL));
    assert_taken_back(w, ask_end(COMMAND_VOID, "Nhầm", NULL));
    assert_taken_back(w, ask_correct({CORRECT_PROCEDURE, STR("1.006")}, {CORRECT_PHONE, STR("09")}));
    /* Waiting, for the one and for the other. */
    assert_done(world_ask(w, ask_supplement(NULL)));
    assert_taken_back(w, ask_restart(NULL));
    assert_taken_back(w, ask_refuse("Không bổ sung", NULL));
    assert_taken_back(w, ask_end(COMMAND_VOID, "Nhầm", NULL));
    assert_done(world_ask(w, ask_restart(NULL)));
    assert_done(world_ask(w, ask_await_payment(NULL)));
    assert_taken_back(w, ask_paid("2 working_hours", NULL));
    assert_taken_back(w, ask_end(COMMAND_STOP, "Thôi", NULL));
    assert_done(world_ask(w, ask_paid("2 working_days", NULL)));
    assert_taken_back(w, ask_insist(NULL)); /* a second one */
    /* Solved, handed over, rated. */
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_taken_back(w, ask_return(NULL));
    assert_taken_back(w, ask_rate(4, NULL));
    assert_done(world_ask(w, ask_return(NULL)));
    assert_done(world_ask(w, ask_rate(4, NULL)));
    assert_taken_back(w, ask_rate(2, NULL));
    assert_int_equal(w->dossier.rating, 4);
}

static void one_after_the_other_down_to_the_receipt(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00"));
    assert_refused(world_ask(w, ask_undo()), "nothing_to_undo");
    assert_done(world_ask(w, ask_transfer("nam", NULL)));
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_done(world_ask(w, ask_return(NULL)));
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(w->dossier.facts.state, STATE_RESOLVED);
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(w->dossier.facts.state, STATE_PROCESSING);
    assert_str(w->dossier.officer, "nam");
    assert_done(world_ask(w, ask_undo()));
    assert_str(w->dossier.officer, "huong");
    assert_refused(world_ask(w, ask_undo()), "nothing_to_undo");
    assert_done(world_ask(w, ask_resolve(NULL))); /* and life goes on */
    assert_int_equal(w->events, 8);
}

static void an_undone_letter_keeps_its_number_and_gives_the_dossier_another(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00")); /* due 20/11 */
    assert_done(world_ask(w, ask_apologize("Chờ xác minh", "2026-12-01", NULL)));
    assert_int_equal(d->apology.number, 1);
    assert_done(world_ask(w, ask_undo()));
    assert_false(d->facts.apologized || d->facts.moved);
    assert_int_equal(d->apology.number, 0);
    assert_time(d->facts.due, "2026-11-20T17:00");
    assert_done(world_ask(w, ask_apologize("Chờ xác minh", "2026-11-27", NULL)));
    assert_int_equal(d->apology.number, 2);
    assert_time(d->facts.due, "2026-11-27T17:00");
    assert_time(d->apology.old_due, "2026-11-20T17:00");
    assert_refused(world_ask(w, ask_apologize("Lại", "2026-12-08", NULL)), "second_apology");
    assert_int_equal(w->history[1].apologized.number, 1); /* "hủy": still in the history */
}

/* Insisted on, late, moved: all of it was the request's. */
static void an_undone_supplement_leaves_no_mark(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-20T10:00");
    w->login = "chief";
    assert_done(world_ask(w, ask_insist(NULL)));
    assert_true(w->dossier.facts.insisted && w->dossier.facts.was_late);
    assert_done(world_ask(w, ask_undo()));
    assert_false(w->dossier.facts.insisted || w->dossier.facts.was_late ||
                 w->dossier.facts.was_late_promised);
    assert_int_equal(w->dossier.supplements, 0);
    assert_int_equal(w->dossier.late.statutory, 0);
    assert_time(w->dossier.facts.due, "2026-11-19T17:00");
}

static void what_was_served_at_once_is_taken_back_in_two_steps(void **state)
{
    struct world *w = *state;
    const struct facts *f = &w->dossier.facts;
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    c.receive.procedure = STR("1.002");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    c.receive.serve = true;
    c.receive.collect = CHANNEL_POSTAL;
    assert_done(world_ask(w, c));
    assert_int_equal(w->events, 3);
    assert_int_equal(f->state, STATE_RETURNED);
    assert_time(f->received, "2026-11-18T10:00");
    assert_int_equal(f->resolved, f->received);
    assert_int_equal(f->returned, f->received);
    assert_int_equal(w->dossier.return_channel, CHANNEL_POSTAL);
    assert_int_equal(w->dossier.late.statutory, 0);
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(f->state, STATE_RESOLVED);
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(f->state, STATE_PROCESSING);
}

/* ---- who may ---- */

static void ones_own_act_on_the_day_it_was_recorded(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    world_set_now(w, "2026-11-18T23:59"); /* 16:59 UTC */
    assert_done(world_ask(w, ask_resolve("2026-11-18T10:00")));
    struct outcome o = world_ask_as(w, "nam", ask_undo());
    assert_refused(o, "not_allowed");
    assert_int_equal(o.arg[1].number, T_label_act_undo_others);
    assert_refused(world_ask_as(w, "stranger", ask_undo()), "not_allowed");
    assert_refused(world_ask_as(w, "gone", ask_undo()), "not_allowed");
    assert_refused(world_ask_at(w, "2026-11-19T00:01", ask_undo()), "not_allowed"); /* the same day in UTC */
    assert_done(world_ask(w, ask_undo()));
    world_set_now(w, "2026-11-19T06:59"); /* 23:59 UTC the day before */
    assert_done(world_ask(w, ask_resolve("2026-11-18T10:00")));
    assert_done(world_ask_at(w, "2026-11-19T07:01", ask_undo()));
    struct command blank = ask_undo();
    blank.end.reason = STR("  ");
    world_set_now(w, "2026-11-19T08:00");
    assert_done(world_ask(w, ask_resolve(NULL)));
    assert_refused(world_ask(w, blank), "empty_text");
}

static void those_in_charge_take_back_what_others_did(void **state)
{
    struct world *w = *state;
    static const char *const in_charge[] = {"chief", "admin"};
    for (size_t i = 0; i < 2; i++) {
        assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
        assert_done(world_ask(w, ask_resolve(NULL)));
        assert_refused(world_ask_at(w, "2026-11-25T09:00", ask_undo()), "not_allowed");
        w->login = in_charge[i];
        assert_done(world_ask_at(w, "2026-11-25T09:00", ask_undo()));
        w->login = "huong";
    }
}

/* ---- the office's days moved it since ---- */

static void a_move_of_the_calendar_is_never_taken_back_itself(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00")); /* due 20/11 */
    world_move_due(w, "2026-11-23T17:00", "2026-11-23T17:00");
    assert_time(w->dossier.facts.due, "2026-11-23T17:00");
    assert_true(w->dossier.facts.moved);
    assert_refused(world_ask(w, ask_undo()), "nothing_to_undo");
    assert_done(world_ask(w, ask_transfer("nam", NULL)));
    assert_done(world_ask(w, ask_undo()));
    assert_time(w->dossier.facts.due, "2026-11-23T17:00");
}

static void a_move_brings_its_whole_count(void **state)
{
    (void)state;
    struct dossier d = {0};
    struct event received = {.kind = EVENT_RECEIVED, .seq = 1, .dossier = 1, .at = 10};
    received.received.appointment = (struct appointment){.from = 10, .counting = 20, .due = 300};
    struct event moved = {.kind = EVENT_DUE_MOVED, .seq = 2, .previous = 1, .dossier = 1};
    moved.moved.new_statutory = 400;
    moved.moved.new_due = 400;
    moved.moved.counting = 25;
    moved.moved.provisional = true;
    assert_true(evolve(&d, &received) && evolve(&d, &moved));
    assert_int_equal(d.appointment.from, 10);
    assert_int_equal(d.appointment.counting, 25);
    assert_int_equal(d.facts.statutory_due, 400);
    assert_int_equal(d.facts.due, 400);
    assert_true(d.facts.provisional && d.facts.moved);
    moved.seq = 3;
    moved.previous = 2;
    moved.moved.provisional = false; /* the official days are out, and nothing moves */
    assert_true(evolve(&d, &moved));
    assert_false(d.facts.provisional);
}

static void what_moved_an_appointment_goes_with_it(void **state)
{
    struct world *w = *state;
    w->login = "chief";
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00")); /* due 20/11 */
    assert_done(world_ask(w, ask_supplement("2026-11-17T10:00")));
    assert_done(world_ask(w, ask_restart(NULL))); /* Wednesday 18/11: due 23/11 */
    assert_time(w->dossier.facts.due, "2026-11-23T17:00");
    world_move_due(w, "2026-11-25T17:00", "2026-11-25T17:00");
    assert_time(w->dossier.facts.due, "2026-11-25T17:00");
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(w->dossier.facts.due, NO_TIME);
    assert_done(world_ask(w, ask_undo()));
    assert_time(w->dossier.facts.due, "2026-11-20T17:00"); /* of the first appointment */
    assert_false(w->dossier.facts.moved);
}

static void an_undone_letter_leaves_what_the_calendar_moved(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    assert_done(world_ask(w, ask_apologize("Chậm", "2026-12-01", NULL)));
    world_move_due(w, "2026-11-23T17:00", "2026-12-01T17:00");
    assert_time(w->dossier.facts.statutory_due, "2026-11-23T17:00");
    assert_time(w->dossier.facts.due, "2026-12-01T17:00");
    assert_done(world_ask(w, ask_undo()));
    assert_time(w->dossier.facts.statutory_due, "2026-11-23T17:00");
    assert_time(w->dossier.facts.due, "2026-11-23T17:00");
    /* A letter's date alone: the other is as it was. */
    assert_done(world_ask(w, ask_apologize("Chậm", "2026-12-01", NULL)));
    world_move_due(w, "2026-11-23T17:00", "2026-12-02T17:00");
    assert_time(w->dossier.facts.due, "2026-12-02T17:00");
    assert_time(w->dossier.facts.statutory_due, "2026-11-23T17:00");
}

static void a_recount_that_was_moved_is_corrected_again_not_undone(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T09:00")); /* due 23/11 */
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-17T09:00")})));
    assert_time(w->dossier.facts.due, "2026-11-20T17:00");
    world_move_due(w, "2026-11-23T17:00", "2026-11-23T17:00");
    assert_refused(world_ask(w, ask_undo()), "moved_since");
    assert_refused(world_ask_as(w, "chief", ask_undo()), "moved_since");
    struct moment m = {.now = w->now, .login = STR("chief")};
    assert_refused(decide_preview(w->office, &w->dossier, COMMAND_UNDO, &m), "moved_since");
    w->login = "chief";
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-18T09:00")})));
    assert_time(w->dossier.facts.due, "2026-11-23T17:00");
    assert_done(world_ask(w, ask_undo()));
    assert_refused(world_ask(w, ask_undo()), "moved_since"); /* the first one still stands below it */
}

static void a_plain_correction_is_undone_whatever_moved(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912")})));
    world_move_due(w, "2026-11-23T17:00", "2026-11-23T17:00");
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(w->dossier.receipt.applicant.phone.n, 0);
    assert_time(w->dossier.facts.due, "2026-11-23T17:00");
}

/* ---- what follows from what ---- */

static void a_rating_is_for_a_result(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-18T08:00"));
    assert_refused(world_ask(w, ask_rate(5, NULL)), "not_resolved");
    assert_done(world_ask(w, ask_resolve("2026-11-18T09:00")));
    assert_refused(world_ask(w, ask_rate(5, "2026-11-18T08:59")), "before_result");
    assert_usage(world_ask(w, ask_rate(0, NULL)), "bad_value");
    assert_usage(world_ask(w, ask_rate(6, NULL)), "bad_value");
    assert_usage(world_ask(w, ask_rate(257, NULL)), "bad_value"); /* not 1 */
    assert_done(world_ask(w, ask_rate(1, NULL)));
    assert_done(world_ask(w, ask_return(NULL)));
    struct command c = ask_rate(5, NULL);
    c.rate.note = STR("Cán bộ\nnhiệt tình");
    assert_done(world_ask(w, c));
    assert_int_equal(w->dossier.rating, 5);
    assert_str(w->history[w->events - 1].rated.note, "Cán bộ\nnhiệt tình");
    assert_done(world_receive(w, "1.001", "2026-11-18T08:00"));
    assert_done(world_ask(w, ask_refuse("Không", NULL)));
    assert_refused(world_ask(w, ask_rate(5, NULL)), "not_resolved");
}

static void the_record_tells_what_its_last_act_was(void **state)
{
    struct world *w = *state;
    const struct last_act *last = &w->dossier.last;
    assert_done(world_receive(w, "1.001", "2026-11-17T09:00"));
    assert_int_equal(last->seq, 0);
    assert_int_equal(w->dossier.first_act, NO_TIME);
    assert_done(world_ask_as(w, "nam", ask_transfer("nam", "2026-11-17T14:00")));
    assert_int_equal(last->kind, EVENT_TRANSFERRED);
    assert_str(last->by, "nam");
    assert_int_equal(last->recorded_at, w->now);
    assert_false(last->moved_since || last->recounts);
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912")})));
    assert_time(w->dossier.first_act, "2026-11-17T14:00"); /* a correction is no act on the dossier */
    assert_done(world_ask(w, ask_supplement("2026-11-17T11:00")));
    assert_time(w->dossier.first_act, "2026-11-17T11:00");
    assert_done(world_ask(w, ask_undo()));
    assert_int_equal(last->kind, EVENT_CORRECTED);
    assert_time(w->dossier.first_act, "2026-11-17T14:00");
}

/* ---- a journal that says what cannot be is damaged ---- */

static void histories_that_cannot_be_are_refused(void **state)
{
    (void)state;
    struct event h[] = {
        {.kind = EVENT_RECEIVED, .seq = 10, .dossier = 1},
        {.kind = EVENT_TRANSFERRED, .seq = 12, .previous = 10, .dossier = 1},
        {.kind = EVENT_DUE_MOVED, .seq = 13, .previous = 12, .dossier = 1},
        {.kind = EVENT_UNDONE, .seq = 15, .previous = 13, .dossier = 1, .undone.seq = 12},
        {.kind = EVENT_RATED, .seq = 16, .previous = 15, .dossier = 1, .rated.stars = 1},
    };
    struct dossier d;
    assert_false(evolve_history(&d, h, 0));
    assert_true(evolve_history(&d, h, 5));
    assert_int_equal(d.last_event, 16);
    assert_int_equal(h[1].undone_by, 15);
    assert_int_equal(h[2].undone_by, 0);
    assert_true(evolve_history(&d, h, 3)); /* as it stood before: nothing was taken back yet */
    assert_int_equal(h[1].undone_by, 0);
    assert_int_equal(d.last.seq, 12);
    static const uint64_t never[] = {0, 10, 11, 13, 15, 16, 99};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        h[3].undone.seq = never[i];
        assert_false(evolve_history(&d, h, 5));
    }
    h[3].undone.seq = 12;
    struct event twice = {.kind = EVENT_UNDONE, .seq = 16, .previous = 15, .dossier = 1, .undone.seq = 12};
    h[4] = twice;
    assert_false(evolve_history(&d, h, 5));
    h[4].undone.seq = 15; /* an undoing is not undone */
    assert_false(evolve_history(&d, h, 5));
    struct dossier step = {0};
    assert_true(evolve(&step, &h[0]) && evolve(&step, &h[1]) && evolve(&step, &h[2]));
    assert_false(evolve(&step, &h[3])); /* only the whole history can answer */
    assert_int_equal(step.last_event, 13);
    h[1].dossier = 2;
    assert_false(evolve_history(&d, h, 3));
    h[1].dossier = 1;
    h[2].previous = 10;
    assert_false(evolve_history(&d, h, 3));
    assert_false(evolve_history(&d, h + 1, 1)); /* begins in the middle */
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_act_can_be_taken_back),
        T(one_after_the_other_down_to_the_receipt),
        T(an_undone_letter_keeps_its_number_and_gives_the_dossier_another),
        T(an_undone_supplement_leaves_no_mark),
        T(what_was_served_at_once_is_taken_back_in_two_steps),
        T(ones_own_act_on_the_day_it_was_recorded),
        T(those_in_charge_take_back_what_others_did),
        T(a_move_of_the_calendar_is_never_taken_back_itself),
        cmocka_unit_test(a_move_brings_its_whole_count),
        T(what_moved_an_appointment_goes_with_it),
        T(an_undone_letter_leaves_what_the_calendar_moved),
        T(a_recount_that_was_moved_is_corrected_again_not_undone),
        T(a_plain_correction_is_undone_whatever_moved),
        T(a_rating_is_for_a_result),
        T(the_record_tells_what_its_last_act_was),
        cmocka_unit_test(histories_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests_name("histories", tests, NULL, NULL);
}
