#include "store/copy.h"

#include "store/audit.h"
#include "store/beside.h"
#include "store/crash.h"
#include "store/folder.h"
#include "store/lone.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COPY_ROUNDS = 10 };

/* ---- names ---- */

static int resolve(struct copy *c, const char *target)
{
    size_t n = strlen(target);
    if (n == 0 || n >= sizeof c->target)
        return n ? ENAMETOOLONG : ENOENT;
    if (!realpath(target, c->target)) /* nothing there yet, or it will be told at once */
        memcpy(c->target, target, n + 1);
    c->exists = stat(c->target, &c->was) == 0;
    return c->exists || errno == ENOENT ? 0 : errno;
}

struct outcome copy_begin(struct copy *c, const char *target)
{
    char folder[PATH_MAX];
    *c = COPY_NONE;
    int rc = resolve(c, target);
    if (!rc && c->exists && S_ISDIR(c->was.st_mode))
        rc = EISDIR;
    if (rc)
        return fault_of(target, rc);
    if (c->exists && !S_ISREG(c->was.st_mode)) { /* the new file would take a device's place */
        struct outcome o = fault_path(KIND_io_error, target);
        outcome_label(&o, T_core_errno_special);
        return o;
    }
    beside_folder(folder, c->target);
    rc = beside_begin(c->target, c->temporary, &c->fd);
    return rc ? fault_of(rc == ENOENT || rc == ENOTDIR ? folder : target, rc) : OUTCOME_DONE;
}

/* ---- writing ---- */

/* A transaction of our own first does away with whatever would hinder LMDB's. */
static struct outcome write_once(struct copy *c, struct store *s, int *rc)
{
    struct txn t;
    if (!txn_begin(s, false, &t))
        return t.fault;
    txn_end(&t);
    crash_enter(s->dir, s->blame);
    *rc = mdb_env_copyfd2(s->env, c->fd, MDB_CP_COMPACT);
    crash_leave();
    return OUTCOME_DONE;
}

struct outcome copy_write(struct copy *c, struct store *s)
{
    int rc = MDB_MAP_RESIZED;
    struct outcome o = OUTCOME_DONE;
    for (int round = 0;
         round < COPY_ROUNDS && outcome_ok(&o) && (rc == MDB_MAP_RESIZED || rc == MDB_READERS_FULL); round++)
        o = write_once(c, s, &rc);
    if (!outcome_ok(&o))
        return o;
    if (rc < 0 || rc == EFAULT) /* what is read is wrong; else it is about what is written */
        return rc < 0 ? fault_of(s->dir, rc) : fault_damaged(s->dir, T_core_damage_pages);
    if (!rc && fsync(c->fd) != 0)
        rc = errno;
    char folder[PATH_MAX];
    beside_folder(folder, c->target);
    return rc ? fault_of(folder, rc) : OUTCOME_DONE;
}

/* ---- checking ---- */

static struct outcome walk(struct lone *l, const struct watch *watch, struct head *head)
{
    struct journal_entry e;
    bool more = true;
    *head = (struct head){0};
    for (;;) {
        struct outcome o = lone_next(l, &e, &more);
        if (outcome_ok(&o) && more)
            o = lone_check(l->store->dir, &e, head->hash);
        if (!outcome_ok(&o) || !more)
            return o;
        head->seq = e.seq;
        memcpy(head->hash, e.hash, STORE_HASH);
        if (!watch_tell(watch, e.seq, l->count))
            return fault_of(l->store->dir, EINTR);
    }
}

static void fill(struct store_stat *out, const struct state *s, int fd)
{
    struct stat st;
    *out = (struct store_stat){
        .dossiers = s->dossiers,
        .open = s->open,
        .solved = s->solved,
        .events = s->head_seq,
        .backdated = s->backdated,
        .recorded_late = s->recorded_late,
        .bytes = fstat(fd, &st) == 0 ? (uint64_t)st.st_size : 0,
        .layout = STORE_LAYOUT,
        .head_seq = s->head_seq,
    };
    memcpy(out->head_hash, s->head_hash, STORE_HASH);
}

/* The copy says what the store it was made of holds: what is wrong with it is wrong there. */
static struct outcome blame_store(const struct store *s, struct outcome o)
{
    if (o.kind == KIND_bad_backup)
        return fault_damaged_at(s->dir, T_core_damage_entry, (uint64_t)o.arg[1].number);
    if (o.kind == KIND_damaged_backup)
        return fault_damaged(s->dir, (enum text_id)o.arg[1].number);
    return o.kind == KIND_not_a_backup ? fault_damaged(s->dir, T_core_damage_pages) : o;
}

struct outcome copy_check(struct copy *c, struct store *s, const struct watch *watch, struct store_stat *out)
{
    struct lone l;
    struct state state;
    struct head head;
    struct outcome o = lone_open(&l, c->temporary, FAILED);
    if (!outcome_ok(&o))
        return blame_store(s, o);
    struct audit audit;
    o = audit_pages(&l.txn, &audit);
    if (o.kind == KIND_damaged)
        o = fault_damaged(s->dir, T_core_damage_pages);
    if (outcome_ok(&o))
        o = walk(&l, watch, &head);
    if (outcome_ok(&o))
        o = lone_state(&l, &state);
    if (outcome_ok(&o) && (head.seq != state.head_seq || memcmp(head.hash, state.head_hash, STORE_HASH) != 0))
        o = fault_damaged(s->dir, T_core_damage_journal_end);
    if (outcome_ok(&o))
        fill(out, &state, c->fd);
    lone_close(&l);
    return blame_store(s, o);
}

/* ---- putting it in place ---- */

struct outcome copy_publish(struct copy *c)
{
    char folder[PATH_MAX];
    beside_folder(folder, c->target);
    if (rename(c->temporary, c->target) != 0)
        return fault_of(c->target, errno);
    c->temporary[0] = '\0';
    int rc = folder_sync(folder);
    return rc ? fault_of(folder, rc) : OUTCOME_DONE;
}

void copy_release(struct copy *c)
{
    if (c->temporary[0])
        unlink(c->temporary);
    if (c->fd >= 0)
        close(c->fd);
    *c = COPY_NONE;
}
