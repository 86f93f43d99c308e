/* gone: was another file copied over the one that is open?
 *
 * LMDB takes the number of the last transaction from its lock file, and the roots from the page where that
 * transaction left them. Where somebody has meanwhile copied another file into the same one, those roots are
 * not what they were: what is saved next mixes the pages of both, and the file never opens again. */
#ifndef MOTCUA_STORE_GONE_H
#define MOTCUA_STORE_GONE_H

#include "store/env.h"

/* In a transaction that has just begun: are the roots in the file those that LMDB takes them for? Else
 * `store_gone`. Costs nothing while nobody else writes. */
struct outcome gone_check_roots(const struct store *s, MDB_txn *txn, bool writing);
/* The same where none can be begun: before the map is made as large as the file says. */
struct outcome gone_check_form(const struct store *s);

#endif
