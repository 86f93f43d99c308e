/* The appointment as a code on the dossier's page: a camera (zbarimg) reads it from the cells of the screen.
 */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define MONDAY_8 "2026-11-16 08:00:00"
#define MONDAY_9 "2026-11-16 09:00:00"
#define CODE "H42.26.21-261116-0001"
#define ESC "\033"
#define START "DTSTART:20261119T100000Z\r\n" /* Thursday 17:00 in Vietnam */

enum { MODULE = 4, LEAST_ROWS = 23, ROWS_MOST = 70 };

/* What is lit: 1 the upper half of the cell, 2 the lower; letters count as dark, as from some way off. */
static int lit(struct pty *p, int row, int column)
{
    const struct pty_cell cell = pty_cell(p, row, column);
    return strcmp(cell.text, "█") == 0   ? 3
           : strcmp(cell.text, "▀") == 0 ? 1
           : strcmp(cell.text, "▄") == 0 ? 2
                                         : 0;
}

/* A picture of the whole screen. */
static void photograph(struct pty *p, int rows, int columns, const char *path)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "P1 %d %d\n", columns * MODULE, rows * 2 * MODULE);
    for (int y = 0; y < rows * 2 * MODULE; y++) {
        int half = y / MODULE;
        for (int column = 0; column < columns; column++) {
            bool light = lit(p, half / 2, column) & (half % 2 ? 2 : 1);
            for (int i = 0; i < MODULE; i++)
                fputc(light ? '0' : '1', f);
        }
        fputc('\n', f);
    }
    assert_int_equal(fclose(f), 0);
}

/* What the camera reads, byte for byte; empty for nothing. */
static void scan(struct pty *p, int rows, int columns, struct buf *out)
{
    char path[] = "/tmp/motcua-screen-qr-XXXXXX", command[200], bytes[4096];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    photograph(p, rows, columns, path);
    snprintf(command, sizeof command,
             "zbarimg --raw --quiet --oneshot -Sdisable -Sqrcode.enable pbm:%s 2>/dev/null", path);
    FILE *reader = popen(command, "r");
    assert_non_null(reader);
    buf_reset(out);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, reader)) > 0;)
        buf_add(out, bytes, n);
    pclose(reader);
    unlink(path);
}

/* The appointment can be read, with its time and code; returns what was read. */
static const char *must_be_read(struct pty *p, int rows, int columns, struct buf *out)
{
    scan(p, rows, columns, out);
    if (!out->n)
        fail_msg("nothing to be read at %dx%d\n%s", columns, rows, pty_screen(p));
    assert_non_null(strstr(out->p, START));
    assert_non_null(strstr(out->p, CODE));
    return out->p;
}

static struct pty *open_code(const struct screen_store *s, int rows, int columns)
{
    struct pty *p = screen_open(s, MONDAY_9, rows, columns);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_must_show(p, CODE);
    pty_send(p, "x");
    return p;
}

static void a_camera_reads_it_off_the_screen(void **state)
{
    static const int sizes[][2] = {{24, 80}, {23, 80}, {23, 60}, {30, 80}, {50, 100}, {ROWS_MOST, 200}};
    const struct screen_store *s = *state;
    struct buf read = BUF_INIT;
    size_t before = 0;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pty *p = open_code(s, sizes[i][0], sizes[i][1]);
        const char *text = must_be_read(p, sizes[i][0], sizes[i][1], &read);
        assert_null(strstr(text, "Hương"));
        assert_true(read.n >= before); /* the more room, the more is in it */
        before = read.n;
        bool alarm = strstr(text, "VALARM"), place = strstr(text, "LOCATION");
        pty_must_show(p, CODE ": 19/11/2026 17:00. Quét bằng máy ảnh");
        if (sizes[i][0] > LEAST_ROWS) { /* what is left out is said under it, where a row is left for it */
            assert_true(alarm == !screen_says(p, "Mã nhỏ"));
            assert_true(place == !screen_says(p, "thiếu địa điểm"));
        }
        pty_free(p);
    }
    assert_non_null(strstr(read.p, "UID:" CODE "@H42.26.21\r\n"));
    buf_release(&read);
}

static void where_there_is_no_room_it_says_so(void **state)
{
    static const int sizes[][2] = {{20, 60}, {22, 80}, {18, 200}};
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pty *p = open_code(s, sizes[i][0], sizes[i][1]);
        screen_must_say(p, "Màn hình có ");
        screen_must_say(p, "không đủ cho mã QR (23 dòng, 45 cột)");
        screen_must_say(p, "-o TỆP.png"); /* what to do */
        pty_must_show(p, CODE);           /* still on the dossier's page */
        pty_free(p);
    }
}

