#include "cli/import_cells.h"

#include "core/text.h"

/* ---- cells ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_nothing(struct str s)
{
    static const char *const words[] = {"-", "--", "NULL", "null", "Null", "N/A", "n/a"};
    bool may_be = s.n && s.n <= 4 && (s.p[0] == '-' || s.p[0] == 'N' || s.p[0] == 'n');
    for (size_t i = 0; may_be && i < sizeof words / sizeof *words; i++)
        if (str_eq(s, str_of(words[i])))
            return true;
    return s.n == 0;
}

struct str import_cell_trim(struct str s)
{
    const struct str nbsp = STR("\xC2\xA0");
    for (; s.n;) {
        if (s.n && is_blank(s.p[0]))
            s = str_from(s, 1);
        else if (s.n && is_blank(s.p[s.n - 1]))
            s.n--;
        else if (str_starts(s, nbsp))
            s = str_from(s, nbsp.n);
        else if (s.n >= nbsp.n && memcmp(s.p + s.n - nbsp.n, nbsp.p, nbsp.n) == 0)
            s.n -= nbsp.n;
        else
            break;
    }
    return is_nothing(s) ? STR_NONE : s;
}

bool import_cell_is_empty(struct str cell)
{
    return import_cell_trim(cell).n == 0;
}

/* ---- reading on ---- */

/* Up to `most` digits; how many there were. */
static size_t take_digits(struct str *s, size_t most, int *out)
{
    size_t n = 0;
    *out = 0;
    while (n < s->n && n < most && is_digit(s->p[n]))
        *out = *out * 10 + (s->p[n++] - '0');
    *s = str_from(*s, n);
    return n;
}

static bool take_char(struct str *s, const char *any)
{
    if (!s->n || !s->p[0] || !strchr(any, s->p[0]))
        return false;
    *s = str_from(*s, 1);
    return true;
}

static void skip_blanks(struct str *s)
{
    while (s->n && is_blank(s->p[0]))
        *s = str_from(*s, 1);
}

/* ---- the hour ---- */

/* The next word, of letters alone, whatever blanks are before it: programs write no-break ones there. */
static struct str take_word(struct str *s)
{
    const struct str wide[] = {STR("\xC2\xA0"), STR("\xE2\x80\xAF")};
    for (size_t i = 0; i < 2; i++) {
        skip_blanks(s);
        *s = str_starts(*s, wide[i]) ? str_from(*s, wide[i].n) : *s;
    }
    size_t n = 0;
    while (n < s->n &&
           (s->p[n] & 0x80 || (s->p[n] >= 'A' && s->p[n] <= 'Z') || (s->p[n] >= 'a' && s->p[n] <= 'z')))
        n++;
    struct str word = str_first(*s, n);
    *s = str_from(*s, n);
    return word;
}

static bool is_any(struct str word, const char *const words[3])
{
    return str_eq(word, str_of(words[0])) || str_eq(word, str_of(words[1])) || str_eq(word, str_of(words[2]));
}

/* SA and CH are what Windows writes in Vietnam for AM and PM, sáng and chiều what LibreOffice does. */
static bool take_half(struct str *s, int *hour)
{
    static const char *const first[] = {"am", "sa", "sang"}, *const second[] = {"pm", "ch", "chieu"};
    struct str rest = *s, word = take_word(&rest);
    struct buf folded = BUF_INIT;
    if (word.n)
        text_fold(&folded, word);
    bool before = is_any(buf_str(&folded), first), after = is_any(buf_str(&folded), second);
    buf_release(&folded);
    if (!before && !after)
        return true;
    if (*hour < 1 || *hour > 12)
        return false;
    *hour = *hour % 12 + (after ? 12 : 0);
    *s = rest;
    return true;
}

/* :SS and a fraction of it, which are dropped. */
static bool take_seconds(struct str *s, int *second)
{
    int fraction;
    if (!take_char(s, ":"))
        return true;
    if (take_digits(s, 2, second) != 2 || *second > 59)
        return false;
    return !take_char(s, ".,") || take_digits(s, 9, &fraction) > 0;
}

/* 9:30, 09:30:15, 9h30, 9h. Programs that write a date alone with an hour write 00:00:00: that is none. */
static bool take_hour(struct str *s, int *minute)
{
    int hour, min = 0, second = -1;
    if (take_digits(s, 2, &hour) == 0)
        return false;
    if (take_char(s, "hHgG"))
        take_digits(s, 2, &min);
    else if (!take_char(s, ":") || take_digits(s, 2, &min) != 2 || !take_seconds(s, &second))
        return false;
    if (!take_half(s, &hour))
        return false;
    if (hour > 23 || min > 59)
        return false;
    *minute = hour || min || second ? hour * 60 + min : -1;
    return true;
}

/* ---- the date ---- */

static enum import_fault day_of(int year, int month, int day, bool day_first, civil_day *out)
{
    if (month > 12 && day <= 12 && day_first)
        return CELL_MONTH_FIRST;
    if (!civil_is_valid(year, month, day))
        return CELL_NO_DAY;
    if (year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR)
        return CELL_FAR_YEAR;
    *out = civil_from_ymd(year, month, day);
    return CELL_FINE;
}

