/* history: all events of one dossier at once. What an undo takes back can only be told from the whole. */
#ifndef MOTCUA_STORE_HISTORY_H
#define MOTCUA_STORE_HISTORY_H

#include "store/journal.h"

/* Oldest first. Make it {0}; it may be loaded again and again. */
struct history {
    struct event *event;
    size_t count, cap;
};
void history_release(struct history *h);

/* Follows `previous` back from the event `last`, and keeps those up to `upto`. Their strings live in the map
 * like the journal's entries. False at damage or without memory. */
bool history_load(struct history *h, struct txn *t, uint64_t dossier, uint64_t last, uint64_t upto);
/* The dossier those events make, which borrows from the map as they do; undone_by is then filled in. False at
 * damage, and when there are none. */
bool history_dossier(struct history *h, struct txn *t, struct dossier *out);

#endif
