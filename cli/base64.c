#include "cli/base64.h"

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct buf *out, struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    if (!buf_reserve(out, bytes.n / 3 * 4 + 4))
        return;
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        uint32_t group = (uint32_t)p[i] << 16;
        group |= left > 1 ? (uint32_t)p[i + 1] << 8 : 0;
        group |= left > 2 ? p[i + 2] : 0;
        const char four[4] = {letters[group >> 18], letters[group >> 12 & 63],
                              left > 1 ? letters[group >> 6 & 63] : '=',
                              left > 2 ? letters[group & 63] : '='};
        buf_add(out, four, sizeof four);
    }
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
