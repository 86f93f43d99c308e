/* import_row: one row of a spreadsheet of dossiers as the command that would bring it in. Pure. */
#ifndef MOTCUA_CLI_IMPORT_ROW_H
#define MOTCUA_CLI_IMPORT_ROW_H

#include "cli/import_columns.h"
#include "core/arena.h"
#include "core/command.h"

/* Which columns the file has, and what stands in them: borrowed, `'` before formulas already taken off. */
struct import_cells {
    struct str cell[COLUMNS_KNOWN];
    bool unbroken; /* known to have neither line breaks nor tabs */
};

/* Among whom and when. */
struct import_terms {
    const struct office *office;
    civil_minute now;
};

struct import_row {
    struct command command;         /* COMMAND_IMPORT */
    bool is_void;                   /* void there: nothing to bring in */
    bool unknown_procedure;         /* not in the catalogue */
    bool no_result_date;            /* ended, and nobody says when */
    bool due_too_early;             /* before the day it was received */
    enum import_column month_first; /* a column of times in which the month stands first; COLUMN_CODE: none */
    enum import_column column;      /* where `fault` is: of which cell */
    enum text_id fault; /* T_nothing: the row can be judged; else what is wrong, the rest of a sentence */
};

/* The code alone, as it will be looked up; absent where there is none. */
struct str import_row_code(const struct import_cells *cells);
/* `known` is the dossier that stands under exactly this code, NULL where none does. An empty cell says
 * nothing. A date without an hour says the day alone: of a dossier that is known the time of that day stays;
 * else it is opening time for what begins, 17:00 for what ends, never after `now` and never before what must
 * come first. Without a word for the state a day of the result or of its handing over tells it.
 *
 * What *out borrows lives in the cells, in `known` and in `text` (whose failure the caller looks for). */
void import_row_read(const struct import_cells *cells, const struct dossier *known,
                     const struct import_terms *terms, struct arena *text, struct import_row *out);

#endif
