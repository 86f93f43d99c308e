/* screen_store: a store to open the screen on, made by the program itself at a time of the past. */
#ifndef MOTCUA_TESTS_SCREEN_STORE_H
#define MOTCUA_TESTS_SCREEN_STORE_H

#include "tests/pty.h"

struct screen_store {
    char path[64];
};

/* A fresh folder and in it the store of "UBND xã Tơ Tung", H42.26.21, founded on Monday 2026-11-16 at 07:30;
 * its people: admin (the login that runs the test), nam (specialist), lan (chief). */
void screen_store_make(struct screen_store *s);
/* The same folder, a demo store of `dossiers` until 2026-11-16. */
void screen_store_demo(struct screen_store *s, const char *dossiers);
void screen_store_drop(struct screen_store *s);

/* Runs a command on it at that time ("2026-11-16 08:00:00"); up to eleven words, NULL at the end. Its status
 * must be `status`. */
void screen_store_run(const struct screen_store *s, int status, const char *clock, const char *const *words);
#define STORE_RUN(s, status, clock, ...)                                                                     \
    screen_store_run((s), (status), (clock), (const char *const[]){__VA_ARGS__, NULL})
/* Receives 1.004873 (3 working days) for this applicant: the code of day D, number N, follows. */
void screen_store_receive(const struct screen_store *s, const char *clock, const char *applicant);
/* What `stat` says the journal's head is, to see that nothing was written. */
void screen_store_head(const struct screen_store *s, const char *clock, struct buf *out);

/* Set-up and tear-down of a test: screen_store_make() and screen_store_drop() of *state. */
int screen_store_setup(void **state);
int screen_store_teardown(void **state);

/* The screen on it at that time, drawn; and the page of the newest dossier, at 80x24. */
struct pty *screen_open(const struct screen_store *s, const char *clock, int rows, int columns);
struct pty *screen_open_newest(const struct screen_store *s, const char *clock);
/* Is the text on the screen, wherever its lines were broken? The second fails the test where it is not. */
bool screen_says(struct pty *p, const char *text);
void screen_must_say(struct pty *p, const char *text);
/* Did the program, at last, leave the cursor shown? */
bool screen_cursor_was_shown(const struct pty *p);
/* The program ends with 0 and leaves the terminal as it was; F10 first. Frees p. */
void screen_must_end_well(struct pty *p);
void screen_quit(struct pty *p);

#endif
