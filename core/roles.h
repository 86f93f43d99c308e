/* roles: what each kind of officer may do. One table, asked by decide() and by the screen alike.
 *
 * Roles prevent mistakes. They do not stop whoever may write the store's file with another program; the
 * journal's head, noted elsewhere, tells that. */
#ifndef MOTCUA_CORE_ROLES_H
#define MOTCUA_CORE_ROLES_H

#include "core/str.h"

enum role { ROLE_NONE = 0, ROLE_OFFICER, ROLE_SPECIALIST, ROLE_CHIEF, ROLE_ADMIN };

enum act {
    ACT_HANDLE,         /* receive, transfer, apologise, resolve, return, refuse */
    ACT_OVERRIDE_LIMIT, /* a limit against the catalogue's */
    ACT_OFFICE,         /* catalogue, calendar, settings */
    ACT_PEOPLE,         /* who works here, and in which role */
};

bool role_may(enum role role, enum act act);
const char *role_name(enum role role); /* "officer", … */
bool role_parse(struct str text, enum role *out);

#endif
