/* backdated: the table of the entries that can change what was counted of days before (core/backdated.h), by
 * their numbers in the journal. An entry of the day it was recorded on is not in it, and a save of one does
 * not touch it. */
#ifndef MOTCUA_STORE_BACKDATED_H
#define MOTCUA_STORE_BACKDATED_H

#include "core/backdated.h"
#include "store/txn.h"

/* New rows, gathered so that they are put one after the other. */
struct backdated_tail {
    struct buf rows; /* per row: 8 bytes of its number, 4 of its length, the row */
};
/* The entry's row, where it has one. */
void backdated_tail_add(struct backdated_tail *tail, const struct event *e, int utc_offset);
void backdated_tail_flush(struct backdated_tail *tail, struct txn *t);
void backdated_tail_release(struct backdated_tail *tail);

/* The rows from the entry `from` to `upto`, in order; `each` returns false to stop. Damage is in t->fault. */
typedef bool backdated_visit(void *arg, const struct backdated *b);
void backdated_walk(struct txn *t, uint64_t from, uint64_t upto, backdated_visit *each, void *arg);

#endif
