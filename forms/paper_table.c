/* Tables: rows come from a source and are laid out one at a time, so that a register of a year takes the
 * memory of a row. The last one is held back until it is known to be the last: signatures do not stand
 * without it. */
#include "forms/paper_block.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define PAD_X 2.6
#define PAD_Y 1.6
#define RULE 0.5
enum { SAMPLE = 200 }; /* rows that have a say in how wide the columns are */

struct cell_text {
    size_t from, n; /* in `held` */
};

struct table {
    struct paper *p;
    const struct table_block *what;
    size_t columns;
    double size, leading;
    double *edge;  /* of the columns: one more than there are */
    double *least; /* width a column needs so that no word is broken */
    struct type_lines *cell;
    double head;  /* height of the titles */
    bool repeats; /* they stand on every page */
    bool open;    /* on this page */
    double grid;  /* the top of what stands on this page */

    struct buf held;
    struct cell_text *held_cell;
    unsigned held_style;
    bool holds;
    size_t sampled;
};

/* ---- columns ---- */

static void widen(double *least, double width)
{
    if (width > *least)
        *least = width;
}

static bool sample(void *to, const struct str *cells, unsigned style)
{
    struct table *t = to;
    int face = paper_face(t->p, t->size, style);
    for (size_t c = 0; c < t->columns; c++)
        widen(t->least + c, type_widest(t->p->type, face, cells[c], t->p->width * 0.2) + 2 * PAD_X + 0.1);
    type_rest(t->p->type);
    return ++t->sampled < SAMPLE && !paper_stopped(t->p);
}

static int share_of(const struct table *t, size_t c)
{
    return t->what->column[c].share > 0 ? t->what->column[c].share : 1;
}

/* By shares, but no column below what its words need; what that takes comes from the others. */
static void share_out(struct table *t)
{
    double needed = 0, *width = t->edge + 1;
    for (size_t c = 0; c < t->columns; c++) {
        needed += t->least[c];
        width[c] = 0;
    }
    if (needed >= t->p->width) {
        for (size_t c = 0; c < t->columns; c++)
            width[c] = t->least[c] * t->p->width / needed;
        return;
    }
    for (bool again = true; again;) {
        double left = t->p->width, shares = 0;
        for (size_t c = 0; c < t->columns; c++) {
            left -= width[c];
            shares += width[c] > 0 ? 0 : share_of(t, c);
        }
        again = false;
        for (size_t c = 0; c < t->columns && !again; c++) {
            if (width[c] > 0 || left * share_of(t, c) / shares >= t->least[c])
                continue;
            width[c] = t->least[c];
            again = true;
        }
        for (size_t c = 0; c < t->columns && !again; c++)
            if (!(width[c] > 0))
                width[c] = left * share_of(t, c) / shares;
    }
}

static void measure_columns(struct table *t)
{
    int bold = paper_face(t->p, t->size, LOOK_BOLD);
    for (size_t c = 0; c < t->columns; c++) {
        double width = type_widest(t->p->type, bold, t->what->column[c].title, t->p->width * 0.25);
        t->least[c] = width + 2 * PAD_X + 0.1;
    }
    if (t->what->rows.each && !t->what->rows.each(t->what->rows.arg, sample, t))
        paper_stop(t->p, FORM_ROWS_FAILED);
    share_out(t);
    t->edge[0] = t->p->left;
    for (size_t c = 0; c < t->columns; c++)
        t->edge[c + 1] += t->edge[c];
}

static double cell_width(const struct table *t, size_t c)
{
    return t->edge[c + 1] - t->edge[c] - 2 * PAD_X;
}

/* ---- rows ---- */

static void set_cell(struct table *t, size_t c, struct str text, int face)
{
    struct type_piece piece = {text, face};
    type_set(t->p->type, t->cell + c, &piece, 1, cell_width(t, c), 0);
}

static size_t row_lines(const struct table *t)
{
    size_t most = 1;
    for (size_t c = 0; c < t->columns; c++)
        if (t->cell[c].count > most)
            most = t->cell[c].count;
    return most;
}

