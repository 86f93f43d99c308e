#include "tests/copy_tools.h"

#include "store/env.h"
#include "tests/store_dump.h"
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- files ---- */

static const char *path_in(const char *dir, const char *name)
{
    static char path[64][400];
    static unsigned turn;
    char *out = path[turn++ % 64];
    snprintf(out, sizeof path[0], "%s/%s", dir, name);
    return out;
}

const char *above(const struct store_desk *d, const char *name)
{
    return path_in(d->above, name);
}

const char *inside(const struct store_desk *d, const char *name)
{
    return path_in(d->dir, name);
}

void shut(struct store_desk *d)
{
    store_close(d->store);
    d->store = NULL;
}

bool exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

uint64_t size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (uint64_t)st.st_size;
}

mode_t mode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

void write_file(const char *path, const void *bytes, size_t n)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

void read_file(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "r");
    char piece[1 << 14];
    size_t n;
    assert_non_null(f);
    while ((n = fread(piece, 1, sizeof piece, f)) > 0)
        buf_add(out, piece, n);
    fclose(f);
    assert_false(out->failed);
}

void copy_file(const char *from, const char *to)
{
    struct buf bytes = BUF_INIT;
    read_file(from, &bytes);
    write_file(to, bytes.p, bytes.n);
    buf_release(&bytes);
}

int names_in(const char *dir)
{
    DIR *d = opendir(dir);
    int n = 0;
    if (!d)
        return -1;
    while (readdir(d))
        n++;
    closedir(d);
    return n - 2;
}

void assert_no_name(const char *dir, const char *prefix)
{
    DIR *d = opendir(dir);
    assert_non_null(d);
    for (struct dirent *e = readdir(d); e; e = readdir(d))
        if (strncmp(e->d_name, prefix, strlen(prefix)) == 0)
            fail_msg("%s/%s is left", dir, e->d_name);
    closedir(d);
}

/* ---- stores ---- */

struct head head_of(struct store *s)
{
    struct view *v;
    ASSERT_DONE(view_begin(s, &v));
    struct head head = view_head(v);
    view_end(v);
    return head;
}

void assert_same_head(const struct head *a, const struct head *b)
{
    assert_int_equal(a->seq, b->seq);
    assert_memory_equal(a->hash, b->hash, STORE_HASH);
}

void dump_of(struct store *s, struct buf *out)
{
    struct view *v;
    ASSERT_DONE(view_begin(s, &v));
    store_dump(out, v);
    view_end(v);
}

void assert_same_store(struct store *a, struct store *b)
{
    struct buf of_a = BUF_INIT, of_b = BUF_INIT;
    dump_of(a, &of_a);
    dump_of(b, &of_b);
    assert_int_equal(of_a.n, of_b.n);
    assert_memory_equal(of_a.p, of_b.p, of_a.n);
    buf_release(&of_a);
    buf_release(&of_b);
}

static bool add_entry(void *arg, const struct journal_entry *e)
{
    struct buf *out = arg;
    buf_addf(out, "%llu ", (unsigned long long)e->seq);
    buf_add(out, e->hash, STORE_HASH);
    buf_add_str(out, e->body);
    return true;
}

void journal_of(struct store *s, struct buf *out)
{
    struct view *v;
    ASSERT_DONE(view_begin(s, &v));
    view_journal(v, add_entry, out);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    assert_false(out->failed);
}

struct store_desk desk_at(const struct store_desk *like, const char *dir)
{
    struct store_desk d = {.now = like->now, .login = like->login};
    snprintf(d.dir, sizeof d.dir, "%.190s", dir);
    ASSERT_DONE(store_open(d.dir, &d.store));
    return d;
}

/* ---- children ---- */

pid_t start_child(child_work *work, void *arg)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(work(arg));
    return child;
}

int wait_child(pid_t child)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

int in_child(child_work *work, void *arg)
{
    return wait_child(start_child(work, arg));
}

