/* The office as its events make it, and a dossier as its own do. */
#include "core/names.h"
#include "tests/desk_assert.h"
#include "tests/desk_world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct event put(uint64_t seq, uint16_t number, const char *code, const char *kase, const char *name,
                        uint16_t field_number, const char *field)
{
    struct procedure p = {.number = number,
                          .field_number = field_number,
                          .code = str_of(code),
                          .kase = str_of(kase),
                          .name = str_of(name),
                          .field = str_of(field),
                          .fee = -1};
    return (struct event){.kind = EVENT_PROCEDURE_PUT, .seq = seq, .by = STR("admin"), .procedure = p};
}

static struct office *catalogue(void)
{
    struct office *o = office_new();
    struct event events[] = {
        put(5, 1, "2.000815", "", "Chứng thực bản sao", 1, "Chứng thực"),
        put(6, 2, "2.000815", "01", "Chứng thực bản sao", 1, "Chứng thực"),
        put(7, 3, "1.012753.H19", "", "Thủ tục của tỉnh", 2, "Đất đai"),
        put(8, 4, "1.001193", "", "Đăng ký khai sinh", 3, "Hộ tịch"),
    };
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        assert_true(office_apply(o, &events[i]));
    return o;
}

static void procedures_are_found_by_code_and_case(void **state)
{
    (void)state;
    struct office *o = catalogue();
    assert_int_equal(office_procedure_count(o), 4);
    assert_int_equal(office_find_procedure(o, STR("2.000815"))->number, 1);
    assert_int_equal(office_find_procedure(o, STR("2.000815#01"))->number, 2);
    assert_int_equal(office_find_procedure(o, STR("2.000815.01"))->number, 2);
    assert_int_equal(office_find_procedure(o, STR("1.012753.h19"))->number, 3);
    assert_null(office_find_procedure(o, STR("2.000815#02")));
    assert_null(office_find_procedure(o, STR("2.000815.")));
    assert_null(office_find_procedure(o, STR("2")));
    assert_null(office_find_procedure(o, STR("")));
    office_free(o);
}

static struct event person(uint16_t number, const char *login, const char *name, bool retired)
{
    struct officer o = {.number = number, .login = str_of(login), .name = str_of(name), .retired = retired};
    o.role = ROLE_OFFICER;
    return (struct event){.kind = EVENT_OFFICER_PUT, .seq = 20 + number, .by = STR("admin"), .officer = o};
}

