/* Every turn a dossier's life takes, at a terminal: asked to complete it, waiting, paid for, stopped, mended,
 * taken back; one dossier at a time, and several. */
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
#define CTRL_S "\x13"
#define CTRL_U "\x15"
#define ESC "\033"
#define DEL "\x7f"
#define DOWN "\033[B"
#define END "\033[F"
#define F4 "\033OS"

/* Whoever runs the tests is an officer like any other; lan is in charge. */
static void become_officer(const struct screen_store *s, const char *clock)
{
    char login[64];
    struct buf who = BUF_INIT;
    struct pty_options o = {.store = s->path, .clock = clock, .args = {"officer", "list", "--json"}};
    assert_int_equal(pty_command(&o, &who), 0);
    /* the first admin is whoever made the store */
    const char *line = strstr(who.p, "\"role\":\"admin\"");
    assert_non_null(line);
    while (line > who.p && line[-1] != '\n')
        line--;
    assert_int_equal(sscanf(line, "{\"login\":\"%63[^\"]", login), 1);
    buf_release(&who);
    STORE_RUN(s, 0, clock, "officer", "put", "lan", "--name=Lê Thị Lan", "--role=admin");
    STORE_RUN(s, 0, clock, "officer", "put", login, "--name=Nguyễn Văn An", "--role=officer");
}

/* ---- waiting for the applicant ---- */

static void a_supplement_is_asked_for_and_comes(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "m Đã nhận đủ bổ sung"); /* not now, and why */
    pty_must_show(p, "không đang chờ");
    pty_send(p, "m");
    screen_must_say(p, "không ở trạng thái chờ bổ sung hồ sơ");

    pty_send(p, "s");
    pty_must_show(p, "Chỉ một lần");
    pty_must_not_show(p, "Vẫn yêu cầu bổ sung"); /* nothing to insist on */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Lý do: không được để trống");
    pty_send(p, "Thiê" DEL "ê" DEL DEL "iếu giâ" DEL "ấy tờ\t");
    pty_must_show(p, "Lý do* Thiếu giấy tờ");
    pty_send(p, CTRL_S);
    pty_must_show(p, "không được để trống"); /* what to add, a line each, at least one */
    pty_send(p, "Giấy chứng sinh\tTờ khai có xác nhận của thôn\t");
    pty_golden(p, "life_supplement_80x24");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chờ người nộp");
    pty_must_show(p, "từ 16/11/2026 09:00");
    pty_must_show(p, "- Tờ khai có xác nhận của thôn");
    pty_must_not_show(p, "Hẹn trả          ");
    pty_send(p, "a");
    pty_must_show(p, "đang chờ bổ sung hồ sơ");
    pty_must_not_show(p, "restart"); /* keys here, not commands */
    pty_send(p, "e");                /* nothing is due; what was is told all the same */
    pty_must_show(p, "Trong lúc chờ bổ sung không có hạn trả");
    pty_must_show(p, "Trước khi chờ    Thứ Năm 19/11/2026 17:00");
    screen_quit(p);

    /* Thursday: 3 working days from zero end on Wednesday 25 (24/11 is off), not on the 19th */
    p = screen_open_newest(s, "2026-11-19 10:00:00");
    pty_send(p, "m");
    pty_must_show(p, "Hẹn trả mới  Thứ Tư 25/11/2026 17:00  3 ngày làm việc");
    pty_send(p, "\t18/11 10:00"); /* it came on Wednesday: a day earlier */
    pty_must_show(p, "Hẹn trả mới  Thứ Hai 23/11/2026 17:00");
    pty_send(p, CTRL_U "13/11"); /* before it was asked for */
    pty_must_not_show(p, "Hẹn trả mới");
    pty_send(p, CTRL_U CTRL_S);
    screen_must_say(p, "hẹn trả mới: 25/11/2026 17:00");
    pty_must_show(p, "Thứ Tư 25/11/2026 17:00");
    /* once, for whoever is not in charge: here an admin may insist, and is told loudly */
    pty_send(p, "s");
    pty_must_show(p, "HỒ SƠ ĐÃ ĐƯỢC YÊU CẦU BỔ SUNG MỘT LẦN");
    pty_must_show(p, "Quyết định 766");
    pty_must_show(p, "Vẫn yêu cầu bổ sung");
    pty_send(p, "Vẫn thiếu\tBản chính");
    pty_send(p, CTRL_S);
    screen_must_say(p, "đã được yêu cầu bổ sung một lần; mỗi hồ sơ chỉ một lần");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Vẫn yêu cầu bổ sung  (•)"));
    pty_send(p, " "); /* yes */
    pty_golden(p, "life_insist_80x24");
    pty_send(p, CTRL_S);
    pty_send(p, END);
    pty_must_show(p, "LÃNH ĐẠO CHO PHÉP YÊU CẦU THÊM");
    screen_quit(p);
}

