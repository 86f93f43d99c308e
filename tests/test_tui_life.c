/* What the pages of a dossier's life are made of, without a terminal: marks, forms, corrections, sentences.
 */
#include "core/wire.h"
#include "tests/random.h"
#include "tui/act_kinds.h"
#include "tui/correct_form.h"
#include "tui/marks.h"
#include "tui/sentence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- marks ---- */

static bool is_odd(void *arg, uint64_t id)
{
    (void)arg;
    return id % 2 == 1;
}

/* Against a plain row of flags: the same after any sequence. */
static void marks_are_a_set(void **state)
{
    (void)state;
    struct random r = {17};
    struct marks m = MARKS_INIT;
    bool flag[300] = {false};
    for (int i = 0; i < 20000; i++) {
        uint64_t id = (uint64_t)random_in(&r, 1, 299);
        switch (random_in(&r, 0, 40)) {
        case 0:
            marks_keep(&m, is_odd, NULL);
            for (size_t k = 0; k < 300; k += 2)
                flag[k] = false;
            break;
        case 1:
            marks_remove(&m, id);
            flag[id] = false;
            break;
        case 2:
            marks_clear(&m);
            memset(flag, 0, sizeof flag);
            break;
        default:
            assert_true(marks_toggle(&m, id));
            flag[id] = !flag[id];
            break;
        }
        size_t count = 0;
        for (size_t k = 0; k < 300; k++) {
            assert_int_equal(marks_has(&m, k), flag[k]);
            count += flag[k];
        }
        assert_int_equal(m.count, count);
    }
    marks_release(&m);
}

static void marks_have_an_end(void **state)
{
    (void)state;
    struct marks m = MARKS_INIT;
    for (uint64_t id = MARKS_MOST; id > 0; id--)
        assert_true(marks_add(&m, id));
    assert_false(marks_add(&m, MARKS_MOST + 1));
    assert_true(marks_add(&m, 7)); /* is there already */
    assert_int_equal(m.count, MARKS_MOST);
    assert_true(marks_toggle(&m, 7)); /* and can still be unmarked */
    assert_false(marks_has(&m, 7));
    for (size_t i = 1; i < m.count; i++)
        assert_true(m.id[i - 1] < m.id[i]);
    marks_release(&m);
}

/* ---- forms ---- */

static void every_act_has_its_form(void **state)
{
    (void)state;
    for (enum command_kind k = COMMAND_TRANSFER; k <= COMMAND_LATE_REASON; k++) {
        if (k == COMMAND_CORRECT)
            continue;
        const struct act_form *a = act_form_of(k);
        assert_int_equal(a->kind, k);
        assert_true(a->count <= FORM_ITEMS);
        assert_int_equal(a->items[a->count - 1].label == T_tui_field_at, !a->untimed);
        assert_true(lang_text(LANG_VI, a->title)[0] && lang_text(LANG_VI, a->explain)[0]);
    }
}

static struct dossier dossier(int year)
{
    struct dossier d = {.code = STR("H42.26.21-261116-0001")};
    d.facts.received = civil_at(civil_from_ymd(year, 6, 30), 480);
    return d;
}

static void the_rules_of_the_day_say_how_it_ends(void **state)
{
    (void)state;
    struct dossier d = dossier(2025); /* 30/6/2025: the last day of Decree 61/2018 */
    assert_int_equal(act_form_ending(&d), COMMAND_WITHDRAW);
    d.facts.received += MINUTES_PER_DAY;
    assert_int_equal(act_form_ending(&d), COMMAND_STOP);
}

