/* Searching by any part of a name, code, phone or id number. */
#include "core/match.h"
#include "core/text.h"
#include "tests/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct dossier huong(void)
{
    return (struct dossier){
        .code = STR("H42.26.21-261121-0007"),
        .receipt.applicant = {.name = STR("Nguyễn Thị Hương"),
                              .phone = STR("0912 345.678"),
                              .id_number = STR("064 190 001234")},
        .receipt.note = STR("ghi chú kín"),
    };
}

static bool finds(const struct dossier *d, const char *typed)
{
    struct query q;
    struct buf name = BUF_INIT, numbers = BUF_INIT;
    assert_true(query_init(&q, str_of(typed)));
    match_name(&name, d);
    match_numbers(&numbers, d);
    bool found = query_matches(&q, buf_str(&name), buf_str(&numbers));
    buf_release(&name);
    buf_release(&numbers);
    query_release(&q);
    return found;
}

static void expect_found(const struct dossier *d, const char *const *typed, size_t n, bool expected)
{
    for (size_t i = 0; i < n; i++)
        if (finds(d, typed[i]) != expected)
            fail_msg("\"%s\" is %s", typed[i], expected ? "not found" : "found");
}
#define FOUND(d, ...) EXPECT(d, true, __VA_ARGS__)
#define NOT_FOUND(d, ...) EXPECT(d, false, __VA_ARGS__)
#define EXPECT(d, expected, ...)                                                                             \
    do {                                                                                                     \
        const char *const typed[] = {__VA_ARGS__};                                                           \
        expect_found((d), typed, sizeof typed / sizeof *typed, (expected));                                  \
    } while (0)

static void names_are_found_without_marks_case_or_order(void **state)
{
    (void)state;
    struct dossier d = huong();
    FOUND(&d, "nguyen thi huong", "Nguyễn Thị Hương", "HƯƠNG", "huong nguyen", "ương", "thi", "ng", "uy",
          "Nguye\xCC\x82\xCC\x83n", "  huong   thi ", "huong huong");
    NOT_FOUND(&d, "nguyen van huong", "huongg", "tran", "nguyenthi", "ghi", "kin");
    struct dossier duc = {.code = STR("X-1"), .receipt.applicant = {.name = STR("ĐẶNG ĐÌNH ĐỨC")}};
    FOUND(&duc, "dang dinh duc", "đức", "Duc dang");
}

static void numbers_are_found_by_any_part(void **state)
{
    (void)state;
    struct dossier d = huong();
    FOUND(&d, "H42.26.21-261121-0007", "h42.26.21-261121-0007", "261121-0007", "0007", "26.21", "-261121-");
    FOUND(&d, "0912345678", "0912 345 678", "0912.345.678", "091234", "5678", "+84912345678",
          "+84 912 345 678", "+84.912.345.678");
    FOUND(&d, "064190001234", "064 190 001234", "064190", "1234", "064.190.001.234");
    NOT_FOUND(&d, "0008", "064.190.001.235", "0912345679", "0912.345.679", "42-26", "0912345678064190001234",
              "78064", "+8491234567899");
}

static void words_may_come_from_different_places(void **state)
{
    (void)state;
    struct dossier d = huong();
    FOUND(&d, "huong 0007", "5678 nguyen 0641", "0912 345 678 thị");
    NOT_FOUND(&d, "huong 0008", "hoa 0007");
}

static void unusual_numbers_are_found_as_typed_and_bare(void **state)
{
    (void)state;
    struct dossier d = {.code = STR("03706/2026/07906"),
                        .receipt.applicant = {.name = STR("Công ty A&B"),
                                              .phone = STR("+84 (98) 123-4567"),
                                              .id_number = STR("B1234-567")}};
    FOUND(&d, "03706/2026/07906", "2026/0", "+84(98)123-4567", "0981234567", "123-4567", "1234567",
          "b1234567", "B1234-567", "a&b");
    NOT_FOUND(&d, "1984981", "03706-2026");
    d.receipt.applicant.phone = STR("0262 3851-999");
    d.receipt.applicant.id_number = STR("Az-09");
    FOUND(&d, "az-09", "az09", "02623851999", "02623851-999", "0262 3851-999");
}

