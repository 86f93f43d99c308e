#include "icalendar/fold.h"

#define FOLDING STR("\r\n ")

/* The bytes before the next fold, or all of them. */
static struct str before_fold(struct str text)
{
    for (size_t at = 0; at < text.n; at++) {
        const char *cr = memchr(text.p + at, '\r', text.n - at);
        if (!cr)
            break;
        at = (size_t)(cr - text.p);
        if (str_starts(str_from(text, at), FOLDING))
            return str_first(text, at);
    }
    return text;
}

static bool has_fold(struct str text)
{
    return before_fold(text).n < text.n;
}

static void unfold(struct buf *out, struct str lines)
{
    while (lines.n) {
        struct str piece = before_fold(lines);
        buf_add_str(out, piece);
        lines = str_from(lines, piece.n + FOLDING.n);
    }
}

static bool inside_character(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

void ics_fold_line(struct buf *out, struct str line)
{
    size_t room = ICS_LINE_OCTETS;
    while (line.n > room) {
        size_t cut = room;
        while (cut > 1 && inside_character(line.p[cut]))
            cut--;
        buf_add(out, line.p, cut);
        buf_add_str(out, FOLDING);
        line = str_from(line, cut);
        room = ICS_LINE_OCTETS - 1; /* the blank before a continuation counts */
    }
    buf_add_str(out, line);
}

void ics_fold(struct buf *out, struct str lines)
{
    if (lines.n <= ICS_LINE_OCTETS && !has_fold(lines)) {
        buf_add_str(out, lines);
        return;
    }
    struct buf flat = BUF_INIT;
    buf_reserve(&flat, lines.n + 1);
    unfold(&flat, lines);
    struct str rest = buf_str(&flat);
    while (rest.n) {
        const char *lf = memchr(rest.p, '\n', rest.n);
        size_t n = lf ? (size_t)(lf - rest.p) + 1 : rest.n;
        size_t end = n > 1 && lf && lf[-1] == '\r' ? 2 : 0;
        ics_fold_line(out, str_first(rest, n - end));
        buf_add(out, rest.p + n - end, end);
        rest = str_from(rest, n);
    }
    out->failed = out->failed || flat.failed;
    buf_release(&flat);
}
