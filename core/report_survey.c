/* The people to be asked how they were served: whoever handed something in and got the result within the
 * period, lives in the commune, and can be asked. Who is drawn: core/survey. */
#include "core/report_fields.h"
#include "core/survey.h"

#include <stdlib.h>

/* What the list shows of a dossier, beside what it is drawn by. */
struct shown {
    uint64_t id;
    struct str code, procedure, representative;
    civil_minute received, returned;
};

struct polled {
    struct report_fields order; /* of no counts: the fields' order alone */
    struct survey_dossier *dossier;
    struct shown *shown; /* by id, as they come */
    size_t count, cap;
    uint64_t refused;       /* handed over refusals: not a result */
    uint64_t outside;       /* of people from outside the commune */
    uint64_t unrepresented; /* of organisations of which nobody is known */
};

static bool begin(struct report_maker *m)
{
    struct polled *p = arena_alloc(&m->text, sizeof *p);
    m->state = p;
    return p && report_fields_begin(m, &p->order, 1);
}

static void end(struct report_maker *m)
{
    struct polled *p = m->state;
    if (!p)
        return;
    free(p->dossier);
    free(p->shown);
}

/* ---- who may be asked ---- */

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    struct polled *p = m->state;
    if (!report_received_in(f, m->request.period) || f->returned == NO_TIME ||
        !period_has(m->request.period, civil_day_of(f->returned)))
        return NEED_NOTHING;
    if (f->ended_how != ENDED_RESOLVED) {
        p->refused++;
        return NEED_NOTHING;
    }
    if (f->outside) {
        p->outside++;
        return NEED_NOTHING;
    }
    return NEED_DOSSIER;
}

static bool reserve(struct polled *p)
{
    if (p->count < p->cap)
        return true;
    size_t cap = p->cap ? p->cap * 2 : 256;
    struct survey_dossier *dossier = realloc(p->dossier, cap * sizeof *dossier);
    if (dossier)
        p->dossier = dossier;
    struct shown *shown = dossier ? realloc(p->shown, cap * sizeof *shown) : NULL;
    if (!shown)
        return false;
    p->shown = shown;
    p->cap = cap;
    return true;
}

/* Who answers for an organisation: who brought the dossier, else who took the result. */
static struct str representative_of(const struct dossier *d)
{
    if (!d->receipt.applicant.organization)
        return STR_NONE;
    return d->receipt.submitter.n ? d->receipt.submitter : d->returned_to;
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct polled *p = m->state;
    const struct dossier *d = item->dossier;
    const struct applicant *a = &d->receipt.applicant;
    struct str representative = arena_str(&m->text, representative_of(d));
    if (a->organization && !representative.n) {
        p->unrepresented++;
        return;
    }
    if (!reserve(p)) {
        m->failed = true;
        return;
    }
    struct str name = arena_str(&m->text, a->name);
    p->shown[p->count] = (struct shown){
        .id = item->facts->id,
        .code = arena_str(&m->text, d->code),
        .procedure = arena_str(&m->text, item->procedure ? item->procedure->name : d->title),
        .representative = representative,
        .received = item->facts->received,
        .returned = item->facts->returned,
    };
    p->dossier[p->count++] = (struct survey_dossier){
        .id = item->facts->id,
        .field = item->facts->field < p->order.count ? item->facts->field : 0,
        .name = name,
        .asked = a->organization ? representative : name,
        .id_number = arena_str(&m->text, a->id_number),
        .phone = arena_str(&m->text, a->phone),
        .address = arena_str(&m->text, a->address),
    };
}

/* ---- the list ---- */

enum { COL_NO, COL_NAME, COL_REP, COL_ADDRESS, COL_PHONE, COL_FIELD, COL_PROCEDURE, COL_CODE, COL_RECEIVED };

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"name", T_report_survey_name, CELL_TEXT, 14, false},
    {"representative", T_report_survey_representative, CELL_TEXT, 11, false},
    {"address", T_report_survey_address, CELL_TEXT, 14, false},
    {"phone", T_report_column_phone, CELL_TEXT, 10, false},
    {"field", T_report_column_field, CELL_TEXT, 10, false},
    {"procedure", T_report_column_procedure, CELL_TEXT, 16, false},
    {"code", T_report_column_code, CELL_TEXT, 12, false},
    {"received", T_report_column_received, CELL_DATE, 8, false},
    {"returned", T_report_survey_returned, CELL_DATE, 8, false},
};

static const struct report_column field_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"field", T_report_column_field, CELL_TEXT, 24, false},
    {"dossiers", T_report_survey_dossiers, CELL_NUMBER, 8, false},
    {"people", T_report_survey_people, CELL_NUMBER, 8, false},
    {"drawn", T_report_survey_drawn, CELL_NUMBER, 8, true},
};

static int by_shown_id(const void *a, const void *b)
{
    uint64_t x = ((const struct shown *)a)->id, y = ((const struct shown *)b)->id;
    return (x > y) - (x < y);
}

