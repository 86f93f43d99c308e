/* The bytes are what somebody typed where a date, a time, a range or the journal's head is asked for. */
#include "core/filter.h"
#include "store/head.h"
#include "tests/fuzz/fuzz.h"
#include "tui/typed.h"

#include <stdio.h>
#include <time.h>

static const char first_day[] = "1990-01-01", last_day[] = "2100-12-31";

/* The C library's idea of which day that is. */
static civil_day day_by_library(int year, int month, int day)
{
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    time_t t = timegm(&tm);
    MUST(tm.tm_mon == month - 1 && tm.tm_mday == day); /* such a day there is */
    return (civil_day)(t / 86400 - (t % 86400 < 0));
}

static void must_be_known(civil_day day)
{
    char text[CIVIL_TEXT];
    civil_iso_date(text, day);
    MUST(strcmp(text, first_day) >= 0 && strcmp(text, last_day) <= 0);
}

static void whole_time(struct str text, const char *z)
{
    struct civil_input in = {.minute_of_day = -7}, again;
    if (!civil_parse(text, &in)) {
        MUST(in.minute_of_day == -7); /* untouched */
        return;
    }
    int a, b, c, hour = -1, minute = 0, second = 0;
    MUST(sscanf(z, "%d%*1[-/]%d%*1[-/]%d%*1[T ]%d:%d:%d", &a, &b, &c, &hour, &minute, &second) >= 3);
    bool iso = z[4] == '-';
    int month = b < 0 ? -b : b; /* sscanf took the sign */
    MUST(in.day == (iso ? day_by_library(a, month, c < 0 ? -c : c) : day_by_library(c, month, a)));
    MUST(in.minute_of_day == (hour < 0 ? -1 : hour * 60 + minute) && in.minute_of_day < MINUTES_PER_DAY);
    MUST(in.second == second && second < 60);
    MUST(in.offset_minutes >= -14 * 60 && in.offset_minutes <= 14 * 60);
    must_be_known(in.day);
    char written[CIVIL_TEXT];
    if (hour >= 0)
        civil_vn_time(written, civil_at(in.day, in.minute_of_day));
    else
        civil_vn_date(written, in.day);
    MUST(civil_parse(str_of(written), &again) && again.day == in.day &&
         again.minute_of_day == in.minute_of_day);
    MUST(civil_from_utc(civil_to_utc(civil_at(in.day, 1), in.offset_minutes), in.offset_minutes) ==
         civil_at(in.day, 1));
}

static void hour(struct str text)
{
    int minute;
    if (!civil_parse_hm(text, &minute))
        return;
    char written[CIVIL_TEXT];
    MUST(minute >= 0 && minute < MINUTES_PER_DAY);
    civil_hm(written, minute);
    MUST(str_eq(text, str_of(written)) ||
         (written[0] == '0' && str_eq(text, str_of(written + 1)))); /* 9:30 */
}

static void range(struct str text)
{
    struct day_range r, again;
    if (!day_range_parse(text, &r))
        return;
    MUST(r.from != NO_DAY || r.to != NO_DAY);
    MUST(r.from == NO_DAY || r.to == NO_DAY || r.from <= r.to);
    struct buf written = BUF_INIT;
    char day[CIVIL_TEXT];
    if (r.from != NO_DAY) {
        must_be_known(r.from);
        buf_add_z(&written, civil_iso_date(day, r.from));
    }
    buf_add_z(&written, "..");
    if (r.to != NO_DAY) {
        must_be_known(r.to);
        buf_add_z(&written, civil_iso_date(day, r.to));
    }
    MUST(day_range_parse(buf_str(&written), &again) && again.from == r.from && again.to == r.to);
    buf_release(&written);
}

static void typed(struct str text)
{
    const civil_day today = civil_from_ymd(2026, 11, 20);
    struct typed_time t = {.minute_of_day = -7};
    if (!typed_time(text, today, &t)) {
        MUST(t.minute_of_day == -7);
        return;
    }
    MUST(t.minute_of_day >= -1 && t.minute_of_day < MINUTES_PER_DAY);
    must_be_known(t.day);
}

static void head(struct str text)
{
    struct head h;
    if (!head_parse(text, &h))
        return;
    char written[HEAD_TEXT];
    head_format(written, &h);
    MUST(h.seq > 0 && strlen(written) == text.n);
    for (size_t i = 0; i < text.n; i++)
        MUST(written[i] == text.p[i] || written[i] == (text.p[i] | 0x20));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct buf z = BUF_INIT;
    buf_add_str(&z, text);
    buf_add_char(&z, '\0');
    whole_time(text, z.p);
    hour(text);
    range(text);
    typed(text);
    head(text);
    status_set set;
    struct str bad = STR_NONE;
    if (status_set_parse(text, &set, &bad))
        MUST(set != 0);
    else
        MUST(bad.n <= text.n);
    enum list_sort sort;
    list_sort_parse(text, &sort);
    buf_release(&z);
    return 0;
}
