/* Several processes at one store: what one does the others see, nothing is done twice, and who dies takes
 * nothing along. */
#include "tests/store_child.h"

#include "store/env.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

static struct store_stat stat_of(struct store_desk *d)
{
    struct store_stat s;
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    view_stat(v, &s);
    view_end(v);
    return s;
}

/* ---- one letter, two officers ---- */

enum { LETTERS = 200 };

/* A pipe that lets all go at once: reading from it ends when its last writer closes it. */
struct gate {
    int end[2];
};
static struct gate gate;

static void wait_at_gate(void)
{
    char c;
    close(gate.end[1]);
    if (read(gate.end[0], &c, 1) < 0)
        _exit(CHILD_BAD);
}

static int apologize_to_all(struct store_desk *d, int number)
{
    char code[64];
    int done = 0;
    wait_at_gate();
    for (int i = 1; i <= LETTERS; i++) {
        snprintf(code, sizeof code, "H42.26.21-261116-%04d", i);
        struct command c = desk_apologize(code, number ? "2026-12-01T17:00" : "2026-12-02T17:00");
        struct outcome o = store_desk_ask(d, c, NULL);
        if (o.kind != KIND_done && o.kind != KIND_second_apology)
            return CHILD_BAD;
        done += outcome_ok(&o);
    }
    return done;
}

static bool count_letters(void *arg, const struct dossier *d)
{
    size_t *seen = arg;
    assert_int_equal(d->apology.number > 0, true);
    assert_true(d->apology.number <= LETTERS);
    seen[d->apology.number]++;
    return true;
}

