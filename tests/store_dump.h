/* store_dump: everything that can be asked of a view, or of an office, as bytes, so that two can be compared.
 */
#ifndef MOTCUA_TESTS_STORE_DUMP_H
#define MOTCUA_TESTS_STORE_DUMP_H

#include "store/store.h"

/* What it searches for. */
enum { STORE_DUMP_QUERIES = 10 };
extern const char *const store_dump_query[STORE_DUMP_QUERIES];

/* Fails the test when anything read turns out damaged. */
void store_dump(struct buf *out, struct view *v);
void store_dump_office(struct buf *out, const struct office *o);

#endif
