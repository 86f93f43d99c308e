/* Who had a dossier in hand, and whether it went on in time. Dates and minutes are counted by hand: hours are
 * 7:30-11:30 and 13:30-17:00, Monday 16/11/2026, the 24th is a day off. */
#include "core/stages.h"
#include "tests/desk_world.h"
#include "tests/oracle_deadline.h"
#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct scene {
    struct world world;
    struct stages stages;
};

static int setup(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    world_init(&s->world);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct scene *s = *state;
    stages_release(&s->stages);
    world_release(&s->world);
    free(s);
    return 0;
}

static void done(struct outcome o)
{
    if (!outcome_ok(&o))
        fail_msg("refused: %s", outcome_kind_name(o.kind));
}

static void ask(struct world *w, const char *now, struct command command)
{
    done(world_ask_at(w, now, command));
}

static void ask_as(struct world *w, const char *login, const char *now, struct command command)
{
    w->login = login;
    ask(w, now, command);
    w->login = "huong";
}

static struct limit days(uint32_t hundredths)
{
    return (struct limit){LIMIT_WORKING_DAYS, hundredths, LIMIT_NO_CUTOFF};
}

/* Desk half a day, specialist one and a half, chief half, desk half. */
static void put_process(struct world *w, const char *procedure)
{
    const struct step steps[] = {{STR("Tiếp nhận"), ROLE_OFFICER, days(50)},
                                 {STR("Thẩm định"), ROLE_SPECIALIST, days(150)},
                                 {STR("Ký duyệt"), ROLE_CHIEF, days(50)},
                                 {STR("Trả kết quả"), ROLE_OFFICER, days(50)}};
    struct command c = {.kind = COMMAND_STEPS_PUT, .at = NO_TIME};
    c.steps.procedure = str_of(procedure);
    c.steps.step = steps;
    c.steps.count = 4;
    ask_as(w, "admin", "2026-11-16T07:00", c);
}

static void receive(struct world *w, const char *at)
{
    done(world_receive(w, "1.001", at));
}

static void look(struct scene *s, const char *now)
{
    stages_of(&s->stages, s->world.office, s->world.history, s->world.events, world_time(now));
    assert_false(s->stages.failed);
}

static void is(const struct scene *s, size_t i, const char *holder, const char *from, const char *to,
               const char *due, enum stage_result result, uint32_t late)
{
    const struct stage *g = &s->stages.stage[i];
    assert_true(i < s->stages.count);
    assert_true(str_eq(g->holder, str_of(holder)));
    assert_int_equal(g->from, world_time(from));
    assert_int_equal(g->to, world_time(to));
    assert_int_equal(g->due, world_time(due));
    assert_int_equal(g->result, result);
    assert_int_equal(g->late_minutes, late);
}

/* ---- through a process ---- */

static void each_step_is_judged_by_the_minute(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-16T10:00", ask_transfer("nam", NULL));
    ask_as(w, "nam", "2026-11-17T16:00", ask_transfer("chief", NULL));
    ask_as(w, "chief", "2026-11-18T08:00", ask_transfer("huong", NULL));
    ask(w, "2026-11-18T14:01", ask_resolve(NULL));
    look(s, "2026-11-20T08:00");
    assert_int_equal(s->stages.count, 4);
    is(s, 0, "huong", "2026-11-16T09:00", "2026-11-16T10:00", "2026-11-16T15:00", STAGE_ON_TIME, 0);
    is(s, 1, "nam", "2026-11-16T10:00", "2026-11-17T16:00", "2026-11-17T16:00", STAGE_ON_TIME, 0);
    is(s, 2, "chief", "2026-11-17T16:00", "2026-11-18T08:00", "2026-11-18T10:00", STAGE_ON_TIME, 0);
    is(s, 3, "huong", "2026-11-18T08:00", "2026-11-18T14:01", "2026-11-18T14:00", STAGE_LATE, 1);
    assert_true(str_eq(s->stages.stage[2].step, STR("Ký duyệt")));
    assert_true(str_eq(s->stages.stage[2].giver, STR("nam")));
}

