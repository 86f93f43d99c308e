/* expected: a small table held in memory, as it must stand in a store: what comes of many entries is gathered
 * here, and compared with what is stored once they are all seen. */
#ifndef MOTCUA_STORE_EXPECTED_H
#define MOTCUA_STORE_EXPECTED_H

#include "store/txn.h"

struct expected_entry;
/* Make it {0}. */
struct expected {
    struct expected_entry **slot; /* by hash of the key */
    size_t count, cap;
    bool failed; /* memory ran out: what it holds is not whole */
};

void expected_release(struct expected *x);
/* False when there is none. *value is borrowed until the next change. */
bool expected_get(const struct expected *x, struct str key, struct str *value);
/* Puts a copy, in place of what was there. */
void expected_put(struct expected *x, struct str key, struct str value);
/* Does the stored table hold exactly these entries, but for those that `skip` (NULL: none) says are no part
 * of it? */
bool expected_is_stored(const struct expected *x, struct txn *t, enum table table, bool skip(struct str key));

#endif
