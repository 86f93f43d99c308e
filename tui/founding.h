/* founding: what the first form needs to make a store where there is none. */
#ifndef MOTCUA_TUI_FOUNDING_H
#define MOTCUA_TUI_FOUNDING_H

#include "core/book.h"
#include "core/outcome.h"

struct store;

struct founding {
    struct str dir; /* where the store will be */
    /* Makes it for this office, whole or not at all, and opens it; *out stays the maker's. `group`: who may
     * use it beside its owner, NULL for nobody. */
    struct outcome (*make)(void *arg, const struct office_identity *identity, const char *group,
                           struct store **out);
    void *arg;
};

#endif
