/* At the counter, on the screen: the fee that is taken or not, what is turned away with a slip, why something
 * is late and who had it then, and the steps of a procedure's process. */
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
#define DEL "\x7f"
#define UP "\033[A"
#define DOWN "\033[B"
#define LEFT "\033[D"
#define RIGHT "\033[C"
#define END "\033[F"
#define F2 "\033OQ"
#define F6 "\033[17~"
#define STAY "1.004194"  /* registering a stay: 3 working days, 10,000 VND */
#define BIRTH "1.004873" /* 3 working days, no fee */

static void send_times(struct pty *p, const char *key, int n)
{
    while (n-- > 0)
        pty_send(p, key);
}

/* What a command prints. */
static void must_print(struct desk *d, const char *clock, const char *const *words, const char *text)
{
    struct pty_options o = {.store = d->store.path, .clock = clock};
    struct buf out = BUF_INIT;
    for (size_t i = 0; words[i]; i++)
        o.args[i] = words[i];
    assert_int_equal(pty_command(&o, &out), 0);
    if (!out.p || !strstr(out.p, text))
        fail_msg("%s %s does not print %s:\n%s", words[0], words[1], text, out.p ? out.p : "");
    buf_release(&out);
}
#define MUST_PRINT(d, clock, text, ...)                                                                      \
    must_print((d), (clock), (const char *const[]){__VA_ARGS__, NULL}, (text))

/* Whoever runs the tests is an officer like any other; lan is in charge. */
static void become_officer(struct desk *d, const char *clock)
{
    char login[64];
    struct buf who = BUF_INIT;
    struct pty_options o = {.store = d->store.path, .clock = clock, .args = {"officer", "list", "--json"}};
    assert_int_equal(pty_command(&o, &who), 0);
    const char *line = strstr(who.p, "\"role\":\"admin\"");
    assert_non_null(line);
    while (line > who.p && line[-1] != '\n')
        line--;
    assert_int_equal(sscanf(line, "{\"login\":\"%63[^\"]", login), 1);
    buf_release(&who);
    STORE_RUN(&d->store, 0, clock, "officer", "put", "lan", "--name=Lê Thị Lan", "--role=admin");
    STORE_RUN(&d->store, 0, clock, "officer", "put", login, "--name=Nguyễn Văn An", "--role=officer");
}

/* ---- the fee, when a dossier is received ---- */

/* Chooses the procedure and types a name; the cursor is on the phone. */
static void begin_receipt(struct pty *p, const char *procedure, const char *name)
{
    pty_send(p, procedure);
    pty_send(p, "\r");
    pty_send(p, name);
    pty_send(p, "\t");
}

static void a_fee_is_ignored_taken_or_exempt(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, BIRTH, "Trần Văn Ba");
    pty_must_not_show(p, "Thu phí, lệ phí"); /* there is none */
    pty_send(p, CTRL_S);
    pty_must_show(p, "H42.26.21-261116-0001");

    begin_receipt(p, STAY, "Lê Thị Tư");
    pty_golden(p, "counter_receive_80x24");
    pty_send(p, CTRL_S); /* somebody in a hurry does not even look at it */
    pty_must_show(p, "H42.26.21-261116-0002");
    pty_must_not_show(p, "đã thu 10.000");

    begin_receipt(p, STAY, "Phạm Văn Năm");
    send_times(p, "\t", 4);
    pty_send(p, RIGHT);
    pty_send(p, "\tBL 0012");
    pty_must_show(p, "Số biên lai  BL 0012");
    pty_send(p, CTRL_S);
    pty_must_show(p, "đã thu 10.000 đồng"); /* said above the form of the next one */
    pty_must_not_show(p, "BL 0012");

    begin_receipt(p, STAY, "Võ Thị Sáu");
    send_times(p, "\t", 4);
    pty_send(p, LEFT); /* the last of the three */
    pty_send(p, CTRL_S);
    pty_must_show(p, "Ghi lý do miễn phí, lệ phí");
    pty_must_show(p, "Võ Thị Sáu"); /* nothing is lost */
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Lý do miễn"));
    pty_send(p, "Ngươ" DEL "ơ" DEL DEL "ười có công"); /* an input method */
    pty_send(p, CTRL_S);
    pty_must_show(p, "miễn phí, lệ phí");
    screen_quit(p);
    MUST_PRINT(d, NINE, "\"fee_paid\":0,\"fee_exempt\":false", "show", "261116-0002", "--json");
    MUST_PRINT(d, NINE, "\"fee_paid\":10000,", "show", "261116-0003", "--json");
    MUST_PRINT(d, NINE, "\"fee_exempt\":true", "show", "261116-0004", "--json");
    MUST_PRINT(d, NINE, "Người có công", "show", "261116-0004");
}

