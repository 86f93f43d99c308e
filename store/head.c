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

/* Any number of digits, up to the whole hash; what they do not reach is zero. */
static bool parse_digits(struct str text, unsigned char out[STORE_HASH])
{
    if (text.n > (size_t)2 * STORE_HASH)
        return false;
    memset(out, 0, STORE_HASH);
    for (size_t i = 0; i < text.n; i++) {
        int digit = digit_of(text.p[i]);
        if (digit < 0)
            return false;
        out[i / 2] = (unsigned char)(out[i / 2] | (i % 2 ? digit : digit << 4));
    }
    return true;
}

bool hash_parse(struct str text, unsigned char out[STORE_HASH])
{
    return text.n == (size_t)2 * STORE_HASH && parse_digits(text, out);
}

void head_format(char out[HEAD_TEXT], const struct head *h)
{
    int n = snprintf(out, HEAD_TEXT, "%llu:", (unsigned long long)h->seq);
    hash_format(out + n, h->hash);
}

/* "SEQ:", and where what follows begins. */
static bool parse_seq(struct str text, uint64_t *seq, struct str *rest)
{
    size_t i = 0;
    *seq = 0;
    for (; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++) {
        uint64_t digit = (uint64_t)(text.p[i] - '0');
        if ((i == 0 && digit == 0) || *seq > (INT64_MAX - digit) / 10) /* what is said of it counts so far */
            return false;
        *seq = *seq * 10 + digit;
    }
    if (i == 0 || i >= text.n || text.p[i] != ':')
        return false;
    *rest = str_from(text, i + 1);
    return true;
}

bool head_parse(struct str text, struct head *out)
{
    uint64_t seq;
    struct str rest;
    if (!parse_seq(text, &seq, &rest) || !hash_parse(rest, out->hash))
        return false;
    out->seq = seq;
    return true;
}

bool head_equal(const struct head *a, const struct head *b)
{
    return a->seq == b->seq && memcmp(a->hash, b->hash, STORE_HASH) == 0;
}

void head_mark_format(char out[HEAD_TEXT], const struct head *h)
{
    head_format(out, h);
    out[strlen(out) - (2 * STORE_HASH - HEAD_MARK_DIGITS)] = '\0';
}

bool head_mark_parse(struct str text, struct head_mark *out)
{
    struct head_mark mark;
    struct str rest;
    if (!parse_seq(text, &mark.seq, &rest) || rest.n < HEAD_MARK_DIGITS || !parse_digits(rest, mark.hash))
        return false;
    mark.digits = rest.n;
    *out = mark;
    return true;
}

bool head_mark_fits(const struct head_mark *mark, const unsigned char hash[STORE_HASH])
{
    size_t whole = mark->digits / 2;
    if (memcmp(mark->hash, hash, whole) != 0)
        return false;
    return mark->digits % 2 == 0 || mark->hash[whole] == (hash[whole] & 0xF0);
}
