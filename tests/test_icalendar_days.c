/* Days from and to iCalendar files: what goes out comes in again, and no file, however broken, is taken in
 * part. */
#include "icalendar/content.h"
#include "icalendar/days_in.h"
#include "icalendar/days_out.h"
#include "icalendar/days_wire.h"
#include "icalendar/writer.h"
#include "tests/ics_reader.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define SEED 20261224

static const struct days_in_options options = {.utc_offset = 7 * 60, .upto = 21183 /* 2027-12-31 */};

static const char sample[] = "BEGIN:VCALENDAR\r\n"
                             "VERSION:2.0\r\n"
                             "PRODID:-//x//EN\r\n"
                             "BEGIN:VEVENT\r\n"
                             "UID:1\r\n"
                             "DTSTART;VALUE=DATE:20261224\r\n"
                             "DTEND;VALUE=DATE:20261226\r\n"
                             "SUMMARY:Nghỉ\\, bù\r\n"
                             "BEGIN:VALARM\r\n"
                             "TRIGGER:-PT1H\r\n"
                             "END:VALARM\r\n"
                             "END:VEVENT\r\n"
                             "BEGIN:VEVENT\r\n"
                             "UID:2\r\n"
                             "DTSTART;VALUE=DATE:20261228\r\n"
                             "SUMMARY:Làm\r\n"
                             "  bù\r\n"
                             "DESCRIPTION:Số 1\r\n"
                             "X-MOTCUA-DAY:WORKED\r\n"
                             "END:VEVENT\r\n"
                             "BEGIN:VEVENT\r\n"
                             "UID:3\r\n"
                             "DTSTART;VALUE=DATE:20261230\r\n"
                             "RRULE:FREQ=YEARLY;COUNT=2\r\n"
                             "EXDATE;VALUE=DATE:20271230,20281230\r\n"
                             "RDATE;VALUE=DATE:20270115\r\n"
                             "CATEGORIES:Khác,Tạm đóng cửa\r\n"
                             "SUMMARY:Bão\r\n"
                             "END:VEVENT\r\n"
                             "END:VCALENDAR\r\n";

static size_t times(size_t usual)
{
    return getenv("MOTCUA_QUICK") ? usual / 20 : usual;
}

/* ---- lines ---- */

static void lines_are_unfolded_and_counted(void **state)
{
    (void)state;
    struct content c = content_of(STR("\xEF\xBB\xBF"
                                      "A:1\r\n\r\nB;X=\"p:q\":2\r\n 3\r\n\t4\nC-D:\n"));
    assert_true(content_next(&c));
    assert_int_equal(c.line, 1);
    assert_true(content_is(c.name, "A") && str_eq(c.value, STR("1")));
    assert_true(content_next(&c));
    assert_int_equal(c.line, 3);
    assert_true(content_is(c.name, "B") && str_eq(c.value, STR("234")));
    assert_true(content_next(&c));
    assert_int_equal(c.line, 6);
    assert_true(content_is(c.name, "C-D") && c.value.n == 0);
    assert_false(content_next(&c));
    assert_int_equal(c.fault, CONTENT_OK);
    content_release(&c);
}

static void parameters_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *line, *name, *value;
    } lines[] = {
        {"A;VALUE=DATE:1\n", "value", "DATE"},
        {"A;x=1;value=date:1\n", "VALUE", "date"},
        {"A;X=\"a;VALUE=no:\";VALUE=\"y\":1\n", "VALUE", "y"},
        {"A:VALUE=1\n", "VALUE", ""},
        {"A;VALUE:1\n", "VALUE", ""},
        {"A;VALUE=:\n", "VALUE", ""},
        {"A;XVALUE=1;VALUES=2:\n", "VALUE", ""},
        {"A;;VALUE=\"\":1\n", "VALUE", ""},
        {"A;VALUE=\":1\n\":\n", "VALUE", ""},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct content c = content_of(str_of(lines[i].line));
        if (content_next(&c) && !str_eq(content_parameter(&c, lines[i].name), str_of(lines[i].value)))
            fail_msg("%zu", i);
        content_release(&c);
    }
}

static void names_are_alike_whatever_their_case(void **state)
{
    (void)state;
    assert_true(content_is(STR("dtStart"), "DTSTART"));
    assert_false(content_is(STR("DTSTAR"), "DTSTART"));
    assert_false(content_is(STR("DTSTARTS"), "DTSTART"));
    assert_true(content_same(STR(""), STR("")));
    assert_false(content_same(STR("a\r"), STR("a-")));
}

/* ---- days ---- */

struct expected {
    const char *date, *name, *document;
    enum day_kind kind;
    size_t line;
};

