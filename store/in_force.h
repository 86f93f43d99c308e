/* in_force: which events of the office's chain still have a say, so that an office is loaded without walking
 * its whole past. */
#ifndef MOTCUA_STORE_IN_FORCE_H
#define MOTCUA_STORE_IN_FORCE_H

#include "store/bytes.h"
#include "store/journal.h"

/* The keys that an event of the office's chain is kept under, each with its number; how many. IN_FORCE_NEVER
 * for one that no office can have. */
enum { IN_FORCE_KEYS = 2, IN_FORCE_NEVER = 9 };
size_t in_force_keys(struct key key[IN_FORCE_KEYS], const struct event *e);
/* Takes note of an event of the office's chain: it replaces what it supersedes. */
void in_force_put(struct txn *t, const struct event *e);
/* A new office made of the events in force, to be freed by the caller; NULL after a fault. */
struct office *in_force_load(struct txn *t);
/* The office as its chain stood at the entry `upto`; `last` is any event of the chain not before that. */
struct office *in_force_load_at(struct txn *t, uint64_t last, uint64_t upto);

/* Makes s->office the one of this transaction, loading it when another process (or nobody yet) changed it.
 * False after a fault. */
bool in_force_adopt(struct store *s, struct txn *t, uint64_t office_seq);

#endif
