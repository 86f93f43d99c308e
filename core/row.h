/* row: what a list shows of a dossier. */
#ifndef MOTCUA_CORE_ROW_H
#define MOTCUA_CORE_ROW_H

#include "core/dossier.h"

/* Strings are borrowed from the bytes it was decoded from, or from the dossier. */
struct row {
    struct facts facts;
    struct str code, procedure, kase, applicant, phone, officer, unit;
    struct limit limit;
    uint32_t late_days;      /* as stored when solved */
    uint32_t apology_number; /* 0: none */
};

void row_of(struct row *out, const struct dossier *d);
void row_encode(struct buf *out, const struct row *r);
bool row_decode(struct str bytes, struct row *out);

#endif
