/* When the disk, the file or somebody else does wrong: a clear answer, and nothing that was saved is lost. */
#include "tests/store_desk.h"
#include "tests/store_life.h"

#include "store/bytes.h"
#include "store/crash.h"
#include "store/fault.h"
#include "store/folder.h"
#include "store/journal.h"
#include "store/state.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

static struct view *look(struct store_desk *d)
{
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    return v;
}

static struct store_stat stat_of(struct store_desk *d)
{
    struct store_stat s;
    struct view *v = look(d);
    view_stat(v, &s);
    view_end(v);
    return s;
}

static char *path_of(const struct store_desk *d, const char *name)
{
    static char path[300];
    snprintf(path, sizeof path, "%s/%s", d->dir, name);
    return path;
}

static void shut(struct store_desk *d)
{
    store_close(d->store);
    d->store = NULL;
}

static void assert_opens_as(struct store_desk *d, const char *kind)
{
    struct store *s = d->store;
    struct outcome o = store_open(d->dir, &s);
    ASSERT_KIND(o, kind);
    assert_true(outcome_ok(&o) == (s != NULL));
    store_close(s);
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

static void write_file(const char *path, const void *bytes, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
}

static size_t size_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (size_t)st.st_size;
}

/* ---- opening ---- */

static void test_network_disks_are_known(void **state)
{
    (void)state;
    assert_true(folder_is_network(0x6969));     /* NFS */
    assert_true(folder_is_network(0xFF534D42)); /* CIFS */
    assert_true(
        folder_is_network((unsigned long)(int)0xFE534D42)); /* SMB 2, sign-extended as 64 bits may have it */
    assert_false(folder_is_network(0xEF53));                /* ext4 */
    assert_false(folder_is_network(0x01021994));            /* tmpfs */
    assert_false(folder_is_network(0x58465342));            /* XFS */
    assert_false(folder_is_network(0x9123683E));            /* btrfs */
}

static void test_no_store(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    assert_opens_as(&d, "no_store");
    assert_int_equal(mkdir(d.dir, 0700), 0);
    assert_opens_as(&d, "no_store");
    assert_false(exists(path_of(&d, "data.mdb"))); /* and none was made by looking */
    assert_false(exists(path_of(&d, "lock.mdb")));
    write_file(path_of(&d, "lock.mdb"), "", 0);
    assert_opens_as(&d, "no_store");
    store_desk_release(&d);
}

static void test_foreign_files(void **state)
{
    struct store_desk d;
    unsigned char rubbish[100000];
    (void)state;
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0700), 0);
    write_file(path_of(&d, "data.mdb"), "", 0);
    assert_opens_as(&d, "damaged");
    write_file(path_of(&d, "data.mdb"), "x", 1);
    assert_opens_as(&d, "not_ours");
    for (size_t i = 0; i < sizeof rubbish; i++)
        rubbish[i] = (unsigned char)(i * 2654435761u >> 13);
    write_file(path_of(&d, "data.mdb"), rubbish, sizeof rubbish);
    assert_opens_as(&d, "not_ours");
    assert_int_equal(size_of(path_of(&d, "data.mdb")), sizeof rubbish); /* never rewritten */
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    assert_int_equal(mkdir(path_of(&d, "data.mdb"), 0700), 0);
    assert_opens_as(&d, "not_ours");
    store_desk_release(&d);
}

/* A table or state of our layout, and of one before it. */
#define TEXT_OF(n) #n
#define NAME_IN(name, layout) name "." TEXT_OF(layout)
#define OURS(name) NAME_IN(name, STORE_LAYOUT)
#define OLDER(name) name ".1"
_Static_assert(STORE_LAYOUT > 1, "there was a layout before");

static const char *const our_tables[] = {OURS("dossier"),   OURS("code"),        OURS("live"),
                                         OURS("facts"),     OURS("names"),       OURS("numbers"),
                                         OURS("tally"),     OURS("counter"),     OURS("office"),
                                         OURS("backdated"), OURS("name-pieces"), OURS("number-pieces")};
enum { OUR_TABLES = sizeof our_tables / sizeof *our_tables };

