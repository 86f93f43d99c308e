/* Dossiers as items of a calendar: which date, which state, what is told of whom. */
#include "core/evolve.h"
#include "core/text.h"
#include "icalendar/feed.h"
#include "icalendar/writer.h"
#include "tests/desk_world.h"
#include "tests/ics_reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { OFFSET = 7 * 60, EVENTS = 16 };

/* A dossier with its history, each event given by hand: an item is worked out from what a store holds, not
 * from what the rules would allow today. */
struct story {
    struct world world; /* for its office */
    struct dossier d;
    struct feed_past past;
    struct feed feed;
    struct procedure procedure;
    struct event event[EVENTS];
    uint64_t seq;
    int64_t clock;
};

static int setup(void **state)
{
    struct story *s = calloc(1, sizeof *s);
    world_init(&s->world);
    feed_past_init(&s->past);
    s->procedure = *office_find_procedure(s->world.office, STR("1.001"));
    s->procedure.name = STR("Xác nhận tình trạng hôn nhân");
    s->clock = civil_to_utc(world_time("2026-11-20T09:31"), OFFSET);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct story *s = *state;
    feed_release(&s->feed);
    feed_past_release(&s->past);
    world_release(&s->world);
    free(s);
    return 0;
}

/* Each happens an hour after the one before. */
static void happens(struct story *s, struct event e)
{
    assert_true(s->seq < EVENTS);
    e.seq = ++s->seq;
    e.previous = s->d.last_event;
    e.dossier = 1;
    e.recorded_at = s->clock;
    s->clock += 3600;
    s->event[s->seq - 1] = e;
    if (e.kind == EVENT_UNDONE)
        assert_true(evolve_history(&s->d, s->event, (size_t)s->seq));
    else
        assert_true(evolve(&s->d, &e));
    assert_true(feed_past_add(&s->past, &e));
}

static struct event received(const char *at, const char *due, const char *limit)
{
    struct event e = {.kind = EVENT_RECEIVED, .at = world_time(at), .by = STR("huong")};
    e.received.code = STR("H42.26.21-261120-0007");
    e.received.receipt.procedure.code = STR("1.001");
    e.received.receipt.procedure.field_number = 1;
    e.received.receipt.applicant = (struct applicant){.name = STR("Nguyễn Thị Hương"),
                                                      .id_number = STR("064190001234"),
                                                      .phone = STR("0912345678"),
                                                      .email = STR("huong@example.vn"),
                                                      .address = STR("Thôn Klăh")};
    e.received.receipt.submitter = STR("Trần Văn Ba");
    e.received.receipt.note = STR("gọi chị Hương buổi chiều");
    e.received.receipt.channel = CHANNEL_DIRECT;
    e.received.officer = STR("nam");
    e.received.appointment.due = world_time(due);
    assert_true(limit_parse(str_of(limit), &e.received.receipt.limit));
    return e;
}

static struct event apologized(const char *at, const char *from, const char *to)
{
    struct event e = {.kind = EVENT_APOLOGIZED, .at = world_time(at), .by = STR("nam")};
    e.apologized.number = 7;
    e.apologized.year = 2026;
    e.apologized.reason = STR("chờ xác minh ở nơi cư trú cũ của chị Hương");
    e.apologized.old_due = world_time(from);
    e.apologized.new_due = world_time(to);
    return e;
}

static struct event plain(enum event_kind kind, const char *at)
{
    return (struct event){.kind = kind, .at = world_time(at), .by = STR("nam")};
}

static void begin(struct story *s)
{
    happens(s, received("2026-11-20T09:30", "2026-11-26T17:00", "3 working_days"));
}

static struct ics_item item_as(struct story *s, struct feed_options options)
{
    struct ics_item item;
    feed_release(&s->feed);
    feed_init(&s->feed, s->world.office, &options);
    assert_true(feed_item(&s->feed, &s->d, &s->procedure, &s->past, &item));
    return item;
}

static struct ics_item item(struct story *s)
{
    return item_as(s, (struct feed_options){.kind = ICS_EVENT, .lang = LANG_VI});
}

static void assert_text(struct str s, const char *text)
{
    char *z = calloc(1, s.n + 1);
    if (s.n)
        memcpy(z, s.p, s.n);
    assert_string_equal(z, text);
    free(z);
}

