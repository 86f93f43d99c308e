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
    if (flags & ~(APPLICANT_ORGANIZATION | APPLICANT_OUTSIDE))
        w->fault = true;
    return a;
}

void codec_put_receipt(struct buf *b, const struct receipt *r)
{
    wire_put_u16(b, r->procedure.number);
    wire_put_u16(b, r->procedure.field_number);
    wire_put_u64(b, r->procedure.version);
    wire_put_str(b, r->procedure.code);
    wire_put_str(b, r->procedure.kase);
    codec_put_limit(b, &r->limit);
    wire_put_u8(b, (uint8_t)r->clock);
    wire_put_u16(b, (uint16_t)r->cutoff);
    codec_put_applicant(b, &r->applicant);
    wire_put_str(b, r->submitter);
    wire_put_str(b, r->authority);
    wire_put_str(b, r->components);
    wire_put_str(b, r->note);
    wire_put_u32(b, r->sets);
    wire_put_i64(b, r->fee);
    wire_put_u8(b, (uint8_t)r->channel);
    wire_put_u8(b, (uint8_t)r->collect);
    wire_put_i64(b, r->submitted);
}

struct receipt codec_receipt(struct wire *w)
{
    struct receipt r = {.procedure = {.number = wire_u16(w)}};
    r.procedure.field_number = wire_u16(w);
    r.procedure.version = wire_u64(w);
    r.procedure.code = wire_str(w);
    r.procedure.kase = wire_str(w);
    r.limit = codec_limit(w);
    r.clock = wire_u8(w);
    r.cutoff = wire_u16(w);
    r.applicant = codec_applicant(w);
    r.submitter = wire_str(w);
    r.authority = wire_str(w);
    r.components = wire_str(w);
    r.note = wire_str(w);
    r.sets = wire_u32(w);
    r.fee = wire_i64(w);
    r.channel = wire_u8(w);
    r.collect = wire_u8(w);
    r.submitted = wire_i64(w);
    if (r.clock > CLOCK_SAME_HOUR || r.cutoff >= MINUTES_PER_DAY || r.channel > CHANNEL_POSTAL ||
        r.collect > CHANNEL_POSTAL)
        w->fault = true;
    return r;
}

void codec_put_appointment(struct buf *b, const struct appointment *a)
{
    wire_put_i64(b, a->from);
    wire_put_i64(b, a->counting);
    wire_put_i64(b, a->due);
    wire_put_u8(b, a->provisional);
}

struct appointment codec_appointment(struct wire *w)
{
    struct appointment a = {.from = wire_i64(w)};
    a.counting = wire_i64(w);
    a.due = wire_i64(w);
    a.provisional = wire_bool(w);
    return a;
}

void codec_put_lateness(struct buf *b, struct lateness late)
{
    wire_put_u32(b, late.statutory);
    wire_put_u32(b, late.promised);
}

struct lateness codec_lateness(struct wire *w)
{
    struct lateness late = {.statutory = wire_u32(w)};
    late.promised = wire_u32(w);
    return late;
}

enum {
    FACT_IN_HOURS = 1,
    FACT_APOLOGIZED = 2,
    FACT_MOVED = 4,
    FACT_INSISTED = 8,
    FACT_OUTSIDE = 16,
    FACT_PROVISIONAL = 32,
    FACT_WAS_LATE = 64,
    FACT_WAS_LATE_PROMISED = 128,
};
enum { AWAITED_RESCHEDULED = 4 }; /* beside how often the applicant was awaited */

void codec_put_facts(struct buf *b, const struct facts *f)
{
    wire_put_u64(b, f->id);
    wire_put_u8(b, (uint8_t)f->state);
    wire_put_u8(b, (uint8_t)f->ended_how);
    wire_put_u8(b, (uint8_t)f->channel);
    wire_put_u8(b, (f->in_hours ? FACT_IN_HOURS : 0) | (f->apologized ? FACT_APOLOGIZED : 0) |
                       (f->moved ? FACT_MOVED : 0) | (f->insisted ? FACT_INSISTED : 0) |
                       (f->outside ? FACT_OUTSIDE : 0) | (f->provisional ? FACT_PROVISIONAL : 0) |
                       (f->was_late ? FACT_WAS_LATE : 0) |
                       (f->was_late_promised ? FACT_WAS_LATE_PROMISED : 0));
    wire_put_i64(b, f->received);
    wire_put_i64(b, f->statutory_due);
    wire_put_i64(b, f->due);
    wire_put_i64(b, f->waiting_since);
    wire_put_i64(b, f->resolved);
    wire_put_i64(b, f->returned);
    wire_put_u16(b, f->field);
    wire_put_u16(b, f->procedure);
    wire_put_u16(b, f->holder);
    wire_put_u8(b, (uint8_t)((unsigned)f->awaited | (f->rescheduled ? AWAITED_RESCHEDULED : 0)));
    if (f->awaited == AWAITED_ONCE) {
        wire_put_i64(b, f->awaited_from);
        wire_put_i64(b, f->awaited_until);
    }
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
    f.was_late = flags & FACT_WAS_LATE;
    f.was_late_promised = flags & FACT_WAS_LATE_PROMISED;
    f.received = wire_i64(w);
    f.statutory_due = wire_i64(w);
    f.due = wire_i64(w);
    f.waiting_since = wire_i64(w);
    f.resolved = wire_i64(w);
    f.returned = wire_i64(w);
    f.field = wire_u16(w);
    f.procedure = wire_u16(w);
    f.holder = wire_u16(w);
    uint8_t awaited = wire_u8(w);
    f.awaited = awaited & (AWAITED_RESCHEDULED - 1);
    f.rescheduled = awaited & AWAITED_RESCHEDULED;
    if (f.awaited == AWAITED_ONCE) {
        f.awaited_from = wire_i64(w);
        f.awaited_until = wire_i64(w);
    }
    if (f.state < STATE_PROCESSING || f.state > STATE_VOID || f.ended_how > ENDED_VOID ||
        f.channel > CHANNEL_POSTAL || f.awaited > AWAITED_MORE || awaited >= 2 * AWAITED_RESCHEDULED)
        w->fault = true;
    return f;
}
