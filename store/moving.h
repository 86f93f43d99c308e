/* moving: the due times that move with the office's days, in the transaction that changes the days.
 *
 * A change counts from what was in force before it. Several changes one after another are one: what they
 * leave is compared with what was before the first. Requests about dossiers end such a run, so that they find
 * due times that are right and journals do not depend on how requests were cut into transactions (but for
 * changes of days that follow one another). */
#ifndef MOTCUA_STORE_MOVING_H
#define MOTCUA_STORE_MOVING_H

#include "store/batch.h"

/* The last office event that changed days: every move names it. */
struct cause {
    uint64_t seq;
    civil_minute at;
    struct buf by;
};

struct moving {
    struct batch *batch;
    struct moves *moves;   /* what moved is told here; NULL: to nobody */
    size_t told;           /* of those, by earlier runs */
    struct office *before; /* the office before the changes that nothing has followed yet; NULL: none */
    struct cause cause;
};
/* *moves is emptied. */
void moving_init(struct moving *m, struct batch *b, struct moves *moves);
void moving_release(struct moving *m);

/* This event is about to be appended. */
void moving_before(struct moving *m, const struct event *e);
/* This one has been. */
void moving_after(struct moving *m, const struct event *e);
/* Appends what follows from the changes so far for every running dossier. */
void moving_run(struct moving *m);
/* A dossier that runs again because the entry `undone` was taken back: whatever changed the days since then
 * passed it by. Appends what follows. */
void moving_catch_up(struct moving *m, uint64_t dossier, uint64_t undone);
/* Puts what is told in its order: one for each dossier, by old due time. */
void moving_sort(struct moves *moves);

#endif
