#include "tui/typed.h"

#include "core/text.h"

static struct str trimmed(struct str s)
{
    while (s.n && s.p[0] == ' ')
        s = str_from(s, 1);
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    return s;
}

/* One or two digits at *at; -1 when there are none. */
static int small_number(struct str s, size_t *at)
{
    int value = -1;
    for (int i = 0; i < 2 && *at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9'; i++)
        value = (value < 0 ? 0 : value) * 10 + (s.p[(*at)++] - '0');
    return value;
}

/* "9:30", "9h30", "9h", "9g30": the whole text. */
static bool parse_hour(struct str s, int *minute)
{
    size_t at = 0;
    int hour = small_number(s, &at);
    if (hour < 0 || hour > 23 || at == s.n || !strchr(":hHgG", s.p[at]))
        return false;
    bool colon = s.p[at++] == ':';
    int rest = small_number(s, &at);
    if (at != s.n || rest > 59 || (rest < 0 && colon))
        return false;
    *minute = hour * 60 + (rest < 0 ? 0 : rest);
    return true;
}

/* Four digits of a year that the calendar knows. */
static bool parse_year(struct str s, int *year)
{
    int value = 0;
    if (s.n != 4)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (s.p[i] - '0');
    }
    *year = value;
    return value >= CIVIL_FIRST_YEAR && value <= CIVIL_LAST_YEAR;
}

/* "20/11", "1/12/2026", or a whole date. */
static bool parse_date(struct str s, civil_day today, civil_day *day)
{
    struct civil_input whole;
    if (civil_parse(s, &whole)) {
        *day = whole.day;
        return whole.minute_of_day < 0;
    }
    size_t at = 0;
    int d = small_number(s, &at), year = civil_to_ymd(today).year;
    if (d < 0 || at == s.n || s.p[at++] != '/')
        return false;
    int m = small_number(s, &at);
    if (at < s.n && (s.p[at] != '/' || !parse_year(str_from(s, at + 1), &year)))
        return false;
    if (!civil_is_valid(year, m, d))
        return false;
    *day = civil_from_ymd(year, m, d);
    return true;
}

bool typed_time(struct str text, civil_day today, struct typed_time *out)
{
    struct str s = trimmed(text);
    struct civil_input whole;
    if (civil_parse(s, &whole)) {
        if (!whole.has_offset)
            *out = (struct typed_time){whole.day, whole.minute_of_day};
        return !whole.has_offset;
    }
    struct typed_time t = {.day = today, .minute_of_day = -1};
    const char *blank = s.n ? memchr(s.p, ' ', s.n) : NULL;
    size_t split = blank ? (size_t)(blank - s.p) : 0;
    bool ok =
        parse_date(s, today, &t.day) || (blank ? parse_date(str_first(s, split), today, &t.day) &&
                                                     parse_hour(trimmed(str_from(s, split)), &t.minute_of_day)
                                               : parse_hour(s, &t.minute_of_day));
    if (ok)
        *out = t;
    return ok;
}

/* ---- limits ---- */

static bool parse_words(struct str folded, struct limit *out)
{
    static const struct {
        const char *words, *unit;
    } units[] = {
        {" ngay lam viec", " working_days"}, {" nlv", " working_days"},         {" ngay", " calendar_days"},
        {" gio lam viec", " working_hours"}, {" gio", " working_hours"},        {" thang", " months"},
        {" working days", " working_days"},  {" working day", " working_days"}, {" days", " calendar_days"},
        {" day", " calendar_days"},          {" hours", " working_hours"},      {" hour", " working_hours"},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        struct str words = str_of(units[i].words);
        if (folded.n <= words.n || !str_eq(str_from(folded, folded.n - words.n), words))
            continue;
        struct buf plain = BUF_INIT;
        buf_add_str(&plain, str_first(folded, folded.n - words.n));
        buf_add_z(&plain, units[i].unit);
        bool ok = limit_parse(buf_str(&plain), out);
        buf_release(&plain);
        return ok;
    }
    return false;
}

/* A blank between the number and its unit, typed or not: "3ngày". */
static void part_number(struct buf *folded)
{
    size_t n = 0;
    while (n < folded->n &&
           ((folded->p[n] >= '0' && folded->p[n] <= '9') || folded->p[n] == ',' || folded->p[n] == '.'))
        n++;
    if (!n || n == folded->n || folded->p[n] == ' ' || !buf_reserve(folded, 1))
        return;
    memmove(folded->p + n + 1, folded->p + n, folded->n - n);
    folded->p[n] = ' ';
    folded->p[++folded->n] = '\0';
}

bool typed_limit(struct str text, struct limit *out)
{
    struct str s = trimmed(text);
    if (limit_parse(s, out))
        return true;
    struct buf folded = BUF_INIT;
    text_fold(&folded, s);
    part_number(&folded);
    bool ok = str_eq(buf_str(&folded), STR("trong ngay")) || str_eq(buf_str(&folded), STR("same day"))
                  ? limit_parse(STR("same_day"), out)
                  : parse_words(buf_str(&folded), out);
    buf_release(&folded);
    return ok;
}

void typed_limit_write(struct buf *out, enum lang lang, const struct limit *limit)
{
    struct buf text = BUF_INIT;
    struct limit back;
    lang_limit(&text, lang, limit);
    bool same = typed_limit(buf_str(&text), &back) && back.kind == limit->kind &&
                back.hundredths == limit->hundredths;
    if (same)
        buf_add_str(out, buf_str(&text));
    else if (limit->kind != LIMIT_NONE)
        limit_format(out, limit);
    buf_release(&text);
}
