#include "core/decision.h"

enum { AT_FIRST = 4 }; /* few commands say more */

/* Twice the room. The old one is given back with the rest. */
static bool grow(struct decision *d)
{
    size_t cap = d->cap ? d->cap * 2 : AT_FIRST;
    struct event *event = arena_room(&d->text, cap * sizeof *event);
    if (!event)
        return false;
    if (d->count)
        memcpy(event, d->event, d->count * sizeof *event);
    d->event = event;
    d->cap = cap;
    return true;
}

struct event *decision_add(struct decision *d)
{
    if (d->count == d->cap && !grow(d)) {
        d->nowhere = (struct event){0};
        return &d->nowhere;
    }
    struct event *e = &d->event[d->count++];
    *e = (struct event){0};
    return e;
}

void decision_clear(struct decision *d)
{
    struct arena text = d->text;
    arena_clear(&text);
    *d = (struct decision){.text = text};
}

void decision_release(struct decision *d)
{
    arena_release(&d->text);
    *d = DECISION_INIT;
}
