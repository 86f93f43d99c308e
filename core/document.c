#include "core/document.h"

#include <stdint.h>
#include <stdlib.h>

void document_init(struct document *d, enum paper_size size, enum lang lang)
{
    *d = (struct document){.size = size, .lang = lang, .text = ARENA_INIT};
}

static bool held_each(void *arg, row_take *take, void *to)
{
    const struct held_rows *rows = arg;
    for (size_t i = 0; i < rows->count; i++)
        if (!take(to, rows->cell + i * rows->columns, rows->style[i]))
            break;
    return true;
}

/* The rows of a block that document_table() made; NULL for any other. */
static struct held_rows *held_by(const struct block *b)
{
    bool held = b->kind == BLOCK_TABLE && b->table.rows.each == held_each;
    return held ? b->table.rows.arg : NULL;
}

void document_release(struct document *d)
{
    for (size_t i = 0; i < d->count; i++) {
        struct held_rows *rows = held_by(d->block + i);
        if (rows) {
            free(rows->cell);
            free(rows->style);
        }
    }
    free(d->block);
    arena_release(&d->text);
    *d = (struct document){.size = d->size, .lang = d->lang, .text = ARENA_INIT};
}

struct str document_keep(struct document *d, struct str s)
{
    struct str kept = arena_str(&d->text, s);
    if (s.n && !kept.p)
        d->failed = true;
    return kept;
}

/* Room for one more of `size` bytes in an array that doubles; false, with the array as it was, where there is
 * no memory. */
static bool room(void **array, size_t count, size_t cap, size_t size, size_t *larger)
{
    *larger = cap;
    if (count < cap)
        return true;
    *larger = cap ? cap * 2 : 16;
    if (*larger > SIZE_MAX / 2 / size)
        return false;
    void *p = realloc(*array, *larger * size);
    if (p)
        *array = p;
    return p != NULL;
}

struct block *document_add(struct document *d, enum block_kind kind)
{
    void *array = d->block;
    size_t cap = d->cap;
    struct block *b = &d->unseen;
    if (room(&array, d->count, d->cap, sizeof *d->block, &cap)) {
        d->block = array;
        d->cap = cap;
        b = d->block + d->count++;
    } else {
        d->failed = true;
    }
    *b = (struct block){.kind = kind};
    return b;
}

void document_title(struct document *d, struct str title, struct str under)
{
    struct block *b = document_add(d, BLOCK_TITLE);
    b->text = title;
    b->under = under;
}

void document_text(struct document *d, struct str text, unsigned style)
{
    struct block *b = document_add(d, BLOCK_TEXT);
    b->text = text;
    b->style = style;
}

void document_field(struct document *d, struct str label, struct str text, bool dots)
{
    if (!text.n && !dots)
        return;
    struct block *b = document_add(d, BLOCK_FIELD);
    b->label = label;
    b->text = text;
}

void document_list(struct document *d, struct str label, struct str packed)
{
    struct block *b = document_add(d, BLOCK_LIST);
    b->label = label;
    b->text = packed;
}

struct block *document_table(struct document *d, const struct document_column *column, size_t columns)
{
    struct block *b = document_add(d, BLOCK_TABLE);
    struct held_rows *rows = arena_alloc(&d->text, sizeof *rows);
    b->table = (struct table_block){.column = column, .columns = columns};
    if (rows) {
        *rows = (struct held_rows){.column = column, .columns = columns};
        b->table.rows = (struct row_source){held_each, rows};
    } else {
        d->failed = true;
    }
    return b;
}

/* Room for one more row in both arrays, which grow together. */
static bool row_room(struct held_rows *rows)
{
    if (rows->count < rows->cap)
        return true;
    size_t cap;
    if (rows->columns > SIZE_MAX / 2 / sizeof *rows->cell)
        return false;
    void *cells = rows->cell, *styles = rows->style;
    bool ok = room(&cells, rows->count, rows->cap, rows->columns * sizeof *rows->cell, &cap);
    rows->cell = cells;
    ok = ok && room(&styles, rows->count, rows->cap, sizeof *rows->style, &cap);
    rows->style = styles;
    if (ok)
        rows->cap = cap;
    return ok;
}

void document_row(struct document *d, const struct str *cells, unsigned style)
{
    struct held_rows *rows = NULL;
    for (size_t i = d->count; i > 0 && !rows; i--)
        rows = held_by(d->block + i - 1);
    if (!rows || !rows->columns)
        return;
    if (!row_room(rows)) {
        d->failed = true;
        return;
    }
    for (size_t i = 0; i < rows->columns; i++)
        rows->cell[rows->count * rows->columns + i] = document_keep(d, cells[i]);
    rows->style[rows->count++] = style;
}