static void expect(const struct days_in *in, const struct expected *expected, size_t n)
{
    assert_int_equal(in->fault.what, T_nothing);
    assert_int_equal(in->count, n);
    for (size_t i = 0; i < n; i++) {
        const struct days_entry *e = &in->entry[i];
        char date[CIVIL_TEXT];
        assert_int_equal(e->skip, DAYS_TAKEN);
        assert_string_equal(civil_iso_date(date, e->day.day), expected[i].date);
        assert_int_equal(e->day.kind, expected[i].kind);
        assert_true(str_eq(e->day.name, str_of(expected[i].name)));
        assert_true(str_eq(e->day.document, str_of(expected[i].document)));
        assert_int_equal(e->line, expected[i].line);
    }
}

static const struct expected of_sample[] = {
    {"2026-12-24", "Nghỉ, bù", NULL, DAY_OFF, 4},     {"2026-12-25", "Nghỉ, bù", NULL, DAY_OFF, 4},
    {"2026-12-28", "Làm bù", "Số 1", DAY_WORKED, 13}, {"2026-12-30", "Bão", NULL, DAY_CLOSED, 21},
    {"2027-01-15", "Bão", NULL, DAY_CLOSED, 21},
};

static void a_file_day_by_day(void **state)
{
    (void)state;
    struct days_in in;
    assert_true(days_in_read(&in, str_of(sample), &options));
    expect(&in, of_sample, sizeof of_sample / sizeof *of_sample);
    days_in_release(&in);
}

/* Cut anywhere it has no end, and says so; nothing of it is taken. */
static void a_file_cut_short_is_refused(void **state)
{
    (void)state;
    for (size_t n = 0; n + 2 < sizeof sample - 1; n++) {
        struct days_in in;
        char *cut = malloc(n + 1); /* of its own size, so that a read beyond it is caught */
        assert_non_null(cut);
        memcpy(cut, sample, n);
        if (days_in_read(&in, (struct str){cut, n}, &options) || in.fault.what == T_nothing ||
            in.fault.line < 1 || in.fault.line > 30)
            fail_msg("cut at %zu", n);
        days_in_release(&in);
        free(cut);
    }
}

static void a_fold_may_fall_anywhere(void **state)
{
    (void)state;
    for (size_t at = 1; at + 2 < sizeof sample - 1; at++) {
        struct buf folded = BUF_INIT;
        struct days_in in;
        if (strchr("\r\n", sample[at]) || strchr("\r\n", sample[at - 1]))
            continue;
        buf_add(&folded, sample, at);
        buf_add_z(&folded, "\r\n\t");
        buf_add_z(&folded, sample + at);
        assert_true(days_in_read(&in, buf_str(&folded), &options));
        assert_int_equal(in.count, sizeof of_sample / sizeof *of_sample);
        for (size_t i = 0; i < in.count; i++)
            assert_true(str_eq(in.entry[i].day.name, str_of(of_sample[i].name)));
        days_in_release(&in);
        buf_release(&folded);
    }
}

static void damage(struct random *r, struct buf *text)
{
    static const char odd[] = ":;,\"\\\r\n \t=0BEGIN\xff\0";
    size_t at = (size_t)random_in(r, 0, (int64_t)text->n - 1), n;
    switch (random_in(r, 0, 3)) {
    case 0: text->p[at] = (char)random_next(r); break;
    case 1:
        n = (size_t)random_in(r, 1, 40);
        n = n < text->n - at ? n : text->n - at;
        memmove(text->p + at, text->p + at + n, text->n - at - n);
        text->n -= n < text->n ? n : 0;
        break;
    case 2: text->p[at] = odd[random_in(r, 0, (int64_t)sizeof odd - 1)]; break;
    default:
        n = (size_t)random_in(r, 1, 300);
        for (size_t i = 0; i < n && at + i < text->n && text->n < 20000; i++)
            buf_add_char(text, text->p[at + i]);
        break;
    }
}

static void damaged_files_are_taken_whole_or_refused(void **state)
{
    (void)state;
    struct random r = {SEED};
    size_t taken = 0, refused = 0;
    for (size_t run = 0; run < times(20000); run++) {
        struct buf text = BUF_INIT;
        struct days_in in;
        buf_add(&text, sample, sizeof sample - 1);
        for (int64_t n = random_in(&r, 1, 5); n > 0; n--)
            damage(&r, &text);
        bool read = days_in_read(&in, buf_str(&text), &options);
        assert_false(in.no_memory);
        assert_int_equal(read, in.fault.what == T_nothing);
        for (size_t i = 0; read && i < in.count; i++) {
            const struct days_entry *e = &in.entry[i];
            struct civil date = civil_to_ymd(e->day.day == NO_DAY ? 0 : e->day.day);
            if (e->skip != DAYS_TAKEN)
                continue;
            assert_true(date.year >= CIVIL_FIRST_YEAR && date.year <= CIVIL_LAST_YEAR);
            assert_true(e->day.name.n > 0 && e->day.kind >= DAY_OFF && e->day.kind <= DAY_CLOSED);
        }
        taken += read;
        refused += !read;
        days_in_release(&in);
        buf_release(&text);
    }
    assert_true(taken > 0 && refused > 0);
}

