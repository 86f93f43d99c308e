/* batch: events on their way into a transaction, and what they make of records, lists, columns and counts.
 *
 * Dossiers are held as drafts while events change them, and everything is written once, table after table in
 * key order, by batch_flush(). The same code runs for one entry at the desk, for many in an import and for a
 * replay, so what is stored depends on the events alone, never on how they were cut into transactions (but
 * for the spare room in records). */
#ifndef MOTCUA_STORE_BATCH_H
#define MOTCUA_STORE_BATCH_H

#include "store/backdated.h"
#include "store/chunk.h"
#include "store/counters.h"
#include "store/drafts.h"
#include "store/history.h"
#include "store/state.h"
#include "store/tally.h"

struct batch {
    struct txn *txn;
    struct txn *journal; /* where entries can be read again: txn, but for the replay of another store's */
    struct state state;
    struct office *office; /* changed by the office's events; belongs to the caller */
    bool office_changed;
    struct journal_tail tail;
    struct backdated_tail backdated;
    struct chunks facts, names, numbers, name_pieces, number_pieces;
    struct drafts drafts;
    struct tallies tallies;
    struct counters counters;
    struct arena text, older; /* bodies of entries that drafts borrow from: appended since the last flush, and
                                 before it */
    struct buf body, line;
    struct history history;
};

/* Takes over the stored state. The office must be as of state.office_seq. False after a fault; release it
 * whatever the answer. */
bool batch_init(struct batch *b, struct txn *t, struct office *office);
void batch_release(struct batch *b);

/* A dossier as it stands in this transaction; NULL when there is none (or a fault). Stays valid until the
 * next batch_append(). */
const struct dossier *batch_dossier(struct batch *b, uint64_t id);
/* Is it open, ended, not there? Cheaper: from the facts. */
bool batch_facts(struct batch *b, uint64_t id, struct facts *out);

/* Gives the event its number, its place in its chain and its time, enters it in the journal and applies it.
 */
void batch_append(struct batch *b, struct event *e, int64_t recorded_at);
/* The same in two steps of an entry that was made out beforehand, by which a dossier begins: takes it as the
 * next one, at that time, into *out, which borrows from the batch; nothing is changed yet. False where its
 * bytes are no such entry, and when memory is out: a fault of the transaction then. Then, should it be
 * wanted, enters it, before anything else is; nothing happens in a transaction that has a fault. */
struct batch_entry {
    struct event e;
    struct str body;
};
bool batch_take(struct batch *b, struct str made, int64_t recorded_at, struct batch_entry *out);
void batch_enter(struct batch *b, const struct batch_entry *entry);
/* Applies an event that is in the journal already, with this hash. Its strings are borrowed until the next
 * batch_flush(), or batch_release(). */
void batch_replay(struct batch *b, const struct event *e, const unsigned char hash[STORE_HASH]);
/* Writes everything gathered, the state last. The batch can go on. */
void batch_flush(struct batch *b);

#endif
