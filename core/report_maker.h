/* report_maker: what every kind of report has, and the tools they share. Private to the report*.c files. */
#ifndef MOTCUA_CORE_REPORT_MAKER_H
#define MOTCUA_CORE_REPORT_MAKER_H

#include "core/backdated.h"
#include "core/report.h"
#include "core/status.h"

struct report_ops {
    enum text_id title, counted;
    bool has_period, personal;
    bool settled;        /* is about ended dossiers alone: nothing is pending at the closing */
    bool turned_away;    /* wants what was turned away at the counter, in the period; newest first */
    bool entries;        /* wants the entries recorded after the period's end */
    bool entries_within; /* and by `entry` whatever happened in the period, and what was taken back */
    bool all_entries;    /* wants by `entry` every entry from where `since` says, before the first dossier */
    bool reasons;        /* it counts why what was late was */
    /* m->state is set up here; false when memory is out. */
    bool (*begin)(struct report_maker *m);
    /* Which dossiers it can count at all; NULL: any. */
    void (*span)(const struct report_maker *m, struct report_span *out);
    /* Counts rows of packed facts, and tells which are left for `look`: report_columns(). NULL: all are. */
    size_t (*columns)(struct report_maker *m, const struct facts_columns *c, const uint8_t *row, size_t count,
                      uint8_t *rest);
    enum report_need (*look)(struct report_maker *m, const struct facts *facts);
    void (*add)(struct report_maker *m, const struct report_item *item);
    void (*entry)(struct report_maker *m, const struct event *e, int64_t written);
    civil_minute (*since)(const struct report_maker *m); /* entries before it say nothing; NULL: all say */
    void (*finish)(struct report_maker *m, struct report *out);
    void (*free)(struct report_maker *m); /* of m->state, where it is not in m->text; may be NULL, like all
                                             but finish */
};
extern const struct report_ops report_ii06a, report_late, report_officers, report_daily, report_letters,
    report_indicators, report_d766, report_over90, report_truth, report_points, report_catalogue,
    report_public, report_survey;

struct after_entry {
    uint64_t seq, dossier;
    enum event_kind kind;
    bool takes_back; /* an act of before the end, of that kind */
    bool within;     /* it happened in the period, not before it */
    bool was_within; /* mended: it had been received by the period's end */
};

/* All zero: nothing yet. */
struct after {
    struct after_entry *entry; /* in the journal's order */
    size_t count, cap;
    uint64_t first;         /* the first entry after the end; 0: none yet */
    unsigned char *dossier; /* by id: what its facts say */
    size_t dossiers;
    uint64_t
        *wanted; /* dossiers whose facts must be known: of the entries, and for what a kind keeps itself */
    size_t wanted_count, wanted_cap;
    bool chosen; /* only those are given, by after_look() */
};

struct report_maker {
    struct report_request request;
    const struct report_ops *ops;
    struct judge judge;   /* at `closing` */
    civil_minute closing; /* the last minute of the period, or request.now where that comes first (or there is
                             no period): what is pending is judged then */
    enum report_basis basis;
    void *state;
    struct arena text;  /* what is kept of the dossiers */
    bool failed;        /* memory ran out */
    bool broken;        /* what must add up does not: nothing of it may be shown */
    struct after after; /* what was recorded after the period, for every kind that wants entries */
};

/* ---- judging ---- */

/* Solved (resolved, refused, withdrawn, stopped), and when: the moment it is judged at is another one where
 * it ended while the applicant was awaited. NO_TIME for what is open or void. */
civil_minute report_solved(const struct facts *f);
/* Those that a period has: received by its end and not solved before it. */
void report_span_of_period(const struct report_maker *m, struct report_span *out);
enum timing { TIMING_EARLY, TIMING_ON_TIME, TIMING_LATE };
/* Of a solved one, by date whatever its limit (domain: II.06a goes by date for all). */
enum timing report_timing(const struct facts *f, enum report_basis basis);
/* Received in the period; open (not yet solved) at the end of that minute, by what happened. */
bool report_received_in(const struct facts *f, struct period p);
bool report_open_at(const struct facts *f, civil_minute when);

/* ---- recorded after the period ---- */

/* What was recorded after the period's end and can change its figures: so that two prints of one period that
 * differ say so.
 *
 * Counted is, of dossiers that the period's figures contain or contained (received by its end and not solved
 * before it): what is said afterwards to have happened by its end; a receipt mended; a record found void; an
 * act taken back; a letter that came after the late result; and, where the report tells reasons, what was
 * said about one. What another system brought is counted and told apart. Of what was recorded and taken back
 * (or found void) after the end nothing is left to be counted; what only follows from a change of the
 * office's days is not counted.
 *
 * To be given every dossier, and every entry, in any order of the two (`written` as in report_entry());
 * or first the number of the first entry after the end and what of them is backdated, then the dossiers that
 * after_dossiers() tells. */
void after_look(struct report_maker *m, const struct facts *f);
void after_event(struct report_maker *m, const struct event *e, int64_t written);
void after_begin(struct after *a, uint64_t first);
void after_take(struct report_maker *m, const struct backdated *b);
/* after_is_void() will be asked of it. */
void after_want(struct report_maker *m, uint64_t dossier);
/* By id, each once; they live until the next of them is wanted. */
const uint64_t *after_dossiers(struct report_maker *m, size_t *count);
/* Once both were given. */
void after_count(struct report_maker *m, struct report *out);
bool after_is_void(const struct after *a, uint64_t dossier);
void after_release(struct after *a);

/* ---- writing tables ---- */

/* A further table; NULL when there is no room. `column` must live as long as the report: a static table. */
struct report_part *report_part(struct report *out, enum text_id heading, const char *key,
                                const struct report_column *column, size_t columns);
/* A row of empty cells at its end, never NULL (where memory is out one that is not shown); it may move when
 * the next is added. */
struct report_row *report_row(struct report *out, struct report_part *part, enum row_kind kind);
void cell_text(struct report *out, struct report_cell *c, struct str text); /* copies */
void cell_label(struct report *out, struct report_cell *c, enum lang lang, enum text_id text);
void cell_number(struct report_cell *c, int64_t n);
void cell_hundredths(struct report_cell *c, int64_t n);
/* part of whole in hundredths of a percent, rounded, but 100.00 only when all; empty where whole is 0. */
void cell_percent(struct report_cell *c, uint64_t part, uint64_t whole);
void cell_money(struct report_cell *c, int64_t vnd);
void cell_date(struct report_cell *c, civil_day day);
void cell_time(struct report_cell *c, civil_minute t);
/* A note below the tables (the first out->leading of them above): a text of the table with {1}… filled in. */
void report_note(struct report_maker *m, struct report *out, enum text_id text, const struct str *args,
                 size_t n);

/* Names as the report shows them: of an officer by login, of whoever holds it (officer, else unit), of a
 * field by number. Borrowed from the office or the arguments. */
struct str report_officer(const struct report_maker *m, struct str login);
struct str report_holder(const struct report_maker *m, struct str login, struct str unit);

#endif
