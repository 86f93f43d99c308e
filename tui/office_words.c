#include "tui/office_words.h"

#include "core/text.h"
#include "core/words.h"
#include "tui/typed.h"

void office_money(struct buf *out, enum lang lang, int64_t amount)
{
    struct buf digits = BUF_INIT;
    buf_add_int(&digits, amount);
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            buf_add_char(out, lang == LANG_VI ? '.' : ',');
        buf_add_char(out, digits.p[i]);
    }
    buf_release(&digits);
}

void office_offered(struct buf *out, enum lang lang, int8_t offered)
{
    buf_add_z(out, lang_text(lang, offered < 0 ? T_tui_unknown_yet : offered ? T_core_yes : T_core_no));
}

void office_fee(struct buf *out, enum lang lang, int64_t fee)
{
    struct buf amount = BUF_INIT;
    office_money(&amount, lang, fee);
    if (fee > 0)
        LANG_SAY(out, lang, T_tui_fee_amount, buf_str(&amount));
    else
        buf_add_z(out, lang_text(lang, fee < 0 ? T_tui_unknown_yet : T_tui_fee_none));
    buf_release(&amount);
}

void office_limit(struct buf *out, enum lang lang, const struct procedure *p)
{
    lang_limit(out, lang, &p->limit);
    if (p->limit.kind != LIMIT_SAME_DAY || p->limit.cutoff == LIMIT_NO_CUTOFF)
        return;
    char hour[CIVIL_TEXT];
    buf_add_z(out, ", ");
    LANG_SAY(out, lang, T_tui_detail_cutoff, str_of(civil_hm(hour, p->limit.cutoff)));
}

void office_weekdays(struct buf *out, enum lang lang, unsigned weekdays)
{
    for (int d = MONDAY, any = 0; d <= SUNDAY; d++) {
        int last = d;
        if (!(weekdays >> d & 1))
            continue;
        while (last < SUNDAY && weekdays >> (last + 1) & 1)
            last++;
        if (any++)
            buf_add_char(out, ',');
        buf_add_z(out, words_weekday_short(lang, (enum weekday)d));
        if (last - d < 2)
            continue;
        buf_add_char(out, '-');
        buf_add_z(out, words_weekday_short(lang, (enum weekday)last));
        d = last;
    }
}

/* 0 when it is the name of no day. */
static int weekday_of(struct str folded)
{
    struct buf name = BUF_INIT;
    int day = 0;
    for (int d = MONDAY; d <= SUNDAY && !day; d++)
        for (int lang = LANG_VI; lang <= LANG_EN && !day; lang++) {
            buf_reset(&name);
            text_fold(&name, str_of(words_weekday_short((enum lang)lang, (enum weekday)d)));
            if (folded.n && str_eq(buf_str(&name), folded))
                day = d;
        }
    buf_release(&name);
    return day;
}

bool office_weekdays_parse(struct str text, uint8_t *out)
{
    struct buf folded = BUF_INIT;
    unsigned bits = 0;
    int day = 0; /* the last one read */
    bool to = false, ok = true;
    text_fold(&folded, text);
    for (size_t at = 0, end; ok && at < folded.n; at = end) {
        end = at + 1;
        if (strchr(", ;", folded.p[at]))
            continue;
        if (folded.p[at] == '-') {
            ok = day && !to;
            to = true;
            continue;
        }
        while (end < folded.n && !strchr(",- ;", folded.p[end]))
            end++;
        int next = weekday_of((struct str){folded.p + at, end - at});
        ok = next && (!to || next > day);
        for (int d = to ? day : next; ok && d <= next; d++)
            bits |= 1u << d;
        day = to ? 0 : next; /* behind a range no other begins: "T2-T3-T4" */
        to = false;
    }
    ok = ok && !to && bits && !folded.failed;
    if (ok)
        *out = (uint8_t)bits;
    buf_release(&folded);
    return ok;
}

