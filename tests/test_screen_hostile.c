/* Hostile text at a terminal: a store full of it shown on every page, text of it typed and pasted, a machine
 * that calls things by it. What reaches the terminal is judged byte by byte, as it was written. */
#include "tests/hostile_store.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utf8proc.h>

#include <cmocka.h>

#define NINE "2026-11-16 09:30:00"
#define ESC "\033"
#define CTRL_S "\x13"
#define CTRL_U "\x15"
#define PASTE ESC "[200~"
#define PASTED ESC "[201~"

/* ---- what a terminal is told ---- */

/* Bytes of the control sequence at p that a screen may write: moving, colours, erasing, its modes, the marks
 * that tests wait for. 0: anything else. */
static size_t known_sequence(const char *p, size_t n)
{
    static const char mark[] = ESC "]777";
    if (n < 2)
        return 0;
    if (p[1] == '[') {
        size_t i = 2;
        while (i < n && (memchr("0123456789;?>", p[i], 13)))
            i++;
        return i < n && memchr("ABCDGHJKLMPSTX@bdfghlmrt", p[i], 24) ? i + 1 : 0;
    }
    if (n > sizeof mark + 1 && memcmp(p, mark, sizeof mark - 1) == 0 && memchr("01", p[sizeof mark - 1], 2) &&
        p[sizeof mark] == ';') {
        size_t i = sizeof mark + 1;
        while (i < n && p[i] >= '0' && p[i] <= '9')
            i++;
        return i < n && p[i] == '\a' ? i + 1 : 0;
    }
    if (n > 2 && memchr("()", p[1], 2))
        return memchr("0AB", p[2], 3) ? 3 : 0;
    return memchr("78=>M", p[1], 5) ? 2 : 0;
}

static void fail_at(struct str out, size_t at, const char *who)
{
    size_t from = at > 80 ? at - 80 : 0;
    struct buf shown = BUF_INIT;
    for (size_t i = from; i < out.n && i < at + 20; i++)
        if (out.p[i] >= 0x20 && out.p[i] < 0x7F)
            buf_add_char(&shown, out.p[i]);
        else
            buf_addf(&shown, "\\x%02x", (unsigned char)out.p[i]);
    fail_msg("%s: at byte %zu the terminal was told: %s", who, at, shown.p);
}

static void must_be_tame(struct pty *p, const char *who)
{
    struct str out = pty_output(p);
    for (size_t at = 0; at < out.n;) {
        size_t sequence = out.p[at] == '\033' ? known_sequence(out.p + at, out.n - at) : 0;
        if (sequence || memchr("\r\n\b\t\x0e\x0f", out.p[at], 6)) {
            at += sequence ? sequence : 1;
            continue;
        }
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)out.p + at, (utf8proc_ssize_t)(out.n - at), &c);
        utf8proc_category_t category = n > 0 ? utf8proc_category(c) : UTF8PROC_CATEGORY_CC;
        if (n <= 0 || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CF ||
            category == UTF8PROC_CATEGORY_CS || category == UTF8PROC_CATEGORY_ZL ||
            category == UTF8PROC_CATEGORY_ZP)
            fail_at(out, at, who);
        at += (size_t)n;
    }
}

static void the_judge_sees_harm(void **state)
{
    (void)state;
    assert_int_equal(known_sequence("\033[31m", 5), 5);
    assert_int_equal(known_sequence("\033]7770;12\a", 10), 10);
    assert_int_equal(known_sequence("\033]7771;12\a", 10), 10);
    assert_int_equal(known_sequence("\033]7772;12\a", 10), 0);
    assert_int_equal(known_sequence("\033]777012\a", 9), 0);
    assert_int_equal(known_sequence("\033]0;x\a", 6), 0);
    assert_int_equal(known_sequence("\033]7770;x\a", 9), 0);
    assert_int_equal(known_sequence("\033c", 2), 0);
    assert_int_equal(known_sequence("\033P1$", 4), 0);
    assert_int_equal(known_sequence("\033[2;1!", 6), 0);
    assert_int_equal(known_sequence("\033", 1), 0);
}

/* ---- a store full of it ---- */

static struct pty *open_sized(const struct screen_store *s, int rows, int columns, const char *const *env)
{
    struct pty_options o = {.store = s->path, .clock = NINE, .rows = rows, .columns = columns};
    for (size_t i = 0; env && env[i]; i++)
        o.env[i] = env[i];
    struct pty *p = pty_start(&o);
    pty_wait(p);
    return p;
}

