#include "cli/listing.h"

#include "cli/cells.h"
#include "cli/csv.h"
#include "cli/dossier_json.h"
#include "core/mask.h"
#include "core/words.h"
#include <stdlib.h>

void listing_release(struct listing *l)
{
    free(l->row);
    free(l->order);
    *l = (struct listing){0};
}

void listing_add(struct listing *l, const struct row *row)
{
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 64;
        struct row *grown = realloc(l->row, cap * sizeof *grown);
        if (!grown) {
            l->failed = true;
            return;
        }
        l->row = grown;
        l->cap = cap;
    }
    l->row[l->count++] = *row;
}

static const struct row *row_at(const struct listing *l, size_t i)
{
    return l->order ? l->order[i] : &l->row[i];
}

/* ---- order ---- */

struct order {
    enum list_sort sort;
    const struct judge *judge;
};

/* Merges two sorted halves of `from` into `to`. */
static void merge(const struct order *o, const struct row **from, size_t half, size_t n,
                  const struct row **to)
{
    size_t left = 0, right = half;
    for (size_t i = 0; i < n; i++) {
        bool take_left =
            left < half && (right >= n || row_compare(o->sort, o->judge, from[left], from[right]) <= 0);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

static void sort_rows(const struct order *o, const struct row **row, const struct row **spare, size_t n)
{
    if (n < 2)
        return;
    sort_rows(o, row, spare, n / 2);
    sort_rows(o, row + n / 2, spare, n - n / 2);
    merge(o, row, n / 2, n, spare);
    memcpy(row, spare, n * sizeof *row);
}

static bool is_sorted(const struct order *o, const struct listing *l)
{
    for (size_t i = 1; i < l->count; i++)
        if (row_compare(o->sort, o->judge, &l->row[i - 1], &l->row[i]) > 0)
            return false;
    return true;
}

void listing_sort(struct listing *l, enum list_sort sort, const struct judge *judge)
{
    struct order o = {sort, judge};
    if (is_sorted(&o, l))
        return;
    l->order = calloc(l->count * 2, sizeof *l->order);
    if (!l->order) {
        l->failed = true;
        return;
    }
    for (size_t i = 0; i < l->count; i++)
        l->order[i] = &l->row[i];
    sort_rows(&o, l->order, l->order + l->count, l->count);
}

void listing_cut(struct listing *l, size_t max)
{
    if (max && l->count > max)
        l->count = max;
}

/* ---- for people ---- */

static void add_row(struct cli *c, struct table *t, const struct row *row, const struct judge *judge,
                    struct buf *text)
{
    enum status status = status_of(judge, &row->facts);
    struct cell cells[6] = {
        {is_narrow(c) ? short_code(c, row->code) : row->code, PAINT_NONE},
        {STR_NONE, PAINT_NONE},
        {STR_NONE, status_paint(status)},
        {row->applicant, PAINT_NONE},
        {holder_or_unit(c, row->officer, row->unit), PAINT_NONE},
        {STR_NONE, PAINT_NONE},
    };
    short_due(c, text, &row->facts, judge->today);
    cells[1].text = table_keep(t, text);
    status_words(c, text, judge, &row->facts, row->late_days);
    cells[2].text = table_keep(t, text);
    short_title(c, text, row);
    cells[5].text = table_keep(t, text);
    table_add(t, cells);
}

static void print_text(struct cli *c, const struct listing *l, const struct judge *judge)
{
    static const struct table_column columns[] = {
        {T_cli_col_code, false, 0},       {T_cli_col_due, false, 0},    {T_cli_col_status, false, 12},
        {T_cli_col_applicant, false, 12}, {T_cli_col_holder, false, 9}, {T_cli_col_procedure, false, 9},
    };
    struct table t;
    struct buf text = BUF_INIT;
    if (!l->count)
        return;
    cli_banner(c);
    table_init(&t, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < l->count; i++)
        add_row(c, &t, row_at(l, i), judge, &text);
    table_print(&t, c);
    table_release(&t);
    buf_release(&text);
}

/* ---- for scripts ---- */

static void print_json(struct cli *c, const struct listing *l, const struct reading *r)
{
    struct dossier_view view = {.judge = &r->judge, .unmask = r->unmask};
    struct dossier d;
    for (size_t i = 0; i < l->count && view_dossier(c->view, row_at(l, i)->facts.id, &d); i++) {
        struct json j = json_onto(&c->out);
        dossier_json(c, &j, NULL, &d, &view);
        json_line(&j);
        cli_spill(c);
    }
}

/* ---- for spreadsheets ---- */

static void cell_made(struct csv *csv, struct buf *text)
{
    csv_cell(csv, buf_str(text));
    csv->out->failed = csv->out->failed || text->failed;
    buf_reset(text);
}

static void cell_time(struct cli *c, struct csv *csv, civil_minute t, struct buf *text)
{
    if (t != NO_TIME)
        lang_time(text, c->lang, t);
    cell_made(csv, text);
}

static void print_csv_row(struct cli *c, struct csv *csv, const struct row *row, const struct reading *r)
{
    struct buf text = BUF_INIT;
    const struct facts *f = &row->facts;
    csv_cell(csv, row->code);
    csv_cell(csv, procedure_title(c, row));
    csv_cell(csv, office_field(c->office, f->field));
    csv_cell(csv, row->unit);
    cell_time(c, csv, f->received, &text);
    cell_time(c, csv, f->due, &text);
    cell_time(c, csv, f->resolved, &text);
    csv_cell(csv, row->applicant);
    if (r->unmask)
        csv_cell(csv, row->phone);
    else
        mask_number(&text, row->phone, false);
    if (!r->unmask)
        cell_made(csv, &text);
    csv_cell(csv, holder_or_unit(c, row->officer, row->unit));
    csv_cell(csv, str_of(words_state(c->lang, f->state)));
    csv_cell(csv, str_of(words_status(c->lang, status_of(&r->judge, f))));
    buf_add_int(&text, late_days_now(&r->judge, f, row->late_days));
    cell_made(csv, &text);
    if (c->demo)
        csv_cell(csv, str_of(cli_text(c, T_cli_csv_invented)));
    csv_line(csv);
    buf_release(&text);
}

static void print_csv(struct cli *c, const struct listing *l, const struct reading *r, bool mark)
{
    static const enum text_id titles[] = {
        T_cli_csv_code,  T_cli_csv_procedure, T_cli_csv_field,     T_cli_csv_unit,  T_cli_csv_received,
        T_cli_csv_due,   T_cli_csv_resolved,  T_cli_csv_applicant, T_cli_csv_phone, T_cli_csv_holder,
        T_cli_csv_state, T_cli_csv_status,    T_cli_csv_late_days,
    };
    struct csv csv = csv_begin(&c->out, mark);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        csv_cell(&csv, str_of(cli_text(c, titles[i])));
    if (c->demo)
        csv_cell(&csv, str_of(cli_text(c, T_cli_csv_demo)));
    csv_line(&csv);
    for (size_t i = 0; i < l->count; i++) {
        print_csv_row(c, &csv, row_at(l, i), r);
        cli_spill(c);
    }
}

int listing_print(struct cli *c, const struct listing *l, const struct reading *r, enum listing_shape shape)
{
    if (l->failed)
        return cli_no_memory(c);
    switch (shape) {
    case LISTING_TEXT: print_text(c, l, &r->judge); break;
    case LISTING_JSON: print_json(c, l, r); break;
    case LISTING_CSV: print_csv(c, l, r, true); break;
    case LISTING_CSV_NO_BOM: print_csv(c, l, r, false); break;
    }
    return 0;
}
