/* rebuild: new projections from the journal, when the layout of those on disk is an older program's. */
#ifndef MOTCUA_STORE_REBUILD_H
#define MOTCUA_STORE_REBUILD_H

#include "store/env.h"

/* Replays the journal into tables of our layout, in short transactions between which older programs may go on
 * writing, and flips to them in the last one, which takes the old tables away. Nothing to do when the layout
 * is ours; `newer_store` when it is a newer program's. Cut off in the middle, it goes on where it was the
 * next time. `watch` is told how far it is (NULL: nobody); when it says stop, `io_error`. */
struct outcome rebuild_if_older(struct store *s, const struct watch *watch);

#endif
