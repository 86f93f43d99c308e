#include "icalendar/zone_names.h"

#include "core/civil.h"
#include <libical/ical.h>
#include <stdlib.h>
#include <unicode/ucal.h>

enum { ID_MOST = 128, SECOND_MS = 1000, MINUTE_MS = 60000 };

/* ICU's own text: a name that is plain ASCII. */
struct id {
    UChar p[ID_MOST];
    int32_t n;
};

static bool id_of(struct str name, struct id *out)
{
    out->n = 0;
    if (!name.n || name.n >= ID_MOST)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] < ' ' || name.p[i] > '~')
            return false;
        out->p[out->n++] = (UChar)name.p[i];
    }
    return true;
}

/* ---- names of the IANA database ---- */

/* ICU also takes three letters for zones that share them with others (BST is Dhaka's to it): only those that
 * the database itself holds, or that can mean one thing alone. */
static bool is_ambiguous(struct str name)
{
    static const char *const sound[] = {"UTC", "GMT", "UCT", "CET", "EET", "MET", "WET",
                                        "EST", "MST", "HST", "PRC", "ROC", "ROK"};
    bool capitals = name.n == 3;
    for (size_t i = 0; i < name.n && capitals; i++)
        capitals = name.p[i] >= 'A' && name.p[i] <= 'Z';
    for (size_t i = 0; i < sizeof sound / sizeof *sound && capitals; i++)
        capitals = !str_eq(name, str_of(sound[i]));
    return capitals;
}

/* What ICU does not know it calls so. */
static bool is_no_place(const struct id *id)
{
    static const char unknown[] = "Etc/Unknown";
    for (int32_t i = 0; i < id->n || unknown[i]; i++)
        if (i == id->n || id->p[i] != (UChar)unknown[i])
            return false;
    return true;
}

static bool find_plain(struct str name, struct id *out)
{
    struct id canonical;
    UErrorCode error = U_ZERO_ERROR;
    UBool own = false;
    if (is_ambiguous(name) || !id_of(name, out))
        return false;
    canonical.n = ucal_getCanonicalTimeZoneID(out->p, out->n, canonical.p, ID_MOST, &own, &error);
    return U_SUCCESS(error) && error != U_STRING_NOT_TERMINATED_WARNING && !is_no_place(&canonical);
}

/* The last `parts` parts of a path. */
static struct str tail_of(struct str path, int parts)
{
    size_t at = path.n;
    while (at > 0) {
        if (path.p[at - 1] == '/' && --parts == 0)
            return str_from(path, at);
        at--;
    }
    return STR_NONE;
}

static bool find_prefixed(struct str name, struct id *out)
{
    for (int parts = 3; parts >= 1 && name.n && name.p[0] == '/'; parts--)
        if (find_plain(tail_of(name, parts), out))
            return true;
    return false;
}

/* ---- names of Windows ---- */

static bool find_windows(struct str name, struct id *out)
{
    struct id asked;
    UErrorCode error = U_ZERO_ERROR;
    if (!id_of(name, &asked))
        return false;
    out->n = ucal_getTimeZoneIDForWindowsID(asked.p, asked.n, NULL, out->p, ID_MOST, &error);
    return U_SUCCESS(error) && out->n > 0 && !is_no_place(out);
}

static bool number(struct str s, size_t *at, int *out)
{
    size_t from = *at;
    *out = 0;
    while (*at < s.n && *at < from + 2 && s.p[*at] >= '0' && s.p[*at] <= '9')
        *out = *out * 10 + (s.p[(*at)++] - '0');
    return *at > from;
}

/* "+07:00", "+7", "-3:30" from *at on: minutes. */
static bool read_offset(struct str s, size_t *at, int *out)
{
    int hour, minute = 0, sign = *at < s.n && s.p[*at] == '-' ? -1 : 1;
    if (*at >= s.n || (s.p[*at] != '+' && s.p[*at] != '-'))
        return false;
    (*at)++;
    if (!number(s, at, &hour))
        return false;
    if (*at < s.n && s.p[*at] == ':') {
        (*at)++;
        if (!number(s, at, &minute))
            return false;
    }
    *out = sign * (hour * 60 + minute);
    return hour <= 14 && minute < 60;
}

static bool begins_utc(struct str s)
{
    return str_starts(s, STR("UTC")) || str_starts(s, STR("GMT"));
}

/* "UTC+7", which says itself what it is. */
static bool find_offset(struct str name, struct id *out)
{
    size_t at = 3;
    int minutes;
    char custom[16] = "GMT+00:00";
    if (!begins_utc(name) || !read_offset(name, &at, &minutes) || at != name.n)
        return false;
    int size = minutes < 0 ? -minutes : minutes;
    custom[3] = minutes < 0 ? '-' : '+';
    custom[4] = (char)('0' + size / 600);
    custom[5] = (char)('0' + size / 60 % 10);
    custom[7] = (char)('0' + size % 60 / 10);
    custom[8] = (char)('0' + size % 10);
    return find_plain(str_of(custom), out);
}

