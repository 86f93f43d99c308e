#include "core/roles.h"

static const struct {
    const char *name;
    unsigned acts; /* 1 << enum act, or'ed */
} roles[] = {
    [ROLE_NONE] = {NULL, 0},
    [ROLE_OFFICER] = {"officer", 1 << ACT_HANDLE},
    [ROLE_SPECIALIST] = {"specialist", 1 << ACT_HANDLE},
    [ROLE_CHIEF] = {"chief", 1 << ACT_HANDLE | 1 << ACT_OVERRIDE_LIMIT | 1 << ACT_OFFICE},
    [ROLE_ADMIN] = {"admin", 1 << ACT_HANDLE | 1 << ACT_OVERRIDE_LIMIT | 1 << ACT_OFFICE | 1 << ACT_PEOPLE},
};

bool role_may(enum role role, enum act act)
{
    return roles[role].acts >> act & 1;
}

const char *role_name(enum role role)
{
    return roles[role].name;
}

bool role_parse(struct str text, enum role *out)
{
    for (enum role r = ROLE_OFFICER; r <= ROLE_ADMIN; r++)
        if (str_eq(text, str_of(roles[r].name))) {
            *out = r;
            return true;
        }
    return false;
}
