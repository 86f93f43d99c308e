/* Text as it is searched: folding. */
#include "core/text.h"
#include "tests/slow_text.h"
#include "tests/vietnamese_letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

#include <cmocka.h>

#define SEED 20261123

static void expect_fold(const char *in, const char *folded)
{
    struct buf out = BUF_INIT;
    buf_add_z(&out, "kept|");
    text_fold(&out, str_of(in));
    if (strncmp(out.p, "kept|", 5) || strcmp(out.p + 5, folded))
        fail_msg("\"%s\" folds to \"%s\", not to \"%s\"", in, out.p, folded);
    buf_release(&out);
}

static void vietnamese_folds_to_plain_letters(void **state)
{
    (void)state;
    for (size_t i = 0; i < VIETNAMESE_LETTERS; i++) {
        const struct vietnamese_letter *letter = &vietnamese_letters[i];
        expect_fold(letter->composed, letter->plain);
        expect_fold(letter->decomposed, letter->plain);
        expect_fold(letter->typed, letter->plain);
    }
    expect_fold("Nguyễn  Thị HƯƠNG", "nguyen thi huong");
    expect_fold("NGUYỄN THỊ HƯƠNG", "nguyen thi huong");
    expect_fold("Nguye\u0302\u0303n Thi\u0323 Hu\u031Bo\u031Bng", "nguyen thi huong");
    expect_fold("Đăng ký kết hôn có yếu tố nước ngoài", "dang ky ket hon co yeu to nuoc ngoai");
    expect_fold("Ðỗ Ɖình ðức", "do dinh duc"); /* what old converters make of Đ */
    expect_fold("Ƀuôn Kŏp H’Wen Niê Č̣ư Êban", "buon kop h'wen nie cu eban");
}

static void folding_in_particular(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"   ", ""},
        {" \t a \r\n\n b\u00A0\u3000c \u2028", "a b c"},
        {"a \u0301 b", "a b"},
        {"H42.26.21-221128-0007", "h42.26.21-221128-0007"},
        {"H42.26.21–221128—0007", "h42.26.21-221128-0007"},
        {"０９１２ Ａb²", "0912 ab2"},
        {"ﬁ ß ẞ æ Œ Ł ø ı İ ſ", "fi ss ss ae oe l o i i s"},
        {"K\u2019Sor K\u2018 K\u02BC “x”", "k'sor k' k' \"x\""},
        {"ΣΟΦΟΣ ς Жук", "σοφοσ σ жук"},
        {"co\u00ADn\u200Bg\u202E ty\uFEFF", "cong ty"},
        {"e\xCC\x81\xFFx\xE1\xBB", "ex"},
        {"\x01\x7F\xC2\x9Bx", "x"},
        {"100 % → ½ … @#", "100 % → ½ … @#"},
        {"北京 ひらがな", "北京 ひらかな"}, /* a voicing mark is a mark in NFD */
        {"😀", "😀"},
        {"a\u302E\u302Fb", "ab"}, /* marks that take room, but that NFC may move */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_fold(cases[i][0], cases[i][1]);
}

static struct str fold_of(struct buf *out, struct str in)
{
    buf_reset(out);
    text_fold(out, in);
    return out->n ? buf_str(out) : STR("");
}

/* Folds alike in NFC and NFD and folds no further. */
static void check_fold(struct str in, struct buf scratch[2])
{
    struct str folded = fold_of(&scratch[0], in);
    char *composed = slow_normal(in, true), *decomposed = slow_normal(in, false);
    assert_true(str_eq(folded, fold_of(&scratch[1], str_of(composed))));
    assert_true(str_eq(folded, fold_of(&scratch[1], str_of(decomposed))));
    assert_true(str_eq(folded, fold_of(&scratch[1], folded)));
    assert_true(slow_is_showable(folded, false));
    free(composed);
    free(decomposed);
}

static void every_character_folds_alike_in_nfc_and_nfd(void **state)
{
    (void)state;
    struct buf in = BUF_INIT, scratch[2] = {BUF_INIT, BUF_INIT};
    for (int32_t c = 1; c < 0x110000; c++) {
        bool filler = c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
        if ((c >= 0xD800 && c < 0xE000) || filler || c % 0x10000 >= 0xFFFE || (c >= 0xFDD0 && c < 0xFDF0))
            continue; /* kept: nobody stores them */
        buf_reset(&in);
        text_put(&in, c);
        check_fold(buf_str(&in), scratch);
    }
    buf_release(&in);
    buf_release(&scratch[0]);
    buf_release(&scratch[1]);
}

static void random_texts_fold_alike_in_nfc_and_nfd(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT, scratch[2] = {BUF_INIT, BUF_INIT};
    for (int round = 0; round < 30000; round++) {
        buf_reset(&in);
        random_text(&in, &random, 30, false);
        if (in.n)
            check_fold(buf_str(&in), scratch);
    }
    buf_release(&in);
    buf_release(&scratch[0]);
    buf_release(&scratch[1]);
}

/* Every letter of the Latin blocks that Unicode takes apart into an ASCII letter and marks folds to that
 * letter, small. */
static void latin_letters_fold_to_their_base(void **state)
{
    (void)state;
    size_t letters = 0;
    for (int32_t c = 0xC0; c < 0x1F00; c = c == 0x24F ? 0x1E00 : c + 1) {
        utf8proc_int32_t parts[8];
        utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE, NULL);
        if (n < 2 || parts[0] >= 0x80)
            continue;
        char in[5] = "", plain[2] = {(char)(parts[0] | 0x20), '\0'};
        utf8proc_encode_char(c, (utf8proc_uint8_t *)in);
        expect_fold(in, plain);
        letters++;
    }
    assert_true(letters > 400);
}

static void random_bytes_fold_to_something_showable(void **state)
{
    (void)state;
    struct random random = {SEED};
    struct buf in = BUF_INIT, out = BUF_INIT;
    for (int round = 0; round < 30000; round++) {
        buf_reset(&in);
        random_text(&in, &random, 30, true);
        struct str folded = fold_of(&out, buf_str(&in));
        assert_true(text_is_utf8(folded));
        assert_null(folded.n ? strstr(folded.p, "  ") : NULL);
        assert_true(folded.n == 0 || (folded.p[0] != ' ' && folded.p[folded.n - 1] != ' '));
    }
    buf_release(&in);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnamese_folds_to_plain_letters),
        cmocka_unit_test(folding_in_particular),
        cmocka_unit_test(every_character_folds_alike_in_nfc_and_nfd),
        cmocka_unit_test(random_texts_fold_alike_in_nfc_and_nfd),
        cmocka_unit_test(latin_letters_fold_to_their_base),
        cmocka_unit_test(random_bytes_fold_to_something_showable),
    };
    return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
