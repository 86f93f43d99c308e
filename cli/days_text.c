#include "cli/days_text.h"

#include "core/words.h"

const char *day_kind_name(enum day_kind kind)
{
    switch (kind) {
    case DAY_OFF: return "day_off";
    case DAY_WORKED: return "worked";
    case DAY_CLOSED: return "closed";
    case DAY_COMPUTED: return "computed";
    }
    return NULL;
}

bool days_parse_year(struct str text, int *out)
{
    int year = 0;
    for (size_t i = 0; i < text.n && i < 5; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        year = year * 10 + (text.p[i] - '0');
    }
    *out = year;
    return text.n == 4 && year >= CIVIL_FIRST_YEAR && year <= CIVIL_LAST_YEAR;
}

static bool is_weekday(struct str text, size_t at)
{
    return at < text.n && text.p[at] >= '0' + MONDAY && text.p[at] <= '0' + SUNDAY;
}

bool hours_parse_weekdays(struct str text, uint8_t *out)
{
    unsigned bits = 0;
    for (size_t i = 0; i < text.n || !bits;) {
        if (!is_weekday(text, i))
            return false;
        int first = text.p[i] - '0', last = first;
        i++;
        if (i < text.n && text.p[i] == '-') {
            if (!is_weekday(text, i + 1) || text.p[i + 1] - '0' < first)
                return false;
            last = text.p[i + 1] - '0';
            i += 2;
        }
        for (int day = first; day <= last; day++)
            bits |= 1U << day;
        if (i == text.n)
            break;
        if (text.p[i++] != ',' || i == text.n)
            return false;
    }
    *out = (uint8_t)bits;
    return true;
}

static void add_spans(struct buf *out, const struct office_hours *hours)
{
    char hm[CIVIL_TEXT];
    for (int i = 0; i < hours->span_count; i++) {
        buf_add_z(out, i ? ", " : "");
        buf_add_z(out, civil_hm(hm, hours->span[i].opens));
        buf_add_char(out, '-');
        buf_add_z(out, civil_hm(hm, hours->span[i].closes));
    }
}

static void add_weekdays(struct buf *out, enum lang lang, uint8_t weekdays)
{
    for (int day = MONDAY; day <= SUNDAY; day++) {
        if (!(weekdays >> day & 1))
            continue;
        buf_add_z(out, out->n ? ", " : "");
        buf_add_z(out, words_weekday_short(lang, (enum weekday)day));
    }
}

void hours_say(struct buf *out, enum lang lang, const struct office_hours *hours)
{
    struct buf from = BUF_INIT, spans = BUF_INIT, weekdays = BUF_INIT;
    add_spans(&spans, hours);
    add_weekdays(&weekdays, lang, hours->weekdays);
    if (hours->from > civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1)) {
        lang_date(&from, lang, hours->from);
        LANG_SAY(out, lang, T_cli_hours_line, buf_str(&from), buf_str(&spans), buf_str(&weekdays));
    } else {
        LANG_SAY(out, lang, T_cli_hours_always, buf_str(&spans), buf_str(&weekdays));
    }
    buf_release(&from);
    buf_release(&spans);
    buf_release(&weekdays);
}