/* Half the titles begin with the same words, which take the place of what matters. */
static void titles_are_shortened(void **state)
{
    static const struct {
        const char *title, *is;
    } of[] = {
        {"Thủ tục đăng ký kết hôn", "Đăng ký kết hôn"},
        {"THỦ TỤC  ghi chú ly hôn", "Ghi chú ly hôn"},
        {"thu tuc Khai sinh", "Khai sinh"},
        {"Đăng ký thủ tục", "Đăng ký thủ tục"},
        {"Thủ tục", "Thủ tục"},
        {"Thủ tục ", "Thủ tục "},
        {"Thủ tụcx khai sinh", "Thủ tụcx khai sinh"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct buf out = BUF_INIT;
        title_short(&out, str_of(of[i].title));
        assert_str(buf_str(&out), of[i].is);
        buf_release(&out);
    }
}

/* By what people call them, marks and case aside; who and what is in use first. */
static void procedures_and_people_are_found_by_name(void **state)
{
    (void)state;
    struct office *o = catalogue();
    assert_int_equal(office_procedure_titled(o, STR("Đăng ký khai sinh"))->number, 4);
    assert_int_equal(office_procedure_titled(o, STR("dang ky  KHAI SINH"))->number, 4);
    assert_int_equal(office_procedure_titled(o, STR("Chứng thực bản sao"))->number, 1); /* not its case */
    assert_null(office_procedure_titled(o, STR("Đăng ký")));
    assert_null(office_procedure_titled(o, STR("")));
    assert_null(office_procedure_titled(o, STR("\xff")));
    struct event twin = put(9, 5, "1.000001", "", "Đăng ký khai sinh", 3, "Hộ tịch");
    assert_true(office_apply(o, &twin));
    assert_int_equal(office_procedure_titled(o, STR("Đăng ký khai sinh"))->number, 5); /* first by code */
    twin.procedure.retired = true;
    assert_true(office_apply(o, &twin));
    assert_int_equal(office_procedure_titled(o, STR("Đăng ký khai sinh"))->number, 4);
    struct event renamed = put(10, 4, "1.001193", "", "Khai sinh", 3, "Hộ tịch");
    assert_true(office_apply(o, &renamed));
    assert_int_equal(office_procedure_titled(o, STR("khai sinh"))->number, 4);
    assert_int_equal(office_procedure_titled(o, STR("ĐĂNG KÝ KHAI SINH"))->number,
                     5); /* retired, and all there is */
    struct event begun[] = {put(11, 6, "1.000689", "", "Thủ tục đăng ký kết hôn", 3, "Hộ tịch"),
                            put(12, 7, "1.000894", "", "Đăng ký kết hôn lưu động", 3, "Hộ tịch")};
    for (size_t i = 0; i < 2; i++)
        assert_true(office_apply(o, &begun[i]));
    assert_int_equal(office_procedure_titled(o, STR("thủ tục đăng ký kết hôn"))->number, 6);
    assert_int_equal(office_procedure_titled(o, STR("Đăng ký kết hôn"))->number, 6);
    assert_int_equal(office_procedure_titled(o, STR("THỦ TỤC  đăng ký kết hôn lưu động"))->number, 7);
    assert_null(office_procedure_titled(o, STR("Thủ tục")));
    assert_null(office_procedure_titled(o, STR("Thủ tục ")));
    assert_null(office_procedure_titled(o, STR("Thủ tục kết hôn")));
    struct event just_so = put(13, 8, "9.000001", "", "Đăng ký kết hôn", 3, "Hộ tịch");
    assert_true(office_apply(o, &just_so));
    assert_int_equal(office_procedure_titled(o, STR("Đăng ký kết hôn"))->number, 8);
    assert_int_equal(office_procedure_titled(o, STR("Thủ tục đăng ký kết hôn"))->number, 6);
    assert_null(office_officer_named(o, STR("Lan")));
    struct event people[] = {person(1, "lan2", "Lê Thị Lan", false), person(2, "lan1", "LÊ THỊ LAN", true),
                             person(3, "binh", "Lê Thị Lan", false)};
    for (size_t i = 0; i < 3; i++)
        assert_true(office_apply(o, &people[i]));
    assert_int_equal(office_officer_named(o, STR("le thi lan"))->number, 3); /* binh, before lan2 */
    assert_int_equal(office_officer_named(o, STR("LÊ THỊ LAN"))->number, 2); /* written just so */
    assert_null(office_officer_named(o, STR("binh")));                       /* a login is no name */
    office_free(o);
}

static void the_catalogue_is_in_order_and_numbers_stay(void **state)
{
    (void)state;
    struct office *o = catalogue();
    static const uint16_t in_order[] = {4, 3, 1, 2};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(office_procedure(o, i)->number, in_order[i]);
    assert_null(office_procedure(o, 4));
    assert_int_equal(office_procedure_highest(o), 4);
    struct event again = put(20, 4, "1.001193", "", "Thủ tục đăng ký khai sinh", 3, "Hộ tịch");
    assert_true(office_apply(o, &again));
    assert_int_equal(office_procedure_count(o), 4);
    assert_int_equal(office_procedure_by_number(o, 4)->version, 20);
    assert_null(office_procedure_by_number(o, 0));
    assert_null(office_procedure_by_number(o, 5));
    office_free(o);
}

static void fields_have_numbers_and_are_found_without_marks(void **state)
{
    (void)state;
    struct office *o = catalogue();
    assert_int_equal(office_field_count(o), 3);
    assert_true(str_eq(office_field(o, 2), STR("Đất đai")));
    assert_int_equal(office_field_number(o, STR("dat dai")), 2);
    assert_int_equal(office_field_number(o, STR("HỘ TỊCH")), 3);
    assert_int_equal(office_field_number(o, STR("Hộ")), 0);
    assert_int_equal(office_field(o, 9).n, 0);
    office_free(o);
}

static void what_an_office_holds_is_its_own(void **state)
{
    (void)state;
    struct office *o = office_new();
    char code[] = "1.001193";
    struct event e = put(1, 1, code, "", "Khai sinh", 1, "Hộ tịch");
    assert_true(office_apply(o, &e));
    memset(code, 'x', sizeof code - 1);
    assert_non_null(office_find_procedure(o, STR("1.001193")));
    office_free(o);
}

static void days_put_later_change_the_calendar(void **state)
{
    (void)state;
    struct world w;
    world_init(&w);
    civil_day day = civil_from_ymd(2026, 12, 24);
    assert_true(calendar_is_working(office_calendar(w.office), day));
    w.login = "admin";
    struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME};
    c.day = (struct office_day){.day = day, .kind = DAY_OFF, .name = STR("Nghỉ đột xuất")};
    assert_int_equal(world_ask(&w, c).kind, KIND_done);
    assert_false(calendar_is_working(office_calendar(w.office), day));
    assert_int_equal(office_known_years(w.office).last, 2026);
    world_release(&w);
}

