/* At the counter: fees, why something is late, and what is turned away. */
#include "core/desk.h"

/* ---- fees ---- */

static struct outcome refuse_fee(const struct desk *d, enum outcome_kind kind, int64_t first, int64_t second)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, d->dossier->code);
    outcome_money(&o, first);
    outcome_money(&o, second);
    return o;
}

/* Never more than is owed, where that is known. */
static struct outcome check_taken(const struct desk *d, int64_t amount)
{
    int64_t fee = d->dossier->receipt.fee, paid = d->dossier->fee_paid;
    if (fee >= 0 && amount > fee - paid)
        return refuse_fee(d, KIND_fee_over, fee > paid ? fee - paid : 0, fee);
    return amount > FEE_MOST - paid ? refuse_fee(d, KIND_fee_too_large, FEE_MOST, paid) : OUTCOME_DONE;
}

static struct outcome check_amount(const struct desk *d)
{
    int64_t amount = d->command->fee.amount, paid = d->dossier->fee_paid;
    if (d->command->fee.exempt && amount)
        return outcome_of(KIND_fee_both);
    if (d->command->fee.exempt)
        return paid > 0 ? refuse_fee(d, KIND_fee_paid, paid, 0) : OUTCOME_DONE;
    if (!amount)
        return outcome_of(KIND_no_fee);
    if (amount > 0)
        return check_taken(d, amount);
    return amount < -paid ? refuse_fee(d, KIND_fee_back, paid, 0) : OUTCOME_DONE;
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

/* ---- taking that back ---- */

static struct outcome refuse_slip(enum outcome_kind kind, bool refused, struct yearly_number slip)
{
    struct outcome o = outcome_of(kind);
    outcome_text(&o, refused ? STR("03") : STR("02"));
    outcome_number(&o, slip.number);
    outcome_number(&o, slip.year);
    return o;
}

/* By whoever recorded it, the same day; by those who may take back what others did, whenever. */
struct outcome decide_turn_away_void(struct desk *d)
{
    bool refused = d->command->turn_away_void.refused;
    struct yearly_number slip = d->command->turn_away_void.slip;
    uint64_t seq = d->circumstances->turned_away;
    if (!seq || d->circumstances->turned_away_void)
        return refuse_slip(seq ? KIND_slip_void : KIND_unknown_slip, refused, slip);
    civil_minute recorded =
        civil_from_utc(d->circumstances->turned_away_at, office_identity(d->office)->utc_offset);
    bool own = str_eq(d->circumstances->turned_away_by, d->moment->login) &&
               civil_day_of(recorded) == civil_day_of(d->now);
    struct outcome o = own ? OUTCOME_DONE : desk_allowed(d, ACT_UNDO_OTHERS);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_TURN_AWAY_VOIDED);
    e->turn_away_voided.seq = seq;
    e->turn_away_voided.refused = refused;
    e->turn_away_voided.slip = slip;
    return desk_text(d, d->command->turn_away_void.reason,
                     (struct text_rule){.label = T_label_reason, .required = true},
                     &e->turn_away_voided.reason);
}
