/* going_on: does the journal go on from what was last shown to this person? Compared when the screen opens,
 * noted when it has been shown, when the keys rest after a save, and when it closes. Noting waits for the
 * disk, as a save does: at the counter each save waits once, for itself, and a queue of them costs one note.
 * What is killed before the keys rest has noted no more than what was shown before. */
#ifndef MOTCUA_TUI_GOING_ON_H
#define MOTCUA_TUI_GOING_ON_H

#include "tui/session.h"

/* Compares: s->warning then says that it does not, or is empty. A session without a store has none. */
void going_on_look(struct session *s);
/* Compares anew and, where it goes on, notes the journal's end of now. That it could not be noted is told in
 * the last rows. */
void going_on_note(struct session *s);
/* The same, when the keys rest after a save: that it could not be noted is told when the screen closes. */
void going_on_note_quietly(struct session *s);

#endif
