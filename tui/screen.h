/* screen: the terminal, from the moment it is taken until it is given back. */
#ifndef MOTCUA_TUI_SCREEN_H
#define MOTCUA_TUI_SCREEN_H

#include "core/outcome.h"
#include "tui/canvas.h"

struct screen_options {
    bool color;
};

/* Takes the terminal: alternate screen, raw keys (no flow control, so Ctrl-S is a key), bracketed paste,
 * mouse. Sets LC_CTYPE to a UTF-8 one where the environment's is not. `no_terminal` where the terminal cannot
 * be used. */
struct outcome screen_start(const struct screen_options *options);
/* Gives it back as it was. May be called again without harm; also runs at exit. */
void screen_stop(void);

/* Numbers, beyond those of ncurses, that the terminal's key sequences are given. */
enum screen_code { CODE_PASTE_BEGIN = 3000, CODE_PASTE_END, CODE_WORD_LEFT, CODE_WORD_RIGHT };

void screen_size(int *rows, int *columns);
/* Brings the canvas to the terminal: what differs from the last time, in one update. `keys`: how many were
 * taken so far; `settled`: everything the last one caused is on it. Tests wait for that. */
void screen_show(const struct canvas *c, unsigned keys, bool settled);
/* A signal came: the program may have been stopped and continued, and a shell in between have set the
 * terminal its own way. */
void screen_woken(void);
/* Forgets what the terminal shows, so that the next screen_show() paints everything. */
void screen_forget(void);

#endif
