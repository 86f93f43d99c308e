/* A backup whose last entries were taken away: what is left is a sound chain, only shorter, and must not be
 * restored as if it were all. */
#include "tests/copy_tools.h"

#include "store/backup.h"
#include "store/env.h"
#include "store/restore.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { DOSSIERS = 12 };

/* Returns how many entries the backup has. */
static uint64_t back_up(struct store_desk *d, const char *file)
{
    char code[64];
    struct head head;
    store_desk_init(d);
    for (int i = 0; i < DOSSIERS; i++)
        store_desk_receive(d, "1.001", "Nguyễn Thị Hương", NULL, code);
    ASSERT_DONE(store_backup(d->store, above(d, file), &head));
    return head.seq;
}

static struct outcome restore(struct store_desk *d, const char *file, uint64_t *entries)
{
    struct backup *b;
    struct head head = {0};
    ASSERT_DONE(backup_open(above(d, file), &b));
    struct journal_source source = backup_source(b);
    struct outcome o = store_restore(above(d, "R"), NULL, &source, &head);
    backup_close(b);
    *entries = head.seq;
    return o;
}

static void assert_cut(struct store_desk *d)
{
    uint64_t entries;
    struct outcome o = restore(d, "copy", &entries);
    ASSERT_KIND(o, "damaged_backup");
    assert_int_equal(outcome_class(o.kind), INPUT);
    assert_string_equal(o.arg[0].text, above(d, "copy"));
    assert_int_equal(o.arg[1].number, T_core_damage_journal_end);
    assert_false(exists(above(d, "R")));
}

static void assert_restored(struct store_desk *d, uint64_t expected)
{
    uint64_t entries;
    ASSERT_DONE(restore(d, "copy", &entries));
    assert_int_equal(entries, expected);
    assert_true(exists(above(d, "R/data.mdb")));
}

static void take_away(struct store_desk *d, uint64_t from, uint64_t to)
{
    unsigned char key[8];
    for (uint64_t seq = from; seq <= to; seq++)
        raw_put(above(d, "copy"), true, "journal", raw_number(key, seq), STR_NONE);
}

static void the_last_entries_taken_away(void **state)
{
    (void)state;
    for (uint64_t n = 1; n <= DOSSIERS; n *= 3) {
        struct store_desk d;
        uint64_t entries = back_up(&d, "copy");
        take_away(&d, entries - n + 1, entries);
        assert_cut(&d);
        store_desk_release(&d);
    }
}

/* Under which the summary stands. */
#define TEXT_OF(layout) #layout
#define STATE_IN(layout) "state." TEXT_OF(layout)
#define OUR_STATE STATE_IN(STORE_LAYOUT)

/* Every layout told it in the same way. */
static void of_an_earlier_layout_too(void **state)
{
    (void)state;
    static const unsigned char third[] = {0, 0, 0, 3}, later[] = {0xff, 0xf8, 0, 7};
    struct store_desk d;
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi dbi;
    uint64_t entries = back_up(&d, "copy");
    char name[] = OUR_STATE, earlier[] = "state.3";
    MDB_val key = {sizeof name - 1, name}, value;
    char summary[400];
    assert_int_equal(mdb_env_create(&env), 0);
    assert_int_equal(mdb_env_set_maxdbs(env, 16), 0);
    assert_int_equal(mdb_env_open(env, above(&d, "copy"), MDB_NOSUBDIR | MDB_NOLOCK, 0600), 0);
    assert_int_equal(mdb_txn_begin(env, NULL, 0, &txn), 0);
    assert_int_equal(mdb_dbi_open(txn, "meta", 0, &dbi), 0);
    assert_int_equal(mdb_get(txn, dbi, &key, &value), 0);
    assert_true(value.mv_size < sizeof summary);
    memcpy(summary, value.mv_data, value.mv_size);
    size_t n = value.mv_size;
    mdb_txn_abort(txn);
    mdb_env_close(env);
    raw_put(above(&d, "copy"), true, "meta", str_of(earlier), (struct str){summary, n});
    raw_put(above(&d, "copy"), true, "meta", str_of(name), STR_NONE);
    raw_put(above(&d, "copy"), true, "meta", STR("layout"), (struct str){(const char *)third, sizeof third});
    assert_restored(&d, entries);
    assert_int_equal(unlink(above(&d, "R/data.mdb")) + unlink(above(&d, "R/lock.mdb")), 0);
    take_away(&d, entries, entries);
    assert_int_equal(rmdir(above(&d, "R")), 0);
    assert_cut(&d);
    /* How a later one tells it nobody knows. */
    raw_put(above(&d, "copy"), true, "meta", STR("layout"), (struct str){(const char *)later, sizeof later});
    assert_restored(&d, entries - 1);
    store_desk_release(&d);
}

/* A summary that is damaged itself says nothing of a sound journal: from that all can be made. */
static void a_damaged_summary_is_no_cut(void **state)
{
    (void)state;
    for (size_t at = 0; at < 8 + STORE_HASH; at++) {
        struct store_desk d;
        uint64_t entries = back_up(&d, "copy");
        raw_spoil(above(&d, "copy"), true, "meta", STR(OUR_STATE), at);
        assert_restored(&d, entries);
        store_desk_release(&d);
    }
    struct store_desk d;
    uint64_t entries = back_up(&d, "copy");
    raw_drop(above(&d, "copy"), true, "meta");
    assert_restored(&d, entries);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_entries_taken_away),
        cmocka_unit_test(of_an_earlier_layout_too),
        cmocka_unit_test(a_damaged_summary_is_no_cut),
    };
    return cmocka_run_group_tests_name("store_cut", tests, NULL, NULL);
}
