#include "forms/paper.h"
#include "forms/paper_block.h"
#include "forms/paper_pdf.h"

/* ---- what belongs together ---- */

static bool is_paragraph(const struct block *b)
{
    return b->kind == BLOCK_TEXT || b->kind == BLOCK_FIELD || b->kind == BLOCK_LIST || b->kind == BLOCK_SPACE;
}

/* A paragraph of one line with nothing but signatures below it: they take another line along. */
static bool is_last_line(struct paper *p, size_t i)
{
    const struct document *d = p->d;
    const struct block *b = d->block + i;
    if (b->kind != BLOCK_TEXT && b->kind != BLOCK_FIELD)
        return false;
    for (i++; i < d->count && d->block[i].kind == BLOCK_SPACE; i++)
        ;
    int face = paper_face(p, p->body, b->style);
    return i < d->count && d->block[i].kind == BLOCK_SIGNATURES &&
           type_width(p->type, face, b->label) + type_width(p->type, face, b->text) < paper_column(p) * 0.95;
}

/* What must still fit on the page behind block i, that it or what follows does not stand alone: signatures
 * have the end of the text above them, a table its heading, a heading what it is for. */
static double keep_behind(struct paper *p, size_t i)
{
    const struct document *d = p->d;
    const struct block *b = d->block + i;
    double space = 0, line = p->body * LEADING;
    for (i++; i < d->count && d->block[i].kind == BLOCK_SPACE; i++)
        space += line / 2;
    if (i == d->count)
        return 0;
    const struct block *next = d->block + i;
    if (next->kind == BLOCK_SIGNATURES)
        return space + signatures_height(p, next);
    if (is_last_line(p, i))
        return space + line + keep_behind(p, i);
    if (next->kind == BLOCK_TABLE && b->kind != BLOCK_TABLE)
        return space + table_beginning(p, next, keep_behind(p, i));
    bool heading = b->kind == BLOCK_TITLE || (b->kind == BLOCK_TEXT && b->style & LOOK_BOLD);
    return heading ? space + 2 * line : 0;
}

/* The code that stands beside the paragraphs which begin with block i; NULL where none does. */
static const struct block *code_beside(const struct document *d, size_t i)
{
    if (i && is_paragraph(d->block + i - 1))
        return NULL;
    while (i < d->count && is_paragraph(d->block + i))
        i++;
    return i < d->count && d->block[i].kind == BLOCK_QR ? d->block + i : NULL;
}

/* ---- block after block ---- */

static void end_beside(struct paper *p)
{
    if (p->y < p->beside_bottom)
        p->y = p->beside_bottom;
    p->beside_bottom = 0;
}

static void lay_block(struct paper *p, size_t i)
{
    const struct block *b = p->d->block + i;
    const struct block *code = is_paragraph(b) || b->kind == BLOCK_QR ? code_beside(p->d, i) : NULL;
    if (code)
        block_qr(p, code);
    switch (b->kind) {
    case BLOCK_HEAD: block_head(p, b); break;
    case BLOCK_TITLE: block_title(p, b, keep_behind(p, i)); break;
    case BLOCK_TEXT: block_text(p, b, keep_behind(p, i)); break;
    case BLOCK_FIELD: block_field(p, b, keep_behind(p, i)); break;
    case BLOCK_LIST: block_list(p, b, keep_behind(p, i)); break;
    case BLOCK_TABLE: block_table(p, b, keep_behind(p, i)); break;
    case BLOCK_SIGNATURES: block_signatures(p, b); break;
    case BLOCK_QR: end_beside(p); break;
    case BLOCK_SPACE: block_space(p); break;
    }
    type_rest(p->type);
}

static void lay(struct paper *p)
{
    page_first(p);
    for (size_t i = 0; i < p->d->count && !paper_stopped(p); i++)
        lay_block(p, i);
    page_last(p);
    paper_stopped(p); /* looks a last time */
}

/* Counts the pages. Where letters may be smaller they are, by the least that saves one. */
static void measure(struct paper *p)
{
    const double step = 0.5;
    lay(p);
    p->pages = p->page;
    while (p->pages > 1 && p->body - step >= p->d->least_points && p->d->least_points > 0 &&
           !paper_stopped(p)) {
        p->smaller += step;
        lay(p);
        if (p->page < p->pages) {
            p->pages = p->page;
            return;
        }
    }
    p->smaller = 0;
}

static enum form_result draw(struct paper *p, int64_t written, struct form_sink sink)
{
    struct pdf pdf;
    pdf_begin(&pdf, sink, p->sheet_width, p->sheet_height);
    pdf_describe(&pdf, p->d->title, p->d->lang, written);
    p->cr = cairo_create(pdf.surface);
    lay(p);
    cairo_destroy(p->cr);
    p->cr = NULL;
    enum form_result result = p->result;
    if (result == FORM_WRITTEN)
        result = pdf_end(&pdf);
    pdf_release(&pdf);
    return result;
}

enum form_result paper_write(const struct document *d, int64_t written, struct form_sink sink)
{
    if (d->failed)
        return FORM_NO_MEMORY;
    enum form_result result;
    struct typesetter *type = type_new(&result);
    if (!type)
        return result;
    struct paper p = {.d = d, .type = type, .result = FORM_WRITTEN, .foot_text = BUF_INIT};
    measure(&p);
    result = p.result;
    if (result == FORM_WRITTEN)
        result = draw(&p, written, sink);
    paper_release(&p);
    type_free(type);
    return result;
}
