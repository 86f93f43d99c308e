/* ordered: a walk through a table that trusts nothing: keys must rise, and be found by looking them up too.
 *
 * Every key is compared with the one before it. Looked up are the first of each page of the table, and the
 * last of all: those between stand in order on the same page, and that the pages above lead to it for each of
 * them is what an audit of the pages has shown (store/audit.h), without which no such walk is begun. */
#ifndef MOTCUA_STORE_ORDERED_H
#define MOTCUA_STORE_ORDERED_H

#include "store/txn.h"

struct ordered {
    struct cursor cursor;
    enum table table;
    struct str key, value; /* of the entry it stands on; absent before the first */
    uint64_t met;
    bool wrong;
};

void ordered_open(struct ordered *o, struct txn *t, enum table table);
/* The next entry, the first at first; false at the end and where something is wrong. */
bool ordered_next(struct ordered *o);
/* The next entry, whose key must be that number. */
bool ordered_number(struct ordered *o, uint64_t number);
/* True when it came to the table's end, met all the entries that the table says it has, and nothing was
 * wrong. */
bool ordered_close(struct ordered *o);

#endif
