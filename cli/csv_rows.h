/* csv_rows: the rows of a spreadsheet's file, one after the other, however large it is.
 *
 * RFC 4180's quotes, line breaks within them too; lines that end in LF, CRLF or CR. Rows in which nothing is
 * written are passed over. Lines are counted as an editor counts them. */
#ifndef MOTCUA_CLI_CSV_ROWS_H
#define MOTCUA_CLI_CSV_ROWS_H

#include "core/str.h"
#include <csv.h>

#define CSV_CELL_BYTES                                                                                       \
    ((size_t)1 << 20) /* a cell longer than that is most likely a quote that nobody closed */

enum csv_rows_fault {
    CSV_ROWS_FINE,
    CSV_ROWS_QUOTE, /* a quote where none may be, or never closed */
    CSV_ROWS_LONG,  /* a cell longer than CSV_CELL_BYTES */
    CSV_ROWS_MEMORY,
};

struct csv_rows {
    /* Called for each cell and at the end of each row; the cell's bytes are borrowed until it returns. */
    void (*cell)(void *arg, struct str text);
    void (*row)(void *arg);
    /* May be set after csv_rows_init(). Called instead of row() for a row with a quote where none may be, if
     * it began on that very line: with the whole line, without its end. The cells it was called with before
     * count for nothing, and it goes on with the next line. Not set, such a row is a fault. */
    void (*stray)(void *arg, struct str line);
    void *arg;

    size_t line;     /* the last one fed */
    size_t row_line; /* where the row under way began; 0 between rows */
    size_t column;   /* of the cell that comes next, from 0; at the end of a row how many it has */
    bool stopped;    /* set by a callback: nothing more is called */
    enum csv_rows_fault fault;

    bool written; /* something is in this row */
    struct csv_parser parser;
};

/* False when memory is out. csv_rows_release() in any case. */
bool csv_rows_init(struct csv_rows *r, unsigned char delimiter, void (*cell)(void *, struct str),
                   void (*row)(void *), void *arg);
/* Takes the whole lines of UTF-8 text (without a byte order mark), all of it where it is the `last`; how many
 * bytes it took. What is left belongs before the text that comes next. Takes all after a fault or a stop. */
size_t csv_rows_feed(struct csv_rows *r, struct str text, bool last);
void csv_rows_release(struct csv_rows *r);

/* A cell without the `'` that csv_cell() (cli/csv.h) puts before what a spreadsheet would run. */
struct str csv_without_guard(struct str cell);

#endif
