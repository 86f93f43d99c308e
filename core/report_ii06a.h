/* report_ii06a: the counts of form II.06a (Circular 01/2020/TT-VPCP), which must add up. */
#ifndef MOTCUA_CORE_REPORT_II06A_H
#define MOTCUA_CORE_REPORT_II06A_H

#include <stdbool.h>
#include <stdint.h>

/* Columns (3) to (13), each counted by itself: none is worked out from others. */
struct ii06a_counts {
    uint64_t received, online, direct, carried_over; /* (3) to (6); direct: over the counter or by post */
    uint64_t solved, early, on_time, late;           /* (7) to (10) */
    uint64_t pending, in_time, overdue;              /* (11) to (13) */
};

/* (3) = (4) + (5) + (6) = (7) + (11), (7) = (8) + (9) + (10), (11) = (12) + (13). */
bool ii06a_adds_up(const struct ii06a_counts *c);

#endif
