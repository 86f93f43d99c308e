/* May it be done at all, as the dossier stands? Asked by decide() itself and, before anything is typed, by
 * screens that show what a rule forbids. */
#include "core/desk.h"
#include "core/status.h"

/* ---- refusals that name the state ---- */

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

struct outcome desk_refuse_state(const struct desk *d, enum outcome_kind kind, enum law_point law)
{
    enum dossier_state state = d->dossier->facts.state;
    struct outcome o = desk_refusal(d, kind, law);
    outcome_text(&o, d->dossier->code);
    outcome_label(&o, state_label(state));
    if (state_is_waiting(state))
        outcome_label(&o, state == STATE_WAITING ? T_label_hint_restart : T_label_hint_paid);
    return o;
}

struct outcome desk_refuse_resolved(const struct desk *d, enum text_id hint)
{
    struct outcome o = desk_refusal(d, KIND_already_resolved, LAW_RESULTS);
    outcome_text(&o, d->dossier->code);
    outcome_time(&o, d->dossier->facts.resolved);
    outcome_label(&o, d->dossier->facts.state == STATE_RETURNED ? T_label_hint_returned : hint);
    return o;
}

static struct outcome refuse(const struct desk *d, enum outcome_kind kind, enum law_point law)
{
    struct outcome o = desk_refusal(d, kind, law);
    outcome_text(&o, d->dossier->code);
    return o;
}

/* ---- what a state allows ---- */

static bool has_result(const struct facts *f)
{
    return f->state == STATE_RESOLVED || f->state == STATE_RETURNED;
}

/* One that is open may still get a result, one that ended never will. */
static struct outcome refuse_without_result(const struct desk *d)
{
    bool open = state_is_open(d->dossier->facts.state);
    struct outcome o = refuse(d, KIND_not_resolved, LAW_RESULTS);
    outcome_label(&o, open ? T_label_no_result_yet : T_label_ended_without_result);
    return o;
}

/* Neither solved nor otherwise ended; it may wait. */
static struct outcome must_be_open(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    if (has_result(f))
        return desk_refuse_resolved(d, T_nothing);
    return state_is_open(f->state) ? OUTCOME_DONE : desk_refuse_state(d, KIND_not_open, LAW_NONE);
}

struct outcome desk_must_run(const struct desk *d)
{
    struct outcome o = must_be_open(d);
    if (outcome_ok(&o) && state_is_waiting(d->dossier->facts.state))
        o = desk_refuse_state(d, KIND_waiting, LAW_SUPPLEMENT);
    return o;
}

static struct outcome must_wait(const struct desk *d, enum dossier_state state)
{
    struct outcome o = must_be_open(d);
    if (!outcome_ok(&o) || d->dossier->facts.state == state)
        return o;
    o = refuse(d, KIND_not_waiting, LAW_SUPPLEMENT);
    outcome_label(&o, state_label(state));
    return o;
}

static struct outcome refuse_second_apology(const struct desk *d)
{
    const struct apology *a = &d->dossier->apology;
    struct outcome o = refuse(d, KIND_second_apology, LAW_OVERDUE);
    struct buf number = BUF_INIT;
    apology_number(&number, a->number);
    outcome_text(&o, buf_str(&number));
    if (a->new_due != NO_TIME)
        outcome_labelled(&o, T_label_new_date, a->new_due);
    buf_release(&number);
    return o;
}

bool desk_is_solved_late(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    bool ended = f->state == STATE_WITHDRAWN || f->state == STATE_STOPPED;
    return (ended || is_uncollected(f)) && d->dossier->late.statutory > 0;
}

/* One letter in the dossier's whole life: while it runs, or once it is solved late. */
static struct outcome may_apologize(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    bool late = desk_is_solved_late(d);
    if (f->apologized && (f->state == STATE_PROCESSING || is_uncollected(f) || late))
        return refuse_second_apology(d);
    return late ? OUTCOME_DONE : desk_must_run(d);
}

static struct outcome may_return(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    if (f->state == STATE_RETURNED)
        return desk_refuse_resolved(d, T_nothing);
    if (is_uncollected(f))
        return OUTCOME_DONE;
    return f->state == STATE_PROCESSING ? refuse_without_result(d) : desk_must_run(d);
}

/* Another round of payment would give the dossier yet another limit of the desk's own choosing. */
static struct outcome may_be_paid(const struct desk *d)
{
    struct outcome o = must_wait(d, STATE_WAITING_PAYMENT);
    bool again = d->dossier->within.kind != LIMIT_NONE;
    return outcome_ok(&o) && again ? desk_allowed_to(d, ACT_OVERRIDE_LIMIT, T_label_act_paid_again) : o;
}

/* Decree 61/2018 knows the applicant who withdraws, Decree 118/2025 (art. 21) the dossier that is stopped. */
static struct outcome may_end_on_request(const struct desk *d, enum command_kind kind)
{
    struct outcome o = must_be_open(d);
    enum rule_set rules = law_rules(civil_day_of(d->dossier->facts.received));
    enum command_kind right = rules == RULES_61 ? COMMAND_WITHDRAW : COMMAND_STOP;
    if (outcome_ok(&o) && kind != right)
        o = refuse(d, right == COMMAND_STOP ? KIND_use_stop : KIND_use_withdraw, LAW_STOPPING);
    return o;
}

