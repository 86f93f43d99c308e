/* The disk failed while something was being saved, and nobody can tell whether it was: asked once the disk
 * answers again, the store knows. */
#include "tests/store_desk.h"

#include "store/env.h"
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

/* ---- a disk that fails ---- */

static struct {
    struct store *store;
    char dir[200], aside[200];
    bool keeps; /* what was to be saved before it fails */
} disk;

/* LMDB writes the pages that count through a descriptor of their own, which waits for the disk. */
static int waiting_descriptor(void)
{
    char link[64], path[300], data[300];
    snprintf(data, sizeof data, "%s/data.mdb", disk.dir);
    for (int fd = 3; fd < 100; fd++) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        ssize_t n = readlink(link, path, sizeof path - 1);
        if (n <= 0)
            continue;
        path[n] = '\0';
        if (strcmp(path, data) == 0 && fcntl(fd, F_GETFL) & O_DSYNC)
            return fd;
    }
    return -1;
}

/* Makes the environment give up, as it does when that page cannot be written. */
static void let_it_give_up(void)
{
    MDB_txn *txn;
    char name[] = "kind", mark[6];
    MDB_val key = {sizeof name - 1, name}, value;
    int fd = waiting_descriptor(), broken = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0 && broken >= 0);
    assert_int_equal(dup2(broken, fd), fd);
    close(broken);
    assert_int_equal(mdb_txn_begin(disk.store->env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_get(txn, disk.store->dbi[TABLE_META], &key, &value), 0);
    assert_int_equal(value.mv_size, sizeof mark);
    memcpy(mark, value.mv_data, sizeof mark);
    value.mv_data = mark;
    assert_int_equal(mdb_put(txn, disk.store->dbi[TABLE_META], &key, &value, 0), 0);
    assert_int_not_equal(mdb_txn_commit(txn), 0);
}

/* In place of mdb_txn_commit(). With it the folder goes: nothing can be asked until it is back. */
static int commit_and_fail(MDB_txn *txn)
{
    if (disk.keeps)
        assert_int_equal(mdb_txn_commit(txn), 0);
    else
        mdb_txn_abort(txn);
    let_it_give_up();
    assert_int_equal(rename(disk.dir, disk.aside), 0);
    return EIO;
}

static void begin(struct store_desk *d)
{
    char code[64];
    store_desk_init(d);
    store_desk_receive(d, "1.001", "Nguyễn Thị Hương", NULL, code);
    disk.store = d->store;
    snprintf(disk.dir, sizeof disk.dir, "%s", d->dir);
    snprintf(disk.aside, sizeof disk.aside, "%s/aside", d->above);
}

static void let_it_come_back(struct store_desk *d)
{
    assert_int_equal(rename(disk.aside, disk.dir), 0);
    d->store->commit = mdb_txn_commit;
}

static struct outcome receive(struct store_desk *d, const char *name, struct result *result)
{
    return store_desk_ask(d, desk_receive("1.001", name, NULL, NULL), result);
}

static struct outcome receive_in_doubt(struct store_desk *d, bool keeps, struct result *result)
{
    disk.keeps = keeps;
    d->store->commit = commit_and_fail;
    return receive(d, "Lê Văn Nam", result);
}

static bool name_is(struct store_desk *d, uint64_t id, const char *name)
{
    struct view *v;
    struct dossier dossier;
    ASSERT_DONE(view_begin(d->store, &v));
    bool is = view_dossier(v, id, &dossier) && str_eq(dossier.receipt.applicant.name, str_of(name));
    view_end(v);
    return is;
}

static uint64_t dossiers(struct store_desk *d)
{
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    uint64_t n = view_dossiers(v);
    view_end(v);
    return n;
}

/* ---- asking ---- */

