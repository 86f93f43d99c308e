/* Papers as lists of blocks: what is added stands there, held rows are given out as often as asked. */
#include "core/document.h"
#include "core/wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void test_blocks(void **state)
{
    (void)state;
    struct document d;
    document_init(&d, PAPER_A5, LANG_EN);
    document_title(&d, STR("Title"), STR("under"));
    document_text(&d, STR("text"), LOOK_BOLD | LOOK_CENTRE);
    document_field(&d, STR("label"), STR("value"), false);
    document_field(&d, STR("nothing"), STR_NONE, false); /* left out */
    document_field(&d, STR("empty"), STR(""), false);    /* the same */
    document_field(&d, STR("by hand"), STR_NONE, true);
    document_list(&d, STR("list"), STR_NONE);
    struct block *b = document_add(&d, BLOCK_QR);
    b->text = STR("H42");
    assert_false(d.failed);
    assert_int_equal(d.size, PAPER_A5);
    assert_int_equal(d.lang, LANG_EN);

    static const struct {
        enum block_kind kind;
        const char *label, *text, *under;
        unsigned style;
    } want[] = {
        {BLOCK_TITLE, "", "Title", "under", 0}, {BLOCK_TEXT, "", "text", "", LOOK_BOLD | LOOK_CENTRE},
        {BLOCK_FIELD, "label", "value", "", 0}, {BLOCK_FIELD, "by hand", "", "", 0},
        {BLOCK_LIST, "list", "", "", 0},        {BLOCK_QR, "", "H42", "", 0},
    };
    assert_int_equal(d.count, sizeof want / sizeof *want);
    for (size_t i = 0; i < d.count; i++) {
        assert_int_equal(d.block[i].kind, want[i].kind);
        assert_int_equal(d.block[i].style, want[i].style);
        assert_true(str_eq(d.block[i].label, str_of(want[i].label)));
        assert_true(str_eq(d.block[i].text, str_of(want[i].text)));
        assert_true(str_eq(d.block[i].under, str_of(want[i].under)));
    }
    document_release(&d);
    assert_int_equal(d.count, 0);
    document_release(&d); /* does no harm */
}

/* What is kept outlives what it was copied from; blocks stay as they are while more of them come. */
static void test_keeping(void **state)
{
    (void)state;
    struct document d;
    document_init(&d, PAPER_A4, LANG_VI);
    for (int i = 0; i < 1000; i++) {
        char room[32];
        int n = snprintf(room, sizeof room, "đoạn %d", i);
        document_text(&d, document_keep(&d, (struct str){room, (size_t)n}), LOOK_PLAIN);
    }
    assert_int_equal(d.count, 1000);
    for (int i = 0; i < 1000; i++) {
        char room[32];
        snprintf(room, sizeof room, "đoạn %d", i);
        assert_true(str_eq(d.block[i].text, str_of(room)));
    }
    assert_null(document_keep(&d, STR_NONE).p);
    assert_int_equal(document_keep(&d, STR("")).n, 0);
    assert_false(d.failed);
    document_release(&d);
}

/* ---- tables ---- */

struct seen {
    size_t columns, rows, stop_at;
    struct buf text;
    unsigned styles;
};

static bool see(void *to, const struct str *cells, unsigned style)
{
    struct seen *s = to;
    for (size_t c = 0; c < s->columns; c++) {
        buf_add_str(&s->text, cells[c]);
        buf_add_char(&s->text, '|');
    }
    buf_add_char(&s->text, '\n');
    s->styles = s->styles * 10 + style;
    return ++s->rows != s->stop_at;
}

static const struct document_column columns[] = {{STR("A"), 1, false, false}, {STR("B"), 2, true, false}};

