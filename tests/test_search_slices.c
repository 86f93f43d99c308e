/* A search done in slices: at every moment what it told is the beginning of what it tells in one go, which is
 * what going through every dossier finds. */
#include "store/search.h"
#include "tests/random.h"
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PEOPLE = 1500, BATCH = 50, MOST = 3 * PEOPLE };

static const char *const words[] = {
    "",         "dang", "đặng",  "Đa\xCC\xA3\xCC\x86ng", "nguyen",  "van",        "thi hoa", "0912", "777",
    "dang 091", "h42",  "26110", "khong co ai ca",       "hoa van", "NGUYỄN thị", "-0001"};

/* ---- a store full of people ---- */

static const char *const family[] = {"Nguyễn", "Trần", "Đặng", "Dang", "Phạm", "Lê", "Đa\xCC\xA3\xCC\x86ng"};
static const char *const middle[] = {"Văn", "Thị", "Ngọc", "Hữu"};
static const char *const given[] = {"Hoa", "Khuê", "Vân", "Tám", "Hương", "Đạt", "Lan", "Vinh"};

struct person {
    char name[80], phone[16], at[24], id_number[16];
};

static struct command log_person(struct random *r, struct person *p)
{
    snprintf(p->name, sizeof p->name, "%s %s %s", family[random_in(r, 0, 6)], middle[random_in(r, 0, 3)],
             given[random_in(r, 0, 7)]);
    snprintf(p->phone, sizeof p->phone, "09%08d", (int)random_in(r, 0, 99999999));
    snprintf(p->at, sizeof p->at, "2026-%02d-%02dT09:%02d", (int)random_in(r, 1, 10),
             (int)random_in(r, 1, 28), (int)random_in(r, 0, 59));
    struct command c = desk_receive("1.006", p->name, random_in(r, 0, 2) ? NULL : p->at, NULL);
    c.receive.applicant.phone = str_of(p->phone);
    /* Some have a passport: letters among the numbers, now and then those of a name. */
    if (random_in(r, 0, 9) == 0) {
        static const char *const series[] = {"B", "HOA", "THI", "K-VAN", "X DANG"};
        snprintf(p->id_number, sizeof p->id_number, "%s%05d", series[random_in(r, 0, 4)],
                 (int)random_in(r, 0, 99999));
        c.receive.applicant.id_number = str_of(p->id_number);
    }
    return c;
}

static void log_people(struct store_desk *d, struct random *r, size_t n)
{
    static struct person person[BATCH];
    static struct request request[BATCH];
    for (size_t done = 0; done < n; done += BATCH) {
        for (size_t i = 0; i < BATCH; i++)
            request[i] = (struct request){.moment = {.now = d->now, .login = str_of(d->login)},
                                          .command = log_person(r, &person[i])};
        struct outcome o = store_submit(d->store, request, BATCH, NULL);
        assert_int_equal(o.kind, KIND_done);
    }
}

static int set_up(void **state)
{
    static struct store_desk d;
    struct random r = {7};
    store_desk_init(&d);
    log_people(&d, &r, PEOPLE);
    *state = &d;
    return 0;
}

static int tear_down(void **state)
{
    store_desk_release(*state);
    return 0;
}

/* ---- what is told ---- */

struct told {
    struct {
        civil_minute received;
        uint64_t id;
    } at[MOST];
    size_t count, stop; /* stop: after so many, 0: never */
    size_t steps;       /* left in this slice */
};

static bool tell(void *arg, const struct found *found)
{
    struct told *t = arg;
    assert_true(t->count < MOST);
    t->at[t->count].received = found->received;
    t->at[t->count++].id = found->id;
    return t->count != t->stop;
}

static bool tell_dossier(void *arg, const struct dossier *d)
{
    return tell(arg, &(struct found){d->facts.received, d->facts.id});
}

static bool go_on(void *arg)
{
    struct told *t = arg;
    return t->steps-- > 1;
}

static struct view *look(struct store_desk *d)
{
    struct view *v;
    struct outcome o = view_begin(d->store, &v);
    assert_int_equal(o.kind, KIND_done);
    return v;
}

static struct query ask(const char *typed)
{
    struct query q;
    assert_true(query_init(&q, str_of(typed)));
    return q;
}

