#include "core/report_delay.h"

#include "core/imported.h"
#include "core/past.h"
#include "core/report_words.h"

enum { MINUTES_A_DAY = 480 }; /* of work: eight hours */

/* ---- who belongs to the period ---- */

bool report_belongs(const struct report_maker *m, const struct facts *f)
{
    struct period p = m->request.period;
    civil_minute solved = report_solved(f);
    return f->state != STATE_VOID && f->received != NO_TIME && civil_day_of(f->received) <= p.to &&
           (solved == NO_TIME || civil_day_of(solved) >= p.from);
}

bool report_solved_in(const struct report_maker *m, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return solved != NO_TIME && period_has(m->request.period, civil_day_of(solved));
}

/* ---- how late ---- */

static civil_minute due_of(const struct facts *f, enum report_basis basis)
{
    return basis == BASIS_PROMISED ? f->due : f->statutory_due;
}

static bool was_late(const struct facts *f, enum report_basis basis)
{
    return basis == BASIS_PROMISED ? f->was_late_promised : f->was_late;
}

static uint32_t part_of(struct lateness late, enum report_basis basis)
{
    return basis == BASIS_PROMISED ? late.promised : late.statutory;
}

/* Working days past the due day, at least 1 when past. */
static uint32_t days_after(const struct report_maker *m, civil_minute due, civil_minute end)
{
    if (due == NO_TIME || end == NO_TIME || civil_day_of(end) <= civil_day_of(due))
        return 0;
    int days = calendar_working_between(m->judge.calendar, civil_day_of(due), civil_day_of(end));
    return days > 0 ? (uint32_t)days : 1;
}

bool delay_is_possible(const struct report_maker *m, const struct facts *f, enum report_basis basis)
{
    if (!report_belongs(m, f))
        return false;
    if (report_solved_in(m, f))
        return report_timing(f, basis) == TIMING_LATE;
    /* Of what changed since, or waits, the closing may have seen another due time. */
    if (f->moved || f->waiting_since != NO_TIME)
        return true;
    return days_after(m, due_of(f, basis), m->closing) > 0;
}

/* What a wait found, and the due time that had passed by then. */
struct waits {
    uint32_t days;       /* of the last wait: all so far */
    civil_minute lapsed; /* before the first that found any */
};

static struct lateness found_by(const struct event *e)
{
    switch (e->kind) {
    case EVENT_SUPPLEMENT_REQUESTED: return e->supplement.late;
    case EVENT_PAYMENT_AWAITED: return e->payment.late;
    default: return e->imported.waiting_since != NO_TIME ? e->imported.late : (struct lateness){0};
    }
}

static bool is_wait(const struct event *e)
{
    return e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED ||
           event_is_import(e->kind);
}

static civil_minute began_at(const struct event *e)
{
    bool waited = event_is_import(e->kind) && e->imported.waiting_since != NO_TIME;
    return waited ? e->imported.waiting_since : e->at;
}

/* The due time in force before the event at `i`; of an imported one the one it came with. */
static civil_minute due_before(const struct report_item *item, size_t i, enum report_basis basis)
{
    struct dossier before;
    size_t first = imported_start(item->event, item->events);
    if (!past_dossier(&before, item->event, i > first ? i : first + 1, INT64_MAX))
        return NO_TIME;
    return basis == BASIS_PROMISED ? before.promised : before.appointment.due;
}

static struct waits waits_of(const struct report_item *item, enum report_basis basis, civil_minute until)
{
    struct waits w = {.lapsed = NO_TIME};
    for (size_t i = imported_start(item->event, item->events); i < item->events; i++) {
        const struct event *e = &item->event[i];
        if (e->undone_by || !is_wait(e) || began_at(e) > until)
            continue;
        w.days = part_of(found_by(e), basis);
        if (w.days && w.lapsed == NO_TIME)
            w.lapsed = due_before(item, i, basis);
    }
    return w;
}

civil_minute delay_lapsed(const struct report_item *item, enum report_basis basis, civil_minute until)
{
    return waits_of(item, basis, until).lapsed;
}

