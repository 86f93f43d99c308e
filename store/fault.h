/* fault: what LMDB and the system say, as outcomes. The one place where error numbers get a meaning. */
#ifndef MOTCUA_STORE_FAULT_H
#define MOTCUA_STORE_FAULT_H

#include "core/outcome.h"

/* The outcome of an errno or MDB_* value met at `path`. Never success: 0 is an io_error too. */
struct outcome fault_of(const char *path, int rc);
/* `what` names the part that is wrong, in a word or two ("end of the journal"). */
struct outcome fault_damaged(const char *path, enum text_id what);
/* The same of one of many: "journal entry" 17. */
struct outcome fault_damaged_at(const char *path, enum text_id what, uint64_t number);
/* Adds what an errno or MDB_* value says as the last two arguments: its words, and the number of one that has
 * none. */
void fault_reason(struct outcome *o, int rc);
/* An outcome with the path as its argument. */
struct outcome fault_path(enum outcome_kind kind, const char *path);

#endif
