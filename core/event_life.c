/* What a dossier's events say, as bytes. */
#include "core/event_payload.h"

#include "core/codec.h"

static void put_received(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->received.code);
    codec_put_receipt(b, &e->received.receipt);
    wire_put_str(b, e->received.officer);
    wire_put_u16(b, e->received.officer_number);
    wire_put_str(b, e->received.unit);
    codec_put_appointment(b, &e->received.appointment);
}

static void get_received(struct wire *w, struct event *e)
{
    e->received.code = wire_str(w);
    e->received.receipt = codec_receipt(w);
    e->received.officer = wire_str(w);
    e->received.officer_number = wire_u16(w);
    e->received.unit = wire_str(w);
    e->received.appointment = codec_appointment(w);
    e->received.within_due = NO_TIME;
}

static void put_transferred(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->transferred.to);
    wire_put_u16(b, e->transferred.to_number);
    wire_put_str(b, e->transferred.unit);
    wire_put_str(b, e->transferred.step);
    wire_put_str(b, e->transferred.note);
    codec_put_limit(b, &e->transferred.within);
    wire_put_i64(b, e->transferred.within_due);
}

static void get_transferred(struct wire *w, struct event *e)
{
    e->transferred.to = wire_str(w);
    e->transferred.to_number = wire_u16(w);
    e->transferred.unit = wire_str(w);
    e->transferred.step = wire_str(w);
    e->transferred.note = wire_str(w);
    e->transferred.within = codec_limit(w);
    e->transferred.within_due = wire_i64(w);
}

static void put_apologized(struct buf *b, const struct event *e)
{
    wire_put_u32(b, e->apologized.number);
    wire_put_u16(b, (uint16_t)e->apologized.year);
    wire_put_str(b, e->apologized.reason);
    wire_put_str(b, e->apologized.signer);
    wire_put_i64(b, e->apologized.old_due);
    wire_put_i64(b, e->apologized.new_due);
    wire_put_u8(b, e->apologized.in_time);
}

static void get_apologized(struct wire *w, struct event *e)
{
    e->apologized.number = wire_u32(w);
    e->apologized.year = wire_u16(w);
    e->apologized.reason = wire_str(w);
    e->apologized.signer = wire_str(w);
    e->apologized.old_due = wire_i64(w);
    e->apologized.new_due = wire_i64(w);
    e->apologized.in_time = wire_bool(w);
    if (!e->apologized.number)
        w->fault = true;
}

static void put_supplement(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->supplement.reason);
    wire_put_str(b, e->supplement.needs);
    wire_put_u8(b, e->supplement.insisted);
    wire_put_u8(b, e->supplement.late_notice);
    codec_put_lateness(b, e->supplement.late);
}

static void get_supplement(struct wire *w, struct event *e)
{
    e->supplement.reason = wire_str(w);
    e->supplement.needs = wire_str(w);
    e->supplement.insisted = wire_bool(w);
    e->supplement.late_notice = wire_bool(w);
    e->supplement.late = codec_lateness(w);
}

static void put_corrected(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->corrected.reason);
    wire_put_str(b, e->corrected.changes);
    codec_put_receipt(b, &e->corrected.receipt);
    wire_put_i64(b, e->corrected.received);
    codec_put_appointment(b, &e->corrected.appointment);
    wire_put_i64(b, e->corrected.promised);
}

static void get_corrected(struct wire *w, struct event *e)
{
    e->corrected.reason = wire_str(w);
    e->corrected.changes = wire_str(w);
    e->corrected.receipt = codec_receipt(w);
    e->corrected.received = wire_i64(w);
    e->corrected.appointment = codec_appointment(w);
    e->corrected.promised = wire_i64(w);
}

static void put_moved(struct buf *b, const struct event *e)
{
    wire_put_u64(b, e->moved.cause);
    wire_put_i64(b, e->moved.old_statutory);
    wire_put_i64(b, e->moved.new_statutory);
    wire_put_i64(b, e->moved.old_due);
    wire_put_i64(b, e->moved.new_due);
    wire_put_i64(b, e->moved.counting);
    wire_put_u8(b, e->moved.provisional);
}

static void get_moved(struct wire *w, struct event *e)
{
    e->moved.cause = wire_u64(w);
    e->moved.old_statutory = wire_i64(w);
    e->moved.new_statutory = wire_i64(w);
    e->moved.old_due = wire_i64(w);
    e->moved.new_due = wire_i64(w);
    e->moved.counting = wire_i64(w);
    e->moved.provisional = wire_bool(w);
}