/* An amount typed counts instead of the catalogue's. */
static void an_amount_typed_is_what_is_owed(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 50, 200);
    pty_send(p, F2);
    begin_receipt(p, BIRTH, "Trần Văn Ba");
    pty_must_not_show(p, "chưa thu");
    send_times(p, "\t", 11);
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Số bộ"));
    pty_send(p, "\t25.000");
    pty_must_show(p, "(•) chưa thu");
    pty_must_show(p, "25.000 đồng");
    pty_send(p, CTRL_U "0");
    pty_must_not_show(p, "chưa thu");
    screen_must_end_well((pty_send(p, "\033"), pty_send(p, "c"), pty_push(p, "\033[21~", 5), p));
}

/* ---- and afterwards ---- */

static void a_fee_is_taken_and_given_back(void **state)
{
    struct desk *d = *state;
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư");
    struct pty *p = paper_desk_open_newest(d, NINE);
    pty_must_show(p, "10.000 đồng · chưa thu");
    pty_send(p, "l");
    pty_must_show(p, "Số tiền (đồng)* 10.000"); /* what is still owed */
    pty_golden(p, "counter_fee_80x24");
    pty_send(p, "\t" CTRL_U "tám nghìn" CTRL_S);
    pty_must_show(p, "Số tiền chỉ gồm chữ số");
    pty_must_show(p, "tám nghìn");
    pty_send(p, CTRL_U "8.000" CTRL_S);
    screen_must_say(p, "Đã ghi phí, lệ phí của hồ sơ");
    pty_must_show(p, "10.000 đồng · mới thu 8.000 đồng");

    pty_send(p, "l");
    pty_must_show(p, "Số tiền (đồng)* 2.000");
    pty_send(p, LEFT); /* given back */
    pty_send(p, "\t" CTRL_U "9000\t\tthu nhầm" CTRL_S);
    screen_must_say(p, "không hoàn lại nhiều hơn số đã thu");
    pty_must_show(p, "thu nhầm");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Số tiền"));
    pty_send(p, CTRL_U "8000" CTRL_S);
    pty_must_show(p, "10.000 đồng · chưa thu");
    pty_send(p, "l");
    pty_send(p, RIGHT);
    pty_must_not_show(p, "Số tiền");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Lý do: không được để trống");
    pty_send(p, "Hộ nghèo" CTRL_S);
    pty_must_show(p, "10.000 đồng · miễn");
    screen_quit(p);
}

/* ---- turned away ---- */

static void must_be_paper(struct desk *d, const char *name)
{
    char head[5] = "";
    struct stat st;
    char path[256];
    snprintf(path, sizeof path, "%s/%s", d->papers, name);
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("%s is not there", path);
    assert_int_equal(fread(head, 1, 4, f), 4);
    fclose(f);
    assert_string_equal(head, "%PDF");
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 077, 0);
}

static void what_lacks_papers_is_turned_away(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    pty_send(p, F6);
    pty_must_show(p, "Chọn thủ tục trước khi lưu");
    pty_send(p, STAY);
    pty_send(p, "\r");
    pty_send(p, F6);
    pty_must_show(p, "Chủ hồ sơ: không được để trống");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Chủ hồ sơ*"));
    pty_send(p, "Trần Văn Ba\t0912345678");
    pty_send(p, F6);
    pty_must_show(p, "Trần Văn Ba · 1.004194");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Nội dung cần bổ sung: không được để trống");
    pty_send(p, "Ba" DEL "ả" DEL "ản chính căn cước\tTờ khai có chữ ký\t");
    pty_golden(p, "counter_turn_away_80x24");
    pty_send(p, CTRL_S);
    screen_must_say(p, "KHÔNG TIẾP NHẬN phiếu 02/1/2026 Trần Văn Ba");
    screen_must_say(p, "turn-away-02-1-2026.pdf");
    pty_must_not_show(p, "0912345678"); /* the form is empty, for the next person */
    must_be_paper(d, "turn-away-02-1-2026.pdf");
    begin_receipt(p, STAY, "Lê Thị Tư");
    pty_must_show(p, "Vừa lập phiếu 02/1/2026   Trần Văn Ba");

    pty_send(p, F6);
    pty_send(p, RIGHT); /* refused: nothing to add, but a reason */
    pty_must_not_show(p, "Cần bổ sung*");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Lý do: không được để trống");
    pty_send(p, "Không thuộc thẩm quyền của xã" CTRL_S);
    pty_must_show(p, "phiếu 03/1/2026   Lê Thị Tư");
    must_be_paper(d, "turn-away-03-1-2026.pdf");
    screen_quit(p);
    MUST_PRINT(d, NINE, "Bản chính căn cước; Tờ khai có chữ ký", "turn-away", "list");
    MUST_PRINT(d, NINE, "\"dossiers\":0", "stat", "--json");
}

