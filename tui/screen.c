#include "tui/screen.h"

#include "core/text.h"
#include "tui/signals.h"
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#undef columns /* term.h's, for tigetstr(), which is all that is wanted of it */

#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_OFF "\033[?1000l\033[?1002l\033[?1006l"
#define ESCAPE_DELAY 75 /* ms; 25 tears arrow keys apart over slow ssh, and Esc leaves a form */

static SCREEN *terminal;
static bool taken;
static struct termios settings;
static char restore[256];
static attr_t look[STYLE_COUNT];
static short pair[STYLE_COUNT];
static struct canvas shown; /* what the terminal has */
static bool test_sync;
static unsigned sync_count;

/* ---- letters ---- */

/* ncurses draws letters only where LC_CTYPE is UTF-8; the environment's may be "C" or one that was never
 * generated. */
static void take_utf8(void)
{
    static const char *const others[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "vi_VN.UTF-8"};
    setlocale(LC_CTYPE, "");
    for (size_t i = 0; i < sizeof others / sizeof *others && strcmp(nl_langinfo(CODESET), "UTF-8") != 0; i++)
        setlocale(LC_CTYPE, others[i]);
}

/* ---- colours ---- */

struct style_look {
    short color; /* -1: the terminal's own */
    attr_t with_color, without;
};
static const struct style_look looks[STYLE_COUNT] = {
    [STYLE_PLAIN] = {-1, A_NORMAL, A_NORMAL},
    [STYLE_DIM] = {-1, A_DIM, A_NORMAL},
    [STYLE_STRONG] = {-1, A_BOLD, A_BOLD},
    [STYLE_BAR] = {-1, A_REVERSE, A_REVERSE},
    [STYLE_KEY] = {COLOR_CYAN, A_BOLD, A_BOLD},
    [STYLE_HEADING] = {COLOR_CYAN, A_BOLD, A_BOLD},
    [STYLE_OVERDUE] = {COLOR_RED, A_BOLD, A_BOLD},
    [STYLE_TODAY] = {COLOR_YELLOW, A_BOLD, A_BOLD},
    [STYLE_GOOD] = {COLOR_GREEN, A_NORMAL, A_NORMAL},
    [STYLE_REFUSED] = {COLOR_RED, A_NORMAL, A_NORMAL},
    [STYLE_FIELD] = {-1, A_UNDERLINE, A_UNDERLINE},
    [STYLE_DEMO] = {COLOR_MAGENTA, A_BOLD | A_REVERSE, A_BOLD | A_REVERSE},
    [STYLE_PAPER] = {COLOR_WHITE, A_NORMAL, A_NORMAL},
};

/* Pure black and white, where the terminal has colours that nobody has changed. */
static bool init_paper(short number)
{
    enum { BLACK_256 = 16, WHITE_256 = 231 };
    bool many = COLORS >= 256;
    return init_pair(number, many ? WHITE_256 : COLOR_WHITE, many ? BLACK_256 : COLOR_BLACK) == OK;
}

static void choose_looks(bool color)
{
    color = color && has_colors() && start_color() == OK;
    bool own = color && use_default_colors() == OK;
    for (short i = 0; i < STYLE_COUNT; i++) {
        short wanted = looks[i].color;
        bool colored = color && wanted >= 0 && wanted < COLORS && i + 1 < COLOR_PAIRS;
        look[i] = color ? looks[i].with_color : looks[i].without;
        pair[i] = 0;
        if (colored && (i == STYLE_PAPER ? init_paper((short)(i + 1))
                                         : init_pair((short)(i + 1), wanted, own ? -1 : COLOR_BLACK) == OK))
            pair[i] = (short)(i + 1);
    }
}

/* ---- keys ---- */

