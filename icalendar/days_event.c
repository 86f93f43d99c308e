#include "icalendar/days_event.h"

#include "core/text.h"
#include "core/words.h"
#include "icalendar/content.h"
#include "icalendar/feed.h"
#include <stdlib.h>

enum {
    DAY_SECONDS = 86400,
    WORK = 8000000, /* days looked at for one file: more than an honest one needs, and over in a moment */
    SERIES_MOST = 400,
};

/* The events on their way to days. */
struct taking {
    struct day_events *all;
    struct days_in *in;
    civil_day upto;
    struct str agency;
    size_t taken; /* days */
    size_t work;
};

struct day_event *day_events_add(struct day_events *events)
{
    if (events->count == events->cap) {
        size_t cap = events->cap ? 2 * events->cap : 64;
        struct day_event *grown = realloc(events->event, cap * sizeof *grown);
        if (!grown)
            return NULL;
        events->event = grown;
        events->cap = cap;
    }
    struct day_event *e = &events->event[events->count++];
    *e = (struct day_event){.v = {.duration = NO_TIME}};
    return e;
}

void day_events_release(struct day_events *events)
{
    free(events->event);
    zones_free(events->zones);
    *events = (struct day_events){.count = 0};
}

static bool fail(struct taking *t, const struct vevent *v, enum text_id what)
{
    return days_in_fail(t->in, what, v->line, v->uid);
}

/* ---- times: by the office's clock ---- */

static int64_t wall_of(const struct vevent_time *t)
{
    return t->day * DAY_SECONDS + t->second;
}

static void set_wall(struct vevent_time *t, int64_t wall)
{
    t->day = wall / DAY_SECONDS - (wall % DAY_SECONDS < 0);
    t->second = (int)(wall - t->day * DAY_SECONDS);
    t->zone = ZONE_OFFICE;
}

static void to_office(struct taking *t, struct day_event *e, struct vevent_time *time)
{
    int64_t office;
    if (!time->given || !time->timed || time->zone == ZONE_OFFICE)
        return;
    if (zones_office(t->all->zones, time->zone, wall_of(time), &office, &t->work)) {
        set_wall(time, office);
    } else if (!e->is_unknown) {
        e->unknown = zones_name(t->all->zones, time->zone);
        e->is_unknown = true;
    }
}

static void make_date(struct vevent_time *t)
{
    if (t->second == 0) {
        t->timed = false;
        t->zone = ZONE_OFFICE;
    }
}

/* Outlook writes whole days as the hours from midnight to midnight of the clock it ran by, and says so:
 * whatever zone that was, the days are meant as they are written. */
static void take_as_written(struct vevent *v)
{
    bool ends = v->end.given ? v->end.timed && v->end.second == 0 : v->duration % DAY_SECONDS == 0;
    if (!v->whole_days || !v->start.timed || v->start.second || !ends)
        return;
    make_date(&v->start);
    make_date(&v->end);
    make_date(&v->instance);
    for (size_t i = 0; i < v->excepts; i++)
        make_date(&v->except[i]);
    for (size_t i = 0; i < v->extras; i++)
        make_date(&v->extra[i]);
}

static void settle_times(struct taking *t, struct day_event *e)
{
    struct vevent *v = &e->v;
    take_as_written(v);
    e->written = v->start;
    to_office(t, e, &v->start);
    to_office(t, e, &v->end);
    to_office(t, e, &v->instance);
    for (size_t i = 0; i < v->excepts; i++)
        to_office(t, e, &v->except[i]);
    for (size_t i = 0; i < v->extras; i++)
        to_office(t, e, &v->extra[i]);
}

/* ---- versions ---- */

static int by_uid(const void *x, const void *y)
{
    const struct day_event *a = *(struct day_event *const *)x, *b = *(struct day_event *const *)y;
    int c = str_cmp(a->v.uid, b->v.uid);
    return c ? c : (a->v.sequence < b->v.sequence) - (a->v.sequence > b->v.sequence);
}

