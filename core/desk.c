#include "core/desk.h"

#include "core/deadline.h"
#include "core/status.h"
#include "core/wire.h"

struct event *desk_event(struct desk *d, enum event_kind kind)
{
    struct event *e = &d->out->event[d->out->count++];
    *e = (struct event){
        .kind = kind,
        .dossier = d->dossier ? d->dossier->facts.id : 0,
        .at = d->at,
        .by = arena_str(&d->out->text, d->moment->login),
    };
    return e;
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

struct outcome desk_text(struct desk *d, struct str in, struct text_rule rule, struct str *out)
{
    static const enum outcome_kind kinds[] = {
        [TEXT_EMPTY] = KIND_empty_text,
        [TEXT_BAD] = KIND_bad_text,
        [TEXT_TOO_LONG] = KIND_too_long,
        [TEXT_MEMORY] = KIND_out_of_memory,
    };
    struct buf clean = BUF_INIT;
    size_t max = rule.note ? TEXT_MAX_NOTE : TEXT_MAX;
    enum text_fault fault = text_clean(in, rule.note ? TEXT_NOTE : TEXT_LINE, max, &clean);
    struct outcome o = OUTCOME_DONE;
    *out = STR_NONE;
    if (fault == TEXT_OK) {
        *out = arena_str(&d->out->text, buf_str(&clean));
    } else if (fault != TEXT_EMPTY || rule.required) {
        o = outcome_of(kinds[fault]);
        outcome_label(&o, rule.label);
        if (fault == TEXT_TOO_LONG)
            outcome_number(&o, (int64_t)max);
    }
    buf_release(&clean);
    return o;
}

struct outcome desk_take(struct desk *d, const struct desk_texts *texts, size_t n)
{
    struct outcome o = OUTCOME_DONE;
    for (size_t i = 0; i < n && outcome_ok(&o); i++)
        o = desk_text(d, texts[i].in, texts[i].rule, texts[i].out);
    return o;
}

struct outcome desk_find_officer(const struct desk *d, struct str login, const struct officer **out)
{
    *out = office_find_officer(d->office, login);
    struct outcome o = outcome_of(!*out ? KIND_unknown_officer : (*out)->retired ? KIND_retired : KIND_done);
    if (!outcome_ok(&o))
        outcome_text(&o, login);
    return o;
}

/* Whom to ask: the first admin still serving. */
static const struct officer *somebody_in_charge(const struct office *office)
{
    for (size_t i = 0; i < office_officer_count(office); i++) {
        const struct officer *o = office_officer(office, i);
        if (o->role == ROLE_ADMIN && !o->retired)
            return o;
    }
    return NULL;
}

struct outcome desk_allowed(const struct desk *d, enum act act)
{
    if (d->actor && !d->actor->retired && role_may(d->actor->role, act))
        return OUTCOME_DONE;
    struct outcome o = outcome_of(KIND_not_allowed);
    outcome_text(&o, d->moment->login);
    const struct officer *admin = somebody_in_charge(d->office);
    if (admin)
        outcome_text(&o, admin->name);
    else
        outcome_label(&o, T_label_somebody_in_charge);
    return o;
}

struct outcome desk_check_time(const struct desk *d)
{
    if (d->at > d->now) {
        struct outcome o = outcome_of(KIND_future_time);
        outcome_time(&o, d->at);
        return o;
    }
    if (d->dossier && d->at < d->dossier->facts.received) {
        struct outcome o = outcome_of(KIND_before_receipt);
        outcome_time(&o, d->at);
        outcome_time(&o, d->dossier->facts.received);
        return o;
    }
    return OUTCOME_DONE;
}

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
    if (deadline_compute(d->calendar, limit, clock, cutoff, from, &due, NULL)) {
        *out = (struct appointment){
            .from = from, .counting = due.counting, .due = due.due, .provisional = due.provisional};
        return OUTCOME_DONE;
    }
    struct outcome o = outcome_of(KIND_limit_too_far);
    struct buf text = BUF_INIT;
    limit_format(&text, limit);
    outcome_text(&o, buf_str(&text));
    buf_release(&text);
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
