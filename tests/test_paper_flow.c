/* Papers that flow from page to page: tables keep their titles and rows, signatures the text above them; and
 * whatever a document says, every word of it stands somewhere, once, in its order. */
#include "core/wire.h"
#include "tests/paper_samples.h"
#include "tests/pdf_read.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- tables ---- */

static void test_register(void **state)
{
    (void)state;
    enum { ROWS = 2000 };
    struct sample_rows rows = {.count = ROWS, .fail_at = -1};
    struct document d;
    struct pdf_read pdf;
    sample_register(&d, &rows);
    pdf_read(&pdf, &d);
    assert_true(pdf.pages > 50);
    /* Every cell of every row, in order: what is drawn is read in the order of drawing. */
    const char *at = pdf.text.p;
    for (long i = 0; i < ROWS; i++) {
        struct sample_row row;
        sample_row(&row, i);
        for (size_t c = 0; c < SAMPLE_COLUMNS; c++) {
            struct buf want = BUF_INIT;
            pdf_words_of(row.cell[c], &want);
            /* nothing but titles and feet between one cell and the next */
            size_t left = (size_t)(pdf.text.p + pdf.text.n - at), near = want.n + 900;
            const char *found = memmem(at, left < near ? left : near, want.p, want.n);
            if (!found)
                fail_msg("row %ld, column %zu: \"%s\" is not in its place", i + 1, c + 1, want.p);
            at = found + want.n;
            buf_release(&want);
        }
    }
    for (size_t p = 0; p < pdf.pages; p++) {
        assert_true(pdf.page[p].count > 0);
        /* the signatures may have the last page with a row or two: with titles, too */
        if (!pdf_page_says(&pdf, p, STR("(1) (2) (3) (4) (5) (6) (7) (8) (9) (10) (11) (12)")) ||
            !pdf_page_says(&pdf, p, STR("STT Mã hồ sơ Tên thủ tục hành chính")))
            fail_msg("page %zu has no titles", p + 1);
    }
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
}

/* No row is on two pages: its cells' words are all on one. */
static void test_rows_stay_whole(void **state)
{
    (void)state;
    struct document d;
    struct pdf_read pdf;
    document_init(&d, PAPER_A5, LANG_VI);
    static const struct document_column column[] = {{STR("STT"), 1, true, false},
                                                    {STR("Nội dung"), 9, false, false}};
    document_table(&d, column, 2);
    for (int i = 0; i < 60; i++) {
        char number[16], text[400];
        int n = snprintf(number, sizeof number, "%d", i);
        int length = snprintf(
            text, sizeof text, "đầu%d %.*s cuối%d", i, i * 4 % 200,
            "a b c d e f g h i j k l m n o p q r s t u v "
            "a b c d e f g h i j k l m n o p q r s t u v a b c d e f g h i j k l m n o p q r s t u v "
            "a b c d e f g h i j k l m n o p q r s t u v a b c d e f g h i j k l m n o p q r",
            i);
        document_row(&d, (struct str[]){{number, (size_t)n}, {text, (size_t)length}}, LOOK_PLAIN);
    }
    pdf_read(&pdf, &d);
    assert_true(pdf.pages > 1);
    for (int i = 0; i < 60; i++) {
        char first[32], last[32];
        snprintf(first, sizeof first, "đầu%d", i);
        snprintf(last, sizeof last, "cuối%d", i);
        assert_int_equal(pdf_word(&pdf, first)->page, pdf_word(&pdf, last)->page);
    }
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
}

/* A row that no page holds goes on from page to page, below the titles; titles that no page holds stand once.
 */
