/* past: how a dossier stood at an earlier moment, by the times at which things happened (`at`), with all that
 * is known now. core/evolve answers what was known; this answers what was the case. */
#ifndef MOTCUA_CORE_PAST_H
#define MOTCUA_CORE_PAST_H

#include "core/event.h"

/* The dossier as it stood at the end of minute `when`.
 *
 * `events` is its whole history, oldest first, undone_by filled in (core/evolve). Of what still stands,
 * whatever happened at or before `when` counts, in the journal's order, and nothing later: a letter, a wait,
 * a restart, a change of the office's days that came after is not there yet. A correction mends what was
 * typed wrong from the beginning, so it counts whenever it was made: the receipt, its moment, and the
 * appointment counted from it (the promised time too, unless a letter's date was already in force).
 * One made after a restart or a payment counts the appointment from there: before that the one first given
 * stands. What another system brought is unwound: it had not ended yet before it did.
 *
 * A record that is void is void at every moment: it was a mistake from the beginning. False where the dossier
 * was not received by then, or the events are not one dossier's; *out is then unusable. Strings are borrowed
 * from the events. */
bool past_dossier(struct dossier *out, const struct event *events, size_t count, civil_minute when);

#endif
