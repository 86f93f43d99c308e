/* csv_text: the bytes of a spreadsheet's file as UTF-8 text, piece by piece. UTF-8 with or without a byte
 * order mark stays as it is; UTF-16 (what Excel calls "Unicode text") becomes UTF-8, where what is no
 * character becomes bytes that are no UTF-8 either. */
#ifndef MOTCUA_CLI_CSV_TEXT_H
#define MOTCUA_CLI_CSV_TEXT_H

#include "core/buf.h"

struct csv_text {
    bool begun;
    bool wide, big;        /* UTF-16; its larger byte first */
    unsigned char byte[4]; /* begun and not yet whole */
    size_t bytes;
};

/* Make it {0}. Appends what the next bytes of the file say; their first piece must have 4 bytes, or be all.
 */
void csv_text_add(struct csv_text *t, struct str bytes, struct buf *out);
/* Does a file that begins so hold no text, but a workbook: .xlsx and .ods are archives, .xls is older? */
bool csv_text_is_workbook(struct str beginning);
/* After the last: half a character is left over. */
static inline bool csv_text_is_cut(const struct csv_text *t)
{
    return t->bytes > 0;
}

#endif
