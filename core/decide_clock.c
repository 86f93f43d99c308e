/* Accepting the machine's clock, where the journal was written by one that ran ahead. */
#include "core/clock.h"
#include "core/desk.h"

/* Only where nothing else helps: a clock that is not behind needs no acceptance, and must not get one, for
 * each blurs when the entries before it were written. */
struct outcome decide_clock_accept(struct desk *d)
{
    const struct circumstances *c = d->circumstances;
    struct text_rule rule = {.label = T_label_reason, .required = true};
    struct str reason;
    struct outcome o = desk_text(d, d->command->clock.reason, rule, &reason);
    if (outcome_ok(&o) && !clock_is_behind(d->moment->now, c->recorded_at))
        o = outcome_of(KIND_clock_not_behind);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_CLOCK_ACCEPTED);
    e->clock.reason = reason;
    e->clock.behind = c->recorded_at;
    e->clock.before = c->clock_accepted;
    return o;
}
