/* What a check of a store finds, says and leaves alone. That it finds every flipped bit is in
 * test_store_flips. */
#include "tests/random.h"
#include "tests/store_desk.h"
#include "tests/store_life.h"

#include "store/audit.h"
#include "store/bytes.h"
#include "store/exposed.h"
#include "store/facts.h"
#include "store/state.h"
#include <dirent.h>
#include <fcntl.h>
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

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

enum { PAGE = 4096, ROOT_AT = 16, TRANSACTION_AT = ROOT_AT + 128, LAST_PAGE_AT = ROOT_AT + 120 };

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

/* Dossiers in many stages, the store closed. */
static void lived(struct store_desk *d, uint64_t seed, size_t steps)
{
    store_desk_init(d);
    struct store_life life = {.random = seed};
    store_life_run(&life, d, steps, NULL);
    shut(d);
}

/* ---- raw changes, past everything ---- */

struct raw {
    MDB_env *env;
    MDB_txn *txn;
};

static struct raw raw_begin(const char *dir)
{
    struct raw r;
    assert_int_equal(mdb_env_create(&r.env), 0);
    assert_int_equal(mdb_env_set_maxdbs(r.env, 40), 0);
    assert_int_equal(mdb_env_open(r.env, dir, 0, 0600), 0);
    assert_int_equal(mdb_txn_begin(r.env, NULL, 0, &r.txn), 0);
    return r;
}

static void raw_end(struct raw *r)
{
    assert_int_equal(mdb_txn_commit(r->txn), 0);
    mdb_env_close(r->env);
}

static const char *named(enum table table)
{
    static char name[40];
    snprintf(name, sizeof name, table < FIRST_PROJECTION ? "%s" : "%s.%d", table_name(table), STORE_LAYOUT);
    return name;
}

static void raw_put(const char *dir, const char *table, struct str key, struct str value)
{
    struct raw r = raw_begin(dir);
    MDB_dbi dbi;
    MDB_val k = {key.n, (void *)(uintptr_t)key.p}, v = {value.n, (void *)(uintptr_t)value.p};
    assert_int_equal(mdb_dbi_open(r.txn, table, MDB_CREATE, &dbi), 0);
    assert_int_equal(value.p ? mdb_put(r.txn, dbi, &k, &v, 0) : mdb_del(r.txn, dbi, &k, NULL), 0);
    raw_end(&r);
}

/* A copy of a stored value; to be freed. */
static unsigned char *raw_get(const char *dir, const char *table, struct str key, size_t *n)
{
    struct raw r = raw_begin(dir);
    MDB_dbi dbi;
    MDB_val k = {key.n, (void *)(uintptr_t)key.p}, v;
    assert_int_equal(mdb_dbi_open(r.txn, table, 0, &dbi), 0);
    assert_int_equal(mdb_get(r.txn, dbi, &k, &v), 0);
    unsigned char *copy = malloc(v.mv_size);
    assert_non_null(copy);
    memcpy(copy, v.mv_data, v.mv_size);
    *n = v.mv_size;
    mdb_txn_abort(r.txn);
    mdb_env_close(r.env);
    return copy;
}

static void raw_spoil(const char *dir, const char *table, struct str key, size_t at)
{
    size_t n;
    unsigned char *value = raw_get(dir, table, key, &n);
    assert_true(at < n);
    value[at] ^= 0x20;
    raw_put(dir, table, key, bytes_str(value, n));
    free(value);
}

static void file_xor(const struct store_desk *d, size_t at, unsigned char mask)
{
    unsigned char byte;
    int fd = open(path_of(d, "data.mdb"), O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &byte, 1, (off_t)at), 1);
    byte ^= mask;
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

/* ---- looking ---- */

static struct check check_of(struct store_desk *d, const char *kind)
{
    struct check check;
    store_desk_reopen(d);
    struct outcome o = store_check(d->store, &check);
    if (strcmp(outcome_kind_name(o.kind), kind) != 0)
        fail_msg("%s, not %s: %s", outcome_kind_name(o.kind), kind, check.what);
    shut(d);
    return check;
}

/* The damage is said to be this one, in English and, with the same particulars, in Vietnamese. */
static void assert_finds(struct store_desk *d, const char *what, const char *in_vietnamese)
{
    struct check check = check_of(d, "damaged");
    struct buf vi = BUF_INIT;
    check_message(&vi, LANG_VI, &check);
    if (!strstr(check.what, what) || !strstr(vi.p, in_vietnamese))
        fail_msg("found: %s; %s; not: %s; %s", check.what, vi.p, what, in_vietnamese);
    buf_release(&vi);
}

