/* Backups and what is restored from them: the same journal, byte for byte, whatever happens meanwhile; and
 * nothing bad is ever taken for good. */
#include "core/event.h"
#include "store/backup.h"
#include "store/crash.h"
#include "store/journal.h"
#include "tests/copy_tools.h"
#include "tests/store_life.h"
#include <fcntl.h>
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

#define COPY_PREFIX ".motcua-new-"

static struct outcome restore_file(const char *dir, const char *file, struct head *head)
{
    struct backup *b;
    struct outcome o = backup_open(file, &b);
    if (!outcome_ok(&o))
        return o;
    struct journal_source source = backup_source(b);
    o = store_restore(dir, NULL, &source, head);
    backup_close(b);
    return o;
}

static void lived_in(struct store_desk *d, uint64_t seed, size_t steps)
{
    store_desk_init(d);
    struct store_life life = {.random = seed};
    store_life_run(&life, d, steps, NULL);
}

/* ---- the same ---- */

/* One life goes on in both; what both then hold must be the same again, down to the hash of the last entry.
 */
static void live_on(struct store_desk *a, struct store_desk *b, size_t steps)
{
    struct store_life of_a = {.random = 77}, of_b = {.random = 77};
    struct head head_a, head_b;
    b->now = a->now;
    store_life_run(&of_a, a, steps, NULL);
    store_life_run(&of_b, b, steps, NULL);
    head_a = head_of(a->store);
    head_b = head_of(b->store);
    assert_same_head(&head_a, &head_b);
    assert_same_store(a->store, b->store);
}

static void test_restored_is_the_same(void **state)
{
    struct store_desk d;
    struct head written, restored;
    (void)state;
    lived_in(&d, 5, is_quick() ? 600 : 8000); /* more than one step of replaying */
    const char *file = above(&d, "copy"), *dir = above(&d, "new/deep/er");
    ASSERT_DONE(store_backup(d.store, file, &written));
    struct head now = head_of(d.store);
    assert_same_head(&written, &now);
    assert_int_equal(mode_of(file), 0600);
    assert_no_name(d.above, COPY_PREFIX);
    ASSERT_DONE(restore_file(dir, file, &restored));
    assert_same_head(&restored, &now);
    assert_int_equal(names_in(dir), 2);
    assert_int_equal(mode_of(dir), 0700);
    struct store_desk other = desk_at(&d, dir);
    assert_int_equal(mode_of(inside(&other, "data.mdb")), 0600);
    assert_int_equal(mode_of(inside(&other, "lock.mdb")), 0600);
    assert_same_store(d.store, other.store);
    store_desk_assert_whole(other.store);
    live_on(&d, &other, 300);
    store_desk_assert_whole(other.store);
    shut(&other);
    store_desk_release(&d);
}

