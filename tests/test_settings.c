/* The settings of an office: defaults, what may be put, how it is written, and when a target is met. */
#include "core/settings.h"

#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- the list: keys and defaults as people were told ---- */

#define FORM "NUMBER; TITLE; SYMBOL"
static const struct {
    const char *key, *fallback, *allowed;
} settings[] = {
    {"lang", "vi", "vi|en"},
    {"clock", "day_end", "day_end|same_hour"},
    {"same_day.cutoff", "15:00", "HH:MM"},
    {"report.basis", "statutory", "statutory|promised"},
    {"soon.days", "1", "0..60"},
    {"waiting.max", "30", "0..3650"},
    {"backdate.max", "3", "0..3650"},
    {"supplement.days", "3", "0..60"},
    {"ics.keep", "30", "0..3650"},
    {"ics.times", "auto", "auto|timed|all_day"},
    {"late.repeated", "3", "1..1000"},
    {"collect.max", "10", "0..3650"},
    {"truth.lag", "1", "0..365"},
    {"survey.size", "30", "1..9999"},
    {"law.province", "", "TEXT"},
    {"desk.name", "Trung tâm Phục vụ hành chính công", "TEXT"},
    {"desk.address", "", "TEXT"},
    {"desk.phone", "", "TEXT"},
    {"forms.from", "2025-07-01", "YYYY-MM-DD"},
    /* Circular 01/2018/TT-VPCP, annex; Circular 03/2025/TT-VPCP, annex I */
    {"form.2018.receipt", "01; Giấy tiếp nhận hồ sơ và hẹn trả kết quả; TNHS", FORM},
    {"form.2018.supplement", "02; Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ; HDHS", FORM},
    {"form.2018.refusal", "03; Phiếu từ chối tiếp nhận giải quyết hồ sơ; TCHS", FORM},
    {"form.2018.apology", "04; Phiếu xin lỗi và hẹn lại ngày trả kết quả; PXL", FORM},
    {"form.2018.control", "05; Phiếu kiểm soát quá trình giải quyết hồ sơ; KSHS", FORM},
    {"form.2018.register", "06; Sổ theo dõi hồ sơ", FORM},
    {"form.2025.receipt", "01; Giấy tiếp nhận hồ sơ và hẹn trả kết quả; TNHS", FORM},
    {"form.2025.supplement", "02; Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ; HDHS", FORM},
    {"form.2025.refusal", "03; Phiếu từ chối tiếp nhận giải quyết hồ sơ; TCHS", FORM},
    {"form.2025.apology", "04; Phiếu xin lỗi và đề nghị gia hạn thời gian giải quyết; PXL", FORM},
    {"form.2025.stop", "05; Thông báo dừng giải quyết hồ sơ; TBDHS", FORM},
    {"form.2025.control", "06; Phiếu kiểm soát quá trình giải quyết hồ sơ; KSHS", FORM},
    {"form.2025.register", "07; Sổ theo dõi hồ sơ", FORM},
    {"signer.title", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ", "TEXT"},
    {"signer.name", "", "TEXT"},
    {"report.preparer", "", "TEXT"},
    {"report.ii06a.title",
     "Tình hình, kết quả giải quyết thủ tục hành chính tại cơ quan, đơn vị trực tiếp giải quyết thủ tục hành "
     "chính",
     "TEXT"},
    {"report.ii06a.number", "II.06a/VPCP/KSTT", "TEXT"},
    {"report.ii06a.addressee", "", "TEXT"},
    {"petition.pass", "5", "1..365"},
    {"petition.refuse", "2", "1..365"},
    {"petition.ask", "5", "1..365"},
    {"petition.answer", "15", "1..365"},
    {"petition.publish", "2", "1..365"},
    {"target.on_time", ">95", ">N|>=N|=N (0..100)"},
    {"target.letters", "=100", ">N|>=N|=N (0..100)"},
    {"target.online", ">=20", ">N|>=N|=N (0..100)"},
    {"target.online_procedures", ">=50", ">N|>=N|=N (0..100)"},
    {"target.postal_in", ">=5", ">N|>=N|=N (0..100)"},
    {"target.postal_out", ">=20", ">N|>=N|=N (0..100)"},
    {"target.postal_procedures", ">=50", ">N|>=N|=N (0..100)"},
    {"target.digitized", ">=15", ">N|>=N|=N (0..100)"},
    {"target.petitions", "=100", ">N|>=N|=N (0..100)"},
    {"target.rating", ">=80", ">N|>=N|=N (0..100)"},
};
enum { COUNT = sizeof settings / sizeof *settings };

static char *format(const struct settings *s, size_t i)
{
    static char text[4200];
    struct buf out = BUF_INIT;
    settings_format(&out, s, i);
    assert_true(out.n < sizeof text);
    memcpy(text, out.n ? out.p : "", out.n);
    text[out.n] = '\0';
    buf_release(&out);
    return text;
}

static void the_table_is_as_people_were_told(void **state)
{
    (void)state;
    struct settings s = settings_default();
    assert_int_equal(settings_count(), COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        struct buf allowed = BUF_INIT;
        assert_string_equal(settings_key(i), settings[i].key);
        assert_int_equal(settings_find(str_of(settings[i].key)), i);
        assert_string_equal(format(&s, i), settings[i].fallback);
        settings_allowed(&allowed, i);
        assert_string_equal(allowed.p, settings[i].allowed);
        buf_release(&allowed);
        for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++)
            assert_true(strlen(lang_text(lang, settings_meaning(i))) > 10);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(settings_meaning(i), settings_meaning(j));
    }
    assert_int_equal(settings_find(STR("soon.day")), COUNT);
    assert_int_equal(settings_find(STR("soon.days ")), COUNT);
    assert_int_equal(settings_find(STR("Lang")), COUNT);
    assert_int_equal(settings_find(STR_NONE), COUNT);
}

