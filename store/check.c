/* check: is what is stored exactly what the journal makes of it?
 *
 * The quick answer comes first (store/sound.h); it is yes, nearly always. Only a doubt has everything
 * replayed into a second store, which is compared with the first, table by table, to say what is wrong. */
#include "core/clock.h"
#include "store/audit.h"
#include "store/batch.h"
#include "store/bytes.h"
#include "store/differ.h"
#include "store/fault.h"
#include "store/made.h"
#include "store/sound.h"
#include "store/view.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Entries replayed in one transaction of the throw-away store, and between two looks at who watches. */
enum { STEP = 20000, TELL = 64 };

struct checking {
    struct view *view; /* of the store looked at */
    struct store *fresh;
    struct office *office; /* of the replay */
    struct batch batch;
    struct check *check;
    const struct watch *watch;
    bool doubted; /* something is not as it should be: it is to be found out what */
    bool stopped;
    unsigned char hash[STORE_HASH];
    int64_t recorded_at;
    uint64_t next;
};

static bool is_clean(const struct checking *c)
{
    return finding_none(c->check) && !c->stopped;
}

/* ---- the journal, and its replay ---- */

/* What an entry must be in itself, whatever the office makes of it. */
static enum text_id entry_fault(struct checking *c, const struct entry *entry, struct event *e,
                                unsigned char hash[STORE_HASH])
{
    struct key key;
    struct str got;
    journal_hash(hash, c->hash, entry->seq, entry->body);
    if (memcmp(hash, entry->hash, STORE_HASH) != 0)
        return T_core_check_chain;
    if (!event_decode(entry->body, e))
        return T_core_check_unreadable;
    if (!clock_may_follow(e, c->recorded_at))
        return T_core_check_clock;
    if (!txn_get(&c->view->txn, TABLE_JOURNAL, key_u64(&key, entry->seq), &got) ||
        str_bytes(got) != entry->hash)
        return T_core_check_lost_entry;
    return T_nothing;
}

static bool check_entry(void *arg, const struct entry *entry)
{
    struct checking *c = arg;
    struct event e;
    unsigned char hash[STORE_HASH];
    enum text_id fault = entry_fault(c, entry, &e, hash);
    if (fault != T_nothing) {
        finding_entry(c->check, fault, entry->seq);
        return false;
    }
    e.seq = entry->seq;
    batch_replay(&c->batch, &e, hash);
    if (!txn_ok(c->batch.txn))
        return false;
    memcpy(c->hash, hash, STORE_HASH);
    c->recorded_at = e.recorded_at;
    c->check->entries++;
    c->next = entry->seq + 1;
    c->stopped = entry->seq % TELL == 0 && !watch_tell(c->watch, entry->seq, c->view->state.head_seq);
    return !c->stopped;
}

static struct outcome replay_step(struct txn *t, void *arg)
{
    struct checking *c = arg;
    struct txn *from = &c->view->txn;
    uint64_t head = c->view->state.head_seq, upto = head - c->next >= STEP ? c->next + STEP - 1 : head;
    bool begun = batch_init(&c->batch, t, c->office);
    c->batch.journal = from;
    if (begun && !journal_walk(from, c->next, upto, check_entry, c) && is_clean(c) && !txn_ok(from))
        finding_entry(c->check, T_core_check_missing, c->next);
    if (is_clean(c) && t->rc == 0 && t->fault.kind == KIND_damaged)
        finding_entry(c->check, T_core_check_cannot_follow, c->next);
    batch_flush(&c->batch);
    batch_release(&c->batch);
    if (c->stopped)
        return fault_of(t->store->dir, EINTR);
    return is_clean(c) ? OUTCOME_DONE : fault_damaged(t->store->dir, T_core_damage_differs);
}

/* The throw-away store has map enough from the beginning: a step changes the office, so it must not run
 * twice. */
static struct outcome replay(struct checking *c)
{
    struct outcome o = OUTCOME_DONE;
    const struct state *state = &c->view->state;
    c->next = 1;
    c->recorded_at = NO_TIME;
    while (outcome_ok(&o) && c->next <= state->head_seq)
        o = txn_update(c->fresh, replay_step, c);
    if (outcome_ok(&o) && txn_count(&c->view->txn, TABLE_JOURNAL) != state->head_seq)
        finding_entry(c->check, T_core_check_past_head, state->head_seq + 1);
    c->check->journal_sound = outcome_ok(&o) && is_clean(c);
    return o;
}

static struct outcome compare(struct checking *c)
{
    static const enum table all[] = {TABLE_META,          TABLE_DOSSIER, TABLE_CODE,    TABLE_LIVE,
                                     TABLE_FACTS,         TABLE_NAMES,   TABLE_NUMBERS, TABLE_NAME_PIECES,
                                     TABLE_NUMBER_PIECES, TABLE_TALLY,   TABLE_COUNTER, TABLE_OFFICE,
                                     TABLE_BACKDATED};
    _Static_assert(sizeof all / sizeof *all == TABLES - 1, "all but the journal");
    struct txn fresh;
    if (!txn_begin(c->fresh, false, &fresh))
        return fresh.fault;
    for (size_t i = 0; i < sizeof all / sizeof *all && is_clean(c); i++)
        differ_table(c->check, &c->view->txn, &fresh, all[i]);
    txn_end(&fresh);
    return txn_ok(&fresh) ? c->view->txn.fault : fresh.fault;
}

