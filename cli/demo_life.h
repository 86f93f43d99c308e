/* demo_life: what happens to one invented dossier, and when. */
#ifndef MOTCUA_CLI_DEMO_LIFE_H
#define MOTCUA_CLI_DEMO_LIFE_H

#include "cli/chance.h"
#include "cli/demo_people.h"
#include "core/deadline.h"

/* A kind of dossier of the demo: a real procedure, how often it is met, who works it. */
struct demo_kind {
    const char *procedure;
    uint16_t weight;
    int specialist; /* of demo_officers; -1: done at the desk */
};
extern const struct demo_kind demo_kinds[];
extern const size_t demo_kind_count;
const struct demo_kind *demo_pick_kind(struct chance *c);

#define LIFE_STEPS 5
struct life_step {
    civil_minute at;
    civil_minute recorded; /* when it was typed in: mostly at once */
    enum command_kind kind;
    int by;             /* of demo_officers */
    civil_minute until; /* apologise */
    uint8_t text;       /* which reason */
};

struct life {
    enum channel channel;
    int desk;       /* who receives */
    int specialist; /* who works it; -1: the desk */
    int steps;
    struct life_step step[LIFE_STEPS]; /* in the order in which they are recorded */
};

/* Plans the life of a dossier received at `received` and due at `due`; `late_of_1000`: how many of those that
 * take days are late. */
void demo_live(struct chance *c, const struct calendar *calendar, const struct demo_kind *kind,
               civil_minute received, civil_minute due, int late_of_1000, struct life *out);

/* Why the dossiers of this specialist are late, three choices; for demo_apology_reason(). */
uint8_t demo_letter_reason(int specialist, int choice);
const char *demo_apology_reason(int which);
const char *demo_refusal_reason(int which);

#endif