/* Is this town ("New York") what the name of a zone ends in ("America/New_York")? */
static bool is_town(const char *zone, struct str town)
{
    const char *last = strrchr(zone, '/');
    if (!last || strlen(last + 1) != town.n)
        return false;
    for (size_t i = 0; i < town.n; i++)
        if (town.p[i] != (last[1 + i] == '_' ? ' ' : last[1 + i]))
            return false;
    return true;
}

/* The towns of a name as Outlook shows it are the zone's, and so is its offset: one of them that a zone of
 * that offset is named after tells which it is. */
static bool find_town(struct str towns, int minutes, struct id *out)
{
    int32_t raw = minutes * MINUTE_MS, n;
    UErrorCode error = U_ZERO_ERROR;
    UEnumeration *all = ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, NULL, &raw, &error);
    bool found = false;
    for (size_t at = 0; at < towns.n && !found && U_SUCCESS(error);) {
        while (at < towns.n && (towns.p[at] == ' ' || towns.p[at] == ','))
            at++;
        size_t end = at;
        while (end < towns.n && towns.p[end] != ',')
            end++;
        uenum_reset(all, &error);
        for (const char *zone;
             !found && end > at && (zone = uenum_next(all, &n, &error)) && U_SUCCESS(error);)
            found = is_town(zone, str_first(str_from(towns, at), end - at)) && find_plain(str_of(zone), out);
        at = end;
    }
    uenum_close(all);
    return found;
}

/* "(UTC+07:00) Bangkok, Hanoi, Jakarta"; "(UTC) Dublin, Edinburgh, Lisbon, London". */
static bool find_shown(struct str name, struct id *out)
{
    size_t at = 4;
    int minutes = 0;
    if (!name.n || name.p[0] != '(' || !begins_utc(str_from(name, 1)))
        return false;
    bool plain = at < name.n && name.p[at] == ')';
    if ((!plain && !read_offset(name, &at, &minutes)) || at >= name.n || name.p[at] != ')')
        return false;
    struct str towns = str_from(name, at + 1);
    return find_town(towns, minutes, out) ||
           (plain && str_eq(towns, STR(" Coordinated Universal Time")) && find_plain(STR("UTC"), out));
}

/* ---- clocks ---- */

/* The machine's own zoneinfo, by way of libical, is the more recent one; ICU's is always there. Only names
 * that ICU knows get so far: libical would look for any other among the machine's files. */
struct zone_clock {
    UCalendar *icu;
    icaltimezone *own; /* libical's; NULL: the machine has none of that name */
};

static bool find(struct str name, struct id *out)
{
    while (name.n && name.p[0] == ' ')
        name = str_from(name, 1);
    while (name.n && name.p[name.n - 1] == ' ')
        name.n--;
    return find_plain(name, out) || find_prefixed(name, out) || find_windows(name, out) ||
           find_offset(name, out) || find_shown(name, out);
}

static icaltimezone *find_own(const struct id *id)
{
    char name[ID_MOST + 1] = "";
    for (int32_t i = 0; i < id->n; i++)
        name[i] = (char)id->p[i];
    return icaltimezone_get_builtin_timezone(name);
}

struct zone_clock *zone_clock_find(struct str name)
{
    struct id id;
    UErrorCode error = U_ZERO_ERROR;
    struct zone_clock *c = find(name, &id) ? calloc(1, sizeof *c) : NULL;
    if (!c)
        return NULL;
    c->icu = ucal_open(id.p, id.n, "en", UCAL_GREGORIAN, &error);
    if (U_SUCCESS(error)) {
        c->own = find_own(&id);
        return c;
    }
    zone_clock_free(c);
    return NULL;
}

void zone_clock_free(struct zone_clock *c)
{
    if (c && c->icu)
        ucal_close(c->icu);
    free(c); /* the other is libical's */
}

/* Only of the years an office has: the rest of what is asked is ICU's. */
static bool own_offset(const struct zone_clock *c, int64_t wall, int *offset)
{
    enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };
    int64_t day = wall / DAY - (wall % DAY < 0);
    int second = (int)(wall - day * DAY), summer;
    struct icaltimetype t = icaltime_null_time();
    if (!c->own || day < civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) ||
        day > civil_from_ymd(CIVIL_LAST_YEAR, 12, 31))
        return false;
    struct civil date = civil_to_ymd((civil_day)day);
    t.year = date.year;
    t.month = date.month;
    t.day = date.day;
    t.hour = second / HOUR;
    t.minute = second % HOUR / MINUTE;
    t.second = second % MINUTE;
    *offset = icaltimezone_get_utc_offset(c->own, &t, &summer);
    return true;
}

bool zone_clock_offset(struct zone_clock *c, int64_t wall, int *offset)
{
    UErrorCode error = U_ZERO_ERROR;
    int32_t raw = 0, summer = 0;
    if (own_offset(c, wall, offset))
        return true;
    ucal_setMillis(c->icu, (UDate)wall * SECOND_MS, &error);
    ucal_getTimeZoneOffsetFromLocal(c->icu, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, &raw, &summer,
                                    &error);
    *offset = (raw + summer) / SECOND_MS;
    return U_SUCCESS(error);
}
