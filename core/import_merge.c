#include "core/import_merge.h"

#include "core/status.h"

/* Of a dossier somebody worked on here the old words are not held against what has become of them. */
static bool is_touched(const struct said *s)
{
    return s->desk->known && !s->untouched;
}

/* ---- who and what ---- */

static const struct procedure *procedure_called(const struct office *office, struct str name)
{
    const struct procedure *p = office_find_procedure(office, name);
    return p ? p : office_procedure_titled(office, name);
}

static bool is_same_procedure(const struct said *s, const struct event *stands, const struct procedure *p)
{
    uint16_t number = stands->imported.receipt.procedure.number;
    if (!s->desk->known)
        return false;
    if (p && number)
        return p->number == number;
    return !number && str_eq(s->procedure, stands->imported.title) && (!p || is_touched(s));
}

static void take_procedure(const struct said *s, const struct event *stands, struct event *e)
{
    const struct desk *d = s->desk;
    const struct procedure *p = procedure_called(d->office, s->procedure);
    struct receipt *r = &e->imported.receipt;
    if (is_same_procedure(s, stands, p))
        return;
    r->procedure = p ? *p : (struct procedure){0};
    r->limit = p ? p->limit : (struct limit){0};
    r->clock = office_clock_for(d->office, p);
    r->cutoff = d->settings->same_day_cutoff;
    e->imported.title = p ? STR_NONE : s->procedure;
    e->imported.field = p ? STR_NONE : e->imported.field;
    if (!p)
        r->procedure.field_number = office_field_number(d->office, e->imported.field);
}

static void take_field(const struct said *s, struct event *e)
{
    bool same = is_touched(s) && str_eq(s->field, e->imported.field);
    if (e->imported.receipt.procedure.number || same)
        return;
    e->imported.field = s->field;
    e->imported.receipt.procedure.field_number = office_field_number(s->desk->office, s->field);
}

static bool is_named(const struct office *office, struct str login, struct str name)
{
    const struct officer *o = office_find_officer(office, login);
    if (!o)
        return false;
    struct buf a = BUF_INIT, b = BUF_INIT;
    text_fold(&a, o->name);
    text_fold(&b, name);
    bool same = str_eq(buf_str(&a), buf_str(&b));
    buf_release(&a);
    buf_release(&b);
    return same;
}

/* A login for whoever is called so here, else the name as it is. What stands already says so: it stays. */
static const struct officer *take_person(const struct said *s, struct str name, struct str *login)
{
    const struct office *office = s->desk->office;
    const struct officer *o = office_find_officer(office, name);
    if (!o)
        o = office_officer_named(office, name);
    bool same =
        o ? is_named(office, *login, name) || (is_touched(s) && str_eq(name, *login)) : str_eq(name, *login);
    if (same)
        return office_find_officer(office, *login);
    *login = o ? o->login : name;
    return o;
}

static void take_people(const struct said *s, struct event *e)
{
    if (says(s, SAID_RECEIVER))
        take_person(s, s->receiver, &e->imported.receiver);
    if (says(s, SAID_OFFICER)) {
        const struct officer *o = take_person(s, s->officer, &e->imported.officer);
        e->imported.officer_number = o ? o->number : 0;
    }
    if (says(s, SAID_UNIT))
        e->imported.unit = s->unit;
}

