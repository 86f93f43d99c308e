/* audit: are the pages of the file what LMDB takes them for? It trusts them: a wrong one is a wrong answer, a
 * crash, or a sound page written over years later.
 *
 * Read as bytes, without LMDB: every page of every tree has its own number and kind, its entries lie apart
 * from each other, in order and between those of the page above; every tree has as many pages and entries as
 * its head says; every page of the file belongs to one tree or to the list of free ones, none to two; and
 * what the transaction before last used is free. Damage in what no tree uses is no damage. */
#ifndef MOTCUA_STORE_AUDIT_H
#define MOTCUA_STORE_AUDIT_H

#include "store/roots.h"
#include "store/txn.h"

struct audit {
    enum text_id what; /* what is wrong first (a label); T_nothing: all is well */
    size_t page;       /* where, 0: not on one page */
    bool journal;      /* may the journal be walked all the same? */
};

/* Of all a reading transaction sees; others may be writing. `damaged` (then *out tells), `store_busy` when
 * others write so fast that its beginning was never seen: begin the transaction again. `io_error`,
 * `out_of_memory`. */
struct outcome audit_pages(struct txn *t, struct audit *out);

#endif
