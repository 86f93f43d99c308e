/* as_of: the store as it stood after an earlier entry. What has not changed since is read as it is; what has
 * is replayed from its own chain of events, so one dossier costs its own history and no more. */
#include "core/match.h"
#include "store/bytes.h"
#include "store/gain.h"
#include "store/live.h"
#include "store/record.h"
#include "store/tally.h"
#include "store/view.h"
#include <stdlib.h>

/* ---- one dossier ---- */

/* The strings of what is replayed are in the journal's entries, which stay in the map as long as the view. */
bool as_of_dossier(struct view *v, struct dossier *d)
{
    if (d->last_event <= v->upto)
        return true;
    return d->first_event <= v->upto &&
           history_load(&v->history, &v->txn, d->facts.id, d->last_event, v->upto) &&
           history_dossier(&v->history, &v->txn, d);
}

/* ---- counts ---- */

/* What has changed since is taken out of the counts as it is now, and put back as it was. */
typedef void counting(void *arg, const struct dossier *d, const struct history *h, int sign);

/* `h` is of the dossier's whole life, then of its life so far. */
static void recount(struct view *v, uint64_t id, counting *count, void *arg)
{
    struct dossier now, then;
    struct history *h = &v->history;
    if (!record_dossier(&v->txn, id, &now)) {
        txn_damaged_at(&v->txn, T_core_damage_dossier, id);
    } else if (now.last_event > v->upto && history_load(h, &v->txn, id, now.last_event, UINT64_MAX) &&
               history_dossier(h, &v->txn, &now)) {
        count(arg, &now, h, -1);
        while (h->count && h->event[h->count - 1].seq > v->upto)
            h->count--;
        if (h->count && history_dossier(h, &v->txn, &then))
            count(arg, &then, h, 1);
    }
    view_note(v);
}

static void recount_all(struct view *v, counting *count, void *arg)
{
    for (uint64_t id = 1; id <= v->state.dossiers; id++)
        recount(v, id, count, arg);
}

struct stating {
    struct store_stat *stat;
    int offset;
};

static void count_stat(void *arg, const struct dossier *d, const struct history *h, int sign)
{
    struct stating *s = arg;
    struct standing is = standing_of(d);
    s->stat->open += (uint64_t)(int64_t)(sign * is.open);
    s->stat->solved += (uint64_t)(int64_t)(sign * is.solved);
    s->stat->recorded_late += (uint64_t)(int64_t)(sign * is_recorded_late(d, h->event, h->count, s->offset));
}

static bool uncount_backdated(void *arg, const struct entry *entry)
{
    struct stating *s = arg;
    struct event e;
    if (event_decode(entry->body, &e))
        s->stat->backdated -= event_is_backdated(&e, s->offset);
    return true;
}

void as_of_stat(struct view *v, struct store_stat *out)
{
    struct stating stating = {out, office_identity(v->store->office)->utc_offset};
    out->dossiers = v->dossiers;
    out->events = out->head_seq = v->upto;
    memset(out->head_hash, 0, STORE_HASH);
    struct entry entry;
    if (v->upto && journal_get(&v->txn, v->upto, &entry))
        memcpy(out->head_hash, entry.hash, STORE_HASH);
    journal_walk(&v->txn, v->upto + 1, v->state.head_seq, uncount_backdated, &stating);
    recount_all(v, count_stat, &stating);
}

struct tallying {
    int from, to;
    struct tally *sum;
};

static void count_tally(void *arg, const struct dossier *d, const struct history *h, int sign)
{
    struct tallying *t = arg;
    int month = tally_month_of(d->facts.received);
    struct tally one = tally_of(d);
    (void)h;
    if (month < t->from || month > t->to)
        return;
    if (sign > 0)
        tally_plus(t->sum, &one);
    else
        tally_minus(t->sum, &one);
}

void as_of_tally(struct view *v, int from, int to, struct tally *out)
{
    struct tallying tallying = {from, to, out};
    tally_sum(&v->txn, from, to, out);
    recount_all(v, count_tally, &tallying);
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
        place->key.b[0] = 0; /* one order over both shelves */
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
