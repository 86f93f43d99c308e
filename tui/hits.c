#include "tui/hits.h"

#include <stdlib.h>

void hits_release(struct hits *h)
{
    free(h->row);
    free(h->finds.find);
    free(h->anew.find);
    search_free(h->search);
    query_release(&h->query);
    arena_release(&h->text);
    *h = HITS_INIT;
}

/* ---- what was found ---- */

static bool is_newer(const struct found *a, const struct found *b)
{
    return a->received != b->received ? a->received > b->received : a->id > b->id;
}

static bool make_room(struct finds *f)
{
    if (f->count < f->cap)
        return true;
    size_t cap = f->cap ? 2 * f->cap : 64;
    struct found *more = reallocarray(f->find, cap, sizeof *more);
    if (!more)
        return false;
    f->find = more;
    f->cap = cap;
    return true;
}

static void take_out(struct finds *f, size_t at)
{
    memmove(f->find + at, f->find + at + 1, (--f->count - at) * sizeof *f->find);
}

static size_t place_of(const struct finds *f, uint64_t id)
{
    size_t at = 0;
    while (at < f->count && f->find[at].id != id)
        at++;
    return at;
}

/* Nearly always at the end. Not where a search had to begin again: then it may tell a dossier twice. */
static void put_in(struct finds *f, struct found find)
{
    if (f->count && !is_newer(&f->find[f->count - 1], &find)) {
        size_t at = place_of(f, find.id);
        if (at < f->count)
            take_out(f, at);
    }
    size_t at = f->count++;
    for (; at && is_newer(&find, &f->find[at - 1]); at--)
        f->find[at] = f->find[at - 1];
    f->find[at] = find;
}

/* ---- searching ---- */

static void begin(struct hits *h)
{
    search_free(h->search);
    h->anew.count = 0;
    h->anew.more = false;
    h->fault = OUTCOME_DONE;
    h->search = search_new(&h->query);
    h->failed = h->failed || !h->search;
}

bool hits_ask(struct hits *h, struct str typed)
{
    search_free(h->search);
    h->search = NULL;
    h->again = h->failed = false;
    h->fault = OUTCOME_DONE;
    h->finds.count = h->total = 0;
    h->finds.more = h->more = false;
    query_release(&h->query);
    bool fine = query_init(&h->query, typed);
    if (fine && h->query.count)
        begin(h);
    return fine;
}

void hits_ask_again(struct hits *h)
{
    if (!h->query.count || hits_is_first(h))
        return;
    h->again = true;
    begin(h);
}

bool hits_is_busy(const struct hits *h)
{
    return h->search != NULL;
}

bool hits_is_first(const struct hits *h)
{
    return h->search && !h->again;
}

struct working {
    struct hits *hits;
    struct finds *to;
    struct slice *slice;
};

static bool take(void *arg, const struct found *found)
{
    struct working *w = arg;
    if (w->to->count >= HITS_MOST) {
        w->to->more = true;
        return false;
    }
    if (!make_room(w->to)) {
        w->hits->failed = true;
        return false;
    }
    put_in(w->to, *found);
    return true;
}

static bool goes_on(void *arg)
{
    struct working *w = arg;
    return slice_goes_on(w->slice);
}

static void finish(struct hits *h)
{
    search_free(h->search);
    h->search = NULL;
    if (h->again) {
        struct finds old = h->finds;
        h->finds = h->anew;
        h->anew = old;
        h->again = false;
    }
}

bool hits_work(struct hits *h, struct view *v, struct slice *slice)
{
    if (!h->search)
        return false;
    struct working w = {h, h->again ? &h->anew : &h->finds, slice};
    if (search_some(h->search, v, goes_on, take, &w))
        finish(h);
    struct outcome fault = view_fault(v);
    if (!outcome_ok(&fault))
        h->fault = fault;
    h->total = h->finds.count;
    h->more = h->finds.more;
    return h->search != NULL;
}

/* ---- the window ---- */

static struct str keep(struct hits *h, struct str s)
{
    return arena_str(&h->text, s);
}

static void add(struct hits *h, struct view *v, const struct dossier *d)
{
    if (h->count == h->cap) {
        size_t cap = h->cap ? 2 * h->cap : 64;
        struct hit_row *more = reallocarray(h->row, cap, sizeof *more);
        if (!more) {
            h->failed = true;
            return;
        }
        h->row = more;
        h->cap = cap;
    }
    struct row row;
    row_of(&row, d);
    struct str *texts[] = {&row.code,  &row.procedure, &row.kase, &row.applicant,
                           &row.phone, &row.officer,   &row.unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = keep(h, *texts[i]);
    struct procedure p;
    const struct officer *o = office_find_officer(view_office(v), d->officer);
    h->row[h->count++] = (struct hit_row){
        .row = row,
        .procedure_name = view_procedure_of(v, d, &p) ? keep(h, p.name) : row.procedure,
        .holder_name = o ? keep(h, o->name) : STR_NONE,
    };
}

/* Ids are given one after the other: the list of all needs no search. */
static void read_all(struct hits *h, struct view *v, size_t rows)
{
    struct dossier d;
    h->total = (size_t)view_dossiers(v);
    h->more = false;
    for (size_t at = h->first; at < h->total && h->count < rows && !h->failed; at++)
        if (view_dossier(v, h->total - at, &d))
            add(h, v, &d);
}

static void read_found(struct hits *h, struct view *v, size_t rows)
{
    struct dossier d;
    while (h->first + h->count < h->finds.count && h->count < rows && !h->failed)
        if (view_dossier(v, h->finds.find[h->first + h->count].id, &d))
            add(h, v, &d);
        else
            take_out(&h->finds, h->first + h->count);
    h->total = h->finds.count;
}

void hits_read(struct hits *h, struct view *v, size_t first, size_t rows)
{
    arena_release(&h->text);
    h->count = 0;
    h->first = first;
    h->failed = false;
    if (h->query.count)
        read_found(h, v, rows);
    else
        read_all(h, v, rows);
    h->failed = h->failed || h->text.failed;
}

size_t hits_find(struct hits *h, struct view *v, uint64_t id, size_t otherwise)
{
    if (!h->query.count) {
        uint64_t all = view_dossiers(v);
        return id && id <= all ? (size_t)(all - id) : otherwise;
    }
    size_t at = place_of(&h->finds, id);
    return at < h->finds.count ? at : otherwise;
}

uint64_t hits_id(const struct hits *h, size_t index)
{
    if (index >= h->total)
        return 0;
    return h->query.count ? h->finds.find[index].id : h->total - index;
}

const struct hit_row *hits_at(const struct hits *h, size_t index)
{
    return index >= h->first && index - h->first < h->count ? &h->row[index - h->first] : NULL;
}
