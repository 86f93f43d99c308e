/* What the office's own events say, and what was turned away at its counter, as bytes. */
#include "core/event_payload.h"

#include "core/codec.h"

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

/* Its steps as they are read back: what cannot be, nobody wrote. */
static void put_steps(struct buf *b, const struct event *e)
{
    wire_put_str(b, e->steps.code);
    wire_put_str(b, e->steps.kase);
    wire_put_str(b, e->steps.steps);
}

static void get_steps(struct wire *w, struct event *e)
{
    struct step step[STEPS_MAX];
    e->steps.code = wire_str(w);
    e->steps.kase = wire_str(w);
    e->steps.steps = wire_str(w);
    if (e->steps.steps.n && !steps_unpack(e->steps.steps, step))
        w->fault = true;
}

static void put_turned_away(struct buf *b, const struct event *e)
{
    wire_put_u8(b, e->turned_away.refused);
    event_put_number(b, e->turned_away.slip);
    codec_put_receipt(b, &e->turned_away.receipt);
    wire_put_str(b, e->turned_away.reason);
    wire_put_str(b, e->turned_away.needs);
}

static void get_turned_away(struct wire *w, struct event *e)
{
    e->turned_away.refused = wire_bool(w);
    e->turned_away.slip = event_take_number(w);
    e->turned_away.receipt = codec_receipt(w);
    e->turned_away.reason = wire_str(w);
    e->turned_away.needs = wire_str(w);
}

static void put_turn_away_voided(struct buf *b, const struct event *e)
{
    wire_put_u64(b, e->turn_away_voided.seq);
    wire_put_u8(b, e->turn_away_voided.refused);
    event_put_number(b, e->turn_away_voided.slip);
    wire_put_str(b, e->turn_away_voided.reason);
}

static void get_turn_away_voided(struct wire *w, struct event *e)
{
    e->turn_away_voided.seq = wire_u64(w);
    e->turn_away_voided.refused = wire_bool(w);
    e->turn_away_voided.slip = event_take_number(w);
    e->turn_away_voided.reason = wire_str(w);
}

void event_put_office(struct buf *b, const struct event *e)
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
    case EVENT_STEPS_PUT: put_steps(b, e); break;
    case EVENT_TURNED_AWAY: put_turned_away(b, e); break;
    case EVENT_TURN_AWAY_VOIDED: put_turn_away_voided(b, e); break;
    default: break;
    }
}

void event_take_office(struct wire *w, struct event *e)
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
    case EVENT_STEPS_PUT: get_steps(w, e); break;
    case EVENT_TURNED_AWAY: get_turned_away(w, e); break;
    case EVENT_TURN_AWAY_VOIDED: get_turn_away_voided(w, e); break;
    default: w->fault = true; /* a kind of a newer program, or damage */
    }
}
