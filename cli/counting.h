/* counting: how a due time came about, day by day, for people and for scripts. */
#ifndef MOTCUA_CLI_COUNTING_H
#define MOTCUA_CLI_COUNTING_H

#include "cli/context.h"
#include "core/deadline.h"

/* What a count began with. */
enum counting_from { FROM_RECEIPT = 0, FROM_SUPPLEMENT, FROM_PAYMENT };

struct counting {
    struct limit limit;
    enum due_clock clock;
    enum counting_from from; /* FROM_RECEIPT unless set after counting_init() */
    struct deadline deadline;
    struct trace trace;
};

/* Counts from `from`, with the office's days; `cutoff` serves a same-day limit without one of its own.
 * `limit_too_far` where the answer lies past the calendar, out of memory. Borrows the names of days from the
 * office. Release it either way. */
struct outcome counting_init(struct counting *k, const struct office *office, const struct limit *limit,
                             enum due_clock clock, int cutoff, civil_minute from);
void counting_release(struct counting *k);

/* The keys due_at, provisional, rule and days, then from_at, counting_at, limit and clock, into an object
 * already begun. `due` is the due time counted, or NO_TIME where it is not in force. */
void counting_json(struct json *j, const struct counting *k, civil_minute due, int offset);
/* Has the hour of the appointment a say? Limits in hours end when they end, same-day ones at closing. */
bool counting_has_clock(enum limit_kind kind);
/* The due time, its weekday, and whether it is provisional. */
void counting_answer(struct cli *c, const struct counting *k);
/* The days as a table, with the sum and the law. */
void counting_table(struct cli *c, const struct counting *k);

#endif
