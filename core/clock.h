/* clock: the machine's clock against the times the journal was written at.
 *
 * Entries are recorded at times that never decrease. A clock a little behind the last entry is lifted to it.
 * One further behind is refused, for either of the two may be wrong: this clock, which is then set, or the
 * one that the last entry was made by, which ran ahead. In the second case an admin accepts the clock as it
 * now is (EVENT_CLOCK_ACCEPTED), the one event that may be recorded before the entry before it.
 *
 * What was recorded ahead keeps its time, wrong as it is: nothing in the journal is ever changed. But it
 * cannot have been written later than the clock was accepted, so that is when it counts as written, wherever
 * the journal is looked at as it stood at an earlier moment. */
#ifndef MOTCUA_CORE_CLOCK_H
#define MOTCUA_CORE_CLOCK_H

#include "core/event.h"

/* Seconds that a clock may be behind the journal's last entry. */
enum { CLOCK_SLACK = 5 * 60 };

/* Is a clock that says `now` further behind than that? `last`: when the last entry was recorded, NO_TIME
 * before the first. UTC seconds, of any size. */
bool clock_is_behind(int64_t now, int64_t last);

/* May this event follow an entry recorded at `last`? It is recorded no earlier; where it accepts a clock, it
 * says what it steps back from and really does. */
bool clock_may_follow(const struct event *e, int64_t last);

#endif
