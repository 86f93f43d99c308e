/* gain: what one event changes in the counts. */
#ifndef MOTCUA_STORE_GAIN_H
#define MOTCUA_STORE_GAIN_H

#include "core/event.h"
#include "store/store.h"

struct gain {
    int open, solved; /* -1, 0 or 1 */
    bool backdated, recorded_late;
    struct tally tally; /* of the month and field of the dossier's receipt */
};

/* `before` and `after` are the dossier around the event ({0} before its receipt); NULL both for an event of
 * the office. */
struct gain gain_of(const struct event *e, const struct dossier *before, const struct dossier *after,
                    int utc_offset);

#endif