static void an_officer_cannot_insist(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    become_officer(s, MONDAY_9);
    struct pty *p = screen_open_newest(s, "2026-11-23 09:00:00"); /* due on the 19th */
    screen_must_say(p, "s Yêu cầu bổ sung: đã quá hạn");
    pty_send(p, "s");
    screen_must_say(p, "chỉ lãnh đạo mới được quyết định yêu cầu bổ sung");
    pty_must_not_show(p, "Cần bổ sung");
    screen_quit(p);
}

static void a_payment_has_a_limit_of_its_own(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "w");
    pty_send(p, "Lệ phí trước bạ" CTRL_S);
    screen_must_say(p, "chờ thực hiện nghĩa vụ tài chính");
    pty_send(p, "m");
    screen_must_say(p, "không ở trạng thái chờ bổ sung");
    pty_send(p, "b");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Ghi thời hạn tính từ khi nộp tiền");
    pty_send(p, "5"); /* no unit, no limit */
    pty_must_not_show(p, "Hẹn trả mới");
    pty_send(p, " ngày làm việc");
    pty_must_show(p, "Hẹn trả mới  Thứ Hai 23/11/2026 17:00  5 ngày làm việc");
    pty_send(p, CTRL_S);
    screen_must_say(p, "đã nộp tiền; hẹn trả mới: 23/11/2026 17:00");
    pty_must_show(p, "5 ngày làm việc · tính từ khi nộp tiền");
    screen_quit(p);
}

/* ---- ending ---- */

static void only_the_ending_of_its_rules_is_shown(void **state)
{
    const struct screen_store *s = *state;
    STORE_RUN(s, 0, MONDAY_8, "receive", "--procedure=1.004873", "--applicant=Lê Văn Tám",
              "--at=2025-06-25T08:00");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "d Rút hồ sơ");
    pty_must_not_show(p, "d Dừng giải quyết");
    pty_send(p, "d");
    pty_must_show(p, "đề nghị rút");
    pty_send(p, ESC);
    screen_quit(p);

    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "d Dừng giải quyết");
    pty_must_not_show(p, "Rút hồ sơ");
    pty_send(p, "d");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Lý do: không được để trống");
    pty_send(p, "Chủ hồ sơ đề nghị");
    pty_must_show(p, "Sẽ ghi là  Đã dừng");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã dừng giải quyết hồ sơ " CODE);
    pty_send(p, "v");
    pty_must_show(p, "đã kết thúc");
    screen_quit(p);
}

static void a_record_is_voided_by_those_in_charge(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "v");
    pty_send(p, "   " CTRL_S); /* blanks are no reason */
    pty_must_show(p, "Lý do: không được để trống");
    pty_send(p, "Ghi hai lần" CTRL_S);
    pty_must_show(p, "Đã hủy hồ sơ " CODE);
    pty_must_show(p, "z Hủy thao tác cuối"); /* also that */
    screen_quit(p);

    screen_store_receive(s, MONDAY_9, "Lê Văn Tám");
    become_officer(s, MONDAY_9);
    p = screen_open_newest(s, MONDAY_9);
    screen_must_say(p, "v Hủy hồ sơ ghi nhầm: không có quyền");
    pty_send(p, "v");
    screen_must_say(p, "không có quyền hủy hồ sơ ghi nhầm; liên hệ Lê Thị Lan");
    screen_quit(p);
}

/* ---- taking back ---- */

