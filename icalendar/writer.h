/* writer: an iCalendar stream (RFC 5545, 7986), one component at a time, so that memory stays flat however
 * many there are. Texts, times and numbers are put together here (icalendar/line.h); what has a grammar of
 * its own (durations, triggers, properties that no standard names) is written by libical.
 *
 *     struct ics_writer w;
 *     ics_begin(&w, ICS_EVENT, ics_to_file, file, &calendar);
 *     for each: ics_put(&w, &item);
 *     if (ics_end(&w) != ICS_WRITTEN) …
 *
 * Whatever texts come in, a valid stream goes out: lines end in CRLF and hold at most 75 octets, controls and
 * broken UTF-8 become U+FFFD, each component has what RFC 5545 section 3.6 asks of it. Times are UTC or whole
 * days; there is never a TZID. The same items give the same bytes.
 *
 * What is not in it, and why. METHOD: with it a stream is a message of RFC 5546, whose PUBLISH asks each
 * event for an ORGANIZER, which mail programs then offer to answer; subscriptions and imports do without, and
 * what lies on a CalDAV server must not have one (RFC 4791 section 4.1). The calendar's own UID (RFC 7986
 * section 5.3): the same store gives many calendars, by filter and by officer, and two with one uid are taken
 * for one. Its LAST-MODIFIED: it would have to be known before the first item is; each item has its own. */
#ifndef MOTCUA_ICALENDAR_WRITER_H
#define MOTCUA_ICALENDAR_WRITER_H

#include "core/buf.h"
#include "core/lang.h"
#include "icalendar/color.h"
#include "icalendar/item.h"
#include "icalendar/line.h"

/* Takes the next bytes of the stream; false stops the writer. */
typedef bool ics_sink(void *arg, const char *bytes, size_t n);
/* A sink for a FILE *. */
bool ics_to_file(void *file, const char *bytes, size_t n);

/* The calendar as a whole. Without a name, a colour and a pace it is a mere wrapper: of one item in a folder
 * of them, where the folder says these things. */
struct ics_calendar {
    struct str name;
    enum lang lang;
    const struct color *color; /* NULL: none */
    int refresh_minutes;       /* how often a subscriber should look again; 0: not said */
};

enum ics_result {
    ICS_WRITTEN = 0,
    ICS_BAD_ITEM,    /* an item lacked its uid, stamp or date, or one of its times was none */
    ICS_SINK_FAILED, /* the sink said no */
    ICS_NO_MEMORY,
};

/* The line that says when an alarm rings: every item has the same ones. */
struct ics_trigger {
    int64_t before; /* seconds */
    struct buf line;
};
#define ICS_TRIGGERS 16 /* kept; further ones are made anew each time */

/* The first thing that goes wrong stays in `result`, and everything after it is a no-op. */
struct ics_writer {
    enum ics_kind kind;
    ics_sink *sink;
    void *arg;
    enum ics_result result;
    uint64_t items; /* written so far */
    struct buf text, out;
    struct ics_bench bench;
    struct ics_trigger trigger[ICS_TRIGGERS];
};

void ics_begin(struct ics_writer *w, enum ics_kind kind, ics_sink *sink, void *arg,
               const struct ics_calendar *calendar);
void ics_put(struct ics_writer *w, const struct ics_item *item);
/* Ends the stream (nothing more is written after a failure), which holds a time zone where there was no item,
 * and gives back the writer's memory. */
enum ics_result ics_end(struct ics_writer *w);

/* Gives back what libical keeps for itself; at the end of the program. */
void ics_library_release(void);

#endif
