#include "core/morning.h"

#include <stdlib.h>

void morning_init(struct morning *m, const struct judge *judge)
{
    *m = (struct morning){.judge = *judge, .text = ARENA_INIT};
    m->new_year = civil_from_ymd(civil_to_ymd(judge->today).year, 1, 1);
    m->long_wait = judge->calendar ? morning_long_wait(judge) : NO_TIME;
}

void morning_release(struct morning *m)
{
    for (size_t i = 0; i < MORNING_SECTIONS; i++)
        free(m->section[i].row);
    arena_release(&m->text);
    *m = (struct morning){
        .judge = m->judge, .text = ARENA_INIT, .new_year = m->new_year, .long_wait = m->long_wait};
}

/* ---- taking rows in ---- */

typedef uint32_t section_set; /* 1 << enum morning_section, or'ed */
#define IN(section) (1u << (section))

static section_set letter_section(const struct judge *j, const struct facts *f)
{
    switch (letter_urgency(j, f)) {
    case LETTER_TODAY: return IN(MORNING_LETTERS_TODAY);
    case LETTER_TOO_LATE: return IN(MORNING_LETTERS_TOO_LATE);
    case LETTER_OVERDUE: return IN(MORNING_LETTERS_OVERDUE);
    default: return 0;
    }
}

static bool waits_long(const struct morning *m, const struct facts *f)
{
    return state_is_waiting(f->state) && f->waiting_since != NO_TIME && f->waiting_since <= m->long_wait;
}

/* Up to the next working day: a due day that became a day off since lies before it. */
static bool is_due_next(const struct judge *j, const struct facts *f)
{
    if (f->state != STATE_PROCESSING || f->due == NO_TIME || j->next == NO_DAY)
        return false;
    civil_day due = civil_day_of(f->due);
    return due > j->today && due <= j->next;
}

static section_set sections_of(const struct morning *m, const struct facts *f, enum status status)
{
    const struct judge *j = &m->judge;
    section_set in = letter_section(j, f);
    if (status == STATUS_OVERDUE)
        in |= IN(MORNING_OVERDUE);
    if (status == STATUS_DUE_TODAY)
        in |= IN(MORNING_DUE_TODAY);
    if (is_due_next(j, f))
        in |= IN(MORNING_DUE_NEXT);
    if (is_rescheduled(j, f))
        in |= IN(MORNING_RESCHEDULED);
    if (waits_long(m, f))
        in |= IN(MORNING_WAITING_LONG);
    return in;
}

static section_set count_open(struct morning *m, const struct facts *f)
{
    const struct judge *j = &m->judge;
    enum status status = status_of(j, f);
    section_set in = sections_of(m, f, status);
    const section_set letters =
        IN(MORNING_LETTERS_TODAY) | IN(MORNING_LETTERS_TOO_LATE) | IN(MORNING_LETTERS_OVERDUE);
    m->open++;
    m->counts[status]++;
    m->letter_due += (in & letters) != 0;
    m->rescheduled += (in & IN(MORNING_RESCHEDULED)) != 0;
    m->open_past_statutory +=
        is_past(f, f->statutory_due, j->now) && civil_day_of(f->received) >= m->new_year;
    return in;
}

uint32_t morning_sections_of(const struct morning *m, const struct row *row)
{
    const struct facts *f = &row->facts;
    if (state_is_open(f->state))
        return sections_of(m, f, status_of(&m->judge, f));
    return is_uncollected(f) ? IN(MORNING_UNCOLLECTED) : 0;
}

/* A row with its texts one behind the other: thousands are copied before a screen is painted. */
static const struct row *copy_row(struct arena *a, const struct row *row)
{
    enum { TEXTS = 7 };
    size_t bytes = row->code.n + row->procedure.n + row->kase.n + row->applicant.n + row->phone.n +
                   row->officer.n + row->unit.n;
    struct row *copy = arena_room(a, sizeof *copy + bytes);
    if (!copy)
        return NULL;
    *copy = *row;
    struct str *texts[TEXTS] = {&copy->code,  &copy->procedure, &copy->kase, &copy->applicant,
                                &copy->phone, &copy->officer,   &copy->unit};
    char *to = (char *)(copy + 1);
    for (size_t i = 0; i < TEXTS; i++) {
        if (texts[i]->n)
            memcpy(to, texts[i]->p, texts[i]->n);
        texts[i]->p = texts[i]->n ? to : NULL;
        to += texts[i]->n;
    }
    return copy;
}