static void fragments_of_dotted_codes_stay_as_typed(void **state)
{
    (void)state;
    struct dossier old = {.code = STR("000.00.53.H48-220921-0099"),
                          .receipt.applicant = {.name = STR("Lê A")}};
    FOUND(&old, "000.00.53.H48", "000.00.53", "00.53", "53.h48-220921");
    struct dossier low = {.code = STR("H07.12.05-261121-0001"), .receipt.applicant = {.name = STR("Lê A")}};
    FOUND(&low, "07.12.05", "07.12.05-261121");
}

static void what_is_searched_is_folded_once(void **state)
{
    (void)state;
    struct dossier d = huong();
    struct buf out = BUF_INIT;
    buf_add_z(&out, "|");
    match_name(&out, &d);
    assert_string_equal(out.p, "|nguyen thi huong");
    buf_reset(&out);
    buf_add_z(&out, "|");
    match_numbers(&out, &d);
    assert_string_equal(out.p, "|h42.26.21-261121-0007 0912345678 064190001234");
    d.receipt.applicant.phone = d.receipt.applicant.id_number = STR_NONE;
    buf_reset(&out);
    match_numbers(&out, &d);
    assert_string_equal(out.p, "h42.26.21-261121-0007");
    d.receipt.applicant.phone = STR(" . ");
    buf_reset(&out);
    match_numbers(&out, &d);
    assert_string_equal(out.p, "h42.26.21-261121-0007");
    buf_release(&out);
}

static void nothing_typed_matches_all(void **state)
{
    (void)state;
    struct dossier d = huong();
    FOUND(&d, "", "   ", "\xCC\x81");
    struct query q;
    assert_true(query_init(&q, STR_NONE));
    assert_int_equal(q.count, 0);
    query_release(&q);
    NOT_FOUND(&d, "+84"); /* a prefix alone is looked for as it is */
}

static void sixteen_words_and_no_more(void **state)
{
    (void)state;
    struct query q;
    assert_true(query_init(&q, STR("a b c d e f g h i j k l m n o p")));
    assert_int_equal(q.count, QUERY_WORDS);
    assert_true(str_eq(q.word[0], STR("a")) && str_eq(q.word[15], STR("p")));
    query_release(&q);
    assert_true(query_init(&q, STR("  a b c d e f g h i j k l m n o p  ")));
    query_release(&q);
    assert_false(query_init(&q, STR("a b c d e f g h i j k l m n o p q")));
    query_release(&q);
}

/* Every part of what is kept is found, and what is not in it is not: by a plain search written here. */
static bool occurs(struct str text, struct str part)
{
    for (size_t i = 0; i + part.n <= text.n; i++) {
        size_t k = 0;
        while (k < part.n && text.p[i + k] == part.p[k])
            k++;
        if (k == part.n)
            return true;
    }
    return false;
}

static void random_words_are_found_as_by_a_plain_search(void **state)
{
    (void)state;
    struct random r = {99};
    for (int i = 0; i < 50000; i++) {
        char name[12], numbers[12], word[4];
        struct str n = {name, (size_t)random_in(&r, 0, sizeof name)},
                   m = {numbers, (size_t)random_in(&r, 0, sizeof numbers)},
                   w = {word, (size_t)random_in(&r, 1, sizeof word)};
        for (size_t k = 0; k < sizeof name; k++)
            name[k] = (char)random_in(&r, 'a', 'c'), numbers[k] = (char)random_in(&r, 'a', 'c');
        for (size_t k = 0; k < sizeof word; k++)
            word[k] = (char)random_in(&r, 'a', 'c');
        struct query q;
        assert_true(query_init(&q, w));
        assert_int_equal(q.count, 1);
        assert_int_equal(query_matches(&q, n, m), occurs(n, w) || occurs(m, w));
        query_release(&q);
    }
}

int main(void)
{
    const struct CMUnitTest match[] = {
        cmocka_unit_test(names_are_found_without_marks_case_or_order),
        cmocka_unit_test(numbers_are_found_by_any_part),
        cmocka_unit_test(words_may_come_from_different_places),
        cmocka_unit_test(unusual_numbers_are_found_as_typed_and_bare),
        cmocka_unit_test(fragments_of_dotted_codes_stay_as_typed),
        cmocka_unit_test(what_is_searched_is_folded_once),
        cmocka_unit_test(nothing_typed_matches_all),
        cmocka_unit_test(sixteen_words_and_no_more),
        cmocka_unit_test(random_words_are_found_as_by_a_plain_search),
    };
    return cmocka_run_group_tests_name("match", match, NULL, NULL);
}
