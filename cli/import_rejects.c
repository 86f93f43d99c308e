/* The rows that did not come in, in a file that can be mended and brought in itself: the columns of the file
 * they came from, with the line and the reason before them. A row with too few or too many cells keeps them
 * as they are: nothing is shifted here either; a line whose quotes are wrong stands whole in one cell. */
#include "cli/csv.h"
#include "cli/csv_rows.h"
#include "cli/import_job.h"
#include "core/text.h"
#include <errno.h>

/* Is this one of the two columns that an earlier file of this kind had? */
static bool is_ours(const struct import_job *job, size_t column)
{
    if (column >= job->file.columns || job->file.column[column] != COLUMN_IGNORED)
        return false;
    struct str name = job->file.name[column];
    return str_eq(name, STR(REJECT_LINE)) || str_eq(name, STR(REJECT_REASON));
}

/* As csv_cell() writes it, with the delimiter of the file it came from. */
static void add_cell(struct buf *out, struct str cell, char delimiter)
{
    struct buf safe = BUF_INIT, plain = BUF_INIT;
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        bool feeds = c == '\r' && i + 1 < cell.n && cell.p[i + 1] == '\n';
        if (c == '\t' && delimiter == '\t') { /* in a line kept whole it parts the cells */
            text_safe(&safe, buf_str(&plain), true);
            buf_add_char(&safe, c);
            buf_reset(&plain);
        } else if (!feeds) { /* a line ends here as it does in the store */
            buf_add_char(&plain, c == '\t' ? ' ' : c == '\r' ? '\n' : c);
        }
    }
    text_safe(&safe, buf_str(&plain), true);
    struct str text = csv_without_guard(buf_str(&safe));
    bool quoted = text.n && (text.p[0] == ' ' || text.p[text.n - 1] == ' ');
    for (size_t i = 0; i < text.n && !quoted; i++)
        quoted = text.p[i] == delimiter || memchr("\"\r\n", text.p[i], 3);
    buf_add_z(out, quoted ? "\"" : "");
    buf_add_z(out, csv_is_formula(text) ? "'" : "");
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_char(out, '"');
        buf_add_char(out, text.p[i]);
    }
    buf_add_z(out, quoted ? "\"" : "");
    out->failed = out->failed || safe.failed || plain.failed;
    buf_release(&safe);
    buf_release(&plain);
}

static void add_row(struct import_job *job, struct str line, struct str reason, const struct str *cell,
                    size_t cells, bool whole)
{
    char delimiter = (char)job->file.delimiter;
    struct buf row = BUF_INIT;
    add_cell(&row, line, delimiter);
    buf_add_char(&row, delimiter);
    add_cell(&row, reason, delimiter);
    for (size_t i = 0; i < cells; i++) {
        if (!whole && is_ours(job, i))
            continue;
        buf_add_char(&row, delimiter);
        add_cell(&row, cell[i], delimiter);
    }
    buf_add_z(&row, "\r\n");
    errno = ENOMEM;
    bool fine = !row.failed && fwrite(row.p, 1, row.n, job->rejects.stream) == row.n;
    if (!fine && !job->rejects_error)
        job->rejects_error = errno;
    buf_release(&row);
}

struct outcome import_rejects_begin(struct import_job *job, struct str path)
{
    struct outcome o = out_file_open(&job->rejects, job->cli, path, true);
    if (!outcome_ok(&o))
        return o;
    job->has_rejects = true;
    if (fputs("\xEF\xBB\xBF", job->rejects.stream) < 0) /* with it Excel takes the file for UTF-8 */
        job->rejects_error = errno;
    add_row(job, STR(REJECT_LINE), STR(REJECT_REASON), job->file.name, job->file.columns, false);
    return o;
}

void import_rejects_add(struct import_job *job, const struct import_line *line, struct str reason)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, (int64_t)line->line);
    add_row(job, buf_str(&number), reason, line->cell, line->cells, line->stray);
    buf_release(&number);
}

struct outcome import_rejects_commit(struct import_job *job)
{
    if (job->rejects_error)
        return out_file_fault(&job->rejects, job->rejects_error);
    return out_file_commit(&job->rejects, job->cli);
}