/* The last act, by whoever did it on the day they recorded it, or by those who may take back what others
 * did. */
static struct outcome may_undo(const struct desk *d)
{
    const struct last_act *last = &d->dossier->last;
    if (!last->seq)
        return refuse(d, KIND_nothing_to_undo, LAW_NONE);
    civil_minute recorded = civil_from_utc(last->recorded_at, office_identity(d->office)->utc_offset);
    bool own = str_eq(last->by, d->moment->login) && civil_day_of(recorded) == civil_day_of(d->now);
    struct outcome o = own ? OUTCOME_DONE : desk_allowed(d, ACT_UNDO_OTHERS);
    if (outcome_ok(&o) && last->recounts && last->moved_since)
        o = refuse(d, KIND_moved_since, LAW_NONE);
    return o;
}

static struct outcome must_not_be_void(const struct desk *d)
{
    bool gone = d->dossier->facts.state == STATE_VOID;
    return gone ? desk_refuse_state(d, KIND_not_open, LAW_NONE) : OUTCOME_DONE;
}

/* Whatever was taken is given back first: nobody asks a record that is void for money. */
static struct outcome may_void(const struct desk *d)
{
    struct outcome o = must_be_open(d);
    if (!outcome_ok(&o) || d->dossier->fee_paid <= 0)
        return o;
    o = refuse(d, KIND_fee_kept, LAW_NONE);
    outcome_money(&o, d->dossier->fee_paid);
    outcome_number(&o, d->dossier->fee_paid);
    return o;
}

static struct outcome may_give_late_reason(const struct desk *d)
{
    struct outcome o = must_not_be_void(d);
    return outcome_ok(&o) && !desk_is_late(d) ? refuse(d, KIND_not_late, LAW_NONE) : o;
}

static struct outcome may(const struct desk *d, enum command_kind kind)
{
    switch (kind) {
    case COMMAND_APOLOGIZE: return may_apologize(d);
    case COMMAND_RETURN: return may_return(d);
    case COMMAND_REFUSE: return must_be_open(d);
    case COMMAND_VOID: return may_void(d);
    case COMMAND_WITHDRAW:
    case COMMAND_STOP: return may_end_on_request(d, kind);
    case COMMAND_RESTART: return must_wait(d, STATE_WAITING);
    case COMMAND_PAID: return may_be_paid(d);
    case COMMAND_UNDO: return may_undo(d);
    case COMMAND_CORRECT:
    case COMMAND_FEE: return must_not_be_void(d);
    case COMMAND_LATE_REASON: return may_give_late_reason(d);
    case COMMAND_RATE: return has_result(&d->dossier->facts) ? OUTCOME_DONE : refuse_without_result(d);
    default: return desk_must_run(d);
    }
}

/* The latest of the times that whatever is done next may not lie before. */
static civil_minute latest_act(const struct dossier *was)
{
    const civil_minute times[] = {was->facts.waiting_since, was->resumed ? was->appointment.from : NO_TIME,
                                  was->facts.resolved, was->facts.returned,
                                  was->apology.number ? was->apology.issued : NO_TIME};
    civil_minute latest = NO_TIME;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (times[i] > latest)
            latest = times[i];
    return latest;
}

/* What was recorded by a clock that ran ahead is first put right, or out of the way: whatever else is done
 * would lie before it. */
static struct outcome check_not_ahead(const struct desk *d, enum command_kind kind)
{
    bool mends = kind == COMMAND_CORRECT || kind == COMMAND_UNDO || kind == COMMAND_VOID;
    civil_minute received = d->dossier->facts.received, act = latest_act(d->dossier);
    if (mends || (received <= d->now && act <= d->now))
        return OUTCOME_DONE;
    struct outcome o = outcome_of(act > d->now ? KIND_act_ahead : KIND_received_ahead);
    outcome_text(&o, d->dossier->code);
    outcome_time(&o, act > d->now ? act : received);
    return o;
}

struct outcome desk_may(const struct desk *d, enum command_kind kind)
{
    struct outcome o = may(d, kind);
    return outcome_ok(&o) ? check_not_ahead(d, kind) : o;
}

/* ---- the supplement that needs a chief's word ---- */

struct outcome desk_check_insist(const struct desk *d, bool insists, bool *needed)
{
    const struct dossier *was = d->dossier;
    bool second = was->supplements > 0;
    *needed = second || is_past(&was->facts, was->facts.due, d->now);
    if (!*needed)
        return OUTCOME_DONE;
    if (insists)
        return desk_allowed(d, ACT_INSIST);
    struct outcome o = refuse(d, second ? KIND_second_supplement : KIND_late_supplement, LAW_SUPPLEMENT);
    if (!second)
        outcome_time(&o, was->facts.due);
    return o;
}
