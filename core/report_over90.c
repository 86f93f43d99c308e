/* What has been open for more than ninety days, oldest first: how long of that the applicant was awaited, and
 * who has it. */
#include "core/imported.h"
#include "core/report_fields.h"
#include "core/report_stood.h"
#include "core/words.h"

#include <stdlib.h>

enum { OLD_DAYS = 90 };

struct old {
    struct stood stood;
    int32_t days, waited; /* calendar days */
    uint32_t overdue;     /* working days */
    struct str code, procedure, applicant, holder;
};

struct sum {
    uint64_t dossiers, waiting, overdue;
    int32_t oldest;
};

struct olds {
    struct report_fields fields; /* of struct sum */
    struct old *old;
    size_t count, cap;
};

static bool begin(struct report_maker *m)
{
    struct olds *o = arena_alloc(&m->text, sizeof *o);
    m->state = o;
    return o && report_fields_begin(m, &o->fields, sizeof(struct sum));
}

static void end(struct report_maker *m)
{
    struct olds *o = m->state;
    if (o)
        free(o->old);
}

/* ---- dossier by dossier ---- */

static int32_t age(const struct report_maker *m, const struct facts *f)
{
    return civil_day_of(m->closing) - civil_day_of(f->received);
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    return stood_counts(m, f) && state_is_open(f->state) && age(m, f) > OLD_DAYS ? NEED_HISTORY
                                                                                 : NEED_NOTHING;
}

/* From the day of each request to the day on which what was asked for came, or to the closing. */
static int32_t days_waited(const struct report_maker *m, const struct report_item *item)
{
    civil_minute since = NO_TIME;
    int32_t days = 0;
    for (size_t i = imported_start(item->event, item->events); i < item->events; i++) {
        const struct event *e = &item->event[i];
        if (e->undone_by)
            continue;
        if (e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED)
            since = e->at;
        else if (event_is_import(e->kind))
            since = e->imported.waiting_since;
        else if (e->kind == EVENT_RESTARTED || e->kind == EVENT_PAID) {
            days += since == NO_TIME ? 0 : civil_day_of(e->at) - civil_day_of(since);
            since = NO_TIME;
        }
    }
    return days + (since == NO_TIME ? 0 : civil_day_of(m->closing) - civil_day_of(since));
}

static void count(struct report_maker *m, const struct old *old)
{
    struct olds *o = m->state;
    struct sum *s = report_fields_of(&o->fields, &old->stood.facts);
    s->dossiers++;
    s->waiting += old->stood.waiting;
    s->overdue += old->stood.late;
    s->oldest = old->days > s->oldest ? old->days : s->oldest;
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct olds *o = m->state;
    const struct dossier *d = item->dossier;
    if (o->count == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 64;
        struct old *grown = realloc(o->old, cap * sizeof *grown);
        if (!grown) {
            m->failed = true;
            return;
        }
        o->old = grown;
        o->cap = cap;
    }
    struct old *old = &o->old[o->count++];
    *old = (struct old){.days = age(m, item->facts), .waited = days_waited(m, item)};
    stood_of(m, item, &old->stood);
    old->overdue = stood_late_days(m, &old->stood);
    old->code = arena_str(&m->text, d->code);
    old->procedure = arena_str(&m->text, item->procedure ? item->procedure->name : d->title);
    old->applicant = arena_str(&m->text, d->receipt.applicant.name);
    old->holder = arena_str(&m->text, report_holder(m, d->officer, d->unit));
    count(m, old);
}

/* ---- tables ---- */

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"code", T_report_column_code, CELL_TEXT, 13, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 20, false},
    {"applicant", T_report_column_applicant, CELL_TEXT, 12, false},
    {"received", T_report_column_received, CELL_DATE, 8, false},
    {"days", T_report_over90_days, CELL_NUMBER, 6, true},
    {"state", T_report_column_state, CELL_TEXT, 11, false},
    {"waiting_since", T_report_over90_since, CELL_DATE, 8, false},
    {"days_waited", T_report_over90_waited, CELL_NUMBER, 6, false},
    {"due", T_report_over90_due, CELL_DATE, 8, false},
    {"days_overdue", T_report_over90_overdue_days, CELL_NUMBER, 6, false},
    {"holder", T_report_over90_holder, CELL_TEXT, 11, false},
};

