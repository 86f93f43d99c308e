/* paper_page: sheets that are filled from top to bottom, twice: once to count them (nothing is drawn), once
 * onto the surface. For forms/paper*.c alone.
 *
 * Lengths are points, y grows downwards. After a failure (paper_stopped()) nothing is drawn any more and
 * every part ends as soon as it looks. */
#ifndef MOTCUA_FORMS_PAPER_PAGE_H
#define MOTCUA_FORMS_PAPER_PAGE_H

#include "core/document.h"
#include "forms/paper_type.h"

struct paper {
    const struct document *d;
    struct typesetter *type;
    cairo_t *cr; /* NULL: measuring */
    enum form_result result;

    double sheet_width, sheet_height;
    double left, width, top, bottom;  /* of what is written on */
    double body, small, title, table; /* sizes of letters */
    double smaller;                   /* so much is taken off those of the text */
    double y;
    size_t page, pages; /* from 1; how many there were when it was measured */

    double beside_width;  /* taken at the right … */
    double beside_bottom; /* … down to here, by what stands beside the text */

    struct buf foot_text;    /* at the left of every foot */
    struct type_lines lines; /* of the block at hand */
    struct type_lines spare; /* of what is drawn beside or between its lines */
};

#define MM (72 / 25.4)
#define LEADING 1.2 /* line height, in sizes */

/* The first page. */
void page_first(struct paper *p);
void page_next(struct paper *p);
/* The last one is complete. */
void page_last(struct paper *p);
static inline bool page_is_fresh(const struct paper *p)
{
    return p->y <= p->top;
}

bool paper_stopped(struct paper *p);
void paper_stop(struct paper *p, enum form_result why);
void paper_release(struct paper *p);

/* The width of the text at the height reached. */
double paper_column(const struct paper *p);
int paper_face(const struct paper *p, double size, unsigned block_style);
double paper_leading(const struct paper *p, int face);

/* A block that is `height` high and must not be broken begins on the next page where it does not fit here. */
void paper_fit(struct paper *p, double height);

/* Draws lines [from, to) in a column, the first one's top at y; nothing while measuring. */
void paper_draw(struct paper *p, const struct type_lines *lines, size_t from, size_t to, double x, double y,
                double width, int face, enum type_align align);
/* Lines that flow from page to page, no single one left behind at either end. Behind them `keep` must still
 * fit: what must not stand alone takes the last two lines along. `first` is drawn beside the first line, at
 * x. */
struct flow {
    const struct type_lines *lines;
    double x, width; /* of the column */
    int face;
    enum type_align align;
    double keep;
    struct str first;
    double first_x;
};
void paper_flow(struct paper *p, const struct flow *f);
void paper_rule(struct paper *p, double x1, double y1, double x2, double y2, double thick);

#endif