static void put_raw(const char *dir, const char *table, struct str key, struct str value)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_val k = {key.n, (void *)(uintptr_t)key.p}, v = {value.n, (void *)(uintptr_t)value.p};
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 20), 0);
    assert_int_equal(mdb_env_open(env, dir, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, table, MDB_CREATE, &dbi), 0);
    assert_int_equal(value.p ? mdb_put(txn, dbi, &k, &v, 0) : mdb_del(txn, dbi, &k, NULL), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

static void test_foreign_lmdb_file(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    assert_int_equal(mkdir(d.dir, 0700), 0);
    put_raw(d.dir, "something", STR("else"), STR("here"));
    assert_opens_as(&d, "not_ours");
    put_raw(d.dir, "meta", STR("kind"), STR("another program"));
    assert_opens_as(&d, "not_ours");
    put_raw(d.dir, "meta", STR("kind"), STR("motcua"));
    assert_opens_as(&d, "damaged"); /* says it is ours, and has nothing */
    store_desk_release(&d);
}

/* In a child: a signal would kill it, not the tests. */
static int open_cut_file(const char *dir)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *s;
        struct check check;
        struct outcome o = store_open(dir, &s);
        if (outcome_ok(&o)) /* it was a free page: then everything is there */
            o = store_check(s, &check);
        _exit(o.kind == KIND_damaged ? 0 : o.kind == KIND_not_ours ? 1 : outcome_ok(&o) ? 2 : 3);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Cut anywhere, the file is refused in words, not with a signal. */
static void test_truncated_file(void **state)
{
    static const int keep[] = {1, 20, 100, 4096, 8192, 12288, 40960, -4096, -1};
    char code[64];
    (void)state;
    for (size_t i = 0; i < sizeof keep / sizeof *keep; i++) {
        struct store_desk d;
        store_desk_init(&d);
        for (int j = 0; j < 50; j++)
            store_desk_receive(&d, "1.001", "Nguyễn Văn A", NULL, code);
        shut(&d);
        size_t size = size_of(path_of(&d, "data.mdb"));
        off_t left = keep[i] > 0 ? keep[i] : (off_t)size + keep[i];
        assert_int_equal(truncate(path_of(&d, "data.mdb"), left), 0);
        int answer = open_cut_file(d.dir);
        if (keep[i] == -4096)
            assert_true(answer == 0 || answer == 2);
        else
            assert_int_equal(answer, left < 24 ? 1 : 0);
        assert_int_equal(size_of(path_of(&d, "data.mdb")), left);
        store_desk_release(&d);
    }
}

/* Pages at the end that were taken and given back without being written make a file seem short; it is not. */
static void test_short_file_that_is_whole(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    for (int j = 0; j < 50; j++)
        store_desk_receive(&d, "1.001", "Nguyễn Văn A", NULL, code);
    shut(&d);
    /* A page of our own at the end, then given back: the file may lose it. */
    static char big[4000];
    memset(big, 'x', sizeof big);
    for (int i = 0; i < 40; i++)
        put_raw(d.dir, "big", (struct str){(char *)&i, sizeof i}, (struct str){big, sizeof big});
    size_t size = size_of(path_of(&d, "data.mdb"));
    for (int i = 0; i < 40; i++)
        put_raw(d.dir, "big", (struct str){(char *)&i, sizeof i}, STR_NONE);
    bool opened = true;
    for (off_t cut = 4096; opened && cut < 40 * 4096; cut += 4096) {
        assert_int_equal(truncate(path_of(&d, "data.mdb"), (off_t)size - cut), 0);
        struct store *s;
        struct outcome o = store_open(d.dir, &s);
        opened = outcome_ok(&o);
        if (cut == 4096)
            ASSERT_DONE(o);
        else if (!opened)
            ASSERT_KIND(o, "damaged");
        store_close(s);
    }
    store_desk_release(&d);
}

static void test_newer_layout(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    put_raw(d.dir, "meta", STR("layout"), (struct str){"\xff\x9c\0\x63", 4});
    assert_opens_as(&d, "newer_store");
    store_desk_release(&d);
}

/* A process that still has the store open when a newer program has changed the layout must not touch it any
 * more. */
static void test_layout_changes_under_an_open_store(void **state)
{
    struct store_desk d;
    struct view *v;
    (void)state;
    store_desk_init(&d);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        put_raw(d.dir, "meta", STR("layout"), (struct str){"\xff\x9c\0\x63", 4});
        put_raw(d.dir, "meta", STR(OURS("state")), STR_NONE);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    ASSERT_KIND(view_begin(d.store, &v), "newer_store");
    ASSERT_KIND(store_desk_ask(&d, desk_receive("1.001", "A", NULL, NULL), NULL), "newer_store");
    store_desk_release(&d);
}

static void drop_raw(const char *dir, const char *const *tables, size_t n)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 20), 0);
    assert_int_equal(mdb_env_open(env, dir, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(mdb_dbi_open(txn, tables[i], 0, &dbi), 0);
        assert_int_equal(mdb_drop(txn, dbi, 1), 0);
    }
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
}

