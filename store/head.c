#include "store/head.h"

#include <stdio.h>

void hash_format(char out[2 * STORE_HASH + 1], const unsigned char hash[STORE_HASH])
{
    for (size_t i = 0; i < STORE_HASH; i++) {
        out[2 * i] = "0123456789abcdef"[hash[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[hash[i] & 15];
    }
    out[2 * STORE_HASH] = '\0';
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool hash_parse(struct str text, unsigned char out[STORE_HASH])
{
    if (text.n != (size_t)2 * STORE_HASH)
        return false;
    for (size_t i = 0; i < STORE_HASH; i++) {
        int high = digit_of(text.p[2 * i]), low = digit_of(text.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

void head_format(char out[HEAD_TEXT], const struct head *h)
{
    int n = snprintf(out, HEAD_TEXT, "%llu:", (unsigned long long)h->seq);
    hash_format(out + n, h->hash);
}

bool head_parse(struct str text, struct head *out)
{
    uint64_t seq = 0;
    size_t i = 0;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++) {
        uint64_t digit = (uint64_t)(text.p[i] - '0');
        if ((i == 0 && digit == 0) || seq > (INT64_MAX - digit) / 10) /* what is said of it counts so far */
            return false;
        seq = seq * 10 + digit;
    }
    if (i == 0 || i >= text.n || text.p[i] != ':' || !hash_parse(str_from(text, i + 1), out->hash))
        return false;
    out->seq = seq;
    return true;
}

bool head_equal(const struct head *a, const struct head *b)
{
    return a->seq == b->seq && memcmp(a->hash, b->hash, STORE_HASH) == 0;
}
