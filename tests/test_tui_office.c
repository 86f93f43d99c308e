/* The forms of the office's own book as data: what is typed, and the command it makes. */
#include "core/text.h"
#include "tui/office_check.h"
#include "tui/office_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define TODAY civil_from_ymd(2026, 11, 16)

static void type(struct office_form *f, int item, const char *text)
{
    field_set(&f->form.item[item].field, str_of(text));
    office_form_adapt(f);
}

static const char *text_of(struct buf *b)
{
    static char text[512];
    snprintf(text, sizeof text, "%.*s", STR_ARG(buf_str(b)));
    buf_reset(b);
    return text;
}

/* ---- weekdays ---- */

#define BIT(day) (1u << (day))
#define MONDAY_TO(day) ((1u << ((day) + 1)) - (1u << MONDAY))

static void weekdays_are_said_and_read_back(void **state)
{
    (void)state;
    static const struct {
        unsigned bits;
        const char *vi, *en;
    } known[] = {
        {MONDAY_TO(FRIDAY), "T2-T6", "Mon-Fri"},
        {MONDAY_TO(SATURDAY), "T2-T7", "Mon-Sat"},
        {MONDAY_TO(SUNDAY), "T2-CN", "Mon-Sun"},
        {BIT(MONDAY), "T2", "Mon"},
        {BIT(MONDAY) | BIT(TUESDAY), "T2,T3", "Mon,Tue"},
        {BIT(MONDAY) | BIT(WEDNESDAY) | BIT(FRIDAY), "T2,T4,T6", "Mon,Wed,Fri"},
        {BIT(SATURDAY) | BIT(SUNDAY), "T7,CN", "Sat,Sun"},
        {BIT(MONDAY) | BIT(WEDNESDAY) | BIT(THURSDAY) | BIT(FRIDAY), "T2,T4-T6", "Mon,Wed-Fri"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        uint8_t bits = 0;
        office_weekdays(&out, LANG_VI, known[i].bits);
        assert_string_equal(text_of(&out), known[i].vi);
        office_weekdays(&out, LANG_EN, known[i].bits);
        assert_string_equal(text_of(&out), known[i].en);
        assert_true(office_weekdays_parse(str_of(known[i].vi), &bits));
        assert_int_equal(bits, known[i].bits);
        assert_true(office_weekdays_parse(str_of(known[i].en), &bits));
        assert_int_equal(bits, known[i].bits);
    }
    for (unsigned bits = 2; bits < 256; bits += 2) { /* every set of days there is */
        uint8_t back = 0;
        buf_reset(&out);
        office_weekdays(&out, LANG_VI, bits);
        assert_true(office_weekdays_parse(buf_str(&out), &back));
        assert_int_equal(back, bits);
    }
    buf_release(&out);
}

static void what_are_no_weekdays_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    " ",       "T1",     "T8",   "2-6",   "T6-T2", "T2-",
                                      "-T6", "thu hai", "T2-T3-", "T2-x", "T2;;-", "ngày"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint8_t bits = 77;
        if (office_weekdays_parse(str_of(bad[i]), &bits))
            fail_msg("\"%s\" are no weekdays", bad[i]);
        assert_int_equal(bits, 77);
    }
    static const char *const loose[] = {"t2 - t6", " T2-T6 ", "mon-FRI", "T2,T3, T4 T5;T6", "T2-T4,T5-T6"};
    for (size_t i = 0; i < sizeof loose / sizeof *loose; i++) {
        uint8_t bits = 0;
        if (!office_weekdays_parse(str_of(loose[i]), &bits) || bits != MONDAY_TO(FRIDAY))
            fail_msg("\"%s\" is Monday to Friday", loose[i]);
    }
}

/* ---- words ---- */

static void money_stands_in_threes(void **state)
{
    (void)state;
    static const struct {
        int64_t amount;
        const char *vi, *en;
    } known[] = {
        {0, "0", "0"},
        {999, "999", "999"},
        {8000, "8.000", "8,000"},
        {1234567, "1.234.567", "1,234,567"},
        {INT64_C(1000000000000), "1.000.000.000.000", "1,000,000,000,000"},
    };
    struct buf out = BUF_INIT;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        office_money(&out, LANG_VI, known[i].amount);
        assert_string_equal(text_of(&out), known[i].vi);
        office_money(&out, LANG_EN, known[i].amount);
        assert_string_equal(text_of(&out), known[i].en);
    }
    buf_release(&out);
}

/* ---- procedures ---- */

static bool make(struct office_form *f, struct command *out, int *item)
{
    struct command all[OFFICE_FORM_DAYS];
    size_t n;
    enum text_id wrong;
    bool ok = office_form_commands(f, TODAY, all, &n, item, &wrong);
    *out = all[0];
    assert_true(ok == (*item < 0) && ok == (wrong == T_nothing));
    return ok;
}

