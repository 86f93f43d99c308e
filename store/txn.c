#include "store/txn.h"

#include "store/bytes.h"
#include "store/fault.h"
#include "store/gone.h"
#include <errno.h>
#include <time.h>
#include <unistd.h>

/* Growing doubles the map, so this many rounds pass any file that fits an address space. */
enum { UPDATE_ROUNDS = 40, READER_ROUNDS = 50, SETTLE_ROUNDS = 3 };

/* ---- faults ---- */

void txn_fault(struct txn *t, int rc)
{
    if (!txn_ok(t))
        return;
    t->rc = rc;
    t->fault = fault_of(t->store->dir, rc);
}

void txn_damaged(struct txn *t, enum text_id what)
{
    if (txn_ok(t))
        t->fault = fault_damaged(t->store->dir, what);
}

void txn_damaged_at(struct txn *t, enum text_id what, uint64_t number)
{
    if (txn_ok(t))
        t->fault = fault_damaged_at(t->store->dir, what, number);
}

void txn_no_memory(struct txn *t)
{
    if (txn_ok(t))
        t->fault = outcome_of(KIND_out_of_memory);
}

/* ---- beginning and ending ---- */

/* All reader slots are taken: perhaps by processes that were killed. */
static void wait_for_reader(struct store *s)
{
    if (env_forget_dead(s) == 0)
        nanosleep(&(struct timespec){.tv_nsec = 20 * 1000 * 1000}, NULL);
}

static struct outcome adopt(struct store *s)
{
    struct outcome o = gone_check_form(s);
    return outcome_ok(&o) ? env_adopt(s) : o;
}

/* Does away with what hinders a transaction; what cannot be helped becomes its fault. */
static void clear_the_way(struct txn *t, int rc)
{
    struct outcome o = OUTCOME_DONE;
    if (rc == MDB_READERS_FULL)
        wait_for_reader(t->store);
    else if (rc == MDB_MAP_RESIZED && !t->store->view)
        o = adopt(t->store);
    else if (rc == MDB_PANIC &&
             !t->store->view) /* a write failed half-way; for good, as far as this environment goes */
        o = env_reopen(t->store);
    else
        txn_fault(t, rc);
    if (!outcome_ok(&o))
        t->fault = o;
}

static struct outcome check_place(struct store *s)
{
    return s->nameless ? OUTCOME_DONE : whereabouts_check(&s->here, s->dir);
}

/* Whoever waited to write may have waited for the one who moved the file away. */
static void check_still_there(struct txn *t, bool writing)
{
    struct outcome o = writing ? check_place(t->store) : OUTCOME_DONE;
    if (outcome_ok(&o))
        o = gone_check_roots(t->store, t->handle, writing);
    if (!outcome_ok(&o))
        t->fault = o;
}

bool txn_begin(struct store *s, bool writing, struct txn *t)
{
    *t = (struct txn){.store = s};
    if (s->pid != getpid())
        txn_fault(t, EPERM);
    else if (!s->env)
        t->fault = env_reopen(s);
    if (txn_ok(t))
        t->fault = check_place(s);
    int rc = txn_ok(t) ? -1 : 0;
    env_enter(s);
    t->guarded = true;
    for (int round = 0; rc != 0 && txn_ok(t) && round < READER_ROUNDS; round++) {
        rc = mdb_txn_begin(s->env, NULL, writing ? 0 : MDB_RDONLY, &t->handle);
        if (rc)
            clear_the_way(t, rc);
    }
    if (rc)
        txn_fault(t, rc);
    if (!txn_ok(t))
        t->handle = NULL;
    else
        check_still_there(t, writing);
    if (!txn_ok(t))
        txn_end(t);
    return txn_ok(t);
}

void txn_end(struct txn *t)
{
    if (t->handle)
        mdb_txn_abort(t->handle);
    t->handle = NULL;
    if (t->guarded)
        env_leave();
    t->guarded = false;
}

