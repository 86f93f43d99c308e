#include "forms/paper_titles.h"

#include <stdio.h>

/* ---- setting ---- */

static int set_flat(struct table *t)
{
    int bold = paper_face(t->p, t->size, LOOK_BOLD);
    for (size_t c = 0; c < t->columns; c++)
        grid_set(t, c, t->what->column[c].title, bold);
    return bold;
}

static int set_numbers(struct table *t)
{
    int italic = paper_face(t->p, t->size, LOOK_ITALIC);
    for (size_t c = 0; c < t->columns; c++) {
        char number[32];
        int n = snprintf(number, sizeof number, "(%zu)", c + 1);
        grid_set(t, c, (struct str){number, (size_t)n}, italic);
    }
    return italic;
}

static bool has_groups(const struct table *t)
{
    for (size_t c = 0; c < t->columns; c++)
        if (t->what->column[c].group.n)
            return true;
    return false;
}

static int set_storeys(struct table *t)
{
    int bold = paper_face(t->p, t->size, LOOK_BOLD);
    for (size_t c = 0, end; c < t->columns; c = end) {
        const struct document_column *column = t->what->column + c;
        end = grid_run(t, c);
        struct type_piece piece = {column->group, bold};
        type_set(t->p->type, t->above + c, &piece, 1, grid_width(t, c, end), 0);
        for (size_t i = c; i < end; i++)
            grid_set(t, i, column->group.n ? t->what->column[i].below : column->title, bold);
    }
    return bold;
}

/* ---- measuring ---- */

/* Both storeys; one that stands alone has room over both. */
static double storeys_height(struct table *t)
{
    size_t upper = 1, lower = 1, alone = 1;
    set_storeys(t);
    for (size_t c = 0; c < t->columns; c++) {
        size_t *most = t->what->column[c].group.n ? &lower : &alone;
        *most = t->cell[c].count > *most ? t->cell[c].count : *most;
        upper = t->above[c].count > upper ? t->above[c].count : upper;
    }
    t->upper = grid_height(t, upper);
    double both = t->upper + grid_height(t, lower), single = grid_height(t, alone);
    return both > single ? both : single;
}

static double flat_height(struct table *t)
{
    t->upper = 0;
    set_flat(t);
    return grid_height(t, grid_lines(t));
}

void titles_measure(struct table *t)
{
    double most = (t->p->bottom - t->p->top) / 2, numbers = 0;
    if (t->what->numbered) {
        set_numbers(t);
        numbers = grid_height(t, grid_lines(t));
    }
    t->head = numbers + (has_groups(t) ? storeys_height(t) : flat_height(t));
    if (t->upper > 0 && t->head >= most)
        t->head = numbers + flat_height(t);
    t->repeats = t->head < most;
}

/* ---- drawing ---- */

static void break_bare(void *arg)
{
    struct table *t = arg;
    grid_close(t);
    page_next(t->p);
    grid_open(t);
}

/* Lines in the middle of columns [c, end), from y on, `height` high. */
static void draw_cell(const struct table *t, const struct type_lines *lines, size_t c, size_t end, double y,
                      double height, int face)
{
    y += (height - (double)lines->count * t->leading) / 2;
    paper_draw(t->p, lines, 0, lines->count, t->edge[c] + PAD_X, y, grid_width(t, c, end), face, TYPE_CENTRE);
}

/* They have the height that was measured, on one page: they repeat. The grid begins anew below them. */
static void draw_storeys(struct table *t, double height)
{
    struct paper *p = t->p;
    int face = set_storeys(t);
    double top = p->y, middle = top + t->upper, bottom = top + height;
    for (size_t c = 0, end; c < t->columns; c = end) {
        end = grid_run(t, c);
        bool group = t->what->column[c].group.n > 0;
        if (group) {
            draw_cell(t, t->above + c, c, end, top, t->upper, face);
            paper_rule(p, t->edge[c], middle, t->edge[end], middle, RULE);
        }
        for (size_t i = c; i < end; i++) {
            double from = group ? middle : top;
            draw_cell(t, t->cell + i, i, i + 1, from, bottom - from, face);
            paper_rule(p, t->edge[i], i == c ? top : middle, t->edge[i], bottom, RULE);
        }
    }
    paper_rule(p, t->edge[t->columns], top, t->edge[t->columns], bottom, RULE);
    paper_rule(p, t->edge[0], bottom, t->edge[t->columns], bottom, RULE);
    p->y = t->grid = bottom;
}

void titles_draw(struct table *t)
{
    double numbers = 0;
    grid_open(t);
    if (t->upper > 0) {
        if (t->what->numbered) {
            set_numbers(t);
            numbers = grid_height(t, grid_lines(t));
        }
        draw_storeys(t, t->head - numbers);
    } else {
        grid_row(t, set_flat(t), true, 0, break_bare, t);
    }
    if (t->what->numbered)
        grid_row(t, set_numbers(t), true, 0, break_bare, t);
}

/* ---- no row ---- */

static int set_none(struct table *t)
{
    int italic = paper_face(t->p, t->size, LOOK_ITALIC);
    struct type_piece piece = {t->what->none, italic};
    type_set(t->p->type, t->above, &piece, 1, grid_width(t, 0, t->columns), 0);
    return italic;
}

double none_height(struct table *t)
{
    set_none(t);
    return t->above->count ? grid_height(t, t->above->count) : 0;
}

void none_draw(struct table *t)
{
    struct paper *p = t->p;
    double height = none_height(t), left = t->edge[0], right = t->edge[t->columns];
    grid_close(t);
    if (!(height > 0))
        return;
    draw_cell(t, t->above, 0, t->columns, p->y, height, set_none(t));
    paper_rule(p, left, p->y, left, p->y + height, RULE);
    paper_rule(p, right, p->y, right, p->y + height, RULE);
    p->y += height;
    paper_rule(p, left, p->y, right, p->y, RULE);
}
