#include "forms/paper_page.h"
#include "core/lang.h"

#include <math.h>

/* ---- the sheet ---- */

/* Decree 30/2020/NĐ-CP, appendix I: top and bottom 20-25 mm, left 30-35 mm for the binding, right 15-20 mm;
 * letters of 13-14 points. A slip of A5 is not bound and has half the room. */
struct sheet {
    double width, height, left, right, top, bottom; /* mm */
    double body, small, title, table;               /* points */
};
static const struct sheet sheets[] = {
    [PAPER_A5] = {148, 210, 16, 12, 11, 13, 11, 9, 13, 9.5},
    [PAPER_A4] = {210, 297, 30, 17, 20, 20, 13, 11, 14, 11},
    [PAPER_A4_LANDSCAPE] = {297, 210, 30, 15, 20, 18, 12, 10.5, 14, 10},
};
#define FOOT_SIZE 8

static void geometry(struct paper *p)
{
    const struct sheet *s = sheets + p->d->size;
    p->sheet_width = s->width * MM;
    p->sheet_height = s->height * MM;
    p->left = s->left * MM;
    p->width = (s->width - s->left - s->right) * MM;
    p->top = s->top * MM;
    p->bottom = (s->height - s->bottom) * MM;
    p->body = s->body - p->smaller;
    p->small = s->small - p->smaller / 2;
    p->title = s->title;
    p->table = s->table;
}

/* ---- head and foot of a page ---- */

static void page_number(const struct paper *p, struct buf *out)
{
    struct buf page = BUF_INIT, pages = BUF_INIT;
    buf_add_int(&page, (int64_t)p->page);
    buf_add_int(&pages, (int64_t)p->pages);
    LANG_SAY(out, p->d->lang, T_forms_page, buf_str(&page), buf_str(&pages));
    buf_release(&page);
    buf_release(&pages);
}

/* What stands at the left leaves room for the number of the page. */
static int set_foot(struct paper *p)
{
    int face = paper_face(p, FOOT_SIZE, LOOK_PLAIN);
    double number = type_width(p->type, face, STR("trang 00000/00000"));
    struct type_piece piece = {buf_str(&p->foot_text), face};
    type_set(p->type, &p->spare, &piece, 1, p->width - number - 4 * MM, 0);
    return face;
}

/* What is set across the sheet are outlines, that it may not get between the lines of what is selected: so
 * the foot says it once more in letters. */
static void measure_foot(struct paper *p)
{
    const struct document *d = p->d;
    buf_reset(&p->foot_text);
    buf_add_str(&p->foot_text, d->across);
    if (d->across.n && d->foot.n)
        buf_add_z(&p->foot_text, " · ");
    buf_add_str(&p->foot_text, d->foot);
    if (p->foot_text.failed)
        paper_stop(p, FORM_NO_MEMORY);
    int face = set_foot(p);
    double height = (double)p->spare.count * paper_leading(p, face);
    double most = (p->sheet_height - p->bottom) - 8 * MM;
    if (height > most)
        p->bottom -= height - most;
}

static void draw_foot(struct paper *p)
{
    int face = set_foot(p);
    double y = p->bottom + 2 * MM;
    paper_draw(p, &p->spare, 0, p->spare.count, p->left, y, p->width, face, TYPE_LEFT);
    struct buf number = BUF_INIT;
    page_number(p, &number);
    struct type_piece piece = {buf_str(&number), face};
    type_set(p->type, &p->spare, &piece, 1, p->width, 0);
    paper_draw(p, &p->spare, 0, p->spare.count, p->left, y, p->width, face, TYPE_RIGHT);
    if (number.failed)
        paper_stop(p, FORM_NO_MEMORY);
    buf_release(&number);
}

static void draw_across(struct paper *p)
{
    struct str text = p->d->across;
    if (!text.n)
        return;
    /* As large as the diagonal holds; measured at 100 points. */
    int face = paper_face(p, 100, LOOK_BOLD);
    double width = type_width(p->type, face, text);
    double diagonal = sqrt(p->sheet_width * p->sheet_width + p->sheet_height * p->sheet_height);
    double scale = diagonal * 0.7 / (width > 1 ? width : 1);
    if (scale > 1.2)
        scale = 1.2;
    cairo_save(p->cr);
    cairo_translate(p->cr, p->sheet_width / 2, p->sheet_height / 2);
    cairo_rotate(p->cr, -atan2(p->sheet_height, p->sheet_width));
    cairo_scale(p->cr, scale, scale);
    type_outline(p->type, p->cr, face, text, -width / 2, 100 * 0.33);
    cairo_restore(p->cr);
    cairo_set_source_rgb(p->cr, 0.91, 0.91, 0.91);
    cairo_fill(p->cr);
    cairo_set_source_rgb(p->cr, 0, 0, 0);
}

