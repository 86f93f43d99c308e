#include "core/period.h"

/* ---- reading ---- */

static bool read_number(struct str text, size_t at, size_t digits, int *out)
{
    if (at + digits > text.n)
        return false;
    int n = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        n = n * 10 + (text.p[i] - '0');
    }
    *out = n;
    return true;
}

/* From the 15th of one month to the 14th of another of that year; month 0 is December of the year before. */
static struct period from_15th(int year, int first, int last)
{
    int begin_year = first == 0 ? year - 1 : year;
    return (struct period){civil_from_ymd(begin_year, first == 0 ? 12 : first, 15),
                           civil_from_ymd(year, last, 14)};
}

static struct period quarter_of(int year, int quarter)
{
    return from_15th(year, (quarter - 1) * 3, quarter * 3);
}

static struct period half_of(int year, int half)
{
    return from_15th(year, (half - 1) * 6, half * 6);
}

static struct period month_of(int year, int month)
{
    return (struct period){civil_from_ymd(year, month, 1),
                           civil_from_ymd(year, month, civil_days_in_month(year, month))};
}

static struct period year_of(int year)
{
    return (struct period){civil_from_ymd(year, 1, 1), civil_from_ymd(year, 12, 31)};
}

/* What follows the year: "Q4", "H1", "Y", "-11". */
static bool read_part(struct str text, int year, struct period *out)
{
    int n;
    if (text.n == 1 && (text.p[0] == 'Y' || text.p[0] == 'y')) {
        *out = from_15th(year, 0, 12);
        return true;
    }
    if (text.n == 3 && text.p[0] == '-' && read_number(text, 1, 2, &n) && n >= 1 && n <= 12) {
        *out = month_of(year, n);
        return true;
    }
    if (text.n != 2 || !read_number(text, 1, 1, &n))
        return false;
    bool quarter = text.p[0] == 'Q' || text.p[0] == 'q', half = text.p[0] == 'H' || text.p[0] == 'h';
    if (n < 1 || !(quarter ? n <= 4 : half && n <= 2))
        return false;
    *out = quarter ? quarter_of(year, n) : half_of(year, n);
    return true;
}

bool period_parse(struct str text, struct period *out)
{
    int year;
    if (!read_number(text, 0, 4, &year) || year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR)
        return false;
    if (text.n > 4)
        return read_part(str_from(text, 4), year, out);
    *out = year_of(year);
    return true;
}

/* ---- quarters ---- */

/* Quarters since the year 0: 2026Q1 is 2026 * 4. */
static int quarter_number(civil_day day)
{
    struct civil c = civil_to_ymd(day);
    int months = c.year * 12 + (c.month - 1) - (c.day < 15);
    return (months + 1) / 3;
}

struct period period_quarter(civil_day day, int later)
{
    int n = quarter_number(day) + later;
    return quarter_of(n / 4, n % 4 + 1);
}

/* ---- saying ---- */

static bool same(struct period a, struct period b)
{
    return a.from == b.from && a.to == b.to;
}

static void say_numbered(struct buf *out, enum lang lang, enum text_id text, const char *numeral, int year)
{
    struct buf number = BUF_INIT;
    buf_add_int(&number, year);
    LANG_SAY(out, lang, text, str_of(numeral), buf_str(&number));
    out->failed = out->failed || number.failed;
    buf_release(&number);
}

/* The name of a period that has one; false, and nothing said, for any other. */
static bool say_name(struct buf *out, enum lang lang, struct period p)
{
    static const char *const quarters[] = {"I", "II", "III", "IV"};
    static const char *const months[] = {"01", "02", "03", "04", "05", "06",
                                         "07", "08", "09", "10", "11", "12"};
    struct civil end = civil_to_ymd(p.to);
    int year = end.year, quarter = end.month / 3;
    if (end.month % 3 == 0 && same(p, quarter_of(year, quarter)))
        say_numbered(out, lang, T_report_period_quarter, quarters[quarter - 1], year);
    else if (same(p, half_of(year, 1)))
        say_numbered(out, lang, T_report_period_half_1, "", year);
    else if (same(p, half_of(year, 2)))
        say_numbered(out, lang, T_report_period_half_2, "", year);
    else if (same(p, from_15th(year, 0, 12)) || same(p, year_of(year)))
        say_numbered(out, lang, T_report_period_year, "", year);
    else if (same(p, month_of(year, end.month)))
        say_numbered(out, lang, T_report_period_month, months[end.month - 1], year);
    else
        return false;
    return true;
}

void period_say(struct buf *out, enum lang lang, struct period p)
{
    struct buf from = BUF_INIT, to = BUF_INIT;
    lang_date(&from, lang, p.from);
    lang_date(&to, lang, p.to);
    bool days_too = !same(p, month_of(civil_to_ymd(p.to).year, civil_to_ymd(p.to).month));
    bool named = say_name(out, lang, p);
    if (named && days_too) {
        buf_add_char(out, ' ');
        LANG_SAY(out, lang, T_report_period_days_of, buf_str(&from), buf_str(&to));
    } else if (!named && p.from == p.to)
        LANG_SAY(out, lang, T_report_period_day, buf_str(&from));
    else if (!named)
        LANG_SAY(out, lang, T_report_period_days, buf_str(&from), buf_str(&to));
    out->failed = out->failed || from.failed || to.failed;
    buf_release(&from);
    buf_release(&to);
}
