/* item: one entry of a calendar, whatever it stands for: a dossier's due date, a task of the plan, an
 * appointment.
 *
 * Times are UTC seconds or whole days, so that no time zone has to travel with them. Strings and arrays are
 * borrowed. */
#ifndef MOTCUA_ICALENDAR_ITEM_H
#define MOTCUA_ICALENDAR_ITEM_H

#include "core/civil.h"

/* What an item is written as: phones show events, task programs show to-dos. */
enum ics_kind { ICS_EVENT, ICS_TODO };

enum ics_state {
    ICS_OPEN,      /* CONFIRMED, or NEEDS-ACTION of a to-do */
    ICS_DONE,      /* CONFIRMED, or COMPLETED of a to-do */
    ICS_CANCELLED, /* CANCELLED: whoever showed it takes it off */
};

/* A moment or a whole day. */
struct ics_when {
    enum { ICS_NEVER = 0, ICS_DAY, ICS_MOMENT } type;
    civil_day day;   /* ICS_DAY */
    int64_t seconds; /* ICS_MOMENT: UTC */
};

/* A property of our own: its name begins with X-, its value is one word. */
struct ics_extra {
    const char *name;
    struct str value;
};

struct ics_item {
    struct str uid;                            /* the same for ever; required */
    struct ics_when when;                      /* start of an event (required), due time of a to-do */
    struct str summary, description, location; /* plain text, may be absent */
    const struct str *categories;
    size_t category_count;
    enum ics_state state;
    bool blocks;       /* does it take up the time (OPAQUE)? Events only */
    uint32_t sequence; /* grows when the date or the state changes */
    int64_t stamp;     /* when what is written here was last recorded: DTSTAMP and LAST-MODIFIED; required */
    int64_t created;   /* NO_TIME: unknown */
    int64_t completed; /* of a to-do that is ICS_DONE; NO_TIME: unknown */
    const int64_t *alarms; /* seconds before; of a whole day, before its midnight. Only open items ring */
    size_t alarm_count;
    const struct ics_extra *extra;
    size_t extra_count;
};

#endif
