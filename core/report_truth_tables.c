/* The tables of the report of truth. */
#include "core/report_truth.h"

#include "core/words.h"
#include <stdlib.h>

#define COUNT(columns) (sizeof(columns) / sizeof *(columns))

static void cell_day(struct report_cell *c, civil_minute t)
{
    cell_date(c, t == NO_TIME ? NO_DAY : civil_day_of(t));
}

static struct report_row *numbered(struct report *out, struct report_part *part, enum row_kind kind)
{
    struct report_row *row = report_row(out, part, kind);
    cell_number(&row->cell[0], (int64_t)part->count);
    return row;
}

static int by_code_id(const void *a, const void *b)
{
    uint64_t x = ((const struct truth_code *)a)->id, y = ((const struct truth_code *)b)->id;
    return (x > y) - (x < y);
}

static const struct truth_code *code_of(const struct truth *t, uint64_t dossier)
{
    return t->codes.count ? bsearch(&(struct truth_code){.id = dossier}, t->codes.item, t->codes.count,
                                    t->codes.size, by_code_id)
                          : NULL;
}

/* What a void record's entries say is of no account, nor what was taken back. */
static bool stands(const struct truth *t, const struct truth_entry *e)
{
    return !truth_has_id(&t->undone, e->seq) && (!e->dossier || code_of(t, e->dossier));
}

/* ---- (1) recorded long after it happened ---- */

static const struct report_column late_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"seq", T_report_truth_seq, CELL_NUMBER, 6, false},
    {"code", T_report_column_code, CELL_TEXT, 16, false},
    {"what", T_report_truth_what, CELL_TEXT, 20, false},
    {"at", T_report_truth_at, CELL_TIME, 12, false},
    {"recorded", T_report_truth_recorded, CELL_TIME, 12, false},
    {"by", T_report_truth_by, CELL_TEXT, 14, false},
    {"days", T_report_truth_days, CELL_NUMBER, 8, true},
};

static int latest_first(const void *a, const void *b)
{
    const struct truth_entry *x = a, *y = b;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

static void write_entry(struct report_maker *m, struct report *out, struct report_row *row,
                        const struct truth_entry *e)
{
    const struct truth *t = m->state;
    const struct truth_code *code = code_of(t, e->dossier);
    cell_number(&row->cell[1], (int64_t)e->seq);
    if (code)
        cell_text(out, &row->cell[2], code->code);
    cell_text(out, &row->cell[3], str_of(words_event(m->request.lang, e->kind)));
    cell_time(&row->cell[4], e->at);
    cell_time(&row->cell[5], e->recorded);
}

static size_t write_late(struct report_maker *m, struct report *out)
{
    const struct truth *t = m->state;
    struct truth_entry *entry = t->late.item;
    struct report_part *part =
        report_part(out, T_report_truth_late, "recorded_late", late_columns, COUNT(late_columns));
    if (t->late.count)
        qsort(entry, t->late.count, sizeof *entry, latest_first);
    for (size_t i = 0; part && i < t->late.count; i++) {
        if (!stands(t, &entry[i]))
            continue;
        struct report_row *row = numbered(out, part, ROW_PLAIN);
        write_entry(m, out, row, &entry[i]);
        cell_time(&row->cell[5], entry[i].written);
        cell_text(out, &row->cell[6], report_officer(m, entry[i].by));
        cell_number(&row->cell[7], entry[i].days);
    }
    return part ? part->count : 0;
}

/* ---- (2) on time because somebody said so afterwards ---- */

static const struct report_column hidden_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"code", T_report_column_code, CELL_TEXT, 16, false},
    {"what", T_report_truth_what, CELL_TEXT, 16, false},
    {"due", T_report_truth_due, CELL_DATE, 9, false},
    {"at", T_report_truth_at, CELL_TIME, 12, false},
    {"recorded", T_report_truth_recorded, CELL_TIME, 12, false},
    {"by", T_report_truth_by, CELL_TEXT, 14, false},
    {"days", T_report_truth_days_after_due, CELL_NUMBER, 9, true},
};

