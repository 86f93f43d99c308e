/* zone_names: from what programs call a time zone to what libical and ICU can reckon with. */
#ifndef MOTCUA_ICALENDAR_ZONE_NAMES_H
#define MOTCUA_ICALENDAR_ZONE_NAMES_H

#include "core/str.h"
#include <stdint.h>

struct zone_clock; /* a zone that is known */

/* See icalendar/zones.h, 1 and 2; NULL for a name that is not known, and when memory is out. The caller frees
 * it. */
struct zone_clock *zone_clock_find(struct str name);
void zone_clock_free(struct zone_clock *c); /* NULL is fine */

/* The offset (seconds) in force when its clocks show that second since 1970-01-01T00:00. */
bool zone_clock_offset(struct zone_clock *c, int64_t wall, int *offset);

#endif
