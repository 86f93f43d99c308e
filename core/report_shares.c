#include "core/report_shares.h"

#include "core/report_words.h"
#include "core/text.h"

enum {
    SAMPLE = 300,       /* rows that have a say */
    WORD_MAX = 26,      /* a longer word is broken */
    WORD_PAPER = 21,    /* on paper: a dossier's code */
    WORD_MANY = 12,     /* where columns are many: then the code is, behind a hyphen */
    MANY = 12,          /* columns */
    LONGEST = 4000,     /* letters of a cell that count */
    BESIDE = 2,         /* letters' worth of room at both sides of a cell, and its rule */
    TITLE_EVERY = 12,   /* rows to a page, more or less: as often are the titles said */
    SPARE_TENTHS = 11,  /* a text takes a tenth more than its letters: lines end at words */
    PRECISION = 1 << 12 /* of what a letter more saves */
};

/* The lengths of what is in the rows, the titles' first. */
struct lengths {
    uint16_t cell[SAMPLE + 1][REPORT_COLUMNS];
    size_t rows, columns;
    int weight;        /* of the titles */
    int word;          /* the longest that is not broken */
    bool broken_times; /* between day and minute */
    int least[REPORT_COLUMNS];
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
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

static void add_cell(struct lengths *l, size_t row, size_t column, struct str text, bool whole)
{
    int letters = smaller(text_columns(text), LONGEST);
    l->cell[row][column] = (uint16_t)letters;
    l->least[column] = larger(l->least[column], whole ? letters : smaller(longest_word(text), l->word));
}

static bool is_whole(const struct lengths *l, enum cell_type type)
{
    return type != CELL_TEXT && !(type == CELL_TIME && l->broken_times);
}

static void measure(struct lengths *l, const struct report_part *part, enum lang lang,
                    enum report_medium medium)
{
    bool paper = medium == MEDIUM_PAPER;
    struct buf text = BUF_INIT;
    size_t step = part->count / SAMPLE + 1;
    *l = (struct lengths){.rows = 1, .columns = part->columns, .broken_times = paper};
    l->word = !paper ? WORD_MAX : part->columns > MANY ? WORD_MANY : WORD_PAPER;
    for (size_t i = 0; i < part->columns; i++) {
        add_cell(l, 0, i, str_of(lang_text(lang, report_column_below(&part->column[i]))), false);
        l->least[i] += 1 + l->least[i] / 6; /* titles are bold */
    }
    for (size_t r = 0; r < part->count; r++) {
        const struct report_row *row = &part->row[r];
        struct str cell[REPORT_COLUMNS];
        if (r % step && r + 1 < part->count) /* the last one is often a total: the widest numbers */
            continue;
        report_row_say(&text, lang, part, row, cell);
        size_t at = smaller((int)l->rows, SAMPLE);
        for (size_t i = 0; i < part->columns; i++)
            add_cell(l, at, i, cell[i], is_whole(l, row->cell[i].type));
        l->rows = at + 1;
    }
    l->weight = 1 + (int)l->rows / TITLE_EVERY;
    buf_release(&text);
}

/* Which cell makes the row high; the number of columns where all have room on one line. */
static size_t highest(const struct lengths *l, size_t row, const int width[REPORT_COLUMNS])
{
    size_t found = l->columns;
    int64_t most = 10;
    for (size_t i = 0; i < l->columns; i++) {
        int64_t tenths = (int64_t)l->cell[row][i] * SPARE_TENTHS / larger(width[i], 1);
        if (l->cell[row][i] > width[i] && tenths > most) {
            most = tenths;
            found = i;
        }
    }
    return found;
}

/* The column that a letter more helps most; the number of columns where it helps none. */
static size_t neediest(const struct lengths *l, const int width[REPORT_COLUMNS], int widest)
{
    int64_t gain[REPORT_COLUMNS] = {0};
    for (size_t r = 0; r < l->rows; r++) {
        size_t i = highest(l, r, width);
        if (i < l->columns && width[i] < widest)
            gain[i] += (int64_t)(r ? 1 : l->weight) * l->cell[r][i] * PRECISION / (width[i] * width[i]);
    }
    size_t found = l->columns;
    for (size_t i = 0; i < l->columns; i++)
        if (gain[i] > (found < l->columns ? gain[found] : 0))
            found = i;
    return found;
}

void report_widths(const struct report_part *part, enum lang lang, enum report_medium medium, int room,
                   int widest, int width[REPORT_COLUMNS])
{
    struct lengths l;
    measure(&l, part, lang, medium);
    for (size_t i = 0; i < l.columns; i++) {
        width[i] = larger(l.least[i], 1);
        room -= width[i];
    }
    for (; room > 0; room--) {
        size_t i = neediest(&l, width, widest);
        if (i == l.columns)
            break;
        width[i]++;
    }
}

void report_shares(const struct report_part *part, enum lang lang, int room, int share[REPORT_COLUMNS])
{
    int left = room - BESIDE * (int)part->columns, all = 0;
    report_widths(part, lang, MEDIUM_PAPER, left, room, share);
    for (size_t i = 0; i < part->columns; i++) {
        left -= share[i];
        share[i] += BESIDE;
        all += larger(part->column[i].share, 1);
    }
    for (size_t i = 0; i < part->columns && left > 0; i++)
        share[i] += left * larger(part->column[i].share, 1) / all;
}
