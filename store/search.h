/* search: looking for dossiers in slices, so that whoever waits for a key never waits for it.
 *
 *     struct search *s = search_new(&query);
 *     while (!search_some(s, view, go_on, each, arg))
 *         ... the view may be ended, keys looked at, another view begun ...
 *     search_free(s);
 *
 * What it answers, it answers in its final order, newest receipt first (then newest id), whatever the slices:
 * at every moment the newest matches are those that were told. Between two slices other processes may write:
 * it goes on from where it is. What they logged or renamed meanwhile may be missing then; who must have it
 * searches again. Where the tables were built anew it begins from the beginning, and may tell a dossier
 * twice. */
#ifndef MOTCUA_STORE_SEARCH_H
#define MOTCUA_STORE_SEARCH_H

#include "store/store.h"

struct search;

/* What was found. Reading the dossier is left to who wants it: mostly few of them are shown. */
struct found {
    civil_minute received;
    uint64_t id;
};
typedef bool found_visit(void *arg, const struct found *found);

/* The query is borrowed until search_free(). NULL when memory is out. */
struct search *search_new(const struct query *q);
void search_free(struct search *s); /* NULL is fine */

/* Goes on until it is over, `each` answers false (then it is over too), or `go_on` (NULL: always true) says
 * that it is enough for now. `go_on` is asked after each step, which takes some microseconds; each call takes
 * at least one step. True when it is over; damage is told by view_fault(). In a view as of an earlier moment
 * it is one step. */
typedef bool search_go_on(void *arg);
bool search_some(struct search *s, struct view *v, search_go_on *go_on, found_visit *each, void *arg);

#endif
