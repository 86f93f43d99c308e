/* The store's everyday: what is written is read back, by whatever way it is asked for. */
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

static void assert_str(struct str got, const char *expected)
{
    char text[1200];
    snprintf(text, sizeof text, "%.*s", STR_ARG(got));
    assert_string_equal(text, expected);
}

static struct view *look(struct store_desk *d)
{
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    return v;
}

static struct store_stat stat_of(struct store_desk *d)
{
    struct store_stat s;
    struct view *v = look(d);
    view_stat(v, &s);
    view_end(v);
    return s;
}

static int setup(void **state)
{
    struct store_desk *d = calloc(1, sizeof *d);
    store_desk_init(d);
    *state = d;
    return 0;
}

static int teardown(void **state)
{
    store_desk_release(*state);
    free(*state);
    return 0;
}

/* ---- one dossier ---- */

static void test_received_is_read_back(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    uint64_t id = store_desk_receive(d, "1.001", "Nguyễn Thị Hương", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0001");
    assert_int_equal(id, 1);
    store_desk_reopen(d);
    struct view *v = look(d);
    struct dossier dossier;
    assert_true(view_dossier(v, 1, &dossier));
    assert_str(dossier.receipt.applicant.name, "Nguyễn Thị Hương");
    assert_str(dossier.code, "H42.26.21-261116-0001");
    assert_int_equal(dossier.facts.due, desk_time("2026-11-19T17:00"));
    assert_false(view_dossier(v, 2, &dossier));
    assert_false(view_dossier(v, 0, &dossier));
    assert_false(view_dossier(v, UINT64_MAX, &dossier));
    struct outcome fault = view_fault(v);
    ASSERT_DONE(fault);
    view_end(v);
    store_desk_assert_whole(d->store);
}

/* The dossier keeps the version of the procedure it was received under. */
static void test_procedure_as_it_was(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "Trần Văn Ba", NULL, code);
    struct command c = {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME};
    c.procedure = (struct procedure){.code = STR("1.001"),
                                     .name = STR("Khai sinh lưu động"),
                                     .field = STR("Tư pháp"),
                                     .fee = 0,
                                     .online = 1,
                                     .postal = 0};
    assert_true(limit_parse(STR("2 working_days"), &c.procedure.limit));
    ASSERT_DONE(store_desk_ask(d, c, NULL));
    store_desk_receive(d, "1.001", "Lê Văn Tư", NULL, code);

    struct view *v = look(d);
    struct dossier before, after;
    struct procedure p;
    assert_true(view_dossier(v, 1, &before) && view_dossier(v, 2, &after));
    assert_true(view_procedure_of(v, &before, &p));
    assert_str(p.name, "Đăng ký khai sinh");
    assert_str(p.field, "Hộ tịch");
    assert_int_equal(p.fee, 20000);
    assert_true(view_procedure_of(v, &after, &p));
    assert_str(p.name, "Khai sinh lưu động");
    assert_int_equal(p.fee, 0);
    before.receipt.procedure.version = 0; /* not known: today's */
    assert_true(view_procedure_of(v, &before, &p));
    assert_str(p.name, "Khai sinh lưu động");
    before.receipt.procedure.code = STR("8.888");
    assert_false(view_procedure_of(v, &before, &p));
    view_end(v);
}

struct history {
    char text[400];
    size_t stop;
};

static bool add_event(void *arg, const struct event *e)
{
    struct history *h = arg;
    size_t n = strlen(h->text);
    snprintf(h->text + n, sizeof h->text - n, "%s:%llu ", event_kind_name(e->kind),
             (unsigned long long)e->seq);
    return h->stop == 0 || --h->stop > 0;
}