static double row_height(const struct table *t, size_t lines)
{
    return (double)lines * t->leading + 2 * PAD_Y;
}

static double left_edge(const struct table *t)
{
    return t->edge[0];
}

static double right_edge(const struct table *t)
{
    return t->edge[t->columns];
}

static enum type_align align_of(const struct table *t, size_t c, bool centred)
{
    const struct document_column *column = t->what->column + c;
    if (centred || column->centre)
        return TYPE_CENTRE;
    return column->right ? TYPE_RIGHT : TYPE_LEFT;
}

/* Lines [from, to) of the row that is set. */
static void draw_part(struct table *t, size_t from, size_t to, int face, bool centred)
{
    struct paper *p = t->p;
    for (size_t c = 0; c < t->columns && p->cr; c++) {
        size_t count = t->cell[c].count, end = to < count ? to : count;
        if (from >= end)
            continue;
        double y = p->y + PAD_Y;
        if (centred)
            y += (double)(to - from - (end - from)) * t->leading / 2;
        paper_draw(p, t->cell + c, from, end, t->edge[c] + PAD_X, y, cell_width(t, c), face,
                   align_of(t, c, centred));
    }
    p->y += row_height(t, to - from);
    paper_rule(p, left_edge(t), p->y, right_edge(t), p->y, RULE);
}

static void grid_open(struct table *t)
{
    t->grid = t->p->y;
    t->open = true;
    paper_rule(t->p, left_edge(t), t->grid, right_edge(t), t->grid, RULE);
}

static void grid_close(struct table *t)
{
    struct paper *p = t->p;
    if (t->open && p->cr && !paper_stopped(p)) {
        cairo_set_line_width(p->cr, RULE);
        for (size_t c = 0; c <= t->columns; c++) {
            cairo_move_to(p->cr, t->edge[c], t->grid);
            cairo_line_to(p->cr, t->edge[c], p->y);
        }
        cairo_stroke(p->cr);
    }
    t->open = false;
}

/* The row that is set, from page to page if it must be: where a page has no room for one line more. */
static void draw_row(struct table *t, int face, bool centred, void (*again)(struct table *))
{
    struct paper *p = t->p;
    for (size_t at = 0, lines = row_lines(t); at < lines && !paper_stopped(p);) {
        double room = p->bottom - p->y - 2 * PAD_Y + 0.01;
        size_t fit = room > t->leading ? (size_t)(room / t->leading) : 1;
        size_t n = fit < lines - at ? fit : lines - at;
        draw_part(t, at, at + n, face, centred);
        at += n;
        if (at < lines)
            again(t);
    }
}

/* ---- titles ---- */

static int set_titles(struct table *t)
{
    int bold = paper_face(t->p, t->size, LOOK_BOLD);
    for (size_t c = 0; c < t->columns; c++)
        set_cell(t, c, t->what->column[c].title, bold);
    return bold;
}

static int set_numbers(struct table *t)
{
    int italic = paper_face(t->p, t->size, LOOK_ITALIC);
    for (size_t c = 0; c < t->columns; c++) {
        char number[32];
        int n = snprintf(number, sizeof number, "(%zu)", c + 1);
        set_cell(t, c, (struct str){number, (size_t)n}, italic);
    }
    return italic;
}

static void measure_titles(struct table *t)
{
    set_titles(t);
    t->head = row_height(t, row_lines(t));
    if (t->what->numbered) {
        set_numbers(t);
        t->head += row_height(t, row_lines(t));
    }
    t->repeats = t->head < (t->p->bottom - t->p->top) / 2;
}

static void break_bare(struct table *t)
{
    grid_close(t);
    page_next(t->p);
    grid_open(t);
}

static void draw_titles(struct table *t)
{
    grid_open(t);
    draw_row(t, set_titles(t), true, break_bare);
    if (t->what->numbered)
        draw_row(t, set_numbers(t), true, break_bare);
}

/* ---- the held row ---- */

