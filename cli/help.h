/* help: what --help prints, made from the option tables, in the language asked for. */
#ifndef MOTCUA_CLI_HELP_H
#define MOTCUA_CLI_HELP_H

#include "cli/options.h"

/* Of one command: how to write it, what it does, its options, the global ones. */
void help_verb(struct cli *c, const struct verb *verb);
/* Of the program, or of the commands whose first word is `group`. `verbs` ends with NULL. */
void help_program(struct cli *c, const struct verb *const *verbs, const char *group);

#endif