static bool contains(struct str s, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= s.n; i++)
        if (memcmp(s.p + i, part, n) == 0)
            return true;
    return false;
}

/* ---- what an open one says ---- */

static void an_open_dossier_in_vietnamese(void **state)
{
    struct story *s = *state;
    begin(s);
    struct ics_item i = item(s);
    assert_text(i.uid, "H42.26.21-261120-0007@H42.26.21");
    assert_int_equal(i.when.type, ICS_DAY);
    assert_int_equal(i.when.day, civil_from_ymd(2026, 11, 26));
    assert_text(i.summary, "Hẹn trả 0007 · Xác nhận tình trạng hôn nhân");
    assert_text(i.description, "Hẹn trả: Thứ Năm, 26/11/2026 17:00\n"
                               "Mã hồ sơ: H42.26.21-261120-0007\n"
                               "Thủ tục: Xác nhận tình trạng hôn nhân (1.001)\n"
                               "Lĩnh vực: Hộ tịch\n"
                               "Người xử lý: nam, Một cửa\n"
                               "Tiếp nhận: 20/11/2026 09:30\n"
                               "Thời hạn: 3 ngày làm việc\n"
                               "Tình trạng: Đang xử lý");
    assert_text(i.location, "UBND xã Thử");
    assert_int_equal(i.category_count, 2);
    assert_text(i.categories[0], "Hộ tịch");
    assert_text(i.categories[1], "Đang xử lý");
    assert_int_equal(i.state, ICS_OPEN);
    assert_false(i.blocks);
    assert_int_equal(i.sequence, 0);
    /* 09:31 at +07:00 */
    assert_int_equal(i.stamp, 1795141860);
    assert_int_equal(i.created, 1795141860);
}

static void an_open_dossier_in_english(void **state)
{
    struct story *s = *state;
    begin(s);
    struct ics_item i = item_as(s, (struct feed_options){.kind = ICS_TODO, .lang = LANG_EN});
    assert_text(i.summary, "Due 0007 · Xác nhận tình trạng hôn nhân");
    assert_text(i.description, "Due: Thursday, 2026-11-26 17:00\n"
                               "Dossier: H42.26.21-261120-0007\n"
                               "Procedure: Xác nhận tình trạng hôn nhân (1.001)\n"
                               "Field: Hộ tịch\n"
                               "Held by: nam, Một cửa\n"
                               "Received: 2026-11-20 09:30\n"
                               "Limit: 3 working days\n"
                               "State: In progress");
    assert_int_equal(i.state, ICS_OPEN);
}

static void limits_in_hours_are_timed(void **state)
{
    struct story *s = *state;
    happens(s, received("2026-11-16T16:30", "2026-11-17T07:30", "1 working_hour"));
    struct ics_item i = item(s);
    assert_int_equal(i.when.type, ICS_MOMENT);
    /* 2026-11-17T00:30:00Z */
    assert_int_equal(i.when.seconds, (int64_t)civil_from_ymd(2026, 11, 17) * 86400 + 1800);
}

static void all_are_timed_where_asked_for(void **state)
{
    struct story *s = *state;
    begin(s);
    struct ics_item i = item_as(s, (struct feed_options){.times = TIMES_TIMED});
    assert_int_equal(i.when.type, ICS_MOMENT);
    /* 17:00 at +07:00 is 10:00 UTC */
    assert_int_equal(i.when.seconds, (int64_t)civil_from_ymd(2026, 11, 26) * 86400 + 36000);
}

static void alarms_pass_through(void **state)
{
    struct story *s = *state;
    int64_t alarms[] = {86400, 3600};
    begin(s);
    struct ics_item i = item_as(s, (struct feed_options){.alarms = alarms, .alarm_count = 2});
    assert_int_equal(i.alarm_count, 2);
    assert_int_equal(i.alarms[1], 3600);
}

/* ---- what changes it ---- */

