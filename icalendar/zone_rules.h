/* zone_rules: a VTIMEZONE (RFC 5545 section 3.6.5) as the file itself describes it: the offsets of a zone and
 * when each of them begins.
 *
 * For names that nobody knows. What it costs to ask is bounded: as many observances as a zone can have had,
 * rules of at most a few days a year, and the work that series_days() counts. A VTIMEZONE that is no such
 * thing makes the zone unknown, never the file wrong. */
#ifndef MOTCUA_ICALENDAR_ZONE_RULES_H
#define MOTCUA_ICALENDAR_ZONE_RULES_H

#include "core/arena.h"
#include "icalendar/content.h"
#include "icalendar/series.h"

#define ZONE_OBSERVANCES 64 /* Hà Nội has had nine since 1906 */
#define ZONE_ONSETS 200     /* RDATEs of one observance */

struct zone_observance {
    bool dated, from_given, to_given; /* what it cannot do without */
    int64_t start;                    /* wall clock seconds since 1970-01-01T00:00 */
    int from, to;                     /* offsets before and after, seconds */
    struct series_rule *rule;         /* yearly; NULL: none */
    int64_t until;                    /* UTC second; INT64_MAX: none */
    int64_t *onset;                   /* more starts */
    size_t onsets;
};

struct zone_rules {
    struct zone_observance *observance;
    size_t count;
    bool broken;
};

/* Another STANDARD or DAYLIGHT begins. */
void zone_rules_begin(struct zone_rules *z, struct arena *arena);
/* One of its lines. */
void zone_rules_take(struct zone_rules *z, struct arena *arena, const struct content *line);
/* The offset (seconds) in force when the zone's clocks show that second; an hour that comes twice is the
 * first of the two, one that never comes goes by the offset before it. False where the description is broken,
 * holds nothing, or no work is left. */
bool zone_rules_offset(const struct zone_rules *z, int64_t wall, int *offset, size_t *work);

#endif