/* A backup is a data.mdb: put into a folder it is a store. */
static void test_backup_opens_as_a_store(void **state)
{
    struct store_desk d;
    (void)state;
    lived_in(&d, 6, 500);
    ASSERT_DONE(store_backup(d.store, above(&d, "copy"), NULL));
    assert_int_equal(mkdir(above(&d, "put"), 0700), 0);
    copy_file(above(&d, "copy"), above(&d, "put/data.mdb"));
    struct store_desk other = desk_at(&d, above(&d, "put"));
    assert_same_store(d.store, other.store);
    store_desk_assert_whole(other.store);
    shut(&other);
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

static void test_backup_is_watched(void **state)
{
    struct store_desk d;
    struct store_stat stat, said;
    struct view *v;
    uint64_t last = 0;
    (void)state;
    lived_in(&d, 7, 400);
    struct outcome o =
        store_backup_watched(d.store, above(&d, "copy"), &(struct watch){count_tellings, &last}, &said);
    ASSERT_DONE(o);
    ASSERT_DONE(view_begin(d.store, &v));
    view_stat(v, &stat);
    ASSERT_KIND(store_backup(d.store, above(&d, "other"), NULL), "io_error"); /* not while somebody reads */
    view_end(v);
    assert_int_equal(last, stat.events);
    assert_int_equal(said.bytes, size_of(above(&d, "copy")));
    said.bytes = stat.bytes;
    assert_memory_equal(&said, &stat, sizeof stat);
    write_file(above(&d, "copy"), "old", 3);
    o = store_backup_watched(d.store, above(&d, "copy"), &(struct watch){stop_at_ten, NULL}, &said);
    assert_false(outcome_ok(&o));
    assert_int_equal(size_of(above(&d, "copy")), 3);
    assert_int_equal(names_in(d.above), 2);
    store_desk_release(&d);
}

/* The mark of a demo store, and whose group it is. */
static void test_demo_stays_demo(void **state)
{
    struct store_desk d;
    struct view *v;
    struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    c.found = (struct office_identity){
        .name = STR("UBND"), .agency = STR("H42.99.99"), .utc_offset = 420, .demo = true};
    ASSERT_DONE(store_desk_ask(&d, c, NULL));
    ASSERT_DONE(store_backup(d.store, above(&d, "copy"), NULL));
    ASSERT_DONE(restore_file(above(&d, "R"), above(&d, "copy"), NULL));
    struct store_desk other = desk_at(&d, above(&d, "R"));
    ASSERT_DONE(view_begin(other.store, &v));
    assert_true(office_identity(view_office(v))->demo);
    view_end(v);
    shut(&other);
    store_desk_release(&d);
}

/* Whatever the layout was of what is beside the journal, and however damaged. */
static void test_other_layouts_restore(void **state)
{
    struct store_desk d;
    (void)state;
    lived_in(&d, 8, 700);
    static const uint32_t layouts[] = {1, STORE_LAYOUT - 1, STORE_LAYOUT + 1, 99};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        char dir[20];
        snprintf(dir, sizeof dir, "R%zu", i);
        ASSERT_DONE(store_backup(d.store, above(&d, "copy"), NULL));
        raw_relayout(above(&d, "copy"), true, layouts[i]);
        ASSERT_DONE(restore_file(above(&d, dir), above(&d, "copy"), NULL));
        struct store_desk other = desk_at(&d, above(&d, dir));
        assert_same_store(d.store, other.store);
        store_desk_assert_whole(other.store);
        shut(&other);
    }
    raw_drop(above(&d, "copy"), true, "meta");
    ASSERT_DONE(restore_file(above(&d, "bare"), above(&d, "copy"), NULL));
    store_desk_release(&d);
}

/* ---- while others write ---- */

enum { WRITERS = 4 };
struct writing {
    struct store_desk *d;
    int number, count;
};

static int write_on(void *arg)
{
    const struct writing *w = arg;
    struct store_desk d = {.now = w->d->now, .login = "admin"};
    char name[40];
    snprintf(d.dir, sizeof d.dir, "%s", w->d->dir);
    struct outcome o = store_open(d.dir, &d.store);
    for (int i = 0; i < w->count && outcome_ok(&o); i++) {
        snprintf(name, sizeof name, "Người %d của %d", i, w->number);
        o = store_desk_ask(&d, desk_receive(i % 3 ? "1.001" : "1.006", name, NULL, NULL), NULL);
    }
    store_close(d.store);
    return outcome_ok(&o) ? 0 : 1;
}

/* The copy's journal, which must go on where the one before it ended. */
static void check_hot_copy(struct store_desk *d, const char *file, const struct head *head,
                           struct buf *before)
{
    struct buf journal = BUF_INIT;
    struct head restored;
    char dir[300];
    snprintf(dir, sizeof dir, "%s/hot", d->above);
    ASSERT_DONE(restore_file(dir, file, &restored));
    assert_same_head(&restored, head);
    struct store_desk copy = desk_at(d, dir);
    journal_of(copy.store, &journal);
    store_desk_assert_whole(copy.store);
    shut(&copy);
    assert_int_equal(unlink(above(d, "hot/data.mdb")) + unlink(above(d, "hot/lock.mdb")) + rmdir(dir), 0);
    assert_true(journal.n >= before->n);
    assert_memory_equal(journal.p, before->p, before->n);
    buf_release(before);
    *before = journal;
}