bool kill_child(pid_t child, int64_t *microseconds, struct random *random)
{
    int64_t wait = random_in(random, 0, *microseconds);
    nanosleep(&(struct timespec){.tv_sec = wait / 1000000, .tv_nsec = wait % 1000000 * 1000}, NULL);
    kill(child, SIGKILL);
    int answer = wait_child(child);
    assert_true(answer == 0 || answer == 1000 + SIGKILL);
    *microseconds = answer ? *microseconds * 5 / 4 + 10 : *microseconds * 3 / 4;
    return answer != 0;
}

int64_t time_of(child_work *work, void *arg)
{
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    assert_int_equal(in_child(work, arg), 0);
    clock_gettime(CLOCK_MONOTONIC, &to);
    return (int64_t)(to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
}

/* ---- LMDB's own ---- */

static MDB_txn *raw_begin(const char *path, bool file, const char *table, MDB_dbi *dbi)
{
    MDB_env *env;
    MDB_txn *txn;
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 32), 0);
    assert_int_equal(mdb_env_set_mapsize(env, (size_t)1 << 28), 0);
    assert_int_equal(mdb_env_open(env, path, file ? MDB_NOSUBDIR | MDB_NOLOCK : 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, table, MDB_CREATE, dbi), 0);
    return txn;
}

static void raw_end(MDB_txn *txn)
{
    MDB_env *env = mdb_txn_env(txn);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

void raw_put(const char *path, bool file, const char *table, struct str key, struct str value)
{
    MDB_dbi dbi;
    MDB_txn *txn = raw_begin(path, file, table, &dbi);
    MDB_val k = {key.n, (void *)(uintptr_t)key.p}, v = {value.n, (void *)(uintptr_t)value.p};
    assert_int_equal(value.p ? mdb_put(txn, dbi, &k, &v, 0) : mdb_del(txn, dbi, &k, NULL), 0);
    raw_end(txn);
}

void raw_drop(const char *path, bool file, const char *table)
{
    MDB_dbi dbi;
    MDB_txn *txn = raw_begin(path, file, table, &dbi);
    assert_int_equal(mdb_drop(txn, dbi, 1), 0);
    raw_end(txn);
}

struct str raw_number(unsigned char key[8], uint64_t n)
{
    for (int i = 7; i >= 0; i--, n >>= 8)
        key[i] = (unsigned char)n;
    return (struct str){(char *)key, 8};
}

void raw_spoil(const char *path, bool file, const char *table, struct str key, size_t at)
{
    MDB_dbi dbi;
    MDB_txn *txn = raw_begin(path, file, table, &dbi);
    MDB_val k = {key.n, (void *)(uintptr_t)key.p}, v;
    struct buf copy = BUF_INIT;
    assert_int_equal(mdb_get(txn, dbi, &k, &v), 0);
    assert_true(at < v.mv_size);
    buf_add(&copy, v.mv_data, v.mv_size);
    copy.p[at] ^= 1;
    v.mv_data = copy.p;
    assert_int_equal(mdb_put(txn, dbi, &k, &v, 0), 0);
    raw_end(txn);
    buf_release(&copy);
}

void raw_relayout(const char *path, bool file, uint32_t layout)
{
    char name[40];
    unsigned char number[8];
    for (int table = FIRST_PROJECTION; table < TABLES; table++) {
        snprintf(name, sizeof name, "%s.%d", table_name(table), STORE_LAYOUT);
        raw_drop(path, file, name);
    }
    snprintf(name, sizeof name, "state.%d", STORE_LAYOUT);
    raw_put(path, file, "meta", str_of(name), STR_NONE);
    uint64_t guard = layout > 3 ? (uint64_t)(~layout & 0xFFFF) << 16 : 0;
    raw_put(path, file, "meta", STR("layout"), (struct str){raw_number(number, guard | layout).p + 4, 4});
}

bool is_quick(void)
{
    const char *quick = getenv("MOTCUA_QUICK");
    return quick && *quick;
}
