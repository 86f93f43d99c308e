/* Mending a receipt: every field, who may, what lasts, and the due time counted anew. Dates are counted by
 * hand: Monday 16/11/2026, the 24th is a day off. */
#include "core/wire.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, NULL, "2026-11-16T16:00");
}

/* The changes of the last event as one text: "phone: 1 -> 2; sets: 1 -> 3". */
static void assert_changes(const struct world *w, const char *expected)
{
    const struct event *e = &w->history[w->events - 1];
    struct buf text = BUF_INIT;
    struct str field, old, new;
    size_t at = 0;
    assert_int_equal(e->kind, EVENT_CORRECTED);
    while (wire_list_next(e->corrected.changes, &at, &field) &&
           wire_list_next(e->corrected.changes, &at, &old) && wire_list_next(e->corrected.changes, &at, &new))
        buf_addf(&text, "%s%.*s: %.*s -> %.*s", text.n ? "; " : "", STR_ARG(field), STR_ARG(old),
                 STR_ARG(new));
    assert_string_equal(text.p, expected);
    buf_release(&text);
}

static void put_procedure(struct world *w, const char *code, const char *kase, const char *limit, int64_t fee)
{
    struct command c = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME};
    c.procedure = (struct procedure){.code = str_of(code),
                                     .kase = str_of(kase),
                                     .name = STR("Thủ tục mới"),
                                     .field = STR("Chứng thực"),
                                     .fee = fee,
                                     .online = -1,
                                     .postal = -1};
    assert_true(limit_parse(str_of(limit), &c.procedure.limit));
    assert_done(world_ask_as(w, "chief", c));
}

/* ---- fields that move nothing ---- */

static void every_plain_field_is_mended_and_told(void **state)
{
    struct world *w = *state;
    const struct receipt *r = &w->dossier.receipt;
    const struct applicant *a = &r->applicant;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    civil_minute due = w->dossier.facts.due;
    assert_done(world_ask(w, ask_correct({CORRECT_APPLICANT, STR(" Nguyễn Thị Hường ")})));
    assert_str(a->name, "Nguyễn Thị Hường");
    assert_changes(w, "applicant: Nguyễn Thị Hương -> Nguyễn Thị Hường");
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912345678")})));
    assert_str(a->phone, "0912345678");
    assert_changes(w, "phone:  -> 0912345678");
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("")})));
    assert_int_equal(a->phone.n, 0);
    assert_changes(w, "phone: 0912345678 -> ");
    assert_done(world_ask(w, ask_correct({CORRECT_ID_NUMBER, STR("012345678901")})));
    assert_str(a->id_number, "012345678901");
    assert_done(world_ask(w, ask_correct({CORRECT_ADDRESS, STR("Thôn 2")})));
    assert_str(a->address, "Thôn 2");
    assert_done(world_ask(w, ask_correct({CORRECT_EMAIL, STR("a@b.vn")})));
    assert_str(a->email, "a@b.vn");
    assert_done(world_ask(w, ask_correct({CORRECT_ORGANIZATION, STR("yes")})));
    assert_true(a->organization);
    assert_changes(w, "organization: no -> yes");
    assert_done(world_ask(w, ask_correct({CORRECT_OUTSIDE, STR("yes")})));
    assert_true(a->outside && w->dossier.facts.outside);
    assert_done(world_ask(w, ask_correct({CORRECT_OUTSIDE, STR("no")})));
    assert_false(a->outside || w->dossier.facts.outside);
    assert_done(world_ask(w, ask_correct({CORRECT_SUBMITTER, STR("Lê Văn Nam")})));
    assert_str(r->submitter, "Lê Văn Nam");
    assert_done(world_ask(w, ask_correct({CORRECT_AUTHORITY, STR("Giấy ủy quyền 12")})));
    assert_str(r->authority, "Giấy ủy quyền 12");
    assert_done(world_ask(w, ask_correct({CORRECT_CHANNEL, STR("online")})));
    assert_int_equal(r->channel, CHANNEL_ONLINE);
    assert_int_equal(w->dossier.facts.channel, CHANNEL_ONLINE);
    assert_changes(w, "channel: direct -> online");
    assert_done(world_ask(w, ask_correct({CORRECT_COLLECT, STR("postal")})));
    assert_int_equal(r->collect, CHANNEL_POSTAL);
    assert_changes(w, "collect: desk -> postal");
    assert_done(world_ask(w, ask_correct({CORRECT_COLLECT, STR("desk")})));
    assert_int_equal(r->collect, CHANNEL_DIRECT);
    assert_done(world_ask(w, ask_correct({CORRECT_SETS, STR("3")})));
    assert_int_equal(r->sets, 3);
    assert_done(world_ask(w, ask_correct({CORRECT_FEE, STR("50000")})));
    assert_int_equal(r->fee, 50000);
    assert_changes(w, "fee:  -> 50000");
    assert_done(world_ask(w, ask_correct({CORRECT_FEE, STR("0")})));
    assert_int_equal(r->fee, 0);
    assert_done(world_ask(w, ask_correct({CORRECT_FEE, STR("")})));
    assert_int_equal(r->fee, -1);
    assert_done(world_ask(w, ask_correct({CORRECT_NOTE, STR("một\nhai")})));
    assert_str(r->note, "một\nhai");
    assert_done(world_ask(w, ask_correct({CORRECT_SUBMITTED, STR("15/11/2026 20:15")})));
    assert_time(r->submitted, "2026-11-15T20:15");
    assert_changes(w, "submitted:  -> 2026-11-15T20:15");
    assert_done(world_ask(w, ask_correct({CORRECT_SUBMITTED, STR("")})));
    assert_int_equal(r->submitted, NO_TIME);
    assert_int_equal(w->dossier.facts.due, due);
    assert_false(w->dossier.facts.moved || w->dossier.last.recounts);
}

