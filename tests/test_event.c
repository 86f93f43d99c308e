/* The bytes of journal entries and records: what is written is read back, and nothing else is accepted. */
#include "core/event.h"
#include "core/row.h"
#include "core/wire.h"
#include "tests/desk_world.h"
#include "tests/event_fill.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const enum event_kind kinds[] = {
    EVENT_FOUNDED,
    EVENT_OFFICER_PUT,
    EVENT_PROCEDURE_PUT,
    EVENT_DAY_PUT,
    EVENT_YEARS_KNOWN,
    EVENT_RECEIVED,
    EVENT_TRANSFERRED,
    EVENT_APOLOGIZED,
    EVENT_RESOLVED,
    EVENT_RETURNED,
    EVENT_REFUSED,
    EVENT_SETTING_PUT,
    EVENT_DAY_REMOVED,
    EVENT_HOURS_PUT,
    EVENT_SUPPLEMENT_REQUESTED,
    EVENT_RESTARTED,
    EVENT_PAYMENT_AWAITED,
    EVENT_PAID,
    EVENT_WITHDRAWN,
    EVENT_STOPPED,
    EVENT_VOIDED,
    EVENT_UNDONE,
    EVENT_CORRECTED,
    EVENT_RATED,
    EVENT_DUE_MOVED,
    EVENT_IMPORTED,
    EVENT_CLOCK_ACCEPTED,
    EVENT_STEPS_PUT,
    EVENT_FEE,
    EVENT_LATE_REASON,
    EVENT_REIMPORTED,
    EVENT_TURNED_AWAY,
    EVENT_TURN_AWAY_VOIDED,
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

static struct receipt random_receipt(struct random *r)
{
    struct receipt receipt = {.procedure = {.number = (uint16_t)random_next(r),
                                            .version = random_next(r),
                                            .field_number = (uint16_t)random_next(r)}};
    receipt.procedure.code = random_text(r);
    receipt.procedure.kase = random_text(r);
    receipt.limit = random_limit(r);
    receipt.clock = (enum due_clock)random_in(r, 0, 2);
    receipt.cutoff = (int)random_in(r, 0, MINUTES_PER_DAY - 1);
    receipt.applicant = random_applicant(r);
    receipt.submitter = random_text(r);
    receipt.authority = random_text(r);
    receipt.components = random_text(r);
    receipt.note = random_text(r);
    receipt.sets = (uint32_t)random_next(r);
    receipt.fee = random_in(r, -1, 1000000);
    receipt.channel = (enum channel)random_in(r, 0, 3);
    receipt.collect = (enum channel)random_in(r, 0, 3);
    receipt.submitted = random_time(r);
    return receipt;
}

static struct appointment random_appointment(struct random *r)
{
    struct appointment a = {.from = random_time(r), .provisional = random_in(r, 0, 1)};
    a.counting = random_time(r);
    a.due = random_time(r);
    return a;
}

static struct lateness random_lateness(struct random *r)
{
    return (struct lateness){(uint32_t)random_next(r), (uint32_t)random_next(r)};
}

static void fill_received(struct random *r, struct event *e)
{
    e->received.code = random_text(r);
    e->received.receipt = random_receipt(r);
    e->received.unit = random_text(r);
    e->received.officer = random_text(r);
    e->received.officer_number = (uint16_t)random_next(r);
    e->received.appointment = random_appointment(r);
}

