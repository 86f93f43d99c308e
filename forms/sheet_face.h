/* sheet_face: what stands on a report beside its tables, whatever file it goes into. */
#ifndef MOTCUA_FORMS_SHEET_FACE_H
#define MOTCUA_FORMS_SHEET_FACE_H

#include "core/document.h"

/* Made by whoever knows the office (core/report_face.h). */
struct sheet_face {
    struct str office, title;
    const struct str *above; /* lines: what was counted, from when to when … */
    size_t lines;
    const struct str *below;
    size_t notes;
    /* Of a paper that is signed (core/report_paper.h): what stands above all and at the end, in a file of
     * words; NULL: nothing, and the office's name above. */
    const struct block *head, *signatures;
    struct str creator; /* the program */
    enum lang lang;
    int64_t written; /* UTC second: the file's date */
};

#endif
