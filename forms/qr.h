/* qr: codes to scan, through libqrencode. */
#ifndef MOTCUA_FORMS_QR_H
#define MOTCUA_FORMS_QR_H

#include "core/buf.h"
#include "forms/sink.h"

#define QR_QUIET 4 /* modules of light on every side of a code: ISO/IEC 18004 */

/* The modules of a code, without the quiet zone, which is the printer's to leave. */
struct qr {
    int side;             /* modules */
    int version;          /* 1-40 */
    unsigned char *black; /* side * side, row after row: 1 or 0 */
};
/* Error correction level M (15 %). Plain ASCII is bytes and nothing else, which every scanner that types what
 * it reads takes. Other text is UTF-8 and says so (an ECI header, assignment 26): without it the standard's
 * bytes are ISO 8859-1, and what reads them guesses, now and then Big5 or Shift JIS. FORM_WRITTEN,
 * FORM_TOO_LONG (more than 2,331 bytes, with the header 2,330) or FORM_NO_MEMORY; on these *out is empty.
 * Release it in any case. */
enum form_result qr_make(struct qr *out, struct str text);
/* The same at level L (7 %; at most 2,953 bytes, with the header 2,952), for screens: they have room for
 * small codes only, and are never smudged or torn. */
enum form_result qr_make_for_screen(struct qr *out, struct str text);
void qr_release(struct qr *q);

static inline bool qr_black(const struct qr *q, int row, int column)
{
    return row >= 0 && column >= 0 && row < q->side && column < q->side && q->black[row * q->side + column];
}

/* As text for a terminal: two rows of modules in one row of half blocks, with the quiet zone: (side + 8 + 1)
 * / 2 lines of side + 8 columns. `dark`: on a dark background the light modules are the ones that are drawn.
 */
void qr_text(struct buf *out, const struct qr *q, bool dark);
/* As pictures, 8 pixels to a module, with the quiet zone. The same code gives the same bytes. FORM_WRITTEN,
 * FORM_NO_MEMORY or FORM_SINK_FAILED. */
enum form_result qr_png(const struct qr *q, struct form_sink sink);
enum form_result qr_svg(const struct qr *q, struct form_sink sink);

#endif
