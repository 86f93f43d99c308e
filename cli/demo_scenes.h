/* demo_scenes: dossiers placed with a purpose, so that the chief's page has something of every kind on
 * whatever morning the demo ends. */
#ifndef MOTCUA_CLI_DEMO_SCENES_H
#define MOTCUA_CLI_DEMO_SCENES_H

#include "cli/demo_life.h"

struct scene {
    struct demo_kind kind;
    civil_minute received;
    struct life life;
};

#define SCENES_MOST 32

/* The scenes for the morning of `today`, a working day, in order of receipt; returns how many. */
size_t demo_scenes(const struct calendar *calendar, civil_day today, struct scene out[SCENES_MOST]);

#endif
