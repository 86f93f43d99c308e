#include "store/tally.h"

#include "store/bytes.h"

/* Four counts, in this order for ever within a layout. */
enum { TALLY_BYTES = 4 * 8 };

static bool unpack(struct txn *t, struct str value, struct tally *out)
{
    if (value.n != TALLY_BYTES) {
        txn_damaged(t, table_label(TABLE_TALLY));
        return false;
    }
    const unsigned char *p = str_bytes(value);
    *out = (struct tally){get_be(p, 8), get_be(p + 8, 8), get_be(p + 16, 8), get_be(p + 24, 8)};
    return true;
}

int tally_month_of(civil_minute t)
{
    struct civil c = civil_to_ymd(civil_day_of(t));
    return tally_month(c.year, c.month);
}

void tally_add(struct txn *t, civil_minute received, uint16_t field, const struct tally *more)
{
    struct key key = {.n = 0};
    key_add(&key, (uint64_t)tally_month_of(received), 3);
    key_add(&key, field, 2);
    struct tally sum = {0};
    struct str value;
    if (txn_get(t, TABLE_TALLY, key_str(&key), &value) && !unpack(t, value, &sum))
        return;
    tally_plus(&sum, more);
    unsigned char bytes[TALLY_BYTES];
    put_be(bytes, sum.received, 8);
    put_be(bytes + 8, sum.solved, 8);
    put_be(bytes + 16, sum.late_statutory, 8);
    put_be(bytes + 24, sum.late_promised, 8);
    txn_put(t, TABLE_TALLY, key_str(&key), bytes_str(bytes, sizeof bytes));
}

void tally_sum(struct txn *t, int from, int to, struct tally *out)
{
    *out = (struct tally){0};
    struct key key = {.n = 0};
    key_add(&key, from < 0 ? 0 : (uint64_t)from, 3);
    struct cursor c;
    cursor_open(&c, t, TABLE_TALLY);
    for (bool on = cursor_seek(&c, key_str(&key)); on; on = cursor_next(&c)) {
        struct tally one;
        if (c.key.n != 5 || (int)get_be(str_bytes(c.key), 3) > to || !unpack(t, c.value, &one))
            break;
        tally_plus(out, &one);
    }
    cursor_close(&c);
}
