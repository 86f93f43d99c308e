/* How a dossier stood at an earlier moment: by hand, against what was known then, and against a slow look at
 * the journal.
 *
 * MOTCUA_QUICK scales the random lives down, MOTCUA_LONG up; MOTCUA_LIFE_SEED says where they begin. */
#include "core/past.h"

#include "tests/desk_world.h"
#include "tests/report_slow.h"
#include "tests/report_world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct world world;

static int up(void **state)
{
    (void)state;
    world_init(&world);
    return 0;
}

static int down(void **state)
{
    (void)state;
    world_release(&world);
    return 0;
}

#define DONE(...)                                                                                            \
    do {                                                                                                     \
        struct outcome o_ = (__VA_ARGS__);                                                                   \
        assert_string_equal(outcome_kind_name(o_.kind), "done");                                             \
    } while (0)

/* Asked, and happening, at that time. */
static void at(const char *when, struct command c)
{
    DONE(world_ask_at(&world, when, c));
}

static struct dossier then(const char *when)
{
    struct dossier d;
    assert_true(past_dossier(&d, world.history, world.events, world_time(when)));
    return d;
}

static void expect_due(const char *when, enum dossier_state state, const char *statutory,
                       const char *promised)
{
    struct dossier d = then(when);
    assert_int_equal(d.facts.state, state);
    assert_int_equal(d.appointment.due, world_time(statutory));
    assert_int_equal(d.promised, world_time(promised));
    assert_int_equal(d.facts.statutory_due, state_is_waiting(state) ? NO_TIME : world_time(statutory));
    assert_int_equal(d.facts.due, state_is_waiting(state) ? NO_TIME : world_time(promised));
}

/* ---- by hand: three working days, Tuesday 3 November 2026 on ---- */

#define RECEIVED "2026-11-03T09:00"
#define DUE "2026-11-06T17:00"

static void it_is_not_there_before_its_receipt(void **state)
{
    struct dossier d;
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    assert_false(past_dossier(&d, world.history, world.events, world_time("2026-11-03T08:59")));
    assert_true(past_dossier(&d, world.history, world.events, world_time(RECEIVED)));
    assert_int_equal(d.facts.id, world.dossier.facts.id);
    assert_false(past_dossier(&d, world.history, 0, world_time(RECEIVED)));
}

static void what_comes_later_is_not_there_yet(void **state)
{
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-05T10:00", ask_apologize("Chờ xác minh", "2026-11-12", NULL));
    at("2026-11-10T15:00", ask_resolve(NULL));
    at("2026-11-11T08:00", ask_return(NULL));
    expect_due("2026-11-05T09:59", STATE_PROCESSING, DUE, DUE);
    assert_false(then("2026-11-05T09:59").facts.apologized);
    expect_due("2026-11-05T10:00", STATE_PROCESSING, DUE, "2026-11-12T17:00");
    assert_true(then("2026-11-05T10:00").facts.apologized);
    assert_int_equal(then("2026-11-10T14:59").facts.resolved, NO_TIME);
    expect_due("2026-11-10T15:00", STATE_RESOLVED, DUE, "2026-11-12T17:00");
    assert_int_equal(then("2026-11-10T23:59").facts.returned, NO_TIME);
    assert_int_equal(then("2026-11-11T08:00").facts.state, STATE_RETURNED);
}

static void a_wait_is_waited_and_a_restart_counts_anew(void **state)
{
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-04T10:00", ask_supplement(NULL));
    at("2026-11-09T14:00", ask_restart(NULL));
    expect_due("2026-11-04T09:00", STATE_PROCESSING, DUE, DUE);
    expect_due("2026-11-04T10:00", STATE_WAITING, DUE, DUE);
    expect_due("2026-11-09T13:59", STATE_WAITING, DUE, DUE);
    expect_due("2026-11-09T14:00", STATE_PROCESSING, "2026-11-12T17:00", "2026-11-12T17:00");
    assert_int_equal(then("2026-11-09T14:00").supplements, 1);
    assert_int_equal(then("2026-11-04T09:00").supplements, 0);
}

static void what_was_recorded_late_counts_when_it_happened(void **state)
{
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    world.login = "chief";
    at("2026-11-17T10:00", ask_resolve("2026-11-05T16:00"));
    assert_int_equal(then("2026-11-05T15:59").facts.state, STATE_PROCESSING);
    assert_int_equal(then("2026-11-05T16:00").facts.state, STATE_RESOLVED);
}

