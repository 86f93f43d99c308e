/* imported: what another system tells of a dossier, as one event: how it stands, and what two tellings differ
 * in. */
#ifndef MOTCUA_CORE_IMPORTED_H
#define MOTCUA_CORE_IMPORTED_H

#include "core/command.h"
#include "core/event.h"
#include "core/lang.h"

/* The event that would bring this dossier in as it stands, in one piece. Borrows from it. */
struct event imported_standing(const struct dossier *d);

/* Where the story begins that is told now, in a history (oldest first, undone_by filled in): at the last time
 * another system told it anew, else at its first event. What stands before that only moved a due time that
 * nobody speaks of any more. */
size_t imported_start(const struct event *events, size_t count);

/* One thing that another system tells: which, what people call it (core/lang_labels.def), and what a file's
 * column of it is called in English. */
struct imported_part {
    enum import_said said;
    enum text_id label;
    const char *key;
};
#define IMPORTED_PARTS 27
/* What the second tells otherwise than the first, in the order of a form, into `part`; their number. Both are
 * events that bring a dossier in. */
size_t imported_changes(const struct event *was, const struct event *is,
                        const struct imported_part *part[IMPORTED_PARTS]);

#endif
