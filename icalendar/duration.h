/* duration: how long before a date an alarm rings, as people and scripts write it. */
#ifndef MOTCUA_ICALENDAR_DURATION_H
#define MOTCUA_ICALENDAR_DURATION_H

#include "core/str.h"
#include <stdint.h>

/* Ten years: what lies further ahead of a due date is a slip of the finger. */
#define ICS_DURATION_MAX ((int64_t)3660 * 86400)

/* ISO 8601 as iCalendar has it (RFC 5545 section 3.3.6: PT15M, P1D, P1DT2H, P2W, also with the minus sign
 * that an alarm carries in a file) or the plain 30m, 2h, 1d, 1w, 1d12h. Letters of either case. False, and
 * *seconds untouched, for anything else, for years and months (which have no fixed length), and beyond
 * ICS_DURATION_MAX. */
bool ics_duration_parse(struct str text, int64_t *seconds);

#endif
