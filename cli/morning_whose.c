#include "cli/morning_whose.h"

#include "cli/cells.h"
#include <stdlib.h>

static struct share *share_of(struct shares *s, struct str whose)
{
    for (size_t i = 0; i < s->count; i++)
        if (str_eq(s->share[i].whose, whose))
            return &s->share[i];
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 16;
        struct share *grown = realloc(s->share, cap * sizeof *grown);
        if (!grown) {
            s->failed = true;
            return NULL;
        }
        s->share = grown;
        s->cap = cap;
    }
    s->share[s->count] = (struct share){.whose = whose};
    return &s->share[s->count++];
}

static int by_count(const void *a, const void *b)
{
    const struct share *x = a, *y = b;
    for (size_t i = 0; i < SHARES; i++)
        if (x->count[i] != y->count[i])
            return x->count[i] < y->count[i] ? 1 : -1;
    return str_cmp(x->whose, y->whose);
}

void shares_count(struct shares *out, const struct morning_page *p)
{
    static const enum morning_section counted[SHARES] = {
        [SHARE_OVERDUE] = MORNING_OVERDUE,
        [SHARE_LETTERS] = MORNING_LETTERS_TODAY,
        [SHARE_TODAY] = MORNING_DUE_TODAY,
        [SHARE_NEXT] = MORNING_DUE_NEXT,
    };
    *out = (struct shares){0};
    for (size_t i = 0; i < SHARES; i++) {
        const struct morning_list *list = &p->morning.section[counted[i]];
        for (size_t k = 0; k < list->count && !out->failed; k++) {
            struct share *s = share_of(out, holder_or_unit(p->c, list->row[k]->officer, list->row[k]->unit));
            if (s)
                s->count[i]++;
        }
    }
    if (out->count)
        qsort(out->share, out->count, sizeof *out->share, by_count);
}

void shares_release(struct shares *s)
{
    free(s->share);
    *s = (struct shares){0};
}