static void write_person(struct report_maker *m, struct report *out, struct report_part *part,
                         const struct survey_dossier *d)
{
    const struct polled *p = m->state;
    const struct shown *s =
        bsearch(&(struct shown){.id = d->id}, p->shown, p->count, sizeof *p->shown, by_shown_id);
    struct report_row *row = report_row(out, part, ROW_PLAIN);
    if (!s)
        return;
    report_field_cells(m, out, row, part->count, d->field);
    row->cell[COL_FIELD] = row->cell[COL_NAME]; /* where that helper puts it */
    cell_text(out, &row->cell[COL_NAME], d->name);
    cell_text(out, &row->cell[COL_REP], s->representative);
    cell_text(out, &row->cell[COL_ADDRESS], d->address);
    cell_text(out, &row->cell[COL_PHONE], d->phone);
    cell_text(out, &row->cell[COL_PROCEDURE], s->procedure);
    cell_text(out, &row->cell[COL_CODE], s->code);
    cell_date(&row->cell[COL_RECEIVED], civil_day_of(s->received));
    cell_date(&row->cell[COL_RECEIVED + 1], civil_day_of(s->returned));
}

static const struct survey_field *find_field(const struct survey *s, uint16_t number)
{
    for (size_t i = 0; i < s->fields; i++)
        if (s->field[i].field == number)
            return &s->field[i];
    return NULL;
}

static void write_list(struct report_maker *m, struct report *out, const struct survey *s,
                       const uint16_t *order)
{
    const struct polled *p = m->state;
    struct report_part *part =
        report_part(out, T_nothing, "people", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; part && i < p->order.count; i++)
        for (size_t n = 0; n < s->count; n++)
            if (p->dossier[s->drawn[n]].field == order[i])
                write_person(m, out, part, &p->dossier[s->drawn[n]]);
}

static void write_fields(struct report_maker *m, struct report *out, const struct survey *s,
                         const uint16_t *order)
{
    const struct polled *p = m->state;
    struct report_part *part = report_part(out, T_report_survey_fields, "fields", field_columns,
                                           sizeof field_columns / sizeof *field_columns);
    for (size_t i = 0; part && i < p->order.count; i++) {
        const struct survey_field *f = find_field(s, order[i]);
        if (!f)
            continue;
        struct report_row *row = report_row(out, part, f->drawn ? ROW_PLAIN : ROW_ALERT);
        report_field_cells(m, out, row, part->count, order[i]);
        cell_number(&row->cell[2], f->dossiers);
        cell_number(&row->cell[3], f->people);
        cell_number(&row->cell[4], f->drawn);
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    report_total_cells(m, out, row);
    cell_number(&row->cell[2], (int64_t)p->count);
    cell_number(&row->cell[3], (int64_t)s->people);
    cell_number(&row->cell[4], (int64_t)s->count);
}

/* ---- below it ---- */

static void note_numbers(struct report_maker *m, struct report *out, enum text_id text, uint64_t a,
                         uint64_t b)
{
    struct buf first = BUF_INIT, second = BUF_INIT;
    buf_addf(&first, "%llu", (unsigned long long)a);
    buf_addf(&second, "%llu", (unsigned long long)b);
    report_note(m, out, text, (const struct str[]){buf_str(&first), buf_str(&second)}, 2);
    m->failed = m->failed || first.failed || second.failed;
    buf_release(&first);
    buf_release(&second);
}

static void write_notes(struct report_maker *m, struct report *out, const struct survey *s, unsigned size,
                        uint64_t seed)
{
    const struct polled *p = m->state;
    size_t empty = 0;
    for (size_t i = 0; i < s->fields; i++)
        empty += !s->field[i].drawn;
    note_numbers(m, out, T_report_survey_note_rules, size, seed);
    if (s->count < size)
        note_numbers(m, out, T_report_survey_note_few, s->people, size);
    if (s->crowded)
        note_numbers(m, out, T_report_survey_note_crowded, s->fields, size);
    else if (empty)
        note_numbers(m, out, T_report_survey_note_shared, empty, 0);
    if (p->outside)
        note_numbers(m, out, T_report_survey_note_outside, p->outside, 0);
    if (p->refused)
        note_numbers(m, out, T_report_survey_note_refused, p->refused, 0);
    if (p->unrepresented)
        note_numbers(m, out, T_report_survey_note_unrepresented, p->unrepresented, 0);
}

/* The same period, the same list, unless somebody asks for another. */
static uint64_t seed_of(const struct report_request *request)
{
    struct civil from = civil_to_ymd(request->period.from), to = civil_to_ymd(request->period.to);
    uint64_t a = (uint64_t)from.year * 10000 + (uint64_t)from.month * 100 + (uint64_t)from.day;
    uint64_t b = (uint64_t)to.year * 10000 + (uint64_t)to.month * 100 + (uint64_t)to.day;
    return request->seed ? request->seed : a * 100000000 + b;
}

static void finish(struct report_maker *m, struct report *out)
{
    struct polled *p = m->state;
    unsigned set = (unsigned)office_settings(m->request.office)->survey_size;
    unsigned size = m->request.size ? m->request.size : set;
    uint64_t seed = seed_of(&m->request);
    const uint16_t *order = report_fields_order(m, &p->order);
    struct survey survey;
    if (p->count)
        qsort(p->shown, p->count, sizeof *p->shown, by_shown_id);
    if (!order || !survey_draw(&m->text, p->dossier, p->count, size, seed, &survey)) {
        m->failed = true;
        return;
    }
    write_list(m, out, &survey, order);
    write_fields(m, out, &survey, order);
    write_notes(m, out, &survey, size, seed);
}

const struct report_ops report_survey = {
    .title = T_report_survey,
    .counted = T_report_survey_counted,
    .has_period = true,
    .personal = true,
    .settled = true,
    .begin = begin,
    .look = look,
    .add = add,
    .finish = finish,
    .free = end,
};