static void several_fields_are_one_correction(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_SETS, STR("2")}, {CORRECT_PHONE, STR("1")},
                                         {CORRECT_PHONE, STR("0987")}, {CORRECT_EMAIL, STR(" ")})));
    assert_changes(w, "phone:  -> 0987; sets: 1 -> 2");
    assert_str(w->history[1].corrected.reason, "Gõ nhầm");
    assert_int_equal(w->events, 2);
}

static void components_are_given_anew_as_a_whole(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(
        world_ask(w, ask_correct({CORRECT_COMPONENT, STR("Tờ khai")}, {CORRECT_COMPONENT, STR("Bản sao")})));
    assert_changes(w, "component:  -> Tờ khai; Bản sao");
    assert_done(world_ask(w, ask_correct({CORRECT_COMPONENT, STR("Bản sao")})));
    assert_changes(w, "component: Tờ khai; Bản sao -> Bản sao");
    assert_refused(
        world_ask(w, ask_correct({CORRECT_COMPONENT, STR("Tờ khai")}, {CORRECT_COMPONENT, STR("  ")})),
        "empty_text");
    assert_done(world_ask(w, ask_correct({CORRECT_COMPONENT, STR("")})));
    assert_int_equal(w->dossier.receipt.components.n, 0);
}

static void what_changes_nothing_is_no_correction(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    struct outcome o = world_ask(w, ask_correct({CORRECT_PHONE, STR("  ")}));
    assert_refused(o, "nothing_changes");
    /* The same name, decomposed. */
    assert_refused(world_ask(w, ask_correct({CORRECT_APPLICANT, STR("Nguye\u0302\u0303n Thi\u0323 Hương")})),
                   "nothing_changes");
    assert_refused(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.001")})), "nothing_changes");
    assert_refused(world_ask(w, ask_correct({CORRECT_LIMIT, STR("3.0 working_days")})), "nothing_changes");
    assert_refused(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("16/11/2026 09:00")})),
                   "nothing_changes");
    assert_refused(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T02:00Z")})),
                   "nothing_changes");
    assert_refused(world_ask(w, ask_changes(NULL, 0)), "nothing_changes");
    assert_int_equal(w->events, 1);
}

