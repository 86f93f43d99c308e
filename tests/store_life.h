/* store_life: requests of a random life over a year: everything that can happen to a dossier and to its
 * office, asked by many people, valid and refused. Deterministic by seed. */
#ifndef MOTCUA_TESTS_STORE_LIFE_H
#define MOTCUA_TESTS_STORE_LIFE_H

#include "tests/store_desk.h"

struct store_life {
    uint64_t random;
    uint64_t dossiers; /* received so far */
    bool still;        /* the office's days stay as they are */
    int64_t pause;     /* longest one between two requests, in seconds; 0: two hours */
    int64_t imports; /* requests in a hundred, 25 at most, that bring in what another system tells, the whole
                        story and often anew; 0: three that tell little, seldom anew */
    /* what the last request borrows */
    char text[7][64];
    struct change change;
};

/* The next one. Advances d->now, and sets d->login to who asks. */
struct command store_life_next(struct store_life *life, struct store_desk *d);

/* Lives `steps` requests, one transaction each; counts those carried out by kind, where `done` is not NULL.
 * Fails the test when anything but a rule says no. Whoever then asks is "admin" again. */
size_t store_life_run(struct store_life *life, struct store_desk *d, size_t steps,
                      size_t done[COMMAND_COUNT]);

#endif
