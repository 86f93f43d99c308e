/* The store's small parts, each against a plain reckoning of the same. */
#include "tests/store_desk.h"

#include "store/bytes.h"
#include "store/codes.h"
#include "store/facts.h"
#include "store/journal.h"
#include "store/lines.h"
#include "store/live.h"
#include "store/tally.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- numbers in keys ---- */

static void test_keys_sort_as_numbers(void **state)
{
    static const int64_t ordered[] = {INT64_MIN, -1000000, -256,  -1,       0,        1,
                                      255,       256,      65536, 29000000, INT64_MAX};
    unsigned char a[8], b[8];
    (void)state;
    for (size_t i = 0; i + 1 < sizeof ordered / sizeof *ordered; i++) {
        put_be(a, sortable(ordered[i]), 8);
        put_be(b, sortable(ordered[i + 1]), 8);
        assert_true(memcmp(a, b, 8) < 0);
        assert_true(unsortable(get_be(a, 8)) == ordered[i]);
    }
    put_be(a, 0x0102030405060708, 8);
    assert_memory_equal(a, "\1\2\3\4\5\6\7\10", 8);
    put_be(a, 0x0A0B, 2);
    assert_int_equal(get_be(a, 2), 0x0A0B);
}

static void test_code_keys_are_lengths_and_capitals(void **state)
{
    struct key key;
    static const char longest[128] = "";
    (void)state;
    assert_true(code_key(&key, STR("h42.b-0017")));
    assert_int_equal(key.n, 11);
    assert_memory_equal(key.b, "\12H42.B-0017", 11);
    assert_false(code_key(&key, STR_NONE));
    assert_true(code_key(&key, (struct str){longest, 127}));
    assert_false(code_key(&key, (struct str){longest, 128}));
}

static void test_live_keys(void **state)
{
    struct facts f = {.id = 7,
                      .state = STATE_PROCESSING,
                      .statutory_due = 1000,
                      .due = 1000,
                      .waiting_since = 2000,
                      .resolved = 3000,
                      .returned = NO_TIME};
    struct key key;
    (void)state;
    assert_true(live_key(&key, &f));
    assert_int_equal(key.n, 17);
    assert_int_equal(live_group_of(&key), LIVE_RUNNING);
    assert_int_equal(unsortable(get_be(key.b + 1, 8)), 1000);
    assert_int_equal(get_be(key.b + 9, 8), 7);
    assert_int_equal(key.b[0], SHELF_LAWFUL);
    f.statutory_due = 900; /* promised for later than the law says */
    assert_true(live_key(&key, &f));
    assert_int_equal(key.b[0], SHELF_PROMISED);
    assert_int_equal(live_group_of(&key), LIVE_RUNNING);
    assert_int_equal(unsortable(get_be(key.b + 1, 8)), 1000);
    f.state = STATE_WAITING;
    f.due = NO_TIME;
    assert_true(live_key(&key, &f));
    assert_int_equal(live_group_of(&key), LIVE_WAITING);
    assert_int_equal(unsortable(get_be(key.b + 1, 8)), 2000);
    f.state = STATE_WAITING_PAYMENT;
    assert_true(live_key(&key, &f));
    assert_int_equal(live_group_of(&key), LIVE_WAITING);
    f.state = STATE_RESOLVED;
    f.ended_how = ENDED_RESOLVED;
    assert_true(live_key(&key, &f));
    assert_int_equal(live_group_of(&key), LIVE_UNCOLLECTED);
    assert_int_equal(unsortable(get_be(key.b + 1, 8)), 3000);
    f.state = STATE_REFUSED;
    f.ended_how = ENDED_REFUSED;
    assert_true(live_key(&key, &f));
    f.returned = 4000; /* a refusal in the applicant's hands */
    assert_false(live_key(&key, &f));
    static const enum dossier_state ended[] = {STATE_RETURNED, STATE_WITHDRAWN, STATE_STOPPED, STATE_VOID};
    for (size_t i = 0; i < sizeof ended / sizeof *ended; i++) {
        f.state = ended[i];
        assert_false(live_key(&key, &f));
    }
}

/* ---- facts ---- */

static civil_minute random_time(struct random *r)
{
    if (random_in(r, 0, 3) == 0)
        return NO_TIME;
    return civil_at(civil_from_ymd(1985, 1, 1), 0) + random_in(r, 0, (int64_t)120 * 366 * MINUTES_PER_DAY);
}

