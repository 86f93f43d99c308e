/* Keys that come in the middle of a search. Spans run a hundred thousand times as fast here, so that a slice
 * of the search is one step, and every step is painted: what is typed then comes long before it is over. */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define AT "2026-11-16 09:00:00"
#define ESC "\033"

static int set_up(void **state)
{
    static struct screen_store s;
    screen_store_demo(&s, "3000");
    screen_store_receive(&s, AT, "Phạm Ayzuk");
    *state = &s;
    return 0;
}

/* The field is open, "y" typed in it, and something of what that finds, in many names, is on the screen. */
static struct pty *search_for_y(const struct screen_store *s)
{
    struct pty_options o = {.store = s->path, .clock = AT, .env = {"CLOCK_HURRIES=100000"}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    pty_send(p, "/");
    unsigned marks = pty_marks(p);
    pty_push(p, "y", 1);
    pty_wait_painted(p, 2);
    assert_int_equal(pty_marks(p), marks); /* it is not over */
    return p;
}

static void another_letter_is_another_search(void **state)
{
    struct pty *p = search_for_y(*state);
    unsigned marks = pty_marks(p);
    pty_send(p, "z");
    assert_int_equal(pty_marks(p), marks + 1); /* the first search never came to its end */
    pty_must_show(p, "Tìm yz");
    pty_must_show(p, "Ayzuk");
    pty_must_show(p, " 1 hồ sơ");
    pty_must_not_show(p, "Nguyễn");
    pty_send(p, ESC "[B"); /* and nothing of it comes afterwards */
    pty_must_show(p, "Ayzuk");
    pty_must_show(p, " 1 hồ sơ");
    pty_must_not_show(p, "Nguyễn");
    screen_quit(p);
}

static void what_is_found_so_far_stands_there(void **state)
{
    struct pty *p = search_for_y(*state);
    for (int i = 0; i < 1000 && !pty_shows(p, "Ayzuk"); i++)
        pty_wait_some(p);
    pty_must_show(p, "Ayzuk");
    pty_must_show(p, "đang tìm");
    screen_quit(p);
}

static void escape_gives_it_up(void **state)
{
    struct pty *p = search_for_y(*state);
    pty_send(p, ESC);
    pty_must_not_show(p, "đang tìm");
    pty_must_show(p, "3001 hồ sơ");
    screen_quit(p);
}

static void enter_opens_what_is_first(void **state)
{
    struct pty *p = search_for_y(*state);
    pty_send(p, "\r");
    pty_must_show(p, "Phạm Ayzuk");
    pty_must_not_show(p, "đang tìm");
    screen_quit(p);
}

static void another_page_is_another_page(void **state)
{
    struct pty *p = search_for_y(*state);
    pty_send(p, ESC "OQ"); /* F2: the receive form */
    pty_must_show(p, "Thủ tục* gõ vài chữ");
    pty_must_not_show(p, "đang tìm");
    screen_quit(p);
}

static void it_can_be_left(void **state)
{
    screen_quit(search_for_y(*state));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_letter_is_another_search),
        cmocka_unit_test(what_is_found_so_far_stands_there),
        cmocka_unit_test(escape_gives_it_up),
        cmocka_unit_test(enter_opens_what_is_first),
        cmocka_unit_test(another_page_is_another_page),
        cmocka_unit_test(it_can_be_left),
    };
    return cmocka_run_group_tests_name("screen_search", tests, set_up, screen_store_teardown);
}