static void what_was_saved_is_found(void **state)
{
    (void)state;
    struct store_desk d;
    struct result result = {0};
    bool saved = false;
    begin(&d);
    ASSERT_KIND(receive_in_doubt(&d, true, &result), "maybe_saved");
    assert_int_equal(result.dossier, 2); /* what to look for */
    assert_true(result.seq > 0);
    /* Asked too early, as often as one likes. */
    for (int i = 0; i < 3; i++) {
        saved = true;
        ASSERT_KIND(store_was_saved(d.store, &saved), "store_gone");
        assert_false(saved);
    }
    let_it_come_back(&d);
    ASSERT_DONE(store_was_saved(d.store, &saved));
    assert_true(saved);
    assert_true(name_is(&d, result.dossier, "Lê Văn Nam"));
    assert_int_equal(dossiers(&d), 2);
    /* Told once: nothing is in doubt any more. */
    ASSERT_DONE(store_was_saved(d.store, &saved));
    assert_false(saved);
    ASSERT_DONE(receive(&d, "Trần Thị Ba", &result));
    assert_int_equal(result.dossier, 3);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

static void what_was_not_saved_can_be_saved_again(void **state)
{
    (void)state;
    struct store_desk d;
    struct result result = {0};
    bool saved = true;
    begin(&d);
    ASSERT_KIND(receive_in_doubt(&d, false, &result), "maybe_saved");
    assert_int_equal(result.dossier, 2);
    let_it_come_back(&d);
    ASSERT_DONE(store_was_saved(d.store, &saved));
    assert_false(saved);
    assert_int_equal(dossiers(&d), 1);
    ASSERT_DONE(receive(&d, "Lê Văn Nam", &result));
    assert_int_equal(result.dossier, 2);
    assert_int_equal(dossiers(&d), 2);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* Somebody else's dossier may bear the number by then. */
static void what_others_saved_meanwhile_is_not_taken_for_it(void **state)
{
    (void)state;
    for (int keeps = 0; keeps < 2; keeps++) {
        struct store_desk d;
        struct result result = {0};
        bool saved;
        int status;
        begin(&d);
        ASSERT_KIND(receive_in_doubt(&d, keeps, &result), "maybe_saved");
        let_it_come_back(&d);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            struct outcome o = store_open(d.dir, &d.store);
            _exit(outcome_ok(&o) && (o = receive(&d, "Người khác", NULL), outcome_ok(&o)) ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
        ASSERT_DONE(store_was_saved(d.store, &saved));
        assert_int_equal(saved, keeps);
        assert_int_equal(name_is(&d, result.dossier, "Lê Văn Nam"), keeps);
        assert_int_equal(dossiers(&d), keeps ? 3 : 2);
        store_desk_assert_whole(d.store);
        store_desk_release(&d);
    }
}

/* Several at once are there all or none; each result says what to look for. */
static void a_batch_in_doubt(void **state)
{
    (void)state;
    struct store_desk d;
    bool saved = false;
    begin(&d);
    struct request requests[3];
    for (size_t i = 0; i < 3; i++)
        requests[i] = (struct request){.moment = {.now = d.now, .login = STR("huong")},
                                       .command = desk_receive("1.001", "Lê Văn Nam", NULL, NULL)};
    disk.keeps = true;
    d.store->commit = commit_and_fail;
    ASSERT_KIND(store_submit(d.store, requests, 3, NULL), "maybe_saved");
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(requests[i].result.dossier, 2 + i);
    let_it_come_back(&d);
    ASSERT_DONE(store_was_saved(d.store, &saved));
    assert_true(saved);
    assert_int_equal(dossiers(&d), 4);
    store_desk_release(&d);
}

/* The office that goes with it is loaded anew. */
static void an_officer_in_doubt(void **state)
{
    (void)state;
    for (int keeps = 0; keeps < 2; keeps++) {
        struct store_desk d;
        struct view *v;
        bool saved;
        begin(&d);
        disk.keeps = keeps;
        d.store->commit = commit_and_fail;
        ASSERT_KIND(store_desk_ask(&d, desk_put_officer("mai", ROLE_OFFICER), NULL), "maybe_saved");
        let_it_come_back(&d);
        ASSERT_DONE(store_was_saved(d.store, &saved));
        assert_int_equal(saved, keeps);
        ASSERT_DONE(view_begin(d.store, &v));
        assert_int_equal(office_find_officer(view_office(v), STR("mai")) != NULL, keeps);
        view_end(v);
        store_desk_release(&d);
    }
}

/* What can be read may still not be on the disk for good: until it is, it is in doubt. */
static void in_doubt_until_the_disk_takes_it(void **state)
{
    (void)state;
    for (int keeps = 0; keeps < 2; keeps++) {
        struct store_desk d;
        bool saved = true;
        begin(&d);
        ASSERT_KIND(receive_in_doubt(&d, keeps, NULL), "maybe_saved");
        let_it_come_back(&d);
        struct view *v;
        ASSERT_DONE(view_begin(d.store, &v)); /* open again, and its disk fails at once */
        view_end(v);
        let_it_give_up();
        assert_int_equal(rename(disk.dir, disk.aside), 0);
        ASSERT_KIND(store_was_saved(d.store, &saved), "store_gone");
        assert_false(saved);
        let_it_come_back(&d);
        ASSERT_DONE(store_was_saved(d.store, &saved));
        assert_int_equal(saved, keeps);
        store_desk_release(&d);
    }
}

/* The file is in the way of a disk that cannot be written: the sentence stays the one of doubt. */
static void a_disk_that_still_fails_leaves_it_in_doubt(void **state)
{
    (void)state;
    struct store_desk d;
    bool saved = true;
    char lock[300], kept[300];
    begin(&d);
    ASSERT_KIND(receive_in_doubt(&d, true, NULL), "maybe_saved");
    let_it_come_back(&d);
    snprintf(lock, sizeof lock, "%s/lock.mdb", d.dir);
    snprintf(kept, sizeof kept, "%s/lock", d.above);
    assert_int_equal(rename(lock, kept), 0);
    assert_int_equal(symlink("lock.mdb", lock), 0); /* leads nowhere: cannot be opened */
    struct outcome o = store_was_saved(d.store, &saved);
    ASSERT_KIND(o, "maybe_saved");
    assert_int_equal(o.arg[1].number, T_core_errno_disk); /* why it came to be in doubt */
    assert_false(saved);
    assert_int_equal(unlink(lock), 0);
    assert_int_equal(rename(kept, lock), 0);
    ASSERT_DONE(store_was_saved(d.store, &saved));
    assert_true(saved);
    store_desk_release(&d);
}

static void without_a_doubt_there_is_nothing_to_tell(void **state)
{
    (void)state;
    struct store_desk d;
    struct view *v;
    bool saved = true;
    begin(&d);
    ASSERT_DONE(store_was_saved(d.store, &saved));
    assert_false(saved);
    ASSERT_DONE(view_begin(d.store, &v));
    saved = true;
    ASSERT_KIND(store_was_saved(d.store, &saved), "io_error"); /* not while a view is open */
    assert_false(saved);
    view_end(v);
    store_desk_release(&d);
}

/* Another store was put in the place meanwhile: it answers for nobody else. */
static void another_store_does_not_answer(void **state)
{
    (void)state;
    struct store_desk d;
    struct store *other;
    struct request found = {
        .moment = {.now = 0, .login = STR("admin")},
        .command = {.kind = COMMAND_FOUND,
                    .at = NO_TIME,
                    .found = {.name = STR("UBND xã khác"), .agency = STR("H42.26.22"), .utc_offset = 420}}};
    bool saved = true;
    begin(&d);
    found.moment.now = d.now;
    ASSERT_KIND(receive_in_doubt(&d, true, NULL), "maybe_saved");
    ASSERT_DONE(store_create(d.dir, NULL, &other));
    ASSERT_DONE(store_submit(other, &found, 1, NULL));
    store_close(other);
    ASSERT_KIND(store_was_saved(d.store, &saved), "store_gone");
    assert_false(saved);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_saved_is_found),
        cmocka_unit_test(what_was_not_saved_can_be_saved_again),
        cmocka_unit_test(what_others_saved_meanwhile_is_not_taken_for_it),
        cmocka_unit_test(a_batch_in_doubt),
        cmocka_unit_test(an_officer_in_doubt),
        cmocka_unit_test(in_doubt_until_the_disk_takes_it),
        cmocka_unit_test(a_disk_that_still_fails_leaves_it_in_doubt),
        cmocka_unit_test(without_a_doubt_there_is_nothing_to_tell),
        cmocka_unit_test(another_store_does_not_answer),
    };
    return cmocka_run_group_tests_name("store_doubt", tests, NULL, NULL);
}
