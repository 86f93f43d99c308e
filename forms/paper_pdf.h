/* paper_pdf: the surface a paper is drawn on: PDF 1.4 into a sink, with title, program, date and language.
 *
 * Cairo 1.16 cannot name a document's language. So what it writes is followed by an incremental update (PDF
 * 32000-1, 7.5.6), as a signature would be: the catalogue once more, with /Lang and the wish that a window's
 * title be the document's; a table of that one object; a trailer that names the first one. */
#ifndef MOTCUA_FORMS_PAPER_PDF_H
#define MOTCUA_FORMS_PAPER_PDF_H

#include "core/buf.h"
#include "core/lang.h"
#include "forms/sink.h"
#include <cairo.h>

struct pdf {
    cairo_surface_t *surface;
    struct form_sink sink;
    bool sink_failed;
    size_t written;
    struct buf window;    /* the last bytes written */
    struct buf catalogue; /* the object as Cairo wrote it, from "N 0 obj" on */
    enum lang lang;
};

/* A page is `width` by `height` points. `written` is a UTC second. */
void pdf_begin(struct pdf *pdf, struct form_sink sink, double width, double height);
void pdf_describe(struct pdf *pdf, struct str title, enum lang lang, int64_t written);
/* Writes what is left, and says how all of it went. */
enum form_result pdf_end(struct pdf *pdf);
/* Whatever happened; nothing more is written. */
void pdf_release(struct pdf *pdf);

#endif
