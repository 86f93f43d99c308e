/* Mending a receipt: who may, while what lasts, and the due time counted anew. The old values stay in the
 * journal. */
#include "core/desk.h"
#include "core/status.h"

/* Received, then everything else: a new time of receipt may not lie after what has happened since. */
static struct outcome check_received(const struct desk *d, civil_minute received)
{
    civil_minute act = d->dossier->first_act;
    if (received == d->dossier->facts.received)
        return OUTCOME_DONE;
    struct outcome o = desk_check_not_future(d, received);
    if (outcome_ok(&o) && act != NO_TIME && received > act) {
        o = outcome_of(KIND_after_other_acts);
        outcome_time(&o, received);
        outcome_time(&o, act);
    }
    return outcome_ok(&o) ? desk_check_backdate(d, received) : o;
}

/* What the due time comes from: only while it runs; after the day of receipt, or once it is past, by those in
 * charge alone. */
static struct outcome check_due_fields(const struct desk *d, const struct mended *m)
{
    struct outcome o = desk_must_run(d);
    const struct facts *f = &d->dossier->facts;
    bool same_day = civil_day_of(d->now) == civil_day_of(f->received);
    if (outcome_ok(&o) && (!same_day || is_past(f, f->due, d->now)))
        o = desk_allowed(d, ACT_CORRECT_DUE);
    if (outcome_ok(&o) && m->overrides)
        o = desk_allowed(d, ACT_OVERRIDE_LIMIT);
    return outcome_ok(&o) ? check_received(d, m->received) : o;
}

static struct outcome check_submitted(const struct mended *m)
{
    struct outcome o = outcome_of(m->receipt.submitted != NO_TIME && m->receipt.submitted > m->received
                                      ? KIND_submitted_later
                                      : KIND_done);
    if (!outcome_ok(&o)) {
        outcome_time(&o, m->receipt.submitted);
        outcome_time(&o, m->received);
    }
    return o;
}

/* Counted anew in today's days, earlier or later: a mistake is mended. What counts from a restart keeps that
 * moment, and a payment's own limit has nothing to do with the receipt. */
static struct outcome recount(const struct desk *d, const struct mended *m, struct appointment *out)
{
    const struct dossier *was = d->dossier;
    const struct receipt *old = &was->receipt, *new = &m->receipt;
    civil_minute from = was->resumed ? was->appointment.from : m->received;
    bool same = from == was->appointment.from && old->clock == new->clock &&
                old->cutoff == new->cutoff &&limit_equal(&old->limit, &new->limit);
    *out = was->appointment;
    if (same || was->within.kind != LIMIT_NONE)
        return OUTCOME_DONE;
    if (new->limit.kind == LIMIT_NONE) { /* what another system said stands */
        out->from = out->counting = from;
        return OUTCOME_DONE;
    }
    return desk_appointment(d, &new->limit, new->clock, new->cutoff, from, out);
}

struct outcome decide_correct(struct desk *d)
{
    struct mended m;
    struct str reason;
    struct outcome o = desk_text(d, d->command->correct.reason,
                                 (struct text_rule){.label = T_label_reason, .required = true}, &reason);
    if (outcome_ok(&o))
        o = desk_mend(d, &m);
    if (outcome_ok(&o) && !m.changes.n) {
        o = outcome_of(KIND_nothing_changes);
        outcome_text(&o, d->dossier->code);
    }
    if (outcome_ok(&o) && m.due_fields)
        o = check_due_fields(d, &m);
    if (outcome_ok(&o))
        o = check_submitted(&m);
    struct appointment appointment;
    if (outcome_ok(&o))
        o = recount(d, &m, &appointment);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_CORRECTED);
    e->corrected.reason = reason;
    e->corrected.changes = m.changes;
    e->corrected.receipt = m.receipt;
    e->corrected.received = m.received;
    e->corrected.appointment = appointment;
    /* A letter's date stays; without one the statutory time is promised. */
    bool by_letter = d->dossier->promised != d->dossier->appointment.due;
    e->corrected.promised = by_letter ? d->dossier->promised : appointment.due;
    return OUTCOME_DONE;
}
