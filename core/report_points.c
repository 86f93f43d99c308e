/* Points for the dossiers solved in the period (core/points.h), field by field. */
#include "core/points.h"
#include "core/report_fields.h"

static bool begin(struct report_maker *m)
{
    struct report_fields *f = arena_alloc(&m->text, sizeof *f);
    m->state = f;
    return f && report_fields_begin(m, f, sizeof(struct points));
}

static void span(const struct report_maker *m, struct report_span *out)
{
    *out = (struct report_span){.received_by = INT64_MAX, .solved_from = civil_at(m->request.period.from, 0)};
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    if (solved == NO_TIME || !period_has(m->request.period, civil_day_of(solved)))
        return NEED_NOTHING;
    struct points *p = report_fields_of(m->state, f);
    switch (report_timing(f, m->basis)) {
    case TIMING_EARLY: p->two++; break;
    case TIMING_ON_TIME: p->one++; break;
    case TIMING_LATE: p->none++; break;
    }
    return NEED_NOTHING;
}

static const struct report_column columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"field", T_report_column_field, CELL_TEXT, 20, false},
    {"solved", T_report_points_solved, CELL_NUMBER, 7, false},
    {"two", T_report_points_two, CELL_NUMBER, 7, false},
    {"one", T_report_points_one, CELL_NUMBER, 7, false},
    {"none", T_report_points_none, CELL_NUMBER, 7, false},
    {"points", T_report_points_sum, CELL_NUMBER, 7, false},
    {"average", T_report_points_average, CELL_HUNDREDTHS, 7, false},
    {"share", T_report_points_share, CELL_PERCENT, 8, true},
    {"grade", T_report_points_grade, CELL_TEXT, 10, false},
};

static void write_points(struct report_maker *m, struct report *out, struct report_row *row,
                         const struct points *p)
{
    uint64_t all = points_dossiers(p), sum = points_sum(p);
    const uint64_t numbers[] = {all, p->two, p->one, p->none, sum};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        cell_number(&row->cell[i + 2], (int64_t)numbers[i]);
    if (!all)
        return;
    cell_hundredths(&row->cell[7], (int64_t)((sum * 100 + all / 2) / all));
    cell_percent(&row->cell[8], sum, points_most(p));
    cell_label(out, &row->cell[9], m->request.lang,
               points_are_good(p) ? T_report_points_good : T_report_points_not_good);
}

static void finish(struct report_maker *m, struct report *out)
{
    const struct report_fields *f = m->state;
    const uint16_t *order = report_fields_order(m, f);
    struct report_part *part =
        report_part(out, T_nothing, "fields", columns, sizeof columns / sizeof *columns);
    struct points total = {0};
    if (!order || !part)
        return;
    for (size_t i = 0, no = 0; i < f->count; i++) {
        const struct points *p = report_fields_at(f, order[i]);
        if (!points_dossiers(p))
            continue;
        struct report_row *row = report_row(out, part, ROW_PLAIN);
        report_field_cells(m, out, row, ++no, order[i]);
        write_points(m, out, row, p);
        total = (struct points){total.two + p->two, total.one + p->one, total.none + p->none};
    }
    struct report_row *row = report_row(out, part, ROW_TOTAL);
    report_total_cells(m, out, row);
    write_points(m, out, row, &total);
    report_note(m, out, T_report_points_note, NULL, 0);
}

const struct report_ops report_points = {
    .title = T_report_points,
    .counted = T_report_points_counted,
    .has_period = true,
    .settled = true,
    .entries = true,
    .begin = begin,
    .span = span,
    .look = look,
    .finish = finish,
};
