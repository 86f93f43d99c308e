/* At the counter, with people waiting: slips that have to be printed again, money that is what was seen, late
 * dossiers that are not closed in passing, a chief who reads what he judges, digits that lead nowhere. */
#include "tests/paper_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define EIGHT "2026-11-16 08:00:00"
#define NINE "2026-11-16 09:00:00"
#define LATER "2026-11-23 09:00:00" /* a Monday; what was due on the 19th is two working days late */
#define CTRL_S "\x13"
#define CTRL_U "\x15"
#define ESC "\033"
#define LEFT "\033[D"
#define RIGHT "\033[C"
#define BACK_TAB "\033[Z"
#define F2 "\033OQ"
#define F4 "\033OS"
#define F6 "\033[17~"
#define STAY "1.004194"  /* registering a stay: 3 working days, 10,000 VND */
#define BIRTH "1.004873" /* 3 working days, no fee */

static void send_times(struct pty *p, const char *key, int n)
{
    while (n-- > 0)
        pty_send(p, key);
}

/* What a command prints has this in it, or has it not. */
static void must_print(struct desk *d, bool there, const char *clock, const char *text,
                       const char *const *words)
{
    struct pty_options o = {.store = d->store.path, .clock = clock};
    struct buf out = BUF_INIT;
    for (size_t i = 0; words[i]; i++)
        o.args[i] = words[i];
    assert_int_equal(pty_command(&o, &out), 0);
    if ((out.p && strstr(out.p, text)) != there)
        fail_msg("%s: %s\n%s", there ? "not printed" : "printed", text, out.p ? out.p : "");
    buf_release(&out);
}
#define MUST_PRINT(d, clock, text, ...)                                                                      \
    must_print((d), true, (clock), (text), (const char *const[]){__VA_ARGS__, NULL})
#define MUST_NOT_PRINT(d, clock, text, ...)                                                                  \
    must_print((d), false, (clock), (text), (const char *const[]){__VA_ARGS__, NULL})

/* Chooses the procedure and types a name; the cursor is on the phone. */
static void begin_receipt(struct pty *p, const char *procedure, const char *name)
{
    pty_send(p, procedure);
    pty_send(p, "\r");
    pty_send(p, name);
    pty_send(p, "\t");
}

/* ---- slips of those who were turned away ---- */

static bool is_there(struct desk *d, const char *name)
{
    char path[256];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", d->papers, name);
    return stat(path, &st) == 0;
}

static void remove_paper(struct desk *d, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", d->papers, name);
    assert_int_equal(remove(path), 0);
}

static void a_slip_is_printed_again_with_a_key(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    pty_send(p, F6);
    pty_send(p, "\tĐơn" CTRL_S);
    screen_must_say(p, "Đã lập phiếu 02/1/2026. Đưa ra máy in: bấm F6 rồi i");
    begin_receipt(p, BIRTH, "Lê Thị Tư"); /* the next one, and the banner is gone for good */
    pty_send(p, F6);
    pty_send(p, RIGHT);
    pty_send(p, "\tKhông thuộc thẩm quyền" CTRL_S);
    screen_must_say(p, "phiếu 03/1/2026");
    remove_paper(d, "turn-away-02-1-2026.pdf");

    pty_send(p, F6); /* nothing is typed: nobody to turn away */
    screen_must_say(p, "Phiếu không tiếp nhận");
    pty_golden(p, "turned_80x24");
    assert_true(pty_row_of(p, "03/1/2026") < pty_row_of(p, "02/1/2026"));
    pty_send(p, "\033[B");
    pty_send(p, "\r");
    screen_must_say(p, "turn-away-02-1-2026.pdf");
    assert_true(is_there(d, "turn-away-02-1-2026.pdf"));
    pty_send(p, ESC);
    pty_must_show(p, "Thủ tục*");
    screen_quit(p);
    MUST_NOT_PRINT(d, NINE, "02/2/2026", "turn-away", "list");
}

