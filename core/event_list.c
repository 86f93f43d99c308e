#include "core/event_list.h"

#include <stdlib.h>

void event_list_release(struct event_list *l)
{
    free(l->event);
    *l = (struct event_list){NULL};
}

bool event_list_add(void *list, const struct event *e)
{
    struct event_list *l = list;
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 16;
        struct event *more = realloc(l->event, cap * sizeof *more);
        if (!more) {
            l->failed = true;
            return false;
        }
        l->event = more;
        l->cap = cap;
    }
    l->event[l->count++] = *e;
    return true;
}
