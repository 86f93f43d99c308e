/* counters: how far numbers are given: of our own codes by the day, and of each series by the year. What is
 * given in a transaction is kept in memory and written at its end. */
#ifndef MOTCUA_STORE_COUNTERS_H
#define MOTCUA_STORE_COUNTERS_H

#include "core/event.h"
#include "store/gathered.h"
#include "store/txn.h"

struct counters {
    struct txn *txn;
    struct gathered given; /* by name; the number, and whether it is to be written */
    bool anew;             /* from the first event on: what is stored has no say */
    uint64_t dossier;      /* then: the last one so far */
};

void counters_init(struct counters *c, struct txn *t);
void counters_release(struct counters *c);
void counters_flush(struct counters *c);

/* To count once more from the first event on, beside a store that has counted them all. */
void counters_init_anew(struct counters *c, struct txn *t);
/* So many dossiers there are by now: later ones' codes are not taken yet. */
void counters_upto(struct counters *c, uint64_t dossier);
/* Is what was so counted what the table holds, and all of that? Forgets it. */
bool counters_are_stored(struct counters *c);

/* The numbers of our own codes: AGENCY-YYMMDD-NNNN. The counter of a day tells how far its numbers are taken
 * without a gap, whether we gave them or somebody typed them; so the next free one is never far, and a code
 * typed ahead of the row wastes nothing. */
uint32_t codes_next(struct counters *c, struct str agency, civil_day day);
/* Takes note of a code that was just put. */
void codes_note(struct counters *c, struct str agency, struct str code);

/* The next number of a series in a year (core/event.h); takes note of the one an event gives, if any. */
uint32_t series_next(struct counters *c, enum series series, int year);
void series_note(struct counters *c, const struct event *e);

#endif
