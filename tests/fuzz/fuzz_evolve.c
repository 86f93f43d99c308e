/* The bytes say which events happen to one dossier, one after the other, and what is in them. Whatever can be
 * written must be read back, and make a dossier that can be written and read back too. */
#include "core/evolve.h"
#include "core/row.h"
#include "core/status.h"
#include "core/wire.h"
#include "tests/fuzz/fuzz.h"

enum { MOST_EVENTS = 40, DOSSIER = 5, TEXT = 24 };

struct life {
    struct fed fed;
    struct event event[MOST_EVENTS];
    struct buf body[MOST_EVENTS];
    size_t count;
    bool undone; /* an event among them takes back */
};

/* ---- what the bytes say ---- */

static struct limit feed_limit(struct fed *f)
{
    static const struct limit usual[] = {
        {LIMIT_NONE, 0, LIMIT_NO_CUTOFF},           {LIMIT_SAME_DAY, 100, 900},
        {LIMIT_WORKING_DAYS, 300, LIMIT_NO_CUTOFF}, {LIMIT_WORKING_HOURS, 800, LIMIT_NO_CUTOFF},
        {LIMIT_MONTHS, 200, LIMIT_NO_CUTOFF},
    };
    return usual[fed_below(f, 5)];
}

static struct appointment feed_appointment(struct fed *f)
{
    struct appointment a = {.from = fed_time(f)};
    a.counting = fed_time(f);
    a.due = fed_time(f);
    a.provisional = fed_below(f, 2);
    return a;
}

static struct lateness feed_lateness(struct fed *f)
{
    struct lateness late = {.statutory = (uint32_t)fed_below(f, 4)};
    late.promised = (uint32_t)fed_below(f, 4);
    return late;
}

static struct receipt feed_receipt(struct fed *f)
{
    struct receipt r = {.procedure = {.number = (uint16_t)fed_below(f, 4)}};
    r.procedure.field_number = (uint16_t)fed_below(f, 4);
    r.procedure.code = fed_str(f, TEXT);
    r.limit = feed_limit(f);
    r.clock = fed_below(f, 3);
    r.cutoff = (int)fed_below(f, MINUTES_PER_DAY);
    r.applicant.name = fed_str(f, TEXT);
    r.applicant.outside = fed_below(f, 2);
    r.components = fed_str(f, TEXT);
    r.fee = (int64_t)fed_int(f, 8);
    r.channel = fed_below(f, 4);
    r.collect = fed_below(f, 4);
    r.submitted = fed_time(f);
    return r;
}

static void feed_beginning(struct fed *f, struct event *e)
{
    if (e->kind == EVENT_RECEIVED) {
        e->received.code = fed_str(f, TEXT);
        e->received.receipt = feed_receipt(f);
        e->received.officer = fed_str(f, TEXT);
        e->received.officer_number = (uint16_t)fed_int(f, 2);
        e->received.appointment = feed_appointment(f);
        e->received.in_register.number = (uint32_t)fed_int(f, 1);
        e->received.in_register.year = (int)fed_int(f, 2);
        e->received.step = fed_str(f, TEXT);
        e->received.within = feed_limit(f);
        e->received.within_due = e->received.within.kind == LIMIT_NONE ? NO_TIME : fed_time(f);
        e->received.unit = fed_str(f, TEXT);
        e->received.resolves = fed_below(f, 2);
        return;
    }
    e->imported.code = fed_str(f, TEXT);
    e->imported.receipt = feed_receipt(f);
    e->imported.title = fed_str(f, TEXT);
    e->imported.appointment = feed_appointment(f);
    e->imported.state = STATE_PROCESSING + fed_below(f, STATE_VOID - STATE_PROCESSING);
    e->imported.waiting_since = fed_time(f);
    e->imported.resolved = fed_time(f);
    e->imported.returned = fed_time(f);
    e->imported.late = feed_lateness(f);
}

static void feed_resumed(struct fed *f, struct event *e)
{
    e->resumed.note = fed_str(f, TEXT);
    e->resumed.within = feed_limit(f);
    e->resumed.appointment = feed_appointment(f);
}

static void feed_moved(struct fed *f, struct event *e)
{
    e->moved.cause = fed_int(f, 1);
    e->moved.new_statutory = fed_time(f);
    e->moved.new_due = fed_time(f);
    e->moved.counting = fed_time(f);
    e->moved.provisional = fed_below(f, 2);
}