static bool hold(struct table *t, const struct str *cells, unsigned style)
{
    buf_reset(&t->held);
    for (size_t c = 0; c < t->columns; c++) {
        t->held_cell[c] = (struct cell_text){t->held.n, cells[c].n};
        buf_add_str(&t->held, cells[c]);
    }
    t->held_style = style;
    t->holds = true;
    return !t->held.failed;
}

static int set_held(struct table *t)
{
    int face = paper_face(t->p, t->size, t->held_style);
    for (size_t c = 0; c < t->columns; c++)
        set_cell(t, c, str_first(str_from(buf_str(&t->held), t->held_cell[c].from), t->held_cell[c].n), face);
    return face;
}

static void break_within(struct table *t)
{
    grid_close(t);
    page_next(t->p);
    if (t->repeats) {
        draw_titles(t);
        set_held(t); /* they were set in its place */
    } else {
        grid_open(t);
    }
}

static void draw_held(struct table *t, double keep)
{
    struct paper *p = t->p;
    int face = set_held(t);
    double height = row_height(t, row_lines(t)), page = p->bottom - p->top - (t->repeats ? t->head : 0);
    double want = height + keep <= page ? height + keep : height <= page ? height : row_height(t, 4);
    if (!t->open) {
        paper_fit(p, (t->repeats ? t->head : row_height(t, 4)) + want);
        draw_titles(t);
        set_held(t);
    }
    if (p->y + want > p->bottom + 0.01 && p->y > p->top + (t->repeats ? t->head + 0.01 : 0))
        break_within(t);
    draw_row(t, face, t->held_style & LOOK_CENTRE, break_within);
    t->holds = false;
    type_rest(p->type);
}

static bool take(void *to, const struct str *cells, unsigned style)
{
    struct table *t = to;
    if (t->holds)
        draw_held(t, 0);
    if (!hold(t, cells, style))
        paper_stop(t->p, FORM_NO_MEMORY);
    return !paper_stopped(t->p);
}

/* ---- the whole ---- */

static bool table_begin(struct table *t, struct paper *p, const struct table_block *what)
{
    *t = (struct table){.p = p, .what = what, .columns = what->columns, .held = BUF_INIT, .size = p->table};
    /* Sheets for the wall and registers have many columns. */
    if (t->columns > 8)
        t->size -= t->columns > 12 ? 1.5 : 1;
    t->leading = t->size * LEADING;
    t->edge = calloc(t->columns + 1, sizeof *t->edge);
    t->least = calloc(t->columns, sizeof *t->least);
    t->cell = calloc(t->columns, sizeof *t->cell);
    t->held_cell = calloc(t->columns, sizeof *t->held_cell);
    if (!t->edge || !t->least || !t->cell || !t->held_cell) {
        paper_stop(p, FORM_NO_MEMORY);
        return false;
    }
    measure_columns(t);
    measure_titles(t);
    return !paper_stopped(p);
}

static void table_end(struct table *t)
{
    for (size_t c = 0; c < t->columns && t->cell; c++)
        type_lines_release(t->cell + c);
    free(t->cell);
    free(t->edge);
    free(t->least);
    free(t->held_cell);
    buf_release(&t->held);
}

void block_table(struct paper *p, const struct block *b, double keep)
{
    struct table t;
    if (!b->table.columns)
        return;
    if (table_begin(&t, p, &b->table)) {
        if (b->table.rows.each && !b->table.rows.each(b->table.rows.arg, take, &t))
            paper_stop(p, FORM_ROWS_FAILED);
        if (t.holds && !paper_stopped(p)) {
            draw_held(&t, keep);
        } else if (!paper_stopped(p)) { /* no row at all */
            paper_fit(p, t.head + keep);
            draw_titles(&t);
        }
        grid_close(&t);
        p->y += p->body * 0.3;
    }
    table_end(&t);
}

double table_beginning(struct paper *p, const struct block *b)
{
    struct table t;
    double height = 0;
    if (!b->table.columns)
        return 0;
    if (table_begin(&t, p, &b->table))
        height = (t.repeats ? t.head : 0) + row_height(&t, 2);
    table_end(&t);
    return height;
}
