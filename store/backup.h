/* backup: a copy of a store while others keep working, and reading such a copy back.
 *
 * A backup is one file: the store's data.mdb, compacted, as it stood at one moment. It holds a prefix of the
 * journal, whole. */
#ifndef MOTCUA_STORE_BACKUP_H
#define MOTCUA_STORE_BACKUP_H

#include "store/restore.h"
#include "store/watch.h"

/* Writes the copy beside `file`, checks it by opening it and walking its hash chain to the head, and puts it
 * in the place of `file` in one step, on the disk for good, readable for its owner alone. What is there now
 * stays until then; a link is followed. *head (may be NULL) is the journal's end in it.
 *
 * Refuses `store_exists` where `file` is the data.mdb of another store. Fails with `disk_full`,
 * `no_permission`, `io_error` (the store's own files, too, are no place to write to, nor is a folder or a
 * device), `damaged`. No view may be open. */
struct outcome store_backup(struct store *s, const char *file, struct head *head);
/* The same, watched while it is checked; a stop leaves what is there. *out is what the copy holds. */
struct outcome store_backup_watched(struct store *s, const char *file, const struct watch *watch,
                                    struct store_stat *out);

/* The journal inside a backup (or inside any data.mdb that nobody writes to), for store_restore(). Only the
 * journal is read: damage elsewhere does not matter, nor which layout the rest is of. But where the summary
 * beside it can be read, and tells of entries after the last, some were taken away: reading it then ends with
 * `damaged_backup`. */
struct backup;
/* `no_such_file`, `not_a_backup`, `damaged_backup`, `no_permission`, `io_error`, `out_of_memory`. */
struct outcome backup_open(const char *file, struct backup **out);
struct journal_source backup_source(struct backup *b);
/* How many entries there are. */
uint64_t backup_entries(const struct backup *b);
void backup_close(struct backup *b); /* NULL is fine */

#endif
