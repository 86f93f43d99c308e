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

static void put_seq(struct txn *t, const struct key *key, uint64_t seq)
{
    unsigned char value[8];
    put_be(value, seq, 8);
    txn_put(t, TABLE_OFFICE, key_str(key), bytes_str(value, sizeof value));
}

static void put(struct txn *t, enum what what, uint64_t number, uint64_t seq)
{
    struct key key = {.n = 0};
    key_add(&key, what, 1);
    key_add(&key, number, 8);
    put_seq(t, &key, seq);
}

static void put_setting(struct txn *t, struct str name, uint64_t seq)
{
    struct key key = {.n = 0};
    key_add(&key, WHAT_SETTING, 1);
    if (name.n == 0 || name.n > sizeof key.b - key.n) {
        txn_damaged(t, T_core_damage_office_event);
        return;
    }
    memcpy(key.b + key.n, name.p, name.n);
    key.n += name.n;
    put_seq(t, &key, seq);
}

/* By code and case, as they are written: whoever puts them takes both from the catalogue. */
static void put_steps(struct txn *t, const struct event *e)
{
    struct key key = {.n = 0};
    key_add(&key, WHAT_STEPS, 1);
    if (e->steps.code.n == 0 || e->steps.code.n + e->steps.kase.n + 1 > sizeof key.b - key.n) {
        txn_damaged(t, T_core_damage_office_event);
        return;
    }
    memcpy(key.b + key.n, e->steps.code.p, e->steps.code.n);
    key.n += e->steps.code.n;
    key.b[key.n++] = '#';
    if (e->steps.kase.n)
        memcpy(key.b + key.n, e->steps.kase.p, e->steps.kase.n);
    key.n += e->steps.kase.n;
    put_seq(t, &key, e->seq);
}

void in_force_put(struct txn *t, const struct event *e)
{
    switch (e->kind) {
    case EVENT_FOUNDED: put(t, WHAT_IDENTITY, 0, e->seq); break;
    case EVENT_OFFICER_PUT: put(t, WHAT_OFFICER, e->officer.number, e->seq); break;
    case EVENT_PROCEDURE_PUT:
        put(t, WHAT_PROCEDURE, e->procedure.number, e->seq);
        put(t, WHAT_FIELD, e->procedure.field_number, e->seq);
        break;
    case EVENT_DAY_PUT: put(t, WHAT_DAY, sortable(e->day.day), e->seq); break;
    case EVENT_DAY_REMOVED: put(t, WHAT_DAY, sortable(e->removed.day), e->seq); break;
    case EVENT_YEARS_KNOWN: put(t, WHAT_YEARS, 0, e->seq); break;
    case EVENT_SETTING_PUT: put_setting(t, e->setting.key, e->seq); break;
    case EVENT_HOURS_PUT: put(t, WHAT_HOURS, sortable(e->hours.from), e->seq); break;
    case EVENT_STEPS_PUT: put_steps(t, e); break;
    case EVENT_CLOCK_ACCEPTED: break; /* the office is what it was */
    default: txn_damaged(t, T_core_damage_office_event); break;
    }
}

static int by_seq(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* An office of these events, given in order; the same one twice in a row counts once. */
static struct office *office_of(struct txn *t, const uint64_t *seq, size_t count)
{
    struct office *office = txn_ok(t) ? office_new() : NULL;
    bool whole = office != NULL;
    for (size_t i = 0; i < count && whole && txn_ok(t); i++) {
        struct event e;
        if ((i == 0 || seq[i] != seq[i - 1]) && journal_event(t, seq[i], &e))
            whole = office_apply(office, &e);
    }
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
