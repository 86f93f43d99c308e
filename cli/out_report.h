/* out_report: reports as workbooks, papers and documents for a word processor. */
#ifndef MOTCUA_CLI_OUT_REPORT_H
#define MOTCUA_CLI_OUT_REPORT_H

#include "cli/options.h"

/* The `report` of the program with the large libraries. */
extern const struct verb verb_out_report;

#endif
