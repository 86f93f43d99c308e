#include "tui/field.h"

#include "core/text.h"

void field_init(struct field *f, size_t max)
{
    *f = (struct field){.text = BUF_INIT, .max = max};
}

void field_release(struct field *f)
{
    buf_release(&f->text);
    f->cursor = f->scroll = 0;
}

static void cut(struct field *f, size_t from, size_t to)
{
    if (from >= to)
        return;
    memmove(f->text.p + from, f->text.p + to, f->text.n - to);
    f->text.n -= to - from;
    f->text.p[f->text.n] = '\0';
    f->cursor = from;
}

void field_set(struct field *f, struct str text)
{
    buf_reset(&f->text);
    f->cursor = f->scroll = 0;
    field_insert(f, text);
}

static bool is_control(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

/* What may stand in a line: as many of the text's characters as there is room for. */
static bool take_line(struct buf *out, struct str text, size_t room)
{
    for (size_t at = 0; at < text.n;) {
        int32_t c = text_next(text, &at);
        if (c == '\n' || c == '\t')
            c = ' ';
        if (c == '\r' || (c >= 0 && is_control(c)))
            continue;
        if (room-- == 0)
            return false;
        text_put(out, c < 0 ? 0xFFFD : c);
    }
    return true;
}

bool field_insert(struct field *f, struct str text)
{
    size_t have = text_characters(field_str(f));
    struct buf line = BUF_INIT;
    bool whole = take_line(&line, text, f->max > have ? f->max - have : 0);
    if (line.n && !line.failed && buf_reserve(&f->text, line.n)) {
        char *at = f->text.p + f->cursor;
        memmove(at + line.n, at, f->text.n - f->cursor);
        memcpy(at, line.p, line.n);
        f->text.n += line.n;
        f->text.p[f->text.n] = '\0';
        f->cursor += line.n;
    }
    whole = whole && !line.failed && !f->text.failed;
    buf_release(&line);
    return whole;
}

static size_t word_left(const struct field *f)
{
    size_t at = f->cursor;
    while (at && f->text.p[at - 1] == ' ')
        at--;
    while (at && f->text.p[at - 1] != ' ')
        at--;
    return at;
}

static size_t word_right(const struct field *f)
{
    size_t at = f->cursor;
    while (at < f->text.n && f->text.p[at] != ' ')
        at++;
    while (at < f->text.n && f->text.p[at] == ' ')
        at++;
    return at;
}

static enum field_answer move_to(struct field *f, size_t at)
{
    f->cursor = at;
    return FIELD_MOVED;
}

static enum field_answer remove_between(struct field *f, size_t from, size_t to)
{
    if (from == to)
        return FIELD_MOVED;
    cut(f, from, to);
    return FIELD_CHANGED;
}

static enum field_answer type(struct field *f, struct str text)
{
    f->cut = !field_insert(f, text);
    return FIELD_CHANGED;
}

static enum field_answer letter(struct field *f, int32_t c)
{
    struct buf one = BUF_INIT;
    text_put(&one, c);
    enum field_answer answer = type(f, buf_str(&one));
    buf_release(&one);
    return answer;
}

enum field_answer field_key(struct field *f, const struct key *key)
{
    struct str s = field_str(f);
    f->cut = false;
    if (!key->special)
        return letter(f, key->code);
    switch (key->code) {
    case PRESS_PASTE: return type(f, key->text);
    case PRESS_BACKSPACE: return remove_between(f, text_prev(s, f->cursor), f->cursor);
    case PRESS_DELETE: return remove_between(f, f->cursor, text_after(s, f->cursor));
    case PRESS_CTRL + 'w': return remove_between(f, word_left(f), f->cursor);
    case PRESS_CTRL + 'u': return remove_between(f, 0, f->cursor);
    case PRESS_CTRL + 'k': return remove_between(f, f->cursor, s.n);
    case PRESS_LEFT: return move_to(f, text_prev(s, f->cursor));
    case PRESS_RIGHT: return move_to(f, text_after(s, f->cursor));
    case PRESS_WORD_LEFT: return move_to(f, word_left(f));
    case PRESS_WORD_RIGHT: return move_to(f, word_right(f));
    case PRESS_HOME:
    case PRESS_CTRL + 'a': return move_to(f, 0);
    case PRESS_END:
    case PRESS_CTRL + 'e': return move_to(f, s.n);
    default: return FIELD_IGNORED;
    }
}

/* What a text holds that cannot be shown stands there as the page shows it: nobody corrects what he does not
 * see. */
static int shown_columns(struct str s)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, s, false);
    int columns = text_columns(buf_str(&safe));
    buf_release(&safe);
    return columns;
}

/* The cursor needs a column of its own behind the last letter; where all of it fits, the one behind the field
 * will do. */
static void scroll_to_cursor(struct field *f, int columns)
{
    struct str s = field_str(f);
    if (shown_columns(s) <= columns) {
        f->scroll = 0;
        return;
    }
    if (f->scroll > f->cursor)
        f->scroll = f->cursor;
    while (f->scroll < f->cursor &&
           shown_columns((struct str){s.p + f->scroll, f->cursor - f->scroll}) >= columns)
        f->scroll = text_after(s, f->scroll);
}

void field_draw(struct field *f, struct canvas *c, struct area a, bool focus, struct str hint)
{
    if (!focus)
        f->scroll = 0;
    else
        scroll_to_cursor(f, a.columns);
    struct str s = field_str(f);
    struct buf safe = BUF_INIT;
    text_safe(&safe, str_from(s, f->scroll), false);
    struct str shown = buf_str(&safe);
    if (!s.n && hint.n)
        canvas_cell(c, a.row, a.column, a.columns, STYLE_DIM, hint);
    else if (focus) {
        size_t fits = text_fit(shown, a.columns);
        canvas_cell(c, a.row, a.column, a.columns, STYLE_FIELD, str_first(shown, fits));
    } else
        canvas_cell(c, a.row, a.column, a.columns, STYLE_PLAIN, shown);
    int column = a.column + shown_columns((struct str){s.p + f->scroll, f->cursor - f->scroll});
    buf_release(&safe);
    if (focus)
        canvas_cursor(c, a.row, column < c->columns ? column : c->columns - 1);
}