static bool has_table(const char *dir, const char *table)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 20), 0);
    assert_int_equal(mdb_env_open(env, dir, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
    int rc = mdb_dbi_open(txn, table, 0, &dbi);
    mdb_txn_abort(txn);
    mdb_env_close(env);
    return rc == 0;
}

/* A store of an older layout: its tables have other names, only the journal is ours. They are replayed, and
 * the old ones go. */
static void test_older_layout_is_replayed(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    struct store_life life = {.random = 3};
    store_life_run(&life, &d, 3000, NULL); /* more than one step of replaying */
    struct store_stat before = stat_of(&d);
    shut(&d);
    drop_raw(d.dir, our_tables, OUR_TABLES);
    put_raw(d.dir, "meta", STR(OURS("state")), STR_NONE);
    put_raw(d.dir, "meta", STR("layout"), (struct str){"\0\0\0\1", 4});
    put_raw(d.dir, "meta", STR(OLDER("state")), STR("whatever"));
    put_raw(d.dir, OLDER("facts"), STR("whatever"), STR("it was"));
    store_desk_reopen(&d);
    struct store_stat after = stat_of(&d);
    assert_int_equal(after.head_seq, before.head_seq);
    assert_memory_equal(after.head_hash, before.head_hash, STORE_HASH);
    assert_int_equal(after.dossiers, before.dossiers);
    assert_int_equal(after.open, before.open);
    store_desk_assert_whole(d.store);
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "A", NULL, NULL), NULL));
    shut(&d);
    assert_false(has_table(d.dir, OLDER("facts")));
    assert_true(has_table(d.dir, OURS("facts")));
    store_desk_release(&d);
}

/* Runs `work` in a child as a user who is nobody. */
static void as_nobody(void (*work)(struct store_desk *d), struct store_desk *d)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (getuid() == 0 && (setgroups(0, NULL) != 0 || setgid(65534) != 0 || setuid(65534) != 0))
            _exit(1);
        work(d);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void open_without_permission(struct store_desk *d)
{
    struct store *s;
    struct outcome o = store_open(d->dir, &s);
    _exit(o.kind == KIND_no_permission ? 0 : 10 + (int)outcome_class(o.kind));
}

static void create_without_permission(struct store_desk *d)
{
    struct store *s;
    struct outcome o = store_create(d->dir, NULL, &s);
    _exit(o.kind == KIND_no_permission ? 0 : 10 + (int)outcome_class(o.kind));
}

static void test_no_permission(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    assert_int_equal(chmod(d.above, 0755), 0);
    if (getuid() != 0)
        assert_int_equal(chmod(path_of(&d, "data.mdb"), 0), 0);
    as_nobody(open_without_permission, &d); /* a folder of 0700 */
    assert_int_equal(chmod(d.dir, 0555), 0);
    assert_int_equal(chmod(path_of(&d, "data.mdb"), 0444), 0);
    assert_int_equal(chmod(path_of(&d, "lock.mdb"), 0444), 0);
    as_nobody(open_without_permission, &d); /* may be read: not enough */
    assert_int_equal(chmod(d.dir, 0755), 0);
    snprintf(d.dir, sizeof d.dir, "%s/store/deeper", d.above);
    if (getuid() == 0)
        as_nobody(create_without_permission, &d);
    store_desk_release(&d);
}

/* ---- writing ---- */

static bool count_row(void *arg, const struct row *row)
{
    (void)row;
    ++*(size_t *)arg;
    return true;
}

/* The map is full again and again; nobody notices. */
static void test_growth(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init_with(&d, 64 * 1024);
    for (int i = 0; i < 200; i++)
        store_desk_receive(&d, "1.001", "Nguyễn Thị Hương", NULL, code);
    struct request *r = calloc(2000, sizeof *r);
    for (int i = 0; i < 2000; i++)
        r[i] = (struct request){.moment = {.now = d.now, .login = STR("huong")},
                                .command = desk_receive("1.001", "Trần Văn Ba", NULL, NULL)};
    ASSERT_DONE(store_submit(d.store, r, 2000, NULL));
    assert_int_equal(r[1999].result.dossier, 2200);
    free(r);
    size_t rows = 0;
    struct view *v = look(&d);
    view_live(v, LIVE_RUNNING, count_row, &rows);
    view_end(v);
    assert_int_equal(rows, 2200);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

static int commits_until_failure;

/* The disk takes the pages, and then says it did not. */
static int commit_then_eio(MDB_txn *txn)
{
    int rc = mdb_txn_commit(txn);
    return rc ? rc : EIO;
}

static int lose_and_eio(MDB_txn *txn)
{
    mdb_txn_abort(txn);
    return EIO;
}

static int lose_and_enospc(MDB_txn *txn)
{
    mdb_txn_abort(txn);
    return commits_until_failure-- > 0 ? EIO : ENOSPC;
}

static void test_failing_commits(void **state)
{
    struct store_desk d;
    char code[64];
    struct result result = {0};
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "A", NULL, code);
    uint64_t head = stat_of(&d).head_seq;

    /* It is in the journal: saying "not saved" would log the dossier twice. */
    d.store->commit = commit_then_eio;
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "B", NULL, NULL), &result));
    assert_int_equal(result.dossier, 2);
    assert_int_equal(stat_of(&d).head_seq, head + 1);

    /* It is not: saying "saved" would lose it. */
    d.store->commit = lose_and_eio;
    result = (struct result){0};
    ASSERT_KIND(store_desk_ask(&d, desk_receive("1.001", "C", NULL, NULL), &result), "io_error");
    assert_int_equal(result.seq, 0);
    assert_int_equal(stat_of(&d).head_seq, head + 1);

    commits_until_failure = 0;
    d.store->commit = lose_and_enospc;
    ASSERT_KIND(store_desk_ask(&d, desk_receive("1.001", "C", NULL, NULL), NULL), "disk_full");
    /* An office event that was lost is not remembered either. */
    struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    c.officer = (struct officer){.login = STR("mai"), .name = STR("Mai"), .role = ROLE_OFFICER};
    ASSERT_KIND(store_desk_ask(&d, c, NULL), "disk_full");
    struct view *v = look(&d);
    assert_null(office_find_officer(view_office(v), STR("mai")));
    view_end(v);

    d.store->commit = mdb_txn_commit;
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "C", NULL, NULL), &result));
    assert_int_equal(result.dossier, 3);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* The disk takes no more: told as such, and nothing that was saved is lost; with room again it goes on. */
