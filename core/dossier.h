/* dossier: hồ sơ, everything known of one, as its events have made it.
 *
 * All strings are borrowed: from the record or the events it was made from, which must outlive it. */
#ifndef MOTCUA_CORE_DOSSIER_H
#define MOTCUA_CORE_DOSSIER_H

#include "core/receipt.h"

/* A number out of a year's series (core/event.h); 0: none. */
struct yearly_number {
    uint32_t number;
    int year;
};

struct apology {
    uint32_t number; /* of the year's letters; 0: no letter */
    int year;
    struct str reason, signer, by;
    civil_minute issued;
    int64_t recorded_at; /* UTC second */
    civil_minute old_due;
    civil_minute new_due; /* NO_TIME for a letter after a late result: nothing left to promise */
    bool in_time;         /* issued at least one day before the due day */
    struct str unit;      /* whose letter it is; may be absent */
};

/* Why a dossier is late, by whoever knows: where no letter says it. */
enum late_category {
    LATE_UNSAID = 0,
    LATE_COMPLEX,   /* had to be verified, hard */
    LATE_UNIT,      /* another unit was slow */
    LATE_APPLICANT, /* the applicant could not be reached, came late */
    LATE_SYSTEM,    /* power, network, software */
    LATE_STAFF,     /* ill, on leave, on another task */
    LATE_LOAD,      /* too much at once */
    LATE_OFFICER,   /* the officer's own slowness */
    LATE_OTHER,
    LATE_CATEGORIES
};
enum excuse { EXCUSE_UNSAID = 0, EXCUSE_GOOD, EXCUSE_NOT_GOOD };
const char *late_category_name(enum late_category category); /* "complex", …; NULL for LATE_UNSAID */
bool late_category_parse(struct str text, enum late_category *out);
const char *excuse_name(enum excuse excuse); /* "good", "not_good"; NULL for EXCUSE_UNSAID */
bool excuse_parse(struct str text, enum excuse *out);

struct late_reason {
    enum late_category category;
    struct str reason, by;
    enum excuse excuse; /* a chief's word */
    struct str excused_by;
};

/* The last thing somebody did to a dossier and nobody has taken back: what `undo` would take back. seq 0:
 * nothing but its receipt. */
struct last_act {
    uint64_t seq;
    int kind; /* enum event_kind, which core/event.h names */
    struct str by;
    int64_t recorded_at;
    bool recounts;    /* a correction that made the due time anew */
    bool moved_since; /* the office's days moved the due time after it */
};

struct dossier {
    struct facts facts;
    uint64_t first_event, last_event; /* sequences in the journal */
    struct str code;
    bool imported;          /* its first event is the history another system gave it */
    struct str title;       /* imported: what that system called a procedure that is not in the catalogue */
    struct str field_title; /* imported: and that procedure's field */
    civil_minute given_statutory, given_due; /* imported: its due times as that system gave them, before the
                                                office's days moved them; else NO_TIME */
    struct receipt receipt; /* procedure.version: the event whose name, field and fee hold for this dossier */
    struct str receiver;    /* login of who logged it; imported: who received it there, absent when unknown */
    struct str officer;     /* login of who holds it now; absent while an outside unit does */
    struct str unit;
    struct str resolving_unit;      /* who resolves it, as far as it is known: dossier_resolving_unit() */
    struct appointment appointment; /* in force; kept while the applicant is awaited, when nothing is due */
    civil_minute promised;          /* likewise: the due time in force, a letter's new date counted */
    bool resumed;           /* its appointment counts from a restart or a payment, not from its receipt */
    struct limit within;    /* of the second appointment, after a payment; LIMIT_NONE: the receipt's */
    civil_minute first_act; /* the earliest moment of whatever happened to it since; NO_TIME: nothing yet */
    struct apology apology;
    struct lateness late; /* while open: what a wait for the applicant found; once solved: in all */
    struct str asked;     /* why a supplement was asked for; absent when none was */
    struct str needs;     /* packed list: what was to be added */
    struct str result;    /* of resolve; the reason of whatever else ended it */
    bool digitized;
    enum channel return_channel;
    struct str returned_to;
    uint32_t supplements;
    uint8_t rating;                   /* 1-5, 0 none */
    struct yearly_number in_register; /* its place in the book of the year; none for imported ones */
    struct yearly_number supplement_slip, end_slip; /* of the last supplement request; of a refusal or stop */
    struct str step;  /* of its procedure's process that it is in; may be absent */
    int64_t fee_paid; /* VND taken so far, what was given back off it */
    bool fee_settled; /* something was taken, or it was exempted */
    bool fee_exempt;  /* exempt, by the last word on it */
    struct late_reason late_reason;
    struct last_act last;
};

/* Whose work its result is (cơ quan, bộ phận giải quyết): the last unit it went to for that. It stays so
 * while a chief signs and the desk hands out. Where nobody ever said which one that is, the unit that holds
 * it. */
struct str dossier_resolving_unit(const struct dossier *d);

/* facts.letter, which the record does not say twice. */
civil_minute dossier_letter(const struct dossier *d);

/* The limit that its appointment is counted by. */
const struct limit *dossier_limit(const struct dossier *d);

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
