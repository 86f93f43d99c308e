#include "tui/input.h"

#include "core/text.h"
#include "tui/letters.h"
#include "tui/screen.h"
#include "tui/signals.h"
#include <curses.h>
#include <stdlib.h>
#include <unistd.h>

#define QUEUE 4096
#define SCANNER_GAP 10 /* ms a scanner may leave between two characters; a person's auto-repeat leaves 30 */
#define EMPTY_READS 8  /* of a descriptor said to be ready: the terminal is gone */

/* What an escape sequence that ncurses does not know still lacks. */
enum escape { ESCAPE_NONE, ESCAPE_BEGUN, ESCAPE_CSI, ESCAPE_SS3 };

struct input {
    struct key queue[QUEUE];
    size_t first, count;
    size_t settled; /* so many at the front are known to be keys, not a scanner's */
    struct letters letters;
    enum escape escape;
    bool pasting;
    bool paste_waits; /* a paste is in the queue: no more is read until it is handed out */
    struct buf paste; /* being collected */
    struct buf text;  /* of the paste or scan handed out last */
    int empty_reads;
};

struct input *input_new(void)
{
    return calloc(1, sizeof(struct input));
}

void input_free(struct input *in)
{
    if (!in)
        return;
    buf_release(&in->paste);
    buf_release(&in->text);
    free(in);
}

static bool is_full(const struct input *in)
{
    return in->paste_waits || in->count + 4 > QUEUE;
}

static void push(struct input *in, struct key key)
{
    if (in->count < QUEUE)
        in->queue[(in->first + in->count++) % QUEUE] = key;
}

static struct key pop(struct input *in)
{
    struct key key = in->queue[in->first];
    in->first = (in->first + 1) % QUEUE;
    in->count--;
    if (in->settled)
        in->settled--;
    return key;
}

/* ---- pastes ---- */

static void end_paste(struct input *in)
{
    in->pasting = false;
    in->paste_waits = true;
    push(in, key_press(PRESS_PASTE));
}

static void paste_byte(struct input *in, unsigned char byte)
{
    if (byte == '\n' && in->paste.n && in->paste.p[in->paste.n - 1] == '\n')
        return; /* CRLF came as \r\n */
    if (in->paste.n < KEY_TEXT)
        buf_add_char(&in->paste, byte == '\r' ? '\n' : (char)byte);
}

/* ---- from what ncurses reads to keys ---- */

static void push_mouse(struct input *in)
{
    MEVENT e;
    if (getmouse(&e) != OK)
        return;
    int code = e.bstate & BUTTON4_PRESSED   ? PRESS_WHEEL_UP
               : e.bstate & BUTTON5_PRESSED ? PRESS_WHEEL_DOWN
               : e.bstate & BUTTON1_PRESSED ? PRESS_CLICK
                                            : PRESS_UNKNOWN;
    push(in, (struct key){.special = true, .code = code, .row = e.y, .column = e.x});
}

static int press_of(int code)
{
    static const struct {
        int code, press;
    } known[] = {
        {KEY_UP, PRESS_UP},
        {KEY_DOWN, PRESS_DOWN},
        {KEY_LEFT, PRESS_LEFT},
        {KEY_RIGHT, PRESS_RIGHT},
        {KEY_HOME, PRESS_HOME},
        {KEY_FIND, PRESS_HOME},
        {KEY_END, PRESS_END},
        {KEY_SELECT, PRESS_END},
        {KEY_PPAGE, PRESS_PAGE_UP},
        {KEY_NPAGE, PRESS_PAGE_DOWN},
        {KEY_ENTER, PRESS_ENTER},
        {KEY_BTAB, PRESS_BACK_TAB},
        {KEY_BACKSPACE, PRESS_BACKSPACE},
        {KEY_DC, PRESS_DELETE},
        {KEY_RESIZE, PRESS_RESIZE},
        {CODE_WORD_LEFT, PRESS_WORD_LEFT},
        {CODE_WORD_RIGHT, PRESS_WORD_RIGHT},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].code == code)
            return known[i].press;
    if (code > KEY_F0 && code <= KEY_F(12))
        return PRESS_F + (code - KEY_F0);
    return PRESS_UNKNOWN;
}

static void push_special(struct input *in, int code)
{
    if (code == CODE_PASTE_END && in->pasting)
        end_paste(in);
    else if (in->pasting && code != KEY_RESIZE)
        return; /* a key's bytes inside a paste are no key */
    else if (code == CODE_PASTE_BEGIN) {
        in->pasting = true;
        buf_reset(&in->paste);
    } else if (code == KEY_MOUSE)
        push_mouse(in);
    else
        push(in, key_press(press_of(code)));
}

static void push_control(struct input *in, int byte)
{
    int code = byte == '\r' || byte == '\n'   ? PRESS_ENTER
               : byte == '\t'                 ? PRESS_TAB
               : byte == 0x08 || byte == 0x7F ? PRESS_BACKSPACE
               : byte == 0x1B                 ? PRESS_ESCAPE
               : byte >= 1 && byte <= 26      ? PRESS_CTRL + byte + 'a' - 1
                                              : PRESS_UNKNOWN;
    push(in, key_press(code));
}

