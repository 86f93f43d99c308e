/* under_way: the dossiers that a walk through the journal has begun and not ended, found by their ids. */
#ifndef MOTCUA_STORE_UNDER_WAY_H
#define MOTCUA_STORE_UNDER_WAY_H

#include "core/dossier.h"
#include "store/check_lines.h"

/* As many as may be under way at once, in some 280 MB: far more than a desk has open; as many as
 * an import may bring a second time. */
enum { UNDER_WAY_MOST = 1 << 18 };

struct under_way {
    struct under_way *next; /* with the same end of the id */
    uint64_t id, last;      /* its last entry, as its stored record says */
    struct str stored;      /* that record; in the map */
    struct dossier d;       /* borrows from the map */
    struct line_place name, numbers;
};

struct under_ways {
    struct under_way **slot;
    struct under_way *unused;
    size_t count;
};

/* False without memory. Release it whatever the answer. */
bool under_ways_init(struct under_ways *all);
void under_ways_release(struct under_ways *all);
/* A new one, all zero but its id; NULL when there are too many, or without memory. */
struct under_way *under_way_begin(struct under_ways *all, uint64_t id);
struct under_way *under_way_of(const struct under_ways *all, uint64_t id); /* NULL: none */
void under_way_end(struct under_ways *all, struct under_way *u);

#endif
