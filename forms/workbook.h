/* workbook: reports as .xlsx through libxlsxwriter: numbers and dates that are numbers and dates, titles that
 * stay in sight, ready to be printed. */
#ifndef MOTCUA_FORMS_WORKBOOK_H
#define MOTCUA_FORMS_WORKBOOK_H

#include "core/report.h"
#include "forms/sheet_face.h"
#include "forms/sink.h"

/* One sheet for each table, named by its heading; the face stands above and the notes below every one, so
 * that a sheet can be printed alone: A4 landscape, as wide as the page, titles on every page.
 *
 * Texts stay texts whatever they look like (nothing is a formula); what XML cannot hold becomes U+FFFD;
 * numbers of more than 15 digits are texts, because a sheet would round them. The same report and face give
 * the same bytes. FORM_WRITTEN, or: FORM_TOO_LONG for more rows than a sheet has (1,048,576) or a text of
 * more than 32,767 UTF-16 units; FORM_NO_ROOM, FORM_NO_MEMORY (also for a report that is not whole),
 * FORM_SINK_FAILED. The sink is fed after the file is whole: nothing reaches it after any other failure. */
enum form_result workbook_write(const struct report *r, const struct sheet_face *face, struct form_sink sink);

#endif
