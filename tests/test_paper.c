/* Papers as PDF, read back by other people's programs: nothing of what a document says is lost, stands
 * outside of its margins or on something else, however long it is. */
#include "core/text.h"
#include "forms/paper.h"
#include "tests/paper_samples.h"
#include "tests/pdf_read.h"
#include "tests/vietnamese_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- what every paper is ---- */

static void test_receipt(void **state)
{
    (void)state;
    struct document d;
    struct pdf_read pdf;
    sample_receipt(&d);
    pdf_read(&pdf, &d);
    assert_int_equal(pdf.pages, 1);
    for (size_t i = 0; i < d.count; i++) {
        pdf_must_say(&pdf, d.block[i].label);
        if (d.block[i].kind == BLOCK_FIELD || d.block[i].kind == BLOCK_TITLE)
            pdf_must_say(&pdf, d.block[i].under);
    }
    pdf_must_say(&pdf, STR("ỦY BAN NHÂN DÂN XÃ VĨNH MỸ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"));
    pdf_must_say(&pdf, STR("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"));
    pdf_must_say(&pdf, STR("Số: 1234/TNHS"));
    pdf_must_say(&pdf, STR("Tiếp nhận hồ sơ của: Nguyễn Thị Hương"));
    pdf_must_say(&pdf,
                 STR("Thời gian trả kết quả giải quyết hồ sơ: 08 giờ 15 phút, ngày 18 tháng 12 năm 2026"));
    pdf_must_say(&pdf, STR("trang 1/1"));
    pdf_must_say(&pdf, d.foot);
    pdf_must_be_tidy(&pdf, d.size);
    /* The country's name stands on one line, at the right of the agency's. */
    assert_true(pdf_word(&pdf, "CỘNG")->bottom == pdf_word(&pdf, "NAM")->bottom);
    assert_true(pdf_word(&pdf, "CỘNG")->left > pdf_word(&pdf, "ỦY")->right);
    pdf_read_release(&pdf);
    document_release(&d);
}

static void test_what_a_file_says_of_itself(void **state)
{
    (void)state;
    static const struct {
        enum paper_size size;
        enum lang lang;
        const char *page, *language;
    } cases[] = {{PAPER_A5, LANG_VI, "419.528 x 595.276 pts", "vi-VN"},
                 {PAPER_A4, LANG_EN, "595.276 x 841.89 pts (A4)", "en-GB"},
                 {PAPER_A4_LANDSCAPE, LANG_VI, "841.89 x 595.276 pts (A4)", "vi-VN"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct document d;
        struct pdf_read pdf;
        document_init(&d, cases[i].size, cases[i].lang);
        d.title = STR("Sổ theo dõi hồ sơ");
        document_text(&d, STR("Đậm, nghiêng"), LOOK_BOLD);
        document_text(&d, STR("và thường"), LOOK_ITALIC);
        pdf_read(&pdf, &d);
        struct buf info = BUF_INIT;
        pdf_run(&pdf, "TZ=UTC pdfinfo %s", &info);
        assert_non_null(strstr(info.p, "Title:           Sổ theo dõi hồ sơ\n"));
        assert_non_null(strstr(info.p, "Creator:         motcua"));
        assert_non_null(strstr(info.p, "CreationDate:    Wed Nov 18 11:06:40 2026 UTC\n"));
        assert_non_null(strstr(info.p, cases[i].page));
        buf_reset(&info);
        /* the whole structure, the update behind it included, is what the standard asks for; and the
         * catalogue that counts names the language */
        pdf_run(&pdf, "qpdf --check %s 2>&1; qpdf --show-object=trailer %s; qpdf --json --json-key=qpdf %s",
                &info);
        assert_null(strstr(info.p, "WARNING"));
        assert_non_null(strstr(info.p, "No syntax or stream encoding errors found"));
        char language[40];
        snprintf(language, sizeof language, "\"/Lang\": \"u:%s\"", cases[i].language);
        assert_non_null(strstr(info.p, language));
        assert_non_null(strstr(info.p, "DisplayDocTitle"));
        buf_release(&info);
        pdf_must_say(&pdf, cases[i].lang == LANG_VI ? STR("trang 1/1") : STR("page 1 of 1"));
        pdf_read_release(&pdf);
        document_release(&d);
    }
}

/* Every font is embedded, as a subset, with what its glyphs mean. */
static void test_fonts(void **state)
{
    (void)state;
    struct document d;
    struct pdf_read pdf;
    sample_long_receipt(&d);
    pdf_read(&pdf, &d);
    struct buf fonts = BUF_INIT;
    pdf_run(&pdf, "pdffonts %s | tail -n +3", &fonts);
    int lines = 0;
    for (char *line = strtok(fonts.p, "\n"); line; line = strtok(NULL, "\n"), lines++)
        if (!strstr(line, "yes yes yes") || !strchr(line, '+'))
            fail_msg("not embedded as a subset: %s", line);
    assert_true(lines > 0);
    buf_release(&fonts);
    pdf_read_release(&pdf);
    document_release(&d);
}

static void test_same_bytes(void **state)
{
    (void)state;
    struct buf first = BUF_INIT;
    for (int i = 0; i < 3; i++) {
        struct sample_rows rows = {.count = 60, .fail_at = -1};
        struct buf bytes = BUF_INIT;
        struct document d;
        sample_register(&d, &rows);
        assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){pdf_put, &bytes}), FORM_WRITTEN);
        if (!i) {
            first = bytes;
        } else {
            assert_true(str_eq(buf_str(&first), buf_str(&bytes)));
            buf_release(&bytes);
        }
        document_release(&d);
    }
    buf_release(&first);
}

