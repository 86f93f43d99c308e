/* receipt: what a dossier is received with, and the appointment it is given. Plain data; strings are
 * borrowed. */
#ifndef MOTCUA_CORE_RECEIPT_H
#define MOTCUA_CORE_RECEIPT_H

#include "core/applicant.h"
#include "core/book.h"
#include "core/facts.h"

/* giấy hẹn: an appointment, as it was counted. A dossier gets one when it is received, another when a
 * supplement or a payment has come, and a changed one when its receipt is corrected or the office's days
 * change. */
struct appointment {
    civil_minute from;     /* the moment it was counted from: of receipt, of the restart, of the payment */
    civil_minute counting; /* that moment after the rules for receipts outside hours */
    civil_minute due;      /* the statutory due time */
    bool provisional;      /* a computed day off had a say */
};

/* What a receipt says of a dossier, and a correction says anew. */
struct receipt {
    struct procedure procedure; /* number, field number, version, code and case; the rest is in that version's
                                   event */
    struct limit limit;
    enum due_clock clock;
    int cutoff; /* minute of the day that holds for a same_day limit without a cutoff of its own */
    struct applicant applicant;
    struct str submitter;  /* who brought it, when another person */
    struct str authority;  /* what they bring to show for it */
    struct str components; /* packed list, core/wire.h */
    struct str note;
    uint32_t sets;
    int64_t fee;          /* VND, -1 unknown */
    enum channel channel; /* how it came */
    enum channel collect; /* where the result is wanted: DIRECT is the desk */
    civil_minute submitted;
};

/* Working days past the due time, for each basis; 0 is not late. */
struct lateness {
    uint32_t statutory, promised;
};

#endif
