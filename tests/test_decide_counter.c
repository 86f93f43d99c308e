/* At the counter, and where a handover leads in a procedure's process. Monday 16/11/2026. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, NULL, "2026-11-16T09:00");
}

static const char *asked(struct world *w, struct command command)
{
    struct outcome o = world_ask(w, command);
    return outcome_kind_name(o.kind);
}

/* ---- the process ---- */

static struct limit days(uint32_t hundredths)
{
    return (struct limit){LIMIT_WORKING_DAYS, hundredths, LIMIT_NO_CUTOFF};
}

static struct command process_of(const char *procedure, const struct step *steps, size_t count)
{
    struct command c = {.kind = COMMAND_STEPS_PUT, .at = NO_TIME};
    c.steps.procedure = str_of(procedure);
    c.steps.step = steps;
    c.steps.count = count;
    return c;
}

static void put_process(struct world *w)
{
    const struct step steps[] = {{STR("Tiếp nhận"), ROLE_OFFICER, days(50)},
                                 {STR("Thẩm định"), ROLE_SPECIALIST, days(100)},
                                 {STR("Lấy ý kiến"), ROLE_SPECIALIST, days(50)},
                                 {STR("Ký duyệt"), ROLE_CHIEF, days(50)},
                                 {STR("Lưu"), ROLE_NONE, {.cutoff = LIMIT_NO_CUTOFF}}};
    struct outcome o = world_ask_as(w, "admin", process_of("1.001", steps, 5));
    assert_true(outcome_ok(&o));
}

static const struct event *last(const struct world *w)
{
    return &w->history[w->events - 1];
}

/* To this person: the step it is then in, and its limit. */
static void leads(struct world *w, const char *to, const char *step, uint32_t hundredths)
{
    assert_string_equal(asked(w, ask_transfer(to, NULL)), "done");
    assert_true(str_eq(last(w)->transferred.step, str_of(step)));
    assert_int_equal(last(w)->transferred.within.hundredths, hundredths);
    assert_true((last(w)->transferred.within_due == NO_TIME) == (hundredths == 0));
    assert_true(str_eq(w->dossier.step, str_of(step)));
}

static void a_handover_leads_to_the_next_step_of_that_role(void **state)
{
    struct world *w = *state;
    put_process(w);
    struct outcome o = world_receive(w, "1.001", NULL);
    assert_true(outcome_ok(&o));
    assert_true(str_eq(w->dossier.step, STR("Tiếp nhận")));
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "nam", "Lấy ý kiến", 50);
    leads(w, "nam", "Lấy ý kiến", 50); /* the next is another's: the present one again */
    leads(w, "chief", "Ký duyệt", 50);
    leads(w, "huong", "Lưu", 0); /* whoever does it: nobody's in particular */
    leads(w, "chief", "Lưu", 0);
}

static void what_leaders_do_any_of_them_does(void **state)
{
    struct world *w = *state;
    put_process(w);
    world_receive(w, "1.001", NULL);
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "admin", "Ký duyệt", 50);
}

/* Where no step after it is that person's: the present one again, or one before. */
static void it_goes_back_to_whose_work_is_over(void **state)
{
    struct world *w = *state;
    const struct step steps[] = {{STR("Tiếp nhận"), ROLE_OFFICER, days(50)},
                                 {STR("Thẩm định"), ROLE_SPECIALIST, days(100)},
                                 {STR("Ký duyệt"), ROLE_CHIEF, days(50)}};
    struct outcome o = world_ask_as(w, "admin", process_of("1.001", steps, 3));
    assert_true(outcome_ok(&o));
    world_receive(w, "1.001", NULL);
    leads(w, "chief", "Ký duyệt", 50); /* the only one of a chief, though it passes one over */
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "huong", "Tiếp nhận", 50);
}

/* The last step is the desk's, too: what is given back for a mistake does not jump there. */
static void what_is_given_back_passes_nobody_over(void **state)
{
    struct world *w = *state;
    const struct step steps[] = {{STR("Tiếp nhận"), ROLE_OFFICER, days(50)},
                                 {STR("Thẩm định"), ROLE_SPECIALIST, days(100)},
                                 {STR("Ký duyệt"), ROLE_CHIEF, days(50)},
                                 {STR("Trả kết quả"), ROLE_OFFICER, days(50)}};
    struct outcome o = world_ask_as(w, "admin", process_of("1.001", steps, 4));
    assert_true(outcome_ok(&o));
    world_receive(w, "1.001", NULL);
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "huong", "Tiếp nhận", 50);
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "chief", "Ký duyệt", 50);
    leads(w, "nam", "Thẩm định", 100);
    leads(w, "chief", "Ký duyệt", 50);
    leads(w, "huong", "Trả kết quả", 50);
}

