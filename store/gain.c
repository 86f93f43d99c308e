#include "store/gain.h"

static bool is_solved(const struct facts *f)
{
    return f->ended_how != ENDED_NOT && f->ended_how != ENDED_VOID;
}

static bool is_open(const struct facts *f)
{
    return f->id != 0 && state_is_open(f->state);
}

/* The lateness an ending brings; NULL for an event that ends nothing. */
static const struct lateness *lateness_of(const struct event *e)
{
    switch (e->kind) {
    case EVENT_RESOLVED: return &e->resolved.late;
    case EVENT_REFUSED: return &e->ended.late;
    default: return NULL;
    }
}

struct gain gain_of(const struct event *e, const struct dossier *before, const struct dossier *after,
                    int utc_offset)
{
    struct gain g = {0};
    civil_day recorded = civil_day_of(civil_from_utc(e->recorded_at, utc_offset));
    g.backdated = e->at != NO_TIME && civil_day_of(e->at) < recorded;
    if (!after)
        return g;
    g.open = is_open(&after->facts) - is_open(&before->facts);
    g.solved = is_solved(&after->facts) - is_solved(&before->facts);
    g.tally.received = e->kind == EVENT_RECEIVED;
    const struct lateness *late = lateness_of(e);
    if (!late)
        return g;
    g.tally.solved = 1;
    g.tally.late_statutory = late->statutory > 0;
    g.tally.late_promised = late->promised > 0;
    /* Lateness hides where a result "in time" was typed in after the due day. */
    civil_minute due = before->facts.statutory_due;
    g.recorded_late = late->statutory == 0 && due != NO_TIME && recorded > civil_day_of(due);
    return g;
}
