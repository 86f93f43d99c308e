/* report_count: II.06a, points and Decision 766 counted slowly over the dossiers' journals
 * (tests/report_slow.h), to hold the tables against. */
#ifndef MOTCUA_TESTS_REPORT_COUNT_H
#define MOTCUA_TESTS_REPORT_COUNT_H

#include "core/report.h"
#include "tests/report_slow.h"

enum { COUNT_ALL = 24 }; /* beyond any number of a field; the place of the total */

/* Counts of one field, or all: II.06a's (3) to (13), the points', Decision 766's. */
struct slow_counts {
    uint64_t ii06a[11], points[3], d766[5];
    uint64_t late[2], letters, waiting, waited_late, timed;
    int64_t minutes;
    uint64_t differ; /* late by Decision 766 where II.06a is not, or the other way */
};

struct count_question {
    const struct office *office;
    struct period period;
    civil_minute closing;
    enum report_basis basis;
    uint64_t seed;            /* for the message of a failure */
    const char *const *order; /* the names of all fields as the rows must follow */
    size_t fields;
};

/* One dossier's entries, oldest first, into its field and the total. `counts` has COUNT_ALL + 1 places. */
void count_dossier(const struct count_question *q, const struct event *chain, size_t events,
                   struct slow_counts *counts);
/* Fails the test where the report says anything else. */
void count_expect(const struct count_question *q, const struct report *r, const struct slow_counts *counts);

#endif
