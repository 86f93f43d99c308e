#include "store/ordered.h"

#include "store/bytes.h"

void ordered_open(struct ordered *o, struct txn *t, enum table table)
{
    *o = (struct ordered){.table = table};
    cursor_open(&o->cursor, t, table);
}

/* LMDB's pages are of this size at least, and begin at multiples of it. */
static bool on_one_page(struct str a, struct str b)
{
    return ((uintptr_t)a.p ^ (uintptr_t)b.p) < 4096;
}

static bool is_found(const struct ordered *o, struct str key, struct str value)
{
    struct str got;
    return txn_get(o->cursor.txn, o->table, key, &got) && got.p == value.p && got.n == value.n;
}

bool ordered_next(struct ordered *o)
{
    struct str key = o->key, value = o->value;
    bool on = o->wrong ? false : key.p ? cursor_next(&o->cursor) : cursor_first(&o->cursor);
    bool first = on && !(key.p && on_one_page(key, o->cursor.key));
    if ((key.p && !on && !is_found(o, key, value)) || (on && key.p && str_cmp(key, o->cursor.key) >= 0))
        o->wrong = true;
    if (!on || o->wrong)
        return false;
    o->key = o->cursor.key;
    o->value = o->cursor.value;
    o->met++;
    if (first && !is_found(o, o->key, o->value))
        o->wrong = true;
    return !o->wrong;
}

bool ordered_number(struct ordered *o, uint64_t number)
{
    return ordered_next(o) && o->key.n == 8 && get_be(str_bytes(o->key), 8) == number;
}

bool ordered_close(struct ordered *o)
{
    bool whole = !o->wrong && !ordered_next(o) && !o->wrong && txn_ok(o->cursor.txn) &&
                 txn_count(o->cursor.txn, o->table) == o->met;
    cursor_close(&o->cursor);
    return whole;
}
