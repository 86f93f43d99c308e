/* The second version of journal entries: what the first says, and more behind it, where there is more. */
#include "tests/event_fill.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const enum event_kind longer[] = {
    EVENT_RECEIVED, EVENT_TRANSFERRED, EVENT_APOLOGIZED, EVENT_SUPPLEMENT_REQUESTED,
    EVENT_REFUSED,  EVENT_STOPPED,     EVENT_IMPORTED,   EVENT_REIMPORTED};
enum { LONGER = sizeof longer / sizeof *longer };

static struct event plain(enum event_kind kind)
{
    struct event e = {.kind = kind, .previous = 1, .dossier = 1, .recorded_at = 1763640000, .at = 30000000};
    if (kind == EVENT_RECEIVED) {
        e.received.receipt.submitted = NO_TIME;
        e.received.within_due = NO_TIME;
    }
    if (kind == EVENT_APOLOGIZED)
        e.apologized.number = 1;
    if (event_is_import(kind))
        e.imported.state = STATE_PROCESSING;
    return e;
}

static struct event full(enum event_kind kind)
{
    struct event e = plain(kind);
    struct yearly_number n = {7, 2026};
    switch (kind) {
    case EVENT_RECEIVED: e.received.in_register = n; break;
    case EVENT_TRANSFERRED: e.transferred.resolves = true; break;
    case EVENT_APOLOGIZED: e.apologized.unit = STR("Phòng Kinh tế"); break;
    case EVENT_SUPPLEMENT_REQUESTED: e.supplement.slip = n; break;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED: e.imported.receiver = STR("Bà Tám"); break;
    default: e.ended.slip = n; break;
    }
    return e;
}

/* What says nothing more keeps the very bytes that the first version wrote. */
static void what_says_no_more_is_written_as_ever(void **state)
{
    (void)state;
    for (size_t i = 0; i < LONGER; i++) {
        struct event e = plain(longer[i]), f = full(longer[i]);
        struct buf old = BUF_INIT, new = BUF_INIT;
        event_encode(&old, &e);
        event_encode(&new, &f);
        assert_int_equal(old.p[1], 1);
        assert_int_equal(new.p[1], 2);
        assert_true(new.n > old.n);
        assert_memory_equal(old.p + 2, new.p + 2, old.n - 2); /* more only ever stands behind */
        buf_release(&old);
        buf_release(&new);
    }
}

/* One event, one way to write it: a second version with nothing more in it is nobody's. */
static void a_second_version_without_more_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < LONGER; i++) {
        struct event e = full(longer[i]), back;
        struct buf body = BUF_INIT, old = BUF_INIT;
        event_encode(&body, &e);
        assert_true(event_decode(buf_str(&body), &back));
        struct event less = plain(longer[i]);
        event_encode(&old, &less);
        memset(body.p + old.n, 0, body.n - old.n); /* the same room, but nothing said in it */
        assert_false(event_decode(buf_str(&body), &back));
        old.p[1] = 2; /* and none at all */
        assert_false(event_decode(buf_str(&old), &back));
        buf_release(&body);
        buf_release(&old);
    }
}

static void kinds_without_more_have_no_second_version(void **state)
{
    (void)state;
    struct event back, e = {.kind = EVENT_RESOLVED, .previous = 1, .dossier = 1};
    struct buf body = BUF_INIT;
    event_encode(&body, &e);
    body.p[1] = 2;
    assert_false(event_decode(buf_str(&body), &back));
    for (int i = 0; i < 12; i++)
        buf_add_char(&body, 1);
    assert_false(event_decode(buf_str(&body), &back));
    buf_release(&body);
}

/* A receipt of the first version, byte for byte: it has neither number nor step. */
static void an_old_receipt_has_no_number(void **state)
{
    (void)state;
    struct event e = plain(EVENT_RECEIVED), back;
    struct buf body = BUF_INIT;
    e.received.code = STR("H42-1");
    e.received.within_due = 12345; /* no limit: not said */
    event_encode(&body, &e);
    assert_int_equal(body.p[1], 1);
    assert_true(event_decode(buf_str(&body), &back));
    assert_int_equal(back.received.in_register.number, 0);
    assert_int_equal(back.received.step.n, 0);
    assert_int_equal(back.received.within.kind, LIMIT_NONE);
    assert_int_equal(back.received.within_due, NO_TIME);
    buf_release(&body);
}

/* Whose unit resolves it is said at the end of the second version. */
static void a_receipt_whose_unit_resolves_it(void **state)
{
    (void)state;
    struct event e = full(EVENT_RECEIVED), back;
    struct buf body = BUF_INIT;
    e.received.resolves = true;
    event_encode(&body, &e);
    assert_int_equal(body.p[1], 2);
    assert_true(event_decode(buf_str(&body), &back));
    assert_true(back.received.resolves);
    assert_int_equal(back.received.in_register.number, 7);
    body.p[1] = 3; /* a newer program's */
    assert_false(event_decode(buf_str(&body), &back));
    body.p[1] = 2;
    body.p[body.n - 1] = 2; /* neither yes nor no */
    assert_false(event_decode(buf_str(&body), &back));
    buf_release(&body);
}
/* ---- what another system brought ---- */

