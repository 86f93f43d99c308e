/* decide: may this be done, and what then happened? The desk's rules, pure: office, dossier, command, moment in; events or one refusal out.
 *
 * Whoever writes asks decide() inside the same transaction in which the events are appended, so what it saw is what is written. */
#ifndef MOTCUA_CORE_DECIDE_H
#define MOTCUA_CORE_DECIDE_H

#include "core/arena.h"
#include "core/command.h"
#include "core/event.h"

/* What decide must be told of the store beyond office and dossier. */
struct needs {
    bool dossier;         /* the command acts on one */
    bool code_sequence;   /* the next sequence of `code_day` whose code is not taken */
    civil_day code_day;
    bool letter_number;   /* the next letter number of `letter_year` */
    int letter_year;
    struct str code;      /* is this code taken? absent: no need */
};
void decide_needs(const struct office *office, const struct command *command, const struct moment *moment, struct needs *out);

struct circumstances {
    uint64_t next_id;       /* for a dossier received now */
    uint32_t code_sequence; /* see needs */
    uint32_t letter_number;
    bool code_taken;
};

#define DECISION_EVENTS 4

/* Events with seq, previous and recorded_at still to be given by the store. Strings live in `text` or in what was passed in. */
struct decision {
    struct event event[DECISION_EVENTS];
    size_t count;
    struct arena text;
};
#define DECISION_INIT ((struct decision){.count = 0, .text = ARENA_INIT})
void decision_release(struct decision *d);

/* `dossier` is NULL where needs.dossier is false. On anything but success nothing is in *out. */
struct outcome decide(const struct office *office, const struct dossier *dossier, const struct command *command,
                      const struct moment *moment, const struct circumstances *circumstances, struct decision *out);

/* Would this kind of command be refused for this dossier now, whatever its details? For screens, which show what a rule forbids with its reason.
 * Success means it may be asked, not that every detail will do. */
struct outcome decide_preview(const struct office *office, const struct dossier *dossier, enum command_kind kind,
                              const struct moment *moment);

#endif
