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

/* What a camera reads off the pictures, as the text it takes it for; a line break behind each. Codes alone:
 * among the modules of some it sees bars. */
static void read_back(struct buf *out, const char *pictures)
{
    char command[200], bytes[4096];
    snprintf(command, sizeof command, "zbarimg --raw --quiet -Sdisable -Sqrcode.enable %s 2>/dev/null",
             pictures);
    FILE *reader = popen(command, "r");
    assert_non_null(reader);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, reader)) > 0;)
        buf_add(out, bytes, n);
    assert_int_equal(pclose(reader), 0);
}

static void save(const char *path, struct str png)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(png.p, 1, png.n, f), png.n);
    assert_int_equal(fclose(f), 0);
}

static void check_png(struct str text)
{
    struct qr q;
    struct buf png = BUF_INIT, again = BUF_INIT, seen = BUF_INIT;
    assert_int_equal(qr_make(&q, text), FORM_WRITTEN);
    assert_int_equal(qr_png(&q, (struct form_sink){put, &png}), FORM_WRITTEN);
    assert_int_equal(qr_png(&q, (struct form_sink){put, &again}), FORM_WRITTEN);
    assert_true(str_eq(buf_str(&png), buf_str(&again)));
    char path[] = "/tmp/motcua-qr-XXXXXX.png";
    int fd = mkstemps(path, 4);
    assert_true(fd >= 0);
    close(fd);
    save(path, buf_str(&png));
    read_back(&seen, path);
    unlink(path);
    assert_int_equal(seen.n, text.n + 1);
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
    for (int i = 0; i < 2330 / 3; i++) /* a byte less than table 7 has: the header's */
        buf_add_z(&longest, "ệ");
    check_png(buf_str(&longest));
    buf_add_z(&longest, "xx");
    check_png(buf_str(&longest));
    buf_add_z(&longest, "x");
    struct qr q;
    assert_int_equal(qr_make(&q, buf_str(&longest)), FORM_TOO_LONG);
    buf_release(&longest);
}

/* ---- letters with marks ---- */

enum { ALBUM = 40 }; /* pictures that are read in one go: a process for each would take long */

/* Pictures of codes, and what was meant by them. */
struct album {
    char folder[32];
    int n;
    struct buf meant;
};

static void album_path(const struct album *a, int i, char path[64])
{
    snprintf(path, 64, "%s/%02d.png", a->folder, i);
}

static void album_open(struct album *a)
{
    *a = (struct album){.folder = "/tmp/motcua-qr-XXXXXX", .meant = BUF_INIT};
    assert_non_null(mkdtemp(a->folder));
}

static void album_read(struct album *a)
{
    struct buf seen = BUF_INIT;
    char path[64];
    snprintf(path, sizeof path, "%s/*.png", a->folder);
    read_back(&seen, path);
    assert_string_equal(seen.p, a->meant.p);
    for (int i = 0; i < a->n; i++) {
        album_path(a, i, path);
        unlink(path);
    }
    a->n = 0;
    buf_reset(&a->meant);
    buf_release(&seen);
}

static void album_add(struct album *a, struct str text)
{
    struct qr q;
    struct buf png = BUF_INIT;
    char path[64];
    album_path(a, a->n++, path);
    assert_int_equal(a->n % 2 ? qr_make(&q, text) : qr_make_for_screen(&q, text), FORM_WRITTEN);
    assert_int_equal(qr_png(&q, (struct form_sink){put, &png}), FORM_WRITTEN);
    save(path, buf_str(&png));
    buf_add_str(&a->meant, text);
    buf_add_char(&a->meant, '\n');
    buf_release(&png);
    qr_release(&q);
    if (a->n == ALBUM)
        album_read(a);
}

static void album_close(struct album *a)
{
    if (a->n)
        album_read(a);
    rmdir(a->folder);
    buf_release(&a->meant);
}

