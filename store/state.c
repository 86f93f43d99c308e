#include "store/state.h"

#include "core/wire.h"
#include "store/bytes.h"
#include <stdio.h>

#define MARK_KEY STR("kind")
#define MARK STR("motcua")
#define LAYOUT_KEY STR("layout")

/* The state belongs to the projections: one of another layout is another record. */
static struct str state_key(char out[32], uint32_t layout)
{
    int n = snprintf(out, 32, "state.%u", (unsigned)layout);
    return (struct str){out, (size_t)n};
}

static void take_head(struct wire *w, uint64_t *seq, unsigned char hash[STORE_HASH])
{
    *seq = wire_u64(w);
    for (int i = 0; i < STORE_HASH; i++)
        hash[i] = wire_u8(w);
}

bool state_head(struct txn *t, struct head *out)
{
    char key[32];
    struct str value;
    uint32_t layout = layout_load(t);
    if (!txn_ok(t) || layout > STORE_LAYOUT || !txn_get(t, TABLE_META, state_key(key, layout), &value))
        return false;
    struct wire w = wire_of(value);
    take_head(&w, &out->seq, out->hash);
    return !w.fault;
}

bool state_load(struct txn *t, struct state *out)
{
    char key[32];
    struct str value;
    if (!txn_get(t, TABLE_META, state_key(key, STORE_LAYOUT), &value)) {
        if (!txn_ok(t))
            return false;
        if (layout_load(t) > STORE_LAYOUT)
            t->fault = fault_path(KIND_newer_store, t->store->dir);
        else
            txn_damaged(t, T_core_damage_state);
        return false;
    }
    struct wire w = wire_of(value);
    struct state s;
    take_head(&w, &s.head_seq, s.head_hash);
    s.recorded_at = wire_i64(&w);
    s.office_seq = wire_u64(&w);
    s.dossiers = wire_u64(&w);
    s.open = wire_u64(&w);
    s.solved = wire_u64(&w);
    s.backdated = wire_u64(&w);
    s.recorded_late = wire_u64(&w);
    s.newest = wire_i64(&w);
    s.names_end = wire_u32(&w);
    s.numbers_end = wire_u32(&w);
    s.clock_seq = wire_u64(&w);
    s.counter_seq = wire_u64(&w);
    s.waiting = wire_u64(&w);
    if (w.fault) {
        txn_damaged(t, T_core_damage_state);
        return false;
    }
    *out = s;
    return true;
}

bool state_follow(struct txn *t, struct state *out)
{
    struct head *known = &t->store->known;
    if (!state_load(t, out))
        return false;
    bool same = known->seq == out->head_seq ? memcmp(known->hash, out->head_hash, STORE_HASH) == 0
                                            : known->seq < out->head_seq && txn_holds(t, known);
    if (known->seq && !same) {
        if (txn_ok(t))
            t->fault = fault_path(KIND_store_gone, t->store->dir);
        return false;
    }
    known->seq = out->head_seq;
    memcpy(known->hash, out->head_hash, STORE_HASH);
    return true;
}

static void state_encode(struct buf *b, const struct state *s)
{
    wire_put_u64(b, s->head_seq);
    buf_add(b, s->head_hash, STORE_HASH);
    wire_put_i64(b, s->recorded_at);
    wire_put_u64(b, s->office_seq);
    wire_put_u64(b, s->dossiers);
    wire_put_u64(b, s->open);
    wire_put_u64(b, s->solved);
    wire_put_u64(b, s->backdated);
    wire_put_u64(b, s->recorded_late);
    wire_put_i64(b, s->newest);
    wire_put_u32(b, s->names_end);
    wire_put_u32(b, s->numbers_end);
    wire_put_u64(b, s->clock_seq);
    wire_put_u64(b, s->counter_seq);
    wire_put_u64(b, s->waiting);
}

void state_save(struct txn *t, const struct state *s)
{
    struct buf b = BUF_INIT;
    char key[32];
    state_encode(&b, s);
    if (b.failed)
        txn_no_memory(t);
    else
        txn_put(t, TABLE_META, state_key(key, STORE_LAYOUT), buf_str(&b));
    buf_release(&b);
}

