/* list_acts: what can be done from a list: with all that is marked, or with the chosen row where nothing is.
 */
#ifndef MOTCUA_TUI_LIST_ACTS_H
#define MOTCUA_TUI_LIST_ACTS_H

#include "tui/marks.h"
#include "tui/session.h"

/* True when the action was one of these. `chosen`: the row's dossier, 0 for none. `marks` must outlive the
 * page that is opened: it belongs to the page below it. */
bool list_act(struct session *s, struct marks *marks, uint64_t chosen, enum action action);
/* Marks or unmarks; says so when no more can be marked. */
void list_mark(struct session *s, struct marks *marks, uint64_t id);
void list_say_full(struct session *s);
/* Drops all marks, saying how many; false when there were none. */
bool list_unmark_all(struct session *s, struct marks *marks);
/* "3 hồ sơ được đánh dấu"; nothing for none. */
void list_tell_marks(struct buf *out, enum lang lang, const struct marks *marks);
/* The hints of the keys that act on marked rows. Returns how many. */
size_t list_mark_hints(struct hint *out);

#endif
