/* A day at the desk, at a terminal: receive, find, hand over, apologise once, resolve, return. */
#include "tests/screen_store.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:00:00"
#define CODE "H42.26.21-261116-0001"
#define CTRL_S "\x13"
#define ESC "\033"
#define DEL "\x7f"

/* The whole of the first morning, at this size. */
static void whole_day(const struct screen_store *s, int rows, int columns)
{
    struct pty *p = screen_open(s, NINE, rows, columns);
    pty_must_show(p, "UBND xã Tơ Tung");
    pty_must_show(p, "Thứ Hai 16/11/2026 09:00");

    /* receive: the procedure by a few letters, the name through an input method's corrections */
    pty_send(p, "n");
    pty_send(p, "xac nhan tinh trang hon nhan");
    pty_must_show(p, "1.004873");
    pty_send(p, "\r");
    pty_must_show(p,
                  "HẸN TRẢ  Thứ Năm 19/11/2026 17:00  3 ngày làm việc"); /* before anything else is typed */
    pty_send(p, "cha" DEL "ă" DEL "ắc");
    pty_must_show(p, "Chủ hồ sơ* chắc");
    pty_send(p, "\x15Nguyê" DEL DEL "yễn Thị Hu" DEL "ư" DEL "ưo" DEL "ơng");
    pty_must_show(p, "Chủ hồ sơ* Nguyễn Thị Hương");
    pty_send(p, "\t0912345678\t012345678901\tThôn 3");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN  " CODE "   Nguyễn Thị Hương");
    pty_must_show(p, "HẸN TRẢ  Thứ Năm 19/11/2026 17:00");
    pty_must_not_show(p, "0912345678"); /* empty for the next person */

    /* find it without marks */
    pty_send(p, ESC);
    pty_send(p, "/");
    pty_send(p, "huong nguyen");
    pty_must_show(p, CODE);
    pty_must_show(p, "1 hồ sơ");
    pty_send(p, "\r");
    pty_must_show(p, "Nguyễn Thị Hương");
    pty_must_show(p, "*******678");
    pty_must_not_show(p, "0912345678");
    pty_send(p, "u");
    pty_must_show(p, "0912345678");

    /* apologise: the letter is read before it is issued */
    pty_send(p, "a");
    pty_send(p, "Cần xác minh tại nơi thường trú trước đây\t1/12/2026");
    pty_must_show(p, "Thứ Ba 01/12/2026");
    pty_send(p, CTRL_S);
    pty_must_show(p, "PHIẾU XIN LỖI");
    pty_must_show(p, "Kính gửi: Nguyễn Thị Hương");
    pty_must_show(p, "Lý do: Cần xác minh tại nơi thường trú trước đây");
    pty_must_show(p, "ngày 01 tháng 12 năm 2026");
    pty_must_show(p, "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ");
    pty_send(p, "c");
    pty_must_show(p, "Đã phát hành phiếu xin lỗi 01/PXL");
    pty_must_show(p, "Thứ Ba 01/12/2026 17:00");

    /* once, and no more: the reason stands on the page, and again when asked */
    pty_send(p, "\033[6~"); /* further down, where there is no room beside */
    pty_must_show(p, columns < 120 ? "đã xin lỗi một lần" : "đã có phiếu xin lỗi số");
    pty_send(p, "a");
    pty_must_show(p, "mỗi hồ sơ chỉ được");
    pty_must_show(p, "118/2025/NĐ-CP");
    pty_must_not_show(p, "Hẹn lại ngày");
    screen_quit(p);
}

static void a_day_at_80_by_24(void **state)
{
    whole_day(*state, 24, 80);
}

static void a_day_at_200_by_50(void **state)
{
    whole_day(*state, 50, 200);
}

static void an_input_method_may_be_cut_inside_a_letter(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.004873\r\t");
    pty_send(p, "\033[A"); /* back up to the name */
    pty_send(p, "ch");
    pty_send(p, "a");
    pty_send_n(p, DEL "\xC4", 2); /* the first byte of ă; the rest is late */
    pty_send_n(p, "\x83" DEL "\xE1", 3);
    pty_send_n(p, "\xBA", 1);
    pty_send_n(p,
               "\xAF"
               "c",
               2);
    pty_must_show(p, "Chủ hồ sơ* chắc");
    pty_send(p, ESC);
    pty_must_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "c");
    screen_quit(p);
}

/* Late by more than any timeout of the terminal library. */
static void half_a_letter_waits_for_its_other_half(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "/");
    pty_send_n(p, "\xE1", 1);
    poll(NULL, 0, 1200); /* the one wait that is the thing tested */
    pty_send_n(p, "\xBA\xAF", 2);
    pty_must_show(p, "Tìm ắ");
    screen_quit(p);
}

