#include "cli/csv_in.h"

#include "cli/csv_rows.h"
#include "cli/csv_text.h"
#include "cli/in_file.h"
#include "core/text.h"
#include <stdlib.h>

enum { MAX_COLUMNS = 1024 };

struct reading_in {
    struct csv_in *in;
    struct str path;
    struct csv_rows rows;
    size_t columns;         /* of the first line; 0 before it was read */
    int place[MAX_COLUMNS]; /* of the file's nth column among the wanted ones; -1: ignored */
    struct str *cell;       /* of this row */
    struct outcome fault;
};

struct outcome csv_in_fault(struct str path, size_t line, struct str column, enum text_id what)
{
    struct outcome o = outcome_of(KIND_bad_csv);
    outcome_text(&o, path);
    outcome_number(&o, (int64_t)line);
    outcome_text(&o, column);
    outcome_label(&o, what);
    return o;
}

/* The first fault stays. The column goes by its number, for what is no cell of a wanted one. */
static void fail_at(struct reading_in *r, size_t column, enum text_id what)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)column + 1);
    if (outcome_ok(&r->fault))
        r->fault =
            csv_in_fault(r->path, r->rows.row_line ? r->rows.row_line : r->rows.line, buf_str(&number), what);
    buf_release(&number);
    r->rows.stopped = true;
}

static void out_of_memory(struct reading_in *r)
{
    if (outcome_ok(&r->fault))
        r->fault = outcome_of(KIND_out_of_memory);
    r->rows.stopped = true;
}

/* ---- the first line ---- */

/* What parts the cells: whichever of the three stands there most, outside quotes. */
static unsigned char find_delimiter(struct str text)
{
    static const char delimiters[] = ",;\t";
    size_t count[3] = {0, 0, 0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.n && (quoted || !memchr("\r\n", text.p[i], 2)); i++) {
        const char *found = text.p[i] ? strchr(delimiters, text.p[i]) : NULL;
        quoted = text.p[i] == '"' ? !quoted : quoted;
        if (found && !quoted)
            count[found - delimiters]++;
    }
    for (size_t i = 1; i < 3; i++)
        if (count[i] > count[best])
            best = i;
    return (unsigned char)delimiters[best];
}

static void take_name(struct reading_in *r, struct str name)
{
    struct buf folded = BUF_INIT;
    if (r->rows.column >= MAX_COLUMNS) {
        fail_at(r, r->rows.column, T_cli_csv_too_many);
        return;
    }
    text_fold(&folded, name);
    r->place[r->rows.column] = -1;
    for (size_t i = 0; i < r->in->columns; i++) {
        if (!str_eq(buf_str(&folded), str_of(r->in->wanted[i])))
            continue;
        for (size_t before = 0; before < r->rows.column; before++)
            if (r->place[before] == (int)i)
                fail_at(r, r->rows.column, T_cli_csv_twice);
        r->place[r->rows.column] = (int)i;
    }
    if (folded.failed)
        out_of_memory(r);
    buf_release(&folded);
}

static void end_names(struct reading_in *r)
{
    r->columns = r->rows.column;
    for (size_t i = 0; i < r->columns; i++)
        if (r->place[i] >= 0)
            r->in->has[r->place[i]] = true;
    if (!r->in->has[0]) {
        r->fault = csv_in_fault(r->path, r->rows.row_line, str_of(r->in->wanted[0]), T_cli_csv_no_column);
        r->rows.stopped = true;
    }
}

/* ---- rows ---- */

static void end_cell(void *arg, struct str text)
{
    struct reading_in *r = arg;
    size_t column = r->rows.column;
    if (!text_is_utf8(text))
        fail_at(r, column, T_cli_csv_not_utf8);
    else if (!r->columns)
        take_name(r, text);
    else if (column < r->columns && r->place[column] >= 0)
        r->cell[r->place[column]] = arena_str(&r->in->text, csv_without_guard(text));
}

