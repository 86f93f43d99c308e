#include "cli/ahead.h"

#include <stdlib.h>
#include <string.h>

void ahead_release(struct ahead *a)
{
    for (size_t i = 0; i < a->count; i++)
        free(a->one[i].dossier);
    free(a->one);
    *a = (struct ahead){.one = NULL};
}

/* ---- gathering ---- */

static bool add_clock(void *arg, const struct event *e)
{
    struct ahead *a = arg;
    if (a->count == a->cap) {
        size_t cap = a->cap ? a->cap * 2 : 8;
        struct accepted *more = realloc(a->one, cap * sizeof *more);
        a->failed = !more;
        if (!more)
            return false;
        a->one = more;
        a->cap = cap;
    }
    a->one[a->count++] = (struct accepted){.event = *e};
    return true;
}

static bool add_dossier(struct accepted *one, uint64_t id)
{
    if (one->dossiers && one->dossier[one->dossiers - 1] == id)
        return true;
    if (one->dossiers == one->cap) {
        size_t cap = one->cap ? one->cap * 2 : 64;
        uint64_t *more = realloc(one->dossier, cap * sizeof *more);
        if (!more)
            return false;
        one->dossier = more;
        one->cap = cap;
    }
    one->dossier[one->dossiers++] = id;
    return true;
}

/* The first that was accepted after this entry and steps back behind it. */
static void add_entry(struct ahead *a, const struct event *e)
{
    for (size_t i = 0; i < a->count; i++) {
        struct accepted *one = &a->one[i];
        if (one->event.seq <= e->seq || one->event.recorded_at >= e->recorded_at)
            continue;
        one->entries++;
        a->failed = a->failed || (e->dossier && !add_dossier(one, e->dossier));
        return;
    }
}

/* Backwards from each acceptance to the one before: times do not decrease in between, so the first entry that
 * lies before every acceptance after it ends the search there. */
static void gather(struct ahead *a, struct view *v)
{
    int64_t earliest = INT64_MAX;
    for (size_t i = a->count; i-- > 0 && !a->failed;) {
        uint64_t seq = a->one[i].event.seq, last = i ? a->one[i - 1].event.seq : 1;
        struct event e;
        if (a->one[i].event.recorded_at < earliest)
            earliest = a->one[i].event.recorded_at;
        while (--seq >= last && view_entry(v, seq, &e) && e.recorded_at > earliest && !a->failed)
            add_entry(a, &e);
    }
}

/* ---- which of them are still wrong ---- */

struct search {
    const struct accepted *one;
    bool found;
};

static bool is_timed(enum event_kind kind)
{
    switch (kind) {
    case EVENT_APOLOGIZED:
    case EVENT_RESOLVED:
    case EVENT_RETURNED:
    case EVENT_REFUSED:
    case EVENT_SUPPLEMENT_REQUESTED:
    case EVENT_RESTARTED:
    case EVENT_PAYMENT_AWAITED:
    case EVENT_PAID:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED: return true;
    default: return false;
    }
}

static bool look_at(void *arg, const struct event *e)
{
    struct search *s = arg;
    s->found = s->found ||
               (e->seq < s->one->event.seq && !e->undone_by && is_timed(e->kind) && e->at > s->one->event.at);
    return !s->found;
}

static bool is_wrong(struct view *v, const struct accepted *one, uint64_t id)
{
    struct dossier d;
    struct search s = {.one = one};
    if (!view_dossier(v, id, &d) || d.facts.state == STATE_VOID)
        return false;
    if (d.facts.received > one->event.at)
        return true;
    view_history(v, &d, look_at, &s);
    return s.found;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t each_once(uint64_t *id, size_t count)
{
    size_t n = 0;
    if (count)
        qsort(id, count, sizeof *id, by_id);
    for (size_t i = 0; i < count; i++)
        if (n == 0 || id[n - 1] != id[i])
            id[n++] = id[i];
    return n;
}

static void keep_wrong(struct accepted *one, struct view *v)
{
    size_t n = 0;
    one->dossiers = each_once(one->dossier, one->dossiers);
    for (size_t i = 0; i < one->dossiers; i++)
        if (is_wrong(v, one, one->dossier[i]))
            one->dossier[n++] = one->dossier[i];
    one->dossiers = n;
}

void ahead_read(struct ahead *a, struct view *v)
{
    *a = (struct ahead){.one = NULL};
    view_clocks(v, add_clock, a); /* newest first */
    for (size_t i = 0, j = a->count; i + 1 < j; i++) {
        struct accepted swap = a->one[--j];
        a->one[j] = a->one[i];
        a->one[i] = swap;
    }
    gather(a, v);
    for (size_t i = 0; i < a->count && !a->failed; i++)
        keep_wrong(&a->one[i], v);
}

size_t ahead_dossiers(struct ahead *a)
{
    size_t all = 0, n = 0;
    for (size_t i = 0; i < a->count; i++)
        all += a->one[i].dossiers;
    uint64_t *id = all ? malloc(all * sizeof *id) : NULL;
    a->failed = a->failed || (all && !id);
    if (!id)
        return 0;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < a->one[i].dossiers; k++)
            id[n++] = a->one[i].dossier[k];
    n = each_once(id, n);
    free(id);
    return n;
}
