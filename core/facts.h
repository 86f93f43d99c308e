/* facts: the small, fixed part of a dossier that lists, counts and lateness are worked out from.
 *
 * Overdue is never stored: it is derived from these and the moment (core/status). */
#ifndef MOTCUA_CORE_FACTS_H
#define MOTCUA_CORE_FACTS_H

#include "core/civil.h"

enum dossier_state {
    STATE_PROCESSING = 1,
    STATE_WAITING,         /* for a supplement */
    STATE_WAITING_PAYMENT, /* for a tax or fee */
    STATE_RESOLVED,
    STATE_RETURNED,
    STATE_REFUSED,
    STATE_WITHDRAWN,
    STATE_STOPPED,
    STATE_VOID,
};

enum ended_how { ENDED_NOT = 0, ENDED_RESOLVED, ENDED_REFUSED, ENDED_WITHDRAWN, ENDED_STOPPED, ENDED_VOID };
enum channel { CHANNEL_NONE = 0, CHANNEL_DIRECT, CHANNEL_ONLINE, CHANNEL_POSTAL };

/* Times are civil_minutes; NO_TIME where there is none. */
struct facts {
    uint64_t id; /* of the dossier: 1, 2, 3 … in the order of logging */
    enum dossier_state state;
    enum ended_how ended_how;
    enum channel channel;
    civil_minute received;
    civil_minute statutory_due; /* NO_TIME while waiting */
    civil_minute due;           /* the promised time; NO_TIME while waiting */
    civil_minute waiting_since;
    civil_minute resolved; /* when it was solved: resolved, refused, withdrawn or stopped */
    civil_minute returned;
    uint16_t field, procedure, holder; /* the office's small numbers */
    bool in_hours;                     /* its limit is in working hours: judged by the minute */
    bool apologized;                   /* its one letter is used */
    bool moved;                        /* due or waiting changed after receipt */
    bool insisted;                     /* a chief insisted on a second or late supplement request */
    bool was_late, was_late_promised;  /* already late (by the statutory, the promised time) when a wait for
                                          the applicant was recorded: neither a new due time nor an earlier
                                          date of the wait washes that away */
    bool outside;                      /* the applicant lives outside the commune */
    bool provisional;                  /* a computed day off had a say in the due time */
};

enum ended_how ended_how_of(enum dossier_state state); /* ENDED_NOT while open */
const char *state_name(enum dossier_state state);      /* "processing", … */
const char *ended_how_name(enum ended_how how);        /* "resolved", …; NULL for ENDED_NOT */
const char *channel_name(enum channel channel);        /* "direct", …; NULL for CHANNEL_NONE */
bool channel_parse(struct str text, enum channel *out);

static inline bool state_is_open(enum dossier_state s)
{
    return s == STATE_PROCESSING || s == STATE_WAITING || s == STATE_WAITING_PAYMENT;
}
static inline bool state_is_waiting(enum dossier_state s)
{
    return s == STATE_WAITING || s == STATE_WAITING_PAYMENT;
}

#endif
