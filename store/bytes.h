/* bytes: fixed-width big-endian integers in keys and chunks. LMDB sorts keys with memcmp, so big-endian of
 * one width gives the order of the numbers; values in the map have no alignment at all, so nothing is ever
 * read through a cast pointer. */
#ifndef MOTCUA_STORE_BYTES_H
#define MOTCUA_STORE_BYTES_H

#include "core/str.h"
#include <stdint.h>

static inline void put_be(unsigned char *at, uint64_t v, int width)
{
    for (int i = width - 1; i >= 0; i--, v >>= 8)
        at[i] = (unsigned char)v;
}

/* Widths are known where it is called; four bytes at once is what scans are made of. */
static inline uint64_t get_be(const unsigned char *at, int width)
{
    uint64_t v = 0;
    if (width == 4)
        return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    if (width == 2)
        return (uint64_t)(at[0] << 8 | at[1]);
    for (int i = 0; i < width; i++)
        v = v << 8 | at[i];
    return v;
}

/* A signed number whose bytes sort as it does. */
static inline uint64_t sortable(int64_t v)
{
    return (uint64_t)v ^ UINT64_C(0x8000000000000000);
}

static inline int64_t unsortable(uint64_t v)
{
    return (int64_t)(v ^ UINT64_C(0x8000000000000000));
}

/* A key being built. LMDB takes no more than 511 bytes; ours stay far below. */
struct key {
    unsigned char b[128];
    size_t n;
};

static inline struct str key_str(const struct key *k)
{
    return (struct str){(const char *)k->b, k->n};
}

/* The key that is one number. */
static inline struct str key_u64(struct key *k, uint64_t v)
{
    put_be(k->b, v, 8);
    k->n = 8;
    return key_str(k);
}

static inline void key_add(struct key *k, uint64_t v, int width)
{
    put_be(k->b + k->n, v, width);
    k->n += (size_t)width;
}

static inline const unsigned char *str_bytes(struct str s)
{
    return (const unsigned char *)s.p;
}

static inline struct str bytes_str(const void *p, size_t n)
{
    return (struct str){p, n};
}

#endif