static void add_event(struct album *a, const char *title, struct str place)
{
    struct buf text = BUF_INIT;
    buf_addf(&text, "BEGIN:VEVENT\r\nDTSTART:20261120T093000Z\r\nSUMMARY:%s\r\nLOCATION:", title);
    buf_add_str(&text, place);
    buf_add_z(&text, "\r\nEND:VEVENT\r\n");
    album_add(a, buf_str(&text));
    buf_release(&text);
}

/* Whatever the letters, few marks or many, in long texts and short: the very text, as a reader that goes by
 * what a code says of itself takes it. */
static void test_marks(void **state)
{
    (void)state;
    static const char *const places[] = {
        "UBND xã Tơ Tung",
        "UBND phường Bến Nghé",
        "UBND xã Ia Hrú",
        "Trung tâm Phục vụ hành chính công xã Đắk Nhau\\, tỉnh Đồng Nai",
        "UBND phường Cầu Giấy",
        "Bộ phận Một cửa xã Mường Lạn",
        "UBND xã Lũng Cú",
        "UBND đặc khu Lý Sơn",
        "UBND xã Hòa Xá",
        "Trung tâm Phục vụ hành chính công phường Quỳnh Thiện",
        "UBND xã Krông Á",
        "One-stop desk of Tơ Tung",
        "Town hall",
        "ỦY BAN NHÂN DÂN XÃ KỲ SƠN",
    };
    static const char *const titles[] = {
        "Nhận kết quả hồ sơ H42.26.21-261120-0001",
        "[thử] Hồ sơ 000.A0.01.H26-210212-9090",
        "Collect the result of H15.50.05.13-261008-0975",
        "Dossier 03706/2026/07906",
        "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân",
        "Đăng ký khai sinh có yếu tố nước ngoài",
        "Chứng thực bản sao từ bản chính giấy tờ",
        "Cho phép: H42.26.21-26A120-0001 và H42.26.21-26A120-0002 à",
        "Xã",
    };
    struct album a;
    album_open(&a);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t k = 0; k < sizeof titles / sizeof *titles; k++)
            add_event(&a, titles[k], str_of(places[i]));
    struct str longest = STR("Nơi trả: ÔNG XÃ Ổ, ngõ 7/2/1 đường 30-4 à TẦNG-01.PHÒNG-002.CỬA-003 é Ô");
    for (size_t n = 0; n <= longest.n; n++)
        if (n == longest.n || ((unsigned char)longest.p[n] & 0xC0) != 0x80) /* between letters */
            add_event(&a, "x", str_first(longest, n));
    album_close(&a);
}

/* ISO/IEC 18004:2015 table 7 at level L: a text with marks may be a byte shorter for its header, and two for
 * how the library reckons. Of an appointment at 80x24 the dense runs win them back: 104 bytes in version 5.
 */
static void test_what_marks_cost(void **state)
{
    (void)state;
    static const int at_level_l[] = {17, 32, 53, 78, 106, 134, 154, 192, 230, 271, 321, 367, 425};
    char text[512];
    memset(text, 'x', sizeof text);
    memcpy(text, "ữ", strlen("ữ"));
    struct qr q;
    for (int i = 0; i < (int)(sizeof at_level_l / sizeof *at_level_l); i++) {
        assert_int_equal(qr_make_for_screen(&q, (struct str){text, (size_t)at_level_l[i] - 3}), FORM_WRITTEN);
        assert_int_equal(q.version, i + 1);
        qr_release(&q);
    }
    struct str demo = STR("BEGIN:VEVENT\r\nDTSTART:20261119T100000Z\r\n"
                          "SUMMARY:[thử] Hồ sơ 000.A0.01.H26-210212-9090\r\nEND:VEVENT\r\n");
    assert_int_equal(demo.n, 104);
    assert_int_equal(qr_make_for_screen(&q, demo), FORM_WRITTEN);
    assert_int_equal(q.version, 5);
    qr_release(&q);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_capacity),
        cmocka_unit_test(test_finders),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_svg),
        cmocka_unit_test(test_png),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_what_marks_cost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
