/* Outcomes and their sentences; what the desk's rules are called by scripts and cited as: law, roles, names.
 */
#include "core/facts.h"
#include "core/outcome.h"
#include "core/roles.h"
#include "core/text.h"
#include "tests/desk_world.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void expect_message(const struct outcome *o, enum lang lang, const char *expected)
{
    struct buf out = BUF_INIT;
    outcome_message(&out, lang, o);
    assert_string_equal(out.p ? out.p : "", expected);
    buf_release(&out);
}

/* ---- kinds ---- */

static void kinds_have_the_contract_s_names_and_statuses(void **state)
{
    (void)state;
    static const struct {
        enum outcome_kind kind;
        const char *name;
        int status;
    } cases[] = {
        {KIND_done, "done", 0},
        {KIND_second_apology, "second_apology", 1},
        {KIND_not_open, "not_open", 1},
        {KIND_not_waiting, "not_waiting", 1},
        {KIND_waiting, "waiting", 1},
        {KIND_not_resolved, "not_resolved", 1},
        {KIND_already_resolved, "already_resolved", 1},
        {KIND_due_not_later, "due_not_later", 1},
        {KIND_due_in_past, "due_in_past", 1},
        {KIND_due_on_day_off, "due_on_day_off", 1},
        {KIND_future_time, "future_time", 1},
        {KIND_before_receipt, "before_receipt", 1},
        {KIND_empty_text, "empty_text", 1},
        {KIND_bad_text, "bad_text", 1},
        {KIND_too_long, "too_long", 1},
        {KIND_unknown_procedure, "unknown_procedure", 1},
        {KIND_unknown_dossier, "unknown_dossier", 1},
        {KIND_ambiguous_dossier, "ambiguous_dossier", 1},
        {KIND_unknown_officer, "unknown_officer", 1},
        {KIND_retired, "retired", 1},
        {KIND_no_limit, "no_limit", 1},
        {KIND_duplicate_code, "duplicate_code", 1},
        {KIND_not_allowed, "not_allowed", 1},
        {KIND_clock_behind, "clock_behind", 1},
        {KIND_clock_not_behind, "clock_not_behind", 1},
        {KIND_received_ahead, "received_ahead", 1},
        {KIND_act_ahead, "act_ahead", 1},
        {KIND_store_exists, "store_exists", 1},
        {KIND_no_store, "no_store", 1},
        {KIND_no_such_file, "no_such_file", 1},
        {KIND_until_missing, "until_missing", 2},
        {KIND_usage, "usage", 2},
        {KIND_disk_full, "disk_full", 4},
        {KIND_damaged, "damaged", 4},
        {KIND_no_permission, "no_permission", 4},
        {KIND_helper_missing, "helper_missing", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(outcome_kind_name(cases[i].kind), cases[i].name);
        assert_int_equal((int)outcome_class(cases[i].kind), cases[i].status);
    }
    struct outcome zero = {0};
    assert_true(outcome_ok(&zero));
    for (int kind = KIND_done + 1; kind < KIND_COUNT; kind++) {
        struct outcome o = outcome_of((enum outcome_kind)kind);
        assert_false(outcome_ok(&o));
        assert_true(outcome_class(o.kind) >= REFUSED && outcome_class(o.kind) <= FAILED);
        for (int other = 0; other < kind; other++)
            assert_string_not_equal(outcome_kind_name((enum outcome_kind)other), outcome_kind_name(o.kind));
    }
}

/* ---- messages ---- */

static void arguments_are_said_in_the_reader_s_language(void **state)
{
    (void)state;
    struct outcome o = outcome_of(KIND_second_apology);
    outcome_text(&o, STR("H42.26.21-261116-0007"));
    outcome_text(&o, STR("07/PXL"));
    outcome_labelled(&o, T_label_new_date, world_time("2026-12-01T17:00"));
    expect_message(&o, LANG_VI,
                   "hồ sơ H42.26.21-261116-0007 đã có phiếu xin lỗi số 07/PXL, hẹn lại 01/12/2026 17:00; "
                   "mỗi hồ sơ chỉ được xin lỗi và hẹn lại một lần");
    expect_message(
        &o, LANG_EN,
        "dossier H42.26.21-261116-0007 already has apology letter no. 07/PXL, new date 2026-12-01 17:00; "
        "a dossier may be apologised for and rescheduled only once");
    o = outcome_of(KIND_due_on_day_off);
    outcome_date(&o, civil_from_ymd(2026, 11, 22));
    outcome_date(&o, civil_from_ymd(2026, 11, 23));
    outcome_label(&o, T_label_weekend);
    expect_message(&o, LANG_VI,
                   "ngày hẹn mới 22/11/2026 là ngày nghỉ (cuối tuần); ngày làm việc tiếp theo là 23/11/2026");
    expect_message(&o, LANG_EN,
                   "the new date 2026-11-22 is a day off (weekend); the next working day is 2026-11-23");
    o = outcome_of(KIND_too_long);
    outcome_label(&o, T_label_applicant);
    outcome_number(&o, 1000);
    expect_message(&o, LANG_VI, "chủ hồ sơ: dài quá 1000 ký tự; rút ngắn lại");
    expect_message(&o, LANG_EN, "applicant's name: longer than 1000 characters; shorten it");
    o = OUTCOME_DONE;
    expect_message(&o, LANG_VI, "");
}

/* A letter after a late result names no new date. */
static void a_letter_without_a_date_is_told_without_one(void **state)
{
    (void)state;
    struct outcome o = outcome_of(KIND_second_apology);
    outcome_text(&o, STR("H42-0007"));
    outcome_text(&o, STR("07/PXL"));
    expect_message(
        &o, LANG_VI,
        "hồ sơ H42-0007 đã có phiếu xin lỗi số 07/PXL; mỗi hồ sơ chỉ được xin lỗi và hẹn lại một lần");
    expect_message(
        &o, LANG_EN,
        "dossier H42-0007 already has apology letter no. 07/PXL; a dossier may be apologised for and "
        "rescheduled only once");
}

static void limits_are_said_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *limit, *vi, *en;
    } cases[] = {
        {"3650 months", "3650 tháng", "3650 months"},
        {"2.5 working_days", "2,5 ngày làm việc", "2.5 working days"},
        {"1 working_days", "1 ngày làm việc", "1 working day"},
    };
    for (size_t i = 0; i < 3; i++) {
        struct limit limit;
        char vi[200], en[200];
        assert_true(limit_parse(str_of(cases[i].limit), &limit));
        struct outcome o = outcome_of(KIND_limit_too_far);
        outcome_limit(&o, &limit);
        snprintf(vi, sizeof vi, "thời hạn %s vượt quá năm 2100; kiểm tra lại thời hạn", cases[i].vi);
        snprintf(en, sizeof en, "the limit %s runs past the year 2100; check the limit", cases[i].en);
        expect_message(&o, LANG_VI, vi);
        expect_message(&o, LANG_EN, en);
    }
}

