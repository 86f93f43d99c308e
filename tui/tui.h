/* tui: the screen, the way people use motcua.
 *
 * The one room that knows ncurses. It decides nothing: what may be done is asked of core/decide, and done
 * through the store's one door. */
#ifndef MOTCUA_TUI_TUI_H
#define MOTCUA_TUI_TUI_H

#include "core/lang.h"
#include "core/outcome.h"
#include "store/store.h"
#include "tui/founding.h"

struct tui_options {
    struct store *store; /* open; stays the caller's. NULL: there is none yet, and `founding` makes it */
    const struct founding *founding;
    enum lang lang;
    bool lang_given; /* by who started it: the office's own setting has no say */
    const char
        *program;     /* the path of motcua itself, for what it does in a process of its own; NULL: nothing */
    const char *dir;  /* of the store; both must outlive the call */
    struct str login; /* who sits there; must outlive the call */
    bool color;       /* false: NO_COLOR or --color never; the screen then lives on bold and reverse alone */
};

/* Opens the screen on standard input and output, which must be a terminal, and returns when the person quits
 * or the terminal goes away. The terminal is as it was before, however it ends. Ended by SIGTERM, SIGHUP or
 * SIGINT it restores the terminal and lets the signal take its course: then it does not return. `no_terminal`
 * where the terminal's type is unknown, `not_allowed` for a login that may not read what the office knows.
 * Not to be called twice at once. */
struct outcome tui_run(const struct tui_options *options);

#endif
