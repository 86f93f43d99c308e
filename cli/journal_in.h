/* journal_in: reading a journal back that `export journal` wrote: JSON Lines, one entry a line, oldest first.
 *
 * Of each line only seq, hash and body (in base64) are taken; what stands beside them is for people. The
 * first line also says at which entry the journal ends (`journal`), so a file that was cut short is not taken
 * for a whole one. Lines may end in LF or CRLF, the last one in nothing; a byte order mark and blank lines
 * are passed over. Memory is that of one line.
 *
 * What is wrong is told by file and line (`bad_line`): a line that is no whole JSON object, is longer than
 * JOURNAL_IN_LINE, lacks what is needed, is out of order; a file that ends before its last entry, or goes on
 * after it. Whether the hashes are those of the chain is for whoever replays it. */
#ifndef MOTCUA_CLI_JOURNAL_IN_H
#define MOTCUA_CLI_JOURNAL_IN_H

#include "store/restore.h"

#define JOURNAL_IN_LINE ((size_t)16 << 20) /* bytes of a line, its end not counted */

struct journal_in;

/* Opens a file, or a pipe: it is read once, from its beginning. `not_a_backup` when what it begins with is no
 * JSON object, `no_such_file`, `no_permission`, `io_error`, `out_of_memory`; *out is NULL then. */
struct outcome journal_in_open(const char *path, struct journal_in **out);
/* Its entries, once. Lives as long as `j`. */
struct journal_source journal_in_source(struct journal_in *j);
void journal_in_close(struct journal_in *j); /* NULL is fine */

#endif
