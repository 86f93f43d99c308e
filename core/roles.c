#include "core/roles.h"

#define MAY(act) (1u << (act))

enum {
    AT_THE_DESK = MAY(ACT_READ) | MAY(ACT_HANDLE),
    IN_CHARGE = AT_THE_DESK | MAY(ACT_OVERRIDE_LIMIT) | MAY(ACT_CORRECT_DUE) | MAY(ACT_BACKDATE) |
                MAY(ACT_INSIST) | MAY(ACT_UNDO_OTHERS) | MAY(ACT_VOID) | MAY(ACT_IMPORT) |
                MAY(ACT_CATALOGUE) | MAY(ACT_CALENDAR) | MAY(ACT_SETTINGS) | MAY(ACT_COMPACT) |
                MAY(ACT_EXCUSE),
};

static const struct {
    const char *name;
    unsigned acts; /* MAY(enum act), or'ed */
} roles[] = {
    [ROLE_NONE] = {NULL, 0},
    [ROLE_OFFICER] = {"officer", AT_THE_DESK},
    [ROLE_SPECIALIST] = {"specialist", AT_THE_DESK},
    [ROLE_CHIEF] = {"chief", IN_CHARGE},
    [ROLE_ADMIN] = {"admin", IN_CHARGE | MAY(ACT_PEOPLE) | MAY(ACT_CLOCK)},
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