static void early_is_on_an_earlier_day(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-16T16:00"); /* due the next morning at 10:00 */
    ask(w, "2026-11-16T16:30", ask_transfer("nam", NULL));
    look(s, "2026-11-16T16:30");
    is(s, 0, "huong", "2026-11-16T16:00", "2026-11-16T16:30", "2026-11-17T10:00", STAGE_EARLY, 0);
    is(s, 1, "nam", "2026-11-16T16:30", NULL, "2026-11-18T10:30", STAGE_RUNNING, 0);
}

/* Due at closing, handed on at the next opening: no minute was worked in between. */
static void nothing_is_late_while_nobody_works(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    struct command c = ask_transfer("nam", NULL);
    c.transfer.within = days(100);
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-19T17:00", c); /* due on Friday at 17:00 */
    ask_as(w, "nam", "2026-11-23T07:00", ask_transfer("chief", NULL));
    look(s, "2026-11-23T08:00");
    is(s, 1, "nam", "2026-11-19T17:00", "2026-11-23T07:00", "2026-11-20T17:00", STAGE_ON_TIME, 0);
    world_release(w);
    world_init(w);
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-19T17:00", c);
    look(s, "2026-11-23T07:01");
    is(s, 1, "nam", "2026-11-19T17:00", NULL, "2026-11-20T17:00", STAGE_OVERDUE, 1);
}

/* A limit given by hand is counted as the dossier's own, here to the end of the day. */
static void a_limit_given_by_hand(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    struct command c = ask_transfer("nam", NULL);
    c.transfer.within = days(200);
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-16T10:00", c);
    look(s, "2026-11-18T16:59");
    is(s, 0, "huong", "2026-11-16T09:00", "2026-11-16T10:00", NULL, STAGE_NO_LIMIT, 0);
    is(s, 1, "nam", "2026-11-16T10:00", NULL, "2026-11-18T17:00", STAGE_RUNNING, 0);
}

static void an_outside_unit_has_no_holder(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    struct command c = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    c.transfer.unit = STR("Chi nhánh đất đai");
    put_process(w, "1.001");
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-16T10:00", c);
    look(s, "2026-11-30T08:00");
    is(s, 1, "", "2026-11-16T10:00", NULL, NULL, STAGE_NO_LIMIT, 0);
    assert_true(str_eq(s->stages.stage[1].unit, STR("Chi nhánh đất đai")));
}

/* ---- days that change ---- */

static void put_day(struct world *w, const char *day, enum day_kind kind)
{
    struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME};
    c.day = (struct office_day){.day = civil_day_of(world_time(day)), .kind = kind, .name = STR("Nghỉ")};
    ask_as(w, "admin", "2026-11-20T16:00", c);
}

static void a_holiday_announced_since_is_nobodys_delay(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-20T15:00"); /* two hours on Friday, two on Monday */
    look(s, "2026-11-20T15:00");
    is(s, 0, "huong", "2026-11-20T15:00", NULL, "2026-11-23T09:00", STAGE_RUNNING, 0);
    put_day(w, "2026-11-23", DAY_OFF);
    look(s, "2026-11-25T08:30"); /* the 24th is off anyway */
    is(s, 0, "huong", "2026-11-20T15:00", NULL, "2026-11-25T09:00", STAGE_RUNNING, 0);
}

static void a_day_worked_after_all_takes_no_time_away(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-20T15:00");
    put_day(w, "2026-11-21", DAY_WORKED);
    look(s, "2026-11-20T17:00");
    is(s, 0, "huong", "2026-11-20T15:00", NULL, "2026-11-23T09:00", STAGE_RUNNING, 0);
}

static void a_day_counted_by_hand_moves_to_the_end_of_the_next(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    struct command c = ask_transfer("nam", NULL);
    c.transfer.within = days(100);
    receive(w, "2026-11-20T14:00");
    ask(w, "2026-11-20T15:00", c);
    put_day(w, "2026-11-23", DAY_OFF);
    look(s, "2026-11-25T16:00");
    is(s, 1, "nam", "2026-11-20T15:00", NULL, "2026-11-25T17:00", STAGE_RUNNING, 0);
}

/* ---- waiting, ending, mending ---- */

