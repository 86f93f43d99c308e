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

static struct icaltimetype date_value(civil_day day)
{
    struct civil c = civil_to_ymd(day);
    struct icaltimetype t = icaltime_null_time();
    t.year = c.year;
    t.month = c.month;
    t.day = c.day;
    t.is_date = 1;
    return t;
}

static struct icaltimetype moment_value(int64_t utc)
{
    int64_t day = utc / 86400 - (utc % 86400 < 0);
    int second = (int)(utc - day * 86400);
    struct icaltimetype t = date_value((civil_day)day);
    t.is_date = 0;
    t.hour = second / 3600;
    t.minute = second / 60 % 60;
    t.second = second % 60;
    t.zone = icaltimezone_get_utc_timezone();
    return t;
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

/* Lines that are often those of the item before. */
enum kept {
    KEPT_STAMP,
    KEPT_START,
    KEPT_END,
    KEPT_TRANSP,
    KEPT_COMPLETED,
    KEPT_LOCATION,
    KEPT_STATUS,
    KEPT_SEQUENCE,
    KEPT_CREATED,
    KEPT_MODIFIED,
    KEPT_TRIGGER, /* of the first alarm */
    KEPT_ALARM_TEXT,
    KEPT_CATEGORY, /* the first, and those behind it */
    KEPT_NOT = ICS_LINES,
};

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

/* Writes the kept line if it was made from the same. */
static bool put_kept(struct ics_writer *w, unsigned kept, struct str from)
{
    if (kept >= ICS_LINES || !w->kept[kept].line.n || !str_eq(buf_str(&w->kept[kept].from), from))
        return false;
    buf_add_str(&w->out, buf_str(&w->kept[kept].line));
    return true;
}

/* Writes the property and keeps its line. */
static void put_and_keep(struct ics_writer *w, unsigned kept, struct str from, icalproperty *property)
{
    size_t before = w->out.n;
    put_property(w, property);
    if (kept >= ICS_LINES || w->out.failed)
        return;
    struct ics_line *k = &w->kept[kept];
    buf_reset(&k->from);
    buf_reset(&k->line);
    buf_add_str(&k->from, from);
    buf_add_str(&k->line, str_from(buf_str(&w->out), before));
    if (k->from.failed || k->line.failed)
        buf_reset(&k->line);
}

static void put_text(struct ics_writer *w, unsigned kept, icalproperty *make(const char *), struct str s)
{
    if (s.n && !put_kept(w, kept, s))
        put_and_keep(w, kept, s, make(plain(w, s)));
}

static void put_time(struct ics_writer *w, unsigned kept, icalproperty *make(struct icaltimetype),
                     struct ics_when when)
{
    const struct {
        int64_t type, time;
    } key = {when.type, when.type == ICS_DAY ? when.day : when.seconds};
    struct str from = {(const char *)&key, sizeof key};
    if (when.type != ICS_NEVER && !put_kept(w, kept, from))
        put_and_keep(w, kept, from,
                     make(when.type == ICS_DAY ? date_value(when.day) : moment_value(when.seconds)));
}

static void put_moment(struct ics_writer *w, unsigned kept, icalproperty *make(struct icaltimetype),
                       int64_t utc)
{
    put_time(w, kept, make,
             (struct ics_when){.type = utc == NO_TIME ? ICS_NEVER : ICS_MOMENT, .seconds = utc});
}

/* `make` is one of libical's constructors from a number or an enumeration. */
#define PUT_NUMBER(w, kept, make, number)                                                                    \
    do {                                                                                                     \
        const int64_t key = (number);                                                                        \
        struct str from = {(const char *)&key, sizeof key};                                                  \
        if (!put_kept((w), (kept), from))                                                                    \
            put_and_keep((w), (kept), from, make(number));                                                   \
    } while (0)

static void put_category(struct ics_writer *w, unsigned kept, struct str s)
{
    if (!s.n || put_kept(w, kept, s))
        return;
    const char *text = tag(w, s);
    if (*text)
        put_and_keep(w, kept, s, icalproperty_new_categories(text));
}

/* A property that no standard names. */
static void put_x(struct ics_writer *w, const char *name, const char *value)
{
    icalproperty *property = icalproperty_new_x(value);
    if (property)
        icalproperty_set_x_name(property, name);
    put_property(w, property);
}

/* ---- a component ---- */

/* An event of a whole day says so by its end too: old readers make nothing, or two days, of one that leaves
 * it out. */
static void put_event_times(struct ics_writer *w, const struct ics_item *item)
{
    put_time(w, KEPT_START, icalproperty_new_dtstart, item->when);
    if (item->when.type == ICS_DAY)
        put_time(w, KEPT_END, icalproperty_new_dtend,
                 (struct ics_when){.type = ICS_DAY, .day = item->when.day + 1});
    PUT_NUMBER(w, KEPT_TRANSP, icalproperty_new_transp,
               item->blocks ? ICAL_TRANSP_OPAQUE : ICAL_TRANSP_TRANSPARENT);
}

static void put_todo_times(struct ics_writer *w, const struct ics_item *item)
{
    put_time(w, KEPT_START, icalproperty_new_due, item->when);
    if (item->state != ICS_DONE)
        return;
    put_moment(w, KEPT_COMPLETED, icalproperty_new_completed, item->completed);
    PUT_NUMBER(w, KEPT_END, icalproperty_new_percentcomplete, 100);
}

static enum icalproperty_status status_value(enum ics_kind kind, enum ics_state state)
{
    if (state == ICS_CANCELLED)
        return ICAL_STATUS_CANCELLED;
    if (kind == ICS_EVENT)
        return ICAL_STATUS_CONFIRMED;
    return state == ICS_DONE ? ICAL_STATUS_COMPLETED : ICAL_STATUS_NEEDSACTION;
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

static void put_alarm(struct ics_writer *w, const struct ics_item *item, size_t index)
{
    int64_t before = item->alarms[index];
    struct str from = {(const char *)&before, sizeof before};
    unsigned kept = index == 0 ? KEPT_TRIGGER : KEPT_NOT;
    buf_add_z(&w->out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\n");
    if (!put_kept(w, kept, from))
        put_and_keep(w, kept, from, trigger(w->kind, before));
    if (item->summary.n)
        put_text(w, KEPT_ALARM_TEXT, icalproperty_new_description, item->summary);
    else
        buf_add_z(&w->out, "DESCRIPTION:\r\n"); /* one there must be */
    buf_add_z(&w->out, "END:VALARM\r\n");
}

static void put_component(struct ics_writer *w, const struct ics_item *item)
{
    bool event = w->kind == ICS_EVENT;
    buf_add_z(&w->out, event ? "BEGIN:VEVENT\r\n" : "BEGIN:VTODO\r\n");
    put_text(w, KEPT_NOT, icalproperty_new_uid, item->uid);
    put_moment(w, KEPT_STAMP, icalproperty_new_dtstamp, item->stamp);
    if (event)
        put_event_times(w, item);
    else
        put_todo_times(w, item);
    put_text(w, KEPT_NOT, icalproperty_new_summary, item->summary);
    put_text(w, KEPT_NOT, icalproperty_new_description, item->description);
    put_text(w, KEPT_LOCATION, icalproperty_new_location, item->location);
    for (size_t i = 0; i < item->category_count; i++)
        put_category(w, KEPT_CATEGORY + (unsigned)i, item->categories[i]);
    PUT_NUMBER(w, KEPT_STATUS, icalproperty_new_status, status_value(w->kind, item->state));
    PUT_NUMBER(w, KEPT_SEQUENCE, icalproperty_new_sequence, (int)item->sequence);
    put_moment(w, KEPT_CREATED, icalproperty_new_created, item->created);
    put_moment(w, KEPT_MODIFIED, icalproperty_new_lastmodified, item->stamp);
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
    put_text(w, KEPT_NOT, icalproperty_new_name, calendar->name);
    if (calendar->name.n)
        put_x(w, "X-WR-CALNAME", plain(w, calendar->name));
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

enum ics_result ics_end(struct ics_writer *w)
{
    buf_add_z(&w->out, "END:VCALENDAR\r\n");
    flush(w);
    buf_release(&w->text);
    buf_release(&w->out);
    for (int i = 0; i < ICS_LINES; i++) {
        buf_release(&w->kept[i].from);
        buf_release(&w->kept[i].line);
    }
    return w->result;
}

void ics_library_release(void)
{
    icaltimezone_free_builtin_timezones();
    icalmemory_free_ring();
}
