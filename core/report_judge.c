/* When a dossier was solved, and whether in time, as every report has it. */
#include "core/report_maker.h"

civil_minute report_solved(const struct facts *f)
{
    return state_is_open(f->state) || f->state == STATE_VOID ? NO_TIME : f->resolved;
}

bool report_span_has(const struct report_span *span, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    if (f->state == STATE_VOID)
        return span->voids;
    return f->received != NO_TIME && f->received <= span->received_by &&
           (solved == NO_TIME || solved >= span->solved_from);
}

void report_span_of_period(const struct report_maker *m, struct report_span *out)
{
    struct period p = m->request.period;
    *out = (struct report_span){.received_by = civil_at(p.to + 1, 0) - 1, .solved_from = civil_at(p.from, 0)};
}

enum timing report_timing(const struct facts *f, enum report_basis basis)
{
    bool promised = basis == BASIS_PROMISED;
    if (promised ? f->was_late_promised : f->was_late)
        return TIMING_LATE;
    civil_minute due = promised ? f->due : f->statutory_due;
    /* What ended while the applicant was awaited had been put down when the waiting began. */
    civil_minute solved = f->waiting_since != NO_TIME ? f->waiting_since : f->resolved;
    if (due == NO_TIME || solved == NO_TIME)
        return TIMING_ON_TIME;
    civil_day due_day = civil_day_of(due), solved_day = civil_day_of(solved);
    if (solved_day > due_day)
        return TIMING_LATE;
    return solved_day < due_day ? TIMING_EARLY : TIMING_ON_TIME;
}

bool report_received_in(const struct facts *f, struct period p)
{
    return f->state != STATE_VOID && f->received != NO_TIME && period_has(p, civil_day_of(f->received));
}

bool report_open_at(const struct facts *f, civil_minute when)
{
    if (f->state == STATE_VOID || f->received > when)
        return false;
    civil_minute solved = report_solved(f);
    return solved == NO_TIME || solved > when;
}