static int fill_the_disk(struct store_desk *d)
{
    struct rlimit limit;
    struct outcome o = OUTCOME_DONE;
    struct check check;
    struct store *s;
    uint64_t saved = 0;
    signal(SIGXFSZ, SIG_IGN);
    o = store_open(d->dir, &s);
    if (!outcome_ok(&o) || getrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 1;
    d->store = s;
    limit.rlim_cur = size_of(path_of(d, "data.mdb")) + 100 * 4096;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 2;
    for (int i = 0; outcome_ok(&o) && i < 20000; i++) {
        o = store_desk_ask(d, desk_receive("1.001", "Nguyễn Văn A", NULL, NULL), NULL);
        saved += outcome_ok(&o);
    }
    if (o.kind != KIND_disk_full && o.kind != KIND_io_error)
        return 3;
    if (stat_of(d).dossiers != saved)
        return 4;
    o = store_desk_ask(d, desk_receive("1.001", "Nguyễn Văn A", NULL, NULL), NULL);
    if (outcome_class(o.kind) != FAILED || stat_of(d).dossiers != saved)
        return 5;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return 6;
    o = store_check(d->store, &check);
    if (!outcome_ok(&o))
        return 7;
    o = store_desk_ask(d, desk_receive("1.001", "Nguyễn Văn A", NULL, NULL), NULL);
    return outcome_ok(&o) && stat_of(d).dossiers == saved + 1 ? 0 : 8;
}

#if defined(__has_feature)
#define ADDRESS_SANITIZER __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define ADDRESS_SANITIZER 1
#else
#define ADDRESS_SANITIZER 0
#endif

/* Less address space than the usual map: less is mapped, and everything works. */
static int with_little_space(struct store_desk *d)
{
    struct rlimit limit = {600u << 20, 600u << 20};
    struct store *s;
    if (setrlimit(RLIMIT_AS, &limit) != 0)
        return 1;
    struct outcome o = store_open(d->dir, &s);
    if (!outcome_ok(&o))
        return 2;
    d->store = s;
    o = store_desk_ask(d, desk_receive("1.001", "Nguyễn Văn A", NULL, NULL), NULL);
    return outcome_ok(&o) && stat_of(d).dossiers == 1 ? 0 : 3;
}

static void assert_child_well(int (*work)(struct store_desk *d), struct store_desk *d)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(work(d));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_full_disk(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    assert_child_well(fill_the_disk, &d);
    store_desk_reopen(&d);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

static void test_little_address_space(void **state)
{
    struct store_desk d;
    (void)state;
    if (ADDRESS_SANITIZER) /* its shadow needs terabytes of it */
        skip();
    store_desk_init(&d);
    shut(&d);
    assert_child_well(with_little_space, &d);
    store_desk_release(&d);
}

/* Nothing of a refused founding stays in memory either. */
static void test_refused_founding(void **state)
{
    struct store_desk d;
    struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    c.found = (struct office_identity){.name = STR("UBND"), .agency = STR("không dấu"), .utc_offset = 420};
    struct outcome o = store_desk_ask(&d, c, NULL);
    assert_int_equal(outcome_class(o.kind), REFUSED);
    shut(&d);
    assert_false(exists(d.dir));
    store_desk_release(&d);
}

/* ---- damage inside ---- */

/* A copy of a stored value with one byte changed, put back. */
static void spoil(const char *dir, const char *table, struct str key, size_t at)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_val k = {key.n, (void *)(uintptr_t)key.p}, v;
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 20), 0);
    assert_int_equal(mdb_env_open(env, dir, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, table, 0, &dbi), 0);
    assert_int_equal(mdb_get(txn, dbi, &k, &v), 0);
    char *copy = malloc(v.mv_size);
    assert_non_null(copy);
    memcpy(copy, v.mv_data, v.mv_size);
    assert_true(at < v.mv_size);
    copy[at] ^= 1;
    v.mv_data = copy;
    assert_int_equal(mdb_put(txn, dbi, &k, &v, 0), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    mdb_env_close(env);
    free(copy);
}

