/* csv: a spreadsheet file as RFC 4180 has it, safe to open: begins with a byte order mark unless
 * told otherwise (with it Excel takes the file for UTF-8), and a cell that a spreadsheet would run as a
 * formula gets a `'` before it. */
#ifndef MOTCUA_CLI_CSV_H
#define MOTCUA_CLI_CSV_H

#include "core/buf.h"

struct csv {
    struct buf *out; /* borrowed */
    bool comma;
};

/* Writes the byte order mark, where it is wanted. */
struct csv csv_begin(struct buf *out, bool mark);
/* What would act on a terminal is written as U+FFFD; line breaks stay. */
void csv_cell(struct csv *csv, struct str text);
/* A number or a date as the program writes them: nothing in it is to be made safe, and a sign before a number
 * is no formula. */
void csv_plain(struct csv *csv, struct str text);
void csv_line(struct csv *csv);
/* Would a spreadsheet run it? Also behind any number of `'`: reading takes exactly one off such a cell. */
bool csv_is_formula(struct str text);

#endif
