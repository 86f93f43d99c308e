/* zones: the time zones that an iCalendar file names, and what their clocks mean for the office's.
 *
 * A name is looked up, in this order,
 *
 * 1. as a name of the IANA database, also behind the prefixes that programs put before it (libical, Mozilla,
 *    Citadel: "/mozilla.org/20050126_1/Asia/Saigon");
 * 2. as a name Windows gives it ("SE Asia Standard Time"), or as Outlook shows it ("(UTC+07:00) Bangkok,
 * Hanoi, Jakarta");
 * 3. as the place that the file's VTIMEZONE of that name says it is (X-LIC-LOCATION);
 * 4. by the rules of that VTIMEZONE.
 *
 * A name that is known comes before what the file says of it: the rules in files are often old or simplified,
 * and may be anything in a file made to deceive. What is not found is unknown, never guessed: not even from
 * three letters that several zones share (BST, IST, CST).
 *
 * The offsets are those of the machine's zoneinfo; where it has none, or not that name, those built into ICU,
 * which libical brings along and which knows the names. */
#ifndef MOTCUA_ICALENDAR_ZONES_H
#define MOTCUA_ICALENDAR_ZONES_H

#include "core/arena.h"
#include "icalendar/content.h"

#define ZONES_MOST 200      /* of one file */
#define ZONES_NAME_MOST 200 /* bytes of a name */

/* Times without a zone are by the office's clock; the others are numbered from the third on. */
enum { ZONE_OFFICE = 0, ZONE_UTC = 1, ZONE_NAMED = 2 };

struct zones; /* of one file */

/* The office's offset in minutes. NULL when memory is out. */
struct zones *zones_new(int utc_offset);
void zones_free(struct zones *z); /* NULL is fine */

/* The number of a zone. A name too long, and what is beyond ZONES_MOST, is given the number of a zone that is
 * unknown. */
unsigned zones_number(struct zones *z, struct str name);
/* What was asked for by zones_number(); "UTC"; absent for ZONE_OFFICE. */
struct str zones_name(const struct zones *z, unsigned zone);

/* The lines of the file's own VTIMEZONEs. `part` tells which line it is: of the VTIMEZONE itself, or of a
 * STANDARD or DAYLIGHT in it. They may come before or after the events. */
enum zones_part { ZONES_BEGIN, ZONES_LINE, ZONES_BEGIN_OBSERVANCE, ZONES_OBSERVANCE };
void zones_take(struct zones *z, enum zones_part part, const struct content *line);

/* UTC second of what the clocks of a zone show (seconds since 1970-01-01T00:00 there), once all lines were
 * taken. False for an unknown zone. */
bool zones_utc(struct zones *z, unsigned zone, int64_t wall, int64_t *utc, size_t *work);
/* What the office's clock shows then. */
bool zones_office(struct zones *z, unsigned zone, int64_t wall, int64_t *office, size_t *work);
bool zones_no_memory(const struct zones *z);

#endif
