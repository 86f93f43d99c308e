/* report_csv: a report for spreadsheets: each table with its line of titles, an empty line between two. */
#ifndef MOTCUA_CLI_REPORT_CSV_H
#define MOTCUA_CLI_REPORT_CSV_H

#include "cli/context.h"
#include "core/report.h"

/* Onto `out`, which is c->out or a buffer of the caller's. Numbers as programs read them, whatever the
 * language: 1234, 95.50, 2026-11-20, 2026-11-20 09:30. `mark`: begins with a byte order mark. Of a demo store
 * each row says so in a column of its own. */
void report_csv(struct cli *c, struct buf *out, const struct report *r, bool mark);

#endif
