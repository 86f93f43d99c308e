/* The Reports view, and the papers and codes of a dossier: chosen, read, saved and printed with keys, in a
 * program of its own that the screen outlives. */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:00:00"
#define TEN "2026-11-20 10:00:00"
#define CTRL_S "\x13"
#define CTRL_U "\x15"
#define LEFT "\x1b[D"
#define DOWN "\x1b[B"

/* Papers go beside the store. */
struct desk {
    struct screen_store store;
    char papers[96], variable[128], path[256];
};

static int set_up(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    screen_store_make(&d->store);
    snprintf(d->papers, sizeof d->papers, "%s.papers", d->store.path);
    snprintf(d->variable, sizeof d->variable, "MOTCUA_PAPERS=%s", d->papers);
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    struct desk *d = *state;
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", d->papers);
    assert_int_equal(system(command), 0);
    screen_store_drop(&d->store);
    free(d);
    return 0;
}

static struct pty *open_screen(struct desk *d, int rows, int columns)
{
    struct pty_options o = {
        .rows = rows, .columns = columns, .store = d->store.path, .clock = TEN, .env = {d->variable, NULL}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    return p;
}

/* The first bytes of a file that must be there, and whether others may read it. */
static void must_be_file(struct desk *d, const char *name, const char *begins, bool own)
{
    char head[8] = "";
    struct stat st;
    snprintf(d->path, sizeof d->path, "%s/%s", d->papers, name);
    FILE *f = fopen(d->path, "rb");
    if (!f)
        fail_msg("%s is not there", d->path);
    assert_int_equal(fread(head, 1, strlen(begins), f), strlen(begins));
    fclose(f);
    assert_memory_equal(head, begins, strlen(begins));
    assert_int_equal(stat(d->path, &st), 0);
    assert_int_equal(own, (st.st_mode & 077) == 0);
}

/* ---- reading ---- */

static void receive_some(struct desk *d)
{
    screen_store_receive(&d->store, NINE, "Trần Văn Ba");
    screen_store_receive(&d->store, NINE, "Lê Thị Tư");
    STORE_RUN(&d->store, 0, "2026-11-17 09:00:00", "resolve", "261116-0001");
}

static void a_report_is_chosen_and_read(void **state)
{
    struct desk *d = *state;
    receive_some(d);
    struct pty *p = open_screen(d, 24, 80);
    pty_send(p, "4");
    pty_golden(p, "reports_80x24");
    pty_send(p, "\r");
    pty_golden(p, "report_ii06a_80x24");
    pty_resize(p, 50, 200);
    pty_golden(p, "report_ii06a_200x50");
    pty_send(p, LEFT);
    pty_must_show(p, "Quý III/2026 (từ 15/06/2026 đến 14/09/2026)");
    pty_must_not_show(p, "Hộ tịch"); /* nothing was received then */
    pty_send(p, "\x1b");
    pty_must_show(p, "Danh sách hồ sơ trễ hạn");
    screen_quit(p);
}

/* What somebody else writes is in the report at once. */
static void a_report_follows_the_store(void **state)
{
    struct desk *d = *state;
    receive_some(d);
    struct pty *p = open_screen(d, 40, 200);
    pty_send(p, "4");
    pty_send(p, DOWN);
    pty_send(p, "\r");
    pty_must_show(p, "H42.26.21-261116-0002");
    pty_must_not_show(p, "H42.26.21-261116-0001");
    STORE_RUN(&d->store, 0, "2026-11-20 10:00:00", "resolve", "261116-0002");
    pty_wait(p);
    pty_must_show(p, "20/11/2026 10:00");
    screen_quit(p);
}

static void a_period_is_turned_and_typed(void **state)
{
    struct desk *d = *state;
    struct pty *p = open_screen(d, 24, 80);
    pty_send(p, "4");
    pty_must_show(p, "Quý IV/2026 (từ 15/09/2026 đến 14/12/2026)");
    pty_send(p, "\x1b[C"); /* that quarter has not begun */
    screen_must_say(p, "Kỳ đó chưa bắt đầu");
    pty_must_show(p, "Quý IV/2026 (từ 15/09/2026 đến 14/12/2026)");
    pty_send(p, "\t");
    pty_must_show(p, "(từ 15/06/2026 đến 14/12/2026)");
    pty_send(p, "\t");
    pty_must_show(p, "(từ 15/12/2025 đến 14/12/2026)");
    pty_send(p, "\t");
    pty_must_show(p, "Tháng 11/2026");
    pty_send(p, LEFT);
    pty_must_show(p, "Tháng 10/2026");
    pty_send(p, "p");
    pty_send(p, "2026-13\r");
    screen_must_say(p, "Không hiểu kỳ này");
    pty_must_show(p, "2026-13"); /* it waits to be mended */
    pty_send(p, CTRL_U);
    pty_send(p, "2027\r");
    screen_must_say(p, "Kỳ đó chưa bắt đầu");
    pty_send(p, CTRL_U);
    pty_send(p, "15/11/2026..01/11/2026\r");
    screen_must_say(p, "ngày đầu không sau ngày cuối");
    pty_send(p, CTRL_U);
    pty_send(p, "01/11/2026..15/11/2026\r");
    pty_must_show(p, "theo");
    screen_must_say(p, "kỳ tự chọn");
    pty_send(p, LEFT);
    pty_must_show(p, "17/10/2026");
    pty_must_show(p, "31/10/2026");
    pty_send(p, "p");
    pty_send(p, "\x1b"); /* nothing typed: as it was */
    pty_must_show(p, "17/10/2026");
    screen_quit(p);
}

/* ---- saving ---- */

static void a_report_is_saved_in_every_format(void **state)
{
    struct desk *d = *state;
    receive_some(d);
    struct pty *p = open_screen(d, 24, 80);
    pty_send(p, "4");
    pty_send(p, "\r");
    pty_send(p, "l");
    pty_must_show(p, "(•) Bảng tính (.xlsx)  ( ) Bản in (.pdf)  ( ) CSV (.csv)");
    pty_send(p, CTRL_S);
    screen_must_say(p, "ii06a-2026-09-15-2026-12-14.xlsx");
    must_be_file(d, "ii06a-2026-09-15-2026-12-14.xlsx", "PK", false);
    pty_send(p, "l");
    pty_send(p, " ");
    pty_send(p, CTRL_S);
    screen_must_say(p, "ii06a-2026-09-15-2026-12-14.pdf");
    must_be_file(d, "ii06a-2026-09-15-2026-12-14.pdf", "%PDF", false);
    pty_send(p, "l"); /* the workbook once more: it is there already */
    pty_send(p, CTRL_S);
    screen_must_say(p, "Tệp này đã có. Ghi thay tệp cũ?");
    pty_send(p, "k");
    pty_must_show(p, "Bảng tính (.xlsx)"); /* nothing done, nothing lost */
    pty_send(p, CTRL_S);
    pty_send(p, "c");
    screen_must_say(p, "ii06a-2026-09-15-2026-12-14.xlsx");
    pty_send(p, "\x1b");
    pty_send(p, DOWN); /* the late ones: names */
    pty_send(p, "\r");
    pty_send(p, "l");
    pty_send(p, " ");
    pty_send(p, " ");
    pty_send(p, CTRL_S);
    screen_must_say(p, "late-2026-09-15-2026-12-14.csv");
    must_be_file(d, "late-2026-09-15-2026-12-14.csv", "\xEF\xBB\xBF", true);
    screen_quit(p);
}

static void a_file_that_cannot_be_written_is_told(void **state)
{
    struct desk *d = *state;
    struct pty *p = open_screen(d, 24, 80);
    pty_send(p, "4");
    pty_send(p, "\r");
    pty_send(p, "l");
    pty_send(p, "\t");
    pty_send(p, CTRL_U);
    pty_send(p, CTRL_S);
    screen_must_say(p, "Nhập đường dẫn của tệp");
    pty_send(p, "-");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Nhập đường dẫn của tệp");
    pty_send(p, CTRL_U);
    pty_send(p, "/khong/co/thu/muc/a.xlsx");
    pty_send(p, CTRL_S);
    screen_must_say(p, "/khong/co/thu/muc");
    pty_must_show(p, "/khong/co/thu/muc/a.xlsx"); /* what was typed is still there */
    screen_quit(p);
}

/* ---- papers and codes ---- */

static void write_printer(struct desk *d, char path[128])
{
    snprintf(path, 128, "%s/bin", d->papers);
    mkdir(d->papers, 0700);
    mkdir(path, 0700);
    snprintf(d->path, sizeof d->path, "%s/lp", path);
    FILE *f = fopen(d->path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\nprintf '%%s\\n' \"$@\" > '%s/printed'\n", d->papers);
    fclose(f);
    chmod(d->path, 0700);
}

static void a_receipt_is_printed(void **state)
{
    struct desk *d = *state;
    char bin[128], way[256];
    receive_some(d);
    write_printer(d, bin);
    snprintf(way, sizeof way, "PATH=%s:/usr/bin:/bin", bin);
    struct pty_options o = {
        .rows = 24, .columns = 80, .store = d->store.path, .clock = TEN, .env = {d->variable, way, NULL}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "p");
    pty_golden(p, "print_80x24");
    pty_send(p, "\r");
    screen_must_say(p, "H42.26.21-261116-0002-receipt.pdf");
    must_be_file(d, "H42.26.21-261116-0002-receipt.pdf", "%PDF", true);
    pty_send(p, "i");
    must_be_file(d, "printed", "--", false);
    screen_quit(p);
}

static void a_missing_printer_is_told(void **state)
{
    struct desk *d = *state;
    receive_some(d);
    struct pty_options o = {.rows = 24,
                            .columns = 80,
                            .store = d->store.path,
                            .clock = TEN,
                            .env = {d->variable, "PATH=/khong", NULL}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "p");
    pty_send(p, "i");
    screen_must_say(p, "lp");
    must_be_file(d, "H42.26.21-261116-0002-receipt.pdf", "%PDF", true);
    screen_quit(p);
}

static void a_code_is_shown_or_there_is_no_room(void **state)
{
    struct desk *d = *state;
    screen_store_receive(&d->store, "2026-11-20 09:00:00", "Trần Văn Ba");
    struct pty *p = open_screen(d, 50, 200);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "x");
    pty_must_show(p, "██");
    pty_must_show(p, "H42.26.21-261120-0001");
    pty_resize(p, 30, 80); /* less in it, but all of it is drawn */
    pty_must_show(p, "██");
    pty_must_show(p, "Mã nhỏ, thiếu lời nhắc");
    pty_resize(p, 18, 60);
    pty_must_not_show(p, "██");
    screen_must_say(p, "không đủ cho mã QR");
    pty_resize(p, 50, 200);
    pty_must_show(p, "██");
    screen_quit(p);
}