static void what_was_taken_back_never_was(void **state)
{
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-04T10:00", ask_resolve(NULL));
    at("2026-11-04T11:00", ask_end(COMMAND_UNDO, "Nhầm hồ sơ", NULL));
    expect_due("2026-11-04T10:30", STATE_PROCESSING, DUE, DUE);
}

static void a_void_record_was_void_all_along(void **state)
{
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    world.login = "chief";
    at("2026-11-10T10:00", ask_end(COMMAND_VOID, "Nhập trùng", NULL));
    assert_int_equal(then(RECEIVED).facts.state, STATE_VOID);
    assert_int_equal(then("2026-11-10T10:00").facts.state, STATE_VOID);
}

static void a_correction_was_so_from_the_beginning(void **state)
{
    struct dossier d;
    (void)state;
    world.login = "chief";
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-09T10:00",
       ask_correct({CORRECT_PROCEDURE, STR("1.006")}, {CORRECT_RECEIVED_AT, STR("2026-11-02T10:00")}));
    /* ten calendar days at the same hour: Thursday the 12th */
    expect_due("2026-11-02T10:00", STATE_PROCESSING, "2026-11-12T10:00", "2026-11-12T10:00");
    assert_false(past_dossier(&d, world.history, world.events, world_time("2026-11-02T09:59")));
    assert_int_equal(then("2026-11-02T10:00").facts.procedure, 6);
    assert_int_equal(then("2026-11-02T10:00").facts.received, world_time("2026-11-02T10:00"));
}

static void a_letter_in_force_outlasts_a_correction_and_a_later_one_does_not_reach_back(void **state)
{
    (void)state;
    world.login = "chief";
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-05T10:00", ask_apologize("Chờ xác minh", "2026-11-20", NULL));
    at("2026-11-09T10:00", ask_correct({CORRECT_PROCEDURE, STR("1.006")}));
    expect_due("2026-11-04T10:00", STATE_PROCESSING, "2026-11-13T09:00", "2026-11-13T09:00");
    expect_due("2026-11-05T10:00", STATE_PROCESSING, "2026-11-13T09:00", "2026-11-20T17:00");
}

/* The office's day off came on the 5th; the telephone number corrected afterwards repeats the later due time.
 */
static void a_corrected_telephone_brings_no_later_move_back(void **state)
{
    (void)state;
    world.login = "chief";
    DONE(world_receive(&world, "1.001", RECEIVED));
    world_set_now(&world, "2026-11-05T08:00");
    world_move_due(&world, "2026-11-09T17:00", "2026-11-09T17:00");
    world.history[world.events - 1].at = world_time("2026-11-05T08:00");
    at("2026-11-06T10:00", ask_correct({CORRECT_PHONE, STR("0911222333")}));
    expect_due("2026-11-04T10:00", STATE_PROCESSING, DUE, DUE);
    assert_true(str_eq(then("2026-11-04T10:00").receipt.applicant.phone, STR("0911222333")));
    expect_due("2026-11-05T08:00", STATE_PROCESSING, "2026-11-09T17:00", "2026-11-09T17:00");
}

/* The limit corrected after a restart counts from the restart: before it nothing was counted so. */
static void a_correction_after_a_restart_leaves_the_first_appointment(void **state)
{
    (void)state;
    world.login = "chief";
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-04T10:00", ask_supplement(NULL));
    at("2026-11-09T14:00", ask_restart(NULL));
    at("2026-11-10T14:00", ask_correct({CORRECT_LIMIT, STR("5 working_days")}));
    expect_due("2026-11-03T10:00", STATE_PROCESSING, DUE, DUE);
    expect_due("2026-11-09T14:00", STATE_PROCESSING, "2026-11-16T17:00", "2026-11-16T17:00");
}

static void what_is_no_history_is_refused(void **state)
{
    struct dossier d;
    (void)state;
    DONE(world_receive(&world, "1.001", RECEIVED));
    at("2026-11-04T10:00", ask_transfer("nam", NULL));
    at("2026-11-04T11:00", ask_resolve(NULL));
    civil_minute when = world_time("2026-11-20T00:00");
    assert_true(past_dossier(&d, world.history, 3, when));
    assert_false(past_dossier(&d, world.history + 1, 2, when)); /* begins with no receipt */
    world.history[2].previous++;
    assert_false(past_dossier(&d, world.history, 3, when)); /* a gap */
    world.history[2].previous--;
    world.history[2].dossier++;
    assert_false(past_dossier(&d, world.history, 3, when)); /* another's */
    world.history[2].dossier--;
    world.history[1] = world.history[0];
    assert_false(past_dossier(&d, world.history, 2, when)); /* received twice */
}

