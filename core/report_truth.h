/* report_truth: what the report of truth gathers before it makes its tables. Private to report_truth*.c.
 *
 * The journal is read first, entry by entry (truth_take); that tells which dossiers must be looked at whole
 * (truth_wants). */
#ifndef MOTCUA_CORE_REPORT_TRUTH_H
#define MOTCUA_CORE_REPORT_TRUTH_H

#include "core/report_stood.h"

/* Items one after the other, in the heap. Begin with the size of one, the rest 0. */
struct truth_list {
    size_t size;
    void *item;
    size_t count, cap;
};

/* An entry that was recorded long after it happened, or while the clock ran ahead. */
struct truth_entry {
    uint64_t seq, dossier; /* dossier 0: of the office, or turned away at the counter */
    enum event_kind kind;
    civil_minute at, recorded, written;
    struct str by;
    uint32_t days; /* working days */
};

/* A number out of a year's series. */
struct truth_number {
    enum series series;
    int year;
    uint32_t number;
    uint64_t seq, dossier; /* the entry that gave it */
};

/* A dossier that an entry is about. */
struct truth_code {
    uint64_t id;
    struct str code, timing;
};

/* On time by what was written, which was written after the due day; solved or written in the period. */
struct truth_hidden {
    uint64_t id;
    struct str code, how, by;
    civil_minute due, at, recorded;
    uint32_t days;
};

/* Late without a letter; or a result that nobody collected. */
struct truth_case {
    uint64_t id;
    struct str code, state, holder, reason;
    civil_minute received, due, solved;
    uint32_t days;
};

/* The due time of an overdue dossier, moved. */
struct truth_moved {
    uint64_t seq, dossier;
    struct str code, by, timing;
    enum event_kind kind;
    civil_minute recorded, old_due, new_due;
    uint32_t days;
    bool washed; /* it was not late any more then */
};

struct truth {
    struct truth_list late, clock;             /* struct truth_entry, in the journal's order */
    struct truth_list numbers;                 /* struct truth_number */
    struct truth_list wanted;                  /* uint64_t: dossiers to be looked at whole */
    struct truth_list undone;                  /* uint64_t: entries taken back */
    struct truth_list voided;                  /* uint64_t: dossiers */
    bool sorted;                               /* wanted and undone are */
    struct truth_list codes;                   /* struct truth_code, by id */
    struct truth_list hidden;                  /* struct truth_hidden */
    struct truth_list letterless, uncollected; /* struct truth_case */
    struct truth_list moved;                   /* struct truth_moved */
};

/* A further item, zeroed; NULL, and m->failed, when memory is out. */
void *truth_add(struct report_maker *m, struct truth_list *list);
/* Sorts numbers of 64 bits, each once. */
void truth_sort_ids(struct truth_list *list);
bool truth_has_id(const struct truth_list *sorted, uint64_t id);

/* Is it about the period: did it happen or was it written then? */
bool truth_is_of_period(const struct report_maker *m, civil_minute at, civil_minute written);
void truth_take(struct report_maker *m, const struct event *e, int64_t written);
/* To be asked once every entry was taken. */
bool truth_wants(struct truth *t, uint64_t dossier);
/* When an entry counts as written, by the office's clock. */
civil_minute truth_written(const struct report_maker *m, const struct event *e);

void truth_tables(struct report_maker *m, struct report *out);
/* One of them: the numbers of every series and year, and what is missing. Returns how many series have a
 * number missing or given twice. */
size_t truth_numbers(struct report_maker *m, struct report *out);

#endif