static void test_history_is_its_own_events_in_order(void **state)
{
    struct store_desk *d = *state;
    char first[64], second[64];
    store_desk_receive(d, "1.001", "A", NULL, first);  /* 13: found makes two events */
    store_desk_receive(d, "1.006", "B", NULL, second); /* 14 */
    ASSERT_DONE(store_desk_ask(d, desk_transfer(first, "nam"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_transfer(second, "nam"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_resolve(first, NULL), NULL));
    struct view *v = look(d);
    struct dossier dossier;
    struct history whole = {.stop = 0}, cut = {.stop = 2};
    assert_true(view_dossier(v, 1, &dossier));
    view_history(v, &dossier, add_event, &whole);
    view_history(v, &dossier, add_event, &cut);
    view_end(v);
    assert_string_equal(whole.text, "received:13 transferred:15 resolved:17 ");
    assert_string_equal(cut.text, "received:13 transferred:15 ");
}

/* ---- codes ---- */

struct codes {
    char text[2000];
    size_t count, stop;
};

static bool count_one(void *arg, const struct dossier *dossier)
{
    (void)dossier;
    ((struct codes *)arg)->count++;
    return true;
}

static uint64_t find(struct store_desk *d, struct str code, const char *kind)
{
    struct view *v = look(d);
    uint64_t id = 0;
    struct outcome o = view_find(v, code, &id);
    view_end(v);
    ASSERT_KIND(o, kind);
    return id;
}

static void test_find_by_code_and_ending(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", "2026-11-13T09:00", code); /* 1: H42.26.21-261113-0001 */
    store_desk_receive(d, "1.001", "B", "2026-11-13T09:05", code); /* 2: …261113-0002 */
    store_desk_receive(d, "1.006", "C", NULL, code);               /* 3: …261116-0001 */
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "D", NULL, "ab0001"), NULL)); /* 4 */
    assert_int_equal(find(d, STR("H42.26.21-261113-0002"), "done"), 2);
    assert_int_equal(find(d, STR("h42.26.21-261113-0002"), "done"), 2);
    assert_int_equal(find(d, STR("AB0001"), "done"), 4);
    assert_int_equal(find(d, STR("0002"), "done"), 2);
    assert_int_equal(find(d, STR("13-0001"), "done"), 1);
    find(d, STR("0001"), "ambiguous_dossier");
    find(d, STR("002"), "unknown_dossier"); /* shorter than four */
    find(d, STR("9999"), "unknown_dossier");
    find(d, STR_NONE, "unknown_dossier");
    find(d, STR("xH42.26.21-261113-0002"), "unknown_dossier");
    find(d, (struct str){"\0\0\0\0\0", 5}, "unknown_dossier");
    find(d, STR("Hồ sơ 0002"), "unknown_dossier");
    static char huge[100000];
    memset(huge, '1', sizeof huge);
    find(d, (struct str){huge, sizeof huge}, "unknown_dossier");
}

static void test_ambiguous_names_count_and_some(void **state)
{
    struct store_desk *d = *state;
    static const struct {
        const char *code, *named;
    } cases[] = {
        {"a-7777", NULL}, /* alone it is meant */
        {"b-7777", "A-7777, B-7777"},
        {"c-7777", "A-7777, B-7777, C-7777"},
        {"d-7777", "A-7777, B-7777, C-7777, …"},
        {"e-7777", "A-7777, B-7777, C-7777, …"},
    };
    for (int i = 0; i < 5; i++) {
        ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, cases[i].code), NULL));
        struct view *v = look(d);
        uint64_t id;
        struct outcome o = view_find(v, STR("7777"), &id);
        view_end(v);
        if (!cases[i].named) {
            ASSERT_DONE(o);
            continue;
        }
        ASSERT_KIND(o, "ambiguous_dossier");
        assert_string_equal(o.arg[0].text, "7777");
        assert_int_equal(o.arg[1].number, i + 1);
        assert_string_equal(o.arg[2].text, cases[i].named);
    }
    /* One that is the whole code of another is no ending. */
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "7777"), NULL));
    assert_int_equal(find(d, STR("7777"), "done"), 6);
}

/* The longest codes there are: all the same two are named, whole. */
static void test_long_ambiguous_codes_are_named_whole(void **state)
{
    struct store_desk *d = *state;
    char code[4][61], named[200];
    for (int i = 0; i < 4; i++) {
        snprintf(code[i], sizeof code[i], "%c%059d", 'A' + i, 7);
        ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, code[i]), NULL));
    }
    struct view *v = look(d);
    uint64_t id;
    struct outcome o = view_find(v, STR("0007"), &id);
    view_end(v);
    ASSERT_KIND(o, "ambiguous_dossier");
    snprintf(named, sizeof named, "%s, %s, %s, …", code[0], code[1], code[2]);
    assert_string_equal(o.arg[2].text, named);
}

