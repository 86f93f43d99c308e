/* made: a store in the making. It is made in a folder of its own inside the store's folder, and takes its
 * place there in one step when it is whole: whoever looks finds a whole store or none, and an init that is
 * killed leaves only that inner folder, which the next one uses. One store is made in a folder at a time. */
#ifndef MOTCUA_STORE_MADE_H
#define MOTCUA_STORE_MADE_H

#include "core/outcome.h"

struct made;

/* Makes the folder with its parents, and in it an inner one with an empty data.mdb, with their modes whatever
 * the umask, and group (NULL: for the owner alone). `store_exists` where any data.mdb is, and where somebody
 * is making one right now; `unknown_group`, `not_a_folder`, `network_disk`, `no_permission`, `io_error`. On
 * failure nothing is left that was not there before. */
struct outcome made_begin(const char *dir, const char *group, struct made **out);
/* Is there nothing in the folder, or no folder yet? What makers left who were killed does not count. Success,
 * `store_exists` where any data.mdb is, `folder_not_empty`; what cannot be looked at is for made_begin() to
 * tell. */
struct outcome made_check_unused(const char *dir);
/* The inner folder. */
const char *made_place(const struct made *m);
/* Puts the store in its place, on the disk for good; the inner folder goes. Nobody may have it open.
 * `store_exists` when somebody copied one there meanwhile. On failure it stays as it was, and may be tried
 * again; `maybe_saved` where the disk neither keeps it for good nor lets it be taken back. */
struct outcome made_publish(struct made *m);
bool made_is_published(const struct made *m);
/* Takes away what a maker left who was killed when the store was already in its place. */
void made_tidy(const char *dir);
/* Takes all of it away again, published or not, and frees. Folders that hold something else stay. */
void made_undo(struct made *m);
/* Leaves everything as it is; a forked child of the maker may. NULL is fine. */
void made_free(struct made *m);

#endif