static void values_that_mean_nothing_are_said_so(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    static const struct {
        struct change change;
        enum text_id label;
    } wrong[] = {
        {{CORRECT_LIMIT, STR("3 ngày")}, T_label_limit},
        {{CORRECT_LIMIT, STR("")}, T_label_limit},
        {{CORRECT_RECEIVED_AT, STR("31/02/2026")}, T_label_received_at},
        {{CORRECT_RECEIVED_AT, STR("")}, T_label_received_at},
        {{CORRECT_SUBMITTED, STR("hôm qua")}, T_label_submitted},
        {{CORRECT_ORGANIZATION, STR("maybe")}, T_label_organization},
        {{CORRECT_OUTSIDE, STR("")}, T_label_outside},
        {{CORRECT_CHANNEL, STR("desk")}, T_label_channel},
        {{CORRECT_CHANNEL, STR("")}, T_label_channel},
        {{CORRECT_COLLECT, STR("home")}, T_label_collect},
        {{CORRECT_SETS, STR("0")}, T_label_sets},
        {{CORRECT_SETS, STR("1001")}, T_label_sets},
        {{CORRECT_SETS, STR("2x")}, T_label_sets},
        {{CORRECT_SETS, STR("")}, T_label_sets},
        {{CORRECT_SETS, STR("99999999999999999999999999")}, T_label_sets},
        {{CORRECT_FEE, STR("-1")}, T_label_fee},
        {{CORRECT_FEE, STR("50.000")}, T_label_fee},
        {{CORRECT_FEE, STR("1000000000001")}, T_label_fee},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct outcome o = world_ask(w, ask_changes(&wrong[i].change, 1));
        assert_usage(o, "bad_value");
        assert_int_equal(o.arg[0].number, wrong[i].label);
        struct buf text = BUF_INIT;
        outcome_message(&text, LANG_VI, &o);
        assert_non_null(strstr(text.p, lang_text(LANG_VI, wrong[i].label)));
        buf_release(&text);
    }
    assert_done(world_ask(w, ask_correct({CORRECT_SETS, STR("1000")})));
    assert_done(world_ask(w, ask_correct({CORRECT_FEE, STR("1000000000000")})));
    assert_refused(world_ask(w, ask_correct({CORRECT_APPLICANT, STR(" ")})), "empty_text");
    assert_refused(world_ask(w, ask_correct({CORRECT_PHONE, STR("09\x1b[2J")})), "bad_text");
    struct command c = ask_correct({CORRECT_PHONE, STR("09")});
    c.correct.reason = STR("");
    assert_refused(world_ask(w, c), "empty_text");
}

/* ---- the due time ---- */

static void another_procedure_brings_its_limit_clock_and_fee(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    uint64_t version = d->receipt.procedure.version;
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.006")}))); /* 10 days, same hour */
    assert_time(d->facts.statutory_due, "2026-11-26T09:00");
    assert_time(d->facts.due, "2026-11-26T09:00");
    assert_int_equal(d->receipt.clock, CLOCK_SAME_HOUR);
    assert_int_equal(d->facts.procedure, 6);
    assert_true(d->receipt.procedure.version != version && d->facts.moved);
    assert_changes(w, "procedure: 1.001 -> 1.006; limit: 3 working_days -> 10 calendar_days");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.004.01")})));
    assert_time(d->facts.due, "2026-11-17T09:00"); /* 2.5 + 3.5 hours on Monday, 2 on Tuesday: earlier */
    assert_true(d->facts.in_hours);
    assert_changes(w, "procedure: 1.006 -> 1.004#01; limit: 10 calendar_days -> 8 working_hours");
    put_procedure(w, "1.007", "", "2 working_days", 20000);
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.007")})));
    assert_time(d->facts.due, "2026-11-18T17:00");
    assert_int_equal(d->receipt.fee, 20000);
    assert_int_equal(d->facts.field, 2); /* the office's second */
    assert_changes(w,
                   "procedure: 1.004#01 -> 1.007; limit: 8 working_hours -> 2 working_days; fee:  -> 20000");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.001")}, {CORRECT_FEE, STR("7000")})));
    assert_int_equal(d->receipt.fee, 7000);
    assert_time(d->facts.due, "2026-11-19T17:00");
    assert_int_equal(d->receipt.clock, CLOCK_DAY_END);
}

