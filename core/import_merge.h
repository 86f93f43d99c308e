/* import_merge: what a file says of a dossier, put over what stands. Private to decide_import.c. */
#ifndef MOTCUA_CORE_IMPORT_MERGE_H
#define MOTCUA_CORE_IMPORT_MERGE_H

#include "core/desk.h"

/* A command's texts, checked, living in the decision; its other values are read from the command. */
struct said {
    const struct desk *desk;
    uint32_t mask;  /* enum import_said */
    bool untouched; /* desk->known: nothing stands that was done here */
    struct str procedure, field, submitter, authority, note, officer, unit, receiver, result;
    struct applicant applicant;
};

static inline bool says(const struct said *s, enum import_said what)
{
    return s->mask & what;
}

/* The whole history as it is told now. `stands` is what stands of desk->known; without one everything is
 * said. Where what is said comes to the same as what stands, that is what comes out, to the letter: an
 * officer's name for a login, a due time as it was given before the office's days moved it. */
void import_merge(const struct said *s, const struct event *stands, struct event *out);

#endif