static void put_imported(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->imported.code);
    codec_put_receipt(b, &e->imported.receipt);
    wire_put_str(b, e->imported.title);
    wire_put_str(b, e->imported.officer);
    wire_put_u16(b, e->imported.officer_number);
    wire_put_str(b, e->imported.unit);
    codec_put_appointment(b, &e->imported.appointment);
    wire_put_u8(b, (uint8_t)e->imported.state);
    wire_put_i64(b, e->imported.waiting_since);
    wire_put_i64(b, e->imported.resolved);
    wire_put_i64(b, e->imported.returned);
    codec_put_lateness(b, e->imported.late);
}

static void get_imported(struct wire *w, struct event *e)
{
    e->imported.code = wire_str(w);
    e->imported.receipt = codec_receipt(w);
    e->imported.title = wire_str(w);
    e->imported.officer = wire_str(w);
    e->imported.officer_number = wire_u16(w);
    e->imported.unit = wire_str(w);
    e->imported.appointment = codec_appointment(w);
    e->imported.state = wire_u8(w);
    e->imported.waiting_since = wire_i64(w);
    e->imported.resolved = wire_i64(w);
    e->imported.returned = wire_i64(w);
    e->imported.late = codec_lateness(w);
    e->imported.promised = e->imported.appointment.due;
    if (e->imported.state < STATE_PROCESSING || e->imported.state >= STATE_VOID)
        w->fault = true;
}

static void put_fee(struct buf *b, const struct event *e)
{
    wire_put_i64(b, e->fee.amount);
    wire_put_u8(b, e->fee.exempt);
    wire_put_str(b, e->fee.reason);
    wire_put_str(b, e->fee.document);
}

static void get_fee(struct wire *w, struct event *e)
{
    e->fee.amount = wire_i64(w);
    e->fee.exempt = wire_bool(w);
    e->fee.reason = wire_str(w);
    e->fee.document = wire_str(w);
    if (e->fee.exempt != (e->fee.amount == 0) || e->fee.amount > FEE_MOST || e->fee.amount < -FEE_MOST)
        w->fault = true;
}

static void put_late_reason(struct buf *b, const struct event *e)
{
    wire_put_u8(b, (uint8_t)e->late_reason.category);
    wire_put_str(b, e->late_reason.reason);
    wire_put_u8(b, (uint8_t)e->late_reason.excuse);
}

static void get_late_reason(struct wire *w, struct event *e)
{
    e->late_reason.category = wire_u8(w);
    e->late_reason.reason = wire_str(w);
    e->late_reason.excuse = wire_u8(w);
    if (e->late_reason.category >= LATE_CATEGORIES || e->late_reason.excuse > EXCUSE_NOT_GOOD)
        w->fault = true;
}

void event_put_life(struct buf *b, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: put_received(b, e); break;
    case EVENT_TRANSFERRED: put_transferred(b, e); break;
    case EVENT_APOLOGIZED: put_apologized(b, e); break;
    case EVENT_RESOLVED:
        wire_put_str(b, e->resolved.result);
        wire_put_u8(b, e->resolved.digitized);
        codec_put_lateness(b, e->resolved.late);
        break;
    case EVENT_RETURNED:
        wire_put_u8(b, (uint8_t)e->returned.channel);
        wire_put_str(b, e->returned.to);
        break;
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED:
        wire_put_str(b, e->ended.reason);
        codec_put_lateness(b, e->ended.late);
        break;
    case EVENT_SUPPLEMENT_REQUESTED: put_supplement(b, e); break;
    case EVENT_PAYMENT_AWAITED:
        wire_put_str(b, e->payment.note);
        codec_put_lateness(b, e->payment.late);
        break;
    case EVENT_RESTARTED:
    case EVENT_PAID:
        wire_put_str(b, e->resumed.note);
        codec_put_limit(b, &e->resumed.within);
        codec_put_appointment(b, &e->resumed.appointment);
        break;
    case EVENT_UNDONE:
        wire_put_u64(b, e->undone.seq);
        wire_put_u8(b, (uint8_t)e->undone.kind);
        wire_put_str(b, e->undone.reason);
        break;
    case EVENT_CORRECTED: put_corrected(b, e); break;
    case EVENT_RATED:
        wire_put_u8(b, e->rated.stars);
        wire_put_str(b, e->rated.note);
        break;
    case EVENT_DUE_MOVED: put_moved(b, e); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: put_imported(b, e); break;
    case EVENT_FEE: put_fee(b, e); break;
    case EVENT_LATE_REASON: put_late_reason(b, e); break;
    default: break;
    }
}

