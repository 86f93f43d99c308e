/* The rules of the office's own book: people, catalogue, days, hours, settings; one test a rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

static int setup(void **state)
{
    return world_setup(state, "admin", NULL);
}

static struct outcome ask(struct world *w, struct command c)
{
    c.at = NO_TIME;
    return world_ask(w, c);
}

/* The sentence of an outcome, in English. */
static const char *said(struct outcome o)
{
    static char text[1000];
    struct buf out = BUF_INIT;
    outcome_message(&out, LANG_EN, &o);
    snprintf(text, sizeof text, "%s", out.p);
    buf_release(&out);
    return text;
}

/* ---- people ---- */

static struct outcome put_officer(struct world *w, const char *login, const char *name, enum role role)
{
    struct command c = {.kind = COMMAND_OFFICER_PUT};
    c.officer = (struct officer){.login = str_of(login), .name = str_of(name), .role = role};
    return ask(w, c);
}

static struct outcome retire_officer(struct world *w, const char *login)
{
    return ask(w, (struct command){.kind = COMMAND_OFFICER_RETIRE, .retired = str_of(login)});
}

static const struct officer *officer(const struct world *w, const char *login)
{
    return office_find_officer(w->office, str_of(login));
}

static void an_officer_is_retired_and_comes_back_with_the_same_number(void **state)
{
    struct world *w = *state;
    uint16_t number = officer(w, "nam")->number;
    assert_done(retire_officer(w, "nam"));
    assert_true(officer(w, "nam")->retired);
    assert_str(officer(w, "nam")->unit, "Một cửa");
    assert_int_equal(officer(w, "nam")->role, ROLE_SPECIALIST);
    assert_refused(retire_officer(w, "nam"), "retired");
    assert_done(put_officer(w, "nam", "Trần Nam", ROLE_OFFICER));
    assert_false(officer(w, "nam")->retired);
    assert_int_equal(officer(w, "nam")->number, number);
    assert_int_equal(officer(w, "nam")->role, ROLE_OFFICER);
    assert_str(officer(w, "nam")->unit, ""); /* a put says all of it */
    /* the next new one gets a number of its own, also after the highest retired */
    assert_done(put_officer(w, "lan", "Lê Lan", ROLE_OFFICER));
    assert_int_equal(officer(w, "lan")->number, 6);
    assert_refused(retire_officer(w, "nobody"), "unknown_officer");
    assert_refused(retire_officer(w, ""), "unknown_officer");
}

static void who_holds_open_dossiers_is_not_retired(void **state)
{
    struct world *w = *state;
    w->login = "huong";
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
    w->login = "admin";
    struct outcome o = retire_officer(w, "huong");
    assert_refused(o, "holds_dossiers");
    assert_string_equal(said(o), "huong holds 1 open dossiers (H42.26.21-261120-0001); transfer them first");
    assert_false(officer(w, "huong")->retired);
    assert_done(world_ask(w, ask_transfer("nam", NULL)));
    assert_done(retire_officer(w, "huong"));
}

static void some_of_the_dossiers_held_are_named(void **state)
{
    struct world *w = *state;
    const struct command c = {.kind = COMMAND_OFFICER_RETIRE, .at = NO_TIME, .retired = STR("nam")};
    const struct moment m = {.now = w->now, .login = STR("admin")};
    struct needs needs;
    decide_needs(w->office, &c, &m, &needs);
    assert_str(needs.held_by, "nam");
    assert_false(needs.dossier);
    struct circumstances found = {.held = HELD_NAMED,
                                  .held_code = {STR("A-1"), STR("A-2"), STR("A-3"), STR("A-4"), STR("A-5")}};
    struct decision d = DECISION_INIT;
    struct outcome o = decide(w->office, NULL, &c, &m, &found, &d);
    assert_string_equal(said(o), "nam holds 5 open dossiers (A-1, A-2, A-3, A-4, A-5); transfer them first");
    found.held = 1234;
    o = decide(w->office, NULL, &c, &m, &found, &d);
    assert_string_equal(said(o),
                        "nam holds 1234 open dossiers (A-1, A-2, A-3, A-4, A-5, …); transfer them first");
    found.held = 0;
    o = decide(w->office, NULL, &c, &m, &found, &d);
    assert_done(o);
    decision_release(&d);
}

static void the_last_admin_is_neither_demoted_nor_retired(void **state)
{
    struct world *w = *state;
    assert_refused(retire_officer(w, "admin"), "last_admin");
    assert_refused(put_officer(w, "admin", "Quản trị", ROLE_CHIEF), "last_admin");
    assert_done(put_officer(w, "chief", "Chánh văn phòng", ROLE_ADMIN));
    assert_done(retire_officer(w, "admin"));
    w->login = "chief";
    assert_refused(retire_officer(w, "chief"), "last_admin");
    assert_refused(put_officer(w, "chief", "Chánh văn phòng", ROLE_OFFICER), "last_admin");
    assert_done(put_officer(w, "chief", "Tên khác", ROLE_ADMIN));
    /* a retired admin does not count, and is no last one */
    assert_refused(retire_officer(w, "admin"), "retired");
    assert_done(put_officer(w, "admin", "Quản trị", ROLE_OFFICER));
}

