/* What a walk reads out of the file against what is mapped, chunk by chunk, where they lie in any order. */
#include "tests/store_desk.h"

#include "store/bytes.h"
#include "store/chunk_walk.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <cmocka.h>

enum { CHUNKS = 400 };

static void commit(struct txn *t)
{
    assert_true(txn_ok(t));
    assert_int_equal(txn_commit(t, mdb_txn_commit), 0);
}

/* In transactions of a few, so that some lie side by side and others where pages were free. */
static void write_chunks(struct store *s, struct random *r)
{
    for (int round = 0; round < 60; round++) {
        struct txn t;
        struct chunks chunks;
        assert_true(txn_begin(s, true, &t));
        chunks_init(&chunks, &t, TABLE_NAMES);
        uint64_t first = round == 0 ? 0 : (uint64_t)random_in(r, 0, CHUNKS - 1);
        uint64_t n = round == 0 ? CHUNKS : (uint64_t)random_in(r, 1, 12);
        for (uint64_t i = first; i < first + n && i < CHUNKS; i++) {
            unsigned char *bytes = chunk_write(&chunks, i);
            assert_non_null(bytes);
            for (size_t at = 0; at < CHUNK_BYTES; at += 8)
                memcpy(bytes + at, &(uint64_t){random_next(r)}, 8);
        }
        chunks_flush(&chunks);
        chunks_release(&chunks);
        commit(&t);
    }
}

/* A chunk that is missing, and one that is none. */
static void damage(struct store *s, uint64_t missing, uint64_t other)
{
    struct txn t;
    struct key key;
    assert_true(txn_begin(s, true, &t));
    txn_delete(&t, TABLE_NAMES, key_u64(&key, missing));
    txn_put(&t, TABLE_NAMES, key_u64(&key, other), STR("not a chunk"));
    commit(&t);
}

/* Which are damaged, and how many chunks came out of the file. */
struct seen {
    uint64_t missing, other;
    size_t read;
};

static void assert_pass(struct txn *t, struct chunk_walk *walk, uint64_t step, struct seen *seen)
{
    for (uint64_t i = 0; i < CHUNKS + 3; i += step) {
        const unsigned char *walked = chunk_walk_next(walk, i);
        if (i == seen->missing || i == seen->other || i >= CHUNKS) {
            assert_null(walked);
            continue;
        }
        const unsigned char *bytes = chunk_read(t, TABLE_NAMES, i);
        assert_non_null(bytes);
        assert_non_null(walked);
        assert_memory_equal(walked, bytes, CHUNK_BYTES);
        seen->read += walked != bytes;
    }
    assert_true(txn_ok(t));
}

/* One in `step`, then all. */
static size_t assert_walk(struct store *s, uint64_t step, bool mapped, uint64_t missing, uint64_t other)
{
    struct txn t;
    struct chunk_walk walk;
    struct seen seen = {missing, other, 0};
    assert_true(txn_begin(s, false, &t));
    chunk_walk_begin(&walk, &t, TABLE_NAMES);
    if (mapped)
        walk.map = NULL;
    assert_pass(&t, &walk, step, &seen);
    chunk_walk_again(&walk);
    assert_pass(&t, &walk, 1, &seen);
    chunk_walk_end(&walk);
    txn_end(&t);
    return seen.read;
}

static void test_walk_reads_what_is_mapped(void **state)
{
    struct store_desk d;
    struct random r = {20261122};
    (void)state;
    store_desk_init(&d);
    write_chunks(d.store, &r);
    damage(d.store, 57, 58);
    for (uint64_t step = 1; step < 40; step += 7)
        assert_true(assert_walk(d.store, step, false, 57, 58) > CHUNKS - 2);
    assert_int_equal(assert_walk(d.store, 1, false, 57, 58), 2 * (CHUNKS - 2));
    assert_int_equal(assert_walk(d.store, 1, true, 57, 58), 0);
    store_desk_release(&d);
}

/* The file is mapped elsewhere once it has grown. */
static void test_walk_after_growth(void **state)
{
    struct store_desk d;
    struct random r = {20261124};
    (void)state;
    store_desk_init(&d);
    write_chunks(d.store, &r);
    void *before = env_map(d.store);
    assert_non_null(before);
    assert_int_equal(assert_walk(d.store, 1, false, CHUNKS, CHUNKS), 2 * CHUNKS);
    struct outcome o = env_grow(d.store);
    assert_true(outcome_ok(&o));
    void *taken = mmap(before, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); /* not there again */
    o = env_grow(d.store);
    assert_true(outcome_ok(&o));
    assert_int_equal(assert_walk(d.store, 1, false, CHUNKS, CHUNKS), 2 * CHUNKS);
    munmap(taken, 4096);
    store_desk_release(&d);
}

static void test_walk_of_nothing(void **state)
{
    struct store_desk d;
    struct txn t;
    struct chunk_walk walk;
    (void)state;
    store_desk_init(&d);
    assert_true(txn_begin(d.store, false, &t));
    chunk_walk_begin(&walk, &t, TABLE_NAMES);
    assert_null(chunk_walk_next(&walk, 0));
    chunk_walk_end(&walk);
    txn_end(&t);
    store_desk_release(&d);
}

/* A file cut short under it gives nothing that is not there: such chunks are looked at where they are mapped,
 * and what that says is store/crash's. */
static void test_walk_of_what_cannot_be_read(void **state)
{
    struct store_desk d;
    struct random r = {20261123};
    (void)state;
    store_desk_init(&d);
    write_chunks(d.store, &r);
    struct txn t;
    struct chunk_walk walk;
    assert_true(txn_begin(d.store, false, &t));
    chunk_walk_begin(&walk, &t, TABLE_NAMES);
    walk.fd = -1;
    for (uint64_t i = 0; i < CHUNKS; i++)
        assert_ptr_equal(chunk_walk_next(&walk, i), chunk_read(&t, TABLE_NAMES, i));
    chunk_walk_end(&walk);
    txn_end(&t);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_walk_reads_what_is_mapped),
        cmocka_unit_test(test_walk_after_growth),
        cmocka_unit_test(test_walk_of_nothing),
        cmocka_unit_test(test_walk_of_what_cannot_be_read),
    };
    return cmocka_run_group_tests_name("chunk_walk", tests, NULL, NULL);
}