int txn_commit(struct txn *t, int (*commit)(MDB_txn *))
{
    int rc = commit(t->handle);
    t->handle = NULL; /* gone, whatever it answered */
    txn_end(t);
    return rc;
}

/* ---- reading and writing ---- */

static MDB_val val_of(struct str s)
{
    return (MDB_val){.mv_size = s.n, .mv_data = (void *)(uintptr_t)s.p};
}

static struct str str_of_val(MDB_val v)
{
    return (struct str){v.mv_data, v.mv_size};
}

bool txn_get(struct txn *t, enum table table, struct str key, struct str *value)
{
    if (!txn_ok(t))
        return false;
    MDB_val k = val_of(key), v;
    int rc = mdb_get(t->handle, t->store->dbi[table], &k, &v);
    if (rc == 0) {
        *value = str_of_val(v);
        return true;
    }
    if (rc != MDB_NOTFOUND)
        txn_fault(t, rc);
    return false;
}

bool txn_holds(struct txn *t, const struct head *entry)
{
    struct key key;
    struct str value;
    return txn_get(t, TABLE_JOURNAL, key_u64(&key, entry->seq), &value) && value.n > STORE_HASH &&
           memcmp(value.p, entry->hash, STORE_HASH) == 0;
}

static void put(struct txn *t, enum table table, struct str key, struct str value, unsigned flags)
{
    if (!txn_ok(t))
        return;
    MDB_val k = val_of(key), v = val_of(value);
    int rc = mdb_put(t->handle, t->store->dbi[table], &k, &v, flags);
    if (rc)
        txn_fault(t, rc);
}

void txn_put(struct txn *t, enum table table, struct str key, struct str value)
{
    put(t, table, key, value, 0);
}

void txn_append(struct txn *t, enum table table, struct str key, struct str value)
{
    put(t, table, key, value, MDB_APPEND);
}

bool txn_put_new(struct txn *t, enum table table, struct str key, struct str value)
{
    if (!txn_ok(t))
        return false;
    MDB_val k = val_of(key), v = val_of(value);
    int rc = mdb_put(t->handle, t->store->dbi[table], &k, &v, MDB_NOOVERWRITE);
    if (rc && rc != MDB_KEYEXIST)
        txn_fault(t, rc);
    return rc == 0;
}

void txn_delete(struct txn *t, enum table table, struct str key)
{
    if (!txn_ok(t))
        return;
    MDB_val k = val_of(key);
    int rc = mdb_del(t->handle, t->store->dbi[table], &k, NULL);
    if (rc)
        txn_fault(t, rc);
}

uint64_t txn_count(struct txn *t, enum table table)
{
    MDB_stat stat;
    if (!txn_ok(t))
        return 0;
    int rc = mdb_stat(t->handle, t->store->dbi[table], &stat);
    if (rc)
        txn_fault(t, rc);
    return rc ? 0 : stat.ms_entries;
}

/* ---- walking ---- */

void cursor_open(struct cursor *c, struct txn *t, enum table table)
{
    *c = (struct cursor){.txn = t};
    if (!txn_ok(t))
        return;
    int rc = mdb_cursor_open(t->handle, t->store->dbi[table], &c->handle);
    if (rc) {
        c->handle = NULL;
        txn_fault(t, rc);
    }
}

void cursor_close(struct cursor *c)
{
    if (c->handle)
        mdb_cursor_close(c->handle);
    c->handle = NULL;
}

static bool move(struct cursor *c, MDB_val key, MDB_cursor_op op)
{
    if (!c->handle || !txn_ok(c->txn))
        return false;
    MDB_val value;
    int rc = mdb_cursor_get(c->handle, &key, &value, op);
    if (rc == 0) {
        c->key = str_of_val(key);
        c->value = str_of_val(value);
        return true;
    }
    if (rc != MDB_NOTFOUND)
        txn_fault(c->txn, rc);
    return false;
}

