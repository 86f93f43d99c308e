#include "tests/paper_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

int paper_desk_setup(void **state)
{
    struct desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    screen_store_make(&d->store);
    snprintf(d->papers, sizeof d->papers, "%s.papers", d->store.path);
    snprintf(d->variable, sizeof d->variable, "MOTCUA_PAPERS=%s", d->papers);
    *state = d;
    return 0;
}

int paper_desk_teardown(void **state)
{
    struct desk *d = *state;
    char command[160];
    snprintf(command, sizeof command, "rm -rf '%s'", d->papers);
    assert_int_equal(system(command), 0);
    screen_store_drop(&d->store);
    free(d);
    return 0;
}

struct pty *paper_desk_open(struct desk *d, const char *clock, int rows, int columns)
{
    struct pty_options o = {
        .rows = rows, .columns = columns, .store = d->store.path, .clock = clock, .env = {d->variable, NULL}};
    struct pty *p = pty_start(&o);
    pty_wait(p);
    return p;
}

struct pty *paper_desk_open_newest(struct desk *d, const char *clock)
{
    struct pty *p = paper_desk_open(d, clock, 24, 80);
    pty_send(p, "2");
    pty_send(p, "\r");
    return p;
}
