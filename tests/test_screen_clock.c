/* The screen on a machine whose clock has jumped ahead and come back: what was typed stays until it can be
 * saved, and what the wrong clock has left is told and mended with keys. */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:00:00"
#define TEN "2026-11-16 10:00:00"
#define FUTURE "2038-01-15 09:00:00"
#define CTRL_S "\x13"

static void accept_clock(const struct screen_store *s, const char *clock)
{
    STORE_RUN(s, 0, clock, "clock", "accept", "--reason", "Pin đồng hồ hỏng");
}

static void what_was_typed_waits_for_the_clock(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, FUTURE, "Trần Văn Ba");
    struct pty *p = screen_open(s, TEN, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Lê Văn Tám\t0912345678");
    pty_send(p, CTRL_S);
    screen_must_say(p, "đồng hồ máy (16/11/2026 10:00) chậm hơn lần ghi gần nhất (15/01/2038 09:00)");
    screen_must_say(p, "nhờ quản trị viên chạy motcua clock accept");
    pty_must_show(p, "Lê Văn Tám");
    pty_must_show(p, "0912345678");
    accept_clock(s, TEN); /* meanwhile, elsewhere */
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0001   Lê Văn Tám");
    screen_quit(p);
}

static void the_future_is_told_and_mended(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, FUTURE, "Trần Văn Ba");
    accept_clock(s, TEN);
    struct pty *p = screen_open_newest(s, TEN);
    pty_must_show(p, "H42.26.21-380115-0001");
    screen_must_say(p, "giờ tiếp nhận chưa đến");
    pty_send(p, "\033[6~"); /* further down */
    screen_must_say(p, "đồng hồ khi đó chạy sai, thực ra ghi trước 16/11/2026 10:00");
    pty_send(p, "r");
    screen_must_say(p, "ghi tiếp nhận lúc 15/01/2038 09:00, sau giờ hiện nay");
    screen_must_say(p, "lãnh đạo bấm c để đính chính");
    STORE_RUN(s, 0, TEN, "correct", "380115-0001", "--reason", "Đồng hồ sai", "received_at=2026-11-16T09:10");
    pty_send(p, "r");
    pty_send(p, CTRL_S);
    pty_send(p, "\033[H");
    pty_must_show(p, "Trước hạn, chưa trả");
    screen_quit(p);
}

static void an_act_of_the_future_is_taken_back_first(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, NINE, "Trần Văn Ba");
    STORE_RUN(s, 0, FUTURE, "resolve", "261116-0001");
    accept_clock(s, TEN);
    struct pty *p = screen_open(s, TEN, 24, 80);
    pty_send(p, "/");
    pty_send(p, "ba");
    pty_send(p, "\r");
    pty_must_show(p, "H42.26.21-261116-0001");
    pty_send(p, "g");
    screen_must_say(p, "có việc ghi là đã làm lúc 15/01/2038 09:00, sau giờ hiện nay");
    screen_must_say(p, "lãnh đạo bấm z để hủy thao tác đó");
    pty_send(p, "z");
    pty_send(p, "Ghi khi đồng hồ sai");
    pty_send(p, CTRL_S);
    pty_must_show(p, "Chưa đến hạn");
    pty_must_not_show(p, "15/01/2038 09:00  Trễ hạn");
    screen_quit(p);
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        T(what_was_typed_waits_for_the_clock),
        T(the_future_is_told_and_mended),
        T(an_act_of_the_future_is_taken_back_first),
    };
    return cmocka_run_group_tests_name("the screen, when the clock jumps", tests, NULL, NULL);
}