static void a_retired_officer_may_nothing(void **state)
{
    struct world *w = *state;
    assert_done(put_officer(w, "boss", "Lãnh đạo", ROLE_ADMIN));
    assert_done(retire_officer(w, "boss"));
    w->login = "boss";
    assert_refused(put_officer(w, "boss", "Lãnh đạo", ROLE_ADMIN), "not_allowed");
}

static void an_officer_has_a_role_a_login_and_a_name(void **state)
{
    struct world *w = *state;
    assert_usage(put_officer(w, "lan", "Lê Lan", ROLE_NONE), "bad_value");
    assert_usage(put_officer(w, "lan", "Lê Lan", ROLE_ADMIN + 1), "bad_value");
    assert_refused(put_officer(w, "lan", "  ", ROLE_OFFICER), "empty_text");
    assert_refused(put_officer(w, "", "Lê Lan", ROLE_OFFICER), "empty_text");
    assert_refused(put_officer(w, "lan lê", "Lê Lan", ROLE_OFFICER), "bad_login");
    assert_refused(put_officer(w, "lan", "Lê\x01Lan", ROLE_OFFICER), "bad_text");
    assert_null(officer(w, "lan"));
}

/* ---- the catalogue ---- */

static struct procedure some_procedure(void)
{
    struct procedure p = {.code = STR("1.001193"),
                          .name = STR("Đăng ký khai sinh"),
                          .field = STR("Hộ tịch"),
                          .fee = -1,
                          .online = -1,
                          .postal = -1};
    p.limit = (struct limit){.kind = LIMIT_WORKING_DAYS, .hundredths = 250, .cutoff = LIMIT_NO_CUTOFF};
    return p;
}

static struct outcome put_procedure(struct world *w, struct procedure p)
{
    return ask(w, (struct command){.kind = COMMAND_PROCEDURE_PUT, .procedure = p});
}

static struct outcome retire_procedure(struct world *w, const char *code)
{
    return ask(w, (struct command){.kind = COMMAND_PROCEDURE_RETIRE, .retired = str_of(code)});
}

static const struct procedure *procedure(const struct world *w, const char *code)
{
    return office_find_procedure(w->office, str_of(code));
}

static void a_procedure_is_put_and_put_again(void **state)
{
    struct world *w = *state;
    struct procedure p = some_procedure();
    p.number = 4711; /* the desk gives numbers, and brings back what is put */
    p.field_number = 4711;
    p.retired = true;
    assert_done(put_procedure(w, p));
    const struct procedure *first = procedure(w, "1.001193");
    assert_int_equal(first->number, 7);
    assert_int_equal(first->field_number, 1);
    assert_false(first->retired);
    assert_int_equal(first->limit.hundredths, 250);
    p.fee = 8000;
    p.field = STR("Đất đai");
    p.code = STR("1.001193");
    assert_done(put_procedure(w, p));
    assert_int_equal(procedure(w, "1.001193")->number, 7);
    assert_int_equal(procedure(w, "1.001193")->fee, 8000);
    assert_int_equal(procedure(w, "1.001193")->field_number, 2);
    p.kase = STR("01");
    assert_done(put_procedure(w, p));
    assert_int_equal(procedure(w, "1.001193#01")->number, 8);
    assert_int_equal(procedure(w, "1.001193")->number, 7);
}

static void what_a_procedure_may_not_say(void **state)
{
    struct world *w = *state;
    static const struct str bad_codes[] = {
        STR("1#01"),
        STR("1 2"),
        STR(".1"),
        STR("1."),
        STR("Đ1"),
        STR("a,b"),
        STR("1234567890123456789012345678901234567890123456789012345678901")};
    static const struct str bad_cases[] = {STR("0.1"), STR("#1"), STR("0 1"), STR("-1"),
                                           STR("123456789012345678901")};
    static const struct limit bad_limits[] = {
        {LIMIT_WORKING_DAYS, 0, LIMIT_NO_CUTOFF},
        {LIMIT_WORKING_DAYS, 365001, LIMIT_NO_CUTOFF},
        {LIMIT_MONTHS, 150, LIMIT_NO_CUTOFF},
        {LIMIT_SAME_DAY, 200, LIMIT_NO_CUTOFF},
        {LIMIT_SAME_DAY, 100, 1440},
        {LIMIT_SAME_DAY, 100, -2},
        {LIMIT_MONTHS + 1, 100, LIMIT_NO_CUTOFF},
        {(enum limit_kind) - 1, 100, LIMIT_NO_CUTOFF},
    };
    struct procedure p;
    for (size_t i = 0; i < sizeof bad_codes / sizeof *bad_codes; i++) {
        p = some_procedure();
        p.code = bad_codes[i];
        assert_usage(put_procedure(w, p), "bad_value");
    }
    for (size_t i = 0; i < sizeof bad_cases / sizeof *bad_cases; i++) {
        p = some_procedure();
        p.kase = bad_cases[i];
        assert_usage(put_procedure(w, p), "bad_value");
    }
    for (size_t i = 0; i < sizeof bad_limits / sizeof *bad_limits; i++) {
        p = some_procedure();
        p.limit = bad_limits[i];
        assert_usage(put_procedure(w, p), "bad_value");
    }
#define BAD(field, value)                                                                                    \
    do {                                                                                                     \
        p = some_procedure();                                                                                \
        p.field = (value);                                                                                   \
        assert_usage(put_procedure(w, p), "bad_value");                                                      \
    } while (0)
    BAD(fee, -2);
    BAD(fee, INT64_MIN);
    BAD(fee, INT64_C(1000000000001));
    BAD(clock, CLOCK_SAME_HOUR + 1);
    BAD(online, 2);
    BAD(online, -2);
    BAD(postal, 100);
#undef BAD
    p = some_procedure();
    p.name = STR(" ");
    assert_refused(put_procedure(w, p), "empty_text");
    p = some_procedure();
    p.field = STR_NONE;
    assert_refused(put_procedure(w, p), "empty_text");
    p = some_procedure();
    p.name = STR("a\x1b[2J");
    assert_refused(put_procedure(w, p), "bad_text");
    assert_null(procedure(w, "1.001193"));
    assert_string_equal(said((p = some_procedure(), p.fee = -2, put_procedure(w, p))),
                        "fee: cannot make sense of “-2”; give an amount in VND, digits alone");
}