static void a_case_is_looked_up_under_the_same_procedure(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    put_procedure(w, "1.007", "", "2 working_days", -1);
    put_procedure(w, "1.007", "01", "4 working_days", -1);
    put_procedure(w, "1.007", "02", "5 working_days", -1);
    assert_done(world_receive(w, "1.007", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_CASE, STR("01")})));
    assert_str(d->receipt.procedure.kase, "01");
    assert_time(d->facts.due, "2026-11-20T17:00");
    assert_changes(w, "case:  -> 01; limit: 2 working_days -> 4 working_days");
    assert_refused(world_ask(w, ask_correct({CORRECT_CASE, STR("03")})), "unknown_procedure");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.001")}))); /* alone: without a case */
    assert_done(world_ask(w, ask_correct({CORRECT_CASE, STR("02")}, {CORRECT_PROCEDURE, STR("1.007")})));
    assert_changes(w, "procedure: 1.001 -> 1.007#02; limit: 3 working_days -> 5 working_days");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.007")})));
    assert_int_equal(d->receipt.procedure.kase.n, 0);
    assert_done(world_ask(w, ask_correct({CORRECT_CASE, STR("02")})));
    assert_done(world_ask(w, ask_correct({CORRECT_CASE, STR("")}))); /* the plain one */
    assert_time(d->facts.due, "2026-11-18T17:00");
}

static void a_procedure_must_be_one_that_can_be_received(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_refused(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("9.999")})), "unknown_procedure");
    static const char *const nothing[] = {"", "  "};
    for (size_t i = 0; i < 2; i++) {
        struct outcome o = world_ask(w, ask_correct({CORRECT_PROCEDURE, str_of(nothing[i])}));
        assert_refused(o, "empty_text");
        assert_int_equal(o.arg[0].number, T_label_procedure_code);
    }
    assert_refused(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.005")})), "retired");
    assert_refused(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.003")})), "no_limit");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.003")}, /* any officer gives it one */
                                         {CORRECT_LIMIT, STR("1 working_day")})));
    assert_time(w->dossier.facts.due, "2026-11-17T17:00");
}

static void a_dossier_keeps_the_version_it_came_under(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    uint64_t version = w->dossier.receipt.procedure.version;
    put_procedure(w, "1.001", "", "9 working_days", 1000);
    assert_refused(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.001")})), "nothing_changes");
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("09")}, {CORRECT_PROCEDURE, STR("1.001")})));
    assert_int_equal(w->dossier.receipt.procedure.version, version);
    assert_time(w->dossier.facts.due, "2026-11-19T17:00");
}

static void a_limit_against_the_catalogue_is_a_chiefs(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    struct outcome o = world_ask(w, ask_correct({CORRECT_LIMIT, STR("2 working_days")}));
    assert_refused(o, "not_allowed");
    assert_int_equal(o.arg[1].number, T_label_act_override_limit);
    assert_done(world_ask_as(w, "chief", ask_correct({CORRECT_LIMIT, STR("2 working_days")})));
    assert_time(w->dossier.facts.due, "2026-11-18T17:00");
    assert_changes(w, "limit: 3 working_days -> 2 working_days");
    assert_done(world_ask(w, ask_correct({CORRECT_LIMIT, STR("3 working_days")}))); /* the catalogue's own */
    assert_time(w->dossier.facts.due, "2026-11-19T17:00");
    assert_refused(
        world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.006")}, {CORRECT_LIMIT, STR("3 working_days")})),
        "not_allowed"); /* what it has, but not what 1.006 has */
    assert_refused(world_ask_as(w, "chief", ask_correct({CORRECT_LIMIT, STR("3000 months")})),
                   "limit_too_far");
}

