/* sheet_face: what stands on a report beside its tables, whatever file it goes into. */
#ifndef MOTCUA_FORMS_SHEET_FACE_H
#define MOTCUA_FORMS_SHEET_FACE_H

#include "core/lang.h"

/* Made by whoever knows the office (core/report_face.h). */
struct sheet_face {
    struct str office, title;
    const struct str *above; /* lines: what was counted, from when to when … */
    size_t lines;
    const struct str *below;
    size_t notes;
    struct str creator; /* the program */
    enum lang lang;
    int64_t written; /* UTC second: the file's date */
};

#endif
