/* roles: what each kind of officer may do. One table, asked by decide() and by the screen alike.
 *
 * Roles prevent mistakes. They do not stop whoever may write the store's file with another program; the
 * journal's head, noted elsewhere, tells that. */
#ifndef MOTCUA_CORE_ROLES_H
#define MOTCUA_CORE_ROLES_H

#include "core/str.h"

enum role { ROLE_NONE = 0, ROLE_OFFICER, ROLE_SPECIALIST, ROLE_CHIEF, ROLE_ADMIN };

enum act {
    ACT_READ,           /* everything the office knows; who may not sees due, procedure and calendar */
    ACT_HANDLE,         /* receive, and whatever then happens to a dossier */
    ACT_OVERRIDE_LIMIT, /* a limit against the catalogue's, or after another round of payment */
    ACT_CORRECT_DUE, /* correct what the due time comes from after the day of receipt, or once it is past */
    ACT_BACKDATE,    /* record what happened more than backdate.max working days ago */
    ACT_INSIST,      /* ask for a second supplement, or record one after the due day */
    ACT_UNDO_OTHERS, /* take back what somebody else did, or did on an earlier day */
    ACT_VOID,        /* end a record made by mistake */
    ACT_IMPORT,      /* bring in dossiers of another system */
    ACT_CATALOGUE,
    ACT_CALENDAR,
    ACT_SETTINGS,
    ACT_COMPACT, /* rewrite the store's file */
    ACT_EXCUSE,  /* say whether the reason of a lateness is a good one */
    ACT_PEOPLE,  /* who works here, and in which role */
    ACT_CLOCK,   /* accept the machine's clock where the journal was written by one that ran ahead */
    ACT_COUNT
};

bool role_may(enum role role, enum act act);
const char *role_name(enum role role); /* "officer", … */
bool role_parse(struct str text, enum role *out);

#endif