static void a_step_that_is_named_is_taken(void **state)
{
    struct world *w = *state;
    put_process(w);
    world_receive(w, "1.001", NULL);
    struct command c = ask_transfer("nam", NULL);
    c.transfer.step = STR("KY DUYET");
    assert_string_equal(asked(w, c), "done");
    assert_true(str_eq(last(w)->transferred.step, STR("Ký duyệt"))); /* as the process spells it */
    assert_int_equal(last(w)->transferred.within.hundredths, 50);
    c.transfer.step = STR("Thẩm địn");
    assert_string_equal(asked(w, c), "unknown_step");
    c.transfer.step = STR("Thẩm định");
    c.transfer.within = days(200);
    assert_string_equal(asked(w, c), "done");
    assert_int_equal(last(w)->transferred.within.hundredths, 200);
}

static void an_outside_unit_is_in_no_hurry(void **state)
{
    struct world *w = *state;
    put_process(w);
    world_receive(w, "1.001", NULL);
    leads(w, "nam", "Thẩm định", 100);
    struct command c = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    c.transfer.unit = STR("Thuế cơ sở 3");
    assert_string_equal(asked(w, c), "done");
    assert_true(str_eq(w->dossier.step, STR("Thẩm định")));
    assert_int_equal(last(w)->transferred.within.kind, LIMIT_NONE);
    leads(w, "nam", "Lấy ý kiến", 50);
}

static void without_a_process_there_are_no_steps(void **state)
{
    struct world *w = *state;
    world_receive(w, "1.001", NULL);
    assert_int_equal(w->dossier.step.n, 0);
    leads(w, "nam", "", 0);
    struct command c = ask_transfer("nam", NULL);
    c.transfer.step = STR("Việc khác"); /* then it may be called anything */
    assert_string_equal(asked(w, c), "done");
    assert_true(str_eq(last(w)->transferred.step, STR("Việc khác")));
    assert_int_equal(last(w)->transferred.within.kind, LIMIT_NONE);
}

/* Hours and days add up, eight to one; what is counted otherwise does not. */
static void steps_fit_into_the_limit(void **state)
{
    struct world *w = *state;
    const struct step whole[] = {{STR("A"), ROLE_NONE, days(250)},
                                 {STR("B"), ROLE_NONE, {LIMIT_WORKING_HOURS, 400, LIMIT_NO_CUTOFF}},
                                 {STR("C"), ROLE_NONE, {LIMIT_CALENDAR_DAYS, 9900, LIMIT_NO_CUTOFF}}};
    const struct step more[] = {{STR("A"), ROLE_NONE, days(250)},
                                {STR("B"), ROLE_NONE, {LIMIT_WORKING_HOURS, 401, LIMIT_NO_CUTOFF}}};
    struct outcome o = world_ask_as(w, "admin", process_of("1.001", whole, 3));
    assert_true(outcome_ok(&o));
    o = world_ask_as(w, "admin", process_of("1.001", more, 2));
    assert_string_equal(outcome_kind_name(o.kind), "steps_too_long");
    o = world_ask_as(w, "admin",
                     process_of("1.006", more, 2)); /* calendar days: there may be that many working ones */
    assert_true(outcome_ok(&o));
    o = world_ask_as(w, "huong", process_of("1.001", whole, 3));
    assert_string_equal(outcome_kind_name(o.kind), "not_allowed");
}

/* There is no more working time in a limit than eight hours for each of its days, thirty-one to a month; a
 * step in days of the calendar may fall on days off altogether. */
static void whatever_unit_the_limit_is_in(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *limit, *step;
        bool fits;
    } cases[] = {
        {"same_day", "1 working_days", true},          {"same_day", "8.01 working_hours", false},
        {"same_day@15:00", "2 working_days", false},   {"same_day", "40 calendar_days", true},
        {"2 calendar_days", "2 working_days", true},   {"2 calendar_days", "2.01 working_days", false},
        {"1 month", "31 working_days", true},          {"1 month", "31.01 working_days", false},
        {"4 working_hours", "0.5 working_days", true}, {"4 working_hours", "0.51 working_days", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct command c = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME};
        struct step step = {.name = STR("A")};
        c.procedure = *office_find_procedure(w->office, STR("1.001"));
        assert_true(limit_parse(str_of(cases[i].limit), &c.procedure.limit));
        assert_true(limit_parse(str_of(cases[i].step), &step.limit));
        struct outcome o = world_ask_as(w, "admin", c);
        assert_true(outcome_ok(&o));
        o = world_ask_as(w, "admin", process_of("1.001", &step, 1));
        if (o.kind != (cases[i].fits ? KIND_done : KIND_steps_too_long))
            fail_msg("%s in %s: %s", cases[i].step, cases[i].limit, outcome_kind_name(o.kind));
    }
}