static struct str number_key(unsigned char key[8], uint64_t n)
{
    for (int i = 7; i >= 0; i--, n >>= 8)
        key[i] = (unsigned char)n;
    return (struct str){(char *)key, 8};
}

static void ten_dossiers(struct store_desk *d)
{
    char code[64];
    store_desk_init(d); /* 12 entries */
    for (int i = 0; i < 10; i++)
        store_desk_receive(d, "1.001", "Nguyễn Văn A", NULL, code);
}

static void test_check_finds_a_changed_entry(void **state)
{
    (void)state;
    for (size_t at = 0; at < 80; at += 13) { /* in the hash, in the body's head, in its text */
        struct store_desk d;
        struct check check;
        unsigned char key[8];
        ten_dossiers(&d);
        shut(&d);
        spoil(d.dir, "journal", number_key(key, 17), at);
        store_desk_reopen(&d);
        ASSERT_KIND(store_check(d.store, &check), "damaged");
        assert_int_equal(check.first_bad, 17);
        assert_int_equal(check.entries, 16);
        store_desk_release(&d);
    }
}

static void test_check_finds_a_missing_entry(void **state)
{
    struct store_desk d;
    struct check check;
    unsigned char key[8];
    (void)state;
    ten_dossiers(&d);
    shut(&d);
    put_raw(d.dir, "journal", number_key(key, 15), STR_NONE);
    store_desk_reopen(&d);
    ASSERT_KIND(store_check(d.store, &check), "damaged");
    assert_int_equal(check.first_bad, 15);
    store_desk_release(&d);
}

static void test_changed_head_does_not_open(void **state)
{
    struct store_desk d;
    unsigned char key[8];
    (void)state;
    ten_dossiers(&d);
    shut(&d);
    put_raw(d.dir, "journal", number_key(key, 22), STR_NONE); /* the last one cut off */
    assert_opens_as(&d, "damaged");
    store_desk_release(&d);
}

/* So many that chunks of their lines are full. */
static void many_dossiers(struct store_desk *d)
{
    enum { MANY = 300 };
    static struct request request[MANY];
    for (int i = 0; i < MANY; i++)
        request[i] = (struct request){.moment = {.now = d->now, .login = str_of(d->login)},
                                      .command = desk_receive("1.001", "Nguyễn Văn A", NULL, NULL)};
    struct outcome o = store_submit(d->store, request, MANY, NULL);
    assert_true(outcome_ok(&o));
}

/* Every projection is compared: a wrong value, one too few, one too many. */
static void test_check_finds_damage_in_every_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < OUR_TABLES; i++)
        for (int how = 0; how < 3; how++) {
            struct store_desk d;
            struct check check;
            MDB_env *env;
            MDB_txn *txn;
            MDB_dbi dbi;
            MDB_cursor *cursor;
            MDB_val k, v;
            char code[64];
            ten_dossiers(&d);
            store_desk_receive(&d, "1.001", "Nguyễn Văn A", "2026-11-13T09:00", code); /* days before */
            many_dossiers(&d);
            shut(&d);
            assert_int_equal(mdb_env_create(&env), 0);
            assert_int_equal(mdb_env_set_maxdbs(env, 20), 0);
            assert_int_equal(mdb_env_open(env, d.dir, 0, 0600), 0);
            assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
            assert_int_equal(mdb_dbi_open(txn, our_tables[i], 0, &dbi), 0);
            assert_int_equal(mdb_cursor_open(txn, dbi, &cursor), 0);
            assert_int_equal(mdb_cursor_get(cursor, &k, &v, MDB_LAST), 0);
            char *key = malloc(k.mv_size), *value = malloc(v.mv_size);
            assert_true(key && value);
            memcpy(key, k.mv_data, k.mv_size);
            memcpy(value, v.mv_data, v.mv_size);
            mdb_cursor_close(cursor);
            k.mv_data = key;
            v.mv_data = value;
            if (how == 0)
                value[3] ^= 4;
            if (how == 2)
                key[k.mv_size - 1] ^= 1;
            assert_int_equal(how == 1 ? mdb_del(txn, dbi, &k, NULL) : mdb_put(txn, dbi, &k, &v, 0), 0);
            assert_int_equal(mdb_txn_commit(txn), 0);
            mdb_env_close(env);
            free(key);
            free(value);
            store_desk_reopen(&d);
            struct outcome o = store_check(d.store, &check);
            if (o.kind != KIND_damaged || !check.what[0])
                fail_msg("%s, change %d: %s %s", our_tables[i], how, outcome_kind_name(o.kind), check.what);
            store_desk_release(&d);
        }
}

