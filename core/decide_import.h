/* What a row that another system brings would come to: known before anything is written, for a trial run, the
 * counts and the rows that are left out. */
#ifndef MOTCUA_CORE_DECIDE_IMPORT_H
#define MOTCUA_CORE_DECIDE_IMPORT_H

#include "core/command.h"
#include "core/decide.h"

enum import_verdict {
    IMPORT_ADDED,   /* nobody here knows its code: it comes in */
    IMPORT_UPDATED, /* it came in before, nothing was done to it here, and the file tells more or otherwise */
    IMPORT_UNCHANGED, /* all that the file says stands already: nothing is written */
    IMPORT_CONFLICT,  /* the file says otherwise than what stands, of a dossier that is worked here: never
                         written; a person decides */
    IMPORT_REJECTED   /* it cannot come in at all: see `why` */
};

/* The verdict of decide() on a COMMAND_IMPORT at this moment. `known` is the dossier that
 * stands under exactly this code, NULL where none does (store/store.h: view_known_code, view_dossier). *why
 * is decide()'s outcome, borrowing nothing. `entry` (may be NULL) becomes the entry that it would be, as the
 * journal has it, of whichever dossier; nothing where it would be none. decide() is pure: as long as `office`
 * and `known` stand as they do it would come to the same (store/store.h: foreseen); else it is asked anew. */
enum import_verdict import_judge(const struct office *office, const struct dossier *known,
                                 const struct command *command, const struct moment *moment,
                                 struct outcome *why, struct buf *entry);

#endif
