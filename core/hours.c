#include "core/hours.h"

struct office_hours office_hours_default(void)
{
    return (struct office_hours){
        .from = civil_from_ymd(CIVIL_FIRST_YEAR - 1, 1, 1),
        .weekdays = 1 << MONDAY | 1 << TUESDAY | 1 << WEDNESDAY | 1 << THURSDAY | 1 << FRIDAY,
        .span_count = 2,
        .span = {{7 * 60, 11 * 60 + 30}, {13 * 60 + 30, 17 * 60}},
    };
}

bool office_hours_are_sound(const struct office_hours *hours)
{
    if (hours->span_count < 1 || hours->span_count > HOURS_MAX_SPANS)
        return false;
    int from = 0; /* where the next span may begin */
    for (int i = 0; i < hours->span_count; i++) {
        int opens = hours->span[i].opens, closes = hours->span[i].closes;
        if (opens < from || closes <= opens || closes >= MINUTES_PER_DAY)
            return false;
        from = closes + 1;
    }
    return true;
}

/* What stands before the next `sign` in *rest, which is stepped over; the whole rest where there is none. */
static struct str cut(struct str *rest, char sign)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != sign)
        n++;
    struct str before = str_first(*rest, n);
    *rest = str_from(*rest, n + 1);
    return before;
}

bool office_hours_parse(struct str text, struct office_hours *hours)
{
    struct office_hours read = *hours;
    if (text.n && text.p[text.n - 1] == ',')
        return false;
    for (read.span_count = 0; text.n; read.span_count++) {
        if (read.span_count == HOURS_MAX_SPANS)
            return false;
        struct str closes = cut(&text, ','), opens = cut(&closes, '-');
        if (!civil_parse_hm(opens, &read.span[read.span_count].opens) ||
            !civil_parse_hm(closes, &read.span[read.span_count].closes))
            return false;
    }
    if (!office_hours_are_sound(&read))
        return false;
    *hours = read;
    return true;
}

void hours_format(struct buf *out, const struct office_hours *hours)
{
    char hm[CIVIL_TEXT];
    for (int i = 0; i < hours->span_count; i++) {
        buf_add_z(out, i ? ", " : "");
        buf_add_z(out, civil_hm(hm, hours->span[i].opens));
        buf_add_char(out, '-');
        buf_add_z(out, civil_hm(hm, hours->span[i].closes));
    }
}

int hours_open(const struct office_hours *hours)
{
    return hours->span[0].opens;
}

int hours_close(const struct office_hours *hours)
{
    return hours->span[hours->span_count - 1].closes;
}

int hours_total(const struct office_hours *hours)
{
    return hours_before(hours, hours_close(hours));
}

int hours_before(const struct office_hours *hours, int minute)
{
    int worked = 0;
    for (int i = 0; i < hours->span_count && hours->span[i].opens < minute; i++) {
        int until = minute < hours->span[i].closes ? minute : hours->span[i].closes;
        worked += until - hours->span[i].opens;
    }
    return worked;
}

int hours_after(const struct office_hours *hours, int worked)
{
    for (int i = 0; i < hours->span_count; i++) {
        int length = hours->span[i].closes - hours->span[i].opens;
        if (worked <= length)
            return hours->span[i].opens + worked;
        worked -= length;
    }
    return hours_close(hours);
}

int hours_next(const struct office_hours *hours, int minute)
{
    for (int i = 0; i < hours->span_count; i++)
        if (minute < hours->span[i].closes)
            return minute > hours->span[i].opens ? minute : hours->span[i].opens;
    return minute == hours_close(hours) ? minute : -1;
}

int hours_appointment(const struct office_hours *hours, int minute)
{
    for (int i = 0; i < hours->span_count; i++)
        if (minute <= hours->span[i].closes)
            return minute > hours->span[i].opens ? minute : hours->span[i].opens;
    return hours_close(hours);
}
