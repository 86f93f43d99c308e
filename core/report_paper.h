/* report_paper: a report as a paper to be signed or posted (Decree 30/2020/NĐ-CP), A4: head, title, face,
 * tables, notes, who made it and who answers for it. */
#ifndef MOTCUA_CORE_REPORT_PAPER_H
#define MOTCUA_CORE_REPORT_PAPER_H

#include "core/document.h"
#include "core/report_face.h"

/* Writes the paper into an empty document, which borrows from report, face and office: release it before
 * them. Lies across where a table is wide. `printed`: the day under "place and date". What is posted on the
 * wall (catalogue, public) is signed by the head alone. */
void report_paper(const struct report *r, const struct report_face *face, const struct office *office,
                  civil_day printed, enum lang lang, struct document *out);

#endif
