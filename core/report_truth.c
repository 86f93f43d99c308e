/* Where lateness hides: what was recorded long after it happened, what was in time only because somebody said
 * so afterwards, whom nobody apologised to, which results lie about, which numbers are missing, what was
 * written while the clock ran ahead, and whose due time was moved once it had passed. */
#include "core/report_truth.h"

#include "core/evolve.h"
#include "core/report_delay.h"
#include "core/words.h"
#include <stdlib.h>

static bool begin(struct report_maker *m)
{
    struct truth *t = arena_alloc(&m->text, sizeof *t);
    m->state = t;
    if (!t)
        return false;
    t->late.size = t->clock.size = sizeof(struct truth_entry);
    t->numbers.size = sizeof(struct truth_number);
    t->wanted.size = t->undone.size = t->voided.size = sizeof(uint64_t);
    t->codes.size = sizeof(struct truth_code);
    t->hidden.size = sizeof(struct truth_hidden);
    t->letterless.size = t->uncollected.size = sizeof(struct truth_case);
    t->moved.size = sizeof(struct truth_moved);
    return true;
}

static void end(struct report_maker *m)
{
    struct truth *t = m->state;
    if (!t)
        return;
    struct truth_list *const all[] = {&t->late,       &t->clock,       &t->numbers, &t->wanted,
                                      &t->undone,     &t->voided,      &t->codes,   &t->hidden,
                                      &t->letterless, &t->uncollected, &t->moved};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]->item);
}

/* ---- which dossiers ---- */

static bool belongs(const struct report_maker *m, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    return solved == NO_TIME || civil_day_of(solved) >= m->request.period.from;
}

/* Working days that the result had lain at the desk by the closing. */
static int days_uncollected(const struct report_maker *m, const struct facts *f)
{
    bool handed_over = f->returned != NO_TIME ? f->returned <= m->closing : f->state == STATE_RETURNED;
    if ((f->ended_how != ENDED_RESOLVED && f->ended_how != ENDED_REFUSED) || f->resolved == NO_TIME ||
        f->resolved > m->closing || handed_over)
        return 0;
    return calendar_working_between(m->judge.calendar, civil_day_of(f->resolved), civil_day_of(m->closing));
}

static bool is_uncollected_long(const struct report_maker *m, const struct facts *f)
{
    return days_uncollected(m, f) > m->judge.settings->collect_max;
}

/* A wait found it late, by a due time that only its history tells. */
static bool was_late_before(const struct report_maker *m, const struct facts *f)
{
    return m->basis == BASIS_PROMISED ? f->was_late_promised : f->was_late;
}

/* Numbers are those of the period's years: whatever was given, happened or was recorded then was recorded no
 * earlier. */
static civil_minute since(const struct report_maker *m)
{
    return civil_at(civil_from_ymd(civil_to_ymd(m->request.period.from).year, 1, 1), 0);
}

static enum report_need look(struct report_maker *m, const struct facts *f)
{
    struct truth *t = m->state;
    struct stood stood;
    if (f->state == STATE_VOID) {
        uint64_t *id = truth_add(m, &t->voided);
        if (id)
            *id = f->id;
        return NEED_NOTHING;
    }
    bool counts = stood_counts(m, f);
    bool by_facts = counts && stood_by_facts(m, f, &stood);
    if (truth_wants(t, f->id) || (counts && belongs(m, f) && (!by_facts || was_late_before(m, f))))
        return NEED_HISTORY;
    if (by_facts && ((belongs(m, f) && stood.ever_late && !stood.letter) || is_uncollected_long(m, f)))
        return NEED_DOSSIER;
    return NEED_NOTHING;
}

/* ---- on time by what was written afterwards ---- */

/* The entry by which it is judged: of its end, or of the wait in which it ended. */
static const struct event *judged_by(const struct report_item *item)
{
    bool waited = item->facts->waiting_since != NO_TIME;
    for (size_t i = item->events; i-- > 0;) {
        const struct event *e = &item->event[i];
        bool waits = e->kind == EVENT_SUPPLEMENT_REQUESTED || e->kind == EVENT_PAYMENT_AWAITED;
        bool ends = e->kind == EVENT_RESOLVED || e->kind == EVENT_REFUSED || e->kind == EVENT_WITHDRAWN ||
                    e->kind == EVENT_STOPPED;
        if (!e->undone_by && (waited ? waits : ends))
            return e;
    }
    return NULL; /* another system's word */
}

static void check_hidden(struct report_maker *m, const struct report_item *item)
{
    struct truth *t = m->state;
    const struct facts *f = item->facts;
    civil_minute solved = report_solved(f), due = stood_due(m, f);
    const struct event *e = judged_by(item);
    if (solved == NO_TIME || due == NO_TIME || !e || report_timing(f, m->basis) == TIMING_LATE)
        return;
    civil_minute written = truth_written(m, e);
    /* Of both periods, where one was solved in and the other recorded in: the report printed in time for the
     * first did not know of it yet. */
    if (!truth_is_of_period(m, solved, written))
        return;
    uint32_t days = stood_days_past(m, due, written);
    struct truth_hidden *hidden = days ? truth_add(m, &t->hidden) : NULL;
    if (!hidden)
        return;
    *hidden = (struct truth_hidden){
        .id = f->id,
        .code = arena_str(&m->text, item->dossier->code),
        .how = str_of(words_event(m->request.lang, e->kind)),
        .by = arena_str(&m->text, report_officer(m, e->by)),
        .due = due,
        .at = e->at,
        .recorded = written,
        .days = days,
    };
}