static void the_defaults_are_in_their_fields(void **state)
{
    (void)state;
    struct settings s = settings_default();
    assert_int_equal(s.lang, LANG_VI);
    assert_int_equal(s.clock, CLOCK_DAY_END);
    assert_int_equal(s.same_day_cutoff, 900);
    assert_int_equal(s.basis, BASIS_STATUTORY);
    assert_int_equal(s.soon_days, 1);
    assert_int_equal(s.waiting_max, 30);
    assert_int_equal(s.backdate_max, 3);
    assert_int_equal(s.supplement_days, 3);
    assert_int_equal(s.ics_keep_days, 30);
    assert_int_equal(s.ics_times, TIMES_AUTO);
    assert_int_equal(s.law_province.n, 0);
    assert_true(s.forms_from == civil_from_ymd(2025, 7, 1));
    assert_int_equal(s.petition_pass, 5);
    assert_int_equal(s.petition_refuse, 2);
    assert_int_equal(s.petition_ask, 5);
    assert_int_equal(s.petition_answer, 15);
    assert_int_equal(s.petition_publish, 2);
    static const struct target targets[TARGET_COUNT] = {
        [TARGET_ON_TIME] = {TARGET_ABOVE, 9500},
        [TARGET_LETTERS] = {TARGET_EXACTLY, 10000},
        [TARGET_ONLINE] = {TARGET_AT_LEAST, 2000},
        [TARGET_ONLINE_PROCEDURES] = {TARGET_AT_LEAST, 5000},
        [TARGET_POSTAL_IN] = {TARGET_AT_LEAST, 500},
        [TARGET_POSTAL_OUT] = {TARGET_AT_LEAST, 2000},
        [TARGET_POSTAL_PROCEDURES] = {TARGET_AT_LEAST, 5000},
        [TARGET_DIGITIZED] = {TARGET_AT_LEAST, 1500},
        [TARGET_PETITIONS] = {TARGET_EXACTLY, 10000},
        [TARGET_RATING] = {TARGET_AT_LEAST, 8000},
    };
    for (int i = 0; i < TARGET_COUNT; i++) {
        assert_int_equal(s.target[i].comparator, targets[i].comparator);
        assert_int_equal(s.target[i].hundredths, targets[i].hundredths);
    }
}

/* ---- putting ---- */

