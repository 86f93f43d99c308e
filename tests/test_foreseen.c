/* What an import decided beforehand: entered, it is what deciding in the transaction would have made; where
 * the office or the code is no longer what it was, nothing is. */
#include "core/decide_import.h"
#include "core/event.h"
#include "tests/random.h"
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, kind_) assert_string_equal(outcome_kind_name((outcome).kind), (kind_))
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

enum { DOSSIERS = 400, BATCH = 16 };

struct foretold {
    struct buf entry[BATCH];
    struct request request[BATCH];
    size_t count;
};

static struct command some_import(struct store_desk *d, struct random *r, int number, char code[40])
{
    static const char *const procedures[] = {"1.001", "1.003", "1.004#01", "Tên gọi ở hệ thống khác"};
    static const char *const people[] = {"huong", "gone", "Bà Tám", ""};
    civil_minute now = (civil_minute)(d->now / 60 + 7 * 60), received = now - random_in(r, 0, 60000);
    struct command c = {.kind = COMMAND_IMPORT, .at = received};
    snprintf(code, 40, "000.00.53.H48-%06d", number);
    c.import.code = str_of(code);
    c.import.procedure = str_of(procedures[random_in(r, 0, 3)]);
    c.import.applicant.name = STR("Nguyễn Thị Hương");
    c.import.officer = str_of(people[random_in(r, 0, 3)]);
    c.import.state = (enum dossier_state)random_in(r, STATE_PROCESSING, STATE_STOPPED);
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = random_in(r, 0, 2) ? NO_TIME : received + random_in(r, -2000, 40000);
    c.import.resolved = c.import.returned = NO_TIME;
    if (random_in(r, 0, 1))
        c.import.resolved = received + random_in(r, 0, now - received);
    if (!random_in(r, 0, 9)) /* before it was received: not to be had */
        c.import.resolved = received - 1;
    return c;
}

static struct moment now_of(const struct store_desk *d)
{
    return (struct moment){.now = d->now, .login = str_of(d->login)};
}

/* Decides it now, to be entered later. False where it is refused. */
static bool foretell(struct foretold *f, struct store_desk *d, const struct command *c)
{
    struct view *v;
    struct outcome why;
    struct moment moment = now_of(d);
    struct buf *entry = &f->entry[f->count];
    ASSERT_DONE(view_begin(d->store, &v));
    enum import_verdict verdict = import_judge(view_office(v), NULL, c, &moment, &why, entry);
    f->request[f->count] = (struct request){.moment = moment,
                                            .command = {.kind = COMMAND_IMPORT},
                                            .foreseen = {buf_str(entry), view_office_seq(v)}};
    view_end(v);
    assert_true(verdict == IMPORT_ADDED || (verdict == IMPORT_REJECTED && entry->n == 0));
    f->count += verdict == IMPORT_ADDED;
    return verdict == IMPORT_ADDED;
}

static void release(struct foretold *f)
{
    for (size_t i = 0; i < BATCH; i++)
        buf_release(&f->entry[i]);
    *f = (struct foretold){.count = 0};
}

static struct head head_of(struct store_desk *d)
{
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    struct head head = view_head(v);
    view_end(v);
    return head;
}

static void enter(struct foretold *f, struct store_desk *d)
{
    uint64_t last = 0;
    ASSERT_DONE(store_submit(d->store, f->request, f->count, NULL));
    for (size_t i = 0; i < f->count; i++) {
        const struct result *result = &f->request[i].result;
        assert_true(result->made && result->seq && result->dossier > last);
        last = result->dossier;
    }
    release(f);
}

static void test_as_if_decided_there(void **state)
{
    struct store_desk asked, told;
    struct foretold f = {.count = 0};
    struct random r = {7};
    char code[40];
    unsigned refused = 0;
    (void)state;
    store_desk_init(&asked);
    store_desk_init(&told);
    for (int i = 0; i < DOSSIERS; i++) {
        struct command c = some_import(&told, &r, i, code);
        bool comes = foretell(&f, &told, &c);
        struct outcome o = store_desk_ask(&asked, c, NULL);
        assert_int_equal(outcome_ok(&o), comes);
        refused += !comes;
        if (f.count == BATCH)
            enter(&f, &told);
    }
    enter(&f, &told);
    assert_in_range(refused, 1, DOSSIERS / 2);
    struct head a = head_of(&asked), b = head_of(&told);
    assert_int_equal(a.seq, b.seq);
    assert_memory_equal(a.hash, b.hash, sizeof a.hash);
    store_desk_assert_whole(told.store);
    store_desk_release(&asked);
    store_desk_release(&told);
}

/* Of a batch that is refused nothing is there; `at` says which one. */
static void assert_refused(struct foretold *f, struct store_desk *d, const char *kind, size_t which)
{
    struct head before = head_of(d);
    size_t at = 99;
    ASSERT_KIND(store_submit(d->store, f->request, f->count, &at), kind);
    assert_int_equal(at, which);
    struct head after = head_of(d);
    assert_memory_equal(before.hash, after.hash, sizeof after.hash);
    release(f);
}

static struct command plain_import(struct store_desk *d, int number, char code[40])
{
    struct random r = {3};
    struct command c = some_import(d, &r, number, code);
    c.import.state = STATE_PROCESSING;
    c.import.resolved = NO_TIME;
    return c;
}

static void test_nothing_that_no_longer_holds(void **state)
{
    struct store_desk d;
    struct foretold f = {.count = 0};
    char code[40];
    (void)state;
    store_desk_init(&d);
    struct command c = plain_import(&d, 1, code);
    assert_true(foretell(&f, &d, &c));
    ASSERT_DONE(store_desk_ask(&d, desk_put_officer("new", ROLE_OFFICER), NULL));
    assert_refused(&f, &d, "office_changed", 0);

    char other[40];
    struct command first = plain_import(&d, 2, other);
    assert_true(foretell(&f, &d, &first));
    assert_true(foretell(&f, &d, &c));
    ASSERT_DONE(store_desk_ask(&d, c, NULL));
    assert_refused(&f, &d, "duplicate_code", 1);

    struct command twin = plain_import(&d, 3, code);
    assert_true(foretell(&f, &d, &twin) && foretell(&f, &d, &twin));
    assert_refused(&f, &d, "duplicate_code", 1);
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* Bytes that are no such entry are not entered, whatever they are. */
static void test_nothing_else_is_entered(void **state)
{
    struct store_desk d;
    struct foretold f = {.count = 0};
    char code[40];
    (void)state;
    store_desk_init(&d);
    struct command c = plain_import(&d, 1, code);
    for (int spoil = 0; spoil < 3; spoil++) {
        assert_true(foretell(&f, &d, &c));
        struct buf *entry = &f.entry[0];
        if (spoil == 0)
            entry->n--; /* cut off */
        else
            entry->p[spoil - 1] = 99; /* of no kind, of no version */
        f.request[0].foreseen.entry = buf_str(entry);
        assert_refused(&f, &d, "office_changed", 0);
    }
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_as_if_decided_there),
        cmocka_unit_test(test_nothing_that_no_longer_holds),
        cmocka_unit_test(test_nothing_else_is_entered),
    };
    return cmocka_run_group_tests_name("foreseen", tests, NULL, NULL);
}
