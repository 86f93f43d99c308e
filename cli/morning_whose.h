/* morning_whose: how much of the chief's page each person, or outside unit, has to do. */
#ifndef MOTCUA_CLI_MORNING_WHOSE_H
#define MOTCUA_CLI_MORNING_WHOSE_H

#include "cli/morning_page.h"

enum { SHARE_OVERDUE, SHARE_LETTERS, SHARE_TODAY, SHARE_NEXT, SHARES };

/* Borrowed from the page and its view. */
struct share {
    struct str whose;     /* a name, or a unit; absent: nobody's */
    size_t count[SHARES]; /* as in the lists: whose letter must leave today is due soon, too */
};

struct shares {
    struct share *share; /* most overdue first, then by the other counts, then by name */
    size_t count, cap;
    bool failed;
};

void shares_count(struct shares *out, const struct morning_page *p);
void shares_release(struct shares *s);

#endif
