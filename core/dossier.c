#include "core/dossier.h"

#include "core/codec.h"

/* Of the record, not of the journal: records are thrown away and replayed when this changes. */
enum { RECORD_VERSION = 5 };

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
    wire_put_str(b, a->unit);
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
    a.in_time = wire_bool(w);
    a.unit = wire_str(w);
    return a;
}

static void put_last_act(struct buf *b, const struct last_act *l)
{
    wire_put_u64(b, l->seq);
    if (!l->seq)
        return;
    wire_put_u8(b, (uint8_t)l->kind);
    wire_put_str(b, l->by);
    wire_put_i64(b, l->recorded_at);
    wire_put_u8(b, l->recounts);
    wire_put_u8(b, l->moved_since);
}

static struct last_act get_last_act(struct wire *w)
{
    struct last_act l = {.seq = wire_u64(w)};
    if (!l.seq)
        return l;
    l.kind = wire_u8(w);
    l.by = wire_str(w);
    l.recorded_at = wire_i64(w);
    l.recounts = wire_bool(w);
    l.moved_since = wire_bool(w);
    return l;
}

static void put_number(struct buf *b, struct yearly_number n)
{
    wire_put_u32(b, n.number);
    wire_put_u16(b, (uint16_t)n.year);
}

static struct yearly_number get_number(struct wire *w)
{
    struct yearly_number n = {.number = wire_u32(w)};
    n.year = wire_u16(w);
    return n;
}

enum { FEE_SETTLED = 1, FEE_EXEMPT = 2 };

static void put_fee(struct buf *b, const struct dossier *d)
{
    wire_put_i64(b, d->fee_paid);
    wire_put_u8(b, (d->fee_settled ? FEE_SETTLED : 0) | (d->fee_exempt ? FEE_EXEMPT : 0));
}

static void get_fee(struct wire *w, struct dossier *d)
{
    d->fee_paid = wire_i64(w);
    uint8_t flags = wire_u8(w);
    d->fee_settled = flags & FEE_SETTLED;
    d->fee_exempt = flags & FEE_EXEMPT;
    if (flags & ~(FEE_SETTLED | FEE_EXEMPT))
        w->fault = true;
}

static void put_late_reason(struct buf *b, const struct late_reason *l)
{
    wire_put_u8(b, (uint8_t)l->category);
    wire_put_u8(b, (uint8_t)l->excuse);
    wire_put_str(b, l->reason);
    wire_put_str(b, l->by);
    wire_put_str(b, l->excused_by);
}

static struct late_reason get_late_reason(struct wire *w)
{
    struct late_reason l = {.category = wire_u8(w)};
    l.excuse = wire_u8(w);
    l.reason = wire_str(w);
    l.by = wire_str(w);
    l.excused_by = wire_str(w);
    if (l.category >= LATE_CATEGORIES || l.excuse > EXCUSE_NOT_GOOD)
        w->fault = true;
    return l;
}

static void put_origin(struct buf *b, const struct dossier *d)
{
    wire_put_u8(b, d->imported);
    wire_put_str(b, d->title);
    if (!d->imported)
        return;
    wire_put_str(b, d->field_title);
    wire_put_i64(b, d->given_statutory);
    wire_put_i64(b, d->given_due);
}

static void get_origin(struct wire *w, struct dossier *d)
{
    d->imported = wire_bool(w);
    d->title = wire_str(w);
    d->given_statutory = d->given_due = NO_TIME;
    if (!d->imported)
        return;
    d->field_title = wire_str(w);
    d->given_statutory = wire_i64(w);
    d->given_due = wire_i64(w);
}

