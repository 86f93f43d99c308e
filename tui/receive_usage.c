#include "tui/receive_usage.h"

#include <stdlib.h>

#define USED_LATELY 500 /* dossiers whose procedures come first in the list */

struct usage {
    uint32_t by_number[UINT16_MAX + 1];
    size_t seen;
};

static bool count_use(void *arg, const struct facts *f)
{
    struct usage *u = arg;
    u->by_number[f->procedure]++;
    return ++u->seen >= USED_LATELY;
}

static bool stop(void *arg, const struct dossier *d)
{
    (void)arg, (void)d;
    return false;
}

void receive_usage_count(struct names *names, struct view *v)
{
    struct usage *u = calloc(1, sizeof *u);
    if (!u)
        return;
    view_scan(v, count_use, stop, u);
    for (size_t i = 0; i < names->procedures; i++)
        names->procedure[i].used = 0;
    for (size_t i = 0; i < names->procedures; i++)
        for (size_t k = i; names->procedure[i].first && k < i + names_cases(names, i); k++)
            names->procedure[i].used += u->by_number[names->procedure[k].procedure.number];
    free(u);
}
