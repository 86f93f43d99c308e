/* The stages of a history, in the journal's order. Whoever records a handover afterwards may date it before
 * one that is in the journal already: then it counts from there, so that no minute is anybody's twice and the
 * last stage is with whom the dossier says. */
#include "core/stages.h"

#include "core/deadline.h"
#include "core/imported.h"
#include "core/past.h"

#include <stdlib.h>

struct walk {
    struct stages *out;
    const struct calendar *calendar;
    int cutoff;         /* of a same_day limit without one of its own */
    civil_minute began; /* the receipt, as it is known now */
    enum due_clock clock;
    struct stage hand; /* what the next stage of work is like: holder, unit, step, limit */
};

void stages_release(struct stages *s)
{
    free(s->stage);
    *s = (struct stages){0};
}

/* ---- due times ---- */

/* Steps run from hour to hour. A limit that somebody gave by hand is counted as the dossier's own: told by a
 * due time that stands at the day's end though the count began at another hour. */
static enum due_clock clock_of(const struct walk *w, const struct stage *s, civil_minute due)
{
    civil_minute from = calendar_counting_moment(w->calendar, s->from);
    bool whole = s->limit.hundredths % 100 == 0 && s->limit.kind != LIMIT_WORKING_HOURS;
    if (w->clock == CLOCK_SAME_HOUR || !whole || from == NO_TIME)
        return CLOCK_SAME_HOUR;
    bool closing = civil_minute_of_day(due) == calendar_closes(w->calendar, civil_day_of(due));
    bool by_hour = civil_minute_of_day(from) == calendar_closes(w->calendar, civil_day_of(from));
    return closing && !by_hour ? CLOCK_DAY_END : CLOCK_SAME_HOUR;
}

/* The later of what was reckoned (NO_TIME: nothing) and what today's calendar says; a limit that cannot be
 * counted any more leaves what was reckoned. */
static civil_minute due_of(const struct walk *w, const struct stage *s, civil_minute reckoned)
{
    struct deadline d;
    if (s->limit.kind == LIMIT_NONE)
        return NO_TIME;
    enum due_clock clock = reckoned == NO_TIME ? CLOCK_SAME_HOUR : clock_of(w, s, reckoned);
    if (!deadline_compute(w->calendar, &s->limit, clock, w->cutoff, s->from, &d, NULL))
        return reckoned;
    return d.due > reckoned ? d.due : reckoned;
}

/* ---- one after the other ---- */

static struct stage *current(struct stages *s)
{
    return s->count ? &s->stage[s->count - 1] : NULL;
}

/* Not before the present one began. */
static civil_minute not_before(struct stages *s, civil_minute at)
{
    const struct stage *now = current(s);
    return now && now->from > at ? now->from : at;
}

static void end(struct stages *s, civil_minute at)
{
    struct stage *now = current(s);
    if (now && now->to == NO_TIME)
        now->to = not_before(s, at);
}

static struct stage *add(struct stages *s, const struct stage *like)
{
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 8;
        struct stage *stage = realloc(s->stage, cap * sizeof *stage);
        if (!stage) {
            s->failed = true;
            return NULL;
        }
        s->stage = stage;
        s->cap = cap;
    }
    s->stage[s->count] = *like;
    return &s->stage[s->count++];
}

/* Ends the present stage and begins the next; NULL when memory is out. */
static struct stage *begin(struct walk *w, const struct event *e, civil_minute at, struct str note)
{
    end(w->out, at);
    struct stage next = w->hand;
    next.giver = e->by;
    next.note = note;
    next.from = not_before(w->out, at);
    next.to = next.due = NO_TIME;
    next.event = e->seq;
    return add(w->out, &next);
}

static void begin_work(struct walk *w, const struct event *e, civil_minute at, struct str note,
                       civil_minute reckoned)
{
    struct stage *s = begin(w, e, at, note);
    if (s)
        s->due = due_of(w, s, s->from == e->at ? reckoned : NO_TIME);
}

static void begin_wait(struct walk *w, const struct event *e, civil_minute at, struct str note)
{
    struct stage *s = begin(w, e, at, note);
    if (!s)
        return;
    s->waiting = true;
    s->limit = (struct limit){.kind = LIMIT_NONE};
}

/* ---- what each event does ---- */

static void walk_received(struct walk *w, const struct event *e)
{
    w->hand = (struct stage){.holder = e->received.officer,
                             .unit = e->received.unit,
                             .step = e->received.step,
                             .limit = e->received.within};
    begin_work(w, e, w->began, STR_NONE, e->received.within_due);
}