/* Keys that terminals send although the terminfo entry in use says otherwise. */
static void define_keys(void)
{
    static const struct {
        const char *bytes;
        int code;
    } keys[] = {
        {"\033[A", KEY_UP},
        {"\033[B", KEY_DOWN},
        {"\033[C", KEY_RIGHT},
        {"\033[D", KEY_LEFT},
        {"\033OA", KEY_UP},
        {"\033OB", KEY_DOWN},
        {"\033OC", KEY_RIGHT},
        {"\033OD", KEY_LEFT},
        {"\033[H", KEY_HOME},
        {"\033[F", KEY_END},
        {"\033OH", KEY_HOME},
        {"\033OF", KEY_END},
        {"\033[1~", KEY_HOME},
        {"\033[4~", KEY_END},
        {"\033[7~", KEY_HOME},
        {"\033[8~", KEY_END},
        {"\033[3~", KEY_DC},
        {"\033[5~", KEY_PPAGE},
        {"\033[6~", KEY_NPAGE},
        {"\033[Z", KEY_BTAB},
        {"\033OP", KEY_F(1)},
        {"\033OQ", KEY_F(2)},
        {"\033OR", KEY_F(3)},
        {"\033OS", KEY_F(4)},
        {"\033[11~", KEY_F(1)},
        {"\033[12~", KEY_F(2)},
        {"\033[13~", KEY_F(3)},
        {"\033[14~", KEY_F(4)},
        {"\033[[A", KEY_F(1)},
        {"\033[[B", KEY_F(2)},
        {"\033[[C", KEY_F(3)},
        {"\033[[D", KEY_F(4)},
        {"\033[21~", KEY_F(10)},
        {"\033[200~", CODE_PASTE_BEGIN},
        {"\033[201~", CODE_PASTE_END},
        {"\033[1;5D", CODE_WORD_LEFT},
        {"\033[1;5C", CODE_WORD_RIGHT},
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].code > KEY_MAX || key_defined(keys[i].bytes) <= 0)
            define_key(keys[i].bytes, keys[i].code);
}

/* ---- taking and giving back ---- */

static void add_capability(const char *name)
{
    char wanted[16];
    snprintf(wanted, sizeof wanted, "%s", name);
    const char *s = tigetstr(wanted);
    size_t have = strlen(restore);
    if (s && s != (const char *)-1 && have + strlen(s) < sizeof restore)
        memcpy(restore + have, s, strlen(s) + 1);
}

static bool has(const char *name)
{
    char wanted[16];
    snprintf(wanted, sizeof wanted, "%s", name);
    const char *s = tigetstr(wanted);
    return s && s != (const char *)-1;
}

static void prepare_restore(void)
{
    snprintf(restore, sizeof restore, "%s", PASTE_OFF MOUSE_OFF);
    static const char *const names[] = {"sgr0", "cnorm", "rmkx", "rmcup"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        add_capability(names[i]);
    if (!has("rmcup"))
        add_capability("clear"); /* no other screen to go back to: nobody's data stays behind on this one */
    size_t have = strlen(restore);
    if (have + 3 <= sizeof restore)
        memcpy(restore + have, "\r\n", 3);
}

static void send(const char *bytes)
{
    fputs(bytes, stdout);
    fflush(stdout);
}

static struct outcome no_terminal(void)
{
    struct outcome o = outcome_of(KIND_no_terminal);
    const char *type = getenv("TERM");
    outcome_text(&o, str_of(type ? type : ""));
    return o;
}

/* A terminal of a known type may still be one that only prints. */
static bool can_place_cursor(void)
{
    int error;
    if (setupterm(NULL, STDOUT_FILENO, &error) != OK)
        return false;
    bool can = has("cup");
    del_curterm(cur_term);
    return can;
}

/* ncurses keeps what it has to say until the update is whole, but only once it has come back from endwin():
 * before that it writes at each move of the cursor, a hundred times and more for a screen. Nor is an update
 * to look for keys every few rows and give up half-way: all that came were taken before it was begun. */
static void write_in_one(void)
{
    endwin();
    doupdate();
    typeahead(-1);
}

struct outcome screen_start(const struct screen_options *options)
{
    static bool registered;
    take_utf8();
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &settings) != 0)
        return no_terminal();
    use_env(TRUE);
    use_tioctl(TRUE); /* the terminal's true size, whatever LINES and COLUMNS say */
    if (!can_place_cursor())
        return no_terminal();
    terminal = newterm(NULL, stdout, stdin);
    if (!terminal)
        return no_terminal();
    taken = true;
    write_in_one();
    if (!getenv("ESCDELAY"))
        set_escdelay(ESCAPE_DELAY);
    raw();
    noecho();
    nonl();
    meta(stdscr, TRUE);
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    mouseinterval(0);
    mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    define_keys();
    choose_looks(options->color);
    prepare_restore();
    signals_start(&settings, restore);
    if (!registered && atexit(screen_stop) == 0)
        registered = true;
    const char *sync = getenv("MOTCUA_TEST_SYNC");
    test_sync = sync && strcmp(sync, "1") == 0;
    sync_count = 0;
    send(PASTE_ON);
    screen_forget();
    return OUTCOME_DONE;
}

