/* report_people_oracle: what the reports about people must say, counted slowly: dossier by dossier and day by
 * day over the events of tests/report_world, without core/report, core/past or core/stages. */
#ifndef MOTCUA_TESTS_REPORT_PEOPLE_ORACLE_H
#define MOTCUA_TESTS_REPORT_PEOPLE_ORACLE_H

#include "core/status.h"
#include "tests/report_world.h"

struct oracle {
    const struct report_known *known;
    struct period period;
    civil_minute closing;
    enum report_basis basis;
    bool plain; /* what is known was the case, so that any closing can be judged; else the closing is now */
};

/* One holder's work; login or unit, "" for nobody. */
enum {
    WORK_RECEIVED,
    WORK_HELD,
    WORK_HANDED_ON,
    WORK_SOLVED,
    WORK_EARLY,
    WORK_ON_TIME,
    WORK_LATE,
    WORK_THEIRS,
    WORK_WITHOUT,
    WORK_STEPS,
    WORK_OPEN,
    WORK_OVERDUE,
    WORK_MINUTES,
    WORK_NUMBERS
};
/* Of `login`, or with by_unit of that unit. */
void oracle_work(const struct oracle *o, struct str who, bool by_unit, int64_t out[WORK_NUMBERS]);

/* Was the world's dossier `id` late in the period? Working days, 0: no; *whose: the login, *unit. */
uint32_t oracle_late(const struct oracle *o, uint64_t id, struct str *whose, struct str *unit);
/* Does it belong to it at all? */
bool oracle_belongs(const struct oracle *o, uint64_t id);

enum {
    SUM_LATE,
    SUM_WITH,
    SUM_WITHOUT,
    SUM_ISSUED,
    SUM_IN_TIME,
    SUM_KEPT,
    SUM_NOT_KEPT,
    SUM_OPEN,
    SUM_BROKEN,
    SUM_NO_DATE,
    SUM_TAKEN_BACK,
    SUM_NUMBERS
};
void oracle_letters(const struct oracle *o, int64_t out[SUM_NUMBERS]);

enum {
    DAY_RECEIVED,
    DAY_DIRECT,
    DAY_ONLINE,
    DAY_POSTAL,
    DAY_SERVED,
    DAY_SOLVED,
    DAY_RETURNED,
    DAY_DUE,     /* plain worlds alone */
    DAY_OVERDUE, /* likewise */
    DAY_TAKEN,
    DAY_GIVEN_BACK,
    DAY_EXEMPT,
    DAY_NUMBERS
};
void oracle_day(const struct oracle *o, civil_day day, int64_t out[DAY_NUMBERS]);

#endif
