#include "store/under_way.h"

#include <stdlib.h>

/* Ids are numbers in a row, so their last bits spread them evenly. */
enum { SLOTS = 1 << 16 };

bool under_ways_init(struct under_ways *all)
{
    *all = (struct under_ways){.slot = calloc(SLOTS, sizeof(struct under_way *))};
    return all->slot != NULL;
}

static void free_all(struct under_way *u)
{
    while (u) {
        struct under_way *next = u->next;
        free(u);
        u = next;
    }
}

void under_ways_release(struct under_ways *all)
{
    for (size_t i = 0; all->slot && i < SLOTS; i++)
        free_all(all->slot[i]);
    free_all(all->unused);
    free(all->slot);
    *all = (struct under_ways){0};
}

struct under_way *under_way_begin(struct under_ways *all, uint64_t id)
{
    struct under_way *u = all->unused;
    if (all->count == UNDER_WAY_MOST)
        return NULL;
    if (u)
        all->unused = u->next;
    else
        u = malloc(sizeof *u);
    if (!u)
        return NULL;
    *u = (struct under_way){.id = id, .next = all->slot[id % SLOTS]};
    all->slot[id % SLOTS] = u;
    all->count++;
    return u;
}

struct under_way *under_way_of(const struct under_ways *all, uint64_t id)
{
    struct under_way *u = all->slot[id % SLOTS];
    while (u && u->id != id)
        u = u->next;
    return u;
}

void under_way_end(struct under_ways *all, struct under_way *u)
{
    struct under_way **at = &all->slot[u->id % SLOTS];
    while (*at != u)
        at = &(*at)->next;
    *at = u->next;
    u->next = all->unused;
    all->unused = u;
    all->count--;
}
