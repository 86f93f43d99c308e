/* Calendars as bytes: what is written is what RFC 5545 asks for, whatever goes in. */
#include "core/text.h"
#include "icalendar/duration.h"
#include "icalendar/fold.h"
#include "icalendar/writer.h"
#include "tests/ics_reader.h"
#include "tests/random.h"

#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define SEED 20261123

/* 2026-11-20 in days, and 2026-11-20T02:30:45Z. */
#define DAY 20777
#define SECOND 1795141845

/* ---- helpers ---- */

static bool into_buf(void *arg, const char *bytes, size_t n)
{
    buf_add(arg, bytes, n);
    return true;
}

static struct ics_item plain_item(void)
{
    return (struct ics_item){
        .uid = STR("0001@H42.26.21"),
        .when = {.type = ICS_DAY, .day = DAY},
        .stamp = SECOND,
        .created = NO_TIME,
        .completed = NO_TIME,
    };
}

/* The stream of these items; released by the caller. */
static struct buf written(enum ics_kind kind, const struct ics_item *items, size_t n)
{
    struct buf out = BUF_INIT;
    struct ics_calendar calendar = {.name = STR("Lịch"), .lang = LANG_VI};
    struct ics_writer w;
    ics_begin(&w, kind, into_buf, &out, &calendar);
    for (size_t i = 0; i < n; i++)
        ics_put(&w, &items[i]);
    assert_int_equal(ics_end(&w), ICS_WRITTEN);
    assert_int_equal(w.items, n);
    return out;
}

/* Reads it back; anything the RFC forbids fails the test. */
static struct ics_stream read_back(const struct buf *out)
{
    struct ics_stream s;
    ics_stream_read(&s, buf_str(out));
    if (s.fault[0])
        fail_msg("%s", s.fault);
    return s;
}

static const char *value(const struct ics_stream *s, int component, const char *name)
{
    const struct ics_property *p = ics_stream_property(s, component, name, 0);
    if (!p)
        fail_msg("no %s", name);
    return p->value;
}

/* ---- whole streams ---- */

static void an_event_byte_by_byte(void **state)
{
    (void)state;
    int64_t alarms[] = {86400, 7200};
    struct str categories[] = {STR("Hộ tịch"), STR("Văn hóa, Thể thao; Du lịch")};
    struct ics_item item = plain_item();
    item.summary = STR("Hẹn trả 0001 · Khai sinh, khai tử; nhận con");
    item.description = STR("Dòng một\nDòng \\ hai");
    item.location = STR("UBND xã Tơ Tung");
    item.categories = categories;
    item.category_count = 2;
    item.sequence = 3;
    item.created = SECOND - 3600;
    item.alarms = alarms;
    item.alarm_count = 2;
    struct buf out = written(ICS_EVENT, &item, 1);
    assert_string_equal(out.p, "BEGIN:VCALENDAR\r\n"
                               "PRODID:-//motcua//motcua " MOTCUA_VERSION "//VI\r\n"
                               "VERSION:2.0\r\n"
                               "CALSCALE:GREGORIAN\r\n"
                               "NAME:Lịch\r\n"
                               "X-WR-CALNAME:Lịch\r\n"
                               "BEGIN:VEVENT\r\n"
                               "UID:0001@H42.26.21\r\n"
                               "DTSTAMP:20261120T023045Z\r\n"
                               "DTSTART;VALUE=DATE:20261120\r\n"
                               "DTEND;VALUE=DATE:20261121\r\n"
                               "TRANSP:TRANSPARENT\r\n"
                               "SUMMARY:Hẹn trả 0001 · Khai sinh\\, khai tử\\; nhận con\r\n"
                               "DESCRIPTION:Dòng một\\nDòng \\\\ hai\r\n"
                               "LOCATION:UBND xã Tơ Tung\r\n"
                               "CATEGORIES:Hộ tịch\r\n"
                               "CATEGORIES:Văn hóa Thể thao Du lịch\r\n"
                               "STATUS:CONFIRMED\r\n"
                               "SEQUENCE:3\r\n"
                               "CREATED:20261120T013045Z\r\n"
                               "LAST-MODIFIED:20261120T023045Z\r\n"
                               "BEGIN:VALARM\r\n"
                               "ACTION:DISPLAY\r\n"
                               "TRIGGER:-P1D\r\n"
                               "DESCRIPTION:Hẹn trả 0001 · Khai sinh\\, khai tử\\; nhận con\r\n"
                               "END:VALARM\r\n"
                               "BEGIN:VALARM\r\n"
                               "ACTION:DISPLAY\r\n"
                               "TRIGGER:-PT2H\r\n"
                               "DESCRIPTION:Hẹn trả 0001 · Khai sinh\\, khai tử\\; nhận con\r\n"
                               "END:VALARM\r\n"
                               "END:VEVENT\r\n"
                               "END:VCALENDAR\r\n");
    struct ics_stream s = read_back(&out);
    ics_stream_release(&s);
    buf_release(&out);
}

