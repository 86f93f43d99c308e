/* import_kept: what the rows of a spreadsheet were decided to be while it was checked, for the writing: as
 * the journal's entries, one after the other in a file without a name, so that memory stays flat however many
 * there are, and nothing is read, judged and decided twice. */
#ifndef MOTCUA_CLI_IMPORT_KEPT_H
#define MOTCUA_CLI_IMPORT_KEPT_H

#include "core/buf.h"

struct import_kept {
    int fd;             /* below 0: nothing is kept */
    struct buf pending; /* not in the file yet; when read, what was read and not handed out */
    size_t handed;      /* of it */
    uint64_t written, read;
};
#define IMPORT_KEPT_NONE ((struct import_kept){.fd = -1})

struct import_kept_row {
    size_t row;
    uint64_t office_seq; /* as it was decided with */
    struct str entry;    /* borrowed until the next */
};

/* Where there is no room for the file nothing is kept: whatever is not handed out is to be decided anew. */
void import_kept_begin(struct import_kept *k);
void import_kept_add(struct import_kept *k, size_t row, uint64_t office_seq, const struct buf *entry);
/* The next one, in the order they were added; nothing is added any more. False
 * after the last, and where the file cannot be read any more: the rest is to be decided anew. */
bool import_kept_next(struct import_kept *k, struct import_kept_row *out);
void import_kept_release(struct import_kept *k);

#endif
