#include "cli/import_file.h"

#include "cli/csv_in.h"
#include "cli/csv_rows.h"
#include "cli/csv_text.h"
#include "cli/in_file.h"
#include "cli/nameless.h"
#include "cli/out_file.h"
#include "core/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PIECE = 1 << 18, HEAD = 1 << 20, CELLS = IMPORT_FILE_COLUMNS };

/* ---- reading on ---- */

struct walking {
    struct import_file *file;
    struct csv_rows rows;
    import_visit *each;
    void *arg;
    struct buf text; /* of this row: each cell with a NUL behind */
    struct import_line line;
    size_t start[CELLS + 1];
    struct str cell[CELLS];
    size_t filled; /* up to and with the last cell that holds something */
    bool no_memory;
};

static void end_cell(void *arg, struct str text)
{
    struct walking *w = arg;
    size_t column = w->rows.column;
    w->filled = text.n ? column + 1 : column ? w->filled : 0;
    if (column >= CELLS && !text.n)
        return;
    if (column < CELLS)
        w->start[column] = w->text.n;
    unsigned char *to = buf_more(&w->text, text.n + 1);
    if (to && text.n)
        memcpy(to, text.p, text.n);
    if (to)
        to[text.n] = '\0';
}

static void pick_known(struct walking *w)
{
    memset(&w->line.known, 0, sizeof w->line.known);
    for (size_t i = 0; i < w->line.cells; i++)
        if (w->file->column[i] < COLUMNS_KNOWN)
            w->line.known.cell[w->file->column[i]] = csv_without_guard(w->cell[i]);
    struct str text = w->line.text;
    w->line.known.unbroken =
        !memchr(text.p, '\n', text.n) && !memchr(text.p, '\r', text.n) && !memchr(text.p, '\t', text.n);
}

/* How many cells the row has, of a wide file without the empty ones that nobody named. */
static size_t cells_of(const struct walking *w)
{
    size_t cells = w->rows.column, named = w->file->columns;
    if (w->file->wide && cells > named)
        return w->filled > named ? w->filled : named;
    return cells;
}

/* The row's bytes are in `text`, its cells begin where `start` says. */
static void pass_on(struct walking *w, size_t has, bool stray)
{
    size_t cells = has < CELLS ? has : CELLS;
    bool more = cells < CELLS && w->rows.column > cells && !stray; /* empty ones, that nobody named */
    w->no_memory = w->no_memory || w->text.failed;
    if (!more)
        w->start[cells] = w->text.n;
    for (size_t i = 0; i < cells && !w->no_memory; i++)
        w->cell[i] = (struct str){w->text.p + w->start[i], w->start[i + 1] - w->start[i] - 1};
    w->line.line = w->rows.row_line;
    w->line.cell = w->cell;
    w->line.cells = cells;
    w->line.text = buf_str(&w->text);
    w->line.utf8 = text_is_utf8(w->line.text);
    w->line.stray = stray;
    w->line.readable = w->line.utf8 && has == w->file->columns && !stray;
    if (w->line.readable)
        pick_known(w);
    bool below = w->line.line > w->file->header_line;
    if (w->no_memory || (below && !w->each(w->arg, &w->line)))
        w->rows.stopped = true;
    buf_reset(&w->text);
}

static void end_row(void *arg)
{
    struct walking *w = arg;
    pass_on(w, cells_of(w), false);
}

static void stray_row(void *arg, struct str line)
{
    struct walking *w = arg;
    buf_reset(&w->text);
    buf_add_str(&w->text, line);
    buf_add_char(&w->text, '\0');
    w->start[0] = 0;
    pass_on(w, 1, true);
}

static struct outcome fault_of_rows(const struct import_file *f, const struct csv_rows *r)
{
    struct buf number = BUF_INIT;
    if (r->fault == CSV_ROWS_MEMORY)
        return outcome_of(KIND_out_of_memory);
    buf_add_int(&number, (int64_t)r->column + 1);
    struct outcome o = csv_in_fault(f->path, r->row_line ? r->row_line : r->line, buf_str(&number),
                                    r->fault == CSV_ROWS_LONG ? T_cli_csv_long : T_cli_csv_quote);
    buf_release(&number);
    return o;
}

/* The line that begins the text has no end for megabytes: in the cell that is too long the reading stops. */
static void give_up_line(struct csv_rows *rows, struct str text, unsigned char delimiter)
{
    bool quoted = rows->row_line != 0;
    size_t begins = 0;
    if (!rows->row_line) {
        rows->row_line = rows->line + 1;
        rows->column = 0;
    }
    for (size_t i = 0; i < text.n && i - begins <= CSV_CELL_BYTES; i++) {
        if (text.p[i] == '"')
            quoted = !quoted;
        if (quoted || (unsigned char)text.p[i] != delimiter)
            continue;
        begins = i + 1;
        rows->column++;
    }
    rows->fault = CSV_ROWS_LONG;
}

