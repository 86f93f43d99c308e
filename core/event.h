/* event: what happened. The journal is a list of these and nothing else; everything motcua knows can be
 * replayed from it.
 *
 * Everything an event needs later is in it: computed due times, the limit, how many days late. Replaying an
 * old journal with a newer program gives the same answer. Bodies are versioned for ever: kinds and fields are
 * only ever added, at the end. */
#ifndef MOTCUA_CORE_EVENT_H
#define MOTCUA_CORE_EVENT_H

#include "core/book.h"
#include "core/calendar.h"
#include "core/dossier.h"
#include "core/step.h"

enum event_kind {
    /* the office's own chain */
    EVENT_FOUNDED = 1,
    EVENT_OFFICER_PUT = 2,
    EVENT_PROCEDURE_PUT = 3,
    EVENT_DAY_PUT = 4,
    EVENT_YEARS_KNOWN = 5,
    EVENT_SETTING_PUT = 6,
    EVENT_DAY_REMOVED = 7,
    EVENT_HOURS_PUT = 8,
    EVENT_CLOCK_ACCEPTED = 9,
    EVENT_STEPS_PUT = 10,
    /* a dossier's chain */
    EVENT_RECEIVED = 32,
    EVENT_TRANSFERRED = 33,
    EVENT_APOLOGIZED = 34,
    EVENT_RESOLVED = 35,
    EVENT_RETURNED = 36,
    EVENT_REFUSED = 37,
    EVENT_SUPPLEMENT_REQUESTED = 38,
    EVENT_RESTARTED = 39,
    EVENT_PAYMENT_AWAITED = 40,
    EVENT_PAID = 41,
    EVENT_WITHDRAWN = 42,
    EVENT_STOPPED = 43,
    EVENT_VOIDED = 44,
    EVENT_UNDONE = 45,
    EVENT_CORRECTED = 46,
    EVENT_RATED = 47,
    EVENT_DUE_MOVED = 48,
    EVENT_IMPORTED = 49,
    EVENT_FEE = 50,
    EVENT_LATE_REASON = 51,
    EVENT_REIMPORTED = 52,
    /* the counter's chain: what never became a dossier */
    EVENT_TURNED_AWAY = 64,
    EVENT_TURN_AWAY_VOIDED = 65,
};

const char *event_kind_name(enum event_kind kind); /* "received", … */
/* The first of a dossier's chain? */
static inline bool event_begins(enum event_kind kind)
{
    return kind == EVENT_RECEIVED || kind == EVENT_IMPORTED;
}
/* Does it bring the whole history that another system tells? */
static inline bool event_is_import(enum event_kind kind)
{
    return kind == EVENT_IMPORTED || kind == EVENT_REIMPORTED;
}
static inline bool event_is_office(enum event_kind kind)
{
    return kind < EVENT_RECEIVED;
}
static inline bool event_is_counter(enum event_kind kind)
{
    return kind >= EVENT_TURNED_AWAY;
}
static inline bool event_is_dossier(enum event_kind kind)
{
    return !event_is_office(kind) && !event_is_counter(kind);
}

/* The most money that is taken or given back at once, and paid in all: VND. */
#define FEE_MOST INT64_C(1000000000000)

/* What is numbered from 1 without gaps in each year. A number that is taken back stays used. */
enum series {
    SERIES_NONE = 0,
    SERIES_REGISTER,   /* of the book (sổ theo dõi hồ sơ) */
    SERIES_SUPPLEMENT, /* slip 02: asked for, or turned away to be completed */
    SERIES_REFUSAL,    /* slip 03: refused, or turned away */
    SERIES_APOLOGY,    /* slip 04 */
    SERIES_STOP,       /* notice 05 of 2025 */
    SERIES_COUNT
};

/* Events of the office that change which days and hours are worked: due times may move with them. */
static inline bool event_changes_days(enum event_kind kind)
{
    return kind == EVENT_DAY_PUT || kind == EVENT_DAY_REMOVED || kind == EVENT_YEARS_KNOWN ||
           kind == EVENT_HOURS_PUT;
}

