/* The language tables, and what is made of them: words, times, limits. */
#include "core/lang.h"
#include "core/text.h"
#include "core/words.h"
#include "tests/desk_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include <cmocka.h>

/* ---- the tables, read here a second time ---- */

struct entry {
    const char *name, *text[2];
    enum text_id id; /* of a text */
    bool sentence;   /* a refusal's sentence */
};

static const struct entry entries[] = {
#define T(name, vi, en) {#name, {vi, en}, T_##name, false},
#include "core/lang_cli.def"
#include "core/lang_core.def"
#include "core/lang_forms.def"
#include "core/lang_ical.def"
#include "core/lang_labels.def"
#include "core/lang_report.def"
#include "core/lang_tui.def"
#undef T
#define S(name, key, type, field, least, most, fallback, vi, en)                                             \
    {"setting_" #name, {vi, en}, T_setting_##name, false},
#include "core/settings.def"
#undef S
#define K(name, class, vi, en) {"outcome " #name, {vi, en}, T_nothing, true},
#include "core/lang_outcomes.def"
#undef K
};
enum { ENTRIES = sizeof entries / sizeof *entries };

/* Bit n: placeholder {n} stands in the text. Anything else in braces is a mistake. */
static unsigned placeholders(const struct entry *e, const char *text)
{
    unsigned found = 0;
    for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
        if (p[1] < '1' || p[1] > '6' || p[2] != '}')
            fail_msg("%s: \"%s\" has a brace that is no placeholder", e->name, text);
        found |= 1u << (p[1] - '0');
    }
    return found;
}

static bool is_nfc(const char *text)
{
    char *nfc = (char *)utf8proc_NFC((const utf8proc_uint8_t *)text);
    assert_non_null(nfc); /* NULL: not UTF-8 */
    bool same = strcmp(nfc, text) == 0;
    free(nfc);
    return same;
}

static void check_text(const struct entry *e, const char *text)
{
    size_t n = strlen(text);
    if (n == 0)
        fail_msg("%s is empty in one language", e->name);
    if (!is_nfc(text))
        fail_msg("%s: \"%s\" is not NFC", e->name, text);
    if (text[0] == ' ' || text[n - 1] == ' ' || text[n - 1] == '\n')
        fail_msg("%s: \"%s\" has a blank at an end", e->name, text);
    bool lines = strncmp(e->name, "cli_", 4) == 0 || strncmp(e->name, "tui_", 4) == 0;
    for (size_t i = 0; i < n; i++) {
        bool line_break = text[i] == '\n' && lines;
        if (((unsigned char)text[i] < 0x20 && !line_break) || text[i] == 0x7F)
            fail_msg("%s: \"%s\" has a control character", e->name, text);
    }
    struct buf clean = BUF_INIT;
    if (text_clean(str_of(text), TEXT_NOTE, TEXT_MAX_NOTE, &clean) || strcmp(clean.p, text) != 0)
        fail_msg("%s: \"%s\" is no clean text", e->name, text);
    buf_release(&clean);
}

static void every_text_is_sound_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < ENTRIES; i++) {
        const struct entry *e = &entries[i];
        check_text(e, e->text[LANG_VI]);
        check_text(e, e->text[LANG_EN]);
        if (placeholders(e, e->text[LANG_VI]) != placeholders(e, e->text[LANG_EN]))
            fail_msg("%s: the two languages have not the same placeholders", e->name);
    }
}

/* They follow "motcua: " and may be followed by the law in brackets. */
static void sentences_end_without_a_full_stop(void **state)
{
    (void)state;
    for (size_t i = 0; i < ENTRIES; i++)
        for (int lang = 0; lang < 2 && entries[i].sentence; lang++) {
            const char *text = entries[i].text[lang];
            if (text[strlen(text) - 1] == '.')
                fail_msg("%s: \"%s\"", entries[i].name, text);
            if (strstr(text, "  "))
                fail_msg("%s: \"%s\" has two blanks", entries[i].name, text);
        }
}

