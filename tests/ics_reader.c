#include "tests/ics_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void __attribute__((format(printf, 2, 3))) fault(struct ics_stream *s, const char *format, ...)
{
    if (s->fault[0])
        return;
    va_list args;
    va_start(args, format);
    vsnprintf(s->fault, sizeof s->fault, format, args);
    va_end(args);
}

/* ---- section 3.1: lines ---- */

/* Bytes of the UTF-8 character at p, 0 when it is none (or a control that may not stand in a line). */
static size_t character(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return p[0] >= 0x20 && p[0] != 0x7F ? 1 : 0;
    size_t size = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || size > n)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (p[i] < 0x80 || p[i] > 0xBF)
            return 0;
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) || (p[0] == 0xF0 && p[1] < 0x90) ||
        (p[0] == 0xF4 && p[1] > 0x8F))
        return 0;
    return size;
}

static void check_line(struct ics_stream *s, const char *line, size_t n, int number)
{
    if (n == 0)
        fault(s, "line %d: empty", number);
    if (n > 75)
        fault(s, "line %d: %zu octets", number, n);
    if (n == 1 && line[0] == ' ')
        fault(s, "line %d: an empty continuation", number);
    for (size_t at = 0; at < n;) {
        size_t size = character((const unsigned char *)line + at, n - at);
        if (size == 0) {
            fault(s, "line %d: octet %zu begins no printable UTF-8 character", number, at);
            return;
        }
        at += size;
    }
}

/* Checks the physical lines and leaves the logical ones in s->text, each ended by NUL; returns the end. */
static char *unfold(struct ics_stream *s, struct str bytes)
{
    char *out = s->text = malloc(bytes.n + 1);
    bool first = true;
    int number = 1;
    for (size_t at = 0; at < bytes.n; number++) {
        const char *line = bytes.p + at;
        const char *lf = memchr(line, '\n', bytes.n - at);
        if (!lf || lf == line || lf[-1] != '\r') {
            fault(s, "line %d: does not end in CRLF", number);
            break;
        }
        size_t n = (size_t)(lf - line) - 1;
        check_line(s, line, n, number);
        bool continued = n > 0 && line[0] == ' ';
        if (continued && first)
            fault(s, "line %d: continues nothing", number);
        if (!continued && !first)
            *out++ = '\0';
        memcpy(out, line + continued, n - continued);
        out += n - continued;
        first = false;
        at += n + 2;
    }
    *out++ = '\0';
    return out;
}

/* ---- values ---- */

static bool digits(const char *p, int n)
{
    for (int i = 0; i < n; i++)
        if (p[i] < '0' || p[i] > '9')
            return false;
    return true;
}

static int number_of(const char *p, int n)
{
    int v = 0;
    for (int i = 0; i < n; i++)
        v = v * 10 + (p[i] - '0');
    return v;
}

static bool is_date(const char *v, size_t n)
{
    if (n < 8 || !digits(v, 8))
        return false;
    int year = number_of(v, 4), month = number_of(v + 4, 2), day = number_of(v + 6, 2);
    static const int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return year > 0 && month >= 1 && month <= 12 && day >= 1 &&
           day <= (month == 2 && !leap ? 28 : longest[month - 1]);
}

static bool is_utc(const char *v)
{
    return strlen(v) == 16 && is_date(v, 8) && v[8] == 'T' && digits(v + 9, 6) && v[15] == 'Z' &&
           number_of(v + 9, 2) < 24 && number_of(v + 11, 2) < 60 && number_of(v + 13, 2) < 60;
}

static bool is_integer(const char *v, int high)
{
    size_t n = strlen(v);
    return n > 0 && n < 10 && digits(v, (int)n) && number_of(v, (int)n) <= high;
}

/* Section 3.3.6, the "before" durations of an alarm and plain ones. */
static bool is_duration(const char *v)
{
    v += *v == '-';
    if (*v++ != 'P')
        return false;
    const char *units = "WDTHMS";
    bool any = false, in_time = false;
    while (*v) {
        if (*v == 'T' && !in_time) {
            in_time = true;
            v++;
            units = "HMS";
        }
        int n = 0;
        while (v[n] >= '0' && v[n] <= '9')
            n++;
        const char *unit = n && v[n] ? strchr(units, v[n]) : NULL;
        if (!unit || (strchr("HMS", *unit) && !in_time))
            return false;
        units = unit + 1;
        any = true;
        v += n + 1;
    }
    return any;
}

