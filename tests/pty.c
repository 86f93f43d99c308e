#include "tests/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PATIENCE 10000 /* ms: a mark that has not come by then does not come */

struct pty {
    pid_t pid;
    int fd;
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    bool alternate, cursor_shown;
    unsigned marks; /* the number of the last one seen */
    unsigned keys;  /* after so many was last painted */
    char mark[32];  /* one being read */
    size_t mark_n;
    struct buf text, output;
    bool ended;
    int status;
};

/* ---- starting ---- */

static const char *program(void)
{
    const char *p = getenv("MOTCUA");
    return p ? p : "build/motcua";
}

/* tests/tools/clock.c, built beside the program. */
static const char *clock_library(void)
{
    static char path[4096];
    const char *p = program(), *slash = strrchr(p, '/');
    snprintf(path, sizeof path, "%.*s/tests/clock.so", slash ? (int)(slash - p) : 1, slash ? p : ".");
    if (access(path, R_OK) != 0)
        fail_msg("%s is missing: make programs builds it", path);
    return path;
}

/* "2026-11-16 09:00:00" in Vietnam, as seconds since 1970. */
static long long vietnamese_seconds(const char *text)
{
    struct tm tm = {0};
    if (!strptime(text, "%Y-%m-%d %H:%M:%S", &tm))
        fail_msg("no time: %s", text);
    return (long long)timegm(&tm) - 7 * 3600;
}

static const char *home(void)
{
    static char path[] = "/tmp/motcua-home-XXXXXX";
    static bool made;
    if (!made)
        made = mkdtemp(path) != NULL;
    return path;
}

static void add_env(char **env, size_t *n, const char *name, const char *value)
{
    size_t size = strlen(name) + strlen(value) + 2;
    char *entry = malloc(size);
    snprintf(entry, size, "%s=%s", name, value);
    env[(*n)++] = entry;
    env[*n] = NULL;
}

/* An option's NAME=VALUE wins over the same name set before; NAME alone takes it away. */
static void override_env(char **env, size_t *n, const char *entry)
{
    const char *equals = strchr(entry, '=');
    size_t name = equals ? (size_t)(equals - entry) : strlen(entry);
    size_t at = 0;
    while (at < *n && !(strncmp(env[at], entry, name) == 0 && env[at][name] == '='))
        at++;
    if (at < *n) {
        free(env[at]);
        env[at] = env[--*n];
    }
    if (equals)
        env[(*n)++] = strdup(entry);
    env[*n] = NULL;
}

static char **environment(const struct pty_options *o)
{
    char **env = calloc(PTY_ENV + 20, sizeof *env);
    size_t n = 0;
    add_env(env, &n, "HOME", home());
    add_env(env, &n, "PATH", "/usr/bin:/bin");
    add_env(env, &n, "TZ", "Asia/Ho_Chi_Minh");
    add_env(env, &n, "LC_ALL", "C.UTF-8");
    add_env(env, &n, "TERM", "xterm-256color");
    add_env(env, &n, "MOTCUA_TEST_SYNC", "1");
    add_env(env, &n, "MOTCUA_LANG", "vi");
    add_env(env, &n, "ASAN_OPTIONS", "verify_asan_link_order=0:detect_leaks=0");
    if (o->clock) {
        char at[64];
        snprintf(at, sizeof at, "%lld", vietnamese_seconds(o->clock));
        add_env(env, &n, "CLOCK_STARTS", at);
        add_env(env, &n, "LD_PRELOAD", clock_library());
    }
    for (size_t i = 0; i < PTY_ENV && o->env[i]; i++)
        override_env(env, &n, o->env[i]);
    return env;
}

static void run_program(const struct pty_options *o, char **env)
{
    const char *argv[20] = {program()};
    size_t n = 1;
    if (o->store) {
        argv[n++] = "-s";
        argv[n++] = o->store;
    }
    for (size_t i = 0; i < sizeof o->args / sizeof *o->args && o->args[i]; i++)
        argv[n++] = o->args[i];
    execve(program(), (char *const *)(void *)argv, env);
    perror(program());
    _exit(127);
}

