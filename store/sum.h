/* sum: what was met, in whatever order, as one number. Two sums under one key are equal when the same was
 * added to both; the key is drawn anew each time, so that nobody can make anything else come to the same but
 * by luck, once in 2^64. */
#ifndef MOTCUA_STORE_SUM_H
#define MOTCUA_STORE_SUM_H

#include "core/str.h"
#include <stdint.h>

enum { SUM_KEY = 16, SUM_TEXT = 256 };
struct sum_key {
    unsigned char b[SUM_KEY];
};
struct sum {
    const struct sum_key *key;
    uint64_t sum, count;
};

void sum_key_draw(struct sum_key *key);
/* A text (of SUM_TEXT bytes at most, else false) and a number. */
bool sum_add(struct sum *s, struct str text, uint64_t number);
static inline bool sum_equal(const struct sum *a, const struct sum *b)
{
    return a->sum == b->sum && a->count == b->count;
}

#endif
