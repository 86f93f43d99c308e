/* import_kept: what the rows of a spreadsheet were decided to be while it was checked, for the writing: as
 * the journal's entries, set aside (cli/spool.h), so that memory stays flat however many there are, and
 * nothing is read, judged and decided twice. */
#ifndef MOTCUA_CLI_IMPORT_KEPT_H
#define MOTCUA_CLI_IMPORT_KEPT_H

#include "cli/spool.h"

struct import_kept {
    bool kept;    /* false: nothing is */
    bool reading; /* it is being handed out */
    struct spool spool;
    struct buf name; /* of the one being added */
};

struct import_kept_row {
    size_t row;
    uint64_t office_seq; /* as it was decided with */
    struct str entry;    /* borrowed until the next */
};

/* Where there is no room for the file nothing is kept: whatever is not handed out is to be decided anew. */
void import_kept_begin(struct import_kept *k);
void import_kept_add(struct import_kept *k, size_t row, uint64_t office_seq, const struct buf *entry);
/* The next one, in the order they were added; nothing is added any more. False after the last, and where the
 * file cannot be read any more: the rest is to be decided anew. */
bool import_kept_next(struct import_kept *k, struct import_kept_row *out);
void import_kept_release(struct import_kept *k);

#endif