/* Leaving asks; what was typed below is still there. */
static void turning_away_can_be_left(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    pty_send(p, F2);
    begin_receipt(p, STAY, "Trần Văn Ba");
    pty_send(p, F6);
    pty_send(p, "\tĐơn");
    pty_send(p, ESC);
    pty_must_show(p, "Bỏ những gì đã nhập?");
    pty_send(p, "k");
    pty_must_show(p, "Đơn");
    pty_send(p, ESC);
    pty_send(p, "c");
    pty_must_show(p, "Chủ hồ sơ* Trần Văn Ba");
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0001");
    screen_quit(p);
}

/* ---- why it is late ---- */

static void receive_late(struct desk *d)
{
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư");
    STORE_RUN(&d->store, 0, NINE, "transfer", "261116-0001", "--to", "nam");
}

static void an_officer_says_why(void **state)
{
    struct desk *d = *state;
    receive_late(d);
    become_officer(d, "2026-11-16 10:00:00");
    struct pty *p = paper_desk_open_newest(d, "2026-11-19 10:00:00");
    pty_send(p, "y"); /* due today: not late yet */
    screen_must_say(p, "chỉ nêu lý do trễ hạn cho hồ sơ đã quá hạn quy định");
    screen_quit(p);
    p = paper_desk_open_newest(d, LATER);
    pty_must_show(p, "Trễ do           nam (Trần Văn Nam) · Phòng Kinh tế");
    pty_must_show(p, "chưa nêu, chưa có phiếu xin lỗi");
    pty_send(p, "y");
    pty_must_not_show(p, "Lãnh đạo xem xét"); /* not this person's to say */
    pty_send(p, CTRL_S);
    screen_must_say(p, "không được để trống");
    send_times(p, RIGHT, 2);
    pty_must_show(p, "‹ Chờ cơ quan, đơn vị khác ›  3/9");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Lý do: không được để trống");
    pty_send(p, "Chờ Công an xác minh");
    pty_golden(p, "counter_late_reason_80x24");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã ghi lý do trễ hạn");
    screen_must_say(p, "Chờ cơ quan, đơn vị khác · Chờ Công an xác minh");
    pty_must_not_show(p, "chưa nêu");
    screen_quit(p);
}

static void a_chief_judges_the_reason(void **state)
{
    struct desk *d = *state;
    receive_late(d);
    struct pty *p = paper_desk_open_newest(d, LATER); /* an admin */
    pty_send(p, "y");
    pty_send(p, "\t\t");
    pty_send(p, LEFT);
    pty_must_show(p, "‹ Không có lý do chính đáng ›");
    pty_send(p, CTRL_S); /* of what? */
    screen_must_say(p, "chưa có lý do trễ hạn để xem xét; chọn loại lý do và ghi lý do trước");
    pty_must_not_show(p, "--category");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Loại lý do trễ"));
    pty_send(p, LEFT);
    pty_must_show(p, "‹ Lý do khác ›");
    pty_send(p, "\tQuên" CTRL_S);
    pty_must_show(p, "Lãnh đạo xét     Không có lý do chính đáng");
    pty_send(p, "y"); /* what was said is told while a word on it is typed */
    pty_must_show(p, "Lý do khác · Quên");
    screen_quit(p);
}

