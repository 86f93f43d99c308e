#include "core/report_days.h"
#include "core/past.h"

#include <stdlib.h>

bool day_is_empty(const struct day_counts *c)
{
    static const struct day_counts none;
    return memcmp(c, &none, sizeof none) == 0;
}

void day_add(struct day_counts *total, const struct day_counts *c)
{
    total->direct += c->direct;
    total->online += c->online;
    total->postal += c->postal;
    total->served += c->served;
    total->to_complete += c->to_complete;
    total->refused += c->refused;
    total->solved += c->solved;
    total->returned += c->returned;
    total->due += c->due;
    total->overdue += c->overdue;
    total->takings += c->takings;
    total->exempt += c->exempt;
    total->taken += c->taken;
    total->given_back += c->given_back;
}

struct day_counts *days_at(const struct days *d, civil_day day)
{
    return day >= d->from && day <= d->last ? &d->day[day - d->from] : NULL;
}

/* ---- when it was due ---- */

/* It stood so at the end of every day from `first` to `last`: running towards `due`. */
static void count_running(const struct days *d, civil_day first, civil_day last, civil_day due)
{
    if (due >= first && due <= last && days_at(d, due))
        days_at(d, due)->due++;
    civil_day from = first > due + 1 ? first : due + 1;
    if (from < d->from)
        from = d->from;
    for (civil_day day = from; day <= last && day <= d->last; day++)
        days_at(d, day)->overdue++;
}

/* Solved on `day`, the day it was due: it was still to be done when that began. */
static void count_solved_on(const struct days *d, civil_day day, civil_minute due)
{
    if (due != NO_TIME && civil_day_of(due) == day && days_at(d, day))
        days_at(d, day)->due++;
}

bool day_needs_history(const struct facts *f)
{
    return f->moved || f->waiting_since != NO_TIME;
}

void days_count_facts(const struct days *d, const struct facts *f)
{
    civil_minute solved = report_solved(f);
    civil_day first = civil_day_of(f->received);
    if (f->due == NO_TIME || first > d->last)
        return;
    if (solved == NO_TIME || civil_day_of(solved) > d->last) {
        count_running(d, first, d->last, civil_day_of(f->due));
        return;
    }
    count_running(d, first, civil_day_of(solved) - 1, civil_day_of(f->due));
    count_solved_on(d, civil_day_of(solved), f->due);
}

/* ---- by its history ---- */

static int by_day(const void *a, const void *b)
{
    civil_day x = *(const civil_day *)a, y = *(const civil_day *)b;
    return (x > y) - (x < y);
}

/* The days on which anything happened to it; `out` has room for two more than twice its events. */
static size_t changes(const struct report_item *item, civil_day *out)
{
    size_t n = 0;
    out[n++] = civil_day_of(item->facts->received);
    /* What another system brought happened all at once in the journal. */
    if (item->facts->resolved != NO_TIME)
        out[n++] = civil_day_of(item->facts->resolved);
    for (size_t i = 0; i < item->events; i++) {
        const struct event *e = &item->event[i];
        if (!e->undone_by)
            out[n++] = civil_day_of(e->at);
        if (event_is_import(e->kind) && e->imported.waiting_since != NO_TIME)
            out[n++] = civil_day_of(e->imported.waiting_since);
    }
    qsort(out, n, sizeof *out, by_day);
    return n;
}

static void count_standing(const struct days *d, const struct facts *f, civil_day first, civil_day last)
{
    civil_minute solved = report_solved(f);
    if (f->due == NO_TIME)
        return;
    if (f->state == STATE_PROCESSING)
        count_running(d, first, last, civil_day_of(f->due));
    else if (solved != NO_TIME && f->waiting_since == NO_TIME && civil_day_of(solved) == first)
        count_solved_on(d, first, f->due);
}

bool days_count_history(const struct days *d, const struct report_item *item)
{
    civil_day *day = malloc((2 * item->events + 2) * sizeof *day);
    if (!day)
        return false;
    size_t n = changes(item, day);
    for (size_t i = 0; i < n && day[i] <= d->last; i++) {
        civil_day last = i + 1 < n ? day[i + 1] - 1 : d->last;
        struct dossier then;
        if (last >= day[i] && past_dossier(&then, item->event, item->events, civil_at(day[i] + 1, 0) - 1))
            count_standing(d, &then.facts, day[i], last);
    }
    free(day);
    return true;
}
