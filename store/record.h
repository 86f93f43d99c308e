/* record: a dossier's value in the table of dossiers: where its lines are, its length, its bytes, and a
 * little room, so that what usually happens to a dossier later does not make it grow. */
#ifndef MOTCUA_STORE_RECORD_H
#define MOTCUA_STORE_RECORD_H

#include "core/dossier.h"
#include "store/txn.h"

struct record {
    uint32_t names, numbers; /* chunks */
    struct str bytes;        /* for dossier_decode(); in the map */
    size_t room;             /* bytes of the whole value */
};

/* False when there is none, or it is damaged (a fault then). */
bool record_read(struct txn *t, uint64_t id, struct record *out);
/* What a stored value holds; false where it is no record. */
bool record_of(struct str value, struct record *out);
/* Does the value hold exactly that, and zeros in its spare room, however long that is? */
bool record_holds(struct str value, const struct record *r);
/* Puts `r` through a cursor of the table of dossiers; a value that has room enough keeps its size. `fresh`:
 * its id is higher than any in the table. */
void record_write(struct cursor *c, uint64_t id, const struct record *r, bool fresh);
/* Reads and decodes; the dossier's strings are in the map. */
bool record_dossier(struct txn *t, uint64_t id, struct dossier *out);

#endif