static void a_fifth_argument_is_dropped(void **state)
{
    (void)state;
    struct outcome o = outcome_of(KIND_usage);
    for (int i = 0; i < 6; i++)
        outcome_number(&o, i);
    outcome_text(&o, STR("x"));
    outcome_label(&o, T_label_note);
    for (int i = 0; i < OUTCOME_ARGS; i++)
        assert_int_equal(o.arg[i].number, i);
    /* What is filled in is not filled in again. */
    o = outcome_of(KIND_unknown_dossier);
    outcome_text(&o, STR("{2}{1}"));
    outcome_text(&o, STR("x"));
    expect_message(&o, LANG_EN, "there is no dossier {2}{1}; look for it with: motcua search");
    o = outcome_of(KIND_unknown_dossier); /* an argument that was never given */
    expect_message(&o, LANG_EN, "there is no dossier ; look for it with: motcua search");
}

/* ---- text arguments ---- */

static const char *kept(struct outcome *o, struct str text)
{
    *o = outcome_of(KIND_usage);
    outcome_text(o, text);
    return o->arg[0].text;
}

static void short_text_stays_whole(void **state)
{
    (void)state;
    struct outcome o;
    assert_string_equal(kept(&o, STR("Nguyễn Thị Hương")), "Nguyễn Thị Hương");
    assert_string_equal(kept(&o, STR_NONE), "");
    assert_int_equal(o.arg[0].type, ARG_TEXT);
}