static void what_is_taken_back_is_shown_first(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    STORE_RUN(s, 0, MONDAY_8, "apologize", CODE, "--reason=Chờ xác minh", "--until=2026-11-25");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_must_show(p, "Thứ Tư 25/11/2026 17:00");
    pty_send(p, "z");
    pty_golden(p, "life_undo_80x24");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Lý do: không được để trống");
    pty_must_not_show(p, "Đã hủy thao tác");
    pty_send(p, "Ký nhầm" CTRL_S);
    pty_must_show(p, "Đã hủy thao tác cuối của hồ sơ " CODE);
    pty_must_show(p, "Thứ Năm 19/11/2026 17:00"); /* the old appointment again */
    pty_send(p, "\033[6~");
    pty_must_show(p, "[đã hủy]");
    pty_must_show(p, "01/PXL (phiếu đã hủy)");
    pty_must_show(p, "Xin lỗi và hẹn lại · Ký nhầm");
    /* the one letter is back, with a number of its own */
    pty_send(p, "a");
    pty_send(p, "Lý do khác\t25/11" CTRL_S);
    pty_send(p, "c");
    pty_must_show(p, "Đã phát hành phiếu xin lỗi 02/PXL");
    screen_quit(p);
}

static void nothing_done_is_nothing_to_take_back(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    screen_must_say(p, "z Hủy thao tác cuối: không còn thao tác để hủy");
    pty_send(p, "z");
    screen_must_say(p, "bấm c để đính chính");
    screen_quit(p);
}

/* ---- correcting ---- */

static void a_correction_tells_the_new_due_time_while_typing(void **state)
{
    const struct screen_store *s = *state;
    STORE_RUN(s, 0, MONDAY_8, "receive", "--procedure=1.004873", "--applicant=Nguyễn Thị Hương",
              "--phone=0912345678");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "c");
    pty_must_show(p, "Chưa sửa ô nào");
    pty_must_show(p, "*******678"); /* masked until it is typed anew */
    pty_must_not_show(p, "0912345678");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa sửa ô nào");
    pty_send(p, "gõ nhầm" DOWN DOWN); /* reason, procedure, limit */
    pty_send(p, CTRL_U "5 ngày làm việc");
    pty_must_show(p, "Thời hạn: 3 ngày làm việc → 5 ngày làm việc");
    pty_must_show(p, "Hẹn trả mới  Thứ Hai 23/11/2026 17:00  5 ngày làm việc");
    pty_send(p, CTRL_U "3 ngày làm việc" DOWN); /* as it was: nothing changes */
    pty_must_show(p, "Chưa sửa ô nào");
    pty_send(p, DOWN DOWN);
    pty_must_show(p, "*******678  gõ số mới để thay");
    pty_must_not_show(p, "0912345678"); /* the screen may face the counter */
    pty_send(p, DEL "0912345679" DOWN);
    pty_must_show(p, "Điện thoại: *******678 → *******679");
    pty_must_show(p, "Hạn trả không đổi");
    pty_golden(p, "life_correct_80x24");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã đính chính hồ sơ " CODE);
    pty_send(p, END);
    pty_must_show(p, "Đính chính");
    pty_must_show(p, "gõ nhầm");
    pty_must_show(p, "Điện thoại: *******678 → *******679");
    pty_must_not_show(p, "Thời hạn: "); /* only what changed is recorded */
    pty_send(p, "u");
    pty_must_show(p, "Điện thoại: 0912345678 → 0912345679");
    screen_quit(p);
}

static void another_procedure_brings_its_limit(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "c");
    pty_send(p, "nhầm thủ tục" DOWN);
    pty_send(p, "khai sinh"); /* typing over it searches anew */
    pty_must_show(p, "1.001193  Thủ tục đăng ký khai sinh");
    pty_send(p, "\r");
    pty_must_show(p, "Thủ tục: 1.004873 → 1.001193");
    pty_must_show(p, "Hẹn trả mới  Thứ Hai 16/11/2026 17:00  trong ngày");
    pty_send(p, CTRL_S);
    screen_must_say(p, "hẹn trả: 16/11/2026 17:00");
    screen_quit(p);
}

