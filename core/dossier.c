#include "core/dossier.h"

#include "core/codec.h"

/* Of the record, not of the journal: records are thrown away and replayed when this changes. */
enum { RECORD_VERSION = 1 };

static void put_apology(struct buf *b, const struct apology *a)
{
    wire_put_u32(b, a->number);
    if (!a->number)
        return;
    wire_put_u16(b, (uint16_t)a->year);
    wire_put_str(b, a->reason);
    wire_put_str(b, a->signer);
    wire_put_str(b, a->by);
    wire_put_i64(b, a->issued);
    wire_put_i64(b, a->recorded_at);
    wire_put_i64(b, a->old_due);
    wire_put_i64(b, a->new_due);
    wire_put_u8(b, a->in_time);
}

static struct apology get_apology(struct wire *w)
{
    struct apology a = {.number = wire_u32(w), .issued = NO_TIME, .old_due = NO_TIME, .new_due = NO_TIME};
    if (!a.number)
        return a;
    a.year = wire_u16(w);
    a.reason = wire_str(w);
    a.signer = wire_str(w);
    a.by = wire_str(w);
    a.issued = wire_i64(w);
    a.recorded_at = wire_i64(w);
    a.old_due = wire_i64(w);
    a.new_due = wire_i64(w);
    a.in_time = wire_u8(w);
    return a;
}

void dossier_encode(struct buf *out, const struct dossier *d)
{
    wire_put_u8(out, RECORD_VERSION);
    codec_put_facts(out, &d->facts);
    wire_put_u64(out, d->first_event);
    wire_put_u64(out, d->last_event);
    wire_put_str(out, d->code);
    wire_put_str(out, d->procedure);
    wire_put_str(out, d->kase);
    wire_put_u64(out, d->procedure_version);
    codec_put_limit(out, &d->limit);
    wire_put_u8(out, (uint8_t)d->clock);
    codec_put_applicant(out, &d->applicant);
    wire_put_str(out, d->submitter);
    wire_put_str(out, d->authority);
    wire_put_str(out, d->components);
    wire_put_u32(out, d->sets);
    wire_put_i64(out, d->fee);
    wire_put_u8(out, (uint8_t)d->collect);
    wire_put_str(out, d->note);
    wire_put_str(out, d->receiver);
    wire_put_str(out, d->officer);
    wire_put_str(out, d->unit);
    wire_put_i64(out, d->submitted);
    wire_put_i64(out, d->counting);
    put_apology(out, &d->apology);
    wire_put_str(out, d->result);
    wire_put_u8(out, d->digitized);
    wire_put_u32(out, d->late_days);
    wire_put_u8(out, (uint8_t)d->return_channel);
    wire_put_str(out, d->returned_to);
    wire_put_u32(out, d->supplements);
    wire_put_u8(out, d->rating);
}

bool dossier_decode(struct str bytes, struct dossier *out)
{
    struct wire w = wire_of(bytes);
    if (wire_u8(&w) != RECORD_VERSION)
        return false;
    struct dossier d = {.facts = codec_facts(&w)};
    d.first_event = wire_u64(&w);
    d.last_event = wire_u64(&w);
    d.code = wire_str(&w);
    d.procedure = wire_str(&w);
    d.kase = wire_str(&w);
    d.procedure_version = wire_u64(&w);
    d.limit = codec_limit(&w);
    d.clock = wire_u8(&w);
    d.applicant = codec_applicant(&w);
    d.submitter = wire_str(&w);
    d.authority = wire_str(&w);
    d.components = wire_str(&w);
    d.sets = wire_u32(&w);
    d.fee = wire_i64(&w);
    d.collect = wire_u8(&w);
    d.note = wire_str(&w);
    d.receiver = wire_str(&w);
    d.officer = wire_str(&w);
    d.unit = wire_str(&w);
    d.submitted = wire_i64(&w);
    d.counting = wire_i64(&w);
    d.apology = get_apology(&w);
    d.result = wire_str(&w);
    d.digitized = wire_u8(&w);
    d.late_days = wire_u32(&w);
    d.return_channel = wire_u8(&w);
    d.returned_to = wire_str(&w);
    d.supplements = wire_u32(&w);
    d.rating = wire_u8(&w);
    if (w.fault || d.clock > CLOCK_SAME_HOUR || d.collect > CHANNEL_POSTAL ||
        d.return_channel > CHANNEL_POSTAL || d.rating > 5)
        return false;
    *out = d;
    return true;
}

void dossier_code(struct buf *out, struct str agency, civil_day day, uint32_t sequence)
{
    struct civil c = civil_to_ymd(day);
    buf_add_str(out, agency);
    buf_addf(out, "-%02d%02d%02d-%04u", c.year % 100, c.month, c.day, sequence);
}

enum { CODE_SHORTEST = 4, CODE_LONGEST = 60 };

bool dossier_code_is_usable(struct str code)
{
    if (code.n < CODE_SHORTEST || code.n > CODE_LONGEST)
        return false;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
                     c == '-' || c == '/' || c == '_';
        if (!plain)
            return false;
    }
    return true;
}

void apology_number(struct buf *out, uint32_t number)
{
    buf_addf(out, "%02u/PXL", number);
}
