#include "icalendar/series.h"

enum { LAST_YEAR = 9999, MONTHS = 12, WEEK = 7, YEAR_DAYS = 366 };

bool series_is_sound(const struct series_rule *rule)
{
    bool nth = false, of_month = rule->step == SERIES_MONTHLY || rule->step == SERIES_YEARLY;
    for (size_t i = 0; i < rule->weekdays; i++)
        nth = nth || rule->weekday[i].nth;
    return rule->interval >= 1 && rule->count >= 0 && (of_month || (!nth && !rule->positions)) &&
           !(rule->step == SERIES_WEEKLY && (rule->days || rule->days_back));
}

/* One walk along a series. */
struct walk {
    const struct series_rule *rule;
    struct series_rule own; /* with what the first day adds to it */
    int64_t start, first, last;
    size_t counted;
    civil_day *out;
    size_t most, n, *work;
    bool failed;
};

/* ---- one day ---- */

static bool is_nth(int nth, int from_start, int from_end)
{
    return nth == 0 ||
           (nth > 0 ? (from_start + WEEK - 1) / WEEK == nth : (from_end + WEEK - 1) / WEEK == -nth);
}

/* Days are numbered from 1, from the start and from the end of what a weekday is counted in. */
static bool fits_weekday(const struct series_rule *r, struct civil date, civil_day day)
{
    bool of_year = r->step == SERIES_YEARLY && !r->months;
    int length = of_year ? civil_from_ymd(date.year, MONTHS, 31) - civil_from_ymd(date.year, 1, 1) + 1
                         : civil_days_in_month(date.year, date.month);
    int number = of_year ? day - civil_from_ymd(date.year, 1, 1) + 1 : date.day;
    for (size_t i = 0; i < r->weekdays; i++)
        if (r->weekday[i].day == civil_weekday(day) && is_nth(r->weekday[i].nth, number, length - number + 1))
            return true;
    return !r->weekdays;
}

static bool fits(const struct walk *w, civil_day day)
{
    const struct series_rule *r = &w->own;
    struct civil date = civil_to_ymd(day);
    int back = civil_days_in_month(date.year, date.month) - date.day + 1;
    if (r->months && !(r->months >> date.month & 1))
        return false;
    if ((r->days || r->days_back) && !(r->days >> date.day & 1) && !(r->days_back >> back & 1))
        return false;
    return fits_weekday(r, date, day);
}

/* ---- one period: a day, a week, a month, a year ---- */

static void collect(struct walk *w, int64_t from, int64_t to, civil_day *set, size_t *n)
{
    for (int64_t day = from; day <= to && !w->failed; day++) {
        w->failed = *w->work == 0;
        *w->work -= !w->failed;
        if (!w->failed && fits(w, (civil_day)day))
            set[(*n)++] = (civil_day)day;
    }
}

static bool is_wanted(const struct series_rule *r, size_t i, size_t n)
{
    for (size_t k = 0; k < r->positions; k++)
        if (r->position[k] > 0 ? i + 1 == (size_t)r->position[k] : n - i == (size_t)-r->position[k])
            return true;
    return !r->positions;
}

/* False once the series has ended. */
static bool give(struct walk *w, const civil_day *set, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (set[i] < w->start || !is_wanted(&w->own, i, n))
            continue;
        if (set[i] > w->last)
            return false;
        if (set[i] >= w->first && w->n == w->most) {
            w->failed = true;
            return false;
        }
        if (set[i] >= w->first)
            w->out[w->n++] = set[i];
        if (++w->counted == (size_t)w->rule->count)
            return false;
    }
    return true;
}

static void collect_month(struct walk *w, int64_t month, civil_day *set, size_t *n)
{
    int year = (int)(month / MONTHS), m = (int)(month % MONTHS) + 1;
    if (w->own.months && !(w->own.months >> m & 1))
        return;
    civil_day day = civil_from_ymd(year, m, 1);
    collect(w, day, day + civil_days_in_month(year, m) - 1, set, n);
}

/* So many months from that one: the days of a month, or of the year it begins. False where they lie behind
 * the last day. */
static bool collect_months(struct walk *w, int64_t month, int months, civil_day *set, size_t *n)
{
    if (month / MONTHS > LAST_YEAR ||
        civil_from_ymd((int)(month / MONTHS), (int)(month % MONTHS) + 1, 1) > w->last)
        return false;
    for (int i = 0; i < months; i++)
        collect_month(w, month + i, set, n);
    return true;
}

static bool period(struct walk *w, int64_t number)
{
    civil_day set[YEAR_DAYS];
    size_t n = 0;
    bool more = true;
    struct civil start = civil_to_ymd((civil_day)w->start);
    int64_t step = number * w->rule->interval, from = w->start + step, to = from;
    if (w->rule->step == SERIES_YEARLY) {
        more = collect_months(w, (start.year + step) * MONTHS, MONTHS, set, &n);
    } else if (w->rule->step == SERIES_MONTHLY) {
        more = collect_months(w, start.year * MONTHS + start.month - 1 + step, 1, set, &n);
    } else {
        if (w->rule->step == SERIES_WEEKLY) {
            int into = (int)(civil_weekday((civil_day)w->start) - w->rule->week_start + WEEK) % WEEK;
            from = w->start - into + step * WEEK;
            to = from + WEEK - 1;
        }
        more = from <= w->last;
        if (more)
            collect(w, from > w->start ? from : w->start, to, set, &n);
    }
    return give(w, set, n) && more && !w->failed;
}

/* ---- the whole ---- */

/* What the first day says where the rule does not. */
static void fill_in(struct walk *w)
{
    struct series_rule *r = &w->own;
    struct civil start = civil_to_ymd((civil_day)w->start);
    if (r->days || r->days_back || r->weekdays || r->step == SERIES_DAILY)
        return;
    if (r->step == SERIES_WEEKLY) {
        r->weekday[r->weekdays++] = (struct series_weekday){0, civil_weekday((civil_day)w->start)};
        return;
    }
    r->days = (uint32_t)1 << start.day;
    if (r->step == SERIES_YEARLY && !r->months)
        r->months = (uint32_t)1 << start.month;
}

/* Periods wholly before `first` need no look where nothing is counted. */
static int64_t first_period(const struct walk *w)
{
    int64_t days = w->first - w->start, step = w->rule->interval;
    if (w->rule->count || days <= 0)
        return 0;
    switch (w->rule->step) {
    case SERIES_YEARLY: step *= YEAR_DAYS; break;
    case SERIES_MONTHLY: step *= 31; break;
    case SERIES_WEEKLY: step *= WEEK; break;
    default: break;
    }
    return days / step > 1 ? days / step - 1 : 0;
}

bool series_days(const struct series_rule *rule, int64_t start, civil_day first, civil_day last,
                 civil_day *out, size_t most, size_t *n, size_t *work)
{
    struct walk w = {.rule = rule, .own = *rule, .start = start, .first = first, .last = last};
    w.last = rule->until < last ? rule->until : last;
    w.out = out;
    w.most = most;
    w.work = work;
    fill_in(&w);
    for (int64_t i = first_period(&w); period(&w, i); i++)
        ;
    *n = w.n;
    return !w.failed;
}
