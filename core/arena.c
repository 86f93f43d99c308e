#include "core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 1024, LARGEST_STEP = 64 * 1024 };

struct arena_block {
    struct arena_block *before;
    size_t used, size; /* of `bytes` */
    alignas(max_align_t) char bytes[];
};

static void free_from(struct arena_block *b)
{
    while (b) {
        struct arena_block *before = b->before;
        free(b);
        b = before;
    }
}

void arena_release(struct arena *a)
{
    free_from(a->last);
    *a = ARENA_INIT;
}

void arena_clear(struct arena *a)
{
    struct arena_block *kept = a->last;
    if (kept) {
        free_from(kept->before);
        kept->before = NULL;
        kept->used = 0;
    }
    a->failed = false;
}

/* Blocks double up to a limit: few allocations for an office, little waste for a decision. */
static size_t next_size(const struct arena *a)
{
    if (!a->last)
        return FIRST_BLOCK;
    return a->last->size < LARGEST_STEP ? a->last->size * 2 : LARGEST_STEP;
}

static struct arena_block *block_new(size_t size)
{
    struct arena_block *b = malloc(sizeof *b + size);
    if (b)
        *b = (struct arena_block){.size = size};
    return b;
}

/* A block with room for n bytes. What is larger than a step gets a block of its own behind the last one,
 * whose rest stays in use. */
static struct arena_block *block_for(struct arena *a, size_t n)
{
    if (a->last && a->last->size - a->last->used >= n)
        return a->last;
    size_t step = next_size(a);
    struct arena_block *b = block_new(n > step ? n : step);
    if (!b) {
        a->failed = true;
    } else if (n > step && a->last) {
        b->before = a->last->before;
        a->last->before = b;
    } else {
        b->before = a->last;
        a->last = b;
    }
    return b;
}

void *arena_room(struct arena *a, size_t n)
{
    const size_t unit = alignof(max_align_t);
    if (a->failed || n > PTRDIFF_MAX - unit - sizeof(struct arena_block)) {
        a->failed = true;
        return NULL;
    }
    n = n ? (n + unit - 1) / unit * unit : unit;
    struct arena_block *b = block_for(a, n);
    if (!b)
        return NULL;
    void *p = b->bytes + b->used;
    b->used += n;
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    void *p = arena_room(a, n);
    return p && n ? memset(p, 0, n) : p;
}

struct str arena_str(struct arena *a, struct str s)
{
    char *p = s.n ? arena_room(a, s.n) : NULL;
    if (!p)
        return STR_NONE;
    memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}
