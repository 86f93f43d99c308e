/* as_of: the store as it stood after an earlier entry. What has not changed since is read as it is; what has
 * is replayed from its own chain of events, so one dossier costs its own history and no more. */
#include "core/evolve.h"
#include "core/match.h"
#include "store/bytes.h"
#include "store/gain.h"
#include "store/live.h"
#include "store/record.h"
#include "store/tally.h"
#include "store/view.h"
#include <stdlib.h>

/* ---- one dossier ---- */

static bool step(struct view *v, uint64_t seq, struct dossier *d, struct event *e)
{
    if (!journal_event(&v->txn, seq, e))
        return false;
    if (evolve(d, e))
        return true;
    txn_damaged_at(&v->txn, T_core_damage_entry, seq);
    return false;
}

/* The strings of what is replayed are in the journal's entries, which stay in the map as long as the view. */
bool as_of_dossier(struct view *v, struct dossier *d)
{
    if (d->last_event <= v->upto)
        return true;
    if (d->first_event > v->upto)
        return false;
    struct chain chain = {0};
    struct dossier then = {0};
    struct event e;
    bool whole = chain_load(&chain, &v->txn, d->facts.id, d->last_event, v->upto);
    for (size_t i = 0; i < chain.count && whole; i++)
        whole = step(v, chain.seq[i], &then, &e);
    chain_release(&chain);
    if (whole)
        *d = then;
    return whole;
}

/* ---- counts ---- */

/* Everything that happened to one dossier up to the view's moment, as `each` takes it in. */
typedef void gain_visit(void *arg, const struct gain *g, const struct dossier *after);

static void each_gain(struct view *v, uint64_t id, gain_visit *each, void *arg)
{
    struct chain chain = {0};
    struct dossier now, d = {0};
    struct event e;
    int offset = office_identity(v->office)->utc_offset;
    if (record_dossier(&v->txn, id, &now) && chain_load(&chain, &v->txn, id, now.last_event, v->upto))
        for (size_t i = 0; i < chain.count; i++) {
            struct dossier before = d;
            if (!step(v, chain.seq[i], &d, &e))
                break;
            struct gain g = gain_of(&e, &before, &d, offset);
            each(arg, &g, &d);
        }
    chain_release(&chain);
    view_note(v);
}

static void add_stat(void *arg, const struct gain *g, const struct dossier *after)
{
    struct store_stat *s = arg;
    (void)after;
    s->open += (uint64_t)(int64_t)g->open;
    s->solved += (uint64_t)(int64_t)g->solved;
    s->backdated += g->backdated;
    s->recorded_late += g->recorded_late;
}

static void add_office_stat(struct view *v, struct store_stat *out)
{
    struct chain chain = {0};
    int offset = office_identity(v->office)->utc_offset;
    if (chain_load(&chain, &v->txn, 0, v->state.office_seq, v->upto))
        for (size_t i = 0; i < chain.count; i++) {
            struct event e;
            if (!journal_event(&v->txn, chain.seq[i], &e))
                break;
            struct gain g = gain_of(&e, NULL, NULL, offset);
            out->backdated += g.backdated;
        }
    chain_release(&chain);
}

void as_of_stat(struct view *v, struct store_stat *out)
{
    out->dossiers = v->dossiers;
    out->events = out->head_seq = v->upto;
    out->open = out->solved = out->backdated = out->recorded_late = 0;
    memset(out->head_hash, 0, STORE_HASH);
    struct entry entry;
    if (v->upto && journal_get(&v->txn, v->upto, &entry))
        memcpy(out->head_hash, entry.hash, STORE_HASH);
    for (uint64_t id = 1; id <= v->dossiers; id++)
        each_gain(v, id, add_stat, out);
    add_office_stat(v, out);
}

struct tallying {
    int from, to;
    struct tally *sum;
};

static void add_tally(void *arg, const struct gain *g, const struct dossier *after)
{
    struct tallying *t = arg;
    int month = tally_month_of(after->facts.received);
    if (month >= t->from && month <= t->to)
        tally_plus(t->sum, &g->tally);
}

void as_of_tally(struct view *v, int from, int to, struct tally *out)
{
    *out = (struct tally){0};
    struct tallying t = {from, to, out};
    for (uint64_t id = 1; id <= v->dossiers; id++)
        each_gain(v, id, add_tally, &t);
}

/* ---- lists ---- */

/* Dossiers to be shown in an order of their own. */
struct place {
    struct key key;
    uint64_t id;
};
struct places {
    struct place *place;
    size_t count, cap;
};

static struct place *places_add(struct view *v, struct places *p, uint64_t id)
{
    if (p->count == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 64;
        struct place *more = realloc(p->place, cap * sizeof *more);
        if (!more) {
            txn_no_memory(&v->txn);
            return NULL;
        }
        p->place = more;
        p->cap = cap;
    }
    p->place[p->count].id = id;
    return &p->place[p->count++];
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(key_str(&((const struct place *)a)->key), key_str(&((const struct place *)b)->key));
}

void as_of_live(struct view *v, enum live_group group, row_visit *each, void *arg)
{
    struct places places = {0};
    for (uint64_t id = 1; id <= v->dossiers; id++) {
        struct dossier d;
        struct key key;
        if (!view_dossier(v, id, &d) || !live_key(&key, &d.facts) || live_group_of(&key) != group)
            continue;
        struct place *place = places_add(v, &places, id);
        if (!place)
            break;
        place->key = key;
    }
    if (places.count)
        qsort(places.place, places.count, sizeof *places.place, by_key);
    for (size_t i = 0; i < places.count; i++) {
        struct dossier d;
        struct row row;
        if (!view_dossier(v, places.place[i].id, &d))
            continue;
        row_of(&row, &d);
        if (!each(arg, &row))
            break;
    }
    free(places.place);
    view_note(v);
}

void as_of_search(struct view *v, const struct query *q, dossier_visit *each, void *arg)
{
    struct places places = {0};
    struct buf name = BUF_INIT, numbers = BUF_INIT;
    struct dossier d;
    for (uint64_t id = 1; id <= v->dossiers; id++) {
        buf_reset(&name);
        buf_reset(&numbers);
        if (!view_dossier(v, id, &d))
            continue;
        match_name(&name, &d);
        match_numbers(&numbers, &d);
        if (!query_matches(q, buf_str(&name), buf_str(&numbers)))
            continue;
        struct place *place = places_add(v, &places, id);
        if (!place)
            break;
        /* Newest receipt first, then newest id: the greatest key comes first. */
        place->key.n = 0;
        key_add(&place->key, ~sortable(d.facts.received), 8);
        key_add(&place->key, ~id, 8);
    }
    if (name.failed || numbers.failed)
        txn_no_memory(&v->txn);
    buf_release(&name);
    buf_release(&numbers);
    if (places.count)
        qsort(places.place, places.count, sizeof *places.place, by_key);
    for (size_t i = 0; i < places.count; i++)
        if (view_dossier(v, places.place[i].id, &d) && !each(arg, &d))
            break;
    free(places.place);
    view_note(v);
}
