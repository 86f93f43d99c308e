#include "core/event.h"

#include "core/codec.h"

/* One version a kind, raised only when fields are added at its end; a body of a higher one is for a newer
 * program. */
enum { EVENT_VERSION = 1 };

const char *event_kind_name(enum event_kind kind)
{
    switch (kind) {
    case EVENT_FOUNDED: return "founded";
    case EVENT_OFFICER_PUT: return "officer_put";
    case EVENT_PROCEDURE_PUT: return "procedure_put";
    case EVENT_DAY_PUT: return "day_put";
    case EVENT_YEARS_KNOWN: return "years_known";
    case EVENT_RECEIVED: return "received";
    case EVENT_TRANSFERRED: return "transferred";
    case EVENT_APOLOGIZED: return "apologized";
    case EVENT_RESOLVED: return "resolved";
    case EVENT_RETURNED: return "returned";
    case EVENT_REFUSED: return "refused";
    case EVENT_SUPPLEMENT_REQUESTED: return "supplement_requested";
    case EVENT_RESTARTED: return "restarted";
    case EVENT_PAYMENT_AWAITED: return "payment_awaited";
    case EVENT_PAID: return "paid";
    case EVENT_WITHDRAWN: return "withdrawn";
    case EVENT_STOPPED: return "stopped";
    case EVENT_VOIDED: return "voided";
    case EVENT_UNDONE: return "undone";
    case EVENT_CORRECTED: return "corrected";
    case EVENT_RATED: return "rated";
    case EVENT_DUE_MOVED: return "due_moved";
    case EVENT_IMPORTED: return "imported";
    case EVENT_SETTING_PUT: return "setting_put";
    case EVENT_DAY_REMOVED: return "day_removed";
    case EVENT_HOURS_PUT: return "hours_put";
    case EVENT_CLOCK_ACCEPTED: return "clock_accepted";
    }
    return "unknown";
}

/* ---- the office's own events ---- */

static void put_founded(struct buf *b, const struct office_identity *f)
{
    wire_put_str(b, f->name);
    wire_put_str(b, f->agency);
    wire_put_str(b, f->parent);
    wire_put_str(b, f->place);
    wire_put_i64(b, f->utc_offset);
    wire_put_u8(b, f->demo);
}

static struct office_identity get_founded(struct wire *w)
{
    struct office_identity f = {.name = wire_str(w)};
    f.agency = wire_str(w);
    f.parent = wire_str(w);
    f.place = wire_str(w);
    f.utc_offset = wire_i32(w);
    f.demo = wire_bool(w);
    if (f.utc_offset < -14 * 60 || f.utc_offset > 14 * 60) /* as civil_parse() has it */
        w->fault = true;
    return f;
}

static void put_officer(struct buf *b, const struct officer *o)
{
    wire_put_u16(b, o->number);
    wire_put_str(b, o->login);
    wire_put_str(b, o->name);
    wire_put_str(b, o->unit);
    wire_put_str(b, o->title);
    wire_put_u8(b, (uint8_t)o->role);
    wire_put_u8(b, o->retired);
}

static struct officer get_officer(struct wire *w)
{
    struct officer o = {.number = wire_u16(w)};
    o.login = wire_str(w);
    o.name = wire_str(w);
    o.unit = wire_str(w);
    o.title = wire_str(w);
    o.role = wire_u8(w);
    o.retired = wire_bool(w);
    if (o.role > ROLE_ADMIN)
        w->fault = true;
    return o;
}

static void put_procedure(struct buf *b, const struct procedure *p)
{
    wire_put_u16(b, p->number);
    wire_put_u16(b, p->field_number);
    wire_put_str(b, p->code);
    wire_put_str(b, p->kase);
    wire_put_str(b, p->name);
    wire_put_str(b, p->field);
    codec_put_limit(b, &p->limit);
    wire_put_u8(b, (uint8_t)p->clock);
    wire_put_i64(b, p->fee);
    wire_put_u8(b, (uint8_t)(p->online + 1));
    wire_put_u8(b, (uint8_t)(p->postal + 1));
    wire_put_u8(b, p->retired);
}

static struct procedure get_procedure(struct wire *w)
{
    struct procedure p = {.number = wire_u16(w)};
    p.field_number = wire_u16(w);
    p.code = wire_str(w);
    p.kase = wire_str(w);
    p.name = wire_str(w);
    p.field = wire_str(w);
    p.limit = codec_limit(w);
    p.clock = wire_u8(w);
    p.fee = wire_i64(w);
    p.online = (int8_t)(wire_u8(w) - 1);
    p.postal = (int8_t)(wire_u8(w) - 1);
    p.retired = wire_bool(w);
    if (p.clock > CLOCK_SAME_HOUR || p.online < -1 || p.online > 1 || p.postal < -1 || p.postal > 1)
        w->fault = true;
    return p;
}

static void put_day(struct buf *b, const struct office_day *d)
{
    wire_put_i64(b, d->day);
    wire_put_u8(b, (uint8_t)d->kind);
    wire_put_str(b, d->name);
    wire_put_str(b, d->document);
}