static const struct {
    const char *key, *value, *written;
} good[] = {
    {"lang", "en", "en"},
    {"lang", " vi ", "vi"},
    {"clock", "same_hour", "same_hour"},
    {"same_day.cutoff", "9:05", "09:05"},
    {"same_day.cutoff", "23:59", "23:59"},
    {"report.basis", "promised", "promised"},
    {"soon.days", "0", "0"},
    {"soon.days", "60", "60"},
    {"soon.days", "007", "7"},
    {"waiting.max", "3650", "3650"},
    {"petition.pass", "1", "1"},
    {"petition.answer", "365", "365"},
    {"law.province", "  Quyết định 12/2026/QĐ-UBND  ", "Quyết định 12/2026/QĐ-UBND"},
    {"law.province", "Quye\xcc\x82\xcc\x81t", "Quyết"}, /* decomposed */
    {"forms.from", "2026-01-01", "2026-01-01"},
    {"forms.from", "15/9/2025", NULL},
    {"forms.from", "15/09/2025", "2025-09-15"},
    {"form.2025.apology", "04;Văn bản xin lỗi;VBXL", "04; Văn bản xin lỗi; VBXL"},
    {"form.2025.apology", "  M4 ;  Văn bản xin lỗi  ;  ", "M4; Văn bản xin lỗi"},
    {"form.2018.register", "06; Sổ; STD", "06; Sổ; STD"},
    {"form.2018.register", "", "06; Sổ theo dõi hồ sơ"},
    {"target.on_time", ">95", ">95"},
    {"target.on_time", "> 97.5", ">97.5"},
    {"target.on_time", ">97,25", ">97.25"},
    {"target.on_time", ">97.05 %", ">97.05"},
    {"target.on_time", ">=100", ">=100"},
    {"target.on_time", "≥20", ">=20"},
    {"target.on_time", "≥ 20%", ">=20"},
    {"target.on_time", "=0", "=0"},
    {"target.on_time", "= 100", "=100"},
    {"target.on_time", ">99.99", ">99.99"},
    {"target.on_time", ">100", NULL}, /* nobody can meet it */
    {"target.on_time", ">=100.01", NULL},
    {"target.on_time", "=101", NULL},
    {"target.on_time", "95", NULL},
    {"target.on_time", "<95", NULL},
    {"target.on_time", "<=95", NULL},
    {"target.on_time", ">", NULL},
    {"target.on_time", ">%", NULL},
    {"target.on_time", ">.5", NULL},
    {"target.on_time", ">5.", NULL},
    {"target.on_time", ">5.123", NULL},
    {"target.on_time", ">5.1.2", NULL},
    {"target.on_time", ">5 5", NULL},
    {"target.on_time", ">-5", NULL},
    {"target.on_time", ">+5", NULL},
    {"target.on_time", ">95%%", NULL},
    {"target.on_time", ">99999", NULL},
    {"target.on_time", ">4294967391", NULL}, /* 95 in 32 bits */
    {"lang", "VI", NULL},
    {"lang", "fr", NULL},
    {"lang", "v", NULL},
    {"clock", "unset", NULL},
    {"clock", "day_end|same_hour", NULL},
    {"report.basis", "both", NULL},
    {"same_day.cutoff", "24:00", NULL},
    {"same_day.cutoff", "15", NULL},
    {"same_day.cutoff", "15:60", NULL},
    {"soon.days", "61", NULL},
    {"soon.days", "-1", NULL},
    {"soon.days", "1.5", NULL},
    {"soon.days", "1a", NULL},
    {"soon.days", "0x10", NULL},
    {"soon.days", "4294967297", NULL}, /* 1 in 32 bits */
    {"soon.days", "00001", NULL},      /* nobody writes so */
    {"petition.pass", "0", NULL},
    {"forms.from", "2025-02-29", NULL},
    {"form.2018.receipt", "01", NULL},
    {"form.2018.receipt", "01;", NULL},
    {"form.2018.receipt", "01; ; TNHS", NULL},
    {"form.2018.receipt", "; Giấy tiếp nhận; TNHS", NULL},
    {"form.2018.receipt", "01; Giấy tiếp nhận; TNHS; thừa", NULL},
    {"forms.from", "1989-12-31", NULL},
    {"forms.from", "2025-09-15T09:00", NULL},
    {"forms.from", "today", NULL},
    {"law.province", "a\tb", NULL},
    {"law.province", "a\nb", NULL},
    {"law.province", "a\xff", NULL},
    {"law.province", "a\xe2\x80\xae", NULL}, /* turns what follows around */
};