/* What is opened and saved untouched is what it was. */
static void an_untouched_procedure_stays_what_it_is(void **state)
{
    (void)state;
    static const struct limit limits[] = {
        {LIMIT_NONE, 0, LIMIT_NO_CUTOFF},
        {LIMIT_SAME_DAY, 100, LIMIT_NO_CUTOFF},
        {LIMIT_SAME_DAY, 100, 14 * 60 + 30},
        {LIMIT_WORKING_DAYS, 100, LIMIT_NO_CUTOFF},
        {LIMIT_WORKING_DAYS, 1650, LIMIT_NO_CUTOFF},
        {LIMIT_WORKING_DAYS, 225, LIMIT_NO_CUTOFF},
        {LIMIT_CALENDAR_DAYS, 2500, LIMIT_NO_CUTOFF},
        {LIMIT_WORKING_HOURS, 450, LIMIT_NO_CUTOFF},
        {LIMIT_MONTHS, 200, LIMIT_NO_CUTOFF},
        {LIMIT_MONTHS, 100, LIMIT_NO_CUTOFF},
    };
    static const int64_t fees[] = {-1, 0, 8000, INT64_C(1000000000000)};
    for (int lang = LANG_VI; lang <= LANG_EN; lang++)
        for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
            struct procedure p = {
                .code = STR("2.000815"),
                .kase = i % 2 ? STR("01") : STR_NONE,
                .name = STR("Chứng thực bản sao"),
                .field = STR("Chứng thực"),
                .limit = limits[i],
                .clock = (enum due_clock)(i % 3),
                .fee = fees[i % 4],
                .online = (int8_t)(i % 3 - 1),
                .postal = (int8_t)((i + 1) % 3 - 1),
            };
            struct office_form f;
            struct command c;
            int item;
            office_form_procedure(&f, (enum lang)lang, &p, 15 * 60);
            assert_false(form_dirty(&f.form));
            assert_true(make(&f, &c, &item));
            assert_int_equal(c.kind, COMMAND_PROCEDURE_PUT);
            assert_true(str_eq(c.procedure.code, p.code) && str_eq(c.procedure.kase, p.kase));
            assert_true(str_eq(c.procedure.name, p.name) && str_eq(c.procedure.field, p.field));
            assert_true(limit_equal(&c.procedure.limit, &p.limit));
            assert_int_equal(c.procedure.fee, p.fee);
            assert_int_equal(c.procedure.clock, p.clock);
            assert_int_equal(c.procedure.online, p.online);
            assert_int_equal(c.procedure.postal, p.postal);
            office_form_release(&f);
        }
}

static void what_is_no_limit_or_fee_names_its_field(void **state)
{
    (void)state;
    struct office_form f;
    struct command c;
    int item;
    office_form_procedure(&f, LANG_VI, NULL, 15 * 60);
    type(&f, P_LIMIT, "3");
    assert_false(make(&f, &c, &item));
    assert_int_equal(item, P_LIMIT);
    type(&f, P_LIMIT, "3 ngày làm việc");
    assert_true(f.form.item[P_CUTOFF].hidden);
    type(&f, P_FEE, "8 nghìn");
    assert_false(make(&f, &c, &item));
    assert_int_equal(item, P_FEE);
    type(&f, P_FEE, "99999999999999999999");
    assert_false(make(&f, &c, &item));
    type(&f, P_FEE, "");
    type(&f, P_LIMIT, "trong ngày");
    assert_false(f.form.item[P_CUTOFF].hidden);
    static const char *const bad[] = {"25:00", "chiều", "20/11", "20/11 14:00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        type(&f, P_CUTOFF, bad[i]);
        assert_false(make(&f, &c, &item));
        assert_int_equal(item, P_CUTOFF);
    }
    type(&f, P_CUTOFF, "14h30");
    assert_true(make(&f, &c, &item));
    assert_int_equal(c.procedure.limit.cutoff, 14 * 60 + 30);
    assert_int_equal(c.procedure.fee, -1);
    office_form_release(&f);
}

/* ---- days and hours ---- */

