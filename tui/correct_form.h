/* correct_form: the receipt of a dossier as fields to be mended, and the changes they make. */
#ifndef MOTCUA_TUI_CORRECT_FORM_H
#define MOTCUA_TUI_CORRECT_FORM_H

#include "core/arena.h"
#include "core/command.h"
#include "tui/chooser.h"

enum correct_item {
    C_REASON,
    C_PROCEDURE,
    C_CASE,
    C_LIMIT,
    C_RECEIVED,
    C_APPLICANT,
    C_PHONE,
    C_ID_NUMBER,
    C_ADDRESS,
    C_EMAIL,
    C_KIND,
    C_OUTSIDE,
    C_SUBMITTER,
    C_AUTHORITY,
    C_CHANNEL,
    C_SUBMITTED,
    C_COLLECT,
    C_COMPONENTS,
    C_SETS,
    C_FEE,
    C_NOTE,
    C_COUNT
};

/* The fields as they stand; `name` is the procedure's. */
void correct_form_init(struct form *f, enum lang lang, const struct dossier *d, struct str name);
/* Another procedure was chosen (or the old one again): its limit and fee come with it, unless something else
 * was typed. `fee` -1: unknown. */
void correct_form_bring(struct form *f, enum lang lang, const struct limit *limit, int64_t fee);

/* What was changed: fields and their new values as core/correction.h writes them. Make it {0}. */
struct corrections {
    struct change *change;
    size_t count;
    struct arena text;
};
void corrections_release(struct corrections *c);
/* Reads what is not as it was at first. `chosen` is the procedure now, `code` and `kase` the one the dossier
 * came with. False for a time, limit or number that is none: then *item is where, *wrong what to say. Release
 * it in either case. */
bool correct_form_changes(const struct form *f, const struct chooser *chosen, struct str code,
                          struct str kase, civil_day today, struct corrections *out, int *item,
                          enum text_id *wrong);

#endif
