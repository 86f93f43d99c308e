/* The quick check: it says yes to every store that is what its journal makes of it, and to no other. Each
 * forgery is made in a transaction that is given up again. */
#include "tests/random.h"
#include "tests/store_desk.h"
#include "tests/store_life.h"

#include "store/bytes.h"
#include "store/lines.h"
#include "store/sound.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- looking at a store that is changed for a moment ---- */

struct forgery {
    struct view view; /* its transaction writes */
};

static struct txn *forge(struct forgery *f, struct store_desk *d)
{
    *f = (struct forgery){.view = {.store = d->store}};
    assert_true(txn_begin(d->store, true, &f->view.txn));
    return &f->view.txn;
}

/* What the quick check says of it; then it is as before. */
static enum sound look(struct forgery *f)
{
    struct txn *t = &f->view.txn;
    assert_true(txn_ok(t));
    enum sound sound = state_load(t, &f->view.state) ? sound_view(&f->view, NULL) : SOUND_DOUBT;
    txn_end(t);
    return sound;
}

static void must_doubt(struct forgery *f, enum table table, size_t entry, const char *what, size_t at)
{
    if (look(f) != SOUND_DOUBT)
        fail_msg("%s, entry %zu: %s %zu was not seen", table_name(table), entry, what, at);
}

struct pair {
    struct str key, value;
};
struct pairs {
    struct pair *pair;
    size_t count;
};

static struct str copy_of(struct str s)
{
    char *p = malloc(s.n + 1);
    assert_non_null(p);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (struct str){p, s.n};
}

/* A copy of a table, to be freed. */
static struct pairs read_table(struct store_desk *d, enum table table)
{
    struct pairs all = {0};
    struct txn t;
    struct cursor c;
    assert_true(txn_begin(d->store, false, &t));
    all.pair = calloc(txn_count(&t, table) + 1, sizeof *all.pair);
    assert_non_null(all.pair);
    cursor_open(&c, &t, table);
    for (bool on = cursor_first(&c); on; on = cursor_next(&c))
        all.pair[all.count++] = (struct pair){copy_of(c.key), copy_of(c.value)};
    cursor_close(&c);
    assert_true(txn_ok(&t));
    txn_end(&t);
    return all;
}

static void free_pairs(struct pairs *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free((char *)(uintptr_t)all->pair[i].key.p);
        free((char *)(uintptr_t)all->pair[i].value.p);
    }
    free(all->pair);
}

static void must_be_sound(struct store_desk *d)
{
    struct forgery f;
    forge(&f, d);
    assert_int_equal(look(&f), SOUND_YES);
}

static void lived(struct store_desk *d, uint64_t seed, size_t steps)
{
    store_desk_init(d);
    struct store_life life = {.random = seed};
    store_life_run(&life, d, steps, NULL);
}

/* ---- yes ---- */

static void test_whatever_happens(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct store_desk d;
        lived(&d, 100 + seed, seed * seed * 8);
        store_desk_assert_whole(d.store); /* which asks the quick one, too */
        store_desk_release(&d);
    }
}

static void test_an_empty_store(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    must_be_sound(&d);
    store_desk_release(&d);
}

/* Numbers of ours typed ahead of the row, in any order, and again those the row has come to. */
static void test_codes_typed_ahead(void **state)
{
    static const char *const codes[] = {
        NULL,
        "H42.26.21-261116-0003",
        "H42.26.21-261116-0005",
        "h42.26.21-261116-0004",
        NULL, /* two, and so five */
        NULL,
        "H42.26.21-261116-00009", /* none of ours: a zero too many */
        "H42.26.21-261116-0011",
        "H42.26.21-261116-0009",
        NULL,
        "H42.26.21-261117-0001",
        "H42.26.21-261116-0008",
        NULL,
    };
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct outcome o = store_desk_ask(&d, desk_receive("1.001", "Siu Yến", NULL, codes[i]), NULL);
        assert_string_equal(outcome_kind_name(o.kind), "done");
        must_be_sound(&d);
    }
    store_desk_release(&d);
}