/* Of several versions of an event those with a lower SEQUENCE were replaced; several of the same are what
 * careless programs write that give all their events one uid. */
static bool find_old(struct taking *t)
{
    struct day_event **sorted = calloc(t->all->count + 1, sizeof *sorted);
    const struct day_event *newest = NULL;
    size_t n = 0;
    if (!sorted)
        return days_in_no_memory(t->in);
    for (size_t i = 0; i < t->all->count; i++) {
        struct day_event *e = &t->all->event[i];
        if (e->is_event && e->v.uid.n && !e->v.instance.given)
            sorted[n++] = e;
    }
    qsort(sorted, n, sizeof *sorted, by_uid);
    for (size_t i = 0; i < n; i++) {
        if (!newest || !str_eq(newest->v.uid, sorted[i]->v.uid))
            newest = sorted[i];
        sorted[i]->old = sorted[i]->v.sequence < newest->v.sequence;
    }
    free(sorted);
    return true;
}

/* ---- what an event says ---- */

static bool add_entry(struct taking *t, const struct vevent *v, enum days_skip skip, struct office_day day,
                      struct str zone)
{
    const struct days_entry entry = {.skip = skip, .day = day, .uid = v->uid, .zone = zone, .line = v->line};
    t->taken += skip == DAYS_TAKEN;
    return t->taken > DAYS_IN_MOST ? fail(t, v, T_ical_bad_too_many) : days_in_add(t->in, &entry);
}

static bool in_years(int64_t day)
{
    return day >= civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) && day <= civil_from_ymd(CIVIL_LAST_YEAR, 12, 31);
}

static bool skip_in(struct taking *t, const struct vevent *v, enum days_skip why, int64_t day,
                    struct str zone)
{
    bool dated = v->start.given && !v->start.broken && day >= civil_from_ymd(1, 1, 1) &&
                 day <= civil_from_ymd(9999, 12, 31);
    struct office_day first = {.day = dated ? (civil_day)day : NO_DAY, .name = v->summary};
    return add_entry(t, v, why, first, zone);
}

static bool skip(struct taking *t, const struct vevent *v, enum days_skip why, int64_t day)
{
    return skip_in(t, v, why, day, STR_NONE);
}

/* Whole days from start to end, 0 where it has hours, -1 where it ends before it begins or its ends do not
 * fit. An end on the day of the start is met where a program left the next day out. */
static int64_t length_of(const struct vevent *v)
{
    const struct vevent_time *start = &v->start, *end = &v->end;
    if (end->given && end->timed != start->timed)
        return -1;
    int64_t seconds = end->given               ? wall_of(end) - wall_of(start)
                      : v->duration != NO_TIME ? v->duration
                      : start->timed           ? 1
                                               : DAY_SECONDS;
    if (seconds < 0)
        return -1;
    if (!start->timed && seconds == 0)
        return 1;
    if (start->second || seconds % DAY_SECONDS)
        return start->timed ? 0 : -1;
    return seconds / DAY_SECONDS;
}

static bool has_word(struct str text, const char *word)
{
    struct buf folded = BUF_INIT, wanted = BUF_INIT;
    text_fold(&folded, text);
    text_fold(&wanted, str_of(word));
    bool same = !folded.failed && str_eq(buf_str(&folded), buf_str(&wanted));
    buf_release(&folded);
    buf_release(&wanted);
    return same;
}

/* Google's calendars of holidays say so on the first line, in the language they are shown in; the day is
 * worked. */
static bool is_observance(const struct vevent *v)
{
    const char *end = memchr(v->description.p ? v->description.p : "", '\n', v->description.n);
    struct str first = end ? str_first(v->description, (size_t)(end - v->description.p)) : v->description;
    return has_word(first, "Observance") || has_word(first, "Ngày lễ kỷ niệm");
}

/* Worked in exchange for another day, by its name? Calendars of holidays list those days like any other, some
 * as an observance. Nothing else tells them from days off: whoever knows the plan must say. */