static void add_row(struct reading_in *r)
{
    struct csv_in *in = r->in;
    if (in->rows == in->cap) {
        size_t cap = in->cap ? 2 * in->cap : 64;
        struct csv_in_row *grown = realloc(in->row, cap * sizeof *grown);
        if (!grown) {
            out_of_memory(r);
            return;
        }
        in->row = grown;
        in->cap = cap;
    }
    struct str *cells = arena_alloc(&in->text, in->columns * sizeof *cells);
    if (!cells) {
        out_of_memory(r);
        return;
    }
    memcpy(cells, r->cell, in->columns * sizeof *cells);
    in->row[in->rows++] = (struct csv_in_row){r->rows.row_line, cells};
}

static void end_row(void *arg)
{
    struct reading_in *r = arg;
    size_t cells = r->rows.column;
    if (!r->columns)
        end_names(r);
    else if (cells != r->columns)
        fail_at(r, cells < r->columns ? cells : r->columns, T_cli_csv_cells);
    else
        add_row(r);
    memset(r->cell, 0, r->in->columns * sizeof *r->cell);
}

/* ---- the file ---- */

static void feed(struct reading_in *r, struct str text)
{
    csv_rows_feed(&r->rows, text, true);
    if (r->rows.fault == CSV_ROWS_MEMORY)
        out_of_memory(r);
    if (r->rows.fault == CSV_ROWS_QUOTE)
        fail_at(r, r->rows.column, T_cli_csv_quote);
    if (r->rows.fault == CSV_ROWS_LONG)
        fail_at(r, r->rows.column, T_cli_csv_long);
    if (outcome_ok(&r->fault) && !r->columns)
        r->fault = csv_in_fault(r->path, 1, STR("1"), T_cli_csv_no_names);
    if (r->in->text.failed)
        out_of_memory(r);
}

/* A spreadsheet's own "Unicode text" is UTF-16: said at once, not cell by cell. */
static bool is_utf16(struct str text)
{
    return text.n >= 2 && (memcmp(text.p, "\xFF\xFE", 2) == 0 || memcmp(text.p, "\xFE\xFF", 2) == 0);
}

static struct outcome read_text(struct csv_in *in, struct str path, struct str text)
{
    const struct str mark = STR("\xEF\xBB\xBF");
    struct reading_in *r = calloc(1, sizeof *r);
    struct outcome o = outcome_of(KIND_out_of_memory);
    if (r)
        r->cell = calloc(in->columns, sizeof *r->cell);
    if (str_starts(text, mark))
        text = str_from(text, mark.n);
    if (r && r->cell && csv_rows_init(&r->rows, find_delimiter(text), end_cell, end_row, r)) {
        r->in = in;
        r->path = path;
        if (csv_text_is_workbook(text))
            r->fault = csv_in_fault(path, 1, STR("1"), T_cli_csv_workbook);
        else if (is_utf16(text))
            r->fault = csv_in_fault(path, 1, STR("1"), T_cli_csv_not_utf8);
        else
            feed(r, text);
        o = r->fault;
        csv_rows_release(&r->rows);
    }
    if (r)
        free(r->cell);
    free(r);
    return o;
}

struct outcome csv_in_read(struct csv_in *in, const char *path, const char *const *wanted)
{
    struct buf text = BUF_INIT;
    *in = (struct csv_in){.wanted = wanted, .text = ARENA_INIT};
    while (wanted[in->columns])
        in->columns++;
    struct outcome o = in_file_read(path, CSV_IN_BYTES, &text);
    in->has = calloc(in->columns, sizeof *in->has);
    if (outcome_ok(&o))
        o = in->has ? read_text(in, str_of(path), buf_str(&text)) : outcome_of(KIND_out_of_memory);
    buf_release(&text);
    return o;
}

void csv_in_release(struct csv_in *in)
{
    free(in->row);
    free(in->has);
    arena_release(&in->text);
    *in = (struct csv_in){.rows = 0};
}
