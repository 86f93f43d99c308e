#include "forms/paper_type.h"

#include <stdint.h>
#include <stdlib.h>

void type_lines_release(struct type_lines *lines)
{
    free(lines->placed);
    free(lines->line);
    *lines = (struct type_lines){0};
}

/* ---- breaking into lines ---- */

struct breaking {
    struct typesetter *t;
    struct type_lines *lines;
    double width, hang;
    double room; /* of the line that is being filled */
    bool open;   /* there is such a line */
};

static void line_begin(struct breaking *b)
{
    struct type_lines *ls = b->lines;
    struct type_line *p = type_room(b->t, ls->line, ls->count, &ls->cap, sizeof *p);
    if (!p)
        return;
    ls->line = p;
    double indent = ls->count ? b->hang : 0;
    ls->line[ls->count++] = (struct type_line){.first = ls->placed_count, .indent = indent};
    b->room = b->width - indent;
    b->open = true;
}

static void line_end(struct breaking *b, bool ends)
{
    if (b->open)
        b->lines->line[b->lines->count - 1].ends = ends;
    b->open = false;
}

static void place(struct breaking *b, const struct type_word *w, bool glued, double blank)
{
    struct type_lines *ls = b->lines;
    struct type_placed *p = type_room(b->t, ls->placed, ls->placed_count, &ls->placed_cap, sizeof *p);
    if (!p)
        return;
    ls->placed = p;
    ls->placed[ls->placed_count++] = (struct type_placed){w, glued};
    struct type_line *line = ls->line + ls->count - 1;
    line->width += (line->count && !glued ? blank : 0) + w->width;
    line->count++;
}

/* Bytes of a word that fit the width: at least one letter; up to a mark after which people break a code or an
 * address, if there is one in the second half. */
static size_t fitting(const struct type_word *w, double width)
{
    size_t bytes = 0, good = 0;
    double x = 0;
    for (size_t r = 0; r < w->runs; r++) {
        const struct type_run *run = w->run + r;
        for (int c = 0; c < run->clusters; c++) {
            x += run->advance[c];
            if (bytes && x > width)
                return good * 2 >= bytes ? good : bytes;
            bytes += (size_t)run->cluster[c].num_bytes;
            if (strchr("-/._@,;:+&=?)", w->text.p[bytes - 1]))
                good = bytes;
        }
    }
    return bytes;
}

static void set_word(struct breaking *b, int face, struct str text, bool glued)
{
    const struct type_word *w = type_word(b->t, face, text);
    double blank = type_word(b->t, face, STR(" "))->width;
    if (b->open) {
        struct type_line *line = b->lines->line + b->lines->count - 1;
        double before = line->count && !glued ? blank : 0;
        if (line->width + before + w->width <= b->room) {
            place(b, w, glued, blank);
            return;
        }
        /* The next piece of a word that is broken anyway fills the line. */
        if (glued || w->width > b->width - b->hang) {
            double rest = b->room - line->width - before;
            size_t n = rest > type_size(b->t, face) * 3 ? fitting(w, rest) : 0;
            if (n && n < w->text.n) {
                place(b, type_word(b->t, face, str_first(w->text, n)), glued, blank);
                w = type_word(b->t, face, str_from(w->text, n));
                glued = true;
            }
        }
        line_end(b, false);
    }
    for (;;) {
        line_begin(b);
        if (!b->open)
            return;
        size_t n = w->width <= b->room ? w->text.n : fitting(w, b->room);
        if (n >= w->text.n)
            break;
        place(b, type_word(b->t, face, str_first(w->text, n)), glued, blank);
        line_end(b, false);
        w = type_word(b->t, face, str_from(w->text, n));
        glued = true;
    }
    place(b, w, glued, blank);
}

/* The next word of s from *at on; a line feed is a word of its own. */
static bool next_word(struct str s, size_t *at, struct str *word)
{
    while (*at < s.n && s.p[*at] == ' ')
        ++*at;
    if (*at >= s.n)
        return false;
    size_t from = *at;
    if (s.p[from] == '\n')
        ++*at;
    else
        while (*at < s.n && s.p[*at] != ' ' && s.p[*at] != '\n')
            ++*at;
    *word = (struct str){s.p + from, *at - from};
    return true;
}

/* Nobody writes words this long, so that none has to be shaped again and again while it is broken. */
enum { LONGEST = 256 };

static size_t chunk(struct str word)
{
    if (word.n <= LONGEST)
        return word.n;
    size_t n = LONGEST;
    while (n > LONGEST - 4 && ((unsigned char)word.p[n] & 0xc0) == 0x80)
        n--;
    return n;
}

