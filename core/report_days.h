/* report_days: the days of the daily report, and when a dossier fell due in them. Private to the report_*.c
 * files. */
#ifndef MOTCUA_CORE_REPORT_DAYS_H
#define MOTCUA_CORE_REPORT_DAYS_H

#include "core/report_maker.h"

struct day_counts {
    uint64_t direct, online, postal, served; /* received; of these handed over on the same day */
    uint64_t to_complete, refused;           /* turned away with slip 02, 03 */
    uint64_t solved, returned;
    uint64_t due;     /* appointment on this day, and not solved before it */
    uint64_t overdue; /* open at its end, past the appointment in force */
    uint64_t takings, exempt;
    int64_t taken, given_back; /* VND, both positive */
};
bool day_is_empty(const struct day_counts *c);
void day_add(struct day_counts *total, const struct day_counts *c);

/* One for each day from `from` to `last`; none where last < from. */
struct days {
    civil_day from, last;
    struct day_counts *day;
};
/* NULL for a day that is not among them. */
struct day_counts *days_at(const struct days *d, civil_day day);

/* Does it take the history to say when it was due? */
bool day_needs_history(const struct facts *f);
/* Counts when it was due and overdue: by its facts, where these are enough; by its history. By the day, and
 * by the appointment in force at the end of each. */
void days_count_facts(const struct days *days, const struct facts *f);
/* False when memory is out. */
bool days_count_history(const struct days *days, const struct report_item *item);

#endif
