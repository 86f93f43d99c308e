/* Ending without a result: refused (Decree 61/2018 art. 19.8), withdrawn or stopped at the applicant's
 * request (Decree 118/2025 art. 21), void. All but the last count as solved, early, on time or late. */
#include "core/desk.h"

/* What ends while the applicant is awaited was judged when the wait was recorded: the dossier knows how late
 * it was then. */
static struct lateness lateness_of(const struct desk *d)
{
    return state_is_waiting(d->dossier->facts.state) ? d->dossier->late : desk_lateness(d, d->at);
}

static struct outcome end(struct desk *d, enum event_kind kind)
{
    struct outcome o = kind == EVENT_VOIDED ? OUTCOME_DONE : desk_check_after_letter(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, kind);
    if (kind == EVENT_REFUSED || kind == EVENT_STOPPED)
        e->ended.slip = desk_number(d);
    if (kind != EVENT_VOIDED) /* a record made by mistake is never late */
        e->ended.late = lateness_of(d);
    return desk_text(d, d->command->end.reason, (struct text_rule){.label = T_label_reason, .required = true},
                     &e->ended.reason);
}

struct outcome decide_refuse(struct desk *d)
{
    return end(d, EVENT_REFUSED);
}

struct outcome decide_withdraw(struct desk *d)
{
    return end(d, EVENT_WITHDRAWN);
}

struct outcome decide_stop(struct desk *d)
{
    return end(d, EVENT_STOPPED);
}

struct outcome decide_void(struct desk *d)
{
    return end(d, EVENT_VOIDED);
}
