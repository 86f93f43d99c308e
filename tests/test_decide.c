/* The desk's rules, one test a rule: what is allowed, what is refused and with which kind, and what then
 * happened. */
#include "core/wire.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, NULL, NULL);
}

/* ---- receive ---- */

static struct command asking(void)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time("2026-11-20T09:30")};
    c.receive.procedure = STR("1.001");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    return c;
}

static void receive_gives_code_due_and_holder(void **state)
{
    struct world *w = *state;
    struct command c = asking();
    c.receive.applicant.name = STR("  Nguye\u0302\u0303n Thi\u0323 Hương "); /* decomposed, with blanks */
    assert_done(world_ask(w, c));
    const struct dossier *d = &w->dossier;
    assert_str(d->code, "H42.26.21-261120-0001");
    assert_str(d->receipt.applicant.name, "Nguyễn Thị Hương");
    assert_str(d->receiver, "huong");
    assert_str(d->officer, "huong");
    assert_str(d->unit, "Một cửa");
    /* Friday 20/11 + 3 working days: 23/11, 25/11 (24/11 is off), 26/11 */
    assert_int_equal(d->facts.due, world_time("2026-11-26T17:00"));
    assert_int_equal(d->facts.statutory_due, d->facts.due);
    assert_int_equal(d->facts.state, STATE_PROCESSING);
    assert_int_equal(d->facts.received, world_time("2026-11-20T09:30"));
    assert_int_equal(d->receipt.submitted, NO_TIME);
    assert_int_equal(d->facts.channel, CHANNEL_DIRECT);
    assert_int_equal(d->receipt.sets, 1);
    assert_false(d->facts.provisional);
}

static void receive_on_a_day_off_keeps_the_real_date_in_the_code(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-21T10:00"));
    assert_str(w->dossier.code, "H42.26.21-261121-0001");
    assert_int_equal(w->dossier.appointment.counting, world_time("2026-11-23T07:00"));
    assert_int_equal(w->dossier.facts.due, world_time("2026-11-27T17:00"));
}

static void receive_refuses_what_the_desk_cannot_take(void **state)
{
    struct world *w = *state;
    struct command c = asking();
    c.receive.procedure = STR("9.999");
    assert_refused(world_ask(w, c), "unknown_procedure");
    c.receive.procedure = STR("1.005");
    assert_refused(world_ask(w, c), "retired");
    c.receive.procedure = STR("1.003");
    assert_refused(world_ask(w, c), "no_limit");
    c = asking();
    c.at = world_time("2026-11-21T10:01");
    assert_refused(world_ask(w, c), "future_time");
    c = asking();
    c.receive.submitted = world_time("2026-11-20T09:31");
    assert_refused(world_ask(w, c), "submitted_later");
    c = asking();
    c.receive.officer = STR("nobody");
    assert_refused(world_ask(w, c), "unknown_officer");
    c.receive.officer = STR("gone");
    assert_refused(world_ask(w, c), "retired");
    assert_int_equal(w->dossier.facts.id, 0);
}

static void receive_checks_every_text(void **state)
{
    struct world *w = *state;
    struct command c = asking();
    c.receive.applicant.name = STR(" \t ");
    /* A tab is a control character, but blanks alone are nothing at all. */
    struct outcome o = world_ask(w, c);
    assert_true(o.kind == KIND_empty_text || o.kind == KIND_bad_text);
    c.receive.applicant.name = STR("   ");
    assert_refused(world_ask(w, c), "empty_text");
    c.receive.applicant.name = STR("Nguyễn\x1b[2JHương");
    assert_refused(world_ask(w, c), "bad_text");
    c.receive.applicant.name = STR("Nguy\xe1\xbb");
    assert_refused(world_ask(w, c), "bad_text");
    char *huge = malloc(1001);
    memset(huge, 'a', 1001);
    c.receive.applicant.name = (struct str){huge, 1001};
    struct outcome o_long = world_ask(w, c);
    assert_refused(o_long, "too_long");
    assert_int_equal(o_long.arg[1].number, 1000);
    c.receive.applicant.name.n = 1000;
    assert_done(world_ask(w, c));
    free(huge);

    c = asking();
    c.receive.applicant.phone = STR("091\n2");
    assert_refused(world_ask(w, c), "bad_text");
    c.receive.applicant.phone = STR("   ");
    assert_done(world_ask(w, c));
    assert_int_equal(w->dossier.receipt.applicant.phone.n, 0);
    c.receive.note = STR("dòng một\ndòng hai");
    assert_done(world_ask(w, c));
    assert_str(w->dossier.receipt.note, "dòng một\ndòng hai");
}

