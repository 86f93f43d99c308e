#include "icalendar/writer.h"

#include "core/text.h"
#include "icalendar/duration.h"
#include "icalendar/fold.h"

#include <libical/ical.h>
#include <stdio.h>

bool ics_to_file(void *file, const char *bytes, size_t n)
{
    return fwrite(bytes, 1, n, file) == n;
}

static void fail(struct ics_writer *w, enum ics_result result)
{
    if (w->result == ICS_WRITTEN)
        w->result = result;
}

/* ---- values ---- */

/* The text as libical takes it: NUL-terminated, nothing in it that could break a line. Borrowed until the
 * next call. */
static const char *plain(struct ics_writer *w, struct str s)
{
    buf_reset(&w->text);
    buf_reserve(&w->text, s.n + 1);
    text_safe(&w->text, s, true);
    if (w->text.failed)
        fail(w, ICS_NO_MEMORY);
    return w->text.failed || !w->text.p ? "" : w->text.p;
}

/* A category is a tag: one without the separators of its list, since readers part it there even where they
 * are escaped. */
static const char *tag(struct ics_writer *w, struct str s)
{
    const char *text = plain(w, s);
    size_t n = 0;
    for (size_t i = 0; i < w->text.n; i++)
        if (!strchr(",;", w->text.p[i]))
            w->text.p[n++] = w->text.p[i] == '\n' ? ' ' : w->text.p[i];
    if (w->text.n)
        w->text.p[n] = '\0';
    return text;
}

/* iCalendar's years have four digits. */
static bool is_writable_day(int64_t day)
{
    return day >= civil_from_ymd(1, 1, 1) && day < civil_from_ymd(9999, 12, 31);
}

static bool is_writable(int64_t utc)
{
    return is_writable_day(utc / 86400 - 1) && is_writable_day(utc / 86400 + 1);
}

/* ---- lines ---- */

/* Writes the property (taken over; NULL: no memory) as libical has it, folded anew. */
static void put_property(struct ics_writer *w, icalproperty *property)
{
    char *line = property ? icalproperty_as_ical_string_r(property) : NULL;
    if (line)
        ics_fold(&w->out, str_of(line));
    else
        fail(w, ICS_NO_MEMORY);
    icalmemory_free_buffer(line);
    if (property)
        icalproperty_free(property);
}

/* A property that no standard names. */
static void put_x(struct ics_writer *w, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);
    if (property)
        icalproperty_set_x_name(property, name);
    put_property(w, property);
}

static void put_text(struct ics_writer *w, const char *name, struct str s)
{
    if (s.n)
        ics_line_text(&w->out, &w->bench, name, s);
}

static void put_moment(struct ics_writer *w, const char *name, int64_t utc)
{
    if (utc != NO_TIME)
        ics_line_moment(&w->out, name, utc);
}

static void put_when(struct ics_writer *w, const char *name, struct ics_when when)
{
    if (when.type == ICS_DAY)
        ics_line_day(&w->out, name, when.day);
    else if (when.type == ICS_MOMENT)
        ics_line_moment(&w->out, name, when.seconds);
}

/* ---- a component ---- */

/* An event of a whole day says so by its end too: old readers make nothing, or two days, of one that leaves
 * it out. */
static void put_event_times(struct ics_writer *w, const struct ics_item *item)
{
    put_when(w, "DTSTART", item->when);
    if (item->when.type == ICS_DAY)
        ics_line_day(&w->out, "DTEND", item->when.day + 1);
    ics_line_word(&w->out, "TRANSP", item->blocks ? "OPAQUE" : "TRANSPARENT");
}

static void put_todo_times(struct ics_writer *w, const struct ics_item *item)
{
    put_when(w, "DUE", item->when);
    if (item->state != ICS_DONE)
        return;
    put_moment(w, "COMPLETED", item->completed);
    ics_line_number(&w->out, "PERCENT-COMPLETE", 100);
}

