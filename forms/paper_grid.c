#include "forms/paper_grid.h"

#include <stdlib.h>

enum {
    SAMPLE = 200, /* rows that have a say in how wide the columns are */
    SEVERAL = 8,  /* columns: they are set smaller */
    MANY = 12,    /* columns: they are set small */
};

size_t grid_run(const struct table *t, size_t c)
{
    struct str group = t->what->column[c].group;
    size_t end = c + 1;
    while (group.n && end < t->columns && str_eq(t->what->column[end].group, group))
        end++;
    return end;
}

double grid_width(const struct table *t, size_t c, size_t end)
{
    return t->edge[end] - t->edge[c] - 2 * PAD_X;
}

/* ---- columns ---- */

static void widen(double *least, double width)
{
    if (width > *least)
        *least = width;
}

static int share_of(const struct table *t, size_t c)
{
    return t->what->column[c].share > 0 ? t->what->column[c].share : 1;
}

/* A longer word may be broken. Where there are several columns one alone takes not more than half again of
 * its share, that the words of the others keep their room. */
static double longest_word(const struct table *t, size_t c)
{
    const double least = t->p->width * 0.08, most = t->p->width * 0.2;
    double all = 0;
    if (t->columns > MANY || t->columns <= SEVERAL)
        return t->columns > MANY ? least : most;
    for (size_t i = 0; i < t->columns; i++)
        all += share_of(t, i);
    double half_again = t->p->width * share_of(t, c) / all * 1.5;
    return half_again < least ? least : half_again > most ? most : half_again;
}

static bool sample(void *to, const struct str *cells, unsigned style)
{
    struct table *t = to;
    int face = paper_face(t->p, t->size, style);
    for (size_t c = 0; c < t->columns; c++)
        widen(t->least + c, type_widest(t->p->type, face, cells[c], longest_word(t, c)) + 2 * PAD_X + 0.1);
    type_rest(t->p->type);
    return ++t->sampled < SAMPLE && !paper_stopped(t->p);
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

/* What stands directly above its rows. */
static struct str column_title(const struct table *t, size_t c)
{
    const struct document_column *column = t->what->column + c;
    return column->group.n ? column->below : column->title;
}

/* The words of a title over several columns are not broken either. */
static void widen_groups(struct table *t, int face)
{
    for (size_t c = 0, end; c < t->columns; c = end) {
        double all = 0;
        end = grid_run(t, c);
        double need = type_widest(t->p->type, face, t->what->column[c].group, t->p->width * 0.25) + 2 * PAD_X;
        for (size_t i = c; i < end; i++)
            all += t->least[i];
        for (size_t i = c; i < end && all < need; i++)
            t->least[i] += (need - all) / (double)(end - c);
    }
}

static void measure_columns(struct table *t)
{
    int bold = paper_face(t->p, t->size, LOOK_BOLD);
    for (size_t c = 0; c < t->columns; c++) {
        double width = type_widest(t->p->type, bold, column_title(t, c), t->p->width * 0.25);
        t->least[c] = width + 2 * PAD_X + 0.1;
    }
    if (t->what->rows.each && !t->what->rows.each(t->what->rows.arg, sample, t))
        paper_stop(t->p, FORM_ROWS_FAILED);
    widen_groups(t, bold);
    share_out(t);
    t->edge[0] = t->p->left;
    for (size_t c = 0; c < t->columns; c++)
        t->edge[c + 1] += t->edge[c];
}

/* ---- rows ---- */

void grid_set(struct table *t, size_t c, struct str text, int face)
{
    struct type_piece piece = {text, face};
    type_set(t->p->type, t->cell + c, &piece, 1, grid_width(t, c, c + 1), 0);
}

size_t grid_lines(const struct table *t)
{
    size_t most = 1;
    for (size_t c = 0; c < t->columns; c++)
        if (t->cell[c].count > most)
            most = t->cell[c].count;
    return most;
}

double grid_height(const struct table *t, size_t lines)
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
        paper_draw(p, t->cell + c, from, end, t->edge[c] + PAD_X, y, grid_width(t, c, c + 1), face,
                   align_of(t, c, centred));
    }
    p->y += grid_height(t, to - from);
    paper_rule(p, left_edge(t), p->y, right_edge(t), p->y, RULE);
}

void grid_open(struct table *t)
{
    t->grid = t->p->y;
    t->open = true;
    paper_rule(t->p, left_edge(t), t->grid, right_edge(t), t->grid, RULE);
}

void grid_close(struct table *t)
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

/* How many of the `left` lines stand on this page: no single one is left for the next. */
static size_t lines_here(const struct table *t, size_t left, double keep)
{
    double room = t->p->bottom - t->p->y - 2 * PAD_Y + 0.01;
    size_t fit = room > t->leading ? (size_t)(room / t->leading) : 1;
    bool whole = left <= fit;
    if (whole && (left < 5 || (double)left * t->leading + keep <= room))
        return left;
    if (whole)
        return left - 2;
    return left - fit < 2 && fit > 2 ? fit - 1 : fit;
}

void grid_row(struct table *t, int face, bool centred, double keep, void (*again)(void *), void *arg)
{
    for (size_t at = 0, lines = grid_lines(t); at < lines && !paper_stopped(t->p);) {
        size_t n = lines_here(t, lines - at, keep);
        draw_part(t, at, at + n, face, centred);
        at += n;
        if (at < lines)
            again(arg);
    }
}

/* ---- the whole ---- */

bool grid_init(struct table *t, struct paper *p, const struct table_block *what)
{
    *t = (struct table){.p = p, .what = what, .columns = what->columns, .size = p->table};
    /* Sheets for the wall and registers have many columns. */
    if (t->columns > MANY)
        t->size = 8;
    else if (t->columns > SEVERAL)
        t->size -= 1;
    if (what->points > 0)
        t->size = what->points;
    t->leading = t->size * LEADING;
    t->edge = calloc(t->columns + 1, sizeof *t->edge);
    t->least = calloc(t->columns, sizeof *t->least);
    t->cell = calloc(t->columns, sizeof *t->cell);
    t->above = calloc(t->columns, sizeof *t->above);
    if (!t->edge || !t->least || !t->cell || !t->above) {
        paper_stop(p, FORM_NO_MEMORY);
        return false;
    }
    measure_columns(t);
    return !paper_stopped(p);
}

void grid_release(struct table *t)
{
    for (size_t c = 0; c < t->columns; c++) {
        if (t->cell)
            type_lines_release(t->cell + c);
        if (t->above)
            type_lines_release(t->above + c);
    }
    free(t->cell);
    free(t->above);
    free(t->edge);
    free(t->least);
}