/* ---- letters ---- */

/* All of them, in every cut, come back as they were; those written apart come back the same when composed. */
static void test_letters(void **state)
{
    (void)state;
    enum { LETTERS = sizeof vietnamese_letters / sizeof *vietnamese_letters };
    for (unsigned style = 0; style < 4; style++) {
        struct document d;
        struct pdf_read pdf;
        struct buf composed = BUF_INIT, apart = BUF_INIT, back = BUF_INIT;
        for (size_t i = 0; i < LETTERS; i++) {
            buf_addf(&composed, "x%sy ", vietnamese_letters[i].composed);
            buf_addf(&apart, "x%sz ", vietnamese_letters[i].decomposed);
        }
        document_init(&d, PAPER_A4, LANG_VI);
        document_text(&d, buf_str(&composed), style);
        document_text(&d, buf_str(&apart), style);
        pdf_read(&pdf, &d);
        pdf_must_say(&pdf, buf_str(&composed));
        assert_int_equal(text_clean(buf_str(&pdf.text), TEXT_NOTE, TEXT_MAX_NOTE, &back), TEXT_OK);
        for (size_t i = 0; i < LETTERS; i++) {
            char word[32];
            snprintf(word, sizeof word, "x%sz", vietnamese_letters[i].composed);
            if (!strstr(back.p, word))
                fail_msg("%s is lost in %s", word, back.p);
        }
        buf_release(&composed);
        buf_release(&apart);
        buf_release(&back);
        pdf_read_release(&pdf);
        document_release(&d);
    }
}

/* What is broken, invisible or in no font is drawn as something, and takes nothing along. */
static void test_strange_letters(void **state)
{
    (void)state;
    static const struct str strange[] = {
        STR("a\xff\xfe"
            "b"),
        STR("a\0b"),
        STR("\xe1\xba"),
        STR("a\xe2\x80\xae"
            "b"),
        STR("\x01\x02\x1b[31m"),
        STR("日本語の名前"),
        STR("عربي"),
        STR("\xf0\x9f\x98\x80"),
        STR("e\u0301\u0302\u0303\u0304\u0305"),
        STR("\u0301"),
        STR("\xef\xbf\xbf"),
        STR("f\u200bi"),
        STR("fi ffi fl"),
        STR("\r\n\t"),
        STR("\xf4\x90\x80\x80"),
    };
    struct document d;
    struct pdf_read pdf;
    document_init(&d, PAPER_A5, LANG_VI);
    d.title = STR("Tên \xff lạ \x01");
    d.foot = STR("chân\xff\0trang");
    d.across = STR("\xff"
                   "MẪU");
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
        document_field(&d, STR("trước"), strange[i], true);
        document_text(&d, STR("sau"), LOOK_PLAIN);
    }
    pdf_read(&pdf, &d);
    assert_int_equal(pdf_says(&pdf, STR("trước:")), sizeof strange / sizeof *strange);
    assert_int_equal(pdf_says(&pdf, STR("sau")), sizeof strange / sizeof *strange);
    pdf_must_say(&pdf, STR("trước: a\ufffd\ufffdb"));
    pdf_must_say(&pdf, STR("trước: fi ffi fl"));
    pdf_read_release(&pdf);
    document_release(&d);
}

