/* The bytes come from the terminal's keyboard: ncurses takes them apart in process, without a terminal, and
 * tui/input makes keys of them, which are then typed into a field. Three bytes that no UTF-8 holds say what
 * else happens: 0xFF is a pause (a network packet ends here), 0xFE changes what a scanner may be, 0xFD is a
 * signal. Time does not pass, so no input is slow and each runs the same always. */
#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/slow_text.h"
#include "tui/field.h"
#include "tui/input.h"
#include "tui/letters.h"

#define key_name curses_key_name /* curses has one of that name */
#include "tui/screen.c"          /* what it teaches ncurses of the keys */
#undef key_name
#include "tui/keys.h"

#include <fcntl.h>
#include <sys/ioctl.h>

enum { PAUSE = 0xFF, OTHER_SCANNER = 0xFE, SIGNAL = 0xFD, FIELD = 60, MOST_KEYS = 20000 };

/* ---- in place of tui/signals: what comes, and when ---- */

static struct {
    const uint8_t *at, *end;
    enum scanner scanner;
    bool pauses; /* false: nothing but the end of the bytes is waited for */
    int keyboard;
} coming;

static bool is_break(uint8_t byte)
{
    return byte >= SIGNAL;
}

void signals_start(const struct termios *terminal_settings, const char *restore_bytes)
{
    (void)terminal_settings;
    (void)restore_bytes;
}

void signals_stop(void) {}

int signals_leaving(void)
{
    return 0;
}

void signals_follow(int signal_number)
{
    (void)signal_number;
}

/* Bytes up to the next pause come at once. */
enum waited signals_wait(int fd, int milliseconds)
{
    (void)fd;
    (void)milliseconds;
    char piece[4096];
    size_t n = 0;
    int unread = 0;
    if (ioctl(STDIN_FILENO, FIONREAD, &unread) == 0 && unread)
        return WAITED_READY; /* more keys than a queue holds */
    while (coming.at < coming.end && n < sizeof piece && !(coming.pauses && is_break(*coming.at))) {
        if (!is_break(*coming.at))
            piece[n++] = (char)*coming.at;
        coming.at++;
    }
    if (n) {
        MUST(write(coming.keyboard, piece, n) == (ssize_t)n);
        return WAITED_READY;
    }
    if (coming.at == coming.end)
        return WAITED_TIME_UP;
    uint8_t what = *coming.at++;
    if (what == OTHER_SCANNER)
        coming.scanner = (coming.scanner + 1) % (SCANNER_WHOLE + 1);
    return what == SIGNAL ? WAITED_INTERRUPTED : WAITED_TIME_UP;
}

/* ---- the terminal that is none ---- */

