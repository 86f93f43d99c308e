/* appointed: how a dossier's appointment in force was counted, with the days as they stood when it was. */
#ifndef MOTCUA_CLI_APPOINTED_H
#define MOTCUA_CLI_APPOINTED_H

#include "cli/counting.h"

struct appointed {
    struct counting counting;
    struct office *then; /* of the entry that counted it; counting's names are borrowed from it */
    bool imported;       /* another system appointed it: nothing was counted, counting is empty */
    civil_minute today;  /* what the same count gives with the days of the view; NO_TIME: none any more */
};

/* Counts it again as it was counted: by its limit, clock and cutoff, from its moment, in the calendar of the
 * last entry that gave it. On success, or not: release it. */
struct outcome appointed_init(struct appointed *a, struct cli *c, const struct dossier *d);
void appointed_release(struct appointed *a);

#endif
