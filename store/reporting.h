/* reporting: feeds a report's maker (core/report.h) with what a view sees. */
#ifndef MOTCUA_STORE_REPORTING_H
#define MOTCUA_STORE_REPORTING_H

#include "core/report.h"
#include "store/store.h"

/* Every dossier at the view's moment, and the entries the maker wants. Damage met on the way is told by
 * view_fault(), which is to be asked before the report is shown. */
void view_report(struct view *v, struct report_maker *m);

/* Begins, feeds and finishes. `out` is to be released whatever the answer; success, `out_of_memory`,
 * `report_broken`, or the view's fault. */
struct outcome view_make_report(struct view *v, const struct report_request *request, struct report *out);

#endif
