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
    free(m->late_seq);
    arena_release(&m->text);
    free(m);
}

/* ---- feeding ---- */

enum report_need report_look(struct report_maker *m, const struct facts *facts)
{
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

/* ---- entries that were recorded after the period ---- */

/* Is it somebody's late word about the period? What another system brings, what follows from a change of the
 * office's days, and what only takes another entry back are not. */
static bool is_late_word(const struct report_maker *m, const struct event *e, int64_t written)
{
    int offset = office_identity(m->request.office)->utc_offset;
    return e->dossier && e->kind != EVENT_IMPORTED && e->kind != EVENT_DUE_MOVED && e->kind != EVENT_UNDONE &&
           written >= civil_to_utc(after(m->request.period), offset) &&
           period_has(m->request.period, civil_day_of(e->at));
}

static void keep_late(struct report_maker *m, uint64_t seq)
{
    if (m->entries_late == m->late_cap) {
        size_t cap = m->late_cap ? m->late_cap * 2 : 64;
        uint64_t *kept = realloc(m->late_seq, cap * sizeof *kept);
        if (!kept) {
            m->failed = true;
            return;
        }
        m->late_seq = kept;
        m->late_cap = cap;
    }
    m->late_seq[m->entries_late++] = seq;
}

/* Of what is taken back nothing is left to be counted. Entries come in the journal's order, and what is taken
 * back is most often among the last. */
static void forget_late(struct report_maker *m, uint64_t seq)
{
    for (uint64_t i = m->entries_late; i && m->late_seq[i - 1] >= seq; i--)
        if (m->late_seq[i - 1] == seq) {
            memmove(m->late_seq + i - 1, m->late_seq + i, (m->entries_late - i) * sizeof *m->late_seq);
            m->entries_late--;
            return;
        }
}

/* What was turned away at the counter, by the day it was. */
static bool is_outside(const struct report_maker *m, const struct event *e)
{
    return m->ops->has_period && e->kind == EVENT_TURNED_AWAY &&
           !period_has(m->request.period, civil_day_of(e->at));
}

void report_entry(struct report_maker *m, const struct event *e, int64_t written)
{
    if (is_outside(m, e))
        return;
    if (m->ops->entries && m->ops->has_period) {
        if (is_late_word(m, e, written))
            keep_late(m, e->seq);
        else if (e->kind == EVENT_UNDONE)
            forget_late(m, e->undone.seq);
    }
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
    out->known = m->request.known;
    out->basis = m->basis;
    out->has_basis = m->request.kind != REPORT_D766 && m->request.kind != REPORT_DAILY &&
                     m->request.kind != REPORT_CATALOGUE && m->request.kind != REPORT_SURVEY;
    out->counted = m->ops->counted;
    out->has_entries_late = m->ops->entries && m->ops->has_period;
    out->entries_late = m->entries_late;
    m->ops->finish(m, out);
    out->failed = out->failed || m->failed || m->text.failed || out->text.failed;
    out->broken = m->broken;
    return !out->failed && !out->broken;
}