/* What another system sent is its whole story: it is unwound. */
static void an_imported_one_stood_as_its_story_says(void **state)
{
    (void)state;
    struct command c = {.kind = COMMAND_IMPORT, .at = world_time("2026-10-01T08:00")};
    c.import.code = STR("H42-1");
    c.import.procedure = STR("1.001");
    c.import.applicant.name = STR("Trần Văn Ba");
    c.import.state = STATE_RETURNED;
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = world_time("2026-10-06T17:00");
    c.import.resolved = world_time("2026-10-08T10:00");
    c.import.returned = world_time("2026-10-09T10:00");
    world.login = "admin";
    world.dossier = (struct dossier){0};
    DONE(world_ask(&world, c));
    expect_due("2026-10-07T00:00", STATE_PROCESSING, "2026-10-06T17:00", "2026-10-06T17:00");
    assert_int_equal(then("2026-10-07T00:00").facts.resolved, NO_TIME);
    assert_int_equal(then("2026-10-07T00:00").late.statutory, 0);
    assert_int_equal(then("2026-10-08T10:00").facts.state, STATE_RESOLVED);
    assert_int_equal(then("2026-10-08T10:00").facts.returned, NO_TIME);
    assert_int_equal(then("2026-10-08T10:00").late.statutory, 2);
    assert_int_equal(then("2026-10-09T10:00").facts.state, STATE_RETURNED);
}

/* ---- random lives ---- */

static uint64_t first_seed(void)
{
    const char *text = getenv("MOTCUA_LIFE_SEED");
    return text && *text ? strtoull(text, NULL, 10) : 1;
}

static uint64_t scaled(uint64_t usual)
{
    return getenv("MOTCUA_LONG") ? usual * 10 : getenv("MOTCUA_QUICK") ? usual / 20 : usual;
}

static struct {
    uint64_t looks, open, waiting, solved, corrected, moved, letters, not_yet, gone, imported, turned;
} seen;

#define SAME(what, got, expected)                                                                            \
    do {                                                                                                     \
        int64_t got_ = (int64_t)(got), expected_ = (int64_t)(expected);                                      \
        if (got_ != expected_)                                                                               \
            fail_msg("seed %llu, dossier %llu at %lld: %s is %lld, not %lld", (unsigned long long)seed,      \
                     (unsigned long long)c->now.facts.id, (long long)when, what, (long long)got_,            \
                     (long long)expected_);                                                                  \
    } while (0)

static void compare_with_slow(uint64_t seed, const struct report_known *k, const struct report_chain *c,
                              civil_minute when)
{
    struct dossier d;
    struct slow s;
    slow_look(&s, c->event, c->events, when, office_calendar(k->office));
    bool there = past_dossier(&d, c->event, c->events, when);
    seen.looks++;
    SAME("there", there, s.received <= when);
    seen.not_yet += !there;
    if (!there)
        return;
    SAME("void", d.facts.state == STATE_VOID, s.is_void);
    seen.gone += s.is_void;
    if (s.is_void)
        return;
    SAME("received", d.facts.received, s.received);
    SAME("field", d.facts.field, s.field);
    SAME("online", d.facts.channel == CHANNEL_ONLINE, s.online);
    SAME("resolved", d.facts.resolved, s.solved);
    SAME("open", state_is_open(d.facts.state), s.solved == NO_TIME);
    SAME("waiting since", d.facts.waiting_since, s.waiting ? s.waiting_since : NO_TIME);
    SAME("state", state_is_waiting(d.facts.state), s.waiting && s.solved == NO_TIME);
    SAME("statutory", d.appointment.due, s.due[BASIS_STATUTORY]);
    SAME("promised", d.promised, s.due[BASIS_PROMISED]);
    SAME("facts.due", d.facts.due, state_is_waiting(d.facts.state) ? NO_TIME : s.due[BASIS_PROMISED]);
    SAME("was late", d.facts.was_late, s.was_late[BASIS_STATUTORY]);
    SAME("was late, promised", d.facts.was_late_promised, s.was_late[BASIS_PROMISED]);
    SAME("letter", d.facts.apologized, s.letter);
    SAME("supplements", d.supplements, s.supplements);
    seen.open += s.solved == NO_TIME;
    seen.waiting += s.waiting;
    seen.solved += s.solved != NO_TIME;
    seen.letters += s.letter;
    seen.imported += d.imported;
    seen.turned += d.resumed;
    seen.moved += d.facts.moved;
    seen.corrected += c->now.facts.received != c->event[0].at;
}

