#include "store/record.h"

#include "store/bytes.h"

/* Room for a transfer, a result and a hand-over: a value that grows in a full page splits it in two. */
enum { HEAD_BYTES = 12, SPARE_BYTES = 48, ROUND_BYTES = 16 };

static void record_damaged(struct txn *t, uint64_t id)
{
    txn_damaged_at(t, T_core_damage_dossier, id);
}

bool record_read(struct txn *t, uint64_t id, struct record *out)
{
    struct key key;
    struct str value;
    if (!txn_get(t, TABLE_DOSSIER, key_u64(&key, id), &value))
        return false;
    if (record_of(value, out))
        return true;
    record_damaged(t, id);
    return false;
}

bool record_of(struct str value, struct record *out)
{
    size_t n = value.n >= HEAD_BYTES ? (size_t)get_be(str_bytes(value) + 8, 4) : SIZE_MAX;
    if (n > value.n - HEAD_BYTES || value.n < HEAD_BYTES)
        return false;
    *out = (struct record){
        .names = (uint32_t)get_be(str_bytes(value), 4),
        .numbers = (uint32_t)get_be(str_bytes(value) + 4, 4),
        .bytes = {value.p + HEAD_BYTES, n},
        .room = value.n,
    };
    return true;
}

bool record_holds(struct str value, const struct record *r)
{
    struct record is;
    if (!record_of(value, &is) || is.names != r->names || is.numbers != r->numbers ||
        !str_eq(is.bytes, r->bytes))
        return false;
    for (size_t i = HEAD_BYTES + is.bytes.n; i < value.n; i++)
        if (value.p[i])
            return false;
    return true;
}

void record_write(struct cursor *c, uint64_t id, const struct record *r, bool fresh)
{
    size_t need = HEAD_BYTES + r->bytes.n, room = r->room;
    if (need > room)
        room = (need + SPARE_BYTES + ROUND_BYTES - 1) / ROUND_BYTES * ROUND_BYTES;
    struct key key;
    unsigned char *at = cursor_room(c, key_u64(&key, id), room, fresh);
    if (!at)
        return;
    put_be(at, r->names, 4);
    put_be(at + 4, r->numbers, 4);
    put_be(at + 8, r->bytes.n, 4);
    memcpy(at + HEAD_BYTES, r->bytes.p, r->bytes.n);
    memset(at + need, 0, room - need);
}

bool record_dossier(struct txn *t, uint64_t id, struct dossier *out)
{
    struct record r;
    if (!record_read(t, id, &r))
        return false;
    if (dossier_decode(r.bytes, out) && out->facts.id == id)
        return true;
    record_damaged(t, id);
    return false;
}