static void a_wait_ends_the_stage_and_the_limit_restarts(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-16T10:00", ask_supplement(NULL));
    ask(w, "2026-11-18T09:00", ask_restart(NULL));
    look(s, "2026-11-18T15:01");
    assert_int_equal(s->stages.count, 3);
    is(s, 0, "huong", "2026-11-16T09:00", "2026-11-16T10:00", "2026-11-16T15:00", STAGE_WAITED, 0);
    is(s, 1, "huong", "2026-11-16T10:00", "2026-11-18T09:00", NULL, STAGE_NO_LIMIT, 0);
    is(s, 2, "huong", "2026-11-18T09:00", NULL, "2026-11-18T15:00", STAGE_OVERDUE, 1);
    assert_true(s->stages.stage[1].waiting && !s->stages.stage[2].waiting);
    assert_true(str_eq(s->stages.stage[1].note, STR("Thiếu giấy tờ")));
}

static void what_was_late_before_the_wait_stays_late(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-17T09:00", ask_supplement(NULL));
    look(s, "2026-11-17T10:00");
    is(s, 0, "huong", "2026-11-16T09:00", "2026-11-17T09:00", "2026-11-16T15:00", STAGE_LATE, 120 + 120);
}

static void what_is_taken_back_was_no_stage(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-16T10:00", ask_transfer("nam", NULL));
    ask(w, "2026-11-16T10:05", ask_end(COMMAND_UNDO, "nhầm", NULL));
    ask(w, "2026-11-16T11:00", ask_resolve(NULL));
    look(s, "2026-11-17T08:00");
    assert_int_equal(s->stages.count, 1);
    is(s, 0, "huong", "2026-11-16T09:00", "2026-11-16T11:00", NULL, STAGE_NO_LIMIT, 0);
}

/* A handover typed in afterwards, dated before the one that is there: no minute is two people's. */
static void a_handover_dated_back_counts_from_the_one_before(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-17T10:00", ask_transfer("nam", NULL));
    ask(w, "2026-11-17T11:00", ask_transfer("chief", "2026-11-17T09:00"));
    look(s, "2026-11-17T11:00");
    is(s, 0, "huong", "2026-11-16T09:00", "2026-11-17T10:00", NULL, STAGE_NO_LIMIT, 0);
    is(s, 1, "nam", "2026-11-17T10:00", "2026-11-17T10:00", NULL, STAGE_NO_LIMIT, 0);
    is(s, 2, "chief", "2026-11-17T10:00", NULL, NULL, STAGE_NO_LIMIT, 0);
    assert_true(str_eq(w->dossier.officer, s->stages.stage[2].holder));
}

static void a_corrected_receipt_moves_the_first_stage(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    put_process(w, "1.001");
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-16T11:00", ask_correct({CORRECT_RECEIVED_AT, STR("2026-11-16T08:00")}));
    look(s, "2026-11-16T11:30");
    is(s, 0, "huong", "2026-11-16T08:00", NULL, "2026-11-16T14:00", STAGE_RUNNING, 0); /* 3:30 and 0:30 */
}

static void every_end_ends_it(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    const struct command ends[] = {ask_refuse("x", NULL), ask_end(COMMAND_STOP, "x", NULL),
                                   ask_end(COMMAND_VOID, "x", NULL), ask_resolve(NULL)};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        world_release(w);
        world_init(w);
        receive(w, "2026-11-16T09:00");
        ask_as(w, "chief", "2026-11-16T10:00", ends[i]);
        look(s, "2026-11-17T08:00");
        assert_int_equal(s->stages.count, 1);
        is(s, 0, "huong", "2026-11-16T09:00", "2026-11-16T10:00", NULL, STAGE_NO_LIMIT, 0);
    }
}

static void nothing_comes_of_nothing(void **state)
{
    struct scene *s = *state;
    receive(&s->world, "2026-11-16T09:00");
    look(s, "2026-11-16T10:00");
    assert_int_equal(s->stages.count, 1);
    stages_of(&s->stages, s->world.office, s->world.history, 0, 0);
    assert_int_equal(s->stages.count, 0);
    assert_null(stages_at(&s->stages, civil_day_of(world_time("2026-11-16"))));
}

/* ---- whose delay ---- */

static const struct stage *at(const struct scene *s, const char *day)
{
    return stages_at(&s->stages, civil_day_of(world_time(day)));
}

