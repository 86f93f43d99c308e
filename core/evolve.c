#include "core/evolve.h"

/* ---- what each event does ---- */

/* Nothing but a first wait and its end can be told without the history. */
static void note_awaited(struct facts *f, enum awaited awaited, civil_minute from, civil_minute until)
{
    f->awaited = awaited;
    f->awaited_from = awaited == AWAITED_ONCE ? from : 0;
    f->awaited_until = awaited == AWAITED_ONCE ? until : 0;
}

static void evolve_received(struct dossier *d, const struct event *e)
{
    *d = (struct dossier){
        .facts =
            {
                .id = e->dossier,
                .state = STATE_PROCESSING,
                .waiting_since = NO_TIME,
                .resolved = NO_TIME,
                .returned = NO_TIME,
                .holder = e->received.officer_number,
            },
        .first_event = e->seq,
        .code = e->received.code,
        .given_statutory = NO_TIME,
        .given_due = NO_TIME,
        .receiver = e->by,
        .officer = e->received.officer,
        .unit = e->received.unit,
        .resolving_unit = e->received.resolves ? e->received.unit : STR_NONE,
        .apology = {.issued = NO_TIME, .old_due = NO_TIME, .new_due = NO_TIME},
        .first_act = NO_TIME,
    };
    d->receipt = e->received.receipt;
    d->facts.received = e->at;
    d->appointment = e->received.appointment;
    d->promised = e->received.appointment.due;
    d->in_register = e->received.in_register;
    d->step = e->received.step;
}

/* What another system says anew takes the place of all it said before: nothing was done here since. */
static void evolve_imported(struct dossier *d, const struct event *e)
{
    uint64_t first = event_begins(e->kind) ? e->seq : d->first_event;
    bool waited = state_is_waiting(e->imported.state) || e->imported.waiting_since != NO_TIME;
    *d = (struct dossier){
        .facts =
            {
                .id = e->dossier,
                .state = e->imported.state,
                .ended_how = ended_how_of(e->imported.state),
                .received = e->at,
                .waiting_since = e->imported.waiting_since,
                .resolved = e->imported.resolved,
                .returned = e->imported.returned,
                .holder = e->imported.officer_number,
                .was_late = waited && e->imported.late.statutory > 0,
                .was_late_promised = waited && e->imported.late.promised > 0,
            },
        .first_event = first,
        .code = e->imported.code,
        .imported = true,
        .title = e->imported.title,
        .field_title = e->imported.field,
        .given_statutory = e->imported.appointment.due,
        .given_due = e->imported.promised,
        .receiver = e->imported.receiver,
        .officer = e->imported.officer,
        .unit = e->imported.unit,
        .promised = e->imported.promised,
        .apology = {.issued = NO_TIME, .old_due = NO_TIME, .new_due = NO_TIME},
        .first_act = NO_TIME,
        .late = e->imported.late,
        .result = e->imported.result,
    };
    d->receipt = e->imported.receipt;
    d->appointment = e->imported.appointment;
    if (state_is_waiting(e->imported.state) && e->imported.waiting_since == NO_TIME)
        note_awaited(&d->facts, AWAITED_MORE, 0, 0);
}

static void evolve_transferred(struct dossier *d, const struct event *e)
{
    d->officer = e->transferred.to;
    d->unit = e->transferred.unit;
    if (e->transferred.resolves)
        d->resolving_unit = e->transferred.unit;
    d->facts.holder = e->transferred.to_number;
    d->step = e->transferred.step;
}

static void evolve_apologized(struct dossier *d, const struct event *e)
{
    /* What was promised before it can be told later where that was the statutory time: another system may
     * have promised something else. */
    if (d->promised != d->appointment.due)
        d->facts.rescheduled = true;
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
        .unit = e->apologized.unit,
    };
    /* Its reason is the one that counts from here on: a word on another does not speak of it. */
    d->late_reason.excuse = EXCUSE_UNSAID;
    d->late_reason.excused_by = STR_NONE;
    d->facts.apologized = true;
    if (e->apologized.new_due != NO_TIME) {
        d->promised = e->apologized.new_due;
        d->facts.moved = true;
    }
}

static void wait_for(struct dossier *d, const struct event *e, enum dossier_state state, struct lateness late)
{
    if (d->facts.awaited != AWAITED_NOT || d->facts.waiting_since != NO_TIME)
        note_awaited(&d->facts, AWAITED_MORE, 0, 0);
    d->facts.state = state;
    d->facts.waiting_since = e->at;
    d->facts.moved = true;
    d->late = late;
    d->facts.was_late = late.statutory > 0;
    d->facts.was_late_promised = late.promised > 0;
}

static void evolve_supplement(struct dossier *d, const struct event *e)
{
    wait_for(d, e, STATE_WAITING, e->supplement.late);
    d->asked = e->supplement.reason;
    d->needs = e->supplement.needs;
    d->supplements++;
    d->supplement_slip = e->supplement.slip;
    d->facts.insisted = d->facts.insisted || e->supplement.insisted;
}

