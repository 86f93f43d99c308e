/* One appointment as the VEVENT of a QR code: its lines byte for byte, and what happens to texts that do not
 * fit. */
#include "icalendar/appointment.h"

#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        (literal), sizeof(literal) - 1                                                                       \
    }
#define UTC_2026_11_20_0930 1795167000 /* date -u -d '2026-11-20 09:30' +%s */

static const struct appointment_item usual = {
    .uid = TEXT("H12.34-261120-0001@H12.34"),
    .when = UTC_2026_11_20_0930,
    .stamp = UTC_2026_11_20_0930 - 86399,
    .title = TEXT("Nhận kết quả hồ sơ H12.34-261120-0001"),
    .short_title = TEXT("Hồ sơ H12.34-261120-0001"),
    .place = TEXT("Bộ phận Một cửa; xã A, B\\C"),
};

static void check(const struct appointment_item *item, enum appointment_size size, const char *wanted)
{
    struct buf out = BUF_INIT;
    assert_true(appointment_write(&out, item, size));
    assert_string_equal(out.p, wanted);
    buf_release(&out);
}

static void test_sizes(void **state)
{
    (void)state;
    check(&usual, APPOINTMENT_WHOLE,
          "BEGIN:VEVENT\r\nUID:H12.34-261120-0001@H12.34\r\nDTSTAMP:20261119T093001Z\r\n"
          "DTSTART:20261120T093000Z\r\nSUMMARY:Nhận kết quả hồ sơ H12.34-261120-0001\r\n"
          "LOCATION:Bộ phận Một cửa\\; xã A\\, B\\\\C\r\n"
          "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P1D\r\nDESCRIPTION:Hồ sơ H12.34-261120-0001\r\n"
          "END:VALARM\r\nEND:VEVENT\r\n");
    check(&usual, APPOINTMENT_BRIEF,
          "BEGIN:VEVENT\r\nDTSTART:20261120T093000Z\r\nSUMMARY:Nhận kết quả hồ sơ H12.34-261120-0001\r\n"
          "LOCATION:Bộ phận Một cửa\\; xã A\\, B\\\\C\r\nEND:VEVENT\r\n");
    check(&usual, APPOINTMENT_BARE,
          "BEGIN:VEVENT\r\nDTSTART:20261120T093000Z\r\nSUMMARY:Hồ sơ H12.34-261120-0001\r\nEND:VEVENT\r\n");
    struct appointment_item nowhere = usual;
    nowhere.place = STR_NONE;
    check(&nowhere, APPOINTMENT_BRIEF,
          "BEGIN:VEVENT\r\nDTSTART:20261120T093000Z\r\nSUMMARY:Nhận kết quả hồ sơ H12.34-261120-0001\r\n"
          "END:VEVENT\r\n");
}

/* Whatever the texts, no line is longer than 75 octets, none is broken, and nothing can end one early. */
static void test_hard_texts(void **state)
{
    (void)state;
    struct buf title = BUF_INIT, out = BUF_INIT;
    for (size_t n = 1; n < 90; n++) {
        buf_reset(&title);
        buf_reset(&out);
        for (size_t i = 0; i < n; i++)
            buf_add_z(&title, i % 7 == 3 ? "," : i % 5 == 2 ? "\r\n\x01" : "ệ");
        struct appointment_item item = usual;
        item.title = item.place = buf_str(&title);
        assert_true(appointment_write(&out, &item, APPOINTMENT_WHOLE));
        assert_true(text_is_utf8(buf_str(&out)));
        size_t lines = 0;
        for (char *p = out.p; *p; lines++) {
            char *end = strstr(p, "\r\n");
            assert_non_null(end);
            assert_true(end - p <= 75);
            assert_null(memchr(p, '\n', (size_t)(end - p)));
            assert_null(memchr(p, 1, (size_t)(end - p)));
            p = end + 2;
        }
        assert_int_equal(lines, 12);
    }
    assert_non_null(strstr(out.p, "…\r\n"));
    struct appointment_item item =
        usual; /* a letter longer than a line: nothing but the ellipsis is left of it */
    buf_reset(&title);
    buf_reset(&out);
    buf_add_z(&title, "a");
    for (int i = 0; i < 60; i++)
        buf_add_z(&title, "\xCC\x81");
    item.title = buf_str(&title);
    assert_true(appointment_write(&out, &item, APPOINTMENT_BRIEF));
    assert_non_null(strstr(out.p, "\r\nSUMMARY:…\r\n"));
    buf_release(&title);
    buf_release(&out);
}

/* A uid is never cut: folded, it is still the same. */
static void test_long_uid(void **state)
{
    (void)state;
    struct buf uid = BUF_INIT, out = BUF_INIT, whole = BUF_INIT;
    for (int i = 0; i < 100; i++)
        buf_add_char(&uid, (char)('a' + i % 26));
    struct appointment_item item = usual;
    item.uid = buf_str(&uid);
    assert_true(appointment_write(&out, &item, APPOINTMENT_WHOLE));
    char *from = strstr(out.p, "UID:");
    for (char *p = from + 4; strncmp(p, "\r\nDTSTAMP", 9) != 0; p++) {
        if (strncmp(p, "\r\n ", 3) == 0)
            p += 3;
        buf_add_char(&whole, *p);
    }
    assert_string_equal(whole.p, uid.p);
    buf_release(&uid);
    buf_release(&out);
    buf_release(&whole);
}

static void test_times(void **state)
{
    (void)state;
    struct appointment_item item = usual;
    item.when = -1; /* the last second of 1969 */
    check(&item, APPOINTMENT_BARE,
          "BEGIN:VEVENT\r\nDTSTART:19691231T235959Z\r\nSUMMARY:Hồ sơ H12.34-261120-0001\r\nEND:VEVENT\r\n");
    item.when = INT64_C(253402300799); /* the last of 9999 */
    check(&item, APPOINTMENT_BARE,
          "BEGIN:VEVENT\r\nDTSTART:99991231T235959Z\r\nSUMMARY:Hồ sơ H12.34-261120-0001\r\nEND:VEVENT\r\n");
    const int64_t none[] = {INT64_MIN, INT64_MAX, INT64_C(253402300800), -INT64_C(62135596801)};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        struct buf out = BUF_INIT;
        item = usual;
        item.when = none[i];
        assert_false(appointment_write(&out, &item, APPOINTMENT_BARE));
        item.when = usual.when;
        item.stamp = none[i];
        assert_false(appointment_write(&out, &item, APPOINTMENT_WHOLE));
        assert_true(appointment_write(&out, &item, APPOINTMENT_BRIEF)); /* no stamp in it */
        buf_release(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_hard_texts),
        cmocka_unit_test(test_long_uid),
        cmocka_unit_test(test_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