/* Steps over a date; CELL_BAD_TIME where none stands there. */
static enum import_fault take_date(struct str *s, civil_day *out)
{
    int first, second, third;
    size_t n = take_digits(s, 4, &first);
    char sign[2] = {s->n ? s->p[0] : '\0', '\0'};
    if (n == 0 || n == 3 || !take_char(s, "/-."))
        return CELL_BAD_TIME;
    size_t m = take_digits(s, 2, &second);
    if (m == 0 || !take_char(s, sign))
        return CELL_BAD_TIME;
    size_t k = take_digits(s, 4, &third);
    if (n == 4)
        return k == 1 || k == 2 ? day_of(first, second, third, false, out) : CELL_BAD_TIME;
    if (k == 2 || k == 1)
        return CELL_SHORT_YEAR;
    return k == 4 ? day_of(third, second, first, true, out) : CELL_BAD_TIME;
}

/* Z, +07:00, +0700 or nothing; the time as the office's wall showed it. */
static bool take_offset(struct str *s, int offset, struct import_time *t)
{
    int hours, minutes;
    bool utc = take_char(s, "Z"), east = !utc && s->n && s->p[0] == '+';
    int theirs = 0;
    if (!utc && !take_char(s, "+-"))
        return true;
    if (t->minute < 0)
        t->minute = 0;
    if (!utc) {
        if (take_digits(s, 2, &hours) != 2 || hours > 14)
            return false;
        take_char(s, ":");
        if (take_digits(s, 2, &minutes) != 2 || minutes > 59)
            return false;
        theirs = (hours * 60 + minutes) * (east ? 1 : -1);
    }
    civil_minute at = civil_at(t->day, t->minute) - theirs + offset;
    *t = (struct import_time){civil_day_of(at), civil_minute_of_day(at)};
    return true;
}

static bool ends(struct str *s)
{
    skip_blanks(s);
    return s->n == 0;
}

static enum import_fault date_then_hour(struct str s, int offset, struct import_time *out)
{
    struct import_time t = {.minute = -1};
    enum import_fault fault = take_date(&s, &t.day);
    if (fault != CELL_FINE)
        return fault;
    if (!ends(&s)) {
        take_char(&s, "T,-");
        skip_blanks(&s);
        if (!take_hour(&s, &t.minute) || !take_offset(&s, offset, &t) || !ends(&s))
            return CELL_BAD_TIME;
    }
    *out = t;
    return CELL_FINE;
}

static enum import_fault hour_then_date(struct str s, struct import_time *out)
{
    struct import_time t = {.minute = -1};
    if (!take_hour(&s, &t.minute))
        return CELL_BAD_TIME;
    const struct str day_word = STR("ngày");
    skip_blanks(&s);
    take_char(&s, ",-");
    skip_blanks(&s);
    s = str_starts(s, day_word) ? str_from(s, day_word.n) : s;
    skip_blanks(&s);
    enum import_fault fault = take_date(&s, &t.day);
    if (fault == CELL_FINE && !ends(&s))
        fault = CELL_BAD_TIME;
    if (fault == CELL_FINE)
        *out = t;
    return fault;
}

/* ---- days since 1899-12-30 ---- */

/* Before 1900-03-01 they are off by the leap day that 1900 did not have; that is no year of ours. */
static enum import_fault serial(struct str s, struct import_time *out)
{
    enum { EPOCH = 25569 /* 1970-01-01 */, SECONDS = 86400, DIGITS = 12 };
    int days;
    int64_t part = 0, whole = 1;
    bool fraction = false;
    if (take_digits(&s, 6, &days) == 0 || (s.n && !take_char(&s, ".,")))
        return CELL_BAD_TIME;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_digit(s.p[i]))
            return CELL_BAD_TIME;
        fraction = fraction || s.p[i] != '0';
        if (i < DIGITS) {
            part = part * 10 + (s.p[i] - '0');
            whole *= 10;
        }
    }
    int64_t second = (part * SECONDS + whole / 2) / whole;
    struct import_time t = {.day = days - EPOCH + (civil_day)(second / SECONDS),
                            .minute = fraction ? (int)(second % SECONDS / 60) : -1};
    int year = civil_to_ymd(t.day).year;
    if (year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR)
        return CELL_FAR_YEAR;
    *out = t;
    return CELL_FINE;
}

static bool is_number(struct str s)
{
    size_t signs = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool sign = s.p[i] == '.' || s.p[i] == ',';
        if (!is_digit(s.p[i]) && !sign)
            return false;
        signs += sign;
    }
    return s.n > 0 && signs < 2;
}

/* Digits at p[at] and on as a number; below 0 where others stand there. */
static int number_at(const char *p, size_t at, size_t n)
{
    int number = 0;
    for (size_t i = at; i < at + n; i++) {
        if (!is_digit(p[i]))
            return -1;
        number = number * 10 + (p[i] - '0');
    }
    return number;
}

/* yyyy-mm-dd or dd/mm/yyyy, HH:MM behind or not: what nearly all of them are. What it knows not, or is wrong,
 * the rest of this file reads. */
