/* open: making a store, opening one, closing it. */
#include "store/bytes.h"
#include "store/folder.h"
#include "store/journal.h"
#include "store/made.h"
#include "store/rebuild.h"
#include "store/state.h"
#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <unistd.h>

/* What nobody else finds is lost with its maker anyway. */
enum { UNSEEN_FLAGS = MDB_NOSYNC | MDB_NOMETASYNC };

struct store *store_new(const char *dir, size_t map, unsigned flags)
{
    struct store *s = sodium_init() < 0 ? NULL : calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->place = s->dir = strdup(dir);
    s->pid = getpid();
    s->map = map;
    s->flags = flags;
    s->commit = mdb_txn_commit;
    s->hold = HOLD_NONE;
    s->blame = FAILED;
    if (s->dir)
        return s;
    free(s);
    return NULL;
}

/* A store that was never founded is not kept. */
static void close_store(struct store *s, bool keep)
{
    if (!s)
        return;
    bool ours = s->pid == getpid();
    view_end(s->view);
    /* In a child of the process that opened it, the environment is the parent's: touching it would harm the
     * parent. */
    if (ours)
        env_close(s);
    hold_release(&s->hold);
    if (s->made && ours && !(keep && made_is_published(s->made)))
        made_undo(s->made);
    else
        made_free(s->made);
    office_free(s->office);
    whereabouts_release(&s->here);
    free(s->dir);
    free(s);
}

void store_close(struct store *s)
{
    close_store(s, true);
}

void store_discard(struct store *s)
{
    close_store(s, false);
}

/* ---- making ---- */

struct outcome store_create_with(const char *dir, const struct store_options *options, size_t map,
                                 unsigned flags, struct store **out)
{
    *out = NULL;
    bool unseen = options && options->unseen;
    struct store *s = store_new(dir, map, unseen ? flags | UNSEEN_FLAGS : flags);
    if (!s)
        return outcome_of(KIND_out_of_memory);
    s->unseen = unseen;
    struct outcome o = made_begin(dir, options ? options->group : NULL, &s->made);
    if (outcome_ok(&o)) {
        s->place = made_place(s->made);
        o = env_open(s);
    }
    if (outcome_ok(&o))
        o = layout_make(s, true);
    if (outcome_ok(&o))
        *out = s;
    else
        store_close(s);
    return o;
}

struct outcome store_create(const char *dir, const struct store_options *options, struct store **out)
{
    return store_create_with(dir, options, 0, 0, out);
}

/* Nobody may find it there while this process still uses the lock file of the place it was made in. */
struct outcome store_publish(struct store *s)
{
    if (s->view || !s->made || made_is_published(s->made))
        return fault_of(s->dir, EBUSY);
    int rc = s->env ? mdb_env_sync(s->env, 1) : EIO; /* by the descriptor that wrote */
    if (rc)
        return fault_of(s->dir, rc);
    env_close(s);
    struct outcome o = made_publish(s->made);
    if (outcome_ok(&o)) {
        s->place = s->dir;
        s->flags &= ~(unsigned)UNSEEN_FLAGS;
        s->unseen = false;
    }
    env_reopen(s); /* or whoever asks next opens it */
    return o;
}

/* ---- opening ---- */

/* The state and the journal's end must agree, and there must be a founding event. */
static struct outcome check_head(struct store *s)
{
    struct txn t;
    if (!txn_begin(s, false, &t))
        return t.fault;
    struct state state;
    struct cursor c;
    bool whole = state_load(&t, &state) && state.head_seq > 0;
    cursor_open(&c, &t, TABLE_JOURNAL);
    whole = whole && cursor_last(&c) && c.key.n == 8 && c.value.n > STORE_HASH &&
            get_be(str_bytes(c.key), 8) == state.head_seq &&
            memcmp(c.value.p, state.head_hash, STORE_HASH) == 0;
    cursor_close(&c);
    if (!whole)
        txn_damaged(&t, T_core_damage_journal_end);
    txn_end(&t);
    return t.fault;
}

/* Everything that must be right before anybody reads or writes. */
static struct outcome open_whole(struct store *s, const struct watch *watch)
{
    struct outcome o = env_open(s);
    if (o.kind == KIND_not_ours) /* the first page said it is LMDB's */
        o = fault_damaged(s->dir, T_core_damage_first_pages);
    if (outcome_ok(&o))
        o = env_check_size(s);
    if (outcome_ok(&o))
        o = rebuild_if_older(s, watch);
    if (outcome_ok(&o))
        o = env_open_tables(s);
    if (outcome_ok(&o))
        o = check_head(s);
    return o;
}

static struct outcome open_new(struct store *s, bool alone, const struct watch *watch, struct store **out)
{
    *out = NULL;
    if (!s)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = folder_check(s->dir);
    if (outcome_ok(&o) && alone)
        o = hold_alone(&s->hold, s->dir);
    if (outcome_ok(&o))
        o = open_whole(s, watch);
    if (outcome_ok(&o)) {
        store_changed(s);
        made_tidy(s->dir);
        *out = s;
    } else {
        store_close(s);
    }
    return o;
}

struct outcome store_open_with(const char *dir, size_t map, unsigned flags, struct store **out)
{
    return open_new(store_new(dir, map, flags), false, NULL, out);
}

struct outcome store_open_alone(const char *dir, struct store **out)
{
    return open_new(store_new(dir, 0, MDB_NOLOCK), true, NULL, out);
}

struct outcome store_open_watched(const char *dir, const struct watch *watch, struct store **out)
{
    return open_new(store_new(dir, 0, 0), false, watch, out);
}

struct outcome store_open(const char *dir, struct store **out)
{
    return store_open_watched(dir, NULL, out);
}

/* No transaction's number. */
#define GONE SIZE_MAX

bool store_changed(struct store *s)
{
    MDB_envinfo info = {.me_last_txnid = GONE};
    if (s->pid != getpid() || !s->env)
        return false;
    struct outcome o = whereabouts_check(&s->here, s->dir); /* what was cut short must not be touched */
    env_enter(s);
    int rc = outcome_ok(&o) ? mdb_env_info(s->env, &info) : 0;
    env_leave();
    if (rc || info.me_last_txnid == s->seen)
        return false;
    s->seen = info.me_last_txnid;
    return true;
}