static int hidden_order(const void *a, const void *b)
{
    const struct truth_hidden *x = a, *y = b;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static size_t write_hidden(struct report_maker *m, struct report *out)
{
    const struct truth *t = m->state;
    struct truth_hidden *h = t->hidden.item;
    struct report_part *part = report_part(out, T_report_truth_hidden, "on_time_recorded_late",
                                           hidden_columns, COUNT(hidden_columns));
    if (t->hidden.count)
        qsort(h, t->hidden.count, sizeof *h, hidden_order);
    for (size_t i = 0; part && i < t->hidden.count; i++) {
        struct report_row *row = numbered(out, part, ROW_ALERT);
        cell_text(out, &row->cell[1], h[i].code);
        cell_text(out, &row->cell[2], h[i].how);
        cell_day(&row->cell[3], h[i].due);
        cell_time(&row->cell[4], h[i].at);
        cell_time(&row->cell[5], h[i].recorded);
        cell_text(out, &row->cell[6], h[i].by);
        cell_number(&row->cell[7], h[i].days);
    }
    return t->hidden.count;
}

/* ---- (3) late without a letter, (4) ready and not collected ---- */

static const struct report_column letterless_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"code", T_report_column_code, CELL_TEXT, 16, false},
    {"state", T_report_column_state, CELL_TEXT, 14, false},
    {"received", T_report_column_received, CELL_DATE, 9, false},
    {"due", T_report_truth_due, CELL_DATE, 9, false},
    {"solved", T_report_column_solved, CELL_DATE, 9, false},
    {"days", T_report_column_days_late, CELL_NUMBER, 7, true},
    {"reason", T_report_column_reason, CELL_TEXT, 16, false},
    {"holder", T_report_truth_holder, CELL_TEXT, 14, false},
};

static const struct report_column uncollected_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"code", T_report_column_code, CELL_TEXT, 16, false},
    {"state", T_report_column_state, CELL_TEXT, 14, false},
    {"received", T_report_column_received, CELL_DATE, 9, false},
    {"solved", T_report_truth_ready, CELL_DATE, 9, false},
    {"days", T_report_truth_days_ready, CELL_NUMBER, 8, true},
    {"holder", T_report_truth_holder, CELL_TEXT, 14, false},
};

static int most_days_first(const void *a, const void *b)
{
    const struct truth_case *x = a, *y = b;
    if (x->days != y->days)
        return x->days > y->days ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static size_t write_letterless(struct report_maker *m, struct report *out)
{
    const struct truth *t = m->state;
    struct truth_case *c = t->letterless.item;
    struct report_part *part = report_part(out, T_report_truth_letterless, "late_without_letter",
                                           letterless_columns, COUNT(letterless_columns));
    if (t->letterless.count)
        qsort(c, t->letterless.count, sizeof *c, most_days_first);
    for (size_t i = 0; part && i < t->letterless.count; i++) {
        struct report_row *row = numbered(out, part, ROW_PLAIN);
        cell_text(out, &row->cell[1], c[i].code);
        cell_text(out, &row->cell[2], c[i].state);
        cell_day(&row->cell[3], c[i].received);
        cell_day(&row->cell[4], c[i].due);
        cell_day(&row->cell[5], c[i].solved);
        cell_number(&row->cell[6], c[i].days);
        cell_text(out, &row->cell[7], c[i].reason);
        cell_text(out, &row->cell[8], c[i].holder);
    }
    return t->letterless.count;
}

static size_t write_uncollected(struct report_maker *m, struct report *out)
{
    const struct truth *t = m->state;
    struct truth_case *c = t->uncollected.item;
    struct report_part *part = report_part(out, T_report_truth_uncollected, "uncollected",
                                           uncollected_columns, COUNT(uncollected_columns));
    if (t->uncollected.count)
        qsort(c, t->uncollected.count, sizeof *c, most_days_first);
    for (size_t i = 0; part && i < t->uncollected.count; i++) {
        struct report_row *row = numbered(out, part, ROW_PLAIN);
        cell_text(out, &row->cell[1], c[i].code);
        cell_text(out, &row->cell[2], c[i].state);
        cell_day(&row->cell[3], c[i].received);
        cell_day(&row->cell[4], c[i].solved);
        cell_number(&row->cell[5], c[i].days);
        cell_text(out, &row->cell[6], c[i].holder);
    }
    return t->uncollected.count;
}

/* ---- (6) while the clock ran ahead ---- */

static const struct report_column clock_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"seq", T_report_truth_seq, CELL_NUMBER, 6, false},
    {"code", T_report_column_code, CELL_TEXT, 16, false},
    {"what", T_report_truth_what, CELL_TEXT, 18, false},
    {"at", T_report_truth_at, CELL_TIME, 12, false},
    {"recorded", T_report_truth_clock_said, CELL_TIME, 12, false},
    {"written", T_report_truth_written, CELL_TIME, 12, false},
    {"by", T_report_truth_by, CELL_TEXT, 12, false},
    {"timing", T_report_column_timing, CELL_TEXT, 9, false},
};

/* What happened later than it was written has a moment that the clock made up, and so has whatever is counted
 * from it. */
static size_t write_clock(struct report_maker *m, struct report *out)
{
    const struct truth *t = m->state;
    const struct truth_entry *entry = t->clock.item;
    struct report_part *part =
        report_part(out, T_report_truth_clock, "clock", clock_columns, COUNT(clock_columns));
    for (size_t i = 0; part && i < t->clock.count; i++) {
        const struct truth_entry *e = &entry[i];
        const struct truth_code *code = code_of(t, e->dossier);
        if (!stands(t, e))
            continue;
        struct report_row *row = numbered(out, part, e->at > e->written ? ROW_ALERT : ROW_PLAIN);
        write_entry(m, out, row, e);
        cell_time(&row->cell[6], e->written);
        cell_text(out, &row->cell[7], report_officer(m, e->by));
        if (code)
            cell_text(out, &row->cell[8], code->timing);
    }
    return part ? part->count : 0;
}