static void assert_audit(struct store_desk *d, enum text_id what)
{
    struct txn t;
    struct audit audit;
    store_desk_reopen(d);
    assert_true(txn_begin(d->store, false, &t));
    struct outcome o = audit_pages(&t, &audit);
    if (audit.what != what)
        fail_msg("the audit says %s, not %s", lang_text(LANG_EN, audit.what), lang_text(LANG_EN, what));
    ASSERT_KIND(o, what == T_nothing ? "done" : "damaged");
    txn_end(&t);
    shut(d);
}

/* ---- what is sound ---- */

static void test_sound_stores(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct store_desk d;
        lived(&d, seed, seed * seed * 40);
        struct check check = check_of(&d, "done");
        assert_int_equal(check.sentence, T_nothing);
        assert_string_equal(check.what, "");
        assert_int_equal(check.first_bad, 0);
        assert_true(check.journal_sound);
        struct view *v;
        struct store_stat stat;
        store_desk_reopen(&d);
        ASSERT_DONE(view_begin(d.store, &v));
        view_stat(v, &stat);
        assert_int_equal(check.entries, stat.events);
        assert_int_equal(check.dossiers, stat.dossiers);
        assert_int_equal(check.head.seq, stat.head_seq);
        assert_memory_equal(check.head.hash, stat.head_hash, STORE_HASH);
        view_end(v);
        store_desk_release(&d);
    }
}

/* LMDB writes a compacted copy by other ways than it changes a store; and then it is changed. */
static void test_compacted_copies(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct store_desk d, copy;
        lived(&d, seed, 300 * seed);
        store_desk_empty(&copy);
        assert_int_equal(mkdir(copy.dir, 0700), 0);
        struct raw r = raw_begin(d.dir);
        mdb_txn_abort(r.txn);
        assert_int_equal(mdb_env_copy2(r.env, copy.dir, MDB_CP_COMPACT), 0);
        mdb_env_close(r.env);
        check_of(&copy, "done");
        copy.now = d.now;
        copy.login = d.login;
        for (int i = 0; i < 3; i++) {
            char code[64];
            store_desk_reopen(&copy);
            store_desk_receive(&copy, "1.001", "Nguyễn Thị Hương", NULL, code);
            shut(&copy);
            check_of(&copy, "done");
        }
        store_desk_release(&d);
        store_desk_release(&copy);
    }
}

