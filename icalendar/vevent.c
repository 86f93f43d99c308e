#include "icalendar/vevent.h"

#include "icalendar/content.h"
#include <libical/ical.h>

enum {
    DAY_SECONDS = 86400,
    EARLIEST_YEAR = 1,
    LATEST_YEAR = 9999,
    LIST_MAX = 2048, /* a power of two */
};

#define WHOLE_DAYS "X-MICROSOFT-CDO-ALLDAYEVENT"
#define SPECIAL_DAY "X-APPLE-SPECIAL-DAY"

bool vevent_reads(struct str name)
{
    static const char *const names[] = {"UID",      "SUMMARY",   "DESCRIPTION",  "CATEGORIES",    "DTSTART",
                                        "DTEND",    "DURATION",  "STATUS",       "RECURRENCE-ID", "RRULE",
                                        "EXRULE",   "RDATE",     "EXDATE",       "SEQUENCE",      "CLASS",
                                        WHOLE_DAYS, SPECIAL_DAY, VEVENT_DAY_KIND};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (content_is(name, names[i]))
            return true;
    return false;
}

bool vevent_may_be_empty(struct str name)
{
    static const char *const names[] = {"UID",   "SUMMARY",  "DESCRIPTION", "CATEGORIES", "STATUS",
                                        "CLASS", "SEQUENCE", WHOLE_DAYS,    SPECIAL_DAY,  VEVENT_DAY_KIND};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (content_is(name, names[i]))
            return true;
    return false;
}

/* ---- values ---- */

/* libical takes 31 February for a date: checked here. */
static struct vevent_time time_of(struct icaltimetype t)
{
    struct vevent_time out = {.given = true, .timed = !t.is_date};
    if (t.year < EARLIEST_YEAR || t.year > LATEST_YEAR || !civil_is_valid(t.year, t.month, t.day) ||
        (out.timed &&
         (t.hour < 0 || t.hour > 23 || t.minute < 0 || t.minute > 59 || t.second < 0 || t.second > 60))) {
        out.broken = true;
        return out;
    }
    out.day = civil_from_ymd(t.year, t.month, t.day);
    out.second = out.timed ? t.hour * 3600 + t.minute * 60 + t.second : 0;
    out.zone = out.timed && icaltime_is_utc(t) ? ZONE_UTC : ZONE_OFFICE;
    return out;
}

/* libical drops the name of a zone it does not find, so it is read off the property. */
static struct vevent_time zoned(struct icaltimetype t, icalproperty *p, struct zones *zones)
{
    struct vevent_time out = time_of(t);
    icalparameter *name = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
    if (name && out.timed && out.zone == ZONE_OFFICE)
        out.zone = zones_number(zones, str_of(icalparameter_get_tzid(name)));
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

static bool take_rule(struct vevent *v, struct arena *arena, struct icalrecurrencetype recur)
{
    bool again = v->repeat != REPEAT_NONE; /* two rules in one event */
    v->repeat = REPEAT_OTHER;
    if (!v->rule)
        v->rule = arena_alloc(arena, sizeof *v->rule);
    if (!v->rule || again || !rule_of(&recur, v->rule, &v->until))
        return v->rule != NULL;
    v->yearly = v->rule->step == SERIES_YEARLY ||
                (v->rule->step == SERIES_MONTHLY && v->rule->interval % SERIES_YEARS_FROM_MONTHS == 0);
    v->endless = v->rule->count == 0 && !v->until.given;
    v->repeat = REPEAT_DAYS;
    return true;
}

/* ---- properties ---- */

static int64_t seconds_of(struct icaldurationtype d)
{
    int64_t seconds =
        ((int64_t)d.weeks * 7 + d.days) * DAY_SECONDS + (int64_t)d.hours * 3600 + d.minutes * 60 + d.seconds;
    return d.is_neg ? -seconds : seconds;
}

static bool take_time(struct vevent_time *out, struct icaltimetype t, icalproperty *p, struct zones *zones)
{
    *out = zoned(t, p, zones);
    return !out->broken;
}

static bool take_dates(struct vevent *v, struct arena *arena, icalproperty *p, struct zones *zones)
{
    if (icalproperty_isa(p) == ICAL_EXDATE_PROPERTY)
        return add_time(arena, &v->except, &v->excepts, zoned(icalproperty_get_exdate(p), p, zones));
    struct icaldatetimeperiodtype t = icalproperty_get_rdate(p);
    if (icaltime_is_null_time(t.time)) { /* a period: hours of a day */
        v->repeat = REPEAT_OTHER;
        return true;
    }
    return add_time(arena, &v->extra, &v->extras, zoned(t.time, p, zones));
}

/* Of the X- properties only these are looked at. */
static void take_own(struct vevent *v, struct arena *arena, icalproperty *p)
{
    struct str value = str_of(icalproperty_get_x(p));
    if (content_is(str_of(icalproperty_get_x_name(p)), WHOLE_DAYS))
        v->whole_days = content_is(value, "TRUE");
    else if (content_is(str_of(icalproperty_get_x_name(p)), SPECIAL_DAY))
        v->workday = content_is(value, "ALTERNATE-WORKDAY");
    else
        v->day_kind = arena_str(arena, value);
}

static bool take_property(struct vevent *v, struct arena *arena, icalproperty *p, struct zones *zones)
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
    case ICAL_CLASS_PROPERTY:
        v->confidential = icalproperty_get_class(p) == ICAL_CLASS_PRIVATE ||
                          icalproperty_get_class(p) == ICAL_CLASS_CONFIDENTIAL;
        return true;
    case ICAL_DTSTART_PROPERTY: return take_time(&v->start, icalproperty_get_dtstart(p), p, zones);
    case ICAL_DTEND_PROPERTY: return take_time(&v->end, icalproperty_get_dtend(p), p, zones);
    case ICAL_RECURRENCEID_PROPERTY:
        if (icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER))
            v->repeat = REPEAT_OTHER; /* of all that follow: more than one day */
        return take_time(&v->instance, icalproperty_get_recurrenceid(p), p, zones);
    case ICAL_DURATION_PROPERTY: v->duration = seconds_of(icalproperty_get_duration(p)); return true;
    case ICAL_RRULE_PROPERTY: return take_rule(v, arena, icalproperty_get_rrule(p));
    case ICAL_EXRULE_PROPERTY: v->repeat = REPEAT_OTHER; return true;
    case ICAL_RDATE_PROPERTY:
    case ICAL_EXDATE_PROPERTY: return take_dates(v, arena, p, zones);
    case ICAL_SEQUENCE_PROPERTY: v->sequence = icalproperty_get_sequence(p); return true;
    case ICAL_X_PROPERTY: take_own(v, arena, p); return true;
    default: return true;
    }
}

/* A line of several values becomes as many properties, so it is read as the one line of an event. */
bool vevent_take(struct vevent *v, struct arena *arena, struct zones *zones, const char *line)
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
        fine = take_property(v, arena, p, zones);
    arena->failed = arena->failed || text.failed;
    if (event)
        icalcomponent_free(event);
    buf_release(&text);
    return fine && !arena->failed;
}
