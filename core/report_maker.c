#include "core/report_maker.h"

#include <stdlib.h>

static const struct report_ops *const kinds[REPORT_KINDS] = {
    [REPORT_II06A] = &report_ii06a,         [REPORT_LATE] = &report_late,
    [REPORT_OFFICERS] = &report_officers,   [REPORT_DAILY] = &report_daily,
    [REPORT_LETTERS] = &report_letters,     [REPORT_INDICATORS] = &report_indicators,
    [REPORT_D766] = &report_d766,           [REPORT_OVER90] = &report_over90,
    [REPORT_TRUTH] = &report_truth,         [REPORT_POINTS] = &report_points,
    [REPORT_CATALOGUE] = &report_catalogue, [REPORT_PUBLIC] = &report_public,
    [REPORT_SURVEY] = &report_survey,
};

enum text_id report_title(enum report_kind kind)
{
    return kinds[kind]->title;
}

bool report_has_period(enum report_kind kind)
{
    return kinds[kind]->has_period;
}

bool report_is_personal(enum report_kind kind)
{
    return kinds[kind]->personal;
}

/* ---- begin, end ---- */

/* The first minute that is no longer of the period. */
static civil_minute after(struct period p)
{
    return civil_at(p.to + 1, 0);
}

struct report_maker *report_begin(const struct report_request *request)
{
    struct report_maker *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->request = *request;
    m->ops = kinds[request->kind];
    m->text = ARENA_INIT;
    m->closing = request->now;
    if (m->ops->has_period && after(request->period) <= request->now)
        m->closing = after(request->period) - 1;
    m->judge = judge_at(request->office, m->closing);
    m->basis = office_settings(request->office)->basis;
    if (!m->judge.calendar || (m->ops->begin && !m->ops->begin(m))) {
        report_end(m);
        return NULL;
    }
    return m;
}

void report_end(struct report_maker *m)
{
    if (!m)
        return;
    if (m->ops->free)
        m->ops->free(m);
    after_release(&m->after);
    arena_release(&m->text);
    free(m);
}

/* ---- feeding ---- */

enum report_need report_look(struct report_maker *m, const struct facts *facts)
{
    if (m->ops->entries && m->ops->has_period && !m->after.chosen)
        after_look(m, facts);
    return m->ops->look ? m->ops->look(m, facts) : NEED_NOTHING;
}

void report_add(struct report_maker *m, const struct report_item *item)
{
    if (m->ops->add)
        m->ops->add(m, item);
}

bool report_wants_turned_away(const struct report_maker *m)
{
    return m->ops->turned_away;
}

bool report_wants_entries(const struct report_maker *m, civil_minute *from)
{
    if (!m->ops->entries || !m->ops->has_period)
        return false;
    *from = m->ops->entries_within ? civil_at(m->request.period.from, 0) : after(m->request.period);
    return true;
}

bool report_wants_all_entries(const struct report_maker *m)
{
    return m->ops->all_entries;
}

civil_minute report_entries_since(const struct report_maker *m)
{
    return m->ops->since ? m->ops->since(m) : NO_TIME;
}

/* ---- what the store has in short ---- */

bool report_spans(const struct report_maker *m, struct report_span *out)
{
    if (m->ops->span)
        m->ops->span(m, out);
    return m->ops->span;
}

bool report_takes_columns(const struct report_maker *m)
{
    return m->ops->columns && m->after.chosen;
}

size_t report_columns(struct report_maker *m, const struct facts_columns *c, const uint8_t *row, size_t count,
                      uint8_t *rest)
{
    return m->ops->columns(m, c, row, count, rest);
}

civil_minute report_entries_end(const struct report_maker *m)
{
    return after(m->request.period);
}

void report_after(struct report_maker *m, uint64_t first)
{
    after_begin(&m->after, first);
}

bool report_wants_whole(const struct report_maker *m, const struct backdated *b)
{
    return m->ops->entry && m->ops->entries_within &&
           (b->kind == EVENT_UNDONE || period_has(m->request.period, civil_day_of(b->at)));
}

void report_backdated(struct report_maker *m, const struct backdated *b)
{
    after_take(m, b);
}

const uint64_t *report_after_dossiers(struct report_maker *m, size_t *count)
{
    return after_dossiers(m, count);
}

void report_after_look(struct report_maker *m, const struct facts *facts)
{
    after_look(m, facts);
}

/* Of what was turned away at the counter each day has its own; who asks for it as one of all entries gets
 * what lies outside the period, too: a number may be of any day of its year. */
static bool is_outside(const struct report_maker *m, const struct event *e)
{
    return m->ops->has_period && m->ops->turned_away && e->kind == EVENT_TURNED_AWAY &&
           !period_has(m->request.period, civil_day_of(e->at));
}

void report_entry(struct report_maker *m, const struct event *e, int64_t written)
{
    if (is_outside(m, e))
        return;
    if (m->ops->entries && m->ops->has_period)
        after_event(m, e, written);
    if (m->ops->entry)
        m->ops->entry(m, e, written);
}

/* ---- the tables ---- */

bool report_finish(struct report_maker *m, struct report *out)
{
    out->kind = m->request.kind;
    if (m->ops->has_period)
        out->period = m->request.period;
    out->closing = m->closing;
    out->settled = m->ops->settled;
    out->known = m->request.known;
    out->basis = m->basis;
    out->has_basis = m->request.kind != REPORT_D766 && m->request.kind != REPORT_DAILY &&
                     m->request.kind != REPORT_CATALOGUE && m->request.kind != REPORT_SURVEY;
    out->counted = m->ops->counted;
    out->has_entries_late = m->ops->entries && m->ops->has_period;
    if (out->has_entries_late)
        after_count(m, out);
    m->ops->finish(m, out);
    out->failed = out->failed || m->failed || m->text.failed || out->text.failed;
    out->broken = m->broken;
    return !out->failed && !out->broken;
}