/* Four bytes: the complement of the number, then the number. A layout that a single bit made another one
 * would have a sound store replayed, or taken for a newer program's. Up to the third the number stood alone.
 */
enum { LAYOUT_BYTES = 4, LAST_UNGUARDED = 3 };

uint32_t layout_load(struct txn *t)
{
    struct str value;
    uint32_t guard = 0, layout = 0;
    if (txn_get(t, TABLE_META, LAYOUT_KEY, &value) && value.n == LAYOUT_BYTES) {
        guard = (uint32_t)get_be(str_bytes(value), 2);
        layout = (uint32_t)get_be(str_bytes(value) + 2, 2);
    }
    if (layout && (guard == (~layout & 0xFFFF) || (guard == 0 && layout <= LAST_UNGUARDED)))
        return layout;
    txn_damaged(t, T_core_damage_layout);
    return 0;
}

static void layout_encode(unsigned char b[LAYOUT_BYTES], uint32_t layout)
{
    put_be(b, ~layout & 0xFFFF, 2);
    put_be(b + 2, layout, 2);
}

void layout_save(struct txn *t, uint32_t layout)
{
    unsigned char b[LAYOUT_BYTES];
    layout_encode(b, layout);
    txn_put(t, TABLE_META, LAYOUT_KEY, bytes_str(b, sizeof b));
}

void state_expect(struct expected *x, const struct state *s)
{
    struct buf b = BUF_INIT;
    char key[32];
    unsigned char layout[LAYOUT_BYTES];
    state_encode(&b, s);
    layout_encode(layout, STORE_LAYOUT);
    expected_put(x, MARK_KEY, MARK);
    expected_put(x, LAYOUT_KEY, bytes_str(layout, sizeof layout));
    expected_put(x, state_key(key, STORE_LAYOUT), buf_str(&b));
    x->failed = x->failed || b.failed;
    buf_release(&b);
}

bool state_is_of_other_layout(struct str key)
{
    const struct str prefix = STR("state.");
    char ours[32];
    if (!str_starts(key, prefix) || key.n == prefix.n || str_eq(key, state_key(ours, STORE_LAYOUT)))
        return false;
    for (size_t i = prefix.n; i < key.n; i++)
        if (key.p[i] < '0' || key.p[i] > '9')
            return false;
    return true;
}

/* The mark that tells a store of ours from any other LMDB file. */
static bool is_ours(struct txn *t)
{
    struct str value;
    return txn_get(t, TABLE_META, MARK_KEY, &value) && str_eq(value, MARK);
}

/* Handles live on only when the transaction that opened them is committed, a reading one too. */
static struct outcome commit_handles(struct txn *t)
{
    if (!txn_ok(t)) {
        txn_end(t);
        return t->fault;
    }
    int rc = txn_commit(t, mdb_txn_commit);
    return rc ? fault_of(t->store->dir, rc) : OUTCOME_DONE;
}

struct outcome layout_find(struct store *s, uint32_t *layout)
{
    struct txn t;
    if (!txn_begin(s, false, &t))
        return t.fault;
    int rc = env_open_table(s, t.handle, TABLE_META, 0);
    if (rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE || (rc == 0 && !is_ours(&t)))
        rc = MDB_INVALID;
    if (rc)
        txn_fault(&t, rc);
    else
        *layout = layout_load(&t);
    return commit_handles(&t);
}

struct outcome layout_make(struct store *s, bool mark)
{
    struct txn t;
    if (!txn_begin(s, true, &t))
        return t.fault;
    for (int table = 0; table < TABLES && txn_ok(&t); table++) {
        int rc = env_open_table(s, t.handle, table, MDB_CREATE);
        if (rc)
            txn_fault(&t, rc);
    }
    char key[32];
    struct str there;
    /* Another process may have made them since they were looked for, and be far on with the replay. */
    if (!txn_get(&t, TABLE_META, state_key(key, STORE_LAYOUT), &there))
        state_save(&t, &(struct state){.recorded_at = NO_TIME, .newest = NO_TIME});
    if (mark) {
        txn_put(&t, TABLE_META, MARK_KEY, MARK);
        layout_save(&t, STORE_LAYOUT);
    }
    return commit_handles(&t);
}