static void values_are_read_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct arena arena = ARENA_INIT;
        struct settings s = settings_default(), before = s;
        size_t at = settings_find(str_of(good[i].key));
        assert_true(at < COUNT);
        bool put = settings_put(&s, &arena, at, str_of(good[i].value));
        if (put != (good[i].written != NULL))
            fail_msg("%s = \"%s\" was %s", good[i].key, good[i].value, put ? "taken" : "refused");
        if (put)
            assert_string_equal(format(&s, at), good[i].written);
        else
            assert_memory_equal(&s, &before, sizeof s);
        arena_release(&arena);
    }
}

static void a_value_with_a_nul_in_it_is_no_shorter_one(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct settings s = settings_default();
    assert_false(settings_put(&s, &arena, settings_find(STR("lang")), (struct str){"en\0", 3}));
    assert_false(settings_put(&s, &arena, settings_find(STR("desk.name")), (struct str){"Một\0cửa", 9}));
    arena_release(&arena);
}

/* Every setting takes back what it writes, and nothing else of the settings changes. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const char *const other[COUNT] = {"en",
                                             "same_hour",
                                             "14:30",
                                             "promised",
                                             "2",
                                             "9",
                                             "5",
                                             "4",
                                             "7",
                                             "timed",
                                             "4",
                                             "11",
                                             "2",
                                             "40",
                                             "QĐ 5",
                                             "Một cửa",
                                             "thôn 1",
                                             "0269 3 456 789",
                                             "2025-01-31",
                                             "18; Mẫu a; Ka",
                                             "18; Mẫu b; Kb",
                                             "18; Mẫu c; Kc",
                                             "18; Mẫu d; Kd",
                                             "18; Mẫu e; Ke",
                                             "18; Mẫu f; Kf",
                                             "25; Mẫu a; Ka",
                                             "25; Mẫu b; Kb",
                                             "25; Mẫu c; Kc",
                                             "25; Mẫu d; Kd",
                                             "25; Mẫu e; Ke",
                                             "25; Mẫu f; Kf",
                                             "25; Mẫu g; Kg",
                                             "CHỦ TỊCH",
                                             "Phạm Chủ",
                                             "Lê Lập",
                                             "Báo cáo",
                                             "Biểu 6a",
                                             "Sở Tư pháp",
                                             "6",
                                             "3",
                                             "7",
                                             "10",
                                             "9",
                                             ">=94",
                                             "=99.5",
                                             ">21",
                                             "=51",
                                             ">=6",
                                             ">21.01",
                                             "=1",
                                             ">=16",
                                             ">98.7",
                                             "=81"};
    struct arena arena = ARENA_INIT;
    for (size_t i = 0; i < COUNT; i++) {
        struct settings s = settings_default();
        assert_true(settings_put(&s, &arena, i, str_of(other[i])));
        assert_string_equal(format(&s, i), other[i]);
        for (size_t j = 0; j < COUNT; j++)
            if (j != i)
                assert_string_equal(format(&s, j), settings[j].fallback);
        struct settings again = settings_default();
        assert_true(settings_put(&again, &arena, i, str_of(format(&s, i))));
        assert_string_equal(format(&again, i), other[i]);
        /* absent, empty and blank: the default again */
        static const struct str nothing[] = {{NULL, 0}, {"", 0}, {"  ", 2}};
        struct settings cleared = s;
        assert_true(settings_put(&cleared, &arena, i, nothing[i % 3]));
        assert_string_equal(format(&cleared, i), settings[i].fallback);
    }
    arena_release(&arena);
}

static void texts_are_the_settings_own(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct settings s = settings_default();
    size_t at = settings_find(STR("desk.name"));
    char name[] = "Bộ phận Một cửa";
    assert_true(settings_put(&s, &arena, at, str_of(name)));
    memset(name, 'x', sizeof name - 1);
    assert_string_equal(format(&s, at), "Bộ phận Một cửa");
    arena_release(&arena);
}

