/* rehearsal: what an act would do to a dossier, decided by the very rules and thrown away. */
#ifndef MOTCUA_TUI_REHEARSAL_H
#define MOTCUA_TUI_REHEARSAL_H

#include "tui/session.h"

struct rehearsal {
    struct view *view;      /* open until rehearsal_end(): nothing may be asked of the store meanwhile */
    struct dossier before;  /* as it is */
    struct outcome outcome; /* of the act; success: the two below say what it would do */
    struct decision decision;
    struct dossier after;
    struct event *history; /* with the undoing at its end; of COMMAND_UNDO alone */
    size_t events;
};

/* False, the reason said, when the store cannot be read or the dossier is not there; then nothing is to be
 * ended. The letter it would number gets the number 1. */
bool rehearsal_begin(struct rehearsal *r, struct session *s, uint64_t id, const struct command *command);
void rehearsal_end(struct rehearsal *r);
/* The event an undoing would take back; NULL where it is none. */
const struct event *rehearsal_undone(const struct rehearsal *r);

#endif
