/* What can be in a full chunk of lines: never no for what is in it, mostly no for what is not. */
#include "tests/random.h"

#include "core/buf.h"
#include "store/bytes.h"
#include "store/pieces.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { BEFORE = 29000000 };

struct filled {
    unsigned char chunk[CHUNK_BYTES], rows[CHUNK_BYTES];
    char line[1000][64];
    size_t lines;
};

static void begin(struct filled *f)
{
    memset(f, 0, sizeof *f);
    lines_begin(f->chunk, BEFORE);
}

static bool put(struct filled *f)
{
    bool put = lines_put(f->chunk, f->lines + 1, str_of(f->line[f->lines]));
    f->lines += put;
    return put;
}

/* Code, phone and id number, as a day's dossiers have them. */
static void fill_with_numbers(struct filled *f, struct random *r)
{
    begin(f);
    do
        snprintf(f->line[f->lines], sizeof f->line[0], "h42.26.21-260310-%04d 09%08d 0012%08d",
                 (int)f->lines + 1, (int)random_in(r, 0, 99999999), (int)random_in(r, 0, 99999999));
    while (put(f));
}

static void fill_with_letters(struct filled *f, struct random *r)
{
    static const char letters[] = "abn 01.-\xC4\x91\xC3\xBF";
    begin(f);
    do {
        size_t n = (size_t)random_in(r, 1, 60);
        for (size_t i = 0; i < n; i++)
            f->line[f->lines][i] = letters[random_in(r, 0, sizeof letters - 2)];
        f->line[f->lines][n] = '\0';
    } while (put(f));
}

static const unsigned char *row_for(struct filled *f, uint32_t number)
{
    struct lines l;
    assert_true(lines_open(f->chunk, &l));
    pieces_make(f->rows, number, &l);
    return pieces_row(f->rows, number);
}

static bool may_hold(const unsigned char *row, struct str word)
{
    struct asked a = pieces_ask(word);
    return pieces_may_hold(row, &a);
}

static bool holds(const struct filled *f, const char *word)
{
    for (size_t i = 0; i < f->lines; i++)
        if (strstr(f->line[i], word))
            return true;
    return false;
}

static void every_part_of_a_line_may_be_there(void **state)
{
    static struct filled f;
    struct random r = {3};
    (void)state;
    for (uint32_t i = 0; i < 2 * PIECES_ROWS; i++) {
        i % 2 ? fill_with_numbers(&f, &r) : fill_with_letters(&f, &r);
        const unsigned char *row = row_for(&f, i);
        assert_true(pieces_before(row) == BEFORE);
        assert_true(may_hold(row, STR_NONE));
        for (size_t k = 0; k < f.lines; k++) {
            struct str line = str_of(f.line[k]);
            for (size_t from = 0; from < line.n; from++)
                for (size_t n = 1; n <= line.n - from; n++)
                    assert_true(may_hold(row, str_first(str_from(line, from), n)));
        }
    }
}

/* Else a search would look at as much as before. */
static void most_words_of_six_digits_cannot(void **state)
{
    static struct filled f;
    struct random r = {5};
    char word[8];
    (void)state;
    fill_with_numbers(&f, &r);
    const unsigned char *row = row_for(&f, 0);
    size_t asked = 0, wrong = 0;
    for (int i = 0; i < 20000; i++) {
        snprintf(word, sizeof word, "%06d", (int)random_in(&r, 0, 999999));
        if (holds(&f, word))
            continue;
        asked++;
        wrong += may_hold(row, str_of(word));
    }
    if (asked < 19000 || wrong * 20 > asked)
        fail_msg("%zu of %zu words that are not there might be", wrong, asked);
    assert_false(may_hold(row, STR("nguyen")));
    assert_false(may_hold(row, STR("x"))); /* a word of no piece: its characters tell */
    assert_false(may_hold(row, STR("260311-")));
}

static void a_row_is_nobody_elses(void **state)
{
    static struct filled f;
    static unsigned char before[CHUNK_BYTES];
    struct random r = {7};
    (void)state;
    fill_with_letters(&f, &r);
    memset(f.rows, 0xA5, sizeof f.rows);
    memcpy(before, f.rows, sizeof before);
    row_for(&f, 8 * 77 + 3);
    for (size_t at = 0; at < CHUNK_BYTES; at++)
        assert_true(at / PIECES_ROW == 3 || f.rows[at] == before[at]);
    assert_int_equal(pieces_chunk(8 * 77 + 3), 77);
}

static void a_line_taken_out_is_not_told(void **state)
{
    static struct filled f;
    (void)state;
    begin(&f);
    strcpy(f.line[0], "zuong");
    assert_true(put(&f));
    strcpy(f.line[1], "zung");
    assert_true(put(&f));
    lines_blank(f.chunk, 0);
    assert_false(may_hold(row_for(&f, 0), STR("zuong")));
    assert_true(may_hold(row_for(&f, 0), STR("zung")));
}

/* What is beyond the part that was kept is not here: it may be anything. */
static void a_cut_line_may_hold_whatever_is_asked(void **state)
{
    static struct filled f;
    struct buf text = BUF_INIT;
    (void)state;
    begin(&f);
    for (int i = 0; i < LINE_LONGEST; i++)
        buf_add_char(&text, 'a');
    buf_add_z(&text, " xyzzy");
    assert_true(lines_put(f.chunk, 1, buf_str(&text)));
    assert_true(may_hold(row_for(&f, 0), STR("xyzzy")));
    assert_true(may_hold(row_for(&f, 0), STR("0912345678")));
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_of_a_line_may_be_there),
        cmocka_unit_test(most_words_of_six_digits_cannot),
        cmocka_unit_test(a_row_is_nobody_elses),
        cmocka_unit_test(a_line_taken_out_is_not_told),
        cmocka_unit_test(a_cut_line_may_hold_whatever_is_asked),
    };
    return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}
