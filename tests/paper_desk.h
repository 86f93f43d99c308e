/* paper_desk: a store to open the screen on, with a folder beside it for the papers the screen makes. */
#ifndef MOTCUA_TESTS_PAPER_DESK_H
#define MOTCUA_TESTS_PAPER_DESK_H

#include "tests/screen_store.h"

struct desk {
    struct screen_store store;
    char papers[96], variable[128];
};

/* Set-up and tear-down of a test; *state is a struct desk. */
int paper_desk_setup(void **state);
int paper_desk_teardown(void **state);

/* The screen at that time, drawn; and the page of the newest dossier, at 80x24. */
struct pty *paper_desk_open(struct desk *d, const char *clock, int rows, int columns);
struct pty *paper_desk_open_newest(struct desk *d, const char *clock);

#endif
