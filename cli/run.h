/* run: from argv to an exit status: reads the command line, finds the command, lets it talk. Both programs
 * begin here. */
#ifndef MOTCUA_CLI_RUN_H
#define MOTCUA_CLI_RUN_H

#include "cli/options.h"

/* What a program can do: its commands, ended by NULL, and what it does without one (NULL: it asks for one).
 */
struct program {
    const struct verb *const *verbs;
    int (*without)(struct cli *c);
};

int run(const struct program *program, int argc, char **argv);

#endif