static void a_limit_may_be_given_where_there_is_none_and_by_a_chief_against_the_catalogue(void **state)
{
    struct world *w = *state;
    struct command c = asking();
    assert_true(limit_parse(STR("2 working_days"), &c.receive.limit));
    assert_refused(world_ask(w, c), "not_allowed");
    w->login = "chief";
    assert_done(world_ask(w, c));
    assert_int_equal(w->dossier.facts.due, world_time("2026-11-25T17:00"));
    w->login = "huong";
    c.receive.procedure = STR("1.003");
    assert_done(world_ask(w, c));
    c.receive.procedure = STR("1.001");
    assert_true(limit_parse(STR("3 working_days"), &c.receive.limit)); /* the catalogue's own: no override */
    assert_done(world_ask(w, c));
    assert_true(limit_parse(STR("3000 months"), &c.receive.limit));
    c.receive.procedure = STR("1.003");
    assert_refused(world_ask(w, c), "limit_too_far");
}

static void a_given_code_is_kept_or_refused(void **state)
{
    struct world *w = *state;
    struct command c = asking();
    c.receive.code = STR("000.00.53.H48-220921-0099");
    assert_done(world_ask(w, c));
    assert_str(w->dossier.code, "000.00.53.H48-220921-0099");
    w->code_taken = true;
    assert_refused(world_ask(w, c), "duplicate_code");
    w->code_taken = false;
    c.receive.code = STR("a b");
    assert_refused(world_ask(w, c), "bad_code");
    c.receive.code = STR("abc");
    assert_refused(world_ask(w, c), "bad_code");
}

static void a_case_is_named_after_a_hash_or_a_dot(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.004#01", "2026-11-20T09:00"));
    assert_str(w->dossier.receipt.procedure.code, "1.004");
    assert_str(w->dossier.receipt.procedure.kase, "01");
    assert_true(w->dossier.facts.in_hours);
    assert_int_equal(w->dossier.facts.due, world_time("2026-11-23T09:00"));
    assert_done(world_receive(w, "1.004.01", "2026-11-20T09:00"));
    assert_refused(world_receive(w, "1.004", "2026-11-20T09:00"), "unknown_procedure");
    assert_refused(world_receive(w, "1.004#", "2026-11-20T09:00"), "unknown_procedure");
}

static void a_procedure_may_have_its_own_clock(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.006", "2026-11-16T09:10"));
    assert_int_equal(w->dossier.receipt.clock, CLOCK_SAME_HOUR);
    assert_int_equal(w->dossier.facts.due, world_time("2026-11-26T09:10"));
}

static void components_are_checked_and_kept_in_order(void **state)
{
    struct world *w = *state;
    struct buf list = BUF_INIT;
    wire_list_add(&list, STR("Tờ khai"));
    wire_list_add(&list, STR(" Bản sao "));
    struct command c = asking();
    c.receive.components = buf_str(&list);
    assert_done(world_ask(w, c));
    struct str item;
    size_t at = 0;
    assert_true(wire_list_next(w->dossier.receipt.components, &at, &item));
    assert_str(item, "Tờ khai");
    assert_true(wire_list_next(w->dossier.receipt.components, &at, &item));
    assert_str(item, "Bản sao");
    assert_false(wire_list_next(w->dossier.receipt.components, &at, &item));
    wire_list_add(&list, STR("  "));
    c.receive.components = buf_str(&list);
    assert_refused(world_ask(w, c), "empty_text");
    buf_release(&list);
}

/* ---- who may ---- */

static void strangers_and_the_retired_may_not_write(void **state)
{
    struct world *w = *state;
    w->login = "stranger";
    assert_refused(world_receive(w, "1.001", NULL), "not_allowed");
    w->login = "gone";
    assert_refused(world_receive(w, "1.001", NULL), "not_allowed");
    struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    c.officer = (struct officer){.login = STR("moi"), .name = STR("Người mới"), .role = ROLE_OFFICER};
    static const char *const others[] = {"huong", "nam", "chief"};
    for (size_t i = 0; i < 3; i++) {
        w->login = others[i];
        assert_refused(world_ask(w, c), "not_allowed");
    }
    w->login = "admin";
    assert_done(world_ask(w, c));
    assert_int_equal(office_find_officer(w->office, STR("moi"))->number, 6);
}

