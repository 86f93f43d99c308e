/* csv_in: a spreadsheet's file, read whole and by the names of its columns.
 *
 * UTF-8 with or without a byte order mark; comma, semicolon or tab, as the first line has it; RFC 4180's
 * quotes, line breaks within them too; lines that end in LF, CRLF or CR. A `'` before what a spreadsheet
 * would run as a formula is taken off again (cli/csv.h puts it there). Rows in which nothing is written are
 * passed over.
 *
 * What is wrong is told by line (as an editor counts them, where the row begins) and column: `bad_csv`. */
#ifndef MOTCUA_CLI_CSV_IN_H
#define MOTCUA_CLI_CSV_IN_H

#include "core/arena.h"
#include "core/outcome.h"

#define CSV_IN_BYTES ((size_t)256 << 20) /* a file larger than that is refused */

struct csv_in_row {
    size_t line;      /* where it begins, from 1 */
    struct str *cell; /* in the order of the wanted names; absent where the file has no such column */
};

struct csv_in {
    const char *const *wanted; /* borrowed */
    size_t columns;            /* wanted */
    bool *has;                 /* for each of them: does the file have it? */
    struct csv_in_row *row;
    size_t rows, cap;
    struct arena text; /* all cells */
};

/* Reads `path`. `wanted` are the names of columns that are of use, as they are folded, ended by NULL; the
 * first is one that must be there. Others in the file are ignored, whatever is in them. Names match after
 * folding. A row with more or fewer cells than the first line is wrong, never shifted.
 *
 * `no_such_file`, `bad_csv`, `no_permission`, `io_error`, `out_of_memory`; csv_in_release() in any case. */
struct outcome csv_in_read(struct csv_in *in, const char *path, const char *const *wanted);
void csv_in_release(struct csv_in *in);

/* What is wrong with a cell of the file: `what` is the rest of the sentence. */
struct outcome csv_in_fault(struct str path, size_t line, struct str column, enum text_id what);

#endif