/* ---- long things ---- */

static void test_long_receipt(void **state)
{
    (void)state;
    struct document d;
    struct pdf_read pdf;
    sample_long_receipt(&d);
    assert_int_equal(text_characters(str_of(sample_long_procedure)), 919);
    assert_int_equal(text_characters(str_of(sample_organisation)), 60);
    pdf_read(&pdf, &d);
    assert_true(pdf.pages > 2);
    pdf_must_say(&pdf, str_of(sample_organisation));
    pdf_must_say(&pdf, str_of(sample_address));
    for (int i = 1; i <= 80; i++) {
        char item[200];
        int n = snprintf(item, sizeof item,
                         "%d. Thành phần thứ %d: bản sao giấy tờ về quyền sử dụng đất số %d/QĐ-UBND", i, i,
                         i * 7);
        pdf_must_say(&pdf, (struct str){item, (size_t)n});
    }
    for (size_t p = 0; p < pdf.pages; p++) {
        char number[40];
        int n = snprintf(number, sizeof number, "trang %zu/%zu", p + 1, pdf.pages);
        assert_true(pdf_page_says(&pdf, p, (struct str){number, (size_t)n}));
        assert_true(pdf_page_says(&pdf, p, STR("DỮ LIỆU MẪU · motcua")));
    }
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);

    /* -layout tells what stands beside what: the long name without the code's label beside it. */
    document_init(&d, PAPER_A5, LANG_VI);
    document_field(&d, STR("Nội dung"), str_of(sample_long_procedure), false);
    pdf_read(&pdf, &d);
    struct buf layout = BUF_INIT, words = BUF_INIT, want = BUF_INIT;
    pdf_run(&pdf, "pdftotext -layout %s -", &layout);
    pdf_words_of(buf_str(&layout), &words);
    pdf_words_of(str_of(sample_long_procedure), &want);
    assert_non_null(strstr(words.p, want.p));
    buf_release(&layout);
    buf_release(&words);
    buf_release(&want);
    pdf_read_release(&pdf);
    document_release(&d);
}

/* Words wider than a line or a cell are broken, and every letter of them is there. */
static void test_long_words(void **state)
{
    (void)state;
    struct buf word = BUF_INIT;
    for (int i = 0; i < 3000; i++)
        buf_add_z(&word, i % 10 ? "ễ" : "W");
    struct document d;
    struct pdf_read pdf;
    document_init(&d, PAPER_A5, LANG_VI);
    document_text(&d, buf_str(&word), LOOK_PLAIN);
    document_field(&d, STR("Mã"), buf_str(&word), false);
    document_table(&d, sample_column, 6);
    struct str cells[6] = {STR("x"), buf_str(&word), STR("x"), STR("x"), STR("x"), STR("x")};
    document_row(&d, cells, LOOK_PLAIN);
    pdf_read(&pdf, &d);
    size_t letters = 0, wide = 0;
    for (size_t i = 0; i < pdf.count; i++)
        for (size_t at = 0; at < pdf.word[i].text.n;) {
            int32_t c = text_next(pdf.word[i].text, &at);
            letters += c == 0x1ec5;
            wide += c == 'W';
        }
    assert_int_equal(letters, 3 * 2700);
    assert_int_equal(wide, 3 * 300);
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
    buf_release(&word);
}

/* ---- codes ---- */