static void several_days_are_one_change(void **state)
{
    (void)state;
    struct office_form f;
    struct command all[OFFICE_FORM_DAYS];
    size_t n;
    int item;
    enum text_id wrong;
    office_form_day(&f, LANG_VI, NULL);
    type(&f, D_DATE, "4/2/2027");
    type(&f, D_TO, "10/2/2027");
    type(&f, D_NAME, "Tết Nguyên đán");
    f.form.item[D_KIND].chosen = 0;
    assert_true(office_form_commands(&f, TODAY, all, &n, &item, &wrong));
    assert_int_equal(n, 7);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(all[i].kind, COMMAND_DAY_PUT);
        assert_int_equal(all[i].day.kind, DAY_OFF);
        assert_int_equal(all[i].day.day, civil_from_ymd(2027, 2, 4) + (int)i);
    }
    type(&f, D_TO, "6/3/2027"); /* 31 days */
    assert_true(office_form_commands(&f, TODAY, all, &n, &item, &wrong));
    assert_int_equal(n, 31);
    static const char *const bad[] = {"7/3/2027", "3/2/2027", "30/2/2027", "4/2/2027 9:00", "mai"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        type(&f, D_TO, bad[i]);
        assert_false(office_form_commands(&f, TODAY, all, &n, &item, &wrong));
        assert_int_equal(item, D_TO);
    }
    type(&f, D_TO, " ");
    f.form.item[D_KIND].chosen = 2;
    assert_true(office_form_commands(&f, TODAY, all, &n, &item, &wrong));
    assert_int_equal(n, 1);
    assert_int_equal(all[0].day.kind, DAY_CLOSED);
    office_form_release(&f);
}

/* A computed day is recorded as a day off; a recorded one keeps its kind and its date. */
static void a_day_is_opened_as_it_is(void **state)
{
    (void)state;
    struct office_day day = {civil_from_ymd(2027, 1, 1), DAY_COMPUTED, STR("Tết Dương lịch"), STR_NONE};
    struct office_form f;
    struct command c;
    int item;
    office_form_day(&f, LANG_VI, &day);
    assert_true(f.adding && make(&f, &c, &item));
    assert_int_equal(c.day.kind, DAY_OFF);
    assert_int_equal(c.day.day, day.day);
    office_form_release(&f);
    day.kind = DAY_WORKED;
    day.document = STR("9441/TB-BNV");
    office_form_day(&f, LANG_EN, &day);
    assert_false(f.adding);
    assert_true(f.form.item[D_DATE].hidden && make(&f, &c, &item));
    assert_int_equal(c.day.kind, DAY_WORKED);
    assert_int_equal(c.day.day, day.day);
    assert_true(str_eq(c.day.document, day.document));
    office_form_release(&f);
}

static void hours_are_read_whole_or_not_at_all(void **state)
{
    (void)state;
    struct office_hours usual = office_hours_default();
    struct office_form f;
    struct command c;
    int item;
    office_form_hours(&f, LANG_VI, &usual);
    assert_false(make(&f, &c, &item)); /* from when? */
    assert_int_equal(item, H_FROM);
    type(&f, H_FROM, "1/12");
    assert_true(make(&f, &c, &item));
    assert_int_equal(c.kind, COMMAND_HOURS_PUT);
    assert_int_equal(c.hours.from, civil_from_ymd(2026, 12, 1));
    assert_int_equal(c.hours.weekdays, usual.weekdays);
    assert_int_equal(c.hours.span_count, 2);
    assert_int_equal(c.hours.span[1].opens, 13 * 60 + 30);
    type(&f, H_HOURS, "7h00-11h30, 13h30-17h");
    assert_true(make(&f, &c, &item));
    assert_int_equal(c.hours.span_count, 2);
    assert_int_equal(c.hours.span[0].opens, 7 * 60);
    assert_int_equal(c.hours.span[0].closes, 11 * 60 + 30);
    assert_int_equal(c.hours.span[1].closes, 17 * 60);
    static const char *const none[] = {"7h00", "7h00-11h30,", "7h00-11h30-13h", ",7h-8h", "7h--8h", "1/1-8h",
                                       ""};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        type(&f, H_HOURS, none[i]);
        assert_false(make(&f, &c, &item));
        assert_int_equal(item, H_HOURS);
    }
    type(&f, H_HOURS, "07:00-11:30,13:30-17:00");
    type(&f, H_WEEKDAYS, "2-6");
    assert_false(make(&f, &c, &item));
    assert_int_equal(item, H_WEEKDAYS);
    type(&f, H_HOURS, "07:00-11:30,11:30-17:00"); /* they touch */
    assert_false(make(&f, &c, &item));
    assert_int_equal(item, H_HOURS);
    office_form_release(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekdays_are_said_and_read_back),
        cmocka_unit_test(what_are_no_weekdays_is_refused),
        cmocka_unit_test(money_stands_in_threes),
        cmocka_unit_test(an_untouched_procedure_stays_what_it_is),
        cmocka_unit_test(what_is_no_limit_or_fee_names_its_field),
        cmocka_unit_test(several_days_are_one_change),
        cmocka_unit_test(a_day_is_opened_as_it_is),
        cmocka_unit_test(hours_are_read_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
