/* The journal, as the report of truth reads it: what was recorded late, what was recorded by a clock that ran
 * ahead, and which numbers were given. */
#include "core/report_truth.h"

#include <stdlib.h>

/* ---- lists ---- */

void *truth_add(struct report_maker *m, struct truth_list *list)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        void *item = realloc(list->item, cap * list->size);
        if (!item) {
            m->failed = true;
            return NULL;
        }
        list->item = item;
        list->cap = cap;
    }
    void *item = (char *)list->item + list->count++ * list->size;
    memset(item, 0, list->size);
    return item;
}

static void add_id(struct report_maker *m, struct truth_list *list, uint64_t id)
{
    uint64_t *item = truth_add(m, list);
    if (item)
        *item = id;
}

static int by_id(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

void truth_sort_ids(struct truth_list *list)
{
    uint64_t *id = list->item;
    size_t kept = 0;
    if (!list->count)
        return;
    qsort(id, list->count, sizeof *id, by_id);
    for (size_t i = 0; i < list->count; i++)
        if (!kept || id[kept - 1] != id[i])
            id[kept++] = id[i];
    list->count = kept;
}

bool truth_has_id(const struct truth_list *sorted, uint64_t id)
{
    return sorted->count && bsearch(&id, sorted->item, sorted->count, sizeof id, by_id);
}

/* ---- entries ---- */

static civil_minute office_time(const struct report_maker *m, int64_t utc_second)
{
    return civil_from_utc(utc_second, office_identity(m->request.office)->utc_offset);
}

bool truth_is_of_period(const struct report_maker *m, civil_minute at, civil_minute written)
{
    return period_has(m->request.period, civil_day_of(at)) ||
           period_has(m->request.period, civil_day_of(written));
}

static struct truth_entry *note(struct report_maker *m, struct truth_list *list, const struct event *e,
                                int64_t written)
{
    struct truth_entry *entry = truth_add(m, list);
    if (!entry)
        return NULL;
    *entry = (struct truth_entry){
        .seq = e->seq,
        .dossier = e->dossier,
        .kind = e->kind,
        .at = e->at,
        .recorded = office_time(m, e->recorded_at),
        .written = office_time(m, written),
        .by = arena_str(&m->text, e->by),
    };
    return entry;
}

static void want(struct report_maker *m, const struct event *e)
{
    struct truth *t = m->state;
    if (e->dossier)
        add_id(m, &t->wanted, e->dossier);
}

/* Somebody's word on what happened days ago. What another system brings and what follows from a change of the
 * office's days is not; nor what the office decides. */
static void note_late(struct report_maker *m, const struct event *e, int64_t written)
{
    struct truth *t = m->state;
    civil_day at = civil_day_of(e->at), day = civil_day_of(office_time(m, written));
    int lag = m->judge.settings->truth_lag;
    if (event_is_office(e->kind) || event_is_import(e->kind) || e->kind == EVENT_DUE_MOVED || day - at <= lag)
        return;
    int days = calendar_working_between(m->judge.calendar, at, day);
    struct truth_entry *entry = days > lag ? note(m, &t->late, e, written) : NULL;
    if (entry)
        entry->days = (uint32_t)days;
}

static void note_clock(struct report_maker *m, const struct event *e, int64_t written)
{
    struct truth *t = m->state;
    bool accepted = e->kind == EVENT_CLOCK_ACCEPTED;
    civil_minute wrong = office_time(m, accepted ? e->clock.behind : e->recorded_at);
    if ((accepted || e->recorded_at != written) && (truth_is_of_period(m, e->at, office_time(m, written)) ||
                                                    period_has(m->request.period, civil_day_of(wrong)))) {
        note(m, &t->clock, e, written);
        want(m, e);
    }
}

static void note_number(struct report_maker *m, const struct event *e)
{
    struct truth *t = m->state;
    struct yearly_number n;
    enum series series = event_number(e, &n);
    if (series == SERIES_NONE || !n.number || n.year < civil_to_ymd(m->request.period.from).year ||
        n.year > civil_to_ymd(civil_day_of(m->closing)).year)
        return;
    struct truth_number *number = truth_add(m, &t->numbers);
    if (number)
        *number = (struct truth_number){series, n.year, n.number, e->seq, e->dossier};
}

/* Could the entry hide a lateness, or have moved one away? */
static bool may_hide(const struct event *e, civil_minute written)
{
    switch (e->kind) {
    case EVENT_RESOLVED:
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_SUPPLEMENT_REQUESTED:
    case EVENT_PAYMENT_AWAITED: return civil_day_of(written) > civil_day_of(e->at);
    case EVENT_CORRECTED:
    case EVENT_REIMPORTED:
    case EVENT_DUE_MOVED: return true;
    default: return false;
    }
}

void truth_take(struct report_maker *m, const struct event *e, int64_t written)
{
    struct truth *t = m->state;
    civil_minute when = office_time(m, written);
    size_t before = t->late.count;
    if (e->kind == EVENT_UNDONE)
        add_id(m, &t->undone, e->undone.seq);
    if (e->kind == EVENT_TURN_AWAY_VOIDED)
        add_id(m, &t->undone, e->turn_away_voided.seq);
    note_number(m, e);
    note_clock(m, e, written);
    if (!truth_is_of_period(m, e->at, when))
        return;
    note_late(m, e, written);
    if (t->late.count > before || may_hide(e, when))
        want(m, e);
}

bool truth_wants(struct truth *t, uint64_t dossier)
{
    if (!t->sorted) {
        truth_sort_ids(&t->wanted);
        truth_sort_ids(&t->undone);
        t->sorted = true;
    }
    return truth_has_id(&t->wanted, dossier);
}

static int by_seq(const void *a, const void *b)
{
    uint64_t x = ((const struct truth_entry *)a)->seq, y = ((const struct truth_entry *)b)->seq;
    return (x > y) - (x < y);
}

civil_minute truth_written(const struct report_maker *m, const struct event *e)
{
    const struct truth *t = m->state;
    const struct truth_entry *ahead = NULL;
    if (t->clock.count)
        ahead = bsearch(&(struct truth_entry){.seq = e->seq}, t->clock.item, t->clock.count, t->clock.size,
                        by_seq);
    return ahead ? ahead->written : office_time(m, e->recorded_at);
}
