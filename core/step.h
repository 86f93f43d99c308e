/* step: a step of a procedure's internal process (quy trình nội bộ): who does it, and in what time. */
#ifndef MOTCUA_CORE_STEP_H
#define MOTCUA_CORE_STEP_H

#include "core/limit.h"
#include "core/roles.h"

#define STEPS_MAX 12

/* Its limit is counted under the same-hour clock, whatever the office's: half a day is half a day. */
struct step {
    struct str name;    /* "Thẩm định hồ sơ"; unlike the others of its process */
    enum role role;     /* whose it is; ROLE_NONE: nobody's in particular */
    struct limit limit; /* LIMIT_NONE: none of its own */
};

/* A process as one string, as events carry it, and back: borrowed from it. 0 steps for an absent or a damaged
 * one. */
void steps_pack(struct buf *out, const struct step *steps, size_t count);
size_t steps_unpack(struct str packed, struct step out[STEPS_MAX]);
/* The step of that name (whatever the letters' case and marks), or `count`. */
size_t steps_find(const struct step *steps, size_t count, struct str name);

#endif
