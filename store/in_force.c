#include "store/in_force.h"

#include "store/bytes.h"
#include <stdlib.h>

/* What an event can supersede. Fields have no event of their own: the last procedure that named one keeps its
 * name alive, even when that procedure has moved to another field since. A day that was put or removed is one
 * thing: the last of the two holds. */
enum what {
    WHAT_IDENTITY = 'i',
    WHAT_OFFICER = 'o',
    WHAT_PROCEDURE = 'p',
    WHAT_FIELD = 'f',
    WHAT_DAY = 'd',
    WHAT_YEARS = 'y',
    WHAT_SETTING = 's',
    WHAT_HOURS = 'h',
    WHAT_STEPS = 'q',
};

static size_t numbered(struct key *key, enum what what, uint64_t number)
{
    key->n = 0;
    key_add(key, what, 1);
    key_add(key, number, 8);
    return 1;
}

static size_t setting_key(struct key *key, struct str name)
{
    key->n = 0;
    key_add(key, WHAT_SETTING, 1);
    if (name.n == 0 || name.n > sizeof key->b - key->n)
        return IN_FORCE_NEVER;
    memcpy(key->b + key->n, name.p, name.n);
    key->n += name.n;
    return 1;
}

/* By code and case, as they are written: whoever puts them takes both from the catalogue. */
static size_t steps_key(struct key *key, struct str code, struct str kase)
{
    key->n = 0;
    key_add(key, WHAT_STEPS, 1);
    if (code.n == 0 || code.n + kase.n + 1 > sizeof key->b - key->n)
        return IN_FORCE_NEVER;
    memcpy(key->b + key->n, code.p, code.n);
    key->n += code.n;
    key->b[key->n++] = '#';
    if (kase.n)
        memcpy(key->b + key->n, kase.p, kase.n);
    key->n += kase.n;
    return 1;
}

size_t in_force_keys(struct key key[IN_FORCE_KEYS], const struct event *e)
{
    switch (e->kind) {
    case EVENT_FOUNDED: return numbered(key, WHAT_IDENTITY, 0);
    case EVENT_OFFICER_PUT: return numbered(key, WHAT_OFFICER, e->officer.number);
    case EVENT_PROCEDURE_PUT:
        return numbered(key, WHAT_PROCEDURE, e->procedure.number) +
               numbered(key + 1, WHAT_FIELD, e->procedure.field_number);
    case EVENT_DAY_PUT: return numbered(key, WHAT_DAY, sortable(e->day.day));
    case EVENT_DAY_REMOVED: return numbered(key, WHAT_DAY, sortable(e->removed.day));
    case EVENT_YEARS_KNOWN: return numbered(key, WHAT_YEARS, 0);
    case EVENT_SETTING_PUT: return setting_key(key, e->setting.key);
    case EVENT_HOURS_PUT: return numbered(key, WHAT_HOURS, sortable(e->hours.from));
    case EVENT_STEPS_PUT: return steps_key(key, e->steps.code, e->steps.kase);
    case EVENT_CLOCK_ACCEPTED: return 0; /* the office is what it was */
    default: return IN_FORCE_NEVER;
    }
}

void in_force_put(struct txn *t, const struct event *e)
{
    struct key key[IN_FORCE_KEYS];
    unsigned char value[8];
    size_t count = in_force_keys(key, e);
    if (count == IN_FORCE_NEVER) {
        txn_damaged(t, T_core_damage_office_event);
        return;
    }
    put_be(value, e->seq, 8);
    for (size_t i = 0; i < count; i++)
        txn_put(t, TABLE_OFFICE, key_str(&key[i]), bytes_str(value, sizeof value));
}

static int by_seq(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The event of this number; where the entry after the last one is it, as in a catalogue, a step leads there.
 */
static bool event_along(struct cursor *c, uint64_t seq, struct event *out)
{
    struct key key;
    struct str wanted = key_u64(&key, seq);
    if (!(c->key.n && cursor_next(c) && str_eq(c->key, wanted)))
        cursor_seek(c, wanted);
    bool found = str_eq(c->key, wanted) && c->value.n >= STORE_HASH &&
                 event_decode(str_from(c->value, STORE_HASH), out);
    out->seq = seq;
    return found || journal_event(c->txn, seq, out); /* which says what is wrong */
}

/* An office of these events, given in order; the same one twice in a row counts once. */
static struct office *office_of(struct txn *t, const uint64_t *seq, size_t count)
{
    struct office *office = txn_ok(t) ? office_new() : NULL;
    bool whole = office != NULL;
    struct cursor c;
    cursor_open(&c, t, TABLE_JOURNAL);
    for (size_t i = 0; i < count && whole && txn_ok(t); i++) {
        struct event e;
        if ((i == 0 || seq[i] != seq[i - 1]) && event_along(&c, seq[i], &e))
            whole = office_apply(office, &e);
    }
    cursor_close(&c);
    if (whole && txn_ok(t))
        return office;
    txn_no_memory(t);
    office_free(office);
    return NULL;
}

/* How many there are the table says itself, and is not believed. */
struct seqs {
    uint64_t *seq;
    size_t count, cap;
};

static bool seqs_add(struct seqs *s, uint64_t seq)
{
    if (s->count == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 256;
        uint64_t *more = realloc(s->seq, cap * sizeof *more);
        if (!more)
            return false;
        s->seq = more;
        s->cap = cap;
    }
    s->seq[s->count++] = seq;
    return true;
}

struct office *in_force_load(struct txn *t)
{
    struct seqs s = {0};
    struct cursor c;
    uint64_t count = txn_count(t, TABLE_OFFICE);
    cursor_open(&c, t, TABLE_OFFICE);
    for (bool on = cursor_first(&c); on; on = cursor_next(&c)) {
        if (c.value.n != 8)
            txn_damaged(t, table_label(TABLE_OFFICE));
        else if (!seqs_add(&s, get_be(str_bytes(c.value), 8)))
            txn_no_memory(t);
    }
    cursor_close(&c);
    if (s.count != count)
        txn_damaged(t, table_label(TABLE_OFFICE));
    if (s.count)
        qsort(s.seq, s.count, sizeof *s.seq, by_seq);
    struct office *office = office_of(t, s.seq, s.count);
    free(s.seq);
    return office;
}

struct office *in_force_load_at(struct txn *t, uint64_t last, uint64_t upto)
{
    struct chain chain = {0};
    struct office *office = NULL;
    if (chain_load(&chain, t, 0, last, upto))
        office = office_of(t, chain.seq, chain.count);
    chain_release(&chain);
    return office;
}

bool in_force_adopt(struct store *s, struct txn *t, uint64_t office_seq)
{
    if (s->office && s->office_seq == office_seq)
        return true;
    office_free(s->office);
    s->office = office_seq ? in_force_load(t) : office_new();
    s->office_seq = office_seq;
    if (!s->office)
        txn_no_memory(t);
    return s->office != NULL;
}
