#include "core/report_layout.h"

#include "core/report_words.h"
#include "core/text.h"

enum {
    TITLE = 12,         /* columns a title alone may take before it is wrapped */
    WORD = 24,          /* a longer one is no word, and no code: it may be broken */
    TEXT = 16,          /* columns that do for a text, */
    MANY = 12,          /* columns, from which on */
    BESIDE_NUMBERS = 10 /* must do, as where most columns are numbers: such a table is read across and down */
};

static int longer(int a, int b)
{
    return a > b ? a : b;
}

static int shorter(int a, int b)
{
    return a < b ? a : b;
}

static int longest_word(struct str text)
{
    int longest = 0;
    for (size_t at = 0; at < text.n;) {
        const char *blank = memchr(text.p + at, ' ', text.n - at);
        size_t n = blank ? (size_t)(blank - text.p) - at : text.n - at;
        longest = longer(longest, text_columns((struct str){text.p + at, n}));
        at += n + 1;
    }
    return longest;
}

/* ---- how wide ---- */

static bool is_of_numbers(const struct report_part *part)
{
    size_t numbers = 0;
    for (size_t i = 0; i < part->columns; i++)
        numbers += report_is_number(part->column[i].type);
    return numbers * 2 > part->columns;
}

/* What a column would like, and what it needs: a number, a date is never broken; words are, as far as a
 * column may shrink. */
static void measure(struct report_layout *l, int least[REPORT_COLUMNS], enum lang lang,
                    const struct report_part *part)
{
    struct str cell[REPORT_COLUMNS];
    struct buf text = BUF_INIT;
    int words[REPORT_COLUMNS] = {0};
    for (size_t i = 0; i < part->columns; i++) {
        struct str title = str_of(lang_text(lang, part->column[i].title));
        l->right[i] = report_is_number(part->column[i].type);
        least[i] = longest_word(title);
        l->width[i] = longer(least[i], shorter(text_columns(title), TITLE));
    }
    for (size_t r = 0; r < part->count; r++) {
        report_row_say(&text, lang, part, &part->row[r], cell);
        for (size_t i = 0; i < part->columns; i++) {
            bool is_text = part->row[r].cell[i].type == CELL_TEXT;
            int columns = text_columns(cell[i]);
            l->width[i] = longer(l->width[i], columns);
            words[i] = longer(words[i], is_text ? longest_word(cell[i]) : 0);
            least[i] = longer(least[i], is_text ? 0 : columns);
        }
    }
    int room = is_of_numbers(part) || part->columns > MANY ? BESIDE_NUMBERS : TEXT;
    for (size_t i = 0; i < part->columns; i++) {
        int wanted = longer(shorter(words[i], WORD), part->column[i].type == CELL_TEXT ? room : 0);
        least[i] = shorter(l->width[i], longer(least[i], wanted));
    }
    buf_release(&text);
}

/* The widest that may give way; `columns` where none may. */
static size_t widest_of(const struct report_layout *l, const int least[REPORT_COLUMNS],
                        const struct report_part *part, bool texts)
{
    size_t widest = part->columns;
    for (size_t i = 0; i < part->columns; i++)
        if ((part->column[i].type == CELL_TEXT) == texts && l->width[i] > least[i] &&
            (widest == part->columns || l->width[i] > l->width[widest]))
            widest = i;
    return widest;
}

/* Room that only a title takes goes before that of texts. True when they then fit. */
static bool fit(struct report_layout *l, const int least[REPORT_COLUMNS], const struct report_part *part,
                int columns, int gap)
{
    int over = -gap - columns;
    for (size_t i = 0; i < part->columns; i++)
        over += l->width[i] + gap;
    for (; over > 0; over--) {
        size_t widest = widest_of(l, least, part, false);
        if (widest == part->columns)
            widest = widest_of(l, least, part, true);
        if (widest == part->columns)
            return false;
        l->width[widest]--;
    }
    return true;
}

/* ---- tables or cards ---- */

/* The columns before the first number say what a row is about: they begin every table. */
static size_t leading(const struct report_part *part)
{
    size_t n = 0;
    while (n < part->columns && !report_is_number(part->column[n].type))
        n++;
    /* A running number is no name. */
    if (n == 0 && part->columns > 1 && !report_is_number(part->column[1].type))
        n = 2;
    return n;
}

/* Numbers can be read in two goes, lines of words cannot. */
static bool is_figures(const struct report_part *part, size_t frozen)
{
    size_t words = 0;
    for (size_t i = frozen; i < part->columns; i++)
        words += !report_is_number(part->column[i].type);
    return frozen > 0 && frozen < part->columns && words == 0;
}

/* At most so many columns behind the leading ones as there is room for, and the rest below. False where not
 * even one fits. */
static bool split_at(struct report_layout *l, size_t frozen, size_t count, int columns, int gap, size_t most)
{
    int room = columns + gap;
    for (size_t i = 0; i < frozen; i++)
        room -= l->width[i] + gap;
    l->tables = 0;
    l->frozen = frozen;
    l->first[0] = frozen;
    for (size_t at = frozen; at < count;) {
        int left = room;
        size_t from = at;
        while (at < count && at - from < most && l->width[at] + gap <= left)
            left -= l->width[at++] + gap;
        if (at == from)
            return false;
        l->first[++l->tables] = at;
    }
    return l->tables > 0;
}

/* In as few tables as there can be, each of them about as wide. */
static bool split(struct report_layout *l, size_t frozen, size_t count, int columns, int gap)
{
    if (!split_at(l, frozen, count, columns, gap, count))
        return false;
    size_t fewest = l->tables, most = (count - frozen + fewest - 1) / fewest;
    while (split_at(l, frozen, count, columns, gap, most) && l->tables > fewest)
        most++;
    return true;
}

void report_layout_of(struct report_layout *l, enum lang lang, const struct report_part *part, int columns,
                      int gap)
{
    int least[REPORT_COLUMNS];
    *l = (struct report_layout){.tables = 1};
    measure(l, least, lang, part);
    l->first[1] = part->columns;
    if (!columns || fit(l, least, part, columns, gap))
        return;
    size_t frozen = leading(part);
    l->cards = !is_figures(part, frozen) || !split(l, frozen, part->columns, columns, gap);
    if (l->cards) {
        l->tables = 1;
        l->frozen = 0;
        l->first[0] = 0;
        l->first[1] = part->columns;
    }
}
