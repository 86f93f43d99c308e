/* receive_usage: which procedures the desk receives all day: they stand first in the list to choose from. */
#ifndef MOTCUA_TUI_RECEIVE_USAGE_H
#define MOTCUA_TUI_RECEIVE_USAGE_H

#include "store/store.h"
#include "tui/names.h"

/* Notes in `names` how often each was used among the last dossiers; a code's other rows are its cases and
 * count with it. Nothing where memory is out. */
void receive_usage_count(struct names *names, struct view *v);

#endif
