/* hours: the opening hours of an office, and the working minutes within one of its days. */
#ifndef MOTCUA_CORE_HOURS_H
#define MOTCUA_CORE_HOURS_H

#include "core/buf.h"
#include "core/civil.h"

#define HOURS_MAX_SPANS 4

/* Opening hours from a day on, until the next entry. */
struct office_hours {
    civil_day from;
    uint8_t weekdays; /* bit 1 << weekday for each ordinary working weekday */
    int span_count;   /* 1..HOURS_MAX_SPANS, in order, not touching */
    struct {
        int opens, closes; /* minutes of the day */
    } span[HOURS_MAX_SPANS];
};

/* 07:00-11:30, 13:30-17:00, Monday to Friday, from the first day of the calendar. */
struct office_hours office_hours_default(void);
/* Parses "07:00-11:30,13:30-17:00" into the spans of *hours; false (and *hours untouched) when malformed,
 * overlapping, touching or out of order. */
bool office_hours_parse(struct str text, struct office_hours *hours);
/* "07:00-11:30, 13:30-17:00" */
void hours_format(struct buf *out, const struct office_hours *hours);
/* Do the spans keep the rules above? (`from` and `weekdays` may be anything.) */
bool office_hours_are_sound(const struct office_hours *hours);

/* What follows asks about one day, in minutes of the day; `hours` must be sound. */

int hours_open(const struct office_hours *hours);
int hours_close(const struct office_hours *hours);
/* Working minutes of the whole day. */
int hours_total(const struct office_hours *hours);
/* Working minutes of the day before `minute`. */
int hours_before(const struct office_hours *hours, int minute);
/* The minute at which `worked` (1..total) working minutes have passed; exactly at a break it is the start of
 * the break. */
int hours_after(const struct office_hours *hours, int worked);
/* When work goes on at or after `minute`: itself within a span (its first minute included, its last not),
 * else the next opening; closing time sharp is itself; -1 after closing. */
int hours_next(const struct office_hours *hours, int minute);
/* `minute` as an appointment: itself within a span, both ends included; else the next opening; closing time
 * after closing. */
int hours_appointment(const struct office_hours *hours, int minute);

#endif