static void the_last_admin_stays(void **state)
{
    struct world *w = *state;
    w->login = "admin";
    struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    c.officer = (struct officer){.login = STR("admin"), .name = STR("Quản trị"), .role = ROLE_CHIEF};
    assert_refused(world_ask(w, c), "last_admin");
    c.officer.login = STR("chief");
    c.officer.role = ROLE_ADMIN;
    assert_done(world_ask(w, c));
    c.officer.login = STR("admin");
    c.officer.role = ROLE_CHIEF;
    assert_done(world_ask(w, c));
    assert_int_equal(office_find_officer(w->office, STR("admin"))->role, ROLE_CHIEF);
    assert_int_equal(office_find_officer(w->office, STR("admin"))->number, 1);
}

static void an_office_is_founded_once(void **state)
{
    struct world *w = *state;
    struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
    c.found = (struct office_identity){.name = STR("UBND xã Khác"), .agency = STR("H1"), .utc_offset = 420};
    assert_refused(world_ask(w, c), "store_exists");
}

/* ---- transfer ---- */

static void transfer_changes_holder_and_unit(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-19T09:00"));
    assert_refused(world_ask(w, ask_transfer("nobody", NULL)), "unknown_officer");
    assert_refused(world_ask(w, ask_transfer("gone", NULL)), "retired");
    assert_refused(world_ask(w, ask_transfer("nam", "2026-11-19T08:59")), "before_receipt");
    assert_refused(world_ask(w, ask_transfer("nam", "2026-11-22T08:59")), "future_time");
    struct command c = ask_transfer("nam", "2026-11-19T10:00");
    c.transfer.unit = STR("Địa chính");
    assert_done(world_ask(w, c));
    assert_str(w->dossier.officer, "nam");
    assert_str(w->dossier.unit, "Địa chính");
    assert_str(w->dossier.receiver, "huong");
    assert_int_equal(w->dossier.facts.holder, 3);
    assert_done(world_ask(w, ask_transfer("chief", NULL)));
    assert_str(w->dossier.unit, "Một cửa"); /* whoever holds it brings their unit */
}

static void an_outside_unit_may_hold_it(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-19T09:00"));
    struct command c = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    struct outcome o = world_ask(w, c);
    assert_refused(o, "empty_text");
    assert_int_equal(o.arg[0].number, T_label_transfer_to);
    c.transfer.unit = STR("   ");
    assert_refused(world_ask(w, c), "empty_text");
    c.transfer.unit = STR(" Chi nhánh Văn phòng đăng ký đất đai ");
    assert_done(world_ask(w, c));
    assert_int_equal(w->dossier.officer.n, 0);
    assert_int_equal(w->dossier.facts.holder, 0);
    assert_str(w->dossier.unit, "Chi nhánh Văn phòng đăng ký đất đai");
    assert_done(world_ask(w, ask_transfer("nam", NULL))); /* and back */
    assert_int_equal(w->dossier.facts.holder, 3);
}

static void a_step_may_have_a_limit_of_its_own(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-19T09:00"));
    struct command c = ask_transfer("nam", "2026-11-20T09:00");
    assert_true(limit_parse(STR("2 working_days"), &c.transfer.within));
    c.transfer.to = STR("nobody");
    assert_refused(world_ask(w, c), "unknown_officer");
    c.transfer.to = STR("nam");
    c.transfer.note = STR("kèm bản gốc\nvà biên lai");
    assert_done(world_ask(w, c));
    assert_str(w->history[1].transferred.note, "kèm bản gốc\nvà biên lai");
    assert_time(w->history[1].transferred.within_due, "2026-11-25T17:00"); /* 23/11, 25/11 */
    assert_time(w->dossier.facts.due, "2026-11-25T17:00"); /* its own, untouched: 20, 23, 25 */
    assert_true(limit_parse(STR("3000 months"), &c.transfer.within));
    assert_refused(world_ask(w, c), "limit_too_far");
    assert_done(world_ask(w, ask_transfer("nam", NULL)));
    assert_int_equal(w->history[2].transferred.within_due, NO_TIME);
}

/* ---- apologise ---- */

