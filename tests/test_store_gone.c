/* A store that is moved away, or put another in the place of, while it is open: nothing is saved where nobody
 * will find it. */
#include "tests/store_desk.h"

#include "store/backup.h"
#include "store/env.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

static struct outcome receive(struct store_desk *d)
{
    return store_desk_ask(d, desk_receive("1.001", "Lê Văn Nam", NULL, NULL), NULL);
}

static struct outcome look(struct store_desk *d)
{
    struct view *v;
    struct outcome o = view_begin(d->store, &v);
    assert_int_equal(v != NULL, outcome_ok(&o));
    view_end(v);
    return o;
}

static void assert_gone(struct store_desk *d)
{
    struct check check;
    ASSERT_KIND(receive(d), "store_gone");
    ASSERT_KIND(look(d), "store_gone");
    ASSERT_KIND(store_check(d->store, &check), "store_gone");
    ASSERT_KIND(receive(d), "store_gone");
}

/* Of the journal of the store in `dir`, which is whole. Looked at by another process: one process must not
 * open a store twice. */
static uint64_t entries(const char *dir)
{
    uint64_t count = 0;
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *s;
        struct check check;
        struct outcome o = store_open(dir, &s);
        if (outcome_ok(&o))
            o = store_check(s, &check);
        bool told =
            outcome_ok(&o) && write(ends[1], &check.entries, sizeof check.entries) == sizeof check.entries;
        _exit(told ? 0 : 1 + (int)o.kind);
    }
    close(ends[1]);
    bool told = read(ends[0], &count, sizeof count) == sizeof count;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(told);
    return count;
}

/* What another process is told that opens it. */
static struct outcome opened_elsewhere(const char *dir)
{
    int status;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct store *s;
        _exit((int)store_open(dir, &s).kind);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return outcome_of((enum outcome_kind)WEXITSTATUS(status));
}

static const char *beside(const struct store_desk *d, const char *name)
{
    static char path[4][300];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", d->above, name);
    return path[next];
}

/* As cp does: into the file that is there. */
static void copy_over(const char *from, const char *to)
{
    static unsigned char block[1 << 16];
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_TRUNC | O_CREAT, 0600);
    assert_true(in >= 0 && out >= 0);
    for (ssize_t n; (n = read(in, block, sizeof block)) > 0;)
        assert_int_equal(write(out, block, (size_t)n), n);
    close(in);
    close(out);
}

static void begin(struct store_desk *d)
{
    char code[64];
    store_desk_init(d);
    store_desk_receive(d, "1.001", "Nguyễn Thị Hương", NULL, code);
}

static void shut(struct store_desk *d)
{
    store_close(d->store);
    d->store = NULL;
}

/* ---- the folder, the file ---- */

static void a_folder_that_was_moved_is_gone_until_it_is_back(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    const char *aside = beside(&d, "aside");
    assert_int_equal(rename(d.dir, aside), 0);
    assert_true(store_changed(d.store));
    assert_gone(&d);
    assert_false(store_changed(d.store)); /* told once */
    uint64_t before = entries(aside);
    assert_int_equal(rename(aside, d.dir), 0);
    assert_true(store_changed(d.store));
    ASSERT_DONE(receive(&d));
    ASSERT_DONE(look(&d));
    shut(&d);
    assert_int_equal(entries(d.dir), before + 1);
    store_desk_release(&d);
}

static void another_store_in_its_place_gets_nothing_either(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    const char *aside = beside(&d, "aside");
    assert_int_equal(rename(d.dir, aside), 0);
    assert_int_equal(mkdir(d.dir, 0700), 0);
    copy_over(beside(&d, "aside/data.mdb"), beside(&d, "store/data.mdb"));
    assert_gone(&d);
    shut(&d);
    assert_int_equal(entries(aside), entries(d.dir));
    store_desk_release(&d);
}

static void a_file_renamed_over_it_is_another(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    copy_over(beside(&d, "store/data.mdb"), beside(&d, "copy"));
    ASSERT_DONE(receive(&d));
    assert_int_equal(rename(beside(&d, "copy"), beside(&d, "store/data.mdb")), 0);
    assert_gone(&d);
    store_desk_release(&d);
}

static void a_file_in_the_place_of_the_folder(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    assert_int_equal(rename(d.dir, beside(&d, "aside")), 0);
    close(open(d.dir, O_CREAT | O_WRONLY | O_CLOEXEC, 0600)); /* a file in the folder's place */
    assert_gone(&d);
    store_desk_release(&d);
}

