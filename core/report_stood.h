/* report_stood: how a dossier stood at a report's closing, and how late it then was. By date, whatever its
 * limit, on the report's basis. Private to the report_*.c files. */
#ifndef MOTCUA_CORE_REPORT_STOOD_H
#define MOTCUA_CORE_REPORT_STOOD_H

#include "core/report_maker.h"

struct stood {
    bool solved, waiting;   /* neither: it was in work */
    bool late;              /* solved late, or in work and overdue; one that waits is pending in time */
    bool ever_late;         /* that, or late before the wait that it is in */
    bool letter;            /* its letter was used by then; of a solved one: at any time */
    struct lateness before; /* working days: what a wait had found; of a solved one: all of them */
    struct facts facts;     /* as of then; of a solved one: those known today */
};

/* Of a dossier that counts. False where only its history tells, which never is so at the moment itself.
 * `before` stays 0. */
bool stood_by_facts(const struct report_maker *m, const struct facts *facts, struct stood *out);
/* The same of an item, which has its history where stood_by_facts() was false; `before` is filled in. */
void stood_of(const struct report_maker *m, const struct report_item *item, struct stood *out);

/* Does it count at all: received by the closing, not void? */
bool stood_counts(const struct report_maker *m, const struct facts *facts);

/* The due time by which the report judges. */
static inline civil_minute stood_due(const struct report_maker *m, const struct facts *f)
{
    return m->basis == BASIS_PROMISED ? f->due : f->statutory_due;
}
/* Working days from a due day to the end, at least 1 when the day is past, else 0. */
uint32_t stood_days_past(const struct report_maker *m, civil_minute due, civil_minute end);
/* How many working days late. */
uint32_t stood_late_days(const struct report_maker *m, const struct stood *s);

/* Trước hạn, đúng hạn, trễ hạn; quá hạn, chờ người nộp, chưa đến hạn. A literal of the table. */
struct str stood_words(const struct report_maker *m, const struct stood *s);

#endif
