#include "icalendar/duration.h"

/* Units in the order they must come in. `in_time`: in ISO 8601 they stand after the T. */
static const struct unit {
    char letter;
    bool in_time;
    int64_t seconds;
} units[] = {{'W', false, 604800}, {'D', false, 86400}, {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};
enum { UNITS = sizeof units / sizeof units[0] };

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool take(struct str *text, char letter)
{
    if (text->n == 0 || upper(text->p[0]) != letter)
        return false;
    *text = str_from(*text, 1);
    return true;
}

static bool take_number(struct str *text, int64_t *number)
{
    size_t digits = 0;
    int64_t value = 0;
    for (; digits < text->n && text->p[digits] >= '0' && text->p[digits] <= '9'; digits++) {
        value = value * 10 + (text->p[digits] - '0');
        if (value > ICS_DURATION_MAX)
            return false;
    }
    *text = str_from(*text, digits);
    *number = value;
    return digits > 0;
}

/* NUMBER UNIT, the unit after units[*from - 1]. */
static bool take_part(struct str *text, bool iso, bool in_time, int *from, int64_t *seconds)
{
    int64_t number;
    if (!take_number(text, &number))
        return false;
    for (int i = *from; i < UNITS; i++) {
        if (iso && units[i].in_time != in_time)
            continue;
        if (!take(text, units[i].letter))
            continue;
        *from = i + 1;
        *seconds += number * units[i].seconds;
        return *seconds <= ICS_DURATION_MAX;
    }
    return false;
}

bool ics_duration_parse(struct str text, int64_t *seconds)
{
    bool minus = take(&text, '-');
    bool iso = take(&text, 'P');
    bool in_time = false;
    int from = 0;
    int64_t sum = 0;
    if ((minus && !iso) || text.n == 0)
        return false;
    while (text.n) {
        if (iso && !in_time && take(&text, 'T')) {
            in_time = true;
            if (text.n == 0)
                return false;
        }
        if (!take_part(&text, iso, in_time, &from, &sum))
            return false;
        if (iso && units[from - 1].letter == 'W' && text.n)
            return false; /* weeks stand alone */
    }
    *seconds = sum;
    return true;
}
