#include "store/counted.h"

/* The entries that gave the appointment in force; of many the last few are enough. */
#define GIVERS 8

struct search {
    const struct dossier *dossier;
    uint64_t giver[GIVERS];
    size_t count;
    enum event_kind since;
    bool foreign; /* the last of them came from another system */
};

static bool is_same(const struct appointment *a, const struct appointment *b)
{
    return a->from == b->from && a->due == b->due;
}

static bool gave_it(const struct appointment *in_force, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: return is_same(&e->received.appointment, in_force);
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: return is_same(&e->imported.appointment, in_force);
    case EVENT_CORRECTED: return is_same(&e->corrected.appointment, in_force);
    case EVENT_RESTARTED:
    case EVENT_PAID: return is_same(&e->resumed.appointment, in_force);
    case EVENT_DUE_MOVED:
        return e->moved.new_statutory == in_force->due && e->moved.counting == in_force->counting;
    default: return false;
    }
}

static bool look(void *arg, const struct event *e)
{
    struct search *s = arg;
    bool resumed = e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID;
    if (e->undone_by)
        return true;
    if (resumed && e->resumed.appointment.from == s->dossier->appointment.from)
        s->since = e->kind;
    if (!gave_it(&s->dossier->appointment, e))
        return true;
    for (size_t i = 1; s->count == GIVERS && i < GIVERS; i++)
        s->giver[i - 1] = s->giver[i];
    s->count -= s->count == GIVERS;
    s->giver[s->count++] = e->seq;
    s->foreign = event_is_import(e->kind);
    return true;
}

static bool count(const struct office *office, const struct dossier *d, struct deadline *deadline,
                  struct trace *trace)
{
    const struct calendar *calendar = office_calendar(office);
    return calendar && deadline_compute(calendar, dossier_limit(d), d->receipt.clock, d->receipt.cutoff,
                                        d->appointment.from, deadline, trace);
}

static void count_at(struct counted *c, struct view *v, const struct dossier *d, uint64_t seq)
{
    counted_release(c);
    c->then = view_office_at(v, seq);
    c->known = c->then && count(c->then, d, &c->deadline, &c->trace);
}

/* An entry may repeat a time that its own days would not give: a change of days that shortened it was not let
 * through. Then the one before it counted; where none fits, the newest has the word. */
static void count_then(struct counted *c, struct view *v, const struct search *s)
{
    const struct dossier *d = s->dossier;
    for (size_t i = s->count; i-- > 0;) {
        count_at(c, v, d, s->giver[i]);
        if (c->known && c->deadline.due == d->appointment.due)
            return;
    }
    count_at(c, v, d, s->count ? s->giver[s->count - 1] : d->last_event);
}

struct outcome counted_init(struct counted *c, struct view *v, const struct dossier *d)
{
    struct search s = {.dossier = d, .since = EVENT_RECEIVED};
    struct deadline today;
    *c = (struct counted){.today = NO_TIME, .since = EVENT_RECEIVED};
    view_history(v, d, look, &s);
    if (s.foreign || dossier_limit(d)->kind == LIMIT_NONE)
        return view_fault(v);
    count_then(c, v, &s);
    c->since = s.since;
    if (count(view_office(v), d, &today, NULL))
        c->today = today.due;
    struct outcome o = view_fault(v);
    if (outcome_ok(&o) && (!c->then || c->trace.failed))
        o = outcome_of(KIND_out_of_memory);
    if (!outcome_ok(&o))
        counted_release(c);
    return o;
}

void counted_release(struct counted *c)
{
    trace_release(&c->trace);
    office_free(c->then);
    c->then = NULL;
    c->known = false;
}
