/* One bit of a store's file flipped: found, or of no consequence.
 *
 * Every byte of every live key and value has one of its bits flipped (MOTCUA_LONG: each of the eight), and so
 * have bits anywhere else in the file: heads of pages, lists of free pages, the two pages it begins with,
 * room that nothing uses. Each time the file is looked at as the program would: it is not opened, or the
 * check finds it, or LMDB falls over it and the process ends with the status for damage. What passes all that
 * must not matter: everything reads as before, and one more dossier leaves a sound store. Looking never
 * writes. */
#include "tests/random.h"
#include "tests/store_desk.h"
#include "tests/store_dump.h"
#include "tests/store_life.h"

#include "store/crash.h"
#include "store/env.h"
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    DOSSIERS = 20,
    PATIENCE = 60 /* seconds for one flip */,
    SAMPLE = 3000,
    QUICK_SAMPLE = 150,
    QUICK_STEP = 40
};

/* ---- a store, and what of its file is live ---- */

struct flip {
    uint32_t at;
    uint8_t bit;
    bool live;
};

struct book {
    struct store_desk desk;
    char path[300];
    unsigned char *bytes; /* of the sound file */
    size_t size;
    bool *live; /* for each of them */
    size_t live_count;
    struct buf dump; /* all that can be asked of it */
};

/* Where in the file something lies that LMDB handed out: each page, and each run of pages of a large value,
 * begins with its number. */
static size_t offset_of(const struct book *b, const void *p, size_t page_size)
{
    const unsigned char *at = p, *page = at - ((uintptr_t)at & (page_size - 1));
    size_t number;
    memcpy(&number, page, sizeof number);
    size_t offset = number * page_size + (size_t)(at - page);
    assert_true(offset < b->size);
    return offset;
}

static void mark(struct book *b, MDB_val v, size_t page_size)
{
    size_t from = offset_of(b, v.mv_data, page_size);
    assert_memory_equal(b->bytes + from, v.mv_data, v.mv_size);
    for (size_t i = from; i < from + v.mv_size; i++) {
        assert_false(b->live[i]);
        b->live[i] = true;
        b->live_count++;
    }
}

static void mark_table(struct book *b, MDB_txn *txn, const char *name, size_t page_size)
{
    MDB_dbi dbi;
    MDB_cursor *cursor;
    MDB_val key, value;
    assert_int_equal(mdb_dbi_open(txn, name, 0, &dbi), 0);
    assert_int_equal(mdb_cursor_open(txn, dbi, &cursor), 0);
    while (mdb_cursor_get(cursor, &key, &value, MDB_NEXT) == 0) {
        mark(b, key, page_size);
        mark(b, value, page_size);
        char table[64] = "";
        if (!name && key.mv_size < sizeof table) {
            memcpy(table, key.mv_data, key.mv_size);
            mark_table(b, txn, table, page_size);
        }
    }
    mdb_cursor_close(cursor);
}

static void mark_live(struct book *b)
{
    MDB_env *env;
    MDB_txn *txn;
    MDB_stat stat;
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 40), 0);
    assert_int_equal(mdb_env_open(env, b->desk.dir, MDB_RDONLY, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, MDB_RDONLY, &txn), 0);
    assert_int_equal(mdb_env_stat(env, &stat), 0);
    mark_table(b, txn, NULL, stat.ms_psize);
    mdb_txn_abort(txn);
    mdb_env_close(env);
}

static void read_file(struct book *b)
{
    struct stat st;
    int fd = open(b->path, O_RDONLY);
    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    b->size = (size_t)st.st_size;
    b->bytes = malloc(b->size);
    b->live = calloc(b->size, sizeof *b->live);
    assert_true(b->bytes && b->live);
    assert_int_equal(read(fd, b->bytes, b->size), (ssize_t)b->size);
    close(fd);
}

static uint64_t dossiers_of(struct store *s)
{
    struct view *v;
    struct store_stat stat;
    struct outcome o = view_begin(s, &v);
    assert_true(outcome_ok(&o));
    view_stat(v, &stat);
    view_end(v);
    return stat.dossiers;
}

static void dump_of(struct buf *out, struct store *s)
{
    struct view *v;
    struct outcome o = view_begin(s, &v);
    assert_true(outcome_ok(&o));
    buf_reset(out);
    store_dump(out, v);
    view_end(v);
}