static void test_rows(void **state)
{
    (void)state;
    struct document d;
    document_init(&d, PAPER_A4, LANG_VI);
    document_row(&d, (struct str[]){STR("no"), STR("table")}, 0); /* nothing */
    struct block *b = document_table(&d, columns, 2);
    b->table.numbered = true;
    char room[8] = "one";
    document_row(&d, (struct str[]){{room, 3}, STR("1")}, LOOK_PLAIN);
    memcpy(room, "xxx", 3); /* cells are copied */
    document_text(&d, STR("between"), LOOK_PLAIN);
    document_row(&d, (struct str[]){STR("two"), STR_NONE}, LOOK_BOLD);
    assert_int_equal(d.count, 2);
    const struct table_block *t = &d.block[0].table;
    assert_int_equal(d.block[0].kind, BLOCK_TABLE);
    assert_int_equal(t->columns, 2);
    assert_true(t->numbered);
    assert_ptr_equal(t->column, columns);
    for (int again = 0; again < 2; again++) {
        struct seen s = {.columns = 2, .text = BUF_INIT};
        assert_true(t->rows.each(t->rows.arg, see, &s));
        assert_string_equal(s.text.p, "one|1|\ntwo||\n");
        assert_int_equal(s.styles, LOOK_PLAIN * 10 + LOOK_BOLD);
        buf_release(&s.text);
    }
    struct seen s = {.columns = 2, .text = BUF_INIT, .stop_at = 1};
    assert_true(t->rows.each(t->rows.arg, see, &s)); /* stopped is not failed */
    assert_string_equal(s.text.p, "one|1|\n");
    buf_release(&s.text);
    document_release(&d);
}

/* Rows go to the table that was added last, however many there are. */
static void test_many_rows(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    struct document d;
    document_init(&d, PAPER_A4_LANDSCAPE, LANG_VI);
    document_table(&d, columns, 2);
    document_row(&d, (struct str[]){STR("first"), STR("table")}, 0);
    document_table(&d, columns, 1);
    for (int i = 0; i < ROWS; i++) {
        char room[16];
        int n = snprintf(room, sizeof room, "%d", i);
        document_row(&d, &(struct str){room, (size_t)n}, 0);
    }
    struct seen s = {.columns = 1, .text = BUF_INIT};
    assert_true(d.block[1].table.rows.each(d.block[1].table.rows.arg, see, &s));
    assert_int_equal(s.rows, ROWS);
    struct buf want = BUF_INIT;
    for (int i = 0; i < ROWS; i++) {
        buf_add_int(&want, i);
        buf_add_z(&want, "|\n");
    }
    assert_string_equal(s.text.p, want.p);
    buf_release(&want);
    buf_release(&s.text);
    struct seen first = {.columns = 2, .text = BUF_INIT};
    assert_true(d.block[0].table.rows.each(d.block[0].table.rows.arg, see, &first));
    assert_string_equal(first.text.p, "first|table|\n");
    buf_release(&first.text);
    assert_false(d.failed);
    document_release(&d);
}

/* A text larger than there is memory: it says so, and nothing breaks. */
static void test_no_memory(void **state)
{
    (void)state;
    struct document d;
    document_init(&d, PAPER_A4, LANG_VI);
    document_text(&d, STR("before"), 0);
    assert_null(document_keep(&d, (struct str){"x", PTRDIFF_MAX}).p);
    assert_true(d.failed);
    document_table(&d, columns, 2); /* the arena gives nothing any more */
    document_row(&d, (struct str[]){STR("a"), STR("b")}, 0);
    assert_true(d.failed);
    document_release(&d);
    assert_false(d.failed);

    /* A table of more columns than can be held. */
    document_init(&d, PAPER_A4, LANG_VI);
    document_table(&d, columns, SIZE_MAX / 4);
    document_row(&d, (struct str[]){STR("a"), STR("b")}, 0);
    assert_true(d.failed);
    document_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks),    cmocka_unit_test(test_keeping),   cmocka_unit_test(test_rows),
        cmocka_unit_test(test_many_rows), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
