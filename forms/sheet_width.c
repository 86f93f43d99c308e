#include "forms/sheet_width.h"

#include "core/text.h"

enum {
    NARROWEST = 6,
    WIDEST = 45,
    PAGE = 220,    /* letters across A4 in a size that can still be read */
    WORD_MAX = 26, /* a longer word is broken rather than given all it needs: a dossier's code is 21 */
    BORDERS = 2,   /* letters' worth of room at both sides */
};

/* Letters that a column needs at least, and would like to have. */
struct need {
    int least, most;
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int digits_of(const struct report_cell *c)
{
    int digits = 1;
    for (int64_t n = c->number; n / 10; n /= 10)
        digits++;
    return digits + (digits - 1) / 3 + (c->number < 0) + (c->type == CELL_PERCENT);
}

static int longest_word(struct str s)
{
    int longest = 0, word = 0;
    for (size_t at = 0; at < s.n;) {
        size_t next = text_after(s, at);
        word = s.p[at] == ' ' || s.p[at] == '\n' ? 0 : word + text_columns((struct str){s.p + at, next - at});
        longest = larger(longest, word);
        at = next;
    }
    return longest;
}

static struct need need_of(const struct report_cell *c)
{
    switch (sheet_cell_is_absent(c) ? CELL_EMPTY : c->type) {
    case CELL_EMPTY: return (struct need){0, 0};
    case CELL_TEXT: {
        int word = longest_word(c->text);
        return (struct need){word < WORD_MAX ? word : WORD_MAX, text_columns(c->text)};
    }
    case CELL_DATE: return (struct need){10, 10};
    case CELL_TIME: return (struct need){16, 16};
    default: return (struct need){digits_of(c), digits_of(c)};
    }
}

static struct need column_need(const struct report_part *part, size_t column, enum lang lang)
{
    struct str title = str_of(lang_text(lang, part->column[column].title));
    int least = larger(NARROWEST, longest_word(title));
    struct need need = {least, larger(least, text_columns(title) / 3 + 2)};
    for (size_t i = 0; i < part->count; i++) {
        struct need cell = need_of(&part->row[i].cell[column]);
        need.least = larger(need.least, cell.least);
        need.most = larger(need.most, cell.most);
    }
    return need;
}

/* `width` holds what each would like, `least` what it must have. */
static int total(const int *width, const int *least, size_t columns, int widest)
{
    int letters = 0;
    for (size_t i = 0; i < columns; i++)
        letters += BORDERS + larger(least[i], width[i] < widest ? width[i] : widest);
    return letters;
}

void sheet_widths(const struct report_part *part, enum lang lang, int *width)
{
    int least[SHEET_COLUMNS], widest = WIDEST;
    for (size_t i = 0; i < part->columns; i++) {
        struct need need = column_need(part, i, lang);
        least[i] = need.least;
        width[i] = need.most;
    }
    while (widest > NARROWEST && total(width, least, part->columns, widest) > PAGE)
        widest--;
    for (size_t i = 0; i < part->columns; i++)
        width[i] = BORDERS + larger(least[i], width[i] < widest ? width[i] : widest);
}
