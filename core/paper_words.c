#include "core/paper_words.h"

#include "core/text.h"
#include <utf8proc.h>

struct str paper_keep(struct document *d, struct buf *text)
{
    struct str kept = document_keep(d, buf_str(text));
    d->failed = d->failed || text->failed;
    buf_release(text);
    return kept;
}

struct str paper_say(struct document *d, enum text_id id, const struct str *args, size_t n)
{
    struct buf text = BUF_INIT;
    lang_say(&text, d->lang, id, args, n);
    return paper_keep(d, &text);
}

struct str paper_text(const struct document *d, enum text_id id)
{
    return str_of(lang_text(d->lang, id));
}

struct str paper_capitals(struct document *d, struct str text)
{
    struct buf big = BUF_INIT;
    for (size_t at = 0; at < text.n;)
        text_put(&big, utf8proc_toupper(text_next(text, &at)));
    return paper_keep(d, &big);
}

struct str paper_number(struct document *d, int64_t number)
{
    struct buf text = BUF_INIT;
    buf_add_int(&text, number);
    return paper_keep(d, &text);
}

struct str paper_symbol(struct document *d, struct str symbol)
{
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < symbol.n; i++)
        buf_add_char(&text, symbol.p[i] == '/' ? '-' : symbol.p[i]);
    return paper_keep(d, &text);
}

static struct str two_digits(struct document *d, int n)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "%02d", n);
    return paper_keep(d, &text);
}

struct str paper_day(struct document *d, civil_day day)
{
    struct civil on = civil_to_ymd(day);
    bool zero = d->lang == LANG_EN || on.month < 3;
    return PAPER_SAY(d, T_forms_day, two_digits(d, on.day),
                     zero ? two_digits(d, on.month) : paper_number(d, on.month), paper_number(d, on.year));
}

struct str paper_moment(struct document *d, civil_minute t)
{
    if (t == NO_TIME)
        return STR_NONE;
    int minute = civil_minute_of_day(t);
    return PAPER_SAY(d, T_forms_moment, two_digits(d, minute / 60), two_digits(d, minute % 60),
                     paper_day(d, civil_day_of(t)));
}

struct str paper_money(struct document *d, int64_t amount)
{
    struct buf plain = BUF_INIT, grouped = BUF_INIT;
    buf_add_int(&plain, amount);
    struct str digits = buf_str(&plain);
    for (size_t i = 0; i < digits.n; i++) {
        bool begins = i == 0 || digits.p[i - 1] == '-';
        if (!begins && (digits.n - i) % 3 == 0)
            buf_add_char(&grouped, d->lang == LANG_VI ? '.' : ',');
        buf_add_char(&grouped, digits.p[i]);
    }
    d->failed = d->failed || plain.failed;
    buf_release(&plain);
    return PAPER_SAY(d, T_forms_money, paper_keep(d, &grouped));
}

struct str paper_limit(struct document *d, const struct limit *limit)
{
    struct buf text = BUF_INIT;
    if (limit->kind == LIMIT_NONE)
        return STR_NONE;
    lang_limit(&text, d->lang, limit);
    return paper_keep(d, &text);
}

struct str paper_place_day(struct document *d, const struct office *office, civil_day day)
{
    struct str place = office_identity(office)->place, on = paper_day(d, day);
    return place.n ? PAPER_SAY(d, T_forms_place_day, place, on) : PAPER_SAY(d, T_forms_place_open, on);
}

void paper_head(struct document *d, const struct office *office, struct str unit, struct str desk,
                struct str number, civil_day day)
{
    const struct office_identity *is = office_identity(office);
    struct head_block head = {
        .parent = paper_capitals(d, unit.n ? is->name : is->parent),
        .agency = paper_capitals(d, unit.n ? unit : is->name),
        .desk = paper_capitals(d, desk),
        .number = number,
        .country = paper_text(d, T_forms_country),
        .motto = paper_text(d, T_forms_motto),
        .place_date = paper_place_day(d, office, day),
    };
    document_add(d, BLOCK_HEAD)->head = head;
}