/* A line each, those between that stay empty left out; what is only supposed is never sent. */
static void needs_are_packed_line_by_line(void **state)
{
    (void)state;
    struct form f;
    struct buf list = BUF_INIT;
    struct command c;
    struct act_reader r = {.form = &f, .list = &list};
    const struct act_form *a = act_form_of(COMMAND_SUPPLEMENT);
    act_form_init(a, &f, NULL);
    assert_true(act_form_command(a, &r, &c));
    assert_int_equal(c.supplement.needs.n, 0);
    act_form_suppose(&c);
    struct str item;
    size_t at = 0;
    assert_true(wire_list_next(c.supplement.needs, &at, &item) && item.n);
    assert_false(wire_list_next(c.supplement.needs, &at, &item));

    field_set(&f.item[1].field, STR("Giấy chứng sinh"));
    field_set(&f.item[2].field, STR("  "));
    field_set(&f.item[3].field, STR("Tờ khai"));
    assert_true(act_form_command(a, &r, &c));
    act_form_suppose(&c);
    at = 0;
    assert_true(wire_list_next(c.supplement.needs, &at, &item) && str_eq(item, STR("Giấy chứng sinh")));
    assert_true(wire_list_next(c.supplement.needs, &at, &item) && str_eq(item, STR("Tờ khai")));
    assert_false(wire_list_next(c.supplement.needs, &at, &item));
    assert_false(c.supplement.insist); /* the field is hidden: not asked */
    form_release(&f);
    buf_release(&list);
}

static void stars_are_one_to_five(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "0", "6", "55", "x", "½", " "};
    struct form f;
    struct buf list = BUF_INIT;
    struct command c;
    struct act_reader r = {.form = &f, .list = &list};
    const struct act_form *a = act_form_of(COMMAND_RATE);
    act_form_init(a, &f, NULL);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        field_set(&f.item[0].field, str_of(bad[i]));
        assert_false(act_form_command(a, &r, &c));
        assert_int_equal(r.item, 0);
    }
    field_set(&f.item[0].field, STR("4"));
    assert_true(act_form_command(a, &r, &c));
    assert_int_equal(c.rate.stars, 4);
    form_release(&f);
    buf_release(&list);
}

/* ---- corrections ---- */

struct mending {
    struct form form;
    struct chooser chooser;
};

static void open_mending(struct mending *m)
{
    static struct buf components;
    struct dossier d = dossier(2026);
    components = BUF_INIT;
    wire_list_add(&components, STR("đơn"));
    wire_list_add(&components, STR("giấy chứng sinh"));
    d.receipt = (struct receipt){
        .procedure = {.code = STR("2.000815"), .kase = STR("01")},
        .limit = {.kind = LIMIT_WORKING_DAYS, .hundredths = 300, .cutoff = LIMIT_NO_CUTOFF},
        .applicant = {.name = STR("Lê Văn Tám"), .phone = STR("0912345678")},
        .components = buf_str(&components),
        .sets = 1,
        .fee = 12000,
        .channel = CHANNEL_DIRECT,
        .collect = CHANNEL_POSTAL,
        .submitted = NO_TIME,
    };
    correct_form_init(&m->form, LANG_VI, &d, STR("Chứng thực"));
    buf_release(&components);
    chooser_init(&m->chooser, (struct chooser_items){C_PROCEDURE, C_CASE, CHOOSER_NONE, CHOOSER_NONE});
    buf_add_z(&m->chooser.code, "2.000815");
    buf_add_z(&m->chooser.kase, "01");
}

static void close_mending(struct mending *m)
{
    form_release(&m->form);
    chooser_release(&m->chooser);
}

/* The changes as one text, "field=value|…"; or "!item" for a fault. */
static void must_change(struct mending *m, const char *expected)
{
    struct corrections c;
    struct buf text = BUF_INIT;
    int item;
    enum text_id wrong;
    if (!correct_form_changes(&m->form, &m->chooser, STR("2.000815"), STR("01"), civil_from_ymd(2026, 11, 16),
                              &c, &item, &wrong))
        buf_addf(&text, "!%d", item);
    for (size_t i = 0; i < c.count && (!text.n || text.p[0] != '!'); i++) {
        if (i)
            buf_add_char(&text, '|');
        buf_add_z(&text, correction_field_name(c.change[i].field));
        buf_add_char(&text, '=');
        buf_add_str(&text, c.change[i].value);
    }
    assert_string_equal(text.n ? text.p : "", expected);
    corrections_release(&c);
    buf_release(&text);
}

static void type(struct mending *m, int item, const char *text)
{
    field_set(&m->form.item[item].field, str_of(text));
}

