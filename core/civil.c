#include "core/civil.h"

/* Counted from 1 March 0000, so that the leap day is the last of its year: 400 years are 146,097 days, and
 * 1970-01-01 is day 719,468 of that count. */
#define DAYS_OF_400_YEARS 146097
#define EPOCH_FROM_MARCH_0 719468

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int floor_mod(int64_t a, int b)
{
    int rest = (int)(a % b);
    return rest < 0 ? rest + b : rest;
}

bool civil_is_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= civil_days_in_month(year, month);
}

int civil_days_in_month(int year, int month)
{
    if (month == 2)
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

civil_day civil_from_ymd(int year, int month, int day)
{
    int64_t march_year = (int64_t)year - (month <= 2);
    int64_t era = floor_div(march_year, 400);
    int64_t year_of_era = march_year - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (civil_day)(era * DAYS_OF_400_YEARS + day_of_era - EPOCH_FROM_MARCH_0);
}

struct civil civil_to_ymd(civil_day day)
{
    int64_t days = (int64_t)day + EPOCH_FROM_MARCH_0;
    int64_t era = floor_div(days, DAYS_OF_400_YEARS);
    int64_t day_of_era = days - era * DAYS_OF_400_YEARS;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (DAYS_OF_400_YEARS - 1)) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (int)((5 * day_of_year + 2) / 153);
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct civil){
        .year = (int)(era * 400 + year_of_era + (month <= 2)),
        .month = month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1),
    };
}

enum weekday civil_weekday(civil_day day)
{
    return (enum weekday)(floor_mod((int64_t)day + 3, 7) + 1); /* 1970-01-01 was a Thursday */
}

civil_day civil_day_of(civil_minute t)
{
    if (t == NO_TIME)
        return NO_DAY;
    int64_t day = floor_div(t, MINUTES_PER_DAY);
    if (day > INT32_MAX)
        return INT32_MAX;
    return day <= NO_DAY ? NO_DAY + 1 : (civil_day)day;
}

int civil_minute_of_day(civil_minute t)
{
    return floor_mod(t, MINUTES_PER_DAY);
}

civil_day civil_add_months(civil_day day, int months)
{
    struct civil from = civil_to_ymd(day);
    int64_t month = (int64_t)from.year * 12 + from.month - 1 + months;
    int year = (int)floor_div(month, 12);
    int month_of_year = (int)(month - (int64_t)year * 12) + 1;
    int last = civil_days_in_month(year, month_of_year);
    return civil_from_ymd(year, month_of_year, from.day < last ? from.day : last);
}

civil_minute civil_from_utc(int64_t utc_second, int offset_minutes)
{
    return floor_div(utc_second, 60) + offset_minutes;
}

int64_t civil_to_utc(civil_minute t, int offset_minutes)
{
    int64_t second;
    if (__builtin_sub_overflow(t, (int64_t)offset_minutes, &second) ||
        __builtin_mul_overflow(second, (int64_t)60, &second))
        return t < 0 ? INT64_MIN : INT64_MAX;
    return second;
}

/* ---- reading ---- */

/* Reads exactly `count` digits at *at and steps over them. */
static bool read_digits(struct str s, size_t *at, int count, int *value)
{
    int v = 0;
    for (int i = 0; i < count; i++, ++*at) {
        if (*at >= s.n || s.p[*at] < '0' || s.p[*at] > '9')
            return false;
        v = v * 10 + (s.p[*at] - '0');
    }
    *value = v;
    return true;
}

static bool read_char(struct str s, size_t *at, char c)
{
    if (*at >= s.n || s.p[*at] != c)
        return false;
    ++*at;
    return true;
}

static bool read_hm(struct str s, size_t *at, int *minute)
{
    int hours, minutes;
    if (!read_digits(s, at, 2, &hours) || !read_char(s, at, ':') || !read_digits(s, at, 2, &minutes))
        return false;
    *minute = hours * 60 + minutes;
    return hours < 24 && minutes < 60;
}

/* The date at the start of s, written either way; *iso tells which. */
static bool read_date(struct str s, size_t *at, bool *iso, civil_day *out)
{
    int year, month, day;
    *iso = s.n > 4 && s.p[4] == '-';
    bool read =
        *iso ? read_digits(s, at, 4, &year) && read_char(s, at, '-') && read_digits(s, at, 2, &month) &&
                   read_char(s, at, '-') && read_digits(s, at, 2, &day)
             : read_digits(s, at, 2, &day) && read_char(s, at, '/') && read_digits(s, at, 2, &month) &&
                   read_char(s, at, '/') && read_digits(s, at, 4, &year);
    if (!read || year < CIVIL_FIRST_YEAR || year > CIVIL_LAST_YEAR || !civil_is_valid(year, month, day))
        return false;
    *out = civil_from_ymd(year, month, day);
    return true;
}

