#include "core/desk.h"

#include "core/deadline.h"
#include "core/status.h"
#include "core/wire.h"

struct event *desk_event(struct desk *d, enum event_kind kind)
{
    struct event *e = decision_add(d->out);
    *e = (struct event){
        .kind = kind,
        .dossier = d->dossier ? d->dossier->facts.id : 0,
        .at = d->at,
        .by = arena_str(&d->out->text, d->moment->login),
    };
    return e;
}

struct yearly_number desk_number(const struct desk *d)
{
    return (struct yearly_number){d->circumstances->number, d->series_year};
}

bool desk_is_late(const struct desk *d)
{
    const struct facts *f = &d->dossier->facts;
    if (f->state == STATE_VOID)
        return false;
    return d->dossier->late.statutory > 0 ||
           (state_is_open(f->state) && is_past(f, f->statutory_due, d->now));
}

struct outcome desk_refusal(const struct desk *d, enum outcome_kind kind, enum law_point law)
{
    struct outcome o = outcome_of(kind);
    if (law != LAW_NONE) {
        civil_minute received = d->dossier ? d->dossier->facts.received : d->at;
        o.rules = law_rules(civil_day_of(received));
        o.law = law;
    }
    return o;
}

static size_t longest(struct text_rule rule)
{
    return rule.note ? TEXT_MAX_NOTE : TEXT_MAX;
}

/* TEXT_OK too where there is none and none is needed. */
static enum text_fault take_text(struct desk *d, struct str in, struct text_rule rule, struct str *out)
{
    *out = STR_NONE;
    if (!in.n && !rule.required)
        return TEXT_OK;
    if (text_is_clean(in, longest(rule))) {
        *out = arena_str(&d->out->text, in);
        return TEXT_OK;
    }
    struct buf clean = BUF_INIT;
    enum text_fault fault = text_clean(in, rule.note ? TEXT_NOTE : TEXT_LINE, longest(rule), &clean);
    if (fault == TEXT_OK)
        *out = arena_str(&d->out->text, buf_str(&clean));
    else if (fault == TEXT_EMPTY && !rule.required)
        fault = TEXT_OK;
    buf_release(&clean);
    return fault;
}

static struct outcome text_refusal(enum text_fault fault, struct text_rule rule)
{
    static const enum outcome_kind kinds[] = {
        [TEXT_EMPTY] = KIND_empty_text,
        [TEXT_BAD] = KIND_bad_text,
        [TEXT_TOO_LONG] = KIND_too_long,
        [TEXT_MEMORY] = KIND_out_of_memory,
    };
    struct outcome o = outcome_of(kinds[fault]);
    outcome_label(&o, rule.label);
    if (fault == TEXT_TOO_LONG)
        outcome_number(&o, (int64_t)longest(rule));
    return o;
}

struct outcome desk_text(struct desk *d, struct str in, struct text_rule rule, struct str *out)
{
    enum text_fault fault = take_text(d, in, rule, out);
    return fault == TEXT_OK ? OUTCOME_DONE : text_refusal(fault, rule);
}

struct outcome desk_take(struct desk *d, const struct desk_texts *texts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        enum text_fault fault = take_text(d, texts[i].in, texts[i].rule, texts[i].out);
        if (fault != TEXT_OK)
            return text_refusal(fault, texts[i].rule);
    }
    return OUTCOME_DONE;
}

struct outcome desk_bad_value(enum text_id label, struct str given, enum text_id give)
{
    struct outcome o = outcome_of(KIND_bad_value);
    outcome_label(&o, label);
    outcome_typed(&o, given);
    outcome_label(&o, give);
    return o;
}

struct outcome desk_next_number(uint16_t highest, enum text_id label, uint16_t *out)
{
    *out = (uint16_t)(highest + 1);
    if (highest < UINT16_MAX)
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_too_many);
    outcome_label(&o, label);
    outcome_number(&o, UINT16_MAX);
    return o;
}