static int still_writing(pid_t child[WRITERS])
{
    int running = 0;
    for (int i = 0; i < WRITERS; i++) {
        int status;
        if (child[i] && waitpid(child[i], &status, WNOHANG) == child[i]) {
            assert_int_equal(status, 0);
            child[i] = 0;
        }
        running += child[i] != 0;
    }
    return running;
}

static void test_hot_backups(void **state)
{
    struct store_desk d;
    struct buf before = BUF_INIT, all = BUF_INIT;
    struct head head = {.seq = 0}, last;
    struct writing writing[WRITERS];
    pid_t child[WRITERS];
    int running, amid = 0;
    (void)state;
    lived_in(&d, 9, 200);
    shut(&d);
    for (int i = 0; i < WRITERS; i++) {
        writing[i] = (struct writing){.d = &d, .number = i, .count = is_quick() ? 60 : 1000};
        child[i] = start_child(write_on, &writing[i]);
    }
    store_desk_reopen(&d);
    do {
        uint64_t was = head.seq;
        running = still_writing(child);
        ASSERT_DONE(store_backup(d.store, above(&d, "copy"), &head));
        assert_true(head.seq >= was);
        amid += running > 0 && head.seq > was;
        check_hot_copy(&d, above(&d, "copy"), &head, &before);
    } while (running);
    assert_true(amid > 0);
    last = head_of(d.store);
    assert_same_head(&head, &last);
    journal_of(d.store, &all);
    assert_int_equal(all.n, before.n);
    assert_memory_equal(all.p, before.p, before.n);
    store_desk_assert_whole(d.store);
    buf_release(&all);
    buf_release(&before);
    store_desk_release(&d);
}

/* ---- killed ---- */

struct killing {
    const char *dir, *file;
};

static int back_up(void *arg)
{
    const struct killing *k = arg;
    struct store *s;
    struct outcome o = store_open(k->dir, &s);
    if (outcome_ok(&o))
        o = store_backup(s, k->file, NULL);
    store_close(s);
    return outcome_ok(&o) ? 0 : 1;
}

static int bring_back(void *arg)
{
    const struct killing *k = arg;
    struct outcome o = restore_file(k->dir, k->file, NULL);
    return outcome_ok(&o) ? 0 : 1;
}

static uint64_t entries_of(const char *file)
{
    struct backup *b;
    ASSERT_DONE(backup_open(file, &b));
    uint64_t n = backup_entries(b);
    backup_close(b);
    return n;
}

/* What stands there is the old backup or the new one, whole; what was begun is taken away by the next one. */
static void test_killed_backups(void **state)
{
    struct store_desk d;
    struct random random = {21};
    struct head old, new;
    (void)state;
    lived_in(&d, 10, is_quick() ? 300 : 2500);
    char file[300];
    snprintf(file, sizeof file, "%s/copies/copy", d.above);
    assert_int_equal(mkdir(above(&d, "copies"), 0700), 0);
    ASSERT_DONE(store_backup(d.store, file, &old));
    copy_file(file, above(&d, "old"));
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "Người sau", NULL, NULL), NULL));
    new = head_of(d.store);
    shut(&d);
    struct killing k = {d.dir, file};
    int64_t time = time_of(back_up, &k);
    int killed = 0, replaced = 0, rounds = is_quick() ? 12 : 60;
    for (int i = 0; i < rounds; i++) {
        copy_file(above(&d, "old"), file);
        killed += kill_child(start_child(back_up, &k), &time, &random);
        uint64_t n = entries_of(file);
        assert_true(n == old.seq || n == new.seq);
        replaced += n == new.seq;
        assert_true(names_in(above(&d, "copies")) <= 2); /* never more than the last one's litter */
    }
    assert_true(is_quick() || killed > 0);
    assert_true(is_quick() || (replaced > 0 && replaced < rounds));
    assert_int_equal(in_child(back_up, &k), 0);
    assert_int_equal(names_in(above(&d, "copies")), 1);
    store_desk_reopen(&d);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* There is a whole store or none, and the next attempt is as good as the first. */
