/* The screen and the journal's noted end: compared when it opens, said in the morning view's first line until
 * it is accepted, noted when it opens, when the keys rest after a save and when it closes. */
#include "store/noted.h"
#include "tests/screen_store.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define EIGHT "2026-11-16 08:00:00"
#define NINE "2026-11-16 09:00:00"
#define TEN "2026-11-16 10:00:00"
#define BROKEN "NHẬT KÝ KHÔNG NỐI TIẾP bản đã xem 16/11/2026 "

#define OLDER "sổ đã bị thay bằng bản cũ hơn"
#define ADVICE "Ngừng ghi, báo quản trị viên, chạy motcua morning để xem cần làm gì"

enum {
    NOTED_BY = 5000,    /* ms */
    LOOK_AGAIN = 20000, /* microseconds */
    AT_ONCE = 500,      /* ms: well below what the screen takes for a rest */
    TRIES = 10
};

static void copy_data(const struct screen_store *s, char **bytes, size_t *n)
{
    char path[100];
    struct stat st;
    snprintf(path, sizeof path, "%s/data.mdb", s->path);
    int fd = open(path, O_RDONLY);
    assert_int_equal(fstat(fd, &st), 0);
    *n = (size_t)st.st_size;
    *bytes = malloc(*n + 1);
    assert_int_equal(read(fd, *bytes, *n), *n);
    close(fd);
}

static void put_data(const struct screen_store *s, char *bytes, size_t n)
{
    char path[100];
    snprintf(path, sizeof path, "%s/data.mdb", s->path);
    int fd = open(path, O_WRONLY | O_TRUNC);
    assert_int_equal(write(fd, bytes, n), n);
    close(fd);
    free(bytes);
}

/* Seen by the screen; then an older copy in its place. */
static void roll_back(const struct screen_store *s)
{
    char *old;
    size_t n;
    copy_data(s, &old, &n);
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    screen_quit(screen_open(s, NINE, 24, 80));
    put_data(s, old, n);
}

static void all_is_well(void **state)
{
    const struct screen_store *s = *state;
    for (int i = 0; i < 2; i++) {
        struct pty *p = screen_open(s, NINE, 24, 80);
        pty_must_not_show(p, "KHÔNG NỐI TIẾP");
        screen_quit(p);
        screen_store_receive(s, NINE, "Lê Văn Tám");
    }
}

static void an_older_copy_is_said_first(void **state)
{
    const struct screen_store *s = *state;
    roll_back(s);
    for (int i = 0; i < 2; i++) { /* every time */
        struct pty *p = screen_open(s, TEN, 24, 80);
        pty_must_show(p, BROKEN "09:00: sổ đã bị thay bằng bản cũ");
        screen_must_say(p, "09:00: " OLDER ". " ADVICE);
        int row = pty_row_of(p, BROKEN);
        assert_int_equal(row, 2); /* right under the title and the views */
        assert_true(pty_cell(p, row, 1).bold);
        assert_true(pty_cell(p, row, 1).colored);
        assert_true(pty_row_of(p, "Quá hạn") == pty_row_of(p, "để xem cần làm gì") + 1);
        pty_send(p, "2");
        pty_must_not_show(p, BROKEN);
        pty_send(p, "1");
        pty_must_show(p, BROKEN);
        screen_quit(p);
    }
}

static void it_fits_every_size_and_both_languages(void **state)
{
    const struct screen_store *s = *state;
    roll_back(s);
    static const char *const env[] = {"MOTCUA_LANG=vi", "MOTCUA_LANG=en"};
    static const char *const says[] = {
        BROKEN "09:00: " OLDER ". " ADVICE,
        "THE JOURNAL DOES NOT CONTINUE what was shown 2026-11-16 09:00: an older copy was put in its place. "
        "Stop writing, tell the administrator, run motcua morning to see what to do"};
    for (int i = 0; i < 2; i++) {
        struct pty_options o = {.store = s->path, .clock = TEN, .env = {env[i]}};
        struct pty *p = pty_start(&o);
        pty_wait(p);
        screen_must_say(p, says[i]);
        pty_resize(p, 18, 60);
        screen_must_say(p, says[i]);
        pty_resize(p, 50, 200);
        screen_must_say(p, says[i]);
        screen_quit(p);
    }
}

