/* A code to scan, beside the text. */
#include "forms/paper_block.h"
#include "forms/qr.h"

enum { QUIET = 4 }; /* modules left white around a code: ISO/IEC 18004 */
#define MODULE (0.75 * MM)
#define SMALLEST_SIDE (24 * MM)
#define LARGEST_SIDE (42 * MM)

/* One path for all: neighbours that are filled apart show hair lines between them. */
static void draw_modules(cairo_t *cr, const struct qr *q, double x, double y, double module)
{
    for (int row = 0; row < q->side; row++)
        for (int from = 0, to; from < q->side; from = to) {
            for (to = from; qr_black(q, row, to); to++)
                ;
            if (to > from)
                cairo_rectangle(cr, x + from * module, y + row * module, (to - from) * module, module);
            else
                to++;
        }
    cairo_fill(cr);
}

static double side_of(const struct qr *q)
{
    double side = (q->side + 2 * QUIET) * MODULE;
    return side < SMALLEST_SIDE ? SMALLEST_SIDE : side > LARGEST_SIDE ? LARGEST_SIDE : side;
}

void block_qr(struct paper *p, const struct block *b)
{
    struct qr q;
    enum form_result made = qr_make(&q, b->text);
    if (made != FORM_WRITTEN) {
        paper_stop(p, made);
        return;
    }
    double side = side_of(&q), module = side / (q.side + 2 * QUIET);
    int face = paper_face(p, p->small - 2, LOOK_PLAIN);
    struct type_piece piece = {b->label, face};
    type_set(p->type, &p->lines, &piece, 1, side, 0);
    double height = side + (double)p->lines.count * paper_leading(p, face);
    paper_fit(p, height);
    double x = p->left + p->width - side;
    if (p->cr && !paper_stopped(p))
        draw_modules(p->cr, &q, x + QUIET * module, p->y + QUIET * module, module);
    paper_draw(p, &p->lines, 0, p->lines.count, x, p->y + side, side, face, TYPE_CENTRE);
    p->beside_width = side + 2 * MM;
    p->beside_bottom = p->y + height;
    qr_release(&q);
}
