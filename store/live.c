#include "store/live.h"

#include "core/status.h"

/* ---- keys ---- */

bool live_key(struct key *out, const struct facts *f)
{
    enum live_shelf shelf = f->due == f->statutory_due ? SHELF_LAWFUL : SHELF_PROMISED;
    civil_minute moment = f->due;
    if (state_is_waiting(f->state)) {
        shelf = SHELF_WAITING;
        moment = f->waiting_since;
    } else if (is_uncollected(f)) {
        shelf = SHELF_UNCOLLECTED;
        moment = f->resolved;
    } else if (!state_is_open(f->state)) {
        return false;
    }
    out->n = 0;
    key_add(out, shelf, 1);
    key_add(out, sortable(moment), 8);
    key_add(out, f->id, 8);
    return true;
}

enum live_group live_group_of(const struct key *key)
{
    switch (key->b[0]) {
    case SHELF_WAITING: return LIVE_WAITING;
    case SHELF_UNCOLLECTED: return LIVE_UNCOLLECTED;
    default: return LIVE_RUNNING;
    }
}

/* ---- walking ---- */

static struct key shelf_begins(unsigned shelf)
{
    struct key k = {.n = 0};
    key_add(&k, shelf, 1);
    return k;
}

static void add_range(struct live_walk *w, struct txn *t, enum live_shelf shelf, civil_minute until)
{
    struct live_range *r = &w->range[w->ranges++];
    r->from = shelf_begins(shelf);
    r->to = shelf_begins(until < LIVE_ALL ? shelf : shelf + 1u);
    if (until < LIVE_ALL)
        key_add(&r->to, sortable(until + 1), 8);
    cursor_open(&r->cursor, t, TABLE_LIVE);
}

void live_open(struct live_walk *w, struct txn *t, enum live_group group, civil_minute until)
{
    w->ranges = 0;
    w->begun = false;
    w->at = NULL;
    switch (group) {
    case LIVE_RUNNING:
        add_range(w, t, SHELF_LAWFUL, until);
        add_range(w, t, SHELF_PROMISED, LIVE_ALL);
        break;
    case LIVE_WAITING: add_range(w, t, SHELF_WAITING, until); break;
    case LIVE_UNCOLLECTED: add_range(w, t, SHELF_UNCOLLECTED, until); break;
    }
}

static void step(struct live_range *r, bool first)
{
    if (first)
        r->on = cursor_seek(&r->cursor, key_str(&r->from));
    else if (r->on)
        r->on = cursor_next(&r->cursor);
    r->on = r->on && str_cmp(r->cursor.key, key_str(&r->to)) < 0;
}

/* Whatever shelf they stand on. */
static int compare_places(const struct live_range *a, const struct live_range *b)
{
    return str_cmp(str_from(a->cursor.key, 1), str_from(b->cursor.key, 1));
}

bool live_next(struct live_walk *w)
{
    const struct live_range *first = NULL;
    for (size_t i = 0; i < w->ranges; i++) {
        struct live_range *r = &w->range[i];
        if (!w->begun || w->at == &r->cursor)
            step(r, !w->begun);
        if (r->on && (!first || compare_places(r, first) < 0))
            first = r;
    }
    w->begun = true;
    w->at = first ? &first->cursor : NULL;
    return first != NULL;
}

void live_close(struct live_walk *w)
{
    for (size_t i = 0; i < w->ranges; i++)
        cursor_close(&w->range[i].cursor);
    w->ranges = 0;
}