static bool facts_equal(const struct facts *a, const struct facts *b)
{
    return a->id == b->id && a->state == b->state && a->ended_how == b->ended_how &&
           a->channel == b->channel && a->received == b->received && a->statutory_due == b->statutory_due &&
           a->due == b->due && a->waiting_since == b->waiting_since && a->resolved == b->resolved &&
           a->returned == b->returned && a->field == b->field && a->procedure == b->procedure &&
           a->holder == b->holder && a->in_hours == b->in_hours && a->apologized == b->apologized &&
           a->moved == b->moved && a->insisted == b->insisted && a->outside == b->outside &&
           a->provisional == b->provisional && a->was_late == b->was_late &&
           a->was_late_promised == b->was_late_promised && a->rescheduled == b->rescheduled &&
           a->awaited == b->awaited && a->awaited_from == b->awaited_from &&
           a->awaited_until == b->awaited_until && a->letter == b->letter;
}

/* How each state ended is not kept beside it, so it must follow from it. */
static enum ended_how ended_by(enum dossier_state state)
{
    static const enum ended_how how[] = {
        [STATE_PROCESSING] = ENDED_NOT,      [STATE_WAITING] = ENDED_NOT,
        [STATE_WAITING_PAYMENT] = ENDED_NOT, [STATE_RESOLVED] = ENDED_RESOLVED,
        [STATE_RETURNED] = ENDED_RESOLVED,   [STATE_REFUSED] = ENDED_REFUSED,
        [STATE_WITHDRAWN] = ENDED_WITHDRAWN, [STATE_STOPPED] = ENDED_STOPPED,
        [STATE_VOID] = ENDED_VOID,
    };
    return how[state];
}

static struct facts random_facts(struct random *r, uint64_t id)
{
    struct facts f = {.id = id,
                      .state = (enum dossier_state)random_in(r, STATE_PROCESSING, STATE_VOID),
                      .channel = (enum channel)random_in(r, CHANNEL_NONE, CHANNEL_POSTAL),
                      .received = random_time(r),
                      .statutory_due = random_time(r),
                      .due = random_time(r),
                      .waiting_since = random_time(r),
                      .resolved = random_time(r),
                      .returned = random_time(r),
                      .field = (uint16_t)random_next(r),
                      .procedure = (uint16_t)random_next(r),
                      .holder = (uint16_t)random_next(r),
                      .awaited = (enum awaited)random_in(r, AWAITED_NOT, AWAITED_MORE)};
    uint64_t bits = random_next(r);
    f.ended_how = ended_by(f.state);
    f.in_hours = bits & 1;
    f.apologized = bits & 2;
    f.moved = bits & 4;
    f.insisted = bits & 8;
    f.outside = bits & 16;
    f.provisional = bits & 32;
    f.was_late = bits & 64;
    f.was_late_promised = bits & 128;
    f.rescheduled = bits & 256;
    if (f.awaited == AWAITED_ONCE) { /* then no more */
        f.waiting_since = NO_TIME;
        f.awaited_from = random_time(r);
        f.awaited_until = random_time(r);
    }
    if (facts_tell_letter(&f))
        f.letter = random_time(r);
    return f;
}

/* Each dossier of a chunk is as it was put in last, whatever its neighbours are. */
static void test_facts_in_columns(void **state)
{
    struct random r = {11};
    unsigned char chunk[CHUNK_BYTES] = {0};
    struct facts all[FACTS_ROWS] = {0}, out;
    (void)state;
    for (uint64_t id = 1; id <= FACTS_ROWS; id++)
        assert_false(facts_unpack(chunk, id, &out)); /* zeros: nothing */
    for (int i = 0; i < 20000; i++) {
        uint64_t row = random_next(&r) % FACTS_ROWS, id = FACTS_ROWS * 40000 + row + 1;
        all[row] = random_facts(&r, id);
        facts_pack(chunk, &all[row]);
        row = random_next(&r) % FACTS_ROWS;
        if (all[row].id) {
            assert_true(facts_unpack(chunk, all[row].id, &out));
            assert_true(facts_equal(&all[row], &out));
        }
    }
    for (size_t i = FACTS_ROWS * FACTS_ROW; i < CHUNK_BYTES; i++)
        assert_int_equal(chunk[i], 0);
    assert_int_equal(facts_chunk(1), 0);
    assert_int_equal(facts_chunk(113), 0);
    assert_int_equal(facts_chunk(114), 1);
}

