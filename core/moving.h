/* moving: what a change of the office's days does to the due time of a running dossier.
 *
 * The count is made anew, from the moment the appointment in force counts from (receipt, restart or payment),
 * with the limit, clock and cutoff it was given with. Never earlier: what would shorten the time leaves the
 * date the citizen was given. Only a count that the change itself moves is taken up: a date kept at one
 * change is not moved by another before the count passes it. A date that was given, by a letter or kept, and
 * becomes a day off rolls to the next working day, at its hour. A date that another system gave rolls, and
 * moves only when it was at least as long as our own count. */
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
/* A date that is kept may yet have become certain (or uncertain): then true, and *kept, as it came with
 * MOVE_KEPT, becomes the event to record, with the same times. Else false and untouched. */
bool due_kept_is_confirmed(const struct dossier *d, struct event *kept);

/* For a dossier that an undo made running again: changes of days met while it waited or had ended passed it
 * by. MOVE_LATER or MOVE_CONFIRMED with the event to record, as above; never MOVE_KEPT. MOVE_NONE when it
 * missed nothing. */
enum move due_after_undo(const struct office *office, const struct dossier *d, struct event *out);

#endif