/* ---- numbers ---- */

static enum series series(const struct world *w, struct command c, const char *now, int *year)
{
    struct needs needs;
    struct moment moment = {.now = civil_to_utc(world_time(now), 7 * 60), .login = STR("admin")};
    decide_needs(w->office, &c, &moment, &needs);
    *year = needs.series_year;
    return needs.series;
}

static void the_year_of_a_number(void **state)
{
    struct world *w = *state;
    int year;
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time("2026-12-31T09:00")};
    assert_int_equal(series(w, c, "2027-01-04T08:00", &year), SERIES_REGISTER);
    assert_int_equal(year, 2027); /* the book that is open */
    static const struct {
        enum command_kind kind;
        bool refused;
        enum series series;
    } cases[] = {{COMMAND_SUPPLEMENT, false, SERIES_SUPPLEMENT},
                 {COMMAND_REFUSE, false, SERIES_REFUSAL},
                 {COMMAND_STOP, false, SERIES_STOP},
                 {COMMAND_APOLOGIZE, false, SERIES_APOLOGY},
                 {COMMAND_TURN_AWAY, false, SERIES_SUPPLEMENT},
                 {COMMAND_TURN_AWAY, true, SERIES_REFUSAL},
                 {COMMAND_WITHDRAW, false, SERIES_NONE},
                 {COMMAND_IMPORT, false, SERIES_NONE},
                 {COMMAND_RESOLVE, false, SERIES_NONE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct command d = {.kind = cases[i].kind, .at = world_time("2026-12-31T09:00")};
        if (d.kind == COMMAND_TURN_AWAY)
            d.turn_away.refused = cases[i].refused;
        assert_int_equal(series(w, d, "2027-01-04T08:00", &year), cases[i].series);
        assert_int_equal(year, 2027); /* the year in which it is recorded: the last one's series is closed */
        d.at = NO_TIME;
        series(w, d, "2026-12-31T18:00", &year);
        assert_int_equal(year, 2026);
        series(w, d, "2027-01-01T00:00", &year);
        assert_int_equal(year, 2027);
    }
}

/* ---- fees ---- */

static struct command fee(int64_t amount, bool exempt, const char *reason)
{
    struct command c = {.kind = COMMAND_FEE, .at = NO_TIME};
    c.fee.amount = amount;
    c.fee.exempt = exempt;
    c.fee.reason = str_of(reason);
    return c;
}

static void what_was_paid_never_falls_below_nothing(void **state)
{
    struct world *w = *state;
    world_receive(w, "1.001", NULL);
    assert_string_equal(asked(w, fee(0, false, NULL)), "no_fee");
    assert_string_equal(asked(w, fee(-1, false, "x")), "fee_back");
    assert_string_equal(asked(w, fee(5, true, "x")), "fee_both");
    assert_string_equal(asked(w, fee(INT64_MIN, false, "x")), "fee_back");
    assert_string_equal(asked(w, fee(INT64_MAX, false, NULL)), "fee_too_large");
    assert_string_equal(asked(w, fee(FEE_MOST, false, NULL)), "done");
    assert_string_equal(asked(w, fee(1, false, NULL)), "fee_too_large");
    assert_string_equal(asked(w, fee(0, true, "x")), "fee_paid");
    assert_string_equal(asked(w, fee(-FEE_MOST, false, NULL)), "empty_text");
    assert_string_equal(asked(w, fee(-FEE_MOST, false, "thu nhầm")), "done");
    assert_int_equal(w->dossier.fee_paid, 0);
    assert_false(w->dossier.fee_settled);
    assert_string_equal(asked(w, fee(0, true, NULL)), "empty_text");
    assert_string_equal(asked(w, fee(0, true, "Hộ nghèo")), "done");
    assert_true(w->dossier.fee_settled && w->dossier.fee_exempt);
    assert_string_equal(asked(w, fee(100, false, NULL)), "done");
    assert_true(w->dossier.fee_settled && !w->dossier.fee_exempt);
}

/* Solved, returned, waiting: money is taken whenever it comes. */
static void a_fee_may_come_after_the_result(void **state)
{
    struct world *w = *state;
    world_receive(w, "1.001", NULL);
    assert_string_equal(asked(w, ask_supplement(NULL)), "done");
    assert_string_equal(asked(w, fee(100, false, NULL)), "done");
    assert_string_equal(asked(w, ask_restart(NULL)), "done");
    assert_string_equal(asked(w, ask_resolve(NULL)), "done");
    assert_string_equal(asked(w, ask_return(NULL)), "done");
    assert_string_equal(asked(w, fee(100, false, NULL)), "done");
    assert_int_equal(w->dossier.fee_paid, 200);
}

