#include "cli/print_register.h"

static bool is_wanted(const struct register_rows *r, const struct facts *f)
{
    civil_day day = civil_day_of(f->received);
    return day >= r->from && day <= r->to;
}

static bool note_id(void *arg, const struct facts *f)
{
    struct register_rows *r = arg;
    if (is_wanted(r, f)) {
        r->first = f->id; /* newest first */
        if (!r->last)
            r->last = f->id;
    }
    return false; /* its record is not needed */
}

static bool never(void *arg, const struct dossier *d)
{
    (void)arg;
    (void)d;
    return false;
}

/* Ids are in the order of logging; a year's lie side by side but for what was recorded late. */
static void find_ends(struct register_rows *r)
{
    r->first = r->last = 0;
    view_scan(r->view, note_id, never, r);
}

static bool each(void *arg, register_take *take, void *to)
{
    const struct register_rows *r = arg;
    for (uint64_t id = r->first; id && id <= r->last; id++) {
        struct dossier d;
        struct procedure procedure;
        if (!view_dossier(r->view, id, &d))
            break;
        if (!is_wanted(r, &d.facts))
            continue;
        bool known = view_procedure_of(r->view, &d, &procedure);
        if (!take(to, &d, known ? &procedure : NULL))
            break;
    }
    struct outcome o = view_fault(r->view);
    return outcome_ok(&o);
}

struct register_source print_register_source(struct register_rows *rows, struct cli *c, civil_day from,
                                             civil_day to)
{
    *rows = (struct register_rows){.view = c->view, .from = from, .to = to};
    find_ends(rows);
    return (struct register_source){each, rows};
}
