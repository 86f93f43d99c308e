#include "cli/table.h"

#include "core/text.h"
#include <stdlib.h>

enum { GAP = 2 };

void table_init(struct table *t, const struct table_column *column, size_t columns)
{
    *t = (struct table){.column = column, .columns = columns, .text = ARENA_INIT};
}

void table_release(struct table *t)
{
    arena_release(&t->text);
    free(t->cell);
    *t = (struct table){.text = ARENA_INIT};
}

void table_add(struct table *t, const struct cell *cells)
{
    if (t->rows == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 32;
        struct cell *grown = realloc(t->cell, cap * t->columns * sizeof *grown);
        if (!grown) {
            t->failed = true;
            return;
        }
        t->cell = grown;
        t->cap = cap;
    }
    memcpy(t->cell + t->rows * t->columns, cells, t->columns * sizeof *cells);
    t->rows++;
}

struct str table_keep(struct table *t, struct buf *text)
{
    struct str kept = arena_str(&t->text, buf_str(text));
    t->failed = t->failed || text->failed || t->text.failed;
    buf_reset(text);
    return kept;
}

void paint_begin(struct cli *c, enum paint paint)
{
    static const char *const codes[] = {
        [PAINT_NONE] = "",           [PAINT_BOLD] = "\033[1m",   [PAINT_RED] = "\033[1;31m",
        [PAINT_YELLOW] = "\033[33m", [PAINT_GREEN] = "\033[32m", [PAINT_DIM] = "\033[2m",
    };
    if (c->color)
        buf_add_z(&c->out, codes[paint]);
}

void paint_end(struct cli *c, enum paint paint)
{
    if (c->color && paint != PAINT_NONE)
        buf_add_z(&c->out, "\033[0m");
}

static bool has_titles(const struct table *t)
{
    for (size_t i = 0; i < t->columns; i++)
        if (t->column[i].title != T_nothing)
            return true;
    return false;
}

/* What each column would like, then what it gets: the widest of those that may be shortened gives way first.
 * The last column is only measured where the terminal ends. */
static void find_widths(struct table *t, const struct cli *c, int width[TABLE_COLUMNS])
{
    size_t measured = c->columns ? t->columns : t->columns - 1;
    for (size_t i = 0; i < t->columns; i++) {
        width[i] = text_columns(str_of(cli_text(c, t->column[i].title)));
        for (size_t row = 0; i < measured && row < t->rows; row++) {
            struct cell *cell = &t->cell[row * t->columns + i];
            cell->columns = text_columns(cell->text);
            width[i] = cell->columns > width[i] ? cell->columns : width[i];
        }
    }
    int over = t->indent - c->columns - GAP;
    for (size_t i = 0; i < t->columns; i++)
        over += width[i] ? width[i] + GAP : 0;
    while (c->columns && over > 0) {
        int widest = -1;
        for (size_t i = 0; i < t->columns; i++)
            if (t->column[i].least && width[i] > t->column[i].least &&
                (widest < 0 || width[i] > width[widest]))
                widest = (int)i;
        if (widest < 0)
            return;
        width[widest]--;
        over--;
    }
}

static void add_blanks(struct buf *out, int n)
{
    static const char blanks[] = "                                                                ";
    for (int part; n > 0; n -= part) {
        part = n < (int)sizeof blanks - 1 ? n : (int)sizeof blanks - 1;
        buf_add(out, blanks, (size_t)part);
    }
}

static void print_cell(struct cli *c, const struct cell *cell, int width, bool right, bool last)
{
    bool whole = last && !c->columns;
    int used = whole ? 0 : cell->columns;
    if (right && used < width)
        add_blanks(&c->out, width - used);
    paint_begin(c, cell->paint);
    if (whole || used <= width)
        text_safe(&c->out, cell->text, false);
    else
        text_cell(&c->out, cell->text, width, false);
    paint_end(c, cell->paint);
    if (!right && !last && used < width)
        add_blanks(&c->out, width - used);
    if (!last)
        add_blanks(&c->out, GAP);
}

/* Cells at the end of a row that are empty leave no blanks behind. */
static void print_row(const struct table *t, struct cli *c, const struct cell *cells,
                      const int width[TABLE_COLUMNS])
{
    size_t last = t->columns;
    while (last > 1 && !cells[last - 1].text.n)
        last--;
    add_blanks(&c->out, t->indent);
    for (size_t i = 0; i < last; i++)
        if (width[i] || i + 1 == last)
            print_cell(c, &cells[i], width[i], t->column[i].right, i + 1 == last);
    buf_add_char(&c->out, '\n');
    cli_spill(c);
}

void table_print(struct table *t, struct cli *c)
{
    int width[TABLE_COLUMNS];
    c->out.failed = c->out.failed || t->failed;
    if (!t->rows || t->failed)
        return;
    find_widths(t, c, width);
    if (has_titles(t)) {
        struct cell titles[TABLE_COLUMNS];
        for (size_t i = 0; i < t->columns; i++) {
            titles[i] = (struct cell){str_of(cli_text(c, t->column[i].title)), PAINT_BOLD, 0};
            titles[i].columns = text_columns(titles[i].text);
        }
        print_row(t, c, titles, width);
    }
    for (size_t row = 0; row < t->rows; row++)
        print_row(t, c, t->cell + row * t->columns, width);
}