static void what_a_procedure_may_say(void **state)
{
    struct world *w = *state;
    static const struct limit limits[] = {
        {LIMIT_NONE, 0, LIMIT_NO_CUTOFF}, {LIMIT_NONE, 0, 0},     {LIMIT_SAME_DAY, 100, LIMIT_NO_CUTOFF},
        {LIMIT_SAME_DAY, 100, 1439},      {LIMIT_MONTHS, 200, 0}, {LIMIT_WORKING_HOURS, 365000, 0},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct procedure p = some_procedure();
        p.limit = limits[i];
        p.fee = INT64_C(1000000000000);
        p.online = 1;
        p.postal = 0;
        p.clock = CLOCK_SAME_HOUR;
        assert_done(put_procedure(w, p));
        const struct procedure *is = procedure(w, "1.001193");
        assert_true(limit_equal(&is->limit, &limits[i]));
        assert_int_equal(is->limit.cutoff,
                         limits[i].kind == LIMIT_SAME_DAY ? limits[i].cutoff : LIMIT_NO_CUTOFF);
        assert_int_equal(is->fee, p.fee);
        assert_int_equal(is->online, 1);
        assert_int_equal(is->postal, 0);
        assert_int_equal(is->clock, CLOCK_SAME_HOUR);
    }
    static const struct str codes[] = {STR("1.012753.H19"),
                                       STR("CMU-290049"),
                                       STR("2.000815.000.00.00.H26"),
                                       STR("a"),
                                       STR("NTB_1/2"),
                                       STR("123456789012345678901234567890123456789012345678901234567890")};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct procedure p = some_procedure();
        p.code = codes[i];
        assert_done(put_procedure(w, p));
        assert_non_null(office_find_procedure(w->office, codes[i]));
    }
}

static void a_procedure_retires_with_its_cases(void **state)
{
    struct world *w = *state;
    struct procedure p = some_procedure();
    assert_done(put_procedure(w, p));
    char kase[12];
    for (int i = 1; i <= 12; i++) {
        snprintf(kase, sizeof kase, "%02d", i);
        p.kase = str_of(kase);
        assert_done(put_procedure(w, p));
    }
    assert_done(retire_procedure(w, "1.001193#03"));
    assert_true(procedure(w, "1.001193#03")->retired);
    assert_false(procedure(w, "1.001193")->retired);
    assert_refused(retire_procedure(w, "1.001193.03"), "retired");
    assert_done(retire_procedure(w, "1.001193"));
    size_t before = office_procedure_count(w->office);
    for (size_t i = 0; i < office_procedure_count(w->office); i++) {
        const struct procedure *q = office_procedure(w->office, i);
        assert_true(q->retired == (str_eq(q->code, STR("1.001193")) || str_eq(q->code, STR("1.005"))));
    }
    assert_str(procedure(w, "1.001193#12")->name, "Đăng ký khai sinh");
    assert_int_equal(procedure(w, "1.001193#12")->limit.hundredths, 250);
    assert_refused(retire_procedure(w, "1.001193"), "retired");
    /* a put brings back what it names, no more */
    p.kase = STR_NONE;
    assert_done(put_procedure(w, p));
    assert_false(procedure(w, "1.001193")->retired);
    assert_true(procedure(w, "1.001193#01")->retired);
    assert_int_equal(office_procedure_count(w->office), before);
    /* then only what stands is retired again */
    uint64_t version = procedure(w, "1.001193#01")->version;
    assert_done(retire_procedure(w, "1.001193"));
    assert_int_equal(procedure(w, "1.001193#01")->version, version);
}