static void after_the_day_of_receipt_a_chief_is_needed(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    become_officer(s, MONDAY_9);
    struct pty *p = screen_open_newest(s, "2026-11-17 09:00:00");
    pty_send(p, "c");
    pty_must_show(p, "chỉ lãnh đạo");
    pty_send(p, "gõ nhầm" DOWN DOWN DOWN);
    pty_send(p, CTRL_U "13/11 9:00"); /* the time of receipt */
    pty_must_show(p, "liên hệ Lê Thị Lan");
    pty_must_not_show(p, "Hẹn trả mới");
    pty_send(p, CTRL_U "16/11/2026 08:00" DOWN);
    pty_send(p, CTRL_U "Nguyễn Thị Hường");
    pty_must_show(p, "Nguyễn Thị Hương → Nguyễn Thị Hường"); /* a name is anybody's to mend */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã đính chính hồ sơ");
    screen_quit(p);
}

/* ---- at the counter, and afterwards ---- */

static void what_is_handed_over_on_the_spot(void **state)
{
    struct pty *p = screen_open(*state, MONDAY_9, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.001193\rNguyễn Thị Hương");
    pty_send(p, F4);
    pty_must_show(p, "ĐÃ TIẾP NHẬN VÀ TRẢ KẾT QUẢ  " CODE);
    pty_must_show(p, "gõ vài chữ của tên"); /* empty, for the next person */
    pty_send(p, ESC);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_must_show(p, "Đã trả");
    pty_send(p, "h");
    pty_send(p, "7" CTRL_S);
    pty_must_show(p, "Ghi một chữ số từ 1 đến 5");
    pty_send(p, DEL "5\tRất nhanh" CTRL_S);
    pty_must_show(p, "Đã ghi mức hài lòng");
    pty_must_show(p, "5/5");
    screen_quit(p);
}

static void a_transfer_to_an_outside_unit_has_no_officer(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "t");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chọn người nhận hồ sơ, hoặc ghi đơn vị ngoài");
    pty_send(p, "\tChi nhánh Văn phòng đăng ký đất đai" CTRL_S);
    screen_must_say(p, "cho Chi nhánh Văn phòng đăng ký đất đai");
    pty_must_show(p, "đơn vị ngoài");
    screen_quit(p);
}

/* ---- several at once ---- */

static void receive_four(const struct screen_store *s)
{
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    screen_store_receive(s, MONDAY_8, "Lê Văn Tám");
    screen_store_receive(s, MONDAY_8, "Rơ Châm H'Linh");
    screen_store_receive(s, MONDAY_8, "Đỗ Đăng Khoa");
}

/* One that a rule refuses does not stop the others; it keeps its mark, and its reason is told. */
static void marked_dossiers_are_done_one_after_the_other(void **state)
{
    const struct screen_store *s = *state;
    receive_four(s);
    STORE_RUN(s, 0, MONDAY_8, "resolve", "H42.26.21-261116-0002");
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_send(p, "2");
    pty_send(p, "   "); /* three of them */
    pty_must_show(p, "3 hồ sơ được đánh dấu");
    assert_int_equal(pty_row_of(p, "» "), pty_row_of(p, "Đỗ Đăng Khoa"));
    pty_golden(p, "life_marks_80x24");
    pty_send(p, "r");
    pty_must_show(p, "3 hồ sơ được đánh dấu, làm được 2");
    pty_must_show(p, "đã có kết quả lúc 16/11/2026 08:00");
    pty_golden(p, "life_several_form_80x24");
    pty_send(p, "Quyết định 12" CTRL_S);
    pty_must_show(p, "Đã ghi có kết quả cho 2 hồ sơ; 1 hồ sơ không làm được, vẫn còn đánh dấu");
    pty_must_show(p, "H42.26.21-261116-0002  Lê Văn Tám");
    pty_must_not_show(p, "Rơ Châm H'Linh");
    pty_golden(p, "life_several_80x24");
    pty_send(p, ESC);
    pty_must_show(p, "1 hồ sơ được đánh dấu");
    assert_int_equal(pty_row_of(p, "»"), pty_row_of(p, "Lê Văn Tám"));
    pty_send(p, ESC);
    pty_must_show(p, "Đã bỏ dấu 1 hồ sơ");
    pty_must_not_show(p, "»");

    /* all of them: the three with a result are handed over as each was asked for */
    pty_send(p, "*");
    pty_must_show(p, "4 hồ sơ được đánh dấu");
    pty_send(p, "g");
    pty_must_show(p, "làm được 3");
    pty_must_show(p, "‹ Như đã đăng ký ›"); /* of four, more than fit beside one another */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã trả kết quả 3 hồ sơ");
    pty_must_show(p, "chưa có kết quả");
    pty_send(p, ESC);
    pty_send(p, "*"); /* all, again */
    pty_send(p, "*"); /* and none */
    pty_must_not_show(p, "»");
    screen_quit(p);
}