/* ---- (7) due times moved once they had passed ---- */

static const struct report_column moved_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"seq", T_report_truth_seq, CELL_NUMBER, 6, false},
    {"code", T_report_column_code, CELL_TEXT, 16, false},
    {"what", T_report_truth_what, CELL_TEXT, 16, false},
    {"recorded", T_report_truth_recorded, CELL_TIME, 12, false},
    {"by", T_report_truth_by, CELL_TEXT, 12, false},
    {"old_due", T_report_truth_old_due, CELL_DATE, 9, false},
    {"new_due", T_report_truth_new_due, CELL_DATE, 9, false},
    {"days", T_report_truth_days_then, CELL_NUMBER, 8, false},
    {"timing", T_report_column_timing, CELL_TEXT, 9, false},
};

static int moved_order(const void *a, const void *b)
{
    uint64_t x = ((const struct truth_moved *)a)->seq, y = ((const struct truth_moved *)b)->seq;
    return (x > y) - (x < y);
}

static size_t write_moved(struct report_maker *m, struct report *out)
{
    const struct truth *t = m->state;
    struct truth_moved *moved = t->moved.item;
    struct report_part *part =
        report_part(out, T_report_truth_moved, "due_moved", moved_columns, COUNT(moved_columns));
    if (t->moved.count)
        qsort(moved, t->moved.count, sizeof *moved, moved_order);
    for (size_t i = 0; part && i < t->moved.count; i++) {
        const struct truth_code *code = code_of(t, moved[i].dossier);
        struct report_row *row = numbered(out, part, moved[i].washed ? ROW_ALERT : ROW_PLAIN);
        cell_number(&row->cell[1], (int64_t)moved[i].seq);
        if (code)
            cell_text(out, &row->cell[2], code->code);
        cell_text(out, &row->cell[3], str_of(words_event(m->request.lang, moved[i].kind)));
        cell_time(&row->cell[4], moved[i].recorded);
        cell_text(out, &row->cell[5], moved[i].by);
        cell_day(&row->cell[6], moved[i].old_due);
        cell_day(&row->cell[7], moved[i].new_due);
        cell_number(&row->cell[8], moved[i].days);
        if (code)
            cell_text(out, &row->cell[9], code->timing);
    }
    return t->moved.count;
}

/* ---- all of them ---- */

static const struct report_column sum_columns[] = {
    {"no", T_report_column_no, CELL_NUMBER, 3, false},
    {"check", T_report_truth_check, CELL_TEXT, 40, false},
    {"found", T_report_truth_found, CELL_NUMBER, 8, true},
};

static void note_bounds(struct report_maker *m, struct report *out)
{
    const struct settings *s = m->judge.settings;
    struct buf lag = BUF_INIT, ready = BUF_INIT;
    buf_add_int(&lag, s->truth_lag);
    buf_add_int(&ready, s->collect_max);
    report_note(m, out, T_report_truth_note_bounds, (const struct str[]){buf_str(&lag), buf_str(&ready)}, 2);
    m->failed = m->failed || lag.failed || ready.failed;
    buf_release(&lag);
    buf_release(&ready);
}

void truth_tables(struct report_maker *m, struct report *out)
{
    static const struct {
        enum text_id check;
        size_t (*write)(struct report_maker *m, struct report *out);
    } parts[] = {
        {T_report_truth_late, write_late},
        {T_report_truth_hidden, write_hidden},
        {T_report_truth_letterless, write_letterless},
        {T_report_truth_uncollected, write_uncollected},
        {T_report_truth_numbers, truth_numbers},
        {T_report_truth_clock, write_clock},
        {T_report_truth_moved, write_moved},
    };
    struct truth *t = m->state;
    struct report_part *sums =
        report_part(out, T_report_truth_sums, "summary", sum_columns, COUNT(sum_columns));
    truth_wants(t, 0); /* where there was no dossier, nobody sorted them yet */
    for (size_t i = 0; sums && i < COUNT(parts); i++) {
        size_t found = parts[i].write(m, out);
        struct report_row *row = numbered(out, sums, found ? ROW_ALERT : ROW_PLAIN);
        cell_label(out, &row->cell[1], m->request.lang, parts[i].check);
        cell_number(&row->cell[2], (int64_t)found);
    }
    note_bounds(m, out);
    report_note(m, out, T_report_truth_note_hidden, NULL, 0);
    report_note(m, out, T_report_truth_note_numbers, NULL, 0);
    report_note(m, out, T_report_truth_note_due, NULL, 0);
    report_note(m, out, T_report_truth_note_clock, NULL, 0);
}
