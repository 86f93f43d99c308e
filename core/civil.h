/* civil: days and minutes of the Gregorian calendar as plain integers.
 *
 * A civil_day counts days since 1970-01-01, a civil_minute counts minutes since 1970-01-01 00:00, both on the
 * office's own wall clock: the office's UTC offset (fixed when the store is made) was already added. Nothing
 * here knows a time zone, a clock or a locale. Whatever happens at the desk is a civil_minute; when it was
 * typed in is a UTC second (int64_t). */
#ifndef MOTCUA_CORE_CIVIL_H
#define MOTCUA_CORE_CIVIL_H

#include "core/str.h"
#include <limits.h>
#include <stdint.h>

typedef int32_t civil_day;
typedef int64_t civil_minute;

#define NO_DAY INT32_MIN
#define NO_TIME INT64_MIN
#define MINUTES_PER_DAY 1440

/* The years the office calendar knows. Dates outside are "wrong input" everywhere. */
#define CIVIL_FIRST_YEAR 1990
#define CIVIL_LAST_YEAR 2100

struct civil {
    int year;
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

/* Weekdays as ISO 8601 numbers them. */
enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

bool civil_is_valid(int year, int month, int day); /* any year 1-9999 */
int civil_days_in_month(int year, int month);
/* The day; year, month and day must be valid. */
civil_day civil_from_ymd(int year, int month, int day);
struct civil civil_to_ymd(civil_day day);
enum weekday civil_weekday(civil_day day);

static inline civil_minute civil_at(civil_day day, int minute_of_day)
{
    return (civil_minute)day * MINUTES_PER_DAY + minute_of_day;
}
/* Floor division, so times before 1970 fall on the right day too. */
civil_day civil_day_of(civil_minute t);
int civil_minute_of_day(civil_minute t);

/* The corresponding day `months` later, or the last day of a shorter month (Civil Code 2015 art. 147-148). */
civil_day civil_add_months(civil_day day, int months);

/* A UTC second as the office's wall clock shows it (offset in minutes), the second of the minute dropped. */
civil_minute civil_from_utc(int64_t utc_second, int offset_minutes);
int64_t civil_to_utc(civil_minute t, int offset_minutes);

/* A time as people and scripts write it: `2026-11-20T09:30`, `2026-11-20 09:30`, `20/11/2026 09:30`, each
 * with optional
 * `:SS`; the first two also with `Z` or `+07:00` behind; or a date alone, either way. No blanks around. */
struct civil_input {
    civil_day day;
    int minute_of_day; /* -1 for a date alone */
    int second;        /* 0 when not written */
    bool has_offset;
    int offset_minutes; /* when has_offset */
};
/* False (and *out untouched) for anything else, for days that do not exist, and for years outside
 * CIVIL_FIRST_YEAR..CIVIL_LAST_YEAR. "24:00" is not accepted. */
bool civil_parse(struct str text, struct civil_input *out);
/* `HH:MM` (also `H:MM`), 00:00-23:59, as minutes of the day; false otherwise. */
bool civil_parse_hm(struct str text, int *minute_of_day);

/* Writers: each fills `out` with a NUL-terminated text and returns `out`. */
#define CIVIL_TEXT 32
char *civil_iso_date(char out[CIVIL_TEXT], civil_day day); /* 2026-11-20 */
char *civil_iso_time(char out[CIVIL_TEXT], civil_minute t,
                     int offset_minutes); /* 2026-11-20T09:30:00+07:00 */
char *civil_iso_second(char out[CIVIL_TEXT], int64_t utc_second, int offset_minutes); /* with its seconds */
char *civil_vn_date(char out[CIVIL_TEXT], civil_day day);                             /* 20/11/2026 */
char *civil_vn_time(char out[CIVIL_TEXT], civil_minute t);                            /* 20/11/2026 09:30 */
char *civil_hm(char out[CIVIL_TEXT], int minute_of_day);                              /* 09:30 */

#endif
