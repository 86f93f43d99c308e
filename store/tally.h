/* tally: counts of dossiers by the month of their receipt and their field, kept while writing. */
#ifndef MOTCUA_STORE_TALLY_H
#define MOTCUA_STORE_TALLY_H

#include "store/txn.h"

/* Adds `more` to the counts of the month `received` lies in. */
void tally_add(struct txn *t, civil_minute received, uint16_t field, const struct tally *more);
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

#endif
