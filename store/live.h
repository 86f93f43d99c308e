/* live: the dossiers that still ask for something, each with the row a list shows, in the order a list shows
 * them. */
#ifndef MOTCUA_STORE_LIVE_H
#define MOTCUA_STORE_LIVE_H

#include "store/bytes.h"
#include "store/txn.h"

/* Group (1 byte), moment, id. False for a dossier that asks for nothing. */
bool live_key(struct key *out, const struct facts *f);
enum live_group live_group_of(const struct key *key);

#endif
