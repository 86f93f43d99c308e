/* facts: the fixed part of every dossier, 36 bytes each, 113 to a chunk, in the order of their ids. A scan
 * reads these and nothing else.
 *
 * A chunk is made of columns: all times of receipt, then all statutory due times, and so on, so that a scan
 * reads only what it asks about, many dossiers at a time. Numbers are in the machine's byte order, as LMDB's
 * own pages are: no such file is read on a machine of another one. */
#ifndef MOTCUA_STORE_FACTS_H
#define MOTCUA_STORE_FACTS_H

#include "core/report.h"
#include "store/chunk.h"

#define FACTS_ROW 36
#define FACTS_ROWS 113 /* in a chunk */

/* Puts the dossier into its chunk of CHUNK_BYTES. */
void facts_pack(unsigned char *chunk, const struct facts *f);
/* Takes a dossier out of its chunk; false where it holds none of that id. */
bool facts_unpack(const unsigned char *chunk, uint64_t id, struct facts *out);
/* Which row (0 to FACTS_ROWS - 1) byte `at` of a chunk belongs to; FACTS_ROWS for what is no row's. */
size_t facts_row_at(size_t at);

static inline uint64_t facts_chunk(uint64_t id)
{
    return (id - 1) / FACTS_ROWS;
}

/* The rows of a chunk that report_span_has(), in order; returns how many. */
size_t facts_select(const unsigned char *chunk, const struct report_span *span, uint8_t row[FACTS_ROWS]);

/* The chunk's columns, by row. */
void facts_take_columns(const unsigned char *chunk, struct facts_columns *out);

void facts_put(struct chunks *c, const struct facts *f);
/* As changed in this transaction. */
bool facts_peek(struct chunks *c, uint64_t id, struct facts *out);
/* As stored. */
bool facts_read(struct txn *t, uint64_t id, struct facts *out);

#endif
