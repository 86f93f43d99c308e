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
    const struct command *command;
    const struct moment *moment;
    const struct circumstances *circumstances;
    const struct officer *actor; /* NULL while the office has no people */
    civil_minute now, at;
    struct decision *out;
};

/* Each rule returns success or a refusal; on success it has added its events. */
typedef struct outcome desk_rule(struct desk *d);
desk_rule decide_receive, decide_transfer, decide_apologize, decide_resolve, decide_return, decide_refuse;
desk_rule decide_found, decide_officer_put, decide_procedure_put, decide_day_put, decide_years_known;

/* May this dossier be apologised for, resolved …, whatever the details? For d->dossier at d->now. */
struct outcome desk_may(const struct desk *d, enum command_kind kind);

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

/* The officer of this login, not retired; `unknown_officer` or `retired`. */
struct outcome desk_find_officer(const struct desk *d, struct str login, const struct officer **out);
struct outcome desk_allowed(const struct desk *d, enum act act);

/* d->at is not in the future, and not before the receipt of d->dossier. */
struct outcome desk_check_time(const struct desk *d);
/* How late a dossier that is solved at `end` (or begins to wait then) is, with what was late before. */
struct lateness desk_lateness(const struct desk *d, civil_minute end);
/* The appointment of this limit counted from `from`; `limit_too_far` past the calendar's end. */
struct outcome desk_appointment(const struct desk *d, const struct limit *limit, enum due_clock clock,
                                int cutoff, civil_minute from, struct appointment *out);
/* A packed list, each item checked like desk_text and required to say something. */
struct outcome desk_list(struct desk *d, struct str list, enum text_id label, struct str *out);

#endif
