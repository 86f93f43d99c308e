/* The office as it is loaded: from what is in force, from its whole chain, and taken in event by event, it is
 * always the same one. And whoever holds dossiers cannot go. */
#include "tests/store_desk.h"
#include "tests/store_dump.h"

#include "store/batch.h"
#include "store/in_force.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_KIND(outcome, name) assert_string_equal(outcome_kind_name((outcome).kind), name)
#define ASSERT_DONE(outcome) ASSERT_KIND(outcome, "done")

/* ---- chains of events ---- */

/* Numbers begin above those of the office there is already. */
enum { FIRST = 20, NAMES = 8, TEXT = 40 };

struct chain_maker {
    struct random random;
    char text[4][TEXT]; /* what the last event borrows */
};

static int64_t in(struct chain_maker *m, int64_t low, int64_t high)
{
    return random_in(&m->random, low, high);
}

static struct str word(struct chain_maker *m, int place, const char *before, int64_t number)
{
    snprintf(m->text[place], TEXT, "%s %lld", before, (long long)number);
    return str_of(m->text[place]);
}

static civil_day some_day(struct chain_maker *m)
{
    return civil_from_ymd(2026, 11, 1) + (civil_day)in(m, 0, 40);
}

static void some_procedure(struct chain_maker *m, struct event *e)
{
    uint16_t number = (uint16_t)in(m, FIRST, FIRST + NAMES), field = (uint16_t)in(m, FIRST, FIRST + 4);
    e->kind = EVENT_PROCEDURE_PUT;
    e->procedure = (struct procedure){.number = number,
                                      .field_number = field,
                                      .code = word(m, 0, "9.", number),
                                      .name = word(m, 1, "Thủ tục", in(m, 1, 1000)),
                                      .field = word(m, 2, "Lĩnh vực", field),
                                      .fee = in(m, -1, 3) * 5000,
                                      .online = (int8_t)in(m, -1, 1),
                                      .retired = in(m, 0, 3) == 0};
    if (number % 2)
        e->procedure.kase = word(m, 3, "c", number);
    assert_true(
        limit_parse(in(m, 0, 1) ? STR("3 working_days") : STR("same_day@14:00"), &e->procedure.limit));
}

/* Any setting, sometimes its default again; values that its own table takes. */
static void some_setting(struct chain_maker *m, struct event *e)
{
    static const char *const known[][2] = {{"soon.days", "4"},
                                           {"clock", "same_hour"},
                                           {"backdate.max", "7"},
                                           {"report.basis", "promised"},
                                           {"desk.name", "Một cửa"},
                                           {"target.on_time", ">=97,5"},
                                           {"lang", "en"}};
    size_t i = (size_t)in(m, 0, 6);
    e->kind = EVENT_SETTING_PUT;
    e->setting.key = str_of(known[i][0]);
    if (in(m, 0, 2))
        e->setting.value = str_of(known[i][1]);
}

static void some_hours(struct chain_maker *m, struct event *e)
{
    e->kind = EVENT_HOURS_PUT;
    e->hours = office_hours_default();
    e->hours.from = civil_from_ymd(2026, 11, 1) + 10 * (civil_day)in(m, 0, 3);
    assert_true(
        office_hours_parse(in(m, 0, 1) ? STR("07:30-12:00,13:00-16:30") : STR("08:00-16:00"), &e->hours));
}

static struct event some_event(struct chain_maker *m)
{
    struct event e = {.at = 29000000, .by = STR("admin")};
    switch (in(m, 0, 9)) {
    case 0: {
        uint16_t number = (uint16_t)in(m, FIRST, FIRST + NAMES);
        e.kind = EVENT_OFFICER_PUT;
        e.officer = (struct officer){.number = number,
                                     .login = word(m, 0, "p", number),
                                     .name = word(m, 1, "Người", in(m, 1, 1000)),
                                     .role = (enum role)in(m, ROLE_OFFICER, ROLE_ADMIN),
                                     .retired = in(m, 0, 1)};
        break;
    }
    case 1:
    case 2: some_procedure(m, &e); break;
    case 3:
    case 4:
        e.kind = EVENT_DAY_PUT;
        e.day = (struct office_day){.day = some_day(m),
                                    .kind = (enum day_kind)in(m, DAY_OFF, DAY_CLOSED),
                                    .name = word(m, 0, "Ngày", in(m, 1, 1000)),
                                    .document = in(m, 0, 1) ? word(m, 1, "Số", in(m, 1, 9)) : STR_NONE};
        break;
    case 5:
    case 6:
        e.kind = EVENT_DAY_REMOVED;
        e.removed.day = some_day(m);
        break;
    case 7: some_setting(m, &e); break;
    case 8: some_hours(m, &e); break;
    default:
        e.kind = EVENT_YEARS_KNOWN;
        e.known = (struct known_years){2026, (int)in(m, 2026, 2028)};
        break;
    }
    return e;
}

static void assert_same_office(const struct office *expected, struct office *loaded, const char *from,
                               uint64_t seed)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    assert_non_null(loaded);
    store_dump_office(&a, expected);
    store_dump_office(&b, loaded);
    if (!str_eq(buf_str(&a), buf_str(&b)))
        fail_msg("%s, seed %llu:\n%s\ninstead of\n%s", from, (unsigned long long)seed, b.p, a.p);
    buf_release(&a);
    buf_release(&b);
    office_free(loaded);
}