/* Puts an event into the journal as a forger would who knows how entries are hashed, past decide() and all
 * projections. */
static uint64_t forge(struct store_desk *d, struct event e)
{
    struct txn t;
    struct state state;
    struct key key;
    struct buf body = BUF_INIT, value = BUF_INIT;
    unsigned char hash[STORE_HASH];
    assert_true(txn_begin(d->store, true, &t));
    assert_true(state_load(&t, &state));
    e.seq = ++state.head_seq;
    e.by = STR("admin");
    if (!e.recorded_at)
        e.recorded_at = state.recorded_at;
    event_encode(&body, &e);
    journal_hash(hash, state.head_hash, e.seq, buf_str(&body));
    buf_add(&value, hash, STORE_HASH);
    buf_add_str(&value, buf_str(&body));
    txn_append(&t, TABLE_JOURNAL, key_u64(&key, e.seq), buf_str(&value));
    memcpy(state.head_hash, hash, STORE_HASH);
    state.recorded_at = e.recorded_at;
    state_save(&t, &state);
    assert_true(txn_ok(&t));
    assert_int_equal(mdb_txn_commit(t.handle), 0);
    buf_release(&body);
    buf_release(&value);
    return e.seq;
}

/* Well hashed, but it cannot have happened. */
static void test_check_finds_forged_entries(void **state)
{
    struct event received = {.kind = EVENT_RECEIVED, .dossier = 11, .at = 29845000};
    received.received.code = STR("NEW-0001");
    received.received.receipt.limit =
        (struct limit){.kind = LIMIT_SAME_DAY, .hundredths = 100, .cutoff = LIMIT_NO_CUTOFF};
    received.received.receipt.applicant.name = STR("A");
    received.received.receipt.channel = received.received.receipt.collect = CHANNEL_DIRECT;
    received.received.appointment.due = received.received.appointment.counting =
        received.received.receipt.submitted = 29845000;
    struct event skipped = received, twice = received, taken = received, early = received;
    skipped.dossier = 12;                               /* a number left out */
    twice.dossier = 3;                                  /* received before */
    taken.received.code = STR("h42.26.21-261116-0005"); /* another one's code */
    early.recorded_at = 1000;                           /* before the entry before it */
    struct event resolved = {.kind = EVENT_RESOLVED, .dossier = 3, .previous = 14, .at = 29845000};
    struct event elsewhere = resolved, nobody = resolved, office = {.kind = EVENT_YEARS_KNOWN, .previous = 3};
    elsewhere.previous = 13; /* not its last event */
    nobody.dossier = 99;
    const struct event forged[] = {skipped, twice, taken, early, elsewhere, nobody, office};
    (void)state;
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        struct store_desk d;
        struct check check;
        ten_dossiers(&d);
        uint64_t seq = forge(&d, forged[i]);
        struct outcome o = store_check(d.store, &check);
        if (o.kind != KIND_damaged || check.first_bad != seq)
            fail_msg("forged entry %zu: %s, %s, %llu", i, outcome_kind_name(o.kind), check.what,
                     (unsigned long long)check.first_bad);
        store_desk_release(&d);
    }
}

static bool count_dossier(void *arg, const struct dossier *dossier)
{
    (void)dossier;
    ++*(size_t *)arg;
    return true;
}

/* One damaged record hides no other, and is told. */
static void test_damaged_record(void **state)
{
    struct store_desk d;
    unsigned char key[8];
    struct dossier dossier;
    size_t seen = 0;
    (void)state;
    ten_dossiers(&d);
    shut(&d);
    put_raw(d.dir, OURS("dossier"), number_key(key, 4), STR("short"));
    spoil(d.dir, OURS("dossier"), number_key(key, 6), 12); /* its version */
    store_desk_reopen(&d);
    struct view *v = look(&d);
    ASSERT_DONE(view_fault(v));
    assert_true(view_dossier(v, 5, &dossier));
    ASSERT_DONE(view_fault(v));
    assert_false(view_dossier(v, 4, &dossier));
    ASSERT_KIND(view_fault(v), "damaged");
    assert_false(view_dossier(v, 6, &dossier));
    assert_true(view_dossier(v, 7, &dossier));
    view_scan(v, NULL, count_dossier, &seen);
    assert_int_equal(seen, 8);
    view_end(v);
    /* It cannot be written to; the others can. */
    ASSERT_KIND(store_desk_ask(&d, desk_resolve("16-0004", NULL), NULL), "damaged");
    ASSERT_DONE(store_desk_ask(&d, desk_resolve("16-0005", NULL), NULL));
    store_desk_release(&d);
}

