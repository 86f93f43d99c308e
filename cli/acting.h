/* acting: what all commands that change a dossier have in common: submit, then show what came of it. */
#ifndef MOTCUA_CLI_ACTING_H
#define MOTCUA_CLI_ACTING_H

#include "cli/options.h"
#include "cli/papers.h"

#define OPTION_AT                                                                                            \
    {                                                                                                        \
        .name = "at", .type = OPTION_TIME, .help = T_cli_opt_at                                              \
    }

/* What a command that acts on one dossier takes and asks for. */
#define ACTS_ON_ONE .operand = T_cli_value_code, .least = 1, .most = 1, .act = ACT_HANDLE

/* Carries out the command for each of the n dossiers, all or none (n = 0: it names none, as in receiving),
 * and prints each: its line, or its object. `then`, when not NULL, adds to the line. The store must be open.
 * Exit status. */
typedef void say_more(struct cli *c, const struct dossier *d);
int acting_submit(struct cli *c, const struct command *command, const struct str *codes, size_t n,
                  say_more *then);

/* The last entry of the dossier's history, for say_more: what has just been done. False when it cannot be
 * read. Borrowed from the view. */
bool acting_last(struct cli *c, const struct dossier *d, struct event *out);

/* The line that names the paper to be issued, where the dossier's set of forms has one. */
void acting_paper(struct cli *c, const struct dossier *d, enum slip slip);

#endif
