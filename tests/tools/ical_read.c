/* What libical makes of a stream on standard input: for each item its UID, SUMMARY, DESCRIPTION and LOCATION
 * as it understands them, between US and ended by RS. Exit status 1 when it found an error in any of it. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_all(FILE *f)
{
    char *text = NULL;
    size_t n = 0, cap = 0;
    do {
        if (cap - n < 65536) {
            cap = cap ? 2 * cap : 1 << 20;
            text = realloc(text, cap);
            if (!text)
                abort();
        }
        n += fread(text + n, 1, cap - n - 1, f);
    } while (!feof(f) && !ferror(f));
    text[n] = '\0';
    return text;
}

static void put(const char *text, char end)
{
    fputs(text ? text : "", stdout);
    putchar(end);
}

static void put_items(icalcomponent *calendar)
{
    icalcompiter i = icalcomponent_begin_component(calendar, ICAL_ANY_COMPONENT);
    for (icalcomponent *c; (c = icalcompiter_deref(&i)) != NULL; icalcompiter_next(&i)) {
        put(icalcomponent_get_uid(c), '\x1f');
        put(icalcomponent_get_summary(c), '\x1f');
        put(icalcomponent_get_description(c), '\x1f');
        put(icalcomponent_get_location(c), '\x1e');
    }
}

int main(void)
{
    icalerror_set_errors_are_fatal(0);
    char *text = read_all(stdin);
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        fputs("libical sees no calendar\n", stderr);
        return 1;
    }
    int errors = icalcomponent_count_errors(calendar);
    put_items(calendar);
    icalcomponent_free(calendar);
    free(text);
    if (errors)
        fprintf(stderr, "libical finds %d errors\n", errors);
    return errors || fflush(stdout) ? 1 : 0;
}
