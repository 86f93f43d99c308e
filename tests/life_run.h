/* life_run: a life lived in a store and in the model at once, and compared after every step. */
#ifndef MOTCUA_TESTS_LIFE_RUN_H
#define MOTCUA_TESTS_LIFE_RUN_H

#include "tests/life_script.h"
#include "tests/store_desk.h"

/* What the lives of all runs came by: that a test saw nothing wrong says little if it saw nothing. */
struct life_seen {
    uint64_t done[COMMAND_COUNT], refused[COMMAND_COUNT];
    uint64_t in_state[STATE_VOID + 1]; /* requests about a dossier in it */
    uint64_t kinds;                    /* different kinds of refusal */
    const char *kind[64];
    uint64_t later, kept, confirmed, open; /* moves; those the rules leave open */
    uint64_t rehearsed, missed;            /* dry runs; changes that followed an undo */
};
extern struct life_seen life_seen;
/* Notes a request about a dossier in this state (0: none) and its answer. */
void note_answer(const struct life_step *step, enum dossier_state state, const char *kind);

#define LIFE_MEMORIES 8
struct life_memory {
    int64_t when; /* UTC second */
    struct buf then;
};

struct life_run {
    struct store_desk desk;
    struct model_office office;
    struct model_dossier *dossier; /* by the script's number; frames 0: none */
    size_t cap;
    uint64_t ids;       /* dossiers received so far */
    uint64_t backdated; /* entries about an earlier day than the one on which they were recorded */
    struct life_memory memory[LIFE_MEMORIES];
    int memories;
    char what[80];   /* the first difference met, in a word: "resolve: late.statutory"; empty: none */
    struct buf text; /* and in full */
};

/* A new office: the model's people and catalogue, the days off of 2022-2026. `clock` is its first moment. */
void life_run_begin(struct life_run *r, int64_t clock);
void life_run_end(struct life_run *r);

/* Lives one step. False when store and model came to differ: r->what says how, and the run is of no more use.
 * A step of a dossier that was never received is nothing. */
bool life_run_step(struct life_run *r, const struct life_step *step);
/* Everything once more: each dossier, and what is stored against the journal. */
bool life_run_check(struct life_run *r);

#endif