static void texts_are_found_by_their_number(void **state)
{
    (void)state;
    int texts = 0;
    for (size_t i = 0; i < ENTRIES && !entries[i].sentence; i++, texts++) {
        assert_string_equal(lang_text(LANG_VI, entries[i].id), entries[i].text[LANG_VI]);
        assert_string_equal(lang_text(LANG_EN, entries[i].id), entries[i].text[LANG_EN]);
    }
    assert_int_equal(texts + 1, TEXT_ID_COUNT); /* and the empty one: no table was left out here */
    assert_string_equal(lang_text(LANG_VI, T_nothing), "");
    assert_string_equal(lang_text(LANG_EN, T_nothing), "");
    assert_string_equal(lang_text(LANG_VI, T_core_status_overdue), "Quá hạn");
    assert_string_equal(lang_text(LANG_EN, T_core_status_overdue), "Overdue");
}

/* ---- filling in ---- */

static void expect_fill(const char *pattern, const char *a, const char *b, const char *expected)
{
    struct buf out = BUF_INIT;
    buf_add_z(&out, ">");
    struct str args[] = {str_of(a), str_of(b)};
    lang_fill(&out, pattern, args, 2);
    assert_string_equal(out.p + 1, expected);
    buf_release(&out);
}

static void placeholders_are_replaced_once(void **state)
{
    (void)state;
    expect_fill("{1} và {2}", "một", "hai", "một và hai");
    expect_fill("{2}{1}{2}", "a", "b", "bab");
    expect_fill("{1}", "{2}", "x", "{2}"); /* what was filled in is not looked at again */
    expect_fill("không có gì", "a", "b", "không có gì");
    expect_fill("{1}{2}", "", NULL, "");
    expect_fill("{3} {0} {} {12} {1", "a", "b", "{3} {0} {} {12} {1"); /* none of the two */
    expect_fill("{", "a", "b", "{");
    expect_fill("", "a", "b", "");
    struct buf out = BUF_INIT;
    LANG_SAY(&out, LANG_EN, T_core_law_article, STR("D"), STR("17"));
    assert_string_equal(out.p, "D, art. 17");
    buf_release(&out);
}

static void languages_have_names(void **state)
{
    (void)state;
    enum lang lang = LANG_VI;
    assert_true(lang_parse(STR("en"), &lang) && lang == LANG_EN);
    assert_true(lang_parse(STR("vi"), &lang) && lang == LANG_VI);
    const char *bad[] = {"", "VI", "vn", "english", "v", "vi "};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(lang_parse(str_of(bad[i]), &lang));
    assert_string_equal(lang_name(LANG_VI), "vi");
    assert_string_equal(lang_name(LANG_EN), "en");
}

/* ---- times, limits, weekdays ---- */

static void expect_time(enum lang lang, const char *time, const char *expected)
{
    struct buf out = BUF_INIT;
    lang_time(&out, lang, world_time(time));
    assert_string_equal(out.p, expected);
    buf_release(&out);
}

static void expect_date(enum lang lang, civil_day day, const char *expected)
{
    struct buf out = BUF_INIT;
    lang_date(&out, lang, day);
    assert_string_equal(out.p, expected);
    buf_release(&out);
}

static void times_are_written_the_country_s_way(void **state)
{
    (void)state;
    expect_time(LANG_VI, "2026-11-20T09:30", "20/11/2026 09:30");
    expect_time(LANG_EN, "2026-11-20T09:30", "2026-11-20 09:30");
    expect_time(LANG_VI, "2026-01-02T00:05", "02/01/2026 00:05");
    expect_time(LANG_EN, "2026-01-02T23:59", "2026-01-02 23:59");
    expect_time(LANG_VI, NULL, "–");
    expect_time(LANG_EN, NULL, "–");
    expect_date(LANG_VI, civil_from_ymd(2026, 2, 3), "03/02/2026");
    expect_date(LANG_EN, civil_from_ymd(2026, 2, 3), "2026-02-03");
    expect_date(LANG_VI, NO_DAY, "–");
}