static void accepted_on_the_command_line(void **state)
{
    const struct screen_store *s = *state;
    roll_back(s);
    struct pty *p = screen_open(s, TEN, 24, 80);
    pty_must_show(p, BROKEN);
    pty_send(p, "u"); /* reads anew */
    pty_must_show(p, BROKEN);
    STORE_RUN(s, 0, TEN, "morning", "--accept");
    pty_send(p, "u");
    pty_must_not_show(p, BROKEN);
    screen_quit(p);
    p = screen_open(s, TEN, 24, 80);
    pty_must_not_show(p, BROKEN);
    screen_quit(p);
}

/* The command line and the screen note in the same place. */
static void commands_and_screen_agree(void **state)
{
    const struct screen_store *s = *state;
    char *old;
    size_t n;
    copy_data(s, &old, &n);
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    STORE_RUN(s, 0, EIGHT, "morning");
    put_data(s, old, n);
    STORE_RUN(s, 4, NINE, "morning");
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_must_show(p, BROKEN "08:00");
    screen_quit(p);
    STORE_RUN(s, 4, NINE, "morning"); /* the screen did not note what it warned of */
}

/* What was written while the screen was open is noted when it closes. */
static void noted_at_the_end_too(void **state)
{
    const struct screen_store *s = *state;
    char *old;
    size_t n;
    struct pty *p = screen_open(s, EIGHT, 24, 80);
    copy_data(s, &old, &n);
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Nguyễn Thị Hương");
    pty_send(p, "\x13");
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
    screen_quit(p);
    put_data(s, old, n);
    STORE_RUN(s, 4, NINE, "morning");
}

/* The screen with its notes where the test can look at them too, beside the store; the first note is there.
 */
static struct pty_options with_notes_beside(const struct screen_store *s, const char *clock)
{
    static char setting[120];
    snprintf(setting, sizeof setting, "XDG_STATE_HOME=%s.notes", s->path);
    assert_int_equal(setenv("XDG_STATE_HOME", strchr(setting, '=') + 1, 1), 0);
    return (struct pty_options){.store = s->path, .clock = clock, .env = {setting}};
}

static struct pty *open_noted(const struct pty_options *o)
{
    struct pty *p = pty_start(o);
    pty_wait(p);
    pty_send(p, "1"); /* it notes once it is drawn: the first key finds that done */
    return p;
}

static int64_t noted_number(const struct screen_store *s)
{
    struct noted noted;
    assert_true(noted_before(s->path, &noted));
    return (int64_t)noted.head.seq;
}

static int64_t milliseconds(void)
{
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &t), 0);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void type_a_dossier(struct pty *p)
{
    pty_send(p, "n");
    pty_send(p, "1.004873\r");
    pty_send(p, "Nguyễn Thị Hương");
}

static void save_it(struct pty *p)
{
    pty_send(p, "\x13");
    pty_must_show(p, "ĐÃ TIẾP NHẬN");
}

/* Nor is a screen needed that closes well: what was saved is noted as soon as the keys rest. */
static void noted_when_the_keys_rest(void **state)
{
    const struct screen_store *s = *state;
    struct pty_options o = with_notes_beside(s, EIGHT), later = with_notes_beside(s, NINE);
    char *old;
    size_t n;
    struct pty *p = open_noted(&o);
    int64_t before = noted_number(s);
    copy_data(s, &old, &n);
    type_a_dossier(p);
    save_it(p);
    for (int64_t end = milliseconds() + NOTED_BY; noted_number(s) == before; usleep(LOOK_AGAIN))
        if (milliseconds() > end)
            fail_msg("not noted in %d ms", NOTED_BY);
    kill(pty_pid(p), SIGKILL);
    pty_end(p);
    pty_free(p);
    put_data(s, old, n);
    later.args[0] = "morning";
    assert_int_equal(pty_command(&later, NULL), 4);
}

