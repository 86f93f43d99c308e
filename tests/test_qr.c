/* Codes to scan: what they hold by ISO/IEC 18004, their three shapes read back module by module, and zbarimg,
 * which shares nothing with the library that made them, reading the picture. */
#include "forms/qr.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define VEVENT                                                                                               \
    "BEGIN:VEVENT\r\nDTSTART:20261120T093000Z\r\nSUMMARY:Nhận kết quả hồ sơ H12.34-261120-0001\r\n" \
    "LOCATION:Bộ phận Một cửa xã Đắk Nhau\\, Đồng Nai\r\nEND:VEVENT\r\n"

static bool put(void *arg, const void *bytes, size_t n)
{
    buf_add(arg, bytes, n);
    return true;
}

static bool put_nothing(void *arg, const void *bytes, size_t n)
{
    (void)arg;
    (void)bytes;
    (void)n;
    return false;
}

/* ---- the code ---- */

/* ISO/IEC 18004:2015 table 7: bytes in versions 1 to 40 at level M. */
static const int capacity[] = {14,   26,   42,   62,   84,   106,  122,  152,  180,  213,
                               251,  287,  331,  362,  412,  450,  504,  560,  624,  666,
                               711,  779,  857,  911,  997,  1059, 1125, 1190, 1264, 1370,
                               1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331};

static void test_capacity(void **state)
{
    (void)state;
    char text[3000];
    memset(text, 'x', sizeof text); /* letters that no denser mode has */
    for (int version = 1; version <= 40; version++) {
        struct qr q;
        size_t n = (size_t)capacity[version - 1];
        assert_int_equal(qr_make(&q, (struct str){text, n}), FORM_WRITTEN);
        assert_int_equal(q.version, version);
        assert_int_equal(q.side, 17 + 4 * version);
        qr_release(&q);
        enum form_result more = qr_make(&q, (struct str){text, n + 1});
        assert_int_equal(more, version < 40 ? FORM_WRITTEN : FORM_TOO_LONG);
        assert_int_equal(q.version, version < 40 ? version + 1 : 0);
        qr_release(&q);
    }
    struct qr q; /* the same table: versions 5 and 40 at level L */
    assert_int_equal(qr_make_for_screen(&q, (struct str){text, 106}), FORM_WRITTEN);
    assert_int_equal(q.version, 5);
    qr_release(&q);
    assert_int_equal(qr_make_for_screen(&q, (struct str){text, 107}), FORM_WRITTEN);
    assert_int_equal(q.version, 6);
    qr_release(&q);
    assert_int_equal(qr_make_for_screen(&q, (struct str){text, 2953}), FORM_WRITTEN);
    assert_int_equal(q.version, 40);
    qr_release(&q);
    assert_int_equal(qr_make_for_screen(&q, (struct str){text, 2954}), FORM_TOO_LONG);
    assert_int_equal(qr_make(&q, (struct str){text, SIZE_MAX / 2}), FORM_TOO_LONG); /* never looked at */
    assert_null(q.black);
    assert_int_equal(qr_make(&q, STR_NONE), FORM_WRITTEN);
    assert_int_equal(q.version, 1);
    qr_release(&q);
    qr_release(&q); /* twice does no harm */
}

/* The three squares by which it is found, at their corners alone. */
static void test_finders(void **state)
{
    (void)state;
    struct qr q;
    assert_int_equal(qr_make(&q, STR(VEVENT)), FORM_WRITTEN);
    const int corner[3][2] = {{0, 0}, {0, q.side - 7}, {q.side - 7, 0}};
    for (int k = 0; k < 3; k++)
        for (int row = 0; row < 7; row++)
            for (int column = 0; column < 7; column++) {
                bool ring = row == 0 || row == 6 || column == 0 || column == 6;
                bool core = row >= 2 && row <= 4 && column >= 2 && column <= 4;
                assert_int_equal(qr_black(&q, corner[k][0] + row, corner[k][1] + column), ring || core);
            }
    assert_false(qr_black(&q, -1, 0));
    assert_false(qr_black(&q, 0, q.side));
    qr_release(&q);
}

/* ---- its shapes ---- */

/* 1 for the upper half, 2 for the lower, of the block at *p, which is stepped over. */
static int halves(const char **p)
{
    static const char *const block[] = {" ", "▀", "▄", "█"};
    for (int i = 0; i < 4; i++)
        if (strncmp(*p, block[i], strlen(block[i])) == 0) {
            *p += strlen(block[i]);
            return i;
        }
    fail_msg("no block: %.4s", *p);
    return 0;
}

