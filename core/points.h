/* points: how the handling of dossiers is assessed (Decree 61/2018 chapter IV, Circular 01/2018/TT-VPCP arts.
 * 13-15): each solved one gives 2 points where it took less than its limit, 1 where it took all of it, 0
 * where it took longer. */
#ifndef MOTCUA_CORE_POINTS_H
#define MOTCUA_CORE_POINTS_H

#include <stdbool.h>
#include <stdint.h>

struct points {
    uint64_t two, one, none; /* dossiers */
};

static inline uint64_t points_dossiers(const struct points *p)
{
    return p->two + p->one + p->none;
}
static inline uint64_t points_sum(const struct points *p)
{
    return 2 * p->two + p->one;
}
static inline uint64_t points_most(const struct points *p)
{
    return 2 * points_dossiers(p);
}
/* Good or better: at least 80 % of the most there could be. Of no dossiers: no. */
static inline bool points_are_good(const struct points *p)
{
    return points_dossiers(p) > 0 && points_sum(p) * 5 >= points_most(p) * 4;
}

#endif
