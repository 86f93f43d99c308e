#include "icalendar/vevent.h"

#include "icalendar/content.h"
#include <libical/ical.h>

enum {
    DAY_SECONDS = 86400,
    EARLIEST_YEAR = 1,
    LATEST_YEAR = 9999,
    LIST_MAX = 2048, /* a power of two */
    STEPS_MAX = 5000,
};

struct vevent_rule {
    struct icalrecurrencetype recur;
};

bool vevent_reads(struct str name)
{
    static const char *const names[] = {"UID",    "SUMMARY",  "DESCRIPTION", "CATEGORIES",    "DTSTART",
                                        "DTEND",  "DURATION", "STATUS",      "RECURRENCE-ID", "RRULE",
                                        "EXRULE", "RDATE",    "EXDATE",      VEVENT_DAY_KIND};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (content_is(name, names[i]))
            return true;
    return false;
}

/* ---- values ---- */

/* libical takes 31 February for a date: checked here. */
static struct vevent_time time_of(struct icaltimetype t, int utc_offset)
{
    struct vevent_time out = {.given = true, .timed = !t.is_date};
    if (t.year < EARLIEST_YEAR || t.year > LATEST_YEAR || !civil_is_valid(t.year, t.month, t.day) ||
        (out.timed &&
         (t.hour < 0 || t.hour > 23 || t.minute < 0 || t.minute > 59 || t.second < 0 || t.second > 60))) {
        out.broken = true;
        return out;
    }
    int64_t second = out.timed ? t.hour * 3600 + t.minute * 60 + t.second : 0;
    if (out.timed && icaltime_is_utc(t))
        second += utc_offset * 60;
    int64_t shift = second < 0 ? -1 : second / DAY_SECONDS;
    out.day = civil_from_ymd(t.year, t.month, t.day) + shift;
    out.second = (int)(second - shift * DAY_SECONDS);
    return out;
}

static struct str text_of(struct arena *arena, const char *text)
{
    return arena_str(arena, str_of(text));
}

/* The list with room for one more; it lives in the arena and doubles when it is full. */
static void *grown(struct arena *arena, void *list, size_t count, size_t size)
{
    bool full = (count & (count - 1)) == 0; /* 0 or a power of two */
    if (!full || count >= LIST_MAX)
        return full ? NULL : list;
    void *copy = arena_alloc(arena, (count ? 2 * count : 1) * size);
    if (copy && count)
        memcpy(copy, list, count * size);
    return copy;
}

static bool add_time(struct arena *arena, struct vevent_time **list, size_t *count, struct vevent_time t)
{
    struct vevent_time *room = grown(arena, *list, *count, sizeof *room);
    if (!room || t.broken)
        return false;
    room[(*count)++] = t;
    *list = room;
    return true;
}

static bool add_category(struct vevent *v, struct arena *arena, const char *text)
{
    struct str *room = grown(arena, v->category, v->categories, sizeof *room);
    if (!room)
        return false;
    room[v->categories++] = text_of(arena, text);
    v->category = room;
    return true;
}

/* ---- rules ---- */

/* libical 3.0 never comes back from some rules that fit no day; those of the shapes below it either lists or
 * gives up on. */
static bool is_simple(const struct icalrecurrencetype *r)
{
    const short *never[] = {r->by_second,   r->by_minute,  r->by_hour,
                            r->by_year_day, r->by_week_no, r->by_set_pos};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (never[i][0] != ICAL_RECURRENCE_ARRAY_MAX)
            return false;
    bool days = r->by_day[0] != ICAL_RECURRENCE_ARRAY_MAX;
    bool dates =
        r->by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX || r->by_month[0] != ICAL_RECURRENCE_ARRAY_MAX;
    switch (r->freq) {
    case ICAL_YEARLY_RECURRENCE: return !r->rscale;
    case ICAL_WEEKLY_RECURRENCE: return !r->rscale && !dates;
    case ICAL_MONTHLY_RECURRENCE:
    case ICAL_DAILY_RECURRENCE: return !r->rscale && !dates && !days;
    default: return false;
    }
}

static bool take_rule(struct vevent *v, struct arena *arena, struct icalrecurrencetype recur)
{
    bool again = v->repeat != REPEAT_NONE; /* two rules in one event */
    v->repeat = REPEAT_OTHER;
    if (again || !is_simple(&recur))
        return true;
    v->rule = arena_alloc(arena, sizeof *v->rule);
    if (!v->rule)
        return false;
    v->rule->recur = recur;
    v->yearly = recur.freq == ICAL_YEARLY_RECURRENCE;
    v->endless = recur.count == 0 && icaltime_is_null_time(recur.until);
    v->repeat = REPEAT_DAYS;
    return true;
}

static struct icaltimetype date_of(int64_t day)
{
    struct civil c = civil_to_ymd((civil_day)day);
    struct icaltimetype t = icaltime_null_time();
    t.year = c.year;
    t.month = c.month;
    t.day = c.day;
    t.is_date = 1;
    return t;
}

