/* backdated: entries that can change what was counted of days before the one they were recorded on, in short:
 * whoever makes a report of a period that has ended reads these, and not the whole journal since. */
#ifndef MOTCUA_CORE_BACKDATED_H
#define MOTCUA_CORE_BACKDATED_H

#include "core/event.h"

struct backdated {
    uint64_t seq, dossier;
    enum event_kind kind;        /* of the entry */
    civil_minute at;             /* when it happened */
    uint64_t undone;             /* EVENT_UNDONE: the entry taken back, */
    enum event_kind undone_kind; /* and its kind */
    civil_day
        was_received;  /* EVENT_CORRECTED: the day of the receipt before it, where that was mended; NO_DAY */
    bool after_result; /* EVENT_APOLOGIZED: the letter came after the late result */
};

/* Is the entry one of them? Those of a dossier that happened on a day before the one they were recorded on;
 * and, whenever it happened, what another system told anew, what was taken back or found void, a letter after
 * the late result, what was said of a lateness, and a correction of anything that is counted. Not what only
 * follows from a change of the office's days. False, and *out is unusable, for all others. */
bool backdated_of(const struct event *e, int utc_offset, struct backdated *out);

/* All but seq. Deterministic. */
void backdated_encode(struct buf *out, const struct backdated *b);
/* seq is the caller's. False when the bytes are damaged. */
bool backdated_decode(struct str bytes, struct backdated *out);

#endif