static void one_apology_in_a_life(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00")); /* due Thursday 19/11 */
    assert_done(world_ask(w, ask_apologize("Chờ xác minh", "2026-12-01", "2026-11-18T08:00")));
    const struct dossier *d = &w->dossier;
    assert_int_equal(d->facts.due, world_time("2026-12-01T17:00"));
    assert_int_equal(d->facts.statutory_due, world_time("2026-11-19T17:00"));
    assert_true(d->facts.apologized && d->facts.moved && d->apology.in_time);
    assert_int_equal(d->apology.number, 1);
    assert_int_equal(d->apology.year, 2026);
    assert_int_equal(d->apology.old_due, world_time("2026-11-19T17:00"));
    struct outcome o = world_ask(w, ask_apologize("Lại chậm", "2026-12-08", NULL));
    assert_refused(o, "second_apology");
    assert_int_equal(o.rules, RULES_118);
    assert_int_equal(o.law, LAW_OVERDUE);
    assert_int_equal(d->facts.due, world_time("2026-12-01T17:00"));
}

static void a_letter_on_the_due_day_or_later_is_not_in_time(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-12-01T10:00", "2026-11-19T07:00")));
    assert_false(w->dossier.apology.in_time);
    assert_int_equal(w->dossier.facts.due, world_time("2026-12-01T10:00"));
}

static void the_new_date_must_be_possible(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00")); /* due 26/11 */
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-11-20", NULL)), "due_in_past");
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-11-21T10:00", NULL)), "due_in_past"); /* now */
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-11-26", NULL)), "due_not_later");
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-11-25", NULL)), "due_not_later");
    struct outcome o = world_ask(w, ask_apologize("Chờ", "2026-11-28", NULL));
    assert_refused(o, "due_on_day_off");
    assert_int_equal(o.arg[1].number, civil_day_of(world_time("2026-11-30")));
    assert_refused(world_ask(w, ask_apologize("  ", "2026-12-01", NULL)), "empty_text");
    o = world_ask(w, ask_apologize("Chờ", NULL, NULL));
    assert_int_equal(outcome_class(o.kind), USAGE);
    assert_false(w->dossier.facts.apologized);
}

/* Nobody collects anything while the desk is closed; over lunch the applicant may come and wait. */
static void the_new_hour_is_one_of_the_desks(void **state)
{
    struct world *w = *state;
    struct command hours = {.kind = COMMAND_HOURS_PUT, .at = NO_TIME};
    assert_true(office_hours_parse(STR("08:00-12:00"), &hours.hours));
    hours.hours.from = civil_day_of(world_time("2026-12-07"));
    w->login = "chief";
    assert_done(world_ask(w, hours));
    w->login = "huong";
    static const struct {
        const char *until, *desk; /* NULL: it may be */
    } cases[] = {
        {"2026-12-01T06:59", "07:00-11:30, 13:30-17:00"},
        {"2026-12-01T17:01", "07:00-11:30, 13:30-17:00"},
        {"2026-12-01T23:59", "07:00-11:30, 13:30-17:00"},
        {"2026-12-01T00:00", "07:00-11:30, 13:30-17:00"},
        {"2026-12-01T07:00", NULL},
        {"2026-12-01T12:15", NULL},
        {"2026-12-01T17:00", NULL},
        {"2026-12-07T07:59", "08:00-12:00"},
        {"2026-12-07T12:01", "08:00-12:00"},
        {"2026-12-07T08:00", NULL},
        {"2026-12-07", NULL}, /* ends with the day */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
        struct outcome o = world_ask(w, ask_apologize("Chờ", cases[i].until, NULL));
        if (cases[i].desk) {
            assert_refused(o, "outside_hours");
            assert_time(o.arg[0].number, cases[i].until);
            assert_string_equal(o.arg[1].text, cases[i].desk);
            assert_false(w->dossier.facts.apologized);
        } else {
            assert_done(o);
        }
    }
    assert_time(w->dossier.facts.due, "2026-12-07T12:00");
    /* A day off is no day of theirs, whatever the hour. */
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-12-05T22:00", NULL)), "due_on_day_off");
}

static void in_hours_a_later_hour_of_the_same_day_is_later(void **state)
{
    struct world *w = *state;
    world_set_now(w, "2026-11-20T09:30");
    assert_done(world_receive(w, "1.004#01", "2026-11-20T08:00")); /* 8 hours: Monday 08:00 */
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-11-23T08:00", NULL)), "due_not_later");
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-11-23T10:00", NULL)));
}

static void a_late_result_may_still_get_its_letter_without_a_new_date(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.002", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_resolve("2026-11-18T09:00")));
    assert_int_equal(w->dossier.late.statutory, 2);
    assert_refused(world_ask(w, ask_apologize("Xin lỗi", "2026-12-01", NULL)), "already_resolved");
    assert_done(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)));
    assert_false(w->dossier.apology.in_time);
    assert_int_equal(w->dossier.apology.new_due, NO_TIME);
    assert_int_equal(w->dossier.facts.due, world_time("2026-11-16T17:00"));
    assert_refused(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)), "second_apology");
    assert_done(world_ask(w, ask_return(NULL)));
    assert_refused(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)), "already_resolved");
}