/* The way to it may be short; it is the place that counts. */
static void moved_by_whatever_name_it_was_opened(void **state)
{
    (void)state;
    static const char *const names[][2] = {{"", "store"}, {"store", "."}, {"", "link"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct store_desk d;
        char was[1000];
        begin(&d);
        shut(&d);
        assert_int_equal(symlink("store", beside(&d, "link")), 0);
        assert_non_null(getcwd(was, sizeof was));
        assert_int_equal(chdir(beside(&d, names[i][0])), 0);
        ASSERT_DONE(store_open(names[i][1], &d.store));
        ASSERT_DONE(receive(&d));
        assert_int_equal(rename(d.dir, beside(&d, "aside")), 0);
        assert_gone(&d);
        assert_int_equal(chdir(was), 0);
        assert_gone(&d);
        store_desk_release(&d);
    }
}

static void a_link_that_leads_elsewhere_now(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    shut(&d);
    assert_int_equal(mkdir(beside(&d, "other"), 0700), 0);
    copy_over(beside(&d, "store/data.mdb"), beside(&d, "other/data.mdb"));
    assert_int_equal(symlink("store", beside(&d, "link")), 0);
    ASSERT_DONE(store_open(beside(&d, "link"), &d.store));
    assert_int_equal(unlink(beside(&d, "link")), 0);
    assert_int_equal(symlink("other", beside(&d, "link")), 0);
    assert_gone(&d);
    store_desk_release(&d);
}

/* Holds the write lock, and moves the folder away while another waits for it. */
static void hold_and_move(struct store_desk *d, int ready)
{
    struct store *s;
    struct outcome o = store_open(d->dir, &s);
    MDB_txn *txn;
    char c = 'x';
    if (!outcome_ok(&o) || mdb_txn_begin(s->env, NULL, 0, &txn) != 0 || write(ready, &c, 1) != 1)
        _exit(1);
    usleep(200 * 1000);
    int rc = rename(d->dir, beside(d, "aside"));
    mdb_txn_abort(txn);
    store_close(s);
    _exit(rc ? 2 : 0);
}

static void moved_while_somebody_waits_to_write(void **state)
{
    (void)state;
    struct store_desk d;
    int ends[2], status;
    char c;
    begin(&d);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        hold_and_move(&d, ends[1]);
    assert_int_equal(read(ends[0], &c, 1), 1);
    ASSERT_KIND(receive(&d), "store_gone"); /* it was there when this began to wait */
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    close(ends[0]);
    close(ends[1]);
    store_desk_release(&d);
}

/* ---- what is in the file ---- */

static void assert_sound_once_all_have_closed(struct store_desk *d, uint64_t count)
{
    ASSERT_KIND(opened_elsewhere(d->dir), "store_gone"); /* somebody has it open still */
    shut(d);
    assert_int_equal(entries(d->dir), count);
    store_desk_reopen(d);
    ASSERT_DONE(receive(d));
    ASSERT_DONE(look(d));
    shut(d);
    assert_int_equal(entries(d->dir), count + 1);
}

/* Of whatever parity the number of its last transaction is. */
static void an_older_copy_in_the_same_file(void **state)
{
    (void)state;
    for (int later = 1; later <= 4; later++) {
        struct store_desk d;
        begin(&d);
        copy_over(beside(&d, "store/data.mdb"), beside(&d, "older"));
        shut(&d);
        uint64_t count = entries(d.dir);
        store_desk_reopen(&d);
        for (int i = 0; i < later; i++)
            ASSERT_DONE(receive(&d));
        copy_over(beside(&d, "older"), beside(&d, "store/data.mdb"));
        assert_gone(&d);
        assert_sound_once_all_have_closed(&d, count);
        store_desk_release(&d);
    }
}

/* One that is newer by a single transaction cannot be told from what a failed write may leave, and does no
 * harm: what it shares with the file before stays in place. */
static void a_newer_copy_in_the_same_file(void **state)
{
    (void)state;
    for (int later = 2; later <= 5; later++) {
        struct store_desk d;
        begin(&d);
        copy_over(beside(&d, "store/data.mdb"), beside(&d, "older"));
        for (int i = 0; i < later; i++)
            ASSERT_DONE(receive(&d));
        copy_over(beside(&d, "store/data.mdb"), beside(&d, "newer"));
        shut(&d);
        uint64_t count = entries(d.dir);
        copy_over(beside(&d, "older"), beside(&d, "store/data.mdb"));
        store_desk_reopen(&d);
        copy_over(beside(&d, "newer"), beside(&d, "store/data.mdb"));
        ASSERT_KIND(receive(&d), "store_gone");
        shut(&d);
        assert_int_equal(entries(d.dir), count);
        store_desk_release(&d);
    }
}

/* A backup counts its transactions from one again. */
static void a_backup_in_the_same_file(void **state)
{
    (void)state;
    struct store_desk d;
    struct head head;
    begin(&d);
    ASSERT_DONE(store_backup(d.store, beside(&d, "backup"), &head));
    ASSERT_DONE(receive(&d));
    copy_over(beside(&d, "backup"), beside(&d, "store/data.mdb"));
    assert_gone(&d);
    assert_sound_once_all_have_closed(&d, head.seq);
    store_desk_release(&d);
}

/* Then LMDB finds everything in order; the journal tells. */
static void an_older_copy_with_its_lock_file(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    copy_over(beside(&d, "store/data.mdb"), beside(&d, "older"));
    copy_over(beside(&d, "store/lock.mdb"), beside(&d, "older.lock"));
    ASSERT_DONE(receive(&d));
    ASSERT_DONE(receive(&d));
    copy_over(beside(&d, "older"), beside(&d, "store/data.mdb"));
    copy_over(beside(&d, "older.lock"), beside(&d, "store/lock.mdb"));
    ASSERT_KIND(receive(&d), "store_gone");
    ASSERT_KIND(look(&d), "store_gone");
    store_desk_release(&d);
}

/* As many transactions, as many entries: another store all the same. */
static void a_twin_in_the_same_file(void **state)
{
    (void)state;
    struct store_desk d;
    begin(&d);
    copy_over(beside(&d, "store/data.mdb"), beside(&d, "older"));
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "Nguyễn Văn Một", NULL, NULL), NULL));
    copy_over(beside(&d, "store/data.mdb"), beside(&d, "twin"));
    shut(&d);
    copy_over(beside(&d, "older"), beside(&d, "store/data.mdb"));
    store_desk_reopen(&d);
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "Nguyễn Văn Hai", NULL, NULL), NULL));
    copy_over(beside(&d, "twin"), beside(&d, "store/data.mdb"));
    ASSERT_KIND(receive(&d), "store_gone");
    ASSERT_KIND(look(&d), "store_gone");
    store_desk_release(&d);
}

