/* counting: how a due time came about, day by day, for people and for scripts. */
#ifndef MOTCUA_CLI_COUNTING_H
#define MOTCUA_CLI_COUNTING_H

#include "cli/context.h"
#include "core/deadline.h"

struct counting {
    struct limit limit;
    enum due_clock clock;
    struct deadline deadline;
    struct trace trace;
};

/* Counts; `limit_too_far` where the answer lies past the calendar, out of memory. Release it either way. */
struct outcome counting_init(struct counting *k, const struct office *office, const struct limit *limit,
                             enum due_clock clock, civil_minute received);
void counting_release(struct counting *k);

/* The keys due_at, provisional, rule and days, then received_at, counting_at, limit and clock, into an object
 * already begun. */
void counting_json(struct json *j, const struct counting *k, int offset);
/* The due time, its weekday, and whether it is provisional. */
void counting_answer(struct cli *c, const struct counting *k);
/* The days as a table, with the sum and the law. */
void counting_table(struct cli *c, const struct counting *k);

#endif
