/* days_out: the office's recorded days as items of a calendar, for phones to show and days_in to read back:
 * one event a day, its kind in a property of our own and, in words, as a category; its document is the
 * description. */
#ifndef MOTCUA_ICALENDAR_DAYS_OUT_H
#define MOTCUA_ICALENDAR_DAYS_OUT_H

#include "core/book.h"
#include "core/buf.h"
#include "core/calendar.h"
#include "core/lang.h"
#include "icalendar/item.h"

struct days_out {
    struct buf uid; /* of the item made last */
    struct str category;
    struct ics_extra extra;
};

/* The item of a recorded day; `recorded` is when that was (UTC second). It borrows from *d and the day, until
 * the next call. False when memory is out. */
bool days_item(struct days_out *d, const struct office_identity *office, enum lang lang,
               const struct office_day *day, int64_t recorded, struct ics_item *out);
void days_out_release(struct days_out *d);

#endif
