#include "store/differ.h"

#include "store/bytes.h"
#include "store/facts.h"
#include "store/lines.h"
#include "store/record.h"
#include "store/state.h"

/* ---- whose entry ---- */

/* The first byte that is another one. */
static size_t first_difference(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n, i = 0;
    while (i < n && a.p[i] == b.p[i])
        i++;
    return i;
}

/* Whose line has that byte of a chunk, or of its list at the end; 0: nobody's. */
static uint64_t line_owner(struct str chunk, size_t at)
{
    struct lines l;
    if (chunk.n != CHUNK_BYTES || !lines_open(str_bytes(chunk), &l))
        return 0;
    for (uint32_t place = 0; place < l.count; place++) {
        uint64_t id;
        struct str text;
        bool whole;
        size_t entry = CHUNK_BYTES - (size_t)8 * (place + 1);
        if (!lines_at(&l, place, &id, &text, &whole))
            continue;
        size_t from = text.p ? (size_t)(text.p - chunk.p) : 0;
        if ((at >= entry && at < entry + 8) || (text.p && at >= from && at < from + text.n))
            return id;
    }
    return 0;
}

/* The dossier an entry is about, 0 where it is about none or several. `a` or `b` is absent where there is
 * none. */
static uint64_t owner(enum table table, struct str key, struct str a, struct str b)
{
    struct str known = b.p ? b : a;
    size_t at = a.p && b.p ? first_difference(a, b) : 0;
    switch (table) {
    case TABLE_DOSSIER: return key.n == 8 ? get_be(str_bytes(key), 8) : 0;
    case TABLE_CODE: return known.n == 8 ? get_be(str_bytes(known), 8) : 0;
    case TABLE_LIVE: return key.n == 17 ? get_be(str_bytes(key) + 9, 8) : 0;
    case TABLE_FACTS:
        return key.n == 8 && a.p && b.p && facts_row_at(at) < FACTS_ROWS
                   ? get_be(str_bytes(key), 8) * FACTS_ROWS + facts_row_at(at) + 1
                   : 0;
    case TABLE_NAMES:
    case TABLE_NUMBERS: return a.p && b.p ? line_owner(b, at) : 0;
    default: return 0;
    }
}

static void add_key(struct outcome *o, struct str key)
{
    enum { LONGEST = 40 };
    struct buf text = BUF_INIT;
    bool plain = key.n > 0;
    for (size_t i = 0; i < key.n && plain; i++)
        plain = key.p[i] >= ' ' && key.p[i] <= '~';
    for (size_t i = 0; i < key.n && i < LONGEST; i++)
        if (plain)
            buf_add_char(&text, key.p[i]);
        else
            buf_addf(&text, "%02x", (unsigned char)key.p[i]);
    outcome_label(o, T_core_check_key);
    outcome_text(o, buf_str(&text));
    buf_release(&text);
}

struct place {
    enum table table;
    struct str key, stored, fresh; /* absent where there is none */
};

static void note(struct check *c, struct txn *fresh, enum text_id sentence, const struct place *p)
{
    struct outcome found = outcome_of(KIND_damaged);
    struct dossier d;
    uint64_t id = owner(p->table, p->key, p->stored, p->fresh);
    outcome_label(&found, table_label(p->table));
    /* The replay knows every dossier, also one whose stored record is what is wrong. */
    if (id && txn_ok(fresh) && record_dossier(fresh, id, &d)) {
        outcome_label(&found, T_core_check_dossier);
        outcome_text(&found, d.code);
    } else {
        add_key(&found, p->key);
    }
    finding_note(c, sentence, &found);
}

/* ---- the same? ---- */

/* The length of what counts in a record stands in it. */
static bool records_equal(struct str a, struct str b)
{
    enum { HEAD = 12 };
    if (a.n < HEAD || b.n < HEAD)
        return false;
    size_t n = HEAD + (size_t)get_be(str_bytes(b) + 8, 4);
    if (n > a.n || n > b.n || memcmp(a.p, b.p, n) != 0)
        return false;
    for (size_t i = n; i < a.n; i++)
        if (a.p[i])
            return false;
    return true;
}

static bool values_equal(enum table table, struct str a, struct str b)
{
    return table == TABLE_DOSSIER ? records_equal(a, b) : str_eq(a, b);
}

static bool is_of_other_layout(enum table table, struct str key)
{
    return table == TABLE_META && state_is_of_other_layout(key);
}

static bool is_found_by_key(struct txn *t, const struct place *p)
{
    struct str got;
    return txn_get(t, p->table, p->key, &got) && got.p == p->stored.p && got.n == p->stored.n;
}

void differ_table(struct check *c, struct txn *stored, struct txn *fresh, enum table table)
{
    struct cursor a, b;
    cursor_open(&a, stored, table);
    cursor_open(&b, fresh, table);
    bool more_a = cursor_first(&a), more_b = cursor_first(&b);
    while ((more_a || more_b) && finding_none(c)) {
        int order = !more_a ? 1 : !more_b ? -1 : str_cmp(a.key, b.key);
        struct place p = {.table = table, .key = order > 0 ? b.key : a.key};
        if (order <= 0)
            p.stored = a.value;
        if (order >= 0)
            p.fresh = b.value;
        if (!txn_ok(stored) || !txn_ok(fresh))
            break;
        if (order < 0 && !is_of_other_layout(table, a.key))
            note(c, fresh, T_core_check_extra, &p);
        else if (order > 0)
            note(c, fresh, T_core_check_lacks, &p);
        else if (order == 0 && !values_equal(table, a.value, b.value))
            note(c, fresh, T_core_check_differs, &p);
        else if (order <= 0 && !is_found_by_key(stored, &p))
            note(c, fresh, T_core_check_lost, &p);
        if (order <= 0)
            more_a = cursor_next(&a);
        if (order >= 0)
            more_b = cursor_next(&b);
    }
    cursor_close(&a);
    cursor_close(&b);
    if (stored->fault.kind == KIND_damaged)
        finding_damaged(c, &stored->fault);
}
