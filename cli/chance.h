/* chance: invented but repeatable: a stream of numbers that depends on its seed alone (splitmix64). */
#ifndef MOTCUA_CLI_CHANCE_H
#define MOTCUA_CLI_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* In [low, high]. */
static inline int chance_in(struct chance *c, int low, int high)
{
    return low + (int)(chance_next(c) % (uint64_t)(high - low + 1));
}

/* True so many times in a thousand. */
static inline bool chance_of(struct chance *c, int in_a_thousand)
{
    return chance_in(c, 0, 999) < in_a_thousand;
}

/* An index into `count` weights whose sum is `sum`. */
static inline size_t chance_weighted(struct chance *c, const uint16_t *weight, size_t count, int sum)
{
    int at = chance_in(c, 0, sum - 1);
    size_t i = 0;
    while (i + 1 < count && at >= weight[i])
        at -= weight[i++];
    return i;
}

#endif
