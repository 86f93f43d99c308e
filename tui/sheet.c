#include "tui/sheet.h"

#include "core/text.h"
#include <stdlib.h>

struct sheet_span {
    int row, column;
    int style;
    size_t at, n; /* in the sheet's text; n 0 is a rule */
};

void sheet_release(struct sheet *s)
{
    free(s->span);
    buf_release(&s->text);
    *s = SHEET_INIT;
}

void sheet_begin(struct sheet *s, int width)
{
    s->count = 0;
    buf_reset(&s->text);
    s->rows = s->column = 0;
    s->width = width < 8 ? 8 : width;
    s->failed = false;
}

static void add_span(struct sheet *s, int column, int style, struct str text)
{
    if (s->count == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 64;
        struct sheet_span *more = reallocarray(s->span, cap, sizeof *more);
        if (!more) {
            s->failed = true;
            return;
        }
        s->span = more;
        s->cap = cap;
    }
    s->span[s->count++] = (struct sheet_span){s->rows, column, style, s->text.n, text.n};
    buf_add_str(&s->text, text);
    if (s->text.failed) {
        s->failed = true;
        s->count--;
    }
}

void sheet_end(struct sheet *s)
{
    s->rows++;
    s->column = 0;
}

void sheet_add(struct sheet *s, int column, int style, struct str text)
{
    if (column < s->column)
        column = s->column;
    int room = s->width - column;
    if (room < 8 && column > 0 &&
        text_columns(text) > room) { /* no use in a sliver: on the next line instead */
        sheet_end(s);
        column = s->width > 24 ? 2 : 0;
        room = s->width - column;
    }
    for (bool first = true; text.n; first = false) {
        if (!first)
            sheet_end(s);
        size_t skip;
        size_t n = text_wrap(text, room, &skip);
        struct str line = str_first(text, n);
        if (line.n)
            add_span(s, column, style, line);
        s->column = column + text_columns(line);
        text = str_from(text, skip);
    }
}

void sheet_gap(struct sheet *s, int columns)
{
    s->column += columns;
}

void sheet_more(struct sheet *s, int style, struct str text)
{
    sheet_add(s, s->column, style, text);
}

void sheet_middle(struct sheet *s, int style, struct str text)
{
    int columns = text_columns(text);
    sheet_add(s, columns < s->width ? (s->width - columns) / 2 : 0, style, text);
}

void sheet_right(struct sheet *s, int style, struct str text)
{
    int columns = text_columns(text);
    if (s->column + columns < s->width)
        sheet_add(s, s->width - columns, style, text);
    else {
        if (s->column)
            sheet_end(s);
        sheet_add(s, columns < s->width ? s->width - columns : 0, style, text);
    }
}

void sheet_line(struct sheet *s, int column, int style, struct str text)
{
    sheet_add(s, column, style, text);
    sheet_end(s);
}

static void scroll_to(struct sheet *s, int top, int rows)
{
    int last = s->rows > rows ? s->rows - rows : 0;
    s->top = top < 0 ? 0 : top > last ? last : top;
}

bool sheet_key(struct sheet *s, const struct key *key, int rows)
{
    int code = key->special       ? key->code
               : key->code == 'j' ? PRESS_DOWN
               : key->code == 'k' ? PRESS_UP
               : key->code == ' ' ? PRESS_PAGE_DOWN
                                  : PRESS_NONE;
    int page = rows > 1 ? rows - 1 : 1;
    switch (code) {
    case PRESS_UP: scroll_to(s, s->top - 1, rows); break;
    case PRESS_DOWN: scroll_to(s, s->top + 1, rows); break;
    case PRESS_WHEEL_UP: scroll_to(s, s->top - 3, rows); break;
    case PRESS_WHEEL_DOWN: scroll_to(s, s->top + 3, rows); break;
    case PRESS_PAGE_UP: scroll_to(s, s->top - page, rows); break;
    case PRESS_PAGE_DOWN: scroll_to(s, s->top + page, rows); break;
    case PRESS_HOME: scroll_to(s, 0, rows); break;
    case PRESS_END: scroll_to(s, s->rows, rows); break;
    default: return false;
    }
    return true;
}

bool sheet_page_key(struct sheet *s, const struct key *key)
{
    bool pages = key_is(key, PRESS_PAGE_UP) || key_is(key, PRESS_PAGE_DOWN) || key_is(key, PRESS_WHEEL_UP) ||
                 key_is(key, PRESS_WHEEL_DOWN);
    return pages && s->rows > s->seen && sheet_key(s, key, s->seen);
}

void sheet_draw(struct sheet *s, struct canvas *c, struct area a)
{
    scroll_to(s, s->top, a.rows);
    s->seen = a.rows;
    for (size_t i = 0; i < s->count; i++) {
        const struct sheet_span *span = &s->span[i];
        int row = span->row - s->top;
        if (row < 0 || row >= a.rows)
            continue;
        struct str text = {s->text.p + span->at, span->n};
        int room = a.columns - span->column;
        if (span->n)
            canvas_text(c, a.row + row, a.column + span->column, room, span->style, text);
        else
            canvas_rule(c, a.row + row, a.column, s->width < a.columns ? s->width : a.columns, span->style);
    }
    int right = a.column + a.columns - 1;
    if (s->top > 0)
        canvas_text(c, a.row, right, 1, STYLE_KEY, STR("▲"));
    if (s->top + a.rows < s->rows)
        canvas_text(c, a.row + a.rows - 1, right, 1, STYLE_KEY, STR("▼"));
}