static const char *status_word(enum ics_kind kind, enum ics_state state)
{
    if (state == ICS_CANCELLED)
        return "CANCELLED";
    if (kind == ICS_EVENT)
        return "CONFIRMED";
    return state == ICS_DONE ? "COMPLETED" : "NEEDS-ACTION";
}

/* A to-do has no start to reckon from, only its due time. */
static icalproperty *trigger(enum ics_kind kind, int64_t before)
{
    struct icaltriggertype value = {icaltime_null_time(), icaldurationtype_from_int((int)-before)};
    icalproperty *property = icalproperty_new_trigger(value);
    if (property && kind == ICS_TODO)
        icalproperty_add_parameter(property, icalparameter_new_related(ICAL_RELATED_END));
    return property;
}

static void put_trigger(struct ics_writer *w, int64_t before, size_t index)
{
    struct ics_trigger *kept = index < ICS_TRIGGERS ? &w->trigger[index] : NULL;
    size_t from = w->out.n;
    if (kept && kept->line.n && kept->before == before) {
        buf_add_str(&w->out, buf_str(&kept->line));
        return;
    }
    put_property(w, trigger(w->kind, before));
    if (!kept || w->out.failed || w->result != ICS_WRITTEN)
        return;
    kept->before = before;
    buf_reset(&kept->line);
    buf_add_str(&kept->line, str_from(buf_str(&w->out), from));
    if (kept->line.failed)
        buf_reset(&kept->line);
}

