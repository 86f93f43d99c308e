/* differ: is what a store keeps beside its journal what a replay of the journal makes of it? */
#ifndef MOTCUA_STORE_DIFFER_H
#define MOTCUA_STORE_DIFFER_H

#include "store/finding.h"
#include "store/txn.h"

/* Walks both, one beside the other, and looks each key up. Spare room of records may be of any length, and
 * holds zeros. Of the general data, what another layout needs is left alone. Notes the first difference: the
 * table, and whose entry it is. */
void differ_table(struct check *c, struct txn *stored, struct txn *fresh, enum table table);

#endif
