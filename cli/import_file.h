/* import_file: a spreadsheet of dossiers, read row by row, as often as need be, in the memory of its longest
 * row.
 *
 * UTF-8, or UTF-16 as Excel's "Unicode text"; comma, semicolon or tab. The names of the columns stand in one
 * of the first 20 rows: the first that has a column for the code and at least two more that are known. */
#ifndef MOTCUA_CLI_IMPORT_FILE_H
#define MOTCUA_CLI_IMPORT_FILE_H

#include "cli/import_row.h"
#include "core/outcome.h"

#include <sys/stat.h>

#define IMPORT_HEADER_ROWS 20
#define IMPORT_FILE_COLUMNS 512 /* more are refused, unless they are empty */

struct import_file {
    int fd;
    struct str path; /* as it was named; borrowed */
    struct stat seen;
    unsigned char delimiter;
    size_t header_line;
    size_t columns;
    bool wide; /* more than that many, nothing in the rest: spreadsheets that save empty columns too */
    enum import_column column[IMPORT_FILE_COLUMNS];
    struct str name[IMPORT_FILE_COLUMNS];
    struct arena names;
};

struct import_line {
    size_t line;            /* where it begins */
    const struct str *cell; /* as they stand there; they live in `text` */
    size_t cells;           /* how many */
    struct str text;        /* all of them, borrowed until the next row */
    bool readable;          /* in UTF-8, and as many cells as columns: `known` is filled in */
    bool utf8;
    bool stray;                /* a quote stands where none may be: its only cell is the whole line */
    struct import_cells known; /* points into `text` */
    uint64_t bytes;            /* of the file read so far, about */
};

/* Opens `path` ("-": standard input, and what can be read only once, go to a file without a name first) and
 * finds the names of its columns. `no_such_file`, `no_permission`, `io_error`, `bad_csv`, `out_of_memory`.
 * import_file_release() in any case. */
struct outcome import_file_open(struct import_file *f, struct str path);
void import_file_release(struct import_file *f);

/* The rows below the names, from the first; `each` returns false to stop. `bad_csv` where the quotes are
 * wrong. */
typedef bool import_visit(void *arg, const struct import_line *line);
struct outcome import_file_walk(struct import_file *f, import_visit *each, void *arg);
/* Is it what it was when it was opened? Success or `file_changed`. */
struct outcome import_file_check(const struct import_file *f);

#endif
