/* days_said: what became of the days of a calendar file, for scripts and for people. */
#ifndef MOTCUA_CLI_DAYS_SAID_H
#define MOTCUA_CLI_DAYS_SAID_H

#include "cli/context.h"
#include "cli/days_plan.h"

void days_said_json(struct cli *c, const struct days_plan *p, const struct moves *moves, bool dry_run);
/* What was taken, what moves, what was passed over, and at the end what somebody must look at. */
void days_said_text(struct cli *c, const struct days_plan *p, const struct moves *moves, bool dry_run);
/* On standard error, behind what was said: how many must be looked at. */
void days_said_to_check(struct cli *c, const struct days_plan *p, struct str path, bool dry_run);

#endif
