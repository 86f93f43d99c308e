/* Spreadsheets' files as they come: every way of writing the same rows reads the same, and what is wrong is
 * told by line and column. */
#include "cli/csv.h"
#include "cli/csv_in.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define SEED 20261116

static const char *const wanted[] = {"code", "name", "note", NULL};
static char path[] = "/tmp/motcua-csv-XXXXXX";

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemp(path);
    return fd < 0 || close(fd) != 0;
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

static struct outcome read_bytes(struct csv_in *in, const char *bytes, size_t n)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return csv_in_read(in, path, wanted);
}

static size_t times(size_t usual)
{
    return getenv("MOTCUA_QUICK") ? usual / 20 : usual;
}

/* ---- what is right ---- */

struct row {
    size_t line;
    const char *cell[3];
};

static void expect(const char *text, const struct row *rows, size_t n)
{
    struct csv_in in;
    struct outcome o = read_bytes(&in, text, strlen(text));
    assert_int_equal(o.kind, KIND_done);
    assert_int_equal(in.rows, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(in.row[i].line, rows[i].line);
        for (int k = 0; k < 3; k++)
            if (!str_eq(in.row[i].cell[k], str_of(rows[i].cell[k])))
                fail_msg("%s: row %zu, column %d: \"%.*s\"", text, i, k, STR_ARG(in.row[i].cell[k]));
    }
    csv_in_release(&in);
}

static void rows_as_programs_write_them(void **state)
{
    (void)state;
    const struct row two[] = {{2, {"1", "Một", "x"}}, {3, {"2", "Hai, ba; \"bốn\"", NULL}}};
    expect("code,name,note\n1,Một,x\n2,\"Hai, ba; \"\"bốn\"\"\",\n", two, 2);
    expect("\xEF\xBB\xBF"
           "code;name;note\r\n1;Một;x\r\n2;\"Hai, ba; \"\"bốn\"\"\";\r\n",
           two, 2);
    expect("code\tname\tnote\r1\tMột\tx\r2\t\"Hai, ba; \"\"bốn\"\"\"\t", two, 2);
    expect("CODE, Name ,NOTE\n 1 , Một ,x\n2, \"Hai, ba; \"\"bốn\"\"\" ,\n", two, 2);
    const struct row spread[] = {{3, {"1", "a\nb\r\nc", NULL}}, {8, {"2", "d", "e"}}};
    expect("\nother,code,name,note\n9,1,\"a\nb\r\nc\",\n,,,\n  \n9,2,d,e\n", spread, 2);
    const struct row without[] = {{2, {"1", NULL, "n"}}};
    expect("note,code\nn,1\n", without, 1);
    expect("code\n", NULL, 0);
    expect("code", NULL, 0);
}

static void guards_of_formulas_come_off(void **state)
{
    (void)state;
    const struct row rows[] = {{2, {"=1", "+84", "@x"}}, {3, {"'a", "''", "'=1"}}};
    expect("code,name,note\n'=1,'+84,'@x\n'a,'',''=1\n", rows, 2);
}

/* Whatever texts: what csv_cell() writes is read as it was. */
static void what_goes_out_comes_in_again(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", "ệ", ",", ";", "\"", "\n", "'", "=",
                                         "+", "-", "@", "😀", "b",  " c", " "};
    struct random r = {SEED};
    for (size_t run = 0; run < times(2000); run++) {
        struct buf file = BUF_INIT, cell[3][4];
        struct csv csv = csv_begin(&file, run % 2);
        struct csv_in in;
        for (int k = 0; k < 3; k++)
            csv_cell(&csv, str_of(wanted[k]));
        csv_line(&csv);
        for (int row = 0; row < 4; row++) {
            for (int k = 0; k < 3; k++) {
                cell[k][row] = BUF_INIT;
                buf_add_z(&cell[k][row], k ? "" : "x"); /* a row of nothing would be no row */
                for (int64_t n = random_in(&r, 0, 8); n > 0; n--)
                    buf_add_z(&cell[k][row], pieces[random_in(&r, 0, 14)]);
                csv_cell(&csv, buf_str(&cell[k][row]));
            }
            csv_line(&csv);
        }
        struct outcome o = read_bytes(&in, file.p, file.n);
        assert_int_equal(o.kind, KIND_done);
        assert_int_equal(in.rows, 4);
        for (int row = 0; row < 4; row++)
            for (int k = 0; k < 3; k++) {
                if (!str_eq(in.row[row].cell[k], buf_str(&cell[k][row])))
                    fail_msg("run %zu: \"%s\" became \"%.*s\"", run, cell[k][row].p,
                             STR_ARG(in.row[row].cell[k]));
                buf_release(&cell[k][row]);
            }
        csv_in_release(&in);
        buf_release(&file);
    }
}