static void a_transfer_is_a_change_but_moves_nothing(void **state)
{
    struct story *s = *state;
    begin(s);
    struct event e = plain(EVENT_TRANSFERRED, "2026-11-20T10:00");
    e.transferred.to = STR("huong");
    e.transferred.unit = STR("Tư pháp");
    happens(s, e);
    struct ics_item i = item(s);
    assert_int_equal(i.sequence, 0);
    assert_int_equal(i.stamp, i.created + 3600);
    assert_true(contains(i.description, "\nNgười xử lý: huong, Tư pháp\n"));
}

static void an_apology_moves_the_date_once(void **state)
{
    struct story *s = *state;
    begin(s);
    happens(s, apologized("2026-11-24T08:00", "2026-11-26T17:00", "2026-12-01T17:00"));
    struct ics_item i = item(s);
    assert_int_equal(i.sequence, 1);
    assert_int_equal(i.when.day, civil_from_ymd(2026, 12, 1));
    assert_int_equal(i.state, ICS_OPEN);
    assert_text(i.summary, "Hẹn lại 0007 · Xác nhận tình trạng hôn nhân");
    assert_true(contains(i.description, "Hẹn trả: Thứ Ba, 01/12/2026 17:00\n"));
    assert_true(contains(i.description, "\nPhiếu xin lỗi: số 07/PXL, ngày 24/11/2026; hẹn lại từ "
                                        "26/11/2026 17:00 sang 01/12/2026 17:00\n"));
    assert_int_equal(i.stamp, i.created + 3600);
}

static void a_result_calls_it_off(void **state)
{
    struct story *s = *state;
    begin(s);
    happens(s, plain(EVENT_RESOLVED, "2026-11-25T10:00"));
    struct ics_item i = item(s);
    assert_int_equal(i.state, ICS_CANCELLED);
    assert_int_equal(i.sequence, 1);
    assert_int_equal(i.when.day, civil_from_ymd(2026, 11, 26)); /* where it stood */
    assert_text(i.summary, "Đã xong 0007 · Xác nhận tình trạng hôn nhân");
    assert_true(contains(i.description, "\nTình trạng: Đã xử lý xong, 25/11/2026 10:00"));
    i = item_as(s, (struct feed_options){.kind = ICS_TODO});
    assert_int_equal(i.state, ICS_DONE);
    assert_int_equal(i.completed, civil_to_utc(world_time("2026-11-25T10:00"), OFFSET));
    happens(s, plain(EVENT_RETURNED, "2026-11-26T08:00"));
    i = item(s);
    assert_int_equal(i.state, ICS_CANCELLED);
    assert_int_equal(i.sequence, 1); /* it was off the calendar already */
    assert_true(contains(i.description, "\nTình trạng: Đã trả kết quả, 26/11/2026 08:00"));
}

static void a_refusal_calls_it_off_too(void **state)
{
    struct story *s = *state;
    begin(s);
    struct event e = plain(EVENT_REFUSED, "2026-11-25T10:00");
    e.ended.reason = STR("anh Ba không đủ điều kiện");
    happens(s, e);
    struct ics_item i = item(s);
    assert_int_equal(i.state, ICS_CANCELLED);
    assert_int_equal(i.sequence, 1);
    assert_false(contains(i.description, "anh Ba"));
    assert_int_equal(item_as(s, (struct feed_options){.kind = ICS_TODO}).state, ICS_DONE);
}

static void a_letter_after_the_result_promises_nothing(void **state)
{
    struct story *s = *state;
    begin(s);
    happens(s, plain(EVENT_RESOLVED, "2026-11-27T10:00"));
    struct event e = apologized("2026-11-27T11:00", "2026-11-26T17:00", "2026-11-26T17:00");
    e.apologized.new_due = NO_TIME;
    happens(s, e);
    struct ics_item i = item(s);
    assert_int_equal(i.sequence, 1);
    assert_int_equal(i.when.day, civil_from_ymd(2026, 11, 26));
    assert_true(contains(i.description, "\nPhiếu xin lỗi: số 07/PXL, ngày 27/11/2026\n"));
}