static bool is_named_worked(struct str name)
{
    static const char *const worked[] = {"lam bu", "lam viec bu", "ngay lam viec", "working day", "workday"};
    static const char *const off[] = {"nghi", "non", "off", "holiday"};
    struct buf folded = BUF_INIT;
    text_fold(&folded, name);
    bool is = false;
    for (size_t i = 0; i < sizeof worked / sizeof *worked && folded.n; i++)
        is = is || memmem(folded.p, folded.n, worked[i], strlen(worked[i]));
    for (size_t i = 0; i < sizeof off / sizeof *off && is; i++)
        is = !memmem(folded.p, folded.n, off[i], strlen(off[i]));
    buf_release(&folded);
    return is;
}

/* Our own property, else Apple's, else a category that is our word for a kind of day in either language; else
 * a day off. False when our property holds none of its words. */
static bool kind_of(const struct vevent *v, enum day_kind *out)
{
    static const char *const words[] = {[DAY_OFF] = "OFF", [DAY_WORKED] = "WORKED", [DAY_CLOSED] = "CLOSED"};
    *out = v->workday ? DAY_WORKED : DAY_OFF;
    for (int kind = DAY_OFF; kind <= DAY_CLOSED && v->day_kind.n; kind++)
        if (content_is(v->day_kind, words[kind])) {
            *out = (enum day_kind)kind;
            return true;
        }
    for (size_t i = 0; i < v->categories && !v->day_kind.n && !v->workday; i++)
        for (int kind = DAY_OFF; kind <= DAY_CLOSED; kind++)
            if (has_word(v->category[i], words_day_kind(LANG_VI, (enum day_kind)kind)) ||
                has_word(v->category[i], words_day_kind(LANG_EN, (enum day_kind)kind)))
                *out = (enum day_kind)kind;
    return !v->day_kind.n;
}

/* Due dates that were written for a calendar stand in it as whole days; days off bear our own property. */
static bool is_due_date(const struct taking *t, const struct vevent *v)
{
    return !v->day_kind.n && (feed_is_uid(t->agency, v->uid) || feed_is_uid_of_any(v->uid));
}

/* A text as it would be stored, in one line; an empty one is absent. */
static bool take_text(struct taking *t, const struct vevent *v, struct str in, enum text_id bad,
                      struct str *out)
{
    struct buf line = BUF_INIT, clean = BUF_INIT;
    for (size_t i = 0; i < in.n; i++)
        buf_add_char(&line, in.p[i] == '\n' ? ' ' : in.p[i]);
    enum text_fault fault = line.failed ? TEXT_MEMORY
                            : in.n      ? text_clean(buf_str(&line), TEXT_LINE, TEXT_MAX, &clean)
                                        : TEXT_EMPTY;
    *out = fault == TEXT_OK ? arena_str(&t->in->text, buf_str(&clean)) : STR_NONE;
    buf_release(&line);
    buf_release(&clean);
    if (fault == TEXT_MEMORY || t->in->text.failed)
        return days_in_no_memory(t->in);
    if (fault == TEXT_BAD)
        return fail(t, v, bad);
    if (fault == TEXT_TOO_LONG)
        return fail(t, v, T_ical_bad_long_text);
    return true;
}

/* ---- its days ---- */

/* One run of days; what lies outside the calendar's years is told once. */
static bool add_run(struct taking *t, const struct vevent *v, struct office_day day, int64_t first,
                    int64_t days)
{
    bool outside = false;
    for (int64_t i = 0; i < days; i++) {
        day.day = (civil_day)(first + i);
        if (!in_years(first + i))
            outside = true;
        else if (!add_entry(t, v, DAYS_TAKEN, day, STR_NONE))
            return false;
    }
    return !outside || skip(t, v, DAYS_OUTSIDE_YEARS, first);
}

