/* collection: does the applicant have an appointment to come for the result, and does it lie ahead? */
#ifndef MOTCUA_CORE_COLLECTION_H
#define MOTCUA_CORE_COLLECTION_H

#include "core/dossier.h"

enum collection {
    COLLECTION_AHEAD = 0,
    COLLECTION_WAITING,    /* for the applicant: nothing is due */
    COLLECTION_ENDED,      /* without a result, or with it handed over */
    COLLECTION_READY,      /* past its time: the result is there, whoever comes gets it */
    COLLECTION_PAST,       /* and the letter that puts it off is still to be written */
    COLLECTION_PAST_AGAIN, /* so is the time of its letter */
    COLLECTION_NO_DUE,
};
/* At this minute; *due is the time of it, a letter's new one counted, NO_TIME where there is none. */
enum collection collection_of(const struct dossier *d, civil_minute now, civil_minute *due);

#endif