void type_set(struct typesetter *t, struct type_lines *lines, const struct type_piece *piece, size_t pieces,
              double width, double hang)
{
    lines->count = lines->placed_count = 0;
    struct breaking b = {.t = t, .lines = lines, .width = width, .hang = hang};
    for (size_t i = 0; i < pieces; i++) {
        struct str word;
        for (size_t at = 0; next_word(piece[i].text, &at, &word);) {
            if (word.n == 1 && word.p[0] == '\n') {
                if (!b.open && lines->count)
                    line_begin(&b); /* an empty line */
                line_end(&b, true);
                continue;
            }
            for (bool glued = false; word.n && !type_failed(t); glued = true) {
                size_t n = chunk(word);
                set_word(&b, piece[i].face, str_first(word, n), glued);
                word = str_from(word, n);
            }
        }
    }
    line_end(&b, true);
    while (lines->count && !lines->line[lines->count - 1].count)
        lines->count--; /* line feeds at the end */
    if (type_failed(t))
        lines->count = lines->placed_count = 0;
}

double type_widest(struct typesetter *t, int face, struct str text, double most)
{
    double widest = 0;
    struct str word;
    for (size_t at = 0; next_word(text, &at, &word) && widest < most;) {
        double width = type_word(t, face, str_first(word, chunk(word)))->width;
        if (width > widest)
            widest = width;
    }
    return widest < most ? widest : most;
}

double type_width(struct typesetter *t, int face, struct str text)
{
    double width = 0, blank = type_word(t, face, STR(" "))->width;
    struct str word;
    for (size_t at = 0, n = 0; next_word(text, &at, &word); n++)
        width += (n ? blank : 0) + type_word(t, face, str_first(word, chunk(word)))->width;
    return width;
}

/* ---- drawing ---- */

/* Runs of one font that follow one another become one call: fewer bytes, and a line is selected as one. */
struct drawing {
    struct typesetter *t;
    cairo_t *cr;
    cairo_scaled_font_t *font;
    double x, y;
};

static void draw_out(struct drawing *d)
{
    struct type_gathered *g = type_gathered(d->t);
    if (g->glyphs) {
        cairo_set_scaled_font(d->cr, d->font);
        cairo_show_text_glyphs(d->cr, g->text.p, (int)g->text.n, g->glyph, (int)g->glyphs, g->cluster,
                               (int)g->clusters, 0);
    }
    g->glyphs = g->clusters = 0;
    buf_reset(&g->text);
}

static void draw_run(struct drawing *d, const struct type_run *run)
{
    struct type_gathered *g = type_gathered(d->t);
    if (run->font != d->font || run->backward)
        draw_out(d);
    d->font = run->font;
    if (!type_gather(d->t, run, d->x, d->y))
        return;
    d->x += run->width;
    if (run->backward) {
        cairo_set_scaled_font(d->cr, d->font);
        cairo_show_text_glyphs(d->cr, g->text.p, (int)g->text.n, g->glyph, (int)g->glyphs, g->cluster,
                               (int)g->clusters, CAIRO_TEXT_CLUSTER_FLAG_BACKWARD);
        g->glyphs = g->clusters = 0;
        buf_reset(&g->text);
    }
}

static void draw_word(struct drawing *d, const struct type_word *w)
{
    for (size_t r = 0; r < w->runs; r++)
        draw_run(d, w->run + r);
}

void type_draw(struct typesetter *t, cairo_t *cr, const struct type_lines *lines, size_t i, double x,
               double y, double width, enum type_align align)
{
    const struct type_line *line = lines->line + i;
    double rest = width - line->indent - line->width, stretch = 0;
    size_t blanks = 0;
    for (size_t k = 1; k < line->count; k++)
        blanks += !lines->placed[line->first + k].glued;
    if (align == TYPE_JUSTIFIED && !line->ends && blanks && rest > 0)
        stretch = rest / (double)blanks;
    double shift = align == TYPE_CENTRE ? rest / 2 : align == TYPE_RIGHT ? rest : 0;
    struct drawing d = {.t = t, .cr = cr, .x = x + line->indent + (shift > 0 ? shift : 0), .y = y};
    for (size_t k = 0; k < line->count; k++) {
        const struct type_placed *p = lines->placed + line->first + k;
        if (k && !p->glued) {
            draw_word(&d, type_word(t, p->word->face, STR(" ")));
            d.x += stretch;
        }
        draw_word(&d, p->word);
    }
    draw_out(&d);
}

void type_outline(struct typesetter *t, cairo_t *cr, int face, struct str text, double x, double y)
{
    struct type_gathered *g = type_gathered(t);
    const struct type_word *blank = type_word(t, face, STR(" "));
    struct str word;
    for (size_t at = 0; next_word(text, &at, &word); x += blank->width) {
        const struct type_word *w = type_word(t, face, str_first(word, chunk(word)));
        for (size_t r = 0; r < w->runs; r++) {
            if (!type_gather(t, w->run + r, x, y))
                continue;
            cairo_set_scaled_font(cr, w->run[r].font);
            cairo_glyph_path(cr, g->glyph, (int)g->glyphs);
            g->glyphs = g->clusters = 0;
            buf_reset(&g->text);
            x += w->run[r].width;
        }
    }
}
