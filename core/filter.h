/* filter: which dossiers a list or a calendar takes in. */
#ifndef MOTCUA_CORE_FILTER_H
#define MOTCUA_CORE_FILTER_H

#include "core/row.h"
#include "core/status.h"

struct day_range {
    civil_day from, to; /* both included; NO_DAY: open on that side */
};

enum list_sort { SORT_URGENT = 0, SORT_DUE, SORT_RECEIVED, SORT_LATE };

/* Numbers are the office's; 0 means any. */
struct filter {
    status_set status; /* 0 means open */
    uint16_t officer, field, procedure;
    struct str procedure_code; /* any case of this procedure; absent: any */
    struct str unit;           /* folded compare; absent: any */
    struct day_range received, due;
};

/* By facts alone: everything but unit and procedure_code. */
bool filter_facts(const struct filter *f, const struct judge *j, const struct facts *facts);
/* By the rest: a procedure's code, and the unit that has it. */
bool filter_texts(const struct filter *f, struct str procedure, struct str unit);
bool filter_row(const struct filter *f, const struct judge *j, const struct row *row);
/* Can only open dossiers (or uncollected ones) pass? Then live rows are enough, and nothing else need be
 * read. */
bool filter_wants_live_only(const struct filter *f);
/* Can a waiting one pass? */
bool filter_wants_waiting(const struct filter *f);
/* No running one that is due after this minute passes; NO_TIME where there is no such minute. */
civil_minute filter_due_until(const struct filter *f, const struct judge *j);

/* "2026-01-01..2026-01-31", either side may be missing (but not both), dates in either way of writing; both
 * ends included. */
bool day_range_parse(struct str text, struct day_range *out);
bool list_sort_parse(struct str text, enum list_sort *out);
/* Order of two rows for a list; ties by code. SORT_URGENT and SORT_DUE: most urgent first, waiting last;
 * SORT_RECEIVED: newest first; SORT_LATE: most days late first. */
int row_compare(enum list_sort sort, const struct judge *j, const struct row *a, const struct row *b);

#endif