/* The entry stands, its number is given; how to write the paper again is said: "do it again" would be a
 * second number. */
static void a_slip_without_paper_is_not_made_again(void **state)
{
    struct desk *d = *state;
    snprintf(d->variable, sizeof d->variable, "MOTCUA_PAPERS=/proc/khong");
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    pty_send(p, F6);
    pty_send(p, "\tĐơn" CTRL_S);
    screen_must_say(p, "Phiếu 02/1/2026 ĐÃ ghi vào sổ, không lập lại. Chưa ghi được tệp PDF: ");
    screen_must_say(p, "KHÔNG TIẾP NHẬN phiếu 02/1/2026 Trần Văn Ba Chưa có tệp PDF; in lại: bấm F6");
    assert_false(screen_says(p, "làm lại"));
    assert_false(screen_says(p, "motcua turn-away"));
    screen_quit(p);
    MUST_PRINT(d, NINE, "02/1/2026", "turn-away", "list");
    snprintf(d->variable, sizeof d->variable, "MOTCUA_PAPERS=/dev/full");
    p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Lê Thị Tư");
    pty_send(p, F6);
    pty_send(p, "\tĐơn" CTRL_S);
    screen_must_say(p, "Phiếu 02/2/2026 ĐÃ ghi vào sổ, không lập lại");
    assert_false(screen_says(p, "làm lại"));
    screen_quit(p);
}

/* ---- the fee ---- */

/* "taken" is chosen; the cursor stays there. */
static void say_taken(struct pty *p)
{
    send_times(p, "\t", 4);
    pty_send(p, RIGHT);
    pty_must_show(p, "(•) đã thu");
}

static void a_fee_that_changed_is_shown_before_it_is_taken(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    say_taken(p);
    pty_must_show(p, "10.000 đồng");
    STORE_RUN(&d->store, 0, NINE, "procedure", "put", STAY, "--fee", "15000");
    pty_send(p, CTRL_S);
    screen_must_say(p, "CHƯA LƯU: phí, lệ phí vừa đổi từ 10.000 đồng thành 15.000 đồng");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Thu phí"));
    pty_must_show(p, "Trần Văn Ba");
    MUST_PRINT(d, NINE, "\"dossiers\":0", "stat", "--json");
    pty_send(p, CTRL_S); /* it was seen */
    screen_must_say(p, "đã thu 15.000 đồng");
    screen_quit(p);
    MUST_PRINT(d, NINE, "\"fee_paid\":15000,", "show", "261116-0001", "--json");
}

static void what_was_typed_of_the_fee_goes_with_the_procedure(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 50, 100);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    say_taken(p);
    send_times(p, "\t", 9);
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Số bộ"));
    pty_send(p, "\t50000");
    pty_must_show(p, "50.000 đồng");
    send_times(p, BACK_TAB, 16);
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Thủ tục"));
    pty_send(p, CTRL_U BIRTH);
    pty_send(p, "\r");
    screen_must_say(p, "Đã chọn thủ tục khác: phần phí, lệ phí vừa nhập được bỏ");
    pty_must_not_show(p, "Thu phí, lệ phí");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
    assert_false(screen_says(p, "đã thu"));
    screen_quit(p);
    MUST_PRINT(d, NINE, "\"fee_paid\":0,", "show", "261116-0001", "--json");
}

static void what_is_owed_is_said_as_the_person_leaves(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, NINE, "procedure", "put", STAY, "--limit", "same_day");
    struct pty *p = paper_desk_open(d, NINE, 18, 60);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    send_times(p, "\t", 4);
    pty_must_show(p, "‹ chưa thu ›  10.000 đồng"); /* as narrow as it gets */
    pty_send(p, F4);
    screen_must_say(p, "ĐÃ TIẾP NHẬN VÀ TRẢ KẾT QUẢ");
    screen_must_say(p, "CHƯA THU 10.000 đồng");
    begin_receipt(p, STAY, "Lê Thị Tư");
    pty_send(p, CTRL_S);
    screen_must_say(p, "CHƯA THU 10.000 đồng");
    begin_receipt(p, BIRTH, "Phạm Văn Năm");
    pty_send(p, CTRL_S);
    assert_false(screen_says(p, "CHƯA THU"));
    screen_quit(p);
}

