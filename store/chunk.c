#include "store/chunk.h"

#include "store/bytes.h"
#include <stdlib.h>

struct chunk {
    uint64_t number;
    bool fresh; /* not in the table yet */
    unsigned char bytes[CHUNK_BYTES];
};

const unsigned char *chunk_read(struct txn *t, enum table table, uint64_t number)
{
    struct key key;
    struct str value;
    if (!txn_get(t, table, key_u64(&key, number), &value))
        return NULL;
    if (value.n != CHUNK_BYTES) {
        txn_damaged(t, table_name(table));
        return NULL;
    }
    return str_bytes(value);
}

void chunks_init(struct chunks *c, struct txn *t, enum table table)
{
    *c = (struct chunks){.txn = t, .table = table};
}

static void forget(struct chunks *c)
{
    for (size_t i = 0; i < c->cap; i++) {
        free(c->slot[i]);
        c->slot[i] = NULL;
    }
    c->count = 0;
}

void chunks_release(struct chunks *c)
{
    forget(c);
    free(c->slot);
    *c = (struct chunks){0};
}

/* The slot of a number, or the empty one where it belongs; the table is never full. */
static struct chunk **slot_of(const struct chunks *c, uint64_t number)
{
    size_t i = (size_t)(number * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (c->cap - 1);
    while (c->slot[i] && c->slot[i]->number != number)
        i = (i + 1) & (c->cap - 1);
    return &c->slot[i];
}

static bool make_room(struct chunks *c)
{
    if (c->count * 2 < c->cap)
        return true;
    struct chunks bigger = *c;
    bigger.cap = c->cap ? c->cap * 2 : 16;
    bigger.slot = calloc(bigger.cap, sizeof(struct chunk *));
    if (!bigger.slot)
        return false;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slot[i])
            *slot_of(&bigger, c->slot[i]->number) = c->slot[i];
    free(c->slot);
    *c = bigger;
    return true;
}

unsigned char *chunk_write(struct chunks *c, uint64_t number)
{
    if (!txn_ok(c->txn))
        return NULL;
    struct chunk **slot = make_room(c) ? slot_of(c, number) : NULL;
    if (slot && *slot)
        return (*slot)->bytes;
    struct chunk *chunk = slot ? malloc(sizeof *chunk) : NULL;
    if (!chunk) {
        txn_no_memory(c->txn);
        return NULL;
    }
    const unsigned char *stored = chunk_read(c->txn, c->table, number);
    chunk->number = number;
    chunk->fresh = !stored;
    if (stored)
        memcpy(chunk->bytes, stored, CHUNK_BYTES);
    else
        memset(chunk->bytes, 0, CHUNK_BYTES);
    *slot = chunk;
    c->count++;
    return txn_ok(c->txn) ? chunk->bytes : NULL;
}

const unsigned char *chunk_peek(struct chunks *c, uint64_t number)
{
    struct chunk **slot = c->cap ? slot_of(c, number) : NULL;
    return slot && *slot ? (*slot)->bytes : chunk_read(c->txn, c->table, number);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = (*(struct chunk *const *)a)->number, y = (*(struct chunk *const *)b)->number;
    return (x > y) - (x < y);
}

void chunks_flush(struct chunks *c)
{
    if (c->count == 0)
        return;
    struct chunk **sorted = calloc(c->count, sizeof *sorted);
    if (!sorted) {
        txn_no_memory(c->txn);
        return;
    }
    size_t n = 0;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slot[i])
            sorted[n++] = c->slot[i];
    qsort(sorted, n, sizeof(struct chunk *), by_number);
    for (size_t i = 0; i < n; i++) {
        struct key key;
        struct str bytes = bytes_str(sorted[i]->bytes, CHUNK_BYTES);
        if (sorted[i]->fresh)
            txn_append(c->txn, c->table, key_u64(&key, sorted[i]->number), bytes);
        else
            txn_put(c->txn, c->table, key_u64(&key, sorted[i]->number), bytes);
    }
    free(sorted);
    forget(c);
}
