/* codes: what an ending finds, against looking at every code there is. */
#include "tests/random.h"
#include "tests/store_desk.h"

#include "store/codes.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { CODES = 3000, LONGEST = 60 };

struct shelf {
    struct store_desk desk;
    struct txn txn;
    char code[CODES][LONGEST + 1];
    enum code_standing standing[CODES];
    size_t count, judged;
};

static enum code_standing judge(void *arg, uint64_t id)
{
    struct shelf *s = arg;
    assert_in_range(id, 1, s->count);
    s->judged++;
    return s->standing[id - 1];
}

static void put(struct shelf *s, const char *code, enum code_standing standing)
{
    snprintf(s->code[s->count], sizeof s->code[0], "%s", code);
    if (codes_put(&s->txn, str_of(code), s->count + 1)) /* else it is there already */
        s->standing[s->count++] = standing;
}

static struct shelf *open_shelf(void)
{
    struct shelf *s = calloc(1, sizeof *s);
    assert_non_null(s);
    store_desk_init(&s->desk);
    assert_true(txn_begin(s->desk.store, true, &s->txn));
    return s;
}

static void close_shelf(struct shelf *s)
{
    txn_end(&s->txn);
    store_desk_release(&s->desk);
    free(s);
}

static bool ends_so(const char *code, struct str ending)
{
    size_t n = strlen(code);
    for (size_t i = 0; i < ending.n && n >= ending.n; i++)
        if (code_upper(code[n - ending.n + i]) != code_upper(ending.p[i]))
            return false;
    return n >= ending.n;
}

/* As the header says it, code after code. */
static void assert_found(struct shelf *s, struct str ending)
{
    uint64_t open = 0, all = 0, one_open = 0, one = 0, exact = 0, id = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->standing[i] == CODE_UNSEEN || !ends_so(s->code[i], ending))
            continue;
        one = i + 1;
        all++;
        if (strlen(s->code[i]) == ending.n)
            exact = i + 1;
        if (s->standing[i] == CODE_OPEN) {
            one_open = i + 1;
            open++;
        }
    }
    struct outcome o = codes_find(&s->txn, ending, judge, s, &id);
    if (exact || open == 1 || (open == 0 && all == 1)) {
        assert_true(outcome_ok(&o));
        assert_int_equal(id, exact ? exact : open ? one_open : one);
    } else if (all == 0) {
        assert_string_equal(outcome_kind_name(o.kind), "unknown_dossier");
    } else {
        assert_string_equal(outcome_kind_name(o.kind), "ambiguous_dossier");
        assert_int_equal(o.arg[1].number, open ? open : all);
    }
    assert_true(txn_ok(&s->txn));
}

/* Codes of a few days and agencies as the national systems give them, of two lengths where a day had many;
 * and others of any shape, from so few letters that one is often the end of another. */
static void random_code(struct random *r, char out[LONGEST + 1])
{
    static const char letters[] = "01aA-";
    if (random_in(r, 0, 3)) {
        snprintf(out, LONGEST + 1, "H%d.26-2611%02d-%0*d", (int)random_in(r, 1, 3), (int)random_in(r, 1, 9),
                 random_in(r, 0, 9) ? 4 : 5, (int)random_in(r, 1, 120));
        return;
    }
    size_t n = (size_t)random_in(r, 4, random_in(r, 0, 9) ? 9 : LONGEST);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[random_in(r, 0, 4)];
    out[n] = '\0';
}

static void test_endings_as_by_looking_at_all(void **state)
{
    struct random r = {1};
    struct shelf *s = open_shelf();
    char code[LONGEST + 1];
    (void)state;
    while (s->count < CODES) {
        random_code(&r, code);
        put(s, code, (enum code_standing)random_in(&r, CODE_UNSEEN, CODE_ENDED));
        if (s->count % 10)
            continue;
        random_code(&r, code);
        const char *of = random_in(&r, 0, 1) ? code : s->code[random_in(&r, 0, (int64_t)s->count - 1)];
        size_t n = strlen(of), from = (size_t)random_in(&r, 0, (int64_t)n - CODE_ENDING);
        assert_found(s, str_from(str_of(of), from));
    }
    close_shelf(s);
}

/* Of a day with many codes only the one is looked at, and only what fits is judged. */
static void test_only_what_fits_is_judged(void **state)
{
    struct shelf *s = open_shelf();
    char code[LONGEST + 1];
    (void)state;
    for (int day = 1; day <= 5; day++)
        for (int i = 1; i <= 400; i++) {
            snprintf(code, sizeof code, "H42.26-2611%02d-%04d", day, i);
            put(s, code, CODE_ENDED);
        }
    assert_found(s, STR("0399"));
    assert_int_equal(s->judged, 5);
    s->judged = 0;
    assert_found(s, STR("03-0399"));
    assert_int_equal(s->judged, 1);
    s->judged = 0;
    assert_found(s, STR("0401"));
    assert_int_equal(s->judged, 0);
    close_shelf(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_endings_as_by_looking_at_all),
        cmocka_unit_test(test_only_what_fits_is_judged),
    };
    return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