static void several_are_handed_to_somebody_and_taken_back(void **state)
{
    const struct screen_store *s = *state;
    receive_four(s);
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_send(p, "2");
    pty_send(p, "*");
    pty_send(p, "t");
    pty_send(p, "\tPhòng Tư pháp\x13"); /* no officer: an outside unit */
    pty_must_show(p, "Đã chuyển 4 hồ sơ cho Phòng Tư pháp");
    pty_must_not_show(p, "»"); /* what is done is no longer marked */
    pty_send(p, "*");
    pty_send(p, "t");
    pty_send(p, "khong co ai");
    pty_send(p, "\x13"); /* wrong for all: nothing is asked, the form stays */
    pty_must_show(p, "Không có công chức");
    pty_must_show(p, "4 hồ sơ được đánh dấu");
    pty_send(p, CTRL_U "tran van\r");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Đã chuyển 4 hồ sơ cho Trần Văn Nam");
    pty_must_show(p, "nam");
    pty_send(p, "*");
    pty_send(p, "z");
    pty_must_show(p, "sẽ hủy: Chuyển xử lý");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Lý do: không được để trống");
    pty_send(p, "nhầm người\x13");
    pty_must_show(p, "Đã hủy thao tác cuối của 4 hồ sơ");
    pty_send(p, "\r");
    pty_must_show(p, "Phòng Tư pháp");
    screen_quit(p);
}

/* Without marks the keys mean the chosen row. */
static void without_marks_the_chosen_row_is_meant(void **state)
{
    const struct screen_store *s = *state;
    receive_four(s);
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_send(p, "2");
    pty_send(p, "j");
    pty_send(p, "r");
    pty_must_show(p, "H42.26.21-261116-0003  Rơ Châm H'Linh");
    pty_send(p, CTRL_S);
    pty_must_show(p, "của Rơ Châm H'Linh đã có kết quả");
    screen_quit(p);
}

static void a_search_is_left_for_the_list_with_tab(void **state)
{
    const struct screen_store *s = *state;
    receive_four(s);
    struct pty *p = screen_open(s, MONDAY_9, 24, 80);
    pty_send(p, "/");
    pty_send(p, "tam");
    pty_send(p, "\t"); /* the text stays */
    pty_send(p, " ");
    pty_must_show(p, "1 hồ sơ được đánh dấu");
    pty_must_show(p, "Tìm tam");
    pty_send(p, "/"); /* another search: marks are gathered */
    pty_send(p, "khoa\t ");
    pty_must_show(p, "2 hồ sơ được đánh dấu");
    pty_send(p, "r");
    pty_must_show(p, "2 hồ sơ được đánh dấu");
    pty_must_show(p, "Lê Văn Tám");
    pty_must_show(p, "Đỗ Đăng Khoa");
    pty_send(p, ESC);
    screen_quit(p);
}

