/* signals: how the screen ends when it is not the person who ends it, and how it waits.
 *
 * SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGWINCH are let in only while the program waits for a key, so none of
 * them ever meets a begun repaint or an open transaction, and none is lost between looking and waiting. */
#ifndef MOTCUA_TUI_SIGNALS_H
#define MOTCUA_TUI_SIGNALS_H

#include <termios.h>

/* Takes the signals over. When the program crashes, `restore` is written to the terminal, which gets its
 * `settings` back (see crash_terminal(), store/crash.h). Both are kept, not copied. */
void signals_start(const struct termios *settings, const char *restore);
/* Gives them back as they were. */
void signals_stop(void);

enum waited { WAITED_TIME_UP, WAITED_READY, WAITED_INTERRUPTED, WAITED_GONE };
/* Waits for the descriptor at most so many milliseconds. Interrupted: a signal came, perhaps a resize. */
enum waited signals_wait(int fd, int milliseconds);
/* The signal that asks the program to leave, 0 while there is none. */
int signals_leaving(void);
/* After signals_stop(): lets that signal take its course, as if the program had never caught it. */
void signals_follow(int signal_number);

#endif
