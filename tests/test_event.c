/* The bytes of journal entries and records: what is written is read back, and nothing else is accepted. */
#include "core/event.h"
#include "core/row.h"
#include "core/wire.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const enum event_kind kinds[] = {
    EVENT_FOUNDED,     EVENT_OFFICER_PUT, EVENT_PROCEDURE_PUT, EVENT_DAY_PUT,
    EVENT_YEARS_KNOWN, EVENT_RECEIVED,    EVENT_TRANSFERRED,   EVENT_APOLOGIZED,
    EVENT_RESOLVED,    EVENT_RETURNED,    EVENT_REFUSED,
};
enum { KINDS = sizeof kinds / sizeof *kinds, CASES = 20000 };

static struct str random_text(struct random *r)
{
    static const char *const texts[] = {"", "a", "Nguyễn Thị Hương", "H42.26.21-261120-0001",
                                        "Trích lục khai sinh; bản sao từ sổ gốc, có chứng thực"};
    return str_of(texts[random_in(r, 0, 4)]);
}

static civil_minute random_time(struct random *r)
{
    return random_in(r, 0, 4) ? random_in(r, 10000000, 60000000) : NO_TIME;
}

static struct limit random_limit(struct random *r)
{
    return (struct limit){.kind = (enum limit_kind)random_in(r, LIMIT_NONE, LIMIT_MONTHS),
                          .hundredths = (uint32_t)random_in(r, 0, 365000),
                          .cutoff = (int)random_in(r, LIMIT_NO_CUTOFF, MINUTES_PER_DAY - 1)};
}

static struct applicant random_applicant(struct random *r)
{
    struct applicant a = {.organization = random_in(r, 0, 1), .outside = random_in(r, 0, 1)};
    a.name = random_text(r);
    a.phone = random_text(r);
    a.id_number = random_text(r);
    a.email = random_text(r);
    a.address = random_text(r);
    return a;
}

static void fill_received(struct random *r, struct event *e)
{
    e->received.code = random_text(r);
    e->received.receipt.procedure = (struct procedure){.number = (uint16_t)random_next(r),
                                                       .version = random_next(r),
                                                       .field_number = (uint16_t)random_next(r)};
    e->received.receipt.procedure.code = random_text(r);
    e->received.receipt.procedure.kase = random_text(r);
    e->received.receipt.limit = random_limit(r);
    e->received.receipt.clock = (enum due_clock)random_in(r, 0, 2);
    e->received.receipt.applicant = random_applicant(r);
    e->received.receipt.submitter = random_text(r);
    e->received.receipt.authority = random_text(r);
    e->received.receipt.components = random_text(r);
    e->received.receipt.note = random_text(r);
    e->received.unit = random_text(r);
    e->received.receipt.sets = (uint32_t)random_next(r);
    e->received.receipt.fee = random_in(r, -1, 1000000);
    e->received.receipt.channel = (enum channel)random_in(r, 0, 3);
    e->received.receipt.collect = (enum channel)random_in(r, 0, 3);
    e->received.officer = random_text(r);
    e->received.officer_number = (uint16_t)random_next(r);
    e->received.receipt.submitted = random_time(r);
    e->received.appointment.counting = random_time(r);
    e->received.appointment.due = random_time(r);
    e->received.appointment.provisional = random_in(r, 0, 1);
}

static void fill_office(struct random *r, struct event *e)
{
    switch (e->kind) {
    case EVENT_FOUNDED:
        e->founded = (struct office_identity){
            .name = random_text(r), .agency = random_text(r), .utc_offset = -210, .demo = random_in(r, 0, 1)};
        e->founded.parent = random_text(r);
        e->founded.place = random_text(r);
        break;
    case EVENT_OFFICER_PUT:
        e->officer = (struct officer){.number = (uint16_t)random_next(r),
                                      .role = (enum role)random_in(r, 0, 4),
                                      .retired = random_in(r, 0, 1)};
        e->officer.login = random_text(r);
        e->officer.name = random_text(r);
        e->officer.unit = random_text(r);
        e->officer.title = random_text(r);
        break;
    case EVENT_PROCEDURE_PUT:
        e->procedure = (struct procedure){.number = (uint16_t)random_next(r),
                                          .limit = random_limit(r),
                                          .field_number = (uint16_t)random_next(r),
                                          .fee = random_in(r, -1, 100),
                                          .online = (int8_t)random_in(r, -1, 1),
                                          .postal = (int8_t)random_in(r, -1, 1),
                                          .retired = random_in(r, 0, 1)};
        e->procedure.clock = (enum due_clock)random_in(r, 0, 2);
        e->procedure.code = random_text(r);
        e->procedure.kase = random_text(r);
        e->procedure.name = random_text(r);
        e->procedure.field = random_text(r);
        break;
    case EVENT_DAY_PUT:
        e->day = (struct office_day){.day = (civil_day)random_in(r, -1000, 40000),
                                     .name = random_text(r),
                                     .kind = (enum day_kind)random_in(r, DAY_OFF, DAY_CLOSED)};
        e->day.document = random_text(r);
        break;
    default: e->known = (struct known_years){(int)random_in(r, 1990, 2100), (int)random_in(r, 1990, 2100)};
    }
}

