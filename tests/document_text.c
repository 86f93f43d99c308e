#include "tests/document_text.h"

#include "core/wire.h"

static void put(struct buf *out, const char *label, struct str text)
{
    if (!text.n)
        return;
    buf_addf(out, "%s: ", label);
    buf_add_str(out, text);
    buf_add_char(out, '\n');
}

static void put_style(struct buf *out, unsigned style)
{
    static const char *const names[] = {"bold", "italic", "centre", "small"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (style & 1u << i)
            buf_addf(out, "(%s) ", names[i]);
}

static void put_list(struct buf *out, struct str packed)
{
    size_t at = 0;
    struct str item;
    for (int n = 1; wire_list_next(packed, &at, &item); n++) {
        buf_addf(out, "   %d. ", n);
        buf_add_str(out, item);
        buf_add_char(out, '\n');
    }
}

struct rows {
    struct buf *out;
    size_t columns;
};

/* Line feeds in a cell as " / ". */
static bool put_row(void *to, const struct str *cells, unsigned style)
{
    struct rows *r = to;
    put_style(r->out, style);
    for (size_t i = 0; i < r->columns; i++) {
        buf_add_z(r->out, i ? " | " : "| ");
        for (size_t j = 0; j < cells[i].n; j++)
            buf_add_z(r->out, cells[i].p[j] == '\n' ? " / " : (char[]){cells[i].p[j], 0});
    }
    buf_add_z(r->out, " |\n");
    return true;
}

static void put_table(struct buf *out, const struct table_block *t)
{
    struct rows rows = {out, t->columns};
    for (size_t i = 0; i < t->columns; i++) {
        buf_add_z(out, i ? " | " : "TABLE | ");
        buf_add_str(out, t->column[i].title);
    }
    buf_add_z(out, " |\n");
    if (!t->rows.each(t->rows.arg, put_row, &rows))
        buf_add_z(out, "(its rows cannot be read)\n");
}

static void put_head(struct buf *out, const struct head_block *h)
{
    const struct str left[] = {h->parent, h->agency, h->desk, h->number};
    const struct str right[] = {h->country, h->motto, h->place_date};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        put(out, "HEAD left", left[i]);
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        put(out, "HEAD right", right[i]);
}

static void put_block(struct buf *out, const struct block *b)
{
    switch (b->kind) {
    case BLOCK_HEAD: put_head(out, &b->head); break;
    case BLOCK_TITLE:
        put(out, "TITLE", b->text);
        put(out, "under it", b->under);
        break;
    case BLOCK_TEXT:
        put_style(out, b->style);
        buf_add_str(out, b->text);
        buf_add_char(out, '\n');
        break;
    case BLOCK_FIELD:
        put_style(out, b->style);
        buf_add_str(out, b->label);
        buf_add_z(out, ": ");
        buf_add_str(out, b->text.n ? b->text : STR("……"));
        buf_add_char(out, '\n');
        break;
    case BLOCK_LIST:
        put(out, "LIST", b->label);
        put_list(out, b->text);
        break;
    case BLOCK_TABLE: put_table(out, &b->table); break;
    case BLOCK_SIGNATURES:
        for (size_t i = 0; i < b->signatures.count; i++) {
            const struct signature *s = &b->signatures.who[i];
            buf_addf(out, "SIGNS %zu: ", i + 1);
            buf_add_str(out, s->above);
            buf_add_z(out, s->above.n ? "; " : "");
            buf_add_str(out, s->title);
            buf_add_z(out, s->how.n ? " " : "");
            buf_add_str(out, s->how);
            buf_add_z(out, s->name.n ? " " : "");
            buf_add_str(out, s->name);
            buf_add_char(out, '\n');
        }
        break;
    case BLOCK_QR: put(out, "QR", b->text); break;
    case BLOCK_SPACE: buf_add_char(out, '\n'); break;
    }
}

void document_print(struct buf *out, const struct document *d)
{
    static const char *const sizes[] = {"A5", "A4", "A4 across"};
    buf_addf(out, "%s, %s\n", sizes[d->size], lang_name(d->lang));
    put(out, "FILE", d->title);
    put(out, "FOOT", d->foot);
    put(out, "ACROSS", d->across);
    for (size_t i = 0; i < d->count; i++)
        put_block(out, &d->block[i]);
}
