/* report_json: a report for scripts, JSON Lines: an object that says what it is, then one for each row. */
#ifndef MOTCUA_CLI_REPORT_JSON_H
#define MOTCUA_CLI_REPORT_JSON_H

#include "cli/context.h"
#include "core/report.h"

/* With the view open: of its journal's head. Numbers are numbers, a share of 95.5 per cent is 95.5; what is
 * empty is null. */
void report_json(struct cli *c, const struct report *r);

#endif