bool vevent_series(const struct vevent *v, civil_day first, civil_day last, civil_day *out, size_t most,
                   size_t *n)
{
    struct icalrecurrencetype recur = v->rule->recur;
    if (v->endless)
        recur.until = date_of(last);
    *n = 0;
    icalrecur_iterator *each = icalrecur_iterator_new(recur, date_of(v->start.day));
    bool whole = each != NULL;
    for (size_t steps = 0; whole; steps++) {
        struct icaltimetype t = icalrecur_iterator_next(each);
        if (icaltime_is_null_time(t) || civil_from_ymd(t.year, t.month, t.day) > last)
            break;
        civil_day day = civil_from_ymd(t.year, t.month, t.day);
        whole = steps < STEPS_MAX && (day < first || *n < most);
        if (whole && day >= first)
            out[(*n)++] = day;
    }
    if (each)
        icalrecur_iterator_free(each);
    return whole;
}

/* ---- properties ---- */

static int64_t seconds_of(struct icaldurationtype d)
{
    int64_t seconds =
        ((int64_t)d.weeks * 7 + d.days) * DAY_SECONDS + (int64_t)d.hours * 3600 + d.minutes * 60 + d.seconds;
    return d.is_neg ? -seconds : seconds;
}

static bool take_time(struct vevent_time *out, struct icaltimetype t, int utc_offset)
{
    *out = time_of(t, utc_offset);
    return !out->broken;
}

static bool take_dates(struct vevent *v, struct arena *arena, icalproperty *p, int utc_offset)
{
    if (icalproperty_isa(p) == ICAL_EXDATE_PROPERTY)
        return add_time(arena, &v->except, &v->excepts, time_of(icalproperty_get_exdate(p), utc_offset));
    struct icaldatetimeperiodtype t = icalproperty_get_rdate(p);
    if (icaltime_is_null_time(t.time)) { /* a period: hours of a day */
        v->repeat = REPEAT_OTHER;
        return true;
    }
    return add_time(arena, &v->extra, &v->extras, time_of(t.time, utc_offset));
}

static bool take_property(struct vevent *v, struct arena *arena, icalproperty *p, int utc_offset)
{
    switch (icalproperty_isa(p)) {
    case ICAL_UID_PROPERTY: v->uid = text_of(arena, icalproperty_get_uid(p)); return true;
    case ICAL_SUMMARY_PROPERTY: v->summary = text_of(arena, icalproperty_get_summary(p)); return true;
    case ICAL_DESCRIPTION_PROPERTY:
        v->description = text_of(arena, icalproperty_get_description(p));
        return true;
    case ICAL_CATEGORIES_PROPERTY: return add_category(v, arena, icalproperty_get_categories(p));
    case ICAL_STATUS_PROPERTY:
        v->cancelled = icalproperty_get_status(p) == ICAL_STATUS_CANCELLED;
        return true;
    case ICAL_DTSTART_PROPERTY: return take_time(&v->start, icalproperty_get_dtstart(p), utc_offset);
    case ICAL_DTEND_PROPERTY: return take_time(&v->end, icalproperty_get_dtend(p), utc_offset);
    case ICAL_RECURRENCEID_PROPERTY:
        return take_time(&v->instance, icalproperty_get_recurrenceid(p), utc_offset);
    case ICAL_DURATION_PROPERTY: v->duration = seconds_of(icalproperty_get_duration(p)); return true;
    case ICAL_RRULE_PROPERTY: return take_rule(v, arena, icalproperty_get_rrule(p));
    case ICAL_EXRULE_PROPERTY: v->repeat = REPEAT_OTHER; return true;
    case ICAL_RDATE_PROPERTY:
    case ICAL_EXDATE_PROPERTY: return take_dates(v, arena, p, utc_offset);
    case ICAL_X_PROPERTY: v->day_kind = text_of(arena, icalproperty_get_x(p)); return true;
    default: return true;
    }
}

/* A line of several values becomes as many properties, so it is read as the one line of an event. */
bool vevent_take(struct vevent *v, struct arena *arena, const char *line, int utc_offset)
{
    struct buf text = BUF_INIT;
    buf_add_z(&text, "BEGIN:VEVENT\r\n");
    buf_add_z(&text, line);
    buf_add_z(&text, "\r\nEND:VEVENT\r\n");
    icalerror_set_errors_are_fatal(0);
    icalcomponent *event = text.failed ? NULL : icalparser_parse_string(text.p);
    bool fine = event && icalcomponent_isa(event) == ICAL_VEVENT_COMPONENT &&
                icalcomponent_count_errors(event) == 0 &&
                icalcomponent_count_properties(event, ICAL_ANY_PROPERTY) > 0;
    icalproperty *p = fine ? icalcomponent_get_first_property(event, ICAL_ANY_PROPERTY) : NULL;
    for (; p && fine; p = icalcomponent_get_next_property(event, ICAL_ANY_PROPERTY))
        fine = take_property(v, arena, p, utc_offset);
    arena->failed = arena->failed || text.failed;
    if (event)
        icalcomponent_free(event);
    buf_release(&text);
    return fine && !arena->failed;
}