/* The disk is waited for once, for the save: the note's turn comes when nobody waits. Where a loaded machine
 * took so long that the keys may be said to have rested, nothing can be told, and it is tried again. */
static void a_save_does_not_wait_for_the_note(void **state)
{
    const struct screen_store *s = *state;
    struct pty_options o = with_notes_beside(s, EIGHT);
    bool told = false;
    for (int i = 0; i < TRIES && !told; i++) {
        struct pty *p = open_noted(&o);
        int64_t before = noted_number(s);
        type_a_dossier(p);
        int64_t sent = milliseconds();
        save_it(p);
        pty_send(p, "\033[B"); /* whatever follows the answer to the save is over when this is answered */
        int64_t number = noted_number(s);
        told = milliseconds() - sent < AT_ONCE;
        if (told)
            assert_int_equal(number, before);
        screen_quit(p);
        assert_true(noted_number(s) > before);
    }
    if (!told)
        skip();
}

/* Another chain of the same length is told from an older copy. */
static void an_altered_one_is_said_to_be(void **state)
{
    const struct screen_store *s = *state;
    char *old;
    size_t n;
    copy_data(s, &old, &n);
    screen_store_receive(s, EIGHT, "Lê Văn Tám");
    screen_quit(screen_open(s, NINE, 24, 80));
    put_data(s, old, n);
    screen_store_receive(s, EIGHT, "Lê Văn Chín");
    struct pty *p = screen_open(s, TEN, 24, 80);
    screen_must_say(p, BROKEN "09:00: sổ đã bị sửa hoặc thay ngoài motcua. " ADVICE);
    screen_quit(p);
}

/* The form that founds a store says that there was one, up to where, and how it comes back. */
static void a_lost_store_is_spoken_of_before_another_is_founded(void **state)
{
    const struct screen_store *s = *state;
    static const struct {
        int rows, columns;
    } sizes[] = {{18, 60}, {24, 80}, {40, 120}};
    char kept[120];
    screen_quit(screen_open(s, NINE, 24, 80));
    snprintf(kept, sizeof kept, "%s.kept", s->path);
    assert_int_equal(rename(s->path, kept), 0);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct pty *p = screen_open(s, TEN, sizes[i].rows, sizes[i].columns);
        pty_must_show(p, "Sổ từng ở đây, xem lần cuối ");
        screen_must_say(p, "mục nhật ký số");
        screen_must_say(p, "restore TỆP");
        pty_must_show(p, "Nhóm dùng chung");
        screen_quit(p);
    }
    assert_int_equal(rename(kept, s->path), 0);
}

/* No reason not to open: said in the last rows. */
static void what_cannot_be_noted_is_said(void **state)
{
    const struct screen_store *s = *state;
    struct pty_options o = {.store = s->path, .clock = NINE, .env = {"XDG_STATE_HOME=/dev/null"}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    if (!pty_shows(p, "Không ghi nhận"))
        pty_wait(p); /* painted again for the message */
    pty_must_show(p, "Không ghi nhận được mốc nhật ký");
    pty_must_show(p, "Đúng hạn trong năm");
    screen_quit(p);
}

int main(void)
{
#define ON_A_STORE(test) cmocka_unit_test_setup_teardown(test, screen_store_setup, screen_store_teardown)
    const struct CMUnitTest tests[] = {
        ON_A_STORE(all_is_well),
        ON_A_STORE(an_older_copy_is_said_first),
        ON_A_STORE(it_fits_every_size_and_both_languages),
        ON_A_STORE(accepted_on_the_command_line),
        ON_A_STORE(commands_and_screen_agree),
        ON_A_STORE(noted_at_the_end_too),
        ON_A_STORE(noted_when_the_keys_rest),
        ON_A_STORE(a_save_does_not_wait_for_the_note),
        ON_A_STORE(an_altered_one_is_said_to_be),
        ON_A_STORE(a_lost_store_is_spoken_of_before_another_is_founded),
        ON_A_STORE(what_cannot_be_noted_is_said),
    };
    return cmocka_run_group_tests_name("screen_noted", tests, NULL, NULL);
}