static int newest_first(const void *a, const void *b)
{
    const civil_minute *x = a, *y = b;
    const uint64_t *i = (const void *)(x + 1), *k = (const void *)(y + 1);
    return *x != *y ? (*x < *y) - (*x > *y) : (*i < *k) - (*i > *k);
}

/* Every dossier, one by one. */
static void find_slowly(struct view *v, const struct query *q, struct told *out)
{
    struct buf name = BUF_INIT, numbers = BUF_INIT;
    struct dossier d;
    out->count = 0;
    for (uint64_t id = 1; id <= view_dossiers(v); id++) {
        assert_true(view_dossier(v, id, &d));
        buf_reset(&name);
        buf_reset(&numbers);
        match_name(&name, &d);
        match_numbers(&numbers, &d);
        if (query_matches(q, buf_str(&name), buf_str(&numbers)))
            tell_dossier(out, &d);
    }
    qsort(out->at, out->count, sizeof out->at[0], newest_first);
    buf_release(&name);
    buf_release(&numbers);
}

static void assert_begins_so(const struct told *all, const struct told *some)
{
    assert_true(some->count <= all->count);
    for (size_t i = 0; i < some->count; i++) {
        assert_int_equal(some->at[i].id, all->at[i].id);
        assert_int_equal(some->at[i].received, all->at[i].received);
    }
}

/* ---- slices ---- */

static void every_slice_tells_the_newest(void **state)
{
    struct store_desk *d = *state;
    static struct told all, some;
    struct random r = {11};
    size_t matches = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (int longest = 1; longest <= 64; longest *= 8) {
            struct query q = ask(words[i]);
            struct search *s = search_new(&q);
            struct view *v = look(d);
            find_slowly(v, &q, &all);
            view_end(v);
            some.count = some.stop = 0;
            for (bool over = false; !over;) {
                some.steps = (size_t)random_in(&r, 1, longest);
                v = look(d);
                over = search_some(s, v, go_on, tell, &some);
                assert_int_equal(view_fault(v).kind, KIND_done);
                view_end(v);
                assert_begins_so(&all, &some);
            }
            assert_int_equal(some.count, all.count);
            matches += all.count;
            search_free(s);
            query_release(&q);
        }
    }
    assert_true(matches > 3 * PEOPLE); /* the words do find something */
}

static void add_piece(struct random *r, struct buf *out, struct str whole)
{
    if (!whole.n)
        return;
    size_t from = (size_t)random_in(r, 0, (int64_t)whole.n - 1);
    size_t n = (size_t)random_in(r, 1, 8);
    buf_add_char(out, ' ');
    buf_add_str(out, str_first(str_from(whole, from), n));
}

/* Two to four pieces out of one dossier, or, one time in three, the last of another one. */
static void type_pieces(struct random *r, struct view *v, struct buf *out)
{
    int64_t pieces = random_in(r, 2, 4);
    uint64_t id = (uint64_t)random_in(r, 1, (int64_t)view_dossiers(v));
    struct buf text = BUF_INIT;
    buf_reset(out);
    for (int64_t i = 0; i < pieces; i++) {
        struct dossier d;
        if (i == pieces - 1 && random_in(r, 0, 2) == 0)
            id = (uint64_t)random_in(r, 1, (int64_t)view_dossiers(v));
        assert_true(view_dossier(v, id, &d));
        buf_reset(&text);
        if (random_in(r, 0, 1))
            match_name(&text, &d);
        else
            match_numbers(&text, &d);
        add_piece(r, out, buf_str(&text));
    }
    buf_release(&text);
}

/* Words that stand partly in the name, partly among the numbers, here and there in both. */
static void pieces_of_dossiers_are_found(void **state)
{
    struct store_desk *d = *state;
    static struct told all, some;
    struct random r = {31};
    struct buf typed = BUF_INIT;
    size_t none = 0, several = 0;
    for (int i = 0; i < 200; i++) {
        struct query q;
        struct view *v = look(d);
        type_pieces(&r, v, &typed);
        assert_true(query_init(&q, buf_str(&typed)));
        struct search *s = search_new(&q);
        find_slowly(v, &q, &all);
        some.count = some.stop = 0;
        do
            some.steps = (size_t)random_in(&r, 1, 200);
        while (!search_some(s, v, go_on, tell, &some));
        assert_int_equal(some.count, all.count);
        assert_begins_so(&all, &some);
        none += all.count == 0;
        several += all.count > 1;
        view_end(v);
        search_free(s);
        query_release(&q);
    }
    assert_true(none > 5);
    assert_true(several > 20);
    buf_release(&typed);
}

