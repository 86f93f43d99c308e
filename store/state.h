/* state: the few numbers that change with every entry, kept in one record: the journal's head and the counts.
 */
#ifndef MOTCUA_STORE_STATE_H
#define MOTCUA_STORE_STATE_H

#include "store/fault.h"
#include "store/txn.h"

struct state {
    uint64_t head_seq; /* 0: nothing was ever written */
    unsigned char head_hash[STORE_HASH];
    int64_t recorded_at; /* of the head; NO_TIME before */
    uint64_t office_seq; /* the last event of the office's chain */
    uint64_t dossiers;   /* ever logged: the last id */
    uint64_t open, solved, backdated, recorded_late;
    civil_minute newest;             /* receipt among all dossiers; NO_TIME before the first */
    uint32_t names_end, numbers_end; /* chunks in use */
};

/* False: no state of this layout, or a fault. A store of another layout is `newer_store` or `damaged` in
 * t->fault. */
bool state_load(struct txn *t, struct state *out);
void state_save(struct txn *t, const struct state *state);

/* The layout on disk, 0 when there is none. */
uint32_t layout_load(struct txn *t);
void layout_save(struct txn *t, uint32_t layout);
/* The mark that tells a store of ours from any other LMDB file. */
bool mark_is_ours(struct txn *t);
void mark_save(struct txn *t);

#endif