static void it_is_drawn_anew_in_another_window(void **state)
{
    const struct screen_store *s = *state;
    struct buf small = BUF_INIT, large = BUF_INIT, again = BUF_INIT;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = open_code(s, 24, 80);
    must_be_read(p, 24, 80, &small);
    pty_golden(p, "qr_80x24");
    pty_resize(p, 60, 120);
    must_be_read(p, 60, 120, &large);
    assert_true(large.n > small.n);
    pty_resize(p, 20, 80);
    screen_must_say(p, "-o TỆP.png");
    scan(p, 20, 80, &again);
    assert_int_equal(again.n, 0);
    pty_resize(p, 23, 80);
    must_be_read(p, 23, 80, &again);
    assert_string_equal(again.p, small.p);
    pty_send(p, ESC);
    pty_must_show(p, "Nguyễn Thị Hương"); /* the dossier's page again */
    screen_quit(p);
    buf_release(&small);
    buf_release(&large);
    buf_release(&again);
}

/* Black on white whatever the terminal's own colours are; light parts alone where there are none. */
static void its_colours_are_its_own(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = open_code(s, 24, 80);
    struct pty_cell corner = pty_cell(p, 0, 17 + 2); /* of the light margin */
    assert_string_equal(corner.text, "█");
    assert_true(corner.colored);
    assert_true(corner.color[0] > 250 && corner.color[1] > 250 && corner.color[2] > 250);
    pty_free(p);
}

static void the_page_of_keys_names_it(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "Mã QR");
    pty_send(p, "?");
    for (int i = 0; i < 5 && !pty_shows(p, "thành mã QR để quét"); i++)
        pty_send(p, "\033[6~");
    pty_must_show(p, "thành mã QR để quét");
    pty_free(p);
}

/* Asked for at 60x20: this reason, whole, with the key that helps, and no command. */
static void must_be_told_why(const struct screen_store *s, const char *clock, const char *lang,
                             const char *why)
{
    struct pty *p = pty_start(&(struct pty_options){
        .rows = 20, .columns = 60, .store = s->path, .clock = clock, .args = {"--lang", lang}});
    pty_wait(p);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "x");
    screen_must_say(p, why);
    assert_false(screen_says(p, "motcua "));
    pty_must_show(p, CODE); /* still on the dossier's page */
    pty_free(p);
}

static void what_has_no_appointment_says_why(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    STORE_RUN(s, 0, MONDAY_8, "supplement", CODE, "--reason=Thiếu giấy tờ", "--need=Bản chính");
    must_be_told_why(s, MONDAY_9, "vi", "đang chờ người nộp, chưa có ngày hẹn; bấm x lại khi");
    must_be_told_why(s, MONDAY_9, "en", "nothing is due; press x again when it goes on");
    STORE_RUN(s, 0, MONDAY_8, "restart", CODE);
    STORE_RUN(s, 0, MONDAY_8, "refuse", CODE, "--reason=Không đủ điều kiện");
    must_be_told_why(s, MONDAY_9, "vi", "để đưa vào lịch: hồ sơ đã kết thúc");
    must_be_told_why(s, MONDAY_9, "en", "for a calendar: it has ended");
}

static void what_is_past_names_the_key_of_its_letter(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    must_be_told_why(s, "2026-11-20 08:00:00", "vi",
                     "ngày hẹn 19/11/2026 17:00 đã qua; bấm a để ghi phiếu xin lỗi và hẹn lại trước");
    must_be_told_why(s, "2026-11-20 08:00:00", "en",
                     "the time it was promised for, 2026-11-19 17:00, is past; press a to write its letter");
    STORE_RUN(s, 0, "2026-11-20 08:00:00", "apologize", CODE, "--reason=Chờ xác minh", "--until=2026-11-25");
    must_be_told_why(s, "2026-11-26 08:00:00", "vi", "ngày hẹn lại 25/11/2026 17:00 đã qua");
    STORE_RUN(s, 0, "2026-11-26 08:00:00", "resolve", CODE);
    must_be_told_why(s, "2026-11-26 08:01:00", "vi", "đã có kết quả, mời đến nhận ngay; khi trả, bấm g");
    must_be_told_why(s, "2026-11-26 08:01:00", "en", "press g when it is handed over");
}

/* In the program's words beside it, and on the last row as on every page. */
static void a_demo_says_so_beside_it(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "x");
    pty_must_show(p, "▀");
    assert_int_equal(pty_row_of(p, "[SỔ DÙNG THỬ] H42.99.99-261116-"), 21);
    assert_non_null(strstr(strstr(pty_screen(p), "Esc"), "SỔ DÙNG THỬ"));
    pty_free(p);
}

static int setup_demo(void **state)
{
    static struct screen_store demo;
    screen_store_demo(&demo, "60");
    *state = &demo;
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, screen_store_setup, screen_store_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_camera_reads_it_off_the_screen),
        TEST(where_there_is_no_room_it_says_so),
        TEST(it_is_drawn_anew_in_another_window),
        TEST(its_colours_are_its_own),
        TEST(the_page_of_keys_names_it),
        TEST(what_has_no_appointment_says_why),
        TEST(what_is_past_names_the_key_of_its_letter),
        cmocka_unit_test_setup_teardown(a_demo_says_so_beside_it, setup_demo, screen_store_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