static void a_refused_save_keeps_every_letter(void **state)
{
    const struct screen_store *s = *state;
    struct buf before = BUF_INIT, after = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "n");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chọn thủ tục trước khi lưu");
    pty_send(p, "1.004873\r");
    pty_send(p, "\t0912345678"); /* no name */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chủ hồ sơ: không được để trống");
    pty_must_show(p, "0912345678");
    pty_must_show(p, "1.004873");
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "Chủ hồ sơ*"));
    /* leaving asks first; no is no */
    pty_send(p, ESC);
    pty_must_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "k");
    pty_must_show(p, "0912345678");
    pty_send(p, "\x03");
    pty_must_show(p, "và thoát?");
    pty_push(p, "c", 1);
    screen_must_end_well(p);
    screen_store_head(s, NINE, &after);
    assert_string_equal(before.p, after.p);
    buf_release(&before);
    buf_release(&after);
}

static void a_procedure_without_a_limit_asks_for_one(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "n");
    pty_send(p, "Thăm viếng mộ liệt sĩ\r");
    pty_must_show(p, "Thời hạn*");
    pty_must_show(p, "danh mục chưa có thời hạn");
    pty_send(p, "3"); /* no unit: no limit */
    pty_must_not_show(p, "3 ngày làm việc");
    pty_send(p, " ngày làm việc");
    pty_must_show(p, "HẸN TRẢ  Thứ Năm 19/11/2026 17:00  3 ngày làm việc");
    pty_send(p, "\tPhạm Văn Đức");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
    screen_quit(p);
}

static void a_procedure_with_cases_asks_which(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.000894\r");
    pty_must_show(p, "Trường hợp*");
    pty_send(p, "\033[B\r"); /* the second one */
    pty_must_show(p, "HẸN TRẢ");
    pty_send(p, "Đỗ Thị Ánh");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
    screen_quit(p);
}

/* Resolve, return: the form names the applicant and what it will stand as; a mistake is taken back with z. */
static void a_result_is_noted_and_handed_over(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, "2026-11-16 08:00:00", "Lê Văn Tám");
    struct buf before = BUF_INIT, after = BUF_INIT;
    screen_store_head(s, NINE, &before);
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_must_show(p, "Lê Văn Tám");
    pty_send(p, "g");
    pty_must_show(p, "chưa có kết quả");
    pty_send(p, "r");
    pty_must_show(p, CODE "  Lê Văn Tám");
    pty_must_show(p, "Sẽ ghi là  Trước hạn");
    pty_send(p, ESC); /* nothing was written */
    screen_store_head(s, NINE, &after);
    assert_string_equal(before.p, after.p);
    pty_send(p, "r");
    pty_send(p, CTRL_S);
    pty_must_show(p, "của Lê Văn Tám đã có kết quả; nếu nhầm, bấm z");
    pty_must_show(p, "Trước hạn, chưa trả");
    pty_send(p, "g");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã trả kết quả hồ sơ");
    /* ended: every act is forbidden, and says why */
    pty_send(p, "t");
    pty_must_show(p, "đã có kết quả lúc");
    pty_send(p, "f");
    pty_must_show(p, "đã có kết quả lúc");
    screen_quit(p);
    buf_release(&before);
    buf_release(&after);
}

static void a_transfer_is_chosen_from_the_people(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, "2026-11-16 08:00:00", "Lê Văn Tám");
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "t");
    pty_send(p, "tran van");
    pty_must_show(p, "nam  Trần Văn Nam");
    pty_send(p, "\r");
    pty_send(p, CTRL_S);
    pty_must_show(p, "cho nam");
    pty_must_show(p, "nam (Trần Văn Nam)");
    pty_must_show(p, "Phòng Kinh tế");
    screen_quit(p);
}

static void a_refusal_needs_a_reason(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, "2026-11-16 08:00:00", "Lê Văn Tám");
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "f");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Lý do: không được để trống");
    pty_send(p, "Không đủ điều kiện");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã từ chối giải quyết hồ sơ");
    screen_quit(p);
}

