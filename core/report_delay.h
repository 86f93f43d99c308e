/* report_delay: a dossier that was late in a report's period: how late, whose delay it is, and why. Private
 * to the report_*.c files.
 *
 * Late is what was solved late in the period, and what was open past its due time at the closing; by date,
 * whatever the limit, as in II.06a. One that was late before a wait for the applicant is late still: it is
 * among them while it waits (where II.06a counts it pending in time) and after it has gone on. */
#ifndef MOTCUA_CORE_REPORT_DELAY_H
#define MOTCUA_CORE_REPORT_DELAY_H

#include "core/report_maker.h"
#include "core/stages.h"

/* Received by the end of the period, not void, and solved in it or open at the closing. */
bool report_belongs(const struct report_maker *m, const struct facts *f);
/* Solved in the period? Of one that belongs; else it is open at the closing. */
bool report_solved_in(const struct report_maker *m, const struct facts *f);

struct delay {
    struct dossier then;   /* what is open: as it stood at the closing; what was solved: as it is known now.
                              Strings are borrowed from the item */
    bool solved;           /* in the period */
    uint32_t days;         /* working days late, at least 1; 0: it was not late */
    uint32_t before;       /* of these before a wait for the applicant */
    civil_day lapsed;      /* the due day it first let pass: whoever had it then let it; NO_DAY: not late */
    struct apology letter; /* its letter: of what is open by the closing, else as known; number 0: none */
};
/* May it have been late? False only where its facts alone say no. */
bool delay_is_possible(const struct report_maker *m, const struct facts *f, enum report_basis basis);
/* Of an item with its history that belongs to the period. False where it was not received by the closing. */
bool delay_of(const struct report_maker *m, const struct report_item *item, enum report_basis basis,
              struct delay *out);

/* The due time that had passed before the first wait, up to `until`, that found it late; NO_TIME: none had.
 */
civil_minute delay_lapsed(const struct report_item *item, enum report_basis basis, civil_minute until);

/* Neither a letter nor a reason was given, and no chief called it a good one; or a chief said it is none. */
bool delay_has_no_reason(const struct dossier *d);

/* The stages of an item with its history, as they stood at the closing: what began later is left out, what
 * was still in hand is running. To be released. */
void delay_stages(struct report_maker *m, const struct report_item *item, struct stages *out);
/* The stage of work whose holder let the due day pass: at the end of that day, else the last before it. NULL
 * where there is none. */
const struct stage *delay_stage(const struct stages *s, civil_day lapsed);

/* Appends working minutes as working days of eight hours, with two decimals. */
void delay_say_days(const struct report_maker *m, struct buf *out, uint64_t minutes);
int64_t delay_hundredths(int64_t minutes, uint64_t shared_by);

#endif