static const struct report_column field_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"field", T_report_column_field, CELL_TEXT, 30, false},
    {"dossiers", T_report_over90_dossiers, CELL_NUMBER, 9, true},
    {"waiting", T_report_over90_waiting, CELL_NUMBER, 9, false},
    {"overdue", T_report_over90_overdue, CELL_NUMBER, 9, false},
    {"oldest", T_report_over90_oldest, CELL_NUMBER, 9, false},
};

static int oldest_first(const void *a, const void *b)
{
    const struct facts *x = &((const struct old *)a)->stood.facts;
    const struct facts *y = &((const struct old *)b)->stood.facts;
    if (x->received != y->received)
        return x->received < y->received ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static void cell_day(struct report_cell *c, civil_minute t)
{
    cell_date(c, t == NO_TIME ? NO_DAY : civil_day_of(t));
}

static void write_old(struct report_maker *m, struct report *out, struct report_row *row,
                      const struct old *old)
{
    const struct facts *f = &old->stood.facts;
    cell_text(out, &row->cell[1], old->code);
    cell_text(out, &row->cell[2], old->procedure);
    cell_text(out, &row->cell[3], old->applicant);
    cell_day(&row->cell[4], f->received);
    cell_number(&row->cell[5], old->days);
    cell_text(out, &row->cell[6], str_of(words_state(m->request.lang, f->state)));
    cell_day(&row->cell[7], f->waiting_since);
    cell_number(&row->cell[8], old->waited);
    cell_day(&row->cell[9], stood_due(m, f));
    cell_number(&row->cell[10], old->overdue);
    cell_text(out, &row->cell[11], old->holder);
}

static void write_sum(struct report_row *row, const struct sum *s)
{
    cell_number(&row->cell[2], (int64_t)s->dossiers);
    cell_number(&row->cell[3], (int64_t)s->waiting);
    cell_number(&row->cell[4], (int64_t)s->overdue);
    if (s->dossiers)
        cell_number(&row->cell[5], s->oldest);
}

static void write_fields(struct report_maker *m, struct report *out)
{
    const struct olds *o = m->state;
    const uint16_t *order = report_fields_order(m, &o->fields);
    struct report_part *part = report_part(out, T_report_over90_fields, "fields", field_columns,
                                           sizeof field_columns / sizeof *field_columns);
    struct sum total = {0};
    for (size_t i = 0; order && part && i < o->fields.count; i++) {
        const struct sum *s = report_fields_at(&o->fields, order[i]);
        if (!s->dossiers)
            continue;
        struct report_row *row = report_row(out, part, ROW_PLAIN);
        report_field_cells(m, out, row, part->count, order[i]);
        write_sum(row, s);
        total.dossiers += s->dossiers;
        total.waiting += s->waiting;
        total.overdue += s->overdue;
        total.oldest = s->oldest > total.oldest ? s->oldest : total.oldest;
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    report_total_cells(m, out, row);
    write_sum(row, &total);
}

static void finish(struct report_maker *m, struct report *out)
{
    const struct olds *o = m->state;
    struct report_part *part =
        report_part(out, T_nothing, "dossiers", columns, sizeof columns / sizeof *columns);
    if (o->count)
        qsort(o->old, o->count, sizeof *o->old, oldest_first);
    for (size_t i = 0; part && i < o->count; i++) {
        struct report_row *row = report_row(out, part, o->old[i].stood.late ? ROW_ALERT : ROW_PLAIN);
        cell_number(&row->cell[0], (int64_t)i + 1);
        write_old(m, out, row, &o->old[i]);
    }
    write_fields(m, out);
    report_note(m, out, T_report_over90_note, NULL, 0);
}

const struct report_ops report_over90 = {
    .title = T_report_over90,
    .counted = T_report_over90_counted,
    .personal = true,
    .begin = begin,
    .look = look,
    .add = add,
    .finish = finish,
    .free = end,
};