/* Another process writes: marks stay with their dossiers; what left the page leaves the marks. */
static void marks_live_with_their_dossiers(void **state)
{
    const struct screen_store *s = *state;
    receive_four(s);
    struct pty *p =
        screen_open(s, "2026-11-19 09:00:00", 24, 80); /* all due today, too late for the letter */
    pty_send(p, "*");
    pty_must_show(p, "4 hồ sơ được đánh dấu");
    STORE_RUN(s, 0, "2026-11-19 09:01:00", "resolve", "H42.26.21-261116-0002");
    STORE_RUN(s, 0, "2026-11-19 09:01:00", "return", "H42.26.21-261116-0002");
    pty_send(p, "j"); /* whatever the key: it is read anew */
    if (!pty_shows(p, "3 hồ sơ được đánh dấu"))
        pty_wait(p);
    pty_must_show(p, "3 hồ sơ được đánh dấu");
    pty_must_not_show(p, "Lê Văn Tám");
    pty_send(p, " ");
    pty_must_show(p, "2 hồ sơ được đánh dấu");
    screen_quit(p);
}

static void many_are_done_in_slices_and_can_be_stopped(void **state)
{
    (void)state;
    struct screen_store s;
    screen_store_demo(&s, "300");
    struct pty *p = screen_open(&s, MONDAY_9, 24, 80);
    pty_send(p, "2");
    pty_send(p, "*");
    pty_must_show(p, "300 hồ sơ được đánh dấu");
    pty_send(p, "r");
    pty_must_show(p, "300 hồ sơ được đánh dấu, làm được");
    pty_send(p, CTRL_S ESC); /* stopped before the first slice: nothing is done, nothing unmarked */
    pty_must_show(p, "Đã ghi có kết quả cho 0 hồ sơ; 300 hồ sơ không làm được");
    pty_send(p, ESC);
    pty_must_show(p, "300 hồ sơ được đánh dấu");
    pty_send(p, "r");
    pty_send(p, CTRL_S); /* waits for the mark that comes when all of it is done */
    pty_must_show(p, "không làm được, vẫn còn đánh dấu");
    screen_quit(p);
    STORE_RUN(&s, 0, "2026-11-16 09:10:00", "stat");
    screen_store_drop(&s);
}

/* ---- who may ---- */

static void whoever_may_not_read_any_more_sees_nothing(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, MONDAY_8, "Nguyễn Thị Hương");
    STORE_RUN(s, 0, MONDAY_8, "transfer", CODE, "--to=nam");
    STORE_RUN(s, 0, MONDAY_8, "officer", "put", "lan", "--name=Lê Thị Lan", "--role=admin");
    struct buf who = BUF_INIT;
    char login[64];
    struct pty_options list = {.store = s->path, .clock = MONDAY_9, .args = {"officer", "list", "--json"}};
    assert_int_equal(pty_command(&list, &who), 0);
    const char *line = strstr(who.p, "\"Lê Thị Lan\"") ? who.p : NULL;
    assert_non_null(line);
    for (; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : "")
        if (sscanf(line, "{\"login\":\"%63[^\"]", login) == 1 && strcmp(login, "lan") && strcmp(login, "nam"))
            break;
    buf_release(&who);

    struct pty *p = screen_open_newest(s, MONDAY_9);
    pty_send(p, "c");
    pty_send(p, "dở dang");
    STORE_RUN(s, 0, MONDAY_9, "officer", "retire", login);
    pty_send(p, "x");
    if (!screen_says(p, "không có quyền xem"))
        pty_wait(p);
    screen_must_say(p, "không có quyền xem dữ liệu của cơ quan");
    pty_must_not_show(p, "Nguyễn Thị Hương");
    pty_must_not_show(p, "dở dang");
    pty_send(p, "2");
    pty_must_not_show(p, "Nguyễn Thị Hương");
    pty_push(p, "q", 1); /* leaves at once: nothing can be asked */
    int status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    pty_free(p);

    struct pty_options o = {.store = s->path, .clock = MONDAY_9};
    p = pty_start(&o);
    status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    screen_must_say(p, "không có quyền xem dữ liệu của cơ quan");
    pty_free(p);
}

/* ---- the whole of it, in both languages ---- */

