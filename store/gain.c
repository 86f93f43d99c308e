#include "store/gain.h"

#include "core/status.h"

struct standing standing_of(const struct dossier *d)
{
    const struct facts *f = &d->facts;
    return (struct standing){
        .open = f->id != 0 && state_is_open(f->state),
        .waiting = f->id != 0 && state_is_waiting(f->state),
        .solved = f->ended_how != ENDED_NOT && f->ended_how != ENDED_VOID,
    };
}

/* A dossier that was solved by an entry of that time: lateness hides where a result "in time" was typed in
 * after the due time. Nothing was due for one that ended while the applicant was awaited. */
static bool hides_lateness(const struct dossier *d, int64_t recorded_at, int utc_offset)
{
    const struct facts *f = &d->facts;
    return d->late.statutory == 0 && f->waiting_since == NO_TIME &&
           is_past(f, f->statutory_due, civil_from_utc(recorded_at, utc_offset));
}

static bool is_solving(enum event_kind kind)
{
    return kind == EVENT_RESOLVED || kind == EVENT_REFUSED || kind == EVENT_WITHDRAWN ||
           kind == EVENT_STOPPED;
}

bool is_recorded_late(const struct dossier *d, const struct event *events, size_t count, int utc_offset)
{
    if (!standing_of(d).solved)
        return false;
    for (size_t i = count; i-- > 0;)
        if (is_solving(events[i].kind) && !events[i].undone_by)
            return hides_lateness(d, events[i].recorded_at, utc_offset);
    return false; /* another system's word */
}

struct gain gain_of(const struct event *e, const struct dossier *before, const struct dossier *after,
                    int utc_offset)
{
    struct gain g = {.backdated = event_is_backdated(e, utc_offset)};
    if (!after)
        return g;
    struct standing was = standing_of(before), is = standing_of(after);
    g.open = is.open - was.open;
    g.waiting = is.waiting - was.waiting;
    g.solved = is.solved - was.solved;
    if (g.solved > 0 && is_solving(e->kind))
        g.recorded_late = hides_lateness(after, e->recorded_at, utc_offset);
    else if (g.solved < 0 && is_solving(before->last.kind)) /* only the last act is ever taken back */
        g.recorded_late = -hides_lateness(before, before->last.recorded_at, utc_offset);
    return g;
}