static void fill_life(struct random *r, struct event *e)
{
    switch (e->kind) {
    case EVENT_TRANSFERRED:
        e->transferred.to = random_text(r);
        e->transferred.to_number = (uint16_t)random_next(r);
        e->transferred.unit = random_text(r);
        e->transferred.step = random_text(r);
        e->transferred.note = random_text(r);
        e->transferred.within = random_limit(r);
        e->transferred.within_due = random_time(r);
        break;
    case EVENT_APOLOGIZED:
        e->apologized.number = (uint32_t)random_in(r, 1, 1000000);
        e->apologized.year = (int)random_in(r, 1990, 2100);
        e->apologized.reason = random_text(r);
        e->apologized.signer = random_text(r);
        e->apologized.old_due = random_time(r);
        e->apologized.new_due = random_time(r);
        e->apologized.in_time = random_in(r, 0, 1);
        break;
    case EVENT_RESOLVED:
        e->resolved.result = random_text(r);
        e->resolved.digitized = random_in(r, 0, 1);
        e->resolved.late = (struct lateness){(uint32_t)random_next(r), (uint32_t)random_next(r)};
        break;
    case EVENT_RETURNED:
        e->returned.channel = (enum channel)random_in(r, 0, 3);
        e->returned.to = random_text(r);
        break;
    default:
        e->ended.reason = random_text(r);
        e->ended.late = (struct lateness){(uint32_t)random_next(r), (uint32_t)random_next(r)};
    }
}

static struct event random_event(struct random *r, enum event_kind kind)
{
    struct event e = {.kind = kind,
                      .previous = random_next(r),
                      .dossier = random_next(r),
                      .recorded_at = random_in(r, 0, 4000000000),
                      .at = random_time(r),
                      .by = random_text(r)};
    if (event_is_office(kind))
        fill_office(r, &e);
    else if (kind == EVENT_RECEIVED)
        fill_received(r, &e);
    else
        fill_life(r, &e);
    return e;
}

/* Bytes say it all: an event read back and written again gives the same bytes, and random fields make every
 * field count. */
static void what_is_written_is_read_back(void **state)
{
    (void)state;
    struct random r = {20261121};
    struct buf once = BUF_INIT, twice = BUF_INIT;
    for (int i = 0; i < CASES; i++) {
        struct event e = random_event(&r, kinds[i % KINDS]), back;
        buf_reset(&once);
        buf_reset(&twice);
        event_encode(&once, &e);
        assert_true(event_decode(buf_str(&once), &back));
        assert_int_equal(back.kind, e.kind);
        assert_int_equal(back.recorded_at, e.recorded_at);
        assert_int_equal(back.at, e.at);
        assert_true(str_eq(back.by, e.by));
        event_encode(&twice, &back);
        assert_true(str_eq(buf_str(&once), buf_str(&twice)));
    }
    buf_release(&once);
    buf_release(&twice);
}

