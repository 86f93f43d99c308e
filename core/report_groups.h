/* report_groups: counts kept by a name that only the dossiers know: of an officer, a unit, a reason. Private
 * to the report_*.c files. */
#ifndef MOTCUA_CORE_REPORT_GROUPS_H
#define MOTCUA_CORE_REPORT_GROUPS_H

#include "core/report_maker.h"

struct report_group {
    struct str key, label; /* in the maker's memory */
    struct str folded;     /* the label, as it is sorted by */
    void *counter;
};
/* Begin with `size`, that of a counter in bytes (GROUP_COUNTER at most), the rest 0. Everything lives in
 * m->text. */
#define GROUP_COUNTER 256
struct report_groups {
    size_t size;
    struct report_group *group;
    size_t count, cap;
    uint64_t spare[GROUP_COUNTER / sizeof(uint64_t)];
};

/* The counter of a key, zeroed where it is new; never NULL: when memory is out it is one that nobody reads,
 * and m->failed is set. Letters' case and marks do not part two keys. The label is the one it came with
 * first; an absent one is of what belongs to nobody, and stands last. */
void *report_group_of(struct report_maker *m, struct report_groups *g, struct str key, struct str label);
/* By label. Counters stay where they are. */
void report_groups_sort(struct report_groups *g);

#endif
