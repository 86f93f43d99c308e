#include "store/chunk.h"

#include "store/bytes.h"
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

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
        txn_damaged(t, table_label(table));
        return NULL;
    }
    return str_bytes(value);
}

/* ---- reading ahead ---- */

/* Few at first, since a search often ends soon; then more and more. */
enum { FIRST_WINDOW = 16 };

void ahead_init(struct ahead *a, struct txn *t, enum table table, uint64_t end)
{
    a->txn = t;
    a->table = table;
    a->known = end;
    a->window = FIRST_WINDOW;
    a->count = 0;
    a->instead = NULL;
}

static int by_address(const void *a, const void *b)
{
    uintptr_t x = *(const uintptr_t *)a, y = *(const uintptr_t *)b;
    return (x > y) - (x < y);
}

static bool is_in_memory(uintptr_t page, size_t size)
{
    unsigned char there = 0;
    return mincore((void *)page, size, &there) == 0 && (there & 1);
}

void ahead_fetch(uintptr_t *page, size_t n, size_t size)
{
    if (n == 0 ||
        (is_in_memory(page[0], size) && is_in_memory(page[n / 2], size) && is_in_memory(page[n - 1], size)))
        return;
    qsort(page, n, sizeof *page, by_address);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && page[j] - page[j - 1] <= size; j++)
            ;
        madvise((void *)page[i], page[j - 1] - page[i] + size, MADV_WILLNEED);
    }
}

/* What there is to be had in place of the window's chunks. */
static void ask_instead(struct ahead *a)
{
    for (size_t at = a->count; at-- > 0;) {
        a->chunk[at] = a->instead ? a->instead(a->arg, a->known + at) : NULL;
        a->is_instead[at] = a->chunk[at];
    }
}

/* Where the other chunks are: the cursor tells it without touching them. */
static void find_chunks(struct ahead *a)
{
    struct key key;
    struct cursor c;
    uint64_t stands = UINT64_MAX; /* on that number */
    cursor_open(&c, a->txn, a->table);
    for (size_t at = 0; at < a->count && txn_ok(a->txn); at++) {
        uint64_t number = a->known + at;
        if (a->is_instead[at])
            continue;
        bool on = at > 0 && stands == number - 1 ? cursor_next(&c) : cursor_seek(&c, key_u64(&key, number));
        stands = on && c.key.n == 8 ? get_be(str_bytes(c.key), 8) : UINT64_MAX;
        if (stands == number && c.value.n == CHUNK_BYTES)
            a->chunk[at] = str_bytes(c.value);
    }
    cursor_close(&c);
}

static void fetch_chunks(const struct ahead *a)
{
    uintptr_t page[AHEAD_MOST];
    size_t n = 0, size = (size_t)sysconf(_SC_PAGESIZE);
    for (size_t at = 0; at < a->count; at++)
        if (a->chunk[at] && !a->is_instead[at])
            page[n++] = (uintptr_t)a->chunk[at] & ~(uintptr_t)(size - 1);
    ahead_fetch(page, n, size);
}

void ahead_before(struct ahead *a, uint64_t number)
{
    if (number >= a->known)
        return;
    uint64_t from = a->known > a->window ? a->known - a->window : 0;
    a->count = (size_t)(a->known - from);
    a->known = from;
    a->window = a->window < AHEAD_MOST ? a->window * 2 : AHEAD_MOST;
    ask_instead(a);
    find_chunks(a);
    fetch_chunks(a);
}

const unsigned char *ahead_chunk_or(struct ahead *a, uint64_t number, bool *instead)
{
    ahead_before(a, number);
    uint64_t at = number - a->known;
    bool known = number >= a->known && at < a->count && a->chunk[at] && txn_ok(a->txn);
    *instead = known && a->is_instead[at];
    return known ? a->chunk[at] : chunk_read(a->txn, a->table, number);
}

const unsigned char *ahead_chunk(struct ahead *a, uint64_t number)
{
    bool instead;
    return ahead_chunk_or(a, number, &instead);
}

/* ---- changing ---- */

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
    struct cursor at;
    cursor_open(&at, c->txn, c->table);
    for (size_t i = 0; i < n; i++) {
        struct key key;
        struct str bytes = bytes_str(sorted[i]->bytes, CHUNK_BYTES);
        if (sorted[i]->fresh)
            cursor_append(&at, key_u64(&key, sorted[i]->number), bytes);
        else
            cursor_put(&at, key_u64(&key, sorted[i]->number), bytes);
    }
    cursor_close(&at);
    free(sorted);
    forget(c);
}