static const char *said(const struct outcome *o, struct buf *text)
{
    buf_reset(text);
    outcome_message(text, LANG_VI, o);
    return text->p;
}

static void no_more_is_taken_than_is_owed(void **state)
{
    struct world *w = *state;
    struct buf text = BUF_INIT;
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    c.receive.procedure = STR("1.001");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = 15000;
    struct outcome o = world_ask(w, c);
    assert_true(outcome_ok(&o));
    o = world_ask(w, fee(15001, false, NULL));
    assert_string_equal(outcome_kind_name(o.kind), "fee_over");
    assert_string_equal(asked(w, fee(10000, false, NULL)), "done");
    o = world_ask(w, fee(5001, false, NULL));
    assert_string_equal(outcome_kind_name(o.kind), "fee_over");
    assert_non_null(strstr(said(&o, &text), "5.000 đồng"));
    assert_non_null(strstr(said(&o, &text), "15.000 đồng"));
    assert_string_equal(asked(w, fee(5000, false, NULL)), "done");
    assert_string_equal(asked(w, fee(1, false, NULL)), "fee_over");
    buf_release(&text);
}

/* Money that nobody could give back any more would be gone from the cash. */
static void what_has_paid_is_not_void(void **state)
{
    struct world *w = *state;
    struct buf text = BUF_INIT;
    struct command gone = {.kind = COMMAND_VOID, .at = NO_TIME};
    gone.end.reason = STR("nhập nhầm");
    world_receive(w, "1.001", NULL);
    assert_string_equal(asked(w, fee(2000, false, NULL)), "done");
    struct outcome o = world_ask_as(w, "chief", gone);
    assert_string_equal(outcome_kind_name(o.kind), "fee_kept");
    assert_non_null(strstr(said(&o, &text), "2.000 đồng"));
    assert_string_equal(asked(w, fee(-2000, false, "hồ sơ nhập nhầm")), "done");
    o = world_ask_as(w, "chief", gone);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    buf_release(&text);
}

/* ---- whose work it is ---- */

static void resolves(const struct world *w, const char *unit)
{
    struct str is = dossier_resolving_unit(&w->dossier);
    assert_int_equal(is.n, strlen(unit));
    assert_memory_equal(is.p, unit, is.n);
}

static void seat(struct world *w, const char *login, enum role role, const char *unit)
{
    struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    c.officer =
        (struct officer){.login = str_of(login), .name = str_of(login), .role = role, .unit = str_of(unit)};
    struct outcome o = world_ask_as(w, "admin", c);
    assert_true(outcome_ok(&o));
}

static void seat_all(struct world *w)
{
    seat(w, "huong", ROLE_OFFICER, "Bộ phận Một cửa");
    seat(w, "nam", ROLE_SPECIALIST, "Tư pháp - Hộ tịch");
    seat(w, "chief", ROLE_CHIEF, "Văn phòng");
}

/* The unit that resolves it stays that while a chief signs and the desk hands out. */
static void who_signs_and_who_hands_out_do_not_resolve(void **state)
{
    struct world *w = *state;
    seat_all(w);
    world_receive(w, "1.001", NULL);
    resolves(w, "Bộ phận Một cửa"); /* nobody said yet */
    assert_string_equal(asked(w, ask_transfer("nam", NULL)), "done");
    resolves(w, "Tư pháp - Hộ tịch");
    assert_string_equal(asked(w, ask_transfer("chief", NULL)), "done");
    assert_true(str_eq(w->dossier.unit, STR("Văn phòng")));
    resolves(w, "Tư pháp - Hộ tịch");
    assert_string_equal(asked(w, ask_transfer("huong", NULL)), "done");
    assert_true(str_eq(w->dossier.unit, STR("Bộ phận Một cửa")));
    resolves(w, "Tư pháp - Hộ tịch");
    struct command c = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    c.transfer.unit = STR("Thuế cơ sở 3");
    assert_string_equal(asked(w, c), "done");
    resolves(w, "Thuế cơ sở 3");
    assert_string_equal(asked(w, ask_transfer("huong", NULL)), "done");
    resolves(w, "Thuế cơ sở 3");
}