static void check_text(const struct qr *q, bool dark)
{
    struct buf text = BUF_INIT;
    qr_text(&text, q, dark);
    const char *p = text.p;
    int lines = 0;
    for (; *p; lines++, p++) { /* over the line break */
        for (int column = -4; column < q->side + 4; column++) {
            int drawn = halves(&p);
            assert_int_equal((drawn & 1) != 0, qr_black(q, 2 * lines - 4, column) != dark);
            assert_int_equal((drawn & 2) != 0, qr_black(q, 2 * lines - 3, column) != dark);
        }
        assert_int_equal(*p, '\n');
    }
    assert_int_equal(lines, (q->side + 8 + 1) / 2);
    buf_release(&text);
}

static void test_text(void **state)
{
    (void)state;
    struct qr q;
    assert_int_equal(qr_make(&q, STR(VEVENT)), FORM_WRITTEN);
    check_text(&q, true);
    check_text(&q, false);
    qr_release(&q);
}

/* Every run of the path is set on a sheet of its own; the sheet is then the code. */
static void test_svg(void **state)
{
    (void)state;
    struct qr q;
    struct buf svg = BUF_INIT;
    assert_int_equal(qr_make(&q, STR(VEVENT)), FORM_WRITTEN);
    assert_int_equal(qr_svg(&q, (struct form_sink){put, &svg}), FORM_WRITTEN);
    unsigned char sheet[200][200] = {{0}};
    const char *p = strstr(svg.p, "<path d=\"");
    assert_non_null(p);
    p += strlen("<path d=\"");
    for (int x, y, run, back, used; *p != '"'; p += used) {
        used = 0;
        assert_int_equal(sscanf(p, "M%d %dh%dv1h-%dz%n", &x, &y, &run, &back, &used), 4);
        assert_true(used > 0 && run > 0 && run == back && x >= 4 && y >= 4);
        for (int i = 0; i < run; i++)
            assert_int_equal(sheet[y][x + i]++, 0);
    }
    for (int row = 0; row < q.side + 8; row++)
        for (int column = 0; column < q.side + 8; column++)
            assert_int_equal(sheet[row][column], qr_black(&q, row - 4, column - 4));
    char box[64];
    snprintf(box, sizeof box, "viewBox=\"0 0 %d %d\"", q.side + 8, q.side + 8);
    assert_non_null(strstr(svg.p, box));
    assert_int_equal(qr_svg(&q, (struct form_sink){put_nothing, NULL}), FORM_SINK_FAILED);
    buf_release(&svg);
    qr_release(&q);
}

/* What a camera reads off the picture. */
static void read_back(struct buf *out, struct str png)
{
    char path[] = "/tmp/motcua-qr-XXXXXX", command[200], bytes[4096];
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, png.p, png.n), png.n);
    close(fd);
    snprintf(command, sizeof command, "zbarimg --raw --quiet --oneshot -Sbinary png:%s 2>/dev/null", path);
    FILE *reader = popen(command, "r");
    assert_non_null(reader);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, reader)) > 0;)
        buf_add(out, bytes, n);
    assert_int_equal(pclose(reader), 0);
    unlink(path);
}

static void check_png(struct str text)
{
    struct qr q;
    struct buf png = BUF_INIT, again = BUF_INIT, seen = BUF_INIT;
    assert_int_equal(qr_make(&q, text), FORM_WRITTEN);
    assert_int_equal(qr_png(&q, (struct form_sink){put, &png}), FORM_WRITTEN);
    assert_int_equal(qr_png(&q, (struct form_sink){put, &again}), FORM_WRITTEN);
    assert_true(str_eq(buf_str(&png), buf_str(&again)));
    read_back(&seen, buf_str(&png));
    assert_int_equal(seen.n, text.n);
    assert_memory_equal(seen.p, text.p, text.n);
    assert_int_equal(qr_png(&q, (struct form_sink){put_nothing, NULL}), FORM_SINK_FAILED);
    buf_release(&png);
    buf_release(&again);
    buf_release(&seen);
    qr_release(&q);
}

static void test_png(void **state)
{
    (void)state;
    check_png(STR("H12.34-261120-0001"));
    check_png(STR(VEVENT));
    check_png(STR("1"));
    struct buf longest = BUF_INIT;
    for (int i = 0; i < 2331 / 3; i++)
        buf_add_z(&longest, "ệ");
    check_png(buf_str(&longest));
    buf_release(&longest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_capacity), cmocka_unit_test(test_finders), cmocka_unit_test(test_text),
        cmocka_unit_test(test_svg),      cmocka_unit_test(test_png),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