void screen_stop(void)
{
    if (!taken)
        return;
    taken = false;
    mousemask(0, NULL);
    curs_set(1);
    char clear[] = "clear";
    const char *wipe = has("rmcup") ? NULL : tigetstr(clear);
    endwin();
    if (wipe && wipe != (const char *)-1)
        putp(wipe);
    send(PASTE_OFF);
    delscreen(terminal);
    terminal = NULL;
    canvas_release(&shown);
    signals_stop();
}

/* ---- painting ---- */

void screen_size(int *rows, int *columns)
{
    getmaxyx(stdscr, *rows, *columns);
}

void screen_woken(void)
{
    send(PASTE_ON);
}

void screen_forget(void)
{
    canvas_release(&shown);
    clearok(stdscr, TRUE);
}

/* The cell as ncurses wants it; a letter whose width it sees differently than motcua would shift the row, so
 * it is shown as the replacement character. */
static void compose(const struct cell *cell, cchar_t *out, bool *narrow)
{
    wchar_t letter[CELL_BYTES + 1];
    int n = 0;
    struct str text = {cell->text, cell->n};
    for (size_t at = 0; at < text.n && n < CCHARW_MAX;)
        letter[n++] = (wchar_t)text_next(text, &at);
    if (!n)
        letter[n++] = L' ';
    letter[n] = L'\0';
    *narrow = cell->columns == 2;
    if (wcwidth(letter[0]) == cell->columns)
        *narrow = false;
    else if (cell->n) {
        letter[0] = 0xFFFD;
        letter[1] = L'\0';
    }
    int style = cell->style & ~STYLE_SELECTED;
    attr_t attributes = look[style];
    if (cell->style & STYLE_SELECTED)
        attributes = (attributes & ~A_DIM) | A_REVERSE;
    setcchar(out, letter, attributes, pair[style], NULL);
}

/* `blank`: the row was erased, and its plain blanks stand there already. */
static void paint_row(const struct canvas *c, int row, bool blank)
{
    const struct cell *cell = &c->cell[(size_t)row * (size_t)c->columns];
    for (int k = 0; k < c->columns; k++) {
        bool stands = blank && cell[k].n == 0 && cell[k].columns == 1 && cell[k].style == STYLE_PLAIN;
        if (cell[k].columns == 0 || stands)
            continue;
        cchar_t out;
        bool narrow;
        compose(&cell[k], &out, &narrow);
        mvadd_wch(row, k, &out);
        if (narrow)
            mvaddch(row, k + 1, ' ');
    }
}

/* For tests. 7771 says after how many keys this was painted; 7770 that everything they caused is there. */
static void sync_mark(unsigned keys, bool settled)
{
    char mark[64];
    int n = snprintf(mark, sizeof mark, "\033]7771;%u\007", keys);
    if (settled)
        n += snprintf(mark + n, sizeof mark - (size_t)n, "\033]7770;%u\007", ++sync_count);
    ssize_t written = write(STDOUT_FILENO, mark, (size_t)n);
    (void)written; /* a terminal that is gone shows itself when the next key is read */
}

void screen_show(const struct canvas *c, unsigned keys, bool settled)
{
    bool all = shown.rows != c->rows || shown.columns != c->columns;
    if (all) {
        canvas_resize(&shown, c->rows, c->columns);
        erase();
    }
    size_t row_bytes = (size_t)c->columns * sizeof *c->cell;
    for (int r = 0; r < c->rows; r++) {
        size_t at = (size_t)r * (size_t)c->columns;
        if (!all && shown.cell && memcmp(&shown.cell[at], &c->cell[at], row_bytes) == 0)
            continue;
        paint_row(c, r, all);
        if (shown.cell)
            memcpy(&shown.cell[at], &c->cell[at], row_bytes);
    }
    curs_set(c->cursor_row >= 0);
    move(c->cursor_row >= 0 ? c->cursor_row : 0, c->cursor_row >= 0 ? c->cursor_column : 0);
    wnoutrefresh(stdscr);
    doupdate();
    if (test_sync)
        sync_mark(keys, settled);
}
