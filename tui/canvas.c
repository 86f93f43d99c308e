#include "tui/canvas.h"

#include "core/text.h"
#include <stdlib.h>

void canvas_release(struct canvas *c)
{
    free(c->cell);
    buf_release(&c->scratch);
    *c = CANVAS_INIT;
}

void canvas_clear(struct canvas *c)
{
    size_t n = (size_t)c->rows * (size_t)c->columns;
    for (size_t i = 0; i < n; i++)
        c->cell[i] = (struct cell){.columns = 1, .style = STYLE_PLAIN};
    c->cursor_row = c->cursor_column = -1;
    c->failed = false;
}

bool canvas_resize(struct canvas *c, int rows, int columns)
{
    if (rows < 1 || columns < 1)
        rows = columns = 0;
    if (rows != c->rows || columns != c->columns) {
        free(c->cell);
        c->cell = rows ? calloc((size_t)rows * (size_t)columns, sizeof *c->cell) : NULL;
        c->rows = c->cell ? rows : 0;
        c->columns = c->cell ? columns : 0;
    }
    canvas_clear(c);
    return c->cell || !rows;
}

static struct cell *cell_at(const struct canvas *c, int row, int column)
{
    return &c->cell[(size_t)row * (size_t)c->columns + (size_t)column];
}

/* Overwriting one half of a wide character leaves a blank in place of the other. */
static void clear_cell(struct canvas *c, int row, int column, int style)
{
    struct cell *at = cell_at(c, row, column);
    if (at->columns == 0 && column > 0)
        *cell_at(c, row, column - 1) =
            (struct cell){.columns = 1, .style = cell_at(c, row, column - 1)->style};
    if (at->columns == 2 && column + 1 < c->columns)
        *cell_at(c, row, column + 1) =
            (struct cell){.columns = 1, .style = cell_at(c, row, column + 1)->style};
    *at = (struct cell){.columns = 1, .style = (uint8_t)style};
}

/* One letter: as many of its marks as a cell holds. */
static void put_letter(struct canvas *c, int row, int column, int columns, int style, struct str letter)
{
    clear_cell(c, row, column, style);
    if (columns == 2) {
        clear_cell(c, row, column + 1, style);
        cell_at(c, row, column + 1)->columns = 0;
    }
    struct cell *at = cell_at(c, row, column);
    at->columns = (uint8_t)columns;
    size_t end = 0;
    for (size_t next = 0; next < letter.n && text_next(letter, &next) >= 0 && next < CELL_BYTES;)
        end = next;
    if (end == 1 && letter.p[0] == ' ')
        return;
    memcpy(at->text, letter.p, end);
    at->n = (uint8_t)end;
}

/* Draws the scratch buffer, already safe and cut, from `column` on; both ends may lie outside. */
static int put_scratch(struct canvas *c, int row, int column, int style)
{
    struct str text = buf_str(&c->scratch);
    int used = 0;
    for (size_t at = 0; at < text.n;) {
        size_t next = at;
        int columns = text_letter(text, &next), to = column + used;
        struct str letter = {text.p + at, next - at};
        if (columns > 2)
            columns = 2;
        if (columns > 0 && row >= 0 && row < c->rows && to >= 0 && to + columns <= c->columns)
            put_letter(c, row, to, columns, style, letter);
        used += columns;
        at = next;
    }
    if (c->scratch.failed)
        c->failed = true;
    return used;
}

static int clip(const struct canvas *c, int column, int width)
{
    return column + width > c->columns ? c->columns - column : width;
}

int canvas_text(struct canvas *c, int row, int column, int width, int style, struct str text)
{
    width = clip(c, column, width);
    if (width <= 0 || row < 0 || row >= c->rows)
        return 0;
    buf_reset(&c->scratch);
    text_cell(&c->scratch, text, width, false);
    return put_scratch(c, row, column, style);
}

void canvas_cell(struct canvas *c, int row, int column, int width, int style, struct str text)
{
    width = clip(c, column, width);
    if (width <= 0 || row < 0 || row >= c->rows)
        return;
    buf_reset(&c->scratch);
    text_cell(&c->scratch, text, width, true);
    put_scratch(c, row, column, style);
}

void canvas_right(struct canvas *c, int row, int column, int width, int style, struct str text)
{
    int columns = text_columns(text);
    if (columns > width)
        columns = width;
    canvas_text(c, row, column + width - columns, columns, style, text);
}

void canvas_fill(struct canvas *c, struct area a, int style)
{
    for (int r = a.row; r < a.row + a.rows; r++)
        for (int k = a.column; k < a.column + a.columns; k++)
            if (r >= 0 && r < c->rows && k >= 0 && k < c->columns)
                clear_cell(c, r, k, style);
}

static void repeat(struct canvas *c, int row, int column, int width, int style, const char *what)
{
    if (row < 0 || row >= c->rows)
        return;
    for (int k = column < 0 ? 0 : column; k < column + width && k < c->columns; k++)
        put_letter(c, row, k, 1, style, str_of(what));
}

void canvas_rule(struct canvas *c, int row, int column, int width, int style)
{
    repeat(c, row, column, width, style, "─");
}

void canvas_box(struct canvas *c, struct area a, int style)
{
    canvas_fill(c, a, style);
    int bottom = a.row + a.rows - 1, right = a.column + a.columns - 1;
    canvas_rule(c, a.row, a.column, a.columns, style);
    canvas_rule(c, bottom, a.column, a.columns, style);
    for (int r = a.row + 1; r < bottom; r++) {
        canvas_text(c, r, a.column, 1, style, STR("│"));
        canvas_text(c, r, right, 1, style, STR("│"));
    }
    canvas_text(c, a.row, a.column, 1, style, STR("┌"));
    canvas_text(c, a.row, right, 1, style, STR("┐"));
    canvas_text(c, bottom, a.column, 1, style, STR("└"));
    canvas_text(c, bottom, right, 1, style, STR("┘"));
}

void canvas_select(struct canvas *c, int row, int column, int width)
{
    if (row < 0 || row >= c->rows)
        return;
    for (int k = column < 0 ? 0 : column; k < column + width && k < c->columns; k++)
        cell_at(c, row, k)->style |= STYLE_SELECTED;
}

void canvas_cursor(struct canvas *c, int row, int column)
{
    if (row < 0 || row >= c->rows || column < 0 || column >= c->columns)
        return;
    c->cursor_row = row;
    c->cursor_column = column;
}

void canvas_row_text(const struct canvas *c, int row, struct buf *out)
{
    size_t start = out->n;
    for (int k = 0; k < c->columns; k++) {
        const struct cell *cell = cell_at(c, row, k);
        if (cell->n)
            buf_add(out, cell->text, cell->n);
        else if (cell->columns)
            buf_add_char(out, ' ');
    }
    while (out->n > start && out->p[out->n - 1] == ' ')
        out->p[--out->n] = '\0';
}
