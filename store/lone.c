#include "store/lone.h"

#include "store/audit.h"
#include "store/bytes.h"
#include "store/folder.h"
#include "store/journal.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct outcome lone_bad(const char *name, uint64_t seq, enum text_id what)
{
    struct outcome o = fault_path(KIND_bad_backup, name);
    outcome_number(&o, (int64_t)seq);
    outcome_label(&o, what);
    return o;
}

struct outcome lone_check(const char *name, const struct journal_entry *e,
                          const unsigned char before[STORE_HASH])
{
    unsigned char hash[STORE_HASH];
    struct event decoded;
    journal_hash(hash, before, e->seq, e->body);
    if (memcmp(hash, e->hash, STORE_HASH) != 0)
        return lone_bad(name, e->seq, T_core_entry_hash);
    return event_decode(e->body, &decoded) ? OUTCOME_DONE : lone_bad(name, e->seq, T_core_entry_unreadable);
}

/* What is wrong with a store is wrong with a file here. */
static struct outcome blame_file(const char *file, struct outcome o)
{
    switch (o.kind) {
    case KIND_not_ours: return fault_path(KIND_not_a_backup, file);
    case KIND_damaged: {
        enum text_id what = o.arg[1].type == ARG_LABEL ? (enum text_id)o.arg[1].number : T_core_damage_pages;
        if (what == T_core_damage_empty_file)
            return fault_path(KIND_not_a_backup, file);
        struct outcome damaged = fault_path(KIND_damaged_backup, file);
        outcome_label(&damaged, what);
        return damaged;
    }
    default: return o;
    }
}

static struct outcome check_file(const char *file)
{
    struct stat st;
    if (stat(file, &st) == 0 && !S_ISREG(st.st_mode)) /* a pipe is another's to read from */
        return fault_path(KIND_not_a_backup, file);
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ? fault_path(KIND_no_such_file, file)
                                                   : fault_of(file, errno);
    struct outcome o = folder_check_data(file, fd);
    close(fd);
    return blame_file(file, o);
}

static struct outcome open_env(struct store *s)
{
    struct outcome o = env_open_file(s);
    if (o.kind == KIND_not_ours) /* the first page said it is LMDB's */
        o = fault_damaged(s->dir, T_core_damage_first_pages);
    return outcome_ok(&o) ? env_check_size(s) : o;
}

/* The handle is good for this transaction alone, which is the only one. */
static struct outcome open_journal(struct lone *l)
{
    MDB_stat stat;
    if (!txn_begin(l->store, false, &l->txn))
        return l->txn.fault;
    int rc = env_open_table(l->store, l->txn.handle, TABLE_JOURNAL, 0);
    if (!rc)
        rc = mdb_stat(l->txn.handle, l->store->dbi[TABLE_JOURNAL], &stat);
    if (rc == MDB_NOTFOUND || rc == MDB_INCOMPATIBLE)
        rc = MDB_INVALID;
    if (rc)
        txn_fault(&l->txn, rc);
    else
        l->count = stat.ms_entries;
    return l->txn.fault;
}

struct outcome lone_open(struct lone *l, const char *file, enum outcome_class blame)
{
    *l = (struct lone){.count = 0};
    struct outcome o = check_file(file);
    if (!outcome_ok(&o))
        return o;
    l->store = store_new(file, 0, 0);
    if (!l->store)
        return outcome_of(KIND_out_of_memory);
    l->store->blame = blame;
    o = open_env(l->store);
    if (outcome_ok(&o))
        o = open_journal(l);
    if (outcome_ok(&o))
        env_read_ahead(l->store, true);
    else
        lone_close(l);
    return blame_file(file, o);
}

void lone_close(struct lone *l)
{
    cursor_close(&l->cursor);
    txn_end(&l->txn);
    store_close(l->store);
    *l = (struct lone){.count = 0};
}

/* ---- the journal ---- */

static bool move_on(struct lone *l)
{
    if (l->last)
        return cursor_next(&l->cursor);
    cursor_open(&l->cursor, &l->txn, TABLE_JOURNAL);
    return cursor_first(&l->cursor);
}

struct outcome lone_next(struct lone *l, struct journal_entry *out, bool *more)
{
    const char *file = l->store->dir;
    struct cursor *c = &l->cursor;
    *more = move_on(l);
    if (!txn_ok(&l->txn))
        return blame_file(file, l->txn.fault);
    if (!*more)
        return l->last == l->count ? OUTCOME_DONE : lone_bad(file, l->last + 1, T_core_entry_missing);
    if (c->key.n != 8 || get_be(str_bytes(c->key), 8) != l->last + 1)
        return lone_bad(file, l->last + 1, T_core_entry_missing);
    l->last++;
    if (c->value.n < STORE_HASH)
        return lone_bad(file, l->last, T_core_entry_unreadable);
    *out = (struct journal_entry){
        .seq = l->last, .hash = str_bytes(c->value), .body = str_from(c->value, STORE_HASH)};
    return OUTCOME_DONE;
}

struct outcome lone_state(struct lone *l, struct state *out)
{
    int rc = env_open_table(l->store, l->txn.handle, TABLE_META, 0);
    if (rc)
        txn_fault(&l->txn, rc);
    return state_load(&l->txn, out) ? OUTCOME_DONE : blame_file(l->store->dir, l->txn.fault);
}

/* A file with damaged pages is not asked: LMDB might fall over what the journal does not need. */
static bool may_be_asked(struct lone *l)
{
    struct audit audit;
    struct outcome o = audit_pages(&l->txn, &audit);
    return outcome_ok(&o) && env_open_table(l->store, l->txn.handle, TABLE_META, 0) == 0;
}

bool lone_is_cut(struct lone *l, const struct head *end)
{
    struct head told;
    struct txn asking = l->txn; /* its faults are its own */
    return may_be_asked(l) && state_head(&asking, &told) && told.seq > end->seq &&
           memcmp(told.hash, end->hash, STORE_HASH) != 0;
}
