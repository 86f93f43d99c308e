/* tally: counts of dossiers by the month of their receipt and their field, kept while writing. */
#ifndef MOTCUA_STORE_TALLY_H
#define MOTCUA_STORE_TALLY_H

#include "core/dossier.h"
#include "store/gathered.h"
#include "store/txn.h"

/* What a transaction changes in them, kept in memory until it is written. */
struct tallies {
    struct txn *txn;
    struct gathered change; /* by month and field; a difference may be below 0, and wraps round */
};

void tallies_init(struct tallies *s, struct txn *t);
void tallies_release(struct tallies *s);
void tallies_flush(struct tallies *s);
/* What was gathered from the first event on: is it what the table holds, and all of that? Forgets it. */
bool tallies_are_stored(struct tallies *s);

/* What one dossier counts for: nothing before its receipt ({0}), and nothing once it is void. */
struct tally tally_of(const struct dossier *d);
/* A dossier is now counted as `after`, no longer as `before`; its month and field may be other ones, too. */
void tally_move(struct tallies *s, const struct dossier *before, const struct dossier *after);
/* The stored sum over all fields of the months [from, to], counted as year * 12 + month - 1. */
void tally_sum(struct txn *t, int from, int to, struct tally *out);

static inline int tally_month(int year, int month)
{
    return year * 12 + month - 1;
}
int tally_month_of(civil_minute t);
static inline void tally_plus(struct tally *sum, const struct tally *more)
{
    sum->received += more->received;
    sum->solved += more->solved;
    sum->late_statutory += more->late_statutory;
    sum->late_promised += more->late_promised;
}
static inline void tally_minus(struct tally *sum, const struct tally *less)
{
    sum->received -= less->received;
    sum->solved -= less->solved;
    sum->late_statutory -= less->late_statutory;
    sum->late_promised -= less->late_promised;
}

#endif