static void test_killed_restores(void **state)
{
    struct store_desk d;
    struct random random = {22};
    struct head head;
    (void)state;
    lived_in(&d, 11, is_quick() ? 300 : 2500);
    char file[300], dir[300];
    snprintf(file, sizeof file, "%s/copy", d.above);
    snprintf(dir, sizeof dir, "%s/R", d.above);
    ASSERT_DONE(store_backup(d.store, file, &head));
    struct killing k = {dir, file};
    struct store_desk other = {.dir = ""};
    int64_t time = time_of(bring_back, &k);
    int none = 0, whole = 0, rounds = is_quick() ? 12 : 60;
    for (int i = 0; i < rounds; i++) {
        if (exists(above(&d, "R/data.mdb"))) {
            assert_int_equal(unlink(above(&d, "R/data.mdb")) + unlink(above(&d, "R/lock.mdb")), 0);
            whole++;
        }
        kill_child(start_child(bring_back, &k), &time, &random);
        if (!exists(above(&d, "R/data.mdb"))) {
            struct store *s;
            ASSERT_KIND(store_open(dir, &s), "no_store");
            none++;
            continue;
        }
        other = desk_at(&d, dir);
        struct head restored = head_of(other.store);
        assert_same_head(&restored, &head);
        shut(&other);
    }
    assert_true(is_quick() || none > 0);
    assert_true(is_quick() || whole > 0);
    if (!exists(above(&d, "R/data.mdb")))
        assert_int_equal(in_child(bring_back, &k), 0);
    assert_int_equal(names_in(dir), 2);
    other = desk_at(&d, dir);
    assert_same_store(d.store, other.store);
    store_desk_assert_whole(other.store);
    shut(&other);
    store_desk_release(&d);
}

/* ---- no backups ---- */

static void assert_not_restored(struct store_desk *d, const char *file, const char *kind)
{
    struct outcome o = restore_file(above(d, "R"), file, NULL);
    ASSERT_KIND(o, kind);
    assert_false(exists(above(d, "R")));
}

static void test_what_is_no_backup(void **state)
{
    struct store_desk d;
    char rubbish[20000];
    (void)state;
    store_desk_init(&d);
    const char *file = above(&d, "file");
    assert_not_restored(&d, file, "no_such_file");
    assert_not_restored(&d, above(&d, "store/data.mdb/x"), "no_such_file");
    assert_not_restored(&d, d.dir, "not_a_backup");
    assert_int_equal(mkfifo(above(&d, "pipe"), 0600), 0);
    assert_not_restored(&d, above(&d, "pipe"), "not_a_backup"); /* and does not wait for a writer */
    assert_not_restored(&d, "/dev/null", "not_a_backup");
    write_file(file, "", 0);
    assert_not_restored(&d, file, "not_a_backup");
    write_file(file, "{\"seq\":1}\n", 10);
    assert_not_restored(&d, file, "not_a_backup");
    for (size_t i = 0; i < sizeof rubbish; i++)
        rubbish[i] = (char)(i * 2654435761u >> 24);
    write_file(file, rubbish, sizeof rubbish);
    assert_not_restored(&d, file, "not_a_backup");
    unlink(file);
    raw_put(file, true, "something", STR("else"), STR("here"));
    assert_not_restored(&d, file, "not_a_backup");
    raw_put(file, true, "journal", STR("else"), STR("here"));
    assert_not_restored(&d, file, "bad_backup"); /* a table of that name, and nothing of ours */
    raw_put(file, true, "journal", STR("else"), STR_NONE);
    assert_not_restored(&d, file, "not_a_backup");
    store_desk_release(&d);
}

/* In a child: what LMDB makes of it may be a signal, which store/crash.h turns into words. */
static int judge(void *arg)
{
    struct killing *k = arg;
    int null = open("/dev/null", O_WRONLY);
    dup2(null, STDERR_FILENO);
    crash_catch();
    struct outcome o = restore_file(k->dir, k->file, NULL);
    return outcome_ok(&o) ? 0 : outcome_class(o.kind) == INPUT ? INPUT : 100;
}