struct outcome desk_refuse_retired(struct str what, enum text_id advice)
{
    struct outcome o = outcome_of(KIND_retired);
    outcome_text(&o, what);
    outcome_label(&o, advice);
    return o;
}

struct outcome desk_find_officer(const struct desk *d, struct str login, const struct officer **out)
{
    *out = office_find_officer(d->office, login);
    if (*out)
        return (*out)->retired ? desk_refuse_retired(login, T_label_retired_officer) : OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_unknown_officer);
    outcome_code(&o, login);
    return o;
}

/* What whoever may not do it is told that they may not do. */
static enum text_id act_label(enum act act)
{
    static const enum text_id labels[ACT_COUNT] = {
        [ACT_READ] = T_label_act_read,
        [ACT_HANDLE] = T_label_act_handle,
        [ACT_OVERRIDE_LIMIT] = T_label_act_override_limit,
        [ACT_CORRECT_DUE] = T_label_act_correct_due,
        [ACT_BACKDATE] = T_label_act_backdate,
        [ACT_INSIST] = T_label_act_insist,
        [ACT_UNDO_OTHERS] = T_label_act_undo_others,
        [ACT_VOID] = T_label_act_void,
        [ACT_IMPORT] = T_label_act_import,
        [ACT_CATALOGUE] = T_label_act_catalogue,
        [ACT_CALENDAR] = T_label_act_calendar,
        [ACT_SETTINGS] = T_label_act_settings,
        [ACT_COMPACT] = T_label_act_compact,
        [ACT_EXCUSE] = T_label_act_excuse,
        [ACT_PEOPLE] = T_label_act_people,
        [ACT_CLOCK] = T_label_act_clock,
    };
    return labels[act];
}

static const struct officer *first_of_role(const struct office *office, enum role role)
{
    for (size_t i = 0; i < office_officer_count(office); i++) {
        const struct officer *o = office_officer(office, i);
        if (o->role == role && !o->retired)
            return o;
    }
    return NULL;
}

/* Whom to ask: whoever is not known here needs an admin, whoever is may turn to a chief who may do it. */
static const struct officer *somebody_who_may(const struct desk *d, enum act act)
{
    bool known = d->actor && !d->actor->retired;
    const struct officer *chief =
        known && role_may(ROLE_CHIEF, act) ? first_of_role(d->office, ROLE_CHIEF) : NULL;
    return chief ? chief : first_of_role(d->office, ROLE_ADMIN);
}

bool desk_role_may(const struct desk *d, enum act act)
{
    return d->actor && !d->actor->retired && role_may(d->actor->role, act);
}

struct outcome desk_allowed(const struct desk *d, enum act act)
{
    return desk_allowed_to(d, act, act_label(act));
}

struct outcome desk_allowed_to(const struct desk *d, enum act act, enum text_id label)
{
    if (desk_role_may(d, act))
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_not_allowed);
    outcome_text(&o, d->moment->login);
    outcome_label(&o, label);
    const struct officer *who = somebody_who_may(d, act);
    if (who)
        outcome_text(&o, who->name);
    else
        outcome_label(&o, T_label_somebody_in_charge);
    return o;
}

/* ---- when it happened ---- */

struct outcome desk_check_not_future(const struct desk *d, civil_minute at)
{
    struct outcome o = outcome_of(at > d->now ? KIND_future_time : KIND_done);
    if (!outcome_ok(&o))
        outcome_time(&o, at);
    return o;
}

static struct outcome not_before(civil_minute at, civil_minute earliest, enum outcome_kind kind)
{
    struct outcome o = outcome_of(at < earliest ? kind : KIND_done);
    if (!outcome_ok(&o)) {
        outcome_time(&o, at);
        outcome_time(&o, earliest);
    }
    return o;
}

/* A time in the future is one that a clock running ahead has left (core/clock.h). */
static struct outcome not_before_past(const struct desk *d, civil_minute earliest, enum outcome_kind kind)
{
    return earliest > d->now ? OUTCOME_DONE : not_before(d->at, earliest, kind);
}