/* One save, two entries; taking back the result leaves the reason. */
static void the_reason_is_asked_for_with_the_result(void **state)
{
    struct desk *d = *state;
    receive_late(d);
    struct pty *p = paper_desk_open_newest(d, LATER);
    pty_send(p, "r");
    pty_must_show(p, "Lý do trễ hạn");
    pty_send(p, "12/TT\t\t\tMất điện");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chọn loại lý do trễ hạn");
    pty_must_show(p, "12/TT");
    assert_int_equal(pty_row_of(p, ">"), pty_row_of(p, "Loại lý do trễ"));
    send_times(p, RIGHT, 4);
    pty_send(p, "\t\t18/11 9:00"); /* then it was in time, and there is nothing to explain */
    pty_send(p, CTRL_S);
    screen_must_say(p, "không trễ hạn");
    pty_must_show(p, "Mất điện");
    pty_must_show(p, "18/11 9:00");
    pty_send(p, "\t\t" CTRL_U CTRL_S);
    screen_must_say(p, "đã có kết quả");
    screen_must_say(p, "Mất điện, lỗi mạng hoặc phần mềm · Mất điện");
    pty_send(p, "z");
    pty_send(p, "nhầm" CTRL_S);
    pty_must_show(p, "Quá hạn 2 ngày");
    pty_must_show(p, "phần mềm · Mất điện");
    pty_send(p, "r"); /* it was said: not asked again */
    pty_must_not_show(p, "Loại lý do trễ");
    screen_quit(p);
}

static void the_reason_is_optional_and_asked_for_with_a_refusal(void **state)
{
    struct desk *d = *state;
    receive_late(d);
    struct pty *p = paper_desk_open_newest(d, LATER);
    pty_send(p, "f");
    pty_send(p, "Không đủ điều kiện\t");
    pty_send(p, RIGHT);
    pty_send(p, CTRL_S);
    pty_must_show(p, "Ghi lý do trễ hạn, hoặc chọn");
    pty_must_show(p, "Không đủ điều kiện");
    pty_send(p, UP);
    pty_send(p, LEFT);
    pty_send(p, CTRL_S);
    screen_must_say(p, "Từ chối");
    pty_must_show(p, "chưa nêu, chưa có phiếu xin lỗi");
    screen_quit(p);
    MUST_PRINT(d, LATER, "\"ended_how\":\"refused\"", "show", "261116-0001", "--json");
}

/* In time, or with its letter, nobody is asked. */
static void nobody_is_asked_without_need(void **state)
{
    struct desk *d = *state;
    receive_late(d);
    struct pty *p = paper_desk_open_newest(d, "2026-11-18 09:00:00");
    pty_send(p, "r");
    pty_must_not_show(p, "Loại lý do trễ");
    screen_quit(p);
    STORE_RUN(&d->store, 0, "2026-11-18 10:00:00", "apologize", "261116-0001", "--reason=Bận",
              "--until=20/11/2026");
    p = paper_desk_open_newest(d, LATER);
    pty_send(p, "r");
    pty_must_not_show(p, "Loại lý do trễ");
    screen_quit(p);
}

/* ---- steps and stages ---- */

static void put_steps(struct desk *d)
{
    STORE_RUN(&d->store, 0, "2026-11-16 07:45:00", "procedure", "steps", STAY, "--step",
              "Tiếp nhận; officer; 0.5 working_days", "--step", "Thẩm định; specialist; 1.5 working_days",
              "--step", "Ký duyệt; chief; 0.5 working_days");
}

static void it_is_told_who_had_it(void **state)
{
    struct desk *d = *state;
    put_steps(d);
    STORE_RUN(&d->store, 0, EIGHT, "receive", "--procedure", STAY, "--applicant", "Lê Thị Tư", "--take-fee");
    struct pty *p = paper_desk_open_newest(d, NINE);
    pty_must_show(p, "Bước xử lý       Tiếp nhận · hạn 16/11/2026 14:00");
    pty_must_show(p, "số 1 trong sổ 2026");
    pty_send(p, "t");
    pty_send(p, "nam");
    pty_send(p, "\r");
    pty_must_show(p, "Bước xử lý  Thẩm định"); /* where it would go, and until when */
    pty_must_show(p, "17/11/2026 15:00");
    pty_send(p, CTRL_S);
    screen_quit(p);
    STORE_RUN(&d->store, 0, "2026-11-18 10:00:00", "transfer", "261116-0001", "--to", "lan");
    p = paper_desk_open_newest(d, LATER);
    pty_golden(p, "counter_dossier_80x24");
    pty_resize(p, 50, 200);
    pty_golden(p, "counter_dossier_200x50");
    screen_quit(p);
}

