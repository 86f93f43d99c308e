#include "store/tally.h"

#include "store/bytes.h"
#include "store/ordered.h"

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
    const struct facts *f = &a->facts, *g = &b->facts;
    if (f->id == g->id && f->ended_how == g->ended_how && f->received == g->received &&
        f->field == g->field && a->late.statutory == b->late.statutory &&
        a->late.promised == b->late.promised)
        return true; /* as after nearly every act */
    struct tally x = tally_of(a), y = tally_of(b);
    if (is_nothing(&x) && is_nothing(&y))
        return true;
    return x.received == y.received && x.solved == y.solved && x.late_statutory == y.late_statutory &&
           x.late_promised == y.late_promised && a->facts.field == b->facts.field &&
           (a->facts.received == b->facts.received ||
            tally_month_of(a->facts.received) == tally_month_of(b->facts.received));
}

/* ---- changing ---- */

enum { FIELD_BITS = 16, RECEIVED = 0, SOLVED, LATE_STATUTORY, LATE_PROMISED };

void tallies_init(struct tallies *s, struct txn *t)
{
    *s = (struct tallies){.txn = t};
}

void tallies_release(struct tallies *s)
{
    gathered_release(&s->change);
}

static struct tally tally_in(const struct gathered_row *row)
{
    return (struct tally){row->n[RECEIVED], row->n[SOLVED], row->n[LATE_STATUTORY], row->n[LATE_PROMISED]};
}

static void change(struct tallies *s, const struct dossier *d,
                   void by(struct tally *sum, const struct tally *one))
{
    struct tally one = tally_of(d);
    if (is_nothing(&one))
        return;
    uint64_t month = (uint64_t)tally_month_of(d->facts.received);
    struct gathered_row *row = gathered_get(&s->change, month << FIELD_BITS | d->facts.field);
    if (!row) {
        txn_no_memory(s->txn);
        return;
    }
    struct tally sum = tally_in(row);
    by(&sum, &one);
    row->n[RECEIVED] = sum.received;
    row->n[SOLVED] = sum.solved;
    row->n[LATE_STATUTORY] = sum.late_statutory;
    row->n[LATE_PROMISED] = sum.late_promised;
}

void tally_move(struct tallies *s, const struct dossier *before, const struct dossier *after)
{
    if (counts_alike(before, after))
        return;
    change(s, before, tally_minus);
    change(s, after, tally_plus);
}

static void row_key(struct key *key, const struct gathered_row *row)
{
    key->n = 0;
    key_add(key, row->key >> FIELD_BITS, 3);
    key_add(key, row->key & UINT16_MAX, 2);
}

static void pack(unsigned char bytes[TALLY_BYTES], const struct tally *sum)
{
    put_be(bytes, sum->received, 8);
    put_be(bytes + 8, sum->solved, 8);
    put_be(bytes + 16, sum->late_statutory, 8);
    put_be(bytes + 24, sum->late_promised, 8);
}

static void write_row(struct txn *t, const struct gathered_row *row)
{
    struct key key;
    struct str value;
    struct tally sum = {0}, by = tally_in(row);
    row_key(&key, row);
    if (txn_get(t, TABLE_TALLY, key_str(&key), &value) && !unpack(t, value, &sum))
        return;
    tally_plus(&sum, &by);
    unsigned char bytes[TALLY_BYTES];
    pack(bytes, &sum);
    txn_put(t, TABLE_TALLY, key_str(&key), bytes_str(bytes, sizeof bytes));
}

void tallies_flush(struct tallies *s)
{
    size_t n = gathered_sort(&s->change);
    for (size_t i = 0; i < n; i++)
        write_row(s->txn, &s->change.row[i]);
    gathered_forget(&s->change);
}

bool tallies_are_stored(struct tallies *s)
{
    struct ordered o;
    size_t n = gathered_sort(&s->change), i = 0;
    bool same = true;
    ordered_open(&o, s->txn, TABLE_TALLY);
    for (; same && i < n; i++) {
        struct key key;
        struct tally sum = tally_in(&s->change.row[i]);
        unsigned char bytes[TALLY_BYTES];
        row_key(&key, &s->change.row[i]);
        pack(bytes, &sum);
        same = ordered_next(&o) && str_eq(o.key, key_str(&key)) &&
               str_eq(o.value, bytes_str(bytes, sizeof bytes));
    }
    gathered_forget(&s->change);
    return ordered_close(&o) && same;
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
