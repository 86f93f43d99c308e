/* What happens to a dossier after it was received: handing over, apologising once, results. */
#include "core/desk.h"
#include "core/status.h"

/* ---- handing over (art. 18) ---- */

/* To somebody here, or to an outside unit: then nobody here holds it. */
static struct outcome choose_receiver(struct desk *d, struct event *e, const struct officer **receiver)
{
    struct str to = d->command->transfer.to;
    const struct officer *officer = NULL;
    struct outcome o = OUTCOME_DONE;
    if (to.n) {
        o = desk_find_officer(d, to, &officer);
    } else if (!e->transferred.unit.n) {
        o = outcome_of(KIND_empty_text);
        outcome_label(&o, T_label_transfer_to);
    }
    if (!outcome_ok(&o) || !officer) {
        e->transferred.resolves = outcome_ok(&o);
        return o;
    }
    e->transferred.to = officer->login;
    e->transferred.to_number = officer->number;
    *receiver = officer;
    if (!e->transferred.unit.n)
        e->transferred.unit = officer->unit;
    /* Those at the desk and those who sign do not resolve it. */
    e->transferred.resolves = officer->role == ROLE_SPECIALIST && e->transferred.unit.n > 0;
    return o;
}

struct outcome decide_transfer(struct desk *d)
{
    struct event *e = desk_event(d, EVENT_TRANSFERRED);
    e->transferred.within = d->command->transfer.within;
    e->transferred.within_due = NO_TIME;
    const struct desk_texts texts[] = {
        {d->command->transfer.unit, {.label = T_label_unit}, &e->transferred.unit},
        {d->command->transfer.step, {.label = T_label_step}, &e->transferred.step},
        {d->command->transfer.note, {.label = T_label_note, .note = true}, &e->transferred.note},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    const struct officer *receiver = NULL;
    if (outcome_ok(&o))
        o = choose_receiver(d, e, &receiver);
    if (!outcome_ok(&o))
        return o;
    bool asked = e->transferred.within.kind != LIMIT_NONE;
    o = desk_next_step(d, receiver ? receiver->role : ROLE_NONE, e);
    if (!outcome_ok(&o) || e->transferred.within.kind == LIMIT_NONE)
        return o;
    struct appointment step;
    o = desk_appointment(d, &e->transferred.within, asked ? d->dossier->receipt.clock : CLOCK_SAME_HOUR,
                         d->settings->same_day_cutoff, d->at, &step);
    e->transferred.within_due = outcome_ok(&o) ? step.due : NO_TIME;
    return o;
}

/* Nothing follows from a result before there is one. */
static struct outcome check_after_result(const struct desk *d)
{
    if (d->at >= d->dossier->facts.resolved)
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_before_result);
    outcome_time(&o, d->at);
    outcome_time(&o, d->dossier->facts.resolved);
    return o;
}

/* ---- the apology letter (Decree 61/2018 art. 19.9) ---- */

/* Before opening and after closing nobody is there; over lunch one may come and wait. */
static struct outcome check_new_hour(const struct desk *d, civil_minute until)
{
    const struct office_hours *hours = calendar_hours(d->calendar, civil_day_of(until));
    int minute = civil_minute_of_day(until);
    if (minute >= hours_open(hours) && minute <= hours_close(hours))
        return OUTCOME_DONE;
    struct outcome o = desk_refusal(d, KIND_outside_hours, LAW_NONE);
    struct buf spans = BUF_INIT;
    hours_format(&spans, hours);
    outcome_time(&o, until);
    outcome_text(&o, buf_str(&spans));
    buf_release(&spans);
    return o;
}

/* The new date: to come when the letter is written, later than the date in force, on a working day within its
 * hours. */
static struct outcome check_new_due(const struct desk *d, civil_minute until)
{
    const struct facts *f = &d->dossier->facts;
    struct outcome o = OUTCOME_DONE;
    civil_day day = civil_day_of(until);
    bool later = f->due == NO_TIME || (f->in_hours ? until > f->due : day > civil_day_of(f->due));
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
    } else {
        o = check_new_hour(d, until);
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

static struct outcome refuse_new_due(const struct desk *d)
{
    if (d->dossier->facts.state == STATE_RESOLVED)
        return desk_refuse_resolved(d, T_label_hint_no_until);
    struct outcome o = desk_refuse_state(d, KIND_not_open, LAW_NONE);
    outcome_label(&o, T_label_hint_no_until);
    return o;
}

/* What --until may be in the dossier's state: a running one needs it, a solved one has nothing left to
 * promise. */
static struct outcome choose_new_due(const struct desk *d, civil_minute *out)
{
    bool given = d->command->apologize.until != NO_TIME;
    *out = NO_TIME;
    if (desk_is_solved_late(d))
        return given ? refuse_new_due(d) : check_after_result(d);
    if (!given)
        return outcome_of(KIND_until_missing);
    *out = until_of(d);
    return check_new_due(d, *out);
}

struct outcome decide_apologize(struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    struct event *e = desk_event(d, EVENT_APOLOGIZED);
    /* One that is given says something: a letter of no unit is none's. */
    struct text_rule unit = {.label = T_label_unit, .required = d->command->apologize.unit.p != NULL};
    const struct desk_texts texts[] = {
        {d->command->apologize.reason, {.label = T_label_reason, .required = true}, &e->apologized.reason},
        {d->command->apologize.signer, {.label = T_label_signer}, &e->apologized.signer},
        {d->command->apologize.unit, unit, &e->apologized.unit},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    if (outcome_ok(&o))
        o = choose_new_due(d, &e->apologized.new_due);
    e->apologized.number = d->circumstances->number;
    e->apologized.year = d->series_year;
    if (!e->apologized.unit.n)
        e->apologized.unit = arena_str(&d->out->text, dossier_resolving_unit(d->dossier));
    e->apologized.old_due = f->due;
    e->apologized.in_time =
        f->state == STATE_PROCESSING && f->due != NO_TIME && civil_day_of(d->at) < civil_day_of(f->due);
    return o;
}

/* ---- results (art. 19, 20; art. 22 of Decree 118/2025) ---- */

struct outcome decide_resolve(struct desk *d)
{
    struct outcome o = desk_check_after_letter(d);
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
    struct outcome o = check_after_result(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_RETURNED);
    e->returned.channel =
        d->command->give_back.channel ? d->command->give_back.channel : d->dossier->receipt.collect;
    return desk_text(d, d->command->give_back.to, (struct text_rule){.label = T_label_returned_to},
                     &e->returned.to);
}

/* The applicant's satisfaction with a result; a later word replaces an earlier one. */
struct outcome decide_rate(struct desk *d)
{
    int stars = d->command->rate.stars;
    struct outcome o = check_after_result(d);
    if (!outcome_ok(&o))
        return o;
    if (stars < 1 || stars > 5) {
        struct buf typed = BUF_INIT;
        buf_add_int(&typed, stars);
        o = desk_bad_value(T_label_stars, buf_str(&typed), T_label_give_stars);
        buf_release(&typed);
        return o;
    }
    struct event *e = desk_event(d, EVENT_RATED);
    e->rated.stars = (uint8_t)stars;
    return desk_text(d, d->command->rate.note, (struct text_rule){.label = T_label_note, .note = true},
                     &e->rated.note);
}
