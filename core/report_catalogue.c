/* The procedures the desk offers, for its wall: all of them, and none that was retired. */
#include "core/report_fields.h"

#include <stdlib.h>

struct offered {
    const struct procedure **procedure; /* by field as the reports order them, then by code and case */
    size_t count;
    size_t codes, retired;
    size_t *place; /* of each field in that order */
    size_t fields;
};

static bool same_code(const struct procedure *a, const struct procedure *b)
{
    return a && str_eq(a->code, b->code);
}

static bool gather(struct report_maker *m, struct offered *o, const struct report_fields *f,
                   const uint16_t *order)
{
    size_t all = office_procedure_count(m->request.office);
    const struct procedure *before = NULL;
    o->fields = f->count;
    o->place = arena_alloc(&m->text, f->count * sizeof *o->place);
    o->procedure = arena_alloc(&m->text, (all + 1) * sizeof *o->procedure);
    if (!o->place || !o->procedure)
        return false;
    for (size_t i = 0; i < f->count; i++)
        o->place[order[i]] = i;
    /* Field by field; the office has each in the order of codes. */
    for (size_t i = 0; i < all; i++) {
        const struct procedure *p = office_procedure(m->request.office, i);
        if (p->retired) {
            o->retired++;
            continue;
        }
        o->codes += !same_code(before, p);
        before = p;
        o->procedure[o->count++] = p;
    }
    return true;
}

static size_t place_of(const struct offered *o, const struct procedure *p)
{
    return o->place[p->field_number < o->fields ? p->field_number : 0];
}

/* A stable sort by field, so that codes stay in order: insertion by counting. */
static bool sort_by_field(struct report_maker *m, struct offered *o)
{
    size_t *from = arena_alloc(&m->text, (o->fields + 1) * sizeof *from);
    const struct procedure **sorted = arena_alloc(&m->text, (o->count + 1) * sizeof *sorted);
    if (!from || !sorted)
        return false;
    for (size_t i = 0; i < o->count; i++)
        from[place_of(o, o->procedure[i]) + 1]++;
    for (size_t i = 1; i <= o->fields; i++)
        from[i] += from[i - 1];
    for (size_t i = 0; i < o->count; i++)
        sorted[from[place_of(o, o->procedure[i])]++] = o->procedure[i];
    o->procedure = sorted;
    return true;
}

/* ---- tables ---- */

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 4, false},
    {"procedure_code", T_report_catalogue_code, CELL_TEXT, 12, false},
    {"procedure", T_report_catalogue_name, CELL_TEXT, 44, false},
    {"field", T_report_column_field, CELL_TEXT, 16, false},
    {"limit", T_report_catalogue_limit, CELL_TEXT, 13, false},
    {"fee", T_report_catalogue_fee, CELL_MONEY, 9, false},
    {"online", T_report_catalogue_online, CELL_TEXT, 8, false},
    {"postal", T_report_catalogue_postal, CELL_TEXT, 8, false},
};

static const struct report_column field_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 4, false},
    {"field", T_report_column_field, CELL_TEXT, 40, false},
    {"procedures", T_report_catalogue_procedures, CELL_NUMBER, 10, true},
    {"online", T_report_catalogue_online, CELL_NUMBER, 10, false},
    {"postal", T_report_catalogue_postal, CELL_NUMBER, 10, false},
};

/* Empty where the catalogue does not say. */
static void cell_offered(struct report_maker *m, struct report *out, struct report_cell *c, int8_t offered)
{
    if (offered >= 0)
        cell_label(out, c, m->request.lang, offered ? T_core_yes : T_core_no);
}

static void write_procedure(struct report_maker *m, struct report *out, struct report_part *part,
                            const struct procedure *p)
{
    struct report_row *row = report_row(out, part, ROW_PLAIN);
    struct buf text = BUF_INIT;
    cell_number(&row->cell[0], (int64_t)part->count);
    buf_add_str(&text, p->code);
    if (p->kase.n) {
        buf_add_char(&text, '#');
        buf_add_str(&text, p->kase);
    }
    cell_text(out, &row->cell[1], buf_str(&text));
    cell_text(out, &row->cell[2], p->name);
    cell_text(out, &row->cell[3], p->field);
    buf_reset(&text);
    lang_limit(&text, m->request.lang, &p->limit);
    cell_text(out, &row->cell[4], buf_str(&text));
    if (p->fee >= 0)
        cell_money(&row->cell[5], p->fee);
    cell_offered(m, out, &row->cell[6], p->online);
    cell_offered(m, out, &row->cell[7], p->postal);
    m->failed = m->failed || text.failed;
    buf_release(&text);
}