static void the_holder_of_a_day_has_it_at_its_end(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    receive(w, "2026-11-16T09:00");
    ask(w, "2026-11-17T10:00", ask_transfer("nam", NULL));
    ask(w, "2026-11-17T17:00", ask_transfer("chief", NULL));
    ask(w, "2026-11-18T10:00", ask_supplement(NULL));
    ask(w, "2026-11-20T10:00", ask_restart(NULL));
    ask(w, "2026-11-23T10:00", ask_resolve(NULL));
    look(s, "2026-11-25T08:00");
    assert_null(at(s, "2026-11-15"));
    assert_ptr_equal(at(s, "2026-11-16"), &s->stages.stage[0]);
    assert_ptr_equal(at(s, "2026-11-17"), &s->stages.stage[2]);
    assert_null(at(s, "2026-11-18"));
    assert_null(at(s, "2026-11-19"));
    assert_ptr_equal(at(s, "2026-11-20"), &s->stages.stage[4]);
    assert_ptr_equal(at(s, "2026-12-31"), &s->stages.stage[4]); /* who had it last */
    assert_null(stages_at(&s->stages, NO_DAY));
}

/* ---- against a slow reckoning, minute by minute ---- */

struct hand {
    uint64_t seq;
    struct str holder;
    struct limit limit;
    civil_minute reckoned;
    bool waiting, ended;
};

/* How it stood at minute t: what had been recorded as happened by then, each thing no earlier than the one
 * before. */
static struct hand hand_at(const struct world *w, civil_minute t)
{
    struct hand h = {0};
    civil_minute moved = NO_TIME;
    for (size_t i = 0; i < w->events; i++) {
        const struct event *e = &w->history[i];
        if (e->undone_by || (e->kind != EVENT_RECEIVED && e->kind != EVENT_TRANSFERRED &&
                             e->kind != EVENT_SUPPLEMENT_REQUESTED && e->kind != EVENT_RESTARTED &&
                             e->kind != EVENT_RESOLVED && e->kind != EVENT_REFUSED))
            continue;
        moved = e->at > moved ? e->at : moved;
        if (moved > t)
            break;
        h.seq = e->seq;
        h.reckoned = NO_TIME;
        h.ended = e->kind == EVENT_RESOLVED || e->kind == EVENT_REFUSED;
        h.waiting = e->kind == EVENT_SUPPLEMENT_REQUESTED;
        if (e->kind == EVENT_RECEIVED) {
            h.holder = e->received.officer;
            h.limit = e->received.within;
            h.reckoned = e->received.within_due;
        } else if (e->kind == EVENT_TRANSFERRED) {
            h.holder = e->transferred.to;
            h.limit = e->transferred.within;
            h.reckoned = e->transferred.within_due;
        }
    }
    return h;
}

struct office_copy {
    struct office_hours hours[8];
    struct office_day days[64];
    struct oracle_office oracle;
};

static void copy_office(const struct office *office, struct office_copy *copy)
{
    size_t hours = office_hours_count(office), count = office_day_count(office);
    for (size_t i = 0; i < hours; i++)
        copy->hours[i] = *office_hours(office, i);
    for (size_t i = 0; i < count; i++)
        copy->days[i] = *office_day(office, i);
    copy->oracle = (struct oracle_office){copy->hours, hours, copy->days, count, office_known_years(office)};
}

static int64_t worked(const struct oracle_office *office, civil_minute from, civil_minute to)
{
    int64_t n = 0;
    for (civil_minute t = from; t < to; t++)
        n += oracle_is_working(office, civil_day_of(t)) &&
             oracle_is_working_minute(office, civil_day_of(t), civil_minute_of_day(t));
    return n;
}

/* The stage that began at `from` as h and ended at `to` (NO_TIME: not yet). */
static void check_stage(const struct stage *g, const struct hand *h, const struct office_copy *copy,
                        struct oracle_answer *answer, civil_minute from, civil_minute to, civil_minute now)
{
    assert_int_equal(g->event, h->seq);
    assert_int_equal(g->from, from);
    assert_int_equal(g->to, to);
    assert_int_equal(g->waiting, h->waiting);
    assert_true(str_eq(g->holder, h->holder));
    if (h->waiting || h->limit.kind == LIMIT_NONE) {
        assert_int_equal(g->due, NO_TIME);
        return;
    }
    assert_true(oracle_deadline(&copy->oracle, &h->limit, CLOCK_SAME_HOUR, 15 * 60, from, answer));
    civil_minute due = h->reckoned > answer->due ? h->reckoned : answer->due;
    assert_int_equal(g->due, due);
    assert_int_equal(g->late_minutes, worked(&copy->oracle, due, to == NO_TIME ? now : to));
}