/* A byte belongs to the row that it changes, and to no other. */
static void test_facts_row_of_a_byte(void **state)
{
    struct random r = {12};
    (void)state;
    for (uint64_t row = 0; row < FACTS_ROWS; row++) {
        unsigned char chunk[CHUNK_BYTES] = {0};
        struct facts f = random_facts(&r, row + 1);
        facts_pack(chunk, &f);
        for (size_t i = 0; i < CHUNK_BYTES; i++)
            if (chunk[i])
                assert_int_equal(facts_row_at(i), row);
    }
    assert_int_equal(facts_row_at(FACTS_ROWS * FACTS_ROW), FACTS_ROWS);
}

/* Selecting looks at many side by side: it finds what a look at each finds. */
static void test_facts_selected(void **state)
{
    struct random r = {13};
    uint64_t found = 0;
    (void)state;
    for (int i = 0; i < 3000; i++) {
        unsigned char chunk[CHUNK_BYTES] = {0};
        struct report_span span = {
            .received_by = random_time(&r), .solved_from = random_time(&r), .voids = random_in(&r, 0, 1)};
        uint8_t row[FACTS_ROWS];
        size_t wanted = 0, rows = (size_t)random_in(&r, 0, FACTS_ROWS);
        for (uint64_t id = 1; id <= rows; id++) {
            struct facts f = random_facts(&r, id);
            f.received = random_in(&r, 0, 4) ? f.received : span.received_by;
            f.resolved = random_in(&r, 0, 4) ? f.resolved : span.solved_from;
            facts_pack(chunk, &f);
        }
        size_t count = facts_select(chunk, &span, row);
        for (uint64_t id = 1; id <= FACTS_ROWS; id++) {
            struct facts f;
            if (!facts_unpack(chunk, id, &f) || !report_span_has(&span, &f))
                continue;
            assert_true(wanted < count);
            assert_int_equal(row[wanted], id - 1);
            wanted++;
        }
        assert_int_equal(wanted, count);
        found += count;
    }
    assert_true(found > 1000);
}

/* ---- lines ---- */

/* A transaction of a store on disk, to be given up. */
struct fixture {
    struct store_desk desk;
    struct txn txn;
    struct chunks chunks;
};

static void begin(struct fixture *f)
{
    store_desk_init(&f->desk);
    assert_true(txn_begin(f->desk.store, true, &f->txn));
    chunks_init(&f->chunks, &f->txn, TABLE_NAMES);
}

static void end(struct fixture *f)
{
    chunks_release(&f->chunks);
    txn_end(&f->txn);
    store_desk_release(&f->desk);
}

enum { LINES = 3000, WORDS = 200 };

struct plain {
    char text[LINES][40];
    uint32_t chunk[LINES];
    bool removed[LINES], hit[LINES];
};

static void on_hit(void *arg, uint64_t id, struct str text, bool whole)
{
    struct plain *p = arg;
    assert_true(id >= 1 && id <= LINES);
    assert_false(p->hit[id - 1]); /* once each */
    assert_true(whole);
    assert_true(str_eq(text, str_of(p->text[id - 1])));
    p->hit[id - 1] = true;
}

static void random_text(struct random *r, char *out, int64_t longest, const char *letters)
{
    int64_t n = random_in(r, 1, longest), kinds = (int64_t)strlen(letters);
    for (int64_t i = 0; i < n; i++)
        out[i] = letters[random_in(r, 0, kinds - 1)];
    out[n] = '\0';
}

static void assert_word_found(struct fixture *f, struct plain *p, uint32_t chunks, const char *word)
{
    memset(p->hit, 0, sizeof p->hit);
    for (uint32_t i = 0; i < chunks; i++) {
        struct lines l;
        assert_true(lines_open(chunk_peek(&f->chunks, i), &l));
        lines_find(&l, str_of(word), on_hit, p);
    }
    for (int i = 0; i < LINES; i++)
        if (p->hit[i] != (!p->removed[i] && strstr(p->text[i], word) != NULL))
            fail_msg("word \"%s\", line \"%s\": found %d", word, p->text[i], p->hit[i]);
}