static bool list_add(struct morning_list *list, const struct row *row)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        const struct row **grown = realloc(list->row, cap * sizeof *grown);
        if (!grown)
            return false;
        list->row = grown;
        list->cap = cap;
    }
    list->row[list->count++] = row;
    return true;
}

void morning_add(struct morning *m, const struct row *row)
{
    section_set in = 0;
    if (state_is_open(row->facts.state)) {
        in = count_open(m, &row->facts);
    } else if (is_uncollected(&row->facts)) {
        m->uncollected++;
        in = IN(MORNING_UNCOLLECTED);
    }
    if (!in)
        return;
    const struct row *copy = copy_row(&m->text, row);
    for (size_t i = 0; i < MORNING_SECTIONS; i++)
        if (in & IN(i))
            m->failed = !copy || !list_add(&m->section[i], copy) || m->failed;
}

civil_minute morning_horizon(const struct judge *j)
{
    if (!j->calendar || j->next == NO_DAY)
        return NO_TIME;
    civil_day last = j->soon > j->next ? j->soon : j->next;
    return civil_at(last + 1, 0) - 1;
}

static bool is_long_since(const struct judge *j, civil_day day)
{
    return calendar_working_between(j->calendar, day, j->today) > j->settings->waiting_max;
}

/* The longer ago, the more working days lie between. The last day with too many is searched for in growing
 * steps, then by halves, and no farther back than needed: each year of the calendar costs to be worked out.
 */
civil_minute morning_long_wait(const struct judge *j)
{
    civil_day first = civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) - 1;
    civil_day longer = j->today, shorter = j->today;
    for (civil_day back = 16; longer > first && !is_long_since(j, longer); back *= 2) {
        shorter = longer;
        longer = j->today - back > first ? j->today - back : first;
    }
    while (shorter - longer > 1) {
        civil_day day = longer + (shorter - longer) / 2;
        if (is_long_since(j, day))
            longer = day;
        else
            shorter = day;
    }
    return civil_at(longer + 1, 0) - 1;
}

void morning_add_unread(struct morning *m, struct morning_unread unread)
{
    m->open += (uint32_t)(unread.on_track + unread.waiting);
    m->counts[STATUS_ON_TRACK] += (uint32_t)unread.on_track;
    m->counts[STATUS_WAITING] += (uint32_t)unread.waiting;
}

/* ---- order ---- */

static const struct facts *facts_at(const void *place)
{
    return &(*(const struct row *const *)place)->facts;
}

static int by_urgency(const void *a, const void *b)
{
    return urgency_compare(facts_at(a), facts_at(b));
}

/* The result that has lain longest at the desk first. */
static int by_result(const void *a, const void *b)
{
    const struct facts *x = facts_at(a), *y = facts_at(b);
    int c = (x->resolved > y->resolved) - (x->resolved < y->resolved);
    return c ? c : (x->id > y->id) - (x->id < y->id);
}

static bool is_sorted(const struct morning_list *list, int (*compare)(const void *, const void *))
{
    for (size_t i = 1; i < list->count; i++)
        if (compare(&list->row[i - 1], &list->row[i]) > 0)
            return false;
    return true;
}

void morning_finish(struct morning *m)
{
    for (size_t i = 0; i < MORNING_SECTIONS; i++) {
        struct morning_list *list = &m->section[i];
        int (*compare)(const void *, const void *) = i == MORNING_UNCOLLECTED ? by_result : by_urgency;
        if (!is_sorted(list, compare)) /* the store hands rows out in this very order */
            qsort(list->row, list->count, sizeof *list->row, compare);
    }
}

/* ---- the gauge ---- */

enum { ALL_IN_TIME = 10000 };

struct on_time on_time_rate(const struct settings *settings, uint64_t solved, uint64_t solved_late,
                            uint64_t open_past)
{
    struct on_time r = {
        .solved = solved,
        .solved_in_time = solved > solved_late ? solved - solved_late : 0,
        .base = solved + open_past,
        .rate = -1,
        .target = settings->target[TARGET_ON_TIME].hundredths,
        .comparator = settings->target[TARGET_ON_TIME].comparator,
    };
    if (!r.base)
        return r;
    r.rate = (int)((r.solved_in_time * ALL_IN_TIME + r.base / 2) / r.base);
    if (r.rate == ALL_IN_TIME && r.solved_in_time < r.base)
        r.rate--;
    r.met = target_met(settings->target[TARGET_ON_TIME], r.solved_in_time, r.base);
    return r;
}
