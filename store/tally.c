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

struct tally tally_of(const struct dossier *d)
{
    if (!d->facts.id || d->facts.ended_how == ENDED_VOID)
        return (struct tally){0};
    bool solved = d->facts.ended_how != ENDED_NOT;
    return (struct tally){
        .received = 1,
        .solved = solved,
        .late_statutory = solved && d->late.statutory > 0,
        .late_promised = solved && d->late.promised > 0,
    };
}

static bool is_nothing(const struct tally *one)
{
    return !one->received; /* which all the rest needs */
}

static bool counts_alike(const struct dossier *a, const struct dossier *b)
{
    struct tally x = tally_of(a), y = tally_of(b);
    if (is_nothing(&x) && is_nothing(&y))
        return true;
    return x.received == y.received && x.solved == y.solved && x.late_statutory == y.late_statutory &&
           x.late_promised == y.late_promised && a->facts.field == b->facts.field &&
           tally_month_of(a->facts.received) == tally_month_of(b->facts.received);
}

static void change(struct txn *t, const struct dossier *d,
                   void by(struct tally *sum, const struct tally *one))
{
    struct tally one = tally_of(d), sum = {0};
    if (is_nothing(&one))
        return;
    struct key key = {.n = 0};
    key_add(&key, (uint64_t)tally_month_of(d->facts.received), 3);
    key_add(&key, d->facts.field, 2);
    struct str value;
    if (txn_get(t, TABLE_TALLY, key_str(&key), &value) && !unpack(t, value, &sum))
        return;
    by(&sum, &one);
    unsigned char bytes[TALLY_BYTES];
    put_be(bytes, sum.received, 8);
    put_be(bytes + 8, sum.solved, 8);
    put_be(bytes + 16, sum.late_statutory, 8);
    put_be(bytes + 24, sum.late_promised, 8);
    txn_put(t, TABLE_TALLY, key_str(&key), bytes_str(bytes, sizeof bytes));
}

void tally_move(struct txn *t, const struct dossier *before, const struct dossier *after)
{
    if (counts_alike(before, after))
        return;
    change(t, before, tally_minus);
    change(t, after, tally_plus);
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
