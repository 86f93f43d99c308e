/* Bringing in a dossier of another system: one event carries all that had happened to it, so that old data
 * never meets today's refusals. What the other system said is kept as it is. */
#include "core/desk.h"

#include "core/status.h"

static struct outcome check_code(const struct desk *d)
{
    struct str code = d->command->import.code;
    struct outcome o = outcome_of(!dossier_code_is_usable(code)  ? KIND_bad_code
                                  : d->circumstances->code_taken ? KIND_duplicate_code
                                                                 : KIND_done);
    if (!outcome_ok(&o))
        outcome_code(&o, code);
    return o;
}

static struct outcome not_before(civil_minute at, civil_minute limit, enum outcome_kind kind)
{
    struct outcome o = outcome_of(at == NO_TIME || at >= limit ? KIND_done : kind);
    if (!outcome_ok(&o)) {
        outcome_time(&o, at);
        outcome_time(&o, limit);
    }
    return o;
}

static struct outcome not_ahead(const struct desk *d, civil_minute at)
{
    struct outcome o = outcome_of(at == NO_TIME || at <= d->now ? KIND_done : KIND_future_time);
    if (!outcome_ok(&o))
        outcome_time(&o, at);
    return o;
}

/* Received, solved, handed over: in that order, and none still to come. */
static struct outcome check_times(const struct desk *d)
{
    civil_minute resolved = d->command->import.resolved, returned = d->command->import.returned;
    struct outcome o = not_ahead(d, resolved);
    if (outcome_ok(&o))
        o = not_ahead(d, returned);
    if (outcome_ok(&o))
        o = not_before(resolved, d->at, KIND_before_receipt);
    if (outcome_ok(&o))
        o = not_before(returned, resolved == NO_TIME ? d->at : resolved, KIND_before_result);
    return o;
}

static const struct procedure *procedure_called(const struct office *office, struct str name)
{
    const struct procedure *p = office_find_procedure(office, name);
    struct buf wanted = BUF_INIT, title = BUF_INIT;
    text_fold(&wanted, name);
    for (size_t i = 0; !p && i < office_procedure_count(office); i++) {
        const struct procedure *known = office_procedure(office, i);
        buf_reset(&title);
        text_fold(&title, known->name);
        if (!known->kase.n && str_eq(buf_str(&title), buf_str(&wanted)))
            p = known;
    }
    buf_release(&wanted);
    buf_release(&title);
    return p;
}

static const struct officer *officer_called(const struct office *office, struct str name)
{
    const struct officer *o = office_find_officer(office, name);
    for (size_t i = 0; !o && i < office_officer_count(office); i++)
        if (str_eq(office_officer(office, i)->name, name))
            o = office_officer(office, i);
    return o;
}

static struct outcome take_texts(struct desk *d, struct event *e, struct str *procedure)
{
    const struct applicant *a = &d->command->import.applicant;
    struct applicant *to = &e->imported.receipt.applicant;
    *to = (struct applicant){.organization = a->organization, .outside = a->outside};
    const struct desk_texts texts[] = {
        {d->command->import.procedure, {.label = T_label_procedure, .required = true}, procedure},
        {a->name, {.label = T_label_applicant, .required = true}, &to->name},
        {a->phone, {.label = T_label_phone}, &to->phone},
        {a->id_number, {.label = T_label_id_number}, &to->id_number},
        {a->email, {.label = T_label_email}, &to->email},
        {a->address, {.label = T_label_address}, &to->address},
        {d->command->import.submitter, {.label = T_label_submitter}, &e->imported.receipt.submitter},
        {d->command->import.officer, {.label = T_label_officer_name}, &e->imported.officer},
        {d->command->import.unit, {.label = T_label_unit}, &e->imported.unit},
        {d->command->import.note, {.label = T_label_note, .note = true}, &e->imported.receipt.note},
    };
    return desk_take(d, texts, sizeof texts / sizeof *texts);
}

/* The due time the other system gave; where it gave none, the catalogue's limit counted here. */
static void take_due(const struct desk *d, struct event *e)
{
    struct receipt *r = &e->imported.receipt;
    e->imported.appointment =
        (struct appointment){.from = d->at, .counting = d->at, .due = d->command->import.due};
    if (d->command->import.due == NO_TIME && r->limit.kind != LIMIT_NONE) {
        struct outcome o =
            desk_appointment(d, &r->limit, r->clock, r->cutoff, d->at, &e->imported.appointment);
        (void)o; /* too far: then it has none */
    }
}

/* Solved without a time is solved when it was handed over, or when it was due, or at once: the best the file
 * knows. */
static civil_minute solved_at(const struct desk *d, const struct event *e)
{
    civil_minute due = e->imported.appointment.due;
    if (d->command->import.resolved != NO_TIME)
        return d->command->import.resolved;
    if (d->command->import.returned != NO_TIME)
        return d->command->import.returned;
    return due != NO_TIME && due >= d->at && due <= d->now ? due : d->at;
}

static void take_state(const struct desk *d, struct event *e)
{
    enum dossier_state state = d->command->import.state;
    civil_minute due = e->imported.appointment.due;
    e->imported.state = state;
    e->imported.waiting_since = state_is_waiting(state) ? d->at : NO_TIME;
    e->imported.resolved = state_is_open(state) ? NO_TIME : solved_at(d, e);
    e->imported.returned =
        state == STATE_RETURNED || state == STATE_REFUSED ? d->command->import.returned : NO_TIME;
    if (state == STATE_RETURNED && e->imported.returned == NO_TIME)
        e->imported.returned = e->imported.resolved;
    struct facts f = {.in_hours = e->imported.receipt.limit.kind == LIMIT_WORKING_HOURS};
    civil_minute judged = state_is_waiting(state) ? e->imported.waiting_since : e->imported.resolved;
    uint32_t late = days_past(d->calendar, &f, due, judged);
    e->imported.late = (struct lateness){late, late};
}

struct outcome decide_import(struct desk *d)
{
    struct str name;
    struct event *e = desk_event(d, EVENT_IMPORTED);
    e->dossier = d->circumstances->next_id;
    struct outcome o = check_code(d);
    if (outcome_ok(&o))
        o = check_times(d);
    if (outcome_ok(&o))
        o = take_texts(d, e, &name);
    if (!outcome_ok(&o))
        return o;
    const struct procedure *p = procedure_called(d->office, name);
    struct receipt *r = &e->imported.receipt;
    if (p) {
        r->procedure = *p;
        r->limit = p->limit;
    } else {
        e->imported.title = name;
    }
    r->clock = office_clock_for(d->office, p);
    r->cutoff = d->settings->same_day_cutoff;
    r->sets = 1;
    r->fee = -1;
    r->channel = r->collect = CHANNEL_DIRECT;
    r->submitted = NO_TIME;
    e->imported.code = arena_str(&d->out->text, d->command->import.code);
    const struct officer *worked = officer_called(d->office, e->imported.officer);
    if (worked) {
        e->imported.officer = worked->login;
        e->imported.officer_number = worked->number;
    }
    take_due(d, e);
    take_state(d, e);
    return OUTCOME_DONE;
}
