/* gain: what one event changes in the counts: always the difference between what the dossier is counted as
 * before and after, so that whatever is corrected or taken back leaves the counts exact. */
#ifndef MOTCUA_STORE_GAIN_H
#define MOTCUA_STORE_GAIN_H

#include "core/event.h"

/* What one dossier is counted as; all zero for none ({0}). */
struct standing {
    bool open, waiting, solved;
};
struct standing standing_of(const struct dossier *d);

struct gain {
    int open, waiting, solved, recorded_late; /* -1, 0 or 1 */
    bool backdated;
};

/* `before` and `after` are the dossier around the event ({0} before its receipt); NULL both for an event of
 * the office. */
struct gain gain_of(const struct event *e, const struct dossier *before, const struct dossier *after,
                    int utc_offset);

/* The dossier that these events made, whose undone_by is filled in: was it solved in time by its own word,
 * but by an entry recorded after its due time (by the day; by the minute for a limit in hours)? */
bool is_recorded_late(const struct dossier *d, const struct event *events, size_t count, int utc_offset);

#endif