static void test_open_dossiers_win_over_ended(void **state)
{
    struct store_desk *d = *state;
    char one[64], two[64];
    store_desk_receive(d, "1.001", "A", "2026-11-13T09:00", one);
    store_desk_receive(d, "1.001", "B", NULL, two);
    find(d, STR("0001"), "ambiguous_dossier");
    ASSERT_DONE(store_desk_ask(d, desk_resolve(one, NULL), NULL));
    assert_int_equal(find(d, STR("0001"), "done"), 2);
    ASSERT_DONE(store_desk_ask(d, desk_resolve("0001", NULL), NULL)); /* the open one */
    find(d, STR("0001"), "ambiguous_dossier");                        /* all have ended */
    struct view *v = look(d);
    struct dossier dossier;
    assert_true(view_dossier(v, 2, &dossier));
    assert_int_equal(dossier.facts.state, STATE_RESOLVED);
    view_end(v);
}

static void test_codes_of_a_day(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0001");
    /* A back-dated entry takes a number of its own day and leaves today's alone. */
    store_desk_receive(d, "1.001", "A", "2026-11-13T10:00", code);
    assert_string_equal(code, "H42.26.21-261113-0001");
    store_desk_receive(d, "1.001", "A", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0002");
    /* Typed ahead of the row, in other letters: stepped over when the row gets there, and no number is lost.
     */
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "h42.26.21-261116-0004"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "H42.26.21-261116-0005"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "H42.26.21-261116-9999"), NULL));
    store_desk_receive(d, "1.001", "A", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0003");
    store_desk_receive(d, "1.001", "A", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0006");
    /* Taken is taken, whatever the letters' case, and also when the dossier has ended. */
    ASSERT_DONE(store_desk_ask(d, desk_refuse("261116-0006"), NULL));
    ASSERT_KIND(store_desk_ask(d, desk_receive("1.001", "A", NULL, "h42.26.21-261116-0006"), NULL),
                "duplicate_code");
    /* No number of ours: too many zeros, letters in it, another agency's. */
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "H42.26.21-261116-00007"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "H42.26.21-261116-000x"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, "H42.26.22-261116-0007"), NULL));
    store_desk_receive(d, "1.001", "A", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-0007");
    store_desk_assert_whole(d->store);
}

/* Past 9999 the numbers go on with five digits. */
static void test_more_than_9999_codes_a_day(void **state)
{
    struct store_desk *d = *state;
    enum { MANY = 10001, BATCH = 500 };
    struct request *r = calloc(BATCH, sizeof *r);
    char code[64];
    for (int i = 0; i < MANY - 1; i += BATCH) {
        for (int j = 0; j < BATCH; j++)
            r[j] = (struct request){.moment = {.now = d->now, .login = STR("huong")},
                                    .command = desk_receive("1.002", "Rơ Châm H'Yến", NULL, NULL)};
        ASSERT_DONE(store_submit(d->store, r, BATCH, NULL));
    }
    free(r);
    store_desk_receive(d, "1.002", "A", NULL, code);
    assert_string_equal(code, "H42.26.21-261116-10001");
    assert_int_equal(find(d, STR("16-10000"), "done"), 10000);
    assert_int_equal(find(d, STR("-9999"), "done"), 9999);
    /* So many that scans and searches read ahead. */
    struct codes scanned = {0}, found = {0};
    struct query q;
    struct view *v = look(d);
    view_scan(v, NULL, count_one, &scanned);
    assert_true(query_init(&q, STR("yen cham")));
    view_search(v, &q, count_one, &found);
    query_release(&q);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    assert_int_equal(scanned.count, 10001);
    assert_int_equal(found.count, 10000);
}

static void test_letter_numbers_of_a_year(void **state)
{
    struct store_desk *d = *state;
    char code[3][64];
    struct dossier dossier;
    store_desk_now(d, "2026-12-29T08:00");
    for (int i = 0; i < 3; i++)
        store_desk_receive(d, "1.006", "A", NULL, code[i]);
    for (int i = 0; i < 3; i++) {
        if (i == 2)
            store_desk_now(d, "2027-01-04T08:00");
        ASSERT_DONE(store_desk_ask(d, desk_apologize(code[i], "2027-02-01T17:00"), NULL));
    }
    struct view *v = look(d);
    const uint32_t number[] = {1, 2, 1};
    for (uint64_t id = 1; id <= 3; id++) {
        assert_true(view_dossier(v, id, &dossier));
        assert_int_equal(dossier.apology.number, number[id - 1]);
    }
    view_end(v);
}

/* ---- many ---- */