static void test_damaged_rows_and_chunks(void **state)
{
    struct store_desk d;
    unsigned char key[8];
    size_t seen = 0;
    struct query q;
    (void)state;
    ten_dossiers(&d);
    shut(&d);
    put_raw(d.dir, OURS("names"), number_key(key, 0), STR("not a chunk"));
    put_raw(d.dir, OURS("facts"), number_key(key, 0), STR("not a chunk"));
    store_desk_reopen(&d);
    struct view *v = look(&d);
    view_scan(v, NULL, count_dossier, &seen);
    assert_int_equal(seen, 0);
    ASSERT_KIND(view_fault(v), "damaged");
    view_end(v);
    v = look(&d);
    assert_true(query_init(&q, STR("nguyen")));
    view_search(v, &q, count_dossier, &seen);
    query_release(&q);
    ASSERT_KIND(view_fault(v), "damaged");
    view_end(v);
    store_desk_release(&d);
}

/* ---- what is said ---- */

static void assert_said(struct outcome o, const char *vi, const char *en)
{
    struct buf said = BUF_INIT;
    outcome_message(&said, LANG_VI, &o);
    assert_string_equal(said.p, vi);
    buf_reset(&said);
    outcome_message(&said, LANG_EN, &o);
    assert_string_equal(said.p, en);
    buf_release(&said);
}

static void test_reasons_in_the_readers_language(void **state)
{
    (void)state;
    assert_said(fault_of("/x", EISDIR), "không đọc hoặc ghi được /x: là thư mục, không phải tệp",
                "cannot read or write /x: a folder, not a file");
    assert_said(fault_of("/x", EOPNOTSUPP), "không đọc hoặc ghi được /x: lỗi số 95",
                "cannot read or write /x: error 95");
    assert_said(fault_of("/x", MDB_TLS_FULL), "không đọc hoặc ghi được /x: lỗi số -30789",
                "cannot read or write /x: error -30789");
    assert_said(
        fault_of("/x", MDB_CORRUPTED),
        "sổ dữ liệu /x bị hỏng (các trang dữ liệu mâu thuẫn nhau); ngừng ghi và chạy motcua verify để biết "
        "cách phục hồi",
        "the store /x is damaged (pages contradict each other); stop writing and run motcua verify, which "
        "says how to get it back");
    assert_said(fault_damaged_at("/x", T_core_damage_entry, 17),
                "sổ dữ liệu /x bị hỏng (mục nhật ký số 17); ngừng ghi và chạy motcua verify để biết cách "
                "phục hồi",
                "the store /x is damaged (journal entry 17); stop writing and run motcua verify, which says "
                "how to get it back");
    assert_said(fault_of("/x", MDB_INVALID),
                "/x không phải là sổ dữ liệu của motcua, hoặc tệp của sổ đã hỏng; kiểm tra lại -s, nếu đúng "
                "là thư mục của sổ thì phục hồi từ bản sao lưu: motcua -s THƯ_MỤC_MỚI restore TỆP",
                "/x is not a store of motcua, or its file is damaged; check -s, and if this is the store's "
                "folder, restore it from a backup: motcua -s NEW_FOLDER restore FILE");
    assert_said(fault_path(KIND_not_a_folder, "/x"),
                "/x là một tệp, không phải thư mục; chọn thư mục khác hoặc kiểm tra lại -s",
                "/x is a file, not a folder; choose another folder or check -s");
    /* Numbers that may well be met have words, and none has the system's English ones. */
    static const int worded[] = {ENOSPC,       EACCES, EPERM,  EROFS,  ENOTDIR, EISDIR, ENOENT,
                                 ENAMETOOLONG, EIO,    ENOMEM, EMFILE, ELOOP,   EBUSY};
    for (size_t i = 0; i < sizeof worded / sizeof *worded; i++) {
        struct outcome o = outcome_of(KIND_io_error);
        fault_reason(&o, worded[i]);
        assert_int_equal(o.arg[0].type, ARG_LABEL);
        assert_int_not_equal(o.arg[0].number, T_core_errno_other);
    }
    for (int rc = 1; rc < 134; rc++) {
        struct outcome o = fault_of("/x", rc);
        struct buf said = BUF_INIT;
        outcome_message(&said, LANG_VI, &o);
        assert_null(strstr(said.p, strerror(rc)));
        buf_release(&said);
    }
}