/* Reads the file from its beginning, `most` bytes at most, into the rows. */
static struct outcome feed(const struct import_file *f, struct csv_rows *rows, off_t most, uint64_t *bytes)
{
    struct csv_text decoder = {.begun = false};
    struct buf pending = BUF_INIT;
    char *piece = malloc(PIECE);
    struct outcome o = outcome_of(piece ? KIND_done : KIND_out_of_memory);
    bool last = false;
    for (off_t at = 0; outcome_ok(&o) && !last && !rows->stopped && rows->fault == CSV_ROWS_FINE;) {
        size_t want = most - at < PIECE ? (size_t)(most - at) : PIECE;
        ssize_t n = pread(f->fd, piece, want, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            o = in_file_fault(f->path.p, errno);
            break;
        }
        at += n;
        last = n == 0 && at < most;
        bool cut = !last && at >= most;
        csv_text_add(&decoder, (struct str){piece, (size_t)n}, &pending);
        *bytes = (uint64_t)at;
        size_t taken = csv_rows_feed(rows, buf_str(&pending), last);
        if (pending.failed)
            o = outcome_of(KIND_out_of_memory);
        memmove(pending.p, pending.p + taken, pending.n - taken);
        pending.n -= taken;
        if (pending.n > 4 * CSV_CELL_BYTES) /* no line is so long */
            give_up_line(rows, buf_str(&pending), csv_get_delim(&rows->parser));
        if (cut)
            break;
    }
    free(piece);
    buf_release(&pending);
    return o;
}

struct outcome import_file_walk(struct import_file *f, import_visit *each, void *arg)
{
    struct walking *w = calloc(1, sizeof *w);
    struct outcome o = outcome_of(KIND_out_of_memory);
    if (!w)
        return o;
    *w = (struct walking){.file = f, .each = each, .arg = arg, .text = BUF_INIT};
    if (csv_rows_init(&w->rows, f->delimiter, end_cell, end_row, w)) {
        w->rows.stray = stray_row;
        o = feed(f, &w->rows, INT64_MAX, &w->line.bytes);
        if (outcome_ok(&o) && w->rows.fault != CSV_ROWS_FINE)
            o = fault_of_rows(f, &w->rows);
        if (outcome_ok(&o) && w->no_memory)
            o = outcome_of(KIND_out_of_memory);
        csv_rows_release(&w->rows);
    }
    buf_release(&w->text);
    free(w);
    return o;
}

/* ---- the names of the columns ---- */

/* What one delimiter makes of the first rows. */
struct heading {
    struct csv_rows rows;
    size_t seen;  /* rows */
    size_t line;  /* of the names; 0: not found */
    size_t known; /* of them */
    size_t columns;
    size_t named; /* up to and with the last that has a name */
    bool code, not_utf8, too_many, no_memory;
    enum import_column column[IMPORT_FILE_COLUMNS];
    struct str name[IMPORT_FILE_COLUMNS];
    struct arena names;
};

static void head_cell(void *arg, struct str text)
{
    struct heading *h = arg;
    size_t column = h->rows.column;
    if (column == 0) {
        arena_release(&h->names);
        h->names = ARENA_INIT;
        h->known = 0;
        h->named = 0;
        h->code = false;
    }
    if (text.n)
        h->named = column + 1;
    if (column >= IMPORT_FILE_COLUMNS)
        return;
    h->not_utf8 = h->not_utf8 || !text_is_utf8(text);
    h->column[column] = import_column_called(text);
    h->name[column] = arena_str(&h->names, text);
    h->known += h->column[column] < COLUMNS_KNOWN;
    h->code = h->code || h->column[column] == COLUMN_CODE;
}

static void head_row(void *arg)
{
    struct heading *h = arg;
    h->columns = h->rows.column;
    h->no_memory = h->no_memory || h->names.failed;
    if (h->code && h->known >= 3) {
        h->line = h->rows.row_line;
        h->too_many = h->named > IMPORT_FILE_COLUMNS;
        h->rows.stopped = true;
    } else if (++h->seen == IMPORT_HEADER_ROWS) {
        h->rows.stopped = true;
    }
}

/* In a title above the names, or under another delimiter. */
static void head_stray(void *arg, struct str line)
{
    struct heading *h = arg;
    (void)line;
    if (++h->seen == IMPORT_HEADER_ROWS)
        h->rows.stopped = true;
}

/* Of two columns that mean the same nobody can tell which one counts. */
static struct outcome check_names(const struct import_file *f)
{
    size_t first[COLUMNS_KNOWN] = {0};
    for (size_t i = 0; i < f->columns; i++) {
        enum import_column c = f->column[i];
        if (c < COLUMNS_KNOWN && first[c]++)
            return csv_in_fault(f->path, f->header_line, f->name[i], T_cli_import_same);
    }
    if (!first[COLUMN_APPLICANT])
        return csv_in_fault(f->path, f->header_line, str_of(import_column_title(COLUMN_APPLICANT, LANG_VI)),
                            T_cli_import_no_name);
    return OUTCOME_DONE;
}