static void received_fields_come_back_in_their_places(void **state)
{
    (void)state;
    struct random r = {7};
    for (int i = 0; i < 1000; i++) {
        struct event e = random_event(&r, EVENT_RECEIVED), b;
        struct buf body = BUF_INIT;
        event_encode(&body, &e);
        assert_true(event_decode(buf_str(&body), &b));
        assert_true(str_eq(b.received.code, e.received.code));
        assert_true(str_eq(b.received.receipt.applicant.name, e.received.receipt.applicant.name));
        assert_true(str_eq(b.received.receipt.applicant.phone, e.received.receipt.applicant.phone));
        assert_true(str_eq(b.received.receipt.applicant.id_number, e.received.receipt.applicant.id_number));
        assert_true(limit_equal(&b.received.receipt.limit, &e.received.receipt.limit));
        assert_int_equal(b.received.appointment.due, e.received.appointment.due);
        assert_int_equal(b.received.appointment.counting, e.received.appointment.counting);
        assert_int_equal(b.received.receipt.submitted, e.received.receipt.submitted);
        assert_int_equal(b.received.receipt.fee, e.received.receipt.fee);
        assert_int_equal(b.received.officer_number, e.received.officer_number);
        assert_int_equal(b.received.appointment.provisional, e.received.appointment.provisional);
        assert_int_equal(b.received.receipt.procedure.version, e.received.receipt.procedure.version);
        buf_release(&body);
    }
}

/* Each prefix is in a block of its own size, so that a read past its end is seen by the sanitizers. */
static void a_body_cut_short_or_too_long_is_refused(void **state)
{
    (void)state;
    struct random r = {3};
    for (int i = 0; i < 200; i++) {
        struct event e = random_event(&r, kinds[i % KINDS]), back;
        struct buf body = BUF_INIT;
        event_encode(&body, &e);
        for (size_t n = 0; n < body.n; n++) {
            char *cut = malloc(n ? n : 1);
            memcpy(cut, body.p, n);
            assert_false(event_decode((struct str){cut, n}, &back));
            free(cut);
        }
        buf_add_char(&body, '\0');
        assert_false(event_decode(buf_str(&body), &back));
        buf_release(&body);
    }
}

static void unknown_kinds_and_versions_are_refused(void **state)
{
    (void)state;
    struct random r = {5};
    struct event e = random_event(&r, EVENT_RESOLVED), back;
    struct buf body = BUF_INIT;
    event_encode(&body, &e);
    body.p[1] = 2; /* a version of the future */
    assert_false(event_decode(buf_str(&body), &back));
    body.p[1] = 1;
    body.p[0] = 99;
    assert_false(event_decode(buf_str(&body), &back));
    buf_release(&body);
}

/* The first entries ever written must be readable for ever: these bytes are never to be changed. */
static void the_first_version_is_still_read(void **state)
{
    (void)state;
    static const unsigned char resolved[] = {
        35, 1,                               /* resolved, version 1 */
        0,  0, 0, 0, 0,    0,    0,    5,    /* previous */
        0,  0, 0, 0, 0,    0,    0,    1,    /* dossier */
        0,  0, 0, 0, 0x69, 0x1f, 0x2c, 0x40, /* recorded_at */
        0,  0, 0, 0, 1,    0xc8, 0xf6, 0xc0, /* at */
        0,  0, 0, 3, 'n',  'a',  'm',        /* by */
        0,  0, 0, 2, 'o',  'k',              /* result */
        1,                                   /* digitized */
        0,  0, 0, 2, 0,    0,    0,    1,    /* late */
    };
    struct event e;
    assert_true(event_decode((struct str){(const char *)resolved, sizeof resolved}, &e));
    assert_int_equal(e.kind, EVENT_RESOLVED);
    assert_int_equal(e.previous, 5);
    assert_int_equal(e.dossier, 1);
    assert_int_equal(e.recorded_at, 0x691f2c40);
    assert_int_equal(e.at, 0x1c8f6c0);
    assert_true(str_eq(e.by, STR("nam")));
    assert_true(str_eq(e.resolved.result, STR("ok")));
    assert_true(e.resolved.digitized);
    assert_int_equal(e.resolved.late.statutory, 2);
    assert_int_equal(e.resolved.late.promised, 1);
}

/* Random bytes and random single changes are refused or read, never more: the sanitizers watch. */
static void random_damage_is_survived(void **state)
{
    (void)state;
    struct random r = {11};
    struct event back;
    struct dossier d;
    struct row row;
    for (int i = 0; i < CASES; i++) {
        struct event e = random_event(&r, kinds[i % KINDS]);
        struct buf body = BUF_INIT;
        event_encode(&body, &e);
        body.p[random_in(&r, 0, (int64_t)body.n - 1)] ^= (char)(1 << random_in(&r, 0, 7));
        event_decode(buf_str(&body), &back);
        dossier_decode(buf_str(&body), &d);
        row_decode(buf_str(&body), &row);
        buf_release(&body);
    }
}