/* What was waited for has come: a new appointment, counted from then. */
static void evolve_resumed(struct dossier *d, const struct event *e)
{
    bool once = d->facts.awaited == AWAITED_NOT && d->facts.waiting_since != NO_TIME;
    note_awaited(&d->facts, once ? AWAITED_ONCE : AWAITED_MORE, d->facts.waiting_since, e->at);
    d->facts.state = STATE_PROCESSING;
    d->facts.waiting_since = NO_TIME;
    d->facts.moved = true; /* also of one that another system sent while it waited */
    d->resumed = true;
    d->within = e->resumed.within;
    d->appointment = e->resumed.appointment;
    d->promised = e->resumed.appointment.due;
}

/* Solved: resolved, refused, and whatever else ends a dossier with an answer. One that ended while the
 * applicant was awaited keeps waiting_since: it is judged there. */
static void solve(struct dossier *d, const struct event *e, enum dossier_state state, enum ended_how how)
{
    d->facts.state = state;
    d->facts.ended_how = how;
    d->facts.resolved = e->at;
}

static void evolve_ended(struct dossier *d, const struct event *e, enum dossier_state state,
                         enum ended_how how)
{
    solve(d, e, state, how);
    d->result = e->ended.reason;
    d->end_slip = e->ended.slip;
    d->late = e->ended.late;
}

static void evolve_voided(struct dossier *d, const struct event *e)
{
    d->facts.state = STATE_VOID;
    d->facts.ended_how = ENDED_VOID;
    d->result = e->ended.reason;
    d->late = e->ended.late;
}

static void evolve_resolved(struct dossier *d, const struct event *e)
{
    solve(d, e, STATE_RESOLVED, ENDED_RESOLVED);
    d->result = e->resolved.result;
    d->digitized = e->resolved.digitized;
    d->late = e->resolved.late;
}

static void evolve_returned(struct dossier *d, const struct event *e)
{
    /* A refusal handed over stays a refusal. */
    if (d->facts.state == STATE_RESOLVED)
        d->facts.state = STATE_RETURNED;
    d->facts.returned = e->at;
    d->return_channel = e->returned.channel;
    d->returned_to = e->returned.to;
}

static void evolve_corrected(struct dossier *d, const struct event *e)
{
    d->receipt = e->corrected.receipt;
    if (d->receipt.procedure.number)
        d->title = d->field_title = STR_NONE;
    bool moves =
        d->facts.received != e->corrected.received || d->appointment.due != e->corrected.appointment.due;
    d->facts.moved = d->facts.moved || moves;
    d->facts.rescheduled = d->facts.rescheduled || moves || d->promised != e->corrected.promised;
    d->facts.received = e->corrected.received;
    d->appointment = e->corrected.appointment;
    d->promised = e->corrected.promised;
}

/* The office's days changed. Nothing is due while the applicant is awaited, so nothing moves. */
static void evolve_moved(struct dossier *d, const struct event *e)
{
    if (d->facts.state != STATE_PROCESSING)
        return;
    bool rescheduled = d->promised != d->appointment.due;
    d->appointment.counting = e->moved.counting;
    d->appointment.due = e->moved.new_statutory;
    d->appointment.provisional = e->moved.provisional;
    d->promised = rescheduled ? e->moved.new_due : e->moved.new_statutory;
    d->facts.moved = d->facts.rescheduled = true;
}

/* What was taken adds up; what was given back goes off it. */
static void evolve_fee(struct dossier *d, const struct event *e)
{
    d->fee_paid += e->fee.amount;
    d->fee_exempt = e->fee.exempt;
    d->fee_settled = e->fee.exempt || d->fee_paid > 0;
}

/* A reason given anew awaits a new word on it. */
static void evolve_late_reason(struct dossier *d, const struct event *e)
{
    if (e->late_reason.category != LATE_UNSAID)
        d->late_reason = (struct late_reason){
            .category = e->late_reason.category, .reason = e->late_reason.reason, .by = e->by};
    if (e->late_reason.excuse != EXCUSE_UNSAID) {
        d->late_reason.excuse = e->late_reason.excuse;
        d->late_reason.excused_by = e->by;
    }
}

static bool apply(struct dossier *d, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: evolve_received(d, e); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: evolve_imported(d, e); break;
    case EVENT_TRANSFERRED: evolve_transferred(d, e); break;
    case EVENT_APOLOGIZED: evolve_apologized(d, e); break;
    case EVENT_RESOLVED: evolve_resolved(d, e); break;
    case EVENT_RETURNED: evolve_returned(d, e); break;
    case EVENT_REFUSED: evolve_ended(d, e, STATE_REFUSED, ENDED_REFUSED); break;
    case EVENT_WITHDRAWN: evolve_ended(d, e, STATE_WITHDRAWN, ENDED_WITHDRAWN); break;
    case EVENT_STOPPED: evolve_ended(d, e, STATE_STOPPED, ENDED_STOPPED); break;
    case EVENT_VOIDED: evolve_voided(d, e); break;
    case EVENT_SUPPLEMENT_REQUESTED: evolve_supplement(d, e); break;
    case EVENT_PAYMENT_AWAITED: wait_for(d, e, STATE_WAITING_PAYMENT, e->payment.late); break;
    case EVENT_RESTARTED:
    case EVENT_PAID: evolve_resumed(d, e); break;
    case EVENT_CORRECTED: evolve_corrected(d, e); break;
    case EVENT_RATED: d->rating = e->rated.stars; break;
    case EVENT_DUE_MOVED: evolve_moved(d, e); break;
    case EVENT_FEE: evolve_fee(d, e); break;
    case EVENT_LATE_REASON: evolve_late_reason(d, e); break;
    default: return false;
    }
    return true;
}