static struct office_day get_day(struct wire *w)
{
    struct office_day d = {.day = wire_i32(w)};
    d.kind = wire_u8(w);
    d.name = wire_str(w);
    d.document = wire_str(w);
    if (d.kind < DAY_OFF || d.kind > DAY_CLOSED)
        w->fault = true;
    return d;
}

static void put_hours(struct buf *b, const struct office_hours *h)
{
    wire_put_i64(b, h->from);
    wire_put_u8(b, h->weekdays);
    wire_put_u8(b, (uint8_t)h->span_count);
    for (int i = 0; i < h->span_count; i++) {
        wire_put_u16(b, (uint16_t)h->span[i].opens);
        wire_put_u16(b, (uint16_t)h->span[i].closes);
    }
}

static struct office_hours get_hours(struct wire *w)
{
    struct office_hours h = {.from = wire_i32(w)};
    h.weekdays = wire_u8(w);
    h.span_count = wire_u8(w);
    if (h.span_count > HOURS_MAX_SPANS)
        w->fault = true;
    for (int i = 0; i < h.span_count && !w->fault; i++) {
        h.span[i].opens = wire_u16(w);
        h.span[i].closes = wire_u16(w);
    }
    if (!w->fault && !office_hours_are_sound(&h))
        w->fault = true;
    return h;
}

static void put_clock(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->clock.reason);
    wire_put_i64(b, e->clock.behind);
    wire_put_u64(b, e->clock.before);
}

static void get_clock(struct wire *w, struct event *e)
{
    e->clock.reason = wire_str(w);
    e->clock.behind = wire_i64(w);
    e->clock.before = wire_u64(w);
}

/* ---- a dossier's events ---- */

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
    if (e->imported.state < STATE_PROCESSING || e->imported.state >= STATE_VOID)
        w->fault = true;
}

static void put_payload(struct buf *b, const struct event *e)
{
    switch (e->kind) {
    case EVENT_FOUNDED: put_founded(b, &e->founded); break;
    case EVENT_OFFICER_PUT: put_officer(b, &e->officer); break;
    case EVENT_PROCEDURE_PUT: put_procedure(b, &e->procedure); break;
    case EVENT_DAY_PUT: put_day(b, &e->day); break;
    case EVENT_YEARS_KNOWN:
        wire_put_i64(b, e->known.first);
        wire_put_i64(b, e->known.last);
        break;
    case EVENT_SETTING_PUT:
        wire_put_str(b, e->setting.key);
        wire_put_str(b, e->setting.value);
        break;
    case EVENT_DAY_REMOVED: wire_put_i64(b, e->removed.day); break;
    case EVENT_HOURS_PUT: put_hours(b, &e->hours); break;
    case EVENT_CLOCK_ACCEPTED: put_clock(b, e); break;
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
    case EVENT_IMPORTED: put_imported(b, e); break;
    }
}

static void get_payload(struct wire *w, struct event *e)
{
    switch (e->kind) {
    case EVENT_FOUNDED: e->founded = get_founded(w); break;
    case EVENT_OFFICER_PUT: e->officer = get_officer(w); break;
    case EVENT_PROCEDURE_PUT: e->procedure = get_procedure(w); break;
    case EVENT_DAY_PUT: e->day = get_day(w); break;
    case EVENT_YEARS_KNOWN:
        e->known.first = wire_i32(w);
        e->known.last = wire_i32(w);
        break;
    case EVENT_SETTING_PUT:
        e->setting.key = wire_str(w);
        e->setting.value = wire_str(w);
        break;
    case EVENT_DAY_REMOVED: e->removed.day = wire_i32(w); break;
    case EVENT_HOURS_PUT: e->hours = get_hours(w); break;
    case EVENT_CLOCK_ACCEPTED: get_clock(w, e); break;
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
    case EVENT_IMPORTED: get_imported(w, e); break;
    default: w->fault = true; /* a kind of a newer program, or damage */
    }
}

bool event_is_backdated(const struct event *e, int utc_offset)
{
    return e->kind != EVENT_IMPORTED && e->kind != EVENT_DUE_MOVED && e->at != NO_TIME &&
           civil_day_of(e->at) < civil_day_of(civil_from_utc(e->recorded_at, utc_offset));
}

struct str event_code(const struct event *e)
{
    return e->kind == EVENT_IMPORTED ? e->imported.code : e->received.code;
}

void event_encode(struct buf *out, const struct event *e)
{
    wire_put_u8(out, (uint8_t)e->kind);
    wire_put_u8(out, EVENT_VERSION);
    wire_put_u64(out, e->previous);
    wire_put_u64(out, e->dossier);
    wire_put_i64(out, e->recorded_at);
    wire_put_i64(out, e->at);
    wire_put_str(out, e->by);
    put_payload(out, e);
}

bool event_decode(struct str body, struct event *out)
{
    struct wire w = wire_of(body);
    struct event e = {.kind = wire_u8(&w)};
    if (wire_u8(&w) != EVENT_VERSION)
        return false;
    e.previous = wire_u64(&w);
    e.dossier = wire_u64(&w);
    e.recorded_at = wire_i64(&w);
    e.at = wire_i64(&w);
    e.by = wire_str(&w);
    get_payload(&w, &e);
    if (w.fault || wire_more(&w))
        return false;
    *out = e;
    return true;
}
