/* hashing: is every entry bound to the one before it? Answered beside, in a thread of its own: nothing takes
 * a check longer than this, and it needs nothing but the bytes of the entries. */
#ifndef MOTCUA_STORE_HASHING_H
#define MOTCUA_STORE_HASHING_H

#include "store/journal.h"

struct hashing;

/* NULL without memory. Where the system gives no thread the work is done in this one. */
struct hashing *hashing_new(void);
/* The next entry, from the first one on. It must stay where it is until hashing_end(). False as soon as one
 * is known to be wrong. */
bool hashing_add(struct hashing *h, const struct entry *e);
/* Waits for the rest, and frees. Were all right? */
bool hashing_end(struct hashing *h);

#endif
