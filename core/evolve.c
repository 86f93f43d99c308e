#include "core/evolve.h"

static void evolve_received(struct dossier *d, const struct event *e)
{
    *d = (struct dossier){
        .facts =
            {
                .id = e->dossier,
                .state = STATE_PROCESSING,
                .channel = e->received.channel,
                .received = e->at,
                .statutory_due = e->received.due,
                .due = e->received.due,
                .waiting_since = NO_TIME,
                .resolved = NO_TIME,
                .returned = NO_TIME,
                .field = e->received.procedure.field_number,
                .procedure = e->received.procedure.number,
                .holder = e->received.officer_number,
                .in_hours = e->received.limit.kind == LIMIT_WORKING_HOURS,
                .outside = e->received.applicant.outside,
                .provisional = e->received.provisional,
            },
        .first_event = e->seq,
        .code = e->received.code,
        .procedure = e->received.procedure.code,
        .kase = e->received.procedure.kase,
        .procedure_version = e->received.procedure.version,
        .limit = e->received.limit,
        .clock = e->received.clock,
        .applicant = e->received.applicant,
        .submitter = e->received.submitter,
        .authority = e->received.authority,
        .components = e->received.components,
        .sets = e->received.sets,
        .fee = e->received.fee,
        .collect = e->received.collect,
        .note = e->received.note,
        .receiver = e->by,
        .officer = e->received.officer,
        .unit = e->received.unit,
        .submitted = e->received.submitted,
        .counting = e->received.counting,
        .apology = {.issued = NO_TIME, .old_due = NO_TIME, .new_due = NO_TIME},
    };
}

static void evolve_transferred(struct dossier *d, const struct event *e)
{
    d->officer = e->transferred.to;
    d->unit = e->transferred.unit;
    d->facts.holder = e->transferred.to_number;
}

static void evolve_apologized(struct dossier *d, const struct event *e)
{
    d->apology = (struct apology){
        .number = e->apologized.number,
        .year = e->apologized.year,
        .reason = e->apologized.reason,
        .signer = e->apologized.signer,
        .by = e->by,
        .issued = e->at,
        .recorded_at = e->recorded_at,
        .old_due = e->apologized.old_due,
        .new_due = e->apologized.new_due,
        .in_time = e->apologized.in_time,
    };
    d->facts.apologized = true;
    if (e->apologized.new_due != NO_TIME) {
        d->facts.due = e->apologized.new_due;
        d->facts.moved = true;
    }
}

/* Solved: resolved, refused, and whatever else ends a dossier with an answer. */
static void solve(struct dossier *d, const struct event *e, enum dossier_state state, enum ended_how how)
{
    d->facts.state = state;
    d->facts.ended_how = how;
    d->facts.resolved = e->at;
}

bool evolve(struct dossier *d, const struct event *e)
{
    bool begun = d->facts.id != 0;
    if (event_is_office(e->kind) || e->dossier == 0 || begun == (e->kind == EVENT_RECEIVED) ||
        (begun && (e->dossier != d->facts.id || e->previous != d->last_event)))
        return false;
    switch (e->kind) {
    case EVENT_RECEIVED: evolve_received(d, e); break;
    case EVENT_TRANSFERRED: evolve_transferred(d, e); break;
    case EVENT_APOLOGIZED: evolve_apologized(d, e); break;
    case EVENT_RESOLVED:
        solve(d, e, STATE_RESOLVED, ENDED_RESOLVED);
        d->result = e->resolved.result;
        d->digitized = e->resolved.digitized;
        d->late_days = e->resolved.late.statutory;
        break;
    case EVENT_RETURNED:
        /* A refusal handed over stays a refusal. */
        if (d->facts.state == STATE_RESOLVED)
            d->facts.state = STATE_RETURNED;
        d->facts.returned = e->at;
        d->return_channel = e->returned.channel;
        d->returned_to = e->returned.to;
        break;
    case EVENT_REFUSED:
        solve(d, e, STATE_REFUSED, ENDED_REFUSED);
        d->result = e->refused.reason;
        d->late_days = e->refused.late.statutory;
        break;
    default: return false;
    }
    d->last_event = e->seq;
    return true;
}