static void test_cut_short(void **state)
{
    struct store_desk d;
    (void)state;
    lived_in(&d, 12, 300);
    ASSERT_DONE(store_backup(d.store, above(&d, "whole"), NULL));
    off_t size = (off_t)size_of(above(&d, "whole"));
    const off_t left[] = {1,           20,          23,      24,    100,      4095,
                          4096,        8191,        8192,    12288, size / 2, size / 2 / 4096 * 4096,
                          size - 4097, size - 4096, size - 1};
    char file[300], dir[300];
    snprintf(file, sizeof file, "%s/cut", d.above);
    snprintf(dir, sizeof dir, "%s/R", d.above);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        copy_file(above(&d, "whole"), file);
        assert_int_equal(truncate(file, left[i]), 0);
        assert_int_equal(in_child(judge, &(struct killing){dir, file}), INPUT);
        assert_false(exists(dir));
    }
    truncate(file, 8192);
    assert_not_restored(&d, file, "damaged_backup");
    store_desk_release(&d);
}

/* Any bit of a backup: what is restored has the same head and is whole, or nothing is. */
static void test_one_bit(void **state)
{
    struct store_desk d;
    struct random random = {23};
    struct head head;
    struct buf bytes = BUF_INIT;
    int whole = 0, refused = 0, rounds = is_quick() ? 40 : 400;
    (void)state;
    lived_in(&d, 13, 60);
    char file[300], dir[300];
    snprintf(file, sizeof file, "%s/bit", d.above);
    snprintf(dir, sizeof dir, "%s/R", d.above);
    ASSERT_DONE(store_backup(d.store, file, &head));
    read_file(file, &bytes);
    for (int i = 0; i < rounds; i++) {
        size_t at = (size_t)random_in(&random, 0, (int64_t)bytes.n - 1);
        char was = bytes.p[at];
        bytes.p[at] ^= (char)(1 << random_in(&random, 0, 7));
        write_file(file, bytes.p, bytes.n);
        bytes.p[at] = was;
        int answer = in_child(judge, &(struct killing){dir, file});
        assert_true(answer == 0 || answer == INPUT);
        assert_int_equal(exists(above(&d, "R/data.mdb")), answer == 0);
        refused += answer != 0;
        if (answer != 0)
            continue;
        whole++;
        struct store_desk other = desk_at(&d, dir);
        struct head restored = head_of(other.store);
        assert_same_head(&restored, &head);
        shut(&other);
        assert_int_equal(unlink(above(&d, "R/data.mdb")) + unlink(above(&d, "R/lock.mdb")), 0);
    }
    assert_true(whole > 0 && refused > 0);
    buf_release(&bytes);
    store_desk_release(&d);
}

static void assert_bad_at(struct store_desk *d, const char *file, int64_t seq, enum text_id what)
{
    struct outcome o = restore_file(above(d, "R"), file, NULL);
    ASSERT_KIND(o, "bad_backup");
    assert_int_equal(o.arg[1].number, seq);
    assert_int_equal(o.arg[2].number, what);
    assert_false(exists(above(d, "R")));
}

static void test_altered_entries(void **state)
{
    struct store_desk d;
    unsigned char key[8];
    (void)state;
    lived_in(&d, 14, 100);
    const char *file = above(&d, "copy");
    for (size_t at = 0; at < 80; at += 13) { /* in the hash, in the body's head, in its text */
        ASSERT_DONE(store_backup(d.store, file, NULL));
        raw_spoil(file, true, "journal", raw_number(key, 17), at);
        assert_bad_at(&d, file, 17, T_core_entry_hash);
    }
    ASSERT_DONE(store_backup(d.store, file, NULL));
    raw_put(file, true, "journal", raw_number(key, 20), STR_NONE);
    assert_bad_at(&d, file, 20, T_core_entry_missing);
    ASSERT_DONE(store_backup(d.store, file, NULL));
    raw_put(file, true, "journal", raw_number(key, 1), STR_NONE);
    assert_bad_at(&d, file, 1, T_core_entry_missing);
    ASSERT_DONE(store_backup(d.store, file, NULL));
    raw_put(file, true, "journal", raw_number(key, 20), STR("short"));
    assert_bad_at(&d, file, 20, T_core_entry_unreadable);
    store_desk_release(&d);
}

/* ---- sources ---- */

