/* check_records: the stored records, in the order of their ids, and what is kept of each beside its lines:
 * that is worked out of the record, and compared. */
#ifndef MOTCUA_STORE_CHECK_RECORDS_H
#define MOTCUA_STORE_CHECK_RECORDS_H

#include "core/dossier.h"
#include "store/facts.h"
#include "store/ordered.h"
#include "store/sum.h"

struct check_records {
    struct txn *txn;
    struct ordered records, facts;
    struct sum codes;
    uint64_t live; /* rows met */
    uint64_t last; /* id of the last record; 0: none yet */
    bool wrong;
    struct buf row;
    unsigned char chunk[CHUNK_BYTES]; /* the facts of the last dossiers */
};

void check_records_begin(struct check_records *c, struct txn *t, const struct sum_key *key);
/* The record of the dossier after the last one: its bytes, and what it holds, which borrows from them. False
 * where it is missing or damaged, or something kept of it is not what it should be. */
bool check_records_next(struct check_records *c, struct str *stored, struct dossier *out);
/* Once all dossiers are met: do the tables of dossiers, facts, codes and open dossiers hold nothing else? */
bool check_records_end(struct check_records *c);

#endif
