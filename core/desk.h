/* desk: what every rule of decide() sees, and the checks they share. Private to the decide_*.c files. */
#ifndef MOTCUA_CORE_DESK_H
#define MOTCUA_CORE_DESK_H

#include "core/decision.h"
#include "core/text.h"

struct desk {
    const struct office *office;
    const struct calendar *calendar;
    const struct settings *settings;
    const struct dossier *dossier; /* NULL for receive and the office's commands */
    const struct dossier *known;   /* of an import: the dossier of its code, NULL where there is none */
    const struct command *command;
    const struct moment *moment;
    const struct circumstances *circumstances;
    const struct officer *actor; /* NULL while the office has no people */
    civil_minute now, at;
    int series_year; /* of the number a paper gets */
    struct decision *out;
};

/* Each rule returns success or a refusal; on success it has added its events. */
typedef struct outcome desk_rule(struct desk *d);
desk_rule decide_receive, decide_transfer, decide_apologize, decide_resolve, decide_return, decide_rate;
desk_rule decide_supplement, decide_restart, decide_await_payment, decide_paid;
desk_rule decide_refuse, decide_withdraw, decide_stop, decide_void, decide_undo, decide_correct;
desk_rule decide_import, decide_fee, decide_late_reason, decide_turn_away, decide_steps_put;
desk_rule decide_turn_away_void;
desk_rule decide_found, decide_officer_put, decide_procedure_put, decide_day_put, decide_years_known;
desk_rule decide_officer_retire, decide_procedure_retire, decide_day_remove, decide_hours_put;
desk_rule decide_setting_put, decide_clock_accept;

/* May this dossier be apologised for, resolved …, whatever the details? For d->dossier at d->now. */
struct outcome desk_may(const struct desk *d, enum command_kind kind);
/* Running: neither ended nor waiting for the applicant. */
struct outcome desk_must_run(const struct desk *d);
/* `kind` naming the dossier and the state it is in. */
struct outcome desk_refuse_state(const struct desk *d, enum outcome_kind kind, enum law_point law);
/* `already_resolved`; `hint` may be T_nothing. */
struct outcome desk_refuse_resolved(const struct desk *d, enum text_id hint);
/* Solved (resolved, refused, withdrawn or stopped) late, and nothing handed over: a letter may still follow.
 */
bool desk_is_solved_late(const struct desk *d);
/* A second supplement, or one recorded after the due time in force, is asked for by those who may insist, and
 * do: *needed says that this one is such. It is judged at d->now, which is never before d->at: a wait dated
 * back past the due time washes no lateness away. */
struct outcome desk_check_insist(const struct desk *d, bool insists, bool *needed);

/* What step of the internal process a handover leads to, where the asker did not say (or said, without a
 * limit): the very next one where a person of this role does it; else it goes back, to the present or the
 * nearest earlier one that they do; and only then to a later one, past steps of others. With it comes its
 * limit. An outside unit, or one whose role does no step, leaves the step as it is. `unknown_step` for one
 * that is named and that the process does not have. */
struct outcome desk_next_step(const struct desk *d, enum role role, struct event *transferred);
/* The first one, of a receipt. */
struct outcome desk_first_step(struct desk *d, struct event *received);

/* The number a paper gets: of the series that decide_needs() asked for. */
struct yearly_number desk_number(const struct desk *d);
/* Is it late by its statutory due time, as it stands? Overdue, solved late, or late when a wait was recorded.
 */
bool desk_is_late(const struct desk *d);

/* A new event of this kind by the actor at d->at; the caller fills its payload. */
struct event *desk_event(struct desk *d, enum event_kind kind);

/* A refusal citing the law of the dossier's rule set. */
struct outcome desk_refusal(const struct desk *d, enum outcome_kind kind, enum law_point law);

/* Checked, NFC and trimmed into *out (living in the decision). An absent or blank optional text is absent. */
struct text_rule {
    enum text_id label;
    bool required;
    bool note; /* may be long and have line breaks */
};
struct outcome desk_text(struct desk *d, struct str in, struct text_rule rule, struct str *out);

struct desk_texts {
    struct str in;
    struct text_rule rule;
    struct str *out;
};
/* desk_text for each until one is refused. */
struct outcome desk_take(struct desk *d, const struct desk_texts *texts, size_t n);

/* `bad_value`: what was given where what may be given is another. */
struct outcome desk_bad_value(enum text_id label, struct str given, enum text_id give);
/* A number of 16 bits one after `highest` into *out; `too_many` of what `label` names when there is none. */
struct outcome desk_next_number(uint16_t highest, enum text_id label, uint16_t *out);

/* `retired`: this one is, and what to do instead (a label of that name). */
struct outcome desk_refuse_retired(struct str what, enum text_id advice);
/* The officer of this login, not retired; `unknown_officer` or `retired`. */
struct outcome desk_find_officer(const struct desk *d, struct str login, const struct officer **out);
/* Does the actor's role say so? `not_allowed` tells what may not be done, and whom to ask. */
bool desk_role_may(const struct desk *d, enum act act);
struct outcome desk_allowed(const struct desk *d, enum act act);
/* The same, telling it in other words than the act's own. */
struct outcome desk_allowed_to(const struct desk *d, enum act act, enum text_id label);

/* d->at is not in the future, not before the receipt of d->dossier nor before its present step began (unless
 * these lie in the future: what mends that is done now), and not further back than the actor may record. */
struct outcome desk_check_time(const struct desk *d);
struct outcome desk_check_not_future(const struct desk *d, civil_minute at);
struct outcome desk_check_backdate(const struct desk *d, civil_minute at);
/* A letter says that there is no result yet: nothing that ends or halts the work may lie before it. */
struct outcome desk_check_after_letter(const struct desk *d);
/* How late a dossier that is solved at `end` (or whose wait is recorded then) is, with what was late before.
 */
struct lateness desk_lateness(const struct desk *d, civil_minute end);
/* The appointment of this limit counted from `from`; `limit_too_far` past the calendar's end. Without a limit
 * (what another system gave us may have none) there is one with nothing due. */
struct outcome desk_appointment(const struct desk *d, const struct limit *limit, enum due_clock clock,
                                int cutoff, civil_minute from, struct appointment *out);
/* A packed list, each item checked like desk_text and required to say something. */
struct outcome desk_list(struct desk *d, struct str list, enum text_id label, struct str *out);

/* ---- corrections (decide_mend.c reads them, decide_correct.c judges them) ---- */

struct mended {
    struct receipt receipt; /* of d->dossier, with what is corrected */
    civil_minute received;
    struct str changes; /* as the event tells them; absent: nothing really changes */
    bool due_fields;    /* the due time comes from one of them */
    bool overrides;     /* against the limit of the catalogue */
};
/* Reads and checks every new value by itself. */
struct outcome desk_mend(struct desk *d, struct mended *out);

#endif
