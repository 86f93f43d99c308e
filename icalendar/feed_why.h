/* feed_why: how a dossier's date came about, in the words of a calendar: what was not counted, what moved it,
 * what it counts from. Each appends nothing where there is nothing to say. */
#ifndef MOTCUA_ICALENDAR_FEED_WHY_H
#define MOTCUA_ICALENDAR_FEED_WHY_H

#include "core/event.h"
#include "core/lang.h"
#include "core/office.h"

/* The named days that the count in force passed over: "24/11/2026 Ngày Văn hóa Việt Nam". Nothing where the
 * office's days, as they are now, do not give that date: no line may claim what did not make it. */
void feed_passed_over(struct buf *out, enum lang lang, const struct office *office, const struct dossier *d);

/* Of its history, oldest first: the change of the office's days that gave the date in force, if one did: no
 * letter, none taken back and no corrected limit has replaced that date since. */
const struct event *feed_moved(const struct event *event, size_t count, const struct dossier *d);
/* From when to when, and by what: `cause` is the office's event, NULL where it is not known. */
void feed_moved_why(struct buf *out, enum lang lang, const struct event *moved, const struct event *cause);

/* The moment that counts of a receipt outside hours. */
void feed_counted_from(struct buf *out, enum lang lang, const struct dossier *d);
/* The moment it counts from anew, after a supplement or a payment. */
void feed_counted_anew(struct buf *out, enum lang lang, const struct event *event, size_t count,
                       const struct dossier *d);

#endif