static void put_alarm(struct ics_writer *w, const struct ics_item *item, size_t index)
{
    buf_add_z(&w->out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
    put_trigger(w, item->alarms[index], index);
    /* One there must be. */
    ics_line_text(&w->out, &w->bench, "DESCRIPTION", item->summary);
    buf_add_z(&w->out, "END:VALARM\r\n");
}

static void put_category(struct ics_writer *w, struct str s)
{
    const char *text = tag(w, s);
    put_text(w, "CATEGORIES", str_of(text));
}

static void put_component(struct ics_writer *w, const struct ics_item *item)
{
    bool event = w->kind == ICS_EVENT;
    buf_add_z(&w->out, event ? "BEGIN:VEVENT\r\n" : "BEGIN:VTODO\r\n");
    put_text(w, "UID", item->uid);
    put_moment(w, "DTSTAMP", item->stamp);
    if (event)
        put_event_times(w, item);
    else
        put_todo_times(w, item);
    put_text(w, "SUMMARY", item->summary);
    put_text(w, "DESCRIPTION", item->description);
    put_text(w, "LOCATION", item->location);
    for (size_t i = 0; i < item->category_count; i++)
        put_category(w, item->categories[i]);
    ics_line_word(&w->out, "STATUS", status_word(w->kind, item->state));
    ics_line_number(&w->out, "SEQUENCE", item->sequence);
    put_moment(w, "CREATED", item->created);
    put_moment(w, "LAST-MODIFIED", item->stamp);
    for (size_t i = 0; i < item->extra_count; i++)
        put_x(w, item->extra[i].name, plain(w, item->extra[i].value));
    for (size_t i = 0; i < item->alarm_count && item->state == ICS_OPEN && item->when.type != ICS_NEVER; i++)
        put_alarm(w, item, i);
    buf_add_z(&w->out, event ? "END:VEVENT\r\n" : "END:VTODO\r\n");
}

static bool is_optional_time(int64_t utc)
{
    return utc == NO_TIME || is_writable(utc);
}

static bool is_whole(enum ics_kind kind, const struct ics_item *item)
{
    bool dated = item->when.type == ICS_DAY      ? is_writable_day(item->when.day)
                 : item->when.type == ICS_MOMENT ? is_writable(item->when.seconds)
                                                 : kind == ICS_TODO;
    for (size_t i = 0; i < item->alarm_count; i++)
        if (item->alarms[i] > ICS_DURATION_MAX || item->alarms[i] < -ICS_DURATION_MAX)
            return false;
    return item->uid.n && dated && is_writable(item->stamp) && is_optional_time(item->created) &&
           is_optional_time(item->completed);
}

/* ---- the stream ---- */

/* Sends on what has been put together. */
static void flush(struct ics_writer *w)
{
    if (w->out.failed)
        fail(w, ICS_NO_MEMORY);
    if (w->result == ICS_WRITTEN && w->out.n && !w->sink(w->arg, w->out.p, w->out.n))
        fail(w, ICS_SINK_FAILED);
    buf_reset(&w->out);
}

/* What is older than RFC 7986 knows a calendar's name and pace by properties of its own only. */
static void put_pace(struct ics_writer *w, int minutes)
{
    struct icaldurationtype each = icaldurationtype_from_int(minutes * 60);
    put_property(w, icalproperty_new_refreshinterval(each));
    char *text = icaldurationtype_as_ical_string_r(each);
    put_x(w, "X-PUBLISHED-TTL", text ? text : "");
    icalmemory_free_buffer(text);
}

static void put_color(struct ics_writer *w, const struct color *color)
{
    ics_line_word(&w->out, "COLOR", color->name);
    put_x(w, "X-APPLE-CALENDAR-COLOR", color->hex);
}

void ics_begin(struct ics_writer *w, enum ics_kind kind, ics_sink *sink, void *arg,
               const struct ics_calendar *calendar)
{
    static const char *const products[] = {
        [LANG_VI] = "-//motcua//motcua " MOTCUA_VERSION "//VI",
        [LANG_EN] = "-//motcua//motcua " MOTCUA_VERSION "//EN",
    };
    *w = (struct ics_writer){.kind = kind, .sink = sink, .arg = arg};
    icalerror_set_errors_are_fatal(0);
    buf_add_z(&w->out, "BEGIN:VCALENDAR\r\n");
    put_property(w, icalproperty_new_prodid(products[calendar->lang]));
    put_property(w, icalproperty_new_version("2.0"));
    put_property(w, icalproperty_new_calscale("GREGORIAN"));
    put_text(w, "NAME", calendar->name);
    if (calendar->name.n)
        put_x(w, "X-WR-CALNAME", plain(w, calendar->name));
    if (calendar->color)
        put_color(w, calendar->color);
    if (calendar->refresh_minutes > 0)
        put_pace(w, calendar->refresh_minutes);
    flush(w);
}

void ics_put(struct ics_writer *w, const struct ics_item *item)
{
    if (w->result == ICS_WRITTEN && !is_whole(w->kind, item))
        fail(w, ICS_BAD_ITEM);
    if (w->result != ICS_WRITTEN)
        return;
    put_component(w, item);
    flush(w);
    w->items += w->result == ICS_WRITTEN;
}

/* A calendar holds one component at least (RFC 5545 section 3.6), and an office without open dossiers still
 * has one to subscribe to: its time zone says nothing that is not so. */
static void put_zone(struct ics_writer *w)
{
    buf_add_z(&w->out, "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\nBEGIN:STANDARD\r\n"
                       "DTSTART:19750613T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0700\r\n"
                       "END:STANDARD\r\nEND:VTIMEZONE\r\n");
}

enum ics_result ics_end(struct ics_writer *w)
{
    if (w->items == 0)
        put_zone(w);
    buf_add_z(&w->out, "END:VCALENDAR\r\n");
    flush(w);
    buf_release(&w->text);
    buf_release(&w->out);
    ics_bench_release(&w->bench);
    for (size_t i = 0; i < ICS_TRIGGERS; i++)
        buf_release(&w->trigger[i].line);
    return w->result;
}

void ics_library_release(void)
{
    icaltimezone_free_builtin_timezones();
    icalmemory_free_ring();
}
