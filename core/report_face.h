/* report_face: what stands above and below the tables of a report, whoever prints it: whose it is, what it
 * counted, from when to when, as of when, by which due time, and what it was read from. */
#ifndef MOTCUA_CORE_REPORT_FACE_H
#define MOTCUA_CORE_REPORT_FACE_H

#include "core/report.h"

#define FACE_LINES 16

struct report_face {
    struct str office;   /* the agency whose desk it is */
    struct str form;     /* "Biểu số II.06a/VPCP/KSTT"; absent where none is prescribed */
    struct str title;    /* of the report; II.06a's is the office's setting */
    struct str receiver; /* "Đơn vị nhận báo cáo: …"; absent where none is set */
    struct str period;   /* "Kỳ báo cáo: Quý IV/2026 (…)"; absent where it is about no period */
    struct str demo;     /* of a demo store: that all of it is invented; absent elsewhere */
    struct str above[FACE_LINES]; /* all lines between title and tables, those before it too, in order; the
                                     notes that come first among them */
    size_t lines;
    struct str below[FACE_LINES]; /* the report's notes, what was recorded late, the journal's head */
    size_t notes;
    struct arena text;
    bool failed; /* memory ran out */
};

/* In the language of `lang`. `head`: the journal's last entry that was read, as SEQ:HASH; may be absent. What
 * the face says is borrowed from the report and the office, or lives in it; release it whatever came of it.
 */
void report_face_init(struct report_face *f, const struct report *r, const struct office *office,
                      enum lang lang, struct str head);
void report_face_release(struct report_face *f);

#endif