static void a_todo_byte_by_byte(void **state)
{
    (void)state;
    int64_t alarms[] = {0};
    struct ics_item item = plain_item();
    item.when = (struct ics_when){.type = ICS_MOMENT, .seconds = SECOND};
    item.summary = STR("Việc");
    item.alarms = alarms;
    item.alarm_count = 1;
    item.blocks = true; /* means nothing for a to-do */
    struct buf out = written(ICS_TODO, &item, 1);
    const char *todo = strstr(out.p, "BEGIN:VTODO");
    assert_non_null(todo);
    assert_string_equal(todo, "BEGIN:VTODO\r\n"
                              "UID:0001@H42.26.21\r\n"
                              "DTSTAMP:20261120T023045Z\r\n"
                              "DUE:20261120T023045Z\r\n"
                              "SUMMARY:Việc\r\n"
                              "STATUS:NEEDS-ACTION\r\n"
                              "SEQUENCE:0\r\n"
                              "LAST-MODIFIED:20261120T023045Z\r\n"
                              "BEGIN:VALARM\r\n"
                              "ACTION:DISPLAY\r\n"
                              "TRIGGER;RELATED=END:PT0S\r\n"
                              "DESCRIPTION:Việc\r\n"
                              "END:VALARM\r\n"
                              "END:VTODO\r\n"
                              "END:VCALENDAR\r\n");
    struct ics_stream s = read_back(&out);
    ics_stream_release(&s);
    buf_release(&out);
}

static void states_are_said_in_the_words_of_each_kind(void **state)
{
    (void)state;
    static const struct {
        enum ics_kind kind;
        enum ics_state state;
        const char *status;
    } cases[] = {
        {ICS_EVENT, ICS_OPEN, "CONFIRMED"},      {ICS_EVENT, ICS_DONE, "CONFIRMED"},
        {ICS_EVENT, ICS_CANCELLED, "CANCELLED"}, {ICS_TODO, ICS_OPEN, "NEEDS-ACTION"},
        {ICS_TODO, ICS_DONE, "COMPLETED"},       {ICS_TODO, ICS_CANCELLED, "CANCELLED"},
    };
    int64_t alarm = 60;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ics_item item = plain_item();
        item.state = cases[i].state;
        item.completed = SECOND;
        item.alarms = &alarm;
        item.alarm_count = 1;
        struct buf out = written(cases[i].kind, &item, 1);
        struct ics_stream s = read_back(&out);
        assert_string_equal(value(&s, 1, "STATUS"), cases[i].status);
        /* What is over does not ring. */
        assert_int_equal(ics_stream_component(&s, "VALARM", 0) >= 0, cases[i].state == ICS_OPEN);
        bool completed = strcmp(cases[i].status, "COMPLETED") == 0;
        assert_int_equal(strstr(out.p, "\r\nCOMPLETED:20261120T023045Z\r\n") != NULL, completed);
        assert_int_equal(strstr(out.p, "\r\nPERCENT-COMPLETE:100\r\n") != NULL, completed);
        ics_stream_release(&s);
        buf_release(&out);
    }
}

static void a_todo_may_have_no_date_and_then_no_alarm(void **state)
{
    (void)state;
    int64_t alarm = 60;
    struct ics_item item = plain_item();
    item.when = (struct ics_when){.type = ICS_NEVER};
    item.alarms = &alarm;
    item.alarm_count = 1;
    struct buf out = written(ICS_TODO, &item, 1);
    struct ics_stream s = read_back(&out);
    assert_int_equal(s.components, 2);
    assert_null(ics_stream_property(&s, 1, "DUE", 0));
    ics_stream_release(&s);
    buf_release(&out);
}

