/* The past is replayed twice in step: once with everything, once with what had happened by then. From the
 * first the second learns what a correction really changed, and which appointment it is about. */
#include "core/past.h"

#include "core/evolve.h"

struct replay {
    struct dossier all;  /* after every event so far */
    struct dossier then; /* after those that count */
    unsigned all_turns;  /* appointments given so far: by a restart or a payment */
    unsigned then_turns;
    civil_minute when;
};

/* Applies e to *d, whatever was left out before it. */
static bool apply(struct dossier *d, struct event e)
{
    e.previous = d->last_event;
    return evolve(d, &e);
}

/* ---- where the two differ ---- */

/* What another system brings is the whole story at once: the part of it that is later is taken off. */
static struct event imported_by(struct event e, civil_minute when)
{
    bool unsolved = e.imported.resolved != NO_TIME && e.imported.resolved > when;
    bool unasked = e.imported.waiting_since != NO_TIME && e.imported.waiting_since > when;
    if (unsolved) {
        e.imported.resolved = e.imported.returned = NO_TIME;
        e.imported.result = STR_NONE;
    }
    if (unasked)
        e.imported.waiting_since = NO_TIME;
    if (unsolved && e.imported.waiting_since != NO_TIME) {
        e.imported.state = STATE_WAITING;
    } else if (unsolved || unasked) {
        e.imported.state = STATE_PROCESSING;
        e.imported.late = (struct lateness){0};
    } else if (e.imported.returned != NO_TIME && e.imported.returned > when) {
        e.imported.returned = NO_TIME;
        if (e.imported.state == STATE_RETURNED)
            e.imported.state = STATE_RESOLVED;
    }
    return e;
}

/* Did the correction count the due time anew? One of other fields repeats the appointment as it then was,
 * later moves and all. */
static bool is_recount(const struct dossier *all, const struct event *e)
{
    const struct appointment *is = &all->appointment, *becomes = &e->corrected.appointment;
    const struct receipt *old = &all->receipt, *new = &e->corrected.receipt;
    return all->within.kind == LIMIT_NONE &&
           (is->from != becomes->from || is->due != becomes->due || old->clock != new->clock ||
            old->cutoff != new->cutoff || !limit_equal(&old->limit, &new->limit));
}

/* The receipt was so from the beginning; the appointment counted anew is only the one that was in force when
 * it was corrected. */
static struct event corrected_by(const struct replay *r, struct event e)
{
    const struct dossier *then = &r->then;
    bool recounts = r->all_turns == r->then_turns && is_recount(&r->all, &e);
    bool by_letter = then->promised != then->appointment.due;
    if (!recounts)
        e.corrected.appointment = then->appointment;
    if (!recounts || by_letter)
        e.corrected.promised = then->promised;
    else
        e.corrected.promised = e.corrected.appointment.due;
    return e;
}

static bool replay_then(struct replay *r, const struct event *e)
{
    bool happened = e->at <= r->when;
    switch (e->kind) {
    case EVENT_RECEIVED:
    case EVENT_VOIDED: return apply(&r->then, *e);
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: return apply(&r->then, imported_by(*e, r->when));
    case EVENT_CORRECTED: return apply(&r->then, corrected_by(r, *e));
    case EVENT_RESTARTED:
    case EVENT_PAID: r->then_turns += happened; break;
    case EVENT_DUE_MOVED: happened = happened && r->all_turns == r->then_turns; break;
    default: break;
    }
    return !happened || apply(&r->then, *e);
}

static bool replay_event(struct replay *r, const struct event *e)
{
    if (!replay_then(r, e) || !apply(&r->all, *e))
        return false;
    r->all_turns += e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID;
    return true;
}

/* ---- all of it ---- */

static bool is_one_history(const struct event *events, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (event_begins(events[i].kind) != (i == 0) || events[i].dossier != events[0].dossier ||
            (i > 0 && events[i].previous != events[i - 1].seq))
            return false;
    return count > 0;
}

bool past_dossier(struct dossier *out, const struct event *events, size_t count, civil_minute when)
{
    struct replay r = {.when = when};
    if (!is_one_history(events, count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (events[i].kind != EVENT_UNDONE && !events[i].undone_by && !replay_event(&r, &events[i]))
            return false;
    *out = r.then;
    return r.then.facts.received <= when;
}