/* As the program wrote it before there was a second version of it. */
static const char old_import[] =
    "\x31\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00"
    "\x00\x00\x69\x1f\x02\xc0\x00\x00\x00\x00\x01\xc5\x2f\xa0\x00\x00\x00\x05\x63\x68"
    "\x69\x65\x66\x00\x00\x00\x14\x30\x30\x30\x2e\x30\x30\x2e\x35\x33\x2e\x48\x34\x38"
    "\x2d\x30\x30\x30\x31\x32\x33\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00"
    "\x00\x0e\x54\x72\xe1\xba\xa7\x6e\x20\x56\xc4\x83\x6e\x20\x42\x61\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\xff\xff\xff\xff\xff\xff\xff\xff"
    "\x01\x01\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x0f\x54\x68\xe1\xbb\xa7\x20"
    "\x74\xe1\xbb\xa5\x63\x20\x63\xc5\xa9\x00\x00\x00\x08\x42\xc3\xa0\x20\x54\xc3\xa1"
    "\x6d\x00\x00\x00\x00\x00\x0b\x4d\xe1\xbb\x99\x74\x20\x63\xe1\xbb\xad\x61\x00\x00"
    "\x00\x00\x01\xc5\x2f\xa0\x00\x00\x00\x00\x01\xc5\x2f\xa0\x00\x00\x00\x00\x01\xc5"
    "\x43\x28\x00\x05\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\xc5\x47\x10"
    "\x00\x00\x00\x00\x01\xc5\x47\x74\x00\x00\x00\x01\x00\x00\x00\x01";

static void an_old_import_reads_and_writes_as_ever(void **state)
{
    (void)state;
    struct str bytes = {old_import, sizeof old_import - 1};
    struct event e;
    struct buf again = BUF_INIT;
    assert_int_equal(bytes.n, 276);
    assert_true(event_decode(bytes, &e));
    assert_true(str_eq(e.imported.code, STR("000.00.53.H48-000123")));
    assert_true(str_eq(e.imported.receipt.applicant.name, STR("Trần Văn Ba")));
    assert_int_equal(e.imported.state, STATE_RETURNED);
    assert_int_equal(e.imported.appointment.due, 29705000);
    assert_int_equal(e.imported.promised, 29705000); /* there was but one due time */
    assert_int_equal(e.imported.field.n + e.imported.receiver.n + e.imported.result.n, 0);
    event_encode(&again, &e);
    assert_true(str_eq(buf_str(&again), bytes));
    buf_release(&again);
}

/* Each of the four alone makes it longer, and comes back. */
static void what_another_system_says_more(void **state)
{
    (void)state;
    for (int i = 0; i < 5; i++) {
        struct event e = plain(i % 2 ? EVENT_IMPORTED : EVENT_REIMPORTED), back;
        struct buf body = BUF_INIT;
        e.imported.promised = i == 0 ? 30000600 : i == 4 ? NO_TIME : 0;
        e.imported.field = i == 1 ? STR("Đất đai") : STR_NONE;
        e.imported.receiver = i == 2 ? STR("lan") : STR_NONE;
        e.imported.result = i == 3 ? STR("Giấy khai sinh") : STR_NONE;
        event_encode(&body, &e);
        assert_int_equal(body.p[1], 2);
        assert_true(event_decode(buf_str(&body), &back));
        assert_int_equal(back.kind, e.kind);
        assert_int_equal(back.imported.promised, e.imported.promised);
        assert_true(str_eq(back.imported.field, e.imported.field));
        assert_true(str_eq(back.imported.receiver, e.imported.receiver));
        assert_true(str_eq(back.imported.result, e.imported.result));
        buf_release(&body);
    }
}

static bool reads(struct event e);

static void nothing_brings_in_a_void_record(void **state)
{
    (void)state;
    for (int kind = EVENT_IMPORTED; kind <= EVENT_REIMPORTED; kind += EVENT_REIMPORTED - EVENT_IMPORTED) {
        struct event e = plain((enum event_kind)kind);
        assert_true(reads(e));
        e.imported.state = STATE_VOID;
        assert_false(reads(e));
        e.imported.state = (enum dossier_state)0;
        assert_false(reads(e));
    }
}

/* ---- values that cannot be ---- */

static bool reads(struct event e)
{
    struct event back;
    struct buf body = BUF_INIT;
    event_encode(&body, &e);
    bool fine = event_decode(buf_str(&body), &back);
    buf_release(&body);
    return fine;
}

