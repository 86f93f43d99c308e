#include "core/report_fields.h"

#include "core/text.h"
#include <stdlib.h>

bool report_fields_begin(struct report_maker *m, struct report_fields *f, size_t size)
{
    f->size = size;
    f->count = (size_t)office_field_count(m->request.office) + 1;
    f->counter = arena_alloc(&m->text, f->count * size);
    return f->counter != NULL;
}

void *report_fields_of(const struct report_fields *f, const struct facts *facts)
{
    return report_fields_at(f, facts->field < f->count ? facts->field : 0);
}

/* ---- order ---- */

struct named {
    struct str folded, name;
    uint16_t number;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    if (!x->number != !y->number)
        return !x->number - !y->number;
    int c = str_cmp(x->folded, y->folded);
    if (!c)
        c = str_cmp(x->name, y->name);
    return c ? c : (x->number > y->number) - (x->number < y->number);
}

static bool name_all(struct report_maker *m, struct named *all, size_t count)
{
    struct buf folded = BUF_INIT;
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        buf_reset(&folded);
        all[i].number = (uint16_t)i;
        all[i].name = office_field(m->request.office, (uint16_t)i);
        text_fold(&folded, all[i].name);
        all[i].folded = arena_str(&m->text, buf_str(&folded));
        good = !folded.failed && !m->text.failed;
    }
    buf_release(&folded);
    return good;
}

const uint16_t *report_fields_order(struct report_maker *m, const struct report_fields *f)
{
    struct named *all = arena_alloc(&m->text, f->count * sizeof *all);
    uint16_t *order = arena_alloc(&m->text, f->count * sizeof *order);
    if (!all || !order || !name_all(m, all, f->count)) {
        m->failed = true;
        return NULL;
    }
    qsort(all, f->count, sizeof *all, by_name);
    for (size_t i = 0; i < f->count; i++)
        order[i] = all[i].number;
    return order;
}

/* ---- cells ---- */

void report_field_cells(struct report_maker *m, struct report *out, struct report_row *row, size_t no,
                        uint16_t field)
{
    struct str name = office_field(m->request.office, field);
    cell_number(&row->cell[0], (int64_t)no);
    if (field && name.n)
        cell_text(out, &row->cell[1], name);
    else
        cell_label(out, &row->cell[1], m->request.lang, T_report_field_unknown);
}

void report_total_cells(struct report_maker *m, struct report *out, struct report_row *row)
{
    cell_label(out, &row->cell[1], m->request.lang, T_report_total);
}