static void compare(struct scene *s, const struct office_copy *copy, struct oracle_answer *answer,
                    civil_minute now)
{
    const struct world *w = &s->world;
    size_t i = 0;
    civil_minute from = w->dossier.facts.received;
    struct hand h = hand_at(w, from);
    stages_of(&s->stages, w->office, w->history, w->events, now);
    for (civil_minute t = from + 1; t <= now + 1; t++) {
        struct hand next = hand_at(w, t);
        if (t <= now && next.seq == h.seq)
            continue;
        while (i < s->stages.count && s->stages.stage[i].to == s->stages.stage[i].from)
            i++; /* gone before the minute was over */
        if (!h.ended) {
            assert_true(i < s->stages.count);
            check_stage(&s->stages.stage[i++], &h, copy, answer, from, t > now ? NO_TIME : t, now);
        }
        from = t;
        h = next;
    }
    while (i < s->stages.count && s->stages.stage[i].to == s->stages.stage[i].from)
        i++;
    assert_int_equal(i, s->stages.count);
}

static struct command random_command(struct random *r)
{
    static const char *const people[] = {"huong", "nam", "chief", "admin"};
    struct command c;
    switch (random_in(r, 0, 9)) {
    case 0: return ask_supplement(NULL);
    case 1:
    case 2: return ask_restart(NULL);
    case 3: return ask_end(COMMAND_UNDO, "nhầm", NULL);
    case 4: return random_in(r, 0, 3) ? ask_transfer("nam", NULL) : ask_resolve(NULL);
    default: c = ask_transfer(people[random_in(r, 0, 3)], NULL); break;
    }
    return c;
}

static void random_histories_are_as_the_slow_reckoning_has_them(void **state)
{
    struct scene *s = *state;
    struct world *w = &s->world;
    struct random r = {20261116};
    struct oracle_answer answer = {0};
    struct office_copy *copy = calloc(1, sizeof *copy);
    for (int round = 0; round < 400; round++) {
        world_release(w);
        world_init(w);
        put_process(w, "1.001");
        receive(w, "2026-11-16T09:00");
        civil_minute now = world_time("2026-11-16T09:00");
        for (int i = 0; i < 14; i++) {
            now += random_in(&r, 0, 900);
            w->now = civil_to_utc(now, 7 * 60);
            w->login = "admin";
            struct command c = random_command(&r);
            if (random_in(&r, 0, 4) == 0)
                c.at = now - random_in(&r, 0, 300);
            world_ask(w, c); /* refused or not */
        }
        copy_office(w->office, copy);
        compare(s, copy, &answer, now + random_in(&r, 0, 2000));
    }
    free(copy);
    oracle_answer_release(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_step_is_judged_by_the_minute, setup, teardown),
        cmocka_unit_test_setup_teardown(early_is_on_an_earlier_day, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_is_late_while_nobody_works, setup, teardown),
        cmocka_unit_test_setup_teardown(a_limit_given_by_hand, setup, teardown),
        cmocka_unit_test_setup_teardown(an_outside_unit_has_no_holder, setup, teardown),
        cmocka_unit_test_setup_teardown(a_holiday_announced_since_is_nobodys_delay, setup, teardown),
        cmocka_unit_test_setup_teardown(a_day_worked_after_all_takes_no_time_away, setup, teardown),
        cmocka_unit_test_setup_teardown(a_day_counted_by_hand_moves_to_the_end_of_the_next, setup, teardown),
        cmocka_unit_test_setup_teardown(a_wait_ends_the_stage_and_the_limit_restarts, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_late_before_the_wait_stays_late, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_taken_back_was_no_stage, setup, teardown),
        cmocka_unit_test_setup_teardown(a_handover_dated_back_counts_from_the_one_before, setup, teardown),
        cmocka_unit_test_setup_teardown(a_corrected_receipt_moves_the_first_stage, setup, teardown),
        cmocka_unit_test_setup_teardown(every_end_ends_it, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_comes_of_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(the_holder_of_a_day_has_it_at_its_end, setup, teardown),
        cmocka_unit_test_setup_teardown(random_histories_are_as_the_slow_reckoning_has_them, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
