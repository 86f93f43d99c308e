/* rule: a recurrence rule as libical reads it, made a series of days. */
#ifndef MOTCUA_ICALENDAR_RULE_H
#define MOTCUA_ICALENDAR_RULE_H

#include "core/str.h"
#include "icalendar/series.h"

/* The end of a rule, as it is written. */
struct rule_until {
    bool given, timed, utc;
    int64_t day;
    int second; /* of the day, when timed */
};

struct icalrecurrencetype;

/* False where the rule speaks of hours, of weeks of the year and the like, or is of a shape series_days()
 * does not know. An end is given back apart: what it means depends on the zone. */
bool rule_of(const struct icalrecurrencetype *recur, struct series_rule *out, struct rule_until *until);
/* The same for the value of an RRULE, NUL-terminated. */
bool rule_parse(const char *value, struct series_rule *out, struct rule_until *until);

#endif