/* The part that prints is not installed: told, and the screen goes on. */
static void a_missing_helper_is_told(void **state)
{
    struct desk *d = *state;
    char command[512], alone[160];
    const char *program = getenv("MOTCUA");
    receive_some(d);
    screen_store_receive(&d->store, "2026-11-20 09:00:00", "Trần Văn Năm"); /* what lies ahead has a code */
    snprintf(alone, sizeof alone, "%s/motcua", d->papers);
    snprintf(command, sizeof command,
             "d=%s; b=$(dirname %s); mkdir -p $d/tests && cp $b/motcua $d && cp $b/tests/clock.so $d/tests",
             d->papers, program ? program : "build/motcua");
    assert_int_equal(system(command), 0);
    char *kept = program ? strdup(program) : NULL;
    setenv("MOTCUA", alone, 1);
    struct pty *p = open_screen(d, 24, 80);
    if (kept)
        setenv("MOTCUA", kept, 1);
    else
        unsetenv("MOTCUA");
    free(kept);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "x");
    screen_must_say(p, "motcua-out");
    pty_must_show(p, "Trần Văn Năm");
    screen_quit(p);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_report_is_chosen_and_read),
        T(a_report_follows_the_store),
        T(a_period_is_turned_and_typed),
        T(a_report_is_saved_in_every_format),
        T(a_file_that_cannot_be_written_is_told),
        T(a_receipt_is_printed),
        T(a_missing_printer_is_told),
        T(a_code_is_shown_or_there_is_no_room),
        T(a_missing_helper_is_told),
    };
    return cmocka_run_group_tests_name("the screen: reports, papers, codes", tests, NULL, NULL);
}
