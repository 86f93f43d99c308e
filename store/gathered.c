#include "store/gathered.h"

#include <stdlib.h>
#include <string.h>

void gathered_release(struct gathered *g)
{
    free(g->row);
    *g = (struct gathered){0};
}

static struct gathered_row *slot_of(const struct gathered *g, uint64_t key)
{
    size_t i = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (g->cap - 1);
    while (g->row[i].taken && g->row[i].key != key)
        i = (i + 1) & (g->cap - 1);
    return &g->row[i];
}

static bool make_room(struct gathered *g)
{
    if (g->count * 2 < g->cap)
        return true;
    struct gathered bigger = {.count = g->count, .cap = g->cap ? g->cap * 2 : 16};
    bigger.row = calloc(bigger.cap, sizeof *bigger.row);
    if (!bigger.row)
        return false;
    for (size_t i = 0; i < g->cap; i++)
        if (g->row[i].taken)
            *slot_of(&bigger, g->row[i].key) = g->row[i];
    free(g->row);
    *g = bigger;
    return true;
}

struct gathered_row *gathered_find(const struct gathered *g, uint64_t key)
{
    struct gathered_row *row = g->cap ? slot_of(g, key) : NULL;
    return row && row->taken ? row : NULL;
}

struct gathered_row *gathered_get(struct gathered *g, uint64_t key)
{
    if (!make_room(g))
        return NULL;
    struct gathered_row *row = slot_of(g, key);
    if (!row->taken) {
        *row = (struct gathered_row){.key = key, .taken = true};
        g->count++;
    }
    return row;
}

static int by_key(const void *a, const void *b)
{
    uint64_t x = ((const struct gathered_row *)a)->key, y = ((const struct gathered_row *)b)->key;
    return (x > y) - (x < y);
}

size_t gathered_sort(struct gathered *g)
{
    size_t n = 0;
    for (size_t i = 0; i < g->cap; i++)
        if (g->row[i].taken)
            g->row[n++] = g->row[i];
    if (n)
        qsort(g->row, n, sizeof *g->row, by_key);
    return n;
}

void gathered_forget(struct gathered *g)
{
    if (g->count)
        memset(g->row, 0, g->cap * sizeof *g->row);
    g->count = 0;
}