/* Twenty dossiers in every stage of their lives. */
static void book_init(struct book *b)
{
    *b = (struct book){.size = 0};
    store_desk_init(&b->desk);
    struct store_life life = {.random = 11};
    while (dossiers_of(b->desk.store) < DOSSIERS)
        store_life_run(&life, &b->desk, 2, NULL);
    store_desk_assert_whole(b->desk.store);
    dump_of(&b->dump, b->desk.store);
    store_close(b->desk.store);
    b->desk.store = NULL;
    snprintf(b->path, sizeof b->path, "%s/data.mdb", b->desk.dir);
    read_file(b);
    mark_live(b);
}

static void book_release(struct book *b)
{
    free(b->bytes);
    free(b->live);
    buf_release(&b->dump);
    store_desk_release(&b->desk);
}

/* ---- one flip ---- */

enum answer { UNSEEN = 0, NOT_OPENED, FOUND, ENDED, HARMLESS, ANSWERS };

/* What the child that tries them tells; it may die at any of them. */
struct report {
    size_t next;
    size_t count[ANSWERS];
    bool failed;
    char why[400];
};

static void told(struct report *r, const char *what, const char *detail)
{
    r->failed = true;
    snprintf(r->why, sizeof r->why, "%s: %s", what, detail);
}

static bool says_damaged(const struct outcome *o)
{
    return o->kind == KIND_damaged || o->kind == KIND_not_ours || o->kind == KIND_newer_store;
}

static enum answer look(const struct book *b, struct report *r)
{
    struct store *s;
    struct check check;
    struct outcome o = store_open(b->desk.dir, &s);
    if (!outcome_ok(&o)) {
        if (!says_damaged(&o))
            told(r, "opening answers", outcome_kind_name(o.kind));
        return NOT_OPENED;
    }
    o = store_check(s, &check);
    store_close(s);
    if (outcome_ok(&o))
        return UNSEEN;
    if (o.kind != KIND_damaged || !check.what[0])
        told(r, "the check answers", outcome_kind_name(o.kind));
    return FOUND;
}

/* Nothing that is asked has another answer, and what is written next does no harm. */
static enum answer use(struct book *b, struct report *r)
{
    struct buf dump = BUF_INIT;
    struct check check;
    char code[64];
    store_desk_reopen(&b->desk);
    dump_of(&dump, b->desk.store);
    if (!str_eq(buf_str(&dump), buf_str(&b->dump)))
        told(r, "unseen", "something reads otherwise");
    store_desk_receive(&b->desk, "1.001", "Nguyễn Văn A", NULL, code);
    struct outcome o = store_check(b->desk.store, &check);
    if (!outcome_ok(&o))
        told(r, "unseen, but after one more dossier", check.what);
    store_close(b->desk.store);
    b->desk.store = NULL;
    buf_release(&dump);
    return HARMLESS;
}

static void put_back(const struct book *b, int fd)
{
    if (pwrite(fd, b->bytes, b->size, 0) != (ssize_t)b->size || ftruncate(fd, (off_t)b->size) != 0)
        _exit(90);
}

/* The file holds the flipped bit and is otherwise as it was. */
static bool is_untouched(const struct book *b, int fd, const struct flip *f, unsigned char *room)
{
    struct stat st;
    if (fstat(fd, &st) != 0 || (size_t)st.st_size != b->size ||
        pread(fd, room, b->size, 0) != (ssize_t)b->size)
        return false;
    room[f->at] ^= (unsigned char)(1u << f->bit);
    return memcmp(room, b->bytes, b->size) == 0;
}

static void try_one(struct book *b, int fd, const struct flip *f, struct report *r, unsigned char *room)
{
    unsigned char byte = b->bytes[f->at] ^ (unsigned char)(1u << f->bit);
    if (pwrite(fd, &byte, 1, f->at) != 1)
        _exit(90);
    alarm(PATIENCE);
    enum answer answer = look(b, r);
    if (!r->failed && !is_untouched(b, fd, f, room))
        told(r, "looking", "the file was written to");
    if (!r->failed && answer == UNSEEN && f->live)
        told(r, "unseen", "in a live key or value");
    if (!r->failed && answer == UNSEEN) {
        answer = use(b, r);
        put_back(b, fd);
    } else if (pwrite(fd, b->bytes + f->at, 1, f->at) != 1) {
        _exit(90);
    }
    r->count[answer]++;
}

/* ---- many ---- */