static void a_result_in_time_needs_no_letter(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(
        world_ask(w, ask_resolve("2026-11-19T17:30"))); /* the due day itself is in time, whatever the hour */
    assert_int_equal(w->dossier.late.statutory, 0);
    assert_refused(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)), "already_resolved");
}

static void the_rules_of_the_receipt_date_are_cited(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2025-06-30T09:00"));
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-12-01", NULL)));
    assert_int_equal(world_ask(w, ask_apologize("Chờ", "2026-12-02", NULL)).rules, RULES_61);
    assert_done(world_receive(w, "1.001", "2025-07-01T09:00"));
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-12-01", NULL)));
    assert_int_equal(world_ask(w, ask_apologize("Chờ", "2026-12-02", NULL)).rules, RULES_118);
}

static void a_late_refusal_may_get_its_letter_too(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.002", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_refuse("Không đủ", "2026-11-18T09:00")));
    struct outcome dated = world_ask(w, ask_apologize("Xin lỗi", "2026-12-01", NULL));
    assert_refused(dated, "not_open");
    assert_int_equal(dated.arg[2].number, T_label_hint_no_until);
    assert_done(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)));
    assert_refused(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)), "second_apology");
    assert_int_equal(w->dossier.facts.state, STATE_REFUSED);
}

static void no_result_lies_before_the_letter_that_says_there_is_none(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-12-01", "2026-11-18T08:00")));
    assert_refused(world_ask(w, ask_resolve("2026-11-18T07:59")), "before_letter");
    assert_refused(world_ask(w, ask_refuse("Không đủ", "2026-11-17T09:00")), "before_letter");
    assert_done(world_ask(w, ask_resolve("2026-11-18T08:00")));
}

static void logins_and_agencies_have_their_shape(void **state)
{
    struct world *w = *state;
    w->login = "admin";
    struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    c.officer = (struct officer){.login = STR("lan trần"), .name = STR("Trần Lan"), .role = ROLE_OFFICER};
    assert_refused(world_ask(w, c), "bad_login");
    c.officer.login = STR("-rf");
    assert_refused(world_ask(w, c), "bad_login");
    c.officer.login = STR("uid:1000");
    assert_done(world_ask(w, c));
    static const char *const wrong[] = {"..",      "-H42", "H42.",
                                        "H42..26", "H 42", "1234567890123456789012345678901"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct office *empty = office_new();
        struct world fresh = {.office = empty, .kept = ARENA_INIT, .login = "root", .now = w->now};
        struct command found = {.kind = COMMAND_FOUND, .at = NO_TIME};
        found.found =
            (struct office_identity){.name = STR("UBND xã"), .agency = str_of(wrong[i]), .utc_offset = 420};
        assert_refused(world_ask(&fresh, found), "bad_agency");
        found.found.agency = STR("000.00.53.H48");
        assert_done(world_ask(&fresh, found));
        world_release(&fresh);
    }
}

/* ---- resolve, return, refuse ---- */

static void results_come_once_and_go_once(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_refused(world_ask(w, ask_return(NULL)), "not_resolved");
    assert_refused(world_ask(w, ask_resolve("2026-11-16T08:59")), "before_receipt");
    assert_refused(world_ask(w, ask_resolve("2026-11-21T10:01")), "future_time");
    struct command c = ask_resolve("2026-11-20T09:00");
    c.resolve.result = STR("Giấy xác nhận\nsố 12");
    c.resolve.digitized = true;
    assert_done(world_ask(w, c));
    assert_int_equal(w->dossier.late.statutory, 1);
    assert_int_equal(w->dossier.facts.state, STATE_RESOLVED);
    assert_int_equal(w->dossier.facts.ended_how, ENDED_RESOLVED);
    assert_str(w->dossier.result, "Giấy xác nhận\nsố 12");
    assert_true(w->dossier.digitized);
    struct outcome once = world_ask(w, ask_resolve(NULL));
    assert_refused(once, "already_resolved");
    assert_int_equal(once.arg[2].number, T_nothing);
    assert_refused(world_ask(w, ask_transfer("nam", NULL)), "already_resolved");
    assert_refused(world_ask(w, ask_refuse("Không đủ", NULL)), "already_resolved");
    assert_refused(world_ask(w, ask_return("2026-11-20T08:59")), "before_result");
    c = ask_return("2026-11-20T09:30");
    c.give_back.to = STR("Nguyễn Văn Con");
    assert_done(world_ask(w, c));
    assert_str(w->dossier.returned_to, "Nguyễn Văn Con");
    assert_int_equal(w->dossier.facts.state, STATE_RETURNED);
    assert_int_equal(w->dossier.return_channel, CHANNEL_DIRECT);
    struct outcome o = world_ask(w, ask_return(NULL));
    assert_refused(o, "already_resolved");
    assert_time(o.arg[1].number, "2026-11-20T09:00");
    assert_int_equal(o.arg[2].number, T_label_hint_returned);
}

