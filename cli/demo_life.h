/* demo_life: what happens to one invented dossier, and when. */
#ifndef MOTCUA_CLI_DEMO_LIFE_H
#define MOTCUA_CLI_DEMO_LIFE_H

#include "cli/chance.h"
#include "cli/demo_people.h"
#include "core/command.h"

/* A kind of dossier of the demo: a real procedure, how often it is met, who works it. */
struct demo_kind {
    const char *procedure;
    uint16_t weight;
    int specialist; /* of demo_officers; -1: done at the desk */
};
extern const struct demo_kind demo_kinds[];
extern const size_t demo_kind_count;
const struct demo_kind *demo_pick_kind(struct chance *c);

struct life_step {
    civil_minute at;
    civil_minute recorded; /* when it was typed in: mostly at once */
    civil_minute until;    /* apologise */
    uint8_t kind;          /* enum command_kind */
    int8_t by, to;         /* of demo_officers; to: transfer, or DEMO_OUTSIDE_UNIT */
    uint8_t text;          /* which reason, or how many stars */
};

enum { DEMO_OUTSIDE_UNIT = -1 };

#define LIFE_STEPS 20
struct life {
    enum channel channel;
    int desk;       /* who receives */
    int specialist; /* who works it; -1: the desk */
    bool served;    /* handed over at once */
    int32_t fee;    /* VND, of the catalogue; 0: none */
    int steps;
    struct life_step step[LIFE_STEPS]; /* in the order in which they are recorded */
};
struct life_step *life_add(struct life *life, enum command_kind kind, civil_minute at, int by);

/* Plans the life of a dossier received at `received`; `late_of_1000`: how many of those that take days are
 * late. False when the procedure has no limit to count by. */
bool demo_live(struct chance *c, const struct office *office, const struct demo_kind *kind,
               civil_minute received, int late_of_1000, struct life *out);

/* Fills what the step asks for beside dossier and time (a supplement's needs: demo_need); every text is a
 * constant. */
void demo_say(const struct life_step *step, const struct life *life, struct command *out);

/* The list of needs of a supplement, packed; `out` must outlive the command. */
void demo_need(struct buf *out, const struct life_step *step, const struct life *life);

/* Why the dossiers of this specialist are late, three choices. */
uint8_t demo_letter_reason(int specialist, int choice);

#endif
