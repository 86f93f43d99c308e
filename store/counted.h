/* counted: how a dossier's appointment in force was counted: again, with the days as they stood when it was
 * given. For explaining it. */
#ifndef MOTCUA_STORE_COUNTED_H
#define MOTCUA_STORE_COUNTED_H

#include "core/deadline.h"
#include "store/store.h"

struct counted {
    bool known; /* false: nothing was counted here (another system gave the time), or it cannot be again */
    struct deadline deadline;
    struct trace trace;
    civil_minute today;    /* what the same count gives with the days of the view; NO_TIME: none */
    enum event_kind since; /* what it counts from: EVENT_RECEIVED, EVENT_RESTARTED or EVENT_PAID */
    struct office *then;   /* its own; the trace's names are borrowed from it, so they live until release */
};

/* Counts it by its limit, clock and cutoff, from its moment, in the calendar of the last entry that gave it.
 * `damaged`, or out of memory: then nothing is known. Owns what it holds; to be released whatever the answer,
 * before or after the view ends. */
struct outcome counted_init(struct counted *c, struct view *v, const struct dossier *d);
void counted_release(struct counted *c);

#endif
