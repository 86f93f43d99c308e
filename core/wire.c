#include "core/wire.h"

/* The next n bytes, or NULL once something was read past the end. */
static const unsigned char *take(struct wire *w, size_t n)
{
    if (w->fault || (size_t)(w->end - w->at) < n) {
        w->fault = true;
        return NULL;
    }
    const unsigned char *p = w->at;
    if (n)
        w->at += n;
    return p;
}

static uint64_t take_int(struct wire *w, size_t bytes)
{
    const unsigned char *p = take(w, bytes);
    uint64_t v = 0;
    for (size_t i = 0; p && i < bytes; i++)
        v = v << 8 | p[i];
    return v;
}

uint8_t wire_u8(struct wire *w)
{
    return (uint8_t)take_int(w, 1);
}

uint16_t wire_u16(struct wire *w)
{
    return (uint16_t)take_int(w, 2);
}

uint32_t wire_u32(struct wire *w)
{
    return (uint32_t)take_int(w, 4);
}

uint64_t wire_u64(struct wire *w)
{
    return take_int(w, 8);
}

int64_t wire_i64(struct wire *w)
{
    uint64_t v = take_int(w, 8);
    int64_t signed_v;
    memcpy(&signed_v, &v, sizeof v); /* two's complement, as int64_t always is */
    return signed_v;
}

bool wire_bool(struct wire *w)
{
    uint8_t v = wire_u8(w);
    if (v > 1)
        w->fault = true;
    return v;
}

int32_t wire_i32(struct wire *w)
{
    int64_t v = wire_i64(w);
    if (v < INT32_MIN || v > INT32_MAX) {
        w->fault = true;
        return 0;
    }
    return (int32_t)v;
}

struct str wire_str(struct wire *w)
{
    size_t n = wire_u32(w);
    const unsigned char *p = take(w, n);
    return p && n ? (struct str){(const char *)p, n} : STR_NONE;
}

static void put_int(struct buf *b, uint64_t v, size_t bytes)
{
    unsigned char out[8];
    for (size_t i = bytes; i-- > 0; v >>= 8)
        out[i] = (unsigned char)v;
    buf_add(b, out, bytes);
}

void wire_put_u8(struct buf *b, uint8_t v)
{
    put_int(b, v, 1);
}

void wire_put_u16(struct buf *b, uint16_t v)
{
    put_int(b, v, 2);
}

void wire_put_u32(struct buf *b, uint32_t v)
{
    put_int(b, v, 4);
}

void wire_put_u64(struct buf *b, uint64_t v)
{
    put_int(b, v, 8);
}

void wire_put_i64(struct buf *b, int64_t v)
{
    put_int(b, (uint64_t)v, 8);
}

void wire_put_str(struct buf *b, struct str s)
{
    if (s.n > UINT32_MAX) {
        b->failed = true;
        return;
    }
    wire_put_u32(b, (uint32_t)s.n);
    buf_add_str(b, s);
}

void wire_list_add(struct buf *list, struct str item)
{
    wire_put_str(list, item);
}

bool wire_list_next(struct str list, size_t *at, struct str *item)
{
    struct wire w = wire_of(str_from(list, *at));
    if (!wire_more(&w))
        return false;
    struct str s = wire_str(&w);
    if (w.fault)
        return false;
    *item = s;
    *at = (size_t)(w.at - (const unsigned char *)list.p);
    return true;
}