/* From the receipt on, where it goes straight to a specialist or a unit is named. */
static void a_receipt_may_say_whose_work_it_is(void **state)
{
    struct world *w = *state;
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    seat_all(w);
    c.receive.procedure = STR("1.001");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    c.receive.officer = STR("nam");
    assert_string_equal(asked(w, c), "done");
    assert_string_equal(asked(w, ask_transfer("huong", NULL)), "done");
    resolves(w, "Tư pháp - Hộ tịch");
}

static void a_receipt_may_name_the_unit(void **state)
{
    struct world *w = *state;
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    seat_all(w);
    c.receive.procedure = STR("1.001");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    c.receive.unit = STR("Phòng Kinh tế");
    assert_string_equal(asked(w, c), "done");
    assert_string_equal(asked(w, ask_transfer("chief", NULL)), "done");
    resolves(w, "Phòng Kinh tế");
}

static void the_letter_is_of_who_resolves_it(void **state)
{
    struct world *w = *state;
    seat_all(w);
    world_receive(w, "1.001", NULL);
    assert_string_equal(asked(w, ask_transfer("nam", NULL)), "done");
    assert_string_equal(asked(w, ask_transfer("chief", NULL)), "done");
    struct command c = ask_apologize("Chờ xác minh", "2026-11-25", NULL);
    c.apologize.unit = STR(" ");
    assert_string_equal(asked(w, c), "empty_text");
    c.apologize.unit = STR("");
    assert_string_equal(asked(w, c), "empty_text");
    c.apologize.unit = STR_NONE;
    assert_string_equal(asked(w, c), "done");
    assert_true(str_eq(w->dossier.apology.unit, STR("Tư pháp - Hộ tịch")));
}

/* A chief's word is on what was said then. */
static void a_letter_awaits_a_word_of_its_own(void **state)
{
    struct world *w = *state;
    struct command c = {.kind = COMMAND_LATE_REASON, .at = NO_TIME};
    world_receive(w, "1.001", NULL);
    world_set_now(w, "2026-11-23T09:00");
    c.late_reason.category = LATE_SYSTEM;
    c.late_reason.reason = STR("Mất điện cả ngày");
    assert_string_equal(asked(w, c), "done");
    struct command word = {.kind = COMMAND_LATE_REASON, .at = NO_TIME};
    word.late_reason.excuse = EXCUSE_GOOD;
    struct outcome o = world_ask_as(w, "chief", word);
    assert_true(outcome_ok(&o));
    assert_int_equal(w->dossier.late_reason.excuse, EXCUSE_GOOD);
    assert_string_equal(asked(w, ask_apologize("Chờ xác minh", "2026-11-25", NULL)), "done");
    assert_int_equal(w->dossier.late_reason.excuse, EXCUSE_UNSAID);
    assert_int_equal(w->dossier.late_reason.excused_by.n, 0);
    o = world_ask_as(w, "chief", word);
    assert_true(outcome_ok(&o));
    assert_int_equal(w->dossier.late_reason.excuse, EXCUSE_GOOD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_handover_leads_to_the_next_step_of_that_role, setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(what_leaders_do_any_of_them_does, setup, world_teardown),
        cmocka_unit_test_setup_teardown(it_goes_back_to_whose_work_is_over, setup, world_teardown),
        cmocka_unit_test_setup_teardown(what_is_given_back_passes_nobody_over, setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_step_that_is_named_is_taken, setup, world_teardown),
        cmocka_unit_test_setup_teardown(an_outside_unit_is_in_no_hurry, setup, world_teardown),
        cmocka_unit_test_setup_teardown(without_a_process_there_are_no_steps, setup, world_teardown),
        cmocka_unit_test_setup_teardown(steps_fit_into_the_limit, setup, world_teardown),
        cmocka_unit_test_setup_teardown(whatever_unit_the_limit_is_in, setup, world_teardown),
        cmocka_unit_test_setup_teardown(the_year_of_a_number, setup, world_teardown),
        cmocka_unit_test_setup_teardown(what_was_paid_never_falls_below_nothing, setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_fee_may_come_after_the_result, setup, world_teardown),
        cmocka_unit_test_setup_teardown(no_more_is_taken_than_is_owed, setup, world_teardown),
        cmocka_unit_test_setup_teardown(what_has_paid_is_not_void, setup, world_teardown),
        cmocka_unit_test_setup_teardown(who_signs_and_who_hands_out_do_not_resolve, setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_receipt_may_say_whose_work_it_is, setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_receipt_may_name_the_unit, setup, world_teardown),
        cmocka_unit_test_setup_teardown(the_letter_is_of_who_resolves_it, setup, world_teardown),
        cmocka_unit_test_setup_teardown(a_letter_awaits_a_word_of_its_own, setup, world_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