/* From a map that is full again and again. */
static void test_a_store_that_grew(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init_with(&d, 64 * 1024);
    struct store_life life = {.random = 5};
    store_life_run(&life, &d, 1500, NULL);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* Until it is killed; slowly enough that the store stays small. */
static void write_on(const char *dir, int writer)
{
    struct store_desk d = {.now = 1795000000 + writer, .login = "huong"};
    struct outcome o = store_open(dir, &d.store);
    for (int i = 0; outcome_ok(&o); i++) {
        struct command c = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
        c.officer = (struct officer){.login = STR("nam"), .name = STR("Nam"), .role = ROLE_SPECIALIST};
        c.officer.title = i % 2 ? STR("a") : STR("b");
        d.login = i % 10 ? "huong" : "admin";
        o = store_desk_ask(&d, i % 10 ? desk_receive("1.001", "Lê Văn Nam", NULL, NULL) : c, NULL);
        nanosleep(&(struct timespec){.tv_nsec = 500 * 1000}, NULL);
    }
    _exit(1);
}

/* Opening and checking, again and again, never take others' writing for damage. */
static void test_while_others_write(void **state)
{
    enum { WRITERS = 4, SECONDS = 3 };
    struct store_desk d;
    pid_t writer[WRITERS];
    uint64_t first = 0, last = 0;
    (void)state;
    store_desk_init(&d);
    shut(&d);
    for (int i = 0; i < WRITERS; i++) {
        writer[i] = fork();
        assert_true(writer[i] >= 0);
        if (writer[i] == 0)
            write_on(d.dir, i);
    }
    time_t end = time(NULL) + SECONDS;
    for (int round = 0; round < 10 || time(NULL) < end; round++) {
        struct check check = check_of(&d, "done");
        assert_int_equal(check.entries, check.head.seq);
        assert_true(check.head.seq >= last);
        first = first ? first : check.head.seq;
        last = check.head.seq;
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;
        kill(writer[i], SIGKILL);
        assert_int_equal(waitpid(writer[i], &status, 0), writer[i]);
        assert_true(WIFSIGNALED(status)); /* it was still writing */
    }
    assert_true(last > first);
    check_of(&d, "done");
    store_desk_release(&d);
}

/* What another layout has there, a newer program's rebuild that was cut short: none of our business. */
static void test_another_layout_beside_ours(void **state)
{
    struct store_desk d;
    (void)state;
    lived(&d, 3, 50);
    raw_put(d.dir, "meta", STR("state.77"), STR("whatever"));
    raw_put(d.dir, "facts.77", STR("whatever"), STR("it is"));
    raw_put(d.dir, "whatever.77", STR("it"), STR("is"));
    check_of(&d, "done");
    store_desk_release(&d);
}

/* An older layout's tables go in one transaction, which frees more pages than a page can name. */
static void test_a_long_list_of_free_pages(void **state)
{
    enum { PAGES = 3000 };
    static const char old[4000] = "old";
    struct store_desk d;
    struct key k;
    char code[64];
    (void)state;
    lived(&d, 5, 100);
    struct raw r = raw_begin(d.dir);
    MDB_dbi dbi;
    assert_int_equal(mdb_dbi_open(r.txn, "facts.1", MDB_CREATE, &dbi), 0);
    for (uint64_t i = 0; i < PAGES; i++) {
        MDB_val key = {8, (void *)(uintptr_t)key_u64(&k, i).p}, value = {sizeof old, (void *)(uintptr_t)old};
        assert_int_equal(mdb_put(r.txn, dbi, &key, &value, 0), 0);
    }
    raw_end(&r);
    raw_put(d.dir, "meta", STR("layout"), STR("\0\0\0\1"));
    check_of(&d, "done");
    for (int i = 0; i < 3; i++) {
        store_desk_reopen(&d);
        store_desk_receive(&d, "1.001", "Nguyễn Thị Hương", NULL, code);
        shut(&d);
        check_of(&d, "done");
    }
    store_desk_release(&d);
}

/* ---- what differs, and whose it is ---- */

static struct str u64_key(struct key *k, uint64_t n)
{
    return key_u64(k, n);
}

/* A byte of that dossier's in the first chunk. */
static size_t facts_byte_of(uint64_t id)
{
    size_t at = 0;
    while (at < CHUNK_BYTES && facts_row_at(at) != id - 1)
        at++;
    assert_true(at < CHUNK_BYTES);
    return at;
}

static void test_it_is_said_whose(void **state)
{
    struct store_desk d;
    struct key k;
    char code[64];
    (void)state;
    for (int i = 0; i < 5; i++) {
        store_desk_init(&d);
        for (int j = 0; j < 9; j++)
            store_desk_receive(&d, "1.001", "Nguyễn Văn A", NULL, code);
        shut(&d);
        switch (i) {
        case 0:
            raw_spoil(d.dir, named(TABLE_DOSSIER), u64_key(&k, 4), 30);
            assert_finds(
                &d, "table of dossiers: dossier H42.26.21-261116-0004 is not what the journal makes of it",
                "bảng hồ sơ: dữ liệu của hồ sơ H42.26.21-261116-0004 khác với nhật ký");
            break;
        case 1:
            raw_spoil(d.dir, named(TABLE_FACTS), u64_key(&k, 0), facts_byte_of(7));
            assert_finds(&d, "table of facts: dossier H42.26.21-261116-0007 is not",
                         "hồ sơ H42.26.21-261116-0007 khác");
            break;
        case 2:
            raw_put(d.dir, named(TABLE_CODE), STR("\25H42.26.21-261116-0005"), STR_NONE);
            assert_finds(&d, "table of codes: dossier H42.26.21-261116-0005 is missing",
                         "thiếu dữ liệu của hồ sơ H42.26.21-261116-0005");
            break;
        case 3: /* the second line: "nguyen van a" and its end */
            raw_spoil(d.dir, named(TABLE_NAMES), u64_key(&k, 0), 16 + 13 + 3);
            assert_finds(&d, "table of names: dossier H42.26.21-261116-0002 is not",
                         "hồ sơ H42.26.21-261116-0002 khác");
            break;
        default:
            raw_put(d.dir, named(TABLE_COUNTER), STR("c991231"), STR("\0\0\0\1"));
            assert_finds(&d, "table of counters: key c991231 is not in the journal",
                         "thừa dữ liệu của khóa c991231");
        }
        store_desk_release(&d);
    }
}

/* Whoever only looks at what is decoded would not see it. */
static void test_spare_room_holds_zeros(void **state)
{
    struct store_desk d;
    struct key k;
    size_t n;
    (void)state;
    lived(&d, 8, 60);
    unsigned char *value = raw_get(d.dir, named(TABLE_DOSSIER), u64_key(&k, 2), &n);
    assert_int_equal(value[n - 1], 0);
    assert_true(12 + get_be(value + 8, 4) < n);
    free(value);
    raw_spoil(d.dir, named(TABLE_DOSSIER), u64_key(&k, 2), n - 1);
    assert_finds(&d, "table of dossiers: dossier ", "bảng hồ sơ: dữ liệu của hồ sơ ");
    store_desk_release(&d);
}

static void test_general_data_is_compared(void **state)
{
    struct store_desk d;
    char name[20];
    (void)state;
    snprintf(name, sizeof name, "state.%d", STORE_LAYOUT);
    lived(&d, 9, 40);
    size_t n;
    free(raw_get(d.dir, "meta", str_of(name), &n));
    for (size_t at = 8 + STORE_HASH; at < n; at++) { /* what opening compares with the journal comes before */
        raw_spoil(d.dir, "meta", str_of(name), at);
        struct store *s;
        struct outcome o = store_open(d.dir, &s);
        store_close(s);
        if (outcome_ok(&o))
            check_of(&d, "damaged");
        else
            ASSERT_KIND(o, "damaged");
        raw_spoil(d.dir, "meta", str_of(name), at);
    }
    check_of(&d, "done");
    raw_put(d.dir, "meta", STR("hello"), STR("there"));
    assert_finds(&d, "table of general data: key hello is not in the journal", "thừa dữ liệu của khóa hello");
    raw_put(d.dir, "meta", STR("hello"), STR_NONE);
    char foreign[40];
    snprintf(foreign, sizeof foreign, "whatever.%d", STORE_LAYOUT);
    raw_put(d.dir, foreign, STR("hello"), STR("there"));
    assert_finds(&d, "a foreign table", "bảng lạ");
    store_desk_release(&d);
}

/* Where the journal is sound everything can be made anew from it, and only there. */
static void test_is_the_journal_sound(void **state)
{
    struct store_desk d;
    struct key k;
    (void)state;
    lived(&d, 4, 60);
    raw_spoil(d.dir, named(TABLE_FACTS), u64_key(&k, 0), 5);
    struct check check = check_of(&d, "damaged");
    assert_true(check.journal_sound);
    assert_int_equal(check.first_bad, 0);
    raw_spoil(d.dir, "journal", u64_key(&k, 20), 50);
    check = check_of(&d, "damaged");
    assert_false(check.journal_sound);
    assert_int_equal(check.first_bad, 20);
    assert_int_equal(check.entries, 19);
    store_desk_release(&d);
}

/* ---- the layout's number guards itself ---- */

static void test_every_bit_of_the_layout(void **state)
{
    struct store_desk d;
    unsigned char right[4] = {0};
    (void)state;
    lived(&d, 6, 30);
    put_be(right, 0xFFFF ^ STORE_LAYOUT, 2);
    put_be(right + 2, STORE_LAYOUT, 2);
    for (int bit = 0; bit < 32; bit++) {
        struct store *s;
        unsigned char wrong[4];
        memcpy(wrong, right, sizeof wrong);
        wrong[bit / 8] ^= (unsigned char)(1 << bit % 8);
        raw_put(d.dir, "meta", STR("layout"), bytes_str(wrong, sizeof wrong));
        ASSERT_KIND(store_open(d.dir, &s), "damaged"); /* not newer, and never replayed */
        assert_null(s);
    }
    raw_put(d.dir, "meta", STR("layout"), STR_NONE);
    struct store *s;
    ASSERT_KIND(store_open(d.dir, &s), "damaged");
    raw_put(d.dir, "meta", STR("layout"), bytes_str(right, sizeof right));
    check_of(&d, "done");
    store_desk_release(&d);
}

/* ---- pages ---- */

/* LMDB takes its older root without a word when a bit of the newer one's number is lost: also when the two
 * still look like neighbours. */
static void test_an_older_root_is_not_taken_for_the_last(void **state)
{
    struct store_desk d;
    struct check check;
    size_t opened = 0;
    char code[64];
    (void)state;
    for (int more = 0; more < 4; more++) {
        store_desk_init(&d);
        for (int i = 0; i <= more; i++)
            store_desk_receive(&d, "1.001", "Nguyễn Văn A", NULL, code);
        shut(&d);
        for (int bit = 0; bit < 2 * 64; bit++) {
            size_t at = (size_t)(bit / 64 * PAGE + TRANSACTION_AT + bit % 64 / 8);
            struct store *s;
            file_xor(&d, at, (unsigned char)(1 << bit % 8));
            struct outcome o = store_open(d.dir, &s);
            if (outcome_ok(&o)) {
                opened++;
                o = store_check(s, &check);
                assert_non_null(strstr(check.what, "the file has gone back to an older state"));
            }
            ASSERT_KIND(o, "damaged");
            store_close(s);
            file_xor(&d, at, (unsigned char)(1 << bit % 8));
        }
        check_of(&d, "done");
        store_desk_release(&d);
    }
    assert_true(opened > 0); /* or the hard case never came */
}

/* Where the pages are that the last transaction set free: at its key in the table of free pages. */
static size_t free_list_at(const struct store_desk *d)
{
    struct raw r = raw_begin(d->dir);
    MDB_cursor *cursor;
    MDB_val key, value;
    size_t page;
    mdb_txn_abort(r.txn); /* only one that reads may look at that table */
    assert_int_equal(mdb_txn_begin(r.env, NULL, MDB_RDONLY, &r.txn), 0);
    assert_int_equal(mdb_cursor_open(r.txn, 0, &cursor), 0);
    assert_int_equal(mdb_cursor_get(cursor, &key, &value, MDB_LAST), 0);
    const unsigned char *at = value.mv_data, *start = at - ((uintptr_t)at & (PAGE - 1));
    memcpy(&page, start, sizeof page);
    mdb_cursor_close(cursor);
    mdb_txn_abort(r.txn);
    size_t offset = page * PAGE + (size_t)(at - start);
    mdb_env_close(r.env);
    return offset;
}

static void file_put(const struct store_desk *d, size_t at, size_t number)
{
    int fd = open(path_of(d, "data.mdb"), O_RDWR);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &number, sizeof number, (off_t)at), sizeof number);
    close(fd);
}