static void cases_without_a_plain_procedure_retire_too(void **state)
{
    struct world *w = *state;
    assert_done(retire_procedure(w, "1.004"));
    assert_true(procedure(w, "1.004#01")->retired);
    assert_refused(retire_procedure(w, "1.004#02"), "unknown_procedure");
    assert_refused(retire_procedure(w, "9.999"), "unknown_procedure");
    assert_refused(retire_procedure(w, ""), "unknown_procedure");
    assert_refused(retire_procedure(w, "1.005"), "retired");
    struct procedure p = some_procedure();
    p.code = STR("1.012753.H19");
    assert_done(put_procedure(w, p));
    assert_done(retire_procedure(w, "1.012753.h19"));
    assert_true(procedure(w, "1.012753.H19")->retired);
}

/* ---- numbers run out, they do not run over ---- */

static void apply(struct office *o, struct event e)
{
    if (!office_apply(o, &e))
        abort();
}

static void after_the_last_number_there_is_none(void **state)
{
    struct world *w = *state;
    struct procedure last = some_procedure();
    last.code = STR("9.9");
    last.number = 65534;
    last.field_number = 65534;
    last.field = STR("Lĩnh vực");
    apply(w->office, (struct event){.kind = EVENT_PROCEDURE_PUT, .seq = 900, .procedure = last});
    struct procedure p = some_procedure();
    p.field = STR("Lĩnh vực cuối");
    assert_done(put_procedure(w, p));
    assert_int_equal(procedure(w, "1.001193")->number, 65535);
    assert_int_equal(procedure(w, "1.001193")->field_number, 65535);
    p.code = STR("1.2");
    struct outcome o = put_procedure(w, p);
    assert_refused(o, "too_many");
    assert_string_equal(said(o),
                        "procedures: there are 65535 already, no new one can be added; change one there is");
    p.code = STR("1.001193");
    p.field = STR("Lĩnh vực nữa");
    assert_refused(put_procedure(w, p), "too_many");
    p.field = STR("Hộ tịch");
    assert_done(put_procedure(w, p));
    apply(w->office,
          (struct event){
              .kind = EVENT_OFFICER_PUT,
              .seq = 901,
              .officer = {.number = 65535, .login = STR("z"), .name = STR("z"), .role = ROLE_OFFICER}});
    assert_refused(put_officer(w, "lan", "Lê Lan", ROLE_OFFICER), "too_many");
    assert_done(put_officer(w, "z", "Lê Lan", ROLE_OFFICER));
}

/* ---- days ---- */

static civil_day on(const char *date)
{
    return civil_day_of(world_time(date));
}

static struct outcome put_day(struct world *w, const char *date, enum day_kind kind, const char *name)
{
    struct command c = {.kind = COMMAND_DAY_PUT};
    c.day = (struct office_day){.day = on(date), .kind = kind, .name = str_of(name), .document = STR("TB 1")};
    return ask(w, c);
}

static struct outcome remove_day(struct world *w, const char *date)
{
    return ask(w, (struct command){.kind = COMMAND_DAY_REMOVE, .day_removed = on(date)});
}

static const struct office_day *recorded(const struct world *w, const char *date)
{
    return office_find_day(w->office, on(date));
}

static bool is_working(const struct world *w, const char *date)
{
    return calendar_is_working(office_calendar(w->office), on(date));
}

static void days_are_put_replaced_and_removed(void **state)
{
    struct world *w = *state;
    size_t count = office_day_count(w->office);
    assert_done(put_day(w, "2026-12-24", DAY_OFF, "  Nghỉ đột xuất "));
    assert_str(recorded(w, "2026-12-24")->name, "Nghỉ đột xuất");
    assert_str(recorded(w, "2026-12-24")->document, "TB 1");
    assert_false(is_working(w, "2026-12-24"));
    assert_done(put_day(w, "2026-12-24", DAY_OFF, "Tên khác"));
    assert_str(recorded(w, "2026-12-24")->name, "Tên khác");
    assert_int_equal(office_day_count(w->office), count + 1);
    assert_done(put_day(w, "2026-12-24", DAY_WORKED, "Làm việc"));
    assert_true(is_working(w, "2026-12-24"));
    assert_done(remove_day(w, "2026-12-24"));
    assert_null(recorded(w, "2026-12-24"));
    assert_int_equal(office_day_count(w->office), count);
    struct outcome o = remove_day(w, "2026-12-24");
    assert_refused(o, "unknown_day");
    assert_string_equal(said(o), "nothing is recorded for 2026-12-24; see: motcua calendar show");
    /* a recorded weekday off, removed: worked again */
    assert_false(is_working(w, "2026-11-24"));
    assert_done(remove_day(w, "2026-11-24"));
    assert_true(is_working(w, "2026-11-24"));
}

