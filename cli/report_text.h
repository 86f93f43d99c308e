/* report_text: a report for people at a terminal: what it is, its tables, what is to be known of them. */
#ifndef MOTCUA_CLI_REPORT_TEXT_H
#define MOTCUA_CLI_REPORT_TEXT_H

#include "cli/context.h"
#include "core/report.h"

/* With the view open: of its journal's head. Where a terminal is too narrow for a table its rows are written
 * one below the other, with the titles; nothing is ever cut. */
void report_text(struct cli *c, const struct report *r);

#endif
