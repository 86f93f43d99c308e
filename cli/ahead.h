/* ahead: what a clock that ran ahead left in the journal, and what of it nobody has mended yet.
 *
 * Each acceptance of the machine's clock (core/clock.h) tells of entries before it that carry a later time.
 * Their dossiers stay wrong until somebody with the right to do so corrects the time of receipt, takes the
 * act back or voids the dossier: such a dossier is due in years, and never overdue. */
#ifndef MOTCUA_CLI_AHEAD_H
#define MOTCUA_CLI_AHEAD_H

#include "store/store.h"

/* One acceptance. */
struct accepted {
    struct event event; /* borrowed from the view */
    uint64_t entries;   /* recorded later, yet before it in the journal */
    uint64_t *dossier;  /* those still to be mended: ids, each once, in order */
    size_t dossiers, cap;
};

struct ahead {
    struct accepted *one; /* oldest first */
    size_t count, cap;
    bool failed; /* memory is out */
};

/* Reads the acceptances and the entries they are about, and no others: a store whose clock was always right
 * costs one look. ahead_release() in any case. */
void ahead_read(struct ahead *a, struct view *v);
/* Dossiers still to be mended, each counted once. */
size_t ahead_dossiers(struct ahead *a);
void ahead_release(struct ahead *a);

#endif
