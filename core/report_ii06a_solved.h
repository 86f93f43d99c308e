/* report_ii06a_solved: the part of II.06a that grows with the book: what was solved in the period, counted
 * from packed facts. Private to report_ii06a*.c. */
#ifndef MOTCUA_CORE_REPORT_II06A_SOLVED_H
#define MOTCUA_CORE_REPORT_II06A_SOLVED_H

#include "core/report_maker.h"
#include "core/worked.h"

enum ii06a_came { CAME_BEFORE, CAME_ONLINE, CAME_DIRECT, CAME_WAYS };

/* By field (number 0: unknown): those of each way in which they came, and of each timing. */
struct ii06a_cells {
    uint64_t n[CAME_WAYS][TIMING_LATE + 1];
};

/* By field: those of each kind there is; which one that is only the counting knows. */
#define II06A_TOLD 128
struct ii06a_told {
    uint64_t n[II06A_TOLD];
};

struct ii06a_solved {
    struct ii06a_told *told;
    size_t fields;
    uint64_t timed; /* those whose handling time is in `minutes` */
    int64_t minutes;
    struct worked worked;
    /* Of them all, once it is finished. */
    struct ii06a_cells *cells;
    uint64_t late[BASIS_PROMISED + 1]; /* by each basis */
    uint64_t letters;                  /* of those late by the report's own basis: with an apology letter */
};

/* False when memory is out. */
bool ii06a_solved_begin(struct report_maker *m, struct ii06a_solved *s, size_t fields);
/* Counts those rows that were solved by the period's end, and not before it, and whose handling time the
 * facts tell. The others go to `rest`; returns how many. */
size_t ii06a_solved_count(const struct report_maker *m, struct ii06a_solved *s, const struct facts_columns *c,
                          const uint8_t *row, size_t count, uint8_t *rest);
/* Sums up what was counted. */
void ii06a_solved_finish(const struct report_maker *m, struct ii06a_solved *s);

#endif
