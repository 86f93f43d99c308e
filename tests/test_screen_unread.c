/* The screen over a store that cannot be read: it says so on every page, and nowhere "none" or "0", which
 * would be taken for a quiet day. */
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:00:00"
#define DAY_BEFORE "2026-11-18 09:00:00" /* what is received today is due on */
#define UNREAD "CHƯA ĐỌC ĐƯỢC SỔ"
#define CTRL_S "\x13"

static void aside(const struct screen_store *s, bool back)
{
    char other[100];
    snprintf(other, sizeof other, "%s.aside", s->path);
    assert_int_equal(back ? rename(other, s->path) : rename(s->path, other), 0);
}

/* At its start the screen notes the journal's end, once it is drawn: the first key finds that done. */
static struct pty *open_at(const struct screen_store *s, const char *clock)
{
    struct pty *p = screen_open(s, clock, 24, 80);
    pty_send(p, "1");
    return p;
}

static struct pty *open_noted(const struct screen_store *s)
{
    return open_at(s, NINE);
}

/* No figures, no hint that there is nothing. */
static void must_be_unread(struct pty *p)
{
    static const char *const quiet[] = {
        "Không có hồ sơ nào", "Quá hạn 0",       "Chưa trả 0",
        "chỉ tiêu",           "0 hồ sơ",         "Chưa có hồ sơ",
        "Không có",           "0 ngày làm việc", "đã có lịch nghỉ chính",
        "Giờ làm việc: ,",    "Năm này chưa",    "chưa hồ sơ nào",
    };
    screen_must_say(p, UNREAD);
    for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
        if (screen_says(p, quiet[i]))
            fail_msg("\"%s\" is said:\n%s", quiet[i], pty_screen(p));
}

static void every_page_says_so(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, NINE, "Nguyễn Thị Hương");
    struct pty *p = open_noted(s);
    aside(s, false);
    static const char *const keys[] = {"u", "2", "1", "6", "p", "o", "s", "d", "1"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pty_send(p, keys[i]);
        must_be_unread(p);
        screen_must_say(p, "không có ở đây không có nghĩa là không có hồ sơ");
        screen_must_say(p, "Sổ dữ liệu /"); /* and why, once */
        pty_must_not_show(p, " trong khi đang mở; đóng motcua, kiểm tra thư mục rồi mở lại\n Enter");
    }
    pty_resize(p, 18, 60);
    must_be_unread(p);
    pty_resize(p, 24, 80);
    aside(s, true);
    pty_send(p, "1");
    pty_must_not_show(p, UNREAD);
    pty_must_show(p, "chỉ tiêu");
    pty_send(p, "2");
    pty_must_show(p, "1 hồ sơ");
    pty_must_show(p, "Nguyễn Thị Hương");
    screen_quit(p);
}

/* A page of a dossier that was read before does not go on showing what may no longer be so. */
static void so_does_a_dossier(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, NINE, "Nguyễn Thị Hương");
    struct pty *p = screen_open_newest(s, NINE);
    pty_must_show(p, "Nguyễn Thị Hương");
    aside(s, false);
    pty_send(p, "u");
    must_be_unread(p);
    pty_must_not_show(p, "Nguyễn Thị Hương");
    aside(s, true);
    pty_send(p, "e");
    pty_must_not_show(p, UNREAD);
    pty_must_show(p, "H42.26.21-261116-0001");
    aside(s, false);
    pty_send(p, "u");
    must_be_unread(p);
    aside(s, true);
    pty_send(p, "u");
    pty_must_not_show(p, UNREAD);
    screen_quit(p);
}

/* A form keeps what is typed, and its list of procedures does not say that none fits. */
static void a_form_stays_and_is_saved_later(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = open_noted(s);
    aside(s, false);
    pty_send(p, "n");
    must_be_unread(p);
    pty_send(p, "kết hôn");
    must_be_unread(p);
    pty_must_show(p, "kết hôn");
    pty_must_show(p, "chưa đọc được sổ");
    pty_send(p, "\r");
    must_be_unread(p);
    aside(s, true);
    pty_send(p, "\x15");
    pty_must_not_show(p, UNREAD);
    pty_send(p, "1.004873\r");
    pty_send(p, "Nguyễn Thị Hương\t0912345678");
    pty_must_show(p, "19/11/2026 17:00");
    aside(s, false);
    pty_send(p, CTRL_S);
    screen_must_say(p, "CHƯA LƯU: ");
    must_be_unread(p);
    pty_must_show(p, "Nguyễn Thị Hương");
    pty_must_show(p, "0912345678");
    pty_must_not_show(p, "ĐÃ TIẾP NHẬN");
    aside(s, true);
    pty_send(p, CTRL_S);
    pty_must_show(p, "ĐÃ TIẾP NHẬN  H42.26.21-261116-0001   Nguyễn Thị Hương");
    pty_must_not_show(p, UNREAD);
    screen_quit(p);
    STORE_RUN(s, 0, NINE, "verify");
}

/* What stands before the applicant's name, its length, wherever a record or row holds it, makes no sense any
 * more; the journal is damaged with them. */
static void break_records(const struct screen_store *s, const char *name)
{
    char path[100], *bytes;
    snprintf(path, sizeof path, "%s/data.mdb", s->path);
    FILE *f = fopen(path, "r+b");
    assert_non_null(f);
    assert_int_equal(fseek(f, 0, SEEK_END), 0);
    size_t n = (size_t)ftell(f), length = strlen(name), found = 0;
    bytes = malloc(n);
    rewind(f);
    assert_int_equal(fread(bytes, 1, n, f), n);
    for (size_t at = 8192; at + length <= n; at++)
        if (memcmp(bytes + at, name, length) == 0) {
            memset(bytes + at - 2, 0xFF, 2);
            found++;
        }
    assert_true(found > 0);
    rewind(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    free(bytes);
}

/* Half a list is no list. */
static void what_is_damaged_is_not_shown_in_part(void **state)
{
    const struct screen_store *s = *state;
    screen_store_receive(s, NINE, "Lê Văn Tám");
    screen_store_receive(s, NINE, "Nguyễn Thị Hương");
    struct pty *p = open_at(s, DAY_BEFORE); /* what is due later is counted, and need not be read */
    break_records(s, "Nguyễn Thị Hương");
    static const char *const keys[] = {"u", "2", "1"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        pty_send(p, keys[i]);
        must_be_unread(p);
        screen_must_say(p, "bị hỏng (");
        pty_must_not_show(p, "Lê Văn Tám");
        pty_send(p, "u"); /* looked at once more it is damaged still */
        must_be_unread(p);
    }
    screen_quit(p);
}

/* Nobody need press a key: it is looked for again each second. */
static void it_comes_back_by_itself(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = open_noted(s);
    aside(s, false);
    pty_send(p, "u");
    must_be_unread(p);
    aside(s, true);
    pty_wait(p);
    pty_must_not_show(p, UNREAD);
    pty_must_show(p, "chỉ tiêu");
    screen_quit(p);
}

int main(void)
{
#define ON_A_STORE(f) cmocka_unit_test_setup_teardown(f, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(every_page_says_so),
        ON_A_STORE(so_does_a_dossier),
        ON_A_STORE(a_form_stays_and_is_saved_later),
        ON_A_STORE(what_is_damaged_is_not_shown_in_part),
        ON_A_STORE(it_comes_back_by_itself),
    };
    return cmocka_run_group_tests_name("the screen, when the store cannot be read", tests, NULL, NULL);
}