static void limits_are_said_in_words(void **state)
{
    (void)state;
    static const struct {
        struct limit limit;
        const char *vi, *en;
    } cases[] = {
        {{LIMIT_WORKING_DAYS, 250, LIMIT_NO_CUTOFF}, "2,5 ngày làm việc", "2.5 working days"},
        {{LIMIT_WORKING_DAYS, 100, LIMIT_NO_CUTOFF}, "1 ngày làm việc", "1 working day"},
        {{LIMIT_WORKING_DAYS, 50, LIMIT_NO_CUTOFF}, "0,5 ngày làm việc", "0.5 working days"},
        {{LIMIT_CALENDAR_DAYS, 1000, LIMIT_NO_CUTOFF}, "10 ngày", "10 days"},
        {{LIMIT_CALENDAR_DAYS, 100, LIMIT_NO_CUTOFF}, "1 ngày", "1 day"},
        {{LIMIT_CALENDAR_DAYS, 1650, LIMIT_NO_CUTOFF}, "16,5 ngày", "16.5 days"},
        {{LIMIT_WORKING_HOURS, 800, LIMIT_NO_CUTOFF}, "8 giờ làm việc", "8 working hours"},
        {{LIMIT_WORKING_HOURS, 100, LIMIT_NO_CUTOFF}, "1 giờ làm việc", "1 working hour"},
        {{LIMIT_MONTHS, 100, LIMIT_NO_CUTOFF}, "1 tháng", "1 month"},
        {{LIMIT_MONTHS, 200, LIMIT_NO_CUTOFF}, "2 tháng", "2 months"},
        {{LIMIT_SAME_DAY, 100, 900}, "trong ngày", "same day"},
        {{LIMIT_NONE, 0, LIMIT_NO_CUTOFF}, "chưa có thời hạn", "no limit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = BUF_INIT;
        lang_limit(&out, LANG_VI, &cases[i].limit);
        assert_string_equal(out.p, cases[i].vi);
        buf_reset(&out);
        lang_limit(&out, LANG_EN, &cases[i].limit);
        assert_string_equal(out.p, cases[i].en);
        buf_release(&out);
    }
}

static void weekdays_have_their_names(void **state)
{
    (void)state;
    assert_string_equal(lang_weekday(LANG_VI, civil_weekday(civil_from_ymd(2026, 11, 20))), "Thứ Sáu");
    assert_string_equal(lang_weekday(LANG_EN, civil_weekday(civil_from_ymd(2026, 11, 20))), "Friday");
    assert_string_equal(lang_weekday(LANG_VI, civil_weekday(civil_from_ymd(2026, 11, 22))), "Chủ nhật");
    assert_string_equal(lang_weekday(LANG_VI, civil_weekday(civil_from_ymd(2026, 11, 23))), "Thứ Hai");
    assert_string_equal(words_weekday_short(LANG_VI, SUNDAY), "CN");
    assert_string_equal(words_weekday_short(LANG_VI, SATURDAY), "T7");
    assert_string_equal(words_weekday_short(LANG_EN, MONDAY), "Mon");
}

/* ---- words: every value has one, and no two of an enumeration the same ---- */

#define ALL_NAMED(call, low, high)                                                                           \
    do {                                                                                                     \
        for (int lang = 0; lang < 2; lang++)                                                                 \
            for (int i = (low); i <= (high); i++) {                                                          \
                int value = i;                                                                               \
                const char *one = call;                                                                      \
                if (!*one)                                                                                   \
                    fail_msg(#call ": value %d has no word", i);                                             \
                for (value = (low); value < i; value++)                                                      \
                    if (strcmp(call, one) == 0)                                                              \
                        fail_msg(#call ": values %d and %d are both \"%s\"", value, i, one);                 \
            }                                                                                                \
    } while (0)

static void every_value_has_a_word(void **state)
{
    (void)state;
    ALL_NAMED(words_status(lang, value), STATUS_WAITING, STATUS_VOID);
    ALL_NAMED(words_group(lang, 1 << value), 16, 21);
    ALL_NAMED(words_state(lang, value), STATE_PROCESSING, STATE_VOID);
    ALL_NAMED(words_ended_how(lang, value), ENDED_RESOLVED, ENDED_VOID);
    ALL_NAMED(words_channel(lang, value), CHANNEL_DIRECT, CHANNEL_POSTAL);
    ALL_NAMED(words_role(lang, value), ROLE_OFFICER, ROLE_ADMIN);
    ALL_NAMED(words_why(lang, value, false), WHY_RECEIPT_DAY, WHY_LOCAL_CLOSURE);
    ALL_NAMED(words_section(lang, value), MORNING_OVERDUE, MORNING_SECTIONS - 1);
    ALL_NAMED(words_day_kind(lang, value), DAY_OFF, DAY_COMPUTED);
    ALL_NAMED(words_limit_kind(lang, value), LIMIT_NONE, LIMIT_MONTHS);
    ALL_NAMED(words_clock(lang, value), CLOCK_DAY_END, CLOCK_SAME_HOUR);
    ALL_NAMED(words_weekday_short(lang, value), MONDAY, SUNDAY);
    ALL_NAMED(words_event(lang, value), EVENT_FOUNDED, EVENT_CLOCK_ACCEPTED);
    ALL_NAMED(words_event(lang, value), EVENT_RECEIVED, EVENT_REIMPORTED);
    /* Each kind of event that has a name for scripts has one for people. */
    for (int kind = 1; kind < 256; kind++)
        if (strcmp(event_kind_name((enum event_kind)kind), "unknown") != 0)
            assert_true(*words_event(LANG_VI, (enum event_kind)kind));
}

static void national_words_are_used(void **state)
{
    (void)state;
    assert_string_equal(words_state(LANG_VI, STATE_PROCESSING), "Đang xử lý");
    assert_string_equal(words_state(LANG_VI, STATE_WAITING), "Yêu cầu bổ sung giấy tờ");
    assert_string_equal(words_state(LANG_VI, STATE_WAITING_PAYMENT), "Yêu cầu thực hiện nghĩa vụ tài chính");
    assert_string_equal(words_state(LANG_VI, STATE_RESOLVED), "Đã xử lý xong");
    assert_string_equal(words_state(LANG_VI, STATE_RETURNED), "Đã trả kết quả");
    assert_string_equal(words_state(LANG_VI, STATE_WITHDRAWN), "Công dân yêu cầu rút hồ sơ");
    assert_string_equal(words_state(LANG_VI, STATE_STOPPED), "Dừng xử lý");
    assert_string_equal(words_status(LANG_VI, STATUS_EARLY), "Trước hạn");
    assert_string_equal(words_status(LANG_VI, STATUS_ON_TIME), "Đúng hạn");
    assert_string_equal(words_status(LANG_VI, STATUS_ON_TRACK), "Chưa đến hạn");
    assert_string_equal(words_channel(LANG_VI, CHANNEL_POSTAL), "Bưu chính công ích");
    assert_string_equal(words_why(LANG_VI, WHY_RECEIPT_DAY, false), "Ngày tiếp nhận, không tính");
    assert_string_equal(words_why(LANG_VI, WHY_RECEIPT_DAY, true), "Ngày tiếp nhận, được tính");
}

static void what_is_no_value_has_no_word(void **state)
{
    (void)state;
    assert_string_equal(words_status(LANG_VI, 0), "");
    assert_string_equal(words_ended_how(LANG_VI, ENDED_NOT), "");
    assert_string_equal(words_channel(LANG_EN, CHANNEL_NONE), "");
    assert_string_equal(words_event(LANG_EN, (enum event_kind)20), "");
    assert_string_equal(words_event(LANG_EN, (enum event_kind)200), "");
    assert_string_equal(words_group(LANG_EN, (enum status_group)1), "");
}

int main(void)
{
    const struct CMUnitTest tables[] = {
        cmocka_unit_test(every_text_is_sound_in_both_languages),
        cmocka_unit_test(sentences_end_without_a_full_stop),
        cmocka_unit_test(texts_are_found_by_their_number),
    };
    const struct CMUnitTest lang[] = {
        cmocka_unit_test(placeholders_are_replaced_once),      cmocka_unit_test(languages_have_names),
        cmocka_unit_test(times_are_written_the_country_s_way), cmocka_unit_test(limits_are_said_in_words),
        cmocka_unit_test(weekdays_have_their_names),
    };
    const struct CMUnitTest words[] = {
        cmocka_unit_test(every_value_has_a_word),
        cmocka_unit_test(national_words_are_used),
        cmocka_unit_test(what_is_no_value_has_no_word),
    };
    return cmocka_run_group_tests_name("tables", tables, NULL, NULL) +
           cmocka_run_group_tests_name("lang", lang, NULL, NULL) +
           cmocka_run_group_tests_name("words", words, NULL, NULL);
}