static void one_step_a_call_comes_to_the_end(void **state)
{
    struct store_desk *d = *state;
    static struct told some;
    struct query q = ask("hoa");
    struct search *s = search_new(&q);
    size_t calls = 0;
    some.count = 0;
    for (bool over = false; !over; calls++) {
        struct view *v = look(d);
        some.steps = 0; /* enough, whenever asked */
        size_t before = some.count;
        over = search_some(s, v, go_on, tell, &some);
        assert_true(some.count <= before + 1);
        view_end(v);
        assert_true(calls < 100000);
    }
    assert_true(calls > some.count);
    search_free(s);
    query_release(&q);
}

/* Another letter is typed: the search so far is left, another begun; neither disturbs the other. */
static void one_may_be_left_for_another(void **state)
{
    struct store_desk *d = *state;
    static struct told all, some;
    for (size_t left = 0; left < 40; left++) {
        struct query first = ask("van"), second = ask("van h");
        struct search *s = search_new(&first), *t = search_new(&second);
        struct view *v = look(d);
        some.count = 0;
        some.steps = left;
        search_some(s, v, go_on, tell, &some);
        search_free(s);
        some.count = 0;
        some.steps = SIZE_MAX;
        assert_true(search_some(t, v, go_on, tell, &some));
        find_slowly(v, &second, &all);
        assert_int_equal(some.count, all.count);
        assert_begins_so(&all, &some);
        view_end(v);
        search_free(t);
        query_release(&first);
        query_release(&second);
    }
}

static void it_is_over_when_the_caller_has_enough(void **state)
{
    struct store_desk *d = *state;
    static struct told some;
    struct query q = ask("nguyen");
    struct search *s = search_new(&q);
    struct view *v = look(d);
    some = (struct told){.stop = 5};
    assert_true(search_some(s, v, NULL, tell, &some));
    assert_int_equal(some.count, 5);
    assert_true(search_some(s, v, NULL, tell, &some)); /* and stays over */
    assert_int_equal(some.count, 5);
    view_end(v);
    search_free(s);
    query_release(&q);
}

/* A thousand and more "Hoàng", years ago; a few of them have a passport. Since then nobody is called so. */
static void log_old_and_new(struct store_desk *d, struct random *r)
{
    enum { OLD = 1600, NEW = 800 };
    static struct person person[BATCH];
    static struct request request[BATCH];
    static char name[BATCH][40];
    for (int done = 0; done < OLD + NEW; done += BATCH) {
        for (int i = 0; i < BATCH; i++) {
            struct command c = log_person(r, &person[i]);
            snprintf(name[i], sizeof name[i], done < OLD ? "Hoàng Thị %s" : "Bùi Thị %s", given[i % 8]);
            bool passport = done + i == 3 || done + i == 400 || done + i == 401;
            c.receive.applicant =
                (struct applicant){.name = str_of(name[i]), .phone = str_of(person[i].phone)};
            c.receive.applicant.id_number = passport ? STR("QX1234567") : STR_NONE;
            request[i] = (struct request){.moment = {.now = d->now, .login = str_of(d->login)}, .command = c};
        }
        struct outcome o = store_submit(d->store, request, BATCH, NULL);
        assert_int_equal(o.kind, KIND_done);
    }
}