/* ---- without a letter; not collected ---- */

/* The due day that was passed: before a wait, where one found it late already. */
static civil_minute due_passed(const struct report_maker *m, const struct report_item *item,
                               const struct stood *stood)
{
    civil_minute until = stood->solved ? INT64_MAX : m->closing;
    civil_minute lapsed = delay_lapsed(item, m->basis, until);
    return lapsed != NO_TIME ? lapsed : stood_due(m, &stood->facts);
}

static struct truth_case *add_case(struct report_maker *m, struct truth_list *list,
                                   const struct report_item *item, const struct stood *stood)
{
    const struct dossier *d = item->dossier;
    struct truth_case *c = truth_add(m, list);
    if (!c)
        return NULL;
    *c = (struct truth_case){
        .id = item->facts->id,
        .code = arena_str(&m->text, d->code),
        .state = str_of(words_state(m->request.lang, stood->facts.state)),
        .holder = arena_str(&m->text, report_holder(m, d->officer, d->unit)),
        .reason = str_of(words_late_category(m->request.lang, d->late_reason.category)),
        .received = stood->facts.received,
        .due = due_passed(m, item, stood),
        .solved = stood->solved ? stood->facts.resolved : NO_TIME,
    };
    return c;
}

static void check_letter(struct report_maker *m, const struct report_item *item, const struct stood *stood)
{
    struct truth *t = m->state;
    if (!belongs(m, item->facts) || !stood->ever_late || stood->letter)
        return;
    struct truth_case *c = add_case(m, &t->letterless, item, stood);
    if (c)
        c->days = stood_late_days(m, stood);
}

static void check_collected(struct report_maker *m, const struct report_item *item, const struct stood *stood)
{
    struct truth *t = m->state;
    if (!is_uncollected_long(m, item->facts))
        return;
    struct truth_case *c = add_case(m, &t->uncollected, item, stood);
    if (c)
        c->days = (uint32_t)days_uncollected(m, item->facts);
}

/* ---- due times moved once they had passed ---- */

/* Was it late, as far as was known when the entry was written? */
static bool was_late(const struct report_maker *m, const struct facts *f, civil_minute written)
{
    civil_minute due = stood_due(m, f);
    if (!state_is_open(f->state))
        return f->state != STATE_VOID && report_timing(f, m->basis) == TIMING_LATE;
    return (m->basis == BASIS_PROMISED ? f->was_late_promised : f->was_late) ||
           (due != NO_TIME && civil_day_of(written) > civil_day_of(due));
}

static void note_moved(struct report_maker *m, const struct event *e, const struct facts *before,
                       const struct facts *after)
{
    struct truth *t = m->state;
    civil_minute written = truth_written(m, e), old = stood_due(m, before);
    if (old == stood_due(m, after) || !was_late(m, before, written))
        return;
    struct truth_moved *moved = truth_add(m, &t->moved);
    if (!moved)
        return;
    civil_minute end = state_is_open(before->state) ? written : before->resolved;
    *moved = (struct truth_moved){
        .seq = e->seq,
        .dossier = e->dossier,
        .by = arena_str(&m->text, report_officer(m, e->by)),
        .kind = e->kind,
        .recorded = written,
        .old_due = old,
        .new_due = stood_due(m, after),
        .days = stood_days_past(m, old, end),
        .washed = !was_late(m, after, written),
    };
}

/* What its history does, step by step: core/evolve leaves out what was taken back, and so does this. */
static void check_moved(struct report_maker *m, const struct report_item *item)
{
    struct dossier d = {0};
    for (size_t i = 0; i < item->events; i++) {
        struct event e = item->event[i];
        struct facts before = d.facts;
        if (e.kind == EVENT_UNDONE || e.undone_by)
            continue;
        e.previous = d.last_event;
        if (!evolve(&d, &e))
            return;
        bool moves = e.kind == EVENT_CORRECTED || e.kind == EVENT_REIMPORTED || e.kind == EVENT_DUE_MOVED;
        if (moves && truth_is_of_period(m, e.at, truth_written(m, &e)))
            note_moved(m, &e, &before, &d.facts);
    }
}

/* ---- one dossier ---- */

static void keep_code(struct report_maker *m, const struct report_item *item, const struct stood *stood)
{
    struct truth *t = m->state;
    struct truth_code *code = truth_wants(t, item->facts->id) ? truth_add(m, &t->codes) : NULL;
    if (!code)
        return;
    code->id = item->facts->id;
    code->code = arena_str(&m->text, item->dossier->code);
    if (stood)
        code->timing = stood_words(m, stood);
}

static void add(struct report_maker *m, const struct report_item *item)
{
    struct stood stood;
    bool counts = stood_counts(m, item->facts);
    if (counts)
        stood_of(m, item, &stood);
    keep_code(m, item, counts ? &stood : NULL);
    check_hidden(m, item);
    check_moved(m, item);
    if (counts) {
        check_letter(m, item, &stood);
        check_collected(m, item, &stood);
    }
}

const struct report_ops report_truth = {
    .title = T_report_truth,
    .counted = T_report_truth_counted,
    .has_period = true,
    .personal = true,
    .entries = true,
    .all_entries = true,
    .begin = begin,
    .look = look,
    .add = add,
    .entry = truth_take,
    .since = since,
    .finish = truth_tables,
    .free = end,
};