/* What another system brings: one holder, and how it stood. */
static void walk_imported(struct walk *w, const struct event *e)
{
    w->hand = (struct stage){.holder = e->imported.officer, .unit = e->imported.unit};
    begin_work(w, e, w->began, STR_NONE, NO_TIME);
    if (e->imported.waiting_since != NO_TIME)
        begin_wait(w, e, e->imported.waiting_since, STR_NONE);
    if (e->imported.resolved != NO_TIME)
        end(w->out, e->imported.resolved);
    else if (e->imported.state != STATE_PROCESSING && !state_is_waiting(e->imported.state))
        end(w->out, e->at);
}

static void walk_transferred(struct walk *w, const struct event *e)
{
    w->hand = (struct stage){.holder = e->transferred.to,
                             .unit = e->transferred.unit,
                             .step = e->transferred.step,
                             .limit = e->transferred.within};
    begin_work(w, e, e->at, e->transferred.note, e->transferred.within_due);
}

static void walk_event(struct walk *w, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: walk_received(w, e); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: walk_imported(w, e); break;
    case EVENT_TRANSFERRED: walk_transferred(w, e); break;
    case EVENT_SUPPLEMENT_REQUESTED: begin_wait(w, e, e->at, e->supplement.reason); break;
    case EVENT_PAYMENT_AWAITED: begin_wait(w, e, e->at, e->payment.note); break;
    case EVENT_RESTARTED:
    case EVENT_PAID: begin_work(w, e, e->at, e->resumed.note, NO_TIME); break;
    case EVENT_RESOLVED:
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED: end(w->out, e->at); break;
    default: break;
    }
}

/* ---- judging ---- */

static void judge(struct stage *s, const struct calendar *calendar, bool stopped_by_wait, civil_minute now)
{
    bool running = s->to == NO_TIME;
    civil_minute until = running ? now : s->to;
    s->result = stopped_by_wait ? STAGE_WAITED : STAGE_NO_LIMIT;
    if (s->due == NO_TIME)
        return;
    int64_t past = calendar_minutes_between(calendar, s->due, until);
    if (past > 0)
        s->late_minutes = past < UINT32_MAX ? (uint32_t)past : UINT32_MAX;
    if (running)
        s->result = past > 0 ? STAGE_OVERDUE : STAGE_RUNNING;
    else if (past > 0)
        s->result = STAGE_LATE;
    else if (!stopped_by_wait)
        s->result = civil_day_of(until) < civil_day_of(s->due) ? STAGE_EARLY : STAGE_ON_TIME;
}

/* The receipt, clock and cutoff as they are known now, corrections and all. */
static bool prepare(struct walk *w, const struct event *events, size_t count)
{
    struct dossier d;
    if (!count || !event_begins(events[0].kind))
        return false;
    w->began = events[0].at;
    w->clock = events[0].kind == EVENT_RECEIVED ? events[0].received.receipt.clock : CLOCK_UNSET;
    if (!past_dossier(&d, events, count, INT64_MAX))
        return true;
    w->began = d.facts.received;
    w->clock = d.receipt.clock;
    return true;
}

void stages_of(struct stages *s, const struct office *office, const struct event *events, size_t count,
               civil_minute now)
{
    struct walk w = {
        .out = s,
        .calendar = office_calendar(office),
        .cutoff = office_settings(office)->same_day_cutoff,
    };
    s->count = 0;
    s->failed = !w.calendar;
    if (s->failed || !prepare(&w, events, count))
        return;
    for (size_t i = imported_start(events, count); i < count && !s->failed; i++)
        if (events[i].kind != EVENT_UNDONE && !events[i].undone_by)
            walk_event(&w, &events[i]);
    for (size_t i = 0; i < s->count; i++)
        judge(&s->stage[i], w.calendar, i + 1 < s->count && s->stage[i + 1].waiting, now);
}

const struct stage *stages_at(const struct stages *s, civil_day day)
{
    if (day == NO_DAY)
        return NULL;
    for (size_t i = s->count; i-- > 0;)
        if (civil_day_of(s->stage[i].from) <= day)
            return s->stage[i].waiting ? NULL : &s->stage[i];
    return NULL;
}

/* ---- words ---- */

const char *stage_result_name(enum stage_result result)
{
    switch (result) {
    case STAGE_NO_LIMIT: return NULL;
    case STAGE_EARLY: return "early";
    case STAGE_ON_TIME: return "on_time";
    case STAGE_LATE: return "late";
    case STAGE_RUNNING: return "running";
    case STAGE_OVERDUE: return "overdue";
    case STAGE_WAITED: return "waited";
    }
    return NULL;
}

enum text_id stage_result_text(enum stage_result result)
{
    switch (result) {
    case STAGE_NO_LIMIT: return T_nothing;
    case STAGE_EARLY: return T_core_stage_early;
    case STAGE_ON_TIME: return T_core_stage_on_time;
    case STAGE_LATE: return T_core_stage_late;
    case STAGE_RUNNING: return T_core_stage_running;
    case STAGE_OVERDUE: return T_core_stage_overdue;
    case STAGE_WAITED: return T_core_stage_waited;
    }
    return T_nothing;
}
