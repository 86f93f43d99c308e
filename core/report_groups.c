#include "core/report_groups.h"

#include "core/text.h"
#include <stdlib.h>

/* ---- finding ---- */

static bool grow(struct report_maker *m, struct report_groups *g)
{
    if (g->count < g->cap)
        return true;
    size_t cap = g->cap ? g->cap * 2 : 16;
    struct report_group *group = arena_alloc(&m->text, cap * sizeof *group);
    if (!group)
        return false;
    if (g->count)
        memcpy(group, g->group, g->count * sizeof *group);
    g->group = group;
    g->cap = cap;
    return true;
}

/* Counted into and never shown: the report is not whole. */
static void *lost(struct report_maker *m, struct report_groups *g)
{
    m->failed = true;
    return g->spare;
}

static void *add(struct report_maker *m, struct report_groups *g, struct str folded, struct str label)
{
    struct buf order = BUF_INIT;
    text_fold(&order, label);
    struct report_group made = {
        .key = arena_str(&m->text, folded),
        .label = arena_str(&m->text, label),
        .folded = arena_str(&m->text, buf_str(&order)),
        .counter = arena_alloc(&m->text, g->size),
    };
    bool failed = order.failed;
    buf_release(&order);
    if (failed || !made.counter || m->text.failed || !grow(m, g))
        return lost(m, g);
    g->group[g->count++] = made;
    return made.counter;
}

void *report_group_of(struct report_maker *m, struct report_groups *g, struct str key, struct str label)
{
    struct buf folded = BUF_INIT;
    text_fold(&folded, key);
    void *counter = folded.failed ? lost(m, g) : NULL;
    for (size_t i = 0; !counter && i < g->count; i++)
        if (str_eq(g->group[i].key, buf_str(&folded)))
            counter = g->group[i].counter;
    if (!counter)
        counter = add(m, g, buf_str(&folded), label);
    buf_release(&folded);
    return counter;
}

/* ---- order ---- */

static int by_label(const void *a, const void *b)
{
    const struct report_group *x = a, *y = b;
    if (!x->label.n != !y->label.n)
        return !x->label.n - !y->label.n;
    int c = str_cmp(x->folded, y->folded);
    return c ? c : str_cmp(x->key, y->key);
}

void report_groups_sort(struct report_groups *g)
{
    if (g->count)
        qsort(g->group, g->count, sizeof *g->group, by_label);
}