/* Nothing is due while the applicant is to bring something: the date stands as it was, called off. */
static void waiting_calls_it_off_where_it_stood(void **state)
{
    struct story *s = *state;
    begin(s);
    s->d.facts.state = STATE_WAITING;
    s->d.facts.due = s->d.facts.statutory_due = NO_TIME;
    s->d.facts.waiting_since = world_time("2026-11-23T08:00");
    struct ics_item i = item(s);
    assert_int_equal(i.state, ICS_CANCELLED);
    assert_int_equal(i.when.day, civil_from_ymd(2026, 11, 26));
    assert_text(i.summary, "Chờ người nộp 0007 · Xác nhận tình trạng hôn nhân");
    assert_true(contains(i.description, "Hẹn trả trước khi chờ người nộp: Thứ Năm, 26/11/2026 17:00\n"));
    assert_true(contains(i.description, "\nTình trạng: Yêu cầu bổ sung giấy tờ, 23/11/2026 08:00"));
    assert_int_equal(item_as(s, (struct feed_options){.kind = ICS_TODO}).state, ICS_CANCELLED);
}

/* A letter that is taken back gives the old date back; the item changes each time. */
static void what_was_taken_back_moves_the_date_back(void **state)
{
    struct story *s = *state;
    begin(s);
    happens(s, apologized("2026-11-24T08:00", "2026-11-26T17:00", "2026-12-01T17:00"));
    assert_int_equal(item(s).when.day, civil_from_ymd(2026, 12, 1));
    assert_int_equal(item(s).sequence, 1);
    struct event undo = plain(EVENT_UNDONE, "2026-11-24T09:00");
    undo.undone.seq = 2;
    undo.undone.kind = EVENT_APOLOGIZED;
    undo.undone.reason = STR("nhầm");
    happens(s, undo);
    assert_int_equal(item(s).when.day, civil_from_ymd(2026, 11, 26));
    assert_int_equal(item(s).sequence, 2);
    happens(s, plain(EVENT_RESOLVED, "2026-11-25T10:00"));
    assert_int_equal(item(s).state, ICS_CANCELLED);
    undo.undone.seq = 4;
    undo.undone.kind = EVENT_RESOLVED;
    happens(s, undo);
    assert_int_equal(item(s).state, ICS_OPEN);
    assert_int_equal(item(s).sequence, 4);
}

static void what_does_not_follow_is_broken(void **state)
{
    struct story *s = *state;
    begin(s);
    struct event e = plain(EVENT_RESOLVED, "2026-11-25T10:00");
    e.dossier = 1;
    e.seq = 9;
    e.previous = 8; /* not the event before */
    assert_false(feed_past_add(&s->past, &e));
    assert_true(s->past.broken);
    e.previous = 1;
    assert_false(feed_past_add(&s->past, &e)); /* and stays so */
    struct feed_options options = {.kind = ICS_EVENT};
    struct ics_item i;
    feed_init(&s->feed, s->world.office, &options);
    assert_false(feed_item(&s->feed, &s->d, NULL, &s->past, &i));
    struct feed_past nothing;
    feed_past_init(&nothing);
    assert_false(feed_item(&s->feed, &s->d, NULL, &nothing, &i));
}

/* ---- whose it is ---- */

static void nobody_is_named(void **state)
{
    struct story *s = *state;
    static const char *const personal[] = {"Hương",     "064190001234", "0912345678", "example.vn",
                                           "Thôn Klăh", "Trần Văn Ba",  "gọi chị",    "xác minh"};
    begin(s);
    happens(s, apologized("2026-11-24T08:00", "2026-11-26T17:00", "2026-12-01T17:00"));
    for (int lang = 0; lang < 2; lang++) {
        struct ics_item i = item_as(s, (struct feed_options){.lang = (enum lang)lang});
        for (size_t p = 0; p < sizeof personal / sizeof *personal; p++) {
            assert_false(contains(i.summary, personal[p]));
            assert_false(contains(i.description, personal[p]));
            assert_false(contains(i.location, personal[p]));
            assert_false(contains(i.uid, personal[p]));
        }
    }
}