static void free_environment(char **env)
{
    for (size_t i = 0; env[i]; i++)
        free(env[i]);
    free(env);
}

/* ---- the emulator ---- */

static int on_property(VTermProp prop, VTermValue *value, void *user)
{
    struct pty *p = user;
    if (prop == VTERM_PROP_ALTSCREEN)
        p->alternate = value->boolean;
    if (prop == VTERM_PROP_CURSORVISIBLE)
        p->cursor_shown = value->boolean;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property};

static void make_emulator(struct pty *p)
{
    p->vterm = vterm_new(p->rows, p->columns);
    vterm_set_utf8(p->vterm, 1);
    p->screen = vterm_obtain_screen(p->vterm);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_reset(p->screen, 1);
}

struct pty *pty_start(const struct pty_options *o)
{
    struct pty *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->rows = o->rows ? o->rows : 24;
    p->columns = o->columns ? o->columns : 80;
    p->cursor_shown = true;
    make_emulator(p);
    char **env = environment(o);
    struct winsize size = {.ws_row = (unsigned short)p->rows, .ws_col = (unsigned short)p->columns};
    p->pid = forkpty(&p->fd, NULL, NULL, &size);
    assert_true(p->pid >= 0);
    if (p->pid == 0)
        run_program(o, env);
    free_environment(env);
    return p;
}

int pty_command(const struct pty_options *o, struct buf *out)
{
    int ends[2], status;
    char **env = environment(o), bytes[4096];
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        run_program(o, env);
    }
    close(ends[1]);
    for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) > 0;)
        if (out)
            buf_add(out, bytes, (size_t)n);
    close(ends[0]);
    free_environment(env);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- reading ---- */

/* Follows ESC ] 7770 ; N BEL and ESC ] 7771 ; KEYS BEL through the stream, wherever reads cut them. */
static void look_for_mark(struct pty *p, char c)
{
    static const char begin[] = "\033]777";
    const size_t n = sizeof begin - 1;
    if (p->mark_n < n) {
        p->mark_n = c == begin[p->mark_n] ? p->mark_n + 1 : c == begin[0];
        return;
    }
    if (((c >= '0' && c <= '9') || c == ';') && p->mark_n < sizeof p->mark - 1) {
        p->mark[p->mark_n++] = c;
        return;
    }
    if (c == '\007') {
        p->mark[p->mark_n] = '\0';
        if (p->mark[n] == '0')
            p->marks = (unsigned)strtoul(p->mark + n + 2, NULL, 10);
        else
            p->keys = (unsigned)strtoul(p->mark + n + 2, NULL, 10);
    }
    p->mark_n = 0;
}