static void note(struct codes *c, struct str code)
{
    size_t n = strlen(c->text);
    struct str tail = code.n > 7 ? str_from(code, code.n - 7) : code;
    snprintf(c->text + n, sizeof c->text - n, "%.*s ", STR_ARG(tail));
    c->count++;
}

static bool on_row(void *arg, const struct row *row)
{
    struct codes *c = arg;
    note(c, row->code);
    return c->stop == 0 || --c->stop > 0;
}

static bool on_dossier(void *arg, const struct dossier *dossier)
{
    struct codes *c = arg;
    note(c, dossier->code);
    return c->stop == 0 || --c->stop > 0;
}

static void assert_live(struct store_desk *d, enum live_group group, size_t stop, const char *expected)
{
    struct codes c = {.stop = stop};
    struct view *v = look(d);
    view_live(v, group, on_row, &c);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    assert_string_equal(c.text, expected);
}

static void test_live_rows_by_due_time(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    store_desk_receive(d, "1.006", "due 26/11", NULL, code);
    store_desk_receive(d, "1.001", "due 19/11", NULL, code);
    store_desk_receive(d, "1.002", "due today", NULL, code);
    store_desk_receive(d, "1.001", "due 19/11", NULL, code);
    assert_live(d, LIVE_RUNNING, 0, "16-0003 16-0002 16-0004 16-0001 ");
    assert_live(d, LIVE_RUNNING, 2, "16-0003 16-0002 ");
    assert_live(d, LIVE_WAITING, 0, "");
    assert_live(d, LIVE_UNCOLLECTED, 0, "");
    /* A letter moves it, a result parts it from the running ones, handing over takes it away. */
    ASSERT_DONE(store_desk_ask(d, desk_apologize("0002", "2026-12-01T17:00"), NULL));
    assert_live(d, LIVE_RUNNING, 0, "16-0003 16-0004 16-0001 16-0002 ");
    store_desk_now(d, "2026-11-16T10:00");
    ASSERT_DONE(store_desk_ask(d, desk_resolve("0003", NULL), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_resolve("0001", "2026-11-16T09:00"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_refuse("0004"), NULL));
    assert_live(d, LIVE_RUNNING, 0, "16-0002 ");
    assert_live(d, LIVE_UNCOLLECTED, 0, "16-0001 16-0003 16-0004 ");
    ASSERT_DONE(store_desk_ask(d, desk_return("16-0003"), NULL));
    ASSERT_DONE(store_desk_ask(d, desk_return("16-0004"), NULL));
    assert_live(d, LIVE_UNCOLLECTED, 0, "16-0001 ");
    store_desk_assert_whole(d->store);
}

static bool is_open(void *arg, const struct facts *f)
{
    (void)arg;
    return state_is_open(f->state);
}

static void test_scan_newest_first(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    struct codes none = {0}, all = {0}, open = {0}, two = {.stop = 2};
    struct view *v = look(d);
    view_scan(v, NULL, on_dossier, &none);
    view_end(v);
    assert_int_equal(none.count, 0);
    for (int i = 0; i < 300; i++) /* three chunks of facts */
        store_desk_receive(d, "1.001", "A", NULL, code);
    ASSERT_DONE(store_desk_ask(d, desk_resolve("16-0299", NULL), NULL));
    v = look(d);
    view_scan(v, NULL, on_dossier, &two);
    assert_string_equal(two.text, "16-0300 16-0299 ");
    view_scan(v, NULL, on_dossier, &all);
    assert_int_equal(all.count, 300);
    open.stop = 2;
    view_scan(v, is_open, on_dossier, &open);
    assert_string_equal(open.text, "16-0300 16-0298 ");
    view_end(v);
}

/* ---- searching ---- */

static void assert_found(struct store_desk *d, const char *typed, size_t stop, const char *expected)
{
    struct codes c = {.stop = stop};
    struct query q;
    struct view *v = look(d);
    assert_true(query_init(&q, str_of(typed)));
    view_search(v, &q, on_dossier, &c);
    query_release(&q);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    assert_string_equal(c.text, expected);
}

static void receive_person(struct store_desk *d, const char *name, const char *phone, const char *id_number,
                           const char *at)
{
    struct command c = desk_receive("1.006", name, at, NULL);
    c.receive.applicant.phone = str_of(phone);
    c.receive.applicant.id_number = str_of(id_number);
    ASSERT_DONE(store_desk_ask(d, c, NULL));
}

static void test_search_in_name_and_numbers(void **state)
{
    struct store_desk *d = *state;
    assert_found(d, "huong", 0, "");
    receive_person(d, "Nguyễn Thị Hương", "0912345678", "064099000111", "2026-11-10T09:00"); /* 10-0001 */
    receive_person(d, "NGUYEN THI HUONG", "0987654321", NULL, "2026-11-12T09:00");           /* 12-0001 */
    receive_person(d, "Trần Hướng Nguyên", NULL, "064099000222", "2026-11-11T09:00");        /* 11-0001 */
    receive_person(d, "Đinh Văn Đạt", "0912000111", NULL, NULL);                             /* 16-0001 */
    assert_found(d, "nguyen thi huong", 0, "12-0001 10-0001 ");
    assert_found(d, "HUONG nguyen", 0, "12-0001 11-0001 10-0001 ");
    assert_found(d, "dat", 0, "16-0001 ");
    assert_found(d, "0912", 0, "16-0001 10-0001 ");
    assert_found(d, "000111", 0, "16-0001 10-0001 ");
    assert_found(d, "huong 0912", 0, "10-0001 "); /* one word in the name, one in the numbers */
    assert_found(d, "261111", 0, "11-0001 ");
    assert_found(d, "h42.26.21-261111-0001", 0, "11-0001 ");
    assert_found(d, "huong 0999", 0, "");
    assert_found(d, "nguyenthi", 0, "");
    assert_found(d, "", 0, "16-0001 12-0001 11-0001 10-0001 ");
    assert_found(d, "h42", 2, "16-0001 12-0001 ");
}

/* Logged later, received earlier: the receipt decides the order. */
static void test_search_order_is_by_receipt(void **state)
{
    struct store_desk *d = *state;
    char at[32];
    for (int i = 0; i < 400; i++) { /* several chunks of names */
        snprintf(at, sizeof at, "2026-%02d-%02dT09:00", 1 + i * 7 % 10, 1 + i * 5 % 28);
        receive_person(d, "Phạm Ngọc Khuê, thôn Trong xã Tơ Tung", "0905111222", NULL, i % 2 ? at : NULL);
    }
    struct view *v = look(d);
    struct query q;
    struct codes c = {0};
    struct order {
        civil_minute received;
    };
    assert_true(query_init(&q, STR("khue")));
    view_search(v, &q, on_dossier, &c);
    query_release(&q);
    view_end(v);
    assert_int_equal(c.count, 400);
    assert_found(d, "khue", 1, "16-0200 ");
}

/* A name longer than a line keeps is found by its end too. */
static void test_search_in_very_long_names(void **state)
{
    struct store_desk *d = *state;
    static char name[5000];
    size_t n = 0;
    while (n + 5 < 4 * 980) { /* 980 characters of four bytes that folding keeps */
        memcpy(name + n, "\xF0\x9F\x8F\xA0", 4);
        n += 4;
    }
    memcpy(name + n, " zuong", 7);
    receive_person(d, name, NULL, NULL, NULL);
    receive_person(d, "Phạm Vuong", NULL, NULL, NULL);
    assert_found(d, "zuong", 0, "16-0001 ");
    assert_found(d, "uong", 0, "16-0002 16-0001 ");
    store_desk_assert_whole(d->store);
}

/* ---- counts ---- */

static void test_tally_by_month_of_receipt(void **state)
{
    struct store_desk *d = *state;
    char a[64], b[64], c[64];
    struct tally t;
    store_desk_receive(d, "1.001", "A", "2026-10-30T09:00", a);                /* due 4/11 */
    store_desk_receive(d, "1.001", "B", "2026-11-02T09:00", b);                /* due 5/11 */
    store_desk_receive(d, "1.006", "C", "2026-11-16T07:30", c);                /* due 26/11 */
    ASSERT_DONE(store_desk_ask(d, desk_resolve(a, "2026-11-04T16:00"), NULL)); /* in time */
    ASSERT_DONE(store_desk_ask(d, desk_resolve(b, NULL), NULL));               /* late */
    ASSERT_DONE(store_desk_ask(d, desk_apologize(c, "2026-12-02T17:00"), NULL));
    store_desk_now(d, "2026-12-01T09:00");
    ASSERT_DONE(store_desk_ask(d, desk_refuse(c), NULL)); /* late, but not against the promised time */
    struct view *v = look(d);
    view_tally(v, 2026, 10, 2026, 10, &t);
    assert_int_equal(t.received, 1);
    assert_int_equal(t.solved, 1);
    assert_int_equal(t.late_statutory, 0);
    view_tally(v, 2026, 11, 2026, 11, &t);
    assert_int_equal(t.received, 2);
    assert_int_equal(t.solved, 2);
    assert_int_equal(t.late_statutory, 2);
    assert_int_equal(t.late_promised, 1);
    view_tally(v, 2026, 1, 2026, 12, &t);
    assert_int_equal(t.received, 3);
    view_tally(v, 2026, 12, 2027, 12, &t);
    assert_int_equal(t.received, 0);
    view_end(v);
    struct store_stat s = stat_of(d);
    assert_int_equal(s.dossiers, 3);
    assert_int_equal(s.open, 0);
    assert_int_equal(s.solved, 3);
    /* Two receipts and one result were about an earlier day than they were recorded on. */
    assert_int_equal(s.backdated, 3);
    /* The first was "in time" by its word, typed in on 16/11, after its due day. Late ones hide nothing. */
    assert_int_equal(s.recorded_late, 1);
    assert_int_equal(s.events, s.head_seq);
    assert_int_equal(s.layout, STORE_LAYOUT);
    assert_true(s.bytes > 0);
    /* One that is in time and typed in at once is none of either. */
    store_desk_receive(d, "1.001", "D", NULL, a);
    ASSERT_DONE(store_desk_ask(d, desk_resolve(a, NULL), NULL));
    assert_int_equal(stat_of(d).recorded_late, 1);
    assert_int_equal(stat_of(d).backdated, 3);
    assert_int_equal(stat_of(d).solved, 4);
    store_desk_assert_whole(d->store);
}

/* In working hours the minute decides, also on the due day itself: 8 hours from Monday 08:00 end on Tuesday
 * at 08:00. */
static void test_late_entries_in_hours_are_told_by_the_minute(void **state)
{
    struct store_desk *d = *state;
    static const struct {
        const char *recorded;
        uint64_t late;
    } cases[] = {{"2026-11-17T08:00", 0}, {"2026-11-17T08:01", 1}, {"2026-11-18T07:00", 2}};
    char code[3][64];
    store_desk_now(d, "2026-11-16T08:00");
    for (int i = 0; i < 3; i++)
        store_desk_receive(d, "1.004#01", "A", NULL, code[i]);
    for (int i = 0; i < 3; i++) {
        store_desk_now(d, cases[i].recorded);
        ASSERT_DONE(store_desk_ask(d, desk_resolve(code[i], "2026-11-17T07:59"), NULL));
        assert_int_equal(stat_of(d).recorded_late, cases[i].late);
    }
    struct view *v;
    struct store_stat then;
    ASSERT_DONE(view_begin_as_of(d->store, d->now - 3600, &v));
    view_stat(v, &then);
    view_end(v);
    assert_int_equal(then.recorded_late, 1);
    ASSERT_DONE(store_desk_ask(d, desk_undo(code[2]), NULL));
    assert_int_equal(stat_of(d).recorded_late, 1);
    store_desk_assert_whole(d->store);
}

/* What is so already is done, and writes nothing: no entry, no result, the same head. */
static void test_what_stands_already_writes_nothing(void **state)
{
    struct store_desk *d = *state;
    const struct command c[] = {
        {.kind = COMMAND_SETTING_PUT, .at = NO_TIME, .setting = {STR("soon.days"), STR("4")}},
        desk_put_officer("lan", ROLE_OFFICER),
        desk_put_day("2026-12-24", DAY_OFF),
    };
    for (size_t i = 0; i < 3; i++) {
        struct result first = {0}, again = {7, 7};
        ASSERT_DONE(store_desk_ask(d, c[i], &first));
        struct store_stat before = stat_of(d);
        d->now += 60;
        ASSERT_DONE(store_desk_ask(d, c[i], &again));
        struct store_stat after = stat_of(d);
        assert_int_equal(first.seq, before.head_seq);
        assert_int_equal(again.seq, 0);
        assert_int_equal(again.dossier, 0);
        assert_int_equal(after.head_seq, before.head_seq);
        assert_memory_equal(after.head_hash, before.head_hash, STORE_HASH);
    }
    /* In a batch the others go on, each change told by what really moved. */
    char code[64];
    store_desk_receive(d, "1.001", "A", NULL, code); /* three days from 16/11 */
    struct moment m = {.now = d->now, .login = STR("admin")};
    struct request r[] = {
        {.moment = m, .command = desk_put_day("2026-12-24", DAY_OFF)},
        {.moment = m, .command = desk_put_day("2026-11-18", DAY_OFF)},
        {.moment = m, .command = desk_put_day("2026-11-18", DAY_OFF)},
    };
    struct moves moves = {0};
    ASSERT_DONE(store_submit_moving(d->store, r, 3, NULL, &moves));
    assert_int_equal(moves.count, 1);
    assert_int_equal(r[0].result.seq, 0);
    assert_true(r[1].result.seq > 0);
    assert_int_equal(r[2].result.seq, 0);
    ASSERT_DONE(store_submit_moving(d->store, r, 1, NULL, &moves));
    assert_int_equal(moves.count, 0);
    moves_release(&moves);
    store_desk_assert_whole(d->store);
}

/* ---- transactions ---- */

static void test_a_batch_is_all_or_nothing(void **state)
{
    struct store_desk *d = *state;
    struct moment m = {.now = d->now, .login = STR("huong")};
    struct request r[] = {
        {.moment = m, .command = desk_receive("1.001", "A", NULL, NULL)},
        {.moment = m, .command = desk_transfer("261116-0001", "nam")},
        {.moment = m, .command = desk_resolve("261116-0001", NULL)},
        {.moment = m, .command = desk_resolve("261116-0001", NULL)}, /* has its result */
        {.moment = m, .command = desk_return("261116-0001")},
    };
    size_t at = 99;
    struct outcome o = store_submit(d->store, r, 5, &at);
    ASSERT_KIND(o, "already_resolved");
    assert_int_equal(at, 3);
    struct view *v = look(d);
    struct store_stat s;
    view_stat(v, &s);
    view_end(v);
    assert_int_equal(s.dossiers, 0);
    assert_int_equal(s.events, 12);
    assert_int_equal(r[0].result.seq, 0);
    /* Without it they follow one another, each seeing what the one before did. */
    r[3] = r[4];
    o = store_submit(d->store, r, 4, &at);
    ASSERT_DONE(o);
    for (uint64_t i = 0; i < 4; i++) {
        assert_int_equal(r[i].result.dossier, 1);
        assert_int_equal(r[i].result.seq, 13 + i);
    }
    assert_live(d, LIVE_RUNNING, 0, "");
    o = store_submit(d->store, NULL, 0, NULL);
    ASSERT_DONE(o);
    store_desk_assert_whole(d->store);
}

/* The office's own changes are seen by the requests behind them, and forgotten when the batch fails. */
static void test_office_changes_in_a_batch(void **state)
{
    struct store_desk *d = *state;
    struct moment m = {.now = d->now, .login = STR("admin")};
    struct officer mai = {.login = STR("mai"), .name = STR("Mai"), .role = ROLE_OFFICER};
    struct request r[] = {
        {.moment = m, .command = {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = mai}},
        {.moment = {.now = d->now, .login = STR("mai")}, .command = desk_receive("1.001", "A", NULL, NULL)},
        {.moment = m, .command = desk_transfer("none-at-all", "mai")},
    };
    size_t at;
    ASSERT_KIND(store_submit(d->store, r, 3, &at), "unknown_dossier");
    assert_int_equal(at, 2);
    struct view *v = look(d);
    assert_null(office_find_officer(view_office(v), STR("mai")));
    view_end(v);
    ASSERT_DONE(store_submit(d->store, r, 2, &at));
    v = look(d);
    assert_non_null(office_find_officer(view_office(v), STR("mai")));
    view_end(v);
    store_desk_assert_whole(d->store);
}

struct last {
    int64_t recorded_at;
};

static bool keep_last(void *arg, const struct event *e)
{
    ((struct last *)arg)->recorded_at = e->recorded_at;
    return true;
}

static int64_t last_recorded(struct store_desk *d, uint64_t id)
{
    struct view *v = look(d);
    struct dossier dossier;
    struct last last = {0};
    assert_true(view_dossier(v, id, &dossier));
    view_history(v, &dossier, keep_last, &last);
    view_end(v);
    return last.recorded_at;
}

static void test_clock_behind(void **state)
{
    struct store_desk *d = *state;
    char code[64];
    int64_t head = d->now;
    store_desk_receive(d, "1.001", "A", NULL, code);
    assert_int_equal(last_recorded(d, 1), head);
    d->now = head - 300;
    ASSERT_DONE(store_desk_ask(d, desk_transfer(code, "nam"), NULL));
    assert_int_equal(last_recorded(d, 1), head); /* lifted */
    d->now = head - 301;
    struct outcome o = store_desk_ask(d, desk_transfer(code, "huong"), NULL);
    ASSERT_KIND(o, "clock_behind");
    assert_int_equal(o.arg[0].number, desk_time("2026-11-16T07:54"));
    assert_int_equal(o.arg[1].number, desk_time("2026-11-16T08:00"));
    d->now = head + 10;
    ASSERT_DONE(store_desk_ask(d, desk_transfer(code, "huong"), NULL));
    assert_int_equal(last_recorded(d, 1), head + 10);
    store_desk_assert_whole(d->store);
}

static void test_one_view_at_a_time(void **state)
{
    struct store_desk *d = *state;
    struct view *v = look(d), *second = v;
    ASSERT_KIND(view_begin(d->store, &second), "io_error");
    assert_null(second);
    /* What a request borrows from a view must not die under it. */
    ASSERT_KIND(store_desk_ask(d, desk_receive("1.001", "A", NULL, NULL), NULL), "io_error");
    view_end(v);
    view_end(NULL);
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, NULL), NULL));
}