static bool usual_time(struct str s, struct import_time *out)
{
    if (s.n != 10 && s.n != 16)
        return false;
    bool iso = s.p[4] == '-' && s.p[7] == '-', ours = s.p[2] == '/' && s.p[5] == '/';
    if (!iso && !ours)
        return false;
    int year = number_at(s.p, iso ? 0 : 6, 4), month = number_at(s.p, iso ? 5 : 3, 2);
    int day = number_at(s.p, iso ? 8 : 0, 2), hour = -1, minute = -1;
    if (s.n == 16) {
        hour = s.p[10] == ' ' && s.p[13] == ':' ? number_at(s.p, 11, 2) : -1;
        minute = number_at(s.p, 14, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
            return false;
    }
    struct import_time t = {.minute = s.n == 16 ? hour * 60 + minute : -1};
    if (year < 0 || month < 0 || day < 0 || day_of(year, month, day, ours, &t.day) != CELL_FINE)
        return false;
    *out = t;
    return true;
}

enum import_fault import_cell_time(struct str cell, int offset, struct import_time *out)
{
    struct str s = import_cell_trim(cell);
    if (usual_time(s, out))
        return CELL_FINE;
    if (is_number(s))
        return serial(s, out);
    size_t n = 0;
    while (n < s.n && is_digit(s.p[n]))
        n++;
    if (n < s.n && strchr(":hHgG", s.p[n]) && s.p[n])
        return hour_then_date(s, out);
    return date_then_hour(s, offset, out);
}

/* ---- numbers that are names ---- */

enum { DIGITS_MOST = 24 };

/* 912345678.0, 9.12345678E+08: its digits, and how many of them stand before the decimal sign. */
static enum import_fault take_float(struct str s, char digits[DIGITS_MOST], size_t *n)
{
    size_t before = 0, count = 0;
    int exponent = 0;
    bool sign = false, has_exponent = false;
    for (; s.n && (is_digit(s.p[0]) || (!sign && strchr(".,", s.p[0]) && s.p[0])); s = str_from(s, 1)) {
        if (!is_digit(s.p[0])) {
            sign = true;
        } else {
            if (count == DIGITS_MOST)
                return CELL_BAD_NUMBER;
            digits[count++] = s.p[0];
            before += !sign;
        }
    }
    if (before && s.n && (s.p[0] == 'e' || s.p[0] == 'E')) {
        has_exponent = true;
        s = str_from(s, 1);
        take_char(&s, "+");
        if (take_digits(&s, 2, &exponent) == 0)
            return CELL_BAD_NUMBER;
    }
    if (s.n || !before || !(sign || has_exponent))
        return CELL_BAD_NUMBER;
    size_t whole = before + (size_t)exponent;
    if (count < whole)
        return CELL_ROUNDED;
    for (size_t i = whole; i < count; i++)
        if (digits[i] != '0')
            return CELL_BAD_NUMBER;
    *n = whole;
    return CELL_FINE;
}

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return false;
    return s.n > 0;
}

/* The cell without what a spreadsheet made of it; borrows from `digits` or the cell. */
static enum import_fault as_written(struct str *s, char digits[DIGITS_MOST])
{
    size_t n = 0;
    *s = import_cell_trim(*s);
    if (all_digits(*s))
        return CELL_FINE;
    enum import_fault fault = take_float(*s, digits, &n);
    if (fault == CELL_FINE)
        *s = (struct str){digits, n};
    return fault == CELL_ROUNDED ? fault : CELL_FINE;
}

bool import_cell_is_whole_number(struct str cell)
{
    return (cell.n == 10 || cell.n == 12) && cell.p[0] == '0' && all_digits(cell);
}

/* Mobile numbers have nine digits behind their 0, those of the land ten, the first a 2. */
static bool lost_zero(struct str phone)
{
    return all_digits(phone) &&
           ((phone.n == 9 && strchr("35789", phone.p[0])) || (phone.n == 10 && phone.p[0] == '2'));
}

enum import_fault import_cell_phone(struct str cell, struct buf *out)
{
    char digits[DIGITS_MOST];
    enum import_fault fault = as_written(&cell, digits);
    if (fault == CELL_FINE) {
        buf_add_z(out, lost_zero(cell) ? "0" : "");
        buf_add_str(out, cell);
    }
    return fault;
}

enum import_fault import_cell_id_number(struct str cell, struct buf *out)
{
    char digits[DIGITS_MOST];
    enum import_fault fault = as_written(&cell, digits);
    if (fault == CELL_FINE) {
        buf_add_z(out, cell.n == 11 && all_digits(cell) ? "0" : "");
        buf_add_str(out, cell);
    }
    return fault;
}

enum import_fault import_cell_count(struct str cell, int *out)
{
    char digits[DIGITS_MOST];
    int count;
    if (as_written(&cell, digits) != CELL_FINE || !all_digits(cell) || cell.n > 4)
        return CELL_BAD_NUMBER;
    take_digits(&cell, 4, &count);
    if (count < 1)
        return CELL_BAD_NUMBER;
    *out = count;
    return CELL_FINE;
}
