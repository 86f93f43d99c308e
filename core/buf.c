#include "core/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void buf_release(struct buf *b)
{
    free(b->p);
    *b = BUF_INIT;
}

void buf_reset(struct buf *b)
{
    b->n = 0;
    b->failed = false;
    if (b->p)
        b->p[0] = '\0';
}

bool buf_reserve(struct buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more >= SIZE_MAX / 2 - b->n) {
        b->failed = true;
        return false;
    }
    size_t need = b->n + more + 1; /* the NUL */
    if (need <= b->cap)
        return true;
    size_t cap = b->cap < 64 ? 64 : b->cap;
    while (cap < need)
        cap *= 2; /* need is below SIZE_MAX / 2 */
    char *p = realloc(b->p, cap);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->cap = cap;
    b->p[b->n] = '\0';
    return true;
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    unsigned char *p = buf_more(b, n);
    if (p && n)
        memcpy(p, bytes, n);
}

void buf_add_str(struct buf *b, struct str s)
{
    buf_add(b, s.p, s.n);
}

void buf_add_z(struct buf *b, const char *z)
{
    buf_add(b, z, z ? strlen(z) : 0);
}

void buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_add_int(struct buf *b, int64_t v)
{
    char digits[20]; /* 2^63 has 19 */
    size_t at = sizeof digits;
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (v < 0)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - at);
}

void buf_add_digits(struct buf *b, uint64_t v, size_t width)
{
    char digits[20]; /* 2^64 has 20 */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    for (size_t n = sizeof digits - at; n < width; n++)
        buf_add_char(b, '0');
    buf_add(b, digits + at, sizeof digits - at);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    if (!buf_reserve(b, 0))
        return;
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int n = vsnprintf(b->p + b->n, b->cap - b->n, format, arguments);
    if (n < 0) {
        b->p[b->n] = '\0';
        b->failed = true;
    } else if ((size_t)n < b->cap - b->n) {
        b->n += (size_t)n;
    } else if (buf_reserve(b, (size_t)n)) {
        vsnprintf(b->p + b->n, b->cap - b->n, format, again);
        b->n += (size_t)n;
    } else {
        b->p[b->n] = '\0'; /* what was cut short is not content */
    }
    va_end(again);
    va_end(arguments);
}
