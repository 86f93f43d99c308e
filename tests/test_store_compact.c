/* Compacting: the same store in less room, while nobody else has it open; and waiting for whoever does it. */
#include "store/compact.h"
#include "store/env.h"
#include "tests/copy_tools.h"
#include "tests/store_life.h"
#include <errno.h>
#include <grp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void lived_in(struct store_desk *d, uint64_t seed, size_t steps)
{
    store_desk_init(d);
    struct store_life life = {.random = seed};
    store_life_run(&life, d, steps, NULL);
}

/* ---- the same in less room ---- */

static void test_compacted_is_the_same(void **state)
{
    struct store_desk d;
    struct buf before = BUF_INIT, after = BUF_INIT, journal = BUF_INIT, same = BUF_INIT;
    struct compacted done;
    (void)state;
    lived_in(&d, 31, is_quick() ? 500 : 4000);
    struct head head = head_of(d.store);
    dump_of(d.store, &before);
    journal_of(d.store, &journal);
    shut(&d);
    uint64_t size = size_of(inside(&d, "data.mdb"));
    ASSERT_DONE(store_compact(d.dir, &done));
    assert_int_equal(done.before, size);
    assert_int_equal(done.after, size_of(inside(&d, "data.mdb")));
    assert_true(done.after < done.before);
    assert_same_head(&done.head, &head);
    assert_int_equal(names_in(d.dir), 2);
    store_desk_reopen(&d);
    dump_of(d.store, &after);
    journal_of(d.store, &same);
    assert_int_equal(after.n, before.n);
    assert_memory_equal(after.p, before.p, before.n);
    assert_int_equal(same.n, journal.n);
    assert_memory_equal(same.p, journal.p, journal.n);
    store_desk_assert_whole(d.store);
    struct store_life life = {.random = 32};
    store_life_run(&life, &d, 300, NULL); /* and can be worked with */
    store_desk_assert_whole(d.store);
    buf_release(&before);
    buf_release(&after);
    buf_release(&journal);
    buf_release(&same);
    store_desk_release(&d);
}

static bool count_tellings(void *arg, uint64_t done, uint64_t all)
{
    uint64_t *last = arg;
    assert_int_equal(done, *last + 1);
    assert_true(done <= all);
    *last = done;
    return true;
}

static bool stop_at_ten(void *arg, uint64_t done, uint64_t all)
{
    (void)arg, (void)all;
    return done < 10;
}

static ino_t inode_of(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_ino;
}

static void test_compacting_is_watched(void **state)
{
    struct store_desk d;
    struct compacted done;
    uint64_t last = 0;
    (void)state;
    lived_in(&d, 33, 100);
    shut(&d);
    ino_t file = inode_of(inside(&d, "data.mdb"));
    struct outcome o = store_compact_watched(d.dir, &(struct watch){stop_at_ten, NULL}, &done);
    assert_false(outcome_ok(&o));
    assert_int_equal(inode_of(inside(&d, "data.mdb")), file);
    assert_int_equal(names_in(d.dir), 2);
    ASSERT_DONE(store_compact_watched(d.dir, &(struct watch){count_tellings, &last}, &done));
    assert_int_equal(last, done.head.seq);
    assert_true(inode_of(inside(&d, "data.mdb")) != file);
    store_desk_release(&d);
}

