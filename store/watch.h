/* watch: whoever waits for something long is told how far it is, and may stop it. */
#ifndef MOTCUA_STORE_WATCH_H
#define MOTCUA_STORE_WATCH_H

#include <stdbool.h>
#include <stdint.h>

struct watch {
    /* `done` of `all`; `all` is 0 where nobody knows. Called often. False: stop, and undo what was begun. */
    bool (*tell)(void *arg, uint64_t done, uint64_t all);
    void *arg;
};

/* NULL watches nothing. */
static inline bool watch_tell(const struct watch *w, uint64_t done, uint64_t all)
{
    return !w || w->tell(w->arg, done, all);
}

#endif
