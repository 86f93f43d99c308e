#include "core/wire.h"

void wire_put_str(struct buf *b, struct str s)
{
    if (s.n > UINT32_MAX) {
        b->failed = true;
        return;
    }
    unsigned char *p = buf_more(b, 4 + s.n);
    if (!p)
        return;
    wire_store_u32(p, (uint32_t)s.n);
    if (s.n)
        memcpy(p + 4, s.p, s.n);
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