static void test_rows_taller_than_a_page(void **state)
{
    (void)state;
    struct buf tall = BUF_INIT;
    for (int i = 0; i < 900; i++)
        buf_addf(&tall, "chữ%d ", i);
    for (int titles = 0; titles < 2; titles++) {
        struct document d;
        struct pdf_read pdf;
        document_init(&d, PAPER_A5, LANG_VI);
        document_text(&d, STR("trước bảng"), LOOK_PLAIN);
        struct document_column column[2] = {{STR("Tiêu đề"), 1, true, false},
                                            {STR("Nội dung"), 1, false, false}};
        if (titles)
            column[0].title = buf_str(&tall);
        document_table(&d, column, 2);
        document_row(&d, (struct str[]){STR("ngắn"), STR("dòng")}, LOOK_PLAIN);
        document_row(&d, (struct str[]){STR("cao"), buf_str(&tall)}, LOOK_PLAIN);
        document_row(&d, (struct str[]){STR("ngắn"), STR("sau")}, LOOK_PLAIN);
        document_text(&d, STR("sau bảng"), LOOK_PLAIN);
        pdf_read(&pdf, &d);
        assert_true(pdf.pages > 3);
        for (int i = 0; i < 900; i++) {
            char word[32];
            snprintf(word, sizeof word, "chữ%d", i);
            int found = 0;
            for (size_t k = 0; k < pdf.count; k++)
                found += str_eq(pdf.word[k].text, str_of(word));
            assert_int_equal(found, 1 + titles);
        }
        pdf_must_say(&pdf, STR("ngắn sau sau bảng"));
        if (!titles)
            assert_int_equal(pdf_says(&pdf, STR("Tiêu đề")), pdf.pages);
        pdf_must_be_tidy(&pdf, d.size);
        pdf_read_release(&pdf);
        document_release(&d);
    }
    buf_release(&tall);
}

static void test_empty_tables(void **state)
{
    (void)state;
    struct document d;
    struct pdf_read pdf;
    document_init(&d, PAPER_A4, LANG_VI);
    document_table(&d, sample_column, 3);
    document_table(&d, sample_column, 0);
    struct block *b = document_add(&d, BLOCK_TABLE); /* without a source */
    b->table = (struct table_block){.column = sample_column, .columns = 2, .none = STR("(không có)")};
    document_list(&d, STR("Không có gì"), STR_NONE);
    document_text(&d, STR_NONE, LOOK_PLAIN);
    document_add(&d, BLOCK_SIGNATURES);
    document_add(&d, BLOCK_HEAD);
    document_title(&d, STR_NONE, STR_NONE);
    document_field(&d, STR_NONE, STR_NONE, true);
    pdf_read(&pdf, &d);
    assert_int_equal(pdf.pages, 1);
    assert_int_equal(pdf_says(&pdf, STR("STT Mã hồ sơ Tên thủ tục hành chính")), 1);
    assert_int_equal(pdf_says(&pdf, STR("Mã hồ sơ")), 2);
    pdf_must_say(&pdf, STR("(không có)"));
    pdf_must_say(&pdf, STR("Không có gì:"));
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);

    document_init(&d, PAPER_A5, LANG_VI); /* nothing at all */
    pdf_read(&pdf, &d);
    assert_int_equal(pdf.pages, 1);
    pdf_read_release(&pdf);
    document_release(&d);
}

/* Wherever the page ends: a heading has its table's first row with it, a total the row before it. */
static void test_nothing_alone(void **state)
{
    (void)state;
    size_t pages = 0;
    for (int above = 0; above < 60; above++) {
        struct document d;
        struct pdf_read pdf;
        document_init(&d, PAPER_A5, LANG_VI);
        for (int i = 0; i < above; i++)
            document_text(&d, STR("dòng"), LOOK_PLAIN);
        document_text(&d, STR("Đề mục"), LOOK_BOLD);
        document_table(&d, sample_column, 2);
        document_row(&d, (const struct str[]){STR("đầu"), STR("một\nhai\nba\nbốn\nnăm")}, LOOK_PLAIN);
        for (int i = 0; i < above % 7; i++)
            document_row(&d, (const struct str[]){STR("giữa"), STR("x")}, LOOK_PLAIN);
        document_row(&d, (const struct str[]){STR("áp"), STR("chót\nnữa")}, LOOK_PLAIN);
        document_row(&d, (const struct str[]){STR("Tổng"), STR("cộng")}, LOOK_BOLD);
        pdf_read(&pdf, &d);
        bool begun = false, ended = false;
        for (size_t i = 0; i < pdf.pages; i++) {
            begun = begun || (pdf_page_says(&pdf, i, STR("Đề mục")) && pdf_page_says(&pdf, i, STR("năm")));
            ended = ended || (pdf_page_says(&pdf, i, STR("áp")) && pdf_page_says(&pdf, i, STR("Tổng")));
        }
        assert_true(begun && ended);
        pdf_must_be_tidy(&pdf, d.size);
        pages |= (size_t)1 << pdf.pages;
        pdf_read_release(&pdf);
        document_release(&d);
    }
    assert_true(pages & 1 << 1 && pages & 1 << 2);
}