static void feed_corrected(struct fed *f, struct event *e)
{
    e->corrected.reason = fed_str(f, TEXT);
    e->corrected.changes = fed_str(f, TEXT);
    e->corrected.receipt = feed_receipt(f);
    e->corrected.received = fed_time(f);
    e->corrected.appointment = feed_appointment(f);
    e->corrected.promised = fed_time(f);
}

static void feed_undone(struct life *l, struct event *e)
{
    size_t which = fed_below(&l->fed, (unsigned)l->count + 1);
    e->undone.seq = which < l->count ? l->event[which].seq : fed_int(&l->fed, 1);
    e->undone.kind = which < l->count ? (int)l->event[which].kind : 0;
    e->undone.reason = fed_str(&l->fed, TEXT);
    l->undone = true;
}

static void feed_apologized(struct fed *f, struct event *e)
{
    e->apologized.number = 1 + (uint32_t)fed_int(f, 1);
    e->apologized.year = (int)fed_int(f, 2);
    e->apologized.reason = fed_str(f, TEXT);
    e->apologized.old_due = fed_time(f);
    e->apologized.new_due = fed_time(f);
    e->apologized.in_time = fed_below(f, 2);
}

static void feed_act(struct life *l, struct event *e)
{
    struct fed *f = &l->fed;
    switch (e->kind) {
    case EVENT_TRANSFERRED:
        e->transferred.to = fed_str(f, TEXT);
        e->transferred.unit = fed_str(f, TEXT);
        e->transferred.to_number = (uint16_t)fed_int(f, 2);
        e->transferred.step = fed_str(f, TEXT);
        e->transferred.within = feed_limit(f);
        e->transferred.within_due = fed_time(f);
        e->transferred.resolves = fed_below(f, 2);
        break;
    case EVENT_FEE:
        e->fee.amount = 1 + (int64_t)fed_int(f, 4);
        e->fee.exempt = fed_below(f, 2);
        e->fee.amount = e->fee.exempt ? 0 : fed_below(f, 2) ? -e->fee.amount : e->fee.amount;
        e->fee.document = fed_str(f, TEXT);
        break;
    case EVENT_LATE_REASON:
        e->late_reason.category = (enum late_category)fed_below(f, LATE_CATEGORIES);
        e->late_reason.excuse = (enum excuse)fed_below(f, 3);
        e->late_reason.reason = fed_str(f, TEXT);
        break;
    case EVENT_APOLOGIZED: feed_apologized(f, e); break;
    case EVENT_RESOLVED:
        e->resolved.result = fed_str(f, TEXT);
        e->resolved.digitized = fed_below(f, 2);
        e->resolved.late = feed_lateness(f);
        break;
    case EVENT_RETURNED:
        e->returned.channel = fed_below(f, 4);
        e->returned.to = fed_str(f, TEXT);
        break;
    case EVENT_SUPPLEMENT_REQUESTED:
        e->supplement.reason = fed_str(f, TEXT);
        e->supplement.needs = fed_str(f, TEXT);
        e->supplement.insisted = fed_below(f, 2);
        e->supplement.late = feed_lateness(f);
        e->supplement.slip.number = (uint32_t)fed_int(f, 1);
        e->supplement.slip.year = e->supplement.slip.number ? 2026 : 0;
        break;
    case EVENT_PAYMENT_AWAITED: e->payment.late = feed_lateness(f); break;
    case EVENT_RESTARTED:
    case EVENT_PAID: feed_resumed(f, e); break;
    case EVENT_UNDONE: feed_undone(l, e); break;
    case EVENT_CORRECTED: feed_corrected(f, e); break;
    case EVENT_RATED: e->rated.stars = 1 + (uint8_t)fed_below(f, 5); break;
    case EVENT_DUE_MOVED: feed_moved(f, e); break;
    default: /* refused, withdrawn, stopped, voided */
        e->ended.reason = fed_str(f, TEXT);
        e->ended.late = feed_lateness(f);
    }
}

static const enum event_kind acts[] = {EVENT_TRANSFERRED, EVENT_APOLOGIZED,
                                       EVENT_RESOLVED,    EVENT_RETURNED,
                                       EVENT_REFUSED,     EVENT_SUPPLEMENT_REQUESTED,
                                       EVENT_RESTARTED,   EVENT_PAYMENT_AWAITED,
                                       EVENT_PAID,        EVENT_WITHDRAWN,
                                       EVENT_STOPPED,     EVENT_VOIDED,
                                       EVENT_UNDONE,      EVENT_CORRECTED,
                                       EVENT_RATED,       EVENT_DUE_MOVED,
                                       EVENT_FEE,         EVENT_LATE_REASON};

