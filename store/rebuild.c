#include "store/rebuild.h"

#include "store/batch.h"
#include "store/bytes.h"
#include "store/fault.h"
#include "store/in_force.h"
#include <errno.h>
#include <stdlib.h>

/* Entries replayed in one transaction: other writers wait that long. */
enum { STEP = 4000, MOST_OLD_TABLES = 64, NAME_BYTES = 40 };

struct rebuild_step {
    struct batch batch;
    bool finished;
    uint64_t done, all; /* entries */
    uint64_t office_seq;
};

static bool replay_entry(void *arg, const struct entry *entry)
{
    struct batch *b = arg;
    struct event e;
    if (!event_decode(entry->body, &e)) {
        txn_damaged_at(b->txn, T_core_damage_entry, entry->seq);
        return false;
    }
    e.seq = entry->seq;
    batch_replay(b, &e, entry->hash);
    return txn_ok(b->txn);
}

/* A name that ends in another layout's number. */
static bool is_of_old_layout(struct str name)
{
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    if (dot == 0 || dot == name.n)
        return false;
    unsigned layout = 0;
    for (size_t i = dot; i < name.n; i++) {
        if (name.p[i] < '0' || name.p[i] > '9' || layout > 100000)
            return false;
        layout = layout * 10 + (unsigned)(name.p[i] - '0');
    }
    return layout != STORE_LAYOUT;
}

/* The names of that kind in a table (a copy: they are deleted next). */
static size_t old_names(MDB_txn *txn, MDB_dbi dbi, char name[MOST_OLD_TABLES][NAME_BYTES])
{
    MDB_cursor *cursor;
    MDB_val key, value;
    size_t n = 0;
    if (mdb_cursor_open(txn, dbi, &cursor) != 0)
        return 0;
    while (n < MOST_OLD_TABLES && mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
        struct str s = {key.mv_data, key.mv_size};
        if (s.n >= NAME_BYTES || !is_of_old_layout(s))
            continue;
        memcpy(name[n], s.p, s.n);
        name[n++][s.n] = '\0';
    }
    mdb_cursor_close(cursor);
    return n;
}

static void drop_old(struct txn *t)
{
    char name[MOST_OLD_TABLES][NAME_BYTES];
    MDB_dbi root, dbi;
    int rc = mdb_dbi_open(t->handle, NULL, 0, &root);
    size_t n = rc ? 0 : old_names(t->handle, root, name);
    for (size_t i = 0; i < n && !rc; i++) {
        rc = mdb_dbi_open(t->handle, name[i], 0, &dbi);
        if (!rc)
            rc = mdb_drop(t->handle, dbi, 1);
    }
    if (rc)
        txn_fault(t, rc);
    n = rc ? 0 : old_names(t->handle, t->store->dbi[TABLE_META], name);
    for (size_t i = 0; i < n; i++)
        txn_delete(t, TABLE_META, str_of(name[i]));
}

static uint64_t last_entry(struct txn *t)
{
    struct cursor c;
    cursor_open(&c, t, TABLE_JOURNAL);
    uint64_t seq = cursor_last(&c) && c.key.n == 8 ? get_be(str_bytes(c.key), 8) : 0;
    cursor_close(&c);
    return seq;
}

static struct outcome replay_step(struct txn *t, void *arg)
{
    struct rebuild_step *step = arg;
    struct store *s = t->store;
    struct state state;
    if (!state_load(t, &state) || !in_force_adopt(s, t, state.office_seq))
        return t->fault;
    uint64_t end = last_entry(t), upto = end - state.head_seq > STEP ? state.head_seq + STEP : end;
    if (batch_init(&step->batch, t, s->office))
        journal_walk(t, state.head_seq + 1, upto, replay_entry, &step->batch);
    batch_flush(&step->batch);
    if (step->batch.office_changed)
        s->office_seq = OFFICE_UNSURE;
    step->office_seq = step->batch.state.office_seq;
    step->finished = upto == end;
    step->done = upto;
    step->all = end;
    batch_release(&step->batch);
    if (step->finished) {
        layout_save(t, STORE_LAYOUT);
        drop_old(t);
    }
    return OUTCOME_DONE;
}

/* Tables that an earlier attempt left are gone on with, else they are made. */
static struct outcome prepare(struct store *s)
{
    struct outcome o = env_open_tables(s);
    return outcome_ok(&o) ? o : layout_make(s, false);
}

struct outcome rebuild_if_older(struct store *s, const struct watch *watch)
{
    uint32_t layout = 0;
    struct outcome o = layout_find(s, &layout);
    if (!outcome_ok(&o) || layout == STORE_LAYOUT)
        return o;
    if (layout > STORE_LAYOUT)
        return fault_path(KIND_newer_store, s->dir);
    o = prepare(s);
    struct rebuild_step step = {.finished = false};
    while (outcome_ok(&o) && !step.finished) {
        o = txn_update(s, replay_step, &step);
        if (outcome_ok(&o))
            s->office_seq = step.office_seq;
        if (outcome_ok(&o) && !step.finished && !watch_tell(watch, step.done, step.all))
            o = fault_of(s->dir, EINTR);
    }
    return o;
}