/* A title over several columns stands once above them on every page, those below it each in its own. */
static void test_storeys(void **state)
{
    (void)state;
    static const struct document_column column[] = {
        {.title = STR("Lĩnh vực"), .share = 3},
        {.title = STR("Nhận: tổng"), .share = 1, .group = STR("Số nhận"), .below = STR("Tổng số")},
        {.title = STR("Nhận: mới"), .share = 1, .group = STR("Số nhận"), .below = STR("Mới")},
        {.title = STR("Trả: tổng"), .share = 1, .group = STR("Số trả"), .below = STR("Tổng số")},
    };
    struct document d;
    struct pdf_read pdf;
    document_init(&d, PAPER_A4, LANG_VI);
    document_table(&d, column, 4)->table.numbered = true;
    for (int i = 0; i < 120; i++)
        document_row(&d, (const struct str[]){STR("Hộ tịch"), STR("3"), STR("2"), STR("1")}, LOOK_PLAIN);
    pdf_read(&pdf, &d);
    assert_true(pdf.pages > 1);
    assert_int_equal(pdf_says(&pdf, STR("Số nhận")), pdf.pages);
    assert_int_equal(pdf_says(&pdf, STR("Số trả")), pdf.pages);
    assert_int_equal(pdf_says(&pdf, STR("Lĩnh vực")), pdf.pages);
    assert_int_equal(pdf_says(&pdf, STR("Tổng số")), 2 * pdf.pages);
    assert_int_equal(pdf_says(&pdf, STR("Nhận:")), 0);
    assert_int_equal(pdf_says(&pdf, STR("(4)")), pdf.pages);
    assert_int_equal(pdf_says(&pdf, STR("Hộ tịch 3 2 1")), 120);
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
}

/* ---- signatures ---- */

/* However much text there is above, the signatures are whole, and the text's end stands with them. */
static void test_signatures_stay_whole(void **state)
{
    (void)state;
    size_t pages = 0;
    for (int paragraphs = 3; paragraphs < 12; paragraphs++) {
        struct document d;
        struct pdf_read pdf;
        sample_letter(&d, paragraphs);
        pdf_read(&pdf, &d);
        size_t last = pdf.pages - 1;
        assert_true(pdf_page_says(&pdf, last,
                                  STR("Vĩnh Mỹ, ngày 18 tháng 12 năm 2026 CHỦ TỊCH (Ký tên, đóng dấu) Phạm "
                                      "Quốc Việt")));
        assert_true(pdf_page_says(&pdf, last, STR("Dòng cuối cùng.")));
        assert_int_equal(pdf_says(&pdf, STR("CHỦ TỊCH")), 1);
        for (int i = 1; i <= paragraphs; i++) {
            char end[40];
            int n = snprintf(end, sizeof end, "(hết đoạn %d).", i);
            pdf_must_say(&pdf, (struct str){end, (size_t)n});
        }
        pdf_must_be_tidy(&pdf, d.size);
        pages |= (size_t)1 << pdf.pages;
        pdf_read_release(&pdf);
        document_release(&d);
    }
    assert_int_equal(pages, 1 << 1 | 1 << 2); /* both kinds were there */
}

/* The same below a table: its last row stands with them. */
static void test_signatures_below_a_table(void **state)
{
    (void)state;
    for (long count = 1; count < 40; count += 3) {
        struct sample_rows rows = {.count = count, .fail_at = -1};
        struct document d;
        struct pdf_read pdf;
        struct sample_row row;
        sample_register(&d, &rows);
        pdf_read(&pdf, &d);
        sample_row(&row, count - 1);
        size_t last = pdf.pages - 1;
        assert_true(pdf_page_says(&pdf, last, row.cell[1]));
        assert_true(pdf_page_says(&pdf, last, STR("NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ")));
        assert_true(pdf_page_says(&pdf, last, STR("Nguyễn Thị Hương Trần Văn Đức")));
        pdf_must_be_tidy(&pdf, d.size);
        pdf_read_release(&pdf);
        document_release(&d);
    }
}

