#include "core/codec.h"

void codec_put_limit(struct buf *b, const struct limit *limit)
{
    wire_put_u8(b, (uint8_t)limit->kind);
    wire_put_u32(b, limit->hundredths);
    wire_put_u16(b, (uint16_t)(limit->cutoff + 1)); /* LIMIT_NO_CUTOFF is 0 */
}

struct limit codec_limit(struct wire *w)
{
    struct limit limit = {.kind = wire_u8(w), .hundredths = wire_u32(w)};
    limit.cutoff = (int)wire_u16(w) - 1;
    if (limit.kind > LIMIT_MONTHS || limit.cutoff >= MINUTES_PER_DAY)
        w->fault = true;
    return limit;
}

enum { APPLICANT_ORGANIZATION = 1, APPLICANT_OUTSIDE = 2 };

void codec_put_applicant(struct buf *b, const struct applicant *a)
{
    wire_put_u8(b, (a->organization ? APPLICANT_ORGANIZATION : 0) | (a->outside ? APPLICANT_OUTSIDE : 0));
    wire_put_str(b, a->name);
    wire_put_str(b, a->id_number);
    wire_put_str(b, a->phone);
    wire_put_str(b, a->email);
    wire_put_str(b, a->address);
}

struct applicant codec_applicant(struct wire *w)
{
    uint8_t flags = wire_u8(w);
    struct applicant a = {.organization = flags & APPLICANT_ORGANIZATION,
                          .outside = flags & APPLICANT_OUTSIDE};
    a.name = wire_str(w);
    a.id_number = wire_str(w);
    a.phone = wire_str(w);
    a.email = wire_str(w);
    a.address = wire_str(w);
    return a;
}

enum {
    FACT_IN_HOURS = 1,
    FACT_APOLOGIZED = 2,
    FACT_MOVED = 4,
    FACT_INSISTED = 8,
    FACT_OUTSIDE = 16,
    FACT_PROVISIONAL = 32,
};

void codec_put_facts(struct buf *b, const struct facts *f)
{
    wire_put_u64(b, f->id);
    wire_put_u8(b, (uint8_t)f->state);
    wire_put_u8(b, (uint8_t)f->ended_how);
    wire_put_u8(b, (uint8_t)f->channel);
    wire_put_u8(b, (f->in_hours ? FACT_IN_HOURS : 0) | (f->apologized ? FACT_APOLOGIZED : 0) |
                       (f->moved ? FACT_MOVED : 0) | (f->insisted ? FACT_INSISTED : 0) |
                       (f->outside ? FACT_OUTSIDE : 0) | (f->provisional ? FACT_PROVISIONAL : 0));
    wire_put_i64(b, f->received);
    wire_put_i64(b, f->statutory_due);
    wire_put_i64(b, f->due);
    wire_put_i64(b, f->waiting_since);
    wire_put_i64(b, f->resolved);
    wire_put_i64(b, f->returned);
    wire_put_u16(b, f->field);
    wire_put_u16(b, f->procedure);
    wire_put_u16(b, f->holder);
}

struct facts codec_facts(struct wire *w)
{
    struct facts f = {.id = wire_u64(w)};
    f.state = wire_u8(w);
    f.ended_how = wire_u8(w);
    f.channel = wire_u8(w);
    uint8_t flags = wire_u8(w);
    f.in_hours = flags & FACT_IN_HOURS;
    f.apologized = flags & FACT_APOLOGIZED;
    f.moved = flags & FACT_MOVED;
    f.insisted = flags & FACT_INSISTED;
    f.outside = flags & FACT_OUTSIDE;
    f.provisional = flags & FACT_PROVISIONAL;
    f.received = wire_i64(w);
    f.statutory_due = wire_i64(w);
    f.due = wire_i64(w);
    f.waiting_since = wire_i64(w);
    f.resolved = wire_i64(w);
    f.returned = wire_i64(w);
    f.field = wire_u16(w);
    f.procedure = wire_u16(w);
    f.holder = wire_u16(w);
    if (f.state < STATE_PROCESSING || f.state > STATE_VOID || f.ended_how > ENDED_VOID ||
        f.channel > CHANNEL_POSTAL)
        w->fault = true;
    return f;
}
