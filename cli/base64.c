#include "cli/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char *put_group(char *to, uint32_t group)
{
    *to++ = letters[group >> 18];
    *to++ = letters[group >> 12 & 63];
    *to++ = letters[group >> 6 & 63];
    *to++ = letters[group & 63];
    return to;
}

void base64_encode(struct buf *out, struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    size_t whole = bytes.n / 3, left = bytes.n % 3;
    if (!buf_reserve(out, whole * 4 + 4))
        return;
    char *to = out->p + out->n;
    for (size_t i = 0; i < whole; i++, p += 3)
        to = put_group(to, (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2]);
    if (left) {
        to = put_group(to, (uint32_t)p[0] << 16 | (left > 1 ? (uint32_t)p[1] << 8 : 0));
        to[-1] = '=';
        to[-2] = left > 1 ? to[-2] : '=';
    }
    *to = '\0';
    out->n = (size_t)(to - out->p);
}

/* 0-63, or -1. */
static int value_of(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Four letters, of which the last `padded` are `=`. */
static bool decode_group(struct buf *out, const char *four, size_t padded)
{
    uint32_t group = 0;
    for (size_t i = 0; i < 4; i++) {
        int value = i < 4 - padded ? value_of(four[i]) : 0;
        if (value < 0)
            return false;
        group = group << 6 | (uint32_t)value;
    }
    if (group & ((1u << 8 * padded) - 1))
        return false;
    buf_add(out, (const char[3]){(char)(group >> 16), (char)(group >> 8), (char)group}, 3 - padded);
    return true;
}

bool base64_decode(struct buf *out, struct str text)
{
    if (text.n % 4 != 0 || !buf_reserve(out, text.n / 4 * 3))
        return false;
    for (size_t i = 0; i < text.n; i += 4) {
        const char *four = text.p + i;
        size_t padded = i + 4 < text.n || four[3] != '=' ? 0 : four[2] != '=' ? 1 : 2;
        if (!decode_group(out, four, padded))
            return false;
    }
    return !out->failed;
}
