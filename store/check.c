/* check: is what is stored exactly what the journal makes of it? */
#include "store/batch.h"
#include "store/bytes.h"
#include "store/fault.h"
#include "store/record.h"
#include "store/view.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Entries replayed in one transaction of the throw-away store. */
enum { STEP = 20000 };

struct checking {
    struct view *view; /* of the store looked at */
    struct store *fresh;
    struct office *office; /* of the replay */
    struct batch batch;
    struct check *check;
    unsigned char hash[STORE_HASH];
    int64_t recorded_at;
    uint64_t next;
};

static void found(struct checking *c, uint64_t seq, const char *what)
{
    if (c->check->what[0])
        return;
    c->check->first_bad = seq;
    snprintf(c->check->what, sizeof c->check->what, "%.*s", (int)sizeof c->check->what - 1, what);
}

static bool is_clean(const struct checking *c)
{
    return c->check->what[0] == '\0';
}

/* What a transaction met on its way. */
static void found_damaged(struct checking *c, const struct outcome *o)
{
    char what[sizeof c->check->what];
    const char *part =
        o->arg[1].type == ARG_LABEL ? lang_text(LANG_EN, (enum text_id)o->arg[1].number) : "a part";
    snprintf(what, sizeof what, "%.80s%.20s is damaged", part, o->arg[2].text);
    found(c, 0, what);
}

/* ---- the journal, and its replay ---- */

static bool check_entry(void *arg, const struct entry *entry)
{
    struct checking *c = arg;
    struct event e;
    unsigned char hash[STORE_HASH];
    journal_hash(hash, c->hash, entry->seq, entry->body);
    if (memcmp(hash, entry->hash, STORE_HASH) != 0)
        found(c, entry->seq, "hash chain broken");
    else if (!event_decode(entry->body, &e))
        found(c, entry->seq, "entry cannot be read");
    else if (e.recorded_at < c->recorded_at)
        found(c, entry->seq, "recorded before the entry before it");
    if (!is_clean(c))
        return false;
    e.seq = entry->seq;
    batch_replay(&c->batch, &e, hash);
    if (!txn_ok(c->batch.txn))
        return false;
    memcpy(c->hash, hash, STORE_HASH);
    c->recorded_at = e.recorded_at;
    c->check->entries++;
    c->next = entry->seq + 1;
    return true;
}

static struct outcome replay_step(struct txn *t, void *arg)
{
    struct checking *c = arg;
    struct txn *from = &c->view->txn;
    uint64_t head = c->view->state.head_seq, upto = head - c->next >= STEP ? c->next + STEP - 1 : head;
    bool begun = batch_init(&c->batch, t, c->office);
    c->batch.journal = from;
    if (begun && !journal_walk(from, c->next, upto, check_entry, c) && is_clean(c) && !txn_ok(from))
        found(c, c->next, "entry missing");
    if (is_clean(c) && t->rc == 0 && t->fault.kind == KIND_damaged)
        found(c, c->next, "entry cannot follow what came before");
    batch_flush(&c->batch);
    batch_release(&c->batch);
    return is_clean(c) ? OUTCOME_DONE : fault_damaged(t->store->dir, T_core_damage_differs);
}

/* The throw-away store has map enough from the beginning: a step changes the office, so it must not run
 * twice. */
static struct outcome replay(struct checking *c)
{
    struct outcome o = OUTCOME_DONE;
    c->next = 1;
    c->recorded_at = INT64_MIN;
    while (outcome_ok(&o) && c->next <= c->view->state.head_seq)
        o = txn_update(c->fresh, replay_step, c);
    return o;
}

/* ---- comparing ---- */

/* Spare room in a record is chance; everything before it is not. */
static bool values_equal(enum table table, struct str a, struct str b)
{
    if (table != TABLE_DOSSIER)
        return str_eq(a, b);
    if (a.n < 12 || b.n < 12)
        return false;
    size_t n = 12 + (size_t)get_be(str_bytes(b) + 8, 4);
    return n <= a.n && n <= b.n && memcmp(a.p, b.p, n) == 0;
}

