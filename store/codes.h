/* codes: from a dossier's code, or its ending, to the dossier. Keys are codes with their letters upper-cased
 * and their bytes reversed, so that an ending is a prefix. A code is never given up. */
#ifndef MOTCUA_STORE_CODES_H
#define MOTCUA_STORE_CODES_H

#include "core/event.h"
#include "store/bytes.h"
#include "store/txn.h"

#define CODE_ENDING 4 /* the shortest ending that is looked for */

/* False for an empty one or one longer than any code may be. */
bool code_key(struct key *out, struct str code);
void codes_put(struct txn *t, struct str code, uint64_t id);
/* The dossier of exactly this code, whatever the letters' case. */
bool codes_get(struct txn *t, struct str code, uint64_t *id);

enum code_standing { CODE_UNSEEN, CODE_OPEN, CODE_ENDED };
/* How the dossier of a fitting code stands; an unseen one (logged after the moment looked at) does not count.
 */
typedef enum code_standing code_judge(void *arg, uint64_t id);
/* Exact first, else the only open dossier the ending fits, else the only one. `unknown_dossier` or
 * `ambiguous_dossier`. */
struct outcome codes_find(struct txn *t, struct str code, code_judge *judge, void *arg, uint64_t *id);

/* The numbers of our own codes: AGENCY-YYMMDD-NNNN. The counter of a day tells how far its numbers are taken
 * without a gap, whether we gave them or somebody typed them; so the next free one is never far, and a code
 * typed ahead of the row wastes nothing. */
uint32_t codes_next(struct txn *t, struct str agency, civil_day day);
/* Takes note of a code that was just put. */
void codes_note(struct txn *t, struct str agency, struct str code);

/* The next number of a series in a year (core/event.h); takes note of the one an event gives, if any. */
uint32_t series_next(struct txn *t, enum series series, int year);
void series_note(struct txn *t, const struct event *e);

#endif