static void a_closure_takes_no_place(void **state)
{
    struct world *w = *state;
    struct outcome o = put_day(w, "2026-11-24", DAY_CLOSED, "Bão");
    assert_refused(o, "day_recorded");
    assert_string_equal(said(o),
                        "2026-11-24 is recorded as a day off (Ngày có tên); remove it first with: motcua "
                        "calendar remove 2026-11-24");
    assert_refused(put_day(w, "2026-08-22", DAY_CLOSED, "Bão"), "day_recorded");
    assert_int_equal(recorded(w, "2026-11-24")->kind, DAY_OFF);
    assert_int_equal(recorded(w, "2026-08-22")->kind, DAY_WORKED);
    assert_done(put_day(w, "2026-12-01", DAY_CLOSED, "Bão"));
    assert_true(is_working(w, "2026-12-01"));
    assert_done(put_day(w, "2026-12-01", DAY_CLOSED, "Bão số 9"));
    assert_str(recorded(w, "2026-12-01")->name, "Bão số 9");
    assert_done(put_day(w, "2026-12-01", DAY_OFF, "Nghỉ bão"));
    assert_false(is_working(w, "2026-12-01"));
    assert_done(remove_day(w, "2026-12-01"));
    /* a day that is closed and removed as well */
    assert_done(put_day(w, "2026-12-02", DAY_CLOSED, "Bầu cử"));
    assert_done(remove_day(w, "2026-12-02"));
}

static void a_working_day_needs_no_swap(void **state)
{
    struct world *w = *state;
    assert_refused(put_day(w, "2026-12-01", DAY_WORKED, "Làm bù"), "day_is_working");
    assert_done(put_day(w, "2026-12-01", DAY_CLOSED, "Bão"));
    assert_refused(put_day(w, "2026-12-01", DAY_WORKED, "Làm bù"), "day_is_working");
    assert_done(put_day(w, "2026-11-28", DAY_WORKED, "Làm bù"));
    assert_true(is_working(w, "2026-11-28"));
    assert_done(put_day(w, "2026-11-28", DAY_WORKED, "Làm bù cho ngày 23/11"));
    assert_done(put_day(w, "2026-11-24", DAY_WORKED, "Làm việc cả ngày nghỉ"));
    assert_true(is_working(w, "2026-11-24"));
    /* computed, not announced: 1/1/2027 */
    assert_done(put_day(w, "2027-01-01", DAY_WORKED, "Làm việc"));
    assert_true(is_working(w, "2027-01-01"));
    /* a holiday on a weekend carries its name */
    assert_done(put_day(w, "2026-12-06", DAY_OFF, "Lễ hội"));
}

static void a_day_has_a_date_a_kind_and_a_name(void **state)
{
    struct world *w = *state;
    struct command c = {.kind = COMMAND_DAY_PUT};
    static const enum day_kind kinds[] = {DAY_OFF, DAY_WORKED, DAY_CLOSED};
    const civil_day outside[] = {civil_from_ymd(1989, 12, 31), civil_from_ymd(2101, 1, 1), NO_DAY, INT32_MAX};
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 4; i++) {
            c.day = (struct office_day){.day = outside[i], .kind = kinds[k], .name = STR("Ngày")};
            assert_usage(ask(w, c), "bad_value");
        }
    for (size_t i = 0; i < 4; i++)
        assert_usage(ask(w, (struct command){.kind = COMMAND_DAY_REMOVE, .day_removed = outside[i]}),
                     "bad_value");
    c.day = (struct office_day){.day = on("2026-12-05"), .kind = DAY_COMPUTED, .name = STR("Ngày")};
    assert_usage(ask(w, c), "bad_value");
    c.day.kind = 0;
    assert_usage(ask(w, c), "bad_value");
    c.day = (struct office_day){.day = civil_from_ymd(1989, 12, 31), .kind = DAY_OFF, .name = STR("Ngày")};
    assert_string_equal(
        said(ask(w, c)),
        "date: cannot make sense of “1989-12-31”; give a date from 1990 to 2100, for example 2026-11-24");
    assert_refused(put_day(w, "2026-12-24", DAY_OFF, " "), "empty_text");
    assert_refused(put_day(w, "2026-12-24", DAY_OFF, "a\nb"), "bad_text");
    assert_done(put_day(w, "1990-01-01", DAY_OFF, "Tết"));
    assert_done(put_day(w, "2100-12-31", DAY_OFF, "Cuối"));
}

static void years_are_known_in_a_row(void **state)
{
    struct world *w = *state;
    struct command c = {.kind = COMMAND_YEARS_KNOWN};
    const struct known_years bad[] = {{2027, 2026}, {1989, 2026}, {2026, 2101}, {0, 0}};
    for (size_t i = 0; i < 4; i++) {
        c.known = bad[i];
        assert_usage(ask(w, c), "bad_value");
    }
    c.known = (struct known_years){1990, 2100};
    assert_done(ask(w, c));
    assert_int_equal(office_known_years(w->office).first, 1990);
    assert_int_equal(office_known_years(w->office).last, 2100);
}

/* ---- hours ---- */

static struct command hours(const char *spans, const char *from)
{
    struct command c = {.kind = COMMAND_HOURS_PUT};
    c.hours.from = on(from);
    if (!office_hours_parse(str_of(spans), &c.hours))
        abort();
    return c;
}