/* The next event, read back from the body that is written for it. False when the bytes are used up. */
static bool next_event(struct life *l)
{
    size_t n = l->count;
    if (n == MOST_EVENTS || (n && !l->fed.left))
        return false;
    struct event e = {.seq = 10 + 3 * n, .dossier = DOSSIER, .previous = n ? l->event[n - 1].seq : 0};
    e.recorded_at = civil_to_utc(civil_at(civil_from_ymd(2026, 11, 20), (int)n), 420);
    uint64_t kind = fed_int(&l->fed, 1);
    if (n)
        e.kind = acts[kind % (sizeof acts / sizeof *acts)];
    else
        e.kind = kind % 2 ? EVENT_IMPORTED : EVENT_RECEIVED;
    e.at = fed_time(&l->fed);
    e.by = fed_str(&l->fed, 6);
    if (n)
        feed_act(l, &e);
    else
        feed_beginning(&l->fed, &e);
    event_encode(&l->body[n], &e);
    MUST(!l->body[n].failed && event_decode(buf_str(&l->body[n]), &l->event[n]));
    l->event[n].seq = e.seq;
    l->count++;
    return true;
}

/* ---- what must hold ---- */

static void same_dossier(const struct dossier *a, const struct dossier *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    dossier_encode(&x, a);
    dossier_encode(&y, b);
    MUST(!x.failed && !y.failed && str_eq(buf_str(&x), buf_str(&y)));
    buf_release(&x);
    buf_release(&y);
}

static void same_facts(const struct facts *a, const struct facts *b)
{
    MUST(a->id == b->id && a->state == b->state && a->ended_how == b->ended_how && a->channel == b->channel);
    MUST(a->received == b->received && a->statutory_due == b->statutory_due && a->due == b->due);
    MUST(a->waiting_since == b->waiting_since && a->resolved == b->resolved && a->returned == b->returned);
    MUST(a->field == b->field && a->procedure == b->procedure && a->holder == b->holder);
    MUST(a->in_hours == b->in_hours && a->apologized == b->apologized && a->moved == b->moved);
    MUST(a->insisted == b->insisted && a->was_late == b->was_late &&
         a->was_late_promised == b->was_late_promised);
    MUST(a->outside == b->outside && a->provisional == b->provisional);
}

static void same_receipt(const struct receipt *a, const struct receipt *b)
{
    MUST(a->procedure.number == b->procedure.number &&
         a->procedure.field_number == b->procedure.field_number);
    MUST(str_eq(a->procedure.code, b->procedure.code) && limit_equal(&a->limit, &b->limit));
    MUST(a->clock == b->clock && a->cutoff == b->cutoff && a->fee == b->fee && a->submitted == b->submitted);
    MUST(str_eq(a->applicant.name, b->applicant.name) && a->applicant.outside == b->applicant.outside);
    MUST(str_eq(a->components, b->components) && a->channel == b->channel && a->collect == b->collect);
}

/* Field by field, lest writing and reading forget the same. */
static void same_fields(const struct dossier *a, const struct dossier *b)
{
    same_facts(&a->facts, &b->facts);
    same_receipt(&a->receipt, &b->receipt);
    MUST(a->first_event == b->first_event && a->last_event == b->last_event && str_eq(a->code, b->code));
    MUST(a->imported == b->imported && str_eq(a->title, b->title) && str_eq(a->receiver, b->receiver));
    MUST(str_eq(a->officer, b->officer) && str_eq(a->unit, b->unit));
    MUST(a->appointment.from == b->appointment.from && a->appointment.counting == b->appointment.counting);
    MUST(a->appointment.due == b->appointment.due &&
         a->appointment.provisional == b->appointment.provisional);
    MUST(a->promised == b->promised && a->resumed == b->resumed && limit_equal(&a->within, &b->within));
    MUST(a->first_act == b->first_act && a->late.statutory == b->late.statutory &&
         a->late.promised == b->late.promised);
    const struct apology *x = &a->apology, *y = &b->apology;
    MUST(x->number == y->number && x->year == y->year && str_eq(x->reason, y->reason) &&
         str_eq(x->by, y->by));
    MUST(x->issued == y->issued && x->recorded_at == y->recorded_at && x->old_due == y->old_due);
    MUST(x->new_due == y->new_due && x->in_time == y->in_time && str_eq(x->signer, y->signer));
    MUST(str_eq(a->asked, b->asked) && str_eq(a->needs, b->needs) && str_eq(a->result, b->result));
    MUST(a->digitized == b->digitized && a->return_channel == b->return_channel);
    MUST(str_eq(a->returned_to, b->returned_to) && a->supplements == b->supplements &&
         a->rating == b->rating);
    MUST(a->in_register.number == b->in_register.number && str_eq(a->step, b->step));
    MUST(a->supplement_slip.number == b->supplement_slip.number && a->end_slip.number == b->end_slip.number);
    MUST(a->fee_paid == b->fee_paid && a->fee_exempt == b->fee_exempt && a->fee_settled == b->fee_settled);
    MUST(a->late_reason.category == b->late_reason.category &&
         a->late_reason.excuse == b->late_reason.excuse);
    MUST(str_eq(a->late_reason.reason, b->late_reason.reason) &&
         str_eq(a->late_reason.by, b->late_reason.by));
    MUST(a->last.seq == b->last.seq && a->last.kind == b->last.kind && str_eq(a->last.by, b->last.by));
    MUST(a->last.recorded_at == b->last.recorded_at && a->last.recounts == b->last.recounts);
    /* Where there is nothing to take back, nothing can have moved since. */
    MUST(a->last.moved_since == b->last.moved_since || !a->last.seq);
}

