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
/* How often the applicant was awaited and came: a wait that goes on, or that it ended in, is not counted. */
enum awaited { AWAITED_NOT = 0, AWAITED_ONCE, AWAITED_MORE /* then only its history tells when */ };
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
    bool rescheduled;                  /* something else than a wait and its end, or its one letter, ever
                                          changed a due time: a correction, the office's days */
    enum awaited awaited;
    civil_minute awaited_from, awaited_until; /* where he was awaited once; else 0 */
    civil_minute letter; /* when its letter was issued, where facts_tell_letter(); else 0 */
};

/* ---- packed ----
 *
 * As a scan reads them, many dossiers side by side. */

/* A time in 32 bits: minutes since 1900 and one, 0 for none: before anything a desk records, and 32 bits from
 * there last 8,000 years. */
#define PACKED_EPOCH ((civil_minute)-25567 * MINUTES_PER_DAY)
uint32_t time_pack(civil_minute t);
civil_minute time_unpack(uint32_t packed);

/* The rest in 16 bits. How it stands is its state and how often the applicant was awaited, as one number:
 * first those that are open, then those that are solved, then void ones; 0 where no dossier is. */
enum { PACKED_STANDINGS = AWAITED_MORE + 1, PACKED_CHANNEL = 5, PACKED_FLAGS = 7 };
enum { PACKED_STANDING_MASK = 31, PACKED_CHANNEL_MASK = 3 };
enum {
    PACKED_IN_HOURS = 1 << PACKED_FLAGS,
    PACKED_APOLOGIZED = PACKED_IN_HOURS << 1,
    PACKED_MOVED = PACKED_IN_HOURS << 2,
    PACKED_INSISTED = PACKED_IN_HOURS << 3,
    PACKED_OUTSIDE = PACKED_IN_HOURS << 4,
    PACKED_PROVISIONAL = PACKED_IN_HOURS << 5,
    PACKED_WAS_LATE = PACKED_IN_HOURS << 6,
    PACKED_WAS_LATE_PROMISED = PACKED_IN_HOURS << 7,
    PACKED_RESCHEDULED = PACKED_IN_HOURS << 8,
};
#define PACKED_STANDING(state, awaited)                                                                      \
    (1u + ((unsigned)(state)-STATE_PROCESSING) * PACKED_STANDINGS + (unsigned)(awaited))
_Static_assert(STATE_PROCESSING == 1 && STATE_WAITING_PAYMENT == 3 && STATE_RESOLVED == 4 && STATE_VOID == 9,
               "open, solved, void");

/* Some rows of them. */
#define FACTS_LANES 128
struct facts_columns {
    uint32_t received[FACTS_LANES], statutory_due[FACTS_LANES], due[FACTS_LANES], resolved[FACTS_LANES];
    uint32_t awaited[FACTS_LANES]; /* since when: the wait that goes on or that it ended in, else the one that
                                      is over */
    uint32_t came[FACTS_LANES];    /* the end of that one; where there was none, when a letter was issued */
    uint16_t field[FACTS_LANES], bits[FACTS_LANES];
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
/* Of one that nobody was ever awaited for: then nothing else needs that place in a chunk (store/facts). */
static inline bool facts_tell_letter(const struct facts *f)
{
    return f->apologized && f->awaited == AWAITED_NOT && f->waiting_since == NO_TIME;
}

#endif