void office_spans(struct buf *out, const struct office_hours *h)
{
    char hour[CIVIL_TEXT];
    for (int i = 0; i < h->span_count; i++) {
        if (i)
            buf_add_char(out, ',');
        buf_add_z(out, civil_hm(hour, h->span[i].opens));
        buf_add_char(out, '-');
        buf_add_z(out, civil_hm(hour, h->span[i].closes));
    }
}

void office_hours_change(struct buf *out, enum lang lang, const struct office_hours *h)
{
    struct buf spans = BUF_INIT, weekdays = BUF_INIT, from = BUF_INIT;
    office_spans(&spans, h);
    office_weekdays(&weekdays, lang, h->weekdays);
    lang_date(&from, lang, h->from);
    LANG_SAY(out, lang, T_tui_hours_next, buf_str(&from), buf_str(&weekdays), buf_str(&spans));
    buf_release(&spans);
    buf_release(&weekdays);
    buf_release(&from);
}

bool office_spans_parse(struct str text, struct office_hours *h)
{
    struct buf plain = BUF_INIT;
    bool ok = true;
    for (size_t at = 0; ok && at <= text.n; at++) {
        size_t end = at;
        while (end < text.n && !strchr(",;-", text.p[end]))
            end++;
        struct typed_time t;
        char hour[CIVIL_TEXT];
        ok = typed_time((struct str){text.p + at, end - at}, 0, &t) && t.day == 0 && t.minute_of_day >= 0;
        if (ok)
            buf_add_z(&plain, civil_hm(hour, t.minute_of_day));
        if (ok && end < text.n)
            buf_add_char(&plain, text.p[end] == '-' ? '-' : ',');
        at = end;
    }
    ok = ok && !plain.failed && office_hours_parse(buf_str(&plain), h);
    buf_release(&plain);
    return ok;
}

/* ---- settings ---- */

static const struct {
    struct str value;
    enum text_id text;
} value_words[] = {
    {{"vi", 2}, T_tui_value_vi},
    {{"en", 2}, T_tui_value_en},
    {{"statutory", 9}, T_tui_value_statutory},
    {{"promised", 8}, T_tui_value_promised},
    {{"auto", 4}, T_tui_value_times_auto},
    {{"timed", 5}, T_tui_value_times_timed},
    {{"all_day", 7}, T_tui_value_times_all_day},
    {{"day_end", 7}, T_core_clock_day_end},
    {{"same_hour", 9}, T_core_clock_same_hour},
};
enum { VALUE_WORDS = sizeof value_words / sizeof *value_words };

void office_value(struct buf *out, enum lang lang, struct str value)
{
    struct civil_input in;
    for (size_t i = 0; i < VALUE_WORDS; i++)
        if (str_eq(value, value_words[i].value)) {
            buf_add_z(out, lang_text(lang, value_words[i].text));
            return;
        }
    if (!value.n)
        buf_add_z(out, lang_text(lang, T_tui_setting_none));
    else if (value.n == 10 && civil_parse(value, &in) && in.minute_of_day < 0)
        lang_date(out, lang, in.day);
    else
        buf_add_str(out, value);
}

struct str office_value_word(struct str called)
{
    for (size_t i = 0; i < VALUE_WORDS; i++)
        for (int lang = LANG_VI; lang <= LANG_EN; lang++)
            if (str_eq(called, str_of(lang_text((enum lang)lang, value_words[i].text))))
                return value_words[i].value;
    return called;
}

/* The length of " (day_end)" at the beginning; 0 for anything else. */
static size_t word_in_brackets(struct str text)
{
    for (size_t i = 0; i < VALUE_WORDS; i++) {
        struct str word = value_words[i].value;
        if (text.n >= word.n + 3 && str_starts(text, STR(" (")) && str_starts(str_from(text, 2), word) &&
            text.p[word.n + 2] == ')')
            return word.n + 3;
    }
    return 0;
}

void office_meaning(struct buf *out, enum lang lang, enum text_id meaning)
{
    struct str text = str_of(lang_text(lang, meaning));
    while (text.n) {
        size_t skip = word_in_brackets(text);
        if (!skip)
            buf_add_char(out, text.p[0]);
        text = str_from(text, skip ? skip : 1);
    }
}