/* A new date that will not do is refused where it was typed, and nothing is lost. */
static void an_apology_wants_a_working_day_to_come(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, "2026-11-16 08:00:00", "Lê Văn Tám");
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "a");
    pty_send(p, "Chờ xác minh\t24/11"); /* Ngày Văn hóa Việt Nam */
    pty_must_show(p, "Ngày Văn hóa");
    pty_must_show(p, "25/11/2026");
    pty_send(p, CTRL_S);
    pty_must_show(p, "là ngày nghỉ");
    pty_must_show(p, "Chờ xác minh");
    assert_int_equal(pty_cursor_row(p), pty_row_of(p, "Hẹn lại ngày"));
    pty_send(p, "\x15"
                "19/11");
    pty_send(p, CTRL_S);
    pty_must_show(p, "phải sau ngày hẹn hiện nay");
    pty_send(p, "\x15"
                "hôm sau");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa hiểu ngày giờ");
    pty_send(p, "\x15"
                "25/11");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ngày 25 tháng 11 năm 2026");
    pty_send(p, ESC); /* not issued: back to the form */
    pty_must_show(p, "Chờ xác minh");
    pty_send(p, ESC);
    pty_send(p, "c");
    pty_must_not_show(p, "01/PXL");
    screen_quit(p);
}

/* Solved late and still at the desk: a letter, but no new date to promise. */
static void a_late_result_may_still_get_its_letter(void **state)
{
    const struct screen_store *s = *state;
    STORE_RUN(s, 0, "2026-11-16 08:00:00", "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--at=2026-11-09T08:00");
    STORE_RUN(s, 0, "2026-11-16 08:30:00", "resolve", "H42.26.21-261109-0001");
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_must_show(p, "Trễ hạn 2 ngày, chưa trả");
    pty_send(p, "\033[F");
    pty_must_show(p, "ghi lúc 16/11/2026"); /* received on the 9th, typed today */
    pty_send(p, "a");
    pty_must_not_show(p, "Hẹn lại ngày");
    pty_send(p, "Thiếu người\x13");
    pty_must_show(p, "đã hoàn thành việc giải quyết hồ sơ");
    pty_must_show(p, "Lý do: Thiếu người");
    pty_send(p, "c");
    pty_must_show(p, "Đã phát hành phiếu xin lỗi 01/PXL");
    pty_must_show(p, "gửi sau hạn");
    screen_quit(p);
}

static void a_due_time_is_explained_day_by_day(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, "2026-11-20 08:00:00", "Lê Văn Tám");
    struct pty *p = screen_open(s, "2026-11-20 09:00:00", 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_send(p, "e");
    pty_golden(p, "explain_80x24"); /* Friday, 3 working days, 24/11 off: 23, 25, 26 */
    screen_quit(p);
}

/* Alt and a letter is neither Esc nor the letter; keys sent before a question is seen do not answer it. */
static void nothing_typed_is_lost_by_a_burst(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Lê Văn Tám");
    pty_send(p, ESC "c");
    pty_must_show(p, "Chủ hồ sơ* Lê Văn Tám");
    pty_must_not_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "\x03"
                "cy\r");
    pty_must_show(p, "và thoát?");
    pty_send(p, "k");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
    pty_send(p, "x");
    pty_must_not_show(p, "ĐÃ TIẾP NHẬN");
    pty_must_show(p, "Vừa tiếp nhận  " CODE);
    pty_send(p, "\x15");
    screen_quit(p);
}

static void the_keys_of_a_page_are_told(void **state)
{
    struct pty *p = screen_open(*state, NINE, 24, 80);
    pty_send(p, "?");
    pty_must_show(p, "Các phím");
    pty_must_show(p, "Mở hồ sơ đang chọn");
    pty_send(p, "?");
    pty_must_not_show(p, "Các phím");
    pty_send(p, "\033OP"); /* F1 */
    pty_must_show(p, "Các phím");
    pty_send(p, ESC);
    screen_quit(p);
}

int main(void)
{
#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(a_day_at_80_by_24),
        ON_A_STORE(a_day_at_200_by_50),
        ON_A_STORE(an_input_method_may_be_cut_inside_a_letter),
        ON_A_STORE(half_a_letter_waits_for_its_other_half),
        ON_A_STORE(a_refused_save_keeps_every_letter),
        ON_A_STORE(a_procedure_without_a_limit_asks_for_one),
        ON_A_STORE(a_procedure_with_cases_asks_which),
        ON_A_STORE(a_result_is_noted_and_handed_over),
        ON_A_STORE(a_transfer_is_chosen_from_the_people),
        ON_A_STORE(a_refusal_needs_a_reason),
        ON_A_STORE(an_apology_wants_a_working_day_to_come),
        ON_A_STORE(a_late_result_may_still_get_its_letter),
        ON_A_STORE(a_due_time_is_explained_day_by_day),
        ON_A_STORE(nothing_typed_is_lost_by_a_burst),
        ON_A_STORE(the_keys_of_a_page_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