/* ---- the throw-away store: only where there is a doubt ---- */

/* Its files and folders go as soon as it is open: names and phones are in it, and not even a crash may leave
 * them behind. */
static struct outcome make_fresh(const char *dir, size_t bytes, struct store **out)
{
    size_t map = bytes * 4 + ((size_t)256 << 20);
    struct outcome o = store_create_with(dir, NULL, map, MDB_NOSYNC | MDB_NOMETASYNC, out);
    if (outcome_ok(&o)) {
        struct store *s = *out;
        s->nameless = true;
        s->place = s->dir;
        made_undo(s->made);
        s->made = NULL;
    }
    return o;
}

static struct outcome replay_into(struct checking *c, const char *dir)
{
    struct store_stat stat;
    view_stat(c->view, &stat);
    c->office = office_new();
    struct outcome o =
        c->office ? make_fresh(dir, (size_t)stat.bytes, &c->fresh) : outcome_of(KIND_out_of_memory);
    if (outcome_ok(&o))
        o = replay(c);
    if (outcome_ok(&o) && is_clean(c))
        o = compare(c);
    store_close(c->fresh);
    office_free(c->office);
    return o;
}

static struct outcome replay_and_compare(struct checking *c)
{
    const char *tmp = getenv("TMPDIR");
    char dir[4096];
    int n = snprintf(dir, sizeof dir, "%s/motcua-check-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (n < 0 || (size_t)n >= sizeof dir || !mkdtemp(dir))
        return fault_of(tmp && *tmp ? tmp : "/tmp", errno);
    struct outcome o = replay_into(c, dir);
    rmdir(dir);
    return o;
}

/* The quick answer. A doubt may leave the view with a fault, so whoever looks more closely begins another:
 * "busy", which is heard where views are begun. */
static struct outcome look(struct checking *c)
{
    switch (sound_view(c->view, c->watch)) {
    case SOUND_YES:
        c->check->entries = c->view->state.head_seq;
        c->check->journal_sound = true;
        return OUTCOME_DONE;
    case SOUND_STOPPED: c->stopped = true; return fault_of(c->view->store->dir, EINTR);
    default: c->doubted = true; return fault_path(KIND_store_busy, c->view->store->dir);
    }
}

/* ---- all of it ---- */

static void note_page(struct check *c, const struct audit *audit)
{
    struct outcome found = outcome_of(KIND_damaged);
    outcome_number(&found, (int64_t)audit->page);
    outcome_label(&found, audit->what);
    finding_note(c, audit->page ? T_core_check_page : T_core_check_file, &found);
}

/* Pages first: what is wrong there LMDB would fall over. Where they are wrong the journal may be sound all
 * the same, and an entry that is not says more than a page. */
static struct outcome check_in(struct checking *c)
{
    struct audit audit;
    struct check *check = c->check, pages = {0};
    struct outcome o = audit_pages(&c->view->txn, &audit);
    check->dossiers = c->view->state.dossiers;
    check->head = view_head(c->view);
    if (outcome_ok(&o))
        return c->doubted ? replay_and_compare(c) : look(c);
    if (o.kind != KIND_damaged)
        return o;
    note_page(&pages, &audit);
    if (audit.journal)
        o = replay_and_compare(c);
    if (c->check->first_bad == 0) {
        check->sentence = T_nothing;
        finding_note(check, pages.sentence, &pages.found);
    }
    return o;
}

/* Its beginning is written over with every change: a view that came too late is begun again. */
static struct outcome check_view(struct store *s, struct checking *c)
{
    enum { ROUNDS = 100 };
    struct outcome o = outcome_of(KIND_store_busy);
    for (int round = 0; round < ROUNDS && o.kind == KIND_store_busy; round++) {
        o = view_begin(s, &c->view);
        if (!outcome_ok(&o))
            return o;
        env_read_ahead(s, true);
        o = check_in(c);
        env_read_ahead(s, false);
        view_end(c->view);
    }
    return o;
}

struct outcome store_check_watched(struct store *s, const struct watch *watch, struct check *out)
{
    *out = (struct check){0};
    struct checking c = {.check = out, .watch = watch};
    struct outcome o = check_view(s, &c);
    if (o.kind == KIND_damaged)
        finding_damaged(out, &o);
    if (finding_none(out))
        return o;
    return out->first_bad ? fault_damaged_at(s->dir, T_core_damage_entry, out->first_bad)
                          : fault_damaged(s->dir, T_core_damage_differs);
}

struct outcome store_check(struct store *s, struct check *out)
{
    return store_check_watched(s, NULL, out);
}