/* Then it is found out first whether the numbers have that word at all. */
static void many_names_that_lack_a_word_are_judged_all_the_same(void **state)
{
    static const char *const typed[] = {"hoang qx1", "hoang qz9", "hoang thi qx12", "hoang lan qx1",
                                        "hoang x-y"};
    static struct told all, some;
    struct store_desk d;
    struct random r = {13};
    size_t found = 0;
    (void)state;
    store_desk_init(&d);
    log_old_and_new(&d, &r);
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        struct query q = ask(typed[i]);
        struct search *s = search_new(&q);
        struct view *v = look(&d);
        find_slowly(v, &q, &all);
        view_end(v);
        found += all.count;
        some.count = some.stop = 0;
        for (bool over = false; !over;) {
            some.steps = (size_t)random_in(&r, 1, 300);
            v = look(&d);
            over = search_some(s, v, go_on, tell, &some);
            view_end(v);
            assert_begins_so(&all, &some);
        }
        assert_int_equal(some.count, all.count);
        search_free(s);
        query_release(&q);
    }
    assert_true(found >= 6);
    store_desk_release(&d);
}

/* ---- while others write ---- */

static void correct_one(struct store_desk *d, const char *ending, enum correction_field field,
                        const char *value)
{
    const struct change change = {.field = field, .value = str_of(value)};
    struct outcome o = store_desk_ask(d, desk_correct(ending, &change), NULL);
    assert_int_equal(o.kind, KIND_done);
}

static void rename_one(struct store_desk *d, const char *ending, const char *name)
{
    correct_one(d, ending, CORRECT_APPLICANT, name);
}

static bool is_told(const struct told *t, uint64_t id, size_t *times)
{
    *times = 0;
    for (size_t i = 0; i < t->count; i++)
        *times += t->at[i].id == id;
    return *times > 0;
}

/* What was there before it began, and is as it was, is found once, in order; whatever else is told matches.
 */
static void goes_on_while_others_write(struct store_desk *d, const char *typed)
{
    static struct told before, some;
    struct random r = {23};
    struct query q = ask(typed);
    struct search *s = search_new(&q);
    struct view *v = look(d);
    find_slowly(v, &q, &before);
    uint64_t there = view_dossiers(v);
    view_end(v);
    some.count = some.stop = 0;
    int slices = 0;
    for (bool over = false; !over; slices++) {
        v = look(d);
        some.steps = 3;
        over = search_some(s, v, go_on, tell, &some);
        view_end(v);
        if (slices < 4)
            log_people(d, &r, BATCH);
    }
    assert_true(slices > 4);
    for (size_t i = 0, times; i < before.count; i++) {
        assert_true(is_told(&some, before.at[i].id, &times));
        assert_int_equal(times, 1);
    }
    for (size_t i = 1; i < some.count; i++)
        assert_true(newest_first(&some.at[i - 1], &some.at[i]) < 0);
    for (size_t i = 0; i < some.count; i++)
        assert_true(some.at[i].id <= there + 4 * BATCH);
    search_free(s);
    query_release(&q);
}

static void it_goes_on_while_others_write(void **state)
{
    static const char *const typed[] = {"dang", "dang 09", "h42 van 7"};
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++)
        goes_on_while_others_write(*state, typed[i]);
}

/* What the name lacks is among the numbers: they may be others when the dossier is come to, and stand where
 * the search has been. */
static void numbers_corrected_meanwhile_are_judged_as_they_are(void **state)
{
    struct store_desk *d = *state;
    static struct told some;
    struct query q = ask("zyong 0977");
    char code[4][64];
    uint64_t id[4];
    for (int i = 0; i < 4; i++)
        id[i] = store_desk_receive(d, "1.006", "Zyong", NULL, code[i]);
    for (int i = 0; i < 3; i++)
        correct_one(d, code[i], CORRECT_PHONE, "0977000111");
    for (size_t steps = 1; steps <= 3; steps++) { /* the names are read, the numbers, or both */
        struct search *s = search_new(&q);
        struct view *v = look(d);
        some = (struct told){.steps = steps};
        bool over = search_some(s, v, go_on, tell, &some);
        size_t told = some.count;
        view_end(v);
        assert_false(over);
        correct_one(d, code[0], CORRECT_EMAIL, steps % 2 ? "a@b.vn" : "c@d.vn"); /* which moves no line */
        correct_one(d, code[1], CORRECT_PHONE, "0912000111");
        correct_one(d, code[3], CORRECT_PHONE, "0977000222");
        v = look(d);
        assert_true(search_some(s, v, NULL, tell, &some));
        view_end(v);
        size_t times;
        is_told(&some, id[0], &times);
        assert_int_equal(times, 1);
        is_told(&some, id[1], &times);
        assert_true(times == 0 || (told && times == 1));
        is_told(&some, id[2], &times);
        assert_int_equal(times, 1);
        is_told(&some, id[3], &times);
        assert_true(times <= 1);
        search_free(s);
        correct_one(d, code[1], CORRECT_PHONE, "0977000111");
        correct_one(d, code[3], CORRECT_PHONE, "0912000222");
    }
    query_release(&q);
}

