/* Bringing in a dossier of another system: one event carries all that had happened to it, so that old data
 * never meets today's refusals. What the other system said is kept as it is; told again it is compared with
 * what stands, and takes its place only where nothing was done here since. */
#include "core/decide_import.h"

#include "core/import_merge.h"
#include "core/imported.h"

static struct outcome check_code(const struct desk *d)
{
    struct str code = d->command->import.code;
    bool lost = d->circumstances->code_taken && !d->known; /* whoever asked has not brought it along */
    struct outcome o = outcome_of(!dossier_code_is_usable(code) ? KIND_bad_code
                                  : lost                        ? KIND_duplicate_code
                                                                : KIND_done);
    if (!outcome_ok(&o))
        outcome_code(&o, code);
    return o;
}

static bool is_before(civil_minute at, civil_minute limit)
{
    return at != NO_TIME && at < limit;
}

static struct outcome before(civil_minute at, civil_minute limit, enum outcome_kind kind)
{
    struct outcome o = outcome_of(kind);
    outcome_time(&o, at);
    outcome_time(&o, limit);
    return o;
}

static struct outcome ahead(civil_minute at)
{
    struct outcome o = outcome_of(KIND_future_time);
    outcome_time(&o, at);
    return o;
}

/* Received, asked, solved, handed over: in that order, and none still to come. */
static struct outcome check_times(const struct desk *d, const struct event *e)
{
    civil_minute waiting = e->imported.waiting_since, resolved = e->imported.resolved;
    civil_minute returned = e->imported.returned, ended = resolved == NO_TIME ? e->at : resolved;
    const civil_minute times[] = {e->at, e->imported.receipt.submitted, waiting, resolved, returned};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        if (times[i] != NO_TIME && times[i] > d->now)
            return ahead(times[i]);
    if (is_before(waiting, e->at))
        return before(waiting, e->at, KIND_before_receipt);
    if (is_before(resolved, e->at))
        return before(resolved, e->at, KIND_before_receipt);
    if (waiting != NO_TIME && is_before(resolved, waiting))
        return before(resolved, waiting, KIND_before_turn);
    if (is_before(returned, ended))
        return before(returned, ended, KIND_before_result);
    return OUTCOME_DONE;
}

static struct outcome check_values(const struct desk *d)
{
    enum { MOST_SETS = 1000 };
    enum dossier_state state = d->command->import.state;
    int sets = d->command->import.sets;
    if (state > STATE_STOPPED)
        return desk_bad_value(T_label_state, str_of(state_name(STATE_VOID)), T_label_give_state);
    if (sets >= 0 && sets <= MOST_SETS)
        return OUTCOME_DONE;
    struct buf given = BUF_INIT;
    buf_add_int(&given, sets);
    struct outcome o = desk_bad_value(T_label_sets, buf_str(&given), T_label_give_sets);
    buf_release(&given);
    return o;
}

/* Only what another system told, and nothing that somebody did here and that stands, may be told anew. */
static bool is_untouched(const struct dossier *known)
{
    return known->imported && (!known->last.seq || known->last.kind == EVENT_REIMPORTED);
}

/* Of what differs it names the first that the file speaks of: the rest follows from that. */
static struct outcome refuse_conflict(const struct said *s, const struct imported_part *const *other,
                                      size_t count)
{
    struct outcome o = outcome_of(KIND_import_conflict);
    size_t first = 0;
    while (first < count && !says(s, other[first]->said))
        first++;
    outcome_code(&o, s->desk->known->code);
    outcome_label(&o, other[first < count ? first : 0]->label);
    return o;
}

