/* leaves: the pages on which a table's entries stand, asked of the disk all at once.
 *
 * Whoever walks through a table has each page fetched when he comes to it, one after another. Where pages lie
 * scattered, as they do after many small writes, most of a cold start is that waiting. Which pages they are
 * stands on the pages above them, of which there are few. */
#ifndef MOTCUA_STORE_LEAVES_H
#define MOTCUA_STORE_LEAVES_H

#include "store/txn.h"

/* Asks for the pages of the entries from `from` on and before `to`. Costs next to nothing where they are in
 * memory. Of a reading transaction. Only advice: damage, and whatever else is not as expected, is left to who
 * reads. Answers how many pages; *pages (may be NULL) are their addresses, to be freed by the caller. None of
 * a table of a single page. */
size_t leaves_fetch(struct txn *t, enum table table, struct str from, struct str to, uintptr_t **pages);

#endif
