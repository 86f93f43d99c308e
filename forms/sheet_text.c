#include "forms/sheet_text.h"

#include "core/text.h"

size_t sheet_units(struct str s)
{
    size_t units = 0;
    for (size_t at = 0; at < s.n;)
        units += text_next(s, &at) > 0xFFFF ? 2 : 1;
    return units;
}

/* ---- a cell ---- */

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_escape(struct str s, size_t at)
{
    if (s.n - at < 7 || s.p[at] != '_' || s.p[at + 1] != 'x' || s.p[at + 6] != '_')
        return false;
    for (size_t i = at + 2; i < at + 6; i++)
        if (!is_hex(s.p[i]))
            return false;
    return true;
}

void sheet_text(struct buf *out, struct str s)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, s, true);
    for (size_t i = 0; i < safe.n; i++) {
        if (is_escape(buf_str(&safe), i))
            buf_add_z(out, "_x005F");
        buf_add_char(out, safe.p[i]);
    }
    out->failed = out->failed || safe.failed;
    buf_release(&safe);
}

/* ---- a name ---- */

/* Bytes of the longest beginning of whole letters and, where possible, whole words. */
static size_t fitting(struct str s, size_t units)
{
    size_t letters = 0, words = 0;
    for (size_t at = 0; at < s.n;) {
        at = text_after(s, at);
        if (sheet_units(str_first(s, at)) > units)
            break;
        letters = at;
        if (at == s.n || s.p[at] == ' ')
            words = at;
    }
    return words ? words : letters;
}

static struct str trimmed(struct str s)
{
    while (s.n && strchr(" '", s.p[0]))
        s = str_from(s, 1);
    while (s.n && strchr(" '-,.;", s.p[s.n - 1]))
        s.n--;
    return s;
}

static bool is_taken(struct str name, const struct buf *taken, size_t count)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool same = false;
    text_fold(&a, name);
    for (size_t i = 0; i < count && !same; i++) {
        buf_reset(&b);
        text_fold(&b, buf_str(&taken[i]));
        same = str_eq(buf_str(&a), buf_str(&b));
    }
    buf_release(&a);
    buf_release(&b);
    return same;
}

/* The first with a number behind it where others have the name already. */
void sheet_name(struct buf *out, struct str s, const struct buf *taken, size_t count)
{
    struct buf plain = BUF_INIT, name = BUF_INIT, number = BUF_INIT;
    text_safe(&plain, s, false);
    for (size_t i = 0; i < plain.n; i++)
        if (strchr("[]:*?/\\", plain.p[i]))
            plain.p[i] = '-';
    struct str whole = trimmed(buf_str(&plain));
    for (size_t i = 1; i <= count + 1; i++) {
        buf_reset(&number);
        if (i > 1 || !whole.n)
            buf_addf(&number, whole.n ? " (%d)" : "%d", (int)i);
        buf_reset(&name);
        buf_add_str(&name, trimmed(str_first(whole, fitting(whole, SHEET_NAME_MAX - number.n))));
        buf_add_str(&name, buf_str(&number));
        if (!is_taken(buf_str(&name), taken, count))
            break;
    }
    buf_add_str(out, buf_str(&name));
    out->failed = out->failed || plain.failed || name.failed || number.failed;
    buf_release(&plain);
    buf_release(&name);
    buf_release(&number);
}