/* Section 3.3.11: what would separate is escaped, and nothing else is. */
static bool is_text(const char *v, bool list)
{
    for (; *v; v++) {
        if (*v == '\\') {
            v++;
            if (!*v || !strchr("\\;,nN", *v))
                return false;
        } else if (*v == ';' || (*v == ',' && !list)) {
            return false;
        }
    }
    return true;
}

static bool is_one_of(const char *v, const char *words)
{
    const char *found = strstr(words, v);
    size_t n = strlen(v);
    return n && found && (found == words || found[-1] == ' ') && (found[n] == ' ' || found[n] == '\0');
}

static bool is_when(const struct ics_property *p)
{
    if (strcmp(p->params, ";VALUE=DATE") == 0)
        return strlen(p->value) == 8 && is_date(p->value, 8);
    return p->params[0] == '\0' && is_utc(p->value);
}

/* ---- section 3.6: components ---- */

/* How often a property may stand in a component. */
enum times { ONCE, MAYBE, ANY, NEVER };
static const struct rule {
    const char *component, *property;
    enum times times;
} rules[] = {
    {"VCALENDAR", "PRODID", ONCE},
    {"VCALENDAR", "VERSION", ONCE},
    {"VCALENDAR", "CALSCALE", MAYBE},
    {"VCALENDAR", "NAME", ANY},
    {"VCALENDAR", "X-WR-CALNAME", MAYBE},
    {"VCALENDAR", "REFRESH-INTERVAL", MAYBE},
    {"VCALENDAR", "X-PUBLISHED-TTL", MAYBE},
    {"VEVENT", "X-MOTCUA-DAY", MAYBE},
    {"VEVENT", "UID", ONCE},
    {"VEVENT", "DTSTAMP", ONCE},
    {"VEVENT", "DTSTART", ONCE},
    {"VEVENT", "DTEND", MAYBE},
    {"VEVENT", "TRANSP", MAYBE},
    {"VEVENT", "SUMMARY", MAYBE},
    {"VEVENT", "DESCRIPTION", MAYBE},
    {"VEVENT", "LOCATION", MAYBE},
    {"VEVENT", "CATEGORIES", ANY},
    {"VEVENT", "STATUS", MAYBE},
    {"VEVENT", "SEQUENCE", MAYBE},
    {"VEVENT", "CREATED", MAYBE},
    {"VEVENT", "LAST-MODIFIED", MAYBE},
    {"VTODO", "UID", ONCE},
    {"VTODO", "DTSTAMP", ONCE},
    {"VTODO", "DUE", MAYBE},
    {"VTODO", "COMPLETED", MAYBE},
    {"VTODO", "PERCENT-COMPLETE", MAYBE},
    {"VTODO", "SUMMARY", MAYBE},
    {"VTODO", "DESCRIPTION", MAYBE},
    {"VTODO", "LOCATION", MAYBE},
    {"VTODO", "CATEGORIES", ANY},
    {"VTODO", "STATUS", MAYBE},
    {"VTODO", "SEQUENCE", MAYBE},
    {"VTODO", "CREATED", MAYBE},
    {"VTODO", "LAST-MODIFIED", MAYBE},
    {"VALARM", "ACTION", ONCE},
    {"VALARM", "DESCRIPTION", ONCE},
    {"VALARM", "TRIGGER", ONCE},
};
enum { RULES = sizeof rules / sizeof *rules };

static enum times allowed(const char *component, const char *property)
{
    for (int i = 0; i < RULES; i++)
        if (strcmp(rules[i].component, component) == 0 && strcmp(rules[i].property, property) == 0)
            return rules[i].times;
    return NEVER;
}