/* Left out of its series: by an exception, or because another event stands in for it. */
static bool is_left_out(const struct taking *t, const struct vevent *v, int64_t day)
{
    for (size_t i = 0; i < v->excepts; i++)
        if (v->except[i].day == day)
            return true;
    for (size_t i = 0; i < t->all->count && v->uid.n; i++) {
        const struct vevent *other = &t->all->event[i].v;
        if (other->instance.given && other->instance.day == day && str_eq(other->uid, v->uid))
            return true;
    }
    return false;
}

/* A series goes by the clock of its own zone, and ends by it. */
static bool is_over(struct taking *t, const struct day_event *e, const struct vevent_time *began)
{
    const struct rule_until *until = &e->v.until;
    int64_t end = until->day * DAY_SECONDS + until->second, at = wall_of(began);
    if (!until->given || !until->timed || !began->timed)
        return until->given && began->day > until->day;
    if (until->utc && !zones_utc(t->all->zones, began->zone, wall_of(began), &at, &t->work))
        return true;
    return at > end;
}

/* The days on which it begins anew, as its own zone counts them. False where the rule gives too many or none,
 * or costs too much. */
static bool find_series(struct taking *t, const struct day_event *e, civil_day *began, size_t *n)
{
    const struct vevent *v = &e->v;
    struct series_rule rule = *v->rule;
    civil_day first = civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1);
    civil_day last = v->endless ? t->upto : civil_from_ymd(CIVIL_LAST_YEAR, 12, 31);
    if (v->until.given)
        rule.until = v->until.day + (v->until.timed && e->written.timed); /* is_over() looks more closely */
    return series_days(&rule, e->written.day, first, last, began, SERIES_MOST, n, &t->work) &&
           (*n || !in_years(e->written.day) || e->written.day > last);
}

static bool add_series(struct taking *t, const struct day_event *e, const struct office_day *day,
                       int64_t days, const civil_day *began, size_t n)
{
    const struct vevent *v = &e->v;
    bool fine = true, hours = false;
    for (size_t i = 0; i < n && fine; i++) {
        struct vevent_time at = e->written;
        int64_t office;
        at.day = began[i];
        if (is_over(t, e, &at))
            return i > 0 || skip(t, v, DAYS_REPEATS, v->start.day);
        if (at.timed && at.zone != ZONE_OFFICE) {
            if (!zones_office(t->all->zones, at.zone, wall_of(&at), &office, &t->work))
                return skip_in(t, v, DAYS_UNKNOWN_ZONE, at.day, zones_name(t->all->zones, at.zone));
            set_wall(&at, office);
        }
        if (at.timed && at.second) /* where its zone has summer time and the office has not */
            fine = hours || skip_in(t, v, DAYS_TIMED, at.day, zones_name(t->all->zones, e->written.zone));
        else
            fine = is_left_out(t, v, at.day) || add_run(t, v, *day, at.day, days);
        hours = hours || (at.timed && at.second);
    }
    return fine;
}

static bool take_series(struct taking *t, const struct day_event *e, const struct office_day *day,
                        int64_t days)
{
    const struct vevent *v = &e->v;
    civil_day *began = calloc(SERIES_MOST, sizeof *began);
    size_t n = 0;
    if (!began)
        return days_in_no_memory(t->in);
    bool whole = find_series(t, e, began, &n);
    bool fine = whole ? add_series(t, e, day, days, began, n) : skip(t, v, DAYS_REPEATS, v->start.day);
    if (fine && whole && !n && !v->endless)
        fine = skip(t, v, DAYS_OUTSIDE_YEARS, v->start.day);
    if (fine && whole && v->endless)
        fine = skip(t, v, DAYS_ENDLESS, t->upto);
    free(began);
    return fine;
}

static bool add_days(struct taking *t, const struct day_event *e, const struct office_day *day, int64_t days)
{
    const struct vevent *v = &e->v;
    bool fine = true;
    if (v->repeat == REPEAT_DAYS)
        fine = take_series(t, e, day, days);
    else if (!is_left_out(t, v, v->start.day) || v->instance.given)
        fine = add_run(t, v, *day, v->start.day, days);
    for (size_t i = 0; i < v->extras && fine; i++) {
        if (v->extra[i].timed && v->extra[i].second)
            fine = skip(t, v, DAYS_TIMED, v->extra[i].day);
        else
            fine = is_left_out(t, v, v->extra[i].day) || add_run(t, v, *day, v->extra[i].day, days);
    }
    return fine;
}