/* The rest of a sequence whose beginning ncurses gave up on; true when the byte belonged to it. */
static bool swallow(struct input *in, int byte)
{
    switch (in->escape) {
    case ESCAPE_NONE: return false;
    case ESCAPE_BEGUN:
        in->escape = byte == '[' ? ESCAPE_CSI : byte == 'O' ? ESCAPE_SS3 : ESCAPE_NONE;
        if (in->escape == ESCAPE_NONE && byte >= 0x20 && byte != 0x7F) {
            push(in, key_press(PRESS_UNKNOWN)); /* Alt and a letter, which is neither Esc nor that letter */
            return true;
        }
        if (in->escape == ESCAPE_NONE)
            push_control(in, 0x1B);
        return in->escape != ESCAPE_NONE;
    case ESCAPE_CSI:
        if (byte >= 0x40 && byte <= 0x7E)
            in->escape = ESCAPE_NONE;
        break;
    case ESCAPE_SS3: in->escape = ESCAPE_NONE; break;
    }
    if (in->escape == ESCAPE_NONE)
        push(in, key_press(PRESS_UNKNOWN));
    return true;
}

static void push_byte(struct input *in, int byte)
{
    if (in->pasting) {
        paste_byte(in, (unsigned char)byte);
        return;
    }
    if (swallow(in, byte))
        return;
    int32_t letter;
    if (byte == 0x1B)
        in->escape = ESCAPE_BEGUN;
    else if (byte < 0x20 || byte == 0x7F)
        push_control(in, byte);
    else if (letters_take(&in->letters, (unsigned char)byte, &letter))
        push(in, key_letter(letter));
}

/* Everything that is there now. */
static void read_all(struct input *in)
{
    int code = ERR;
    bool any = false;
    while (!is_full(in) && (code = getch()) != ERR) {
        any = true;
        if (code >= KEY_MIN)
            push_special(in, code);
        else
            push_byte(in, code);
    }
    if (code == ERR && in->escape == ESCAPE_BEGUN) {
        in->escape = ESCAPE_NONE;
        push_control(in, 0x1B);
    }
    in->empty_reads = any || is_full(in) ? 0 : in->empty_reads + 1;
    if (in->empty_reads >= EMPTY_READS)
        push(in, key_press(PRESS_GONE));
}

/* Waits and reads; false when the time was up. */
static bool fill(struct input *in, int milliseconds)
{
    enum waited w = signals_wait(STDIN_FILENO, milliseconds);
    if (w == WAITED_TIME_UP)
        return false;
    if (signals_leaving())
        push(in, key_press(PRESS_SIGNAL));
    else if (w == WAITED_GONE)
        push(in, key_press(PRESS_GONE));
    else {
        if (w == WAITED_INTERRUPTED) {
            in->empty_reads = 0;
            screen_woken();
        }
        read_all(in);
    }
    return true;
}

/* ---- scanners ---- */

static size_t look_ahead(const struct input *in, struct key *keys)
{
    size_t n = in->count < SCAN_LONGEST + 1 ? in->count : SCAN_LONGEST + 1;
    for (size_t i = 0; i < n; i++)
        keys[i] = in->queue[(in->first + i) % QUEUE];
    return n;
}

static bool holds_digit(const struct key *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!keys[i].special && keys[i].code >= '0' && keys[i].code <= '9')
            return true;
    return false;
}

/* Waits for the rest of what may be a scan, unless it must be there `whole`. Returns its keys, the Enter
 * included; 0: the queue holds keys. */
static size_t hold_scan(struct input *in, bool whole)
{
    struct key keys[SCAN_LONGEST + 1];
    size_t n = look_ahead(in, keys);
    size_t length = scan_length(keys, n, true);
    while (!whole && !length && scan_may_grow(keys, n) && fill(in, SCANNER_GAP))
        n = look_ahead(in, keys);
    if (!length)
        length = scan_length(keys, n, false);
    if (whole && !holds_digit(keys, length))
        length = 0;
    if (!length)
        in->settled = n;
    return length;
}

static struct key take_scan(struct input *in, size_t length)
{
    buf_reset(&in->text);
    for (size_t i = 0; i + 1 < length; i++)
        text_put(&in->text, pop(in).code);
    pop(in);
    struct key key = key_press(PRESS_SCAN);
    key.text = buf_str(&in->text);
    return key;
}

static struct key take_key(struct input *in)
{
    struct key key = pop(in);
    if (!key_is(&key, PRESS_PASTE))
        return key;
    buf_reset(&in->text);
    buf_add_str(&in->text, buf_str(&in->paste));
    buf_reset(&in->paste);
    in->paste_waits = false;
    key.text = buf_str(&in->text);
    return key;
}

struct key input_next(struct input *in, int milliseconds, enum scanner scanner)
{
    if (!in->count && !fill(in, milliseconds))
        return key_press(PRESS_NONE);
    if (!in->count)
        return key_press(PRESS_PART);
    size_t scan = scanner != SCANNER_NONE && !in->settled ? hold_scan(in, scanner == SCANNER_WHOLE) : 0;
    return scan ? take_scan(in, scan) : take_key(in);
}

void input_drop(struct input *in)
{
    size_t n = in->count;
    in->settled = 0;
    for (size_t i = 0; i < n; i++) {
        struct key key = take_key(in);
        if (key_is(&key, PRESS_SIGNAL) || key_is(&key, PRESS_GONE) || key_is(&key, PRESS_RESIZE))
            push(in, key);
    }
}

bool input_pending(struct input *in)
{
    if (!in->count)
        fill(in, 0);
    return in->count > 0;
}
