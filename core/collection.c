#include "core/collection.h"

enum collection collection_of(const struct dossier *d, civil_minute now, civil_minute *due)
{
    *due = d->facts.due != NO_TIME ? d->facts.due : d->promised;
    if (state_is_waiting(d->facts.state))
        return COLLECTION_WAITING;
    if (!state_is_open(d->facts.state) && d->facts.state != STATE_RESOLVED)
        return COLLECTION_ENDED;
    if (*due != NO_TIME && *due >= now)
        return COLLECTION_AHEAD;
    if (d->facts.state == STATE_RESOLVED)
        return COLLECTION_READY;
    return *due == NO_TIME       ? COLLECTION_NO_DUE
           : d->facts.apologized ? COLLECTION_PAST_AGAIN
                                 : COLLECTION_PAST;
}