static void test_lines_are_found_as_by_strstr(void **state)
{
    static const char letters[] = "abn 01.-";
    struct fixture f;
    struct plain *p = calloc(1, sizeof *p);
    struct random r = {17};
    uint32_t chunks = 0;
    char word[16];
    (void)state;
    begin(&f);
    for (int i = 0; i < LINES; i++) {
        random_text(&r, p->text[i], 38, i < LINES / 2 ? "abn " : letters);
        p->chunk[i] = lines_add(&f.chunks, &chunks, (uint64_t)i + 1, str_of(p->text[i]), i ? i : NO_TIME);
    }
    assert_true(chunks > 10);
    for (int i = 0; i < WORDS; i++) {
        random_text(&r, word, 5, letters);
        assert_word_found(&f, p, chunks, word);
    }
    for (int i = 0; i < LINES; i += 3) {
        lines_remove(&f.chunks, p->chunk[i], (uint64_t)i + 1);
        p->removed[i] = true;
    }
    assert_word_found(&f, p, chunks, "");
    for (int i = 0; i < WORDS; i++) {
        random_text(&r, word, 5, letters);
        assert_word_found(&f, p, chunks, word);
    }
    for (int i = 0; i < WORDS; i++) { /* long ones, up to a line's end */
        const char *text = p->text[random_in(&r, 0, LINES - 1)];
        assert_word_found(&f, p, chunks, text + random_in(&r, 0, (int64_t)strlen(text) - 1));
    }
    assert_true(txn_ok(&f.txn));
    chunks_flush(&f.chunks); /* the same from the stored pages */
    assert_word_found(&f, p, chunks, "ab");
    assert_word_found(&f, p, chunks, "");
    lines_remove(&f.chunks, p->chunk[1], 1); /* is not there any more: damage */
    assert_false(txn_ok(&f.txn));
    end(&f);
    free(p);
}

/* Every chunk says how new the newest receipt before it is. */
static void test_lines_know_what_is_before_them(void **state)
{
    struct fixture f;
    uint32_t chunks = 0;
    (void)state;
    begin(&f);
    civil_minute before[100] = {0}, newest = NO_TIME;
    for (int i = 0; i < 2000; i++) {
        uint32_t in =
            lines_add(&f.chunks, &chunks, (uint64_t)i + 1, STR("nguyen van a nguyen van b"), newest);
        if (before[in] == 0)
            before[in] = newest;
        newest = 1000 + i;
    }
    for (uint32_t i = 0; i < chunks; i++) {
        struct lines l;
        assert_true(lines_open(chunk_peek(&f.chunks, i), &l));
        assert_true(l.before == before[i]);
    }
    end(&f);
}

static void test_mask_tells_where_a_word_cannot_be(void **state)
{
    (void)state;
    uint64_t names = lines_mask(STR("nguyen thi huong")),
             numbers = lines_mask(STR("h42.26.21-261116-0001 0912345678"));
    assert_true(lines_mask(STR("0912")) & ~names);
    assert_true(lines_mask(STR("nguyen")) & ~numbers);
    assert_false(lines_mask(STR("thing")) & ~names);
    assert_false(lines_mask(STR("h42")) & ~numbers);
    assert_int_equal(lines_mask(STR_NONE), 0);
}

/* ---- the hash ---- */

/* BLAKE2b-256 of 32 zeros, 8 bytes 00…01 and "abc", reckoned by Python's hashlib. */
static void test_hash_is_blake2b(void **state)
{
    static const unsigned char expected[STORE_HASH] = {
        0xcd, 0x4e, 0x5b, 0xa5, 0x16, 0x7a, 0x11, 0xfe, 0x17, 0x8c, 0x97, 0xdd, 0x6f, 0xb8, 0x58, 0xf1,
        0x6b, 0x8b, 0xd9, 0x72, 0xbb, 0x6d, 0xa7, 0x0d, 0xa1, 0x75, 0x16, 0x98, 0xe5, 0xa8, 0x5f, 0xa1};
    static const unsigned char zeros[STORE_HASH];
    unsigned char hash[STORE_HASH];
    (void)state;
    journal_hash(hash, zeros, 1, STR("abc"));
    assert_memory_equal(hash, expected, STORE_HASH);
}

/* ---- tally ---- */

