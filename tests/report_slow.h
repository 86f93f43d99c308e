/* report_slow: what a dossier's journal says of a moment, looked up entry by entry, to hold core/past and the
 * reports against. Uses none of core/past, core/evolve, core/report. */
#ifndef MOTCUA_TESTS_REPORT_SLOW_H
#define MOTCUA_TESTS_REPORT_SLOW_H

#include "core/event.h"
#include "core/office.h"

struct slow {
    bool is_void;
    civil_minute received; /* as last corrected */
    uint16_t field;
    bool online;
    civil_minute solved; /* NO_TIME: not by the moment asked about */
    bool waiting;        /* then, or when it was solved */
    civil_minute waiting_since;
    civil_minute due[BASIS_PROMISED + 1]; /* in force then, kept while waiting */
    bool was_late[BASIS_PROMISED + 1];    /* noted by a wait that had begun by then */
    bool letter;
    int supplements;
    bool anew;            /* its due time is counted from a completed supplement, no letter has changed it */
    civil_minute counted; /* from when */
    int64_t minutes;      /* of work till then, or till it was solved */
    int days;             /* working days used, as Decision 766 counts them */
    int added;            /* working days that a letter added to the limit given at first */
    size_t entries;       /* that stand, whenever they happened */
};

/* `chain` is one dossier's entries, oldest first; undone_by is not looked at. */
void slow_look(struct slow *s, const struct event *chain, size_t count, civil_minute when,
               const struct calendar *calendar);

civil_day slow_day(civil_minute t);
/* Working minutes between, by overlaps with each day's spans. */
int64_t slow_minutes(const struct calendar *c, civil_minute from, civil_minute to);
/* Working days after that day, up to the other. */
int slow_days(const struct calendar *c, civil_day after, civil_day upto);

#endif