static void test_store_changed(void **state)
{
    struct store_desk *d = *state;
    store_changed(d->store);
    assert_false(store_changed(d->store));
    ASSERT_KIND(store_desk_ask(d, desk_resolve("0000", NULL), NULL), "unknown_dossier");
    assert_false(store_changed(d->store)); /* refused: nothing was written */
    ASSERT_DONE(store_desk_ask(d, desk_receive("1.001", "A", NULL, NULL), NULL));
    assert_true(store_changed(d->store));
    assert_false(store_changed(d->store));
    store_desk_reopen(d);
    assert_false(store_changed(d->store));
}

/* Before anything is founded nobody may do anything. */
static void test_first_request_must_found(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_empty(&d);
    ASSERT_DONE(store_create(d.dir, NULL, &d.store));
    struct outcome o = store_desk_ask(&d, desk_receive("1.001", "A", NULL, NULL), NULL);
    assert_int_equal(outcome_class(o.kind), REFUSED);
    struct view *v = look(&d);
    struct store_stat s;
    view_stat(v, &s);
    assert_int_equal(s.events, 0);
    struct codes none = {0};
    view_scan(v, NULL, on_dossier, &none);
    view_live(v, LIVE_RUNNING, on_row, &none);
    assert_int_equal(none.count, 0);
    view_end(v);
    store_desk_release(&d);
}