/* Entries made up, with the hashes that their places give them. */
struct made_up {
    struct event event[4];
    size_t count, at;
    uint64_t first; /* number of the first one; else 1 */
    bool fails, unreadable;
    struct buf body;
    unsigned char hash[STORE_HASH];
};

static struct outcome next_made_up(void *arg, struct journal_entry *out, bool *more)
{
    struct made_up *m = arg;
    *more = m->at < m->count;
    if (!*more)
        return m->fails ? outcome_of(KIND_disk_full) : OUTCOME_DONE;
    buf_reset(&m->body);
    if (m->unreadable)
        buf_add_z(&m->body, "\xff\xff nothing");
    else
        event_encode(&m->body, &m->event[m->at]);
    uint64_t seq = m->first + m->at++;
    journal_hash(m->hash, m->hash, seq, buf_str(&m->body));
    *out = (struct journal_entry){.seq = seq, .hash = m->hash, .body = buf_str(&m->body)};
    return OUTCOME_DONE;
}

static struct event founded(void)
{
    return (struct event){
        .kind = EVENT_FOUNDED,
        .by = STR("admin"),
        .recorded_at = 1000,
        .founded = {.name = STR("UBND"), .agency = STR("H42.26.21"), .utc_offset = 420},
    };
}

static struct outcome restore_made_up(struct store_desk *d, struct made_up *m)
{
    struct journal_source source = {.next = next_made_up, .arg = m, .name = "made up"};
    m->first = m->first ? m->first : 1;
    struct outcome o = store_restore(above(d, "R"), NULL, &source, NULL);
    buf_release(&m->body);
    return o;
}

static void assert_made_up(struct store_desk *d, struct made_up m, int64_t seq, enum text_id what)
{
    struct outcome o = restore_made_up(d, &m);
    ASSERT_KIND(o, "bad_backup");
    assert_string_equal(o.arg[0].text, "made up");
    assert_int_equal(o.arg[1].number, seq);
    assert_int_equal(o.arg[2].number, what);
    assert_false(exists(above(d, "R")));
}

/* Entries that are what they say, and cannot be there. */
static void test_made_up_journals(void **state)
{
    struct store_desk d;
    struct event first = founded(), second = first, early = first, lost = first, officer = first;
    (void)state;
    store_desk_empty(&d);
    officer.kind = EVENT_OFFICER_PUT;
    officer.previous = 1;
    officer.officer = (struct officer){.number = 1, .login = STR("a"), .name = STR("A"), .role = ROLE_ADMIN};
    early = officer;
    early.recorded_at = 999;
    lost = officer;
    lost.previous = 0;
    second.previous = 1;
    struct event resolved = {.kind = EVENT_RESOLVED, .dossier = 1, .by = STR("a"), .recorded_at = 1000};
    struct made_up none = {.count = 0};
    ASSERT_KIND(restore_made_up(&d, &none), "not_a_backup");
    assert_made_up(&d, (struct made_up){.event = {first, officer}, .count = 2, .first = 2}, 1,
                   T_core_entry_missing);
    assert_made_up(&d, (struct made_up){.event = {first}, .count = 1, .unreadable = true}, 1,
                   T_core_entry_unreadable);
    assert_made_up(&d, (struct made_up){.event = {officer}, .count = 1}, 1, T_core_entry_misplaced);
    assert_made_up(&d, (struct made_up){.event = {first, second}, .count = 2}, 2, T_core_entry_misplaced);
    assert_made_up(&d, (struct made_up){.event = {first, early}, .count = 2}, 2, T_core_entry_misplaced);
    assert_made_up(&d, (struct made_up){.event = {first, officer, lost}, .count = 3}, 3,
                   T_core_entry_misplaced);
    assert_made_up(&d, (struct made_up){.event = {first, officer, resolved}, .count = 3}, 3,
                   T_core_entry_misplaced);
    struct made_up failing = {.event = {first, officer}, .count = 2, .fails = true};
    ASSERT_KIND(restore_made_up(&d, &failing), "disk_full"); /* as the source said */
    assert_false(exists(above(&d, "R")));
    struct made_up good = {.event = {first, officer}, .count = 2};
    ASSERT_DONE(restore_made_up(&d, &good));
    store_desk_release(&d);
}