static void hours_rule_from_a_day_on(void **state)
{
    struct world *w = *state;
    assert_done(ask(w, hours("07:30-11:30,13:00-16:30", "2026-12-01")));
    const struct calendar *c = office_calendar(w->office);
    assert_int_equal(calendar_closes(c, on("2026-11-30")), 17 * 60);
    assert_int_equal(calendar_opens(c, on("2026-12-01")), 7 * 60 + 30);
    assert_int_equal(calendar_closes(c, on("2026-12-01")), 16 * 60 + 30);
    assert_true(calendar_is_working(c, on("2026-12-04")) && !calendar_is_working(c, on("2026-12-05")));
    assert_int_equal(office_hours_count(w->office), 2);
    struct command summer = hours("06:30-11:00,13:30-17:00", "2026-06-01");
    summer.hours.weekdays = 0x7e; /* Saturdays too */
    assert_done(ask(w, summer));
    assert_int_equal(office_hours_count(w->office), 3);
    assert_true(office_hours(w->office, 1)->from == on("2026-06-01"));
    assert_true(office_hours(w->office, 2)->from == on("2026-12-01"));
    c = office_calendar(w->office);
    assert_int_equal(calendar_opens(c, on("2026-05-29")), 7 * 60);
    assert_int_equal(calendar_opens(c, on("2026-06-01")), 6 * 60 + 30);
    assert_true(calendar_is_working(c, on("2026-06-06")) && !calendar_is_working(c, on("2026-05-30")));
    /* the same day again replaces */
    assert_done(ask(w, hours("08:00-12:00", "2026-12-01")));
    assert_int_equal(office_hours_count(w->office), 3);
    assert_int_equal(calendar_closes(office_calendar(w->office), on("2026-12-01")), 12 * 60);
}

static void hours_are_sound(void **state)
{
    struct world *w = *state;
    struct command c = hours("07:00-11:30", "2026-12-01");
    c.hours.span[0].closes = 60;
    assert_usage(ask(w, c), "bad_value");
    c = hours("07:00-11:30", "2026-12-01");
    c.hours.span_count = 0;
    assert_usage(ask(w, c), "bad_value");
    c.hours.span_count = HOURS_MAX_SPANS + 1;
    assert_usage(ask(w, c), "bad_value");
    c = hours("07:00-11:30", "2026-12-01");
    c.hours.weekdays = 1; /* there is no day 0 */
    assert_usage(ask(w, c), "bad_value");
    c = hours("07:00-11:30", "2026-12-01");
    c.hours.from = civil_from_ymd(2101, 1, 1);
    assert_usage(ask(w, c), "bad_value");
    c.hours.from = NO_DAY;
    assert_usage(ask(w, c), "bad_value");
    assert_int_equal(office_hours_count(w->office), 1);
}

/* ---- settings ---- */

static struct outcome set(struct world *w, const char *key, const char *value)
{
    struct command c = {.kind = COMMAND_SETTING_PUT};
    c.setting.key = str_of(key);
    c.setting.value = str_of(value);
    return ask(w, c);
}

static void settings_are_put_and_put_back(void **state)
{
    struct world *w = *state;
    assert_done(set(w, "soon.days", "4"));
    assert_int_equal(office_settings(w->office)->soon_days, 4);
    assert_done(set(w, "law.province", " QĐ 12/2026/QĐ-UBND "));
    assert_str(office_settings(w->office)->law_province, "QĐ 12/2026/QĐ-UBND");
    assert_done(set(w, "target.on_time", "≥ 97,5 %"));
    assert_int_equal(office_settings(w->office)->target[TARGET_ON_TIME].hundredths, 9750);
    assert_int_equal(office_settings(w->office)->soon_days, 4); /* nothing else changed */
    assert_done(set(w, "soon.days", NULL));
    assert_int_equal(office_settings(w->office)->soon_days, 1);
    assert_done(set(w, "law.province", ""));
    assert_int_equal(office_settings(w->office)->law_province.n, 0);
    assert_done(set(w, "clock", "same_hour"));
    const struct procedure *plain = procedure(w, "1.001");
    assert_int_equal(office_clock_for(w->office, plain), CLOCK_SAME_HOUR);
}

static void what_cannot_be_set_is_refused_by_name(void **state)
{
    struct world *w = *state;
    struct outcome o = set(w, "soon.day", "4");
    assert_refused(o, "unknown_setting");
    assert_string_equal(said(o), "there is no setting soon.day; see: motcua config");
    assert_refused(set(w, "", "4"), "unknown_setting");
    o = set(w, "soon.days", "61");
    assert_usage(o, "bad_setting");
    assert_string_equal(said(o), "setting soon.days cannot be “61”; allowed: 0..60");
    assert_usage(set(w, "clock", "noon"), "bad_setting");
    assert_refused(set(w, "desk.name", "a\x07"), "bad_text");
    char much[1002];
    memset(much, 'x', sizeof much - 1);
    much[1001] = '\0';
    assert_refused(set(w, "desk.name", much), "too_long");
    struct buf now = BUF_INIT, then = BUF_INIT;
    struct settings fresh = settings_default();
    for (size_t i = 0; i < settings_count(); i++) {
        settings_format(&now, office_settings(w->office), i);
        settings_format(&then, &fresh, i);
    }
    assert_true(str_eq(buf_str(&now), buf_str(&then)));
    buf_release(&now);
    buf_release(&then);
}

