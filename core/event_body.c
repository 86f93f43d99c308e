/* Events as the bytes of the journal. */
#include "core/event_payload.h"

/* The second has more at its end, where there is more to say (core/event_payload.h). A body of a higher one
 * is for a newer program. */
enum { EVENT_VERSION = 1, EVENT_VERSION_MORE = 2 };

void event_put_number(struct buf *b, struct yearly_number number)
{
    wire_put_u32(b, number.number);
    wire_put_u16(b, (uint16_t)number.year);
}

struct yearly_number event_take_number(struct wire *w)
{
    struct yearly_number n = {.number = wire_u32(w)};
    n.year = wire_u16(w);
    return n;
}

void event_encode(struct buf *out, const struct event *e)
{
    wire_put_u8(out, (uint8_t)e->kind);
    wire_put_u8(out, event_has_more(e) ? EVENT_VERSION_MORE : EVENT_VERSION);
    wire_put_u64(out, e->previous);
    wire_put_u64(out, e->dossier);
    wire_put_i64(out, e->recorded_at);
    wire_put_i64(out, e->at);
    wire_put_str(out, e->by);
    if (event_is_dossier(e->kind))
        event_put_life(out, e);
    else
        event_put_office(out, e);
    if (event_has_more(e))
        event_put_more(out, e);
}

static void set_u64(char *at, uint64_t v)
{
    for (int i = 7; i >= 0; i--, v >>= 8)
        at[i] = (char)(v & 0xFF);
}

bool event_place(char *body, size_t n, uint64_t previous, uint64_t dossier, int64_t recorded_at)
{
    enum { KIND_AND_VERSION = 2, NUMBER = 8, PLACE = KIND_AND_VERSION + 3 * NUMBER };
    if (n < PLACE)
        return false;
    set_u64(body + KIND_AND_VERSION, previous);
    set_u64(body + KIND_AND_VERSION + NUMBER, dossier);
    set_u64(body + KIND_AND_VERSION + 2 * NUMBER, (uint64_t)recorded_at);
    return true;
}

bool event_decode(struct str body, struct event *out)
{
    struct wire w = wire_of(body);
    struct event e = {.kind = wire_u8(&w)};
    uint8_t version = wire_u8(&w);
    if (version != EVENT_VERSION && version != EVENT_VERSION_MORE)
        return false;
    e.previous = wire_u64(&w);
    e.dossier = wire_u64(&w);
    e.recorded_at = wire_i64(&w);
    e.at = wire_i64(&w);
    e.by = wire_str(&w);
    if (event_is_dossier(e.kind))
        event_take_life(&w, &e);
    else
        event_take_office(&w, &e);
    if (version == EVENT_VERSION_MORE)
        event_take_more(&w, &e);
    if (w.fault || wire_more(&w))
        return false;
    *out = e;
    return true;
}