void event_take_life(struct wire *w, struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED: get_received(w, e); break;
    case EVENT_TRANSFERRED: get_transferred(w, e); break;
    case EVENT_APOLOGIZED: get_apologized(w, e); break;
    case EVENT_RESOLVED:
        e->resolved.result = wire_str(w);
        e->resolved.digitized = wire_bool(w);
        e->resolved.late = codec_lateness(w);
        break;
    case EVENT_RETURNED:
        e->returned.channel = wire_u8(w);
        e->returned.to = wire_str(w);
        if (e->returned.channel > CHANNEL_POSTAL)
            w->fault = true;
        break;
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED:
        e->ended.reason = wire_str(w);
        e->ended.late = codec_lateness(w);
        break;
    case EVENT_SUPPLEMENT_REQUESTED: get_supplement(w, e); break;
    case EVENT_PAYMENT_AWAITED:
        e->payment.note = wire_str(w);
        e->payment.late = codec_lateness(w);
        break;
    case EVENT_RESTARTED:
    case EVENT_PAID:
        e->resumed.note = wire_str(w);
        e->resumed.within = codec_limit(w);
        e->resumed.appointment = codec_appointment(w);
        break;
    case EVENT_UNDONE:
        e->undone.seq = wire_u64(w);
        e->undone.kind = wire_u8(w);
        e->undone.reason = wire_str(w);
        break;
    case EVENT_CORRECTED: get_corrected(w, e); break;
    case EVENT_RATED:
        e->rated.stars = wire_u8(w);
        e->rated.note = wire_str(w);
        if (e->rated.stars < 1 || e->rated.stars > 5)
            w->fault = true;
        break;
    case EVENT_DUE_MOVED: get_moved(w, e); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: get_imported(w, e); break;
    case EVENT_FEE: get_fee(w, e); break;
    case EVENT_LATE_REASON: get_late_reason(w, e); break;
    default: w->fault = true; /* a kind of a newer program, or damage */
    }
}

/* ---- what the second version adds ---- */

static bool imported_has_more(const struct event *e)
{
    return e->imported.promised != e->imported.appointment.due || e->imported.field.n ||
           e->imported.receiver.n || e->imported.result.n;
}

static void put_imported_more(struct buf *b, const struct event *e)
{
    wire_put_i64(b, e->imported.promised);
    wire_put_str(b, e->imported.field);
    wire_put_str(b, e->imported.receiver);
    wire_put_str(b, e->imported.result);
}

static void take_imported_more(struct wire *w, struct event *e)
{
    e->imported.promised = wire_i64(w);
    e->imported.field = wire_str(w);
    e->imported.receiver = wire_str(w);
    e->imported.result = wire_str(w);
}

bool event_has_more(const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED:
        return e->received.in_register.number || e->received.step.n ||
               e->received.within.kind != LIMIT_NONE || e->received.resolves;
    case EVENT_TRANSFERRED: return e->transferred.resolves;
    case EVENT_APOLOGIZED: return e->apologized.unit.n > 0;
    case EVENT_SUPPLEMENT_REQUESTED: return e->supplement.slip.number > 0;
    case EVENT_REFUSED:
    case EVENT_STOPPED: return e->ended.slip.number > 0;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: return imported_has_more(e);
    default: return false;
    }
}

void event_put_more(struct buf *b, const struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED:
        event_put_number(b, e->received.in_register);
        wire_put_str(b, e->received.step);
        codec_put_limit(b, &e->received.within);
        wire_put_i64(b, e->received.within.kind == LIMIT_NONE ? NO_TIME : e->received.within_due);
        wire_put_u8(b, e->received.resolves);
        break;
    case EVENT_TRANSFERRED: wire_put_u8(b, 1); break;
    case EVENT_APOLOGIZED: wire_put_str(b, e->apologized.unit); break;
    case EVENT_SUPPLEMENT_REQUESTED: event_put_number(b, e->supplement.slip); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: put_imported_more(b, e); break;
    default: event_put_number(b, e->ended.slip); break;
    }
}

void event_take_more(struct wire *w, struct event *e)
{
    switch (e->kind) {
    case EVENT_RECEIVED:
        e->received.in_register = event_take_number(w);
        e->received.step = wire_str(w);
        e->received.within = codec_limit(w);
        e->received.within_due = wire_i64(w);
        if (e->received.within.kind == LIMIT_NONE && e->received.within_due != NO_TIME)
            w->fault = true;
        e->received.resolves = wire_bool(w);
        break;
    case EVENT_TRANSFERRED: e->transferred.resolves = wire_bool(w); break;
    case EVENT_APOLOGIZED: e->apologized.unit = wire_str(w); break;
    case EVENT_SUPPLEMENT_REQUESTED: e->supplement.slip = event_take_number(w); break;
    case EVENT_REFUSED:
    case EVENT_STOPPED: e->ended.slip = event_take_number(w); break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: take_imported_more(w, e); break;
    default: w->fault = true;
    }
    if (!event_has_more(e)) /* then it is written without */
        w->fault = true;
}
