#include "icalendar/zones.h"

#include "icalendar/zone_names.h"
#include "icalendar/zone_rules.h"
#include <stdlib.h>

enum { MINUTE = 60 };

enum state { NOT_LOOKED_FOR, KNOWN, BY_RULES, UNKNOWN };

/* A name that events use, and what became of it. */
struct zone {
    struct str name;
    enum state state;
    struct zone_clock *clock;
    const struct zone_rules *rules;
};

/* A VTIMEZONE of the file. */
struct described {
    struct str name, location;
    struct zone_rules rules;
};

struct zones {
    int utc_offset;
    struct arena text;
    struct zone zone[ZONES_MOST + 1]; /* the last one is never known */
    unsigned count;
    struct described described[ZONES_MOST];
    size_t descriptions;
    bool too_many; /* descriptions: what comes is not kept */
};

struct zones *zones_new(int utc_offset)
{
    struct zones *z = calloc(1, sizeof *z);
    if (z) {
        z->utc_offset = utc_offset;
        z->count = ZONE_NAMED;
        z->zone[ZONE_UTC].name = STR("UTC");
        z->zone[ZONES_MOST].state = UNKNOWN;
    }
    return z;
}

void zones_free(struct zones *z)
{
    for (unsigned i = 0; z && i < z->count; i++)
        zone_clock_free(z->zone[i].clock);
    if (z)
        arena_release(&z->text);
    free(z);
}

bool zones_no_memory(const struct zones *z)
{
    return z->text.failed;
}

/* ---- names ---- */

unsigned zones_number(struct zones *z, struct str name)
{
    for (unsigned i = ZONE_NAMED; i < z->count; i++)
        if (str_eq(z->zone[i].name, name))
            return i;
    if (z->count == ZONES_MOST || name.n > ZONES_NAME_MOST) {
        z->zone[ZONES_MOST].name = arena_str(&z->text, str_first(name, ZONES_NAME_MOST));
        return ZONES_MOST;
    }
    z->zone[z->count].name = arena_str(&z->text, name);
    return z->count++;
}

struct str zones_name(const struct zones *z, unsigned zone)
{
    return z->zone[zone].name;
}

/* ---- the file's own ---- */

/* A parameter's quotes may have been put around the value as well. */
static struct str value_of(const struct content *line)
{
    struct str v = line->value;
    if (v.n >= 2 && v.p[0] == '"' && v.p[v.n - 1] == '"')
        v = str_first(str_from(v, 1), v.n - 2);
    return v;
}

static void take_own(struct zones *z, struct described *d, const struct content *line)
{
    struct str *which = content_is(line->name, "TZID")             ? &d->name
                        : content_is(line->name, "X-LIC-LOCATION") ? &d->location
                                                                   : NULL;
    if (which && !which->n)
        *which = arena_str(&z->text, value_of(line));
}

void zones_take(struct zones *z, enum zones_part part, const struct content *line)
{
    if (part == ZONES_BEGIN) {
        z->too_many = z->descriptions == ZONES_MOST;
        if (!z->too_many)
            z->described[z->descriptions++] = (struct described){.name = STR_NONE};
        return;
    }
    if (z->too_many || !z->descriptions)
        return;
    struct described *d = &z->described[z->descriptions - 1];
    switch (part) {
    case ZONES_LINE: take_own(z, d, line); break;
    case ZONES_BEGIN_OBSERVANCE: zone_rules_begin(&d->rules, &z->text); break;
    case ZONES_OBSERVANCE: zone_rules_take(&d->rules, &z->text, line); break;
    default: break;
    }
}

/* ---- looking one up ---- */

static void look_for(const struct zones *z, struct zone *zone)
{
    const struct described *own = NULL;
    for (size_t i = 0; i < z->descriptions && !own; i++)
        if (zone->name.n && str_eq(z->described[i].name, zone->name))
            own = &z->described[i];
    zone->clock = zone_clock_find(zone->name);
    if (!zone->clock && own)
        zone->clock = zone_clock_find(own->location);
    zone->rules = own ? &own->rules : NULL;
    zone->state = zone->clock ? KNOWN : own ? BY_RULES : UNKNOWN;
}

bool zones_utc(struct zones *z, unsigned zone, int64_t wall, int64_t *utc, size_t *work)
{
    struct zone *named = &z->zone[zone];
    int offset = zone == ZONE_OFFICE ? z->utc_offset * MINUTE : 0;
    bool known = zone < ZONE_NAMED;
    if (!known && named->state == NOT_LOOKED_FOR)
        look_for(z, named);
    if (!known && named->state == KNOWN)
        known = zone_clock_offset(named->clock, wall, &offset);
    else if (!known && named->state == BY_RULES)
        known = zone_rules_offset(named->rules, wall, &offset, work);
    *utc = wall - offset;
    return known;
}

bool zones_office(struct zones *z, unsigned zone, int64_t wall, int64_t *office, size_t *work)
{
    int64_t utc;
    bool known = zones_utc(z, zone, wall, &utc, work);
    *office = utc + z->utc_offset * (int64_t)MINUTE;
    return known;
}
