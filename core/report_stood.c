#include "core/report_stood.h"

#include "core/past.h"
#include "core/words.h"

bool stood_counts(const struct report_maker *m, const struct facts *f)
{
    return f->state != STATE_VOID && f->received != NO_TIME && f->received <= m->closing;
}

static bool is_solved(const struct report_maker *m, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return solved != NO_TIME && solved <= m->closing;
}

/* Late before a wait: nothing washes that away, not even the new appointment that comes after it. */
static bool was_late(const struct report_maker *m, const struct facts *f)
{
    return m->basis == BASIS_PROMISED ? f->was_late_promised : f->was_late;
}

static bool is_overdue(const struct report_maker *m, const struct facts *f)
{
    civil_minute due = stood_due(m, f);
    return !state_is_waiting(f->state) &&
           (was_late(m, f) || (due != NO_TIME && civil_day_of(m->closing) > civil_day_of(due)));
}

static void stood_open(const struct report_maker *m, const struct facts *f, struct stood *out)
{
    bool late = is_overdue(m, f);
    *out = (struct stood){.waiting = state_is_waiting(f->state),
                          .late = late,
                          .ever_late = late || was_late(m, f),
                          .letter = f->apologized,
                          .facts = *f};
}

static void stood_solved(const struct report_maker *m, const struct facts *f, struct stood *out)
{
    bool late = report_timing(f, m->basis) == TIMING_LATE;
    *out =
        (struct stood){.solved = true, .late = late, .ever_late = late, .letter = f->apologized, .facts = *f};
}

bool stood_by_facts(const struct report_maker *m, const struct facts *f, struct stood *out)
{
    bool solved = is_solved(m, f);
    if (!solved && m->ops->has_period && (f->moved || f->waiting_since != NO_TIME || f->apologized))
        return false;
    struct facts then = *f;
    if (solved) {
        stood_solved(m, f, out);
    } else {
        if (!state_is_open(then.state)) /* nothing but its end can have come since */
            then.state = STATE_PROCESSING;
        stood_open(m, &then, out);
    }
    return true;
}

void stood_of(const struct report_maker *m, const struct report_item *item, struct stood *out)
{
    struct dossier then;
    if (stood_by_facts(m, item->facts, out)) {
        if (out->solved == !state_is_open(item->facts->state)) /* else what it ended with came later */
            out->before = item->dossier->late;
    } else if (past_dossier(&then, item->event, item->events, m->closing)) {
        stood_open(m, &then.facts, out);
        out->before = then.late;
    } else { /* its receipt lies ahead of the clock, or there is no history to go by */
        stood_open(m, item->facts, out);
        out->before = item->dossier->late;
    }
}

/* ---- how late ---- */

uint32_t stood_days_past(const struct report_maker *m, civil_minute due, civil_minute end)
{
    if (due == NO_TIME || end == NO_TIME || civil_day_of(end) <= civil_day_of(due))
        return 0;
    int days = calendar_working_between(m->judge.calendar, civil_day_of(due), civil_day_of(end));
    return days > 0 ? (uint32_t)days : 1;
}

uint32_t stood_late_days(const struct report_maker *m, const struct stood *s)
{
    const struct facts *f = &s->facts;
    uint32_t stored = m->basis == BASIS_PROMISED ? s->before.promised : s->before.statutory;
    if (!s->ever_late)
        return 0;
    if (!s->solved)
        return stored + stood_days_past(m, stood_due(m, f), m->closing);
    civil_minute end = f->waiting_since != NO_TIME ? f->waiting_since : f->resolved;
    return stored ? stored : stood_days_past(m, stood_due(m, f), end);
}

struct str stood_words(const struct report_maker *m, const struct stood *s)
{
    static const enum status timing[] = {
        [TIMING_EARLY] = STATUS_EARLY, [TIMING_ON_TIME] = STATUS_ON_TIME, [TIMING_LATE] = STATUS_LATE};
    enum status status = STATUS_ON_TRACK;
    if (s->solved)
        status = timing[report_timing(&s->facts, m->basis)];
    else if (s->late)
        status = STATUS_OVERDUE;
    else if (s->waiting)
        status = STATUS_WAITING;
    return str_of(words_status(m->request.lang, status));
}
