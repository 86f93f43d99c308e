/* event_list: the events that a walk hands out one by one, kept side by side. */
#ifndef MOTCUA_CORE_EVENT_LIST_H
#define MOTCUA_CORE_EVENT_LIST_H

#include "core/event.h"

/* {0} is an empty one. What the events borrow is not copied: it lives as long as it did for the walk. */
struct event_list {
    struct event *event;
    size_t count, cap;
    bool failed; /* memory ran out: it is not whole */
};
void event_list_release(struct event_list *l);
/* One more; `list` is a struct event_list, so that this may be what a walk calls. False when memory ran out.
 */
bool event_list_add(void *list, const struct event *e);

#endif
