/* facts: the fixed part of every dossier, 32 bytes each, 127 to a chunk, in the order of their ids. A scan
 * reads these and nothing else. */
#ifndef MOTCUA_STORE_FACTS_H
#define MOTCUA_STORE_FACTS_H

#include "core/facts.h"
#include "store/chunk.h"

#define FACTS_ROW 32
#define FACTS_ROWS 127 /* in a chunk */

/* A time in 32 bits: minutes since 1900 and one, 0 for none. */
uint32_t time_pack(civil_minute t);
civil_minute time_unpack(uint32_t packed);

void facts_pack(unsigned char row[FACTS_ROW], const struct facts *f);
/* False for a row that holds no dossier. */
bool facts_unpack(const unsigned char row[FACTS_ROW], uint64_t id, struct facts *out);

static inline uint64_t facts_chunk(uint64_t id)
{
    return (id - 1) / FACTS_ROWS;
}
static inline size_t facts_offset(uint64_t id)
{
    return (size_t)((id - 1) % FACTS_ROWS) * FACTS_ROW;
}

void facts_put(struct chunks *c, const struct facts *f);
/* As changed in this transaction. */
bool facts_peek(struct chunks *c, uint64_t id, struct facts *out);
/* As stored. */
bool facts_read(struct txn *t, uint64_t id, struct facts *out);

#endif