/* Reads what there is, waiting at most so long; false at the end of the stream or of patience. */
static bool read_some(struct pty *p, int milliseconds)
{
    char bytes[65536];
    struct pollfd f = {.fd = p->fd, .events = POLLIN};
    if (poll(&f, 1, milliseconds) <= 0)
        return false;
    ssize_t n = read(p->fd, bytes, sizeof bytes);
    if (n <= 0)
        return false;
    vterm_input_write(p->vterm, bytes, (size_t)n);
    buf_add(&p->output, bytes, (size_t)n);
    for (ssize_t i = 0; i < n; i++)
        look_for_mark(p, bytes[i]);
    return true;
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void wait_beyond(struct pty *p, unsigned mark)
{
    int64_t end = now() + PATIENCE;
    while (p->marks <= mark) {
        int64_t left = end - now();
        if (left <= 0 || !read_some(p, (int)left))
            fail_msg("no mark after %u; the screen:\n%s", mark, pty_screen(p));
    }
}

void pty_wait(struct pty *p)
{
    wait_beyond(p, p->marks);
}

static void write_all(struct pty *p, const char *bytes, size_t n)
{
    ssize_t written = write(p->fd, bytes, n);
    if (written != (ssize_t)n)
        fail_msg("could not send %zu bytes: %s", n, strerror(errno));
}

void pty_send_n(struct pty *p, const char *bytes, size_t n)
{
    while (read_some(p, 0)) /* a mark that the clock caused is none of ours */
        ;
    unsigned before = p->marks;
    write_all(p, bytes, n);
    wait_beyond(p, before);
}

void pty_send(struct pty *p, const char *bytes)
{
    pty_send_n(p, bytes, strlen(bytes));
}

void pty_push(struct pty *p, const char *bytes, size_t n)
{
    write_all(p, bytes, n);
}

unsigned pty_marks(const struct pty *p)
{
    return p->marks;
}

void pty_wait_some(struct pty *p)
{
    if (!read_some(p, PATIENCE))
        fail_msg("nothing comes; the screen:\n%s", pty_screen(p));
}

void pty_wait_painted(struct pty *p, unsigned keys)
{
    int64_t end = now() + PATIENCE;
    while (p->keys < keys) {
        int64_t left = end - now();
        if (left <= 0 || !read_some(p, (int)left))
            fail_msg("nothing was painted after key %u; the screen:\n%s", keys, pty_screen(p));
    }
}

void pty_resize(struct pty *p, int rows, int columns)
{
    if (rows == p->rows && columns == p->columns)
        return; /* the system tells nobody */
    while (read_some(p, 0))
        ;
    unsigned before = p->marks;
    p->rows = rows;
    p->columns = columns;
    vterm_set_size(p->vterm, rows, columns);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    assert_int_equal(ioctl(p->fd, TIOCSWINSZ, &size), 0);
    wait_beyond(p, before);
}

pid_t pty_pid(const struct pty *p)
{
    return p->pid;
}

void pty_hang_up(struct pty *p)
{
    close(p->fd);
    p->fd = -1;
}

/* ---- looking ---- */

static void add_character(struct buf *out, uint32_t c)
{
    char b[4];
    size_t n;
    if (c < 0x80)
        b[0] = (char)c, n = 1;
    else if (c < 0x800)
        b[0] = (char)(0xC0 | c >> 6), b[1] = (char)(0x80 | (c & 0x3F)), n = 2;
    else if (c < 0x10000)
        b[0] = (char)(0xE0 | c >> 12), b[1] = (char)(0x80 | (c >> 6 & 0x3F)),
        b[2] = (char)(0x80 | (c & 0x3F)), n = 3;
    else
        b[0] = (char)(0xF0 | c >> 18), b[1] = (char)(0x80 | (c >> 12 & 0x3F)),
        b[2] = (char)(0x80 | (c >> 6 & 0x3F)), b[3] = (char)(0x80 | (c & 0x3F)), n = 4;
    buf_add(out, b, n);
}

static void add_row(struct pty *p, int row)
{
    size_t start = p->text.n;
    for (int k = 0; k < p->columns;) {
        VTermScreenCell cell;
        vterm_screen_get_cell(p->screen, (VTermPos){row, k}, &cell);
        if (!cell.chars[0])
            buf_add_char(&p->text, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
            add_character(&p->text, cell.chars[i]);
        k += cell.width > 1 ? cell.width : 1;
    }
    while (p->text.n > start && p->text.p[p->text.n - 1] == ' ')
        p->text.n--;
    buf_add_char(&p->text, '\n');
}

const char *pty_screen(struct pty *p)
{
    buf_reset(&p->text);
    for (int r = 0; r < p->rows; r++)
        add_row(p, r);
    while (p->text.n > 1 && p->text.p[p->text.n - 2] == '\n')
        p->text.n--;
    p->text.p[p->text.n] = '\0';
    return p->text.p;
}

bool pty_shows(struct pty *p, const char *text)
{
    return strstr(pty_screen(p), text) != NULL;
}

void pty_must_show(struct pty *p, const char *text)
{
    if (!pty_shows(p, text))
        fail_msg("\"%s\" is not on the screen:\n%s", text, pty_screen(p));
}

void pty_must_not_show(struct pty *p, const char *text)
{
    if (pty_shows(p, text))
        fail_msg("\"%s\" should not be on the screen:\n%s", text, pty_screen(p));
}

int pty_row_of(struct pty *p, const char *text)
{
    const char *screen = pty_screen(p), *at = strstr(screen, text);
    int row = 0;
    for (const char *c = screen; at && c < at; c++)
        row += *c == '\n';
    return at ? row : -1;
}

struct pty_cell pty_cell(struct pty *p, int row, int column)
{
    VTermScreenCell cell;
    VTermColor foreground, background;
    vterm_screen_get_cell(p->screen, (VTermPos){row, column}, &cell);
    vterm_state_get_default_colors(vterm_obtain_state(p->vterm), &foreground, &background);
    struct pty_cell out = {
        .columns = cell.width,
        .bold = cell.attrs.bold,
        .reverse = cell.attrs.reverse,
        .underline = cell.attrs.underline != 0,
        .colored = !vterm_color_is_equal(&cell.fg, &foreground),
    };
    struct buf text = BUF_INIT;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
        add_character(&text, cell.chars[i]);
    if (text.n < sizeof out.text)
        memcpy(out.text, text.p ? text.p : "", text.n);
    buf_release(&text);
    vterm_screen_convert_color_to_rgb(p->screen, &cell.fg);
    memcpy(out.color, (uint8_t[]){cell.fg.rgb.red, cell.fg.rgb.green, cell.fg.rgb.blue}, 3);
    return out;
}

static VTermPos cursor(const struct pty *p)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(p->vterm), &at);
    return at;
}

