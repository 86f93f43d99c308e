/* What a text takes on the screen, and cutting it between letters. */
#include "core/text.h"
#include "core/utf8.h"

/* Columns of one character as it is drawn: what is hidden, or broken (-1), is drawn as U+FFFD. */
static int columns_of(int32_t c)
{
    if ((c >= ' ' && c < 0x7F) || (c >= 0xA0 && c < 0x300) || (c >= 0x1E00 && c < 0x1F00))
        return 1;
    return utf8_is_hidden(c) ? 1 : utf8proc_charwidth(c);
}

/* No letter of Vietnamese in NFC is one, nor anything before U+0300. */
static bool may_be_mark(struct str s, size_t at)
{
    unsigned char first = (unsigned char)s.p[at];
    return first >= 0xCC && !(first == 0xE1 && at + 1 < s.n && ((unsigned char)s.p[at + 1] & 0xFC) == 0xB8);
}

/* Steps *at over one letter and returns its columns. A line break carries no marks. */
static int next_letter(struct str s, size_t *at)
{
    int32_t c = utf8_next(s.p, s.n, at);
    int columns = columns_of(c);
    while (c != '\n' && *at < s.n && may_be_mark(s, *at)) {
        size_t after = *at;
        if (columns_of(utf8_next(s.p, s.n, &after)) != 0)
            break;
        *at = after;
    }
    return columns;
}

/* The beginning of the character that ends at `at` (> 0): of a broken sequence, its last byte. */
static size_t character_before(struct str s, size_t at)
{
    for (size_t back = 1; back <= UTF8_LONGEST && back <= at; back++) {
        size_t from = at - back, to = from;
        if (utf8_next(s.p, at, &to) >= 0 && to == at)
            return from;
        if (!utf8_continues(s.p, from))
            break;
    }
    return at - 1;
}

/* Of a plain run: each character takes one. */
static int64_t plain_columns(const char *p, size_t n)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    int64_t columns = (int64_t)n;
    for (; n >= sizeof each; p += sizeof each, n -= sizeof each) {
        uint64_t eight;
        memcpy(&eight, p, sizeof eight);
        columns -= (int64_t)(((eight >> 7 & ~(eight >> 6) & each) * each) >> 56);
    }
    for (size_t i = 0; i < n; i++)
        columns -= utf8_continues(p, i);
    return columns;
}

int text_columns(struct str s)
{
    int64_t columns = 0;
    for (size_t at = 0; at < s.n;) {
        size_t plain = utf8_plain_end(s.p, s.n, at);
        columns += plain_columns(s.p + at, plain - at);
        at = plain;
        if (at < s.n)
            columns += columns_of(utf8_next(s.p, s.n, &at));
    }
    return columns < INT32_MAX ? (int)columns : INT32_MAX;
}

size_t text_fit(struct str s, int columns)
{
    size_t fits = 0;
    for (size_t at = 0; at < s.n && columns > 0; fits = at) {
        int letter = next_letter(s, &at);
        if (letter > columns)
            return fits;
        columns -= letter;
        if (columns == 0)
            return at;
    }
    return fits;
}

void text_safe(struct buf *out, struct str s, bool lines)
{
    size_t copied = 0;
    for (size_t at = utf8_plain_end(s.p, s.n, 0); at < s.n; at = utf8_plain_end(s.p, s.n, at)) {
        size_t from = at;
        int32_t c = utf8_next(s.p, s.n, &at);
        if (!utf8_is_hidden(c) || (lines && c == '\n'))
            continue;
        if (from > copied)
            buf_add(out, s.p + copied, from - copied);
        buf_add(out, UTF8_REPLACEMENT_BYTES, sizeof UTF8_REPLACEMENT_BYTES - 1);
        copied = at;
    }
    if (s.n > copied)
        buf_add(out, s.p + copied, s.n - copied);
}

void text_cell(struct buf *out, struct str s, int columns, bool pad)
{
    if (columns <= 0)
        return;
    int used = 0;         /* columns of the letters before `at` */
    int kept_columns = 0; /* of the longest part that leaves room for the ellipsis */
    size_t at = 0, kept = 0;
    while (at < s.n) {
        size_t after = at;
        int letter = next_letter(s, &after);
        if (letter > columns - used)
            break;
        at = after;
        used += letter;
        if (used < columns) {
            kept = at;
            kept_columns = used;
        }
    }
    if (at == s.n) {
        text_safe(out, s, false);
    } else {
        text_safe(out, str_first(s, kept), false);
        buf_add_z(out, "…");
        used = kept_columns + 1;
    }
    for (; pad && used < columns; used++)
        buf_add_char(out, ' ');
}

size_t text_prev(struct str s, size_t at)
{
    at = at < s.n ? at : s.n;
    while (at > 0) {
        size_t end = at;
        if (s.p[end - 1] >= ' ' && s.p[end - 1] < 0x7F)
            return end - 1;
        at = character_before(s, end);
        size_t read = at;
        if (columns_of(utf8_next(s.p, end, &read)) != 0)
            break;
        if (at > 0 && s.p[at - 1] == '\n')
            break;
    }
    return at;
}

int text_letter(struct str s, size_t *at)
{
    return next_letter(s, at);
}

size_t text_after(struct str s, size_t at)
{
    if (at >= s.n)
        return s.n;
    (void)next_letter(s, &at);
    return at;
}

size_t text_wrap(struct str s, int columns, size_t *skip)
{
    size_t at = 0;
    size_t line = 0,
           next = 0; /* the last place to break, and where the line after it begins; next == 0: none yet */
    int used = 0;
    columns = columns > 0 ? columns : 1;
    while (at < s.n) {
        if (s.p[at] == '\n') {
            *skip = at + 1;
            return next == at && next > 0 ? line : at;
        }
        size_t after = at;
        int letter = next_letter(s, &after);
        bool blank = s.p[at] == ' ' && after == at + 1;
        if (blank) { /* blanks hang past the edge: they belong to no line */
            if (next != at || next == 0)
                line = at;
            next = after;
        } else if (letter > columns - used) {
            break;
        }
        used += used <= columns ? letter : 0;
        at = after;
    }
    if (at == s.n) {
        *skip = s.n;
        return next == s.n && next > 0 ? line : s.n;
    }
    if (next > 0) {
        *skip = next;
        return line;
    }
    if (at == 0) /* a wide letter on a narrow line: it must go somewhere */
        (void)next_letter(s, &at);
    *skip = at;
    return at;
}
