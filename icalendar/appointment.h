/* appointment: one appointment as a VEVENT (RFC 5545 section 3.6.1) small enough to be scanned: what a
 * phone's camera reads off a code and offers to put into its calendar.
 *
 * The small ones do without the uid: it takes as much room as all the rest, and what phones read such codes
 * with (ZXing's readers, for one) take from an event when, what and where, and make an entry of their own.
 * Only the whole one is the same entry as that of an exported calendar.
 *
 * No VCALENDAR around it: the readers of phones look for BEGIN:VEVENT, and every byte makes a code finer. The
 * time is UTC, so that no zone has to travel with it; texts too long for a line (75 octets) are cut between
 * letters and end in an ellipsis, because small readers do not know folded lines. A very long uid alone is
 * folded.
 */
#ifndef MOTCUA_ICALENDAR_APPOINTMENT_H
#define MOTCUA_ICALENDAR_APPOINTMENT_H

#include "core/buf.h"

#include <stdint.h>

/* How much of it. A screen has room for small codes only. */
enum appointment_size {
    APPOINTMENT_WHOLE, /* with a uid, so that a calendar knows it again, and an alarm the day before */
    APPOINTMENT_BRIEF, /* when, what, where */
    APPOINTMENT_BARE,  /* when, and the short title */
    APPOINTMENT_SIZES
};

struct appointment_item {
    struct str uid;                       /* plain ASCII */
    int64_t when;                         /* UTC second */
    int64_t stamp;                        /* UTC second: when it was last recorded, DTSTAMP */
    struct str title, short_title, place; /* plain text; place may be absent */
};

/* Appends it, every line ended by CRLF. False where a time is none a calendar can write (years 1 to 9999). */
bool appointment_write(struct buf *out, const struct appointment_item *item, enum appointment_size size);

#endif
