/* The shipped procedures and days off: that the whole of them is there and in order, and that the build stops
 * at data that is not. */
#include "catalogue.h"
#include "core/civil.h"
#include "core/limit.h"
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(table) (sizeof(table) / sizeof(table)[0])

static const struct shipped_procedure *find(const char *code, const char *name_of_case)
{
    for (size_t i = 0; i < COUNT(shipped_procedures); i++)
        if (strcmp(shipped_procedures[i].code, code) == 0 &&
            strcmp(shipped_procedures[i].name_of_case, name_of_case) == 0)
            return &shipped_procedures[i];
    fail_msg("%s#%s is not shipped", code, name_of_case);
    return NULL;
}

/* The numbers that data/README.md states. */
static void all_rows_are_there(void **state)
{
    (void)state;
    size_t first = 0, without_limit = 0;
    for (size_t i = 0; i < COUNT(shipped_procedures); i++) {
        first += shipped_procedures[i].name_of_case[0] == '\0';
        without_limit += shipped_procedures[i].limit_kind[0] == '\0';
    }
    assert_int_equal(COUNT(shipped_procedures), 585);
    assert_int_equal(first, 522);
    assert_int_equal(without_limit, 91);
    assert_int_equal(COUNT(shipped_days), 77);
}

static void particular_procedures(void **state)
{
    (void)state;
    const struct shipped_procedure *birth = find("1.001193", "");
    assert_string_equal(birth->name, "Thủ tục đăng ký khai sinh");
    assert_string_equal(birth->field, "Hộ tịch");
    assert_string_equal(birth->limit_kind, "same_day");
    assert_string_equal(birth->cutoff, "15:00");
    assert_string_equal(birth->fee_vnd, "0");
    assert_string_equal(find("1.004873", "")->limit_kind, "working_days");
    assert_string_equal(find("1.004873", "")->limit_value, "3");
    assert_string_equal(find("2.000815", "01")->limit_value, "2");
    assert_string_equal(find("1.004498", "01")->limit_value, "16.5");
    assert_string_equal(find("1.003677", "")->online, "1");
    assert_string_equal(find("1.012812", "01")->postal, "1");
    assert_string_equal(birth->online, "");
}

static void expect_clean(const char *cell)
{
    struct buf out = BUF_INIT;
    if (*cell && (text_clean(str_of(cell), TEXT_LINE, TEXT_MAX, &out) || strcmp(out.p, cell)))
        fail_msg("not as it would be stored: %s", cell);
    buf_release(&out);
}

static void rows_can_be_stored_as_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shipped_procedures); i++) {
        const struct shipped_procedure *p = &shipped_procedures[i];
        struct limit limit;
        if (!limit_from_columns(str_of(p->limit_kind), str_of(p->limit_value), str_of(p->cutoff), &limit))
            fail_msg("%s#%s: its limit is not one", p->code, p->name_of_case);
        expect_clean(p->code);
        expect_clean(p->name);
        expect_clean(p->field);
    }
    for (size_t i = 0; i < COUNT(shipped_days); i++) {
        struct civil_input date;
        assert_true(civil_parse(str_of(shipped_days[i].date), &date) && date.minute_of_day == -1);
        expect_clean(shipped_days[i].name);
        expect_clean(shipped_days[i].document);
    }
}

/* ---- the generator ---- */

#define PROCEDURES "code,case,name,field,limit_kind,limit_value,cutoff,clock,fee_vnd,online,postal,source\n"
#define GOOD_PROCEDURES PROCEDURES "1.1,,Khai sinh,Hộ tịch,same_day,1,15:00,,0,1,,portal\n"
#define DAYS "date,kind,name,document\n"
#define GOOD_DAYS DAYS "2026-01-01,off,Tết Dương lịch,law\n"

static void write_file(const char *path, struct str content)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(content.p, 1, content.n, out), content.n);
    assert_int_equal(fclose(out), 0);
}

static char generator[4096]; /* the program that made catalogue.h */
static char folder[] = "/tmp/motcua-catalogue-XXXXXX";