static void a_refusal_is_solved_and_is_handed_over_too(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_refused(world_ask(w, ask_refuse("", NULL)), "empty_text");
    assert_done(world_ask(w, ask_refuse("Không thuộc thẩm quyền", "2026-11-20T15:00")));
    assert_int_equal(w->dossier.facts.state, STATE_REFUSED);
    assert_int_equal(w->dossier.facts.resolved, world_time("2026-11-20T15:00"));
    assert_int_equal(w->dossier.late.statutory, 1);
    assert_refused(world_ask(w, ask_resolve(NULL)), "not_open");
    assert_refused(world_ask(w, ask_apologize("Chờ", "2026-12-01", NULL)), "not_open");
    assert_refused(world_ask(w, ask_refuse("Lại", NULL)), "not_open");
    assert_done(world_ask(w, ask_return(NULL)));
    assert_int_equal(w->dossier.facts.state, STATE_REFUSED);
    assert_true(w->dossier.facts.returned != NO_TIME);
    assert_refused(world_ask(w, ask_return(NULL)), "not_open");
}

/* Each sentence says what can be done about it, in the dossier's own state. */
static void assert_said(struct outcome o, const char *expected)
{
    struct buf out = BUF_INIT;
    outcome_message(&out, LANG_EN, &o);
    assert_string_equal(out.p, expected);
    buf_release(&out);
}

static void what_is_said_can_be_done(void **state)
{
    struct world *w = *state;
    static const enum command_kind ends[] = {COMMAND_REFUSE, COMMAND_STOP, COMMAND_VOID, COMMAND_WITHDRAW};
    w->login = "chief";
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
    assert_said(world_ask(w, ask_rate(5, NULL)),
                "dossier H42.26.21-261120-0001 has no result yet; record one first (resolve)");
    assert_said(world_ask(w, ask_return(NULL)),
                "dossier H42.26.21-261120-0001 has no result yet; record one first (resolve)");
    for (size_t i = 0; i < 4; i++) {
        bool of_old = ends[i] == COMMAND_WITHDRAW;
        assert_done(world_receive(w, "1.001", of_old ? "2025-06-30T09:00" : "2026-11-20T09:00"));
        assert_done(world_ask(w, ask_end(ends[i], "Theo đơn", NULL)));
        struct outcome o = world_ask(w, ask_rate(5, NULL));
        struct buf said = BUF_INIT;
        buf_addf(&said, "dossier %.*s ended without a result; only a dossier with a result is rated",
                 STR_ARG(w->dossier.code));
        assert_refused(o, "not_resolved");
        assert_said(o, said.p);
        buf_release(&said);
    }
    /* A letter after a late result has no date to tell. */
    assert_done(world_receive(w, "1.002", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_resolve("2026-11-18T09:00")));
    assert_said(
        world_ask(w, ask_apologize("Xin lỗi", "2026-12-01", NULL)),
        "dossier H42.26.21-261116-0006 has had its result since 2026-11-18 09:00; there is no date left to "
        "promise, leave out --until");
    assert_done(world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)));
    assert_said(
        world_ask(w, ask_apologize("Xin lỗi", NULL, NULL)),
        "dossier H42.26.21-261116-0006 already has apology letter no. 01/PXL; a dossier may be apologised "
        "for and rescheduled only once");
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
    assert_done(world_ask(w, ask_apologize("Xin lỗi", "2026-12-01", NULL)));
    assert_said(
        world_ask(w, ask_apologize("Xin lỗi", "2026-12-02", NULL)),
        "dossier H42.26.21-261120-0007 already has apology letter no. 02/PXL, new date 2026-12-01 17:00; a "
        "dossier may be apologised for and rescheduled only once");
    assert_done(world_receive(w, "1.002", "2026-11-16T09:00"));
    assert_done(world_ask(w, ask_refuse("Không đủ", "2026-11-18T09:00")));
    assert_said(world_ask(w, ask_apologize("Xin lỗi", "2026-12-01", NULL)),
                "dossier H42.26.21-261116-0008 has ended (refused); this can no longer be done; there is no "
                "date left "
                "to promise, leave out --until");
    struct command c = ask_transfer("nam", NULL);
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
    assert_true(limit_parse(STR("3650 months"), &c.transfer.within));
    assert_said(world_ask(w, c), "the limit 3650 months runs past the year 2100; check the limit");
    assert_true(limit_parse(STR("3649.5 working_days"), &c.transfer.within));
    w->now = civil_to_utc(world_time("2099-11-20T10:00"), 7 * 60);
    assert_said(world_ask(w, c), "the limit 3649.5 working days runs past the year 2100; check the limit");
}

