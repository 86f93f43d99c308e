/* held: the open dossiers somebody holds. */
#ifndef MOTCUA_STORE_HELD_H
#define MOTCUA_STORE_HELD_H

#include "core/decision.h"
#include "store/batch.h"

/* How many this login holds, running and waiting, and the codes of the first few, the most urgent first.
 * Writes what the batch has gathered: what batch_dossier() gave is no longer valid. The codes are valid until
 * the next batch_append(). */
void held_by(struct batch *b, struct str login, struct circumstances *out);

#endif