static struct event set(const char *key, const char *value)
{
    return (struct event){.kind = EVENT_SETTING_PUT, .setting = {str_of(key), str_of(value)}};
}

/* A newer program may know more settings, or more values of them: an older one reads its own. */
static void settings_it_does_not_know_change_nothing(void **state)
{
    (void)state;
    struct office *o = office_new();
    const struct event events[] = {
        set("soon.days", "2"),
        set("coffee.breaks", "3"),
        set("clock", "moon_phase"),
        set("soon.days", "many"),
        set("", "x"),
        set("law.province", "a\x01"),
        set("desk.name", "Một cửa"),
    };
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        assert_true(office_apply(o, &events[i]));
    assert_int_equal(office_settings(o)->soon_days, 2);
    assert_int_equal(office_settings(o)->clock, CLOCK_DAY_END);
    assert_int_equal(office_settings(o)->law_province.n, 0);
    assert_true(str_eq(office_settings(o)->desk_name, STR("Một cửa")));
    const struct event back = set("soon.days", NULL);
    assert_true(office_apply(o, &back));
    assert_int_equal(office_settings(o)->soon_days, 1);
    office_free(o);
}

/* What was asked of the office before does not make it forget what it was told since. */
static void days_and_hours_change_the_calendar_at_once(void **state)
{
    (void)state;
    struct office *o = office_new();
    const civil_day tuesday = civil_from_ymd(2026, 12, 1), wednesday = tuesday + 1;
    assert_int_equal(office_day_count(o), 0);
    assert_int_equal(office_hours_count(o), 1);
    assert_null(office_day(o, 0));
    assert_null(office_hours(o, 1));
    assert_true(calendar_is_working(office_calendar(o), wednesday));
    const struct office_day off[] = {{wednesday, DAY_OFF, STR("Thứ Tư"), STR_NONE},
                                     {tuesday, DAY_OFF, STR("Thứ Ba"), STR("TB 5")}};
    for (int i = 0; i < 2; i++)
        assert_true(office_apply(o, &(struct event){.kind = EVENT_DAY_PUT, .day = off[i]}));
    assert_false(calendar_is_working(office_calendar(o), wednesday));
    assert_int_equal(office_day_count(o), 2);
    assert_true(office_day(o, 0)->day == tuesday && office_day(o, 1)->day == wednesday);
    assert_true(str_eq(office_find_day(o, tuesday)->document, STR("TB 5")));
    assert_null(office_find_day(o, wednesday + 1));
    struct event gone = {.kind = EVENT_DAY_REMOVED, .removed = {tuesday}};
    assert_true(office_apply(o, &gone));
    assert_true(office_apply(o, &gone)); /* nothing there: nothing happens */
    assert_true(calendar_is_working(office_calendar(o), tuesday));
    assert_false(calendar_is_working(office_calendar(o), wednesday));
    assert_int_equal(office_day_count(o), 1);
    struct event hours = {.kind = EVENT_HOURS_PUT, .hours = office_hours_default()};
    hours.hours.from = wednesday + 1;
    hours.hours.weekdays = 1 << SATURDAY;
    assert_true(office_apply(o, &hours));
    assert_true(calendar_is_working(office_calendar(o), tuesday)); /* as before that day */
    assert_false(calendar_is_working(office_calendar(o), wednesday + 1));
    assert_true(calendar_is_working(office_calendar(o), wednesday + 3));
    assert_true(calendar_is_working(office_calendar(o), civil_from_ymd(1990, 1, 3)));
    office_free(o);
}

