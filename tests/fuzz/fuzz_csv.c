/* The bytes are a spreadsheet's file with the procedures of an office. What was read from it, written as a
 * file of our own, must be read the same; then it is judged, up to where it would be written to the store. */
#include "cli/cmd_procedure_import.c"
#include "cli/csv.h"
#include "core/event.h"
#include "core/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/slow_text.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* The file lives in memory; its path is that of the open descriptor. */
struct file {
    int fd;
    char path[64];
};

static void put_file(struct file *file, struct str text)
{
    if (!file->fd) {
        file->fd = memfd_create("table.csv", MFD_CLOEXEC);
        MUST(file->fd > 0);
        snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->fd);
    }
    MUST(ftruncate(file->fd, 0) == 0);
    MUST(pwrite(file->fd, text.p, text.n, 0) == (ssize_t)text.n);
}

/* Names and cells as csv.h writes them; a row of which nothing is columns would be passed over. */
static size_t write_table(const struct csv_in *in, struct buf *out)
{
    size_t rows = 0;
    struct csv csv = csv_begin(out, true);
    for (size_t i = 0; i < COLUMNS; i++)
        csv_cell(&csv, str_of(columns[i]));
    csv_line(&csv);
    for (size_t r = 0; r < in->rows; r++) {
        size_t bytes = 0;
        for (size_t i = 0; i < COLUMNS; i++)
            bytes += in->row[r].cell[i].n;
        for (size_t i = 0; bytes && i < COLUMNS; i++)
            csv_cell(&csv, in->row[r].cell[i]);
        if (bytes) {
            csv_line(&csv);
            rows++;
        }
    }
    return rows;
}

/* What may not reach a terminal is replaced when it is written. */
static void same_cell(struct str before, struct str after)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, before, true);
    MUST(str_eq(buf_str(&safe), after));
    buf_release(&safe);
}

static void same_table(const struct csv_in *in, const struct csv_in *again)
{
    size_t k = 0;
    for (size_t r = 0; r < in->rows; r++) {
        size_t bytes = 0;
        for (size_t i = 0; i < COLUMNS; i++)
            bytes += in->row[r].cell[i].n;
        if (!bytes)
            continue;
        for (size_t i = 0; i < COLUMNS; i++)
            same_cell(in->row[r].cell[i], again->row[k].cell[i]);
        k++;
    }
}

static void sound(const struct csv_in *in, size_t size)
{
    size_t line = 1;
    MUST(in->columns == COLUMNS && (in->has[0] || !in->rows));
    for (size_t r = 0; r < in->rows; r++) {
        MUST(in->row[r].line > line && in->row[r].line <= size + 1);
        line = in->row[r].line;
        for (size_t i = 0; i < COLUMNS; i++) {
            MUST(text_is_utf8(in->row[r].cell[i]));
            MUST(in->has[i] || !in->row[r].cell[i].n);
        }
    }
}

/* What is wrong is said in words that may be printed. */
static void told(const struct outcome *o)
{
    struct buf line = BUF_INIT;
    MUST(o->kind == KIND_bad_csv);
    outcome_message(&line, LANG_VI, o);
    MUST(slow_is_showable(buf_str(&line), false));
    buf_release(&line);
}

/* Said in words that may be printed, whatever is in the file. */
static void judged(struct csv_in *in, bool json)
{
    struct cli c = {.lang = LANG_VI, .json = json, .office = fuzz_office(), .offset = 420, .now = 1795142400};
    struct import m = {.cli = &c, .in = *in, .text = ARENA_INIT, .path = STR("table.csv")};
    buf_add_z(&c.login, "lan");
    fuzz_catch();
    int status = import_rows(&m, true);
    struct str said = fuzz_caught();
    MUST(status == 0 || status == INPUT);
    MUST((status == 0) == (said.n == 0) && slow_is_showable(said, true));
    MUST((status == 0 || json) == (c.out.n > 0) && slow_is_showable(buf_str(&c.out), true));
    for (size_t i = 0; status == 0 && i < m.rows; i++)
        MUST(m.row[i].procedure.code.n && m.row[i].procedure.name.n && m.row[i].procedure.field.n);
    free(m.row);
    arena_release(&m.text);
    buf_release(&c.out);
    buf_release(&c.login);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct file theirs, ours;
    struct csv_in in, again;
    put_file(&theirs, (struct str){(const char *)data, size});
    struct outcome o = csv_in_read(&in, theirs.path, columns);
    if (outcome_ok(&o)) {
        struct buf table = BUF_INIT;
        sound(&in, size);
        size_t rows = write_table(&in, &table);
        put_file(&ours, buf_str(&table));
        o = csv_in_read(&again, ours.path, columns);
        MUST(outcome_ok(&o) && again.rows == rows);
        same_table(&in, &again);
        csv_in_release(&again);
        buf_release(&table);
        judged(&in, size & 1);
    } else {
        told(&o);
    }
    csv_in_release(&in);
    return 0;
}