/* Renamed before it is come to: not told, since it matches no more. Renamed to match: told, or left for the
 * next search, never twice. */
static void what_is_renamed_meanwhile_is_judged_as_it_is(void **state)
{
    struct store_desk *d = *state;
    static struct told some;
    struct query q = ask("zuong");
    char code[3][64];
    uint64_t id[3];
    const char *const name[] = {"Zuong Một", "Zuong Hai", "Ba"};
    for (int i = 0; i < 3; i++)
        id[i] = store_desk_receive(d, "1.006", name[i], NULL, code[i]);
    struct search *s = search_new(&q);
    some = (struct told){.steps = 1};
    struct view *v = look(d);
    bool over = search_some(s, v, go_on, tell, &some);
    view_end(v);
    assert_false(over);
    assert_int_equal(some.count, 0); /* the chunk is read, nothing told yet */
    rename_one(d, code[1], "Hai");
    rename_one(d, code[2], "Zuong Ba");
    v = look(d);
    assert_true(search_some(s, v, NULL, tell, &some));
    view_end(v);
    size_t times;
    assert_true(is_told(&some, id[0], &times));
    assert_false(is_told(&some, id[1], &times));
    is_told(&some, id[2], &times);
    assert_true(times <= 1);
    search_free(s);
    some.count = 0;
    v = look(d);
    view_search(v, &q, tell_dossier, &some);
    view_end(v);
    assert_int_equal(some.count, 2);
    assert_int_equal(some.at[0].id, id[2]);
    assert_int_equal(some.at[1].id, id[0]);
    query_release(&q);
}

/* A smaller store in its place: as after a rebuild it begins from the beginning. */
static void where_the_tables_shrank_it_begins_again(void **state)
{
    struct store_desk *d = *state, small;
    static struct told all, some;
    struct random r = {5};
    struct query q = ask("hoa");
    struct search *s = search_new(&q);
    store_desk_init(&small);
    log_people(&small, &r, BATCH);
    struct view *v = look(d);
    some = (struct told){.steps = 2};
    assert_false(search_some(s, v, go_on, tell, &some));
    view_end(v);
    some.count = 0;
    v = look(&small);
    assert_true(search_some(s, v, NULL, tell, &some));
    find_slowly(v, &q, &all);
    view_end(v);
    assert_int_equal(some.count, all.count);
    assert_begins_so(&all, &some);
    search_free(s);
    query_release(&q);
    store_desk_release(&small);
}

static void an_empty_store_is_over_at_once(void **state)
{
    struct store_desk d;
    static struct told some;
    (void)state;
    struct query q = ask("hoa");
    struct search *s = search_new(&q);
    store_desk_init(&d);
    struct view *v = look(&d);
    some = (struct told){.steps = 1};
    assert_true(search_some(s, v, go_on, tell, &some));
    assert_int_equal(some.count, 0);
    view_end(v);
    search_free(s);
    query_release(&q);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_slice_tells_the_newest),
        cmocka_unit_test(pieces_of_dossiers_are_found),
        cmocka_unit_test(many_names_that_lack_a_word_are_judged_all_the_same),
        cmocka_unit_test(one_step_a_call_comes_to_the_end),
        cmocka_unit_test(one_may_be_left_for_another),
        cmocka_unit_test(it_is_over_when_the_caller_has_enough),
        cmocka_unit_test(what_is_renamed_meanwhile_is_judged_as_it_is),
        cmocka_unit_test(numbers_corrected_meanwhile_are_judged_as_they_are),
        cmocka_unit_test(where_the_tables_shrank_it_begins_again),
        cmocka_unit_test(it_goes_on_while_others_write),
        cmocka_unit_test(an_empty_store_is_over_at_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
