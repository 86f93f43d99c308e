#include "icalendar/zone_rules.h"

#include "icalendar/rule.h"

enum { DAY = 86400, BACK = 1200, MOST = 64, OFFSET_MOST = 24 * 3600 };

/* ---- values ---- */

static bool digits(struct str s, size_t at, size_t n, int *out)
{
    *out = 0;
    for (size_t i = at; i < at + n; i++) {
        if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
            return false;
        *out = *out * 10 + (s.p[i] - '0');
    }
    return true;
}

/* 20071104T020000: on the zone's own wall clock, which is why nothing may follow it. */
static bool parse_wall(struct str s, int64_t *out)
{
    int year, month, day, hour, minute, second;
    if (s.n != 15 || s.p[8] != 'T' || !digits(s, 0, 4, &year) || !digits(s, 4, 2, &month) ||
        !digits(s, 6, 2, &day) || !digits(s, 9, 2, &hour) || !digits(s, 11, 2, &minute) ||
        !digits(s, 13, 2, &second) || !civil_is_valid(year, month, day) || hour > 23 || minute > 59 ||
        second > 59)
        return false;
    *out = (int64_t)civil_from_ymd(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
    return true;
}

/* +0700, -0330, +070640 */
static bool parse_offset(struct str s, int *out)
{
    int hour, minute, second = 0, seconds;
    if ((s.n != 5 && s.n != 7) || (s.p[0] != '+' && s.p[0] != '-') || !digits(s, 1, 2, &hour) ||
        !digits(s, 3, 2, &minute) || (s.n == 7 && !digits(s, 5, 2, &second)))
        return false;
    seconds = hour * 3600 + minute * 60 + second;
    *out = s.p[0] == '-' ? -seconds : seconds;
    return seconds < OFFSET_MOST && minute < 60 && second < 60;
}

/* ---- reading ---- */

void zone_rules_begin(struct zone_rules *z, struct arena *arena)
{
    if (!z->observance)
        z->observance = arena_alloc(arena, ZONE_OBSERVANCES * sizeof *z->observance);
    z->broken = z->broken || !z->observance || z->count == ZONE_OBSERVANCES;
    if (!z->broken)
        z->observance[z->count++] = (struct zone_observance){.until = INT64_MAX};
}

static bool take_rule(struct zone_observance *o, struct arena *arena, const struct content *line)
{
    struct rule_until until = {.given = false};
    o->rule = o->rule ? NULL : arena_alloc(arena, sizeof *o->rule); /* one is enough for anybody */
    if (!o->rule || !rule_parse(line->value.p, o->rule, &until) || o->rule->step != SERIES_YEARLY ||
        o->rule->interval != 1 || o->rule->count)
        return false;
    if (until.given)
        o->until = until.day * DAY + (until.timed ? until.second : DAY);
    return true;
}

static bool take_onsets(struct zone_observance *o, struct arena *arena, struct str list)
{
    if (!o->onset)
        o->onset = arena_alloc(arena, ZONE_ONSETS * sizeof *o->onset);
    for (size_t at = 0; o->onset && at <= list.n;) {
        const char *comma = memchr(list.p + at, ',', list.n - at);
        size_t end = comma ? (size_t)(comma - list.p) : list.n;
        if (o->onsets == ZONE_ONSETS ||
            !parse_wall(str_first(str_from(list, at), end - at), &o->onset[o->onsets++]))
            return false;
        at = end + 1;
    }
    return o->onset != NULL;
}

void zone_rules_take(struct zone_rules *z, struct arena *arena, const struct content *line)
{
    struct zone_observance *o = z->count ? &z->observance[z->count - 1] : NULL;
    bool fine = true;
    if (z->broken || !o)
        return;
    if (content_is(line->name, "DTSTART"))
        fine = o->dated = parse_wall(line->value, &o->start);
    else if (content_is(line->name, "TZOFFSETFROM"))
        fine = o->from_given = parse_offset(line->value, &o->from);
    else if (content_is(line->name, "TZOFFSETTO"))
        fine = o->to_given = parse_offset(line->value, &o->to);
    else if (content_is(line->name, "RRULE"))
        fine = take_rule(o, arena, line);
    else if (content_is(line->name, "RDATE"))
        fine = take_onsets(o, arena, line->value);
    z->broken = !fine;
}

/* ---- asking ---- */

struct lookup {
    int64_t wall;
    bool found, early; /* early: its first onset is what was found so far, before all of them */
    int64_t onset;
    int offset;
};

/* Clocks put forward skip an hour: until it is over the old offset counts. */
static void look_at(struct lookup *l, const struct zone_observance *o, int64_t onset)
{
    int64_t over = onset + (o->to > o->from ? o->to - o->from : 0);
    if (over <= l->wall) {
        if (!l->found || l->early || onset >= l->onset)
            *l = (struct lookup){l->wall, true, false, onset, o->to};
    } else if (!l->found || (l->early && onset < l->onset)) {
        *l = (struct lookup){l->wall, true, true, onset, o->from};
    }
}

static bool look_at_rule(struct lookup *l, const struct zone_observance *o, size_t *work)
{
    civil_day days[MOST];
    size_t n = 0;
    int64_t day = l->wall / DAY - (l->wall % DAY < 0);
    int64_t start = o->start / DAY - (o->start % DAY < 0), second = o->start - start * DAY;
    if (!series_days(o->rule, start, (civil_day)day - BACK, (civil_day)day + 1, days, MOST, &n, work))
        return false;
    for (size_t i = 0; i < n; i++)
        if (days[i] * (int64_t)DAY + second - o->from <= o->until)
            look_at(l, o, days[i] * (int64_t)DAY + second);
    return true;
}

/* The last onset of a rule that ended long ago is still the zone's last word. */
static bool look_at_ended(struct lookup *l, const struct zone_observance *o, size_t *work)
{
    if (o->until == INT64_MAX || o->until + o->from >= l->wall)
        return true;
    struct lookup then = {.wall = o->until + o->from};
    if (!look_at_rule(&then, o, work))
        return false;
    if (then.found && !then.early)
        look_at(l, o, then.onset);
    return true;
}

bool zone_rules_offset(const struct zone_rules *z, int64_t wall, int *offset, size_t *work)
{
    struct lookup l = {.wall = wall};
    for (size_t i = 0; i < z->count && !z->broken; i++) {
        const struct zone_observance *o = &z->observance[i];
        if (!o->dated || !o->from_given || !o->to_given)
            return false;
        look_at(&l, o, o->start);
        for (size_t k = 0; k < o->onsets; k++)
            look_at(&l, o, o->onset[k]);
        if (o->rule && (!look_at_rule(&l, o, work) || !look_at_ended(&l, o, work)))
            return false;
    }
    *offset = l.offset;
    return l.found && !z->broken;
}
