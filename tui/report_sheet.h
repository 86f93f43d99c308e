/* report_sheet: a report as lines to be read, with bars where there is room beside a table. */
#ifndef MOTCUA_TUI_REPORT_SHEET_H
#define MOTCUA_TUI_REPORT_SHEET_H

#include "core/report.h"
#include "tui/sheet.h"

/* Adds all of it to a sheet that was begun: face, tables, notes. `head`: as core/report_face.h takes it. */
void report_tell(struct sheet *sheet, enum lang lang, const struct report *r, const struct office *office,
                 struct str head);

#endif