/* The command's texts, checked, in what it says. */
static struct outcome take_texts(struct desk *d, struct said *s)
{
    const struct applicant *a = &d->command->import.applicant;
    s->applicant = (struct applicant){.organization = a->organization, .outside = a->outside};
    const struct {
        enum import_said said;
        struct desk_texts text;
    } all[] = {
        {SAID_PROCEDURE,
         {d->command->import.procedure, {.label = T_label_procedure, .required = true}, &s->procedure}},
        {SAID_NAME, {a->name, {.label = T_label_applicant, .required = true}, &s->applicant.name}},
        {SAID_FIELD, {d->command->import.field, {.label = T_label_field}, &s->field}},
        {SAID_PHONE, {a->phone, {.label = T_label_phone}, &s->applicant.phone}},
        {SAID_ID_NUMBER, {a->id_number, {.label = T_label_id_number}, &s->applicant.id_number}},
        {SAID_EMAIL, {a->email, {.label = T_label_email}, &s->applicant.email}},
        {SAID_ADDRESS, {a->address, {.label = T_label_address}, &s->applicant.address}},
        {SAID_SUBMITTER, {d->command->import.submitter, {.label = T_label_submitter}, &s->submitter}},
        {SAID_AUTHORITY, {d->command->import.authority, {.label = T_label_authority}, &s->authority}},
        {SAID_OFFICER, {d->command->import.officer, {.label = T_label_officer_name}, &s->officer}},
        {SAID_UNIT, {d->command->import.unit, {.label = T_label_unit}, &s->unit}},
        {SAID_RECEIVER, {d->command->import.receiver, {.label = T_label_receiver}, &s->receiver}},
        {SAID_RESULT, {d->command->import.result, {.label = T_label_result, .note = true}, &s->result}},
        {SAID_NOTE, {d->command->import.note, {.label = T_label_note, .note = true}, &s->note}},
    };
    struct desk_texts told[sizeof all / sizeof *all];
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (says(s, all[i].said))
            told[n++] = all[i].text;
    return desk_take(d, told, n);
}

static void add_event(struct desk *d, const struct event *brought, enum event_kind kind)
{
    struct event *e = desk_event(d, kind);
    struct str by = e->by;
    *e = *brought;
    e->kind = kind;
    e->by = by;
    e->dossier = d->known ? d->known->facts.id : d->circumstances->next_id;
    if (!d->known)
        e->imported.code = arena_str(&d->out->text, d->command->import.code);
}

struct outcome decide_import(struct desk *d)
{
    const struct imported_part *other[IMPORTED_PARTS];
    struct said s = {.desk = d, .untouched = d->known && is_untouched(d->known)};
    s.mask = d->command->import.said ? d->command->import.said : SAID_ALL;
    if (!d->known) /* nobody can do without these */
        s.mask |= SAID_PROCEDURE | SAID_NAME | SAID_STATE;
    struct outcome o = check_code(d);
    if (outcome_ok(&o))
        o = check_values(d);
    if (outcome_ok(&o) && !office_names_ready(d->office))
        o = outcome_of(KIND_out_of_memory);
    if (outcome_ok(&o))
        o = take_texts(d, &s);
    if (!outcome_ok(&o))
        return o;
    struct event brought, stands = {0};
    if (d->known)
        stands = imported_standing(d->known);
    import_merge(&s, &stands, &brought);
    size_t count = d->known ? imported_changes(&stands, &brought, other) : 0;
    if (d->known && !count)
        return OUTCOME_DONE;
    if (d->known && !s.untouched)
        return refuse_conflict(&s, other, count);
    o = check_times(d, &brought);
    if (outcome_ok(&o))
        add_event(d, &brought, d->known ? EVENT_REIMPORTED : EVENT_IMPORTED);
    return o;
}

enum import_verdict import_judge(const struct office *office, const struct dossier *known,
                                 const struct command *command, const struct moment *moment,
                                 struct outcome *why, struct buf *entry)
{
    const struct circumstances found = {.next_id = 1, .code_taken = known != NULL, .recorded_at = NO_TIME};
    struct decision decision = DECISION_INIT;
    *why = decide(office, known, command, moment, &found, &decision);
    size_t events = decision.count;
    if (entry)
        buf_reset(entry);
    if (entry && events && outcome_ok(why))
        event_encode(entry, &decision.event[0]);
    decision_release(&decision);
    if (!outcome_ok(why))
        return why->kind == KIND_import_conflict ? IMPORT_CONFLICT : IMPORT_REJECTED;
    return !known ? IMPORT_ADDED : events ? IMPORT_UPDATED : IMPORT_UNCHANGED;
}