/* Absurd ones flow. */
static void test_signatures_taller_than_a_page(void **state)
{
    (void)state;
    struct buf long_title = BUF_INIT;
    for (int i = 0; i < 400; i++)
        buf_addf(&long_title, "CHỨC%d ", i);
    struct document d;
    struct pdf_read pdf;
    document_init(&d, PAPER_A5, LANG_VI);
    document_add(&d, BLOCK_HEAD)->head =
        (struct head_block){.agency = buf_str(&long_title), .country = STR("NƯỚC")};
    struct block *b = document_add(&d, BLOCK_SIGNATURES);
    b->signatures.count = 3;
    for (int i = 0; i < 3; i++)
        b->signatures.who[i].title = buf_str(&long_title);
    document_text(&d, STR("hết"), LOOK_PLAIN);
    pdf_read(&pdf, &d);
    assert_int_equal(pdf_says(&pdf, STR("CHỨC399")), 4);
    pdf_must_say(&pdf, STR("hết"));
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
    buf_release(&long_title);
}

/* ---- any document ---- */

static struct random dice = {20261121};

static size_t any(size_t n)
{
    return random_next(&dice) % n;
}

/* Words that are numbered, so that their order can be seen. */
static struct str any_text(struct document *d, struct buf *all, int *next, size_t most)
{
    static const char *const shapes[] = {"nghiêng%d", "Đường%d", "ạ%d", "H42.26.21-261120-%d",
                                         "hợp-đồng/giấy.tờ_dài-quá-khổ-%d-ễ"};
    struct buf text = BUF_INIT;
    for (size_t i = any(most) + 1; i > 0; i--) {
        char word[80];
        snprintf(word, sizeof word, shapes[any(5)], (*next)++);
        buf_add_z(&text, word);
        buf_add_z(all, word);
        buf_add_char(&text, ' ');
    }
    struct str kept = document_keep(d, buf_str(&text));
    buf_release(&text);
    return kept;
}

/* Tall rows have one cell: the others' words would stand on two pages, in another order. */
static void any_table(struct document *d, struct buf *all, int *next)
{
    size_t columns = any(5) + 1;
    struct document_column *column = arena_alloc(&d->text, columns * sizeof *column);
    for (size_t c = 0; c < columns; c++)
        column[c] = (struct document_column){STR("t"), (int)any(5), any(2), any(2)};
    document_table(d, column, columns);
    for (size_t r = any(30); r > 0; r--) {
        struct str cells[5];
        for (size_t c = 0; c < columns; c++)
            cells[c] = any_text(d, all, next, columns > 1 ? 3 : any(20) ? 6 : 900);
        document_row(d, cells, (unsigned)any(4));
    }
}

static void any_block(struct document *d, struct buf *all, int *next)
{
    switch (any(7)) {
    case 0: document_title(d, any_text(d, all, next, 30), STR_NONE); break;
    case 1:
    case 2: document_text(d, any_text(d, all, next, any(8) ? 40 : 700), (unsigned)any(16)); break;
    case 3: document_field(d, STR("n"), any_text(d, all, next, 60), true); break;
    case 4: {
        struct buf list = BUF_INIT;
        for (size_t i = any(20); i > 0; i--)
            wire_list_add(&list, any_text(d, all, next, 30));
        document_list(d, STR_NONE, document_keep(d, buf_str(&list)));
        buf_release(&list);
        break;
    }
    case 5: any_table(d, all, next); break;
    default: document_add(d, BLOCK_QR)->text = STR("H42.26.21-261120-0007"); break;
    }
}

/* The text without what the paper adds (titles "t", labels "n:", numbers of items and pages) and without
 * blanks: exactly the words that went in, in their order. */
static void squeeze(const struct pdf_read *pdf, struct buf *out)
{
    for (const char *p = pdf->text.p, *end; *p; p = *end ? end + 1 : end) {
        end = strchr(p, ' ');
        end = end ? end : p + strlen(p);
        struct str word = {p, (size_t)(end - p)};
        bool digits = strspn(p, "0123456789") + 1 == word.n && word.p[word.n - 1] == '.';
        if (str_eq(word, STR("t")) || str_eq(word, STR("n:")) || digits)
            continue;
        if (str_eq(word, STR("trang")) && *end) {
            end = strchr(end + 1, ' ');
            if (!end)
                break;
            continue;
        }
        buf_add_str(out, word);
    }
}