int pty_cursor_row(const struct pty *p)
{
    return cursor(p).row;
}

int pty_cursor_column(const struct pty *p)
{
    return cursor(p).col;
}

bool pty_cursor_shown(const struct pty *p)
{
    return p->cursor_shown;
}

bool pty_alternate(const struct pty *p)
{
    return p->alternate;
}

bool pty_cooked(const struct pty *p)
{
    struct termios t;
    const tcflag_t local = ICANON | ECHO | ISIG | IEXTEN, input = ICRNL | IXON;
    assert_int_equal(tcgetattr(p->fd, &t), 0);
    return (t.c_lflag & local) == local && (t.c_iflag & input) == input && t.c_oflag & OPOST;
}

struct str pty_output(const struct pty *p)
{
    return buf_str(&p->output);
}

/* ---- ending ---- */

int pty_end(struct pty *p)
{
    if (p->ended)
        return p->status;
    int64_t end = now() + PATIENCE;
    pid_t done = 0;
    while (done == 0 && now() < end) {
        if (p->fd >= 0)
            read_some(p, 20);
        done = waitpid(p->pid, &p->status, WNOHANG);
        if (done == 0 && p->fd < 0)
            poll(NULL, 0, 5);
    }
    if (done != p->pid)
        fail_msg("the program does not end; the screen:\n%s", pty_screen(p));
    while (p->fd >= 0 && read_some(p, 0))
        ;
    p->ended = true;
    return p->status;
}

void pty_free(struct pty *p)
{
    if (!p->ended) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, &p->status, 0);
    }
    if (p->fd >= 0)
        close(p->fd);
    vterm_free(p->vterm);
    buf_release(&p->text);
    buf_release(&p->output);
    free(p);
}

/* ---- golden screens ---- */

static void read_file(const char *path, struct buf *out)
{
    char bytes[4096];
    FILE *f = fopen(path, "r");
    for (size_t n; f && (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_add(out, bytes, n);
    if (f)
        fclose(f);
}

static int first_difference(const char *a, const char *b)
{
    int line = 1;
    for (; *a && *a == *b; a++, b++)
        line += *a == '\n';
    return line;
}

void golden(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "tests/screens/%s.txt", name);
    const char *update = getenv("UPDATE");
    if (update && strcmp(update, "1") == 0) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs(text, f);
        fclose(f);
        return;
    }
    struct buf expected = BUF_INIT;
    read_file(path, &expected);
    const char *wanted = expected.p ? expected.p : "";
    if (strcmp(wanted, text) != 0)
        fail_msg("%s differs in line %d (UPDATE=1 writes it anew)\n---- expected\n%s---- actual\n%s", path,
                 first_difference(wanted, text), wanted, text);
    buf_release(&expected);
}

void pty_golden(struct pty *p, const char *name)
{
    const char *screen = pty_screen(p), *second = strchr(screen, '\n');
    golden(name, second ? second + 1 : screen);
}