static void fill_imported(struct random *r, struct event *e)
{
    e->imported.code = random_text(r);
    e->imported.receipt = random_receipt(r);
    e->imported.title = random_text(r);
    e->imported.officer = random_text(r);
    e->imported.officer_number = (uint16_t)random_next(r);
    e->imported.unit = random_text(r);
    e->imported.appointment = random_appointment(r);
    e->imported.state = (enum dossier_state)random_in(r, STATE_PROCESSING, STATE_STOPPED);
    e->imported.waiting_since = random_time(r);
    e->imported.resolved = random_time(r);
    e->imported.returned = random_time(r);
    e->imported.late = random_lateness(r);
    e->imported.promised = e->imported.appointment.due; /* fill_more() may say otherwise */
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
    case EVENT_SETTING_PUT:
        e->setting.key = random_text(r);
        e->setting.value = random_text(r);
        break;
    case EVENT_DAY_REMOVED: e->removed.day = (civil_day)random_in(r, -1000, 40000); break;
    case EVENT_HOURS_PUT:
        e->hours = office_hours_default();
        e->hours.from = (civil_day)random_in(r, -1000, 40000);
        e->hours.weekdays = (uint8_t)random_next(r);
        e->hours.span_count = (int)random_in(r, 1, 2);
        e->hours.span[0].opens = (int)random_in(r, 0, 600);
        break;
    case EVENT_CLOCK_ACCEPTED:
        e->clock.reason = random_text(r);
        e->clock.behind = random_in(r, -4000000000, 8000000000);
        e->clock.before = random_next(r);
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
    case EVENT_SUPPLEMENT_REQUESTED:
        e->supplement.reason = random_text(r);
        e->supplement.needs = random_text(r);
        e->supplement.insisted = random_in(r, 0, 1);
        e->supplement.late_notice = random_in(r, 0, 1);
        e->supplement.late = random_lateness(r);
        break;
    case EVENT_PAYMENT_AWAITED:
        e->payment.note = random_text(r);
        e->payment.late = random_lateness(r);
        break;
    case EVENT_RESTARTED:
    case EVENT_PAID:
        e->resumed.note = random_text(r);
        e->resumed.within = random_limit(r);
        e->resumed.appointment = random_appointment(r);
        break;
    case EVENT_UNDONE:
        e->undone.seq = random_next(r);
        e->undone.kind = (int)random_in(r, 32, 255);
        e->undone.reason = random_text(r);
        break;
    case EVENT_CORRECTED:
        e->corrected.reason = random_text(r);
        e->corrected.changes = random_text(r);
        e->corrected.receipt = random_receipt(r);
        e->corrected.received = random_time(r);
        e->corrected.appointment = random_appointment(r);
        e->corrected.promised = random_time(r);
        break;
    case EVENT_RATED:
        e->rated.stars = (uint8_t)random_in(r, 1, 5);
        e->rated.note = random_text(r);
        break;
    case EVENT_DUE_MOVED:
        e->moved.cause = random_next(r);
        e->moved.old_statutory = random_time(r);
        e->moved.new_statutory = random_time(r);
        e->moved.old_due = random_time(r);
        e->moved.new_due = random_time(r);
        e->moved.counting = random_time(r);
        e->moved.provisional = random_in(r, 0, 1);
        break;
    default: e->ended.reason = random_text(r); e->ended.late = random_lateness(r);
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
    if (fill_counter(r, &e))
        return e;
    if (event_is_office(kind))
        fill_office(r, &e);
    else if (kind == EVENT_RECEIVED)
        fill_received(r, &e);
    else if (event_is_import(kind))
        fill_imported(r, &e);
    else
        fill_life(r, &e);
    fill_more(r, &e);
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

static bool same_appointment(const struct appointment *a, const struct appointment *b)
{
    return a->from == b->from && a->counting == b->counting && a->due == b->due &&
           a->provisional == b->provisional;
}

static bool same_lateness(struct lateness a, struct lateness b)
{
    return a.statutory == b.statutory && a.promised == b.promised;
}

/* Two fields swapped in both directions would give the same bytes again: so each is looked at by name. */
static bool came_back(const struct event *e, const struct event *b)
{
    switch (e->kind) {
    case EVENT_SUPPLEMENT_REQUESTED:
        return str_eq(b->supplement.reason, e->supplement.reason) &&
               str_eq(b->supplement.needs, e->supplement.needs) &&
               b->supplement.insisted == e->supplement.insisted &&
               b->supplement.late_notice == e->supplement.late_notice &&
               same_lateness(b->supplement.late, e->supplement.late);
    case EVENT_PAYMENT_AWAITED:
        return str_eq(b->payment.note, e->payment.note) && same_lateness(b->payment.late, e->payment.late);
    case EVENT_RESTARTED:
    case EVENT_PAID:
        return str_eq(b->resumed.note, e->resumed.note) &&
               limit_equal(&b->resumed.within, &e->resumed.within) &&
               same_appointment(&b->resumed.appointment, &e->resumed.appointment);
    case EVENT_REFUSED:
    case EVENT_WITHDRAWN:
    case EVENT_STOPPED:
    case EVENT_VOIDED:
        return str_eq(b->ended.reason, e->ended.reason) && same_lateness(b->ended.late, e->ended.late);
    case EVENT_UNDONE:
        return b->undone.seq == e->undone.seq && b->undone.kind == e->undone.kind &&
               str_eq(b->undone.reason, e->undone.reason);
    case EVENT_CORRECTED:
        return str_eq(b->corrected.reason, e->corrected.reason) &&
               str_eq(b->corrected.changes, e->corrected.changes) &&
               b->corrected.receipt.cutoff == e->corrected.receipt.cutoff &&
               b->corrected.receipt.sets == e->corrected.receipt.sets &&
               b->corrected.receipt.submitted == e->corrected.receipt.submitted &&
               str_eq(b->corrected.receipt.note, e->corrected.receipt.note) &&
               b->corrected.received == e->corrected.received &&
               same_appointment(&b->corrected.appointment, &e->corrected.appointment) &&
               b->corrected.promised == e->corrected.promised;
    case EVENT_RATED: return b->rated.stars == e->rated.stars && str_eq(b->rated.note, e->rated.note);
    case EVENT_DUE_MOVED:
        return b->moved.cause == e->moved.cause && b->moved.old_statutory == e->moved.old_statutory &&
               b->moved.new_statutory == e->moved.new_statutory && b->moved.old_due == e->moved.old_due &&
               b->moved.new_due == e->moved.new_due && b->moved.counting == e->moved.counting &&
               b->moved.provisional == e->moved.provisional;
    case EVENT_SETTING_PUT:
        return str_eq(b->setting.key, e->setting.key) && str_eq(b->setting.value, e->setting.value);
    case EVENT_DAY_REMOVED: return b->removed.day == e->removed.day;
    case EVENT_HOURS_PUT:
        return b->hours.from == e->hours.from && b->hours.weekdays == e->hours.weekdays &&
               b->hours.span_count == e->hours.span_count &&
               b->hours.span[0].opens == e->hours.span[0].opens &&
               b->hours.span[0].closes == e->hours.span[0].closes;
    case EVENT_CLOCK_ACCEPTED:
        return str_eq(b->clock.reason, e->clock.reason) && b->clock.behind == e->clock.behind &&
               b->clock.before == e->clock.before;
    case EVENT_IMPORTED:
    case EVENT_REIMPORTED:
        return str_eq(b->imported.code, e->imported.code) && str_eq(b->imported.title, e->imported.title) &&
               str_eq(b->imported.officer, e->imported.officer) &&
               str_eq(b->imported.unit, e->imported.unit) && b->imported.state == e->imported.state &&
               same_appointment(&b->imported.appointment, &e->imported.appointment) &&
               b->imported.waiting_since == e->imported.waiting_since &&
               b->imported.resolved == e->imported.resolved && b->imported.returned == e->imported.returned &&
               same_lateness(b->imported.late, e->imported.late) &&
               b->imported.promised == e->imported.promised && str_eq(b->imported.field, e->imported.field) &&
               str_eq(b->imported.receiver, e->imported.receiver) &&
               str_eq(b->imported.result, e->imported.result);
    default: return true;
    }
}

static void each_field_comes_back_in_its_place(void **state)
{
    (void)state;
    struct random r = {17};
    struct buf body = BUF_INIT;
    for (int i = 0; i < 200 * KINDS; i++) {
        struct event e = random_event(&r, kinds[i % KINDS]), b;
        buf_reset(&body);
        event_encode(&body, &e);
        assert_true(event_decode(buf_str(&body), &b));
        assert_true(came_back(&e, &b));
        assert_true(counter_came_back(&e, &b));
    }
    buf_release(&body);
}

/* Every kind there is has been tried above. */
static void no_kind_is_left_out(void **state)
{
    (void)state;
    for (int kind = 0; kind < 256; kind++) {
        bool tried = false;
        for (size_t i = 0; i < KINDS; i++)
            tried = tried || kinds[i] == (enum event_kind)kind;
        assert_int_equal(tried, strcmp(event_kind_name((enum event_kind)kind), "unknown") != 0);
    }
}

/* Bytes that no program of ours writes: the offset is counted from the end of the body. */
static void values_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        enum event_kind kind;
        size_t from_end;
        unsigned char byte;
    } damages[] = {
        {EVENT_RATED, 5, 0}, /* stars, before a note of no bytes */
        {EVENT_RATED, 5, 6},
        {EVENT_PAID, 32, 99}, /* the limit's kind */
        {EVENT_RESTARTED, 32, 99},
        {EVENT_CORRECTED, 51, 4}, /* channels of the receipt */
        {EVENT_CORRECTED, 50, 4},
        {EVENT_RETURNED, 5, 4},
        {EVENT_HOURS_PUT, 1, 0}, /* closes before it opens */
        {EVENT_HOURS_PUT, 5, 9}, /* spans */
        {EVENT_FOUNDED, 1, 2},   /* yes and no are 1 and 0 */
        {EVENT_OFFICER_PUT, 1, 2},
        {EVENT_PROCEDURE_PUT, 1, 255},
        {EVENT_SUPPLEMENT_REQUESTED, 9, 2},
        {EVENT_SUPPLEMENT_REQUESTED, 10, 2},
        {EVENT_RESOLVED, 9, 2},
        {EVENT_DUE_MOVED, 1, 2},
        {EVENT_PAID, 1, 2},
        {EVENT_CORRECTED, 9, 2},
        {EVENT_FOUNDED, 3, 4}, /* an offset of 17 hours */
        {EVENT_FOUNDED, 9, 1}, /* and one that no int holds */
        {EVENT_DAY_REMOVED, 8, 1},
        {EVENT_YEARS_KNOWN, 16, 1},
        {EVENT_YEARS_KNOWN, 8, 1},
        {EVENT_PROCEDURE_PUT, 2, 3}, /* offered by post: neither yes, no, nor not said */
        {EVENT_PROCEDURE_PUT, 3, 255},
    };
    struct event back;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct event e = {.kind = damages[i].kind, .dossier = 1, .at = 5};
        if (e.kind == EVENT_RATED)
            e.rated.stars = 3;
        if (e.kind == EVENT_HOURS_PUT) {
            e.hours = (struct office_hours){.span_count = 1, .weekdays = 62};
            e.hours.span[0].opens = 10;
            e.hours.span[0].closes = 200;
        }
        struct buf body = BUF_INIT;
        event_encode(&body, &e);
        assert_true(event_decode(buf_str(&body), &back));
        body.p[body.n - damages[i].from_end] = (char)damages[i].byte;
        assert_false(event_decode(buf_str(&body), &back));
        buf_release(&body);
    }
}

