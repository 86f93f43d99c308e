/* days_event: what the events of an iCalendar file, once all of them were read, say of the office's days. */
#ifndef MOTCUA_ICALENDAR_DAYS_EVENT_H
#define MOTCUA_ICALENDAR_DAYS_EVENT_H

#include "icalendar/days_found.h"
#include "icalendar/vevent.h"

struct day_event {
    struct vevent v;            /* its times become those of the office's clock */
    bool is_event;              /* else a to-do or a journal entry */
    bool old;                   /* another has the same uid and a higher SEQUENCE */
    struct vevent_time written; /* its start as it is written */
    struct str unknown;         /* a zone it names that nobody knows; absent: none */
    bool is_unknown;
};

struct day_events {
    struct zones *zones; /* its own */
    struct day_event *event;
    size_t count, cap;
};

/* An empty one, to be filled before the next is added; NULL when memory is out. */
struct day_event *day_events_add(struct day_events *events);
void day_events_release(struct day_events *events);

/* Appends all their days to *in, in the order of the file. False at a
 * fault, and when memory is out. */
bool day_events_take(struct day_events *events, struct days_in *in, const struct days_in_options *how);

#endif
