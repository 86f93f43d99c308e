/* What slips at a busy desk, and what the screen does about it: a warning that must not scroll away, somebody
 * else's act in the middle of a form, a scanner pointed at the wrong page, a key that does too much. */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#define MONDAY_8 "2026-11-16 08:00:00"
#define MONDAY_9 "2026-11-16 09:00:00"
#define CODE "H42.26.21-261116-0001"
#define LATE_CODE "H42.26.21-261109-0001"
#define CTRL_S "\x13"
#define CTRL_U "\x15"
#define ESC "\033"
#define DOWN "\033[B"
#define F4 "\033OS"

/* Received a week ago, due on Thursday the 12th. */
static void receive_late(const struct screen_store *s)
{
    STORE_RUN(s, 0, MONDAY_8, "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--at=2026-11-09T08:00");
}

/* ---- the letter ---- */

static void the_warning_above_a_letter_does_not_scroll_away(void **state)
{
    const struct screen_store *s = *state;
    receive_late(s);
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "a");
    pty_send(p, "Thiếu người\t25/11" CTRL_S);
    screen_must_say(p, "gửi sau hạn");
    assert_int_equal(pty_row_of(p, "Phiếu này sẽ được ghi"), 2); /* the first row of the page */
    for (int i = 0; i < 30; i++)
        pty_send(p, DOWN);
    pty_must_not_show(p, "CỘNG HÒA XÃ HỘI"); /* scrolled to its end */
    pty_must_show(p, "THỦ TRƯỞNG CƠ QUAN");
    screen_must_say(p, "gửi sau hạn");
    pty_free(p);
}

static void a_letter_in_time_is_to_be_read_to_its_end(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "a");
    pty_send(p, "Thiếu người\t25/11" CTRL_S);
    for (int i = 0; i < 30; i++)
        pty_send(p, DOWN);
    pty_must_show(p, "THỦ TRƯỞNG CƠ QUAN");
    pty_must_show(p, "Đọc kỹ trước khi phát hành");
    pty_must_not_show(p, "gửi sau hạn");
    pty_free(p);
}

static void a_date_typed_stays_when_somebody_else_resolves(void **state)
{
    const struct screen_store *s = *state;
    receive_late(s);
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "a");
    pty_send(p, "Thiếu người\t25/1");
    STORE_RUN(s, 0, "2026-11-16 09:00:00", "resolve", LATE_CODE);
    pty_send(p, "1");
    pty_send(p, "/2026"); /* by now the screen knows */
    pty_must_show(p, "25/11/2026");
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "Hẹn lại ngày"));
    pty_send(p, CTRL_S);
    screen_must_say(p, "vừa được ghi là đã có kết quả");
    pty_must_show(p, "25/11/2026");
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "Hẹn lại ngày"));
    pty_send(p, CTRL_U CTRL_S); /* without it the letter may go */
    pty_must_show(p, "PHIẾU XIN LỖI");
    pty_send(p, "c");
    pty_must_show(p, "Đã phát hành phiếu xin lỗi 01/PXL");
    screen_quit(p);
}

/* ---- at the counter ---- */

static void a_slip_scanned_into_an_empty_form_opens_its_dossier(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_send(p, "n");
    pty_send(p, CODE "\r");
    pty_must_show(p, "Nguyễn Thị Hương");
    pty_must_show(p, "Xin lỗi và hẹn lại"); /* what can be done with it */
    pty_send(p, ESC);
    pty_must_show(p, "gõ vài chữ của tên"); /* the form, still empty */
    pty_must_not_show(p, CODE);

    /* a code of the catalogue is a procedure, as it is when a person types it */
    pty_send(p, "1.004873\r");
    pty_must_show(p, "3 ngày làm việc");
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "Chủ hồ sơ"));
    /* and with that begun, a code is text like any other */
    pty_send(p, CODE "\r");
    pty_must_show(p, "Chủ hồ sơ* " CODE);
    pty_free(p);
}