static void names_come_alone_where_asked_for(void **state)
{
    struct story *s = *state;
    static const char *const never[] = {"064190001234", "0912345678",  "example.vn",
                                        "Thôn Klăh",    "Trần Văn Ba", "gọi chị"};
    begin(s);
    happens(s, apologized("2026-11-24T08:00", "2026-11-26T17:00", "2026-12-01T17:00"));
    struct ics_item i = item_as(s, (struct feed_options){.with_names = true});
    assert_text(i.summary, "Hẹn lại 0007 · Nguyễn Thị Hương · Xác nhận tình trạng hôn nhân");
    assert_true(contains(i.description, "\nChủ hồ sơ: Nguyễn Thị Hương\n"));
    assert_true(contains(i.description, "\nLý do: chờ xác minh ở nơi cư trú cũ của chị Hương\n"));
    for (size_t p = 0; p < sizeof never / sizeof *never; p++)
        assert_false(contains(i.description, never[p]));
}

/* ---- titles, codes, unknown things ---- */

static void titles_are_short_and_end_on_a_letter(void **state)
{
    struct story *s = *state;
    char name[919 * 3 + 1] = "";
    for (int i = 0; i < 919; i++)
        strcat(name, "ệ");
    s->procedure.name = str_of(name);
    begin(s);
    struct ics_item i = item(s);
    assert_true(text_is_utf8(i.summary));
    assert_int_equal(text_columns(i.summary), 80);
    assert_true(contains(i.summary, "…"));
    assert_true(contains(i.description, name)); /* whole there */
}

static void titles_begin_with_what_matters(void **state)
{
    static const struct {
        const char *name, *summary;
    } cases[] = {
        {"Thủ tục đăng ký khai sinh", "Hẹn trả 0007 · Đăng ký khai sinh"},
        {"Thủ tục 1 ngày", "Hẹn trả 0007 · 1 ngày"},
        {"Thủ tục", "Hẹn trả 0007 · Thủ tục"},
        {"Thủ tục ", "Hẹn trả 0007 · Thủ tục "},
        {"Thủ tụcx y", "Hẹn trả 0007 · Thủ tụcx y"},
    };
    struct story *s = *state;
    begin(s);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        s->procedure.name = str_of(cases[c].name);
        struct ics_item i = item(s);
        assert_text(i.summary, cases[c].summary);
        assert_true(contains(i.description, cases[c].name)); /* whole there */
    }
}

static void codes_of_other_shapes(void **state)
{
    static const struct {
        const char *code, *uid, *shown;
    } cases[] = {
        {"03706/2026/07906", "03706/2026/07906@H42.26.21", "Hẹn trả 03706/2026/07906 · "},
        {"000.A0.01.H26-210212-9090", "000.A0.01.H26-210212-9090@H42.26.21", "Hẹn trả 9090 · "},
        {"G09.20-20260609-0092637", "G09.20-20260609-0092637@H42.26.21", "Hẹn trả 0092637 · "},
        {"HS-12", "HS-12@H42.26.21", "Hẹn trả HS-12 · "}, /* 12 alone finds nothing */
        {"a b@c%é", "a%20b%40c%25%C3%A9@H42.26.21", "Hẹn trả a b@c%é · "},
    };
    struct story *s = *state;
    begin(s);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        s->d.code = str_of(cases[c].code);
        struct ics_item i = item(s);
        assert_text(i.uid, cases[c].uid);
        assert_true(contains(i.summary, cases[c].shown));
    }
}

static void what_is_unknown_is_shown_by_its_code(void **state)
{
    struct story *s = *state;
    begin(s);
    s->d.officer = STR("somebody");
    s->d.unit = STR_NONE;
    struct feed_options options = {.kind = ICS_EVENT};
    struct ics_item i;
    feed_init(&s->feed, s->world.office, &options);
    assert_true(feed_item(&s->feed, &s->d, NULL, &s->past, &i));
    assert_text(i.summary, "Hẹn trả 0007 · 1.001");
    assert_true(contains(i.description, "\nThủ tục: 1.001\n"));
    assert_true(contains(i.description, "\nNgười xử lý: somebody\n"));
    s->d.officer = STR_NONE;
    assert_true(feed_item(&s->feed, &s->d, NULL, &s->past, &i));
    assert_false(contains(i.description, "Người xử lý"));
}

static void a_provisional_date_says_so(void **state)
{
    struct story *s = *state;
    struct event e = received("2026-12-30T09:30", "2027-01-05T17:00", "3 working_days");
    e.received.appointment.provisional = true;
    happens(s, e);
    assert_true(contains(item(s).description, "\nTạm tính: "));
}

