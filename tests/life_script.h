/* life_script: random lives, drawn step by step from what the model knows, and written out for a person.
 *
 * A step is whole in itself (who, when, what with every value), so that a life can be lived again without
 * some of its steps. */
#ifndef MOTCUA_TESTS_LIFE_SCRIPT_H
#define MOTCUA_TESTS_LIFE_SCRIPT_H

#include "core/arena.h"
#include "core/buf.h"
#include "tests/life_model.h"
#include "tests/random.h"

struct life_step {
    int64_t now;
    struct str login;
    struct command command; /* without its dossier; kind 0: everything is looked at, to be seen again later */
    const struct command *also; /* of the office, in the same submission; mostly NULL */
    int dossier;                /* which one of the script's: a receipt brings it; -1: the office */
};

struct script {
    struct random random;
    struct arena text; /* what the steps say */
    int64_t clock;
};

/* Each moves the clock on. */
struct life_step script_receive(struct script *s, int dossier);
struct life_step script_act(struct script *s, const struct model_dossier *d, int dossier);
/* The due day, or the promised one, is a day off. */
struct life_step script_day_off(struct script *s, const struct model_dossier *d);
/* A change of days, hours or settings near what matters to `d` (may be NULL). */
struct life_step script_office(struct script *s, const struct model_office *o, const struct model_dossier *d);

struct life_step script_look(struct script *s);

/* One line as one would type it: the clock, who, and the command line. */
void step_print(struct buf *out, const struct life_step *step);
/* 2026-11-16T09:00; a dash for NO_TIME. */
void print_time(struct buf *out, civil_minute t);

#endif