static void the_receipt_time_recounts_either_way(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-13")}))); /* Friday, 07:00 */
    assert_time(d->facts.received, "2026-11-13T07:00");
    assert_time(d->appointment.from, "2026-11-13T07:00");
    assert_time(d->facts.due, "2026-11-18T17:00");
    assert_changes(w, "received_at: 2026-11-16T09:00 -> 2026-11-13T07:00");
    assert_str(d->code, "H42.26.21-261116-0001"); /* a code is never rebuilt */
    assert_true(d->facts.moved);
    assert_done(world_ask_as(w, "chief", ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T15:59")})));
    assert_time(d->facts.statutory_due, "2026-11-19T17:00");
    assert_time(d->facts.received, "2026-11-16T15:59");
    assert_true(d->last.recounts);
}

/* Periods go by the time of receipt: a row whose time changed is marked, though nothing else moves. */
static void another_hour_of_the_same_day_marks_it_moved(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T08:00")})));
    assert_time(w->dossier.facts.due, "2026-11-19T17:00");
    assert_true(w->dossier.facts.moved && w->dossier.last.recounts);
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.006")}))); /* and the other way round */
    assert_true(w->dossier.facts.moved);
}

static void the_receipt_time_must_be_possible(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    struct outcome ahead = world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T16:01")}));
    assert_refused(ahead, "future_time");
    assert_time(ahead.arg[0].number, "2026-11-16T16:01");
    assert_done(world_ask(w, ask_correct({CORRECT_SUBMITTED, STR("2026-11-15T20:00")})));
    assert_refused(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-13T09:00")})),
                   "submitted_later");
    struct outcome later = world_ask(w, ask_correct({CORRECT_SUBMITTED, STR("2026-11-16T09:01")}));
    assert_refused(later, "submitted_later");
    assert_time(later.arg[0].number, "2026-11-16T09:01");
    assert_time(later.arg[1].number, "2026-11-16T09:00");
    assert_done(world_ask(w, ask_correct({CORRECT_SUBMITTED, STR("2026-11-16T09:00")})));
    assert_done(world_ask(w, ask_correct({CORRECT_SUBMITTED, STR("")})));
    /* No way round the limit on back-dating: 11, 12, 13 and 16/11 are four working days. */
    struct outcome o = world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-10T09:00")}));
    assert_refused(o, "not_allowed");
    assert_int_equal(o.arg[1].number, T_label_act_backdate);
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-11T09:00")})));
    assert_done(world_ask_as(w, "chief", ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-10T09:00")})));
}

static void nothing_that_happened_may_lie_before_the_receipt(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_transfer("nam", "2026-11-16T10:00")));
    assert_done(world_ask(w, ask_apologize("Chậm", "2026-12-01", "2026-11-16T11:00")));
    struct outcome o = world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T10:01")}));
    assert_refused(o, "after_other_acts");
    assert_time(o.arg[0].number, "2026-11-16T10:01");
    assert_time(o.arg[1].number, "2026-11-16T10:00");
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T10:00")})));
    /* What was taken back never happened. */
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_transfer("nam", "2026-11-16T10:00")));
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Nhầm", NULL)));
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T12:00")})));
    /* A supplement and its restart: the request counts, not only what came of it. */
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-16T10:00")));
    assert_done(world_ask(w, ask_restart("2026-11-16T14:00")));
    assert_refused(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T13:00")})),
                   "after_other_acts");
}

static void after_an_apology_the_letters_date_stays(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-18T09:00");
    assert_done(world_ask(w, ask_apologize("Chậm", "2026-12-01", "2026-11-17T09:00")));
    w->login = "chief";
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-13T09:00")})));
    assert_time(d->facts.statutory_due, "2026-11-18T17:00");
    assert_time(d->facts.due, "2026-12-01T17:00");
    assert_time(d->apology.old_due, "2026-11-19T17:00"); /* as the letter said */
    assert_refused(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-17T09:01")})),
                   "after_other_acts");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.006")})));
    assert_time(d->facts.statutory_due, "2026-11-23T09:00"); /* ten days from the 13th */
    assert_time(d->facts.due, "2026-12-01T17:00");
    assert_refused(world_ask(w, ask_apologize("Lại", "2026-12-08", NULL)), "second_apology");
}