static void test_any_document(void **state)
{
    (void)state;
    int documents = getenv("MOTCUA_LONG") ? 400 : 40;
    for (int i = 0; i < documents; i++) {
        struct document d;
        struct pdf_read pdf;
        struct buf all = BUF_INIT, back = BUF_INIT;
        int next = 0;
        uint64_t seed = dice.state;
        document_init(&d, (enum paper_size)any(3), LANG_VI);
        for (size_t n = any(12) + 1; n > 0; n--)
            any_block(&d, &all, &next);
        pdf_read(&pdf, &d);
        squeeze(&pdf, &back);
        buf_add(&all, "", 0);
        buf_add(&back, "", 0);
        size_t same = 0;
        while (same < all.n && all.p[same] == back.p[same])
            same++;
        if (same < all.n || same < back.n)
            fail_msg("random state %llu, byte %zu: want ...%.60s, got ...%.60s", (unsigned long long)seed,
                     same, all.p + (same < 20 ? 0 : same - 20), back.p + (same < 20 ? 0 : same - 20));
        pdf_must_be_tidy(&pdf, d.size);
        buf_release(&all);
        buf_release(&back);
        pdf_read_release(&pdf);
        document_release(&d);
    }
}

/* ---- slips on one sheet ---- */

/* So many short paragraphs, and two who sign. */
static void lines_and_signatures(struct document *d, int lines, double least_points)
{
    document_init(d, PAPER_A5, LANG_VI);
    d->least_points = least_points;
    for (int i = 0; i < lines; i++) {
        char text[32];
        int n = snprintf(text, sizeof text, "dòng%d", i);
        document_text(d, document_keep(d, (struct str){text, (size_t)n}), LOOK_PLAIN);
    }
    struct block *b = document_add(d, BLOCK_SIGNATURES);
    b->signatures.count = 2;
    b->signatures.who[0] = (struct signature){.title = STR("NGƯỜI-KÝ"), .name = STR("Tên")};
}

static size_t pages_of(int lines, double least_points, double *letters)
{
    struct document d;
    struct pdf_read pdf;
    lines_and_signatures(&d, lines, least_points);
    pdf_read(&pdf, &d);
    const struct pdf_word *word = pdf_word(&pdf, "dòng0");
    size_t pages = pdf.pages;
    *letters = word->bottom - word->top;
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
    return pages;
}

/* From 11 points down to 10 where that saves a page; where it does not they stay as they are. */
static void test_smaller_letters_where_they_save_a_page(void **state)
{
    (void)state;
    double usual, small;
    int fits = 1, saved = 0;
    while (pages_of(fits + 1, 0, &usual) == 1)
        fits++;
    for (int lines = fits - 2; lines < fits + 20; lines++) {
        size_t before = pages_of(lines, 0, &usual), after = pages_of(lines, 10, &small);
        assert_int_equal(before, lines > fits ? 2 : 1);
        if (after < before)
            saved++;
        assert_true(after < before ? small < usual * 0.97 && small > usual * 0.9 : small == usual);
    }
    assert_in_range(saved, 2, 8); /* of the thirty or so of a page */
}

/* No signature without two lines of the text above it. */
static void test_two_lines_go_with_signatures(void **state)
{
    (void)state;
    int broken = 0;
    for (int lines = 20; lines < 60; lines++) {
        struct document d;
        struct pdf_read pdf;
        char last[2][16];
        lines_and_signatures(&d, lines, 0);
        pdf_read(&pdf, &d);
        int page = pdf_word(&pdf, "NGƯỜI-KÝ")->page;
        for (int i = 0; i < 2; i++) {
            snprintf(last[i], sizeof last[i], "dòng%d", lines - 1 - i);
            assert_int_equal(pdf_word(&pdf, last[i])->page, page);
        }
        broken += page > 0;
        pdf_read_release(&pdf);
        document_release(&d);
    }
    assert_in_range(broken, 1, 39);
}

/* ---- names in the head ---- */