/* ---- what is wrong ---- */

static void refuse(const char *text, size_t n, int64_t line, const char *column, enum text_id what)
{
    struct csv_in in;
    struct outcome o = read_bytes(&in, text, n);
    assert_int_equal(o.kind, KIND_bad_csv);
    if (!str_eq(str_of(o.arg[0].text), str_of(path)) || o.arg[1].number != line ||
        strcmp(o.arg[2].text, column) != 0 || o.arg[3].number != (int64_t)what)
        fail_msg("%s: line %lld, column %s, text %lld", text, (long long)o.arg[1].number, o.arg[2].text,
                 (long long)o.arg[3].number);
    csv_in_release(&in);
}
#define REFUSE(text, line, column, what) refuse((text), sizeof(text) - 1, (line), (column), (what))

static void faults_by_line_and_column(void **state)
{
    (void)state;
    REFUSE("", 1, "1", T_cli_csv_no_names);
    REFUSE("\r\n \r\n", 1, "1", T_cli_csv_no_names);
    REFUSE("name,note\nx,y\n", 1, "code", T_cli_csv_no_column);
    REFUSE("\n\nname\n", 3, "code", T_cli_csv_no_column);
    REFUSE("code,name,Code\n", 1, "3", T_cli_csv_twice);
    REFUSE("code,name\n1,2\n3\n", 3, "2", T_cli_csv_cells);
    REFUSE("code,name\n1,2,3,4\n", 2, "3", T_cli_csv_cells);
    REFUSE("code,name\n\"1\n\n\",2\n\n3\n", 6, "2", T_cli_csv_cells);
    REFUSE("code,name\n1,2\"3\n", 2, "2", T_cli_csv_quote);
    REFUSE("code,name\n1,\"2\"3\n", 2, "2", T_cli_csv_quote);
    REFUSE("code,name\n1,2\n3,\"4\n5\n6\n", 3, "2", T_cli_csv_quote);
    REFUSE("code,name\n1,2\n\xff,3\n", 3, "1", T_cli_csv_not_utf8);
    REFUSE("code,other,name\n1,\xc3,x\n", 2, "2", T_cli_csv_not_utf8);
    REFUSE("\xff\xfe"
           "c\0o\0d\0e\0",
           1, "1", T_cli_csv_not_utf8);
}

static void files_that_are_none(void **state)
{
    (void)state;
    struct csv_in in;
    struct outcome o = csv_in_read(&in, "/tmp/motcua-no-such-file", wanted);
    assert_int_equal(o.kind, KIND_no_such_file);
    csv_in_release(&in);
    o = csv_in_read(&in, "/tmp", wanted);
    assert_int_equal(o.kind, KIND_io_error);
    csv_in_release(&in);
}

static void damaged_files_are_read_or_refused(void **state)
{
    (void)state;
    static const char whole[] = "code,name,note\r\n1,\"a\nb\",x\r\n2,c,\"d,\"\"e\"\"\"\r\n3,ệ,\r\n";
    static const char odd[] = ",;\t\"\r\n'=\xff\0 ";
    struct random r = {SEED};
    size_t read = 0, refused = 0;
    for (size_t run = 0; run < times(5000); run++) {
        char bytes[sizeof whole];
        size_t n = (size_t)random_in(&r, 1, sizeof whole - 1);
        memcpy(bytes, whole, sizeof whole);
        for (int64_t hits = random_in(&r, 0, 4); hits > 0; hits--)
            bytes[random_in(&r, 0, sizeof whole - 2)] =
                run % 2 ? odd[random_in(&r, 0, sizeof odd - 2)] : (char)random_next(&r);
        struct csv_in in;
        struct outcome o = read_bytes(&in, bytes, n);
        assert_true(o.kind == KIND_done || (o.kind == KIND_bad_csv && o.arg[1].number >= 1));
        read += o.kind == KIND_done;
        refused += o.kind != KIND_done;
        csv_in_release(&in);
    }
    assert_true(read > 0 && refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_as_programs_write_them),  cmocka_unit_test(guards_of_formulas_come_off),
        cmocka_unit_test(what_goes_out_comes_in_again), cmocka_unit_test(faults_by_line_and_column),
        cmocka_unit_test(files_that_are_none),          cmocka_unit_test(damaged_files_are_read_or_refused),
    };
    return cmocka_run_group_tests_name("csv_in", tests, make_file, remove_file);
}