bool cursor_first(struct cursor *c)
{
    return move(c, (MDB_val){0}, MDB_FIRST);
}

bool cursor_last(struct cursor *c)
{
    return move(c, (MDB_val){0}, MDB_LAST);
}

bool cursor_next(struct cursor *c)
{
    return move(c, (MDB_val){0}, MDB_NEXT);
}

bool cursor_seek(struct cursor *c, struct str key)
{
    return move(c, val_of(key), MDB_SET_RANGE);
}

/* ---- writing in order ---- */

static bool cursor_write(struct cursor *c, struct str key, MDB_val *value, unsigned flags)
{
    if (!c->handle || !txn_ok(c->txn))
        return false;
    MDB_val k = val_of(key);
    int rc = mdb_cursor_put(c->handle, &k, value, flags);
    if (rc)
        txn_fault(c->txn, rc);
    return rc == 0;
}

void cursor_put(struct cursor *c, struct str key, struct str value)
{
    MDB_val v = val_of(value);
    cursor_write(c, key, &v, 0);
}

void cursor_append(struct cursor *c, struct str key, struct str value)
{
    MDB_val v = val_of(value);
    cursor_write(c, key, &v, MDB_APPEND);
}

unsigned char *cursor_room(struct cursor *c, struct str key, size_t n, bool append)
{
    MDB_val v = {.mv_size = n};
    return cursor_write(c, key, &v, MDB_RESERVE | (append ? MDB_APPEND : 0)) ? v.mv_data : NULL;
}

/* ---- updating ---- */

/* Did the write of the meta page itself fail? Only then may the transaction be on the disk: nothing before it
 * counts without it. LMDB gives up the environment there. */
static bool gave_up(struct store *s)
{
    MDB_txn *probe;
    int rc = mdb_txn_begin(s->env, NULL, MDB_RDONLY, &probe);
    if (rc == 0)
        mdb_txn_abort(probe);
    return rc == MDB_PANIC;
}

/* Is that entry in the journal? On failure nobody can tell. */
static struct outcome ask_journal(struct store *s, const struct head *lost, bool *there)
{
    struct txn t;
    *there = false;
    if (!txn_begin(s, false, &t))
        return t.fault;
    bool same = s->known.seq == 0 || txn_holds(&t, &s->known); /* else another store was put in its place */
    if (txn_ok(&t) && !same)
        t.fault = fault_path(KIND_store_gone, s->dir);
    *there = txn_holds(&t, lost);
    txn_end(&t);
    return t.fault;
}

/* Writes an entry back as it is. */
static void write_again(struct txn *t)
{
    struct buf key = BUF_INIT, value = BUF_INIT;
    struct cursor c;
    cursor_open(&c, t, TABLE_META);
    bool found = cursor_first(&c);
    if (found) {
        buf_add_str(&key, c.key);
        buf_add_str(&value, c.value);
    }
    cursor_close(&c);
    if (key.failed || value.failed)
        txn_no_memory(t);
    else if (found)
        txn_put(t, TABLE_META, buf_str(&key), buf_str(&value));
    buf_release(&key);
    buf_release(&value);
}

/* Puts what can be read now on the disk for good: with a transaction of its own that changes nothing. To sync
 * the file once more would prove nothing: after a failed sync the system may hold pages for written that it
 * has dropped. */
static struct outcome settle(struct store *s)
{
    int rc = MDB_MAP_FULL;
    for (int round = 0; round < SETTLE_ROUNDS && rc == MDB_MAP_FULL; round++) {
        struct txn t;
        struct outcome o = round ? env_grow(s) : OUTCOME_DONE;
        if (!outcome_ok(&o))
            return o;
        if (!txn_begin(s, true, &t))
            return t.fault;
        write_again(&t);
        rc = txn_ok(&t) ? txn_commit(&t, mdb_txn_commit) : t.rc;
        txn_end(&t);
        if (!txn_ok(&t) && rc != MDB_MAP_FULL)
            return t.fault;
    }
    return rc ? fault_of(s->dir, rc) : OUTCOME_DONE;
}

