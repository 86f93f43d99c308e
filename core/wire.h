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

uint8_t wire_u8(struct wire *w);
uint16_t wire_u16(struct wire *w);
uint32_t wire_u32(struct wire *w);
uint64_t wire_u64(struct wire *w);
int64_t wire_i64(struct wire *w);
/* One byte, 0 or 1; any other is a fault: nothing is written so. */
bool wire_bool(struct wire *w);
/* Of the width of wire_i64; what 32 bits do not hold is a fault, and 0. */
int32_t wire_i32(struct wire *w);
/* A string with a 32-bit length. */
struct str wire_str(struct wire *w);
/* Are there bytes left? A record written by an older program ends early: what it lacks has its default. */
static inline bool wire_more(const struct wire *w)
{
    return !w->fault && w->at < w->end;
}

void wire_put_u8(struct buf *b, uint8_t v);
void wire_put_u16(struct buf *b, uint16_t v);
void wire_put_u32(struct buf *b, uint32_t v);
void wire_put_u64(struct buf *b, uint64_t v);
void wire_put_i64(struct buf *b, int64_t v);
void wire_put_str(struct buf *b, struct str s);

/* A list of strings packed into one str: each with a 32-bit length. */
void wire_list_add(struct buf *list, struct str item);
/* Steps through a packed list: false at its end (or at damage). Start with *at = 0. */
bool wire_list_next(struct str list, size_t *at, struct str *item);

#endif