static void compare_table(struct checking *c, struct txn *fresh, enum table table)
{
    struct txn *stored = &c->view->txn;
    struct cursor a, b;
    struct str got;
    char what[64] = "";
    cursor_open(&a, stored, table);
    cursor_open(&b, fresh, table);
    bool more_a = cursor_first(&a), more_b = cursor_first(&b);
    while (more_a && more_b && !what[0]) {
        if (!str_eq(a.key, b.key) || !values_equal(table, a.value, b.value))
            snprintf(what, sizeof what, "table %s differs from the replay", table_name(table));
        else if (!txn_get(stored, table, b.key, &got) || got.p != a.value.p)
            snprintf(what, sizeof what, "table %s: a key is not found by looking it up", table_name(table));
        more_a = cursor_next(&a);
        more_b = cursor_next(&b);
    }
    if (!what[0] && more_a != more_b)
        snprintf(what, sizeof what, "table %s has entries %s", table_name(table),
                 more_a ? "too many" : "missing");
    cursor_close(&a);
    cursor_close(&b);
    if (what[0])
        found(c, 0, what);
    if (!txn_ok(stored))
        found(c, 0, "a table cannot be read");
}

static bool states_equal(const struct state *a, const struct state *b)
{
    return a->head_seq == b->head_seq && memcmp(a->head_hash, b->head_hash, STORE_HASH) == 0 &&
           a->recorded_at == b->recorded_at && a->office_seq == b->office_seq && a->dossiers == b->dossiers &&
           a->open == b->open && a->solved == b->solved && a->backdated == b->backdated &&
           a->recorded_late == b->recorded_late && a->newest == b->newest && a->names_end == b->names_end &&
           a->numbers_end == b->numbers_end;
}

static struct outcome compare(struct checking *c)
{
    struct txn fresh;
    struct state state;
    if (!txn_begin(c->fresh, false, &fresh))
        return fresh.fault;
    for (int table = FIRST_PROJECTION; table < TABLES && is_clean(c); table++)
        compare_table(c, &fresh, table);
    if (is_clean(c) && state_load(&fresh, &state) && !states_equal(&state, &c->view->state))
        found(c, 0, "counts differ from the replay");
    if (is_clean(c) && txn_count(&c->view->txn, TABLE_JOURNAL) != c->view->state.head_seq)
        found(c, c->view->state.head_seq + 1, "the journal goes on past its head");
    txn_end(&fresh);
    return fresh.fault;
}

/* ---- the throw-away store ---- */

static struct outcome make_fresh(const char *dir, size_t bytes, struct store **out)
{
    size_t map = bytes * 4 + ((size_t)256 << 20);
    return store_create_with(dir, NULL, map, MDB_NOSYNC | MDB_NOMETASYNC, out);
}

static struct outcome check_in(const char *dir, struct checking *c)
{
    struct store_stat stat;
    view_stat(c->view, &stat);
    c->office = office_new();
    struct outcome o =
        c->office ? make_fresh(dir, (size_t)stat.bytes, &c->fresh) : outcome_of(KIND_out_of_memory);
    if (outcome_ok(&o))
        o = replay(c);
    if (outcome_ok(&o))
        o = compare(c);
    store_close(c->fresh); /* it was never founded: this takes its files away */
    office_free(c->office);
    return o;
}

struct outcome store_check(struct store *s, struct check *out)
{
    *out = (struct check){0};
    struct checking c = {.check = out};
    const char *tmp = getenv("TMPDIR");
    char dir[4096];
    int n = snprintf(dir, sizeof dir, "%s/motcua-check-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (n < 0 || (size_t)n >= sizeof dir || !mkdtemp(dir))
        return fault_of(tmp && *tmp ? tmp : "/tmp", errno);
    struct outcome o = view_begin(s, &c.view);
    if (outcome_ok(&o)) {
        env_read_ahead(s, true);
        o = check_in(dir, &c);
        env_read_ahead(s, false);
        view_end(c.view);
    }
    rmdir(dir);
    if (o.kind == KIND_damaged)
        found_damaged(&c, &o);
    if (is_clean(&c))
        return o;
    return out->first_bad ? fault_damaged_at(s->dir, T_core_damage_entry, out->first_bad)
                          : fault_damaged(s->dir, T_core_damage_differs);
}