static void long_texts_end_at_a_thousand_characters(void **state)
{
    (void)state;
    struct arena arena = ARENA_INIT;
    struct settings s = settings_default();
    char text[2002 + 1] = "";
    for (int i = 0; i < 1001; i++)
        memcpy(text + 2 * i, "đ", 3);
    size_t at = settings_find(STR("law.province"));
    assert_false(settings_put(&s, &arena, at, (struct str){text, 2002}));
    assert_int_equal(s.law_province.n, 0);
    assert_true(settings_put(&s, &arena, at, (struct str){text, 2000}));
    assert_int_equal(s.law_province.n, 2000);
    arena_release(&arena);
}

/* Whatever bytes come: a value is refused, and nothing changed, or it can be written and read back. */
static void any_bytes_are_taken_whole_or_not_at_all(void **state)
{
    (void)state;
    static const char pieces[][8] = {"0", "1", "9", "5", ":",    ">",  "=", "≥", "%",
                                     ".", ",", " ", "-", "\xff", "vi", "n", "_"};
    struct random r = {20261121};
    for (int n = 0; n < 40000; n++) {
        struct arena arena = ARENA_INIT;
        char text[64] = "";
        for (int k = (int)random_in(&r, 0, 6); k > 0; k--)
            strcat(text, pieces[random_in(&r, 0, sizeof pieces / sizeof *pieces - 1)]);
        struct settings s = settings_default(), before = s;
        size_t at = (size_t)random_in(&r, 0, COUNT - 1);
        if (!settings_put(&s, &arena, at, str_of(text))) {
            assert_memory_equal(&s, &before, sizeof s);
        } else {
            char written[512];
            strcpy(written, format(&s, at));
            struct settings again = settings_default();
            assert_true(settings_put(&again, &arena, at, str_of(written)));
            assert_string_equal(format(&again, at), written);
        }
        arena_release(&arena);
    }
}

/* ---- targets ---- */

static void targets_are_met_exactly(void **state)
{
    (void)state;
    const struct target above = {TARGET_ABOVE, 9500}, least = {TARGET_AT_LEAST, 9500},
                        whole = {TARGET_EXACTLY, 10000}, third = {TARGET_EXACTLY, 3333};
    assert_false(target_met(above, 95, 100));
    assert_true(target_met(least, 95, 100));
    assert_true(target_met(above, 9501, 10000));
    assert_true(target_met(above, 950001, 1000000));
    assert_false(target_met(least, 949999, 1000000)); /* 95.00 when rounded */
    assert_true(target_met(whole, 7, 7));
    assert_false(target_met(whole, 999999, 1000000));
    assert_false(target_met(third, 1, 3));
    assert_true(target_met(third, 3333, 10000));
    assert_true(target_met((struct target){TARGET_AT_LEAST, 0}, 0, 9));
    assert_false(target_met((struct target){TARGET_ABOVE, 0}, 0, 9));
    /* far past what 64 bits hold multiplied */
    assert_true(target_met(whole, UINT64_MAX, UINT64_MAX));
    assert_false(target_met(whole, UINT64_MAX - 1, UINT64_MAX));
    assert_true(target_met(above, UINT64_MAX / 100 * 95 + 95, UINT64_MAX));
    assert_false(target_met(above, UINT64_MAX / 100 * 95, UINT64_MAX));
    assert_string_equal(comparator_sign(TARGET_ABOVE), ">");
    assert_string_equal(comparator_sign(TARGET_AT_LEAST), ">=");
    assert_string_equal(comparator_sign(TARGET_EXACTLY), "=");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_as_people_were_told),
        cmocka_unit_test(the_defaults_are_in_their_fields),
        cmocka_unit_test(values_are_read_and_written),
        cmocka_unit_test(a_value_with_a_nul_in_it_is_no_shorter_one),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(texts_are_the_settings_own),
        cmocka_unit_test(long_texts_end_at_a_thousand_characters),
        cmocka_unit_test(any_bytes_are_taken_whole_or_not_at_all),
        cmocka_unit_test(targets_are_met_exactly),
    };
    return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
