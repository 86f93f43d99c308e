/* txn: one LMDB transaction that remembers its first fault.
 *
 * After a fault every operation is a no-op that answers "nothing there", so callers write straight on and
 * look once, at the end. Strings read point into the map: they live until the transaction ends and, in a
 * write transaction, until the next write. */
#ifndef MOTCUA_STORE_TXN_H
#define MOTCUA_STORE_TXN_H

#include "store/env.h"

struct txn {
    struct store *store;
    MDB_txn *handle;      /* NULL once ended */
    bool guarded;         /* whatever strikes is the store's fault (store/crash.h) */
    int rc;               /* LMDB's or the system's, where the fault was theirs */
    struct outcome fault; /* the first one */
    /* The journal's last entry once this is committed: what to look for when a commit fails half-way. */
    struct head head;
};

/* Copes with a map grown by another process and with dead readers. False: t->fault says why, nothing is open.
 */
bool txn_begin(struct store *s, bool writing, struct txn *t);
void txn_end(struct txn *t); /* gives up what was written; fine when already ended */
/* Ends it by `commit` (mdb_txn_commit, or what stands in its place) and answers its error. */
int txn_commit(struct txn *t, int (*commit)(MDB_txn *));

static inline bool txn_ok(const struct txn *t)
{
    return t->fault.kind == KIND_done;
}
void txn_fault(struct txn *t, int rc);
void txn_damaged(struct txn *t, enum text_id what);
void txn_damaged_at(struct txn *t, enum text_id what, uint64_t number);
void txn_no_memory(struct txn *t);

/* False when there is none, and after a fault. */
bool txn_get(struct txn *t, enum table table, struct str key, struct str *value);
/* Is that entry in the journal, with that hash? */
bool txn_holds(struct txn *t, const struct head *entry);
void txn_put(struct txn *t, enum table table, struct str key, struct str value);
/* False when the key is there already, whose value stays, and after a fault. */
bool txn_put_new(struct txn *t, enum table table, struct str key, struct str value);
/* The key is greater than all in the table. */
void txn_append(struct txn *t, enum table table, struct str key, struct str value);
/* A key that is not there is damage: nothing is deleted that was not put. */
void txn_delete(struct txn *t, enum table table, struct str key);
uint64_t txn_count(struct txn *t, enum table table);

/* A walk through a table. Close it before its transaction ends. */
struct cursor {
    struct txn *txn;
    MDB_cursor *handle;
    struct str key, value; /* of the entry it stands on */
};
void cursor_open(struct cursor *c, struct txn *t, enum table table);
void cursor_close(struct cursor *c);
/* Each is true when the cursor then stands on an entry. */
bool cursor_first(struct cursor *c);
bool cursor_last(struct cursor *c);
bool cursor_next(struct cursor *c);
bool cursor_seek(struct cursor *c, struct str key); /* the first entry not before `key` */
/* The same as in a transaction, but for keys in order: each is looked for where the one before it was put. As
 * long as the cursor is open nothing else may change its table. */
void cursor_put(struct cursor *c, struct str key, struct str value);
void cursor_append(struct cursor *c, struct str key, struct str value);
/* Room for n bytes under the key, to be written at once; NULL after a fault. `append`: the key is greater
 * than all in the table. */
unsigned char *cursor_room(struct cursor *c, struct str key, size_t n, bool append);

/* Runs `work` in a write transaction and commits it when it answers success. The work may run more than once
 * (the map was full, or grown by another process): it must have no effect outside the transaction but what it
 * sets anew each time. Success is answered only after the commit is on disk. When committing fails half-way
 * the environment is opened again and the journal asked whether the entries are there; `maybe_saved` where
 * the disk does not let that be found out: the store then is in doubt of it. */
typedef struct outcome txn_work(struct txn *t, void *arg);
struct outcome txn_update(struct store *s, txn_work *work, void *arg);
/* Is what is in doubt in the journal? On success it is there for good, or will never be, and the doubt is
 * over. `maybe_saved` while the disk still fails. */
struct outcome txn_was_committed(struct store *s, bool *there);
/* The same as txn_update(), but what was written is given up at the end. */
struct outcome txn_rehearse(struct store *s, txn_work *work, void *arg);

#endif
