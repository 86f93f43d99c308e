/* evolve: a dossier after one more event. Copies and counts; never asks the calendar, the catalogue, a
 * setting or the clock, so that replay gives the same for ever. */
#ifndef MOTCUA_CORE_EVOLVE_H
#define MOTCUA_CORE_EVOLVE_H

#include "core/event.h"

/* Applies e to *d ({0} before EVENT_RECEIVED). *d then borrows from e too. False for an event that cannot
 * follow (a damaged journal). */
bool evolve(struct dossier *d, const struct event *e);

#endif