static void the_preview_says_what_decide_would(void **state)
{
    struct world *w = *state;
    struct moment m = {.now = w->now, .login = STR("huong")};
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    assert_done(decide_preview(w->office, &w->dossier, COMMAND_APOLOGIZE, &m));
    assert_refused(decide_preview(w->office, &w->dossier, COMMAND_RETURN, &m), "not_resolved");
    assert_done(world_ask(w, ask_apologize("Chờ", "2026-12-01", NULL)));
    assert_refused(decide_preview(w->office, &w->dossier, COMMAND_APOLOGIZE, &m), "second_apology");
    m.login = STR("stranger");
    assert_refused(decide_preview(w->office, &w->dossier, COMMAND_RESOLVE, &m), "not_allowed");
}

/* ---- the screens know what decide() would say ---- */

/* A request of this kind in which nothing is wrong but, it may be, the dossier's state. */
static struct command sound(enum command_kind kind, const struct facts *f)
{
    static const struct change phone = {CORRECT_PHONE, STR("0987654321")};
    switch (kind) {
    case COMMAND_TRANSFER: return ask_transfer("nam", NULL);
    case COMMAND_APOLOGIZE:
        return ask_apologize("Chờ", f->state == STATE_PROCESSING ? "2027-03-01" : NULL, NULL);
    case COMMAND_RESOLVE: return ask_resolve(NULL);
    case COMMAND_RETURN: return ask_return(NULL);
    case COMMAND_SUPPLEMENT: return ask_supplement(NULL);
    case COMMAND_RESTART: return ask_restart(NULL);
    case COMMAND_AWAIT_PAYMENT: return ask_await_payment(NULL);
    case COMMAND_PAID: return ask_paid("2 working_days", NULL);
    case COMMAND_CORRECT: return ask_changes(&phone, 1);
    case COMMAND_RATE: return ask_rate(5, NULL);
    default: return ask_end(kind, "Lý do", NULL);
    }
}

/* Brings the world's dossier into a state; `late`: past its due time. */
static void bring_into(struct world *w, enum dossier_state state, bool late, bool letter)
{
    const char *login = w->login;
    w->login = "chief";
    world_set_now(w, "2026-11-16T09:00");
    assert_done(world_receive(w, "1.001", "2026-11-16T09:00"));
    if (letter)
        assert_done(world_ask(w, ask_apologize("Chờ", "2027-01-04", NULL)));
    world_set_now(w, late ? "2026-11-20T09:00" : "2026-11-17T09:00");
    switch (state) {
    case STATE_WAITING: assert_done(world_ask(w, ask_insist(NULL))); break;
    case STATE_WAITING_PAYMENT: assert_done(world_ask(w, ask_await_payment(NULL))); break;
    case STATE_RETURNED:
    case STATE_RESOLVED:
        assert_done(world_ask(w, ask_resolve(NULL)));
        if (state == STATE_RETURNED)
            assert_done(world_ask(w, ask_return(NULL)));
        break;
    case STATE_REFUSED: assert_done(world_ask(w, ask_refuse("Không", NULL))); break;
    case STATE_STOPPED: assert_done(world_ask(w, ask_end(COMMAND_STOP, "Thôi", NULL))); break;
    case STATE_VOID: assert_done(world_ask(w, ask_end(COMMAND_VOID, "Nhầm", NULL))); break;
    default: break;
    }
    w->login = login;
}

