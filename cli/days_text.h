/* days_text: an office's days and hours as people and scripts write and read them. */
#ifndef MOTCUA_CLI_DAYS_TEXT_H
#define MOTCUA_CLI_DAYS_TEXT_H

#include "core/calendar.h"
#include "core/lang.h"

/* "day_off", "worked", "closed", "computed"; NULL for none of them. */
const char *day_kind_name(enum day_kind kind);

/* "2027", of the years the calendar knows. */
bool days_parse_year(struct str text, int *out);

/* "1-5", "1-6", "1,3,5-7" (1 is Monday) as bits of struct office_hours; false for anything else, and *out
 * untouched. */
bool hours_parse_weekdays(struct str text, uint8_t *out);
/* "Giờ làm việc từ 01/12/2026: 07:00-11:30, 13:30-17:00 (T2, T3, T4, T5, T6)"; without the day where they
 * rule from the calendar's first day on. */
void hours_say(struct buf *out, enum lang lang, const struct office_hours *hours);

#endif