/* A clock that ran ahead left a receipt in the future; then that is corrected. */
static void test_a_receipt_in_the_future(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "Lê Thị Ba", NULL, code);
    store_desk_now(&d, "2027-03-01T09:00");
    store_desk_receive(&d, "1.001", "Lê Thị Tư", NULL, code);
    store_desk_now(&d, "2026-11-17T09:00");
    struct command accept = {.kind = COMMAND_CLOCK_ACCEPT, .at = NO_TIME};
    accept.clock.reason = STR("Đồng hồ máy chạy sai");
    struct outcome o = store_desk_ask(&d, accept, NULL);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    must_be_sound(&d);
    const struct change change = {CORRECT_RECEIVED_AT, STR("2026-11-16T10:00")};
    o = store_desk_ask(&d, desk_correct(code, &change), NULL);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    must_be_sound(&d);
    for (int i = 0; i < 3; i++)
        store_desk_receive(&d, "1.001", "Lê Thị Năm", NULL, code);
    must_be_sound(&d);
    store_desk_release(&d);
}

/* ---- no ---- */

/* With that bit of an entry's byte another one. */
static void must_doubt_a_bit(struct forgery *f, struct store_desk *d, const struct pairs *all,
                             enum table table, size_t entry, size_t at, int bit)
{
    char *forged = (char *)(uintptr_t)copy_of(all->pair[entry].value).p;
    forged[at] ^= (char)(1 << bit);
    txn_put(forge(f, d), table, all->pair[entry].key, (struct str){forged, all->pair[entry].value.n});
    must_doubt(f, table, entry, "byte", at);
    free(forged);
}

/* Every table, every entry, every byte (or one in a few): another bit. */
static void test_another_byte(void **state)
{
    struct store_desk d;
    struct forgery f;
    struct random r = {.state = 77};
    int64_t stride = getenv("MOTCUA_LONG") ? 1 : getenv("MOTCUA_QUICK") ? 40 : 3;
    (void)state;
    lived(&d, 5, 170);
    must_be_sound(&d);
    for (enum table table = 0; table < TABLES; table++) {
        struct pairs all = read_table(&d, table);
        for (size_t i = 0; i < all.count; i++)
            for (size_t at = (size_t)random_in(&r, 0, stride - 1); at < all.pair[i].value.n;
                 at += (size_t)random_in(&r, 1, 2 * stride - 1)) {
                must_doubt_a_bit(&f, &d, &all, table, i, at, (int)random_in(&r, 0, 7));
            }
        free_pairs(&all);
    }
    must_be_sound(&d);
    store_desk_release(&d);
}

/* Missing, added, under another key, longer, shorter, and one in place of the next. */
static void test_another_entry(void **state)
{
    struct store_desk d;
    struct forgery f;
    (void)state;
    lived(&d, 6, 170);
    for (enum table table = 0; table < TABLES; table++) {
        struct pairs all = read_table(&d, table);
        for (size_t i = 0; i < all.count; i++) {
            struct str key = copy_of(all.pair[i].key), value = all.pair[i].value;
            struct str longer = {copy_of(value).p, value.n + 1}; /* copies have room for one more */
            ((char *)(uintptr_t)longer.p)[value.n] = 1;
            ((char *)(uintptr_t)key.p)[key.n - 1] ^= 0x55;
            txn_delete(forge(&f, &d), table, all.pair[i].key);
            must_doubt(&f, table, i, "missing", 0);
            txn_put(forge(&f, &d), table, key, value);
            must_doubt(&f, table, i, "added", 0);
            txn_delete(forge(&f, &d), table, all.pair[i].key);
            txn_put(&f.view.txn, table, key, value);
            must_doubt(&f, table, i, "another key", 0);
            txn_put(forge(&f, &d), table, all.pair[i].key, longer);
            must_doubt(&f, table, i, "longer", 0);
            txn_put(forge(&f, &d), table, all.pair[i].key, str_first(value, value.n - 1));
            if (table == TABLE_DOSSIER && value.p[value.n - 1] == 0)
                txn_end(&f.view.txn); /* spare room may be of any length */
            else
                must_doubt(&f, table, i, "shorter", 0);
            if (i > 0 && !str_eq(value, all.pair[i - 1].value)) {
                txn_put(forge(&f, &d), table, all.pair[i].key, all.pair[i - 1].value);
                txn_put(&f.view.txn, table, all.pair[i - 1].key, value);
                must_doubt(&f, table, i, "exchanged", 0);
            }
            free((char *)(uintptr_t)key.p);
            free((char *)(uintptr_t)longer.p);
        }
        free_pairs(&all);
    }
    must_be_sound(&d);
    store_desk_release(&d);
}