struct sum {
    size_t procedures, online, postal;
};

static void write_sum(struct report_row *row, const struct sum *s)
{
    cell_number(&row->cell[2], (int64_t)s->procedures);
    cell_number(&row->cell[3], (int64_t)s->online);
    cell_number(&row->cell[4], (int64_t)s->postal);
}

static void write_fields(struct report_maker *m, struct report *out, const struct offered *o,
                         const uint16_t *order)
{
    struct report_part *part = report_part(out, T_report_catalogue_fields, "fields", field_columns,
                                           sizeof field_columns / sizeof *field_columns);
    struct sum total = {0};
    for (size_t i = 0, n = 0; part && i < o->fields; i++) {
        struct sum s = {0};
        for (; n < o->count && place_of(o, o->procedure[n]) == i; n++) {
            s.procedures++;
            s.online += o->procedure[n]->online == 1;
            s.postal += o->procedure[n]->postal == 1;
        }
        if (!s.procedures)
            continue;
        struct report_row *row = report_row(out, part, ROW_PLAIN);
        report_field_cells(m, out, row, part->count, order[i]);
        write_sum(row, &s);
        total.procedures += s.procedures;
        total.online += s.online;
        total.postal += s.postal;
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    report_total_cells(m, out, row);
    write_sum(row, &total);
    if (total.procedures != o->count)
        m->failed = true; /* never a wall that leaves one out */
}

/* All of what is offered stands on it, and nothing else. */
static bool is_whole(const struct report_maker *m, const struct offered *o)
{
    size_t offered = 0;
    for (size_t i = 0; i < office_procedure_count(m->request.office); i++)
        offered += !office_procedure(m->request.office, i)->retired;
    for (size_t i = 0; i < o->count; i++)
        if (o->procedure[i]->retired)
            return false;
    return offered == o->count;
}

/* A number stays a number, so what a nought and a gap mean is said below. */
static void note_fees(struct report_maker *m, struct report *out, const struct offered *o)
{
    bool free_ones = false, unknown = false;
    for (size_t i = 0; i < o->count; i++) {
        free_ones = free_ones || o->procedure[i]->fee == 0;
        unknown = unknown || o->procedure[i]->fee < 0;
    }
    if (free_ones)
        report_note(m, out, T_report_catalogue_note_free, NULL, 0);
    if (unknown)
        report_note(m, out, T_report_catalogue_note_unknown, NULL, 0);
}

static void finish(struct report_maker *m, struct report *out)
{
    struct report_fields fields;
    struct offered o = {0};
    const uint16_t *order = report_fields_begin(m, &fields, 1) ? report_fields_order(m, &fields) : NULL;
    if (!order || !gather(m, &o, &fields, order) || !sort_by_field(m, &o) || !is_whole(m, &o)) {
        m->failed = true;
        return;
    }
    struct report_part *part =
        report_part(out, T_nothing, "procedures", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; part && i < o.count; i++)
        write_procedure(m, out, part, o.procedure[i]);
    write_fields(m, out, &o, order);
    struct buf rows = BUF_INIT, codes = BUF_INIT, retired = BUF_INIT;
    buf_add_int(&rows, (int64_t)o.count);
    buf_add_int(&codes, (int64_t)o.codes);
    buf_add_int(&retired, (int64_t)o.retired);
    report_note(m, out, T_report_catalogue_note,
                (const struct str[]){buf_str(&rows), buf_str(&codes), buf_str(&retired)}, 3);
    m->failed = m->failed || rows.failed || codes.failed || retired.failed;
    buf_release(&rows);
    buf_release(&codes);
    buf_release(&retired);
    note_fees(m, out, &o);
}

const struct report_ops report_catalogue = {
    .title = T_report_catalogue, .counted = T_report_catalogue_counted, .finish = finish};