void dossier_encode(struct buf *out, const struct dossier *d)
{
    wire_put_u8(out, RECORD_VERSION);
    codec_put_facts(out, &d->facts);
    wire_put_u64(out, d->first_event);
    wire_put_u64(out, d->last_event);
    wire_put_str(out, d->code);
    put_origin(out, d);
    codec_put_receipt(out, &d->receipt);
    wire_put_str(out, d->receiver);
    wire_put_str(out, d->officer);
    wire_put_str(out, d->unit);
    wire_put_str(out, d->resolving_unit);
    codec_put_appointment(out, &d->appointment);
    wire_put_i64(out, d->promised);
    wire_put_u8(out, d->resumed);
    codec_put_limit(out, &d->within);
    wire_put_i64(out, d->first_act);
    put_apology(out, &d->apology);
    codec_put_lateness(out, d->late);
    wire_put_str(out, d->asked);
    wire_put_str(out, d->needs);
    wire_put_str(out, d->result);
    wire_put_u8(out, d->digitized);
    wire_put_u8(out, (uint8_t)d->return_channel);
    wire_put_str(out, d->returned_to);
    wire_put_u32(out, d->supplements);
    wire_put_u8(out, d->rating);
    put_last_act(out, &d->last);
    put_number(out, d->in_register);
    put_number(out, d->supplement_slip);
    put_number(out, d->end_slip);
    wire_put_str(out, d->step);
    put_fee(out, d);
    put_late_reason(out, &d->late_reason);
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
    get_origin(&w, &d);
    d.receipt = codec_receipt(&w);
    d.receiver = wire_str(&w);
    d.officer = wire_str(&w);
    d.unit = wire_str(&w);
    d.resolving_unit = wire_str(&w);
    d.appointment = codec_appointment(&w);
    d.promised = wire_i64(&w);
    d.resumed = wire_bool(&w);
    d.within = codec_limit(&w);
    d.first_act = wire_i64(&w);
    d.apology = get_apology(&w);
    d.facts.letter = dossier_letter(&d);
    d.late = codec_lateness(&w);
    d.asked = wire_str(&w);
    d.needs = wire_str(&w);
    d.result = wire_str(&w);
    d.digitized = wire_bool(&w);
    d.return_channel = wire_u8(&w);
    d.returned_to = wire_str(&w);
    d.supplements = wire_u32(&w);
    d.rating = wire_u8(&w);
    d.last = get_last_act(&w);
    d.in_register = get_number(&w);
    d.supplement_slip = get_number(&w);
    d.end_slip = get_number(&w);
    d.step = wire_str(&w);
    get_fee(&w, &d);
    d.late_reason = get_late_reason(&w);
    if (w.fault || d.return_channel > CHANNEL_POSTAL || d.rating > 5)
        return false;
    *out = d;
    return true;
}

/* ---- why it is late ---- */

static const char *const late_categories[LATE_CATEGORIES] = {
    [LATE_COMPLEX] = "complex", [LATE_UNIT] = "unit",   [LATE_APPLICANT] = "applicant",
    [LATE_SYSTEM] = "system",   [LATE_STAFF] = "staff", [LATE_LOAD] = "load",
    [LATE_OFFICER] = "officer", [LATE_OTHER] = "other",
};

const char *late_category_name(enum late_category category)
{
    return late_categories[category];
}

bool late_category_parse(struct str text, enum late_category *out)
{
    for (enum late_category c = LATE_UNSAID + 1; c < LATE_CATEGORIES; c++)
        if (str_eq(text, str_of(late_categories[c]))) {
            *out = c;
            return true;
        }
    return false;
}

static const char *const excuses[] = {[EXCUSE_GOOD] = "good", [EXCUSE_NOT_GOOD] = "not_good"};

const char *excuse_name(enum excuse excuse)
{
    return excuses[excuse];
}

bool excuse_parse(struct str text, enum excuse *out)
{
    for (enum excuse e = EXCUSE_GOOD; e <= EXCUSE_NOT_GOOD; e++)
        if (str_eq(text, str_of(excuses[e]))) {
            *out = e;
            return true;
        }
    return false;
}

struct str dossier_resolving_unit(const struct dossier *d)
{
    return d->resolving_unit.n ? d->resolving_unit : d->unit;
}

civil_minute dossier_letter(const struct dossier *d)
{
    return facts_tell_letter(&d->facts) ? d->apology.issued : 0;
}

const struct limit *dossier_limit(const struct dossier *d)
{
    return d->within.kind == LIMIT_NONE ? &d->receipt.limit : &d->within;
}

void dossier_code(struct buf *out, struct str agency, civil_day day, uint32_t sequence)
{
    struct civil c = civil_to_ymd(day);
    buf_add_str(out, agency);
    buf_add_char(out, '-');
    buf_add_digits(out, (uint64_t)(c.year % 100), 2);
    buf_add_digits(out, (uint64_t)c.month, 2);
    buf_add_digits(out, (uint64_t)c.day, 2);
    buf_add_char(out, '-');
    buf_add_digits(out, sequence, 4);
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
