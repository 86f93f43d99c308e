/* rtf: reports as Rich Text (RTF 1.9), which every Word opens, also under the name .doc: Times New Roman, A4
 * across, tables with their titles on every page, pages numbered n of m. */
#ifndef MOTCUA_FORMS_RTF_H
#define MOTCUA_FORMS_RTF_H

#include "core/report.h"
#include "forms/sheet_face.h"
#include "forms/sink.h"

/* All tables, one below the other. The file is plain ASCII: what is not is written as an escape. The same
 * report and face give the same bytes. FORM_WRITTEN, FORM_NO_MEMORY (also for a report that is not whole) or
 * FORM_SINK_FAILED: then part of it may have reached the sink. */
enum form_result rtf_write(const struct report *r, const struct sheet_face *face, struct form_sink sink);

#endif
