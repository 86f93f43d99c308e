#include "store/check_records.h"

#include "core/row.h"
#include "store/bytes.h"
#include "store/codes.h"
#include "store/live.h"
#include "store/record.h"

void check_records_begin(struct check_records *c, struct txn *t, const struct sum_key *key)
{
    *c = (struct check_records){.txn = t, .codes = {.key = key}};
    ordered_open(&c->records, t, TABLE_DOSSIER);
    ordered_open(&c->facts, t, TABLE_FACTS);
}

/* ---- facts ---- */

static bool facts_are_stored(struct check_records *c)
{
    bool same = ordered_number(&c->facts, facts_chunk(c->last)) &&
                str_eq(c->facts.value, bytes_str(c->chunk, CHUNK_BYTES));
    memset(c->chunk, 0, CHUNK_BYTES);
    return same;
}

static bool see_facts(struct check_records *c, const struct facts *f)
{
    bool full = c->last && facts_chunk(f->id) != facts_chunk(c->last);
    if (full && !facts_are_stored(c))
        return false;
    facts_pack(c->chunk, f);
    return true;
}

/* ---- the row of a list ---- */

/* Each such dossier's row is looked up; that there are as many as that tells that there are no others. */
static bool see_live(struct check_records *c, const struct dossier *d)
{
    struct key key;
    struct str value;
    struct row row;
    if (!live_key(&key, &d->facts))
        return true;
    row_of(&row, d);
    buf_reset(&c->row);
    row_encode(&c->row, &row);
    c->live++;
    return !c->row.failed && txn_get(c->txn, TABLE_LIVE, key_str(&key), &value) &&
           str_eq(value, buf_str(&c->row));
}

/* ---- codes ---- */

static bool see_code(struct check_records *c, const struct dossier *d)
{
    struct key key;
    return code_key(&key, d->code) && sum_add(&c->codes, key_str(&key), d->facts.id);
}

/* Codes stand in another order than dossiers: their sums are compared. */
static bool codes_are_stored(const struct check_records *c)
{
    struct sum stored = {.key = c->codes.key};
    struct ordered o;
    bool good = true;
    ordered_open(&o, c->txn, TABLE_CODE);
    while (good && ordered_next(&o))
        good = o.value.n == 8 && sum_add(&stored, o.key, get_be(str_bytes(o.value), 8));
    return ordered_close(&o) && good && sum_equal(&stored, &c->codes);
}

/* ---- one after the other ---- */

bool check_records_next(struct check_records *c, struct str *stored, struct dossier *out)
{
    struct record r;
    uint64_t id = c->last + 1;
    if (c->wrong || !ordered_number(&c->records, id) || !record_of(c->records.value, &r) ||
        !dossier_decode(r.bytes, out) || out->facts.id != id || !see_facts(c, &out->facts) ||
        !see_live(c, out) || !see_code(c, out))
        c->wrong = true;
    c->last = id;
    *stored = c->records.value;
    return !c->wrong;
}

bool check_records_end(struct check_records *c)
{
    bool good = !c->wrong && (c->last == 0 || facts_are_stored(c));
    bool records = ordered_close(&c->records), facts = ordered_close(&c->facts);
    good = good && records && facts && txn_count(c->txn, TABLE_LIVE) == c->live && codes_are_stored(c);
    buf_release(&c->row);
    return good;
}