int main(void)
{
#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        WITH_DESK(test_received_is_read_back),
        WITH_DESK(test_procedure_as_it_was),
        WITH_DESK(test_history_is_its_own_events_in_order),
        WITH_DESK(test_find_by_code_and_ending),
        WITH_DESK(test_ambiguous_names_count_and_some),
        WITH_DESK(test_long_ambiguous_codes_are_named_whole),
        WITH_DESK(test_open_dossiers_win_over_ended),
        WITH_DESK(test_codes_of_a_day),
        WITH_DESK(test_more_than_9999_codes_a_day),
        WITH_DESK(test_letter_numbers_of_a_year),
        WITH_DESK(test_live_rows_by_due_time),
        WITH_DESK(test_scan_newest_first),
        WITH_DESK(test_search_in_name_and_numbers),
        WITH_DESK(test_search_order_is_by_receipt),
        WITH_DESK(test_search_in_very_long_names),
        WITH_DESK(test_tally_by_month_of_receipt),
        WITH_DESK(test_late_entries_in_hours_are_told_by_the_minute),
        WITH_DESK(test_what_stands_already_writes_nothing),
        WITH_DESK(test_a_batch_is_all_or_nothing),
        WITH_DESK(test_office_changes_in_a_batch),
        WITH_DESK(test_clock_behind),
        WITH_DESK(test_one_view_at_a_time),
        WITH_DESK(test_store_changed),
        cmocka_unit_test(test_first_request_must_found),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
