/* feed: a dossier as an item of a calendar: its due date, for whoever holds it and for the chief.
 *
 * - The date is the promised one, as a whole day, or a limit in working hours at its minute, or as asked for.
 * It never blocks the day.
 * - The uid is CODE@AGENCY for ever. SEQUENCE counts how often the date moved or the item was called off and
 * taken up again, so it only grows; DTSTAMP is when the dossier's last event was recorded: what has not
 * changed gives the same bytes however often it is written.
 * - Of one that is due its text says why then: the named days that were not counted, the change of days or
 * the letter that moved it, the supplement or payment it counts from anew. What merely passes with the days
 * (soon, late) is nowhere in it: a calendar must not change at every midnight.
 * - A dossier that has ended, or waits for its applicant (nothing is due then), is cancelled, at the date it
 * last had.
 * - The applicant appears only where asked for, and then by name alone: the file ends up on somebody's phone
 * and in somebody's cloud. What officers typed freely (reasons) may name people, and follows the same switch;
 * notes, id numbers, phones and addresses never appear. */
#ifndef MOTCUA_ICALENDAR_FEED_H
#define MOTCUA_ICALENDAR_FEED_H

#include "core/event.h"
#include "core/lang.h"
#include "core/office.h"
#include "icalendar/item.h"

struct feed_options {
    enum ics_kind kind;
    enum lang lang;
    bool with_names;
    enum ics_times times;
    const int64_t *alarms; /* as in struct ics_item; borrowed */
    size_t alarm_count;
    /* Gives an entry of the journal, for telling which change of the office's days moved a date; NULL: that
     * is not told. What it fills in is borrowed until the next call. */
    bool (*entry)(void *arg, uint64_t seq, struct event *out);
    void *arg;
};

/* What a dossier's history has to say to a calendar. */
struct feed_past {
    struct dossier replayed; /* its facts alone are good for anything: the texts were borrowed from events */
    struct event *event;     /* all so far: what is taken back is worked out of the whole */
    size_t count, cap;
    int64_t created, modified; /* UTC seconds; NO_TIME before the first event */
    uint32_t sequence;
    civil_minute due; /* the last it had */
    bool broken;      /* the events do not follow from each other: the store is damaged */
    bool failed;      /* memory ran out */
};
void feed_past_init(struct feed_past *past);
void feed_past_release(struct feed_past *past);
/* Takes in the next event, oldest first, which must outlive the past; an event_visit of store/store.h, `past`
 * being the struct. False when broken or failed. */
bool feed_past_add(void *past, const struct event *e);

/* Makes items, one after the other. */
struct feed {
    struct feed_options options;
    const struct office *office; /* borrowed */
    struct buf uid, summary, description;
    struct buf part, whole; /* being put together */
    struct str categories[4];
};
void feed_init(struct feed *f, const struct office *office, const struct feed_options *options);
void feed_release(struct feed *f);
/* Describes the dossier; `procedure` is the one it was received under, NULL if that is not known. The item
 * borrows from the feed, the dossier and the procedure, until the next call. False when there is nothing to
 * show (the past is broken or never had a date) or memory is out. */
bool feed_item(struct feed *f, const struct dossier *d, const struct procedure *procedure,
               const struct feed_past *past, struct ics_item *out);
/* Is this the uid of a dossier's item, of the office with this identification code? */
bool feed_is_uid(struct str agency, struct str uid);
/* The same of whatever office, for the codes that offices make: they begin with the agency. */
bool feed_is_uid_of_any(struct str uid);
/* The name of the office's calendar. */
void feed_calendar_name(struct buf *out, const struct office *office, enum lang lang);

#endif