/* Where it is judged: while the applicant is awaited time stands still. */
static civil_minute end_of(const struct report_maker *m, const struct delay *d)
{
    const struct facts *f = &d->then.facts;
    if (f->waiting_since != NO_TIME)
        return f->waiting_since;
    return d->solved ? f->resolved : m->closing;
}

static void count_days(const struct report_maker *m, const struct report_item *item, enum report_basis basis,
                       struct delay *d)
{
    const struct facts *f = &d->then.facts;
    struct waits w = waits_of(item, basis, d->solved ? INT64_MAX : m->closing);
    civil_minute due = due_of(f, basis), lapsed = due;
    bool late = was_late(f, basis);
    if (late) {
        d->before = d->days = w.days ? w.days : 1;
        lapsed = w.lapsed;
    }
    /* What a wait found includes all up to it. */
    if (!late || f->waiting_since == NO_TIME)
        d->days += days_after(m, due, end_of(m, d));
    if (d->days && lapsed == NO_TIME)
        lapsed = d->then.appointment.due;
    if (d->days && lapsed != NO_TIME)
        d->lapsed = civil_day_of(lapsed);
}

bool delay_of(const struct report_maker *m, const struct report_item *item, enum report_basis basis,
              struct delay *out)
{
    *out = (struct delay){.solved = report_solved_in(m, item->facts), .lapsed = NO_DAY};
    if (out->solved)
        out->then = *item->dossier;
    else if (!past_dossier(&out->then, item->event, item->events, m->closing))
        return false;
    out->letter = out->then.apology;
    count_days(m, item, basis, out);
    return true;
}

/* ---- why ---- */

bool delay_has_no_reason(const struct dossier *d)
{
    const struct late_reason *r = &d->late_reason;
    if (r->excuse != EXCUSE_UNSAID)
        return r->excuse == EXCUSE_NOT_GOOD;
    return r->category == LATE_UNSAID && !d->apology.number;
}

/* ---- whose ---- */

/* Cut at the closing. */
static void stand_at(const struct report_maker *m, struct stage *s)
{
    s->to = NO_TIME;
    s->late_minutes = 0;
    s->result = STAGE_NO_LIMIT;
    if (s->due == NO_TIME)
        return;
    int64_t past = calendar_minutes_between(m->judge.calendar, s->due, m->closing);
    s->late_minutes = past > UINT32_MAX ? UINT32_MAX : (uint32_t)past;
    s->result = past > 0 ? STAGE_OVERDUE : STAGE_RUNNING;
}

void delay_stages(struct report_maker *m, const struct report_item *item, struct stages *out)
{
    *out = (struct stages){0};
    stages_of(out, m->request.office, item->event, item->events, m->closing);
    m->failed = m->failed || out->failed;
    while (out->count && out->stage[out->count - 1].from > m->closing)
        out->count--;
    if (out->count) {
        struct stage *last = &out->stage[out->count - 1];
        if (last->to != NO_TIME && last->to > m->closing)
            stand_at(m, last);
    }
}

const struct stage *delay_stage(const struct stages *s, civil_day lapsed)
{
    const struct stage *at = stages_at(s, lapsed), *first = NULL;
    if (at)
        return at;
    for (size_t i = s->count; i-- > 0;)
        if (!s->stage[i].waiting) {
            first = &s->stage[i];
            if (lapsed == NO_DAY || civil_day_of(first->from) <= lapsed)
                return first;
        }
    return first;
}

/* ---- days ---- */

int64_t delay_hundredths(int64_t minutes, uint64_t shared_by)
{
    int64_t whole = (int64_t)shared_by * MINUTES_A_DAY;
    return whole ? minutes / whole * 100 + (minutes % whole * 100 + whole / 2) / whole : 0;
}

void delay_say_days(const struct report_maker *m, struct buf *out, uint64_t minutes)
{
    struct report_cell days = {0};
    cell_hundredths(&days, delay_hundredths((int64_t)minutes, 1));
    report_cell_say(out, m->request.lang, &days);
}