/* The event says what was read, as it is shown; another program reads the same from it. */
static void an_event_keeps_the_value_as_it_is_shown(void **state)
{
    struct world *w = *state;
    static const struct {
        const char *key, *given, *kept;
    } values[] = {{"target.online", " ≥ 20,50 % ", ">=20.5"},
                  {"soon.days", "007", "7"},
                  {"same_day.cutoff", "9:05", "09:05"},
                  {"forms.from", "15/09/2025", "2025-09-15"},
                  {"lang", "en", "en"},
                  {"desk.name", " Bộ phận Một cửa số 2 ", "Bộ phận Một cửa số 2"},
                  {"desk.name", "", ""}};
    assert_done(set(w, "desk.name", "Quầy 1"));
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct command c = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
        c.setting.key = str_of(values[i].key);
        c.setting.value = str_of(values[i].given);
        const struct moment m = {.now = w->now, .login = STR("admin")};
        struct circumstances none = {0};
        struct decision d = DECISION_INIT;
        assert_done(decide(w->office, NULL, &c, &m, &none, &d));
        assert_int_equal(d.count, 1);
        assert_int_equal(d.event[0].kind, EVENT_SETTING_PUT);
        assert_int_equal(d.event[0].dossier, 0);
        assert_str(d.event[0].setting.key, values[i].key);
        assert_str(d.event[0].setting.value, values[i].kept);
        decision_release(&d);
    }
}

/* Blanks are no name, and no way to say "as usual". */
static void blanks_are_no_setting(void **state)
{
    struct world *w = *state;
    assert_done(set(w, "desk.name", "Quầy 1"));
    static const char *const keys[] = {"desk.name", "law.province", "soon.days", "clock"};
    for (size_t i = 0; i < 4; i++) {
        struct outcome o = set(w, keys[i], "  ");
        assert_refused(o, "empty_text");
        assert_int_equal(o.arg[0].number, settings_meaning(settings_find(str_of(keys[i]))));
    }
    assert_str(office_settings(w->office)->desk_name, "Quầy 1");
    assert_done(set(w, "desk.name", ""));
    assert_true(!str_eq(office_settings(w->office)->desk_name, STR("Quầy 1")));
}

/* What is so already is done, and nothing is written. */
#define assert_written(w, entries, command)                                                                  \
    do {                                                                                                     \
        uint64_t before_ = (w)->seq;                                                                         \
        assert_done(command);                                                                                \
        assert_int_equal((w)->seq - before_, entries);                                                       \
    } while (0)

static void a_setting_that_stands_is_not_written_again(void **state)
{
    struct world *w = *state;
    assert_written(w, 0, set(w, "soon.days", "1")); /* as it always was */
    assert_written(w, 0, set(w, "soon.days", NULL));
    assert_written(w, 1, set(w, "soon.days", "4"));
    assert_written(w, 0, set(w, "soon.days", "004"));
    assert_written(w, 1, set(w, "soon.days", ""));
    assert_written(w, 1, set(w, "target.on_time", "≥97,5"));
    assert_written(w, 0, set(w, "target.on_time", ">= 97.50 %"));
    assert_written(w, 1, set(w, "desk.name", "Quầy 1"));
    assert_written(w, 0, set(w, "desk.name", " Quầy 1 "));
    assert_written(w, 1, set(w, "desk.name", "Quầy 2"));
    assert_usage(set(w, "soon.days", "61"), "bad_setting");
}

static void an_officer_who_stays_the_same_is_not_written_again(void **state)
{
    struct world *w = *state;
    assert_written(w, 1, put_officer(w, "lan", "Lê Lan", ROLE_OFFICER));
    assert_written(w, 0, put_officer(w, "lan", "  Lê Lan ", ROLE_OFFICER));
    assert_written(w, 1, put_officer(w, "lan", "Lê Lan", ROLE_CHIEF));
    assert_written(w, 1, put_officer(w, "lan", "Lê Thị Lan", ROLE_CHIEF));
    struct command c = {.kind = COMMAND_OFFICER_PUT};
    c.officer = *officer(w, "lan");
    c.officer.title = STR("Phó Chủ tịch");
    assert_written(w, 1, ask(w, c));
    c.officer = *officer(w, "lan");
    c.officer.unit = STR("Văn phòng");
    assert_written(w, 1, ask(w, c));
    c.officer = *officer(w, "lan");
    assert_written(w, 0, ask(w, c));
    assert_written(w, 1, retire_officer(w, "lan"));
    c.officer = *officer(w, "lan");
    c.officer.retired = false;
    assert_written(w, 1, ask(w, c)); /* comes back */
}

