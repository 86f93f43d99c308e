#include "cli/days_plan.h"

#include "core/office.h"
#include <stdlib.h>

static bool is_same(const struct office_day *a, const struct office_day *b)
{
    return a->kind == b->kind && str_eq(a->name, b->name) && str_eq(a->document, b->document);
}

static enum fate fate_of(const struct office *office, const struct planned *p)
{
    const struct office_day *day = &p->day;
    bool recorded = p->was.day != NO_DAY;
    if (recorded && is_same(day, &p->was))
        return FATE_SAME;
    if (day->kind == DAY_CLOSED && recorded && p->was.kind != DAY_CLOSED)
        return FATE_RECORDED;
    if (day->kind == DAY_WORKED && !(recorded && p->was.kind == DAY_WORKED) &&
        calendar_is_working(office_calendar(office), day->day))
        return FATE_WORKING;
    return recorded ? FATE_CHANGED : FATE_ADDED;
}

static void look_up(struct days_plan *m, const struct office *office, struct planned *p)
{
    const struct office_day *known = office_find_day(office, p->entry->day.day);
    p->was = (struct office_day){.day = NO_DAY};
    if (!known)
        return;
    p->was = *known;
    p->was.name = arena_str(&m->text, known->name);
    p->was.document = arena_str(&m->text, known->document);
    if (!p->day.document.n && p->day.kind == p->was.kind)
        p->day.document = p->was.document;
}

static int by_day(const void *x, const void *y)
{
    const struct planned *a = *(struct planned *const *)x, *b = *(struct planned *const *)y;
    civil_day i = a->entry->day.day, j = b->entry->day.day;
    return i != j ? (i > j) - (i < j) : (a > b) - (a < b);
}

/* Of several entries for a day the last one counts; one that says something else is not passed over in
 * silence. */
static bool find_repeated(struct days_plan *m)
{
    struct planned **sorted = calloc(m->in.count + 1, sizeof *sorted);
    size_t n = 0;
    if (!sorted)
        return false;
    for (size_t i = 0; i < m->in.count; i++)
        if (m->plan[i].entry->skip == DAYS_TAKEN)
            sorted[n++] = &m->plan[i];
    qsort(sorted, n, sizeof *sorted, by_day);
    const struct planned *last = NULL;
    for (size_t i = n; i-- > 0;) {
        if (!last || last->entry->day.day != sorted[i]->entry->day.day) {
            last = sorted[i];
            continue;
        }
        sorted[i]->fate = FATE_REPEATED;
        sorted[i]->check = !is_same(&sorted[i]->entry->day, &last->entry->day);
    }
    free(sorted);
    return true;
}

static void decide_fate(struct days_plan *m, const struct office *office, struct planned *p)
{
    if (p->entry->skip != DAYS_TAKEN) {
        p->check = days_skip_matters(p->entry->skip);
    } else if (p->fate != FATE_REPEATED) {
        look_up(m, office, p);
        p->fate = fate_of(office, p);
        p->check = p->fate >= FATE_SKIPPED;
    }
    m->count[p->fate]++;
    m->checks += p->check;
}

bool days_plan_make(struct days_plan *m, const struct office *office)
{
    m->plan = calloc(m->in.count + 1, sizeof *m->plan);
    if (!m->plan || !office_calendar(office))
        return false;
    for (size_t i = 0; i < m->in.count; i++)
        m->plan[i] =
            (struct planned){.entry = &m->in.entry[i], .day = m->in.entry[i].day, .fate = FATE_SKIPPED};
    if (!find_repeated(m))
        return false;
    for (size_t i = 0; i < m->in.count; i++)
        decide_fate(m, office, &m->plan[i]);
    return !m->text.failed;
}

void days_plan_release(struct days_plan *m)
{
    free(m->plan);
    days_in_release(&m->in);
    arena_release(&m->text);
    m->plan = NULL;
}

bool days_plan_changes(const struct planned *p)
{
    return p->fate == FATE_ADDED || p->fate == FATE_CHANGED;
}

const char *days_plan_reason(const struct planned *p)
{
    return p->fate == FATE_REPEATED   ? "repeated"
           : p->fate == FATE_RECORDED ? "day_recorded"
           : p->fate == FATE_WORKING  ? "day_is_working"
                                      : days_skip_name(p->entry->skip);
}

enum text_id days_plan_reason_text(const struct planned *p)
{
    return p->fate == FATE_REPEATED   ? p->check ? T_ical_skip_repeated : T_ical_skip_repeated_same
           : p->fate == FATE_RECORDED ? T_ical_skip_day_recorded
           : p->fate == FATE_WORKING  ? T_ical_skip_day_is_working
                                      : days_skip_text(p->entry->skip);
}