static void the_preview_agrees_with_decide_in_every_state(void **state)
{
    struct world *w = *state;
    static const char *const logins[] = {"huong", "chief", "stranger"};
    static const enum dossier_state states[] = {STATE_PROCESSING, STATE_WAITING,  STATE_WAITING_PAYMENT,
                                                STATE_RESOLVED,   STATE_RETURNED, STATE_REFUSED,
                                                STATE_STOPPED,    STATE_VOID};
    size_t allowed = 0, refused = 0;
    for (size_t i = 0; i < 8 * 4 * 3; i++)
        for (enum command_kind kind = COMMAND_TRANSFER; kind <= COMMAND_RATE; kind++) {
            w->login = logins[i / 32];
            bring_into(w, states[i % 8], i / 8 % 2, i / 16 % 2);
            struct moment m = {.now = w->now, .login = str_of(w->login)};
            struct outcome said = decide_preview(w->office, &w->dossier, kind, &m);
            struct command c = sound(kind, &w->dossier.facts);
            /* A chief is told of what needs insisting when asking, not before. */
            if (kind == COMMAND_SUPPLEMENT)
                c.supplement.insist = i / 32 == 1;
            struct outcome done = world_ask(w, c);
            assert_kind(done, outcome_kind_name(said.kind));
            assert_memory_equal(&done, &said, sizeof done);
            *(outcome_ok(&done) ? &allowed : &refused) += 1;
        }
    assert_true(allowed > 200 && refused > 500);
}

static void who_may_not_is_told_what_and_whom_to_ask(void **state)
{
    struct world *w = *state;
    assert_done(world_receive(w, "1.001", "2026-11-19T09:00"));
    w->login = "stranger";
    struct outcome o = world_ask(w, ask_resolve(NULL));
    assert_refused(o, "not_allowed");
    assert_string_equal(o.arg[0].text, "stranger");
    assert_int_equal(o.arg[1].number, T_label_act_handle);
    assert_string_equal(o.arg[2].text, "admin"); /* only an admin makes one known */
    for (enum act act = 0; act < ACT_COUNT; act++) {
        o = decide_allowed(w->office, STR("stranger"), act);
        assert_refused(o, "not_allowed");
        for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++)
            assert_true(lang_text(lang, (enum text_id)o.arg[1].number)[0] != '\0');
        assert_refused(decide_allowed(w->office, STR("gone"), act), "not_allowed");
        assert_done(decide_allowed(w->office, STR("admin"), act));
    }
    o = decide_allowed(w->office, STR("chief"), ACT_PEOPLE);
    assert_refused(o, "not_allowed");
    assert_string_equal(o.arg[2].text, "admin");
    o = decide_allowed(w->office, STR("nam"), ACT_VOID);
    assert_string_equal(o.arg[2].text, "chief");
    struct buf text = BUF_INIT;
    outcome_message(&text, LANG_VI, &o);
    assert_string_equal(text.p, "nam không có quyền hủy hồ sơ ghi nhầm; liên hệ chief");
    buf_release(&text);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(receive_gives_code_due_and_holder),
        T(receive_on_a_day_off_keeps_the_real_date_in_the_code),
        T(receive_refuses_what_the_desk_cannot_take),
        T(receive_checks_every_text),
        T(a_limit_may_be_given_where_there_is_none_and_by_a_chief_against_the_catalogue),
        T(a_given_code_is_kept_or_refused),
        T(a_case_is_named_after_a_hash_or_a_dot),
        T(a_procedure_may_have_its_own_clock),
        T(components_are_checked_and_kept_in_order),
        T(strangers_and_the_retired_may_not_write),
        T(the_last_admin_stays),
        T(an_office_is_founded_once),
        T(transfer_changes_holder_and_unit),
        T(an_outside_unit_may_hold_it),
        T(a_step_may_have_a_limit_of_its_own),
        T(one_apology_in_a_life),
        T(a_letter_on_the_due_day_or_later_is_not_in_time),
        T(the_new_date_must_be_possible),
        T(the_new_hour_is_one_of_the_desks),
        T(in_hours_a_later_hour_of_the_same_day_is_later),
        T(a_late_result_may_still_get_its_letter_without_a_new_date),
        T(a_result_in_time_needs_no_letter),
        T(a_late_refusal_may_get_its_letter_too),
        T(no_result_lies_before_the_letter_that_says_there_is_none),
        T(logins_and_agencies_have_their_shape),
        T(the_rules_of_the_receipt_date_are_cited),
        T(results_come_once_and_go_once),
        T(a_refusal_is_solved_and_is_handed_over_too),
        T(what_is_said_can_be_done),
        T(the_preview_says_what_decide_would),
        T(the_preview_agrees_with_decide_in_every_state),
        T(who_may_not_is_told_what_and_whom_to_ask),
    };
    return cmocka_run_group_tests_name("the desk's rules", tests, NULL, NULL);
}
