#include "forms/qr.h"

#include <cairo.h>
#include <errno.h>
#include <limits.h>
#include <qrencode.h>
#include <stdlib.h>

enum {
    PIXELS = 8,     /* of a module in a picture: whole, so that every edge is sharp */
    LONGEST = 2953, /* bytes of a version 40-L */
    ECI_UTF_8 = 26, /* assignment of the character set: AIM ECI, part 3 */
    /* Characters of a run that are worth two changes of mode, 37 bits at most, for 2.5 bits less each. */
    DENSE_LEAST = 15,
};

static enum form_result failure(void)
{
    return errno == ERANGE ? FORM_TOO_LONG : FORM_NO_MEMORY;
}

/* ---- what it holds ---- */

/* Bytes at the start of the text that the alphanumeric mode has: 5.5 bits each. */
static size_t dense(struct str text)
{
    static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    size_t n = 0;
    while (n < text.n && text.p[n] && strchr(signs, text.p[n]))
        n++;
    return n;
}

static bool append(QRinput *input, QRencodeMode mode, struct str part)
{
    return QRinput_append(input, mode, (int)part.n, (const unsigned char *)part.p) == 0;
}

/* The header makes the code larger by a byte, and the library, which reckons its size too high, by two more.
 * Writing times and codes of dossiers densely wins them back. */
static bool append_utf8(QRinput *input, struct str text)
{
    bool fine = QRinput_appendECIheader(input, ECI_UTF_8) == 0;
    while (fine && text.n) {
        size_t run = dense(text), bytes = 0;
        while (run < DENSE_LEAST && bytes < text.n) {
            bytes += run ? run : 1;
            run = dense(str_from(text, bytes));
        }
        fine = (!bytes || append(input, QR_MODE_8, str_first(text, bytes))) &&
               (run < DENSE_LEAST || append(input, QR_MODE_AN, str_first(str_from(text, bytes), run)));
        text = str_from(text, bytes + (run < DENSE_LEAST ? 0 : run));
    }
    return fine;
}

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] >= 0x80)
            return false;
    return true;
}

/* No text at all is a code as well: a terminator and padding. */
static QRcode *encode(struct str text, QRecLevel level)
{
    QRcode *code = NULL;
    QRinput *input = QRinput_new2(0, level);
    if (!input)
        return NULL;
    if (!text.n || (is_ascii(text) ? append(input, QR_MODE_8, text) : append_utf8(input, text)))
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
