/* counted: how a dossier's appointment in force was counted: again, with the days as they stood when it was
 * given. */
#ifndef MOTCUA_TUI_COUNTED_H
#define MOTCUA_TUI_COUNTED_H

#include "core/deadline.h"
#include "store/store.h"

struct counted {
    bool known; /* false: nothing was counted here (another system gave the time), or it cannot be again */
    struct deadline deadline;
    struct trace trace;
    civil_minute today;    /* what the same count gives with the days as they are now; NO_TIME: none */
    enum event_kind since; /* what it counts from: EVENT_RECEIVED, EVENT_RESTARTED or EVENT_PAID */
    struct office *then;   /* the trace's names are borrowed from it */
};

/* Always to be released. */
void counted_init(struct counted *c, struct view *v, const struct dossier *d);
void counted_release(struct counted *c);

#endif