static size_t file_get(const struct store_desk *d, size_t at)
{
    size_t number;
    int fd = open(path_of(d, "data.mdb"), O_RDONLY);
    assert_true(fd >= 0);
    assert_int_equal(pread(fd, &number, sizeof number, (off_t)at), sizeof number);
    close(fd);
    return number;
}

static void test_free_pages(void **state)
{
    struct store_desk d;
    (void)state;
    lived(&d, 12, 100);
    size_t at = free_list_at(&d), count = file_get(&d, at), root[2];
    for (int i = 0; i < 2; i++) /* of the main tree, as either root page has it */
        root[i] = file_get(&d, (size_t)i * PAGE + ROOT_AT + 24 + 48 + 40);
    assert_true(count > 1);
    size_t newer = file_get(&d, TRANSACTION_AT) < file_get(&d, PAGE + TRANSACTION_AT);
    size_t last = file_get(&d, newer * PAGE + LAST_PAGE_AT), page = file_get(&d, at + 8);
    assert_audit(&d, T_nothing);
    file_put(&d, at, count - 1); /* one is forgotten */
    assert_audit(&d, T_core_audit_lost);
    file_put(&d, at, count);
    file_put(&d, at + 8, root[newer]); /* one that is in use */
    struct check check = check_of(&d, "damaged");
    assert_non_null(strstr(check.what, "page "));
    assert_true(check.journal_sound);
    file_put(&d, at + 8, last + 1);
    assert_audit(&d, T_core_audit_outside);
    file_put(&d, at + 8, file_get(&d, at + 16)); /* one of them twice */
    assert_audit(&d, T_core_audit_free);
    file_put(&d, at + 8, page);
    assert_audit(&d, T_nothing);
    store_desk_release(&d);
}

