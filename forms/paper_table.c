/* Tables: rows come from a source and are laid out one at a time, so that a register of a year takes the
 * memory of two rows. The last two are held back until it is known that they are the last: signatures do not
 * stand without the end of the table, nor does a total without a row. */
#include "forms/paper_block.h"
#include "forms/paper_titles.h"

#include <stdlib.h>

enum {
    HELD = 2,
    BEGINNING = 4, /* lines of a row that goes on on the next page */
    TALL = 3,      /* a row of more than a third of a page may be parted */
};

struct cell_text {
    size_t from, n; /* in `text` */
};
struct held_row {
    struct buf text;
    struct cell_text *cell;
    unsigned style;
};

struct laying {
    struct table grid;
    struct held_row row[HELD]; /* oldest first */
    size_t held;
    struct held_row *at; /* the one being drawn */
};

/* ---- a row ---- */

static bool hold(struct laying *l, const struct str *cells, unsigned style)
{
    struct held_row *row = &l->row[l->held++];
    buf_reset(&row->text);
    for (size_t c = 0; c < l->grid.columns; c++) {
        row->cell[c] = (struct cell_text){row->text.n, cells[c].n};
        buf_add_str(&row->text, cells[c]);
    }
    row->style = style;
    return !row->text.failed;
}

static int set_row(struct table *t, const struct held_row *row)
{
    int face = paper_face(t->p, t->size, row->style);
    for (size_t c = 0; c < t->columns; c++)
        grid_set(t, c, str_first(str_from(buf_str(&row->text), row->cell[c].from), row->cell[c].n), face);
    return face;
}

/* The height that must be free for it to begin on this page: all of it, with what it must not be parted
 * from; of a tall one some lines. */
static double wanted(struct table *t, const struct held_row *row, double keep)
{
    double page = t->p->bottom - t->p->top - (t->repeats ? t->head : 0);
    set_row(t, row);
    double height = grid_height(t, grid_lines(t));
    if (height > page / TALL)
        return grid_height(t, BEGINNING);
    return height + keep <= page ? height + keep : height;
}

static void break_within(void *arg)
{
    struct laying *l = arg;
    struct table *t = &l->grid;
    grid_close(t);
    page_next(t->p);
    if (t->repeats)
        titles_draw(t);
    else
        grid_open(t);
    set_row(t, l->at); /* titles were set in its place */
}

static void draw_row(struct laying *l, struct held_row *row, double keep)
{
    struct table *t = &l->grid;
    struct paper *p = t->p;
    double want = wanted(t, row, keep), top = p->top + (t->repeats ? t->head : 0);
    l->at = row;
    if (!t->open) {
        paper_fit(p, (t->repeats ? t->head : grid_height(t, BEGINNING)) + want);
        titles_draw(t);
    }
    if (p->y + want > p->bottom + 0.01 && p->y > top + 0.01)
        break_within(l);
    grid_row(t, set_row(t, row), row->style & LOOK_CENTRE, keep, break_within, l);
    type_rest(p->type);
}

/* ---- row after row ---- */

static bool take(void *to, const struct str *cells, unsigned style)
{
    struct laying *l = to;
    if (l->held == HELD) {
        draw_row(l, &l->row[0], 0);
        struct held_row drawn = l->row[0];
        l->row[0] = l->row[1];
        l->row[1] = drawn;
        l->held--;
    }
    if (!hold(l, cells, style))
        paper_stop(l->grid.p, FORM_NO_MEMORY);
    return !paper_stopped(l->grid.p);
}

/* The last rows, the end of them not parted from `keep`. */
static void draw_last(struct laying *l, double keep)
{
    if (l->held == HELD)
        draw_row(l, &l->row[0], wanted(&l->grid, &l->row[1], keep));
    draw_row(l, &l->row[l->held - 1], keep);
}

static void draw_none(struct table *t, double keep)
{
    paper_fit(t->p, t->head + none_height(t) + keep);
    titles_draw(t);
    none_draw(t);
}

/* ---- the whole ---- */

static bool begin(struct laying *l, struct paper *p, const struct table_block *what)
{
    *l = (struct laying){.held = 0};
    if (!grid_init(&l->grid, p, what))
        return false;
    for (size_t i = 0; i < HELD; i++) {
        l->row[i].text = BUF_INIT;
        l->row[i].cell = calloc(what->columns, sizeof *l->row[i].cell);
        if (!l->row[i].cell)
            paper_stop(p, FORM_NO_MEMORY);
    }
    titles_measure(&l->grid);
    return !paper_stopped(p);
}

static void end(struct laying *l)
{
    for (size_t i = 0; i < HELD; i++) {
        free(l->row[i].cell);
        buf_release(&l->row[i].text);
    }
    grid_release(&l->grid);
}

void block_table(struct paper *p, const struct block *b, double keep)
{
    struct laying l;
    if (!b->table.columns)
        return;
    if (begin(&l, p, &b->table)) {
        if (b->table.rows.each && !b->table.rows.each(b->table.rows.arg, take, &l))
            paper_stop(p, FORM_ROWS_FAILED);
        if (l.held && !paper_stopped(p))
            draw_last(&l, keep);
        else if (!paper_stopped(p))
            draw_none(&l.grid, keep);
        grid_close(&l.grid);
        p->y += p->body * 0.3;
    }
    end(&l);
}

/* ---- how it begins ---- */

struct beginning {
    struct laying l;
    bool more;
};

static bool take_first(void *to, const struct str *cells, unsigned style)
{
    struct beginning *b = to;
    b->more = b->l.held == HELD;
    if (!b->more && !hold(&b->l, cells, style))
        paper_stop(b->l.grid.p, FORM_NO_MEMORY);
    return !b->more && !paper_stopped(b->l.grid.p);
}

static double first_row(struct beginning *b, double keep)
{
    struct laying *l = &b->l;
    if (!l->held)
        return none_height(&l->grid) + keep;
    if (b->more)
        keep = 0;
    else if (l->held == HELD)
        keep = wanted(&l->grid, &l->row[1], keep);
    return wanted(&l->grid, &l->row[0], keep);
}

double table_beginning(struct paper *p, const struct block *b, double keep)
{
    struct beginning first = {.more = false};
    struct table *t = &first.l.grid;
    double height = 0;
    if (!b->table.columns)
        return 0;
    if (begin(&first.l, p, &b->table)) {
        if (b->table.rows.each && !b->table.rows.each(b->table.rows.arg, take_first, &first))
            paper_stop(p, FORM_ROWS_FAILED);
        height = (t->repeats ? t->head : grid_height(t, BEGINNING)) + first_row(&first, keep);
    }
    end(&first.l);
    return height;
}