static void nothing_raw_gets_through(void **state)
{
    (void)state;
    struct outcome o;
    assert_string_equal(kept(&o, STR("a\x1B[31mb\nc\x7F")), "a\xEF\xBF\xBD[31mb\xEF\xBF\xBD"
                                                            "c\xEF\xBF\xBD");
    assert_string_equal(kept(&o, (struct str){"a\0b", 3}), "a\xEF\xBF\xBD"
                                                           "b");
    assert_string_equal(kept(&o, STR("\xC2\x9B"
                                     "31m")),
                        "\xEF\xBF\xBD"
                        "31m");                                                 /* C1 */
    assert_string_equal(kept(&o, STR("x\xE2\x80\xAEy")), "x\xEF\xBF\xBDy");     /* bidi */
    assert_string_equal(kept(&o, STR("\xE1\xBB")), "\xEF\xBF\xBD\xEF\xBF\xBD"); /* broken */
}

/* Independent of the code under test: NFC letters of three bytes each, so the longest whole run is known. */
static void long_text_is_cut_between_letters(void **state)
{
    (void)state;
    struct outcome o;
    struct buf text = BUF_INIT;
    for (int i = 0; i < 500; i++)
        buf_add_z(&text, "ộ"); /* 3 bytes */
    const char *got = kept(&o, buf_str(&text));
    size_t n = strlen(got);
    assert_int_equal(n, 65 * 3 + 3); /* 196 bytes of letters at most, and the ellipsis */
    assert_memory_equal(got, text.p, 65 * 3);
    assert_string_equal(got + 65 * 3, "…");

    buf_reset(&text);
    for (int i = 0; i < 500; i++)
        buf_add_z(&text, "o\xCC\xA3\xCC\x82"); /* decomposed: 5 bytes a letter */
    got = kept(&o, buf_str(&text));
    assert_int_equal(strlen(got), 39 * 5 + 3);
    assert_string_equal(got + 39 * 5, "…");

    buf_reset(&text); /* to the byte: 196 fit, one more does not */
    for (int i = 0; i < 196; i++)
        buf_add_char(&text, 'a');
    assert_string_equal(kept(&o, buf_str(&text)), text.p);
    buf_add_char(&text, 'a');
    got = kept(&o, buf_str(&text));
    assert_int_equal(strlen(got), 196 + 3);
    assert_string_equal(got + 196, "…");

    buf_reset(&text); /* one endless letter */
    buf_add_z(&text, "o");
    for (int i = 0; i < 100000; i++)
        buf_add_z(&text, "\xCC\xA3");
    assert_string_equal(kept(&o, buf_str(&text)), "…");
    buf_release(&text);
}

static void any_bytes_give_safe_text(void **state)
{
    (void)state;
    struct random r = {42};
    for (int i = 0; i < 20000; i++) {
        char bytes[600];
        size_t n = (size_t)random_in(&r, 0, (int64_t)sizeof bytes);
        for (size_t k = 0; k < n; k++)
            bytes[k] = (char)(random_in(&r, 0, 3) ? random_in(&r, 1, 126) : random_in(&r, 0, 255));
        struct outcome o = outcome_of(KIND_empty_text);
        outcome_text(&o, (struct str){bytes, n});
        size_t length = strlen(o.arg[0].text);
        assert_true(length < OUTCOME_ARG_TEXT);
        assert_true(text_is_utf8((struct str){o.arg[0].text, length}));
        for (size_t k = 0; k < length; k++)
            assert_true((unsigned char)o.arg[0].text[k] >= 0x20 && o.arg[0].text[k] != 0x7F);
    }
}

/* ---- law ---- */

static void expect_cite(enum lang lang, const char *received, enum law_point point, const char *provincial,
                        const char *expected)
{
    struct buf out = BUF_INIT;
    enum rule_set rules = received ? law_rules(civil_day_of(world_time(received))) : RULES_NONE;
    law_cite(&out, lang, rules, point, str_of(provincial));
    assert_string_equal(out.p ? out.p : "", expected);
    buf_release(&out);
}