static bool value_is_right(const char *component, const struct ics_property *p)
{
    const char *n = p->name, *v = p->value;
    if (is_one_of(n, "DTSTART DTEND DUE"))
        return is_when(p);
    if (strcmp(n, "TRIGGER") == 0)
        return is_one_of(p->params[0] ? p->params : ";", "; ;RELATED=END") && is_duration(v);
    if (strcmp(n, "REFRESH-INTERVAL") == 0)
        return strcmp(p->params, ";VALUE=DURATION") == 0 && is_duration(v);
    if (p->params[0])
        return false;
    if (is_one_of(n, "DTSTAMP CREATED LAST-MODIFIED COMPLETED"))
        return is_utc(v);
    if (strcmp(n, "STATUS") == 0)
        return is_one_of(v, strcmp(component, "VTODO") == 0 ? "NEEDS-ACTION COMPLETED IN-PROCESS CANCELLED"
                                                            : "TENTATIVE CONFIRMED CANCELLED");
    if (strcmp(n, "TRANSP") == 0)
        return is_one_of(v, "OPAQUE TRANSPARENT");
    if (strcmp(n, "ACTION") == 0)
        return strcmp(v, "DISPLAY") == 0;
    if (strcmp(n, "VERSION") == 0)
        return strcmp(v, "2.0") == 0;
    if (strcmp(n, "CALSCALE") == 0)
        return strcmp(v, "GREGORIAN") == 0;
    if (strcmp(n, "X-MOTCUA-DAY") == 0)
        return is_one_of(v, "OFF WORKED CLOSED");
    if (strcmp(n, "SEQUENCE") == 0)
        return is_integer(v, 999999999);
    if (strcmp(n, "PERCENT-COMPLETE") == 0)
        return is_integer(v, 100);
    if (strcmp(n, "X-WR-CALNAME") == 0 || strcmp(n, "X-PUBLISHED-TTL") == 0)
        return true;
    return is_text(v, strcmp(n, "CATEGORIES") == 0);
}

static int count(const struct ics_stream *s, int component, const char *name)
{
    int n = 0;
    for (int i = 0; i < s->properties; i++)
        n += s->property[i].component == component && strcmp(s->property[i].name, name) == 0;
    return n;
}

/* Properties of a component stand together in a stream of ours, alarms aside; so one walk finds them all. */
static void check_counts(struct ics_stream *s, int component, int from, int to)
{
    int seen[RULES] = {0};
    const char *name = s->component[component].name;
    for (int i = from; i < to; i++)
        for (int r = 0; r < RULES && s->property[i].component == component; r++)
            seen[r] +=
                strcmp(rules[r].component, name) == 0 && strcmp(rules[r].property, s->property[i].name) == 0;
    for (int r = 0; r < RULES; r++) {
        if (strcmp(rules[r].component, name) != 0)
            continue;
        if (rules[r].times == ONCE && seen[r] != 1)
            fault(s, "%s no. %d: %s stands %d times", name, component, rules[r].property, seen[r]);
        if (rules[r].times == MAYBE && seen[r] > 1)
            fault(s, "%s no. %d: %s stands %d times", name, component, rules[r].property, seen[r]);
    }
}

/* Sections 3.6.1, 3.6.2, 3.6.6: what hangs together. */
static void check_together(struct ics_stream *s, int component)
{
    const char *name = s->component[component].name;
    const struct ics_property *start = ics_stream_property(s, component, "DTSTART", 0);
    const struct ics_property *end = ics_stream_property(s, component, "DTEND", 0);
    if (start && end && (strcmp(start->params, end->params) != 0 || strcmp(start->value, end->value) >= 0))
        fault(s, "%s no. %d: DTEND does not follow DTSTART", name, component);
    const struct ics_property *completed = ics_stream_property(s, component, "COMPLETED", 0);
    const struct ics_property *status = ics_stream_property(s, component, "STATUS", 0);
    if (completed && (!status || strcmp(status->value, "COMPLETED") != 0))
        fault(s, "%s no. %d: COMPLETED without the status", name, component);
    if (strcmp(name, "VALARM") != 0)
        return;
    int parent = s->component[component].parent;
    const struct ics_property *trigger = ics_stream_property(s, component, "TRIGGER", 0);
    const char *needs = trigger && strstr(trigger->params, "RELATED=END") ? "DUE" : "DTSTART";
    if (parent < 0 || count(s, parent, needs) != 1)
        fault(s, "alarm no. %d: nothing to reckon from (%s)", component, needs);
}

/* ---- reading ---- */

static void split(char *line, struct ics_property *p)
{
    static char nothing[1];
    char *at = line;
    while (*at && *at != ':' && *at != ';')
        at++;
    p->name = line;
    p->params = nothing;
    p->value = nothing;
    char separator = *at;
    char *colon = strchr(at, ':'); /* none of our parameters is quoted */
    if (!colon)
        return;
    p->value = colon + 1;
    if (separator == ';') {
        p->params = malloc((size_t)(colon - at) + 1);
        memcpy(p->params, at, (size_t)(colon - at));
        p->params[colon - at] = '\0';
    }
    *at = '\0';
}

