#include "core/calendar.h"

#include "core/statutory.h"

#include <stdlib.h>

#define FIRST_YEAR (CIVIL_FIRST_YEAR - 1)
#define LAST_YEAR (CIVIL_LAST_YEAR + 1)
#define YEAR_COUNT (LAST_YEAR - FIRST_YEAR + 1)

/* One year, worked out when first asked for. `working[i]` counts the working days and `minutes[i]` the
 * working minutes of the year's first i days. */
struct year {
    bool ready;
    int length; /* days */
    civil_day first;
    int computed_count;
    struct statutory_day computed[STATUTORY_MAX]; /* those with no announced day off or worked day on them */
    uint16_t working[367];
    uint32_t minutes[367];
};

/* `days` and `hours` are sorted, one entry a day; their texts point into `texts`. The years are memory of
 * their own: filling one changes no answer, so a const calendar may do it. */
struct calendar {
    struct office_day *days;
    size_t day_count;
    struct office_hours *hours;
    size_t hour_count;
    struct known_years known;
    char *texts;
    struct year *years;
    civil_day first, last;
};

/* ---- making ---- */

static bool is_recordable(const struct office_day *day)
{
    return day->kind == DAY_OFF || day->kind == DAY_WORKED || day->kind == DAY_CLOSED;
}

static struct str keep_text(char **free_space, struct str text)
{
    if (text.n == 0)
        return STR_NONE;
    memcpy(*free_space, text.p, text.n);
    *free_space += text.n;
    return (struct str){*free_space - text.n, text.n};
}

/* Inserts by day, a later entry in place of an earlier one. What comes sorted (as it is kept) goes straight
 * to the end. */
static void take_day(struct calendar *c, const struct office_day *day, char **free_space)
{
    size_t at = c->day_count;
    while (at > 0 && c->days[at - 1].day > day->day)
        at--;
    bool replaces = at > 0 && c->days[at - 1].day == day->day;
    if (replaces) {
        at--;
    } else {
        memmove(c->days + at + 1, c->days + at, (c->day_count - at) * sizeof *c->days);
        c->day_count++;
    }
    c->days[at] = *day;
    c->days[at].name = keep_text(free_space, day->name);
    c->days[at].document = keep_text(free_space, day->document);
}

static void take_hours(struct calendar *c, const struct office_hours *hours)
{
    size_t at = c->hour_count;
    while (at > 0 && c->hours[at - 1].from > hours->from)
        at--;
    if (at > 0 && c->hours[at - 1].from == hours->from) {
        c->hours[at - 1] = *hours;
        return;
    }
    memmove(c->hours + at + 1, c->hours + at, (c->hour_count - at) * sizeof *c->hours);
    c->hours[at] = *hours;
    c->hour_count++;
}

struct calendar *calendar_new(const struct office_hours *hours, size_t hour_count,
                              const struct office_day *days, size_t day_count, struct known_years known)
{
    size_t text_bytes = 0;
    for (size_t i = 0; i < day_count; i++)
        text_bytes += days[i].name.n + days[i].document.n;
    struct calendar *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->days = calloc(day_count + 1, sizeof *c->days);
    c->hours = calloc(hour_count + 1, sizeof *c->hours);
    c->texts = malloc(text_bytes + 1);
    c->years = calloc(YEAR_COUNT, sizeof *c->years); /* fresh pages: what is not asked for is never touched */
    if (!c->days || !c->hours || !c->texts || !c->years) {
        calendar_free(c);
        return NULL;
    }
    char *free_space = c->texts;
    for (size_t i = 0; i < day_count; i++)
        if (is_recordable(&days[i]))
            take_day(c, &days[i], &free_space);
    for (size_t i = 0; i < hour_count; i++)
        if (office_hours_are_sound(&hours[i]))
            take_hours(c, &hours[i]);
    if (c->hour_count == 0)
        c->hours[c->hour_count++] = office_hours_default();
    c->known = known;
    c->first = civil_from_ymd(FIRST_YEAR, 1, 1);
    c->last = civil_from_ymd(LAST_YEAR, 12, 31);
    return c;
}