/* ---- what follows from the rest ---- */

/* The facts that lists need, out of what the events left. */
static void gather_facts(struct dossier *d)
{
    struct facts *f = &d->facts;
    bool waiting = state_is_waiting(f->state);
    f->statutory_due = waiting ? NO_TIME : d->appointment.due;
    f->due = waiting ? NO_TIME : d->promised;
    f->provisional = d->appointment.provisional;
    f->channel = d->receipt.channel;
    f->field = d->receipt.procedure.field_number;
    f->procedure = d->receipt.procedure.number;
    f->in_hours = dossier_limit(d)->kind == LIMIT_WORKING_HOURS;
    f->outside = d->receipt.applicant.outside;
    f->letter = dossier_letter(d);
}

static void note_act(struct dossier *d, const struct event *e, bool recounts)
{
    if (event_begins(e->kind))
        return;
    if (e->kind == EVENT_DUE_MOVED) {
        d->last.moved_since = true;
        return;
    }
    d->last = (struct last_act){
        .seq = e->seq, .kind = e->kind, .by = e->by, .recorded_at = e->recorded_at, .recounts = recounts};
    bool happened = e->kind != EVENT_CORRECTED && e->kind != EVENT_REIMPORTED;
    if (happened && (d->first_act == NO_TIME || e->at < d->first_act))
        d->first_act = e->at;
}

/* Does this correction make the due time anew, so that no later change of it may be kept without it? While a
 * payment's own limit runs none does. */
static bool is_recount(const struct dossier *d, const struct event *e)
{
    if (e->kind != EVENT_CORRECTED || d->within.kind != LIMIT_NONE)
        return false;
    const struct appointment *is = &d->appointment, *becomes = &e->corrected.appointment;
    const struct receipt *old = &d->receipt, *new = &e->corrected.receipt;
    return is->from != becomes->from || is->due != becomes->due || old->clock != new->clock ||
           old->cutoff != new->cutoff || !limit_equal(&old->limit, &new->limit);
}

static bool step(struct dossier *d, const struct event *e)
{
    bool recounts = is_recount(d, e);
    if (!apply(d, e))
        return false;
    gather_facts(d);
    note_act(d, e, recounts);
    return true;
}

/* ---- one after the other ---- */

/* Does e come next in the chain of this dossier, whose last event is `last` (0: none yet)? */
static bool follows(const struct event *e, uint64_t id, uint64_t last)
{
    bool begins = event_begins(e->kind);
    return event_is_dossier(e->kind) && e->dossier != 0 && begins == (last == 0) &&
           (begins || (e->dossier == id && e->previous == last));
}

bool evolve(struct dossier *d, const struct event *e)
{
    if (!follows(e, d->facts.id, d->facts.id ? d->last_event : 0) || !step(d, e))
        return false;
    d->last_event = e->seq;
    return true;
}

/* What moved an appointment goes with it: it says nothing of the one before. */
static void take_moves_back(struct event *events, size_t from, size_t before, uint64_t undo)
{
    for (size_t i = from; i < before; i++)
        if (events[i].kind == EVENT_DUE_MOVED && !events[i].undone_by)
            events[i].undone_by = undo;
}

/* Only something still standing, and not the receipt, can have been taken back. */
static bool take_back(struct event *events, size_t before, const struct event *undo)
{
    for (size_t i = before; i-- > 1;)
        if (events[i].seq == undo->undone.seq) {
            bool stands =
                !events[i].undone_by && events[i].kind != EVENT_UNDONE && events[i].kind != EVENT_DUE_MOVED;
            events[i].undone_by = undo->seq;
            if (events[i].kind == EVENT_RESTARTED || events[i].kind == EVENT_PAID ||
                events[i].kind == EVENT_REIMPORTED)
                take_moves_back(events, i + 1, before, undo->seq);
            return stands;
        }
    return false;
}

bool evolve_history(struct dossier *d, struct event *events, size_t count)
{
    if (count == 0)
        return false;
    for (size_t i = 0; i < count; i++)
        events[i].undone_by = 0;
    for (size_t i = 0; i < count; i++)
        if (!follows(&events[i], events[0].dossier, i ? events[i - 1].seq : 0) ||
            (events[i].kind == EVENT_UNDONE && !take_back(events, i, &events[i])))
            return false;
    *d = (struct dossier){0};
    for (size_t i = 0; i < count; i++)
        if (events[i].kind != EVENT_UNDONE && !events[i].undone_by && !step(d, &events[i]))
            return false;
    d->last_event = events[count - 1].seq;
    return true;
}