static void only_what_is_changed_is_sent(void **state)
{
    (void)state;
    struct mending m;
    open_mending(&m);
    must_change(&m, "");
    assert_false(form_dirty(&m.form));
    type(&m, C_PHONE, "0912345679");
    must_change(&m, "phone=0912345679");
    type(&m, C_PHONE, "0912345678"); /* as it was */
    must_change(&m, "");
    type(&m, C_PHONE, ""); /* taken away */
    must_change(&m, "phone=");
    type(&m, C_PHONE, "0912345678");
    m.form.item[C_KIND].chosen = 1;
    m.form.item[C_COLLECT].chosen = 0;
    must_change(&m, "organization=yes|collect=desk");
    close_mending(&m);
}

static void values_are_sent_as_corrections_are_written(void **state)
{
    (void)state;
    struct mending m;
    open_mending(&m);
    type(&m, C_LIMIT, "2,5 ngày làm việc");
    must_change(&m, "limit=2.5 working_days");
    type(&m, C_RECEIVED, "13/11 9h5");
    must_change(&m, "limit=2.5 working_days|received_at=2026-11-13T09:05");
    type(&m, C_RECEIVED, "13/11"); /* the opening hour is the rules' to find */
    type(&m, C_LIMIT, "3 ngày làm việc");
    must_change(&m, "received_at=2026-11-13");
    type(&m, C_RECEIVED, "30/06/2026 08:00");
    type(&m, C_FEE, "15.000");
    must_change(&m, "fee=15000");
    type(&m, C_FEE, "");
    must_change(&m, "fee="); /* not known */
    type(&m, C_FEE, "12000");
    type(&m, C_COMPONENTS, "đơn; ;tờ khai ");
    must_change(&m, "component=đơn|component=tờ khai ");
    type(&m, C_COMPONENTS, " ; ");
    must_change(&m, "component="); /* none */
    close_mending(&m);
}

