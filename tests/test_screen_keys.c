/* Any keys in any order: the screen stays up, answers every one of them, and always quits cleanly. */
#include "tests/random.h"
#include "tests/screen_store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#define ESC "\033"

/* clang-format off */
static const char *const keys[] = {
    "1", "2", "6", "6", "o", "p", "d", "s", "x", "h", "l", "+", "n", "/", "u", "?", "t", "a", "r", "g", "f", "e", "j", "k", "c", "y", " ", "\r", "\r", "\r", "\t", ESC, ESC,
    "s", "m", "w", "b", "z", "v", "d", "h", " ", "*", ESC "OS",
    ESC "[Z", ESC "[A", ESC "[B", ESC "OA", ESC "[C", ESC "[D", ESC "[H", ESC "[F", ESC "[5~", ESC "[6~", ESC "[3~",
    ESC "OP", ESC "OQ", ESC "OR", "\x7f", "\x08", "\x13", "\x17", "\x15", "\x01", "\x0b", "\x05",
    "ắ", "Đ", "作", "e\xCC\x82\xCC\x81", "\xE1", "\x80", "khai sinh", "25/11", "3 ngày", "0912", "%s%n", "--",
    "H42.99.99", "0001\r", ESC "[200~dán\nvào" ESC "[201~",
    ESC "[<0;20;8M", ESC "[<64;20;8M", ESC "[<65;20;8M", ESC "[1;9Z",
};
/* clang-format on */
#define KEYS (sizeof keys / sizeof *keys)

/* The frame is whole: the office above, the keys below, the cursor inside. */
static void must_be_sound(struct pty *p, int rows, int columns)
{
    assert_true(pty_alternate(p));
    if (rows < 18 || columns < 60)
        return;
    pty_must_show(p, "SỔ DÙNG THỬ");
    assert_int_equal(pty_row_of(p, "SỔ DÙNG THỬ"), 0);
    assert_true(pty_cursor_row(p) < rows && pty_cursor_column(p) < columns);
    const char *screen = pty_screen(p), *last = strrchr(screen, '\n');
    assert_non_null(last);
    int lines = 0;
    for (const char *c = screen; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, rows); /* the last row is never empty: it names keys */
}

static void press_at_random(const struct screen_store *s, uint64_t seed, int turns)
{
    struct random r = {seed};
    int rows = 24, columns = 80;
    struct pty_options o = {.store = s->path, .clock = "2026-11-16 09:00:00"};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    for (int i = 0; i < turns; i++) {
        char burst[512] = "";
        for (int64_t n = random_in(&r, 1, 5); n > 0; n--)
            strcat(burst, keys[random_in(&r, 0, KEYS - 1)]);
        pty_send(p, burst);
        if (random_in(&r, 0, 30) == 0) {
            rows = (int)random_in(&r, 5, 60);
            columns = (int)random_in(&r, 20, 220);
            pty_resize(p, rows, columns);
        }
        must_be_sound(p, rows, columns);
    }
    pty_resize(p, 24, 80);
    if (pty_shows(p, "[k] Không"))
        pty_send(p, "k");
    for (int i = 0; i < 40; i++) { /* back to the first page; what was typed is asked about, and dropped */
        pty_send(p, ESC);
        if (pty_shows(p, "[c] Có"))
            pty_send(p, "c");
    }
    pty_push(p, ESC "[21~", 5); /* F10 */
    int status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_false(pty_alternate(p));
    assert_true(pty_cursor_shown(p));
    pty_free(p);
}

static void any_keys_leave_it_standing(void **state)
{
    (void)state;
    struct screen_store s;
    screen_store_demo(&s, "80");
    int runs = getenv("MOTCUA_QUICK") ? 2 : 6;
    for (int i = 1; i <= runs; i++)
        press_at_random(&s, (uint64_t)i * 1000003, 120);
    STORE_RUN(&s, 0, "2026-11-16 09:10:00", "stat");
    screen_store_drop(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_keys_leave_it_standing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
