#include "store/drafts.h"

#include "core/row.h"
#include "store/live.h"
#include "store/record.h"
#include <stdlib.h>

/* Held at most; a replay of millions of events writes what it has from time to time. */
enum { MOST_DRAFTS = 20000 };

void drafts_init(struct drafts *d, struct txn *t)
{
    *d = (struct drafts){.txn = t, .memory = ARENA_INIT};
}

static void forget(struct drafts *d)
{
    if (d->count)
        memset(d->slot, 0, d->cap * sizeof *d->slot);
    d->count = 0;
    arena_release(&d->memory);
}

void drafts_release(struct drafts *d)
{
    arena_release(&d->memory);
    buf_release(&d->bytes);
    free(d->slot);
    *d = (struct drafts){.txn = d->txn, .memory = ARENA_INIT};
}

/* ---- finding ---- */

static struct placed *slot_of(const struct drafts *d, uint64_t id)
{
    size_t i = (size_t)(id * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (d->cap - 1);
    while (d->slot[i].draft && d->slot[i].id != id)
        i = (i + 1) & (d->cap - 1);
    return &d->slot[i];
}

static bool make_room(struct drafts *d)
{
    if (d->count * 2 < d->cap)
        return true;
    struct drafts bigger = *d;
    bigger.cap = d->cap ? d->cap * 2 : 16;
    bigger.slot = calloc(bigger.cap, sizeof *bigger.slot);
    if (!bigger.slot)
        return false;
    for (size_t i = 0; i < d->cap; i++)
        if (d->slot[i].draft)
            *slot_of(&bigger, d->slot[i].id) = d->slot[i];
    free(d->slot);
    d->slot = bigger.slot;
    d->cap = bigger.cap;
    return true;
}

bool drafts_are_full(const struct drafts *d)
{
    return d->count >= MOST_DRAFTS;
}

struct draft *drafts_find(const struct drafts *d, uint64_t id)
{
    return d->cap ? slot_of(d, id)->draft : NULL;
}

/* ---- making ---- */

struct draft *drafts_new(struct drafts *d, uint64_t id)
{
    struct draft *draft = make_room(d) ? arena_alloc(&d->memory, sizeof *draft) : NULL;
    if (!draft) {
        txn_no_memory(d->txn);
        return NULL;
    }
    draft->id = id;
    *slot_of(d, id) = (struct placed){id, draft};
    d->count++;
    return draft;
}

static void damaged(struct drafts *d, uint64_t id)
{
    txn_damaged_at(d->txn, T_core_damage_dossier, id);
}

/* Makes the dossier of these bytes, out of a copy. */
static void decode(struct drafts *d, struct draft *draft, struct str bytes)
{
    struct str own = arena_str(&d->memory, bytes);
    if (d->memory.failed)
        txn_no_memory(d->txn);
    else if (!dossier_decode(own, &draft->d) || draft->d.facts.id != draft->id)
        damaged(d, draft->id);
}

struct draft *drafts_load(struct drafts *d, uint64_t id)
{
    struct record r;
    struct draft *draft = record_read(d->txn, id, &r) ? drafts_new(d, id) : NULL;
    if (!draft)
        return NULL;
    draft->names = r.names;
    draft->numbers = r.numbers;
    draft->room = r.room;
    decode(d, draft, r.bytes);
    draft->was_live = txn_ok(d->txn) && live_key(&draft->live, &draft->d.facts);
    return txn_ok(d->txn) ? draft : NULL;
}

void drafts_settle(struct drafts *d, struct draft *draft)
{
    buf_reset(&d->bytes);
    dossier_encode(&d->bytes, &draft->d);
    if (d->bytes.failed)
        txn_no_memory(d->txn);
    else
        decode(d, draft, buf_str(&d->bytes));
}

/* ---- writing ---- */

/* The record's bytes in d->bytes. What could not be read back must not be written. */
static void encode(struct drafts *d, const struct draft *draft)
{
    struct dossier read;
    buf_reset(&d->bytes);
    dossier_encode(&d->bytes, &draft->d);
    if (d->bytes.failed)
        txn_no_memory(d->txn);
    else if (!dossier_decode(buf_str(&d->bytes), &read))
        damaged(d, draft->id);
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = ((const struct placed *)a)->id, y = ((const struct placed *)b)->id;
    return (x > y) - (x < y);
}

static int by_live_key(const void *a, const void *b)
{
    const struct draft *x = *(struct draft *const *)a, *y = *(struct draft *const *)b;
    return str_cmp(key_str(&x->live), key_str(&y->live));
}

static void flush_records(struct drafts *d, const struct placed *sorted, size_t n)
{
    struct cursor c;
    cursor_open(&c, d->txn, TABLE_DOSSIER);
    for (size_t i = 0; i < n && txn_ok(d->txn); i++) {
        const struct draft *draft = sorted[i].draft;
        encode(d, draft);
        struct record r = {.names = draft->names,
                           .numbers = draft->numbers,
                           .bytes = buf_str(&d->bytes),
                           .room = draft->room};
        record_write(&c, draft->id, &r, r.room == 0);
    }
    cursor_close(&c);
}

/* Its row is stored, and not where it belongs now. */
static bool leaves(const struct draft *draft)
{
    struct key key;
    return draft->was_live &&
           !(live_key(&key, &draft->d.facts) && str_eq(key_str(&key), key_str(&draft->live)));
}

static void put_rows(struct drafts *d, struct draft *const *with, size_t n)
{
    struct cursor c;
    cursor_open(&c, d->txn, TABLE_LIVE);
    for (size_t i = 0; i < n; i++) {
        struct row row;
        row_of(&row, &with[i]->d);
        buf_reset(&d->bytes);
        row_encode(&d->bytes, &row);
        if (d->bytes.failed)
            txn_no_memory(d->txn);
        cursor_put(&c, key_str(&with[i]->live), buf_str(&d->bytes));
    }
    cursor_close(&c);
}

/* Takes away the stored rows, then puts the new ones; each in key order. */
static void flush_live(struct drafts *d, const struct placed *sorted, size_t n)
{
    size_t old = 0, new = 0;
    struct draft **with = calloc(n, sizeof *with);
    if (!with) {
        txn_no_memory(d->txn);
        return;
    }
    for (size_t i = 0; i < n; i++)
        if (leaves(sorted[i].draft))
            with[old++] = sorted[i].draft;
    qsort(with, old, sizeof *with, by_live_key);
    for (size_t i = 0; i < old; i++)
        txn_delete(d->txn, TABLE_LIVE, key_str(&with[i]->live));
    for (size_t i = 0; i < n; i++)
        if (live_key(&sorted[i].draft->live, &sorted[i].draft->d.facts))
            with[new ++] = sorted[i].draft;
    qsort(with, new, sizeof *with, by_live_key);
    put_rows(d, with, new);
    free(with);
}

void drafts_flush(struct drafts *d)
{
    size_t n = 0;
    /* They are forgotten next: their places serve to sort them. */
    for (size_t i = 0; i < d->cap; i++)
        if (d->slot[i].draft && d->slot[i].draft->changed)
            d->slot[n++] = d->slot[i];
    if (n) {
        qsort(d->slot, n, sizeof *d->slot, by_id);
        flush_records(d, d->slot, n);
        flush_live(d, d->slot, n);
    }
    forget(d);
}
