/* What happens to a dossier after it was received: handing over, apologising once, results, refusal. */
#include "core/deadline.h"
#include "core/desk.h"
#include "core/status.h"

/* ---- may it be done at all? ---- */

static enum text_id state_label(enum dossier_state state)
{
    switch (state) {
    case STATE_WAITING: return T_label_state_waiting;
    case STATE_WAITING_PAYMENT: return T_label_state_waiting_payment;
    case STATE_REFUSED: return T_label_state_refused;
    case STATE_WITHDRAWN: return T_label_state_withdrawn;
    case STATE_STOPPED: return T_label_state_stopped;
    default: return T_label_state_void;
    }
}

static struct outcome refuse_state(const struct desk *d, enum outcome_kind kind, enum law_point law)
{
    struct outcome o = desk_refusal(d, kind, law);
    outcome_text(&o, d->dossier->code);
    outcome_label(&o, state_label(d->dossier->facts.state));
    return o;
}

/* `hint` may be T_nothing. */
static struct outcome refuse_resolved(const struct desk *d, enum text_id hint)
{
    struct outcome o = desk_refusal(d, KIND_already_resolved, LAW_RESULTS);
    outcome_text(&o, d->dossier->code);
    outcome_time(&o, d->dossier->facts.resolved);
    outcome_label(&o, d->dossier->facts.state == STATE_RETURNED ? T_label_hint_returned : hint);
    return o;
}

static bool has_result(const struct facts *f)
{
    return f->state == STATE_RESOLVED || f->state == STATE_RETURNED;
}

/* Running: neither ended nor waiting for the applicant. */
static struct outcome must_be_running(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    if (has_result(f))
        return refuse_resolved(d, T_nothing);
    if (state_is_waiting(f->state))
        return refuse_state(d, KIND_waiting, LAW_SUPPLEMENT);
    return f->state == STATE_PROCESSING ? OUTCOME_DONE : refuse_state(d, KIND_not_open, LAW_NONE);
}

static struct outcome refuse_second_apology(const struct desk *d)
{
    const struct apology *a = &d->dossier->apology;
    struct outcome o = desk_refusal(d, KIND_second_apology, LAW_OVERDUE);
    struct buf number = BUF_INIT;
    apology_number(&number, a->number);
    outcome_text(&o, d->dossier->code);
    outcome_text(&o, buf_str(&number));
    outcome_time(&o, a->new_due);
    buf_release(&number);
    return o;
}

/* One letter in the dossier's whole life: while it runs, or once solved (or refused) late and not yet handed
 * over. */
static struct outcome may_apologize(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    bool at_the_desk = is_uncollected(f);
    if (f->apologized && (f->state == STATE_PROCESSING || at_the_desk))
        return refuse_second_apology(d);
    if (at_the_desk && is_past(f, f->statutory_due, f->resolved))
        return OUTCOME_DONE;
    return must_be_running(d);
}

static struct outcome may_return(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    if (f->state == STATE_RETURNED)
        return refuse_resolved(d, T_nothing);
    if (is_uncollected(f))
        return OUTCOME_DONE;
    if (f->state == STATE_PROCESSING) {
        struct outcome o = desk_refusal(d, KIND_not_resolved, LAW_RESULTS);
        outcome_text(&o, d->dossier->code);
        return o;
    }
    return must_be_running(d);
}

/* A refusal ends a dossier even while it waits. */
static struct outcome may_refuse(const struct desk *d)
{
    return state_is_waiting(d->dossier->facts.state) ? OUTCOME_DONE : must_be_running(d);
}

struct outcome desk_may(const struct desk *d, enum command_kind kind)
{
    switch (kind) {
    case COMMAND_APOLOGIZE: return may_apologize(d);
    case COMMAND_RETURN: return may_return(d);
    case COMMAND_REFUSE: return may_refuse(d);
    default: return must_be_running(d);
    }
}

/* ---- handing over (art. 18) ---- */

struct outcome decide_transfer(struct desk *d)
{
    const struct officer *to = NULL;
    struct outcome o = desk_find_officer(d, d->command->transfer.to, &to);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_TRANSFERRED);
    e->transferred.to = to->login;
    e->transferred.to_number = to->number;
    e->transferred.within = d->command->transfer.within;
    e->transferred.within_due = NO_TIME;
    const struct desk_texts texts[] = {
        {d->command->transfer.unit, {.label = T_label_unit}, &e->transferred.unit},
        {d->command->transfer.step, {.label = T_label_step}, &e->transferred.step},
        {d->command->transfer.note, {.label = T_label_note, .note = true}, &e->transferred.note},
    };
    o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (!e->transferred.unit.n)
        e->transferred.unit = to->unit;
    struct deadline due;
    if (outcome_ok(&o) && deadline_compute(d->calendar, &e->transferred.within, d->dossier->receipt.clock,
                                           d->settings->same_day_cutoff, d->at, &due, NULL))
        e->transferred.within_due = due.due;
    return o;
}