/* Wherever keys lead, in this many steps; what is half done is left with Esc. */
static void wander(struct pty *p, uint64_t seed, int steps)
{
    static const char *const keys[] = {
        "1",      "2",      "6",     "p", "o", "d",     "s",       "\r",      ESC "[B", ESC "[B",
        ESC "[A", "u",      "?",     ESC, ESC, "e",     ESC "[5~", ESC "[6~", "\t",     " ",
        "t",      "c",      "a",     "z", "/", "C-000", "H-0003",  "n",       ESC "[C", ESC "[D",
        ESC "[H", ESC "[F", "hương", "x", "f", "r",     "g",       "h",
    };
    uint64_t r = seed;
    for (int i = 0; i < steps; i++) {
        r = r * 6364136223846793005u + 1442695040888963407u;
        const char *key = keys[(r >> 33) % (sizeof keys / sizeof *keys)];
        pty_send(p, key);
    }
}

/* Whatever form or question it stands in: judged, then the terminal goes away. */
static void leave(struct pty *p, const char *who)
{
    pty_send(p, "\t");
    must_be_tame(p, who);
    pty_hang_up(p);
    int status = pty_end(p);
    assert_true(WIFEXITED(status) || WTERMSIG(status) == SIGHUP);
    pty_free(p);
}

static void every_page_shows_it_tame(void **state)
{
    struct screen_store s;
    (void)state;
    hostile_store_make(&s);
    static const char *const walk[] = {"2", "u",  "?", ESC, "6", "p",  "\r", ESC,
                                       "o", "\r", ESC, "d", "s", "\r", ESC,  "1"};
    struct pty *p = open_sized(&s, 24, 80, NULL);
    pty_must_show(p, "\xef\xbf\xbd"); /* its place is seen */
    for (size_t i = 0; i < sizeof walk / sizeof *walk; i++)
        pty_send(p, walk[i]);
    for (int harm = 0; harm < HARMS; harm++) {
        char code[32];
        snprintf(code, sizeof code, "/H-000%d", harm);
        pty_send(p, "2");
        pty_send(p, code);
        pty_send(p, "\r");
        pty_send(p, "\r");
        pty_must_show(p, code + 1);
        for (int i = 0; i < 8; i++)
            pty_send(p, ESC "[6~");
        pty_send(p, "u");
        pty_send(p, "e");
        pty_send(p, ESC);
        pty_send(p, ESC);
        pty_send(p, ESC);
    }
    leave(p, "each page in turn");
    static const char *const english[] = {"MOTCUA_LANG=en", NULL}, *const poor[] = {"TERM=vt100", "LC_ALL=C",
                                                                                    NULL};
    p = open_sized(&s, 40, 132, english);
    wander(p, 1, 250);
    leave(p, "wandering at 132x40");
    p = open_sized(&s, 18, 60, NULL);
    wander(p, 2, 250);
    leave(p, "wandering at 60x18");
    p = open_sized(&s, 24, 80, poor);
    wander(p, 3, 100);
    leave(p, "wandering on a vt100");
    screen_store_drop(&s);
}

/* ---- typed and pasted ---- */

static const char *const typed[] = {
    ESC "[31mĐỏ" ESC "]0;x\a",
    "a\xc2\x9b"
    "31m\x9b"
    "b\xff\xfe",
    "\xe2\x80\xae"
    "ngh\xe2\x80\x8b\xef\xbb\xbf",
    "\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80",
    "\xe2\x80\xa8x\xe2\x80\xa9\xc2\x85",
    "a\x01\x02\x7f\x0b\x0c"
    "b\r\nc\td",
    "\xf3\xa0\x81\x81=cmd|'/c x'!A0",
};

static void must_be_stored_clean(const struct screen_store *s)
{
    struct buf out = BUF_INIT;
    struct pty_options o = {
        .store = s->path, .clock = NINE, .args = {"list", "--json", "--status=all", "--unmask"}};
    assert_int_equal(pty_command(&o, &out), 0);
    hostile_must_be_tame(buf_str(&out), "what was stored");
    assert_null(out.p ? strstr(out.p, "\\u00") : NULL); /* nor is it there behind an escape */
    assert_null(out.p ? strstr(out.p, "\\u20") : NULL);
    buf_release(&out);
}

/* In every field of the receive form, as a paste and as keys; saved where the desk takes it. */
static void nothing_of_it_can_be_typed_in(void **state)
{
    const struct screen_store *s = *state;
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct pty *p = screen_open(s, NINE, 40, 100);
        pty_send(p, "n");
        pty_send(p, "1.004873");
        pty_send(p, "\r");
        for (int field = 0; field < 8; field++) {
            struct buf paste = BUF_INIT;
            buf_add_z(&paste, PASTE);
            buf_add_z(&paste, typed[i]);
            buf_add_z(&paste, PASTED);
            pty_send_n(p, paste.p, paste.n);
            buf_release(&paste);
            must_be_tame(p, "a paste");
            pty_send(p, "\t");
        }
        pty_send(p, CTRL_S);
        leave(p, "a form of pastes");
        must_be_stored_clean(s);

        p = screen_open(s, NINE, 40, 100);
        pty_send(p, "n");
        pty_send(p, "1.004873");
        pty_send(p, "\r");
        pty_push(p, typed[i], strlen(typed[i]));
        pty_send(p, "z");
        pty_push(p, CTRL_S, 1);
        leave(p, "typed");
        must_be_stored_clean(s);

        p = screen_open(s, NINE, 24, 80); /* looked for */
        pty_send(p, "/");
        pty_push(p, PASTE, 6);
        pty_push(p, typed[i], strlen(typed[i]));
        pty_send(p, PASTED);
        leave(p, "looked for");
    }
}

