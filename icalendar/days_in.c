#include "icalendar/days_in.h"

#include "icalendar/content.h"
#include "icalendar/days_event.h"
#include <stdlib.h>

enum { DEPTH = 8 };

struct reading_days {
    struct days_in *in;
    struct content lines;
    struct str open[DEPTH]; /* names of the components we are in, outermost first */
    size_t opened[DEPTH];   /* the line each began on */
    size_t depth;
    bool calendar;  /* one was met */
    bool cancelled; /* METHOD:CANCEL: so is all that follows */
    struct day_events events;
};

static bool fail(struct reading_days *r, size_t line, enum text_id what)
{
    return days_in_fail(r->in, what, line, STR_NONE);
}

static bool fail_here(struct reading_days *r, enum text_id what)
{
    return fail(r, r->lines.line, what);
}

/* ---- the file's components ---- */

static bool begin_event(struct reading_days *r, bool is_event)
{
    if (r->events.count == DAYS_IN_EVENTS)
        return fail_here(r, T_ical_bad_too_many);
    struct day_event *e = day_events_add(&r->events);
    if (!e)
        return days_in_no_memory(r->in);
    e->is_event = is_event;
    e->v.line = r->lines.line;
    e->v.cancelled = r->cancelled;
    return true;
}

/* The name behind BEGIN or END. */
static struct str component_name(const struct reading_days *r)
{
    struct str name = r->lines.value;
    while (name.n && (name.p[name.n - 1] == ' ' || name.p[name.n - 1] == '\t'))
        name.n--;
    return name;
}

static bool is_in(const struct reading_days *r, size_t depth, const char *name)
{
    return r->depth > depth && content_is(r->open[depth], name);
}

static void begin_zone(struct reading_days *r)
{
    if (r->depth == 2)
        zones_take(r->events.zones, ZONES_BEGIN, &r->lines);
    else if (r->depth == 3 && (is_in(r, 2, "STANDARD") || is_in(r, 2, "DAYLIGHT")))
        zones_take(r->events.zones, ZONES_BEGIN_OBSERVANCE, &r->lines);
}

static bool begin(struct reading_days *r)
{
    struct str name = arena_str(&r->in->text, component_name(r));
    bool event = content_is(name, "VEVENT");
    if (r->in->text.failed)
        return days_in_no_memory(r->in);
    if (r->depth == 0 && !content_is(name, "VCALENDAR"))
        return fail_here(r, T_ical_bad_start);
    if (r->depth == DEPTH || (event && r->depth != 1))
        return fail_here(r, T_ical_bad_nested);
    r->cancelled = r->cancelled && r->depth > 0;
    r->calendar = true;
    r->opened[r->depth] = r->lines.line;
    r->open[r->depth++] = name;
    if (is_in(r, 1, "VTIMEZONE"))
        begin_zone(r);
    if (r->depth == 2 && (event || content_is(name, "VTODO") || content_is(name, "VJOURNAL")))
        return begin_event(r, event);
    return true;
}

static bool end(struct reading_days *r)
{
    if (!r->depth || !content_same(component_name(r), r->open[r->depth - 1]))
        return fail_here(r, T_ical_bad_end);
    r->depth--;
    return true;
}

/* A zone's own description is looked at when a time needs it; what is wrong with it is not the file's end. */
static void take_zone_line(struct reading_days *r)
{
    if (r->depth == 2)
        zones_take(r->events.zones, ZONES_LINE, &r->lines);
    else if (r->depth == 3 && (is_in(r, 2, "STANDARD") || is_in(r, 2, "DAYLIGHT")))
        zones_take(r->events.zones, ZONES_OBSERVANCE, &r->lines);
}

static bool in_event(const struct reading_days *r)
{
    return r->depth == 2 && (is_in(r, 1, "VEVENT") || is_in(r, 1, "VTODO") || is_in(r, 1, "VJOURNAL"));
}

/* A time where a date is announced: libical takes it, with its hour or without. */
static bool is_date_with_hour(const struct content *c)
{
    return content_is(content_parameter(c, "VALUE"), "DATE") && memchr(c->value.p, 'T', c->value.n);
}

static bool take_event_line(struct reading_days *r)
{
    struct content *c = &r->lines;
    struct day_event *e = &r->events.event[r->events.count - 1];
    if (!vevent_reads(c->name) || (!c->value.n && vevent_may_be_empty(c->name)))
        return true;
    bool taken = !is_date_with_hour(c) && vevent_take(&e->v, &r->in->text, r->events.zones, c->whole.p);
    if (r->in->text.failed || zones_no_memory(r->events.zones))
        return days_in_no_memory(r->in);
    return taken || !e->is_event || days_in_fail(r->in, T_ical_bad_value, c->line, e->v.uid);
}

static bool take_line(struct reading_days *r)
{
    struct content *c = &r->lines;
    if (content_is(c->name, "BEGIN"))
        return begin(r);
    if (content_is(c->name, "END"))
        return end(r);
    if (!r->depth)
        return fail_here(r, T_ical_bad_start);
    if (r->depth == 1 && content_is(c->name, "METHOD"))
        r->cancelled = content_is(c->value, "CANCEL");
    if (is_in(r, 1, "VTIMEZONE"))
        take_zone_line(r);
    return !in_event(r) || take_event_line(r);
}

static bool tell_content(struct reading_days *r)
{
    static const enum text_id faults[] = {
        [CONTENT_NOT_UTF8] = T_ical_bad_utf8,
        [CONTENT_NUL] = T_ical_bad_nul,
        [CONTENT_MALFORMED] = T_ical_bad_line,
        [CONTENT_TOO_LONG] = T_ical_bad_long_line,
    };
    return r->lines.fault == CONTENT_MEMORY ? days_in_no_memory(r->in) : fail_here(r, faults[r->lines.fault]);
}

static bool read_components(struct reading_days *r, struct str text)
{
    bool fine = true;
    r->lines = content_of(text);
    while (fine && content_next(&r->lines))
        fine = take_line(r);
    if (fine && r->lines.fault != CONTENT_OK)
        fine = tell_content(r);
    if (fine && r->depth)
        fine = fail(r, r->opened[r->depth - 1], T_ical_bad_never_ends);
    if (fine && !r->calendar)
        fine = fail(r, 1, T_ical_bad_start);
    content_release(&r->lines);
    return fine;
}

bool days_in_read(struct days_in *in, struct str text, const struct days_in_options *options)
{
    *in = (struct days_in){.text = ARENA_INIT};
    struct reading_days r = {.in = in, .events = {.zones = zones_new(options->utc_offset)}};
    bool fine = r.events.zones ? read_components(&r, text) && day_events_take(&r.events, in, options)
                               : days_in_no_memory(in);
    day_events_release(&r.events);
    return fine && !in->no_memory;
}
