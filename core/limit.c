#include "core/limit.h"

static const struct kind_words {
    struct str plural, singular;
} kind_words[] = {
    [LIMIT_NONE] = {STR(""), STR("")},
    [LIMIT_SAME_DAY] = {STR("same_day"), STR("same_day")},
    [LIMIT_WORKING_DAYS] = {STR("working_days"), STR("working_day")},
    [LIMIT_CALENDAR_DAYS] = {STR("calendar_days"), STR("calendar_day")},
    [LIMIT_WORKING_HOURS] = {STR("working_hours"), STR("working_hour")},
    [LIMIT_MONTHS] = {STR("months"), STR("month")},
};
#define KIND_COUNT ((int)(sizeof kind_words / sizeof kind_words[0]))

static bool parse_kind(struct str word, enum limit_kind *out)
{
    for (int kind = LIMIT_NONE + 1; kind < KIND_COUNT; kind++)
        if (str_eq(word, kind_words[kind].plural) || str_eq(word, kind_words[kind].singular)) {
            *out = (enum limit_kind)kind;
            return true;
        }
    return false;
}

/* "3", "2.5", "16,25": digits, and with a decimal sign one or two more. */
static bool parse_hundredths(struct str text, uint32_t *out)
{
    uint32_t value = 0;
    size_t at = 0;
    for (; at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; at++) {
        value = value * 10 + (uint32_t)(text.p[at] - '0');
        if (value > LIMIT_MAX_UNITS)
            return false;
    }
    if (at == 0)
        return false;
    value *= 100;
    if (at < text.n) {
        size_t decimals = text.n - at - 1;
        if ((text.p[at] != '.' && text.p[at] != ',') || decimals < 1 || decimals > 2)
            return false;
        for (uint32_t place = 10; ++at < text.n; place /= 10) {
            if (text.p[at] < '0' || text.p[at] > '9')
                return false;
            value += place * (uint32_t)(text.p[at] - '0');
        }
    }
    *out = value;
    return value > 0 && value <= LIMIT_MAX_UNITS * 100;
}

bool limit_from_columns(struct str kind, struct str value, struct str cutoff, struct limit *out)
{
    struct limit limit = {.kind = LIMIT_NONE, .cutoff = LIMIT_NO_CUTOFF};
    if (kind.n == 0) { /* without its unit a published number says nothing */
        *out = limit;
        return true;
    }
    if (!parse_kind(kind, &limit.kind))
        return false;
    if (limit.kind == LIMIT_SAME_DAY) {
        limit.hundredths = 100;
        if (value.n && (!parse_hundredths(value, &limit.hundredths) || limit.hundredths != 100))
            return false;
        if (cutoff.n && !civil_parse_hm(cutoff, &limit.cutoff))
            return false;
    } else {
        if (cutoff.n || !parse_hundredths(value, &limit.hundredths))
            return false;
        if (limit.kind == LIMIT_MONTHS && limit.hundredths % 100)
            return false;
    }
    *out = limit;
    return true;
}

bool limit_parse(struct str text, struct limit *out)
{
    struct str same_day = kind_words[LIMIT_SAME_DAY].plural;
    if (str_starts(text, same_day)) {
        struct str cutoff = str_from(text, same_day.n);
        if (cutoff.n && (cutoff.p[0] != '@' || cutoff.n == 1))
            return false;
        return limit_from_columns(same_day, STR_NONE, str_from(cutoff, 1), out);
    }
    size_t blank = 0;
    while (blank < text.n && text.p[blank] != ' ')
        blank++;
    struct str value = str_first(text, blank), kind = str_from(text, blank + 1);
    return kind.n && !str_eq(kind, same_day) && limit_from_columns(kind, value, STR_NONE, out);
}

void limit_format_value(struct buf *out, uint32_t hundredths, char decimal_sign)
{
    buf_add_int(out, hundredths / 100);
    uint32_t decimals = hundredths % 100;
    if (decimals == 0)
        return;
    buf_add_char(out, decimal_sign);
    buf_add_char(out, (char)('0' + decimals / 10));
    if (decimals % 10)
        buf_add_char(out, (char)('0' + decimals % 10));
}

void limit_format(struct buf *out, const struct limit *limit)
{
    switch (limit->kind) {
    case LIMIT_NONE: return;
    case LIMIT_SAME_DAY:
        buf_add_z(out, limit_kind_name(limit->kind));
        if (limit->cutoff != LIMIT_NO_CUTOFF) {
            char hm[CIVIL_TEXT];
            buf_add_char(out, '@');
            buf_add_z(out, civil_hm(hm, limit->cutoff));
        }
        return;
    case LIMIT_WORKING_DAYS:
    case LIMIT_CALENDAR_DAYS:
    case LIMIT_WORKING_HOURS:
    case LIMIT_MONTHS:
        limit_format_value(out, limit->hundredths, '.');
        buf_add_char(out, ' ');
        buf_add_z(out, limit_kind_name(limit->kind));
        return;
    }
}

const char *limit_kind_name(enum limit_kind kind)
{
    return (int)kind >= 0 && (int)kind < KIND_COUNT ? kind_words[kind].plural.p : "";
}

bool limit_equal(const struct limit *a, const struct limit *b)
{
    if (a->kind != b->kind)
        return false;
    if (a->kind == LIMIT_NONE)
        return true;
    return a->hundredths == b->hundredths && (a->kind != LIMIT_SAME_DAY || a->cutoff == b->cutoff);
}

const char *due_clock_name(enum due_clock clock)
{
    return clock == CLOCK_DAY_END ? "day_end" : clock == CLOCK_SAME_HOUR ? "same_hour" : "";
}

bool due_clock_parse(struct str text, enum due_clock *out)
{
    if (str_eq(text, STR("day_end")))
        *out = CLOCK_DAY_END;
    else if (str_eq(text, STR("same_hour")))
        *out = CLOCK_SAME_HOUR;
    else
        return false;
    return true;
}
