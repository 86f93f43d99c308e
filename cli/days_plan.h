/* days_plan: what the days of a calendar file would change of those the office has recorded. */
#ifndef MOTCUA_CLI_DAYS_PLAN_H
#define MOTCUA_CLI_DAYS_PLAN_H

#include "icalendar/days_found.h"
#include "store/store.h"

/* What becomes of an entry of the file. From FATE_SKIPPED on nothing. */
enum fate {
    FATE_ADDED,
    FATE_CHANGED,
    FATE_SAME,
    FATE_SKIPPED,  /* for the reason that was found in reading */
    FATE_REPEATED, /* a later entry is for the same day */
    FATE_RECORDED, /* a closure on what is recorded as a day off or worked day */
    FATE_WORKING,  /* a worked day that is one anyway */
    FATE_STAYS,    /* cancelled in the file, while the day stands recorded by that name */
    FATES
};

struct planned {
    const struct days_entry *entry;
    enum fate fate;
    bool check; /* not taken, and somebody must look at it */
    struct office_day
        day; /* as it is to be recorded: where the file names no document, the recorded one stays */
    struct office_day was; /* what is recorded for that day; day NO_DAY: nothing */
};

struct days_plan {
    struct days_in in;
    struct planned *plan; /* one for each entry */
    struct arena text;    /* of what was recorded: the view it came from ends */
    size_t count[FATES];
    size_t checks; /* of entries */
    /* Days to come that are recorded, by the kind and name of a day that is added no more than
     * DAYS_PLAN_NEAR from them, and that the file has not: where it was moved, both would count. */
    struct office_day *perhaps_moved;
    size_t perhaps_moves;
};

#define DAYS_PLAN_NEAR 14

/* Of what was read into `in`, against this office. False when memory is out. */
bool days_plan_make(struct days_plan *p, const struct office *office, civil_day today);
void days_plan_release(struct days_plan *p);

/* Is it written? */
bool days_plan_changes(const struct planned *p);
/* Why nothing becomes of an entry: for scripts, and for people. */
const char *days_plan_reason(const struct planned *p);
enum text_id days_plan_reason_text(const struct planned *p);

#endif
