#include "core/backdated.h"

#include "core/correction.h"
#include "core/wire.h"

/* Is it of what is counted: not who the applicant is, nor how to reach them? */
static bool is_counted(enum correction_field field)
{
    return correction_moves_due(field) || field == CORRECT_CHANNEL || field == CORRECT_COLLECT ||
           field == CORRECT_OUTSIDE;
}

/* Does the correction mend anything that is counted; when had it been received before? */
static bool look_at_changes(const struct event *e, civil_day *was_received)
{
    struct str name, old, new;
    bool counts = false;
    for (size_t at = 0; wire_list_next(e->corrected.changes, &at, &name) &&
                        wire_list_next(e->corrected.changes, &at, &old) &&
                        wire_list_next(e->corrected.changes, &at, &new);) {
        enum correction_field field;
        struct civil_input was;
        if (!correction_field_parse(name, &field) || !is_counted(field))
            continue;
        counts = true;
        if (field == CORRECT_RECEIVED_AT && civil_parse(old, &was))
            *was_received = was.day;
    }
    return counts;
}

bool backdated_of(const struct event *e, int utc_offset, struct backdated *out)
{
    if (!event_is_dossier(e->kind) || !e->dossier || e->kind == EVENT_DUE_MOVED)
        return false;
    *out = (struct backdated){
        .seq = e->seq, .dossier = e->dossier, .kind = e->kind, .at = e->at, .was_received = NO_DAY};
    switch (e->kind) {
    case EVENT_VOIDED:
    case EVENT_LATE_REASON:
    case EVENT_REIMPORTED: return true;
    case EVENT_CORRECTED: return look_at_changes(e, &out->was_received);
    case EVENT_UNDONE:
        out->undone = e->undone.seq;
        out->undone_kind = (enum event_kind)e->undone.kind;
        return true;
    case EVENT_APOLOGIZED: out->after_result = e->apologized.new_due == NO_TIME; break;
    default: break;
    }
    return out->after_result ||
           civil_day_of(e->at) < civil_day_of(civil_from_utc(e->recorded_at, utc_offset));
}

void backdated_encode(struct buf *out, const struct backdated *b)
{
    wire_put_u8(out, (uint8_t)b->kind);
    wire_put_i64(out, b->at);
    wire_put_u64(out, b->dossier);
    switch (b->kind) {
    case EVENT_UNDONE:
        wire_put_u64(out, b->undone);
        wire_put_u8(out, (uint8_t)b->undone_kind);
        break;
    case EVENT_CORRECTED: wire_put_u32(out, (uint32_t)b->was_received); break;
    case EVENT_APOLOGIZED: wire_put_u8(out, b->after_result); break;
    default: break;
    }
}

bool backdated_decode(struct str bytes, struct backdated *out)
{
    struct wire w = wire_of(bytes);
    *out = (struct backdated){.kind = wire_u8(&w), .was_received = NO_DAY};
    out->at = wire_i64(&w);
    out->dossier = wire_u64(&w);
    switch (out->kind) {
    case EVENT_UNDONE:
        out->undone = wire_u64(&w);
        out->undone_kind = wire_u8(&w);
        break;
    case EVENT_CORRECTED: out->was_received = (civil_day)wire_u32(&w); break;
    case EVENT_APOLOGIZED: out->after_result = wire_bool(&w); break;
    default: break;
    }
    return !w.fault && !wire_more(&w) && event_is_dossier(out->kind) && out->dossier;
}