static void head_of(struct pdf_read *pdf, struct str agency)
{
    struct document d;
    document_init(&d, PAPER_A5, LANG_VI);
    document_add(&d, BLOCK_HEAD)->head =
        (struct head_block){.parent = STR("UBND TỈNH GIA LAI"),
                            .agency = agency,
                            .country = STR("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                            .motto = STR("Độc lập - Tự do - Hạnh phúc")};
    pdf_read(pdf, &d);
    document_release(&d);
}

static bool on_one_line(const struct pdf_read *pdf, const char *a, const char *b)
{
    double distance = pdf_word(pdf, a)->top - pdf_word(pdf, b)->top;
    return distance < 1 && distance > -1;
}

/* An agency's name is parted where it would be said, and no word of it stands alone. */
static void test_names_are_parted_well(void **state)
{
    (void)state;
    struct pdf_read pdf;
    head_of(&pdf, STR("ỦY BAN NHÂN DÂN PHƯỜNG AN PHÚ"));
    assert_false(on_one_line(&pdf, "DÂN", "PHƯỜNG"));
    assert_true(on_one_line(&pdf, "ỦY", "DÂN") && on_one_line(&pdf, "PHƯỜNG", "PHÚ"));
    pdf_read_release(&pdf);
    head_of(&pdf, STR("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"));
    assert_false(on_one_line(&pdf, "TRUNG", "CÔNG"));
    assert_true(on_one_line(&pdf, "CHÍNH", "CÔNG"));
    pdf_read_release(&pdf);
    head_of(&pdf, STR("HĐND PHƯỜNG AN"));
    assert_true(on_one_line(&pdf, "HĐND", "PHƯỜNG"));
    pdf_read_release(&pdf);
}

/* ---- words that nobody writes ---- */

/* Three cells without a blank leave the other columns what their own words need. */
static void test_long_words_leave_the_others_room(void **state)
{
    (void)state;
    static const char *const shares[] = {"STT",  "Mã",  "Tên", "Người", "Địa", "Đơn",
                                         "Nhận", "Hẹn", "Trả", "Cách",  "Ký",  "Ghi"};
    static const int share[SAMPLE_COLUMNS] = {3, 9, 35, 9, 11, 9, 6, 6, 6, 6, 5, 6};
    struct document_column column[SAMPLE_COLUMNS] = {{.share = 0}};
    struct str cell[SAMPLE_COLUMNS];
    struct buf tall = BUF_INIT;
    struct document d;
    struct pdf_read pdf;
    for (int i = 0; i < 40; i++)
        buf_add_z(&tall, "Nguyễnvăn");
    for (size_t c = 0; c < SAMPLE_COLUMNS; c++) {
        column[c] = (struct document_column){.title = str_of(shares[c]), .share = share[c]};
        cell[c] = c >= 3 && c <= 5 ? buf_str(&tall) : STR("nghiêng 16/11/2026");
    }
    document_init(&d, PAPER_A4_LANDSCAPE, LANG_VI);
    document_table(&d, column, SAMPLE_COLUMNS);
    document_row(&d, cell, LOOK_PLAIN);
    pdf_read(&pdf, &d);
    assert_int_equal(pdf_says(&pdf, STR("nghiêng 16/11/2026")), SAMPLE_COLUMNS - 3);
    pdf_must_be_tidy(&pdf, d.size);
    pdf_read_release(&pdf);
    document_release(&d);
    buf_release(&tall);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_register),
        cmocka_unit_test(test_rows_stay_whole),
        cmocka_unit_test(test_rows_taller_than_a_page),
        cmocka_unit_test(test_empty_tables),
        cmocka_unit_test(test_nothing_alone),
        cmocka_unit_test(test_storeys),
        cmocka_unit_test(test_signatures_stay_whole),
        cmocka_unit_test(test_signatures_below_a_table),
        cmocka_unit_test(test_signatures_taller_than_a_page),
        cmocka_unit_test(test_smaller_letters_where_they_save_a_page),
        cmocka_unit_test(test_two_lines_go_with_signatures),
        cmocka_unit_test(test_names_are_parted_well),
        cmocka_unit_test(test_long_words_leave_the_others_room),
        cmocka_unit_test(test_any_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