/* ---- the apology letter (Decree 61/2018 art. 19.9) ---- */

/* The new date: to come when the letter is written, later than the date in force, on a working day. */
static struct outcome check_new_due(const struct desk *d, civil_minute until)
{
    const struct facts *f = &d->dossier->facts;
    struct outcome o = OUTCOME_DONE;
    civil_day day = civil_day_of(until);
    bool later = f->in_hours ? until > f->due : day > civil_day_of(f->due);
    if (until <= d->at) {
        o = desk_refusal(d, KIND_due_in_past, LAW_OVERDUE);
        outcome_time(&o, until);
    } else if (!later) {
        o = desk_refusal(d, KIND_due_not_later, LAW_OVERDUE);
        outcome_time(&o, until);
        outcome_time(&o, f->due);
    } else if (!calendar_is_working(d->calendar, day)) {
        o = desk_refusal(d, KIND_due_on_day_off, LAW_COUNTING);
        struct day_info info = calendar_day(d->calendar, day);
        outcome_date(&o, day);
        outcome_date(&o, calendar_working_on_or_after(d->calendar, day));
        if (info.name.n)
            outcome_text(&o, info.name);
        else
            outcome_label(&o, T_label_weekend);
    }
    return o;
}

static civil_minute until_of(const struct desk *d)
{
    civil_minute until = d->command->apologize.until;
    if (!d->command->apologize.until_is_date)
        return until;
    civil_day day = civil_day_of(until);
    return civil_at(day, calendar_closes(d->calendar, day));
}

/* What --until may be in the dossier's state: a running one needs it, a solved one has nothing left to
 * promise. */
static struct outcome choose_new_due(const struct desk *d, civil_minute *out)
{
    bool given = d->command->apologize.until != NO_TIME;
    *out = NO_TIME;
    if (given && d->dossier->facts.state == STATE_REFUSED)
        return refuse_state(d, KIND_not_open, LAW_NONE);
    if (is_uncollected(&d->dossier->facts))
        return given ? refuse_resolved(d, T_label_hint_no_until) : OUTCOME_DONE;
    if (!given)
        return outcome_of(KIND_until_missing);
    *out = until_of(d);
    return check_new_due(d, *out);
}

struct outcome decide_apologize(struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    struct event *e = desk_event(d, EVENT_APOLOGIZED);
    const struct desk_texts texts[] = {
        {d->command->apologize.reason, {.label = T_label_reason, .required = true}, &e->apologized.reason},
        {d->command->apologize.signer, {.label = T_label_signer}, &e->apologized.signer},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = choose_new_due(d, &e->apologized.new_due);
    e->apologized.number = d->circumstances->letter_number;
    e->apologized.year = civil_to_ymd(civil_day_of(d->at)).year;
    e->apologized.old_due = f->due;
    e->apologized.in_time = f->state == STATE_PROCESSING && civil_day_of(d->at) < civil_day_of(f->due);
    return o;
}

/* ---- results (art. 19, 20; art. 22 of Decree 118/2025) ---- */

/* A letter says that there is no result yet: none can lie before it. */
static struct outcome check_after_letter(const struct desk *d)
{
    const struct apology *a = &d->dossier->apology;
    if (!a->number || d->at >= a->issued)
        return OUTCOME_DONE;
    struct outcome o = desk_refusal(d, KIND_before_letter, LAW_OVERDUE);
    outcome_time(&o, d->at);
    outcome_time(&o, a->issued);
    return o;
}

struct outcome decide_resolve(struct desk *d)
{
    struct outcome o = check_after_letter(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_RESOLVED);
    e->resolved.digitized = d->command->resolve.digitized;
    e->resolved.late = desk_lateness(d, d->at);
    return desk_text(d, d->command->resolve.result, (struct text_rule){.label = T_label_result, .note = true},
                     &e->resolved.result);
}

struct outcome decide_return(struct desk *d)
{
    if (d->at < d->dossier->facts.resolved) {
        struct outcome o = outcome_of(KIND_before_result);
        outcome_time(&o, d->at);
        outcome_time(&o, d->dossier->facts.resolved);
        return o;
    }
    struct event *e = desk_event(d, EVENT_RETURNED);
    e->returned.channel =
        d->command->give_back.channel ? d->command->give_back.channel : d->dossier->receipt.collect;
    return desk_text(d, d->command->give_back.to, (struct text_rule){.label = T_label_returned_to},
                     &e->returned.to);
}

/* With a reason, within the limit (art. 19.8): it counts as solved. While waiting nothing is due, so nothing
 * is late yet. */
struct outcome decide_refuse(struct desk *d)
{
    struct outcome o = check_after_letter(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_REFUSED);
    if (!state_is_waiting(d->dossier->facts.state))
        e->ended.late = desk_lateness(d, d->at);
    return desk_text(d, d->command->end.reason, (struct text_rule){.label = T_label_reason, .required = true},
                     &e->ended.reason);
}
