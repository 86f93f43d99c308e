/* At the counter: fees, why something is late, and what is turned away. */
#include "core/desk.h"

/* ---- fees ---- */

static struct outcome check_amount(const struct desk *d)
{
    int64_t amount = d->command->fee.amount, paid = d->dossier->fee_paid;
    if (d->command->fee.exempt && amount)
        return outcome_of(KIND_fee_both);
    if (d->command->fee.exempt && paid > 0) {
        struct outcome o = outcome_of(KIND_fee_paid);
        outcome_text(&o, d->dossier->code);
        outcome_number(&o, paid);
        return o;
    }
    if (d->command->fee.exempt)
        return OUTCOME_DONE;
    if (!amount || amount > FEE_MOST - paid || amount < -FEE_MOST)
        return outcome_of(KIND_no_fee);
    if (-amount > paid) {
        struct outcome o = outcome_of(KIND_fee_back);
        outcome_text(&o, d->dossier->code);
        outcome_number(&o, paid);
        return o;
    }
    return OUTCOME_DONE;
}

/* Taken, given back, or exempt: the last two say why. */
struct outcome decide_fee(struct desk *d)
{
    struct outcome o = check_amount(d);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_FEE);
    e->fee.amount = d->command->fee.amount;
    e->fee.exempt = d->command->fee.exempt;
    bool explains = e->fee.exempt || e->fee.amount < 0;
    const struct desk_texts texts[] = {
        {d->command->fee.reason, {.label = T_label_reason, .required = explains}, &e->fee.reason},
        {d->command->fee.document, {.label = T_label_fee_document}, &e->fee.document},
    };
    return desk_take(d, texts, sizeof texts / sizeof *texts);
}

/* ---- why it is late ---- */

/* A word on a reason needs a reason: this one, one given before, or the letter's. */
static struct outcome check_excuse(const struct desk *d)
{
    const struct dossier *was = d->dossier;
    if (d->command->late_reason.excuse == EXCUSE_UNSAID)
        return OUTCOME_DONE;
    if (d->command->late_reason.category == LATE_UNSAID && was->late_reason.category == LATE_UNSAID &&
        !was->apology.number) {
        struct outcome o = outcome_of(KIND_no_late_reason);
        outcome_text(&o, was->code);
        return o;
    }
    return desk_allowed(d, ACT_EXCUSE);
}

struct outcome decide_late_reason(struct desk *d)
{
    enum late_category category = d->command->late_reason.category;
    struct outcome o = check_excuse(d);
    if (!outcome_ok(&o))
        return o;
    if (category == LATE_UNSAID && d->command->late_reason.excuse == EXCUSE_UNSAID) {
        o = outcome_of(KIND_empty_text);
        outcome_label(&o, T_label_late_category);
        return o;
    }
    struct event *e = desk_event(d, EVENT_LATE_REASON);
    e->late_reason.category = category;
    e->late_reason.excuse = d->command->late_reason.excuse;
    return desk_text(d, d->command->late_reason.reason,
                     (struct text_rule){.label = T_label_reason, .required = category != LATE_UNSAID},
                     &e->late_reason.reason);
}

/* ---- turned away (Decree 61/2018 art. 17: guided in full, once; refused with the reason) ---- */

static struct outcome take_receipt(struct desk *d, struct receipt *to)
{
    const struct applicant *a = &d->command->turn_away.applicant;
    const struct procedure *p = office_find_procedure(d->office, d->command->turn_away.procedure);
    if (!p) {
        struct outcome o = outcome_of(KIND_unknown_procedure);
        outcome_typed(&o, d->command->turn_away.procedure);
        return o;
    }
    to->procedure = *p;
    to->fee = -1;
    to->submitted = NO_TIME;
    to->channel = d->command->turn_away.channel ? d->command->turn_away.channel : CHANNEL_DIRECT;
    to->applicant = (struct applicant){.organization = a->organization, .outside = a->outside};
    const struct desk_texts texts[] = {
        {a->name, {.label = T_label_applicant, .required = true}, &to->applicant.name},
        {a->phone, {.label = T_label_phone}, &to->applicant.phone},
        {a->id_number, {.label = T_label_id_number}, &to->applicant.id_number},
        {a->email, {.label = T_label_email}, &to->applicant.email},
        {a->address, {.label = T_label_address}, &to->applicant.address},
        {d->command->turn_away.submitter, {.label = T_label_submitter}, &to->submitter},
    };
    return desk_take(d, texts, sizeof texts / sizeof *texts);
}

struct outcome decide_turn_away(struct desk *d)
{
    struct event *e = desk_event(d, EVENT_TURNED_AWAY);
    bool refused = e->turned_away.refused = d->command->turn_away.refused;
    e->turned_away.slip = desk_number(d);
    struct outcome o = take_receipt(d, &e->turned_away.receipt);
    if (outcome_ok(&o))
        o = desk_text(d, d->command->turn_away.reason,
                      (struct text_rule){.label = T_label_reason, .required = refused},
                      &e->turned_away.reason);
    if (outcome_ok(&o))
        o = desk_list(d, d->command->turn_away.needs, T_label_need, &e->turned_away.needs);
    if (outcome_ok(&o) && !refused && !e->turned_away.needs.n) {
        o = outcome_of(KIND_empty_text);
        outcome_label(&o, T_label_need);
    }
    return o;
}
