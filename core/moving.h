/* moving: what a change of the office's days does to the due time of a running dossier.
 *
 * Never earlier: what would shorten the time leaves the date the citizen was given. A promised date (a
 * letter's) that becomes a day off rolls to the next working day. */
#ifndef MOTCUA_CORE_MOVING_H
#define MOTCUA_CORE_MOVING_H

#include "core/event.h"
#include "core/office.h"

enum move {
    MOVE_NONE,      /* the change does not touch it */
    MOVE_CONFIRMED, /* same times; no longer (or now) depending on computed days: an event, but no move */
    MOVE_LATER,     /* an event */
    MOVE_KEPT,      /* would be earlier: no event */
};

/* For a running dossier (others: MOVE_NONE), counted again in the calendar of `after`; `before` is the office
 * without the change. For MOVE_CONFIRMED and MOVE_LATER *out is the event to record, but for at, by, cause
 * and what the store gives; for MOVE_KEPT out->moved tells what would have been. Cannot fail: what cannot be
 * counted again stays. */
enum move due_after_office_change(const struct office *before, const struct office *after,
                                  const struct dossier *d, struct event *out);

#endif
