#include "store/journal.h"

#include "core/wire.h"
#include "store/bytes.h"
#include <sodium.h>
#include <stdlib.h>

void journal_hash(unsigned char out[STORE_HASH], const unsigned char before[STORE_HASH], uint64_t seq,
                  struct str body)
{
    crypto_generichash_state state;
    unsigned char number[8];
    put_be(number, seq, 8);
    crypto_generichash_init(&state, NULL, 0, STORE_HASH);
    crypto_generichash_update(&state, before, STORE_HASH);
    crypto_generichash_update(&state, number, sizeof number);
    crypto_generichash_update(&state, str_bytes(body), body.n);
    crypto_generichash_final(&state, out, STORE_HASH);
}

/* ---- reading ---- */

static void entry_damaged(struct txn *t, uint64_t seq)
{
    txn_damaged_at(t, T_core_damage_entry, seq);
}

static bool entry_of(struct entry *out, uint64_t seq, struct str value)
{
    if (value.n < STORE_HASH)
        return false;
    *out = (struct entry){.seq = seq, .hash = str_bytes(value), .body = str_from(value, STORE_HASH)};
    return true;
}

bool journal_get(struct txn *t, uint64_t seq, struct entry *out)
{
    struct key key;
    struct str value;
    if (txn_get(t, TABLE_JOURNAL, key_u64(&key, seq), &value) && entry_of(out, seq, value))
        return true;
    entry_damaged(t, seq);
    return false;
}

bool journal_event(struct txn *t, uint64_t seq, struct event *out)
{
    struct entry e;
    if (!journal_get(t, seq, &e))
        return false;
    if (!event_decode(e.body, out)) {
        entry_damaged(t, seq);
        return false;
    }
    out->seq = seq;
    return true;
}

bool journal_clock(struct txn *t, uint64_t seq, struct event *out)
{
    if (!journal_event(t, seq, out))
        return false;
    if (out->kind == EVENT_CLOCK_ACCEPTED && out->clock.before < seq)
        return true;
    entry_damaged(t, seq);
    return false;
}

int64_t journal_written(struct txn *t, uint64_t clock, const struct event *e)
{
    int64_t written = e->recorded_at;
    struct event accepted;
    for (uint64_t seq = clock; seq > e->seq && journal_clock(t, seq, &accepted); seq = accepted.clock.before)
        if (accepted.recorded_at < written)
            written = accepted.recorded_at;
    return written;
}

/* Everything before a clock that was accepted by then counts as written by then. After the last such one,
 * every entry recorded by then stands before every one recorded later: a clock accepted later still, and what
 * follows it, was recorded later than was asked. */
uint64_t journal_at(struct txn *t, uint64_t head, uint64_t clock, int64_t utc_second)
{
    uint64_t low = 0, high = head; /* low: known to be early enough */
    for (uint64_t seq = clock; seq && !low;) {
        struct event accepted;
        if (!journal_clock(t, seq, &accepted))
            return 0;
        if (accepted.recorded_at <= utc_second)
            low = seq;
        seq = accepted.clock.before;
    }
    while (low < high) {
        uint64_t middle = high - (high - low) / 2;
        struct event e;
        if (!journal_event(t, middle, &e))
            return 0;
        if (e.recorded_at <= utc_second)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

bool journal_walk(struct txn *t, uint64_t from, uint64_t upto, entry_visit *each, void *arg)
{
    struct cursor c;
    struct key key;
    cursor_open(&c, t, TABLE_JOURNAL);
    uint64_t seq = from;
    bool there = cursor_seek(&c, key_u64(&key, from)), on = true;
    while (on && seq <= upto && txn_ok(t)) {
        struct entry e;
        if (!there || c.key.n != 8 || get_be(str_bytes(c.key), 8) != seq || !entry_of(&e, seq, c.value)) {
            entry_damaged(t, seq);
            break;
        }
        on = each(arg, &e);
        seq++;
        there = on && cursor_next(&c);
    }
    cursor_close(&c);
    return on && txn_ok(t);
}

/* ---- chains ---- */

static bool chain_add(struct chain *c, uint64_t seq)
{
    if (c->count == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 16;
        uint64_t *more = realloc(c->seq, cap * sizeof *more);
        if (!more)
            return false;
        c->seq = more;
        c->cap = cap;
    }
    c->seq[c->count++] = seq;
    return true;
}

bool chain_load(struct chain *c, struct txn *t, uint64_t dossier, uint64_t last, uint64_t upto)
{
    c->count = 0;
    for (uint64_t seq = last; seq;) {
        struct event e;
        if (!journal_event(t, seq, &e))
            return false;
        if (e.dossier != dossier || (dossier ? !event_is_dossier(e.kind) : !event_is_office(e.kind)) ||
            e.previous >= seq) {
            entry_damaged(t, seq);
            return false;
        }
        if (seq <= upto && !chain_add(c, seq)) {
            txn_no_memory(t);
            return false;
        }
        seq = e.previous;
    }
    for (size_t i = 0, j = c->count; i + 1 < j; i++) {
        uint64_t swap = c->seq[--j];
        c->seq[j] = c->seq[i];
        c->seq[i] = swap;
    }
    return txn_ok(t);
}

void chain_release(struct chain *c)
{
    free(c->seq);
    *c = (struct chain){0};
}

/* ---- writing ---- */

void journal_tail_add(struct journal_tail *tail, uint64_t seq, const unsigned char hash[STORE_HASH],
                      struct str body)
{
    if (tail->count == 0)
        tail->first = seq;
    wire_put_u32(&tail->values, (uint32_t)(STORE_HASH + body.n));
    buf_add(&tail->values, hash, STORE_HASH);
    buf_add_str(&tail->values, body);
    tail->count++;
}

void journal_tail_flush(struct journal_tail *tail, struct txn *t)
{
    if (tail->values.failed)
        txn_no_memory(t);
    if (tail->count == 0)
        return;
    struct wire w = wire_of(buf_str(&tail->values));
    struct cursor c;
    cursor_open(&c, t, TABLE_JOURNAL);
    for (size_t i = 0; i < tail->count && txn_ok(t); i++) {
        struct key key;
        struct str value = wire_str(&w);
        cursor_append(&c, key_u64(&key, tail->first + i), value);
    }
    cursor_close(&c);
    buf_reset(&tail->values);
    tail->count = 0;
}

void journal_tail_release(struct journal_tail *tail)
{
    buf_release(&tail->values);
    *tail = (struct journal_tail){0};
}
