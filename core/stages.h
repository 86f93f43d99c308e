/* stages: who had a dossier in hand, from when to when, and whether it went on in time. The process control
 * slip (Phiếu kiểm soát quá trình giải quyết hồ sơ) has a row for each. */
#ifndef MOTCUA_CORE_STAGES_H
#define MOTCUA_CORE_STAGES_H

#include "core/event.h"
#include "core/office.h"

enum stage_result {
    STAGE_NO_LIMIT = 0, /* nobody said how long it may take */
    STAGE_EARLY,        /* went on before the day it was to */
    STAGE_ON_TIME,
    STAGE_LATE,
    STAGE_RUNNING, /* still in hand, in time */
    STAGE_OVERDUE, /* still in hand, past its time */
    STAGE_WAITED,  /* ended in time, or without a limit, by waiting for the applicant */
};

struct stage {
    struct str giver;   /* login of who handed it over; of the receipt: who received it */
    struct str holder;  /* login; absent while an outside unit had it */
    struct str unit;    /* resolving unit; may be absent */
    struct str step;    /* of the internal process; may be absent */
    struct str note;    /* of the handover */
    struct limit limit; /* of the stage; LIMIT_NONE */
    civil_minute from;
    civil_minute to;  /* NO_TIME: still in hand */
    civil_minute due; /* of the stage; NO_TIME without a limit */
    enum stage_result result;
    uint32_t late_minutes; /* working minutes past its due time; 0 when not late */
    uint64_t event;        /* that began it: its seq */
    bool waiting;          /* the applicant was awaited: not a stage of work */
};

struct stages {
    struct stage *stage; /* oldest first; strings are borrowed from the events */
    size_t count, cap;
    bool failed; /* memory ran out */
};
void stages_release(struct stages *s);

/* Fills `s` from empty with the stages of a dossier's history (undone_by filled in), those of it that still
 * stand, as they are at `now`; earlier contents go. Empty where the events are not a dossier's. A stage
 * begins with the receipt, a handover, and when work goes on after a wait (its limit counts from zero then,
 * like the dossier's); it ends with the next handover, a wait, or the end of the dossier. Its due time is the
 * one that was reckoned when it began, or what today's calendar makes of the same limit where that is later:
 * a holiday announced since is nobody's delay. Stages are judged by the working minute: a stage due at
 * closing that goes on before the next opening is in time. Each begins where the one before it ends; what was
 * dated before the stage it follows counts from where that one began. */
void stages_of(struct stages *s, const struct office *office, const struct event *events, size_t count,
               civil_minute now);

/* Who had it at the end of that day: whose delay it is, asked of the due day. After the dossier's end: who
 * had it last. NULL before the receipt, or while the applicant was awaited. */
const struct stage *stages_at(const struct stages *s, civil_day day);

const char *stage_result_name(enum stage_result result); /* "early", …; NULL for STAGE_NO_LIMIT */
enum text_id stage_result_text(enum stage_result result);

#endif
