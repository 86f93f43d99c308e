#include "cli/csv_rows.h"

#include "cli/csv.h"
#include <stdint.h>

struct str csv_without_guard(struct str cell)
{
    bool guarded = cell.n && cell.p[0] == '\'' && csv_is_formula(cell);
    return guarded ? str_from(cell, 1) : cell;
}

static bool goes_on(const struct csv_rows *r)
{
    return !r->stopped && r->fault == CSV_ROWS_FINE;
}

static void end_cell(void *bytes, size_t n, void *arg)
{
    struct csv_rows *r = arg;
    if (!goes_on(r))
        return;
    r->written = r->written || n > 0;
    r->cell(r->arg, (struct str){bytes, n});
    r->column++;
}

static void end_row(int terminator, void *arg)
{
    struct csv_rows *r = arg;
    (void)terminator;
    if (!goes_on(r))
        return;
    if (r->written) /* else nobody wrote anything there */
        r->row(r->arg);
    if (!goes_on(r))
        return;
    r->column = 0;
    r->row_line = 0;
    r->written = false;
}

bool csv_rows_init(struct csv_rows *r, unsigned char delimiter, void (*cell)(void *, struct str),
                   void (*row)(void *), void *arg)
{
    *r = (struct csv_rows){.cell = cell, .row = row, .arg = arg};
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return false;
    csv_set_delim(&r->parser, delimiter);
    return true;
}

void csv_rows_release(struct csv_rows *r)
{
    csv_free(&r->parser);
}

/* Bytes of the first physical line, its end included; 0 where it may go on beyond the text. */
static size_t line_of(struct str text, bool last)
{
    const char *feed = memchr(text.p, '\n', text.n);
    size_t n = feed ? (size_t)(feed - text.p) : text.n;
    const char *back = memchr(text.p, '\r', n);
    if (back && (size_t)(back - text.p) + 1 < n)
        return (size_t)(back - text.p) + 1;
    if (feed)
        return n + 1;
    return last ? text.n : 0;
}

static bool is_blank(struct str line)
{
    for (size_t i = 0; i < line.n; i++)
        if (!memchr(" \t\r\n", line.p[i], 4))
            return false;
    return true;
}

static void fail(struct csv_rows *r)
{
    if (goes_on(r))
        r->fault = csv_error(&r->parser) == CSV_ENOMEM ? CSV_ROWS_MEMORY : CSV_ROWS_QUOTE;
}

/* ---- rows that are plain to see ---- */

static struct str skip_blanks(struct str s, char delimiter)
{
    size_t at = 0;
    while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t') && s.p[at] != delimiter)
        at++;
    return str_from(s, at);
}

/* The cell that begins *rest, which goes on to its delimiter or to nothing. False where it takes more than a
 * look: quotes within, blanks behind them, a quote that is not closed. */
static bool take_cell(struct str *rest, char delimiter, struct str *cell)
{
    struct str s = skip_blanks(*rest, delimiter);
    bool quoted = s.n && s.p[0] == '"';
    s = quoted ? str_from(s, 1) : s;
    const char *end = s.n ? memchr(s.p, quoted ? '"' : delimiter, s.n) : NULL;
    if (quoted && !end)
        return false;
    size_t n = end ? (size_t)(end - s.p) : s.n;
    *cell = str_first(s, n);
    *rest = str_from(s, n + quoted);
    if (quoted)
        return !rest->n || rest->p[0] == delimiter;
    while (cell->n && (cell->p[cell->n - 1] == ' ' || cell->p[cell->n - 1] == '\t'))
        cell->n--;
    return !cell->n || !memchr(cell->p, '"', cell->n);
}

/* A whole row on one line, nearly all of them, is taken apart here: libcsv looks at each byte. Just as it
 * would, or not at all (false). */
static bool take_row(struct csv_rows *r, struct str line)
{
    enum { CELLS = 128 };
    struct str cell[CELLS], rest = line;
    char delimiter = (char)csv_get_delim(&r->parser);
    if (rest.n && rest.p[rest.n - 1] == '\n')
        rest.n--;
    if (rest.n && rest.p[rest.n - 1] == '\r')
        rest.n--;
    if (rest.n == line.n) /* the file's last, and it may go on */
        return false;
    size_t cells = 0;
    do {
        if (cells == CELLS || !take_cell(&rest, delimiter, &cell[cells]))
            return false;
        cells++;
        if (!rest.n)
            break;
        rest = str_from(rest, 1);
    } while (true);
    for (size_t i = 0; i < cells; i++)
        end_cell((void *)(uintptr_t)cell[i].p, cell[i].n, r);
    end_row('\n', r);
    return true;
}

static struct str without_end(struct str line)
{
    while (line.n && (line.p[line.n - 1] == '\n' || line.p[line.n - 1] == '\r'))
        line.n--;
    return line;
}

/* A quote that stands wrong in one line says nothing of the next; in a row of several lines nobody can tell
 * where it should have ended. */
static bool pass_over(struct csv_rows *r, struct str line)
{
    unsigned char delimiter = csv_get_delim(&r->parser);
    if (!r->stray || !goes_on(r) || r->row_line != r->line || csv_error(&r->parser) != CSV_EPARSE)
        return false;
    csv_free(&r->parser);
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&r->parser, delimiter);
    r->stray(r->arg, without_end(line));
    r->column = 0;
    r->row_line = 0;
    r->written = false;
    return true;
}

/* libcsv counts no lines, so it gets one at a time. */
static void feed_line(struct csv_rows *r, struct str line)
{
    r->line++;
    if (!r->row_line && !is_blank(line))
        r->row_line = r->line;
    if (!r->row_line || (r->row_line == r->line && take_row(r, line)))
        return;
    if (csv_parse(&r->parser, line.p, line.n, end_cell, end_row, r) != line.n && !pass_over(r, line))
        fail(r);
    if (r->parser.entry_pos > CSV_CELL_BYTES && goes_on(r))
        r->fault = CSV_ROWS_LONG;
}

size_t csv_rows_feed(struct csv_rows *r, struct str text, bool last)
{
    size_t at = 0;
    while (at < text.n && goes_on(r)) {
        struct str rest = str_from(text, at);
        size_t n = line_of(rest, last);
        if (n == 0)
            return at;
        feed_line(r, str_first(rest, n));
        at += n;
    }
    if (last && goes_on(r) && csv_fini(&r->parser, end_cell, end_row, r) != 0)
        fail(r);
    return text.n;
}