static struct outcome in_doubt(const struct store *s)
{
    struct outcome o = fault_path(KIND_maybe_saved, s->dir);
    fault_reason(&o, s->doubt_reason);
    return o;
}

/* What is in the making goes away again, so nobody will find it. */
static struct outcome maybe_saved(struct store *s, const struct head *lost, int rc)
{
    if (s->place != s->dir)
        return fault_of(s->dir, rc);
    s->doubt = *lost;
    s->doubt_reason = rc;
    return in_doubt(s);
}

/* Once that entry is there for good, or no more to come. */
static struct outcome settle_and_ask(struct store *s, const struct head *lost, bool *there)
{
    struct outcome o = ask_journal(s, lost, there);
    if (outcome_ok(&o))
        o = settle(s);
    return outcome_ok(&o) ? ask_journal(s, lost, there) : o;
}

/* A commit that failed may or may not be on disk, and may have left the environment unusable for good. Only
 * the file, opened again, knows: success where it holds the entries, for good; `maybe_saved` where that
 * cannot be made out. */
static struct outcome after_failed_commit(struct store *s, const struct txn *lost)
{
    bool unsure = gave_up(s), there = false;
    struct outcome failed = fault_of(s->dir, lost->rc), o = env_reopen(s);
    if (lost->head.seq == 0) /* nothing that anybody asked for */
        return failed;
    if (outcome_ok(&o))
        o = ask_journal(s, &lost->head, &there);
    if (!there && !unsure)
        return failed;
    if (outcome_ok(&o))
        o = settle_and_ask(s, &lost->head, &there);
    if (!outcome_ok(&o))
        return maybe_saved(s, &lost->head, lost->rc);
    return there ? OUTCOME_DONE : failed;
}

/* That the store is not there, or not what it was, is news. What else the disk says is not: it may have been
 * saved. */
static bool is_news(enum outcome_kind kind)
{
    return kind == KIND_store_gone || kind == KIND_damaged || kind == KIND_not_ours ||
           kind == KIND_newer_store || kind == KIND_done;
}

struct outcome txn_was_committed(struct store *s, bool *there)
{
    struct outcome o = settle_and_ask(s, &s->doubt, there);
    if (outcome_ok(&o))
        s->doubt.seq = 0;
    else
        *there = false;
    return is_news(o.kind) ? o : in_doubt(s);
}

static int64_t monotonic_ns(void)
{
    struct timespec ts = {0};
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static struct outcome run(struct store *s, txn_work *work, void *arg, bool keeps)
{
    struct outcome o;
    if (s->env && s->pid == getpid())
        env_forget_dead(s);
    for (int round = 0; round < UPDATE_ROUNDS; round++) {
        struct txn t;
        if (!txn_begin(s, true, &t))
            return t.fault;
        int64_t began = monotonic_ns();
        o = work(&t, arg);
        if (keeps && txn_ok(&t) && outcome_ok(&o)) {
            t.rc = txn_commit(&t, s->commit);
            s->held_ns = monotonic_ns() - began;
            if (t.rc == 0) {
                if (t.head.seq)
                    s->known = t.head;
                return OUTCOME_DONE;
            }
            if (t.rc != MDB_MAP_FULL)
                return after_failed_commit(s, &t);
        }
        txn_end(&t);
        if (t.rc != MDB_MAP_FULL)
            return txn_ok(&t) ? o : t.fault;
        o = env_grow(s);
        if (!outcome_ok(&o))
            return o;
    }
    return fault_of(s->dir, MDB_MAP_FULL);
}

struct outcome txn_update(struct store *s, txn_work *work, void *arg)
{
    return run(s, work, arg, true);
}

struct outcome txn_rehearse(struct store *s, txn_work *work, void *arg)
{
    return run(s, work, arg, false);
}

int64_t store_held_ns(const struct store *s)
{
    return s->held_ns;
}