/* A moment near something that happened to it. */
static civil_minute some_moment(struct random *r, const struct report_chain *c)
{
    static const int near[] = {-1440, -60, -1, 0, 0, 0, 1, 60, 1440};
    const struct event *e = &c->event[random_in(r, 0, (int64_t)c->events - 1)];
    civil_minute t = random_in(r, 0, 5) ? e->at : e->recorded_at / 60 + REPORT_OFFSET;
    return t + near[random_in(r, 0, 8)];
}

static void the_past_is_what_the_journal_says(void **state)
{
    uint64_t lives = scaled(20000), seed = first_seed();
    (void)state;
    for (uint64_t done = 0; done < lives; seed++) {
        struct report_world w;
        report_world_begin(&w, seed);
        report_world_live(&w, 160);
        for (int look = 0; look < 2; look++) {
            struct report_known k;
            report_known_begin(&k, &w, w.now - (look ? random_in(&w.random, 0, 60) * 86400 : 0),
                               BASIS_STATUTORY);
            for (size_t i = 0; i < k.dossiers; i++)
                for (int n = 0; n < 3; n++)
                    compare_with_slow(seed, &k, &k.chain[i], some_moment(&w.random, &k.chain[i]));
            report_known_end(&k);
        }
        done += w.dossiers;
        report_world_end(&w);
    }
    if (lives >= 10000 && (seen.open < 500 || seen.waiting < 200 || seen.solved < 500 || seen.letters < 200 ||
                           seen.corrected < 100 || seen.moved < 300 || seen.not_yet < 100 ||
                           seen.gone < 100 || seen.imported < 100 || seen.turned < 200))
        fail_msg(
            "too little was seen: open %llu waiting %llu solved %llu letters %llu corrected %llu moved %llu "
            "not yet %llu void %llu imported %llu resumed %llu",
            (unsigned long long)seen.open, (unsigned long long)seen.waiting, (unsigned long long)seen.solved,
            (unsigned long long)seen.letters, (unsigned long long)seen.corrected,
            (unsigned long long)seen.moved, (unsigned long long)seen.not_yet, (unsigned long long)seen.gone,
            (unsigned long long)seen.imported, (unsigned long long)seen.turned);
}

/* Where nothing is dated back, mended or taken back, how it stood is what was known then: to the byte. */
static void of_a_plain_life_it_is_what_was_known(void **state)
{
    uint64_t lives = scaled(4000), seed = first_seed() + 1000000;
    (void)state;
    for (uint64_t done = 0; done < lives; seed++) {
        struct report_world w;
        report_world_begin(&w, seed);
        w.plain = true;
        report_world_live(&w, 120);
        struct report_known now;
        report_known_begin(&now, &w, w.now, BASIS_STATUTORY);
        for (int look = 0; look < 6; look++) {
            struct report_known k;
            int64_t second = w.journal[random_in(&w.random, 60, (int64_t)w.entries - 1)].recorded_at;
            civil_minute when = civil_from_utc(second, REPORT_OFFSET);
            while (civil_from_utc(second + 1, REPORT_OFFSET) == when)
                second++;
            report_known_begin(&k, &w, second, BASIS_STATUTORY);
            for (size_t i = 0; i < now.dossiers; i++) {
                struct dossier d;
                bool there = past_dossier(&d, now.chain[i].event, now.chain[i].events, when);
                assert_int_equal(there, i < k.dossiers);
                if (!there)
                    continue;
                struct buf got = BUF_INIT, expected = BUF_INIT;
                dossier_encode(&got, &d);
                dossier_encode(&expected, &k.chain[i].now);
                if (!str_eq(buf_str(&got), buf_str(&expected)))
                    fail_msg("seed %llu, dossier %zu at %lld", (unsigned long long)seed, i + 1,
                             (long long)when);
                buf_release(&got);
                buf_release(&expected);
            }
            report_known_end(&k);
        }
        report_known_end(&now);
        done += w.dossiers;
        report_world_end(&w);
    }
}