static struct dossier counted(const char *received, uint16_t field, enum dossier_state state, uint32_t late)
{
    struct dossier d = {.facts = {.id = 1, .state = state, .ended_how = ended_by(state), .field = field},
                        .late = {.statutory = late, .promised = late > 1 ? late - 1 : 0}};
    d.facts.received = desk_time(received);
    return d;
}

static void assert_tally(struct fixture *f, int from, int to, const struct tally *expected)
{
    struct tally sum;
    tally_sum(&f->txn, from, to, &sum);
    assert_int_equal(sum.received, expected->received);
    assert_int_equal(sum.solved, expected->solved);
    assert_int_equal(sum.late_statutory, expected->late_statutory);
    assert_int_equal(sum.late_promised, expected->late_promised);
}

/* As one transaction of its own would write it. */
static void move_tally(struct fixture *f, const struct dossier *before, const struct dossier *after)
{
    struct tallies s;
    tallies_init(&s, &f->txn);
    tally_move(&s, before, after);
    tallies_flush(&s);
    tallies_release(&s);
}

static void test_tally_sums_months_and_fields(void **state)
{
    struct fixture f;
    struct dossier none = {0};
    struct dossier in[] = {
        counted("2025-12-31T23:59", 1, STATE_PROCESSING, 0),
        counted("2026-01-01T00:00", 1, STATE_RESOLVED, 0),
        counted("2026-01-31T23:59", 2, STATE_WAITING, 9), /* late, but not solved */
        counted("2026-01-02T10:00", 2, STATE_REFUSED, 1),
        counted("2026-01-03T10:00", 2, STATE_STOPPED, 2),
        counted("2026-01-04T10:00", 2, STATE_VOID, 3),
    };
    (void)state;
    begin(&f);
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        move_tally(&f, &none, &in[i]);
    assert_tally(&f, tally_month(2026, 1), tally_month(2026, 1), &(struct tally){4, 3, 2, 1});
    assert_tally(&f, tally_month(2025, 12), tally_month(2026, 1), &(struct tally){5, 3, 2, 1});
    assert_tally(&f, tally_month(2025, 1), tally_month(2025, 11), &(struct tally){0});
    assert_tally(&f, tally_month(2026, 1), tally_month(2025, 12), &(struct tally){0});
    end(&f);
}

/* A correction takes a dossier to another month, or field; an undo takes its result away; void is nothing. */
static void test_tally_follows_what_changes(void **state)
{
    struct fixture f;
    struct dossier none = {0};
    int december = tally_month(2025, 12), january = december + 1;
    struct dossier was = counted("2025-12-31T10:00", 1, STATE_RESOLVED, 2), is = was;
    (void)state;
    begin(&f);
    move_tally(&f, &none, &was);
    is.facts.received += MINUTES_PER_DAY;
    move_tally(&f, &was, &is);
    assert_tally(&f, december, december, &(struct tally){0});
    assert_tally(&f, january, january, &(struct tally){1, 1, 1, 1});
    was = is;
    is.facts.field = 7;
    move_tally(&f, &was, &is);
    assert_tally(&f, january, january, &(struct tally){1, 1, 1, 1});
    was = is;
    is.facts.state = STATE_PROCESSING;
    is.facts.ended_how = ENDED_NOT;
    move_tally(&f, &was, &is);
    assert_tally(&f, december, january, &(struct tally){.received = 1});
    was = is;
    is.facts.state = STATE_VOID;
    is.facts.ended_how = ENDED_VOID;
    move_tally(&f, &was, &is);
    assert_tally(&f, december, january, &(struct tally){0});
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_keys_sort_as_numbers),
        cmocka_unit_test(test_code_keys_are_lengths_and_capitals),
        cmocka_unit_test(test_live_keys),
        cmocka_unit_test(test_facts_in_columns),
        cmocka_unit_test(test_facts_row_of_a_byte),
        cmocka_unit_test(test_facts_selected),
        cmocka_unit_test(test_lines_are_found_as_by_strstr),
        cmocka_unit_test(test_lines_know_what_is_before_them),
        cmocka_unit_test(test_mask_tells_where_a_word_cannot_be),
        cmocka_unit_test(test_hash_is_blake2b),
        cmocka_unit_test(test_tally_sums_months_and_fields),
        cmocka_unit_test(test_tally_follows_what_changes),
    };
    return cmocka_run_group_tests_name("store_parts", tests, NULL, NULL);
}