/* ---- a code where a name belongs ---- */

static void a_code_scanned_into_the_name_is_no_name(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", BIRTH, "--applicant", "Lê Thị Tư");
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, BIRTH, "H42.26.21-261116-0001");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Ô Chủ hồ sơ đang ghi mã của một hồ sơ đã có");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Chủ hồ sơ*"));
    pty_send(p, CTRL_U "Trần Văn Ba" CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0002");
    screen_quit(p);
}

/* ---- a field with a few choices ---- */

static void digits_and_letters_do_not_leave_a_form(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", BIRTH, "--applicant", "Lê Thị Tư");
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    send_times(p, "\t", 4);
    pty_must_show(p, "F1 Phím"); /* not "?", which is no key here either */
    for (const char *c = "0912345678nuq/?"; *c; c++) {
        pty_send(p, (char[]){*c, 0});
        pty_must_show(p, "Trần Văn Ba");
        assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Thu phí"));
    }
    pty_must_show(p, "(•) chưa thu");
    pty_send(p, " ");
    pty_must_show(p, "(•) đã thu");
    pty_send(p, "\033OR"); /* F3 may, and Esc leads back */
    pty_send(p, ESC);
    pty_send(p, ESC);
    pty_must_show(p, "Trần Văn Ba");
    screen_must_end_well((pty_send(p, ESC), pty_send(p, "c"), pty_push(p, "\033[21~", 5), p));
}

/* ---- late ones ---- */

static void receive_two_late(struct desk *d)
{
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư");
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Trần Văn Ba");
    STORE_RUN(&d->store, 0, "2026-11-20 08:00:00", "receive", "--procedure", STAY, "--applicant",
              "Võ Thị Sáu");
}

static struct pty *mark_all(struct desk *d)
{
    struct pty *p = paper_desk_open(d, LATER, 24, 80);
    pty_send(p, "2");
    pty_send(p, "*");
    pty_send(p, "r");
    return p;
}

static void late_ones_are_not_closed_in_passing(void **state)
{
    struct desk *d = *state;
    receive_two_late(d);
    struct pty *p = mark_all(d);
    screen_must_say(p, "3 hồ sơ được đánh dấu; 2 hồ sơ trễ hạn chưa nêu lý do");
    pty_must_show(p, "Lê Thị Tư  Trễ hạn 2 ngày · chưa nêu lý do");
    assert_int_equal(pty_row_of(p, "Võ Thị Sáu"), pty_row_of(p, "261120-0001"));
    pty_must_show(p, "Loại lý do trễ");
    pty_golden(p, "window_several_late_80x24");
    pty_send(p, "\t\t\tMất điện" CTRL_S); /* of no category */
    screen_must_say(p, "Chọn loại lý do trễ hạn");
    send_times(p, RIGHT, 4);
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã ghi có kết quả cho 3 hồ sơ");
    assert_false(screen_says(p, "chưa nêu lý do"));
    screen_quit(p);
    MUST_PRINT(d, LATER, "Mất điện", "show", "261116-0001");
    MUST_PRINT(d, LATER, "Mất điện", "show", "261116-0002");
    MUST_NOT_PRINT(d, LATER, "Mất điện", "show", "261120-0001"); /* in time */
}

/* It may be left for later; that it is, is said. */
static void late_ones_without_a_reason_are_told(void **state)
{
    struct desk *d = *state;
    receive_two_late(d);
    struct pty *p = mark_all(d);
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã ghi có kết quả cho 3 hồ sơ; 2 hồ sơ trễ hạn chưa nêu lý do: mở từng hồ sơ, bấm y");
    pty_send(p, "2");
    pty_send(p, "*");
    pty_send(p, "z");
    assert_false(screen_says(p, "Loại lý do trễ"));
    pty_send(p, "nhầm" CTRL_S);
    pty_send(p, "*");
    pty_send(p, "r");
    pty_send(p, "\t\t\t\t18/11 9:00" CTRL_S); /* ready in time: there was nothing to explain */
    assert_false(screen_says(p, "trễ hạn chưa nêu"));
    screen_quit(p);
}

