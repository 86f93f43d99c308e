/* codec: the parts that journal entries, records and rows have in common, as bytes. Used by the codecs of
 * core alone. */
#ifndef MOTCUA_CORE_CODEC_H
#define MOTCUA_CORE_CODEC_H

#include "core/receipt.h"
#include "core/wire.h"

void codec_put_limit(struct buf *b, const struct limit *limit);
struct limit codec_limit(struct wire *w);
void codec_put_applicant(struct buf *b, const struct applicant *a);
struct applicant codec_applicant(struct wire *w);
void codec_put_receipt(struct buf *b, const struct receipt *r);
struct receipt codec_receipt(struct wire *w);
void codec_put_appointment(struct buf *b, const struct appointment *a);
struct appointment codec_appointment(struct wire *w);
void codec_put_lateness(struct buf *b, struct lateness late);
struct lateness codec_lateness(struct wire *w);
void codec_put_facts(struct buf *b, const struct facts *f);
struct facts codec_facts(struct wire *w);

#endif
