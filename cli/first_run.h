/* first_run: the screen where there is no store yet: how it makes one. */
#ifndef MOTCUA_CLI_FIRST_RUN_H
#define MOTCUA_CLI_FIRST_RUN_H

#include "cli/context.h"
#include "tui/founding.h"

/* Where c's store will be, and what makes it, with the shipped catalogue and days; c closes it. Borrows `c`.
 */
void first_run_init(struct founding *out, struct cli *c);

#endif