static void after_a_restart_the_receipt_no_longer_counts(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    w->login = "chief";
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-18T10:00");
    assert_done(world_ask(w, ask_supplement("2026-11-17T10:00")));
    assert_done(world_ask(w, ask_restart("2026-11-18T09:00")));
    assert_time(d->facts.due, "2026-11-23T17:00"); /* 19, 20, 23 */
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-13T09:00")})));
    assert_time(d->facts.received, "2026-11-13T09:00");
    assert_time(d->facts.due, "2026-11-23T17:00");
    assert_time(d->appointment.from, "2026-11-18T09:00");
    assert_false(d->last.recounts);
    assert_done(world_ask(w, ask_correct({CORRECT_LIMIT, STR("2 working_days")})));
    assert_time(d->facts.statutory_due, "2026-11-20T17:00"); /* from the restart */
    assert_time(d->facts.due, "2026-11-20T17:00");
}

/* Received, asked for a supplement and complete again in one and the same minute. */
static void a_restart_in_the_minute_of_the_receipt_is_a_restart(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_supplement("2026-11-16T09:00")));
    assert_done(world_ask(w, ask_restart("2026-11-16T09:00")));
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-13T09:00")})));
    assert_time(w->dossier.facts.due, "2026-11-19T17:00");
}

static void a_payments_own_limit_is_not_the_receipts(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    w->login = "chief";
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_await_payment("2026-11-16T10:00")));
    assert_done(world_ask(w, ask_paid("2 working_days", "2026-11-16T11:00")));
    assert_time(d->facts.due, "2026-11-18T17:00");
    assert_done(world_ask(w, ask_correct({CORRECT_LIMIT, STR("9 working_days")})));
    assert_time(d->facts.due, "2026-11-18T17:00");
    assert_int_equal(d->receipt.limit.hundredths, 900);
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.006")})));
    assert_time(d->facts.due, "2026-11-18T17:00");
    assert_false(d->last.recounts);
}

/* What does not count anew leaves a date that was kept when the days changed. */
static void what_does_not_touch_the_count_leaves_the_date(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    put_procedure(w, "1.007", "", "3 working_days", 5000);
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00")); /* by the count: 19/11 */
    world_move_due(w, "2026-11-20T17:00", "2026-11-20T17:00");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.007")})));
    assert_time(d->facts.due, "2026-11-20T17:00");
    assert_changes(w, "procedure: 1.001 -> 1.007; fee:  -> 5000");
    assert_false(d->last.recounts);
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T08:00")})));
    assert_time(d->facts.due, "2026-11-19T17:00");
}

/* The same limit, but by another clock, or another hour after which a day is the next one's. */
static void clock_and_cutoff_come_with_the_procedure(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME};
    c.procedure = (struct procedure){.code = STR("1.008"),
                                     .name = STR("Đúng giờ"),
                                     .field = STR("Hộ tịch"),
                                     .clock = CLOCK_SAME_HOUR,
                                     .fee = -1,
                                     .online = -1,
                                     .postal = -1};
    assert_true(limit_parse(STR("3 working_days"), &c.procedure.limit));
    assert_done(world_ask_as(w, "chief", c));
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.008")})));
    assert_time(d->facts.due, "2026-11-19T09:00");
    put_procedure(w, "1.009", "", "same_day", -1);
    assert_done(world_receive(w, "1.002", "2026-11-16T11:00"));
    assert_time(d->facts.due, "2026-11-16T17:00");
    c = (struct command){.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
    c.setting.key = STR("same_day.cutoff");
    c.setting.value = STR("10:00");
    assert_done(world_ask_as(w, "chief", c));
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("09")}))); /* it keeps what it came under */
    assert_time(d->facts.due, "2026-11-16T17:00");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.009")})));
    assert_time(d->facts.due, "2026-11-17T17:00");
    assert_int_equal(d->receipt.cutoff, 10 * 60);
}

/* ---- what another system gave us ---- */

static void import(struct world *w, enum dossier_state dossier_state, const char *due)
{
    struct command c = {.kind = COMMAND_IMPORT, .at = world_time("2026-11-10T09:00")};
    c.import.code = STR("H42.26.21-261110-0001");
    c.import.procedure = STR("Thủ tục cũ");
    c.import.applicant.name = STR("Trần Văn Bình");
    c.import.state = dossier_state;
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = world_time(due);
    c.import.resolved = c.import.returned = NO_TIME;
    w->dossier = (struct dossier){0};
    assert_done(world_ask_as(w, "chief", c));
    assert_str(w->dossier.title, "Thủ tục cũ");
    assert_int_equal(w->dossier.facts.procedure, 0);
    w->login = "chief";
}