static void the_calendar_says_its_name_language_and_pace(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    struct ics_calendar calendar = {.name = STR("Due, at Tơ Tung"), .lang = LANG_EN, .refresh_minutes = 90};
    struct ics_writer w;
    ics_begin(&w, ICS_EVENT, into_buf, &out, &calendar);
    assert_int_equal(ics_end(&w), ICS_WRITTEN);
    assert_string_equal(out.p, "BEGIN:VCALENDAR\r\n"
                               "PRODID:-//motcua//motcua " MOTCUA_VERSION "//EN\r\n"
                               "VERSION:2.0\r\n"
                               "CALSCALE:GREGORIAN\r\n"
                               "NAME:Due\\, at Tơ Tung\r\n"
                               "X-WR-CALNAME:Due, at Tơ Tung\r\n"
                               "REFRESH-INTERVAL;VALUE=DURATION:PT1H30M\r\n"
                               "X-PUBLISHED-TTL:PT1H30M\r\n"
                               "BEGIN:VTIMEZONE\r\n"
                               "TZID:Asia/Ho_Chi_Minh\r\n"
                               "BEGIN:STANDARD\r\n"
                               "DTSTART:19750613T000000\r\n"
                               "TZOFFSETFROM:+0800\r\n"
                               "TZOFFSETTO:+0700\r\n"
                               "END:STANDARD\r\n"
                               "END:VTIMEZONE\r\n"
                               "END:VCALENDAR\r\n");
    buf_release(&out);
}

