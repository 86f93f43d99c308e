#include "core/status.h"

/* ---- names ---- */

static const char *const status_names[] = {
    [STATUS_WAITING] = "waiting",     [STATUS_ON_TRACK] = "on_track", [STATUS_DUE_SOON] = "due_soon",
    [STATUS_DUE_TODAY] = "due_today", [STATUS_OVERDUE] = "overdue",   [STATUS_EARLY] = "early",
    [STATUS_ON_TIME] = "on_time",     [STATUS_LATE] = "late",         [STATUS_WITHDRAWN] = "withdrawn",
    [STATUS_STOPPED] = "stopped",     [STATUS_VOID] = "void",
};

static const struct {
    struct str name;
    status_set group;
} groups[] = {
    {STR("open"), GROUP_OPEN},
    {STR("solved"), GROUP_SOLVED},
    {STR("uncollected"), GROUP_UNCOLLECTED},
    {STR("letter_due"), GROUP_LETTER_DUE},
    {STR("rescheduled"), GROUP_RESCHEDULED},
    {STR("all"), GROUP_ALL},
};

const char *status_name(enum status status)
{
    return status_names[status];
}

static status_set word_set(struct str word)
{
    for (enum status s = STATUS_WAITING; s <= STATUS_VOID; s++)
        if (str_eq(word, str_of(status_names[s])))
            return STATUS_BIT(s);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (str_eq(word, groups[i].name))
            return groups[i].group;
    return 0;
}

bool status_set_parse(struct str text, status_set *out, struct str *bad)
{
    status_set set = 0;
    size_t at = 0;
    do {
        size_t end = at;
        while (end < text.n && text.p[end] != ',')
            end++;
        struct str word = {text.p ? text.p + at : NULL, end - at};
        status_set one = word_set(word);
        if (!one) {
            *bad = word;
            return false;
        }
        set |= one;
        at = end + 1;
    } while (at <= text.n);
    *out = set;
    return true;
}

/* ---- lateness ---- */

bool is_past(const struct facts *f, civil_minute due, civil_minute end)
{
    if (due == NO_TIME || end == NO_TIME)
        return false;
    return f->in_hours ? end > due : civil_day_of(end) > civil_day_of(due);
}

uint32_t days_past(const struct calendar *calendar, const struct facts *f, civil_minute due, civil_minute end)
{
    if (!is_past(f, due, end))
        return 0;
    int days = calendar_working_between(calendar, civil_day_of(due), civil_day_of(end));
    return days > 0 ? (uint32_t)days : 1;
}

uint32_t late_days_now(const struct judge *j, const struct facts *f, uint32_t stored)
{
    return state_is_open(f->state) ? stored + days_past(j->calendar, f, f->statutory_due, j->now) : stored;
}

/* ---- status ---- */

struct judge judge_at(const struct office *office, civil_minute now)
{
    struct judge j = {
        .calendar = office_calendar(office),
        .settings = office_settings(office),
        .now = now,
        .today = civil_day_of(now),
    };
    j.soon = j.today;
    j.next = NO_DAY;
    if (!j.calendar)
        return j;
    j.next = calendar_add_working(j.calendar, j.today, 1);
    civil_day soon = NO_DAY;
    if (j.settings->soon_days > 0)
        soon = calendar_add_working(j.calendar, j.today, j.settings->soon_days);
    if (soon != NO_DAY)
        j.soon = soon;
    return j;
}

static enum status open_status(const struct judge *j, const struct facts *f)
{
    if (state_is_waiting(f->state))
        return STATUS_WAITING;
    if (f->due == NO_TIME)
        return STATUS_ON_TRACK;
    if (is_past(f, f->due, j->now))
        return STATUS_OVERDUE;
    civil_day due = civil_day_of(f->due);
    if (due == j->today)
        return STATUS_DUE_TODAY;
    return due <= j->soon ? STATUS_DUE_SOON : STATUS_ON_TRACK;
}