void office_values(struct buf *out, enum lang lang, size_t setting)
{
    struct buf allowed = BUF_INIT;
    settings_allowed(&allowed, setting);
    for (struct str left = buf_str(&allowed); left.n;) {
        const char *end = memchr(left.p, '|', left.n);
        struct str word = str_first(left, end ? (size_t)(end - left.p) : left.n);
        office_value(out, lang, word);
        buf_add_char(out, '\n');
        left = str_from(left, word.n + (end != NULL));
    }
    buf_release(&allowed);
}

static void allowed_words(struct buf *out, enum lang lang, size_t setting)
{
    struct buf words = BUF_INIT;
    office_values(&words, lang, setting);
    for (size_t i = 0; i + 1 < words.n; i++)
        if (words.p[i] == '\n')
            buf_add_z(out, ", ");
        else
            buf_add_char(out, words.p[i]);
    buf_release(&words);
}

static void allowed_numbers(struct buf *out, enum lang lang, size_t setting)
{
    struct buf from = BUF_INIT, to = BUF_INIT;
    int least, most;
    settings_bounds(setting, &least, &most);
    buf_add_int(&from, least);
    buf_add_int(&to, most);
    LANG_SAY(out, lang, T_tui_allowed_number, buf_str(&from), buf_str(&to));
    buf_release(&from);
    buf_release(&to);
}

void office_allowed(struct buf *out, enum lang lang, size_t setting)
{
    switch (settings_type(setting)) {
    case SETTING_LANG:
    case SETTING_CLOCK:
    case SETTING_BASIS:
    case SETTING_TIMES: allowed_words(out, lang, setting); break;
    case SETTING_NUMBER: allowed_numbers(out, lang, setting); break;
    case SETTING_HOUR: buf_add_z(out, lang_text(lang, T_tui_allowed_hour)); break;
    case SETTING_DATE: buf_add_z(out, lang_text(lang, T_tui_allowed_date)); break;
    case SETTING_TEXT: buf_add_z(out, lang_text(lang, T_tui_allowed_text)); break;
    case SETTING_TARGET: buf_add_z(out, lang_text(lang, T_tui_allowed_target)); break;
    case SETTING_FORM: buf_add_z(out, lang_text(lang, T_tui_allowed_form)); break;
    }
}

void office_standard(struct buf *out, enum lang lang, size_t setting)
{
    struct settings standard = settings_default();
    struct buf value = BUF_INIT;
    settings_format(&value, &standard, setting);
    office_value(out, lang, buf_str(&value));
    buf_release(&value);
}

void office_setting_read(struct buf *out, size_t setting, struct str typed)
{
    struct typed_time t;
    char text[CIVIL_TEXT];
    bool read = typed_time(typed, 0, &t);
    int slashes = 0;
    for (size_t i = 0; i < typed.n; i++)
        slashes += typed.p[i] == '/';
    switch (settings_type(setting)) {
    case SETTING_LANG:
    case SETTING_CLOCK:
    case SETTING_BASIS:
    case SETTING_TIMES: buf_add_str(out, office_value_word(typed)); return;
    case SETTING_HOUR:
        if (!read || t.day != 0 || t.minute_of_day < 0)
            break;
        buf_add_z(out, civil_hm(text, t.minute_of_day));
        return;
    case SETTING_DATE:
        if (!read || t.minute_of_day >= 0 || slashes == 1) /* which year? */
            break;
        buf_add_z(out, civil_iso_date(text, t.day));
        return;
    default: break;
    }
    buf_add_str(out, typed);
}

enum text_id office_role_text(enum role role)
{
    switch (role) {
    case ROLE_OFFICER: return T_tui_role_may_officer;
    case ROLE_SPECIALIST: return T_tui_role_may_specialist;
    case ROLE_CHIEF: return T_tui_role_may_chief;
    case ROLE_ADMIN: return T_tui_role_may_admin;
    default: return T_nothing;
    }
}
