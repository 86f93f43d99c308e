#include "tui/hits.h"

#include <stdlib.h>

void hits_release(struct hits *h)
{
    free(h->row);
    arena_release(&h->text);
    *h = HITS_INIT;
}

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

/* ---- a walk to the window ---- */

struct walk {
    struct hits *hits;
    struct view *view;
    size_t at, first, end; /* of the list */
    uint64_t id;           /* hits_find: the one looked for */
    bool found, stopped;
};

/* Of all dossiers only the facts are read up to the window; its records alone are decoded. */
static bool in_window(void *arg, const struct facts *f)
{
    struct walk *w = arg;
    (void)f;
    return w->at++ >= w->first;
}

static bool take_all(void *arg, const struct dossier *d)
{
    struct walk *w = arg;
    add(w->hits, w->view, d);
    return w->at < w->end;
}

static bool take_match(void *arg, const struct dossier *d)
{
    struct walk *w = arg;
    size_t at = w->at++;
    if (at >= w->end) {
        w->stopped = true;
        return false;
    }
    if (at >= w->first)
        add(w->hits, w->view, d);
    return true;
}

static void read_all(struct hits *h, struct walk *w)
{
    struct store_stat stat;
    view_stat(w->view, &stat);
    h->total = (size_t)stat.dossiers;
    h->more = false;
    if (w->first < h->total)
        view_scan(w->view, in_window, take_all, w);
}

void hits_read(struct hits *h, struct view *v, const struct query *q, size_t first, size_t rows)
{
    arena_release(&h->text);
    h->count = 0;
    h->first = first;
    h->failed = false;
    struct walk w = {.hits = h, .view = v, .first = first, .end = first + rows};
    if (!q->count) {
        read_all(h, &w);
    } else {
        if (w.end > HITS_MOST)
            w.end = HITS_MOST;
        view_search(v, q, take_match, &w);
        h->total = w.at < w.end ? w.at : w.end;
        h->more = w.stopped;
    }
    h->failed = h->failed || h->text.failed;
}

static bool count_until_facts(void *arg, const struct facts *f)
{
    struct walk *w = arg;
    w->found = f->id == w->id;
    w->at += !w->found;
    return w->found;
}

static bool stop(void *arg, const struct dossier *d)
{
    (void)arg, (void)d;
    return false;
}

static bool count_until(void *arg, const struct dossier *d)
{
    struct walk *w = arg;
    w->found = d->facts.id == w->id;
    w->at += !w->found;
    return !w->found && w->at < HITS_MOST;
}

size_t hits_find(struct view *v, const struct query *q, uint64_t id, size_t otherwise)
{
    struct walk w = {.id = id};
    if (q->count)
        view_search(v, q, count_until, &w);
    else
        view_scan(v, count_until_facts, stop, &w);
    return w.found ? w.at : otherwise;
}

const struct hit_row *hits_at(const struct hits *h, size_t index)
{
    return index >= h->first && index - h->first < h->count ? &h->row[index - h->first] : NULL;
}