/* Nobody touches pages that are not there any more: that would be the end of the program. */
static void cut_short_or_something_else_altogether(void **state)
{
    (void)state;
    for (int what = 0; what < 3; what++) {
        struct store_desk d;
        struct stat st;
        begin(&d);
        int fd = open(beside(&d, "store/data.mdb"), O_RDWR);
        assert_int_equal(fstat(fd, &st), 0);
        if (what < 2)
            assert_int_equal(ftruncate(fd, what ? st.st_size / 2 : 0), 0);
        for (off_t at = 0; what == 2 && at < st.st_size; at += 16)
            assert_int_equal(pwrite(fd, "Kính gửi: UBND.\n", 16, at), 16);
        close(fd);
        store_changed(d.store);
        assert_gone(&d);
        store_desk_release(&d);
    }
}

/* ---- and nothing else is taken for it ---- */

enum { WRITERS = 3, EACH = 150 };

static void write_many(struct store_desk *d)
{
    struct store *s;
    struct outcome o = store_open(d->dir, &s);
    d->store = s;
    for (int i = 0; i < EACH && outcome_ok(&o); i++)
        o = receive(d);
    _exit(outcome_ok(&o) ? 0 : 1);
}

static void many_writers_and_a_reader_who_never_rests(void **state)
{
    (void)state;
    struct store_desk d;
    struct store_stat stat;
    int status, left = WRITERS;
    begin(&d);
    shut(&d);
    for (int i = 0; i < WRITERS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            write_many(&d);
    }
    store_desk_reopen(&d);
    while (left > 0) {
        ASSERT_DONE(look(&d));
        store_changed(d.store);
        for (; left > 0 && waitpid(-1, &status, WNOHANG) > 0; left--)
            assert_int_equal(status, 0);
    }
    struct view *v;
    ASSERT_DONE(view_begin(d.store, &v));
    view_stat(v, &stat);
    view_end(v);
    assert_int_equal(stat.dossiers, 1 + WRITERS * EACH);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_that_was_moved_is_gone_until_it_is_back),
        cmocka_unit_test(another_store_in_its_place_gets_nothing_either),
        cmocka_unit_test(a_file_renamed_over_it_is_another),
        cmocka_unit_test(a_file_in_the_place_of_the_folder),
        cmocka_unit_test(moved_by_whatever_name_it_was_opened),
        cmocka_unit_test(a_link_that_leads_elsewhere_now),
        cmocka_unit_test(moved_while_somebody_waits_to_write),
        cmocka_unit_test(an_older_copy_in_the_same_file),
        cmocka_unit_test(a_newer_copy_in_the_same_file),
        cmocka_unit_test(a_backup_in_the_same_file),
        cmocka_unit_test(an_older_copy_with_its_lock_file),
        cmocka_unit_test(a_twin_in_the_same_file),
        cmocka_unit_test(cut_short_or_something_else_altogether),
        cmocka_unit_test(many_writers_and_a_reader_who_never_rests),
    };
    return cmocka_run_group_tests_name("store_gone", tests, NULL, NULL);
}
