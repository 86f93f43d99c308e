/* report_written: what is said of a report that went into a file. */
#ifndef MOTCUA_CLI_REPORT_WRITTEN_H
#define MOTCUA_CLI_REPORT_WRITTEN_H

#include "cli/report_asked.h"

/* How many rows went where; with --json an object. Nothing where the file is standard output. */
void report_written(struct cli *c, const struct report_asked *asked, const struct report *r, bool demo);

#endif
