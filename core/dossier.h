/* dossier: hồ sơ, everything known of one, as its events have made it.
 *
 * All strings are borrowed: from the record or the events it was made from, which must outlive it. */
#ifndef MOTCUA_CORE_DOSSIER_H
#define MOTCUA_CORE_DOSSIER_H

#include "core/applicant.h"
#include "core/facts.h"
#include "core/limit.h"

struct apology {
    uint32_t number; /* of the year's letters; 0: no letter */
    int year;
    struct str reason, signer, by;
    civil_minute issued;
    int64_t recorded_at; /* UTC second */
    civil_minute old_due;
    civil_minute new_due; /* NO_TIME for a letter after a late result: nothing left to promise */
    bool in_time;         /* issued at least one day before the due day */
};

struct dossier {
    struct facts facts;
    uint64_t first_event, last_event; /* sequences in the journal */
    struct str code;
    struct str procedure, kase; /* codes */
    uint64_t procedure_version; /* the event whose name, field and fee hold for this dossier */
    struct limit limit;
    enum due_clock clock;
    struct applicant applicant;
    struct str submitter;  /* who brought it, when another person */
    struct str authority;  /* what they bring to show for it */
    struct str components; /* packed list, core/wire.h */
    uint32_t sets;
    int64_t fee;          /* VND, -1 unknown */
    enum channel collect; /* where the result is wanted: DIRECT is the desk */
    struct str note;
    struct str receiver, officer, unit; /* logins; officer holds it now */
    civil_minute submitted;
    civil_minute counting; /* the moment the limit counts from */
    struct apology apology;
    struct str result; /* of resolve; the reason of a refusal */
    bool digitized;
    uint32_t late_days; /* when solved: working days past the statutory due day */
    enum channel return_channel;
    struct str returned_to;
    uint32_t supplements;
    uint8_t rating; /* 1-5, 0 none */
};

/* The record's bytes, and back. Decoding borrows from `bytes`; false when they are not a whole record (*out
 * is then unusable). Bytes beyond what this program knows are left alone: a newer program wrote them, or they
 * are slack. */
void dossier_encode(struct buf *out, const struct dossier *d);
bool dossier_decode(struct str bytes, struct dossier *out);

/* Our own code: AGENCY-YYMMDD-NNNN, the sequence with at least four digits. */
void dossier_code(struct buf *out, struct str agency, civil_day day, uint32_t sequence);
/* May this be a dossier's code (ours or a foreign one)? 4-60 of A-Z a-z 0-9 . - / _ */
bool dossier_code_is_usable(struct str code);
/* The letter's number as printed: "07/PXL". */
void apology_number(struct buf *out, uint32_t number);

#endif
