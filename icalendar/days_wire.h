/* days_wire: what was found in a calendar, as plain bytes from the process that read it to the one that has
 * the store; and back, where nothing of it is believed: every number is within its bounds, every text what
 * may be stored, or the whole is none. */
#ifndef MOTCUA_ICALENDAR_DAYS_WIRE_H
#define MOTCUA_ICALENDAR_DAYS_WIRE_H

#include "core/buf.h"
#include "icalendar/days_in.h"

#define DAYS_WIRE_TEXT                                                                                       \
    1000 /* bytes of a uid, a zone, and the name of what was skipped: the rest is cut off */

void days_wire_put(struct buf *out, const struct days_in *in);
/* `lines` is how many the file has. False: not what days_wire_put() writes. in->no_memory may be set. The
 * texts live in in->text; days_in_release() in any case. */
bool days_wire_take(struct days_in *in, struct str bytes, size_t lines);

/* The question: how the file is to be read. */
void days_wire_put_options(struct buf *out, const struct days_in_options *options);
/* The agency is borrowed from the bytes. */
bool days_wire_take_options(struct str bytes, struct days_in_options *out);

#endif