/* Each prefix is in a block of its own size, so that a read past its end is seen by the sanitizers. */
static void a_body_cut_short_or_too_long_is_refused(void **state)
{
    (void)state;
    struct random r = {3};
    for (int i = 0; i < 20 * KINDS; i++) {
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
    body.p[1] = 3; /* a version of the future */
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

/* About an earlier day of the office than it was recorded on; what another system brings and what follows
 * from a change of the days is nobody's late entry. */
static void an_entry_about_an_earlier_day_is_backdated(void **state)
{
    (void)state;
    const int vietnam = 7 * 60;
    struct event e = {.kind = EVENT_RESOLVED, .at = world_time("2026-11-16T09:00")};
    static const struct {
        const char *recorded;
        bool backdated;
    } cases[] = {
        {"2026-11-16T09:00", false},
        {"2026-11-16T23:59", false}, /* later that day */
        {"2026-11-17T00:00", true},  /* midnight here, 17:00 of the 16th in London */
        {"2027-11-16T09:00", true},
        {"2026-11-15T23:59", false}, /* what the future holds is refused elsewhere */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        e.recorded_at = civil_to_utc(world_time(cases[i].recorded), vietnam) + 59;
        assert_true(event_is_backdated(&e, vietnam) == cases[i].backdated);
    }
    e.recorded_at = civil_to_utc(world_time("2026-11-17T00:00"), vietnam);
    assert_false(event_is_backdated(&e, 0));
    for (int kind = EVENT_RECEIVED; kind <= EVENT_REIMPORTED; kind++) {
        e.kind = (enum event_kind)kind;
        bool nobodys = kind == EVENT_IMPORTED || kind == EVENT_REIMPORTED || kind == EVENT_DUE_MOVED;
        assert_true(event_is_backdated(&e, vietnam) == !nobodys);
    }
    e.kind = EVENT_DAY_PUT;
    e.at = NO_TIME;
    assert_false(event_is_backdated(&e, vietnam));
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
        if (event_decode(buf_str(&body), &back)) { /* then it is an event, and of one way to write it */
            struct buf again = BUF_INIT;
            event_encode(&again, &back);
            assert_true(str_eq(buf_str(&body), buf_str(&again)));
            buf_release(&again);
        }
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
    d.facts.insisted = random_in(r, 0, 1);
    d.facts.was_late = random_in(r, 0, 1);
    d.facts.was_late_promised = random_in(r, 0, 1);
    d.appointment = random_appointment(r);
    d.promised = random_time(r);
    d.resumed = random_in(r, 0, 1);
    d.within = random_limit(r);
    d.first_act = random_time(r);
    d.asked = random_text(r);
    d.needs = random_text(r);
    d.supplements = (uint32_t)random_next(r);
    d.last.seq = (uint64_t)random_in(r, 0, 2);
    if (d.last.seq)
        d.last =
            (struct last_act){.seq = 7, .kind = EVENT_CORRECTED, .recorded_at = random_in(r, 0, 4000000000)};
    if (d.last.seq) {
        d.last.by = random_text(r);
        d.last.recounts = random_in(r, 0, 1);
        d.last.moved_since = random_in(r, 0, 1);
    }
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
        assert_true(same_appointment(&back.appointment, &d.appointment));
        assert_true(limit_equal(&back.within, &d.within));
        assert_true(back.promised == d.promised && back.resumed == d.resumed &&
                    back.first_act == d.first_act);
        assert_true(str_eq(back.asked, d.asked) && str_eq(back.needs, d.needs));
        assert_int_equal(back.supplements, d.supplements);
        assert_int_equal(back.rating, d.rating);
        assert_true(back.facts.insisted == d.facts.insisted && back.facts.was_late == d.facts.was_late &&
                    back.facts.was_late_promised == d.facts.was_late_promised);
        assert_true(back.last.seq == d.last.seq && back.last.kind == d.last.kind &&
                    str_eq(back.last.by, d.last.by) && back.last.recorded_at == d.last.recorded_at &&
                    back.last.recounts == d.last.recounts && back.last.moved_since == d.last.moved_since);
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
        cmocka_unit_test(each_field_comes_back_in_its_place),
        cmocka_unit_test(no_kind_is_left_out),
        cmocka_unit_test(values_that_cannot_be_are_refused),
        cmocka_unit_test(a_body_cut_short_or_too_long_is_refused),
        cmocka_unit_test(unknown_kinds_and_versions_are_refused),
        cmocka_unit_test(the_first_version_is_still_read),
        cmocka_unit_test(an_entry_about_an_earlier_day_is_backdated),
        cmocka_unit_test(random_damage_is_survived),
        cmocka_unit_test(records_come_back_whole_slack_or_not),
        cmocka_unit_test(codes_have_the_shape_of_the_field),
    };
    return cmocka_run_group_tests_name("journal entries and records", tests, NULL, NULL);
}
