/* Waiting for the applicant: a supplement (Decree 61/2018 art. 19.4) after which the limit restarts from
 * zero, or a tax or fee after whose payment a limit of its own runs.
 *
 * A wait is judged by the later of `at` and now, which is now: whoever writes down afterwards that it began
 * in time keeps the lateness there is by then. What ends while it waits takes that over. */
#include "core/desk.h"
#include "core/status.h"

/* ---- asking ---- */

/* Is the request late for the applicant, who must be told within so many working days of the receipt? */
static bool is_late_notice(const struct desk *d)
{
    civil_day counted = civil_day_of(d->dossier->appointment.counting);
    return calendar_working_between(d->calendar, counted, civil_day_of(d->at)) > d->settings->supplement_days;
}

struct outcome decide_supplement(struct desk *d)
{
    bool insisted;
    struct outcome o = desk_check_insist(d, d->command->supplement.insist, &insisted);
    if (outcome_ok(&o))
        o = desk_check_after_letter(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_SUPPLEMENT_REQUESTED);
    e->supplement.insisted = insisted;
    e->supplement.late_notice = is_late_notice(d);
    e->supplement.late = desk_lateness(d, d->now);
    e->supplement.slip = desk_number(d);
    o = desk_text(d, d->command->supplement.reason,
                  (struct text_rule){.label = T_label_reason, .required = true}, &e->supplement.reason);
    if (outcome_ok(&o))
        o = desk_list(d, d->command->supplement.needs, T_label_need, &e->supplement.needs);
    if (outcome_ok(&o) && !e->supplement.needs.n) {
        o = outcome_of(KIND_empty_text);
        outcome_label(&o, T_label_need);
    }
    return o;
}

struct outcome decide_await_payment(struct desk *d)
{
    struct outcome o = desk_check_after_letter(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_PAYMENT_AWAITED);
    e->payment.late = desk_lateness(d, d->now);
    return desk_text(d, d->command->resume.note, (struct text_rule){.label = T_label_note, .note = true},
                     &e->payment.note);
}

/* ---- what was waited for has come ---- */

static struct outcome resume(struct desk *d, enum event_kind kind, const struct limit *limit,
                             struct limit within)
{
    const struct receipt *r = &d->dossier->receipt;
    struct event *e = desk_event(d, kind);
    e->resumed.within = within;
    struct outcome o = desk_appointment(d, limit, r->clock, r->cutoff, d->at, &e->resumed.appointment);
    if (!outcome_ok(&o))
        return o;
    return desk_text(d, d->command->resume.note, (struct text_rule){.label = T_label_note, .note = true},
                     &e->resumed.note);
}

/* From zero, in the days as they are known now. */
struct outcome decide_restart(struct desk *d)
{
    return resume(d, EVENT_RESTARTED, &d->dossier->receipt.limit, (struct limit){.kind = LIMIT_NONE});
}

struct outcome decide_paid(struct desk *d)
{
    const struct limit *within = &d->command->resume.within;
    if (within->kind != LIMIT_NONE)
        return resume(d, EVENT_PAID, within, *within);
    struct outcome o = outcome_of(KIND_empty_text);
    outcome_label(&o, T_label_within);
    return o;
}