static bool nests(const char *parent, const char *child)
{
    if (!parent)
        return strcmp(child, "VCALENDAR") == 0;
    if (strcmp(parent, "VCALENDAR") == 0)
        return is_one_of(child, "VEVENT VTODO");
    return is_one_of(parent, "VEVENT VTODO") && strcmp(child, "VALARM") == 0;
}

#define DEEP 8

struct open {
    int component[DEEP], first_property[DEEP];
    int depth;
};

static int innermost(const struct open *o)
{
    return o->depth ? o->component[o->depth - 1] : -1;
}

static void begin(struct ics_stream *s, struct open *o, const char *name)
{
    int parent = innermost(o);
    if (o->depth == DEEP || !nests(parent < 0 ? NULL : s->component[parent].name, name)) {
        fault(s, "BEGIN:%s where it may not stand", name);
        return;
    }
    if (parent < 0 && s->components)
        fault(s, "a second calendar");
    s->component[s->components] = (struct ics_component){name, parent};
    o->component[o->depth] = s->components++;
    o->first_property[o->depth++] = s->properties;
}

static void end(struct ics_stream *s, struct open *o, const char *name)
{
    int component = innermost(o);
    if (component < 0 || strcmp(s->component[component].name, name) != 0) {
        fault(s, "END:%s ends nothing", name);
        return;
    }
    o->depth--;
    check_counts(s, component, o->first_property[o->depth], s->properties);
}

static void add(struct ics_stream *s, const struct open *o, struct ics_property p)
{
    p.component = innermost(o);
    if (p.component < 0) {
        fault(s, "%s outside of everything", p.name);
        return;
    }
    const char *component = s->component[p.component].name;
    if (allowed(component, p.name) == NEVER)
        fault(s, "%s has a %s", component, p.name);
    if (!value_is_right(component, &p))
        fault(s, "%s: %s%s:%s is wrong", component, p.name, p.params, p.value);
    s->property[s->properties++] = p;
}

void ics_stream_read(struct ics_stream *s, struct str bytes)
{
    *s = (struct ics_stream){.components = 0};
    char *last = unfold(s, bytes);
    size_t lines = 1;
    for (char *p = s->text; p < last; p++)
        lines += *p == '\0';
    s->component = calloc(lines, sizeof *s->component);
    s->property = calloc(lines, sizeof *s->property);
    struct open open = {.depth = 0};
    for (char *line = s->text; line < last;) {
        char *next = line + strlen(line) + 1;
        struct ics_property p = {.component = -1};
        split(line, &p);
        if (strcmp(p.name, "BEGIN") == 0)
            begin(s, &open, p.value);
        else if (strcmp(p.name, "END") == 0)
            end(s, &open, p.value);
        else
            add(s, &open, p);
        line = next;
    }
    if (open.depth || s->components == 0)
        fault(s, "the calendar does not end");
    /* Only now, when a parent's later properties are known too. The walk is quadratic: long streams are
     * checked for the rest alone. */
    for (int i = 0; i < s->components && s->components < 3000; i++)
        check_together(s, i);
}

void ics_stream_release(struct ics_stream *s)
{
    for (int i = 0; i < s->properties; i++)
        if (s->property[i].params[0])
            free(s->property[i].params);
    free(s->property);
    free(s->component);
    free(s->text);
}

int ics_stream_component(const struct ics_stream *s, const char *name, int n)
{
    for (int i = 0; i < s->components; i++)
        if (strcmp(s->component[i].name, name) == 0 && n-- == 0)
            return i;
    return -1;
}

const struct ics_property *ics_stream_property(const struct ics_stream *s, int component, const char *name,
                                               int n)
{
    for (int i = 0; i < s->properties; i++)
        if (s->property[i].component == component && strcmp(s->property[i].name, name) == 0 && n-- == 0)
            return &s->property[i];
    return NULL;
}

char *ics_unescape(char *out, const char *value)
{
    char *at = out;
    for (; *value; value++) {
        if (*value == '\\' && value[1]) {
            value++;
            *at++ = *value == 'n' || *value == 'N' ? '\n' : *value;
        } else {
            *at++ = *value;
        }
    }
    *at = '\0';
    return out;
}
