#include "cli/appointed.h"

/* The entries that gave the appointment in force, newest last. More than one where a later one gave the same
 * again; of many the last few are enough. */
enum { GIVERS = 8 };

struct search {
    const struct dossier *d;
    uint64_t giver[GIVERS];
    size_t count;
    enum counting_from from;
    bool imported; /* the last of them came from another system */
};

static bool is_same(const struct appointment *a, const struct appointment *b)
{
    return a->from == b->from && a->due == b->due;
}

static bool gave_it(const struct dossier *d, const struct event *e)
{
    const struct appointment *in_force = &d->appointment;
    switch (e->kind) {
    case EVENT_RECEIVED: return is_same(&e->received.appointment, in_force);
    case EVENT_IMPORTED: return is_same(&e->imported.appointment, in_force);
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
    if (resumed && e->resumed.appointment.from == s->d->appointment.from)
        s->from = e->kind == EVENT_PAID ? FROM_PAYMENT : FROM_SUPPLEMENT;
    if (gave_it(s->d, e)) {
        if (s->count == GIVERS)
            memmove(s->giver, s->giver + 1, --s->count * sizeof *s->giver);
        s->giver[s->count++] = e->seq;
        s->imported = e->kind == EVENT_IMPORTED;
    }
    return true;
}

static struct outcome count(struct counting *k, const struct office *office, const struct dossier *d)
{
    return counting_init(k, office, dossier_limit(d), d->receipt.clock, d->receipt.cutoff,
                         d->appointment.from);
}

static struct outcome count_at(struct appointed *a, struct cli *c, const struct dossier *d, uint64_t seq)
{
    appointed_release(a);
    a->then = view_office_at(c->view, seq);
    struct outcome damage = view_fault(c->view);
    if (!a->then)
        return outcome_ok(&damage) ? outcome_of(KIND_out_of_memory) : damage;
    return count(&a->counting, a->then, d);
}

/* An entry may repeat a time that its own days would not give (a change of days that shortened it was not
 * let through): then the one before it counted. Where none fits, the newest has the word. */
static struct outcome count_then(struct appointed *a, struct cli *c, const struct dossier *d,
                                 const struct search *s)
{
    struct outcome o = OUTCOME_DONE;
    bool fits = false;
    for (size_t i = s->count; i-- > 0 && !fits && outcome_ok(&o);) {
        o = count_at(a, c, d, s->giver[i]);
        fits = outcome_ok(&o) && a->counting.deadline.due == d->appointment.due;
    }
    if (outcome_ok(&o) && !fits)
        o = count_at(a, c, d, s->count ? s->giver[s->count - 1] : d->last_event);
    a->counting.from = s->from;
    return o;
}

struct outcome appointed_init(struct appointed *a, struct cli *c, const struct dossier *d)
{
    struct counting today = {0};
    struct search s = {.d = d};
    view_history(c->view, d, look, &s);
    *a = (struct appointed){.today = NO_TIME};
    a->imported = s.imported || dossier_limit(d)->kind == LIMIT_NONE;
    if (a->imported)
        return OUTCOME_DONE;
    struct outcome o = count_then(a, c, d, &s);
    if (!outcome_ok(&o))
        return o;
    struct outcome again = count(&today, c->office, d);
    if (outcome_ok(&again))
        a->today = today.deadline.due;
    counting_release(&today);
    return again.kind == KIND_out_of_memory ? again : OUTCOME_DONE;
}

void appointed_release(struct appointed *a)
{
    counting_release(&a->counting);
    office_free(a->then);
    a->then = NULL;
}