static void test_code_reads_back(void **state)
{
    (void)state;
    struct document d;
    struct pdf_read pdf;
    sample_receipt(&d);
    pdf_read(&pdf, &d);
    struct buf read = BUF_INIT;
    pdf_run(&pdf, "pdftoppm -r 150 -gray %s | zbarimg -q --raw - 2>/dev/null", &read);
    assert_string_equal(read.p, "H42.26.21-261120-0007\n");
    buf_release(&read);
    pdf_read_release(&pdf);
    document_release(&d);
}

/* ---- what goes wrong ---- */

struct leaky {
    size_t room;
};
static bool put_some(void *arg, const void *bytes, size_t n)
{
    (void)bytes;
    struct leaky *l = arg;
    if (n > l->room)
        return false;
    l->room -= n;
    return true;
}

static void test_full_sinks(void **state)
{
    (void)state;
    struct document d;
    struct buf whole = BUF_INIT;
    sample_receipt(&d);
    assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){pdf_put, &whole}), FORM_WRITTEN);
    for (size_t room = 0; room < whole.n; room += room + 977 < whole.n ? 977
                                                  : whole.n - room > 1 ? whole.n - room - 1
                                                                       : 1) {
        struct leaky l = {room};
        assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){put_some, &l}), FORM_SINK_FAILED);
    }
    struct leaky l = {whole.n};
    assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){put_some, &l}), FORM_WRITTEN);
    buf_release(&whole);
    document_release(&d);
}

static void test_failing_rows(void **state)
{
    (void)state;
    for (int good = 0; good < 4; good++) {
        struct sample_rows rows = {.count = 300, .fail_at = good == 3 ? -1 : 150, .good = good};
        struct document d;
        struct buf bytes = BUF_INIT;
        sample_register(&d, &rows);
        assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){pdf_put, &bytes}),
                         good == 3 ? FORM_WRITTEN : FORM_ROWS_FAILED);
        buf_release(&bytes);
        document_release(&d);
    }
}

static void test_other_failures(void **state)
{
    (void)state;
    struct document d;
    struct buf bytes = BUF_INIT, long_text = BUF_INIT;
    for (int i = 0; i < 4000; i++)
        buf_add_char(&long_text, 'x');
    document_init(&d, PAPER_A5, LANG_VI);
    document_add(&d, BLOCK_QR)->text = buf_str(&long_text);
    assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){pdf_put, &bytes}), FORM_TOO_LONG);
    document_release(&d);
    document_init(&d, PAPER_A5, LANG_VI);
    document_keep(&d, (struct str){"x", PTRDIFF_MAX});
    assert_int_equal(paper_write(&d, PDF_WRITTEN, (struct form_sink){pdf_put, &bytes}), FORM_NO_MEMORY);
    assert_int_equal(bytes.n, 0);
    document_release(&d);
    buf_release(&bytes);
    buf_release(&long_text);
}

/* A machine without fonts is told so; nothing is written. Fontconfig looks once, so another process asks. */
static void test_no_font(void **state)
{
    (void)state;
    char path[] = "/tmp/motcua-fonts-XXXXXX";
    static const char none[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>\n";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_true(write(fd, none, sizeof none - 1) == (ssize_t)sizeof none - 1);
    close(fd);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        setenv("FONTCONFIG_FILE", path, 1);
        if (!freopen("/dev/null", "w", stderr)) /* Pango complains */
            _exit(2);
        struct document d;
        struct buf bytes = BUF_INIT;
        document_init(&d, PAPER_A5, LANG_VI);
        document_text(&d, STR("chữ"), LOOK_PLAIN);
        enum form_result result = paper_write(&d, PDF_WRITTEN, (struct form_sink){pdf_put, &bytes});
        _exit(result == FORM_NO_FONT && !bytes.n ? 0 : 1);
    }
    int status;
    assert_true(waitpid(child, &status, 0) == child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_font), /* first: before Fontconfig has looked */
        cmocka_unit_test(test_receipt),         cmocka_unit_test(test_what_a_file_says_of_itself),
        cmocka_unit_test(test_fonts),           cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_letters),         cmocka_unit_test(test_strange_letters),
        cmocka_unit_test(test_long_receipt),    cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_code_reads_back), cmocka_unit_test(test_full_sinks),
        cmocka_unit_test(test_failing_rows),    cmocka_unit_test(test_other_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
