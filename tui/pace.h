/* pace: how often the screen is read anew while others write. In a small book at once, always. In one where
 * that takes a while not while somebody types, and never more than a small part of the time: an import writes
 * every ten milliseconds, and no key shall wait for it. */
#ifndef MOTCUA_TUI_PACE_H
#define MOTCUA_TUI_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
    uint64_t writes;  /* the session's, when it was last looked around */
    int64_t cost;     /* ns of processor time that reading anew took when it was last done */
    int64_t begun;    /* processor time when the reading going on began */
    bool put_off;     /* something was written that is not shown yet */
    int64_t since;    /* when the first of it was noticed */
    int64_t readable; /* not before, all of the machine's running time, ns */
};

/* Around each reading anew. */
void pace_begin(struct pace *p);
void pace_end(struct pace *p);
/* Others wrote, or `written` is false. Is it to be read now? What is not to be read now is kept in mind.
 * `typing`: a key has just come. */
bool pace_asks(struct pace *p, bool written, bool typing);
/* How long to wait for a key, at most `milliseconds`. */
int pace_wait(const struct pace *p, int milliseconds);

#endif