static void page_open(struct paper *p)
{
    p->page++;
    p->y = p->top;
    p->beside_bottom = 0;
    if (!p->cr || paper_stopped(p))
        return;
    draw_across(p);
}

void page_first(struct paper *p)
{
    p->page = 0;
    geometry(p);
    measure_foot(p);
    page_open(p);
}

void page_last(struct paper *p)
{
    if (!p->cr || paper_stopped(p))
        return;
    draw_foot(p); /* it is read last */
    cairo_show_page(p->cr);
}

void page_next(struct paper *p)
{
    page_last(p);
    page_open(p);
}

/* ---- states ---- */

void paper_stop(struct paper *p, enum form_result why)
{
    if (p->result == FORM_WRITTEN)
        p->result = why;
}

bool paper_stopped(struct paper *p)
{
    if (type_failed(p->type))
        paper_stop(p, FORM_NO_MEMORY);
    else if (p->cr && cairo_status(p->cr) == CAIRO_STATUS_NO_MEMORY)
        paper_stop(p, FORM_NO_MEMORY);
    else if (p->cr && cairo_status(p->cr))
        paper_stop(p, FORM_SINK_FAILED);
    return p->result != FORM_WRITTEN;
}

void paper_release(struct paper *p)
{
    buf_release(&p->foot_text);
    type_lines_release(&p->lines);
    type_lines_release(&p->spare);
}

/* ---- placing ---- */

double paper_column(const struct paper *p)
{
    return p->y < p->beside_bottom ? p->width - p->beside_width : p->width;
}

int paper_face(const struct paper *p, double size, unsigned style)
{
    unsigned cut = (style & LOOK_BOLD ? TYPE_BOLD : 0) | (style & LOOK_ITALIC ? TYPE_ITALIC : 0);
    return type_face(p->type, size, cut);
}

double paper_leading(const struct paper *p, int face)
{
    return type_size(p->type, face) * LEADING;
}

void paper_fit(struct paper *p, double height)
{
    if (!page_is_fresh(p) && p->y + height > p->bottom + 0.01) /* what fits by the sum of its parts fits */
        page_next(p);
}

void paper_draw(struct paper *p, const struct type_lines *lines, size_t from, size_t to, double x, double y,
                double width, int face, enum type_align align)
{
    if (!p->cr || paper_stopped(p))
        return;
    /* Letters stand 0.891 high and hang 0.216 deep in Times and what has its metrics; the rest of the leading
     * goes half above, half below. */
    double size = type_size(p->type, face), leading = size * LEADING;
    double base = (leading - size * (0.891 + 0.216)) / 2 + size * 0.891;
    for (size_t i = from; i < to; i++, y += leading)
        type_draw(p->type, p->cr, lines, i, x, y + base, width, align);
}

/* How many of the `left` lines go onto this page. */
static size_t lines_here(const struct paper *p, size_t left, double leading, double keep)
{
    double room = p->bottom - p->y;
    /* a hundredth of a point: what fits by the sum of its parts fits */
    size_t fit = room > 0 ? (size_t)((room + 0.01) / leading) : 0;
    if (left <= fit && (double)left * leading + keep <= room + 0.01)
        return left;
    size_t n = fit < left ? fit : left;
    if (left - n < 2)
        n = left > 2 ? left - 2 : 0;
    if (n < 2)
        n = 0;
    if (!n && page_is_fresh(p))
        n = fit < 1 ? 1 : fit < left ? fit : left;
    return n;
}

void paper_flow(struct paper *p, const struct flow *f)
{
    double leading = paper_leading(p, f->face);
    for (size_t at = 0; at < f->lines->count && !paper_stopped(p);) {
        size_t n = lines_here(p, f->lines->count - at, leading, f->keep);
        if (n && !at && f->first.n) {
            struct type_piece piece = {f->first, f->face};
            type_set(p->type, &p->spare, &piece, 1, p->width, 0);
            paper_draw(p, &p->spare, 0, p->spare.count, f->first_x, p->y, p->width, f->face, TYPE_LEFT);
        }
        paper_draw(p, f->lines, at, at + n, f->x, p->y, f->width, f->face, f->align);
        p->y += (double)n * leading;
        at += n;
        if (at < f->lines->count)
            page_next(p);
    }
}

void paper_rule(struct paper *p, double x1, double y1, double x2, double y2, double thick)
{
    if (!p->cr || paper_stopped(p))
        return;
    cairo_set_line_width(p->cr, thick);
    cairo_move_to(p->cr, x1, y1);
    cairo_line_to(p->cr, x2, y2);
    cairo_stroke(p->cr);
}
