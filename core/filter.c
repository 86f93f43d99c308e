#include "core/filter.h"

#include "core/text.h"

static bool in_range(const struct day_range *range, civil_minute t)
{
    if (range->from == NO_DAY && range->to == NO_DAY)
        return true;
    if (t == NO_TIME)
        return false;
    civil_day day = civil_day_of(t);
    return (range->from == NO_DAY || day >= range->from) && (range->to == NO_DAY || day <= range->to);
}

bool filter_facts(const struct filter *f, const struct judge *j, const struct facts *facts)
{
    return (!f->officer || facts->holder == f->officer) && (!f->field || facts->field == f->field) &&
           (!f->procedure || facts->procedure == f->procedure) && in_range(&f->received, facts->received) &&
           in_range(&f->due, facts->due) && status_in_set(j, facts, f->status ? f->status : GROUP_OPEN);
}

static bool same_folded(struct str a, struct str b)
{
    if (str_eq(a, b))
        return true;
    struct buf x = BUF_INIT, y = BUF_INIT;
    text_fold(&x, a);
    text_fold(&y, b);
    bool same = !x.failed && !y.failed && str_eq(buf_str(&x), buf_str(&y));
    buf_release(&x);
    buf_release(&y);
    return same;
}

bool filter_texts(const struct filter *f, struct str procedure, struct str unit)
{
    return (!f->procedure_code.n || same_folded(f->procedure_code, procedure)) &&
           (!f->unit.n || same_folded(f->unit, unit));
}

bool filter_row(const struct filter *f, const struct judge *j, const struct row *row)
{
    return filter_facts(f, j, &row->facts) && filter_texts(f, row->procedure, row->unit);
}

bool filter_wants_live_only(const struct filter *f)
{
    const status_set live = STATUS_BIT(STATUS_WAITING) | STATUS_BIT(STATUS_ON_TRACK) |
                            STATUS_BIT(STATUS_DUE_SOON) | STATUS_BIT(STATUS_DUE_TODAY) |
                            STATUS_BIT(STATUS_OVERDUE) | GROUP_OPEN | GROUP_UNCOLLECTED | GROUP_LETTER_DUE |
                            GROUP_RESCHEDULED;
    return !(f->status & ~live);
}

bool filter_wants_waiting(const struct filter *f)
{
    return !f->status || f->status & (STATUS_BIT(STATUS_WAITING) | GROUP_OPEN | GROUP_ALL);
}

/* The last due day of what is in the set; NO_DAY: any. */
static civil_day status_until(status_set set, const struct judge *j)
{
    const status_set today = STATUS_BIT(STATUS_WAITING) | STATUS_BIT(STATUS_OVERDUE) |
                             STATUS_BIT(STATUS_DUE_TODAY) | GROUP_UNCOLLECTED;
    const status_set soon = today | STATUS_BIT(STATUS_DUE_SOON);
    if (!set || set & ~soon)
        return NO_DAY;
    return set & ~today ? j->soon : j->today;
}

civil_minute filter_due_until(const struct filter *f, const struct judge *j)
{
    civil_day until = status_until(f->status, j), to = f->due.to;
    if (until == NO_DAY || (to != NO_DAY && to < until))
        until = to;
    return until == NO_DAY ? NO_TIME : civil_at(until + 1, 0) - 1;
}

/* A date alone; an empty text leaves that side open. */
static bool parse_side(struct str text, civil_day *out)
{
    struct civil_input input;
    *out = NO_DAY;
    if (!text.n)
        return true;
    if (!civil_parse(text, &input) || input.minute_of_day >= 0)
        return false;
    *out = input.day;
    return true;
}

bool day_range_parse(struct str text, struct day_range *out)
{
    size_t dots = 0;
    while (dots + 1 < text.n && (text.p[dots] != '.' || text.p[dots + 1] != '.'))
        dots++;
    struct day_range range;
    if (dots + 1 >= text.n || !parse_side(str_first(text, dots), &range.from) ||
        !parse_side(str_from(text, dots + 2), &range.to))
        return false;
    bool open_start = range.from == NO_DAY, open_end = range.to == NO_DAY;
    if ((open_start && open_end) || (!open_start && !open_end && range.from > range.to))
        return false;
    *out = range;
    return true;
}

bool list_sort_parse(struct str text, enum list_sort *out)
{
    static const struct {
        struct str name;
        enum list_sort sort;
    } sorts[] = {
        {STR("due"), SORT_DUE},
        {STR("received"), SORT_RECEIVED},
        {STR("late"), SORT_LATE},
    };
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (str_eq(text, sorts[i].name)) {
            *out = sorts[i].sort;
            return true;
        }
    return false;
}

static int compare_times(civil_minute a, civil_minute b)
{
    return (a > b) - (a < b);
}

/* Waiting ones have no due time and come last. */
static int compare_due(const struct facts *a, const struct facts *b)
{
    bool a_waits = a->due == NO_TIME, b_waits = b->due == NO_TIME;
    return a_waits || b_waits ? a_waits - b_waits : compare_times(a->due, b->due);
}

static int compare_late(const struct judge *j, const struct row *a, const struct row *b)
{
    uint32_t a_days = late_days_now(j, &a->facts, a->late_days),
             b_days = late_days_now(j, &b->facts, b->late_days);
    return (a_days < b_days) - (a_days > b_days);
}

int row_compare(enum list_sort sort, const struct judge *j, const struct row *a, const struct row *b)
{
    int c = 0;
    switch (sort) {
    case SORT_URGENT:
    case SORT_DUE: c = compare_due(&a->facts, &b->facts); break;
    case SORT_RECEIVED: c = compare_times(b->facts.received, a->facts.received); break;
    case SORT_LATE: c = compare_late(j, a, b); break;
    }
    return c ? c : str_cmp(a->code, b->code);
}
