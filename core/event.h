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
};

const char *event_kind_name(enum event_kind kind); /* "received", … */
/* The first of a dossier's chain? */
static inline bool event_begins(enum event_kind kind)
{
    return kind == EVENT_RECEIVED || kind == EVENT_IMPORTED;
}
static inline bool event_is_office(enum event_kind kind)
{
    return kind < EVENT_RECEIVED;
}

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
        } received;
        struct {
            struct str to; /* absent: to an outside unit, to_number 0 */
            struct str unit, step, note;
            uint16_t to_number;
            struct limit within;     /* LIMIT_NONE: the step has no limit of its own */
            civil_minute within_due; /* NO_TIME likewise */
        } transferred;
        struct {
            uint32_t number;
            int year;
            struct str reason, signer;
            civil_minute old_due, new_due;
            bool in_time;
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
            struct lateness late; /* the wait's, where it ended while waiting */
        } ended;                  /* refused, withdrawn, stopped; voided: never late */
        struct {
            struct str reason, needs; /* needs: packed list */
            bool insisted;        /* a second one, or one after the due day: only a chief's word allowed it */
            bool late_notice;     /* later than the working days in which the applicant must be told */
            struct lateness late; /* so far, when the wait is recorded: as of then, not of `at` */
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
            struct lateness late;
        } imported; /* a dossier of another system, with all that had happened to it; `at`: received */
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
    };
};

/* Is it about an earlier day of the office than the one it was recorded on? What another system brings, and
 * what follows from a change of the office's days, is not anybody's late entry. */
bool event_is_backdated(const struct event *e, int utc_offset);

/* The code a beginning event gives its dossier. */
struct str event_code(const struct event *e);

/* The body: everything but seq. Deterministic: equal events give equal bytes. */
void event_encode(struct buf *out, const struct event *e);
/* Borrows from `body`. False when the bytes are damaged or of a kind or version this program does not know.
 */
bool event_decode(struct str body, struct event *out);

#endif