/* ---- one event ---- */

/* From midnight to midnight in its own zone, which is not so by the office's clock. */
static struct str elsewhere(const struct taking *t, const struct day_event *e, int64_t seconds)
{
    return e->written.second == 0 && seconds % DAY_SECONDS == 0 ? zones_name(t->all->zones, e->written.zone)
                                                                : STR_NONE;
}

static bool skip_timed(struct taking *t, const struct day_event *e)
{
    const struct vevent *v = &e->v;
    int64_t seconds = v->end.given             ? wall_of(&v->end) - wall_of(&v->start)
                      : v->duration != NO_TIME ? v->duration
                                               : 1;
    return skip_in(t, v, DAYS_TIMED, v->start.day, elsewhere(t, e, seconds));
}

static bool take_event(struct taking *t, const struct day_event *e)
{
    const struct vevent *v = &e->v;
    struct office_day day = {.day = NO_DAY};
    if (!e->is_event || e->old)
        return skip(t, v, e->is_event ? DAYS_SUPERSEDED : DAYS_NOT_EVENT, v->start.day);
    if (!v->start.given)
        return fail(t, v, T_ical_bad_no_start);
    if (!kind_of(v, &day.kind))
        return fail(t, v, T_ical_bad_kind);
    if (is_due_date(t, v))
        return skip(t, v, DAYS_DOSSIER, v->start.day);
    if (e->is_unknown && !v->cancelled)
        return skip_in(t, v, DAYS_UNKNOWN_ZONE, v->start.day, e->unknown);
    int64_t days = e->is_unknown ? 0 : length_of(v);
    if (days < 0)
        return fail(t, v, T_ical_bad_length);
    bool unsaid = day.kind == DAY_OFF && !v->day_kind.n;
    enum days_skip why = v->cancelled                            ? DAYS_CANCELLED
                         : !days                                 ? DAYS_TIMED
                         : unsaid && is_named_worked(v->summary) ? DAYS_PERHAPS_WORKED
                         : !v->day_kind.n && is_observance(v)    ? DAYS_OBSERVANCE
                         : !v->day_kind.n && v->confidential     ? DAYS_PRIVATE
                         : days > DAYS_IN_LONGEST                ? DAYS_TOO_LONG
                         : v->repeat == REPEAT_OTHER             ? DAYS_REPEATS
                         : v->endless && !v->yearly              ? DAYS_NO_END
                                                                 : DAYS_TAKEN;
    if (why == DAYS_TIMED)
        return skip_timed(t, e);
    if (why != DAYS_TAKEN)
        return skip(t, v, why, v->start.day);
    if (!take_text(t, v, v->summary, T_ical_bad_name, &day.name) ||
        (v->day_kind.n && !take_text(t, v, v->description, T_ical_bad_document, &day.document)))
        return false;
    return day.name.n ? add_days(t, e, &day, days) : skip(t, v, DAYS_UNNAMED, v->start.day);
}

/* The names of zones live with the zones. */
static bool keep_names(struct days_in *in)
{
    for (size_t i = 0; i < in->count; i++)
        in->entry[i].zone = arena_str(&in->text, in->entry[i].zone);
    return !in->text.failed || days_in_no_memory(in);
}

bool day_events_take(struct day_events *events, struct days_in *in, const struct days_in_options *how)
{
    struct taking t = {.all = events, .in = in, .upto = how->upto, .agency = how->agency, .work = WORK};
    bool fine = find_old(&t);
    for (size_t i = 0; i < events->count; i++)
        settle_times(&t, &events->event[i]);
    for (size_t i = 0; i < events->count && fine; i++)
        fine = take_event(&t, &events->event[i]);
    return keep_names(in) && fine;
}