static bool are_same(const struct pairs *a, const struct pairs *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (!str_eq(a->pair[i].key, b->pair[i].key) || !str_eq(a->pair[i].value, b->pair[i].value))
            return false;
    return a->count == b->count;
}

/* A whole table, or only one entry of it, as it was some time before: all of it was right once. A record then
 * names an entry as its last that is not. */
static void test_what_was_right_once(void **state)
{
    struct store_desk d;
    struct forgery f;
    struct pairs before[TABLES];
    struct store_life life = {.random = 9};
    size_t stale[TABLES] = {0};
    (void)state;
    store_desk_init(&d);
    store_life_run(&life, &d, 400, NULL);
    for (enum table table = 0; table < TABLES; table++)
        before[table] = read_table(&d, table);
    store_life_run(&life, &d, 400, NULL);
    for (enum table table = 0; table < TABLES; table++) {
        struct pairs now = read_table(&d, table);
        if (are_same(&now, &before[table])) { /* no chunk of lines was full */
            assert_true(table == TABLE_NAME_PIECES || table == TABLE_NUMBER_PIECES);
            free_pairs(&now);
            free_pairs(&before[table]);
            continue;
        }
        struct txn *t = forge(&f, &d);
        for (size_t i = 0; i < now.count; i++)
            txn_delete(t, table, now.pair[i].key);
        for (size_t i = 0; i < before[table].count; i++)
            txn_put(t, table, before[table].pair[i].key, before[table].pair[i].value);
        must_doubt(&f, table, 0, "the table of before", 0);
        for (size_t i = 0; i < before[table].count; i++)
            for (size_t j = 0; j < now.count; j++)
                if (str_eq(before[table].pair[i].key, now.pair[j].key) &&
                    !str_eq(before[table].pair[i].value, now.pair[j].value)) {
                    txn_put(forge(&f, &d), table, now.pair[j].key, before[table].pair[i].value);
                    must_doubt(&f, table, j, "the entry of before", 0);
                    stale[table]++;
                }
        free_pairs(&now);
        free_pairs(&before[table]);
    }
    if (stale[TABLE_DOSSIER] < 10 || stale[TABLE_LIVE] + stale[TABLE_TALLY] == 0 || stale[TABLE_META] != 1)
        fail_msg("stale: %zu records, %zu rows, %zu counts, %zu states", stale[TABLE_DOSSIER],
                 stale[TABLE_LIVE], stale[TABLE_TALLY], stale[TABLE_META]);
    must_be_sound(&d);
    store_desk_release(&d);
}

/* Lines taken out are blank: none may be that was not, nor may a line be another dossier's. */
static void test_lines(void **state)
{
    struct store_desk d;
    struct forgery f;
    struct key key;
    size_t blanks = 0;
    unsigned char forged[CHUNK_BYTES];
    (void)state;
    lived(&d, 21, 260);
    for (enum table table = TABLE_NAMES; table <= TABLE_NUMBERS; table++) {
        struct pairs all = read_table(&d, table);
        assert_true(all.count > 0);
        const unsigned char *chunk = str_bytes(all.pair[0].value);
        struct lines l;
        assert_true(lines_open(chunk, &l));
        for (uint32_t place = 0; place < l.count; place++) {
            uint64_t id;
            struct str text;
            bool whole, there = lines_at(&l, place, &id, &text, &whole);
            memcpy(forged, chunk, CHUNK_BYTES);
            if (there)
                lines_blank(forged, place);
            else
                put_be(forged + CHUNK_BYTES - 8 * (place + 1) + 2, 1, 6);
            blanks += !there;
            txn_put(forge(&f, &d), table, key_u64(&key, 0), bytes_str(forged, CHUNK_BYTES));
            must_doubt(&f, table, 0, there ? "blank line" : "line that is back", place);
            if (place == 0)
                continue;
            memcpy(forged, chunk, CHUNK_BYTES); /* the ids of two */
            unsigned char *at = forged + CHUNK_BYTES - 8 * (place + 1) + 2;
            if (memcmp(at, at + 8, 6) == 0)
                continue;
            memcpy(at, chunk + (at + 8 - forged), 6);
            memcpy(at + 8, chunk + (at - forged), 6);
            txn_put(forge(&f, &d), table, key_u64(&key, 0), bytes_str(forged, CHUNK_BYTES));
            must_doubt(&f, table, 0, "lines exchanged", place);
        }
        free_pairs(&all);
    }
    assert_true(blanks > 3);
    must_be_sound(&d);
    store_desk_release(&d);
}

