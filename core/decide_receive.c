/* Receiving: a complete dossier is accepted, gets its code and its due time (Decree 61/2018 and 118/2025,
 * art. 17). */
#include "core/desk.h"

static struct outcome choose_procedure(const struct desk *d, const struct procedure **out)
{
    struct str code = d->command->receive.procedure;
    *out = office_find_procedure(d->office, code);
    if (*out)
        return (*out)->retired ? desk_refuse_retired(code, T_label_retired_procedure) : OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_unknown_procedure);
    outcome_typed(&o, code);
    return o;
}

/* The catalogue's limit; another one only where the catalogue has none, or by someone who may override it. */
static struct outcome choose_limit(const struct desk *d, const struct procedure *p, struct limit *out)
{
    const struct limit *asked = &d->command->receive.limit;
    *out = p->limit;
    if (asked->kind != LIMIT_NONE && !limit_equal(asked, &p->limit)) {
        *out = *asked;
        return p->limit.kind == LIMIT_NONE ? OUTCOME_DONE : desk_allowed(d, ACT_OVERRIDE_LIMIT);
    }
    if (out->kind != LIMIT_NONE)
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_no_limit);
    outcome_text(&o, p->code);
    return o;
}

static struct outcome choose_code(struct desk *d, struct str *out)
{
    struct str given = d->command->receive.code;
    struct buf code = BUF_INIT;
    struct outcome o = OUTCOME_DONE;
    if (given.n) {
        buf_add_str(&code, given);
        if (!dossier_code_is_usable(given))
            o = outcome_of(KIND_bad_code);
        else if (d->circumstances->code_taken)
            o = outcome_of(KIND_duplicate_code);
        if (!outcome_ok(&o))
            outcome_code(&o, given);
    } else {
        dossier_code(&code, office_identity(d->office)->agency, civil_day_of(d->at),
                     d->circumstances->code_sequence);
    }
    *out = arena_str(&d->out->text, buf_str(&code));
    buf_release(&code);
    return o;
}

static struct outcome take_texts(struct desk *d, struct event *e)
{
    const struct applicant *a = &d->command->receive.applicant;
    struct applicant *to = &e->received.receipt.applicant;
    *to = (struct applicant){.organization = a->organization, .outside = a->outside};
    const struct desk_texts texts[] = {
        {a->name, {.label = T_label_applicant, .required = true}, &to->name},
        {a->phone, {.label = T_label_phone}, &to->phone},
        {a->id_number, {.label = T_label_id_number}, &to->id_number},
        {a->email, {.label = T_label_email}, &to->email},
        {a->address, {.label = T_label_address}, &to->address},
        {d->command->receive.submitter, {.label = T_label_submitter}, &e->received.receipt.submitter},
        {d->command->receive.authority, {.label = T_label_authority}, &e->received.receipt.authority},
        {d->command->receive.unit, {.label = T_label_unit}, &e->received.unit},
        {d->command->receive.note, {.label = T_label_note, .note = true}, &e->received.receipt.note},
    };
    struct outcome o = desk_take(d, texts, sizeof texts / sizeof *texts);
    return outcome_ok(&o) ? desk_list(d, d->command->receive.components, T_label_component,
                                      &e->received.receipt.components)
                          : o;
}

static struct outcome choose_holder(struct desk *d, struct event *e)
{
    const struct officer *holder = d->actor;
    struct outcome o = OUTCOME_DONE;
    if (d->command->receive.officer.n)
        o = desk_find_officer(d, d->command->receive.officer, &holder);
    if (!outcome_ok(&o))
        return o;
    e->received.officer = holder->login;
    e->received.officer_number = holder->number;
    e->received.resolves = e->received.unit.n || holder->role == ROLE_SPECIALIST;
    if (!e->received.unit.n)
        e->received.unit = holder->unit;
    e->received.resolves = e->received.resolves && e->received.unit.n;
    return o;
}

/* When it was sent, where somebody said so: never after it was accepted. */
static struct outcome take_submission(const struct desk *d, struct event *e)
{
    civil_minute submitted = d->command->receive.submitted;
    e->received.receipt.submitted = submitted;
    if (submitted == NO_TIME || submitted <= d->at)
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_submitted_later);
    outcome_time(&o, submitted);
    outcome_time(&o, d->at);
    return o;
}

static struct outcome compute_due(const struct desk *d, const struct procedure *p, struct event *e)
{
    struct receipt *r = &e->received.receipt;
    r->clock = office_clock_for(d->office, p);
    r->cutoff = d->settings->same_day_cutoff;
    return desk_appointment(d, &r->limit, r->clock, r->cutoff, d->at, &e->received.appointment);
}

/* Served while the applicant waits: the result is ready and handed over in the same minute. */
static void serve_at_once(struct desk *d, uint64_t dossier, enum channel collect)
{
    desk_event(d, EVENT_RESOLVED)->dossier = dossier;
    struct event *returned = desk_event(d, EVENT_RETURNED);
    returned->dossier = dossier;
    returned->returned.channel = collect;
}

/* Paid, or exempt, while the applicant stands there. */
static struct outcome settle_fee(struct desk *d, const struct event *received)
{
    struct str why = d->command->receive.fee_exempt, document = d->command->receive.fee_document;
    int64_t fee = received->received.receipt.fee;
    uint64_t dossier = received->dossier;
    if (!d->command->receive.fee_taken && !why.n)
        return OUTCOME_DONE;
    if (d->command->receive.fee_taken && why.n)
        return outcome_of(KIND_fee_both);
    if (!why.n && fee <= 0)
        return outcome_of(KIND_no_fee);
    struct event *e = desk_event(d, EVENT_FEE);
    e->dossier = dossier;
    e->fee.exempt = why.n > 0;
    e->fee.amount = why.n ? 0 : fee;
    const struct desk_texts texts[] = {
        {why, {.label = T_label_exemption, .required = why.n > 0}, &e->fee.reason},
        {document, {.label = T_label_fee_document}, &e->fee.document},
    };
    return desk_take(d, texts, sizeof texts / sizeof *texts);
}

struct outcome decide_receive(struct desk *d)
{
    const struct procedure *p = NULL;
    struct outcome o = choose_procedure(d, &p);
    if (!outcome_ok(&o))
        return o;
    struct event *e = desk_event(d, EVENT_RECEIVED);
    e->dossier = d->circumstances->next_id;
    e->received.in_register = desk_number(d);
    e->received.within_due = NO_TIME;
    e->received.receipt.procedure = *p;
    e->received.receipt.channel = d->command->receive.channel ? d->command->receive.channel : CHANNEL_DIRECT;
    e->received.receipt.collect = d->command->receive.collect ? d->command->receive.collect : CHANNEL_DIRECT;
    e->received.receipt.sets = d->command->receive.sets ? d->command->receive.sets : 1;
    e->received.receipt.fee = d->command->receive.fee >= 0 ? d->command->receive.fee : p->fee;

    o = choose_limit(d, p, &e->received.receipt.limit);
    if (outcome_ok(&o))
        o = take_texts(d, e);
    if (outcome_ok(&o))
        o = choose_holder(d, e);
    if (outcome_ok(&o))
        o = take_submission(d, e);
    if (outcome_ok(&o))
        o = choose_code(d, &e->received.code);
    if (outcome_ok(&o))
        o = compute_due(d, p, e);
    if (outcome_ok(&o))
        o = desk_first_step(d, e);
    if (outcome_ok(&o))
        o = settle_fee(d, e);
    if (outcome_ok(&o) && d->command->receive.serve)
        serve_at_once(d, e->dossier, e->received.receipt.collect);
    return o;
}