struct event {
    enum event_kind kind;
    uint64_t seq;        /* place in the journal, from 1; not in the body */
    uint64_t previous;   /* the event before it in the same chain, 0 for the first */
    uint64_t dossier;    /* id, 0 for the office's chain */
    int64_t recorded_at; /* UTC second; never before the entry before it, but for EVENT_CLOCK_ACCEPTED */
    civil_minute at;     /* when it happened */
    struct str by;       /* login */
    uint64_t
        undone_by; /* the event that took it back, 0: none; not in the body, told by who walks a history */
    union {
        struct office_identity founded;
        struct officer officer;
        struct procedure procedure; /* its version is the event's seq */
        struct office_day day;
        struct known_years known;
        struct {
            struct str key, value; /* an absent value: the default again */
        } setting;
        struct {
            civil_day day;
        } removed;
        struct office_hours hours;
        struct {
            struct str reason;
            int64_t behind;  /* when the entry before it was recorded: what it steps back from */
            uint64_t before; /* the event that last stepped back so, 0: none */
        } clock;             /* accepted: core/clock.h */
        struct {
            struct str code;
            struct receipt receipt;
            struct str officer, unit; /* holder */
            uint16_t officer_number;
            struct appointment appointment; /* from: the event's at */
            struct yearly_number in_register;
            struct str step;         /* the first of its procedure's process; absent: there is none */
            struct limit within;     /* of that step */
            civil_minute within_due; /* NO_TIME without a limit */
            bool resolves;           /* that unit is the one that resolves it */
        } received;
        struct {
            struct str to; /* absent: to an outside unit, to_number 0 */
            struct str unit, step, note;
            uint16_t to_number;
            struct limit within;     /* LIMIT_NONE: the step has no limit of its own */
            civil_minute within_due; /* NO_TIME likewise */
            bool resolves; /* that unit is the one that resolves it, not one that signs or hands out */
        } transferred;
        struct {
            uint32_t number;
            int year;
            struct str reason, signer;
            civil_minute old_due, new_due;
            bool in_time;
            struct str unit; /* whose letter it is: the resolving unit */
        } apologized;
        struct {
            struct str result;
            bool digitized;
            struct lateness late;
        } resolved;
        struct {
            enum channel channel;
            struct str to;
        } returned;
        struct {
            struct str reason;
            struct lateness late;      /* the wait's, where it ended while waiting */
            struct yearly_number slip; /* of a refusal or a stop */
        } ended;                       /* refused, withdrawn, stopped; voided: never late */
        struct {
            struct str reason, needs; /* needs: packed list */
            bool insisted;        /* a second one, or one after the due day: only a chief's word allowed it */
            bool late_notice;     /* later than the working days in which the applicant must be told */
            struct lateness late; /* so far, when the wait is recorded: as of then, not of `at` */
            struct yearly_number slip;
        } supplement;
        struct {
            struct str note;
            struct lateness late; /* likewise */
        } payment;
        struct {
            struct str note;
            struct limit within; /* of `paid`; LIMIT_NONE for a restart */
            struct appointment appointment;
        } resumed; /* restarted, paid */
        struct {
            uint64_t seq; /* of the event taken back */
            int kind;     /* its kind */
            struct str reason;
        } undone;
        struct {
            struct str reason;
            struct str changes; /* packed list of field, old, new, field, old, new …, as people write them */
            struct receipt receipt; /* the whole, as it is now */
            civil_minute received;
            struct appointment appointment;
            civil_minute promised;
        } corrected;
        struct {
            struct str code;
            struct receipt receipt; /* procedure.number 0: not in the catalogue */
            struct str title;       /* of that procedure, as the other system called it */
            struct str officer, unit;
            uint16_t officer_number;        /* 0: nobody here */
            struct appointment appointment; /* its due as the other system said; NO_TIME: not known */
            enum dossier_state state;
            civil_minute waiting_since, resolved, returned;
            struct lateness late;  /* by each of the two due times */
            civil_minute promised; /* the due time in force there, a letter's new date counted */
            struct str field;      /* of a procedure that is not in the catalogue, as that system called it */
            struct str receiver;   /* who received it there: a login, or a name nobody here bears */
            struct str result;     /* what came of it, or why it ended */
        } imported; /* a dossier of another system, with all that had happened to it; `at`: received. And that
                       anew (reimported): what that system says now, in place of all that it said before */
        struct {
            uint8_t stars; /* 1-5 */
            struct str note;
        } rated;
        struct {
            uint64_t cause; /* the office's event */
            civil_minute old_statutory, new_statutory, old_due, new_due;
            civil_minute counting;
            bool provisional;
        } moved;
        struct {
            struct str code, kase; /* of the procedure */
            struct str steps;      /* packed, core/step.h; absent: no process any more */
        } steps;
        struct {
            int64_t amount;      /* VND: taken, or given back where below 0; 0 where it is exempt */
            bool exempt;         /* nothing is to be paid: then `reason` says why */
            struct str reason;   /* of an exemption, of giving back */
            struct str document; /* number of the receipt for the money; may be absent */
        } fee;
        struct {
            enum late_category category; /* LATE_UNSAID: only a chief's word on what was said before */
            struct str reason;
            enum excuse excuse; /* EXCUSE_UNSAID: no word on it */
        } late_reason;
        struct {
            bool refused; /* slip 03; else slip 02: to be completed */
            struct yearly_number slip;
            struct receipt receipt; /* what is known of it: procedure, applicant, channel */
            struct str reason;
            struct str needs; /* packed list, of slip 02 */
        } turned_away;
        struct {
            uint64_t seq; /* of the entry that should not have been; its number stays used */
            bool refused;
            struct yearly_number slip; /* of that entry */
            struct str reason;
        } turn_away_voided;
    };
};

/* Is it about an earlier day of the office than the one it was recorded on? What another system brings, and
 * what follows from a change of the office's days, is not anybody's late entry. */
bool event_is_backdated(const struct event *e, int utc_offset);

/* The number it gives out of a series, or SERIES_NONE. */
enum series event_number(const struct event *e, struct yearly_number *out);

/* The code a beginning event gives its dossier. */
struct str event_code(const struct event *e);

/* The body: everything but seq. Deterministic: equal events give equal bytes. */
void event_encode(struct buf *out, const struct event *e);
/* Puts into a body that event_encode() made what only its place in the journal tells. False, and nothing is
 * changed, where it is too short to be one. */
bool event_place(char *body, size_t n, uint64_t previous, uint64_t dossier, int64_t recorded_at);
/* Borrows from `body`. False when the bytes are damaged or of a kind or version this program does not know.
 */
bool event_decode(struct str body, struct event *out);

#endif