static void adopt(struct import_file *f, struct heading *h, char delimiter)
{
    arena_release(&f->names);
    f->names = h->names;
    h->names = ARENA_INIT;
    f->delimiter = (unsigned char)delimiter;
    f->header_line = h->line;
    f->wide = h->columns > IMPORT_FILE_COLUMNS;
    f->columns = f->wide ? h->named : h->columns;
    memcpy(f->column, h->column, sizeof f->column);
    memcpy(f->name, h->name, sizeof f->name);
}

static bool is_workbook(const struct import_file *f)
{
    char beginning[4];
    ssize_t n = pread(f->fd, beginning, sizeof beginning, 0);
    return n > 0 && csv_text_is_workbook((struct str){beginning, (size_t)n});
}

/* The delimiter under which most columns are known. */
static struct outcome find_names(struct import_file *f)
{
    static const char delimiters[] = ",;\t";
    struct heading *h = calloc(1, sizeof *h);
    struct outcome o = outcome_of(h ? KIND_done : KIND_out_of_memory);
    size_t best = 0;
    bool not_utf8 = false, too_many = false;
    for (size_t i = 0; i < 3 && outcome_ok(&o); i++) {
        uint64_t bytes = 0;
        *h = (struct heading){.names = ARENA_INIT};
        if (!csv_rows_init(&h->rows, (unsigned char)delimiters[i], head_cell, head_row, h)) {
            o = outcome_of(KIND_out_of_memory);
            break;
        }
        h->rows.stray = head_stray;
        o = feed(f, &h->rows, HEAD, &bytes);
        csv_rows_release(&h->rows);
        if (outcome_ok(&o) && h->no_memory)
            o = outcome_of(KIND_out_of_memory);
        not_utf8 = not_utf8 || h->not_utf8;
        too_many = too_many || h->too_many;
        if (h->line && !h->too_many && h->known > best) {
            best = h->known;
            adopt(f, h, delimiters[i]);
        }
        arena_release(&h->names);
    }
    free(h);
    if (!outcome_ok(&o))
        return o;
    if (!best)
        return csv_in_fault(f->path, 1, STR("1"),
                            too_many   ? T_cli_csv_too_many
                            : not_utf8 ? T_cli_import_not_utf8
                                       : T_cli_import_no_header);
    return check_names(f);
}

/* ---- the file ---- */

/* False, with errno: of reading where *unread. */
static bool copy_all(int from, int to, bool *unread)
{
    char piece[1 << 14];
    for (;;) {
        ssize_t n = read(from, piece, sizeof piece);
        if (n < 0 && errno == EINTR)
            continue;
        *unread = n < 0;
        if (n <= 0)
            return n == 0;
        for (ssize_t at = 0, k; at < n; at += k) {
            k = write(to, piece + at, (size_t)(n - at));
            if (k < 0 && errno == EINTR)
                k = 0;
            if (k < 0)
                return false;
        }
    }
}

/* What can be read only once is read into a file without a name. */
static struct outcome keep(struct import_file *f, int fd)
{
    f->fd = nameless_open();
    bool unread = false;
    if (f->fd >= 0 && copy_all(fd, f->fd, &unread))
        return OUTCOME_DONE;
    return unread ? in_file_fault(f->path.p, errno) : out_fault(nameless_folder(), errno);
}

struct outcome import_file_open(struct import_file *f, struct str path)
{
    *f = (struct import_file){.fd = -1, .path = path, .names = ARENA_INIT};
    bool standard = str_eq(path, STR("-"));
    int fd = standard ? STDIN_FILENO : open(path.p, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct stat s;
    struct outcome o = OUTCOME_DONE;
    if (fd < 0 || fstat(fd, &s) != 0)
        o = in_file_fault(path.p, errno);
    else if (S_ISDIR(s.st_mode))
        o = in_file_fault(path.p, EISDIR);
    else if (standard || !S_ISREG(s.st_mode))
        o = keep(f, fd);
    else
        f->fd = fd;
    if (fd >= 0 && !standard && f->fd != fd)
        close(fd);
    if (outcome_ok(&o) && fstat(f->fd, &f->seen) != 0)
        o = in_file_fault(path.p, errno);
    if (outcome_ok(&o) && is_workbook(f))
        o = csv_in_fault(path, 1, STR("1"), T_cli_csv_workbook);
    return outcome_ok(&o) ? find_names(f) : o;
}

void import_file_release(struct import_file *f)
{
    if (f->fd >= 0)
        close(f->fd);
    arena_release(&f->names);
    *f = (struct import_file){.fd = -1, .names = ARENA_INIT};
}

struct outcome import_file_check(const struct import_file *f)
{
    struct stat s;
    bool same = fstat(f->fd, &s) == 0 && s.st_size == f->seen.st_size &&
                s.st_mtim.tv_sec == f->seen.st_mtim.tv_sec && s.st_mtim.tv_nsec == f->seen.st_mtim.tv_nsec;
    struct outcome o = outcome_of(same ? KIND_done : KIND_file_changed);
    if (!same)
        outcome_text(&o, f->path);
    return o;
}
