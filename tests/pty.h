/* pty: a program at a terminal of its own, as a person meets it.
 *
 * The program runs behind a pseudo-terminal whose other end is a terminal emulator (libvterm). It says when a
 * key is dealt with: with MOTCUA_TEST_SYNC=1 it writes ESC ] 7770 ; N BEL when everything the key caused is
 * painted, before it waits for the next key. So nothing here sleeps or guesses: what is sent is one write,
 * and then the output is read up to the next such mark, for at most ten seconds. Every failure to do so fails
 * the test, with the screen as it stood. */
#ifndef MOTCUA_TESTS_PTY_H
#define MOTCUA_TESTS_PTY_H

#include "core/buf.h"
#include <sys/types.h>

struct pty;

#define PTY_ENV 16

struct pty_options {
    int rows, columns;    /* 0: 24 x 80 */
    const char *store;    /* -s; may be NULL */
    const char *clock;    /* "2026-11-16 09:00:00" on the clock of Việt Nam; NULL: the true one. It runs. */
    const char *args[12]; /* more arguments, NULL at the end */
    const char
        *env[PTY_ENV]; /* "NAME=VALUE" beside the few every test gets, or instead of them; NULL at the end */
};

/* Starts $MOTCUA (else build/motcua) in a clean environment: HOME a fresh folder, LC_ALL=C.UTF-8,
 * TERM=xterm-256color, TZ=Asia/Ho_Chi_Minh, MOTCUA_LANG=vi. Does not wait. */
struct pty *pty_start(const struct pty_options *options);
/* Runs the same program with these arguments to its end, no terminal; returns its exit status, its standard
 * output in `out` (may be NULL). For setting a store up. */
int pty_command(const struct pty_options *options, struct buf *out);

/* Waits for the next mark. */
void pty_wait(struct pty *p);
/* Sends the bytes in one write and waits for the mark they cause. */
void pty_send(struct pty *p, const char *bytes);
void pty_send_n(struct pty *p, const char *bytes, size_t n);
/* Sends them and does not wait. */
void pty_push(struct pty *p, const char *bytes, size_t n);
/* How many marks came so far; and waits until something is painted after so many keys, of all since the
 * start, be it complete or not. */
unsigned pty_marks(const struct pty *p);
void pty_wait_painted(struct pty *p, unsigned keys);
/* Waits until anything comes at all. */
void pty_wait_some(struct pty *p);
/* Changes the size of the terminal, and waits. */
void pty_resize(struct pty *p, int rows, int columns);
pid_t pty_pid(const struct pty *p);
/* Hangs up: the terminal goes away. */
void pty_hang_up(struct pty *p);

/* The screen, a line a row, blanks at the ends trimmed, nothing after the last line with anything in it.
 * Lives until the next call. */
const char *pty_screen(struct pty *p);
/* Is the text somewhere on the screen? */
bool pty_shows(struct pty *p, const char *text);
/* The same, failing the test, with the screen, when it is not (or is). */
void pty_must_show(struct pty *p, const char *text);
void pty_must_not_show(struct pty *p, const char *text);
/* The row it is in; -1. */
int pty_row_of(struct pty *p, const char *text);
struct pty_cell {
    char text[32]; /* UTF-8; empty for a blank */
    int columns;   /* 1 or 2 */
    bool bold, reverse, underline, colored;
    uint8_t color[3]; /* red, green, blue, where colored */
};
struct pty_cell pty_cell(struct pty *p, int row, int column);
int pty_cursor_row(const struct pty *p);
int pty_cursor_column(const struct pty *p);
bool pty_cursor_shown(const struct pty *p);
bool pty_alternate(const struct pty *p); /* on the alternate screen? */
/* Does the terminal echo, edit lines and send signals, as a shell leaves it to its programs? */
bool pty_cooked(const struct pty *p);
/* Reads what still comes and waits for the end: the status as waitpid() gives it. The screen stays readable.
 */
int pty_end(struct pty *p);
/* Everything the program wrote since it was started, marks included. */
struct str pty_output(const struct pty *p);
/* Ends it if it still runs, and frees everything. */
void pty_free(struct pty *p);

/* The screen must be what tests/screens/NAME.txt says; with UPDATE=1 in the environment the file is written
 * anew. */
void pty_golden(struct pty *p, const char *name);
/* The same for any text. */
void golden(const char *name, const char *text);

#endif
