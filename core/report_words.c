#include "core/report_words.h"

/* Without its sign: that of the least number of all has no positive one. */
static uint64_t magnitude(int64_t n)
{
    return n < 0 ? (uint64_t) - (n + 1) + 1 : (uint64_t)n;
}

static void add_grouped(struct buf *out, uint64_t n, char separator)
{
    char digits[32];
    size_t at = sizeof digits;
    for (int i = 0; i == 0 || n; i++, n /= 10) {
        if (i && i % 3 == 0)
            digits[--at] = separator;
        digits[--at] = (char)('0' + n % 10);
    }
    buf_add(out, digits + at, sizeof digits - at);
}

static void add_decimals(struct buf *out, char sign, uint64_t hundredths)
{
    buf_add_char(out, sign);
    buf_add_char(out, (char)('0' + hundredths % 100 / 10));
    buf_add_char(out, (char)('0' + hundredths % 10));
}

static void say_number(struct buf *out, enum lang lang, int64_t n, bool decimals)
{
    uint64_t whole = magnitude(n);
    buf_add_z(out, n < 0 ? "-" : "");
    add_grouped(out, decimals ? whole / 100 : whole, lang == LANG_VI ? '.' : ',');
    if (decimals)
        add_decimals(out, lang == LANG_VI ? ',' : '.', whole);
}

void report_cell_say(struct buf *out, enum lang lang, const struct report_cell *c)
{
    switch (c->type) {
    case CELL_EMPTY: break;
    case CELL_TEXT: buf_add_str(out, c->text); break;
    case CELL_NUMBER:
    case CELL_MONEY: say_number(out, lang, c->number, false); break;
    case CELL_HUNDREDTHS: say_number(out, lang, c->number, true); break;
    case CELL_PERCENT:
        say_number(out, lang, c->number, true);
        buf_add_z(out, lang == LANG_VI ? " %" : "%");
        break;
    case CELL_DATE: lang_date(out, lang, (civil_day)c->number); break;
    case CELL_TIME: lang_time(out, lang, c->number); break;
    }
}

void report_cell_hundredths(struct buf *out, int64_t hundredths)
{
    uint64_t whole = magnitude(hundredths);
    buf_add_z(out, hundredths < 0 ? "-" : "");
    buf_addf(out, "%llu", (unsigned long long)(whole / 100));
    add_decimals(out, '.', whole);
}

void report_row_say(struct buf *text, enum lang lang, const struct report_part *part,
                    const struct report_row *row, struct str cell[REPORT_COLUMNS])
{
    size_t end[REPORT_COLUMNS];
    buf_reset(text);
    for (size_t i = 0; i < part->columns; i++) {
        report_cell_say(text, lang, &row->cell[i]);
        end[i] = text->n;
    }
    for (size_t i = 0; i < part->columns; i++) {
        size_t from = i ? end[i - 1] : 0;
        bool said = end[i] > from && !text->failed;
        cell[i] = said ? (struct str){text->p + from, end[i] - from} : STR_NONE;
    }
}
