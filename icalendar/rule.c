#include "icalendar/rule.h"

#include <libical/ical.h>

enum { NONE = ICAL_RECURRENCE_ARRAY_MAX, MONTHS = 12, DAYS = 31 };

static bool set_bits(const short *list, size_t most, int largest, uint32_t *forward, uint32_t *back)
{
    for (size_t i = 0; i < most && list[i] != NONE; i++) {
        int v = list[i];
        if (v == 0 || v > largest || v < -largest || (v < 0 && !back))
            return false;
        *(v > 0 ? forward : back) |= (uint32_t)1 << (v > 0 ? v : -v);
    }
    return true;
}

/* libical counts weekdays from Sunday, 1. */
static enum weekday weekday_of(enum icalrecurrencetype_weekday day)
{
    return day == ICAL_SUNDAY_WEEKDAY ? SUNDAY : (enum weekday)(day - 1);
}

static bool set_weekdays(const struct icalrecurrencetype *r, struct series_rule *out)
{
    for (size_t i = 0; i < ICAL_BY_DAY_SIZE && r->by_day[i] != NONE; i++) {
        enum icalrecurrencetype_weekday day = icalrecurrencetype_day_day_of_week(r->by_day[i]);
        if (out->weekdays == SERIES_LIST || day < ICAL_SUNDAY_WEEKDAY || day > ICAL_SATURDAY_WEEKDAY)
            return false;
        out->weekday[out->weekdays++] =
            (struct series_weekday){icalrecurrencetype_day_position(r->by_day[i]), weekday_of(day)};
    }
    return true;
}

static bool set_positions(const struct icalrecurrencetype *r, struct series_rule *out)
{
    for (size_t i = 0; i < ICAL_BY_SETPOS_SIZE && r->by_set_pos[i] != NONE; i++) {
        if (out->positions == SERIES_LIST || r->by_set_pos[i] == 0)
            return false;
        out->position[out->positions++] = r->by_set_pos[i];
    }
    return true;
}

static bool set_step(const struct icalrecurrencetype *r, struct series_rule *out)
{
    switch (r->freq) {
    case ICAL_DAILY_RECURRENCE: out->step = SERIES_DAILY; return true;
    case ICAL_WEEKLY_RECURRENCE: out->step = SERIES_WEEKLY; return true;
    case ICAL_MONTHLY_RECURRENCE: out->step = SERIES_MONTHLY; return true;
    case ICAL_YEARLY_RECURRENCE: out->step = SERIES_YEARLY; return true;
    default: return false;
    }
}

static bool take_until(struct icaltimetype t, struct rule_until *out)
{
    *out = (struct rule_until){.given = !icaltime_is_null_time(t)};
    if (!out->given)
        return true;
    if (!civil_is_valid(t.year, t.month, t.day) || t.hour < 0 || t.hour > 23 || t.minute < 0 ||
        t.minute > 59 || t.second < 0 || t.second > 60)
        return false;
    out->timed = !t.is_date;
    out->utc = out->timed && icaltime_is_utc(t);
    out->day = civil_from_ymd(t.year, t.month, t.day);
    out->second = out->timed ? t.hour * 3600 + t.minute * 60 + t.second : 0;
    return true;
}

bool rule_of(const struct icalrecurrencetype *r, struct series_rule *out, struct rule_until *until)
{
    const short *finer[] = {r->by_second, r->by_minute, r->by_hour, r->by_year_day, r->by_week_no};
    *out = (struct series_rule){.interval = r->interval,
                                .count = r->count,
                                .until = SERIES_FOREVER,
                                .week_start = weekday_of(r->week_start)};
    for (size_t i = 0; i < sizeof finer / sizeof *finer; i++)
        if (finer[i][0] != NONE)
            return false;
    return !r->rscale && take_until(r->until, until) && set_step(r, out) &&
           set_bits(r->by_month, ICAL_BY_MONTH_SIZE, MONTHS, &out->months, NULL) &&
           set_bits(r->by_month_day, ICAL_BY_MONTHDAY_SIZE, DAYS, &out->days, &out->days_back) &&
           set_weekdays(r, out) && set_positions(r, out) && series_is_sound(out);
}

bool rule_parse(const char *value, struct series_rule *out, struct rule_until *until)
{
    /* Of other calendars than ours; and whose memory its name is, libical leaves open. */
    if (strcasestr(value, "RSCALE"))
        return false;
    struct icalrecurrencetype recur = icalrecurrencetype_from_string(value);
    return recur.freq != ICAL_NO_RECURRENCE && rule_of(&recur, out, until);
}