static void try_all(struct book *b, const struct flip *flip, size_t n, struct report *r)
{
    unsigned char *room = malloc(b->size);
    int fd = open(b->path, O_RDWR), nowhere = open("/dev/null", O_WRONLY);
    if (!room || fd < 0 || nowhere < 0)
        _exit(90);
    dup2(nowhere, STDERR_FILENO); /* what is said of a crash */
    crash_catch();
    setenv("TMPDIR", b->desk.above, 1); /* in memory, where the book is */
    for (; r->next < n && !r->failed; r->next += !r->failed)
        try_one(b, fd, &flip[r->next], r, room);
    _exit(r->failed ? 1 : 0);
}

static void fail_flip(const struct book *b, const struct flip *f, const char *why)
{
    fail_msg("bit %d of byte %u (page %u, at %u; %s): %s", f->bit, f->at, f->at / 4096, f->at % 4096,
             b->live[f->at] ? "live" : "not live", why);
}

/* A child tries them; where LMDB ends it, the next one goes on after that. */
static void assert_found(struct book *b, const struct flip *flip, size_t n)
{
    struct report *r = mmap(NULL, sizeof *r, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(r != MAP_FAILED);
    while (r->next < n) {
        int status, fd;
        fflush(NULL);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            try_all(b, flip, n, r);
        assert_int_equal(waitpid(child, &status, 0), child);
        const struct flip *f = &flip[r->next < n ? r->next : n - 1];
        if (r->failed)
            fail_flip(b, f, r->why);
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
            continue;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != FAILED) {
            snprintf(r->why, sizeof r->why, "the process ended with %s %d",
                     WIFEXITED(status) ? "status" : "signal",
                     WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
            fail_flip(b, f, r->why);
        }
        r->count[ENDED]++;
        r->next++;
        fd = open(b->path, O_RDWR);
        put_back(b, fd);
        close(fd);
    }
    print_message("%zu flips: %zu not opened, %zu found, %zu ended the process, %zu harmless\n", n,
                  r->count[NOT_OPENED], r->count[FOUND], r->count[ENDED], r->count[HARMLESS]);
    munmap(r, sizeof *r);
}

static bool quick(void)
{
    return getenv("MOTCUA_QUICK") != NULL;
}

static void test_live_bytes(void **state)
{
    struct book b;
    struct random random = {2};
    (void)state;
    book_init(&b);
    bool all_bits = getenv("MOTCUA_LONG") != NULL;
    struct flip *flip = calloc(b.live_count * 8, sizeof *flip);
    size_t n = 0;
    assert_non_null(flip);
    for (size_t i = 0, seen = 0; i < b.size; i++) {
        if (!b.live[i] || (quick() && seen++ % QUICK_STEP))
            continue;
        int one = (int)random_in(&random, 0, 7);
        for (int bit = 0; bit < 8; bit++)
            if (all_bits || bit == one)
                flip[n++] = (struct flip){.at = (uint32_t)i, .bit = (uint8_t)bit, .live = true};
    }
    assert_true(n > (quick() ? 300 : 10000));
    assert_found(&b, flip, n);
    free(flip);
    book_release(&b);
}

/* Half of them in the first 16 bytes of pages, or where the file begins. */
static void test_all_the_rest(void **state)
{
    enum { HEAD = 16, PAGE = 4096, ROOTS = 2 * PAGE, ROOT_BYTES = 160 };
    struct book b;
    struct random random = {3};
    (void)state;
    book_init(&b);
    size_t n = 0, most = quick() ? QUICK_SAMPLE : getenv("MOTCUA_LONG") ? (size_t)SAMPLE * 10 : SAMPLE;
    struct flip *flip = calloc(most, sizeof *flip);
    assert_non_null(flip);
    for (int bit = 0; bit < ROOT_BYTES * 8 * 2 && !quick(); bit += getenv("MOTCUA_LONG") ? 1 : 3) {
        size_t at = (size_t)bit / 8;
        flip[n++] = (struct flip){.at = (uint32_t)(at % ROOT_BYTES + at / ROOT_BYTES * PAGE),
                                  .bit = (uint8_t)(bit % 8)};
    }
    while (n < most) {
        size_t at = (size_t)random_in(&random, 0, (int64_t)b.size - 1);
        if (n % 3 == 0)
            at = at / PAGE * PAGE + at % HEAD;
        if (!b.live[at])
            flip[n++] = (struct flip){.at = (uint32_t)at, .bit = (uint8_t)random_in(&random, 0, 7)};
    }
    assert_found(&b, flip, n);
    free(flip);
    book_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_live_bytes),
        cmocka_unit_test(test_all_the_rest),
    };
    return cmocka_run_group_tests_name("store_flips", tests, NULL, NULL);
}
