#include "store/compact.h"

#include "store/copy.h"
#include "store/folder.h"
#include "store/txn.h"
#include <errno.h>
#include <unistd.h>

enum { NAME_BYTES = 64 };

/* ---- is the copy the same? ---- */

/* Two transactions over a table of the same name in both files. */
struct pair {
    MDB_txn *old, *new;
};

static int read_pair(MDB_cursor *a, MDB_cursor *b, bool *same)
{
    MDB_val key_a, value_a, key_b, value_b;
    int rc_a = 0, rc_b = 0;
    *same = true;
    while (*same && rc_a == 0) {
        rc_a = mdb_cursor_get(a, &key_a, &value_a, MDB_NEXT);
        rc_b = mdb_cursor_get(b, &key_b, &value_b, MDB_NEXT);
        *same = rc_a == rc_b &&
                (rc_a != 0 || (key_a.mv_size == key_b.mv_size && value_a.mv_size == value_b.mv_size &&
                               memcmp(key_a.mv_data, key_b.mv_data, key_a.mv_size) == 0 &&
                               memcmp(value_a.mv_data, value_b.mv_data, value_a.mv_size) == 0));
    }
    return rc_a == MDB_NOTFOUND ? 0 : rc_a;
}

static int compare_table(const struct pair *p, const char *name, bool *same)
{
    MDB_dbi dbi_a, dbi_b;
    MDB_cursor *a = NULL, *b = NULL;
    int rc = mdb_dbi_open(p->old, name, 0, &dbi_a);
    if (!rc)
        rc = mdb_dbi_open(p->new, name, 0, &dbi_b);
    if (!rc)
        rc = mdb_cursor_open(p->old, dbi_a, &a);
    if (!rc)
        rc = mdb_cursor_open(p->new, dbi_b, &b);
    if (!rc)
        rc = read_pair(a, b, same);
    if (a)
        mdb_cursor_close(a);
    if (b)
        mdb_cursor_close(b);
    return rc;
}

/* By the names the old file has; the new one may have no others. */
static int compare_tables(const struct pair *p, bool *same)
{
    MDB_dbi root, other;
    MDB_cursor *names = NULL;
    MDB_val key, value;
    MDB_stat a, b;
    int rc = mdb_dbi_open(p->old, NULL, 0, &root);
    if (!rc)
        rc = mdb_dbi_open(p->new, NULL, 0, &other);
    if (!rc)
        rc = mdb_stat(p->old, root, &a);
    if (!rc)
        rc = mdb_stat(p->new, other, &b);
    if (!rc)
        rc = mdb_cursor_open(p->old, root, &names);
    *same = !rc && a.ms_entries == b.ms_entries;
    while (!rc && *same && (rc = mdb_cursor_get(names, &key, &value, MDB_NEXT)) == 0) {
        char name[NAME_BYTES] = {0};
        if (key.mv_size >= sizeof name)
            return MDB_BAD_VALSIZE;
        memcpy(name, key.mv_data, key.mv_size);
        rc = compare_table(p, name, same);
    }
    if (names)
        mdb_cursor_close(names);
    return rc == MDB_NOTFOUND ? 0 : rc;
}

static struct outcome compare(struct store *s, struct store *lone)
{
    struct txn old, new;
    bool same = false;
    if (!txn_begin(s, false, &old))
        return old.fault;
    if (txn_begin(lone, false, &new)) {
        int rc = compare_tables(&(struct pair){old.handle, new.handle}, &same);
        if (rc)
            txn_fault(&old, rc);
        else if (!same)
            txn_damaged(&old, T_core_damage_pages);
        txn_end(&new);
    } else {
        old.fault = new.fault;
    }
    txn_end(&old);
    return old.fault;
}

static struct outcome compare_with(struct copy *c, struct store *s)
{
    struct store *lone = store_new(c->temporary, 0, 0);
    if (!lone)
        return outcome_of(KIND_out_of_memory);
    struct outcome o = env_open_file(lone);
    if (outcome_ok(&o)) {
        env_read_ahead(s, true);
        env_read_ahead(lone, true);
        o = compare(s, lone);
        env_read_ahead(s, false);
    }
    store_close(lone);
    return o;
}

/* ---- putting it in place ---- */

/* As open as the old file, whatever the umask. Its owner stays too where that is ours to give. */
static struct outcome take_over(const struct copy *c, const struct store *s)
{
    const struct stat *was = &c->was;
    if (fchown(c->fd, was->st_uid, was->st_gid) != 0 && fchown(c->fd, (uid_t)-1, was->st_gid) != 0)
        return fault_of(s->dir, errno);
    if (fchmod(c->fd, was->st_mode & 0777) != 0 || fsync(c->fd) != 0)
        return fault_of(s->dir, errno);
    return OUTCOME_DONE;
}

/* From here on the old file is nobody's: the environment is closed before its name goes to the new one. */
static struct outcome replace(struct copy *c, struct store *s)
{
    struct outcome o = take_over(c, s);
    if (!outcome_ok(&o))
        return o;
    env_close(s);
    int rc = hold_spoil_lock(&s->hold);
    return rc ? fault_of(s->dir, rc) : copy_publish(c);
}

static struct outcome rewrite(struct store *s, const struct watch *watch, struct compacted *out)
{
    struct copy copy = COPY_NONE;
    struct store_stat stat;
    char path[PATH_MAX];
    if (!folder_path(path, s->place, DATA_FILE))
        return fault_of(s->dir, ENAMETOOLONG);
    struct outcome o = copy_begin(&copy, path);
    if (outcome_ok(&o))
        o = copy_write(&copy, s);
    if (outcome_ok(&o))
        o = copy_check(&copy, s, watch, &stat);
    if (outcome_ok(&o))
        o = compare_with(&copy, s);
    if (outcome_ok(&o)) {
        *out = (struct compacted){
            .before = (uint64_t)copy.was.st_size, .after = stat.bytes, .head = {.seq = stat.head_seq}};
        memcpy(out->head.hash, stat.head_hash, STORE_HASH);
        o = replace(&copy, s);
    }
    copy_release(&copy);
    return o;
}

struct outcome store_compact_watched(const char *dir, const struct watch *watch, struct compacted *out)
{
    struct store *s;
    *out = (struct compacted){0};
    struct outcome o = store_open_alone(dir, &s);
    if (!outcome_ok(&o))
        return o;
    o = rewrite(s, watch, out);
    store_close(s); /* and lets go of it */
    return o;
}

struct outcome store_compact(const char *dir, struct compacted *out)
{
    return store_compact_watched(dir, NULL, out);
}
