/* What may be stored, and how: checking, NFC, trimming. Folding is in fold.c, columns in columns.c. */
#include "core/text.h"
#include "core/utf8.h"

#include <stdlib.h>

/* A canonical composition stands for at most four characters (Unicode's own bound for NFD in code points), so
 * what has more than four times the characters allowed is too long whatever NFC makes of it. */
#define NFC_SHRINKS_TO_A 4
/* Marks in a row before it is no text any more: the bound of the Stream-Safe Text Format (UAX #15, section
 * 13), far above what any language writes. It also keeps the sorting of marks short. */
#define MARKS_IN_A_ROW 30

/* The first byte from `at` on that is not ASCII, or near before it. */
static size_t past_ascii(struct str s, size_t at)
{
    const uint64_t beyond_ascii = UINT64_C(0x8080808080808080);
    uint64_t eight;
    for (; s.n - at >= sizeof eight; at += sizeof eight) {
        memcpy(&eight, s.p + at, sizeof eight);
        eight &= beyond_ascii;
        if (!eight)
            continue;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
        at += (size_t)__builtin_ctzll(eight) / 8;
#endif
        break;
    }
    return at;
}

bool text_is_utf8(struct str s)
{
    for (size_t at = 0; (at = past_ascii(s, at)) < s.n;)
        if (utf8_next(s.p, s.n, &at) < 0)
            return false;
    return true;
}

int32_t text_next(struct str s, size_t *at)
{
    return *at < s.n ? utf8_next(s.p, s.n, at) : -1;
}

void text_put(struct buf *out, int32_t character)
{
    char bytes[UTF8_LONGEST];
    buf_add(out, bytes, utf8_write(bytes, character));
}

void text_capital(struct buf *out, struct str s)
{
    size_t at = 0;
    int32_t first = text_next(s, &at);
    if (first >= 0)
        text_put(out, utf8proc_toupper(first));
    else
        at = 0;
    buf_add_str(out, str_from(s, at));
}

size_t text_characters(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.n; count++)
        (void)utf8_next(s.p, s.n, &at);
    return count;
}

/* Bytes of the blank (or, in a note, the line break) that begins s; 0 where none does. */
static size_t leading_blank(struct str s, enum text_shape shape)
{
    if (s.n == 0)
        return 0;
    if (shape == TEXT_NOTE && s.p[0] == '\n')
        return 1;
    if (shape == TEXT_NOTE && s.n > 1 && s.p[0] == '\r' && s.p[1] == '\n')
        return 2;
    size_t at = 0;
    return utf8_is_blank(utf8_next(s.p, s.n, &at)) ? at : 0;
}

/* The same at the end. No blank is longer than three bytes. */
static size_t trailing_blank(struct str s, enum text_shape shape)
{
    if (s.n == 0)
        return 0;
    if (shape == TEXT_NOTE && s.p[s.n - 1] == '\n')
        return s.n > 1 && s.p[s.n - 2] == '\r' ? 2 : 1;
    size_t back = 1;
    while (back < 3 && back < s.n && utf8_continues(s.p, s.n - back))
        back++;
    size_t at = s.n - back;
    return utf8_is_blank(utf8_next(s.p, s.n, &at)) && at == s.n ? back : 0;
}

static struct str trimmed(struct str s, enum text_shape shape)
{
    size_t blank;
    while ((blank = leading_blank(s, shape)))
        s = (struct str){s.p + blank, s.n - blank};
    while ((blank = trailing_blank(s, shape)))
        s.n -= blank;
    return s;
}

/* True of characters that NFC leaves as they are wherever they stand: no composition begins, ends or is
 * undone by them. It need not know all such characters, only those that make up most text. */
static bool stays_in_nfc(int32_t c)
{
    return c < 0x300 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2010 && c < 0x2070);
}

static bool is_mark(int32_t c)
{
    return c >= 0x300 && utf8proc_charwidth(c) == 0;
}

/* Copies s to out with every blank as a plain one and CRLF as LF. *settled: it is in NFC already. *count: its
 * characters. */
static enum text_fault copy_checked(struct str s, enum text_shape shape, size_t max, struct buf *out,
                                    bool *settled, size_t *count)
{
    size_t copied = 0; /* bytes of s that are in out, or deliberately not */
    size_t marks = 0;
    *settled = true;
    *count = 0;
    for (size_t at = 0; at < s.n; ++*count) {
        if (*count / NFC_SHRINKS_TO_A >= max)
            return TEXT_TOO_LONG;
        size_t from = at;
        int32_t c = utf8_next(s.p, s.n, &at);
        if (shape == TEXT_NOTE && c == '\r' && at < s.n && s.p[at] == '\n') {
            buf_add(out, s.p + copied, from - copied);
            copied = at++; /* the LF is copied with what follows */
        } else if (c != ' ' && utf8_is_blank(c)) {
            buf_add(out, s.p + copied, from - copied);
            buf_add_char(out, ' ');
            copied = at;
        } else if (utf8_is_hidden(c) && !(shape == TEXT_NOTE && c == '\n')) {
            return TEXT_BAD;
        }
        marks = is_mark(c) ? marks + 1 : 0;
        if (marks > MARKS_IN_A_ROW)
            return TEXT_BAD;
        *settled = *settled && (stays_in_nfc(c) || utf8_is_blank(c));
    }
    buf_add(out, s.p + copied, s.n - copied);
    return TEXT_OK;
}

/* Brings what stands in out from `start` on into NFC. */
static enum text_fault compose(struct buf *out, size_t start, size_t *count)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)out->p + start, (utf8proc_ssize_t)(out->n - start), &composed,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (n < 0)
        return n == UTF8PROC_ERROR_NOMEM ? TEXT_MEMORY : TEXT_BAD;
    out->n = start;
    buf_add(out, composed, (size_t)n);
    free(composed);
    *count = text_characters(str_from(buf_str(out), start));
    return TEXT_OK;
}

bool text_is_clean(struct str s, size_t max)
{
    return s.n && s.n <= max && s.p[0] != ' ' && s.p[s.n - 1] != ' ' && utf8_plain_end(s.p, s.n, 0) == s.n;
}

enum text_fault text_clean(struct str in, enum text_shape shape, size_t max, struct buf *out)
{
    size_t start = out->n;
    if (text_is_clean(in, max)) { /* nearly all of them */
        buf_add_str(out, in);
        return out->failed ? TEXT_MEMORY : TEXT_OK;
    }
    in = trimmed(in, shape);
    if (in.n == 0)
        return TEXT_EMPTY;

    size_t count;
    bool settled;
    enum text_fault fault = copy_checked(in, shape, max, out, &settled, &count);
    if (!fault && out->failed)
        fault = TEXT_MEMORY;
    if (!fault && !settled)
        fault = compose(out, start, &count);
    if (!fault && out->failed)
        fault = TEXT_MEMORY;
    if (!fault && count > max)
        fault = TEXT_TOO_LONG;
    if (fault && out->n > start) {
        out->n = start;
        out->p[start] = '\0';
    }
    return fault;
}
