/* limit: thời hạn giải quyết, how long a procedure may take. */
#ifndef MOTCUA_CORE_LIMIT_H
#define MOTCUA_CORE_LIMIT_H

#include "core/buf.h"
#include "core/civil.h"

enum limit_kind {
    LIMIT_NONE = 0, /* none published: receiving asks for one */
    LIMIT_SAME_DAY,
    LIMIT_WORKING_DAYS,
    LIMIT_CALENDAR_DAYS,
    LIMIT_WORKING_HOURS,
    LIMIT_MONTHS,
};

#define LIMIT_NO_CUTOFF (-1)
#define LIMIT_MAX_UNITS 3650

struct limit {
    enum limit_kind kind;
    uint32_t hundredths; /* of its unit: 2.5 days is 250; 100 for same_day */
    int cutoff; /* same_day only: minute of the day after which it is the next day's; or LIMIT_NO_CUTOFF */
};

/* How the hour of the appointment is found (domain: "the hour of the appointment"). */
enum due_clock { CLOCK_UNSET = 0, CLOCK_DAY_END, CLOCK_SAME_HOUR };

/* `same_day`, `same_day@15:00`, `3 working_days`, `2.5 working_days`, `2,5 working_days`, `25 calendar_days`,
 * `8 working_hours`, `2 months`; singular words too (`1 month`). False for anything else, 0, negative, more
 * than LIMIT_MAX_UNITS units, more than two decimals, and a fraction of months. */
bool limit_parse(struct str text, struct limit *out);
/* From the catalogue's columns: kind word (empty: none), value with either decimal sign, cutoff `HH:MM` or
 * empty. */
bool limit_from_columns(struct str kind, struct str value, struct str cutoff, struct limit *out);
/* The text limit_parse reads back; nothing for LIMIT_NONE. */
void limit_format(struct buf *out, const struct limit *limit);
/* The value alone: "2.5", "3"; for the catalogue's limit_value column. */
void limit_format_value(struct buf *out, uint32_t hundredths, char decimal_sign);
const char *limit_kind_name(enum limit_kind kind); /* "working_days", "" for none */
bool limit_equal(const struct limit *a, const struct limit *b);

const char *due_clock_name(enum due_clock clock); /* "day_end", "same_hour" */
bool due_clock_parse(struct str text, enum due_clock *out);

#endif
