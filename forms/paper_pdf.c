#include "forms/paper_pdf.h"
#include "core/text.h"

#include <cairo-pdf.h>
#include <time.h>

/* ---- watching for the catalogue ---- */

enum { WINDOW = 64 << 10, LONGEST_CATALOGUE = 2 << 10 };

#define CATALOGUE STR("/Type /Catalog")

static const char *find(struct str in, struct str what)
{
    return in.n ? memmem(in.p, in.n, what.p, what.n) : NULL;
}

/* Keeps the object that ends at its "endobj" and holds the catalogue's mark at `mark`. */
static void keep_catalogue(struct pdf *pdf, const char *mark)
{
    struct str window = buf_str(&pdf->window);
    const char *end = find((struct str){mark, (size_t)(window.p + window.n - mark)}, STR("endobj"));
    const char *from = mark;
    while (from > window.p && mark - from < 64 && memcmp(from, " 0 obj", 6) != 0)
        from--;
    while (from > window.p && from[-1] >= '0' && from[-1] <= '9')
        from--;
    if (!end || *from < '0' || *from > '9')
        return;
    buf_reset(&pdf->catalogue);
    buf_add(&pdf->catalogue, from, (size_t)(end - from));
}

/* The last one counts: pages come before it. */
static void look(struct pdf *pdf)
{
    struct str rest = buf_str(&pdf->window);
    for (const char *mark; (mark = find(rest, CATALOGUE));) {
        keep_catalogue(pdf, mark);
        rest = str_from(rest, (size_t)(mark - rest.p) + CATALOGUE.n);
    }
}

static bool put(struct pdf *pdf, const void *bytes, size_t n)
{
    if (!pdf->sink_failed && !pdf->sink.put(pdf->sink.arg, bytes, n))
        pdf->sink_failed = true;
    pdf->written += n;
    return !pdf->sink_failed;
}

static cairo_status_t take(void *closure, const unsigned char *bytes, unsigned n)
{
    struct pdf *pdf = closure;
    if (!put(pdf, bytes, n))
        return CAIRO_STATUS_WRITE_ERROR;
    buf_add(&pdf->window, bytes, n);
    if (pdf->window.n > WINDOW) {
        look(pdf);
        size_t gone = pdf->window.n - LONGEST_CATALOGUE;
        memmove(pdf->window.p, pdf->window.p + gone, LONGEST_CATALOGUE);
        pdf->window.n = LONGEST_CATALOGUE;
    }
    return pdf->window.failed ? CAIRO_STATUS_NO_MEMORY : CAIRO_STATUS_SUCCESS;
}

/* ---- the update ---- */

/* The number behind a name in a trailer; 0 where it is not there. */
static uint64_t number_after(struct str in, struct str name)
{
    const char *p = find(in, name), *end = in.p + in.n;
    uint64_t n = 0;
    if (!p)
        return 0;
    for (p += name.n; p < end && (*p == ' ' || *p == '\n'); p++)
        ;
    for (; p < end && *p >= '0' && *p <= '9' && n < UINT32_MAX; p++)
        n = n * 10 + (uint64_t)(*p - '0');
    return n;
}

static struct str last_trailer(struct str window)
{
    struct str found = STR_NONE;
    for (const char *p; (p = find(window, STR("trailer")));) {
        found = str_from(window, (size_t)(p - window.p));
        window = str_from(found, 7);
    }
    return found;
}

static bool update(struct pdf *pdf, struct buf *out)
{
    look(pdf);
    struct str trailer = last_trailer(buf_str(&pdf->window)), old = buf_str(&pdf->catalogue);
    uint64_t root = number_after(trailer, STR("/Root")), info = number_after(trailer, STR("/Info"));
    uint64_t size = number_after(trailer, STR("/Size")), before = number_after(trailer, STR("startxref"));
    const char *close = old.n ? memrchr(old.p, '>', old.n) : NULL;
    if (!root || !info || !size || !before || !close || close - old.p < 2 ||
        number_after(old, STR("")) != root || find(old, STR("/Lang")))
        return false; /* not as Cairo writes it: better no language than a broken file */
    size_t at = pdf->written;
    buf_add_str(out, str_first(old, (size_t)(close - 1 - old.p)));
    buf_add_z(out, pdf->lang == LANG_VI ? "   /Lang (vi-VN)\n" : "   /Lang (en-GB)\n");
    buf_add_z(out, "   /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n");
    size_t table = at + out->n;
    buf_addf(out, "xref\n%lu 1\n%010zu 00000 n \n", (unsigned long)root, at);
    buf_addf(out, "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %lu\n>>\n",
             (unsigned long)size, (unsigned long)root, (unsigned long)info, (unsigned long)before);
    buf_addf(out, "startxref\n%zu\n%%%%EOF\n", table);
    return !out->failed;
}

/* ---- from first to last ---- */

void pdf_begin(struct pdf *pdf, struct form_sink sink, double width, double height)
{
    *pdf = (struct pdf){.sink = sink, .window = BUF_INIT, .catalogue = BUF_INIT};
    pdf->surface = cairo_pdf_surface_create_for_stream(take, pdf, width, height);
    /* Later ones pack objects into streams, and nothing here needs them. */
    cairo_pdf_surface_restrict_to_version(pdf->surface, CAIRO_PDF_VERSION_1_4);
}

void pdf_describe(struct pdf *pdf, struct str title, enum lang lang, int64_t written)
{
    pdf->lang = lang;
    struct buf safe = BUF_INIT;
    text_safe(&safe, title, false);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_TITLE, safe.n ? safe.p : "");
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATOR, "motcua " MOTCUA_VERSION);
    buf_release(&safe);
    struct tm tm;
    char date[64];
    time_t at = (time_t)written;
    if (!gmtime_r(&at, &tm) || !strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &tm))
        memcpy(date, "1970-01-01T00:00:00Z", 21);
    cairo_pdf_surface_set_metadata(pdf->surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
}

enum form_result pdf_end(struct pdf *pdf)
{
    cairo_surface_finish(pdf->surface);
    cairo_status_t status = cairo_surface_status(pdf->surface);
    if (pdf->sink_failed)
        return FORM_SINK_FAILED;
    if (status)
        return FORM_NO_MEMORY; /* nothing else is left that can go wrong */
    struct buf more = BUF_INIT;
    enum form_result result = FORM_WRITTEN;
    if (update(pdf, &more) && !put(pdf, more.p, more.n))
        result = FORM_SINK_FAILED;
    else if (more.failed || pdf->window.failed || pdf->catalogue.failed)
        result = FORM_NO_MEMORY;
    buf_release(&more);
    return result;
}

void pdf_release(struct pdf *pdf)
{
    pdf->sink_failed = true; /* destroying it would still write */
    cairo_surface_destroy(pdf->surface);
    buf_release(&pdf->window);
    buf_release(&pdf->catalogue);
}
