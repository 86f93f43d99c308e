/* days_found: what was found in an iCalendar file: its days off, worked days and closures, and what was left
 * out and why. */
#ifndef MOTCUA_ICALENDAR_DAYS_FOUND_H
#define MOTCUA_ICALENDAR_DAYS_FOUND_H

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
    DAYS_TOO_LONG,       /* DAYS_IN_LONGEST */
    DAYS_REPEATS,        /* by a rule that is not taken */
    DAYS_ENDLESS,        /* repeats for ever: taken up to the last day asked for */
    DAYS_OUTSIDE_YEARS,  /* of the calendar */
    DAYS_UNKNOWN_ZONE,   /* has hours in a time zone that nobody knows */
    DAYS_PERHAPS_WORKED, /* by its name worked in exchange for another day, and nothing else says so */
    DAYS_SUPERSEDED,     /* the file has a later version of it (SEQUENCE) */
    DAYS_NO_END,         /* repeats for ever, and more often than once a year */
    DAYS_PRIVATE,        /* somebody's own affair, by its CLASS */
    DAYS_DOSSIER,        /* a dossier's due date, as motcua writes it */
    DAYS_SKIPS
};
const char *days_skip_name(enum days_skip skip); /* "timed", … */
enum text_id days_skip_text(enum days_skip skip);
/* Must somebody look at it: may it be a day off after all? Of the others the file itself says that they are
 * none, or what was left out of them is of years to come. */
bool days_skip_matters(enum days_skip skip);

/* How a file is to be read. */
struct days_in_options {
    int utc_offset; /* of the office, minutes: moments in other zones are whole days by its clock, or none */
    civil_day upto; /* the last day of what repeats for ever */
    struct str agency; /* the office's: its dossiers' due dates are no days off; borrowed */
};

struct days_entry {
    enum days_skip skip;
    struct office_day day; /* kind, name and document ready to be recorded; skipped: the name as it is, and
                              the first day, NO_DAY where there is none */
    struct str uid;        /* as it is; may be absent */
    struct str zone; /* DAYS_UNKNOWN_ZONE: its name; DAYS_TIMED: where it is whole days in that zone, but
                        not by the office's clock; else absent */
    size_t line;     /* where its event begins */
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

void days_in_release(struct days_in *in);
/* Appends an entry; false, and no_memory is set, where there is no room. */
bool days_in_add(struct days_in *in, const struct days_entry *entry);
/* Sets the fault, unless there is one; false. */
bool days_in_fail(struct days_in *in, enum text_id what, size_t line, struct str uid);
/* Sets no_memory; false. */
bool days_in_no_memory(struct days_in *in);

#endif
