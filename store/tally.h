/* tally: counts of dossiers by the month of their receipt and their field, kept while writing. */
#ifndef MOTCUA_STORE_TALLY_H
#define MOTCUA_STORE_TALLY_H

#include "core/dossier.h"
#include "store/txn.h"

/* What one dossier counts for: nothing before its receipt ({0}), and nothing once it is void. */
struct tally tally_of(const struct dossier *d);
/* A dossier is now counted as `after`, no longer as `before`; its month and field may be other ones, too. */
void tally_move(struct txn *t, const struct dossier *before, const struct dossier *after);
/* The sum over all fields of the months [from, to], counted as year * 12 + month - 1. */
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
