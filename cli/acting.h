/* acting: what all commands that change a dossier have in common: submit, then show what came of it. */
#ifndef MOTCUA_CLI_ACTING_H
#define MOTCUA_CLI_ACTING_H

#include "cli/options.h"

#define OPTION_AT                                                                                            \
    {                                                                                                        \
        .name = "at", .type = OPTION_TIME, .help = T_cli_opt_at                                              \
    }

/* Carries out the command for each of the n dossiers, all or none (n = 0: it names none, as in receiving),
 * and prints each: its line, or its object. `then`, when not NULL, adds to the line. The store must be open.
 * Exit status. */
typedef void say_more(struct cli *c, const struct dossier *d);
int acting_submit(struct cli *c, const struct command *command, const struct str *codes, size_t n,
                  say_more *then);

#endif