/* ---- out and in ---- */

static bool into_buf(void *arg, const char *bytes, size_t n)
{
    buf_add(arg, bytes, n);
    return true;
}

/* A text such as may be stored: no controls, not blank at its ends, letters of one and more bytes and all
 * that iCalendar escapes. */
static struct str random_text(struct random *r, struct buf *out)
{
    static const char *const pieces[] = {
        "a", "Z",   ",", ";",  ":",   "\\", "\"",           "ệ", "Đ",    " ",  "=", "n",
        "N", "\\n", "😀", "^'", "%0A", "x-", "BEGIN:VEVENT", "'", "\\\\", "\\;"};
    buf_reset(out);
    buf_add_char(out, 'a');
    for (int64_t n = random_in(r, 0, 120); n > 0; n--)
        buf_add_z(out, pieces[random_in(r, 0, (int64_t)(sizeof pieces / sizeof *pieces) - 1)]);
    buf_add_char(out, 'z');
    return buf_str(out);
}

static void what_goes_out_comes_in_again(void **state)
{
    (void)state;
    enum { DAYS = 200 };
    struct random r = {SEED};
    struct buf file = BUF_INIT, name[DAYS], document[DAYS];
    struct office_day day[DAYS];
    struct days_out out = {.uid = BUF_INIT};
    struct ics_writer w;
    const struct office_identity office = {.agency = STR("H42.26.21")};
    const struct ics_calendar calendar = {.name = STR("Lịch"), .lang = LANG_VI};
    ics_begin(&w, ICS_EVENT, into_buf, &file, &calendar);
    for (int i = 0; i < DAYS; i++) {
        struct ics_item item;
        name[i] = document[i] = BUF_INIT;
        day[i] = (struct office_day){
            .day = (civil_day)(random_in(&r, 0, 200) + i * 201) + civil_from_ymd(CIVIL_FIRST_YEAR, 1, 1),
            .kind = (enum day_kind)random_in(&r, DAY_OFF, DAY_CLOSED),
            .name = random_text(&r, &name[i]),
            .document = i % 3 ? random_text(&r, &document[i]) : STR_NONE,
        };
        assert_true(days_item(&out, &office, i % 2 ? LANG_VI : LANG_EN, &day[i], 1795141845, &item));
        ics_put(&w, &item);
    }
    assert_int_equal(ics_end(&w), ICS_WRITTEN);

    struct ics_stream strict;
    ics_stream_read(&strict, buf_str(&file));
    assert_string_equal(strict.fault, "");
    ics_stream_release(&strict);

    struct days_in in;
    assert_true(days_in_read(&in, buf_str(&file), &options));
    assert_int_equal(in.count, DAYS);
    for (int i = 0; i < DAYS; i++) {
        assert_int_equal(in.entry[i].skip, DAYS_TAKEN);
        assert_int_equal(in.entry[i].day.day, day[i].day);
        assert_int_equal(in.entry[i].day.kind, day[i].kind);
        assert_true(str_eq(in.entry[i].day.name, day[i].name));
        assert_true(str_eq(in.entry[i].day.document, day[i].document));
        buf_release(&name[i]);
        buf_release(&document[i]);
    }
    days_in_release(&in);
    days_out_release(&out);
    buf_release(&file);
}

/* ---- to another process and back ---- */

static bool is_same(const struct days_entry *a, const struct days_entry *b)
{
    return a->skip == b->skip && a->line == b->line && a->day.day == b->day.day &&
           a->day.kind == b->day.kind && str_eq(a->day.name, b->day.name) &&
           str_eq(a->day.document, b->day.document) && str_eq(a->uid, b->uid) && str_eq(a->zone, b->zone);
}