static void an_imported_dossier_gets_a_procedure_by_correction(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    import(w, STATE_PROCESSING, "2026-11-30T17:00");
    assert_str(d->receipt.applicant.name, "Trần Văn Bình");
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-09T09:00")})));
    assert_time(d->facts.received, "2026-11-09T09:00");
    assert_time(d->appointment.from, "2026-11-09T09:00");
    assert_time(d->facts.due, "2026-11-30T17:00"); /* no limit, nothing to count: what they said stands */
    assert_refused(world_ask(w, ask_correct({CORRECT_CASE, STR("01")})), "unknown_procedure");
    assert_done(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.001")})));
    assert_time(d->facts.due, "2026-11-12T17:00"); /* three days from Monday 9/11 */
    assert_int_equal(d->title.n, 0);
    assert_int_equal(d->facts.procedure, 1);
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Nhầm", NULL)));
    assert_str(d->title, "Thủ tục cũ");
    assert_done(world_ask(w, ask_end(COMMAND_UNDO, "Nhầm", NULL)));
    assert_refused(world_ask(w, ask_end(COMMAND_UNDO, "Nhầm", NULL)), "nothing_to_undo");
}

static void an_imported_dossier_without_a_limit_goes_on_without_a_due_time(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    import(w, STATE_WAITING, NULL);
    assert_done(world_ask(w, ask_restart(NULL)));
    assert_int_equal(d->facts.state, STATE_PROCESSING);
    assert_int_equal(d->facts.due, NO_TIME);
    assert_done(world_ask(w, ask_supplement(NULL)));
    assert_int_equal(d->late.statutory, 0);
    assert_done(world_ask(w, ask_restart(NULL)));
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-11-20", NULL))); /* any day to come is later */
    assert_time(d->facts.due, "2026-11-20T17:00");
    assert_false(d->apology.in_time);
    assert_done(world_ask(w, ask_correct({CORRECT_LIMIT, STR("2 working_days")})));
    assert_time(d->facts.statutory_due, "2026-11-18T17:00"); /* from the restart, Monday 16/11 */
    assert_time(d->facts.due, "2026-11-20T17:00");
    assert_done(world_ask(w, ask_resolve(NULL)));
}

/* ---- who and when ---- */

static void after_the_day_of_receipt_the_due_time_is_a_chiefs(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    world_set_now(w, "2026-11-16T23:59");
    assert_done(world_ask_as(w, "nam", ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T08:00")})));
    world_set_now(w, "2026-11-17T00:00");
    static const struct change due[] = {
        {CORRECT_RECEIVED_AT, STR("2026-11-16T10:00")},
        {CORRECT_PROCEDURE, STR("1.006")},
        {CORRECT_CASE, STR("01")},
        {CORRECT_LIMIT, STR("4 working_days")},
    };
    for (size_t i = 0; i < 4; i++) {
        struct outcome o = world_ask(w, ask_changes(&due[i], 1));
        if (due[i].field == CORRECT_CASE) {
            assert_refused(o, "unknown_procedure"); /* 1.001 has none */
            continue;
        }
        assert_refused(o, "not_allowed");
        assert_int_equal(o.arg[1].number, T_label_act_correct_due);
        assert_refused(world_ask_as(w, "nam", ask_changes(&due[i], 1)), "not_allowed");
    }
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912")})));
    /* Named, but as it is already: nothing of the due time changes. */
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0913")}, {CORRECT_PROCEDURE, STR("1.001")})));
    assert_done(world_ask_as(w, "chief", ask_changes(&due[0], 1)));
    assert_done(world_ask_as(w, "admin", ask_changes(&due[1], 1)));
}

/* Nor does the desk itself write lateness away on the very day: once past, the due time is a chief's. */
static void once_past_the_due_time_is_a_chiefs_on_the_day_of_receipt_too(void **state)
{
    struct world *w = *state;
    const struct change later = {CORRECT_RECEIVED_AT, STR("2026-11-16T09:30")};
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time("2026-11-16T09:00")};
    c.receive.procedure = STR("1.003");
    c.receive.applicant.name = STR("A");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    assert_true(limit_parse(STR("1 working_hours"), &c.receive.limit)); /* 10:00 */
    world_set_now(w, "2026-11-16T10:01");
    assert_done(world_ask(w, c));
    struct outcome o = world_ask(w, ask_changes(&later, 1));
    assert_refused(o, "not_allowed");
    assert_int_equal(o.arg[1].number, T_label_act_correct_due);
    assert_done(world_ask(w, ask_correct({CORRECT_PHONE, STR("0912")})));
    assert_done(world_ask_as(w, "chief", ask_changes(&later, 1)));
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T09:10")}))); /* due 10:30 */
    world_set_now(w, "2026-11-16T10:10");                                                   /* due 10:10 */
    assert_done(world_ask(w, ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T09:15")})));
}

static void the_due_time_is_mended_only_while_it_runs(void **state)
{
    struct world *w = *state;
    static const struct change limit = {CORRECT_RECEIVED_AT, STR("2026-11-16T08:00")};
    static const struct {
        const char *name;
        const char *due_refusal;
    } states[] = {{"waiting", "waiting"},
                  {"payment", "waiting"},
                  {"resolved", "already_resolved"},
                  {"returned", "already_resolved"},
                  {"refused", "not_open"},
                  {"stopped", "not_open"},
                  {"void", "not_open"}};
    w->login = "chief";
    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
        switch (i) {
        case 0: assert_done(world_ask(w, ask_supplement(NULL))); break;
        case 1: assert_done(world_ask(w, ask_await_payment(NULL))); break;
        case 2: assert_done(world_ask(w, ask_resolve(NULL))); break;
        case 3:
            assert_done(world_ask(w, ask_resolve(NULL)));
            assert_done(world_ask(w, ask_return(NULL)));
            break;
        case 4: assert_done(world_ask(w, ask_refuse("Không", NULL))); break;
        case 5: assert_done(world_ask(w, ask_end(COMMAND_STOP, "Thôi", NULL))); break;
        default: assert_done(world_ask(w, ask_end(COMMAND_VOID, "Nhầm", NULL)));
        }
        assert_refused(world_ask(w, ask_changes(&limit, 1)), states[i].due_refusal);
        struct outcome o = world_ask_as(w, "huong", ask_correct({CORRECT_PHONE, STR("0912")}));
        assert_kind(o, i == 6 ? "not_open" : "done");
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_plain_field_is_mended_and_told),
        T(several_fields_are_one_correction),
        T(components_are_given_anew_as_a_whole),
        T(what_changes_nothing_is_no_correction),
        T(values_that_mean_nothing_are_said_so),
        T(another_procedure_brings_its_limit_clock_and_fee),
        T(a_case_is_looked_up_under_the_same_procedure),
        T(a_procedure_must_be_one_that_can_be_received),
        T(a_dossier_keeps_the_version_it_came_under),
        T(a_limit_against_the_catalogue_is_a_chiefs),
        T(the_receipt_time_recounts_either_way),
        T(another_hour_of_the_same_day_marks_it_moved),
        T(the_receipt_time_must_be_possible),
        T(nothing_that_happened_may_lie_before_the_receipt),
        T(after_an_apology_the_letters_date_stays),
        T(after_a_restart_the_receipt_no_longer_counts),
        T(a_restart_in_the_minute_of_the_receipt_is_a_restart),
        T(a_payments_own_limit_is_not_the_receipts),
        T(what_does_not_touch_the_count_leaves_the_date),
        T(clock_and_cutoff_come_with_the_procedure),
        T(an_imported_dossier_gets_a_procedure_by_correction),
        T(an_imported_dossier_without_a_limit_goes_on_without_a_due_time),
        T(after_the_day_of_receipt_the_due_time_is_a_chiefs),
        T(once_past_the_due_time_is_a_chiefs_on_the_day_of_receipt_too),
        T(the_due_time_is_mended_only_while_it_runs),
    };
    return cmocka_run_group_tests_name("corrections", tests, NULL, NULL);
}
