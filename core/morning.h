/* morning: the chief's page, from rows of running, waiting and uncollected dossiers.
 *
 * Of a running dossier that is due late enough, and whose promised time is the very one the law says, the
 * page tells nothing but that it is there: nothing of it is past, and no letter of it is due. Nor does it of
 * one that does not wait for long yet. Who knows how many of them there are need not read them. */
#ifndef MOTCUA_CORE_MORNING_H
#define MOTCUA_CORE_MORNING_H

#include "core/arena.h"
#include "core/row.h"
#include "core/status.h"

enum morning_section {
    MORNING_OVERDUE,
    MORNING_LETTERS_TODAY,    /* must leave today */
    MORNING_LETTERS_TOO_LATE, /* too late for the one-day rule */
    MORNING_LETTERS_OVERDUE,  /* overdue without one */
    MORNING_DUE_TODAY,
    MORNING_DUE_NEXT, /* due the next working day */
    MORNING_RESCHEDULED,
    MORNING_WAITING_LONG,
    MORNING_UNCOLLECTED,
    MORNING_SECTIONS
};

struct morning_list {
    const struct row **row; /* in the morning's arena; one that stands in two sections is there once */
    size_t count, cap;
};

struct morning {
    struct judge judge;
    struct morning_list section[MORNING_SECTIONS];
    uint32_t counts[STATUS_VOID + 1]; /* open dossiers, by status */
    uint32_t letter_due, rescheduled, uncollected, open;
    uint32_t open_past_statutory; /* received this year, open, past the statutory due day: part of the on-time
                                     base */
    struct arena text;
    civil_day new_year;     /* of the judge's today */
    civil_minute long_wait; /* the last since which one waits for long */
    bool failed;            /* memory ran out */
};

void morning_init(struct morning *m, const struct judge *judge);
void morning_release(struct morning *m);
/* Takes in one open or uncollected dossier's row (copied). */
void morning_add(struct morning *m, const struct row *row);
/* The minute after which that is so: the end of the next working day, or of the last one that is "due soon".
 * NO_TIME where the calendar has none: then each row counts. */
civil_minute morning_horizon(const struct judge *judge);
/* The last minute since which one waits for long. */
civil_minute morning_long_wait(const struct judge *judge);
/* Takes in so many of them by their number alone. */
struct morning_unread {
    uint64_t on_track, waiting;
};
void morning_add_unread(struct morning *m, struct morning_unread unread);
/* The sections a row stands in: 1 << enum morning_section, or'ed. */
uint32_t morning_sections_of(const struct morning *m, const struct row *row);
/* Sorts the sections: most urgent first; call once, after the last row. */
void morning_finish(struct morning *m);

/* Of what was received since 1 January: solved not late / (solved + open past the statutory due day). */
struct on_time {
    uint64_t solved, solved_in_time, base;
    int rate; /* hundredths of a percent, rounded, but 100.00 only when all were in time; -1 when base is 0 */
    int target;                 /* hundredths of a percent */
    enum comparator comparator; /* of the target */
    bool met;                   /* the exact rate is as the target asks; false when base is 0 */
};
struct on_time on_time_rate(const struct settings *settings, uint64_t solved, uint64_t solved_late,
                            uint64_t open_past);

#endif