static struct dossier random_dossier(struct random *r)
{
    struct dossier d = {
        .facts = {.id = random_next(r), .state = (enum dossier_state)random_in(r, 1, STATE_VOID)}};
    d.facts.received = random_time(r);
    d.facts.due = random_time(r);
    d.facts.statutory_due = random_time(r);
    d.facts.waiting_since = random_time(r);
    d.facts.resolved = random_time(r);
    d.facts.returned = random_time(r);
    d.facts.holder = (uint16_t)random_next(r);
    d.facts.apologized = random_in(r, 0, 1);
    d.facts.in_hours = random_in(r, 0, 1);
    d.last_event = random_next(r);
    d.code = random_text(r);
    d.receipt.procedure.code = random_text(r);
    d.receipt.limit = random_limit(r);
    d.receipt.applicant = random_applicant(r);
    d.receipt.note = random_text(r);
    d.officer = random_text(r);
    d.receipt.submitted = random_time(r);
    d.appointment.counting = random_time(r);
    d.apology = (struct apology){
        .number = (uint32_t)random_in(r, 0, 1), .issued = NO_TIME, .old_due = NO_TIME, .new_due = NO_TIME};
    if (d.apology.number) {
        d.apology.year = 2026;
        d.apology.reason = random_text(r);
        d.apology.new_due = random_time(r);
        d.apology.recorded_at = random_in(r, 0, 4000000000);
    }
    d.result = random_text(r);
    d.late.statutory = (uint32_t)random_next(r);
    d.rating = (uint8_t)random_in(r, 0, 5);
    return d;
}

static void records_come_back_whole_slack_or_not(void **state)
{
    (void)state;
    struct random r = {13};
    for (int i = 0; i < 2000; i++) {
        struct dossier d = random_dossier(&r), back;
        struct buf once = BUF_INIT, twice = BUF_INIT;
        dossier_encode(&once, &d);
        size_t n = once.n;
        for (size_t cut = 0; cut < n; cut += 7)
            assert_false(dossier_decode(str_first(buf_str(&once), cut), &back));
        for (int64_t slack = random_in(&r, 0, 40); slack > 0; slack--)
            buf_add_char(&once, '\0');
        assert_true(dossier_decode(buf_str(&once), &back));
        dossier_encode(&twice, &back);
        assert_true(str_eq(str_first(buf_str(&once), n), buf_str(&twice)));
        assert_int_equal(back.facts.resolved, d.facts.resolved);
        assert_true(str_eq(back.receipt.note, d.receipt.note));
        assert_int_equal(back.apology.number, d.apology.number);
        buf_release(&once);
        buf_release(&twice);
    }
}

static void codes_have_the_shape_of_the_field(void **state)
{
    (void)state;
    struct buf code = BUF_INIT;
    dossier_code(&code, STR("H42.26.21"), civil_from_ymd(2022, 11, 28), 7);
    assert_string_equal(code.p, "H42.26.21-221128-0007");
    buf_reset(&code);
    dossier_code(&code, STR("H42.26.21"), civil_from_ymd(2026, 1, 2), 12345);
    assert_string_equal(code.p, "H42.26.21-260102-12345");
    buf_release(&code);
    static const char *const usable[] = {"000.00.53.H48-220921-0099", "000.A0.01.H26-210212-9090",
                                         "G09.20-20260609-0092637", "03706/2026/07906"};
    for (size_t i = 0; i < 4; i++)
        assert_true(dossier_code_is_usable(str_of(usable[i])));
    assert_false(dossier_code_is_usable(STR("abc")));
    assert_false(dossier_code_is_usable(STR("a b c d")));
    assert_false(dossier_code_is_usable(STR("mã-số-0001")));
    assert_false(
        dossier_code_is_usable(STR("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffg")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(received_fields_come_back_in_their_places),
        cmocka_unit_test(a_body_cut_short_or_too_long_is_refused),
        cmocka_unit_test(unknown_kinds_and_versions_are_refused),
        cmocka_unit_test(the_first_version_is_still_read),
        cmocka_unit_test(random_damage_is_survived),
        cmocka_unit_test(records_come_back_whole_slack_or_not),
        cmocka_unit_test(codes_have_the_shape_of_the_field),
    };
    return cmocka_run_group_tests_name("journal entries and records", tests, NULL, NULL);
}
