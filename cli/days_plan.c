#include "cli/days_plan.h"

#include "core/office.h"
#include "core/text.h"
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

/* What was not taken has its name as the file writes it. */
static bool is_still_recorded(const struct office *office, const struct days_entry *e)
{
    const struct office_day *known = e->skip == DAYS_CANCELLED ? office_find_day(office, e->day.day) : NULL;
    struct buf one = BUF_INIT, other = BUF_INIT;
    if (known) {
        text_fold(&one, known->name);
        text_fold(&other, e->day.name);
    }
    bool is = one.n && str_eq(buf_str(&one), buf_str(&other));
    buf_release(&one);
    buf_release(&other);
    return is;
}

static void decide_fate(struct days_plan *m, const struct office *office, struct planned *p)
{
    if (p->entry->skip != DAYS_TAKEN) {
        p->fate = is_still_recorded(office, p->entry) ? FATE_STAYS : FATE_SKIPPED;
        p->check = p->fate == FATE_STAYS || days_skip_matters(p->entry->skip);
    } else if (p->fate != FATE_REPEATED) {
        look_up(m, office, p);
        p->fate = fate_of(office, p);
        p->check = p->fate >= FATE_SKIPPED;
    }
    m->count[p->fate]++;
    m->checks += p->check;
}

/* ---- what the file has no longer ---- */

/* Who records an event's days by their dates finds no trace of the event there when it moves: its name is all
 * there is to go by. */
static bool may_have_moved(const struct days_plan *m, const struct office_day *known)
{
    bool may = false;
    for (size_t i = 0; i < m->in.count; i++) {
        const struct planned *p = &m->plan[i];
        if (p->entry->skip == DAYS_TAKEN && p->entry->day.day == known->day)
            return false;
        may = may || (p->fate == FATE_ADDED && p->day.kind == known->kind &&
                      str_eq(p->day.name, known->name) && abs(p->day.day - known->day) <= DAYS_PLAN_NEAR);
    }
    return may;
}

static bool find_moved(struct days_plan *m, const struct office *office, civil_day today)
{
    size_t days = office_day_count(office);
    m->perhaps_moved = calloc(days + 1, sizeof *m->perhaps_moved);
    for (size_t i = 0; i < days && m->perhaps_moved && m->count[FATE_ADDED]; i++) {
        const struct office_day *known = office_day(office, i);
        if (known->day < today || !may_have_moved(m, known))
            continue;
        struct office_day *moved = &m->perhaps_moved[m->perhaps_moves++];
        *moved = *known;
        moved->name = arena_str(&m->text, known->name);
        moved->document = arena_str(&m->text, known->document);
    }
    return m->perhaps_moved;
}

bool days_plan_make(struct days_plan *m, const struct office *office, civil_day today)
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
    return find_moved(m, office, today) && !m->text.failed;
}

void days_plan_release(struct days_plan *m)
{
    free(m->plan);
    free(m->perhaps_moved);
    days_in_release(&m->in);
    arena_release(&m->text);
    m->plan = NULL;
    m->perhaps_moved = NULL;
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
           : p->fate == FATE_STAYS    ? "still_recorded"
                                      : days_skip_name(p->entry->skip);
}

enum text_id days_plan_reason_text(const struct planned *p)
{
    return p->fate == FATE_REPEATED   ? p->check ? T_ical_skip_repeated : T_ical_skip_repeated_same
           : p->fate == FATE_RECORDED ? T_ical_skip_day_recorded
           : p->fate == FATE_WORKING  ? T_ical_skip_day_is_working
           : p->fate == FATE_STAYS    ? T_ical_skip_still_recorded
                                      : days_skip_text(p->entry->skip);
}
