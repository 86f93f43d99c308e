/* evolve: a dossier after one more event. Copies and counts; never asks the calendar, the catalogue, a
 * setting or the clock, so that replay gives the same for ever. */
#ifndef MOTCUA_CORE_EVOLVE_H
#define MOTCUA_CORE_EVOLVE_H

#include "core/event.h"

/* Applies e to *d ({0} before EVENT_RECEIVED). *d then borrows from e too. False for an event that cannot
 * follow (a damaged journal), and for EVENT_UNDONE, which only the whole history can answer:
 * evolve_history(). */
bool evolve(struct dossier *d, const struct event *e);

/* The dossier that the first `count` events of one make, oldest first from EVENT_RECEIVED on; whatever an
 * EVENT_UNDONE among them takes back is left out. *d borrows from the events, whose undone_by is filled in.
 * False when they are not such a history. */
bool evolve_history(struct dossier *d, struct event *events, size_t count);

#endif
