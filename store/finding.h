/* finding: the first thing that a check found wrong, to be said in either language. */
#ifndef MOTCUA_STORE_FINDING_H
#define MOTCUA_STORE_FINDING_H

#include "store/store.h"

static inline bool finding_none(const struct check *c)
{
    return c->sentence == T_nothing;
}
/* Notes it, unless something was found before; `found` (KIND_damaged) holds what the sentence needs. */
void finding_note(struct check *c, enum text_id sentence, const struct outcome *found);
/* The same of an entry of the journal, which is then the first bad one. */
void finding_entry(struct check *c, enum text_id sentence, uint64_t seq);
/* The same of what reading met: an outcome of kind `damaged`. */
void finding_damaged(struct check *c, const struct outcome *o);

#endif
