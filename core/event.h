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
    /* a dossier's chain */
    EVENT_RECEIVED = 32,
    EVENT_TRANSFERRED = 33,
    EVENT_APOLOGIZED = 34,
    EVENT_RESOLVED = 35,
    EVENT_RETURNED = 36,
    EVENT_REFUSED = 37,
};

const char *event_kind_name(enum event_kind kind); /* "received", … */
static inline bool event_is_office(enum event_kind kind)
{
    return kind < EVENT_RECEIVED;
}

/* One lateness for each basis, in working days; 0 is not late. */
struct lateness {
    uint32_t statutory, promised;
};

struct event {
    enum event_kind kind;
    uint64_t seq;        /* place in the journal, from 1; not in the body */
    uint64_t previous;   /* the event before it in the same chain, 0 for the first */
    uint64_t dossier;    /* id, 0 for the office's chain */
    int64_t recorded_at; /* UTC second, never before the entry before it */
    civil_minute at;     /* when it happened */
    struct str by;       /* login */
    union {
        struct office_identity founded;
        struct officer officer;
        struct procedure procedure; /* its version is the event's seq */
        struct office_day day;
        struct known_years known;
        struct {
            struct str code;
            struct procedure procedure; /* number, field number, version, code and case; the rest is in that
                                           version's event */
            struct limit limit;
            enum due_clock clock;
            struct applicant applicant;
            struct str submitter, authority, components, note, unit;
            uint32_t sets;
            int64_t fee;
            enum channel channel, collect;
            struct str officer; /* holder */
            uint16_t officer_number;
            civil_minute submitted, counting, due;
            bool provisional;
        } received;
        struct {
            struct str to, unit, step, note;
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
            struct lateness late;
        } refused;
    };
};

/* The body: everything but seq. Deterministic: equal events give equal bytes. */
void event_encode(struct buf *out, const struct event *e);
/* Borrows from `body`. False when the bytes are damaged or of a kind or version this program does not know.
 */
bool event_decode(struct str body, struct event *out);

#endif
