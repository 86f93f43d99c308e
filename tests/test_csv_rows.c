/* The rows that are taken apart at a look are those that libcsv makes of the same bytes. */
#include "cli/csv_rows.h"
#include "core/buf.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define SEED 20261121

/* Rows as text: a cell in brackets, a newline behind a row. A row of nothing is none. */
struct told {
    struct buf row, all;
    bool written;
    const struct csv_rows *rows; /* where they come from */
};

static void add_cell(struct told *t, struct str cell)
{
    buf_add_char(&t->row, '[');
    buf_add_str(&t->row, cell);
    buf_add_char(&t->row, ']');
    t->written = t->written || cell.n;
}

static void end_row(struct told *t)
{
    if (t->written) {
        buf_add_str(&t->all, buf_str(&t->row));
        buf_add_char(&t->all, '\n');
    }
    buf_reset(&t->row);
    t->written = false;
}

/* Of a row of nothing the end is not told. */
static void on_cell(void *arg, struct str cell)
{
    struct told *t = arg;
    if (t->rows->column == 0)
        buf_reset(&t->row);
    add_cell(t, cell);
}

static void on_row(void *arg)
{
    end_row(arg);
}

static void libcsv_cell(void *bytes, size_t n, void *arg)
{
    add_cell(arg, (struct str){bytes, n});
}

static void libcsv_row(int end, void *arg)
{
    (void)end;
    end_row(arg);
}

static bool by_rows(struct str text, char delimiter, size_t piece, struct told *out)
{
    struct csv_rows rows;
    struct buf pending = BUF_INIT;
    out->rows = &rows;
    assert_true(csv_rows_init(&rows, (unsigned char)delimiter, on_cell, on_row, out));
    for (size_t at = 0; at <= text.n; at += piece) {
        struct str more = str_first(str_from(text, at), piece);
        buf_add_str(&pending, more);
        size_t taken = csv_rows_feed(&rows, buf_str(&pending), at + piece > text.n);
        memmove(pending.p, pending.p + taken, pending.n - taken);
        pending.n -= taken;
    }
    bool fine = rows.fault == CSV_ROWS_FINE;
    csv_rows_release(&rows);
    buf_release(&pending);
    return fine;
}

static bool by_libcsv(struct str text, char delimiter, struct told *out)
{
    struct csv_parser p;
    assert_int_equal(csv_init(&p, CSV_STRICT | CSV_STRICT_FINI), 0);
    csv_set_delim(&p, (unsigned char)delimiter);
    bool fine = csv_parse(&p, text.p, text.n, libcsv_cell, libcsv_row, out) == text.n &&
                csv_fini(&p, libcsv_cell, libcsv_row, out) == 0;
    csv_free(&p);
    return fine;
}

static void told_release(struct told *t)
{
    buf_release(&t->row);
    buf_release(&t->all);
}

static void rows_are_libcsvs(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",  "ệ",  "\"",   "\"b\"", "\"c, d\"", "\"\"", " ",  "\t",
                                         "\n", "\n", "\r\n", "\r",    ",",        ",",    ";",  "x y",
                                         "; ", ", ", " ,",   "\"e\"", "\"f;g\"",  "\"",   "hi", "\t,"};
    struct random r = {SEED};
    size_t right = 0;
    for (size_t run = 0; run < (getenv("MOTCUA_QUICK") ? 20000u : 300000u); run++) {
        struct buf text = BUF_INIT;
        struct told mine = {.written = false}, theirs = {.written = false};
        char delimiter = ",;\t"[run % 3];
        /* Two of three without lone quotes, so that whole files are right. */
        for (int64_t n = random_in(&r, 1, 24); n > 0; n--) {
            const char *piece = pieces[random_in(&r, 0, 23)];
            if (run % 9 < 6 && strcmp(piece, "\"") == 0)
                piece = ",";
            buf_add_z(&text, piece);
        }
        bool a = by_rows(buf_str(&text), delimiter, (size_t)random_in(&r, 1, 40), &mine);
        bool b = by_libcsv(buf_str(&text), delimiter, &theirs);
        if (a != b || !str_eq(buf_str(&mine.all), buf_str(&theirs.all)))
            fail_msg("run %zu, delimiter %d: \"%s\" is %d %s, not %d %s", run, delimiter, text.p, a,
                     mine.all.n ? mine.all.p : "", b, theirs.all.n ? theirs.all.p : "");
        right += b && theirs.all.n;
        told_release(&mine);
        told_release(&theirs);
        buf_release(&text);
    }
    assert_true(right > 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rows_are_libcsvs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