void calendar_free(struct calendar *c)
{
    if (!c)
        return;
    free(c->days);
    free(c->hours);
    free(c->texts);
    free(c->years);
    free(c);
}

/* ---- what a day is ---- */

/* Where the recorded days from `day` on begin. */
static size_t recorded_from(const struct calendar *c, civil_day day)
{
    size_t low = 0, high = c->day_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->days[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct office_day *recorded(const struct calendar *c, civil_day day)
{
    size_t at = recorded_from(c, day);
    return at < c->day_count && c->days[at].day == day ? &c->days[at] : NULL;
}

static const struct office_hours *hours_of(const struct calendar *c, civil_day day)
{
    size_t low = 1, high = c->hour_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (c->hours[middle].from <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return &c->hours[low - 1];
}

static bool is_weekend(const struct calendar *c, civil_day day)
{
    return !(hours_of(c, day)->weekdays >> civil_weekday(day) & 1);
}

static const struct statutory_day *computed_in(const struct year *y, civil_day day)
{
    int low = 0, high = y->computed_count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (y->computed[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low < y->computed_count && y->computed[low].day == day ? &y->computed[low] : NULL;
}

static struct day_info day_in(const struct calendar *c, const struct year *y, civil_day day)
{
    struct day_info info = {.weekend = is_weekend(c, day)};
    const struct statutory_day *computed = computed_in(y, day);
    const struct office_day *entry = recorded(c, day);
    if (computed) {
        info.computed = true;
        info.kind = DAY_COMPUTED;
        info.name = computed->name;
        return info;
    }
    info.working = !info.weekend;
    if (entry) {
        info.working = entry->kind == DAY_WORKED || (entry->kind == DAY_CLOSED && !info.weekend);
        info.kind = entry->kind;
        info.name = entry->name;
        info.document = entry->document;
    }
    return info;
}

static void compute_statutory(const struct calendar *c, struct year *y, int year)
{
    struct statutory_day all[STATUTORY_MAX];
    int count = calendar_year_is_known(c, year) ? 0 : statutory_days(year, all);
    y->computed_count = 0;
    for (int i = 0; i < count; i++) {
        const struct office_day *entry = recorded(c, all[i].day);
        if (!entry || entry->kind == DAY_CLOSED)
            y->computed[y->computed_count++] = all[i];
    }
}

static const struct year *year_numbered(const struct calendar *c, int year)
{
    struct year *y = &c->years[year - FIRST_YEAR];
    if (y->ready)
        return y;
    y->first = civil_from_ymd(year, 1, 1);
    y->length = civil_from_ymd(year + 1, 1, 1) - y->first;
    compute_statutory(c, y, year);
    for (int i = 0; i < y->length; i++) {
        civil_day day = y->first + i;
        bool working = day_in(c, y, day).working;
        y->working[i + 1] = (uint16_t)(y->working[i] + working);
        y->minutes[i + 1] = y->minutes[i] + (working ? (uint32_t)hours_total(hours_of(c, day)) : 0);
    }
    y->ready = true;
    return y;
}

static bool is_covered(const struct calendar *c, civil_day day)
{
    return day >= c->first && day <= c->last;
}

/* The year of a covered day. */
static const struct year *year_of(const struct calendar *c, civil_day day)
{
    return year_numbered(c, civil_to_ymd(day).year);
}

static int year_number(const struct year *y, const struct calendar *c)
{
    return (int)(y - c->years) + FIRST_YEAR;
}

struct day_info calendar_day(const struct calendar *c, civil_day day)
{
    if (!is_covered(c, day))
        return (struct day_info){.weekend = is_weekend(c, day)};
    return day_in(c, year_of(c, day), day);
}

bool calendar_is_working(const struct calendar *c, civil_day day)
{
    if (!is_covered(c, day))
        return false;
    const struct year *y = year_of(c, day);
    return y->working[day - y->first + 1] > y->working[day - y->first];
}

bool calendar_year_is_known(const struct calendar *c, int year)
{
    return year >= c->known.first && year <= c->known.last;
}

bool calendar_has_computed(const struct calendar *c, civil_day from, civil_day to)
{
    from = from > c->first ? from : c->first;
    to = to < c->last ? to : c->last;
    while (from <= to) {
        const struct year *y = year_of(c, from);
        for (int i = 0; i < y->computed_count; i++) {
            civil_day day = y->computed[i].day;
            if (day >= from && day <= to && !is_weekend(c, day))
                return true;
        }
        from = y->first + y->length;
    }
    return false;
}

/* ---- working days ---- */

/* The day on which the `n`th (n >= 1) working day counted from the start of year `y` falls, in that year or a
 * later one. */
static civil_day nth_working(const struct calendar *c, const struct year *y, int64_t n)
{
    int year = year_number(y, c);
    while (n > y->working[y->length]) {
        n -= y->working[y->length];
        if (++year > LAST_YEAR)
            return NO_DAY;
        y = year_numbered(c, year);
    }
    int low = 0, high = y->length - 1; /* the first day i with working[i + 1] >= n */
    while (low < high) {
        int middle = (low + high) / 2;
        if (y->working[middle + 1] < n)
            low = middle + 1;
        else
            high = middle;
    }
    return y->first + low;
}

civil_day calendar_working_on_or_after(const struct calendar *c, civil_day day)
{
    if (!is_covered(c, day))
        return NO_DAY;
    const struct year *y = year_of(c, day);
    return nth_working(c, y, y->working[day - y->first] + 1);
}

civil_day calendar_working_on_or_before(const struct calendar *c, civil_day day)
{
    if (!is_covered(c, day))
        return NO_DAY;
    const struct year *y = year_of(c, day);
    int n = y->working[day - y->first + 1];
    while (n == 0) {
        int year = year_number(y, c) - 1;
        if (year < FIRST_YEAR)
            return NO_DAY;
        y = year_numbered(c, year);
        n = y->working[y->length];
    }
    return nth_working(c, y, n);
}

civil_day calendar_add_working(const struct calendar *c, civil_day day, int n)
{
    if (!is_covered(c, day) || n < 1)
        return NO_DAY;
    const struct year *y = year_of(c, day);
    return nth_working(c, y, (int64_t)y->working[day - y->first + 1] + n);
}

int calendar_working_between(const struct calendar *c, civil_day after, civil_day upto)
{
    if (upto <= after)
        return 0;
    civil_day from = after < c->first ? c->first : after + 1;
    upto = upto < c->last ? upto : c->last;
    int count = 0;
    while (from <= upto) {
        const struct year *y = year_of(c, from);
        int end = upto - y->first < y->length ? upto - y->first + 1 : y->length;
        count += y->working[end] - y->working[from - y->first];
        from = y->first + y->length;
    }
    return count;
}

int calendar_working_in_year(const struct calendar *c, int year)
{
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return 0;
    const struct year *y = year_numbered(c, year);
    return y->working[y->length];
}

/* ---- working hours ---- */

const struct office_hours *calendar_hours(const struct calendar *c, civil_day day)
{
    return hours_of(c, day);
}

int calendar_opens(const struct calendar *c, civil_day day)
{
    return hours_open(hours_of(c, day));
}

int calendar_closes(const struct calendar *c, civil_day day)
{
    return hours_close(hours_of(c, day));
}

civil_minute calendar_appointment(const struct calendar *c, civil_day day, int minute_of_day)
{
    return civil_at(day, hours_appointment(hours_of(c, day), minute_of_day));
}

bool calendar_is_open(const struct calendar *c, civil_minute t)
{
    civil_day day = civil_day_of(t);
    int minute = civil_minute_of_day(t);
    return calendar_is_working(c, day) && hours_next(hours_of(c, day), minute) == minute;
}

civil_minute calendar_counting_moment(const struct calendar *c, civil_minute t)
{
    civil_day day = civil_day_of(t);
    if (calendar_is_working(c, day)) {
        int minute = hours_next(hours_of(c, day), civil_minute_of_day(t));
        if (minute >= 0)
            return civil_at(day, minute);
    }
    if (!is_covered(c, day))
        return NO_TIME;
    day = calendar_working_on_or_after(c, day + 1);
    return day == NO_DAY ? NO_TIME : civil_at(day, calendar_opens(c, day));
}

int calendar_minutes_of(const struct calendar *c, civil_day day)
{
    return calendar_is_working(c, day) ? hours_total(hours_of(c, day)) : 0;
}

/* Working minutes of a covered year before the moment. */
static int64_t minutes_before(const struct calendar *c, const struct year *y, civil_minute t)
{
    civil_day day = civil_day_of(t);
    int64_t minutes = y->minutes[day - y->first];
    return calendar_is_working(c, day) ? minutes + hours_before(hours_of(c, day), civil_minute_of_day(t))
                                       : minutes;
}

civil_minute calendar_add_minutes(const struct calendar *c, civil_minute from, int64_t minutes)
{
    if (!is_covered(c, civil_day_of(from)) || minutes < 0)
        return NO_TIME;
    if (minutes == 0)
        return from;
    const struct year *y = year_of(c, civil_day_of(from));
    int64_t n = minutes_before(c, y, from);
    if (minutes > INT64_MAX - n)
        return NO_TIME;
    n += minutes;
    int year = year_number(y, c);
    while (n > y->minutes[y->length]) {
        n -= y->minutes[y->length];
        if (++year > LAST_YEAR)
            return NO_TIME;
        y = year_numbered(c, year);
    }
    int low = 0, high = y->length - 1; /* the first day i with minutes[i + 1] >= n */
    while (low < high) {
        int middle = (low + high) / 2;
        if (y->minutes[middle + 1] < n)
            low = middle + 1;
        else
            high = middle;
    }
    civil_day day = y->first + low;
    return civil_at(day, hours_after(hours_of(c, day), (int)(n - y->minutes[low])));
}

int64_t calendar_minutes_between(const struct calendar *c, civil_minute from, civil_minute to)
{
    civil_minute start = civil_at(c->first, 0), end = civil_at(c->last + 1, 0) - 1;
    from = from > start ? from : start;
    to = to < end ? to : end;
    if (to <= from)
        return 0;
    const struct year *y = year_of(c, civil_day_of(from)), *last = year_of(c, civil_day_of(to));
    int64_t minutes = minutes_before(c, last, to) - minutes_before(c, y, from);
    for (; y < last; y = year_numbered(c, year_number(y, c) + 1))
        minutes += y->minutes[y->length];
    return minutes;
}

/* ---- names ---- */

size_t calendar_each_named(const struct calendar *c, civil_day from, civil_day to,
                           void (*each)(void *arg, const struct office_day *day), void *arg)
{
    size_t called = 0, at = recorded_from(c, from > c->first ? from : c->first);
    from = from > c->first ? from : c->first;
    to = to < c->last ? to : c->last;
    while (from <= to) {
        const struct year *y = year_of(c, from);
        civil_day end = y->first + y->length - 1 < to ? y->first + y->length - 1 : to;
        int i = 0;
        while (i < y->computed_count && y->computed[i].day < from)
            i++;
        for (;;) {
            bool has_recorded = at < c->day_count && c->days[at].day <= end;
            bool has_computed = i < y->computed_count && y->computed[i].day <= end;
            if (!has_recorded && !has_computed)
                break;
            called++;
            if (has_recorded && (!has_computed || c->days[at].day <= y->computed[i].day)) {
                each(arg, &c->days[at++]);
            } else {
                struct office_day day = {y->computed[i].day, DAY_COMPUTED, y->computed[i].name, STR_NONE};
                each(arg, &day);
                i++;
            }
        }
        from = end + 1;
    }
    return called;
}
