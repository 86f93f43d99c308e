/* drafts: the dossiers that a batch is changing. Each is held as its events make it, and encoded once, when
 * all are written.
 *
 * A draft's strings are borrowed: from its record as it was loaded, which lives in the drafts' own memory, or
 * from the bodies of the events it was changed by, which must live until it is written. */
#ifndef MOTCUA_STORE_DRAFTS_H
#define MOTCUA_STORE_DRAFTS_H

#include "core/arena.h"
#include "core/dossier.h"
#include "store/bytes.h"
#include "store/txn.h"

struct draft {
    uint64_t id;
    struct dossier d;
    uint32_t names, numbers; /* the chunks its lines are in */
    size_t room;             /* of the stored value; 0: not stored yet */
    bool changed;
    bool was_live;
    struct key live; /* its stored row, when was_live */
};

struct drafts {
    struct txn *txn;
    struct placed {
        uint64_t id;
        struct draft *draft;
    } * slot; /* by hash of the id */
    size_t count, cap;
    struct arena memory; /* of the drafts, and of the records they were loaded from */
    struct buf bytes;
};

void drafts_init(struct drafts *d, struct txn *t);
void drafts_release(struct drafts *d);
/* So many that they are to be written before there is another. */
bool drafts_are_full(const struct drafts *d);
/* NULL when it is not held. */
struct draft *drafts_find(const struct drafts *d, uint64_t id);
/* A draft of nothing, to be filled by its receipt; NULL after a fault. */
struct draft *drafts_new(struct drafts *d, uint64_t id);
/* The stored dossier, as a draft; NULL when there is none (or a fault). */
struct draft *drafts_load(struct drafts *d, uint64_t id);
/* The draft owns its bytes: nothing it borrowed is needed any more. */
void drafts_settle(struct drafts *d, struct draft *draft);
/* Writes the records and the live rows of what was changed, each in key order, and holds nothing any more. */
void drafts_flush(struct drafts *d);

#endif
