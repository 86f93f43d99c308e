/* event_payload: what each kind of event says, as bytes. Private to the event*.c files. */
#ifndef MOTCUA_CORE_EVENT_PAYLOAD_H
#define MOTCUA_CORE_EVENT_PAYLOAD_H

#include "core/event.h"
#include "core/wire.h"

/* Of the office and of the counter; of dossiers. Reading sets the fault for a kind that is not known. */
void event_put_office(struct buf *b, const struct event *e);
void event_take_office(struct wire *w, struct event *e);
void event_put_life(struct buf *b, const struct event *e);
void event_take_life(struct wire *w, struct event *e);

/* What stands behind that in a body of the second version: written only where there is something to say, so
 * equal events have equal bodies, and what the first version wrote stays as it is. */
bool event_has_more(const struct event *e);
void event_put_more(struct buf *b, const struct event *e);
void event_take_more(struct wire *w, struct event *e);

void event_put_number(struct buf *b, struct yearly_number number);
struct yearly_number event_take_number(struct wire *w);

#endif