static void what_was_found_crosses_over(void **state)
{
    (void)state;
    struct days_in in, again;
    struct buf text = BUF_INIT, wire = BUF_INIT;
    buf_add(&text, sample, strlen(sample) - strlen("END:VCALENDAR\r\n"));
    buf_add_z(&text,
              "BEGIN:VEVENT\r\nUID:9\r\nSUMMARY:Họp\r\nDTSTART;TZID=Nơi nào:20261224T090000\r\nEND:VEVENT\r\n"
              "END:VCALENDAR\r\n");
    assert_true(days_in_read(&in, buf_str(&text), &options));
    assert_int_equal(in.count, 6);
    assert_true(str_eq(in.entry[5].zone, STR("Nơi nào")));
    days_wire_put(&wire, &in);
    assert_true(days_wire_take(&again, buf_str(&wire), 40));
    assert_int_equal(again.count, in.count);
    for (size_t i = 0; i < in.count; i++)
        assert_true(is_same(&in.entry[i], &again.entry[i]));
    days_in_release(&again);
    /* cut anywhere, and with a line the file does not have, it is none */
    for (size_t n = 0; n < wire.n; n++) {
        assert_false(days_wire_take(&again, str_first(buf_str(&wire), n), 40));
        days_in_release(&again);
    }
    assert_false(days_wire_take(&again, buf_str(&wire), 20));
    days_in_release(&again);
    days_in_release(&in);
    buf_release(&text);
    buf_release(&wire);
}

/* Every fault and every reason that a file can have is one that crosses. */
static void faults_cross_over(void **state)
{
    (void)state;
    struct random r = {SEED};
    for (size_t run = 0; run < times(3000); run++) {
        struct buf text = BUF_INIT, wire = BUF_INIT;
        struct days_in in, again;
        buf_add(&text, sample, sizeof sample - 1);
        damage(&r, &text);
        damage(&r, &text);
        bool read = days_in_read(&in, buf_str(&text), &options);
        days_wire_put(&wire, &in);
        assert_true(days_wire_take(&again, buf_str(&wire), text.n + 1));
        assert_int_equal(again.fault.what, in.fault.what);
        assert_int_equal(again.fault.line, in.fault.line);
        assert_int_equal(again.count, read ? in.count : 0);
        /* and any byte of it may be another one: then it is read, or refused */
        wire.p[random_in(&r, 0, (int64_t)wire.n - 1)] = (char)random_next(&r);
        days_in_release(&again);
        (void)days_wire_take(&again, buf_str(&wire), text.n + 1);
        days_in_release(&again);
        days_in_release(&in);
        buf_release(&text);
        buf_release(&wire);
    }
}

static void more_days_than_a_file_has_do_not_cross(void **state)
{
    (void)state;
    struct days_entry day = {.day = {.day = 20811, .kind = DAY_OFF, .name = STR("Nghỉ")}, .line = 1};
    for (size_t n = DAYS_IN_MOST; n <= DAYS_IN_MOST + 1; n++) {
        struct days_in in = {.count = 0}, again;
        struct buf wire = BUF_INIT;
        for (size_t i = 0; i < n; i++)
            assert_true(days_in_add(&in, &day));
        days_wire_put(&wire, &in);
        assert_int_equal(days_wire_take(&again, buf_str(&wire), 1), n == DAYS_IN_MOST);
        days_in_release(&again);
        days_in_release(&in);
        buf_release(&wire);
    }
}

static void the_question_crosses_over(void **state)
{
    (void)state;
    struct days_in_options out;
    struct buf wire = BUF_INIT;
    days_wire_put_options(&wire, &options);
    assert_true(days_wire_take_options(buf_str(&wire), &out));
    assert_int_equal(out.utc_offset, options.utc_offset);
    assert_int_equal(out.upto, options.upto);
    assert_false(days_wire_take_options(str_first(buf_str(&wire), wire.n - 1), &out));
    wire.p[0] = 1;
    assert_false(days_wire_take_options(buf_str(&wire), &out));
    buf_release(&wire);
}

static void every_reason_has_a_name_and_a_text(void **state)
{
    (void)state;
    for (int skip = DAYS_TAKEN + 1; skip < DAYS_SKIPS; skip++) {
        assert_non_null(days_skip_name((enum days_skip)skip));
        assert_int_not_equal(days_skip_text((enum days_skip)skip), T_nothing);
        for (int other = DAYS_TAKEN; other < skip; other++)
            assert_string_not_equal(days_skip_name((enum days_skip)skip),
                                    days_skip_name((enum days_skip)other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_unfolded_and_counted),
        cmocka_unit_test(parameters_are_found),
        cmocka_unit_test(names_are_alike_whatever_their_case),
        cmocka_unit_test(a_file_day_by_day),
        cmocka_unit_test(a_file_cut_short_is_refused),
        cmocka_unit_test(a_fold_may_fall_anywhere),
        cmocka_unit_test(damaged_files_are_taken_whole_or_refused),
        cmocka_unit_test(what_goes_out_comes_in_again),
        cmocka_unit_test(what_was_found_crosses_over),
        cmocka_unit_test(faults_cross_over),
        cmocka_unit_test(more_days_than_a_file_has_do_not_cross),
        cmocka_unit_test(the_question_crosses_over),
        cmocka_unit_test(every_reason_has_a_name_and_a_text),
    };
    int failed = cmocka_run_group_tests_name("icalendar_days", tests, NULL, NULL);
    ics_library_release();
    return failed;
}