/* ---- where to ---- */

static void test_where_nothing_is_restored(void **state)
{
    struct store_desk d;
    (void)state;
    lived_in(&d, 15, 20);
    const char *file = above(&d, "copy");
    ASSERT_DONE(store_backup(d.store, file, NULL));
    ASSERT_KIND(restore_file(d.dir, file, NULL), "store_exists");
    assert_int_equal(mkdir(above(&d, "full"), 0750), 0);
    write_file(above(&d, "full/note"), "x", 1);
    ASSERT_KIND(restore_file(above(&d, "full"), file, NULL), "folder_not_empty");
    assert_int_equal(names_in(above(&d, "full")), 1);
    assert_int_equal(mode_of(above(&d, "full")), 0750);
    write_file(above(&d, "full/data.mdb"), "", 0);
    ASSERT_KIND(restore_file(above(&d, "full"), file, NULL), "store_exists");
    assert_int_equal(size_of(above(&d, "full/data.mdb")), 0);
    ASSERT_KIND(restore_file(file, file, NULL), "not_a_folder");
    struct backup *b;
    ASSERT_DONE(backup_open(file, &b));
    struct journal_source source = backup_source(b);
    struct store_options options = {.group = "no such group"};
    ASSERT_KIND(store_restore(above(&d, "R"), &options, &source, NULL), "unknown_group");
    backup_close(b);
    assert_false(exists(above(&d, "R")));
    assert_int_equal(mkdir(above(&d, "empty"), 0755), 0);
    ASSERT_DONE(restore_file(above(&d, "empty"), file, NULL)); /* an empty one is taken, and made our own */
    assert_int_equal(mode_of(above(&d, "empty")), 0700);
    store_desk_release(&d);
}