/* As open as it was, whatever the umask; a group's store stays its group's. */
static void test_modes_stay(void **state)
{
    struct store_desk d;
    struct compacted done;
    struct stat st;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    gid_t group = getgid();
    if (getuid() == 0) /* another than the one new files get */
        group = getgrnam("users") ? getgrnam("users")->gr_gid : group;
    const char *file = inside(&d, "data.mdb");
    assert_int_equal(chown(file, (uid_t)-1, group), 0);
    assert_int_equal(chmod(file, 0660), 0);
    mode_t mask = umask(077);
    ASSERT_DONE(store_compact(d.dir, &done));
    umask(mask);
    assert_int_equal(stat(file, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0660);
    assert_int_equal(st.st_gid, group);
    assert_int_equal(chmod(file, 0600), 0);
    mask = umask(0);
    ASSERT_DONE(store_compact(d.dir, &done));
    umask(mask);
    assert_int_equal(mode_of(file), 0600);
    store_desk_release(&d);
}

/* A data.mdb on another disk, reached by a link, stays there. */
static void test_links_stay(void **state)
{
    struct store_desk d;
    struct compacted done;
    struct stat st;
    (void)state;
    lived_in(&d, 34, 50);
    struct head head = head_of(d.store);
    shut(&d);
    assert_int_equal(mkdir(above(&d, "disk"), 0700), 0);
    assert_int_equal(rename(inside(&d, "data.mdb"), above(&d, "disk/book")), 0);
    assert_int_equal(symlink("../disk/book", inside(&d, "data.mdb")), 0);
    ino_t file = inode_of(above(&d, "disk/book"));
    ASSERT_DONE(store_compact(d.dir, &done));
    assert_int_equal(lstat(inside(&d, "data.mdb"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_true(inode_of(above(&d, "disk/book")) != file);
    assert_int_equal(names_in(above(&d, "disk")), 1);
    assert_int_equal(symlink("store", above(&d, "road")), 0);
    ASSERT_DONE(store_compact(above(&d, "road"), &done));
    store_desk_reopen(&d);
    struct head now = head_of(d.store);
    assert_same_head(&now, &head);
    store_desk_release(&d);
}

static void test_older_layout(void **state)
{
    struct store_desk d;
    struct compacted done;
    struct buf before = BUF_INIT, after = BUF_INIT;
    (void)state;
    lived_in(&d, 35, 400);
    dump_of(d.store, &before);
    shut(&d);
    raw_relayout(d.dir, false, 1);
    ASSERT_DONE(store_compact(d.dir, &done)); /* brought up to date on the way */
    store_desk_reopen(&d);
    dump_of(d.store, &after);
    assert_int_equal(after.n, before.n);
    assert_memory_equal(after.p, before.p, before.n);
    shut(&d);
    raw_relayout(d.dir, false, 99);
    ASSERT_KIND(store_compact(d.dir, &done), "newer_store");
    buf_release(&before);
    buf_release(&after);
    store_desk_release(&d);
}

/* ---- others ---- */

static int try_compact(void *arg)
{
    struct compacted done;
    struct outcome o = store_compact(arg, &done);
    return outcome_ok(&o) ? 0 : o.kind == KIND_store_in_use ? 1 : 2;
}

static void test_not_while_it_is_open(void **state)
{
    struct store_desk d;
    struct compacted done;
    char code[64];
    (void)state;
    store_desk_init(&d);
    ino_t file = inode_of(inside(&d, "data.mdb"));
    assert_int_equal(in_child(try_compact, d.dir), 1);
    ASSERT_KIND(store_compact(d.dir, &done), "store_in_use"); /* not even by this process */
    store_desk_receive(&d, "1.001", "Nguyễn Văn A", NULL, code);
    store_desk_reopen(&d);
    assert_int_equal(in_child(try_compact, d.dir), 1);
    assert_int_equal(inode_of(inside(&d, "data.mdb")), file);
    assert_int_equal(names_in(d.dir), 2);
    shut(&d);
    assert_int_equal(in_child(try_compact, d.dir), 0);
    store_desk_release(&d);
}

/* Another program that has it open knows nothing of our lock; LMDB's tells of it. */
static void test_not_while_another_program_has_it_open(void **state)
{
    struct store_desk d;
    struct compacted done;
    MDB_env *env;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_open(env, d.dir, 0, 0600), 0);
    assert_int_equal(in_child(try_compact, d.dir), 1);
    mdb_env_close(env);
    ASSERT_DONE(store_compact(d.dir, &done));
    store_desk_release(&d);
}

/* Who comes while we hold the store alone: told when to, and tells when he is about to. */
struct waiter {
    const char *dir;
    int go[2], come[2];
};

static bool wait_for_go(const struct waiter *w)
{
    char c;
    return read(w->go[0], &c, 1) == 1 && write(w->come[1], "x", 1) == 1;
}

static int open_and_receive(void *arg)
{
    struct waiter *w = arg;
    struct store_desk d = {.login = "admin"};
    store_desk_now(&d, "2026-11-16T08:00");
    if (!wait_for_go(w))
        return 1;
    struct outcome o = store_open(w->dir, &d.store);
    if (outcome_ok(&o))
        o = store_desk_ask(&d, desk_receive("1.001", "Người chờ", NULL, NULL), NULL);
    store_close(d.store);
    return outcome_ok(&o) ? 0 : 2;
}

/* An LMDB program that waits at the lock must not take the new file for what the lock says of the old one: it
 * is refused, or sees the new one whole. */
static int open_raw(void *arg)
{
    struct waiter *w = arg;
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    MDB_stat stat;
    if (!wait_for_go(w) || mdb_env_create(&env) != 0 || mdb_env_set_maxdbs(env, 32) != 0)
        return 1;
    int rc = mdb_env_open(env, w->dir, 0, 0600);
    if (rc)
        return rc == MDB_INVALID ? 0 : 2;
    if (mdb_txn_begin(env, NULL, MDB_RDONLY, &txn) != 0 || mdb_dbi_open(txn, "journal", 0, &dbi) != 0 ||
        mdb_stat(txn, dbi, &stat) != 0)
        return 3;
    mdb_txn_abort(txn);
    mdb_env_close(env);
    return stat.ms_entries >= 12 ? 0 : 4;
}

/* Has it gone to sleep? It is about to wait for what we hold. */
static void wait_until_asleep(pid_t child)
{
    char path[40], name[64], status = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)child);
    for (int i = 0; i < 20000 && status != 'S'; i++) {
        FILE *f = fopen(path, "r");
        assert_non_null(f);
        assert_int_equal(fscanf(f, "%*d (%63[^)]) %c", name, &status), 2);
        fclose(f);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    assert_int_equal(status, 'S');
}

/* Holds the store as compacting does, lets `work` come to it, then compacts. */
static void compact_under(struct store_desk *d, child_work *work)
{
    struct waiter w = {.dir = d->dir};
    struct hold hold;
    struct compacted done;
    char c;
    assert_int_equal(pipe(w.go), 0);
    assert_int_equal(pipe(w.come), 0);
    pid_t child = start_child(work, &w); /* before: what it inherited it would hold too */
    ASSERT_DONE(hold_alone(&hold, d->dir));
    assert_int_equal(write(w.go[1], "x", 1), 1);
    assert_int_equal(read(w.come[0], &c, 1), 1);
    wait_until_asleep(child);
    assert_int_equal(waitpid(child, NULL, WNOHANG), 0); /* it waits */
    assert_int_equal(hold_spoil_lock(&hold), 0);
    hold_release(&hold);
    assert_int_equal(wait_child(child), 0);
    for (int i = 0; i < 2; i++) {
        close(w.go[i]);
        close(w.come[i]);
    }
    ASSERT_DONE(store_compact(d->dir, &done));
}

static void test_who_opens_it_waits(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    struct head before = head_of(d.store);
    shut(&d);
    compact_under(&d, open_and_receive);
    compact_under(&d, open_raw);
    store_desk_reopen(&d);
    assert_int_equal(head_of(d.store).seq, before.seq + 1);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

static void test_not_for_ever(void **state)
{
    struct store_desk d;
    struct hold alone, shared, more;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    ASSERT_DONE(hold_alone(&alone, d.dir));
    ASSERT_KIND(hold_shared(&shared, d.dir, 50), "store_busy");
    ASSERT_KIND(hold_alone(&more, d.dir), "store_in_use");
    hold_release(&alone);
    ASSERT_DONE(hold_shared(&shared, d.dir, 0));
    ASSERT_DONE(hold_shared(&more, d.dir, 0)); /* readers do not hinder each other */
    ASSERT_KIND(hold_alone(&alone, d.dir), "store_in_use");
    hold_release(&shared);
    hold_release(&more);
    ASSERT_DONE(hold_alone(&alone, d.dir));
    hold_release(&alone);
    ASSERT_KIND(hold_shared(&shared, above(&d, "nowhere"), 0), "io_error");
    store_desk_release(&d);
}

enum { DESKS = 3 };

static int64_t nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Opens, receives one, closes; again and again. Away twice as long as there, however slow the machine is:
 * else there might never be a moment when all are away. */
static int come_and_go(void *arg)
{
    struct store_desk d = {.login = "admin"};
    store_desk_now(&d, "2026-11-16T08:00");
    for (int i = 0; i < (is_quick() ? 20 : 60); i++) {
        int64_t came = nanoseconds();
        struct outcome o = store_open(arg, &d.store);
        if (outcome_ok(&o))
            o = store_desk_ask(&d, desk_receive("1.001", "Người", NULL, NULL), NULL);
        store_close(d.store);
        if (!outcome_ok(&o))
            return 1;
        int64_t away = 2 * (nanoseconds() - came);
        nanosleep(&(struct timespec){.tv_sec = away / 1000000000, .tv_nsec = away % 1000000000}, NULL);
    }
    return 0;
}

/* Compacted between them whenever nobody is there: whoever then comes writes into the new file. */
static void test_amid_comers_and_goers(void **state)
{
    struct store_desk d;
    struct compacted done;
    pid_t child[DESKS];
    int running = DESKS, compacted = 0;
    (void)state;
    store_desk_init(&d);
    uint64_t before = head_of(d.store).seq;
    shut(&d);
    for (int i = 0; i < DESKS; i++)
        child[i] = start_child(come_and_go, d.dir);
    while (running) {
        struct outcome o = store_compact(d.dir, &done);
        assert_true(outcome_ok(&o) || o.kind == KIND_store_in_use);
        compacted += outcome_ok(&o);
        nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL); /* nobody does it without a pause */
        running = 0;
        for (int i = 0; i < DESKS; i++) {
            int status = 0;
            if (child[i] && waitpid(child[i], &status, WNOHANG) == child[i])
                child[i] = 0;
            assert_int_equal(status, 0);
            running += child[i] != 0;
        }
    }
    ASSERT_DONE(store_compact(d.dir, &done));
    store_desk_reopen(&d);
    assert_int_equal(head_of(d.store).seq, before + DESKS * (is_quick() ? 20 : 60));
    store_desk_assert_whole(d.store);
    assert_true(compacted > 0);
    store_desk_release(&d);
}

/* ---- what goes wrong on the way ---- */

static void test_killed(void **state)
{
    struct store_desk d;
    struct random random = {36};
    struct compacted done;
    (void)state;
    lived_in(&d, 36, is_quick() ? 300 : 2500);
    struct head head = head_of(d.store);
    shut(&d);
    copy_file(inside(&d, "data.mdb"), above(&d, "before"));
    int64_t time = time_of(try_compact, d.dir);
    uint64_t small = size_of(inside(&d, "data.mdb"));
    int old = 0, new = 0;
    for (int i = 0; i < (is_quick() ? 12 : 60); i++) {
        copy_file(above(&d, "before"), inside(&d, "data.mdb"));
        kill_child(start_child(try_compact, d.dir), &time, &random);
        uint64_t size = size_of(inside(&d, "data.mdb"));
        old += size != small;
        new += size == small;
        assert_true(names_in(d.dir) <= 3);
        store_desk_reopen(&d);
        struct head now = head_of(d.store);
        assert_same_head(&now, &head);
        if (i % 10 == 0)
            store_desk_assert_whole(d.store);
        shut(&d);
    }
    assert_true(is_quick() || (old > 0 && new > 0));
    ASSERT_DONE(store_compact(d.dir, &done));
    assert_int_equal(names_in(d.dir), 2);
    store_desk_release(&d);
}

static int compact_small(void *arg)
{
    struct compacted done;
    struct rlimit limit = {64 * 1024, 64 * 1024};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    struct outcome o = store_compact(arg, &done);
    return o.kind == KIND_disk_full ? 0 : 1;
}

static void test_no_room(void **state)
{
    struct store_desk d;
    struct buf before = BUF_INIT, after = BUF_INIT;
    (void)state;
    lived_in(&d, 37, 200);
    shut(&d);
    read_file(inside(&d, "data.mdb"), &before);
    assert_int_equal(in_child(compact_small, d.dir), 0);
    read_file(inside(&d, "data.mdb"), &after);
    assert_int_equal(after.n, before.n);
    assert_memory_equal(after.p, before.p, before.n);
    assert_int_equal(names_in(d.dir), 2);
    store_desk_reopen(&d);
    buf_release(&before);
    buf_release(&after);
    store_desk_release(&d);
}

static void test_damaged_store(void **state)
{
    struct store_desk d;
    struct compacted done;
    unsigned char key[8];
    (void)state;
    lived_in(&d, 38, 100);
    shut(&d);
    raw_spoil(d.dir, false, "journal", raw_number(key, 40), 50);
    ino_t file = inode_of(inside(&d, "data.mdb"));
    struct outcome o = store_compact(d.dir, &done);
    ASSERT_KIND(o, "damaged");
    assert_string_equal(o.arg[2].text, " 40");
    assert_int_equal(inode_of(inside(&d, "data.mdb")), file);
    assert_int_equal(names_in(d.dir), 2);
    store_desk_release(&d);
}

static void test_where_there_is_no_store(void **state)
{
    struct store_desk d;
    struct compacted done;
    (void)state;
    store_desk_empty(&d);
    ASSERT_KIND(store_compact(d.dir, &done), "no_store");
    assert_false(exists(d.dir));
    write_file(above(&d, "file"), "x", 1);
    ASSERT_KIND(store_compact(above(&d, "file"), &done), "not_a_folder");
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compacted_is_the_same),
        cmocka_unit_test(test_compacting_is_watched),
        cmocka_unit_test(test_modes_stay),
        cmocka_unit_test(test_links_stay),
        cmocka_unit_test(test_older_layout),
        cmocka_unit_test(test_not_while_it_is_open),
        cmocka_unit_test(test_not_while_another_program_has_it_open),
        cmocka_unit_test(test_who_opens_it_waits),
        cmocka_unit_test(test_not_for_ever),
        cmocka_unit_test(test_amid_comers_and_goers),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_damaged_store),
        cmocka_unit_test(test_where_there_is_no_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
