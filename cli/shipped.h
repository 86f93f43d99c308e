/* shipped: the procedures and days off that come with the program, as what an office is asked to take in. */
#ifndef MOTCUA_CLI_SHIPPED_H
#define MOTCUA_CLI_SHIPPED_H

#include "cli/options.h"

/* Founds the office in an empty store, with every procedure, every day and the years whose plan is whole, all
 * at `moment`, in one transaction. */
struct outcome shipped_found(struct store *s, const struct office_identity *identity, struct moment moment);

/* An office that was just founded so, in memory alone: for reckoning without a store. NULL when memory is
 * out. */
struct office *shipped_office(struct moment moment);

/* For what asks only of the catalogue and the calendar: opens the store as --as-of says (`as_of`: index of
 * that option), or where there is none and no past is asked for takes an office as it would be founded now.
 * c->office is then set; *own is NULL or that office, to be freed when c->office is no longer asked. Exit
 * status; what was wrong was told. */
int shipped_or_store(struct cli *c, struct args *a, int as_of, struct office **own);

#endif