static void written_and_read(const struct dossier *d)
{
    struct buf bytes = BUF_INIT, row_bytes = BUF_INIT, again = BUF_INIT;
    struct dossier read;
    struct row row;
    dossier_encode(&bytes, d);
    MUST(!bytes.failed && dossier_decode(buf_str(&bytes), &read));
    same_dossier(d, &read);
    same_fields(d, &read);
    row_of(&row, d);
    row_encode(&row_bytes, &row);
    MUST(!row_bytes.failed && row_decode(buf_str(&row_bytes), &row));
    row_encode(&again, &row);
    MUST(str_eq(buf_str(&row_bytes), buf_str(&again)));
    buf_release(&bytes);
    buf_release(&row_bytes);
    buf_release(&again);
}

static void judged(const struct dossier *d)
{
    static struct judge j;
    if (!j.calendar)
        j = judge_at(office_new(), civil_at(civil_from_ymd(2026, 11, 20), 600));
    enum status status = status_of(&j, &d->facts);
    MUST(status_name(status)[0] != '\0');
    MUST(status_in_set(&j, &d->facts, STATUS_BIT(status)));
    MUST(status_in_set(&j, &d->facts, GROUP_OPEN) == state_is_open(d->facts.state));
    letter_urgency(&j, &d->facts);
    late_days_now(&j, &d->facts, d->late.statutory);
}

/* What is taken back leaves nothing behind: without those entries the dossier is the same. Only what its
 * chain ends in tells that they were there. */
static void as_if_never_done(const struct life *l, const struct dossier *d)
{
    struct event left[MOST_EVENTS];
    bool gone[MOST_EVENTS] = {false};
    size_t n = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct event *e = &l->event[i];
        if (e->kind != EVENT_UNDONE)
            continue;
        gone[i] = true;
        size_t target = 1;
        while (l->event[target].seq != e->undone.seq)
            target++;
        gone[target] = true;
        bool resumed = l->event[target].kind == EVENT_RESTARTED || l->event[target].kind == EVENT_PAID;
        for (size_t k = target + 1; k < i && resumed; k++)
            if (l->event[k].kind == EVENT_DUE_MOVED)
                gone[k] = true; /* it moved the appointment that is taken back */
    }
    for (size_t i = 0; i < l->count; i++)
        if (!gone[i]) {
            left[n] = l->event[i];
            left[n].previous = n ? left[n - 1].seq : 0;
            n++;
        }
    struct dossier never;
    MUST(evolve_history(&never, left, n));
    never.last_event = d->last_event;
    same_dossier(&never, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct life l;
    l = (struct life){.fed = {data, size}};
    struct dossier step = {.facts = {.id = 0}}, whole;
    bool fine = true;
    while (next_event(&l)) {
        const struct event *e = &l.event[l.count - 1];
        fine = fine && evolve(&step, e);
        MUST(fine || l.undone); /* an undo alone needs the whole history */
        if (fine)
            judged(&step);
    }
    struct event copy[MOST_EVENTS];
    memcpy(copy, l.event, sizeof copy);
    if (evolve_history(&whole, copy, l.count)) {
        if (l.undone)
            as_if_never_done(&l, &whole);
        else
            same_dossier(&step, &whole);
        written_and_read(&whole);
        judged(&whole);
    } else {
        MUST(l.undone);
    }
    if (fine)
        written_and_read(&step);
    for (size_t i = 0; i < l.count; i++)
        buf_release(&l.body[i]);
    return 0;
}