static void live_it_all(const struct screen_store *s)
{
    STORE_RUN(s, 0, MONDAY_8, "receive", "--procedure=1.004873", "--applicant=Nguyễn Thị Hương",
              "--phone=0912345678", "--at=2026-11-13T08:00");
    const char *code = "H42.26.21-261113-0001";
    STORE_RUN(s, 0, MONDAY_8, "transfer", code, "--to=nam", "--step=Thẩm định", "--within=1 working_days");
    STORE_RUN(s, 0, "2026-11-16 08:10:00", "correct", code, "--reason=gõ nhầm", "phone=0912345679",
              "outside=yes");
    STORE_RUN(s, 0, "2026-11-16 08:20:00", "apologize", code, "--reason=Chờ xác minh", "--until=2026-11-25",
              "--signer=Lê Thị Lan");
    STORE_RUN(s, 0, "2026-11-16 08:30:00", "undo", code, "--reason=ký nhầm");
    STORE_RUN(s, 0, "2026-11-16 08:40:00", "supplement", code, "--reason=Thiếu giấy tờ",
              "--need=Giấy chứng sinh");
    STORE_RUN(s, 0, "2026-11-16 08:50:00", "restart", code);
    STORE_RUN(s, 0, "2026-11-16 09:00:00", "await-payment", code, "--note=Lệ phí");
    STORE_RUN(s, 0, "2026-11-16 09:10:00", "paid", code, "--within=2 working_days");
    STORE_RUN(s, 0, "2026-11-16 09:15:00", "calendar", "holiday", "2026-11-17", "Ngày hội xã",
              "--document=12/QĐ");
    STORE_RUN(s, 0, "2026-11-16 09:20:00", "resolve", code, "--result=Giấy xác nhận số 5", "--digitized");
    STORE_RUN(s, 0, "2026-11-16 09:30:00", "return", code, "--to=Nguyễn Văn Bình");
    STORE_RUN(s, 0, "2026-11-16 09:40:00", "rate", code, "4", "--note=Được");
}

static void the_whole_history_reads_well(void **state)
{
    const struct screen_store *s = *state;
    live_it_all(s);
    struct pty *p = screen_open(s, "2026-11-16 10:00:00", 50, 200);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_golden(p, "life_history_200x50");
    /* counted from the payment, with the day off that was announced since */
    pty_send(p, "e");
    pty_must_show(p, "16/11/2026 09:10 · Đã thực hiện nghĩa vụ tài chính");
    pty_must_show(p, "2 ngày làm việc");
    pty_must_show(p, "Ngày hội xã");
    pty_must_show(p, "Cộng: 2 / thời hạn 2");
    screen_quit(p);
    struct pty_options english = {.store = s->path,
                                  .clock = "2026-11-16 10:00:00",
                                  .rows = 50,
                                  .columns = 160,
                                  .env = {"MOTCUA_LANG=en"}};
    p = pty_start(&english);
    pty_wait(p);
    pty_send(p, "2");
    pty_send(p, "\r");
    pty_golden(p, "life_history_en_160x50");
    screen_quit(p);
}

int main(void)
{
#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(a_supplement_is_asked_for_and_comes),
        ON_A_STORE(an_officer_cannot_insist),
        ON_A_STORE(a_payment_has_a_limit_of_its_own),
        ON_A_STORE(only_the_ending_of_its_rules_is_shown),
        ON_A_STORE(a_record_is_voided_by_those_in_charge),
        ON_A_STORE(what_is_taken_back_is_shown_first),
        ON_A_STORE(nothing_done_is_nothing_to_take_back),
        ON_A_STORE(a_correction_tells_the_new_due_time_while_typing),
        ON_A_STORE(another_procedure_brings_its_limit),
        ON_A_STORE(after_the_day_of_receipt_a_chief_is_needed),
        ON_A_STORE(what_is_handed_over_on_the_spot),
        ON_A_STORE(a_transfer_to_an_outside_unit_has_no_officer),
        ON_A_STORE(marked_dossiers_are_done_one_after_the_other),
        ON_A_STORE(several_are_handed_to_somebody_and_taken_back),
        ON_A_STORE(without_marks_the_chosen_row_is_meant),
        ON_A_STORE(a_search_is_left_for_the_list_with_tab),
        ON_A_STORE(marks_live_with_their_dossiers),
        cmocka_unit_test(many_are_done_in_slices_and_can_be_stopped),
        ON_A_STORE(whoever_may_not_read_any_more_sees_nothing),
        ON_A_STORE(the_whole_history_reads_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