static void test_one_letter_each(void **state)
{
    struct store_desk d;
    char code[64];
    size_t seen[LETTERS + 1] = {0};
    (void)state;
    store_desk_init(&d);
    for (int i = 0; i < LETTERS; i++)
        store_desk_receive(&d, "1.006", "Nguyễn Văn A", NULL, code);
    store_desk_shut(&d);
    assert_int_equal(pipe(gate.end), 0);
    pid_t a = child_start(&d, 0, apologize_to_all), b = child_start(&d, 1, apologize_to_all);
    close(gate.end[0]);
    close(gate.end[1]);
    int done_a = child_wait(a), done_b = child_wait(b);
    assert_int_equal(done_a + done_b, LETTERS);
    store_desk_reopen(&d);
    assert_int_equal(stat_of(&d).events, 12 + 2 * LETTERS);
    struct view *v;
    ASSERT_DONE(view_begin(d.store, &v));
    view_scan(v, NULL, count_letters, seen);
    view_end(v);
    for (int i = 1; i <= LETTERS; i++) /* every number given, none twice */
        assert_int_equal(seen[i], 1);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* The same with a meeting before each single letter, so that both really are there at the same moment. */
static int apologize_once(struct store_desk *d, int number)
{
    char code[64];
    snprintf(code, sizeof code, "H42.26.21-261116-%04d", number / 2 + 1);
    wait_at_gate();
    struct outcome o = store_desk_ask(d, desk_apologize(code, "2026-12-01T17:00"), NULL);
    return o.kind == KIND_done ? 1 : o.kind == KIND_second_apology ? 2 : CHILD_BAD;
}

static void test_exactly_one_at_the_same_moment(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    for (int i = 0; i < LETTERS; i++)
        store_desk_receive(&d, "1.006", "Nguyễn Văn A", NULL, code);
    store_desk_shut(&d);
    for (int i = 0; i < LETTERS; i++) {
        assert_int_equal(pipe(gate.end), 0);
        pid_t a = child_start(&d, 2 * i, apologize_once), b = child_start(&d, 2 * i + 1, apologize_once);
        close(gate.end[0]);
        close(gate.end[1]);
        int one = child_wait(a), two = child_wait(b);
        if (one + two != 3) /* one done, one refused */
            fail_msg("letter %d: %d and %d", i, one, two);
    }
    store_desk_reopen(&d);
    assert_int_equal(stat_of(&d).events, 12 + 2 * LETTERS);
    store_desk_release(&d);
}

/* ---- many at the desk ---- */

enum { DESKS = 8, EACH = 500 };

static int receive_many(struct store_desk *d, int number)
{
    char name[64];
    wait_at_gate();
    for (int i = 0; i < EACH; i++) {
        struct result result;
        snprintf(name, sizeof name, "Bàn %d người %d", number, i);
        struct outcome o =
            store_desk_ask(d, desk_receive(i % 2 ? "1.001" : "1.002", name, NULL, NULL), &result);
        if (!outcome_ok(&o) || !result.dossier)
            return CHILD_BAD;
        struct view *v;
        struct dossier mine;
        o = view_begin(d->store, &v); /* a reader among the writers: its own is there at once */
        if (!outcome_ok(&o) || !view_dossier(v, result.dossier, &mine) ||
            !str_eq(mine.receipt.applicant.name, str_of(name)))
            return CHILD_BAD;
        view_end(v);
    }
    return CHILD_WELL;
}

struct seen {
    bool code[DESKS * EACH + 1];
    bool person[DESKS][EACH];
    size_t count;
};

static bool mark(void *arg, const struct dossier *d)
{
    struct seen *seen = arg;
    char text[100];
    unsigned sequence;
    int desk, person;
    snprintf(text, sizeof text, "%.*s", STR_ARG(d->code));
    assert_int_equal(sscanf(text, "H42.26.21-261116-%u", &sequence), 1);
    assert_true(sequence >= 1 && sequence <= DESKS * EACH);
    assert_false(seen->code[sequence]);
    seen->code[sequence] = true;
    snprintf(text, sizeof text, "%.*s", STR_ARG(d->receipt.applicant.name));
    assert_int_equal(sscanf(text, "Bàn %d người %d", &desk, &person), 2);
    assert_false(seen->person[desk][person]);
    seen->person[desk][person] = true;
    seen->count++;
    return true;
}

static void test_eight_desks(void **state)
{
    struct store_desk d;
    pid_t child[DESKS];
    static struct seen seen;
    (void)state;
    store_desk_init_with(&d, 256 * 1024); /* so that the map grows under them as well */
    store_desk_shut(&d);
    assert_int_equal(pipe(gate.end), 0);
    for (int i = 0; i < DESKS; i++)
        child[i] = child_start(&d, i, receive_many);
    close(gate.end[0]);
    close(gate.end[1]);
    for (int i = 0; i < DESKS; i++)
        assert_int_equal(child_wait(child[i]), CHILD_WELL);
    store_desk_reopen(&d);
    struct view *v;
    ASSERT_DONE(view_begin(d.store, &v));
    view_scan(v, NULL, mark, &seen);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    assert_int_equal(seen.count, DESKS * EACH); /* distinct codes without a gap, nobody lost */
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- growth between processes ---- */

static int fill_small_map(struct store_desk *d, int number)
{
    (void)number;
    struct store *small;
    store_close(d->store);
    d->store = NULL;
    struct outcome o = store_open_with(d->dir, 64 * 1024, 0, &small);
    d->store = small;
    for (int i = 0; outcome_ok(&o) && i < 1500; i++)
        o = store_desk_ask(d, desk_receive("1.001", "Nguyễn Văn A", NULL, NULL), NULL);
    return outcome_ok(&o) ? CHILD_WELL : CHILD_BAD;
}

/* The file grows past this process's map while it is open: reading and writing go on. */
static void test_another_process_grows_the_file(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    store_desk_shut(&d);
    struct outcome o = store_open_with(d.dir, 64 * 1024, 0, &d.store);
    ASSERT_DONE(o);
    assert_int_equal(stat_of(&d).dossiers, 0);
    struct store_desk other = d;
    other.store = NULL;
    assert_int_equal(child_wait(child_start(&other, 0, fill_small_map)), CHILD_WELL);
    assert_true(store_changed(d.store));
    assert_int_equal(stat_of(&d).dossiers, 1500);
    assert_int_equal(child_wait(child_start(&other, 0, fill_small_map)), CHILD_WELL);
    assert_int_equal(store_desk_receive(&d, "1.001", "A", NULL, code), 3001); /* writing first this time */
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- the office changes elsewhere ---- */

static int change_office(struct store_desk *d, int number)
{
    (void)number;
    struct command officer = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME};
    officer.officer = (struct officer){.login = STR("mai"), .name = STR("Mai"), .role = ROLE_OFFICER};
    struct command procedure = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME};
    procedure.procedure =
        (struct procedure){.code = STR("2.001"), .name = STR("Mới"), .field = STR("Mới"), .fee = -1};
    struct outcome a = store_desk_ask(d, officer, NULL), b = store_desk_ask(d, procedure, NULL);
    return outcome_ok(&a) && outcome_ok(&b) ? CHILD_WELL : CHILD_BAD;
}

static void test_office_changed_by_another_process(void **state)
{
    struct store_desk d;
    struct view *v;
    (void)state;
    store_desk_init(&d);
    ASSERT_KIND(store_desk_ask(&d, desk_receive("2.001", "A", NULL, NULL), NULL), "unknown_procedure");
    struct store_desk other = d;
    other.store = NULL;
    assert_int_equal(child_wait(child_start(&other, 0, change_office)), CHILD_WELL);
    d.login = "mai";
    struct command c = desk_receive("2.001", "A", NULL, NULL);
    ASSERT_KIND(store_desk_ask(&d, c, NULL), "no_limit"); /* known now, and so is she */
    ASSERT_DONE(view_begin(d.store, &v));
    assert_non_null(office_find_officer(view_office(v), STR("mai")));
    view_end(v);
    ASSERT_DONE(store_desk_ask(&d, desk_receive("1.001", "A", NULL, NULL), NULL));
    store_desk_release(&d);
}

/* ---- dying ---- */

static int die_before_commit(MDB_txn *txn)
{
    (void)txn;
    raise(SIGKILL);
    return 0;
}

static int die_after_commit(MDB_txn *txn)
{
    if (mdb_txn_commit(txn) == 0)
        raise(SIGKILL);
    return 0;
}

static int killed_writer(struct store_desk *d, int number)
{
    d->store->commit = number ? die_after_commit : die_before_commit;
    store_desk_ask(d, desk_receive("1.001", "Người cuối", NULL, NULL), NULL);
    return CHILD_BAD;
}

static void test_killed_writer(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "A", NULL, code);
    store_desk_shut(&d);
    for (int after = 0; after <= 1; after++) {
        assert_int_equal(child_wait(child_start(&d, after, killed_writer)), 1000 + SIGKILL);
        store_desk_reopen(&d);
        assert_int_equal(stat_of(&d).dossiers, after ? 3 : 1);
        store_desk_receive(&d, "1.001", "B", NULL, code);
        assert_string_equal(code, after ? "H42.26.21-261116-0004" : "H42.26.21-261116-0002");
        store_desk_assert_whole(d.store);
        store_desk_shut(&d);
    }
    /* Also while another one has it open and waits to write. */
    store_desk_reopen(&d);
    struct store_desk other = d;
    other.store = NULL;
    assert_int_equal(child_wait(child_start(&other, 0, killed_writer)), 1000 + SIGKILL);
    store_desk_receive(&d, "1.001", "B", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0005");
    store_desk_release(&d);
}

static int killed_reader(struct store_desk *d, int number)
{
    struct view *v;
    struct outcome o = view_begin(d->store, &v);
    (void)number;
    if (outcome_ok(&o))
        raise(SIGKILL);
    return CHILD_BAD;
}

/* A reader that died would keep old pages from being used again, so the file would grow with every save, and
 * take a place at the table of readers. */
static void test_killed_readers(void **state)
{
    struct store_desk d;
    char code[64];
    (void)state;
    store_desk_init(&d); /* open all the while, or the table would be made anew */
    store_desk_receive(&d, "1.001", "A", NULL, code);
    struct store_desk other = d;
    other.store = NULL;
    for (int i = 0; i < 300; i++) /* more than there are places */
        assert_int_equal(child_wait(child_start(&other, 0, killed_reader)), 1000 + SIGKILL);
    uint64_t bytes = stat_of(&d).bytes;
    for (int i = 0; i < 200; i++)
        ASSERT_DONE(store_desk_ask(&d, desk_transfer(code, i % 2 ? "nam" : "huong"), NULL));
    assert_true(stat_of(&d).bytes < bytes + 40 * 4096);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* ---- forked children ---- */

static void test_child_leaves_the_parents_store_alone(void **state)
{
    struct store_desk d;
    char code[64];
    struct view *v;
    (void)state;
    store_desk_init(&d);
    store_desk_receive(&d, "1.001", "A", NULL, code);
    ASSERT_DONE(view_begin(d.store, &v));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct view *mine = NULL;
        view_end(v);
        struct outcome a = view_begin(d.store, &mine);
        struct outcome b = store_desk_ask(&d, desk_receive("1.001", "B", NULL, NULL), NULL);
        bool changed = store_changed(d.store);
        store_close(d.store);
        _exit(!outcome_ok(&a) && !outcome_ok(&b) && !mine && !changed ? CHILD_WELL : CHILD_BAD);
    }
    assert_int_equal(child_wait(child), CHILD_WELL);
    struct dossier dossier;
    assert_true(view_dossier(v, 1, &dossier));
    view_end(v);
    store_desk_receive(&d, "1.001", "C", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0002");
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* A child of the process that made a store, but has not founded it yet, must not take it away. */
static void test_child_keeps_the_parents_new_store(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        store_close(d.store);
        _exit(CHILD_WELL);
    }
    assert_int_equal(child_wait(child), CHILD_WELL);
    struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
    c.found = (struct office_identity){.name = STR("UBND"), .agency = STR("H42"), .utc_offset = 420};
    ASSERT_DONE(store_desk_ask(&d, c, NULL));
    store_desk_reopen(&d);
    assert_int_equal(stat_of(&d).events, 2);
    store_desk_release(&d);
}

/* Two who make the same store at the same moment: one of them does. */
static void test_one_of_two_creates(void **state)
{
    (void)state;
    for (int round = 0; round < 20; round++) {
        struct store_desk d;
        pid_t child[2];
        store_desk_empty(&d);
        assert_int_equal(pipe(gate.end), 0);
        for (int i = 0; i < 2; i++) {
            child[i] = fork();
            assert_true(child[i] >= 0);
            if (child[i] == 0) {
                struct command c = {.kind = COMMAND_FOUND, .at = NO_TIME};
                c.found =
                    (struct office_identity){.name = STR("UBND"), .agency = STR("H42"), .utc_offset = 420};
                wait_at_gate();
                struct outcome o = store_create(d.dir, NULL, &d.store);
                if (outcome_ok(&o))
                    o = store_desk_ask(&d, c, NULL);
                store_close(d.store);
                _exit(o.kind == KIND_done ? 1 : o.kind == KIND_store_exists ? 2 : CHILD_BAD);
            }
        }
        close(gate.end[0]);
        close(gate.end[1]);
        int one = child_wait(child[0]), two = child_wait(child[1]);
        assert_int_equal(one + two, 3);
        store_desk_reopen(&d);
        assert_int_equal(stat_of(&d).events, 2);
        store_desk_release(&d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_letter_each),
        cmocka_unit_test(test_exactly_one_at_the_same_moment),
        cmocka_unit_test(test_eight_desks),
        cmocka_unit_test(test_another_process_grows_the_file),
        cmocka_unit_test(test_office_changed_by_another_process),
        cmocka_unit_test(test_killed_writer),
        cmocka_unit_test(test_killed_readers),
        cmocka_unit_test(test_child_leaves_the_parents_store_alone),
        cmocka_unit_test(test_child_keeps_the_parents_new_store),
        cmocka_unit_test(test_one_of_two_creates),
    };
    return cmocka_run_group_tests_name("store_processes", tests, NULL, NULL);
}