/* ---- what it leaves ---- */

static size_t files_in(const char *dir)
{
    size_t n = 0;
    DIR *open = opendir(dir);
    assert_non_null(open);
    while (readdir(open))
        n++;
    closedir(open);
    return n;
}

static bool stop_at_once(void *arg, uint64_t done, uint64_t all)
{
    (void)arg;
    assert_true(done <= all);
    return false;
}

static bool count_calls(void *arg, uint64_t done, uint64_t all)
{
    ++*(size_t *)arg;
    return done <= all;
}

/* The working copy that says what is wrong holds all the names there are. Where nothing is wrong there is
 * none. */
static void test_nothing_is_left(void **state)
{
    struct store_desk d;
    struct check check;
    struct key k;
    size_t calls = 0;
    char before[300] = "";
    (void)state;
    lived(&d, 2, 200);
    const char *tmp = getenv("TMPDIR");
    snprintf(before, sizeof before, "%s", tmp ? tmp : "");
    char own[300];
    snprintf(own, sizeof own, "%s/tmp", d.above);
    assert_int_equal(mkdir(own, 0700), 0);
    setenv("TMPDIR", own, 1);
    store_desk_reopen(&d);
    ASSERT_DONE(store_check_watched(d.store, &(struct watch){count_calls, &calls}, &check));
    assert_true(calls > 0);
    assert_int_equal(files_in(own), 2);
    ASSERT_KIND(store_check_watched(d.store, &(struct watch){stop_at_once, NULL}, &check), "io_error");
    assert_int_equal(check.sentence, T_nothing);
    setenv("TMPDIR", "/nowhere/at/all", 1);
    ASSERT_DONE(store_check(d.store, &check));
    shut(&d);
    raw_spoil(d.dir, named(TABLE_DOSSIER), key_u64(&k, 2), 30);
    store_desk_reopen(&d);
    struct outcome o = store_check(d.store, &check);
    assert_int_equal(outcome_class(o.kind), FAILED);
    assert_string_not_equal(outcome_kind_name(o.kind), "damaged");
    setenv("TMPDIR", own, 1);
    ASSERT_KIND(store_check(d.store, &check), "damaged");
    calls = 0;
    ASSERT_KIND(store_check_watched(d.store, &(struct watch){count_calls, &calls}, &check), "damaged");
    assert_true(calls > 0);
    ASSERT_KIND(store_check_watched(d.store, &(struct watch){stop_at_once, NULL}, &check), "io_error");
    assert_int_equal(check.sentence, T_nothing);
    assert_int_equal(files_in(own), 2);
    if (before[0])
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    assert_int_equal(rmdir(own), 0);
    store_desk_release(&d);
}

