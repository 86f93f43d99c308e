#include "icalendar/days_wire.h"

#include "core/text.h"
#include "core/wire.h"

enum { FOUND = 1, FAULT = 2, NO_MEMORY = 3, OFFSET_MOST = 24 * 60 };

static const enum text_id faults[] = {
    T_ical_bad_start, T_ical_bad_end,      T_ical_bad_never_ends, T_ical_bad_nested,
    T_ical_bad_line,  T_ical_bad_utf8,     T_ical_bad_nul,        T_ical_bad_long_line,
    T_ical_bad_value, T_ical_bad_no_start, T_ical_bad_kind,       T_ical_bad_length,
    T_ical_bad_name,  T_ical_bad_document, T_ical_bad_long_text,  T_ical_bad_too_many,
};
#define FAULTS (sizeof faults / sizeof *faults)

/* ---- out ---- */

/* Cut between letters. */
static void put_cut(struct buf *out, struct str text)
{
    struct buf safe = BUF_INIT;
    if (!text_is_utf8(text)) {
        text_safe(&safe, text, false);
        text = buf_str(&safe);
    }
    size_t n = text.n < DAYS_WIRE_TEXT ? text.n : DAYS_WIRE_TEXT;
    while (n < text.n && n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    wire_put_str(out, str_first(text, n));
    out->failed = out->failed || safe.failed;
    buf_release(&safe);
}

static void put_entry(struct buf *out, const struct days_entry *e)
{
    bool taken = e->skip == DAYS_TAKEN;
    wire_put_u8(out, (uint8_t)e->skip);
    wire_put_u32(out, (uint32_t)e->line);
    wire_put_i64(out, e->day.day);
    wire_put_u8(out, taken ? (uint8_t)e->day.kind : 0);
    if (taken)
        wire_put_str(out, e->day.name);
    else
        put_cut(out, e->day.name);
    wire_put_str(out, taken ? e->day.document : STR_NONE);
    put_cut(out, e->uid);
    put_cut(out, e->zone);
}

void days_wire_put(struct buf *out, const struct days_in *in)
{
    const struct days_fault *fault = &in->fault;
    size_t which = 0;
    while (which < FAULTS && faults[which] != fault->what)
        which++;
    wire_put_u8(out, in->no_memory ? NO_MEMORY : fault->what != T_nothing ? FAULT : FOUND);
    if (!in->no_memory && fault->what != T_nothing) {
        wire_put_u8(out, (uint8_t)which);
        wire_put_u32(out, (uint32_t)fault->line);
        put_cut(out, fault->uid);
    } else if (!in->no_memory) {
        wire_put_u32(out, (uint32_t)in->count);
        for (size_t i = 0; i < in->count; i++)
            put_entry(out, &in->entry[i]);
    }
}

void days_wire_put_options(struct buf *out, const struct days_in_options *options)
{
    wire_put_i64(out, options->utc_offset);
    wire_put_i64(out, options->upto);
    wire_put_str(out, options->agency);
}

/* ---- in ---- */

static struct str take_cut(struct wire *w, struct arena *arena)
{
    struct str text = wire_str(w);
    if (text.n > DAYS_WIRE_TEXT || !text_is_utf8(text))
        wire_fail(w);
    return w->fault ? STR_NONE : arena_str(arena, text);
}

/* As it may be stored, so that it can go into the journal as it is. */
static struct str take_clean(struct wire *w, struct arena *arena, bool may_be_absent)
{
    struct str text = wire_str(w);
    struct buf clean = BUF_INIT;
    bool sound =
        !text.n ? may_be_absent
                : text_clean(text, TEXT_LINE, TEXT_MAX, &clean) == TEXT_OK && str_eq(buf_str(&clean), text);
    buf_release(&clean);
    if (!sound)
        wire_fail(w);
    return w->fault ? STR_NONE : arena_str(arena, text);
}

static bool is_in_years(int32_t day)
{
    return day >= civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1) && day <= civil_from_ymd(CIVIL_LAST_YEAR, 12, 31);
}

/* What was not taken may be of any year, or of none. */
static bool is_a_day(int32_t day)
{
    return day == NO_DAY || (day >= civil_from_ymd(1, 1, 1) && day <= civil_from_ymd(9999, 12, 31));
}

static struct days_entry take_entry(struct wire *w, struct arena *arena, size_t lines)
{
    struct days_entry e = {.skip = (enum days_skip)wire_u8(w)};
    e.line = wire_u32(w);
    e.day.day = wire_i32(w);
    e.day.kind = (enum day_kind)wire_u8(w);
    bool taken = e.skip == DAYS_TAKEN;
    e.day.name = taken ? take_clean(w, arena, false) : take_cut(w, arena);
    e.day.document = take_clean(w, arena, true);
    e.uid = take_cut(w, arena);
    e.zone = take_cut(w, arena);
    if (e.skip >= DAYS_SKIPS || e.line < 1 || e.line > lines)
        wire_fail(w);
    if (taken && (!is_in_years(e.day.day) || e.day.kind < DAY_OFF || e.day.kind > DAY_CLOSED))
        wire_fail(w);
    if (!taken && (!is_a_day(e.day.day) || e.day.kind || e.day.document.n))
        wire_fail(w);
    return e;
}

static void take_fault(struct days_in *in, struct wire *w, size_t lines)
{
    uint8_t which = wire_u8(w);
    size_t line = wire_u32(w);
    struct str uid = take_cut(w, &in->text);
    if (which >= FAULTS || line < 1 || line > lines)
        wire_fail(w);
    if (!w->fault)
        days_in_fail(in, faults[which], line, uid);
}

static void take_found(struct days_in *in, struct wire *w, size_t lines)
{
    size_t count = wire_u32(w), taken = 0;
    for (size_t i = 0; i < count && !w->fault && !in->no_memory; i++) {
        struct days_entry e = take_entry(w, &in->text, lines);
        taken += e.skip == DAYS_TAKEN;
        if (taken > DAYS_IN_MOST)
            wire_fail(w);
        if (!w->fault)
            days_in_add(in, &e);
    }
}

bool days_wire_take(struct days_in *in, struct str bytes, size_t lines)
{
    struct wire w = wire_of(bytes);
    *in = (struct days_in){.text = ARENA_INIT};
    switch (wire_u8(&w)) {
    case FOUND: take_found(in, &w, lines); break;
    case FAULT: take_fault(in, &w, lines); break;
    case NO_MEMORY: days_in_no_memory(in); break;
    default: wire_fail(&w);
    }
    in->no_memory = in->no_memory || in->text.failed;
    return !in->no_memory && !w.fault && !wire_more(&w);
}

bool days_wire_take_options(struct str bytes, struct days_in_options *out)
{
    struct wire w = wire_of(bytes);
    out->utc_offset = wire_i32(&w);
    out->upto = wire_i32(&w);
    out->agency = wire_str(&w);
    return !w.fault && !wire_more(&w) && out->utc_offset < OFFSET_MOST && out->utc_offset > -OFFSET_MOST &&
           is_in_years(out->upto);
}
