/* wire: the bytes of journal entries and records. Integers big-endian, strings and lists length-prefixed.
 *
 * Writing goes to a buf. Reading goes through a cursor with an end and a sticky fault: a read past the end
 * sets `fault` and gives 0 or an absent string, and so does everything after it; look once, at the end.
 * Strings read are borrowed from the bytes read. */
#ifndef MOTCUA_CORE_WIRE_H
#define MOTCUA_CORE_WIRE_H

#include "core/buf.h"

struct wire {
    const unsigned char *at, *end;
    bool fault;
};

static inline struct wire wire_of(struct str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    return (struct wire){p, p ? p + bytes.n : p, false};
}

/* What was read is not what was written: a fault, and nothing is left to read. */
static inline void wire_fail(struct wire *w)
{
    w->fault = true;
    w->end = w->at;
}

/* The next n bytes, or NULL once something was read past the end. Here, like the integers, since records and
 * entries are made of little else. */
static inline const unsigned char *wire_take(struct wire *w, size_t n)
{
    const unsigned char *p = w->at;
    if ((size_t)(w->end - p) < n) {
        wire_fail(w);
        return NULL;
    }
    if (n)
        w->at = p + n;
    return p;
}

static inline uint8_t wire_u8(struct wire *w)
{
    const unsigned char *p = wire_take(w, 1);
    return p ? p[0] : 0;
}

static inline uint16_t wire_u16(struct wire *w)
{
    const unsigned char *p = wire_take(w, 2);
    return p ? (uint16_t)(p[0] << 8 | p[1]) : 0;
}

static inline uint32_t wire_u32(struct wire *w)
{
    const unsigned char *p = wire_take(w, 4);
    return p ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3] : 0;
}

static inline uint64_t wire_u64(struct wire *w)
{
    const unsigned char *p = wire_take(w, 8);
    return p ? (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 | (uint64_t)p[3] << 32 |
                   (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 | (uint64_t)p[6] << 8 | p[7]
             : 0;
}

static inline int64_t wire_i64(struct wire *w)
{
    uint64_t v = wire_u64(w);
    int64_t signed_v;
    memcpy(&signed_v, &v, sizeof v); /* two's complement, as int64_t always is */
    return signed_v;
}

/* One byte, 0 or 1; any other is a fault: nothing is written so. */
static inline bool wire_bool(struct wire *w)
{
    uint8_t v = wire_u8(w);
    if (v > 1)
        wire_fail(w);
    return v;
}

/* Of the width of wire_i64; what 32 bits do not hold is a fault, and 0. */
static inline int32_t wire_i32(struct wire *w)
{
    int64_t v = wire_i64(w);
    if (v >= INT32_MIN && v <= INT32_MAX)
        return (int32_t)v;
    wire_fail(w);
    return 0;
}

/* A string with a 32-bit length. */
static inline struct str wire_str(struct wire *w)
{
    size_t n = wire_u32(w);
    const unsigned char *p = wire_take(w, n);
    return p && n ? (struct str){(const char *)p, n} : STR_NONE;
}

/* Are there bytes left? A record written by an older program ends early: what it lacks has its default. */
static inline bool wire_more(const struct wire *w)
{
    return !w->fault && w->at < w->end;
}

static inline void wire_put_u8(struct buf *b, uint8_t v)
{
    unsigned char *p = buf_more(b, 1);
    if (p)
        p[0] = v;
}

static inline void wire_put_u16(struct buf *b, uint16_t v)
{
    unsigned char *p = buf_more(b, 2);
    if (!p)
        return;
    p[0] = (unsigned char)(v >> 8);
    p[1] = (unsigned char)v;
}

static inline void wire_store_u32(unsigned char p[4], uint32_t v)
{
    p[0] = (unsigned char)(v >> 24);
    p[1] = (unsigned char)(v >> 16);
    p[2] = (unsigned char)(v >> 8);
    p[3] = (unsigned char)v;
}

static inline void wire_put_u32(struct buf *b, uint32_t v)
{
    unsigned char *p = buf_more(b, 4);
    if (p)
        wire_store_u32(p, v);
}

static inline void wire_put_u64(struct buf *b, uint64_t v)
{
    unsigned char *p = buf_more(b, 8);
    if (!p)
        return;
    wire_store_u32(p, (uint32_t)(v >> 32));
    wire_store_u32(p + 4, (uint32_t)v);
}

static inline void wire_put_i64(struct buf *b, int64_t v)
{
    wire_put_u64(b, (uint64_t)v);
}

void wire_put_str(struct buf *b, struct str s);

/* A list of strings packed into one str: each with a 32-bit length. */
void wire_list_add(struct buf *list, struct str item);
/* Steps through a packed list: false at its end (or at damage). Start with *at = 0. */
bool wire_list_next(struct str list, size_t *at, struct str *item);

#endif