static void test_who_else_may_read(void **state)
{
    struct store_desk d;
    struct buf path = BUF_INIT;
    (void)state;
    lived(&d, 2, 10);
    assert_false(store_is_exposed(d.dir, &path));
    static const struct {
        const char *file;
        mode_t mode;
        bool exposed;
    } modes[] = {{"data.mdb", 0660, false}, {"data.mdb", 0604, true}, {"data.mdb", 0602, true},
                 {"data.mdb", 0600, false}, {"lock.mdb", 0606, true}, {"lock.mdb", 0600, false},
                 {"", 0777, true},          {"", 02770, false}};
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        buf_reset(&path);
        assert_int_equal(chmod(path_of(&d, modes[i].file), modes[i].mode), 0);
        assert_int_equal(store_is_exposed(d.dir, &path), modes[i].exposed);
        if (modes[i].exposed)
            assert_non_null(strstr(path_of(&d, modes[i].file), path.p));
    }
    buf_release(&path);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sound_stores),
        cmocka_unit_test(test_compacted_copies),
        cmocka_unit_test(test_a_store_that_grew),
        cmocka_unit_test(test_while_others_write),
        cmocka_unit_test(test_another_layout_beside_ours),
        cmocka_unit_test(test_a_long_list_of_free_pages),
        cmocka_unit_test(test_it_is_said_whose),
        cmocka_unit_test(test_spare_room_holds_zeros),
        cmocka_unit_test(test_general_data_is_compared),
        cmocka_unit_test(test_is_the_journal_sound),
        cmocka_unit_test(test_every_bit_of_the_layout),
        cmocka_unit_test(test_an_older_root_is_not_taken_for_the_last),
        cmocka_unit_test(test_free_pages),
        cmocka_unit_test(test_nothing_is_left),
        cmocka_unit_test(test_who_else_may_read),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