static void who_and_what_is_retired_is_still_known(void **state)
{
    (void)state;
    struct office *o = catalogue();
    struct event gone = put(9, 4, "1.001193", "", "Đăng ký khai sinh", 3, "Hộ tịch");
    gone.procedure.retired = true;
    struct event who = {
        .kind = EVENT_OFFICER_PUT,
        .officer = {.number = 1, .login = STR("lan"), .name = STR("Lan"), .role = ROLE_OFFICER}};
    assert_true(office_apply(o, &gone));
    assert_true(office_apply(o, &who));
    who.officer.retired = true;
    assert_true(office_apply(o, &who));
    assert_true(office_find_procedure(o, STR("1.001193"))->retired);
    assert_int_equal(office_find_procedure(o, STR("1.001193"))->version, 9);
    assert_true(office_find_officer(o, STR("lan"))->retired);
    assert_int_equal(office_officer_count(o), 1);
    assert_int_equal(office_procedure_count(o), 4);
    office_free(o);
}

/* ---- evolve refuses what cannot follow: a journal that says so is damaged ---- */

static void events_must_follow_one_another(void **state)
{
    (void)state;
    struct dossier d = {0};
    struct event received = {.kind = EVENT_RECEIVED, .seq = 10, .dossier = 1};
    struct event resolved = {.kind = EVENT_RESOLVED, .seq = 12, .previous = 10, .dossier = 1, .at = 5};
    assert_false(evolve(&d, &resolved)); /* nothing received yet */
    assert_true(evolve(&d, &received));
    assert_false(evolve(&d, &received)); /* twice */
    struct event other = resolved;
    other.dossier = 2;
    assert_false(evolve(&d, &other)); /* another dossier's */
    other = resolved;
    other.previous = 11;
    assert_false(evolve(&d, &other)); /* one is missing between */
    struct event day = {.kind = EVENT_DAY_PUT, .seq = 12, .previous = 10, .dossier = 1};
    assert_false(evolve(&d, &day));
    assert_int_equal(d.last_event, 10);
    assert_true(evolve(&d, &resolved));
    assert_int_equal(d.last_event, 12);
    assert_int_equal(d.first_event, 10);
}

static void a_letter_after_the_result_moves_no_date(void **state)
{
    (void)state;
    struct dossier d = {0};
    struct event received = {.kind = EVENT_RECEIVED, .seq = 1, .dossier = 1};
    received.received.appointment.due = 100;
    struct event resolved = {.kind = EVENT_RESOLVED, .seq = 2, .previous = 1, .dossier = 1, .at = 2000};
    struct event letter = {.kind = EVENT_APOLOGIZED, .seq = 3, .previous = 2, .dossier = 1, .at = 2100};
    letter.apologized.number = 4;
    letter.apologized.new_due = NO_TIME;
    assert_true(evolve(&d, &received) && evolve(&d, &resolved) && evolve(&d, &letter));
    assert_int_equal(d.facts.due, 100);
    assert_true(d.facts.apologized);
    assert_false(d.facts.moved);
    assert_int_equal(d.facts.state, STATE_RESOLVED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(procedures_are_found_by_code_and_case),
        cmocka_unit_test(titles_are_shortened),
        cmocka_unit_test(procedures_and_people_are_found_by_name),
        cmocka_unit_test(the_catalogue_is_in_order_and_numbers_stay),
        cmocka_unit_test(fields_have_numbers_and_are_found_without_marks),
        cmocka_unit_test(what_an_office_holds_is_its_own),
        cmocka_unit_test(days_put_later_change_the_calendar),
        cmocka_unit_test(settings_it_does_not_know_change_nothing),
        cmocka_unit_test(days_and_hours_change_the_calendar_at_once),
        cmocka_unit_test(who_and_what_is_retired_is_still_known),
        cmocka_unit_test(events_must_follow_one_another),
        cmocka_unit_test(a_letter_after_the_result_moves_no_date),
    };
    return cmocka_run_group_tests_name("office and dossier", tests, NULL, NULL);
}