static void found_again(struct story *s, bool demo)
{
    struct event e = {.kind = EVENT_FOUNDED, .seq = 1};
    e.founded = (struct office_identity){
        .name = STR("UBND xã Mẫu"), .agency = STR("H42.99.99"), .utc_offset = OFFSET, .demo = demo};
    assert_true(office_apply(s->world.office, &e));
}

static void a_demo_says_so_everywhere(void **state)
{
    struct story *s = *state;
    begin(s);
    struct buf name = BUF_INIT;
    feed_calendar_name(&name, s->world.office, LANG_VI);
    assert_string_equal(name.p, "Hẹn trả hồ sơ – UBND xã Thử");
    assert_false(contains(item(s).description, "hư cấu"));
    found_again(s, true);
    buf_reset(&name);
    feed_calendar_name(&name, s->world.office, LANG_VI);
    assert_string_equal(name.p, "Hẹn trả hồ sơ (dùng thử) – UBND xã Mẫu");
    buf_reset(&name);
    feed_calendar_name(&name, s->world.office, LANG_EN);
    assert_string_equal(name.p, "Dossiers due (demo) – UBND xã Mẫu");
    assert_true(contains(item(s).description, "hư cấu"));
    buf_release(&name);
}

/* ---- as a stream ---- */

static bool into_buf(void *arg, const char *bytes, size_t n)
{
    buf_add(arg, bytes, n);
    return true;
}

static void every_item_makes_a_stream_that_holds(void **state)
{
    struct story *s = *state;
    int64_t alarms[] = {86400, 0};
    begin(s);
    for (int step = 0; step < 4; step++) {
        if (step == 1)
            happens(s, apologized("2026-11-24T08:00", "2026-11-26T17:00", "2026-12-01T17:00"));
        if (step == 2)
            happens(s, plain(EVENT_RESOLVED, "2026-11-25T10:00"));
        if (step == 3)
            happens(s, plain(EVENT_RETURNED, "2026-11-26T08:00"));
        for (int kind = 0; kind < 2; kind++) {
            struct feed_options options = {
                .kind = (enum ics_kind)kind, .with_names = step & 1, .alarms = alarms, .alarm_count = 2};
            struct buf out = BUF_INIT;
            struct ics_calendar calendar = {.name = STR("Lịch"), .refresh_minutes = 60};
            struct ics_writer w;
            struct ics_item i = item_as(s, options);
            ics_begin(&w, options.kind, into_buf, &out, &calendar);
            ics_put(&w, &i);
            assert_int_equal(ics_end(&w), ICS_WRITTEN);
            struct ics_stream stream;
            ics_stream_read(&stream, buf_str(&out));
            assert_string_equal(stream.fault, "");
            assert_int_equal(ics_stream_component(&stream, "VALARM", 1) >= 0, step < 2);
            ics_stream_release(&stream);
            buf_release(&out);
        }
    }
}

#define STORY(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(an_open_dossier_in_vietnamese),
        STORY(an_open_dossier_in_english),
        STORY(limits_in_hours_are_timed),
        STORY(all_are_timed_where_asked_for),
        STORY(alarms_pass_through),
        STORY(a_transfer_is_a_change_but_moves_nothing),
        STORY(an_apology_moves_the_date_once),
        STORY(a_result_calls_it_off),
        STORY(a_refusal_calls_it_off_too),
        STORY(a_letter_after_the_result_promises_nothing),
        STORY(waiting_calls_it_off_where_it_stood),
        STORY(what_was_taken_back_moves_the_date_back),
        STORY(what_does_not_follow_is_broken),
        STORY(nobody_is_named),
        STORY(names_come_alone_where_asked_for),
        STORY(titles_are_short_and_end_on_a_letter),
        STORY(titles_begin_with_what_matters),
        STORY(codes_of_other_shapes),
        STORY(what_is_unknown_is_shown_by_its_code),
        STORY(a_provisional_date_says_so),
        STORY(a_demo_says_so_everywhere),
        STORY(every_item_makes_a_stream_that_holds),
    };
    int failed = cmocka_run_group_tests_name("icalendar feed", tests, NULL, NULL);
    ics_library_release();
    return failed;
}
