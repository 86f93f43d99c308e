/* ics_reader: a strict reader of iCalendar streams for tests, written from RFC 5545 alone. It takes nothing
 * on trust: lines, folding, UTF-8, escapes, value types, and which properties a component must and may hold.
 */
#ifndef MOTCUA_TESTS_ICS_READER_H
#define MOTCUA_TESTS_ICS_READER_H

#include "core/str.h"

struct ics_property {
    int component;               /* index into `component` */
    char *name, *params, *value; /* as written, unfolded; params "" or ";A=B" */
};

struct ics_component {
    const char *name; /* "VEVENT", … */
    int parent;       /* -1 for the calendar */
};

struct ics_stream {
    struct ics_component *component;
    int components;
    struct ics_property *property;
    int properties;
    char fault[240]; /* the first thing that is wrong, with its line; "" when all is right */
    char *text;
};

/* Reads and checks the whole; look at `fault`. What RFC 5545 asks is asked but for one thing: a calendar
 * without any component is let through. */
void ics_stream_read(struct ics_stream *s, struct str bytes);
void ics_stream_release(struct ics_stream *s);
/* The n-th component of that name (from 0), -1 for none. */
int ics_stream_component(const struct ics_stream *s, const char *name, int n);
/* The n-th property of that name of a component, NULL for none. */
const struct ics_property *ics_stream_property(const struct ics_stream *s, int component, const char *name,
                                               int n);
/* A TEXT value with its escapes undone, into `out` (as large as the value). */
char *ics_unescape(char *out, const char *value);

#endif
