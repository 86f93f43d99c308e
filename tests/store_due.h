/* store_due: is any due time stale, after whatever the office did to its days? */
#ifndef MOTCUA_TESTS_STORE_DUE_H
#define MOTCUA_TESTS_STORE_DUE_H

#include "store/store.h"

/* Fails the test unless every running dossier (but those of another system) is due no earlier than a count in
 * the office's days of now says, on a day that is worked, and its row stands where its due time says. Returns
 * how many run. */
size_t store_assert_no_stale_due(struct store *s);

#endif
