/* codec: the parts that journal entries, records and rows have in common, as bytes. Used by the codecs of
 * core alone. */
#ifndef MOTCUA_CORE_CODEC_H
#define MOTCUA_CORE_CODEC_H

#include "core/applicant.h"
#include "core/facts.h"
#include "core/limit.h"
#include "core/wire.h"

void codec_put_limit(struct buf *b, const struct limit *limit);
struct limit codec_limit(struct wire *w);
void codec_put_applicant(struct buf *b, const struct applicant *a);
struct applicant codec_applicant(struct wire *w);
void codec_put_facts(struct buf *b, const struct facts *f);
struct facts codec_facts(struct wire *w);

#endif
