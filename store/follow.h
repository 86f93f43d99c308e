/* follow: what an entry of the journal makes of the state and of what is searched, and which may follow.
 *
 * Whoever writes entries (store/batch.h) and whoever checks what was written (store/sound.h) go by these same
 * rules, so that they never differ. */
#ifndef MOTCUA_STORE_FOLLOW_H
#define MOTCUA_STORE_FOLLOW_H

#include "core/event.h"
#include "store/state.h"

/* The next event of the office's chain, or the counter's. False for one that may not come next. */
bool follow_office(struct state *s, const struct event *e);
bool follow_counter(struct state *s, const struct event *e);

/* Counts one event; `before` and `after` as gain_of() has them. */
void follow_count(struct state *s, const struct event *e, const struct dossier *before,
                  const struct dossier *after, int utc_offset);
/* A dossier received then has got its lines. */
void follow_received(struct state *s, civil_minute received);
/* The event is the journal's head, with that hash. */
void follow_head(struct state *s, const struct event *e, const unsigned char hash[STORE_HASH]);

/* Is a dossier searched by something else now, or found in another place? */
bool follow_moves_lines(const struct dossier *before, const struct dossier *after);
/* Was the newest receipt of all one in the future, left by a clock that ran ahead (core/clock.h), which this
 * event corrects? As the newest it would keep every search from knowing its order until that time really
 * comes. */
bool follow_leaves_future(const struct state *s, const struct dossier *before, const struct event *e,
                          int utc_offset);

#endif