/* Every part of a store has its words in both languages. */
static void test_tables_have_words(void **state)
{
    (void)state;
    for (int table = 0; table < TABLES; table++) {
        enum text_id words = table_label(table);
        assert_int_not_equal(words, T_nothing);
        for (int other = 0; other < table; other++)
            assert_int_not_equal(words, table_label(other));
    }
}

/* Branch pages that say they lead nowhere: LMDB stops at them by giving up the process. */
static void spoil_branch_pages(const char *path)
{
    enum { PAGE = 4096, AT_FLAGS = 10, AT_LOWER = 12, HEAD = 16, BRANCH = 0x01 };
    unsigned char page[PAGE];
    int fd = open(path, O_RDWR), spoilt = 0;
    assert_true(fd >= 0);
    for (off_t at = 2 * PAGE; pread(fd, page, PAGE, at) == PAGE; at += PAGE) {
        if (page[AT_FLAGS] != BRANCH || page[AT_FLAGS + 1] != 0)
            continue;
        page[AT_LOWER] = HEAD + 2; /* one child */
        page[AT_LOWER + 1] = 0;
        assert_int_equal(pwrite(fd, page, PAGE, at), PAGE);
        spoilt++;
    }
    close(fd);
    assert_true(spoilt > 0);
}

static int look_into_contradiction(struct store_desk *d)
{
    struct store *s;
    struct check check;
    struct outcome o = store_open(d->dir, &s);
    if (outcome_ok(&o))
        o = store_check(s, &check);
    return 100 + (int)outcome_class(o.kind);
}

/* The sentence in the reader's language and status 4, not a core dump. */
static void test_pages_that_contradict_each_other(void **state)
{
    struct store_desk d;
    char code[64], said[2000] = "";
    (void)state;
    store_desk_init(&d);
    for (int i = 0; i < 200; i++)
        store_desk_receive(&d, "1.001", "Nguyễn Văn A", NULL, code);
    shut(&d);
    spoil_branch_pages(path_of(&d, "data.mdb"));
    for (enum lang lang = LANG_VI; lang <= LANG_EN; lang++) {
        int ends[2], status;
        assert_int_equal(pipe(ends), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            dup2(ends[1], STDERR_FILENO);
            crash_speak(lang);
            _exit(look_into_contradiction(&d));
        }
        close(ends[1]);
        size_t n = 0;
        for (ssize_t got = 1; got > 0 && n < sizeof said - 1; n += (size_t)got)
            got = read(ends[0], said + n, sizeof said - 1 - n);
        said[n] = '\0';
        close(ends[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 4);
        assert_int_equal(strstr(said, "bị hỏng (các trang dữ liệu mâu thuẫn nhau)") != NULL, lang == LANG_VI);
        assert_int_equal(strstr(said, "is damaged (pages contradict each other)") != NULL, lang == LANG_EN);
    }
    store_desk_release(&d);
}

static void nothing_is_saved_into_a_file_that_was_removed(void **state)
{
    (void)state;
    struct store_desk d;
    char code[64];
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "Nguyễn Thị Hương", NULL, code);
    assert_int_equal(unlink(path_of(&d, "data.mdb")), 0);
    ASSERT_KIND(store_desk_ask(&d, desk_receive("1.001", "Lê Văn Nam", NULL, NULL), NULL), "store_gone");
    struct view *v;
    ASSERT_KIND(view_begin(d.store, &v), "store_gone");
    assert_null(v);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_network_disks_are_known),
        cmocka_unit_test(test_no_store),
        cmocka_unit_test(test_foreign_files),
        cmocka_unit_test(test_foreign_lmdb_file),
        cmocka_unit_test(test_truncated_file),
        cmocka_unit_test(test_short_file_that_is_whole),
        cmocka_unit_test(test_newer_layout),
        cmocka_unit_test(test_layout_changes_under_an_open_store),
        cmocka_unit_test(test_older_layout_is_replayed),
        cmocka_unit_test(test_no_permission),
        cmocka_unit_test(test_growth),
        cmocka_unit_test(test_failing_commits),
        cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_little_address_space),
        cmocka_unit_test(test_refused_founding),
        cmocka_unit_test(test_check_finds_a_changed_entry),
        cmocka_unit_test(test_check_finds_a_missing_entry),
        cmocka_unit_test(test_changed_head_does_not_open),
        cmocka_unit_test(test_check_finds_damage_in_every_table),
        cmocka_unit_test(test_check_finds_forged_entries),
        cmocka_unit_test(test_damaged_record),
        cmocka_unit_test(test_damaged_rows_and_chunks),
        cmocka_unit_test(test_reasons_in_the_readers_language),
        cmocka_unit_test(test_tables_have_words),
        cmocka_unit_test(nothing_is_saved_into_a_file_that_was_removed),
        cmocka_unit_test(test_pages_that_contradict_each_other),
    };
    return cmocka_run_group_tests_name("store_faults", tests, NULL, NULL);
}
