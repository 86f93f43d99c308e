/* event_fill: random contents for what the counter records, and whether they came back from their bytes: for
 * the tests of journal entries. */
#ifndef MOTCUA_TESTS_EVENT_FILL_H
#define MOTCUA_TESTS_EVENT_FILL_H

#include "core/event.h"
#include "tests/random.h"

struct str fill_text(struct random *r);
struct receipt fill_receipt(struct random *r);
/* The contents of a kind that the counter brought: steps put, fee, late reason, turned away. False for other
 * kinds. */
bool fill_counter(struct random *r, struct event *e);
/* What the second version of bodies says beside the first: sometimes something, sometimes nothing. */
void fill_more(struct random *r, struct event *e);
/* Is all that still there? True for kinds that have nothing of it. */
bool counter_came_back(const struct event *e, const struct event *b);

#endif