/* Since when the dossier has stood as it does: the wait, or the appointment that came after one. */
static civil_minute turned_at(const struct dossier *was)
{
    if (state_is_waiting(was->facts.state))
        return was->facts.waiting_since;
    return was->facts.state == STATE_PROCESSING && was->resumed ? was->appointment.from : NO_TIME;
}

static bool is_part_of_a_turn(enum command_kind kind)
{
    return kind != COMMAND_CORRECT && kind != COMMAND_UNDO && kind != COMMAND_TRANSFER &&
           kind != COMMAND_RATE && kind != COMMAND_FEE && kind != COMMAND_LATE_REASON;
}

/* Lateness hides in acts recorded long after they are said to have happened. */
struct outcome desk_check_backdate(const struct desk *d, civil_minute at)
{
    civil_day day = civil_day_of(at), today = civil_day_of(d->now);
    bool far = day < today && calendar_working_between(d->calendar, day, today) > d->settings->backdate_max;
    return far ? desk_allowed(d, ACT_BACKDATE) : OUTCOME_DONE;
}

struct outcome desk_check_time(const struct desk *d)
{
    struct outcome o = desk_check_not_future(d, d->at);
    if (outcome_ok(&o) && d->dossier)
        o = not_before_past(d, d->dossier->facts.received, KIND_before_receipt);
    if (outcome_ok(&o) && d->dossier && is_part_of_a_turn(d->command->kind))
        o = not_before_past(d, turned_at(d->dossier), KIND_before_turn);
    bool of_a_dossier =
        d->dossier || d->command->kind == COMMAND_RECEIVE || d->command->kind == COMMAND_TURN_AWAY;
    return outcome_ok(&o) && of_a_dossier ? desk_check_backdate(d, d->at) : o;
}

struct outcome desk_check_after_letter(const struct desk *d)
{
    const struct apology *a = &d->dossier->apology;
    struct outcome o = a->number ? not_before(d->at, a->issued, KIND_before_letter) : OUTCOME_DONE;
    if (outcome_ok(&o))
        return o;
    struct outcome cited = desk_refusal(d, KIND_before_letter, LAW_OVERDUE);
    memcpy(cited.arg, o.arg, sizeof cited.arg);
    return cited;
}

/* ---- counting ---- */

struct lateness desk_lateness(const struct desk *d, civil_minute end)
{
    const struct dossier *was = d->dossier;
    return (struct lateness){
        .statutory = was->late.statutory + days_past(d->calendar, &was->facts, was->facts.statutory_due, end),
        .promised = was->late.promised + days_past(d->calendar, &was->facts, was->facts.due, end),
    };
}

struct outcome desk_appointment(const struct desk *d, const struct limit *limit, enum due_clock clock,
                                int cutoff, civil_minute from, struct appointment *out)
{
    struct deadline due;
    *out = (struct appointment){.from = from, .counting = from, .due = NO_TIME};
    if (limit->kind == LIMIT_NONE)
        return OUTCOME_DONE;
    if (deadline_compute(d->calendar, limit, clock, cutoff, from, &due, NULL)) {
        *out = (struct appointment){
            .from = from, .counting = due.counting, .due = due.due, .provisional = due.provisional};
        return OUTCOME_DONE;
    }
    struct outcome o = outcome_of(KIND_limit_too_far);
    outcome_limit(&o, limit);
    return o;
}

struct outcome desk_list(struct desk *d, struct str list, enum text_id label, struct str *out)
{
    struct buf clean = BUF_INIT;
    struct outcome o = OUTCOME_DONE;
    struct str item, text;
    size_t at = 0;
    while (outcome_ok(&o) && wire_list_next(list, &at, &item)) {
        o = desk_text(d, item, (struct text_rule){.label = label, .required = true}, &text);
        wire_list_add(&clean, text);
    }
    *out = arena_str(&d->out->text, buf_str(&clean));
    if (clean.failed)
        o = outcome_of(KIND_out_of_memory);
    buf_release(&clean);
    return o;
}
