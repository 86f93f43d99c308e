#include "tui/rehearsal.h"

#include "core/evolve.h"
#include <stdlib.h>

static bool add_event(void *arg, const struct event *e)
{
    struct rehearsal *r = arg;
    struct event *more = reallocarray(r->history, r->events + 2, sizeof *more);
    if (!more) {
        r->outcome = outcome_of(KIND_out_of_memory);
        return false;
    }
    r->history = more;
    r->history[r->events++] = *e;
    return true;
}

/* Only the whole history knows what is left when one event is taken out of it. */
static void evolve_undone(struct rehearsal *r, struct event *undone)
{
    view_history(r->view, &r->before, add_event, r);
    if (!r->events || !outcome_ok(&r->outcome))
        return;
    undone->previous = r->before.last_event;
    undone->seq = undone->previous + 1;
    r->history[r->events++] = *undone;
    if (!evolve_history(&r->after, r->history, r->events))
        r->after = r->before;
}

static void evolve_all(struct rehearsal *r)
{
    for (size_t i = 0; i < r->decision.count; i++) {
        struct event *e = &r->decision.event[i];
        if (e->kind == EVENT_UNDONE) {
            evolve_undone(r, e);
            continue;
        }
        e->previous = r->after.last_event;
        e->seq = e->previous + 1;
        evolve(&r->after, e);
    }
}

bool rehearsal_begin(struct rehearsal *r, struct session *s, uint64_t id, const struct command *command)
{
    *r = (struct rehearsal){.decision = DECISION_INIT};
    struct circumstances alone = {.number = 1};
    struct moment moment = session_moment(s);
    r->view = session_view(s);
    if (!r->view)
        return false;
    if (!view_dossier(r->view, id, &r->before)) {
        struct outcome gone = outcome_of(KIND_unknown_dossier);
        outcome_text(&gone, command->dossier);
        view_end(r->view);
        session_refuse(s, &gone);
        return false;
    }
    r->after = r->before;
    r->outcome = decide(view_office(r->view), &r->before, command, &moment, &alone, &r->decision);
    if (outcome_ok(&r->outcome))
        evolve_all(r);
    return true;
}

void rehearsal_end(struct rehearsal *r)
{
    free(r->history);
    decision_release(&r->decision);
    view_end(r->view);
}

const struct event *rehearsal_undone(const struct rehearsal *r)
{
    const struct event *undoing = &r->decision.event[0];
    for (size_t i = 0; r->decision.count && undoing->kind == EVENT_UNDONE && i < r->events; i++)
        if (r->history[i].seq == undoing->undone.seq)
            return &r->history[i];
    return NULL;
}
