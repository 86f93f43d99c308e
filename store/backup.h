/* backup: a copy of a store while others keep working, and reading such a copy back.
 *
 * A backup is one file: the store's data.mdb, compacted, as it stood at one moment. It holds a prefix of the
 * journal, whole. */
#ifndef MOTCUA_STORE_BACKUP_H
#define MOTCUA_STORE_BACKUP_H

#include "store/restore.h"

/* Writes the copy beside `file`, checks it by opening it and walking its hash chain to the head, and puts it
 * in the place of `file` in one step, on the disk for good, readable for its owner alone. What is there now
 * stays until then. *head (may be NULL) is the journal's end in it. Fails with `disk_full`, `no_permission`,
 * `io_error`, `damaged`; the store's own files are no place to write to. No view may be open. */
struct outcome store_backup(struct store *s, const char *file, struct head *head);

/* The journal inside a backup (or inside any data.mdb that nobody writes to), for store_restore(). Only the
 * journal is read: damage elsewhere does not matter, nor which layout the rest is of. */
struct backup;
/* `no_such_file`, `not_a_backup`, `no_permission`, `io_error`, `out_of_memory`. */
struct outcome backup_open(const char *file, struct backup **out);
struct journal_source backup_source(struct backup *b);
void backup_close(struct backup *b); /* NULL is fine */

#endif
