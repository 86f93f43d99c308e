#include "tests/screen_store.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void make_folder(struct screen_store *s)
{
    strcpy(s->path, "/tmp/motcua-screen-XXXXXX");
    assert_non_null(mkdtemp(s->path));
    strcat(s->path, "/s");
}

void screen_store_run(const struct screen_store *s, int status, const char *clock, const char *const *words)
{
    struct pty_options o = {.store = s->path, .clock = clock};
    struct buf out = BUF_INIT;
    size_t n = 0;
    while (words[n] && n < sizeof o.args / sizeof *o.args - 1) {
        o.args[n] = words[n];
        n++;
    }
    int got = pty_command(&o, &out);
    if (got != status)
        fail_msg("motcua %s: status %d, not %d\n%s", words[0], got, status, out.p ? out.p : "");
    buf_release(&out);
}

void screen_store_make(struct screen_store *s)
{
    make_folder(s);
    STORE_RUN(s, 0, "2026-11-16 07:30:00", "init", "--office", "UBND xã Tơ Tung", "--agency", "H42.26.21");
    STORE_RUN(s, 0, "2026-11-16 07:31:00", "officer", "put", "nam", "--name=Trần Văn Nam",
              "--role=specialist", "--unit=Phòng Kinh tế");
    STORE_RUN(s, 0, "2026-11-16 07:32:00", "officer", "put", "lan", "--name=Lê Thị Lan", "--role=chief");
}

void screen_store_demo(struct screen_store *s, const char *dossiers)
{
    make_folder(s);
    STORE_RUN(s, 0, "2026-11-16 07:30:00", "demo", "--dossiers", dossiers, "--until", "2026-11-16");
}

static int remove_entry(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st, (void)flag, (void)ftw;
    return remove(path);
}

void screen_store_drop(struct screen_store *s)
{
    char folder[64];
    strcpy(folder, s->path);
    *strrchr(folder, '/') = '\0';
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

void screen_store_receive(const struct screen_store *s, const char *clock, const char *applicant)
{
    STORE_RUN(s, 0, clock, "receive", "--procedure", "1.004873", "--applicant", applicant);
}

void screen_store_head(const struct screen_store *s, const char *clock, struct buf *out)
{
    struct pty_options o = {.store = s->path, .clock = clock, .args = {"stat", "--json"}};
    assert_int_equal(pty_command(&o, out), 0);
}

int screen_store_setup(void **state)
{
    static struct screen_store s;
    screen_store_make(&s);
    *state = &s;
    return 0;
}

int screen_store_teardown(void **state)
{
    screen_store_drop(*state);
    return 0;
}

/* ---- the screen on it ---- */

struct pty *screen_open(const struct screen_store *s, const char *clock, int rows, int columns)
{
    struct pty_options o = {.store = s->path, .clock = clock, .rows = rows, .columns = columns};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    return p;
}

struct pty *screen_open_newest(const struct screen_store *s, const char *clock)
{
    struct pty *p = screen_open(s, clock, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    return p;
}

bool screen_says(struct pty *p, const char *text)
{
    struct buf flat = BUF_INIT;
    for (const char *c = pty_screen(p); *c; c++)
        if (*c != '\n' && *c != ' ')
            buf_add_char(&flat, *c);
        else if (flat.n && flat.p[flat.n - 1] != ' ')
            buf_add_char(&flat, ' ');
    bool found = flat.p && strstr(flat.p, text);
    buf_release(&flat);
    return found;
}

void screen_must_say(struct pty *p, const char *text)
{
    if (!screen_says(p, text))
        fail_msg("\"%s\" is not said on the screen:\n%s", text, pty_screen(p));
}

/* What the program said last of the cursor. The emulator's own word does not do here: leaving the other
 * screen, it brings back the cursor as it was at any earlier DECSC, hidden or not, which no terminal does. */
bool screen_cursor_was_shown(const struct pty *p)
{
    static const char show[] = "\033[?25h", hide[] = "\033[?25l";
    struct str out = pty_output(p);
    size_t n = sizeof show - 1;
    for (size_t at = out.n; at-- > 0;) {
        if (at + n > out.n)
            continue;
        if (memcmp(out.p + at, show, n) == 0)
            return true;
        if (memcmp(out.p + at, hide, n) == 0)
            return false;
    }
    return true;
}

void screen_must_end_well(struct pty *p)
{
    int status = pty_end(p);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_false(pty_alternate(p));
    assert_true(screen_cursor_was_shown(p));
    pty_free(p);
}

void screen_quit(struct pty *p)
{
    pty_push(p, "\033[21~", 5); /* F10 */
    screen_must_end_well(p);
}