/* A million characters pasted into a name: refused or cut, and the screen goes on. */
static void a_huge_paste_is_survived(void **state)
{
    const struct screen_store *s = *state;
    struct pty *p = screen_open(s, NINE, 24, 80);
    pty_send(p, "n");
    pty_send(p, "1.004873");
    pty_send(p, "\r");
    pty_push(p, PASTE, 6);
    char piece[1000];
    memset(piece, 'A', sizeof piece);
    for (int i = 0; i < 1000; i++)
        pty_push(p, piece, sizeof piece);
    pty_send(p, PASTED);
    pty_send(p, CTRL_S);
    leave(p, "a million letters");
    must_be_stored_clean(s);
}

/* ---- a machine that calls things by it ---- */

static void odd_places_and_terminals(void **state)
{
    const struct screen_store *s = *state;
    static const char *const terminals[] = {"TERM=" ESC "[31m" ESC "]0;x\a",
                                            "TERM=../../../../etc/passwd",
                                            "TERM=",
                                            "TERM=\xff\xc2\x9b",
                                            "TERM=nothing-like-this",
                                            "TERM=dumb"};
    for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
        struct pty_options o = {.store = s->path, .clock = NINE, .env = {terminals[i]}};
        struct pty *p = pty_start(&o);
        int status;
        if (i == 5)
            pty_push(p, "q", 1);
        status = pty_end(p);
        assert_true(WIFEXITED(status));
        must_be_tame(p, terminals[i]);
        pty_free(p);
    }
    static const char *const locales[][3] = {{"LC_ALL=xx_YY.KOI8-R", "LANG=" ESC "c", NULL},
                                             {"LC_ALL=" ESC "]0;x\a", "LANGUAGE=\xff", NULL},
                                             {"LC_ALL=", "LANG=vi_VN.TCVN5712-1", NULL},
                                             {"COLUMNS=99999999", "LINES=-1", NULL},
                                             {"ESCDELAY=-1", "NCURSES_NO_UTF8_ACS=1", NULL}};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        struct pty *p = open_sized(s, 24, 80, locales[i]);
        pty_send(p, "2");
        leave(p, locales[i][0]);
    }
}

/* The wizard and the first sentences name the folder. */
static void a_folder_with_an_odd_name(void **state)
{
    static const char *const names[] = {"s" ESC "[31mX" ESC "]0;x\a", "s\xff\xc2\x9b\xe2\x80\xae",
                                        "s\n\r\t\x7f"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char above[] = "/tmp/motcua-screen-XXXXXX";
        struct screen_store s;
        assert_non_null(mkdtemp(above));
        snprintf(s.path, sizeof s.path, "%s/%s", above, names[i]);
        struct pty *p = open_sized(&s, 24, 80, NULL);
        pty_push(p, ESC "[21~", 5);
        (void)pty_end(p);
        must_be_tame(p, "the first form");
        pty_free(p);
        STORE_RUN(&s, 0, NINE, "init", "--office", "UBND", "--agency", "H1");
        p = open_sized(&s, 24, 80, NULL);
        pty_send(p, "2");
        leave(p, "a store there");
        char data[100];
        snprintf(data, sizeof data, "%s/data.mdb", s.path);
        assert_int_equal(truncate(data, 5000), 0);
        struct pty_options o = {.store = s.path, .clock = NINE};
        p = pty_start(&o);
        int status = pty_end(p);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 4);
        must_be_tame(p, "a damaged one");
        pty_free(p);
        screen_store_drop(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_judge_sees_harm),
        cmocka_unit_test(every_page_shows_it_tame),
        cmocka_unit_test_setup_teardown(nothing_of_it_can_be_typed_in, screen_store_setup,
                                        screen_store_teardown),
        cmocka_unit_test_setup_teardown(a_huge_paste_is_survived, screen_store_setup, screen_store_teardown),
        cmocka_unit_test_setup_teardown(odd_places_and_terminals, screen_store_setup, screen_store_teardown),
        cmocka_unit_test(a_folder_with_an_odd_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