static void one_late_without_a_reason_is_told(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư");
    struct pty *p = paper_desk_open_newest(d, LATER);
    pty_send(p, "r");
    pty_send(p, CTRL_S);
    screen_must_say(p, "trễ hạn mà chưa nêu lý do: bấm y");
    screen_quit(p);
}

/* ---- what a chief judges ---- */

static void a_reason_opens_at_what_was_said(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư");
    struct pty *p = paper_desk_open_newest(d, LATER);
    pty_send(p, "y");
    pty_must_show(p, "Loại lý do trễ*"); /* both are needed, and look it */
    pty_must_show(p, "Lý do*");
    send_times(p, RIGHT, 4);
    pty_send(p, "\tMất địên" CTRL_S);
    screen_must_say(p, "Đã ghi lý do trễ hạn");

    pty_send(p, "y");
    pty_must_show(p, "‹ Mất điện, lỗi mạng hoặc phần mềm ›");
    pty_must_show(p, "Lý do  Mất địên");
    pty_must_show(p, "‹ Chưa xem xét ›");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Chưa có gì thay đổi");
    pty_send(p, RIGHT); /* a word alone */
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã ghi ý kiến lãnh đạo về lý do trễ hạn");
    MUST_PRINT(d, LATER, "Lý do chính đáng", "show", "261116-0001");

    pty_send(p, "y"); /* a slip of the pen is mended, not typed anew */
    pty_must_show(p, "‹ Lý do chính đáng ›");
    pty_send(p, "\t\x7f\x7f\x7f\x7f"
                "điện" CTRL_S);
    screen_must_say(p, "phần mềm · Mất điện");
    screen_quit(p);
}

static void the_reason_of_a_letter_is_read_before_it_is_judged(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư");
    STORE_RUN(&d->store, 0, "2026-11-18 10:00:00", "apologize", "261116-0001", "--reason=Chờ xác minh",
              "--until=20/11/2026");
    struct pty *p = paper_desk_open_newest(d, LATER);
    screen_must_say(p, "lý do: Chờ xác minh");
    pty_send(p, "y");
    screen_must_say(p, "Phiếu xin lỗi đã nêu lý do. Lãnh đạo ghi lý do đó có chính đáng hay không.");
    screen_must_say(p, "lý do: Chờ xác minh");
    pty_must_not_show(p, "Chưa nêu lý do");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Lãnh đạo xem xét"));
    pty_send(p, RIGHT);
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã ghi ý kiến lãnh đạo");
    screen_quit(p);
    MUST_PRINT(d, LATER, "Lý do chính đáng", "show", "261116-0001");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, paper_desk_setup, paper_desk_teardown)
    const struct CMUnitTest tests[] = {
        T(a_slip_is_printed_again_with_a_key),
        T(a_slip_without_paper_is_not_made_again),
        T(a_fee_that_changed_is_shown_before_it_is_taken),
        T(what_was_typed_of_the_fee_goes_with_the_procedure),
        T(what_is_owed_is_said_as_the_person_leaves),
        T(a_code_scanned_into_the_name_is_no_name),
        T(digits_and_letters_do_not_leave_a_form),
        T(late_ones_are_not_closed_in_passing),
        T(late_ones_without_a_reason_are_told),
        T(one_late_without_a_reason_is_told),
        T(a_reason_opens_at_what_was_said),
        T(the_reason_of_a_letter_is_read_before_it_is_judged),
    };
    return cmocka_run_group_tests_name("the screen: at the window", tests, NULL, NULL);
}