/* ---- what can be in full chunks ---- */

enum { MANY = 720 };

static void log_many(struct store_desk *d)
{
    static struct request request[40];
    static char name[40][90];
    for (int n = 0; n < MANY; n += 40) {
        for (int i = 0; i < 40; i++) {
            snprintf(name[i], sizeof name[i], "Nguyễn Phúc Tôn Nữ %d Công Tằng Huyền Tôn Nữ Diệu Hương",
                     7919 * (n + i));
            request[i] = (struct request){.moment = {.now = d->now, .login = str_of(d->login)},
                                          .command = desk_receive("1.006", name[i], NULL, NULL)};
        }
        struct outcome o = store_submit(d->store, request, 40, NULL);
        assert_int_equal(o.kind, KIND_done);
    }
}

static void rename_one(struct store_desk *d, uint64_t id, int lap)
{
    struct dossier dossier;
    struct view *v;
    char code[64], name[40];
    struct outcome o = view_begin(d->store, &v);
    assert_true(outcome_ok(&o) && view_dossier(v, id, &dossier));
    snprintf(code, sizeof code, "%.*s", (int)dossier.code.n, dossier.code.p);
    view_end(v);
    snprintf(name, sizeof name, "Đổi Tên %d %d", (int)id, lap);
    const struct change change = {.field = CORRECT_APPLICANT, .value = str_of(name)};
    o = store_desk_ask(d, desk_correct(code, &change), NULL);
    assert_int_equal(o.kind, KIND_done);
}

/* Names taken out while their chunk was the last one left nothing in its row; those taken out later did. */
static void test_pieces(void **state)
{
    struct store_desk d;
    struct forgery f;
    struct random r = {.state = 41};
    (void)state;
    store_desk_init(&d);
    for (int lap = 0; lap < 2; lap++) {
        log_many(&d);
        for (uint64_t id = 1; id < MANY; id += 97)
            rename_one(&d, id, lap);
        for (uint64_t id = 0; id < 5; id++)
            rename_one(&d, (uint64_t)(lap + 1) * MANY - id, lap);
    }
    must_be_sound(&d);
    store_desk_assert_whole(d.store);
    for (enum table table = TABLE_NAME_PIECES; table <= TABLE_NUMBER_PIECES; table++) {
        struct pairs all = read_table(&d, table);
        assert_true(all.count > 1); /* full ones, and one that is not */
        for (size_t i = 0; i < all.count; i++)
            for (int n = 0; n < 40; n++) {
                size_t at = (size_t)random_in(&r, 0, CHUNK_BYTES - 1);
                must_doubt_a_bit(&f, &d, &all, table, i, at, (int)random_in(&r, 0, 7));
            }
        free_pairs(&all);
    }
    store_desk_release(&d);
}

/* ---- stopping ---- */

struct patience {
    uint64_t left;
};

static bool lose_patience(void *arg, uint64_t done, uint64_t all)
{
    struct patience *p = arg;
    assert_true(done <= all);
    return p->left-- > 0;
}

static void test_it_can_be_stopped(void **state)
{
    struct store_desk d;
    struct view *v;
    (void)state;
    lived(&d, 3, 600);
    for (uint64_t looks = 0; looks < 3; looks++) {
        struct patience p = {looks};
        struct outcome o = view_begin(d.store, &v);
        assert_true(outcome_ok(&o));
        assert_int_equal(sound_view(v, &(struct watch){lose_patience, &p}), SOUND_STOPPED);
        view_end(v);
    }
    must_be_sound(&d);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whatever_happens),
        cmocka_unit_test(test_an_empty_store),
        cmocka_unit_test(test_codes_typed_ahead),
        cmocka_unit_test(test_a_receipt_in_the_future),
        cmocka_unit_test(test_another_byte),
        cmocka_unit_test(test_another_entry),
        cmocka_unit_test(test_what_was_right_once),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_it_can_be_stopped),
    };
    return cmocka_run_group_tests_name("sound", tests, NULL, NULL);
}