/* One that was received wrongly and corrected afterwards stood as one that was received right at once. */
static void a_mended_life_is_the_right_one(void **state)
{
    static const char *const procedures[] = {"1.001", "1.002", "1.004", "1.005", "1.006", "1.008"};
    uint64_t pairs = scaled(2000), compared = 0;
    struct report_world right, wrong;
    uint64_t seed = first_seed() + 2000000;
    (void)state;
    for (uint64_t n = 0; n < pairs; n++, seed++) {
        report_world_begin(&right, seed);
        report_world_begin(&wrong, seed);
        right.plain = wrong.plain = true; /* one login, so that both are allowed the same */
        struct random r = {seed ^ 0x5eed};
        struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
        c.receive.procedure = str_of(procedures[random_in(&r, 0, 5)]);
        c.receive.applicant.name = STR("Nguyễn Thị Hương");
        c.receive.submitted = NO_TIME;
        c.receive.fee = -1;
        struct command other = c;
        other.receive.procedure = str_of(procedures[random_in(&r, 0, 5)]);
        assert_true(report_world_ask(&right, 0, c));
        assert_true(report_world_ask(&wrong, 0, other));
        bool letter = random_in(&r, 0, 1);
        right.now = wrong.now = right.now + random_in(&r, 60, 2 * 86400);
        struct command mend = {.kind = COMMAND_CORRECT, .at = NO_TIME};
        struct change change = {CORRECT_PROCEDURE, c.receive.procedure};
        mend.correct.reason = STR("Gõ nhầm");
        mend.correct.change = &change;
        mend.correct.count = 1;
        bool mended = report_world_ask(&wrong, 1, mend);
        struct command sorry = {.kind = COMMAND_APOLOGIZE, .at = NO_TIME};
        sorry.apologize.reason = STR("Chờ xác minh");
        sorry.apologize.until = report_world_minute(&right) + random_in(&r, 40, 60) * 1440;
        if (letter && report_world_ask(&right, 1, sorry))
            mended = report_world_ask(&wrong, 1, sorry) && mended;
        right.now = wrong.now = right.now + random_in(&r, 60, 5 * 86400);
        struct command end = {.kind = COMMAND_RESOLVE, .at = NO_TIME};
        assert_true(report_world_ask(&right, 1, end));
        assert_true(report_world_ask(&wrong, 1, end));
        if (mended || str_eq(c.receive.procedure, other.receive.procedure)) {
            civil_minute from = right.chain->now.facts.received;
            civil_minute when = random_in(&r, from, report_world_minute(&right) + 60);
            struct dossier a, b;
            assert_true(past_dossier(&a, right.chain->event, right.chain->events, when));
            assert_true(past_dossier(&b, wrong.chain->event, wrong.chain->events, when));
            if (a.promised != b.promised || a.appointment.due != b.appointment.due ||
                a.facts.state != b.facts.state || a.facts.procedure != b.facts.procedure ||
                a.facts.apologized != b.facts.apologized || a.facts.in_hours != b.facts.in_hours)
                fail_msg("seed %llu at %lld", (unsigned long long)seed, (long long)when);
            compared++;
        }
        report_world_end(&right);
        report_world_end(&wrong);
    }
    assert_true(compared > pairs / 2);
}

#define HAND(f) cmocka_unit_test_setup_teardown(f, up, down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        HAND(it_is_not_there_before_its_receipt),
        HAND(what_comes_later_is_not_there_yet),
        HAND(a_wait_is_waited_and_a_restart_counts_anew),
        HAND(what_was_recorded_late_counts_when_it_happened),
        HAND(what_was_taken_back_never_was),
        HAND(a_void_record_was_void_all_along),
        HAND(a_correction_was_so_from_the_beginning),
        HAND(a_letter_in_force_outlasts_a_correction_and_a_later_one_does_not_reach_back),
        HAND(a_corrected_telephone_brings_no_later_move_back),
        HAND(a_correction_after_a_restart_leaves_the_first_appointment),
        HAND(what_is_no_history_is_refused),
        HAND(an_imported_one_stood_as_its_story_says),
        cmocka_unit_test(the_past_is_what_the_journal_says),
        cmocka_unit_test(of_a_plain_life_it_is_what_was_known),
        cmocka_unit_test(a_mended_life_is_the_right_one),
    };
    return cmocka_run_group_tests_name("past", tests, NULL, NULL);
}