/* `Z`, `+07:00` or `-03:30`; no place on earth is further than 14 hours from UTC. */
static bool read_offset(struct str s, size_t *at, int *offset)
{
    if (read_char(s, at, 'Z')) {
        *offset = 0;
        return true;
    }
    int sign = read_char(s, at, '+') ? 1 : read_char(s, at, '-') ? -1 : 0;
    int minutes;
    if (!sign || !read_hm(s, at, &minutes) || minutes > 14 * 60)
        return false;
    *offset = sign * minutes;
    return true;
}

bool civil_parse(struct str text, struct civil_input *out)
{
    struct civil_input in = {.minute_of_day = -1};
    size_t at = 0;
    bool iso;
    if (!read_date(text, &at, &iso, &in.day))
        return false;
    if (at < text.n) {
        if (!(iso && read_char(text, &at, 'T')) && !read_char(text, &at, ' '))
            return false;
        if (!read_hm(text, &at, &in.minute_of_day))
            return false;
        if (read_char(text, &at, ':') && (!read_digits(text, &at, 2, &in.second) || in.second > 59))
            return false;
        if (iso && at < text.n) {
            if (!read_offset(text, &at, &in.offset_minutes))
                return false;
            in.has_offset = true;
        }
        if (at < text.n)
            return false;
    }
    *out = in;
    return true;
}

bool civil_parse_hm(struct str text, int *minute_of_day)
{
    char padded[5] = {'0'};
    if (text.n == 4)
        memcpy(padded + 1, text.p, 4);
    else if (text.n == 5)
        memcpy(padded, text.p, 5);
    else
        return false;
    size_t at = 0;
    int minute;
    if (!read_hm((struct str){padded, 5}, &at, &minute))
        return false;
    *minute_of_day = minute;
    return true;
}

/* ---- writing ---- */

static char *put_pair(char *p, unsigned value)
{
    p[0] = (char)('0' + value / 10);
    p[1] = (char)('0' + value % 10);
    return p + 2;
}

/* Apart from what is nearly always written, which needs no room of its own. */
static __attribute__((noinline)) char *put_any_number(char *p, int64_t value, int width)
{
    char digits[20];
    int n = 0;
    if (value < 0) {
        *p++ = '-';
        value = -value;
    }
    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value || n < width);
    while (n > 0)
        *p++ = digits[--n];
    return p;
}

/* At least `width` digits, zeros in front; returns where the next character goes. The longest text is a
 * broken time of seven-digit year with seconds and offset: 30 bytes. */
static inline __attribute__((always_inline)) char *put_number(char *p, int64_t value, int width)
{
    if (width == 2 && value >= 0 && value < 100)
        return put_pair(p, (unsigned)value);
    if (width == 4 && value >= 0 && value < 10000)
        return put_pair(put_pair(p, (unsigned)value / 100), (unsigned)value % 100);
    return put_any_number(p, value, width);
}

static char *put_char(char *p, char c)
{
    *p = c;
    return p + 1;
}

static char *put_iso_date(char *p, civil_day day)
{
    struct civil c = civil_to_ymd(day);
    p = put_char(put_number(p, c.year, 4), '-');
    p = put_char(put_number(p, c.month, 2), '-');
    return put_number(p, c.day, 2);
}

static char *put_vn_date(char *p, civil_day day)
{
    struct civil c = civil_to_ymd(day);
    p = put_char(put_number(p, c.day, 2), '/');
    p = put_char(put_number(p, c.month, 2), '/');
    return put_number(p, c.year, 4);
}

static char *put_hm(char *p, int minute_of_day)
{
    p = put_char(put_number(p, minute_of_day / 60, 2), ':');
    return put_number(p, minute_of_day % 60, 2);
}

static char *iso(char out[CIVIL_TEXT], civil_minute t, int second, int offset_minutes)
{
    char *p = put_char(put_iso_date(out, civil_day_of(t)), 'T');
    p = put_char(put_hm(p, civil_minute_of_day(t)), ':');
    p = put_number(p, second, 2);
    int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;
    p = put_char(p, offset_minutes < 0 ? '-' : '+');
    *put_hm(p, offset % MINUTES_PER_DAY) = '\0';
    return out;
}

char *civil_iso_date(char out[CIVIL_TEXT], civil_day day)
{
    *put_iso_date(out, day) = '\0';
    return out;
}

char *civil_iso_time(char out[CIVIL_TEXT], civil_minute t, int offset_minutes)
{
    return iso(out, t, 0, offset_minutes);
}

char *civil_iso_second(char out[CIVIL_TEXT], int64_t utc_second, int offset_minutes)
{
    return iso(out, civil_from_utc(utc_second, offset_minutes), floor_mod(utc_second, 60), offset_minutes);
}

char *civil_vn_date(char out[CIVIL_TEXT], civil_day day)
{
    *put_vn_date(out, day) = '\0';
    return out;
}

char *civil_vn_time(char out[CIVIL_TEXT], civil_minute t)
{
    char *p = put_char(put_vn_date(out, civil_day_of(t)), ' ');
    *put_hm(p, civil_minute_of_day(t)) = '\0';
    return out;
}

char *civil_hm(char out[CIVIL_TEXT], int minute_of_day)
{
    *put_hm(out, minute_of_day) = '\0';
    return out;
}