static void what_is_not_of_the_same_day_is_asked_about(void **state)
{
    struct pty *p = screen_open(*state, MONDAY_9, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Nguyễn Thị Hương");
    pty_send(p, F4);
    pty_must_show(p, "│ 1.004873  Thủ tục cấp Giấy xác nhận");
    pty_must_show(p, "Thời hạn của thủ tục này là 3 ngày làm việc");
    pty_must_show(p, "Nguyễn Thị Hương?");
    pty_send(p, "k");
    pty_must_not_show(p, "ĐÃ TIẾP NHẬN");
    pty_must_show(p, "Chủ hồ sơ* Nguyễn Thị Hương");
    pty_send(p, F4);
    pty_send(p, "c");
    pty_must_show(p, "ĐÃ TIẾP NHẬN VÀ TRẢ KẾT QUẢ  " CODE);
    screen_quit(p);
}

static void a_number_without_digits_is_pointed_out(void **state)
{
    struct pty *p = screen_open(*state, MONDAY_9, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Nguyễn Thị Hương\tLê Văn Tám");
    pty_must_not_show(p, "không có chữ số nào"); /* not while it is typed */
    pty_send(p, "\t");
    screen_must_say(p, "Ô Điện thoại không có chữ số nào");
    pty_send(p, "012345678901\t");
    pty_must_not_show(p, "không có chữ số nào");
    pty_send(p, CTRL_S); /* a hint, no refusal */
    pty_must_show(p, "ĐÃ TIẾP NHẬN  " CODE);
    screen_quit(p);
}

/* ---- what is said ---- */

static void a_refusal_is_named_before_its_time(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    STORE_RUN(s, 0, MONDAY_8, "refuse", CODE, "--reason=Không đủ điều kiện");
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_send(p, "2");
    pty_must_not_show(p, "Trước hạn"); /* no room for both */
    pty_send(p, "\r");
    pty_must_show(p, "Từ chối · Trước hạn, chưa trả");
    /* finished: a correction has no due time to tell */
    pty_send(p, "c");
    pty_send(p, "gõ nhầm" DOWN DOWN DOWN DOWN);
    pty_send(p, CTRL_U "Nguyễn Thị Hường" CTRL_S);
    pty_must_show(p, "Đã đính chính hồ sơ " CODE " của Nguyễn Thị Hường");
    pty_must_not_show(p, "; hẹn trả");
    screen_quit(p);
}

static void a_second_supplement_is_marked_as_an_exception(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "s Yêu cầu bổ sung");
    screen_quit(p);
    STORE_RUN(s, 0, MONDAY_8, "supplement", CODE, "--reason=Thiếu", "--need=Đơn");
    STORE_RUN(s, 0, MONDAY_8, "restart", CODE);
    p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "s Bổ sung (ngoại lệ)");
    pty_send(p, "s");
    screen_must_say(p, "chỉ lãnh đạo được quyết định");
    pty_must_not_show(p, "Chỉ một lần");
    pty_must_not_show(p, "Nếu lãnh đạo"); /* who reads it is one */
    screen_quit(p);
}

static void what_may_be_done_stands_first_in_the_last_row(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open(s, MONDAY_9, 24, 200);
    pty_send(p, "2");
    pty_send(p, "\r");
    int last = pty_row_of(p, "Esc");
    const char *screen = pty_screen(p), *row = screen;
    for (int i = 0; i < last; i++)
        row = strchr(row, '\n') + 1;
    const char *allowed = strstr(row, "d Dừng"), *forbidden = strstr(row, "g Trả");
    assert_non_null(allowed);
    assert_non_null(forbidden);
    assert_true(allowed < forbidden);
    screen_quit(p);
}

/* ---- what is long ---- */

static void a_year_of_lateness_is_not_cut(void **state)
{
    const struct screen_store *s = *state;
    STORE_RUN(s, 0, MONDAY_8, "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--at=2025-07-10T08:00");
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_must_show(p, "ngày");
    pty_must_not_show(p, "ng…");
    pty_must_not_show(p, "ngà…");
    pty_must_not_show(p, "nga…");
    screen_must_say(p, "Quá 3");
    screen_quit(p);
}

static void a_very_long_name_is_folded(void **state)
{
    const struct screen_store *s = *state;
    char name[1100] = "--applicant=";
    memset(name + strlen(name), 'A', 1000);
    STORE_RUN(s, 0, MONDAY_8, "receive", "--procedure=1.004873", name);
    struct pty *p = screen_open(s, MONDAY_9, 18, 60);
    pty_send(p, "2");
    pty_send(p, "\r");
    assert_int_equal(pty_row_of(p, "Thủ tục"), pty_row_of(p, "Chủ hồ sơ") + 3);
    pty_must_show(p, "A…");
    screen_quit(p);
}

/* The text of a field that just fits begins with its first letter. */
static void a_field_that_fits_shows_its_beginning(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "c");
    pty_send(p, "\t");
    pty_must_show(p, " 1.004873  Thủ tục");
    screen_quit(p);
}

int main(void)
{
#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(the_warning_above_a_letter_does_not_scroll_away),
        ON_A_STORE(a_letter_in_time_is_to_be_read_to_its_end),
        ON_A_STORE(a_date_typed_stays_when_somebody_else_resolves),
        ON_A_STORE(a_slip_scanned_into_an_empty_form_opens_its_dossier),
        ON_A_STORE(what_is_not_of_the_same_day_is_asked_about),
        ON_A_STORE(a_number_without_digits_is_pointed_out),
        ON_A_STORE(a_refusal_is_named_before_its_time),
        ON_A_STORE(a_second_supplement_is_marked_as_an_exception),
        ON_A_STORE(what_may_be_done_stands_first_in_the_last_row),
        ON_A_STORE(a_year_of_lateness_is_not_cut),
        ON_A_STORE(a_very_long_name_is_folded),
        ON_A_STORE(a_field_that_fits_shows_its_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