static void test_where_nothing_is_backed_up(void **state)
{
    struct store_desk d;
    struct stat st;
    (void)state;
    lived_in(&d, 16, 20);
    uint64_t size = size_of(inside(&d, "data.mdb"));
    assert_int_equal(symlink("store/data.mdb", above(&d, "link")), 0);
    assert_int_equal(link(inside(&d, "data.mdb"), above(&d, "hard")), 0);
    const char *const own[] = {inside(&d, "data.mdb"), inside(&d, "lock.mdb"), above(&d, "link"),
                               above(&d, "hard")};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        ASSERT_KIND(store_backup(d.store, own[i], NULL), "io_error");
    assert_int_equal(size_of(inside(&d, "data.mdb")), size);
    assert_int_equal(unlink(above(&d, "link")) + unlink(above(&d, "hard")), 0);
    const char *const wrong[] = {d.above, above(&d, "no/such/folder"), "", inside(&d, "data.mdb/x")};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ASSERT_KIND(store_backup(d.store, wrong[i], NULL), "io_error");
    assert_int_equal(mkfifo(above(&d, "pipe"), 0600), 0);
    ASSERT_KIND(store_backup(d.store, above(&d, "pipe"), NULL), "io_error");
    assert_int_equal(lstat(above(&d, "pipe"), &st), 0);
    assert_true(S_ISFIFO(st.st_mode));
    ASSERT_KIND(store_backup(d.store, "/dev/full", NULL), "io_error");
    assert_int_equal(stat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
    ASSERT_DONE(store_backup(d.store, above(&d, "copy"), NULL));
    ASSERT_DONE(restore_file(above(&d, "other"), above(&d, "copy"), NULL));
    ASSERT_KIND(store_backup(d.store, above(&d, "other/data.mdb"), NULL), "store_exists");
    assert_no_name(d.above, COPY_PREFIX);
    assert_no_name(d.dir, COPY_PREFIX);
    assert_no_name(above(&d, "other"), COPY_PREFIX);
    store_desk_release(&d);
}

/* A file there is goes whole, the place a link leads to takes the copy, and a bare name is in this folder. */
static void test_where_it_is_backed_up(void **state)
{
    struct store_desk d;
    struct stat st;
    char here[4096];
    struct head now;
    (void)state;
    lived_in(&d, 17, 20);
    now = head_of(d.store);
    write_file(above(&d, "file"), "old", 3);
    assert_int_equal(chmod(above(&d, "file"), 0644), 0);
    assert_int_equal(symlink("file", above(&d, "link")), 0);
    ASSERT_DONE(store_backup(d.store, above(&d, "link"), NULL));
    assert_int_equal(lstat(above(&d, "link"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(entries_of(above(&d, "file")), now.seq);
    assert_int_equal(mode_of(above(&d, "file")), 0600); /* personal data */
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(d.above), 0);
    ASSERT_DONE(store_backup(d.store, "bare", NULL));
    assert_int_equal(chdir(here), 0);
    assert_int_equal(entries_of(above(&d, "bare")), now.seq);
    ASSERT_DONE(
        store_backup(d.store, inside(&d, "beside"), NULL)); /* in the store's folder, by another name */
    assert_int_equal(names_in(d.dir), 3);
    store_desk_reopen(&d);
    store_desk_release(&d);
}

/* ---- what goes wrong on the way ---- */

static int back_up_small(void *arg)
{
    const struct killing *k = arg;
    struct store *s;
    struct rlimit limit = {64 * 1024, 64 * 1024};
    struct outcome o = store_open(k->dir, &s);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    if (outcome_ok(&o))
        o = store_backup(s, k->file, NULL);
    return o.kind == KIND_disk_full ? 0 : 1;
}

static int bring_back_small(void *arg)
{
    const struct killing *k = arg;
    struct rlimit limit = {64 * 1024, 64 * 1024};
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    struct outcome o = restore_file(k->dir, k->file, NULL);
    return outcome_class(o.kind) == FAILED ? 0 : 1; /* LMDB calls a write cut short EIO */
}

static void test_no_room(void **state)
{
    struct store_desk d;
    (void)state;
    lived_in(&d, 18, 200);
    char file[300], dir[300];
    snprintf(file, sizeof file, "%s/copy", d.above);
    snprintf(dir, sizeof dir, "%s/R", d.above);
    ASSERT_DONE(store_backup(d.store, file, NULL));
    shut(&d);
    uint64_t size = size_of(file);
    assert_true(size > 64 * 1024);
    assert_int_equal(in_child(back_up_small, &(struct killing){d.dir, file}), 0);
    assert_int_equal(size_of(file), size);
    assert_int_equal(in_child(bring_back_small, &(struct killing){dir, file}), 0);
    assert_int_equal(names_in(d.above), 2); /* the store and the first copy */
    store_desk_release(&d);
}

/* What the store's journal holds is wrong: no copy of it is made. */
static void test_damaged_store(void **state)
{
    struct store_desk d;
    unsigned char key[8];
    (void)state;
    lived_in(&d, 19, 100);
    shut(&d);
    write_file(above(&d, "copy"), "old", 3);
    raw_spoil(d.dir, false, "journal", raw_number(key, 40), 50);
    store_desk_reopen(&d);
    struct outcome o = store_backup(d.store, above(&d, "copy"), NULL);
    ASSERT_KIND(o, "damaged");
    assert_string_equal(o.arg[0].text, d.dir);
    assert_int_equal(o.arg[1].number, T_core_damage_entry);
    assert_string_equal(o.arg[2].text, " 40");
    assert_int_equal(size_of(above(&d, "copy")), 3);
    assert_int_equal(names_in(d.above), 2);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_restored_is_the_same),
        cmocka_unit_test(test_backup_opens_as_a_store),
        cmocka_unit_test(test_backup_is_watched),
        cmocka_unit_test(test_demo_stays_demo),
        cmocka_unit_test(test_other_layouts_restore),
        cmocka_unit_test(test_hot_backups),
        cmocka_unit_test(test_killed_backups),
        cmocka_unit_test(test_killed_restores),
        cmocka_unit_test(test_what_is_no_backup),
        cmocka_unit_test(test_cut_short),
        cmocka_unit_test(test_one_bit),
        cmocka_unit_test(test_altered_entries),
        cmocka_unit_test(test_made_up_journals),
        cmocka_unit_test(test_where_nothing_is_restored),
        cmocka_unit_test(test_where_nothing_is_backed_up),
        cmocka_unit_test(test_where_it_is_backed_up),
        cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_damaged_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
