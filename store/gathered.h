/* gathered: small numbers by a number, gathered while events are applied and written once, in order. */
#ifndef MOTCUA_STORE_GATHERED_H
#define MOTCUA_STORE_GATHERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GATHERED_NUMBERS = 4 };

struct gathered_row {
    uint64_t key;
    uint64_t n[GATHERED_NUMBERS];
    bool taken;
};

/* Make it {0}. */
struct gathered {
    struct gathered_row *row; /* by hash of the key */
    size_t count, cap;
};

void gathered_release(struct gathered *g);
/* NULL when there is none of that key. It moves when another one comes. */
struct gathered_row *gathered_find(const struct gathered *g, uint64_t key);
/* The row of that key, a new one with zeros; NULL without memory. */
struct gathered_row *gathered_get(struct gathered *g, uint64_t key);
/* All rows by key, in g->row[0 .. answer). Only gathered_forget() may come next. */
size_t gathered_sort(struct gathered *g);
void gathered_forget(struct gathered *g);

#endif