static void open_steps(struct pty *p)
{
    pty_send(p, "6");
    pty_send(p, "/");
    pty_send(p, STAY "\t");
    pty_send(p, "b");
}

static void steps_are_put_mended_and_taken_away(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    open_steps(p);
    pty_must_show(p, "Quy trình nội bộ");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa sửa ô nào");
    pty_send(p, "Tiếp nhận\t");
    pty_send(p, RIGHT);
    pty_send(p, "\tnửa ngày" CTRL_S);
    screen_must_say(p, "Chưa hiểu thời hạn");
    pty_must_show(p, "nửa ngày");
    pty_send(p, CTRL_U "0,5 ngày");
    screen_must_say(p, "“ngày” là ngày theo lịch");
    pty_send(p, CTRL_U "0,5 ngày làm việc\tTHẨM định\t");
    send_times(p, RIGHT, 2);
    pty_send(p, "\t4 ngày làm việc");
    pty_must_show(p, "Cộng các bước: 4,5 ngày làm việc · thời hạn của thủ tục: 3 ngày làm việc");
    pty_send(p, CTRL_S);
    screen_must_say(p, "cộng lại dài hơn thời hạn giải quyết 3 ngày làm việc");
    pty_must_show(p, "4 ngày làm việc");
    pty_send(p, CTRL_U "16 giờ\tThẩm Định" CTRL_S);
    screen_must_say(p, "Thẩm Định");
    pty_must_show(p, "16 giờ"); /* a name twice: refused, nothing lost */
    pty_send(p, CTRL_U "Trả kết quả");
    pty_golden(p, "counter_steps_80x24");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã lưu quy trình nội bộ của 1.004194: 3 bước");
    screen_must_say(p, "Tiếp nhận (0,5 ngày làm việc) → THẨM định (16 giờ làm việc) → Trả kết quả");

    pty_send(p, "b"); /* the one in the middle goes */
    send_times(p, "\t", 3);
    pty_send(p, CTRL_U);
    pty_must_show(p, "Bước xử lý 3");
    pty_send(p, CTRL_S);
    screen_must_say(p, "2 bước");
    screen_must_say(p, "Tiếp nhận (0,5 ngày làm việc) → Trả kết quả");
    pty_send(p, "b");
    pty_send(p, CTRL_U);
    pty_send(p, DOWN);
    pty_send(p, CTRL_U CTRL_S);
    screen_must_say(p, "1.004194 không còn quy trình riêng");
    pty_must_show(p, "Quy trình nội bộ: chưa có (bấm b để đặt)");
    screen_quit(p);
}

static void somebody_else_changes_the_steps(void **state)
{
    struct desk *d = *state;
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    open_steps(p);
    pty_send(p, "Tiếp nhận");
    put_steps(d);
    pty_send(p, CTRL_S);
    screen_must_say(p, "Người khác vừa sửa quy trình này");
    pty_must_show(p, "Bước xử lý 1  Tiếp nhận");
    pty_send(p, CTRL_S);
    screen_must_say(p, "Đã lưu quy trình nội bộ của 1.004194: 1 bước");
    screen_quit(p);
}

static void an_officer_may_not_change_the_steps(void **state)
{
    struct desk *d = *state;
    become_officer(d, EIGHT);
    struct pty *p = paper_desk_open(d, NINE, 24, 80);
    open_steps(p);
    pty_must_not_show(p, "Bước xử lý 1");
    screen_must_say(p, "không có quyền sửa danh mục thủ tục");
    screen_quit(p);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, paper_desk_setup, paper_desk_teardown)
    const struct CMUnitTest tests[] = {
        T(a_fee_is_ignored_taken_or_exempt),
        T(an_amount_typed_is_what_is_owed),
        T(a_fee_is_taken_and_given_back),
        T(what_lacks_papers_is_turned_away),
        T(turning_away_can_be_left),
        T(an_officer_says_why),
        T(a_chief_judges_the_reason),
        T(the_reason_is_asked_for_with_the_result),
        T(the_reason_is_optional_and_asked_for_with_a_refusal),
        T(nobody_is_asked_without_need),
        T(it_is_told_who_had_it),
        T(steps_are_put_mended_and_taken_away),
        T(somebody_else_changes_the_steps),
        T(an_officer_may_not_change_the_steps),
    };
    return cmocka_run_group_tests_name("the screen: at the counter", tests, NULL, NULL);
}