/* Runs it on these tables; returns its exit status and the first line of what it complains of. */
static int generate(struct str procedures, struct str days, char complaint[200])
{
    write_file("data/procedures.csv", procedures);
    write_file("data/holidays.csv", days);
    char command[sizeof generator + 40];
    snprintf(command, sizeof command, "'%s' > out 2> complaint", generator);
    int status = system(command);
    FILE *in = fopen("complaint", "r");
    assert_non_null(in);
    if (!fgets(complaint, 200, in))
        complaint[0] = '\0';
    fclose(in);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void good_tables_are_printed(void **state)
{
    (void)state;
    static const struct {
        struct str procedures, days;
    } good[] = {
        {STR(GOOD_PROCEDURES), STR(GOOD_DAYS)},
        {STR(GOOD_PROCEDURES "1.1,01,Khai sinh,Hộ tịch,working_days,2.5,,same_hour,,,0,x\n"), STR(GOOD_DAYS)},
        {STR("name,code,case,field,limit_kind,limit_value,cutoff,clock,fee_vnd,online,postal\r\n"
             "\"Khai \"\"tử\"\", lại\",1.1,,Hộ tịch,,,,,,,\r\n"),
         STR("\n" GOOD_DAYS "\n2024-02-29,worked,a,b")},
    };
    for (size_t i = 0; i < COUNT(good); i++) {
        char complaint[200];
        if (generate(good[i].procedures, good[i].days, complaint) != 0)
            fail_msg("good[%zu]: %s", i, complaint);
    }
}

static void bad_rows_stop_the_build(void **state)
{
    (void)state;
    static const struct {
        struct str procedures, days;
        const char *complaint; /* how it begins */
    } bad[] = {
#define BAD_PROCEDURE(row, line, complaint)                                                                  \
    {STR(GOOD_PROCEDURES row "\n"), STR(GOOD_DAYS), "data/procedures.csv:" line ": " complaint}
#define BAD_DAY(row, complaint)                                                                              \
    {                                                                                                        \
        STR(GOOD_PROCEDURES), STR(GOOD_DAYS row "\n"), "data/holidays.csv:3: " complaint                     \
    }
        BAD_PROCEDURE("1.2,,a,b,,,,,,,", "3", "not as many cells"),
        BAD_PROCEDURE("1.2,,a,b,,,,,,,,x,y", "3", "not as many cells"),
        BAD_PROCEDURE("1.1,,a,b,,,,,,,,x", "3", "there already"),
        BAD_PROCEDURE(",,a,b,,,,,,,,x", "3", "bad code"),
        BAD_PROCEDURE("1.2,1,a,b,,,,,,,,x", "3", "bad case"),
        BAD_PROCEDURE("1.2,,,b,,,,,,,,x", "3", "no name"),
        BAD_PROCEDURE("1.2,,a,b,weeks,1,,,,,,x", "3", "unknown limit_kind"),
        BAD_PROCEDURE("1.2,,a,b,working_days,,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,working_days,0,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,working_days,-1,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,working_days,3651,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,working_days,3650.5,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,working_days,1.234,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,working_days,1.,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,same_day,2,,,,,,x", "3", "bad limit_value"),
        BAD_PROCEDURE("1.2,,a,b,months,1.5,,,,,,x", "3", "a fraction of months"),
        BAD_PROCEDURE("1.2,,a,b,working_days,1,15:00,,,,,x", "3", "bad cutoff"),
        BAD_PROCEDURE("1.2,,a,b,same_day,1,24:00,,,,,x", "3", "bad cutoff"),
        BAD_PROCEDURE("1.2,,a,b,same_day,1,15:0,,,,,x", "3", "bad cutoff"),
        BAD_PROCEDURE("1.2,,a,b,,,,noon,,,,x", "3", "unknown clock"),
        BAD_PROCEDURE("1.2,,a,b,,,,,1.000,,,x", "3", "bad fee_vnd"),
        BAD_PROCEDURE("1.2,,a,b,,,,,,yes,,x", "3", "bad online"),
        BAD_PROCEDURE("1.2,,a\xFF,b,,,,,,,,x", "3", "broken UTF-8"),
        BAD_PROCEDURE("1.2,,\xED\xA0\x80,b,,,,,,,,x", "3", "broken UTF-8"),
        BAD_PROCEDURE("1.2,,\xE0\x80\xAF,b,,,,,,,,x", "3", "broken UTF-8"),
        BAD_PROCEDURE("1.2,,e\u0301,b,,,,,,,,x", "3", "a combining mark"),
        BAD_PROCEDURE("1.2,,a\u00A0b,b,,,,,,,,x", "3", "a control character"),
        BAD_PROCEDURE("1.2,,a\tb,b,,,,,,,,x", "3", "a control character"),
        BAD_PROCEDURE("1.2,,a\u200Bb,b,,,,,,,,x", "3", "an invisible character"),
        BAD_PROCEDURE("1.2,,a  b,b,,,,,,,,x", "3", "a blank too many"),
        BAD_PROCEDURE("1.2,,a,b ,,,,,,,,x", "3", "a blank too many"),
        BAD_PROCEDURE("1.2,, a,b,,,,,,,,x", "3", "a blank too many"),
        BAD_PROCEDURE("1.2,,a\0b,b,,,,,,,,x", "3", "a NUL byte"),
        BAD_PROCEDURE("1.2,,a\"b,b,,,,,,,,x", "3", "error parsing"),
        BAD_PROCEDURE("1.2,,a,b,,,,,,,,\"x", "3", "a quote that is never closed"),
        BAD_PROCEDURE("\n\n1.2,,a,b,weeks,1,,,,,,x", "5", "unknown limit_kind"),
        {STR(PROCEDURES "1.2,,\"a\nb\",b,,,,,,,,x\n"), STR(GOOD_DAYS),
         "data/procedures.csv:3: a control character"},
        {STR("code,case,name\n1,,a\n"), STR(GOOD_DAYS), "data/procedures.csv:1: a column is missing: field"},
        {STR(""), STR(GOOD_DAYS), "data/procedures.csv:0: no rows"},
        {STR(PROCEDURES), STR(GOOD_DAYS), "data/procedures.csv:1: no rows"},
        {STR("\uFEFF" GOOD_PROCEDURES), STR(GOOD_DAYS), "data/procedures.csv:1: a byte order mark"},
        {STR(GOOD_PROCEDURES), STR("date,kind,name,document,kind\n"),
         "data/holidays.csv:1: a column twice: kind"},
        BAD_DAY("2026-01-01,off,a,b", "there already"),
        BAD_DAY("2026-02-29,off,a,b", "bad date"),
        BAD_DAY("2026-13-01,off,a,b", "bad date"),
        BAD_DAY("2026-1-1,off,a,b", "bad date"),
        BAD_DAY("1989-01-01,off,a,b", "bad date"),
        BAD_DAY("01/02/2026,off,a,b", "bad date"),
        BAD_DAY("2026-01-02,on,a,b", "unknown kind"),
        BAD_DAY("2026-01-02,off,,b", "no name"),
        BAD_DAY("2026-01-02,off,a,", "no name or no document"),
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        char complaint[200];
        int status = generate(bad[i].procedures, bad[i].days, complaint);
        if (status != 1 || strncmp(complaint, bad[i].complaint, strlen(bad[i].complaint)))
            fail_msg("%d, \"%s\" instead of 1, \"%s\"", status, complaint, bad[i].complaint);
    }
}

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 && mkdir("data", 0700) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
    (void)state;
    unlink("data/procedures.csv");
    unlink("data/holidays.csv");
    unlink("out");
    unlink("complaint");
    return rmdir("data") == 0 && chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

/* This test stands in BUILD/tests, the generator in BUILD/gen. */
static bool find_generator(void)
{
    ssize_t n = readlink("/proc/self/exe", generator, sizeof generator - 40);
    if (n <= 0)
        return false;
    generator[n] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(generator, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    strcat(generator, "/gen/make_catalogue");
    return access(generator, X_OK) == 0;
}

int main(void)
{
    const struct CMUnitTest shipped[] = {
        cmocka_unit_test(all_rows_are_there),
        cmocka_unit_test(particular_procedures),
        cmocka_unit_test(rows_can_be_stored_as_they_are),
    };
    const struct CMUnitTest generating[] = {
        cmocka_unit_test(good_tables_are_printed),
        cmocka_unit_test(bad_rows_stop_the_build),
    };
    int failed = cmocka_run_group_tests_name("shipped catalogue", shipped, NULL, NULL);
    if (!find_generator()) {
        fprintf(stderr, "no generator at %s\n", generator);
        return 1;
    }
    return failed + cmocka_run_group_tests_name("making it", generating, enter_folder, leave_folder);
}