static void what_is_not_understood_is_said_where_it_stands(void **state)
{
    (void)state;
    struct mending m;
    char fault[8];
    static const struct {
        int item;
        const char *text;
    } bad[] = {{C_LIMIT, "3"},        {C_LIMIT, ""},   {C_RECEIVED, "hôm qua"}, {C_RECEIVED, ""},
               {C_SUBMITTED, "32/1"}, {C_SETS, "hai"}, {C_FEE, "12k"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        open_mending(&m);
        type(&m, bad[i].item, bad[i].text);
        snprintf(fault, sizeof fault, "!%d", bad[i].item);
        must_change(&m, fault);
        close_mending(&m);
    }
}

static void a_procedure_is_sent_with_its_case(void **state)
{
    (void)state;
    struct mending m;
    open_mending(&m);
    buf_reset(&m.chooser.kase);
    buf_add_z(&m.chooser.kase, "02");
    must_change(&m, "case=02");
    buf_reset(&m.chooser.kase);
    must_change(&m, "case="); /* the plain procedure */
    buf_reset(&m.chooser.code);
    buf_add_z(&m.chooser.code, "1.001193");
    must_change(&m, "procedure=1.001193");
    buf_add_z(&m.chooser.kase, "03");
    must_change(&m, "procedure=1.001193#03");
    buf_reset(&m.chooser.code); /* typed over, and nothing chosen */
    must_change(&m, "!1");
    close_mending(&m);
}

/* The procedure's own limit and fee come with it, but not over what somebody typed. */
static void a_procedure_brings_limit_and_fee(void **state)
{
    (void)state;
    struct mending m;
    const struct limit month = {.kind = LIMIT_MONTHS, .hundredths = 100, .cutoff = LIMIT_NO_CUTOFF};
    open_mending(&m);
    correct_form_bring(&m.form, LANG_VI, &month, -1);
    assert_true(str_eq(form_text(&m.form, C_LIMIT), STR("1 tháng")));
    assert_int_equal(form_text(&m.form, C_FEE).n, 0);
    must_change(&m, "");
    type(&m, C_LIMIT, "5 ngày");
    correct_form_bring(&m.form, LANG_VI, &month, 0);
    assert_true(str_eq(form_text(&m.form, C_LIMIT), STR("5 ngày")));
    close_mending(&m);
}

/* What no motcua would have written is seen where it stands, as on the dossier's page, and is no change as
 * long as nobody changes it. */
static void what_cannot_be_shown_is_seen_in_the_form(void **state)
{
    (void)state;
    struct mending m;
    open_mending(&m);
    form_begin_text(&m.form, C_APPLICANT, STR("Lê\x1b[31m Văn\x00\u202e\xff Tám"));
    assert_true(str_eq(form_text(&m.form, C_APPLICANT), STR("Lê\uFFFD[31m Văn\uFFFD\uFFFD\uFFFD Tám")));
    assert_false(form_item_dirty(&m.form, C_APPLICANT));
    close_mending(&m);
}

/* ---- sentences ---- */

/* There are keys here, no commands (but for the clock: an admin's matter, for which there is no key). */
static void no_sentence_names_a_command(void **state)
{
    (void)state;
    static const enum outcome_kind kinds[] = {
        KIND_second_apology,    KIND_not_open,         KIND_waiting,           KIND_not_waiting,
        KIND_second_supplement, KIND_late_supplement,  KIND_use_stop,          KIND_use_withdraw,
        KIND_nothing_to_undo,   KIND_moved_since,      KIND_nothing_changes,   KIND_after_other_acts,
        KIND_not_resolved,      KIND_already_resolved, KIND_due_not_later,     KIND_due_in_past,
        KIND_due_on_day_off,    KIND_future_time,      KIND_before_receipt,    KIND_before_result,
        KIND_before_letter,     KIND_before_turn,      KIND_submitted_later,   KIND_empty_text,
        KIND_bad_text,          KIND_too_long,         KIND_unknown_procedure, KIND_unknown_dossier,
        KIND_ambiguous_dossier, KIND_unknown_officer,  KIND_retired,           KIND_no_limit,
        KIND_limit_too_far,     KIND_not_allowed,      KIND_until_missing,     KIND_received_ahead,
        KIND_act_ahead,
    };
    static const char *const commands[] = {"motcua ", "--",        "(restart", "(undo",   "(correct",
                                           "(stop",   "(withdraw", "(paid",    "(resolve"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
            struct outcome o = outcome_of(kinds[i]);
            struct buf text = BUF_INIT;
            outcome_text(&o, STR("H42.26.21-261116-0001"));
            sentence_say(&text, lang, &o, STR_NONE);
            for (size_t k = 0; k < sizeof commands / sizeof *commands; k++)
                if (strstr(text.p, commands[k]))
                    fail_msg("%s: \"%s\"", outcome_kind_name(kinds[i]), text.p);
            buf_release(&text);
        }
}

static void a_sentence_begins_with_a_capital_but_not_a_login(void **state)
{
    (void)state;
    struct buf text = BUF_INIT;
    struct outcome o = outcome_of(KIND_not_allowed);
    outcome_text(&o, STR("an"));
    outcome_label(&o, T_label_act_void);
    outcome_text(&o, STR("Lê Thị Lan"));
    sentence_say(&text, LANG_VI, &o, STR_NONE);
    assert_string_equal(text.p, "an không có quyền hủy hồ sơ ghi nhầm; liên hệ Lê Thị Lan");
    buf_reset(&text);
    o = outcome_of(KIND_empty_text);
    outcome_label(&o, T_label_reason);
    sentence_say(&text, LANG_VI, &o, STR_NONE);
    assert_string_equal(text.p, "Lý do: không được để trống");
    buf_reset(&text);
    o = outcome_of(KIND_disk_full); /* a capital with a mark */
    sentence_say(&text, LANG_VI, &o, STR_NONE);
    assert_true(str_starts(buf_str(&text), STR("Hết chỗ")));
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_are_a_set),
        cmocka_unit_test(marks_have_an_end),
        cmocka_unit_test(every_act_has_its_form),
        cmocka_unit_test(the_rules_of_the_day_say_how_it_ends),
        cmocka_unit_test(needs_are_packed_line_by_line),
        cmocka_unit_test(stars_are_one_to_five),
        cmocka_unit_test(only_what_is_changed_is_sent),
        cmocka_unit_test(values_are_sent_as_corrections_are_written),
        cmocka_unit_test(what_is_not_understood_is_said_where_it_stands),
        cmocka_unit_test(a_procedure_is_sent_with_its_case),
        cmocka_unit_test(a_procedure_brings_limit_and_fee),
        cmocka_unit_test(what_cannot_be_shown_is_seen_in_the_form),
        cmocka_unit_test(no_sentence_names_a_command),
        cmocka_unit_test(a_sentence_begins_with_a_capital_but_not_a_login),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
