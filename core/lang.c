#include "core/lang.h"

#include "core/limit.h"

static const char *const texts[TEXT_ID_COUNT][2] = {
    [T_nothing] = {"", ""},
#define T(name, vi, en) [T_##name] = {vi, en},
#include "core/lang_cli.def"
#include "core/lang_core.def"
#include "core/lang_forms.def"
#include "core/lang_ical.def"
#include "core/lang_labels.def"
#include "core/lang_report.def"
#include "core/lang_tui.def"
#undef T
#define S(name, key, type, field, least, most, fallback, vi, en) [T_setting_##name] = {vi, en},
#include "core/settings.def"
#undef S
};

const char *lang_text(enum lang lang, enum text_id id)
{
    return texts[id][lang];
}

void lang_fill(struct buf *out, const char *pattern, const struct str *args, size_t n)
{
    const char *from = pattern;
    for (const char *at = pattern; *at; at++) {
        if (at[0] != '{' || at[1] < '1' || at[1] > '9' || at[2] != '}' || (size_t)(at[1] - '1') >= n)
            continue;
        buf_add(out, from, (size_t)(at - from));
        buf_add_str(out, args[at[1] - '1']);
        at += 2;
        from = at + 1;
    }
    buf_add_z(out, from);
}

void lang_say(struct buf *out, enum lang lang, enum text_id id, const struct str *args, size_t n)
{
    lang_fill(out, lang_text(lang, id), args, n);
}

static const char *const names[] = {[LANG_VI] = "vi", [LANG_EN] = "en"};

bool lang_parse(struct str text, enum lang *out)
{
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++)
        if (str_eq(text, str_of(names[lang]))) {
            *out = lang;
            return true;
        }
    return false;
}

const char *lang_name(enum lang lang)
{
    return names[lang];
}

void lang_date(struct buf *out, enum lang lang, civil_day day)
{
    char text[CIVIL_TEXT];
    if (day == NO_DAY)
        buf_add_z(out, lang_text(lang, T_core_no_time));
    else
        buf_add_z(out, lang == LANG_VI ? civil_vn_date(text, day) : civil_iso_date(text, day));
}

void lang_time(struct buf *out, enum lang lang, civil_minute t)
{
    char text[CIVIL_TEXT];
    if (t == NO_TIME) {
        buf_add_z(out, lang_text(lang, T_core_no_time));
        return;
    }
    lang_date(out, lang, civil_day_of(t));
    buf_add_char(out, ' ');
    buf_add_z(out, civil_hm(text, civil_minute_of_day(t)));
}

void lang_limit(struct buf *out, enum lang lang, const struct limit *limit)
{
    static const enum text_id units[][2] = {
        [LIMIT_NONE] = {T_core_limit_none, T_core_limit_none},
        [LIMIT_SAME_DAY] = {T_core_limit_same_day, T_core_limit_same_day},
        [LIMIT_WORKING_DAYS] = {T_core_limit_working_day, T_core_limit_working_days},
        [LIMIT_CALENDAR_DAYS] = {T_core_limit_calendar_day, T_core_limit_calendar_days},
        [LIMIT_WORKING_HOURS] = {T_core_limit_working_hour, T_core_limit_working_hours},
        [LIMIT_MONTHS] = {T_core_limit_month, T_core_limit_months},
    };
    struct buf value = BUF_INIT;
    limit_format_value(&value, limit->hundredths, lang == LANG_VI ? ',' : '.');
    LANG_SAY(out, lang, units[limit->kind][limit->hundredths != 100], buf_str(&value));
    out->failed = out->failed || value.failed;
    buf_release(&value);
}

const char *lang_weekday(enum lang lang, enum weekday day)
{
    static const enum text_id weekdays[] = {
        [MONDAY] = T_core_monday,     [TUESDAY] = T_core_tuesday, [WEDNESDAY] = T_core_wednesday,
        [THURSDAY] = T_core_thursday, [FRIDAY] = T_core_friday,   [SATURDAY] = T_core_saturday,
        [SUNDAY] = T_core_sunday,
    };
    return lang_text(lang, weekdays[day]);
}