static void a_fee_is_taken_or_exempt(void **state)
{
    (void)state;
    assert_true(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = 5}}));
    assert_true(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = -5}}));
    assert_true(reads((struct event){.kind = EVENT_FEE, .fee = {.exempt = true}}));
    assert_false(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = 5, .exempt = true}}));
    assert_false(reads((struct event){.kind = EVENT_FEE}));
    assert_true(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = FEE_MOST}}));
    assert_false(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = FEE_MOST + 1}}));
    assert_false(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = -FEE_MOST - 1}}));
    assert_false(reads((struct event){.kind = EVENT_FEE, .fee = {.amount = INT64_MIN}}));
}

static void a_late_reason_is_one_of_the_known(void **state)
{
    (void)state;
    assert_true(reads(
        (struct event){.kind = EVENT_LATE_REASON, .late_reason = {LATE_OTHER, STR("x"), EXCUSE_NOT_GOOD}}));
    assert_false(reads((struct event){.kind = EVENT_LATE_REASON,
                                      .late_reason = {LATE_CATEGORIES, STR("x"), EXCUSE_UNSAID}}));
    assert_false(reads((struct event){.kind = EVENT_LATE_REASON,
                                      .late_reason = {LATE_OTHER, STR("x"), EXCUSE_NOT_GOOD + 1}}));
}

static struct event process(struct str packed)
{
    return (struct event){.kind = EVENT_STEPS_PUT, .steps = {.code = STR("1.004873"), .steps = packed}};
}

static void a_process_is_read_back_or_refused(void **state)
{
    (void)state;
    struct step step[STEPS_MAX + 1];
    for (int i = 0; i <= STEPS_MAX; i++)
        step[i] =
            (struct step){.name = STR("Bước"), .role = ROLE_CHIEF, .limit = {.cutoff = LIMIT_NO_CUTOFF}};
    struct buf packed = BUF_INIT;
    steps_pack(&packed, step, STEPS_MAX);
    assert_true(reads(process(buf_str(&packed))));
    assert_false(reads(process(str_first(buf_str(&packed), packed.n - 1))));
    steps_pack(&packed, step, 1); /* the thirteenth */
    assert_false(reads(process(buf_str(&packed))));
    buf_reset(&packed);
    step[0].name = STR_NONE;
    steps_pack(&packed, step, 1);
    assert_false(reads(process(buf_str(&packed))));
    buf_reset(&packed);
    step[1].role = ROLE_ADMIN + 1;
    steps_pack(&packed, step + 1, 1);
    assert_false(reads(process(buf_str(&packed))));
    assert_true(reads(process(STR_NONE)));
    buf_release(&packed);
}

/* ---- numbers ---- */

static void each_number_is_of_its_series(void **state)
{
    (void)state;
    static const struct {
        enum event_kind kind;
        enum series series;
    } cases[] = {{EVENT_RECEIVED, SERIES_REGISTER},
                 {EVENT_SUPPLEMENT_REQUESTED, SERIES_SUPPLEMENT},
                 {EVENT_REFUSED, SERIES_REFUSAL},
                 {EVENT_STOPPED, SERIES_STOP}};
    struct yearly_number n;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct event e = full(cases[i].kind), none = plain(cases[i].kind);
        assert_int_equal(event_number(&e, &n), cases[i].series);
        assert_int_equal(n.number, 7);
        assert_int_equal(n.year, 2026);
        assert_int_equal(event_number(&none, &n), SERIES_NONE);
    }
    struct event letter = {.kind = EVENT_APOLOGIZED, .apologized = {.number = 3, .year = 2027}};
    assert_int_equal(event_number(&letter, &n), SERIES_APOLOGY);
    assert_int_equal(n.number, 3);
    struct event away = {.kind = EVENT_TURNED_AWAY, .turned_away = {.slip = {4, 2026}}};
    assert_int_equal(event_number(&away, &n), SERIES_SUPPLEMENT);
    away.turned_away.refused = true;
    assert_int_equal(event_number(&away, &n), SERIES_REFUSAL);
    struct event withdrawn = {.kind = EVENT_WITHDRAWN, .ended = {.slip = {4, 2026}}};
    assert_int_equal(event_number(&withdrawn, &n), SERIES_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_no_more_is_written_as_ever),
        cmocka_unit_test(a_second_version_without_more_is_refused),
        cmocka_unit_test(kinds_without_more_have_no_second_version),
        cmocka_unit_test(an_old_receipt_has_no_number),
        cmocka_unit_test(a_receipt_whose_unit_resolves_it),
        cmocka_unit_test(an_old_import_reads_and_writes_as_ever),
        cmocka_unit_test(what_another_system_says_more),
        cmocka_unit_test(nothing_brings_in_a_void_record),
        cmocka_unit_test(a_fee_is_taken_or_exempt),
        cmocka_unit_test(a_late_reason_is_one_of_the_known),
        cmocka_unit_test(a_process_is_read_back_or_refused),
        cmocka_unit_test(each_number_is_of_its_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
