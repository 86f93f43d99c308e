/* arena: memory that is given back all at once. What an office holds, or a decision says, lives in one. */
#ifndef MOTCUA_CORE_ARENA_H
#define MOTCUA_CORE_ARENA_H

#include "core/str.h"

struct arena_block;

struct arena {
    struct arena_block *last;
    bool failed; /* an allocation failed; every later one does too */
};

#define ARENA_INIT ((struct arena){NULL, false})

void arena_release(struct arena *a);
/* Gives back what lives in it, and keeps its last block to be filled anew. */
void arena_clear(struct arena *a);
/* `n` zeroed bytes, aligned for anything, living until arena_release(); NULL when memory is out. */
void *arena_alloc(struct arena *a, size_t n);
/* The same with whatever is in them: for what is filled at once. */
void *arena_room(struct arena *a, size_t n);
/* A copy of s in the arena; {NULL, 0} for an absent one or when memory is out. */
struct str arena_str(struct arena *a, struct str s);

#endif