/* What ended while the applicant was awaited had been put down when the waiting began. */
static civil_minute solved_at(const struct facts *f)
{
    return f->waiting_since != NO_TIME ? f->waiting_since : f->resolved;
}

static enum status solved_status(const struct judge *j, const struct facts *f)
{
    bool promised = j->settings->basis == BASIS_PROMISED;
    civil_minute due = promised ? f->due : f->statutory_due;
    civil_minute solved = solved_at(f);
    if (promised ? f->was_late_promised : f->was_late)
        return STATUS_LATE;
    if (due == NO_TIME || solved == NO_TIME)
        return STATUS_ON_TIME;
    if (is_past(f, due, solved))
        return STATUS_LATE;
    return civil_day_of(solved) < civil_day_of(due) ? STATUS_EARLY : STATUS_ON_TIME;
}

enum status status_of(const struct judge *j, const struct facts *f)
{
    switch (f->state) {
    case STATE_WITHDRAWN: return STATUS_WITHDRAWN;
    case STATE_STOPPED: return STATUS_STOPPED;
    case STATE_VOID: return STATUS_VOID;
    case STATE_RESOLVED:
    case STATE_RETURNED:
    case STATE_REFUSED: return solved_status(j, f);
    default: return open_status(j, f);
    }
}

bool is_rescheduled(const struct judge *j, const struct facts *f)
{
    return state_is_open(f->state) && is_past(f, f->statutory_due, j->now) && f->due != NO_TIME &&
           !is_past(f, f->due, j->now);
}

bool is_uncollected(const struct facts *f)
{
    return (f->state == STATE_RESOLVED || f->state == STATE_REFUSED) && f->returned == NO_TIME;
}

bool status_in_set(const struct judge *j, const struct facts *f, status_set set)
{
    bool open = state_is_open(f->state);
    return set & GROUP_ALL || (set & GROUP_OPEN && open) ||
           (set & GROUP_SOLVED && !open && f->state != STATE_VOID) ||
           (set & GROUP_UNCOLLECTED && is_uncollected(f)) || set & STATUS_BIT(status_of(j, f)) ||
           (set & GROUP_LETTER_DUE && letter_is_due(j, f)) ||
           (set & GROUP_RESCHEDULED && is_rescheduled(j, f));
}

/* ---- the apology letter ---- */

civil_day letter_day(const struct calendar *calendar, civil_day due_day)
{
    return due_day == NO_DAY ? NO_DAY : calendar_working_on_or_before(calendar, due_day - 1);
}

bool letter_is_due(const struct judge *j, const struct facts *f)
{
    if (f->state != STATE_PROCESSING || f->apologized || f->due == NO_TIME)
        return false;
    if (is_past(f, f->due, j->now))
        return true;
    civil_day due = civil_day_of(f->due);
    if (j->next != NO_DAY && due > j->next) /* a working day lies between: its letter is for no earlier one */
        return false;
    civil_day day = letter_day(j->calendar, due);
    return day != NO_DAY && j->today >= day && day > civil_day_of(f->received);
}

enum letter_urgency letter_urgency(const struct judge *j, const struct facts *f)
{
    if (!letter_is_due(j, f))
        return LETTER_NOT_DUE;
    if (is_past(f, f->due, j->now))
        return LETTER_OVERDUE;
    return j->today < civil_day_of(f->due) ? LETTER_TODAY : LETTER_TOO_LATE;
}

/* ---- order ---- */

static int compare_times(civil_minute a, civil_minute b)
{
    return (a > b) - (a < b);
}

/* Waiting ones, and whatever else has no due time, come last: the longest waiting first among them. */
int urgency_compare(const struct facts *a, const struct facts *b)
{
    bool a_waits = a->due == NO_TIME, b_waits = b->due == NO_TIME;
    int c = a_waits - b_waits;
    if (!c)
        c = a_waits ? compare_times(a->waiting_since, b->waiting_since) : compare_times(a->due, b->due);
    return c ? c : (a->id > b->id) - (a->id < b->id);
}
