#include "tui/report_period.h"

#include <stdio.h>

struct report_period report_period_of(civil_day today)
{
    return (struct report_period){BY_QUARTER, period_quarter(today, 0)};
}

/* The reporting year (15/12 to 14/12) that a day lies in. */
static struct period year_of(civil_day day)
{
    struct civil c = civil_to_ymd(day);
    int year = c.year + (c.month == 12 && c.day >= 15);
    return (struct period){civil_from_ymd(year - 1, 12, 15), civil_from_ymd(year, 12, 14)};
}

/* The half of it: 15/12 to 14/06, 15/06 to 14/12. */
static struct period half_of(civil_day day)
{
    struct period year = year_of(day);
    civil_day second = civil_from_ymd(civil_to_ymd(year.to).year, 6, 15);
    return day < second ? (struct period){year.from, second - 1} : (struct period){second, year.to};
}

static struct period month_of(civil_day day)
{
    struct civil c = civil_to_ymd(day);
    return (struct period){civil_from_ymd(c.year, c.month, 1),
                           civil_from_ymd(c.year, c.month, civil_days_in_month(c.year, c.month))};
}

static struct period calendar_year_of(civil_day day)
{
    int year = civil_to_ymd(day).year;
    return (struct period){civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31)};
}

static struct period around(enum period_by by, civil_day day)
{
    switch (by) {
    case BY_QUARTER: return period_quarter(day, 0);
    case BY_HALF: return half_of(day);
    case BY_YEAR: return year_of(day);
    case BY_MONTH: return month_of(day);
    case BY_CALENDAR_YEAR: return calendar_year_of(day);
    default: return (struct period){day, day};
    }
}

void report_period_length(struct report_period *p, civil_day today, int by)
{
    int at = p->by == BY_OWN ? (by > 0 ? -1 : 0) : (int)p->by;
    p->by = (enum period_by)((at + by + BY_LENGTHS) % BY_LENGTHS);
    p->period = around(p->by, today);
}

static bool is_known(struct period p)
{
    return civil_to_ymd(p.from).year >= CIVIL_FIRST_YEAR && civil_to_ymd(p.to).year <= CIVIL_LAST_YEAR;
}

bool report_period_turn(struct report_period *p, civil_day today, int by)
{
    civil_day length = p->period.to - p->period.from + 1;
    civil_day beyond = by > 0 ? p->period.to + 1 : p->period.from - 1;
    struct period next = p->by == BY_OWN
                             ? (struct period){p->period.from + by * length, p->period.to + by * length}
                             : around(p->by, beyond);
    bool fine = is_known(next) && next.from <= today;
    if (fine)
        p->period = next;
    return fine;
}

static bool take_day(struct str text, civil_day *out)
{
    struct civil_input in;
    if (!civil_parse(text, &in) || in.minute_of_day >= 0)
        return false;
    *out = in.day;
    return true;
}

/* Where FROM..TO has its dots; the text's length where it has none. */
static size_t dots(struct str text)
{
    size_t at = 0;
    while (at + 1 < text.n && !(text.p[at] == '.' && text.p[at + 1] == '.'))
        at++;
    return at + 1 < text.n ? at : text.n;
}

static struct str trimmed(struct str s)
{
    while (s.n && s.p[0] == ' ')
        s = str_from(s, 1);
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* As people write it: "11/2026" is 2026-11, "Q4/2026" 2026Q4. */
static bool take_turned(struct str text, struct period *out)
{
    char turned[16];
    size_t slash = 0;
    while (slash < text.n && text.p[slash] != '/')
        slash++;
    if (slash < 1 || slash > 2 || text.n != slash + 5)
        return false;
    bool quarter = text.p[0] == 'Q' || text.p[0] == 'q';
    int n = snprintf(turned, sizeof turned, "%.4s%s%.*s", text.p + slash + 1,
                     quarter      ? ""
                     : slash == 1 ? "-0"
                                  : "-",
                     (int)slash, text.p);
    return period_parse((struct str){turned, (size_t)n}, out);
}

bool report_period_take(struct report_period *p, struct str typed)
{
    typed = trimmed(typed);
    struct report_period own = {.by = BY_OWN};
    size_t at = dots(typed);
    bool fine = period_parse(typed, &own.period) || take_turned(typed, &own.period);
    if (!fine && at < typed.n)
        fine = take_day(str_first(typed, at), &own.period.from) &&
               take_day(str_from(typed, at + 2), &own.period.to);
    else if (!fine && take_day(typed, &own.period.from)) {
        own.period.to = own.period.from;
        fine = true;
    }
    if (!fine || own.period.from > own.period.to)
        return false;
    for (enum period_by by = 0; by < BY_LENGTHS; by++) {
        struct period same = around(by, own.period.from);
        if (same.from == own.period.from && same.to == own.period.to)
            own.by = by;
    }
    *p = own;
    return true;
}
