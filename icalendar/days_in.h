/* days_in: the days off, worked days and closures that an iCalendar file names.
 *
 * An event of whole days is a day off for each of them, unless our own property or a category says that it
 * is a worked day or a closure. What is no such event is told with its reason, never guessed at:
 * appointments with an hour, cancelled events, rules that repeat by anything but plain years, months, weeks
 * or days, and what a public calendar lists as a mere observance. Reading is strict: a file that is not what
 * RFC 5545 says is not taken in part. */
#ifndef MOTCUA_ICALENDAR_DAYS_IN_H
#define MOTCUA_ICALENDAR_DAYS_IN_H

#include "core/arena.h"
#include "core/calendar.h"
#include "core/lang.h"

#define DAYS_IN_BYTES ((size_t)8 << 20) /* of a file */
#define DAYS_IN_MOST 4000               /* days taken from one file */
#define DAYS_IN_EVENTS 20000
#define DAYS_IN_LONGEST 31 /* days of one event: longer ones are seasons, not days off */

/* Why an event, or a day of one, was not taken. */
enum days_skip {
    DAYS_TAKEN = 0,
    DAYS_NOT_EVENT, /* a to-do, a journal entry */
    DAYS_TIMED,     /* an appointment, not a whole day */
    DAYS_CANCELLED,
    DAYS_OBSERVANCE, /* listed as a day that people remember and work on */
    DAYS_UNNAMED,
    DAYS_TOO_LONG,      /* DAYS_IN_LONGEST */
    DAYS_REPEATS,       /* by a rule that is not taken */
    DAYS_ENDLESS,       /* repeats for ever: taken up to the last day asked for */
    DAYS_OUTSIDE_YEARS, /* of the calendar */
    DAYS_SKIPS
};
const char *days_skip_name(enum days_skip skip); /* "timed", … */
enum text_id days_skip_text(enum days_skip skip);

struct days_entry {
    enum days_skip skip;
    struct office_day day; /* kind, name and document ready to be recorded; skipped: the name as it is, and
                              the first day, NO_DAY where there is none */
    struct str uid;        /* as it is; may be absent */
    size_t line;           /* where its event begins */
};

struct days_fault {
    enum text_id what; /* T_nothing: none */
    size_t line;
    struct str uid; /* of the event, where it is known */
};

struct days_in {
    struct days_entry *entry; /* in the order of the file */
    size_t count, cap;
    struct days_fault fault; /* what is wrong with the file: then the entries are of no use */
    bool no_memory;
    struct arena text;
};

struct days_in_options {
    int utc_offset; /* of the office, minutes: moments in UTC are whole days by its clock */
    civil_day upto; /* the last day of what repeats for ever */
};

/* Reads a whole file. False when it is wrong or memory is out. days_in_release() in any case. */
bool days_in_read(struct days_in *in, struct str text, const struct days_in_options *options);
void days_in_release(struct days_in *in);

#endif
