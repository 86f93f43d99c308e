#include "core/row.h"

#include "core/codec.h"

void row_of(struct row *out, const struct dossier *d)
{
    *out = (struct row){
        .facts = d->facts,
        .code = d->code,
        .procedure = d->receipt.procedure.code,
        .kase = d->receipt.procedure.kase,
        .applicant = d->receipt.applicant.name,
        .phone = d->receipt.applicant.phone,
        .officer = d->officer,
        .unit = d->unit,
        .limit = d->receipt.limit,
        .late_days = d->late.statutory,
        .apology_number = d->apology.number,
    };
}

void row_encode(struct buf *out, const struct row *r)
{
    codec_put_facts(out, &r->facts);
    wire_put_str(out, r->code);
    wire_put_str(out, r->procedure);
    wire_put_str(out, r->kase);
    wire_put_str(out, r->applicant);
    wire_put_str(out, r->phone);
    wire_put_str(out, r->officer);
    wire_put_str(out, r->unit);
    codec_put_limit(out, &r->limit);
    wire_put_u32(out, r->late_days);
    wire_put_u32(out, r->apology_number);
}

bool row_decode(struct str bytes, struct row *out)
{
    struct wire w = wire_of(bytes);
    struct row r = {.facts = codec_facts(&w)};
    r.code = wire_str(&w);
    r.procedure = wire_str(&w);
    r.kase = wire_str(&w);
    r.applicant = wire_str(&w);
    r.phone = wire_str(&w);
    r.officer = wire_str(&w);
    r.unit = wire_str(&w);
    r.limit = codec_limit(&w);
    r.late_days = wire_u32(&w);
    r.apology_number = wire_u32(&w);
    if (w.fault)
        return false;
    *out = r;
    return true;
}
