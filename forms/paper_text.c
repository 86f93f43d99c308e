/* The paragraphs of a paper: title, text, field, list. */
#include "core/wire.h"
#include "forms/paper_block.h"

#include <stdio.h>

#define HANG (5 * MM)  /* the further lines of a field */
#define GAP_BELOW 0.15 /* behind a paragraph, in sizes */
#define GAP_TEXT 0.4   /* the same on a letter: Decree 30/2020/NĐ-CP asks for 6 points between paragraphs */

static double size_of(const struct paper *p, const struct block *b)
{
    return b->style & LOOK_SMALL ? p->small : p->body;
}

/* Behind a paragraph, in sizes: less where letters were made smaller for want of room. */
static double below(const struct paper *p)
{
    return p->smaller > 0 ? GAP_BELOW / 3 : GAP_BELOW;
}

static void gap(struct paper *p, double height)
{
    if (!page_is_fresh(p))
        p->y += height;
}

/* ---- title ---- */

static double set_centred(struct paper *p, struct str text, int face)
{
    struct type_piece piece = {text, face};
    type_set(p->type, &p->lines, &piece, 1, paper_column(p), 0);
    return (double)p->lines.count * paper_leading(p, face);
}

static void flow_centred(struct paper *p, struct str text, int face, double keep)
{
    set_centred(p, text, face);
    paper_flow(p, &(struct flow){.lines = &p->lines,
                                 .x = p->left,
                                 .width = paper_column(p),
                                 .face = face,
                                 .align = TYPE_CENTRE,
                                 .keep = keep});
}

void block_title(struct paper *p, const struct block *b, double keep)
{
    int bold = paper_face(p, p->title, LOOK_BOLD), plain = paper_face(p, p->body, b->style);
    double under = set_centred(p, b->under, plain), height = set_centred(p, b->text, bold) + under;
    gap(p, p->title * 0.7);
    double page = p->bottom - p->top;
    if (height + keep < page)
        paper_fit(p, height + keep);
    flow_centred(p, b->text, bold, b->under.n ? under : keep);
    flow_centred(p, b->under, plain, keep);
    p->y += p->title * 0.5;
}

/* ---- text and fields ---- */

static void flow(struct paper *p, const struct block *b, const struct type_piece *piece, size_t pieces,
                 double hang, enum type_align align, double keep)
{
    double width = paper_column(p), size = size_of(p, b);
    type_set(p->type, &p->lines, piece, pieces, width, hang);
    paper_flow(p, &(struct flow){.lines = &p->lines,
                                 .x = p->left,
                                 .width = width,
                                 .face = paper_face(p, size, LOOK_PLAIN),
                                 .align = align,
                                 .keep = keep});
    bool letter = b->kind == BLOCK_TEXT && p->d->size == PAPER_A4 && !(b->style & LOOK_SMALL);
    p->y += size * (letter ? GAP_TEXT : below(p));
}

void block_text(struct paper *p, const struct block *b, double keep)
{
    struct type_piece piece = {b->text, paper_face(p, size_of(p, b), b->style)};
    flow(p, b, &piece, 1, 0, b->style & LOOK_CENTRE ? TYPE_CENTRE : TYPE_JUSTIFIED, keep);
}

/* From behind the label to the end of its line, or a line of its own where little is left. */
static void dots(struct paper *p, const struct type_lines *lines, int face)
{
    double leading = paper_leading(p, face), size = type_size(p->type, face), width = paper_column(p);
    double used = 0;
    if (lines->count) {
        const struct type_line *last = lines->line + lines->count - 1;
        used = last->indent + last->width + size * 0.25;
    }
    if (lines->count && width - used >= width / 4) {
        p->y -= leading;
    } else {
        paper_fit(p, leading);
        used = 0;
    }
    if (p->cr && !paper_stopped(p)) {
        double y = p->y + leading * 0.78;
        cairo_save(p->cr);
        cairo_set_line_width(p->cr, 0.9);
        cairo_set_line_cap(p->cr, CAIRO_LINE_CAP_ROUND);
        cairo_set_dash(p->cr, (const double[]){0, 2.6}, 2, 0);
        cairo_move_to(p->cr, p->left + used, y);
        cairo_line_to(p->cr, p->left + width - 0.5, y);
        cairo_stroke(p->cr);
        cairo_restore(p->cr);
    }
    p->y += leading;
}

void block_field(struct paper *p, const struct block *b, double keep)
{
    double size = size_of(p, b);
    int plain = paper_face(p, size, LOOK_PLAIN), face = paper_face(p, size, b->style);
    struct buf label = BUF_INIT;
    buf_add_str(&label, b->label);
    if (label.n && label.p[label.n - 1] != ':')
        buf_add_char(&label, ':');
    if (label.failed)
        paper_stop(p, FORM_NO_MEMORY);
    struct type_piece piece[2] = {{buf_str(&label), plain}, {b->text, face}};
    if (b->text.n) {
        flow(p, b, piece, 2, HANG, TYPE_LEFT, keep);
    } else {
        flow(p, b, piece, 1, HANG, TYPE_LEFT, keep + paper_leading(p, plain));
        if (p->lines.count)
            p->y -= size * below(p);
        dots(p, &p->lines, plain);
        p->y += size * below(p);
    }
    buf_release(&label);
}

/* ---- lists ---- */

static size_t list_count(struct str packed)
{
    size_t n = 0;
    struct str item;
    for (size_t at = 0; wire_list_next(packed, &at, &item);)
        n++;
    return n;
}

static struct str number_text(char *room, size_t size, size_t n)
{
    int length = snprintf(room, size, "%zu.", n);
    return (struct str){room, (size_t)length};
}

void block_list(struct paper *p, const struct block *b, double keep)
{
    size_t count = list_count(b->text), n = 0;
    double size = size_of(p, b);
    int face = paper_face(p, size, b->style);
    if (b->label.n)
        block_field(p, &(struct block){.label = b->label, .text = STR(" "), .style = b->style & LOOK_SMALL},
                    count ? paper_leading(p, face) * 2 : keep);
    char number[32];
    double indent = type_width(p->type, face, number_text(number, sizeof number, count)) + size * 0.4;
    indent += b->label.n ? HANG : 0;
    double number_x = p->left + (b->label.n ? HANG : 0);
    struct str item;
    for (size_t at = 0; wire_list_next(b->text, &at, &item) && !paper_stopped(p);) {
        n++;
        type_rest(p->type);
        double width = paper_column(p) - indent;
        struct type_piece piece = {item.n ? item : STR("–"), face};
        type_set(p->type, &p->lines, &piece, 1, width, 0);
        paper_flow(p, &(struct flow){.lines = &p->lines,
                                     .x = p->left + indent,
                                     .width = width,
                                     .face = face,
                                     .align = TYPE_LEFT,
                                     .keep = n == count ? keep : 0,
                                     .first = number_text(number, sizeof number, n),
                                     .first_x = number_x});
        p->y += size * below(p);
    }
}

void block_space(struct paper *p)
{
    gap(p, p->body * LEADING / 2);
}
