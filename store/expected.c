#include "store/expected.h"

#include "store/ordered.h"
#include <stdlib.h>

struct expected_entry {
    size_t key, value; /* how many bytes of each */
    char bytes[];
};

static struct str key_of(const struct expected_entry *e)
{
    return (struct str){e->bytes, e->key};
}

static struct str value_of(const struct expected_entry *e)
{
    return (struct str){e->bytes + e->key, e->value};
}

void expected_release(struct expected *x)
{
    for (size_t i = 0; i < x->cap; i++)
        free(x->slot[i]);
    free(x->slot);
    *x = (struct expected){0};
}

/* FNV-1a. */
static uint64_t hash_of(struct str key)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * UINT64_C(0x100000001B3);
    return h ^ h >> 32;
}

/* The slot of a key, or the empty one where it belongs; the table is never full. */
static struct expected_entry **slot_of(const struct expected *x, struct str key)
{
    size_t i = (size_t)hash_of(key) & (x->cap - 1);
    while (x->slot[i] && !str_eq(key_of(x->slot[i]), key))
        i = (i + 1) & (x->cap - 1);
    return &x->slot[i];
}

static bool make_room(struct expected *x)
{
    if (x->count * 2 < x->cap)
        return true;
    struct expected bigger = *x;
    bigger.cap = x->cap ? x->cap * 2 : 64;
    bigger.slot = calloc(bigger.cap, sizeof *bigger.slot);
    if (!bigger.slot)
        return false;
    for (size_t i = 0; i < x->cap; i++)
        if (x->slot[i])
            *slot_of(&bigger, key_of(x->slot[i])) = x->slot[i];
    free(x->slot);
    *x = bigger;
    return true;
}

bool expected_get(const struct expected *x, struct str key, struct str *value)
{
    const struct expected_entry *e = x->cap ? *slot_of(x, key) : NULL;
    if (e)
        *value = value_of(e);
    return e != NULL;
}

static struct expected_entry *new_entry(struct str key, struct str value)
{
    struct expected_entry *e = malloc(sizeof *e + key.n + value.n);
    if (!e)
        return NULL;
    e->key = key.n;
    e->value = value.n;
    if (key.n)
        memcpy(e->bytes, key.p, key.n);
    if (value.n)
        memcpy(e->bytes + key.n, value.p, value.n);
    return e;
}

void expected_put(struct expected *x, struct str key, struct str value)
{
    struct expected_entry **slot = make_room(x) ? slot_of(x, key) : NULL;
    if (slot && *slot && (*slot)->value == value.n) {
        if (value.n)
            memcpy((*slot)->bytes + (*slot)->key, value.p, value.n);
        return;
    }
    struct expected_entry *e = slot ? new_entry(key, value) : NULL;
    if (!e) {
        x->failed = true;
        return;
    }
    x->count += !*slot;
    free(*slot);
    *slot = e;
}

bool expected_is_stored(const struct expected *x, struct txn *t, enum table table, bool skip(struct str key))
{
    struct ordered o;
    struct str value;
    size_t met = 0;
    bool same = !x->failed;
    ordered_open(&o, t, table);
    while (same && ordered_next(&o)) {
        if (skip && skip(o.key))
            continue;
        same = expected_get(x, o.key, &value) && str_eq(value, o.value);
        met++;
    }
    return ordered_close(&o) && same && met == x->count;
}
