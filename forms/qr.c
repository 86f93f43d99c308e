#include "forms/qr.h"

#include <cairo.h>
#include <errno.h>
#include <limits.h>
#include <qrencode.h>
#include <stdlib.h>

enum {
    PIXELS = 8,     /* of a module in a picture: whole, so that every edge is sharp */
    LONGEST = 2953, /* bytes of a version 40-L */
};

static enum form_result failure(void)
{
    return errno == ERANGE ? FORM_TOO_LONG : FORM_NO_MEMORY;
}

/* No text at all is a code as well: a terminator and padding. */
static QRcode *encode(struct str text, QRecLevel level)
{
    QRcode *code = NULL;
    QRinput *input = QRinput_new2(0, level);
    if (!input)
        return NULL;
    if (!text.n || QRinput_append(input, QR_MODE_8, (int)text.n, (const unsigned char *)text.p) == 0)
        code = QRcode_encodeInput(input);
    int error = errno;
    QRinput_free(input);
    errno = error;
    return code;
}

static enum form_result make(struct qr *out, struct str text, QRecLevel level)
{
    *out = (struct qr){0};
    if (text.n > LONGEST)
        return FORM_TOO_LONG;
    QRcode *code = encode(text, level);
    if (!code)
        return failure();
    size_t modules = (size_t)code->width * (size_t)code->width;
    out->black = malloc(modules);
    if (out->black) {
        out->side = code->width;
        out->version = code->version;
        for (size_t i = 0; i < modules; i++)
            out->black[i] = code->data[i] & 1;
    }
    QRcode_free(code);
    return out->black ? FORM_WRITTEN : FORM_NO_MEMORY;
}

enum form_result qr_make(struct qr *out, struct str text)
{
    return make(out, text, QR_ECLEVEL_M);
}

enum form_result qr_make_for_screen(struct qr *out, struct str text)
{
    return make(out, text, QR_ECLEVEL_L);
}

void qr_release(struct qr *q)
{
    free(q->black);
    *q = (struct qr){0};
}

/* ---- on a terminal ---- */

void qr_text(struct buf *out, const struct qr *q, bool dark)
{
    static const char *const block[] = {" ", "▀", "▄", "█"};
    for (int row = -QR_QUIET; row < q->side + QR_QUIET; row += 2) {
        for (int column = -QR_QUIET; column < q->side + QR_QUIET; column++) {
            bool upper = qr_black(q, row, column) != dark;
            bool lower = qr_black(q, row + 1, column) != dark;
            buf_add_z(out, block[upper + 2 * lower]);
        }
        buf_add_char(out, '\n');
    }
}

/* ---- as a picture ---- */

static void fill(unsigned char *pixels, int stride, const struct qr *q)
{
    int size = (q->side + 2 * QR_QUIET) * PIXELS;
    for (int y = 0; y < size; y++)
        for (int x = 0; x < size; x++) {
            bool black = qr_black(q, y / PIXELS - QR_QUIET, x / PIXELS - QR_QUIET);
            memset(pixels + (ptrdiff_t)y * stride + (ptrdiff_t)x * 4, black ? 0 : 255, 4);
        }
}

static cairo_status_t put_png(void *arg, const unsigned char *bytes, unsigned int n)
{
    const struct form_sink *sink = arg;
    return sink->put(sink->arg, bytes, n) ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

enum form_result qr_png(const struct qr *q, struct form_sink sink)
{
    int size = (q->side + 2 * QR_QUIET) * PIXELS;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, size, size);
    cairo_status_t status = cairo_surface_status(surface);
    if (status == CAIRO_STATUS_SUCCESS) {
        cairo_surface_flush(surface);
        fill(cairo_image_surface_get_data(surface), cairo_image_surface_get_stride(surface), q);
        cairo_surface_mark_dirty(surface);
        status = cairo_surface_write_to_png_stream(surface, put_png, &sink);
    }
    cairo_surface_destroy(surface);
    return status == CAIRO_STATUS_SUCCESS       ? FORM_WRITTEN
           : status == CAIRO_STATUS_WRITE_ERROR ? FORM_SINK_FAILED
                                                : FORM_NO_MEMORY;
}

/* Each run of black modules in a row is one rectangle of the path. */
static void add_runs(struct buf *out, const struct qr *q)
{
    for (int row = 0; row < q->side; row++)
        for (int column = 0; column < q->side; column++) {
            int from = column;
            while (qr_black(q, row, column))
                column++;
            if (column > from)
                buf_addf(out, "M%d %dh%dv1h-%dz", from + QR_QUIET, row + QR_QUIET, column - from,
                         column - from);
        }
}

enum form_result qr_svg(const struct qr *q, struct form_sink sink)
{
    int modules = q->side + 2 * QR_QUIET, size = modules * PIXELS;
    struct buf out = BUF_INIT;
    buf_addf(&out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
             "shape-rendering=\"crispEdges\">\n"
             "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/>\n<path d=\"",
             size, size, modules, modules, modules, modules);
    add_runs(&out, q);
    buf_add_z(&out, "\"/>\n</svg>\n");
    enum form_result result = out.failed                         ? FORM_NO_MEMORY
                              : sink.put(sink.arg, out.p, out.n) ? FORM_WRITTEN
                                                                 : FORM_SINK_FAILED;
    buf_release(&out);
    return result;
}