static void a_day_that_stays_the_same_is_not_written_again(void **state)
{
    struct world *w = *state;
    assert_written(w, 1, put_day(w, "2026-12-24", DAY_OFF, "Nghỉ"));
    assert_written(w, 0, put_day(w, "2026-12-24", DAY_OFF, " Nghỉ "));
    assert_written(w, 1, put_day(w, "2026-12-24", DAY_OFF, "Nghỉ bù"));
    assert_written(w, 1, put_day(w, "2026-12-24", DAY_WORKED, "Nghỉ bù"));
    assert_written(w, 0, put_day(w, "2026-12-24", DAY_WORKED, "Nghỉ bù"));
    assert_written(w, 1, put_day(w, "2026-12-25", DAY_CLOSED, "Bão"));
    assert_written(w, 0, put_day(w, "2026-12-25", DAY_CLOSED, "Bão"));
    struct command c = {.kind = COMMAND_DAY_PUT};
    c.day = *office_find_day(w->office, civil_day_of(world_time("2026-12-25")));
    c.day.document = STR("TB 2");
    assert_written(w, 1, ask(w, c));
    assert_written(w, 1, remove_day(w, "2026-12-25"));
    assert_written(w, 1, put_day(w, "2026-12-25", DAY_CLOSED, "Bão"));
    /* What is only computed is not recorded yet. */
    assert_written(w, 1, put_day(w, "2027-01-01", DAY_OFF, "Tết Dương lịch"));
    assert_written(w, 0, put_day(w, "2027-01-01", DAY_OFF, "Tết Dương lịch"));
}

/* ---- sentences ---- */

static void who_has_left_is_told_of_as_a_person(void **state)
{
    struct world *w = *state;
    w->login = "admin";
    assert_done(world_receive(w, "1.001", "2026-11-20T09:00"));
    assert_string_equal(said(world_ask(w, ask_transfer("gone", NULL))),
                        "gone is retired; choose somebody else");
    assert_string_equal(said(retire_officer(w, "gone")),
                        "gone is retired already; there is nothing more to record");
    assert_string_equal(said(retire_procedure(w, "1.005")),
                        "1.005 is retired already; there is nothing more to record");
    assert_string_equal(said(world_ask(w, ask_correct({CORRECT_PROCEDURE, STR("1.005")}))),
                        "1.005 is retired; choose another procedure");
    assert_string_equal(said(world_receive(w, "1.005", NULL)), "1.005 is retired; choose another procedure");
}

/* ---- who may ---- */

static void the_book_is_the_chiefs_and_the_people_the_admins(void **state)
{
    struct world *w = *state;
    static const char *const logins[] = {"huong", "nam", "gone", "stranger", "chief", "admin"};
    for (size_t i = 0; i < 6; i++) {
        bool chief = i >= 4, admin = i == 5;
        w->login = logins[i];
        struct outcome all[] = {
            put_procedure(w, some_procedure()),
            retire_procedure(w, "1.001193"),
            put_day(w, "2026-12-24", DAY_OFF, "Nghỉ"),
            remove_day(w, "2026-12-24"),
            ask(w, hours("07:00-11:30", "2026-12-01")),
            set(w, "soon.days", "2"),
            ask(w, (struct command){.kind = COMMAND_YEARS_KNOWN, .known = {2026, 2026}}),
        };
        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            assert_kind(all[k], chief ? "done" : "not_allowed");
        assert_kind(put_officer(w, "lan", "Lê Lan", ROLE_OFFICER), admin ? "done" : "not_allowed");
        assert_kind(retire_officer(w, "lan"), admin ? "done" : "not_allowed");
    }
    w->login = "huong";
    assert_string_equal(said(set(w, "soon.days", "2")),
                        "huong may not change the office's settings; ask chief");
    w->login = "stranger";
    assert_string_equal(said(set(w, "soon.days", "2")),
                        "stranger may not change the office's settings; ask admin");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, setup, world_teardown)
    const struct CMUnitTest tests[] = {
        T(an_officer_is_retired_and_comes_back_with_the_same_number),
        T(who_holds_open_dossiers_is_not_retired),
        T(some_of_the_dossiers_held_are_named),
        T(the_last_admin_is_neither_demoted_nor_retired),
        T(a_retired_officer_may_nothing),
        T(an_officer_has_a_role_a_login_and_a_name),
        T(a_procedure_is_put_and_put_again),
        T(what_a_procedure_may_not_say),
        T(what_a_procedure_may_say),
        T(a_procedure_retires_with_its_cases),
        T(cases_without_a_plain_procedure_retire_too),
        T(after_the_last_number_there_is_none),
        T(days_are_put_replaced_and_removed),
        T(a_closure_takes_no_place),
        T(a_working_day_needs_no_swap),
        T(a_day_has_a_date_a_kind_and_a_name),
        T(years_are_known_in_a_row),
        T(hours_rule_from_a_day_on),
        T(hours_are_sound),
        T(settings_are_put_and_put_back),
        T(what_cannot_be_set_is_refused_by_name),
        T(an_event_keeps_the_value_as_it_is_shown),
        T(blanks_are_no_setting),
        T(a_setting_that_stands_is_not_written_again),
        T(an_officer_who_stays_the_same_is_not_written_again),
        T(a_day_that_stays_the_same_is_not_written_again),
        T(who_has_left_is_told_of_as_a_person),
        T(the_book_is_the_chiefs_and_the_people_the_admins),
    };
    return cmocka_run_group_tests_name("the office's own book", tests, NULL, NULL);
}
