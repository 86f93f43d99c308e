/* receive_form: the fields of a receipt and the command they make. */
#ifndef MOTCUA_TUI_RECEIVE_FORM_H
#define MOTCUA_TUI_RECEIVE_FORM_H

#include "core/command.h"
#include "tui/form.h"

enum receive_item {
    R_PROCEDURE,
    R_CASE,
    R_LIMIT,
    R_APPLICANT,
    R_PHONE,
    R_ID_NUMBER,
    R_ADDRESS,
    R_EMAIL,
    R_PAID,       /* is the fee taken? Shown where there is one */
    R_FEE_SLIP,   /* number of the receipt for it */
    R_FEE_EXEMPT, /* why nothing is to be paid */
    R_KIND,       /* a person or an organization */
    R_OUTSIDE,    /* lives outside the commune */
    R_SUBMITTER,
    R_AUTHORITY,
    R_CHANNEL,
    R_SUBMITTED,
    R_COLLECT,
    R_COMPONENTS,
    R_SETS,
    R_FEE,
    R_OFFICER,
    R_UNIT,
    R_NOTE,
    R_AT,
    R_COUNT
};

void receive_form_init(struct form *f);
/* Shows the submission time only for what did not come over the counter, and whether the fee is taken only
 * where there is one: `fee` is the catalogue's of the chosen procedure, -1 where none is known. What is to be
 * paid by what is typed is appended to `due` (emptied first), which the form then borrows. */
void receive_form_adapt(struct form *f, enum lang lang, int64_t fee, struct buf *due);

/* What is to be paid by what is typed, 0: nothing; `fee` as above. */
int64_t receive_form_owed(const struct form *f, int64_t fee);
/* Is it said to be taken? */
bool receive_form_takes(const struct form *f);
/* Forgets what was said of the fee: another procedure has another. False where nothing was. */
bool receive_form_forget_fee(struct form *f);

/* When it is received: what was typed, or `now`; false when that is no time. */
bool receive_form_at(const struct form *f, const struct calendar *calendar, civil_minute now,
                     civil_minute *out);
/* The limit typed, LIMIT_NONE where there is none; false when what was typed is no limit. */
bool receive_form_limit(const struct form *f, struct limit *out);

/* The command; texts borrowed from the form and from `components`, which is filled. The procedure is the
 * caller's to fill. False for a time, limit or number that is none: then *item is where, *wrong what to say.
 */
bool receive_form_command(const struct form *f, const struct calendar *calendar, civil_minute now,
                          struct buf *components, struct command *out, int *item, enum text_id *wrong);
/* Puts the focus on the field a refusal is about. */
void receive_form_focus(struct form *f, const struct outcome *o);

#endif