static void dates_at_the_edges(void **state)
{
    (void)state;
    static const struct {
        int64_t second;
        const char *text;
    } cases[] = {{0, "19700101T000000Z"},
                 {-1, "19691231T235959Z"},
                 {951782400, "20000229T000000Z"},
                 {4102444799, "20991231T235959Z"},
                 {-86400, "19691231T000000Z"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct ics_item item = plain_item();
        item.when = (struct ics_when){.type = ICS_MOMENT, .seconds = cases[i].second};
        struct buf out = written(ICS_EVENT, &item, 1);
        struct ics_stream s = read_back(&out);
        assert_string_equal(value(&s, 1, "DTSTART"), cases[i].text);
        ics_stream_release(&s);
        buf_release(&out);
    }
    struct ics_item item = plain_item();
    item.when.day = civil_from_ymd(2026, 12, 31);
    struct buf out = written(ICS_EVENT, &item, 1);
    assert_non_null(strstr(out.p, "\r\nDTEND;VALUE=DATE:20270101\r\n"));
    buf_release(&out);
}

/* ---- texts ---- */

/* What a reader gets back for a text: the same, with what may not stand in it replaced. */
static void expect_text(struct str in)
{
    struct buf safe = BUF_INIT;
    text_safe(&safe, in, true);
    struct ics_item item = plain_item();
    item.summary = in;
    item.description = in;
    item.location = in;
    struct buf out = written(ICS_EVENT, &item, 1);
    struct ics_stream s = read_back(&out);
    static const char *const names[] = {"SUMMARY", "DESCRIPTION", "LOCATION"};
    for (int i = 0; i < 3 && safe.n; i++) {
        const char *v = value(&s, 1, names[i]);
        char *plain = malloc(strlen(v) + 1);
        assert_string_equal(ics_unescape(plain, v), safe.p);
        free(plain);
    }
    ics_stream_release(&s);
    buf_release(&out);
    buf_release(&safe);
}

static void hostile_texts_come_out_harmless(void **state)
{
    (void)state;
    static const struct str texts[] = {
        STR(""),
        STR(" "),
        STR("\n"),
        STR("a\r\nATTENDEE:mailto:evil@example.org"),
        STR("a\nEND:VEVENT\nBEGIN:VEVENT"),
        STR("\0a\0b"),
        STR("\x01\x02\t\x1b[31m\x7f"),
        STR("\xff\xfe\xc0\xaf\xed\xa0\x80\xf5"),
        STR("Nguy\xe1\xbb"), /* cut inside a letter */
        STR("\xc2\x85\xe2\x80\xa8\xe2\x80\xae\xef\xbb\xbf"),
        STR("\\n\\,\\;\\\\"),
        STR(",;,;:\"'"),
        STR("e\xcc\x82\xcc\x81"), /* decomposed */
        STR("😀🏠"),
        STR("{1} %s %n"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_text(texts[i]);
}

static void random_bytes_never_break_the_stream(void **state)
{
    (void)state;
    struct random r = {SEED};
    char bytes[400];
    for (int round = 0; round < 3000; round++) {
        size_t n = (size_t)random_in(&r, 0, sizeof bytes);
        int mode = (int)random_in(&r, 0, 2);
        for (size_t i = 0; i < n; i++)
            bytes[i] = mode == 0   ? (char)random_in(&r, 0, 255)
                       : mode == 1 ? "\r\n ,;\\:\"\t"[random_in(&r, 0, 8)]
                                   : (char)random_in(&r, 'a', 'z');
        expect_text((struct str){bytes, n});
    }
}

static void a_long_text_is_whole(void **state)
{
    (void)state;
    size_t n = 1 << 20;
    char *text = malloc(n);
    for (size_t i = 0; i < n; i++)
        text[i] = "Hẹn"[i % 5];
    expect_text((struct str){text, n});
    free(text);
}

static void a_category_stays_one(void **state)
{
    (void)state;
    struct str categories[] = {STR(""), STR(",;"), STR("Phòng, chống\ntệ nạn; xã hội")};
    struct ics_item item = plain_item();
    item.categories = categories;
    item.category_count = 3;
    struct buf out = written(ICS_EVENT, &item, 1);
    struct ics_stream s = read_back(&out);
    assert_string_equal(value(&s, 1, "CATEGORIES"), "Phòng chống tệ nạn xã hội");
    assert_null(ics_stream_property(&s, 1, "CATEGORIES", 1));
    ics_stream_release(&s);
    buf_release(&out);
}

/* ---- folding ---- */

/* One line of a name and a value of n characters, as a reader puts it together again. */
static void expect_fold(const char *character, int n, size_t lead)
{
    struct buf line = BUF_INIT, out = BUF_INIT;
    buf_add_z(&line, "X-A:");
    for (size_t i = 0; i < lead; i++)
        buf_add_char(&line, 'x');
    for (int i = 0; i < n; i++)
        buf_add_z(&line, character);
    buf_add_z(&line, "\r\n");
    ics_fold(&out, buf_str(&line));
    struct buf again = BUF_INIT;
    size_t start = 0;
    for (size_t i = 0; i + 1 < out.n; i++) {
        if (out.p[i] != '\r')
            continue;
        assert_int_equal(out.p[i + 1], '\n');
        assert_true(i - start <= 75);
        struct str octets = {out.p + start, i - start};
        assert_true(text_is_utf8(octets));
        buf_add_str(&again, start ? str_from(octets, 1) : octets);
        assert_true(start == 0 || out.p[start] == ' ');
        start = i + 2;
    }
    assert_int_equal(start, out.n);
    buf_add_z(&again, "\r\n");
    assert_string_equal(again.p, line.p);
    /* No more lines than needed: each but the last is nearly full. */
    assert_true(out.n <= line.n + (line.n / 70 + 1) * 3);
    buf_release(&again);
    buf_release(&line);
    buf_release(&out);
}

static void folds_fall_between_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "đ", "ệ", "😀", " ", ":"};
    for (size_t c = 0; c < sizeof characters / sizeof *characters; c++)
        for (int n = 0; n < 250; n++)
            for (size_t lead = 0; lead < 4; lead++)
                expect_fold(characters[c], n, lead);
}

static void lines_folded_elsewhere_are_folded_anew(void **state)
{
    (void)state;
    struct buf out = BUF_INIT;
    /* The last line is as libical 3.0 leaves one whose end falls on its limit: folded between CR and LF. */
    ics_fold(&out, STR("A:one \r\n two\r\nB:\r\n  x\r\nC:end\r\r\n \n"));
    assert_string_equal(out.p, "A:one two\r\nB: x\r\nC:end\r\n");
    buf_release(&out);
    ics_fold(&out, STR(""));
    assert_int_equal(out.n, 0);
    ics_fold(&out, STR("\r\n"));
    assert_string_equal(out.p, "\r\n");
    buf_release(&out);
}

/* Where libical's own fold would part CR from LF. */
static void no_length_of_text_breaks_a_line(void **state)
{
    (void)state;
    char text[700];
    memset(text, 'x', sizeof text);
    for (size_t n = 1; n < sizeof text; n++) {
        struct ics_item item = plain_item();
        item.uid = (struct str){text, n};
        item.summary = (struct str){text, n};
        struct buf out = written(ICS_EVENT, &item, 1);
        struct ics_stream s = read_back(&out);
        assert_int_equal(strlen(value(&s, 1, "UID")), n);
        assert_int_equal(strlen(value(&s, 1, "SUMMARY")), n);
        ics_stream_release(&s);
        buf_release(&out);
    }
}

/* ---- what goes wrong ---- */

static void expect_refused(enum ics_kind kind, struct ics_item item)
{
    struct buf out = BUF_INIT;
    struct ics_calendar calendar = {.name = STR("x")};
    struct ics_writer w;
    ics_begin(&w, kind, into_buf, &out, &calendar);
    size_t before = out.n;
    ics_put(&w, &item);
    struct ics_item good = plain_item();
    ics_put(&w, &good);
    assert_int_equal(ics_end(&w), ICS_BAD_ITEM);
    assert_int_equal(w.items, 0);
    assert_int_equal(out.n, before); /* nothing more, not even the end */
    buf_release(&out);
}

static void an_item_without_what_is_required_is_refused(void **state)
{
    (void)state;
    struct ics_item item = plain_item();
    item.uid = STR_NONE;
    expect_refused(ICS_EVENT, item);
    item = plain_item();
    item.stamp = NO_TIME;
    expect_refused(ICS_EVENT, item);
    item = plain_item();
    item.when.type = ICS_NEVER;
    expect_refused(ICS_EVENT, item);
    item = plain_item();
    item.when.day = NO_DAY;
    expect_refused(ICS_EVENT, item);
    expect_refused(ICS_TODO, item);
    item.when.day = INT32_MAX;
    expect_refused(ICS_EVENT, item);
    item.when = (struct ics_when){.type = ICS_MOMENT, .seconds = NO_TIME};
    expect_refused(ICS_EVENT, item);
    item.when.seconds = INT64_MAX;
    expect_refused(ICS_TODO, item);
    item = plain_item();
    item.created = INT64_MAX;
    expect_refused(ICS_EVENT, item);
    item = plain_item();
    item.completed = NO_TIME + 1;
    expect_refused(ICS_TODO, item);
    int64_t alarm = ICS_DURATION_MAX + 1;
    item = plain_item();
    item.alarms = &alarm;
    item.alarm_count = 1;
    expect_refused(ICS_EVENT, item);
}

struct full {
    size_t room, calls;
};

static bool into_full(void *arg, const char *bytes, size_t n)
{
    (void)bytes;
    struct full *f = arg;
    f->calls++;
    if (n > f->room)
        return false;
    f->room -= n;
    return true;
}

static void a_sink_that_is_full_stops_the_writer(void **state)
{
    (void)state;
    struct ics_calendar calendar = {.name = STR("x"), .refresh_minutes = 60};
    struct ics_item item = plain_item();
    struct full all = {.room = SIZE_MAX};
    struct ics_writer w;
    ics_begin(&w, ICS_EVENT, into_full, &all, &calendar);
    ics_put(&w, &item);
    assert_int_equal(ics_end(&w), ICS_WRITTEN);
    size_t whole = SIZE_MAX - all.room;
    for (size_t room = 0; room < whole; room++) {
        struct full f = {.room = room};
        ics_begin(&w, ICS_EVENT, into_full, &f, &calendar);
        ics_put(&w, &item);
        size_t calls = f.calls;
        ics_put(&w, &item);
        assert_int_equal(ics_end(&w), ICS_SINK_FAILED);
        assert_true(f.calls <= calls + 2); /* asked no more once it has said no */
    }
}

static void memory_stays_flat(void **state)
{
    (void)state;
    struct full all = {.room = SIZE_MAX};
    struct ics_calendar calendar = {.name = STR("x")};
    int64_t alarm = 3600;
    struct ics_item item = plain_item();
    item.summary = STR("Hẹn trả 0001 · Khai sinh");
    item.alarms = &alarm;
    item.alarm_count = 1;
    struct ics_writer w;
    ics_begin(&w, ICS_EVENT, into_full, &all, &calendar);
    for (int i = 0; i < 100; i++)
        ics_put(&w, &item);
    size_t before = mallinfo2().uordblks;
    for (int i = 0; i < 20000; i++)
        ics_put(&w, &item);
    size_t after = mallinfo2().uordblks;
    assert_int_equal(ics_end(&w), ICS_WRITTEN);
    assert_true(after <= before + 4096);
}

static void the_same_items_give_the_same_bytes(void **state)
{
    (void)state;
    struct ics_item items[] = {plain_item(), plain_item()};
    items[1].uid = STR("0002@H42.26.21");
    struct buf a = written(ICS_EVENT, items, 2), b = written(ICS_EVENT, items, 2);
    assert_string_equal(a.p, b.p);
    buf_release(&a);
    buf_release(&b);
}

/* The part of a stream between its head and its end. */
static struct str components(const struct buf *out)
{
    const char *from = strstr(out->p, "BEGIN:V");
    from = strstr(from + 1, "BEGIN:V");
    return (struct str){from, out->n - (size_t)(from - out->p) - strlen("END:VCALENDAR\r\n")};
}

/* Lines are kept from item to item; none may be found in the wrong one. */
static void an_item_owes_nothing_to_the_one_before(void **state)
{
    (void)state;
    static const struct str texts[] = {STR(""), STR("a"), STR("b"), STR("Hộ tịch")};
    struct random r = {SEED};
    enum { N = 400, STREAM = 20 };
    for (int round = 0; round < N / STREAM; round++) {
        struct ics_item items[STREAM];
        int64_t alarms[STREAM][3];
        struct str categories[STREAM][6];
        struct buf alone = BUF_INIT;
        enum ics_kind kind = round % 2 ? ICS_TODO : ICS_EVENT;
        for (int i = 0; i < STREAM; i++) {
            struct ics_item *item = &items[i];
            *item = plain_item();
            item->when.day = DAY + (civil_day)random_in(&r, 0, 1);
            if (random_in(&r, 0, 1))
                item->when = (struct ics_when){.type = ICS_MOMENT, .seconds = DAY + random_in(&r, 0, 1)};
            item->summary = texts[random_in(&r, 0, 3)];
            item->location = texts[random_in(&r, 0, 3)];
            item->state = (enum ics_state)random_in(&r, 0, 2);
            item->blocks = random_in(&r, 0, 1);
            item->sequence = (uint32_t)random_in(&r, 0, 2);
            item->stamp = SECOND + random_in(&r, 0, 1);
            item->created = random_in(&r, 0, 1) ? NO_TIME : item->stamp;
            item->completed = random_in(&r, 0, 1) ? NO_TIME : item->stamp - 60;
            item->categories = categories[i];
            item->category_count = (size_t)random_in(&r, 0, 6);
            item->alarms = alarms[i];
            item->alarm_count = (size_t)random_in(&r, 0, 3);
            for (int k = 0; k < 6; k++)
                categories[i][k] = texts[random_in(&r, 0, 3)];
            for (int k = 0; k < 3; k++)
                alarms[i][k] = random_in(&r, 0, 2) * 60;
            struct buf one = written(kind, item, 1);
            buf_add_str(&alone, components(&one));
            buf_release(&one);
        }
        struct buf together = written(kind, items, STREAM);
        assert_true(str_eq(components(&together), buf_str(&alone)));
        struct ics_stream s = read_back(&together);
        ics_stream_release(&s);
        buf_release(&together);
        buf_release(&alone);
    }
}

static void ten_thousand_items_are_all_right(void **state)
{
    (void)state;
    enum { N = 10000 };
    struct ics_item *items = calloc(N, sizeof *items);
    char(*uids)[32] = calloc(N, sizeof *uids);
    for (int i = 0; i < N; i++) {
        snprintf(uids[i], sizeof uids[i], "%05d@H42.26.21", i);
        items[i] = plain_item();
        items[i].uid = str_of(uids[i]);
        items[i].summary = STR("Cấp giấy xác nhận tình trạng hôn nhân cho công dân cư trú tại xã");
        items[i].state = (enum ics_state)(i % 3);
    }
    for (enum ics_kind kind = ICS_EVENT; kind <= ICS_TODO; kind++) {
        struct buf out = written(kind, items, N);
        struct ics_stream s = read_back(&out);
        assert_int_equal(s.components, N + 1);
        ics_stream_release(&s);
        buf_release(&out);
    }
    free(items);
    free(uids);
}

/* ---- durations ---- */

static void durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds; /* -1: refused */
    } cases[] = {
        {"PT15M", 900},
        {"-PT15M", 900},
        {"P1D", 86400},
        {"-P1D", 86400},
        {"PT2H", 7200},
        {"P1DT2H", 93600},
        {"P1DT2H3M4S", 93784},
        {"PT0S", 0},
        {"P2W", 1209600},
        {"pt1h30m", 5400},
        {"P0D", 0},
        {"PT90M", 5400},
        {"30m", 1800},
        {"2h", 7200},
        {"1d", 86400},
        {"1w", 604800},
        {"1d12h", 129600},
        {"1h30m", 5400},
        {"0m", 0},
        {"10D", 864000},
        {"45s", 45},
        {"P3660D", 316224000},
        {"1w1d", 691200},
        {"", -1},
        {"P", -1},
        {"PT", -1},
        {"P1DT", -1},
        {"-", -1},
        {"+PT15M", -1},
        {"-30m", -1},
        {"--PT1M", -1},
        {"P1H", -1},
        {"PT1D", -1},
        {"P1M", -1},
        {"P1Y", -1},
        {"P1W2D", -1},
        {"PT2M1H", -1},
        {"1h2d", -1},
        {"1m1m", -1},
        {"PT1.5H", -1},
        {"1,5h", -1},
        {"1", -1},
        {"h", -1},
        {" 1h", -1},
        {"1h ", -1},
        {"1 h", -1},
        {"P1DT1HT1M", -1},
        {"P3661D", -1},
        {"99999999999999999999d", -1},
        {"9223372036854775807s", -1},
        {"PT1H\n", -1},
        {"một ngày", -1},
        {"T1H", -1},
        {"P-1D", -1},
        {"1h-30m", -1},
        {"0x10m", -1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -7;
        bool good = ics_duration_parse(str_of(cases[i].text), &seconds);
        if (good != (cases[i].seconds >= 0) || seconds != (good ? cases[i].seconds : -7))
            fail_msg("\"%s\": %s, %lld", cases[i].text, good ? "taken" : "refused", (long long)seconds);
    }
    int64_t seconds;
    assert_false(ics_duration_parse(STR("1h\0"), &seconds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_byte_by_byte),
        cmocka_unit_test(a_todo_byte_by_byte),
        cmocka_unit_test(states_are_said_in_the_words_of_each_kind),
        cmocka_unit_test(a_todo_may_have_no_date_and_then_no_alarm),
        cmocka_unit_test(the_calendar_says_its_name_language_and_pace),
        cmocka_unit_test(dates_at_the_edges),
        cmocka_unit_test(hostile_texts_come_out_harmless),
        cmocka_unit_test(random_bytes_never_break_the_stream),
        cmocka_unit_test(a_long_text_is_whole),
        cmocka_unit_test(a_category_stays_one),
        cmocka_unit_test(folds_fall_between_characters),
        cmocka_unit_test(lines_folded_elsewhere_are_folded_anew),
        cmocka_unit_test(no_length_of_text_breaks_a_line),
        cmocka_unit_test(an_item_without_what_is_required_is_refused),
        cmocka_unit_test(a_sink_that_is_full_stops_the_writer),
        cmocka_unit_test(memory_stays_flat),
        cmocka_unit_test(the_same_items_give_the_same_bytes),
        cmocka_unit_test(an_item_owes_nothing_to_the_one_before),
        cmocka_unit_test(ten_thousand_items_are_all_right),
        cmocka_unit_test(durations),
    };
    int failed = cmocka_run_group_tests_name("icalendar", tests, NULL, NULL);
    ics_library_release();
    return failed;
}
