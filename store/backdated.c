#include "store/backdated.h"

#include "core/wire.h"
#include "store/bytes.h"

void backdated_tail_add(struct backdated_tail *tail, const struct event *e, int utc_offset)
{
    struct backdated b;
    if (!backdated_of(e, utc_offset, &b))
        return;
    struct buf row = BUF_INIT;
    backdated_encode(&row, &b);
    wire_put_u64(&tail->rows, b.seq);
    wire_put_str(&tail->rows, buf_str(&row));
    tail->rows.failed = tail->rows.failed || row.failed;
    buf_release(&row);
}

void backdated_tail_flush(struct backdated_tail *tail, struct txn *t)
{
    if (tail->rows.failed)
        txn_no_memory(t);
    struct wire w = wire_of(buf_str(&tail->rows));
    while (wire_more(&w) && txn_ok(t)) {
        struct key key;
        uint64_t seq = wire_u64(&w);
        txn_append(t, TABLE_BACKDATED, key_u64(&key, seq), wire_str(&w));
    }
    buf_reset(&tail->rows);
}

void backdated_tail_release(struct backdated_tail *tail)
{
    buf_release(&tail->rows);
}

static bool read_row(const struct cursor *c, struct backdated *out)
{
    if (c->key.n != 8 || !backdated_decode(c->value, out))
        return false;
    out->seq = get_be(str_bytes(c->key), 8);
    return true;
}

void backdated_walk(struct txn *t, uint64_t from, uint64_t upto, backdated_visit *each, void *arg)
{
    struct cursor c;
    struct key key;
    cursor_open(&c, t, TABLE_BACKDATED);
    for (bool on = cursor_seek(&c, key_u64(&key, from)); on; on = on && cursor_next(&c)) {
        struct backdated b;
        if (!read_row(&c, &b)) {
            txn_damaged(t, table_label(TABLE_BACKDATED));
            break;
        }
        on = b.seq <= upto && each(arg, &b);
    }
    cursor_close(&c);
}