static void take_applicant(const struct said *s, struct applicant *to)
{
    const struct applicant *a = &s->applicant;
    const struct {
        enum import_said said;
        struct str text, *to;
    } texts[] = {
        {SAID_NAME, a->name, &to->name},
        {SAID_PHONE, a->phone, &to->phone},
        {SAID_ID_NUMBER, a->id_number, &to->id_number},
        {SAID_EMAIL, a->email, &to->email},
        {SAID_ADDRESS, a->address, &to->address},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (says(s, texts[i].said))
            *texts[i].to = texts[i].text;
    if (says(s, SAID_KIND))
        to->organization = a->organization;
    if (says(s, SAID_OUTSIDE))
        to->outside = a->outside;
}

static enum channel channel_or_direct(enum channel channel)
{
    return channel == CHANNEL_NONE ? CHANNEL_DIRECT : channel;
}

static void take_receipt(const struct said *s, struct receipt *r)
{
    const struct command *c = s->desk->command;
    take_applicant(s, &r->applicant);
    if (says(s, SAID_SUBMITTER))
        r->submitter = s->submitter;
    if (says(s, SAID_AUTHORITY))
        r->authority = s->authority;
    if (says(s, SAID_NOTE))
        r->note = s->note;
    if (says(s, SAID_CHANNEL))
        r->channel = channel_or_direct(c->import.channel);
    if (says(s, SAID_COLLECT))
        r->collect = channel_or_direct(c->import.collect);
    if (says(s, SAID_SETS))
        r->sets = c->import.sets > 0 ? (uint32_t)c->import.sets : 1;
    if (says(s, SAID_SUBMITTED))
        r->submitted = c->import.submitted;
}

/* ---- when it is due ---- */

/* The catalogue's limit counted here; too far, or none: then nothing is due. */
static struct appointment counted(const struct said *s, const struct receipt *r, civil_minute from)
{
    struct appointment a;
    struct outcome o = desk_appointment(s->desk, &r->limit, r->clock, r->cutoff, from, &a);
    (void)o; /* what could not be counted has no due time */
    return a;
}

/* Was what stands counted here, and not given? Then it follows a receipt that is told otherwise. */
static bool was_counted(const struct said *s, const struct event *stands)
{
    const struct dossier *known = s->desk->known;
    if (!s->untouched || known->given_due != known->given_statutory)
        return false;
    return counted(s, &stands->imported.receipt, stands->at).due == known->given_due;
}

/* Where only one of the two is said the other stays, unless they are one. */
static void pair_up(const struct said *s, const struct event *stands, civil_minute *statutory,
                    civil_minute *due)
{
    civil_minute old_statutory = stands->imported.appointment.due, old_due = stands->imported.promised;
    bool apart = stands->kind && old_statutory != old_due;
    if (*statutory == NO_TIME)
        *statutory = apart && !says(s, SAID_STATUTORY) ? old_statutory : *due;
    if (*due == NO_TIME)
        *due = apart && !says(s, SAID_DUE) ? old_due : *statutory;
}

/* What was told before is what stands, though the office's days may have moved it since. */
static civil_minute as_moved(const struct said *s, civil_minute said, civil_minute given, civil_minute stands)
{
    return s->untouched && said == given ? stands : said;
}

static bool says_due(const struct said *s, const struct event *stands, civil_minute *statutory,
                     civil_minute *due)
{
    const struct command *c = s->desk->command;
    const struct dossier *known = s->desk->known;
    *due = says(s, SAID_DUE) ? c->import.due : NO_TIME;
    *statutory = says(s, SAID_STATUTORY) ? c->import.statutory_due : NO_TIME;
    if (*due == NO_TIME && *statutory == NO_TIME)
        return false;
    if (known && *due != NO_TIME)
        *due = as_moved(s, *due, known->given_due, stands->imported.promised);
    if (known && *statutory != NO_TIME)
        *statutory = as_moved(s, *statutory, known->given_statutory, stands->imported.appointment.due);
    pair_up(s, stands, statutory, due);
    return true;
}

static void take_due(const struct said *s, const struct event *stands, struct event *e)
{
    const struct receipt *r = &e->imported.receipt, *old = &stands->imported.receipt;
    struct appointment to = {.from = e->at, .counting = e->at};
    bool other_receipt = e->at != stands->at || r->procedure.number != old->procedure.number;
    bool counts = !s->desk->known || says(s, SAID_DUE) || (other_receipt && was_counted(s, stands));
    civil_minute statutory, due;
    if (says_due(s, stands, &statutory, &due)) {
        to.due = statutory;
    } else if (counts) {
        to = counted(s, r, e->at);
        statutory = due = to.due;
    } else {
        statutory = stands->imported.appointment.due;
        due = stands->imported.promised;
    }
    bool stays = statutory == stands->imported.appointment.due && due == stands->imported.promised;
    if (stands->kind && stays) {
        if (e->at != stands->at)
            e->imported.appointment.from = e->imported.appointment.counting = e->at;
        return;
    }
    e->imported.appointment = to;
    e->imported.promised = due;
}

/* ---- what became of it ---- */

/* Solved without a time is solved when it was handed over, or when it was due, or at once: the best the file
 * knows. */
static civil_minute solved_at(const struct said *s, const struct event *e)
{
    civil_minute due = e->imported.promised;
    if (e->imported.returned != NO_TIME)
        return e->imported.returned;
    return due != NO_TIME && due >= e->at && due <= s->desk->now ? due : e->at;
}

static void take_wait(const struct said *s, const struct event *stands, struct event *e)
{
    enum dossier_state state = e->imported.state;
    civil_minute said = says(s, SAID_WAITING) ? s->desk->command->import.waiting_since : NO_TIME;
    bool waited = stands->kind && state_is_waiting(stands->imported.state);
    bool may_have = state == STATE_REFUSED || state == STATE_WITHDRAWN || state == STATE_STOPPED;
    if (!state_is_waiting(state) && !may_have)
        e->imported.waiting_since = NO_TIME;
    else if (said != NO_TIME)
        e->imported.waiting_since = said;
    else if (state_is_waiting(state) && !(waited && !says(s, SAID_WAITING)))
        e->imported.waiting_since = e->at;
    else if (may_have && (says(s, SAID_WAITING) || stands->imported.state != state))
        e->imported.waiting_since = NO_TIME;
}

/* A time that was only made up, and no longer fits, is made up anew. */
static civil_minute resolved_anew(const struct said *s, const struct event *stands, const struct event *e)
{
    civil_minute stood = stands->imported.resolved;
    bool fits = stood >= e->at && (e->imported.returned == NO_TIME || stood <= e->imported.returned);
    bool made_up = stood == solved_at(s, stands);
    return stood == NO_TIME || (!fits && made_up) ? solved_at(s, e) : stood;
}

static void take_end(const struct said *s, const struct event *stands, struct event *e)
{
    const struct command *c = s->desk->command;
    enum dossier_state state = e->imported.state;
    bool handed_over = state == STATE_RETURNED || state == STATE_REFUSED;
    civil_minute resolved = says(s, SAID_RESOLVED) ? c->import.resolved : NO_TIME;
    if (says(s, SAID_RETURNED))
        e->imported.returned = c->import.returned;
    if (!handed_over)
        e->imported.returned = NO_TIME;
    if (says(s, SAID_RESULT))
        e->imported.result = s->result;
    if (state_is_open(state)) {
        e->imported.resolved = NO_TIME;
        e->imported.result = STR_NONE;
        return;
    }
    if (resolved != NO_TIME)
        e->imported.resolved = resolved;
    else if (says(s, SAID_RESOLVED))
        e->imported.resolved = solved_at(s, e);
    else
        e->imported.resolved = resolved_anew(s, stands, e);
    if (state == STATE_RETURNED && e->imported.returned == NO_TIME)
        e->imported.returned = e->imported.resolved;
}

/* By each due time: of what was solved at its end, of what waits (or ended while it did) when the wait began.
 */
static void take_lateness(const struct said *s, struct event *e)
{
    const struct calendar *calendar = s->desk->calendar;
    struct facts f = {.in_hours = e->imported.receipt.limit.kind == LIMIT_WORKING_HOURS};
    civil_minute wait = e->imported.waiting_since;
    civil_minute judged = wait != NO_TIME ? wait : e->imported.resolved;
    e->imported.late = (struct lateness){days_past(calendar, &f, e->imported.appointment.due, judged),
                                         days_past(calendar, &f, e->imported.promised, judged)};
}

static bool is_judged_alike(const struct event *a, const struct event *b)
{
    return a->imported.state == b->imported.state && a->imported.resolved == b->imported.resolved &&
           a->imported.waiting_since == b->imported.waiting_since &&
           a->imported.appointment.due == b->imported.appointment.due &&
           a->imported.promised == b->imported.promised &&
           a->imported.receipt.limit.kind == b->imported.receipt.limit.kind;
}

static struct event nothing_said(void)
{
    struct event e = {.kind = EVENT_IMPORTED};
    e.imported.receipt.fee = -1;
    e.imported.receipt.sets = 1;
    e.imported.receipt.channel = e.imported.receipt.collect = CHANNEL_DIRECT;
    e.imported.receipt.submitted = NO_TIME;
    e.imported.appointment = (struct appointment){.from = NO_TIME, .counting = NO_TIME, .due = NO_TIME};
    e.imported.promised = NO_TIME;
    e.imported.waiting_since = e.imported.resolved = e.imported.returned = NO_TIME;
    return e;
}

void import_merge(const struct said *s, const struct event *stands, struct event *out)
{
    const struct desk *d = s->desk;
    bool known = d->known != NULL;
    *out = known ? *stands : nothing_said();
    if (!known || (says(s, SAID_RECEIVED) && d->command->at != NO_TIME))
        out->at = d->at;
    if (says(s, SAID_STATE))
        out->imported.state = d->command->import.state ? d->command->import.state : STATE_PROCESSING;
    take_receipt(s, &out->imported.receipt);
    if (says(s, SAID_PROCEDURE))
        take_procedure(s, stands, out);
    if (says(s, SAID_FIELD))
        take_field(s, out);
    take_people(s, out);
    take_due(s, stands, out);
    if (out->imported.state != STATE_VOID) {
        take_wait(s, stands, out);
        take_end(s, stands, out);
    }
    if (!known || !is_judged_alike(stands, out))
        take_lateness(s, out);
}
