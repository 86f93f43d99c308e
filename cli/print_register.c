#include "cli/print_register.h"

static bool is_wanted(const struct register_rows *r, const struct dossier *d)
{
    civil_day day = civil_day_of(d->facts.received);
    return r->book ? d->in_register.number && d->in_register.year == r->book : day >= r->from && day <= r->to;
}

static void note_id(struct register_rows *r, uint64_t id)
{
    r->first = id; /* newest first */
    if (!r->last)
        r->last = id;
}

/* The day stands among the facts; the number only in the record. */
static bool look(void *arg, const struct facts *f)
{
    struct register_rows *r = arg;
    civil_day day = civil_day_of(f->received);
    if (!r->book && day >= r->from && day <= r->to)
        note_id(r, f->id);
    return r->book;
}

static bool look_into(void *arg, const struct dossier *d)
{
    struct register_rows *r = arg;
    if (is_wanted(r, d))
        note_id(r, d->facts.id);
    return true;
}

/* Ids are in the order of logging; a year's lie side by side but for what was recorded late. */
static void find_ends(struct register_rows *r)
{
    r->first = r->last = 0;
    view_scan(r->view, look, look_into, r);
}

static bool each(void *arg, register_take *take, void *to)
{
    const struct register_rows *r = arg;
    for (uint64_t id = r->first; id && id <= r->last; id++) {
        struct dossier d;
        struct procedure procedure;
        if (!view_dossier(r->view, id, &d))
            break;
        if (!is_wanted(r, &d))
            continue;
        bool known = view_procedure_of(r->view, &d, &procedure);
        if (!take(to, &d, known ? &procedure : NULL))
            break;
    }
    struct outcome o = view_fault(r->view);
    return outcome_ok(&o);
}

struct register_source print_register_source(struct register_rows *rows, struct cli *c, int book,
                                             civil_day from, civil_day to)
{
    *rows = (struct register_rows){.view = c->view, .book = book, .from = from, .to = to};
    find_ends(rows);
    return (struct register_source){each, rows};
}
