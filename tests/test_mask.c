/* What lists and complaints show of what is somebody's. */
#include "core/mask.h"
#include "core/outcome.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_typed(enum typed_as as, const char *typed, const char *shown)
{
    struct buf out = BUF_INIT;
    mask_typed(&out, str_of(typed), as);
    if (!str_eq(buf_str(&out), str_of(shown)))
        fail_msg("\"%s\" is shown as \"%.*s\", not \"%s\"", typed, STR_ARG(buf_str(&out)), shown);
    buf_release(&out);
}

static void what_is_no_persons_is_repeated(void **state)
{
    static const char *const codes[] = {"H42.26.21-261116-0001",
                                        "000.00.01.H42-231120-0001",
                                        "H42.26-20231120-0001",
                                        "0001",
                                        "16-0001",
                                        "261116-0001",
                                        "21-261116-0001",
                                        "1.004873#01",
                                        "nam",
                                        "uid:1000",
                                        "show",
                                        "--phnoe",
                                        "HS_2026/17",
                                        ""};
    static const char *const values[] = {"20/11/2026 09:30",
                                         "01/11/2026 09:30",
                                         "2026-11-20T09:30:00+07:00",
                                         "2026-11-01..2026-11-30",
                                         "3 working_days",
                                         "same_day@25:00",
                                         "2,5",
                                         "-1",
                                         "99999999",
                                         "on_track,late",
                                         "07:00-11:30,13:30-17:00",
                                         "four",
                                         "+07:00"};
    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_typed(TYPED_CODE, codes[i], codes[i]);
        assert_typed(TYPED_VALUE, codes[i], codes[i]);
        assert_typed(TYPED_WORDS, codes[i], codes[i]);
    }
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        assert_typed(TYPED_VALUE, values[i], values[i]);
    assert_typed(TYPED_WORDS, "mười ngày làm việc", "mười ngày làm việc");
}

static void what_may_be_is_not(void **state)
{
    static const char *const numbers[] = {"0912345678",   "+84912345678",     "0912.345.678",
                                          "0912 345 678", "(024) 3825-0001",  "+84 912 345 678",
                                          "001199001234", "phone=0912345678", "x0912345678y",
                                          "an@xa.gov.vn", "an@163.com"};
    static const char *const names[] = {"Hương", "Nguyễn Thị Hương", "Thôn 2, xã Tơ Tung", "\xff",
                                        "a\xc2\x9b"};
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (enum typed_as as = TYPED_WORDS; as <= TYPED_CODE; as++)
            assert_typed(as, numbers[i], "***");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_typed(TYPED_VALUE, names[i], "***");
        assert_typed(TYPED_CODE, names[i], "***");
    }
    assert_typed(TYPED_CODE, "Nguyen Thi Huong", "***"); /* codes have no blanks */
}

static void a_complaint_of_a_code_hides_it(void **state)
{
    struct outcome o = outcome_of(KIND_unknown_dossier);
    struct buf said = BUF_INIT;
    (void)state;
    outcome_code(&o, STR("0912345678"));
    outcome_message(&said, LANG_EN, &o);
    assert_null(strstr(said.p, "0912345678"));
    assert_non_null(strstr(said.p, "no dossier ***"));
    buf_reset(&said);
    o = outcome_of(KIND_unknown_dossier);
    outcome_code(&o, STR("H-0001"));
    outcome_message(&said, LANG_EN, &o);
    assert_non_null(strstr(said.p, "no dossier H-0001"));
    buf_release(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_persons_is_repeated),
        cmocka_unit_test(what_may_be_is_not),
        cmocka_unit_test(a_complaint_of_a_code_hides_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