static void rules_go_by_the_day_of_receipt(void **state)
{
    (void)state;
    assert_int_equal(law_rules(civil_from_ymd(2018, 7, 1)), RULES_61);
    assert_int_equal(law_rules(civil_from_ymd(2025, 6, 30)), RULES_61);
    assert_int_equal(law_rules(civil_from_ymd(2025, 7, 1)), RULES_118);
    assert_int_equal(law_rules(civil_from_ymd(2026, 11, 20)), RULES_118);
}

static void citations_name_only_what_was_seen(void **state)
{
    (void)state;
    const char *old = "2025-06-30", *new = "2025-07-01";
    static const struct {
        enum law_point point;
        const char *old_vi, *new_vi, *old_en, *new_en;
    } cases[] = {
        {LAW_RECEIVING, "Điều 17 Nghị định 61/2018/NĐ-CP", "Điều 17 Nghị định 118/2025/NĐ-CP",
         "Decree 61/2018/NĐ-CP, art. 17", "Decree 118/2025/NĐ-CP, art. 17"},
        {LAW_TRANSFER, "Điều 18 Nghị định 61/2018/NĐ-CP", "Điều 18 Nghị định 118/2025/NĐ-CP",
         "Decree 61/2018/NĐ-CP, art. 18", "Decree 118/2025/NĐ-CP, art. 18"},
        {LAW_SUPPLEMENT, "khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP",
         "Decree 61/2018/NĐ-CP, art. 19.4", "Decree 118/2025/NĐ-CP"},
        {LAW_REFUSAL, "khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP",
         "Decree 61/2018/NĐ-CP, art. 19.8", "Decree 118/2025/NĐ-CP"},
        {LAW_OVERDUE, "khoản 9 Điều 19 Nghị định 61/2018/NĐ-CP", "Nghị định 118/2025/NĐ-CP",
         "Decree 61/2018/NĐ-CP, art. 19.9", "Decree 118/2025/NĐ-CP"},
        {LAW_STOPPING, "Nghị định 61/2018/NĐ-CP", "Điều 21 Nghị định 118/2025/NĐ-CP", "Decree 61/2018/NĐ-CP",
         "Decree 118/2025/NĐ-CP, art. 21"},
        {LAW_RESULTS, "Nghị định 61/2018/NĐ-CP", "Điều 22 Nghị định 118/2025/NĐ-CP", "Decree 61/2018/NĐ-CP",
         "Decree 118/2025/NĐ-CP, art. 22"},
        {LAW_COUNTING, "Điều 144-148 Bộ luật Dân sự 2015", "Điều 144-148 Bộ luật Dân sự 2015",
         "Civil Code 2015, arts. 144-148", "Civil Code 2015, arts. 144-148"},
        {LAW_NONE, "", "", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        expect_cite(LANG_VI, old, cases[i].point, NULL, cases[i].old_vi);
        expect_cite(LANG_VI, new, cases[i].point, NULL, cases[i].new_vi);
        expect_cite(LANG_EN, old, cases[i].point, NULL, cases[i].old_en);
        expect_cite(LANG_EN, new, cases[i].point, NULL, cases[i].new_en);
        expect_cite(LANG_VI, NULL, cases[i].point, "Quyết định 1/QĐ", "");
    }
}

static void the_province_s_decision_stands_beside_the_decree(void **state)
{
    (void)state;
    expect_cite(LANG_VI, "2026-11-20", LAW_OVERDUE, "Quyết định 12/2025/QĐ-UBND",
                "Nghị định 118/2025/NĐ-CP; Quyết định 12/2025/QĐ-UBND");
    expect_cite(LANG_EN, "2026-11-20", LAW_RECEIVING, "Quyết định 12/2025/QĐ-UBND",
                "Decree 118/2025/NĐ-CP, art. 17; Quyết định 12/2025/QĐ-UBND");
    expect_cite(LANG_VI, "2026-11-20", LAW_COUNTING, "Quyết định 12/2025/QĐ-UBND",
                "Điều 144-148 Bộ luật Dân sự 2015");
    expect_cite(LANG_VI, "2026-11-20", LAW_OVERDUE,
                "a\x1B"
                "b",
                "Nghị định 118/2025/NĐ-CP; a\xEF\xBF\xBD"
                "b");
}

/* ---- roles and names ---- */

static void roles_may_what_their_table_says(void **state)
{
    (void)state;
    static const struct {
        enum role role;
        bool handle, override_limit, office, people;
    } cases[] = {
        {ROLE_NONE, false, false, false, false},      {ROLE_OFFICER, true, false, false, false},
        {ROLE_SPECIALIST, true, false, false, false}, {ROLE_CHIEF, true, true, true, false},
        {ROLE_ADMIN, true, true, true, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(role_may(cases[i].role, ACT_HANDLE), cases[i].handle);
        assert_int_equal(role_may(cases[i].role, ACT_OVERRIDE_LIMIT), cases[i].override_limit);
        assert_int_equal(role_may(cases[i].role, ACT_SETTINGS), cases[i].office);
        assert_int_equal(role_may(cases[i].role, ACT_PEOPLE), cases[i].people);
        assert_int_equal(role_may(cases[i].role, ACT_CLOCK), cases[i].people);
    }
}

static void names_are_the_contract_s(void **state)
{
    (void)state;
    const char *states[] = {"processing", "waiting",   "waiting_payment", "resolved", "returned",
                            "refused",    "withdrawn", "stopped",         "void"};
    for (int i = 0; i < 9; i++)
        assert_string_equal(state_name((enum dossier_state)(STATE_PROCESSING + i)), states[i]);
    const char *ends[] = {"resolved", "refused", "withdrawn", "stopped", "void"};
    for (int i = 0; i < 5; i++)
        assert_string_equal(ended_how_name((enum ended_how)(ENDED_RESOLVED + i)), ends[i]);
    assert_null(ended_how_name(ENDED_NOT));
    const char *channels[] = {"direct", "online", "postal"};
    const char *roles[] = {"officer", "specialist", "chief", "admin"};
    for (int i = 0; i < 3; i++) {
        enum channel c = CHANNEL_NONE;
        assert_string_equal(channel_name((enum channel)(CHANNEL_DIRECT + i)), channels[i]);
        assert_true(channel_parse(str_of(channels[i]), &c) && c == (enum channel)(CHANNEL_DIRECT + i));
    }
    for (int i = 0; i < 4; i++) {
        enum role r = ROLE_NONE;
        assert_string_equal(role_name((enum role)(ROLE_OFFICER + i)), roles[i]);
        assert_true(role_parse(str_of(roles[i]), &r) && r == (enum role)(ROLE_OFFICER + i));
    }
    assert_null(channel_name(CHANNEL_NONE));
    enum channel c;
    enum role r;
    const char *bad[] = {"", "Direct", "post", "desk", "boss", "direct "};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(channel_parse(str_of(bad[i]), &c));
        assert_false(role_parse(str_of(bad[i]), &r));
    }
}

int main(void)
{
    const struct CMUnitTest outcome[] = {
        cmocka_unit_test(kinds_have_the_contract_s_names_and_statuses),
        cmocka_unit_test(arguments_are_said_in_the_reader_s_language),
        cmocka_unit_test(a_letter_without_a_date_is_told_without_one),
        cmocka_unit_test(limits_are_said_in_words),
        cmocka_unit_test(a_fifth_argument_is_dropped),
        cmocka_unit_test(short_text_stays_whole),
        cmocka_unit_test(nothing_raw_gets_through),
        cmocka_unit_test(long_text_is_cut_between_letters),
        cmocka_unit_test(any_bytes_give_safe_text),
    };
    const struct CMUnitTest law[] = {
        cmocka_unit_test(rules_go_by_the_day_of_receipt),
        cmocka_unit_test(citations_name_only_what_was_seen),
        cmocka_unit_test(the_province_s_decision_stands_beside_the_decree),
    };
    const struct CMUnitTest names[] = {
        cmocka_unit_test(roles_may_what_their_table_says),
        cmocka_unit_test(names_are_the_contract_s),
    };
    return cmocka_run_group_tests_name("outcome", outcome, NULL, NULL) +
           cmocka_run_group_tests_name("law", law, NULL, NULL) +
           cmocka_run_group_tests_name("names", names, NULL, NULL);
}