/* Appends a chain to the store in a transaction that is given up, comparing on the way. */
static void run_chain(struct store *s, uint64_t seed, size_t length)
{
    struct chain_maker m = {.random = {seed}};
    struct txn t;
    struct state state;
    struct batch b;
    assert_true(txn_begin(s, true, &t) && state_load(&t, &state) && in_force_adopt(s, &t, state.office_seq));
    assert_true(batch_init(&b, &t, s->office));
    for (size_t i = 1; i <= length; i++) {
        struct event e = some_event(&m);
        batch_append(&b, &e, state.recorded_at);
        assert_int_equal(t.fault.kind, KIND_done);
        if (i % 29 && i != length)
            continue;
        batch_flush(&b);
        assert_same_office(b.office, in_force_load(&t), "in force", seed);
        assert_same_office(b.office, in_force_load_at(&t, b.state.office_seq, UINT64_MAX), "the chain", seed);
    }
    s->office_seq = OFFICE_UNSURE;
    batch_release(&b);
    txn_end(&t);
}

static void test_in_force_equals_the_whole_chain(void **state)
{
    struct store_desk d;
    (void)state;
    store_desk_init(&d);
    for (uint64_t seed = 1; seed <= 60; seed++)
        run_chain(d.store, seed, (size_t)(seed * 5));
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

/* The office as it was, while looking at now: for counting with the days of then. */
static void test_office_of_an_entry(void **state)
{
    struct store_desk d;
    struct view *v;
    struct result put, removed;
    civil_day day = civil_from_ymd(2026, 12, 24);
    (void)state;
    store_desk_init(&d);
    ASSERT_DONE(store_desk_ask(&d, desk_put_day("2026-12-24", DAY_OFF), &put));
    ASSERT_DONE(store_desk_ask(&d, desk_remove_day("2026-12-24"), &removed));
    ASSERT_DONE(view_begin(d.store, &v));
    struct office *before = view_office_at(v, put.seq - 1), *then = view_office_at(v, put.seq);
    struct office *after = view_office_at(v, removed.seq);
    assert_true(before && then && after);
    assert_true(calendar_is_working(office_calendar(before), day));
    assert_false(calendar_is_working(office_calendar(then), day));
    assert_true(calendar_is_working(office_calendar(after), day));
    assert_true(calendar_is_working(office_calendar(view_office(v)), day));
    office_free(before);
    office_free(then);
    office_free(after);
    ASSERT_DONE(view_fault(v));
    view_end(v);
    store_desk_release(&d);
}

/* ---- who holds what ---- */

static struct command retire(const char *login)
{
    return (struct command){.kind = COMMAND_OFFICER_RETIRE, .at = NO_TIME, .retired = str_of(login)};
}

static bool message_has(const struct outcome *o, const char *text)
{
    struct buf b = BUF_INIT;
    outcome_message(&b, LANG_EN, o);
    bool has = b.p && strstr(b.p, text);
    buf_release(&b);
    return has;
}

/* Running and waiting dossiers hold their holder; what is solved, or with somebody else, does not. */
static void test_holders_cannot_go(void **state)
{
    struct store_desk d;
    char running[64], waiting[64], solved[64];
    (void)state;
    store_desk_init(&d);
    ASSERT_DONE(store_desk_ask(&d, desk_put_officer("lan", ROLE_OFFICER), NULL));
    store_desk_receive(&d, "1.001", "A", NULL, running);
    store_desk_receive(&d, "1.001", "B", NULL, waiting);
    store_desk_receive(&d, "1.001", "C", NULL, solved);
    const char *const all[] = {running, waiting, solved};
    for (size_t i = 0; i < 3; i++)
        ASSERT_DONE(store_desk_ask(&d, desk_transfer(all[i], "lan"), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_supplement(waiting, false), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_resolve(solved, NULL), NULL));
    struct outcome o = store_desk_ask(&d, retire("lan"), NULL);
    ASSERT_KIND(o, "holds_dossiers");
    assert_true(message_has(&o, "2"));
    assert_true(message_has(&o, running));
    assert_true(message_has(&o, waiting));
    assert_false(message_has(&o, solved));
    ASSERT_DONE(store_desk_ask(&d, desk_restart(waiting), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_transfer(waiting, "nam"), NULL));
    ASSERT_KIND(store_desk_ask(&d, retire("lan"), NULL), "holds_dossiers");
    /* What was handed on in the same submission is handed on. */
    struct request both[] = {
        {.moment = {.now = d.now, .login = STR("admin")}, .command = desk_transfer(running, "nam")},
        {.moment = {.now = d.now, .login = STR("admin")}, .command = retire("lan")},
    };
    ASSERT_DONE(store_submit(d.store, both, 2, NULL));
    /* And a result taken back is a dossier to be held again. */
    ASSERT_DONE(store_desk_ask(&d, desk_put_officer("lan", ROLE_OFFICER), NULL));
    ASSERT_DONE(store_desk_ask(&d, desk_undo(solved), NULL));
    o = store_desk_ask(&d, retire("lan"), NULL);
    ASSERT_KIND(o, "holds_dossiers");
    assert_true(message_has(&o, solved));
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_force_equals_the_whole_chain),
        cmocka_unit_test(test_office_of_an_entry),
        cmocka_unit_test(test_holders_cannot_go),
    };
    return cmocka_run_group_tests_name("store_office", tests, NULL, NULL);
}
