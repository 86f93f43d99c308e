/* vevent: an event of an iCalendar stream as libical reads it, as far as it can say something of whole days.
 *
 * Only the properties kept here are looked at; whatever else is in an event may be anything. */
#ifndef MOTCUA_ICALENDAR_VEVENT_H
#define MOTCUA_ICALENDAR_VEVENT_H

#include "core/arena.h"
#include "core/civil.h"
#include "icalendar/rule.h"
#include "icalendar/zones.h"

/* A date, or a time, as it is written: on the wall clock of its zone. */
struct vevent_time {
    bool given, timed, broken; /* broken: no such day, or a time that is none */
    int64_t day;               /* since 1970-01-01, any year */
    int second;                /* of the day, when timed */
    unsigned zone;             /* a number of icalendar/zones.h; of a date ZONE_OFFICE */
};

/* REPEAT_OTHER: by a rule that is not taken: finer than days, or of parts no calendar of holidays has. */
enum vevent_repeat { REPEAT_NONE = 0, REPEAT_DAYS, REPEAT_OTHER };

struct vevent {
    size_t line; /* of its BEGIN */
    struct str uid, summary, description;
    struct str day_kind; /* our own property: what kind of day it is */
    struct str *category;
    size_t categories;
    struct vevent_time start, end, instance; /* instance: of a series, which this event stands in for */
    int64_t duration;                        /* seconds; NO_TIME: none */
    bool cancelled;
    bool confidential; /* CLASS: PRIVATE, or CONFIDENTIAL */
    bool whole_days;   /* Outlook's word for it: from midnight to midnight of whatever clock it ran by */
    bool workday;      /* Apple's word for a day that is worked in exchange for another */
    int sequence;      /* 0 where none is given */
    enum vevent_repeat repeat;
    bool yearly, endless;
    struct series_rule *rule;
    struct rule_until until;
    struct vevent_time *except, *extra; /* EXDATE, RDATE */
    size_t excepts, extras;
};

#define VEVENT_DAY_KIND "X-MOTCUA-DAY" /* OFF, WORKED or CLOSED */

/* Is this property looked at? */
bool vevent_reads(struct str name);
/* Texts may be left empty, where they say nothing; libical takes that for a mistake. */
bool vevent_may_be_empty(struct str name);
/* Takes in one line of the event: unfolded, NUL-terminated, without line break. Strings and lists go to the
 * arena. False when libical finds no sense in it (or memory is out: arena->failed). */
bool vevent_take(struct vevent *v, struct arena *arena, struct zones *zones, const char *line);

#endif