static void start(void)
{
    int ends[2];
    if (terminal)
        return;
    setenv("ESCDELAY", "0", 1);
    take_utf8();
    /* Where the rest of a mouse's report is missing ncurses asks the keyboard again, and gets nothing. */
    MUST(pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0 && dup2(ends[0], STDIN_FILENO) == STDIN_FILENO);
    coming.keyboard = ends[1];
    FILE *nowhere = fopen("/dev/null", "w");
    MUST(nowhere != NULL);
    terminal = newterm("xterm-256color", nowhere, stdin);
    MUST(terminal != NULL);
    raw();
    noecho();
    nonl();
    meta(stdscr, TRUE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    mouseinterval(0);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    define_keys();
    fflush(stdout);
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    MUST(null >= 0 && dup2(null, STDOUT_FILENO) == STDOUT_FILENO); /* screen_woken() talks to the terminal */
    close(null);
}

static void bring(const uint8_t *data, size_t size, bool pauses)
{
    coming.at = data;
    coming.end = data + size;
    coming.scanner = SCANNER_NONE;
    coming.pauses = pauses;
    while (getch() != ERR) /* nothing of the input before is left */
        ;
}

/* Every key until no more come. */
static struct key next_key(struct input *in)
{
    struct key key = input_next(in, 0, coming.scanner);
    while ((key_is(&key, PRESS_NONE) || key_is(&key, PRESS_PART)) && coming.at < coming.end)
        key = input_next(in, 0, coming.scanner);
    for (int i = 0; key_is(&key, PRESS_PART) && i < 2; i++)
        key = input_next(in, 0, coming.scanner);
    return key;
}

/* ---- what must hold ---- */

static void sound_key(const struct key *key)
{
    struct buf name = BUF_INIT;
    if (!key->special) {
        MUST(key->code >= 0x20 && key->code != 0x7F && key->code <= 0x10FFFF);
        MUST(key->code < 0xD800 || key->code > 0xDFFF);
    } else {
        MUST(key->code > PRESS_PART && key->code <= PRESS_F + 12);
    }
    MUST(!key_is(key, PRESS_PASTE) || key->text.n <= KEY_TEXT);
    MUST(!key_is(key, PRESS_SCAN) || (key->text.n >= SCAN_SHORTEST && text_is_utf8(key->text)));
    MUST(!key_is(key, PRESS_CLICK) || (key->row >= 0 && key->column >= 0));
    key_name(&name, key);
    MUST(!name.failed);
    buf_release(&name);
    MUST(keys_action(~0u, key, false) < ACTION_COUNT);
}

static void sound_field(struct field *f, struct canvas *c)
{
    struct str s = field_str(f);
    MUST(text_is_utf8(s) && text_characters(s) <= FIELD);
    MUST(f->cursor <= s.n && (f->cursor == s.n || (s.p[f->cursor] & 0xC0) != 0x80));
    for (size_t at = 0; at < s.n;) {
        int32_t letter = slow_next(s, &at);
        MUST(letter >= 0x20 && (letter < 0x7F || letter >= 0xA0));
    }
    canvas_clear(c);
    field_draw(f, c, (struct area){.row = 0, .column = 2, .rows = 1, .columns = 20}, true, STR("hint"));
    MUST(c->cursor_row == 0 && c->cursor_column >= 2 && c->cursor_column <= 22);
}

static void typed_into_a_field(const uint8_t *data, size_t size)
{
    struct field field;
    struct canvas canvas = {.rows = 0};
    struct input *in = input_new();
    MUST(in != NULL && canvas_resize(&canvas, 2, 30));
    field_init(&field, FIELD);
    bring(data, size, true);
    int keys = 0;
    for (struct key key = next_key(in); !key_is(&key, PRESS_NONE) && !key_is(&key, PRESS_PART);
         key = next_key(in)) {
        sound_key(&key);
        field_key(&field, &key);
        sound_field(&field, &canvas);
        MUST(keys++ < MOST_KEYS);
        if (key_is(&key, PRESS_GONE))
            break;
        if (key_is(&key, PRESS_CTRL + 'x'))
            input_drop(in);
    }
    field_release(&field);
    canvas_release(&canvas);
    input_free(in);
}

/* Without control characters among them, the keys are the characters of the text, what is broken left out. */
static void letters_are_what_they_are(const uint8_t *data, size_t size, struct str keys)
{
    struct buf text = BUF_INIT, letters = BUF_INIT;
    bool plain = true;
    for (size_t i = 0; i < size; i++)
        if (!is_break(data[i]))
            buf_add_char(&text, (char)data[i]);
    for (size_t at = 0; at < text.n && plain;) {
        int32_t letter = slow_next(buf_str(&text), &at);
        plain = (letter < 0 || letter >= 0x20) && letter != 0x7F;
        if (letter >= 0)
            buf_addf(&letters, "0.%d ", (int)letter);
    }
    MUST(!plain || str_eq(buf_str(&letters), keys));
    buf_release(&text);
    buf_release(&letters);
}

/* Where a packet ends changes nothing, as long as no escape sequence is torn: a begun letter is kept. */
static void the_same_in_pieces(const uint8_t *data, size_t size)
{
    if (memchr(data, 0x1B, size) || memchr(data, OTHER_SCANNER, size) || memchr(data, SIGNAL, size))
        return;
    struct buf keys[2] = {BUF_INIT, BUF_INIT};
    for (int pauses = 0; pauses < 2; pauses++) {
        struct input *in = input_new();
        MUST(in != NULL);
        bring(data, size, pauses);
        for (struct key key = next_key(in); !key_is(&key, PRESS_NONE) && !key_is(&key, PRESS_PART);
             key = next_key(in))
            if (!key_is(&key, PRESS_GONE))
                buf_addf(&keys[pauses], "%d.%d ", key.special, (int)key.code);
        input_free(in);
    }
    MUST(str_eq(buf_str(&keys[0]), buf_str(&keys[1])));
    letters_are_what_they_are(data, size, buf_str(&keys[0]));
    buf_release(&keys[0]);
    buf_release(&keys[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    start();
    typed_into_a_field(data, size);
    if (size)
        the_same_in_pieces(data, size);
    return 0;
}
