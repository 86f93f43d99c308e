#include "store/history.h"

#include "core/evolve.h"
#include <stdlib.h>

static bool add(struct history *h, const struct event *e)
{
    if (h->count == h->cap) {
        size_t cap = h->cap ? h->cap * 2 : 16;
        struct event *more = realloc(h->event, cap * sizeof *more);
        if (!more)
            return false;
        h->event = more;
        h->cap = cap;
    }
    h->event[h->count++] = *e;
    return true;
}

static void turn_round(struct history *h)
{
    for (size_t i = 0, j = h->count; i + 1 < j; i++) {
        struct event swap = h->event[--j];
        h->event[j] = h->event[i];
        h->event[i] = swap;
    }
}

bool history_load(struct history *h, struct txn *t, uint64_t dossier, uint64_t last, uint64_t upto)
{
    h->count = 0;
    for (uint64_t seq = last; seq;) {
        struct event e;
        if (!journal_event(t, seq, &e))
            return false;
        if (e.dossier != dossier || !event_is_dossier(e.kind) || e.previous >= seq) {
            txn_damaged_at(t, T_core_damage_entry, seq);
            return false;
        }
        if (seq <= upto && !add(h, &e)) {
            txn_no_memory(t);
            return false;
        }
        seq = e.previous;
    }
    turn_round(h);
    return txn_ok(t);
}

bool history_dossier(struct history *h, struct txn *t, struct dossier *out)
{
    if (evolve_history(out, h->event, h->count))
        return true;
    txn_damaged_at(t, T_core_damage_dossier, h->count ? h->event[0].dossier : 0);
    return false;
}

void history_release(struct history *h)
{
    free(h->event);
    *h = (struct history){0};
}
