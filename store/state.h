/* state: the few numbers that change with every entry, kept in one record: the journal's head and the counts.
 */
#ifndef MOTCUA_STORE_STATE_H
#define MOTCUA_STORE_STATE_H

#include "store/expected.h"
#include "store/fault.h"
#include "store/txn.h"

struct state {
    uint64_t head_seq; /* 0: nothing was ever written */
    unsigned char head_hash[STORE_HASH];
    int64_t recorded_at;  /* of the head; NO_TIME before */
    uint64_t office_seq;  /* the last event of the office's chain */
    uint64_t clock_seq;   /* the last of them that accepted a clock, 0: none */
    uint64_t counter_seq; /* the last of what was turned away, 0: nothing was */
    uint64_t dossiers;    /* ever logged: the last id */
    uint64_t open, waiting, solved, backdated, recorded_late; /* those that wait are open too */
    civil_minute newest;             /* receipt among all dossiers; NO_TIME before the first */
    uint32_t names_end, numbers_end; /* chunks in use */
};

/* False: no state of this layout, or a fault. A store of another layout is `newer_store` or `damaged` in
 * t->fault. */
bool state_load(struct txn *t, struct state *out);
/* The same, and where the journal does not hold the last entry seen of it `store_gone`: however another came
 * there, LMDB may find everything in order. */
bool state_follow(struct txn *t, struct state *out);
/* Only the journal's head, and of an earlier layout too: it was always told in the same way. */
bool state_head(struct txn *t, struct head *out);
void state_save(struct txn *t, const struct state *state);
/* Puts all that the table of general data holds in a store of our layout whose state is this. */
void state_expect(struct expected *x, const struct state *state);
/* "state." and the number of another layout, which is none of our business. */
bool state_is_of_other_layout(struct str key);

/* ---- whose store, of which layout ---- */

/* The layout on disk; 0 after a fault: every store has one. */
uint32_t layout_load(struct txn *t);
void layout_save(struct txn *t, uint32_t layout);
/* The same of a store whose tables are not open yet. `not_ours` where the file is another program's. */
struct outcome layout_find(struct store *s, uint32_t *layout);
/* Makes the tables of our layout with an empty state, and opens them: ready for a replay. With `mark`, those
 * of a store that is new altogether. */
struct outcome layout_make(struct store *s, bool mark);

#endif
