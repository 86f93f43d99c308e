/* The reports that look for what others hide or leave out: the truth of the record, what is older than ninety
 * days, the indicators, the wall's catalogue, the public list, the survey's people. By hand, in a store, over
 * days that can be counted on a calendar: November 2026, the 24th off. */
#include "store/reporting.h"
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- a desk, and its reports ---- */

static void must(struct store_desk *d, const char *now, const char *login, struct command c)
{
    store_desk_now(d, now);
    d->login = login;
    struct outcome o = store_desk_ask(d, c, NULL);
    if (!outcome_ok(&o))
        fail_msg("%s at %s: %s", login, now, outcome_kind_name(o.kind));
    d->login = "admin";
}

struct code {
    char text[64];
};

static struct code receive(struct store_desk *d, const char *now, struct command c)
{
    struct result result;
    struct code code;
    struct view *v;
    struct dossier dossier;
    store_desk_now(d, now);
    struct outcome o = store_desk_ask(d, c, &result);
    if (!outcome_ok(&o))
        fail_msg("receive at %s: %s", now, outcome_kind_name(o.kind));
    o = view_begin(d->store, &v);
    assert_true(outcome_ok(&o) && view_dossier(v, result.dossier, &dossier));
    snprintf(code.text, sizeof code.text, "%.*s", STR_ARG(dossier.code));
    view_end(v);
    return code;
}

static struct code simply(struct store_desk *d, const char *now, const char *procedure)
{
    return receive(d, now, desk_receive(procedure, "Nguyễn Thị Hương", NULL, NULL));
}

static struct command set(const char *key, const char *value)
{
    struct command c = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
    c.setting.key = str_of(key);
    c.setting.value = str_of(value);
    return c;
}

static struct command dated(struct command c, const char *at)
{
    c.at = desk_time(at);
    return c;
}

static struct report_request request_of(struct view *v, enum report_kind kind, const char *from,
                                        const char *to, int64_t now)
{
    struct report_request r = {.kind = kind,
                               .now = civil_from_utc(now, 420),
                               .known = now,
                               .lang = LANG_VI,
                               .office = view_office(v)};
    if (from)
        r.period = (struct period){civil_day_of(desk_time(from)), civil_day_of(desk_time(to))};
    return r;
}

static void make(struct store_desk *d, enum report_kind kind, const char *from, const char *to,
                 struct report *out)
{
    struct view *v;
    struct outcome o = view_begin(d->store, &v);
    assert_true(outcome_ok(&o));
    struct report_request r = request_of(v, kind, from, to, d->now);
    o = view_make_report(v, &r, out);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    view_end(v);
}

static const struct report_part *part_of(const struct report *r, const char *key)
{
    for (size_t i = 0; i < r->parts; i++)
        if (strcmp(r->part[i].key, key) == 0)
            return &r->part[i];
    fail_msg("no part %s", key);
    return NULL;
}

static const struct report_cell *cell_of(const struct report_part *p, size_t row, const char *column)
{
    if (row >= p->count)
        fail_msg("%s has no row %zu", p->key, row);
    for (size_t i = 0; i < p->columns; i++)
        if (strcmp(p->column[i].key, column) == 0)
            return &p->row[row].cell[i];
    fail_msg("%s has no column %s", p->key, column);
    return NULL;
}

static void expect_text(const struct report_part *p, size_t row, const char *column, const char *text)
{
    char is[2000];
    const struct report_cell *c = cell_of(p, row, column);
    snprintf(is, sizeof is, "%.*s", STR_ARG(c->text));
    if (strcmp(is, text) != 0 || c->type != (*text ? CELL_TEXT : CELL_EMPTY))
        fail_msg("%s, row %zu, %s: \"%s\", not \"%s\"", p->key, row, column, is, text);
}

static void expect_number(const struct report_part *p, size_t row, const char *column, int64_t n)
{
    const struct report_cell *c = cell_of(p, row, column);
    if (c->type == CELL_EMPTY || c->number != n)
        fail_msg("%s, row %zu, %s: %lld, not %lld", p->key, row, column, (long long)c->number, (long long)n);
}

static void expect_empty(const struct report_part *p, size_t row, const char *column)
{
    assert_int_equal(cell_of(p, row, column)->type, CELL_EMPTY);
}

static void expect_day(const struct report_part *p, size_t row, const char *column, const char *day)
{
    assert_int_equal(cell_of(p, row, column)->type, CELL_DATE);
    expect_number(p, row, column, civil_day_of(desk_time(day)));
}

static void expect_time(const struct report_part *p, size_t row, const char *column, const char *time)
{
    assert_int_equal(cell_of(p, row, column)->type, CELL_TIME);
    expect_number(p, row, column, desk_time(time));
}

/* ---- the truth of the record ---- */

/* Received Mon 16/11 for three working days: due Thu 19/11. */
static void late_entries_are_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct code a = simply(d, "2026-11-16T08:00", "1.001"); /* told in time, the day after it was due */
    struct code b = simply(d, "2026-11-16T08:10", "1.001"); /* told in time, four days later */
    struct code c = simply(d, "2026-11-16T08:20", "1.001"); /* told the same day */
    struct code e = simply(d, "2026-11-16T08:30", "1.001"); /* told late, and taken back */
    struct code f = simply(d, "2026-11-16T08:40", "1.001"); /* told late, of a record that is void */
    must(d, "2026-11-19T16:00", "huong", desk_resolve(c.text, NULL));
    must(d, "2026-11-20T09:00", "huong", desk_resolve(a.text, "2026-11-19T16:00"));
    must(d, "2026-11-23T09:00", "huong", desk_resolve(b.text, "2026-11-18T10:00"));
    must(d, "2026-11-23T09:10", "huong", desk_resolve(e.text, "2026-11-18T10:00"));
    must(d, "2026-11-23T09:20", "huong", desk_undo(e.text));
    must(d, "2026-11-23T09:25", "huong", desk_resolve(e.text, NULL));
    must(d, "2026-11-23T09:30", "huong", desk_transfer(f.text, "nam"));
    must(d, "2026-11-23T09:40", "chief", desk_void(f.text));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    const struct report_part *late = part_of(&r, "recorded_late");
    assert_int_equal(late->count, 1); /* a: one working day is nobody's lateness */
    expect_text(late, 0, "code", b.text);
    expect_number(late, 0, "days", 3); /* the 19th, the 20th, the 23rd */
    expect_time(late, 0, "at", "2026-11-18T10:00");
    expect_time(late, 0, "recorded", "2026-11-23T09:00");
    expect_text(late, 0, "by", "huong");
    const struct report_part *hidden = part_of(&r, "on_time_recorded_late");
    assert_int_equal(hidden->count, 2);
    expect_text(hidden, 0, "code", b.text);
    expect_number(hidden, 0, "days", 2);
    expect_text(hidden, 1, "code", a.text);
    expect_number(hidden, 1, "days", 1);
    expect_day(hidden, 1, "due", "2026-11-19");
    const struct report_part *sums = part_of(&r, "summary");
    assert_int_equal(sums->count, 7);
    expect_number(sums, 0, "found", 1);
    expect_number(sums, 1, "found", 2);
    assert_int_equal(sums->row[1].kind, ROW_ALERT);
    report_release(&r);
    /* a wider mesh, and another period */
    must(d, "2026-11-23T10:00", "admin", set("truth.lag", "3"));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    assert_int_equal(part_of(&r, "recorded_late")->count, 0);
    report_release(&r);
    must(d, "2026-11-23T10:00", "admin", set("truth.lag", "0"));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    assert_int_equal(part_of(&r, "recorded_late")->count, 2);
    report_release(&r);
    make(d, REPORT_TRUTH, "2026-11-20", "2026-11-22", &r); /* what was recorded then: a */
    assert_int_equal(part_of(&r, "recorded_late")->count, 1);
    assert_int_equal(part_of(&r, "on_time_recorded_late")->count, 1);
    expect_text(part_of(&r, "on_time_recorded_late"), 0, "code", a.text);
    report_release(&r);
}

/* Of the period in which it was solved, of that in which it was recorded, and of none beside them: a was due
 * Thu 19/11, solved on it by what was recorded on Mon 23/11; b was due Thu 26/11, after a wait, and solved on
 * the 20th by what was recorded on the 27th. */
static void lateness_across_the_border_is_told_on_both_sides(void **state)
{
    static const struct {
        const char *from, *to, *at, *recorded;
        size_t told;
    } periods[] = {{"2026-11-01", "2026-11-15", NULL, NULL, 0},
                   {"2026-11-01", "2026-11-19", "2026-11-19T16:00", "2026-11-23T09:00", 1},
                   {"2026-11-20", "2026-11-22", "2026-11-20T10:00", "2026-11-27T09:00", 1},
                   {"2026-11-23", "2026-11-23", "2026-11-19T16:00", "2026-11-23T09:00", 1},
                   {"2026-11-23", "2026-11-30", NULL, NULL, 2},
                   {"2026-11-24", "2026-11-26", NULL, NULL, 0}};
    struct store_desk *d = *state;
    struct report r;
    struct code a = simply(d, "2026-11-16T08:00", "1.001"), b = simply(d, "2026-11-16T08:10", "1.001");
    must(d, "2026-11-18T09:00", "huong", desk_supplement(b.text, false));
    must(d, "2026-11-20T09:00", "huong", desk_restart(b.text));
    must(d, "2026-11-23T09:00", "chief", desk_resolve(a.text, "2026-11-19T16:00"));
    must(d, "2026-11-27T09:00", "chief", desk_resolve(b.text, "2026-11-20T10:00"));
    store_desk_now(d, "2026-12-01T08:00");
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        make(d, REPORT_TRUTH, periods[i].from, periods[i].to, &r);
        const struct report_part *p = part_of(&r, "on_time_recorded_late");
        assert_int_equal(p->count, periods[i].told);
        if (periods[i].at) {
            expect_time(p, 0, "at", periods[i].at);
            expect_time(p, 0, "recorded", periods[i].recorded);
        }
        report_release(&r);
    }
}

/* Late before a wait: due Thu 19/11 when a chief lets it wait on the 23rd; due Tue 01/12 after it. */
static void late_ones_show_the_day_they_let_pass(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct code a = simply(d, "2026-11-16T08:00", "1.001");
    must(d, "2026-11-23T09:00", "chief", desk_supplement(a.text, true));
    must(d, "2026-11-26T09:00", "huong", desk_restart(a.text));
    must(d, "2026-11-27T09:00", "huong", desk_resolve(a.text, NULL));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    const struct report_part *p = part_of(&r, "late_without_letter");
    assert_int_equal(p->count, 1);
    expect_day(p, 0, "due", "2026-11-19");
    expect_day(p, 0, "solved", "2026-11-27");
    expect_number(p, 0, "days", 2); /* the 20th and the 23rd */
    report_release(&r);
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-24", &r); /* while it waited */
    expect_day(part_of(&r, "late_without_letter"), 0, "due", "2026-11-19");
    report_release(&r);
}

static void late_ones_without_a_letter_are_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct code a = simply(d, "2026-11-16T08:00", "1.001"); /* open and overdue */
    struct code b = simply(d, "2026-11-16T08:10", "1.001"); /* solved late */
    struct code c = simply(d, "2026-11-16T08:20", "1.001"); /* late, with a letter */
    struct code e = simply(d, "2026-11-16T08:30", "1.001"); /* in time */
    must(d, "2026-11-18T09:00", "huong", desk_apologize(c.text, "2026-11-27T17:00"));
    must(d, "2026-11-19T09:00", "huong", desk_resolve(e.text, NULL));
    must(d, "2026-11-25T09:00", "huong", desk_resolve(b.text, NULL));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    const struct report_part *p = part_of(&r, "late_without_letter");
    assert_int_equal(p->count, 2);
    expect_text(p, 0, "code", a.text);
    expect_number(p, 0, "days", 3); /* the 20th, 23rd, 25th */
    expect_empty(p, 0, "solved");
    expect_text(p, 1, "code", b.text);
    expect_number(p, 1, "days", 3);
    expect_day(p, 1, "solved", "2026-11-25");
    report_release(&r);
    /* as it stood at the end of the 20th, before b was solved */
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-20", &r);
    p = part_of(&r, "late_without_letter");
    assert_int_equal(p->count, 2);
    expect_number(p, 1, "days", 1);
    expect_empty(p, 1, "solved");
    report_release(&r);
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-19", &r);
    assert_int_equal(part_of(&r, "late_without_letter")->count, 0);
    report_release(&r);
}

static void what_lies_about_is_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    must(d, "2026-11-16T07:30", "admin", set("collect.max", "2"));
    struct code a = simply(d, "2026-11-16T08:00", "1.001");
    struct code b = simply(d, "2026-11-16T08:10", "1.001");
    struct code c = simply(d, "2026-11-16T08:20", "1.001");
    struct code e = simply(d, "2026-11-16T08:30", "1.001");
    must(d, "2026-11-17T09:00", "huong", desk_resolve(a.text, NULL));
    must(d, "2026-11-17T09:10", "huong", desk_resolve(b.text, NULL));
    must(d, "2026-11-17T09:20", "huong", desk_refuse(c.text));
    must(d, "2026-11-17T09:30", "huong", desk_stop(e.text)); /* nothing to be collected */
    must(d, "2026-11-23T09:00", "huong", desk_return(b.text));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-20", &r);
    const struct report_part *p = part_of(&r, "uncollected");
    assert_int_equal(p->count, 3); /* b was fetched later */
    expect_text(p, 0, "code", a.text);
    expect_number(p, 0, "days", 3); /* the 18th, 19th, 20th */
    expect_text(p, 2, "code", c.text);
    report_release(&r);
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-19", &r);
    assert_int_equal(part_of(&r, "uncollected")->count, 0); /* two days are not more than two */
    report_release(&r);
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    assert_int_equal(part_of(&r, "uncollected")->count, 2);
    report_release(&r);
}

static void a_clock_ahead_is_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct command accept = {.kind = COMMAND_CLOCK_ACCEPT, .at = NO_TIME};
    accept.clock.reason = STR("Đồng hồ máy chạy trước hai tháng");
    struct code a = simply(d, "2026-11-16T08:00", "1.001");
    struct code b = simply(d, "2027-01-20T08:00", "1.001"); /* the clock ran ahead */
    must(d, "2027-01-20T08:10", "chief", dated(desk_resolve(a.text, NULL), "2026-11-17T08:00"));
    must(d, "2026-11-17T09:00", "admin", accept);
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    const struct report_part *p = part_of(&r, "clock");
    assert_int_equal(p->count, 3);
    expect_text(p, 0, "code", b.text);
    assert_int_equal(p->row[0].kind, ROW_ALERT); /* it cannot have been received later than it was written */
    expect_time(p, 0, "recorded", "2027-01-20T08:00");
    expect_time(p, 0, "written", "2026-11-17T09:00");
    expect_text(p, 1, "code", a.text);
    assert_int_equal(p->row[1].kind, ROW_PLAIN);
    expect_text(p, 2, "code", "");
    expect_text(p, 2, "by", "admin");
    expect_number(part_of(&r, "summary"), 5, "found", 3);
    /* written by the right clock, it was not late */
    assert_int_equal(part_of(&r, "recorded_late")->count, 0);
    report_release(&r);
    make(d, REPORT_TRUTH, "2026-10-01", "2026-10-31", &r);
    assert_int_equal(part_of(&r, "clock")->count, 0);
    report_release(&r);
}

static void due_times_moved_too_late_are_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct change limit = {CORRECT_LIMIT, STR("10 working_days")};
    struct change phone = {CORRECT_PHONE, STR("0912000111")};
    struct code a = simply(d, "2026-11-16T08:00", "1.001"); /* a longer limit, once it was overdue */
    struct code b = simply(d, "2026-11-16T08:10", "1.001"); /* a longer limit in time */
    struct code c = simply(d, "2026-11-16T08:20", "1.001"); /* a holiday announced afterwards */
    struct code e = simply(d, "2026-11-16T08:30", "1.001"); /* another mistake mended */
    struct code f = simply(d, "2026-11-16T08:40", "1.001"); /* moved, and taken back */
    must(d, "2026-11-18T08:00", "chief", desk_correct(b.text, &limit));
    must(d, "2026-11-23T08:00", "chief", desk_correct(a.text, &limit));
    must(d, "2026-11-23T08:10", "chief", desk_correct(e.text, &phone));
    must(d, "2026-11-23T08:20", "chief", desk_correct(f.text, &limit));
    must(d, "2026-11-23T08:30", "chief", desk_undo(f.text));
    must(d, "2026-11-23T08:40", "huong", desk_resolve(e.text, NULL));
    must(d, "2026-11-23T08:41", "huong", desk_resolve(f.text, NULL));
    struct moves moves = {0};
    struct request day = {.moment = {.now = d->now + 600, .login = STR("admin")},
                          .command = desk_put_day("2026-11-18", DAY_OFF)};
    struct outcome o = store_submit_moving(d->store, &day, 1, NULL, &moves);
    assert_true(outcome_ok(&o));
    moves_release(&moves);
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    const struct report_part *p = part_of(&r, "due_moved");
    assert_int_equal(p->count, 2);
    expect_text(p, 0, "code", a.text);
    assert_int_equal(p->row[0].kind, ROW_ALERT);
    expect_day(p, 0, "old_due", "2026-11-19");
    expect_day(p, 0, "new_due", "2026-12-01"); /* 17-20, 23, 25-27, 30/11, 1/12 */
    expect_number(p, 0, "days", 2);            /* the 20th and 23rd */
    expect_text(p, 0, "by", "chief");
    expect_text(p, 1, "code", c.text);
    assert_int_equal(p->row[1].kind, ROW_PLAIN); /* overdue before and after */
    expect_day(p, 1, "old_due", "2026-11-19");
    expect_day(p, 1, "new_due", "2026-11-20");
    report_release(&r);
    (void)b;
}

/* Numbers out of a store have no gaps: those that do are told to the maker. */
static void numbers_missing_are_told(void **state)
{
    struct store_desk *d = *state;
    struct view *v;
    struct report r;
    struct outcome o = view_begin(d->store, &v);
    assert_true(outcome_ok(&o));
    struct report_request request = request_of(v, REPORT_TRUTH, "2026-11-01", "2026-11-30", d->now);
    struct report_maker *m = report_begin(&request);
    static const uint32_t numbers[] = {2, 3, 9, 5, 10, 10, 14};
    assert_true(report_wants_all_entries(m));
    for (uint64_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct event e = {.kind = EVENT_APOLOGIZED, .seq = i + 100, .dossier = i + 1, .at = request.now};
        e.apologized.number = numbers[i];
        e.apologized.year = 2026;
        e.recorded_at = d->now;
        report_entry(m, &e, d->now);
        e.apologized.year = 2025; /* not of this period */
        e.seq += 1000;
        report_entry(m, &e, d->now);
    }
    struct event undo = {.kind = EVENT_UNDONE, .seq = 200, .dossier = 2, .at = request.now};
    undo.undone.seq = 101;
    undo.undone.kind = EVENT_APOLOGIZED;
    undo.recorded_at = d->now;
    report_entry(m, &undo, d->now);
    struct event away = {.kind = EVENT_TURNED_AWAY, .seq = 201, .at = request.now, .recorded_at = d->now};
    away.turned_away.slip = (struct yearly_number){1, 2026};
    report_entry(m, &away, d->now);
    report_init(&r);
    assert_true(report_finish(m, &r));
    const struct report_part *p = part_of(&r, "numbers");
    assert_int_equal(p->count, 2);
    assert_int_equal(p->row[0].kind, ROW_PLAIN); /* slip 02 number 1 */
    expect_number(p, 0, "highest", 1);
    assert_int_equal(p->row[1].kind, ROW_ALERT);
    expect_text(p, 1, "year", "2026");
    expect_number(p, 1, "highest", 14);
    expect_number(p, 1, "missing", 8);
    expect_text(p, 1, "missing_numbers", "1, 4, 6-8, 11-13");
    expect_text(p, 1, "twice", "10");
    expect_number(p, 1, "taken_back", 1);
    expect_text(p, 1, "taken_back_numbers", "3");
    expect_number(part_of(&r, "summary"), 4, "found", 1);
    report_release(&r);
    report_end(m);
    view_end(v);
}

/* Of the counter's slips, too, every number of the year counts, whatever the period. */
static void numbers_of_the_whole_year_are_known(void **state)
{
    static const char *const periods[][2] = {
        {"2026-11-01", "2026-11-30"}, {"2026-11-17", "2026-11-17"}, {"2026-11-16", "2026-11-16"}};
    struct store_desk *d = *state;
    struct report r;
    struct command away = {.kind = COMMAND_TURN_AWAY, .at = NO_TIME};
    away.turn_away.procedure = STR("1.001");
    away.turn_away.applicant.name = STR("Lê Văn Tư");
    away.turn_away.channel = CHANNEL_DIRECT;
    away.turn_away.needs = desk_supplement("", false).supplement.needs;
    must(d, "2026-11-16T09:00", "huong", away); /* 02/1 */
    struct code a = simply(d, "2026-11-16T10:00", "1.001");
    must(d, "2026-11-17T09:00", "huong", desk_supplement(a.text, false)); /* 02/2 */
    must(d, "2026-11-18T09:00", "huong", away);                           /* 02/3 */
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        make(d, REPORT_TRUTH, periods[i][0], periods[i][1], &r);
        const struct report_part *p = part_of(&r, "numbers");
        assert_int_equal(p->count, 2);
        expect_number(p, 1, "highest", 3);
        expect_number(p, 1, "missing", 0);
        expect_number(part_of(&r, "summary"), 4, "found", 0);
        report_release(&r);
    }
}

/* The line of a void record stays used; so does the number of a letter taken back. */
static void numbers_taken_back_are_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct code a = simply(d, "2026-11-16T08:00", "1.001"), b = simply(d, "2026-11-16T08:10", "1.001");
    simply(d, "2026-11-16T08:20", "1.001");
    must(d, "2026-11-17T08:00", "huong", desk_apologize(a.text, "2026-11-27T17:00"));
    must(d, "2026-11-17T08:10", "huong", desk_undo(a.text));
    must(d, "2026-11-17T08:20", "huong", desk_apologize(a.text, "2026-11-27T17:00"));
    must(d, "2026-11-17T08:30", "chief", desk_void(b.text));
    make(d, REPORT_TRUTH, "2026-11-01", "2026-11-30", &r);
    const struct report_part *p = part_of(&r, "numbers");
    assert_int_equal(p->count, 2);
    expect_number(p, 0, "highest", 3);
    expect_text(p, 0, "taken_back_numbers", "2");
    expect_number(p, 1, "highest", 2);
    expect_text(p, 1, "taken_back_numbers", "1");
    expect_number(part_of(&r, "summary"), 4, "found", 0);
    report_release(&r);
}

/* ---- older than ninety days ---- */

static void old_ones_are_told(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct code a = simply(d, "2026-11-16T08:00", "1.001"); /* waits, went on, waits again */
    struct code b = simply(d, "2026-11-17T08:00", "1.006"); /* never moved */
    struct code c = simply(d, "2026-11-18T08:00", "1.001"); /* solved */
    must(d, "2026-11-18T09:00", "huong", desk_supplement(a.text, false));
    simply(d, "2026-11-23T08:00", "1.001");                     /* ninety days: not yet */
    must(d, "2026-11-28T09:00", "huong", desk_restart(a.text)); /* ten days */
    must(d, "2026-12-01T09:00", "huong", desk_await_payment(a.text));
    must(d, "2026-12-01T09:10", "huong", desk_resolve(c.text, NULL));
    store_desk_now(d, "2027-02-21T09:00");
    make(d, REPORT_OVER90, NULL, NULL, &r);
    const struct report_part *p = part_of(&r, "dossiers");
    assert_int_equal(p->count, 2);
    expect_text(p, 0, "code", a.text);
    expect_number(p, 0, "days", 97);
    expect_day(p, 0, "waiting_since", "2026-12-01");
    expect_number(p, 0, "days_waited", 10 + 82); /* December 30 more, January 31, February 21 */
    expect_empty(p, 0, "due");
    expect_number(p, 0, "days_overdue", 0);
    assert_int_equal(p->row[0].kind, ROW_PLAIN);
    expect_text(p, 1, "code", b.text);
    expect_number(p, 1, "days", 96);
    expect_number(p, 1, "days_waited", 0);
    expect_day(p, 1, "due", "2026-11-27");
    assert_int_equal(p->row[1].kind, ROW_ALERT);
    const struct report_part *fields = part_of(&r, "fields");
    assert_int_equal(fields->count, 3);
    expect_text(fields, 0, "field", "Đất đai");
    expect_number(fields, 0, "overdue", 1);
    expect_number(fields, 1, "waiting", 1);
    expect_number(fields, 2, "dossiers", 2);
    expect_number(fields, 2, "oldest", 97);
    report_release(&r);
}

/* ---- what the public may read ---- */

static void cells_of(const struct report *r, struct buf *out)
{
    for (size_t p = 0; p < r->parts; p++)
        for (size_t i = 0; i < r->part[p].count; i++)
            for (size_t c = 0; c < r->part[p].columns; c++) {
                buf_add_str(out, r->part[p].row[i].cell[c].text);
                buf_add_char(out, '\n');
            }
    for (size_t i = 0; i < r->notes; i++)
        buf_add_str(out, r->note[i]);
    assert_false(out->failed);
}

/* Every field that could hold somebody holds a mark. */
static struct command marked(const char *procedure)
{
    struct command c = desk_receive(procedure, "MARKname", NULL, NULL);
    c.receive.applicant.phone = STR("0900MARK00");
    c.receive.applicant.id_number = STR("MARK12345678");
    c.receive.applicant.email = STR("mark@mark.vn");
    c.receive.applicant.address = STR("Thôn MARK");
    c.receive.submitter = STR("MARKsubmitter");
    c.receive.authority = STR("MARKauthority");
    c.receive.note = STR("MARKnote");
    c.receive.unit = STR("MARKunit");
    c.receive.officer = STR("mark");
    return c;
}

static void nobody_is_named_in_public(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct buf all = BUF_INIT;
    must(d, "2026-11-16T07:00", "admin", desk_put_officer("mark", ROLE_OFFICER));
    struct command c = marked("1.001");
    struct code open = receive(d, "2026-11-16T08:00", c), waits = receive(d, "2026-11-16T08:10", c);
    struct code solved = receive(d, "2026-11-16T08:20", c), late = receive(d, "2026-11-16T08:30", c);
    struct code gone = receive(d, "2026-11-16T08:40", c);
    struct command supplement = desk_supplement(waits.text, false), resolve = desk_resolve(solved.text, NULL);
    struct command apology = desk_apologize(late.text, "2026-11-27T17:00"), back = desk_return(solved.text);
    supplement.supplement.reason = resolve.resolve.result = apology.apologize.reason = STR("MARKreason");
    apology.apologize.signer = back.give_back.to = STR("MARKsigner");
    must(d, "2026-11-17T08:00", "mark", supplement);
    must(d, "2026-11-17T08:10", "mark", resolve);
    must(d, "2026-11-17T08:20", "mark", apology);
    must(d, "2026-11-17T08:30", "mark", back);
    must(d, "2026-11-17T08:40", "chief", desk_void(gone.text));
    struct command import = {.kind = COMMAND_IMPORT, .at = desk_time("2026-11-10T08:00")};
    import.import.code = STR("H15.50-0001");
    import.import.procedure = STR("Hồ sơ của ông MARKtitle");
    import.import.applicant.name = STR("MARKname");
    import.import.state = STATE_PROCESSING;
    import.import.submitted = import.import.statutory_due = import.import.waiting_since = NO_TIME;
    import.import.due = import.import.resolved = import.import.returned = NO_TIME;
    must(d, "2026-11-17T08:50", "admin", import);
    store_desk_now(d, "2026-11-25T08:00");
    make(d, REPORT_PUBLIC, NULL, NULL, &r);
    cells_of(&r, &all);
    for (size_t i = 0; i + 4 <= all.n; i++)
        if (memcmp(all.p + i, "MARK", 4) == 0 || memcmp(all.p + i, "mark", 4) == 0)
            fail_msg("it says \"%.30s\"", all.p + i);
    const struct report_part *p = part_of(&r, "dossiers");
    assert_int_equal(p->count, 5);
    assert_false(report_is_personal(REPORT_PUBLIC));
    expect_text(p, 0, "code", "H15.50-0001");
    expect_text(p, 1, "code", open.text);
    expect_text(p, 1, "procedure", "Đăng ký khai sinh");
    expect_text(p, 1, "timing", "Quá hạn");
    expect_day(p, 1, "promised_due", "2026-11-19");
    expect_text(p, 2, "code", waits.text);
    expect_text(p, 2, "timing", "Chờ người nộp");
    expect_empty(p, 2, "promised_due");
    expect_text(p, 3, "code", solved.text);
    expect_text(p, 3, "state", "Đã trả kết quả");
    expect_text(p, 3, "timing", "Trước hạn");
    expect_text(p, 4, "code", late.text);
    expect_text(p, 4, "timing", "Quá hạn"); /* by the statutory basis */
    expect_day(p, 4, "promised_due", "2026-11-27");
    expect_day(p, 4, "statutory_due", "2026-11-19");
    report_release(&r);
    must(d, "2026-11-25T09:00", "admin", set("report.basis", "promised"));
    make(d, REPORT_PUBLIC, NULL, NULL, &r);
    expect_text(part_of(&r, "dossiers"), 4, "timing", "Chưa đến hạn");
    report_release(&r);
    /* solved on 17/11: still there on 17/12, no more the day after */
    store_desk_now(d, "2026-12-17T23:00");
    make(d, REPORT_PUBLIC, NULL, NULL, &r);
    assert_int_equal(part_of(&r, "dossiers")->count, 5);
    report_release(&r);
    store_desk_now(d, "2026-12-18T00:00");
    make(d, REPORT_PUBLIC, NULL, NULL, &r);
    assert_int_equal(part_of(&r, "dossiers")->count, 4);
    report_release(&r);
    buf_release(&all);
}

/* ---- the wall ---- */

static void the_wall_shows_all_that_is_offered(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    struct command retire = {.kind = COMMAND_PROCEDURE_RETIRE, .at = NO_TIME, .retired = STR("1.002")};
    struct command offered =
        desk_put_procedure("1.001", "02", "Đăng ký khai sinh có xác minh", "Hộ tịch", "2.5 working_days");
    offered.procedure.online = 1;
    offered.procedure.postal = 0;
    offered.procedure.fee = -1;
    must(d, "2026-11-16T08:00", "admin", retire);
    must(d, "2026-11-16T08:10", "admin", offered);
    make(d, REPORT_CATALOGUE, NULL, NULL, &r);
    const struct report_part *p = part_of(&r, "procedures");
    static const char *const codes[] = {"1.004#01", "1.003", "1.006", "1.001", "1.001#02"};
    static const char *const fields[] = {"Bảo trợ xã hội", "Đất đai", "Đất đai", "Hộ tịch", "Hộ tịch"};
    assert_int_equal(p->count, 5);
    for (size_t i = 0; i < 5; i++) {
        expect_text(p, i, "procedure_code", codes[i]);
        expect_text(p, i, "field", fields[i]);
    }
    expect_text(p, 3, "limit", "3 ngày làm việc");
    expect_number(p, 3, "fee", 20000);
    expect_empty(p, 3, "online");
    expect_text(p, 4, "limit", "2,5 ngày làm việc");
    expect_empty(p, 4, "fee");
    expect_text(p, 4, "online", "Có");
    expect_text(p, 4, "postal", "Không");
    const struct report_part *sums = part_of(&r, "fields");
    assert_int_equal(sums->count, 4); /* a field of which nothing is offered is none */
    expect_number(sums, 3, "procedures", 5);
    expect_number(sums, 3, "online", 1);
    expect_number(sums, 2, "procedures", 2);
    report_release(&r);
}

/* ---- indicators ---- */

static struct command by(enum channel channel, struct command c)
{
    c.receive.channel = channel;
    return c;
}

/* Offered online: 1.001 with its case 02, 1.008 and 1.009; by post: 1.009 alone. 1.010 is retired. */
static void shares_of_procedures_count_codes(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    static const char *const offered[][3] = {
        {"1.001", "02", "on"}, {"1.008", NULL, "on"}, {"1.009", NULL, "both"}, {"1.010", NULL, "on"}};
    for (size_t i = 0; i < 4; i++) {
        struct command c =
            desk_put_procedure(offered[i][0], offered[i][1], "Thủ tục", "Hộ tịch", "1 working_days");
        c.procedure.online = 1;
        c.procedure.postal = offered[i][2][0] == 'b';
        must(d, "2026-11-16T07:00", "admin", c);
    }
    receive(d, "2026-11-16T08:00", by(CHANNEL_ONLINE, desk_receive("1.010", "A", NULL, NULL)));
    must(d, "2026-11-16T08:10", "admin",
         (struct command){.kind = COMMAND_PROCEDURE_RETIRE, .at = NO_TIME, .retired = STR("1.010")});
    receive(d, "2026-11-16T08:20", by(CHANNEL_ONLINE, desk_receive("1.001", "A", NULL, NULL)));
    receive(d, "2026-11-16T08:30", by(CHANNEL_ONLINE, desk_receive("1.001#02", "A", NULL, NULL)));
    receive(d, "2026-11-16T08:40", by(CHANNEL_POSTAL, desk_receive("1.008", "A", NULL, NULL)));
    receive(d, "2026-11-17T08:50", by(CHANNEL_ONLINE, desk_receive("1.008", "A", NULL, NULL)));
    make(d, REPORT_INDICATORS, "2026-11-01", "2026-11-16", &r);
    const struct report_part *p = part_of(&r, "indicators");
    expect_number(p, 2, "counted", 3); /* online: 3 of 4 */
    expect_number(p, 2, "whole", 4);
    expect_number(p, 2, "value", 7500);
    expect_text(p, 2, "target", "≥ 20 %");
    expect_text(p, 2, "met", "Đạt");
    expect_number(p, 3, "counted", 1); /* 1.001; not 1.008 before the 17th, nor 1.010 any more */
    expect_number(p, 3, "whole", 3);
    expect_number(p, 3, "value", 3333);
    expect_text(p, 3, "met", "Chưa đạt");
    expect_number(p, 3, "gap", 1); /* two of three are 66.67 % */
    assert_int_equal(p->row[3].kind, ROW_ALERT);
    expect_number(p, 6, "counted", 0);
    expect_number(p, 6, "whole", 1);
    expect_empty(p, 8, "counted"); /* petitions */
    expect_empty(p, 8, "whole");
    expect_empty(p, 8, "value");
    expect_empty(p, 8, "met");
    expect_empty(p, 10, "target"); /* satisfaction */
    report_release(&r);
    make(d, REPORT_INDICATORS, "2026-11-01", "2026-11-17", &r);
    expect_number(part_of(&r, "indicators"), 3, "counted", 2);
    report_release(&r);
}

/* By the day of the rating, whenever it was solved; the last word in the period; none of what was taken back.
 */
static void ratings_count_on_their_day(void **state)
{
    static const struct {
        const char *from, *to;
        int64_t satisfied, rated;
    } periods[] = {{"2026-11-16", "2026-11-17", 0, 0},
                   {"2026-11-18", "2026-11-18", 2, 2},
                   {"2026-11-19", "2026-11-19", 0, 1},
                   {"2026-11-16", "2026-11-30", 1, 2}};
    struct store_desk *d = *state;
    struct report r;
    struct code code[3];
    for (int i = 0; i < 3; i++)
        code[i] = simply(d, "2026-11-16T08:00", "1.001");
    for (int i = 0; i < 3; i++)
        must(d, "2026-11-17T09:00", "huong", desk_resolve(code[i].text, NULL));
    must(d, "2026-11-18T09:00", "huong", desk_rate(code[0].text, 5));
    must(d, "2026-11-18T09:10", "huong", desk_rate(code[1].text, 4));
    must(d, "2026-11-18T09:20", "huong", desk_rate(code[2].text, 1));
    must(d, "2026-11-18T09:30", "huong", desk_undo(code[2].text));
    must(d, "2026-11-19T09:00", "huong", desk_rate(code[1].text, 2)); /* thought better of it */
    store_desk_now(d, "2026-12-01T08:00");
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        make(d, REPORT_INDICATORS, periods[i].from, periods[i].to, &r);
        expect_number(part_of(&r, "indicators"), 10, "counted", periods[i].satisfied);
        expect_number(part_of(&r, "indicators"), 10, "whole", periods[i].rated);
        report_release(&r);
    }
}

/* ---- the survey's people ---- */

struct person {
    const char *procedure, *name, *id_number, *phone, *address;
};

/* Received, resolved and handed over at those times. */
static struct code served(struct store_desk *d, const struct person *p, const char *received,
                          const char *returned)
{
    struct command c = desk_receive(p->procedure, p->name, NULL, NULL);
    c.receive.applicant.id_number = str_of(p->id_number);
    c.receive.applicant.phone = str_of(p->phone);
    c.receive.applicant.address = str_of(p->address);
    struct code code = receive(d, received, c);
    must(d, returned, "huong", desk_resolve(code.text, NULL));
    must(d, returned, "huong", desk_return(code.text));
    return code;
}

static bool is_listed(const struct report_part *p, const char *code)
{
    for (size_t i = 0; i < p->count; i++)
        if (str_eq(cell_of(p, i, "code")->text, str_of(code)))
            return true;
    return false;
}

static struct command organisation(const char *name, const char *representative)
{
    struct command c = desk_receive("1.001", name, NULL, NULL);
    c.receive.applicant.organization = true;
    c.receive.submitter = str_of(representative);
    return c;
}

/* The period is 16/11 to 27/11/2026. */
static void the_survey_keeps_its_rules(void **state)
{
    struct store_desk *d = *state;
    struct report r;
    const struct person huong = {"1.001", "Nguyễn Thị Hương", "064190001234", "0912000111", "Thôn 1"};
    const struct person other_name = {"1.001", "Hương", "0641 9000 1234", "", ""};
    const struct person same_phone = {"1.002", "Lê Ba", "064190005678", "0912 000 111", "Thôn 1"};
    const struct person be = {"1.002", "Trần Thị Bé", "", "", "Thôn 2, xã Tơ Tung"};
    const struct person be_again = {"1.002", "Trần Thị Bé", "", "", "thôn 2, XÃ TƠ TUNG"};
    const struct person siu = {"1.004#01", "Siu Lan", "", "0987000111", ""};
    const struct person dai = {"1.001", "Đinh Đại", "", "0987000222", ""};
    struct command outside = desk_receive("1.001", "Khách Ở Xa", NULL, NULL);
    outside.receive.applicant.outside = true;
    struct code early = served(d, &dai, "2026-11-13T08:00", "2026-11-17T08:00"); /* received before */
    (void)early;
    struct code a = served(d, &huong, "2026-11-17T08:00", "2026-11-18T08:00");
    struct code a2 = served(d, &other_name, "2026-11-18T08:10", "2026-11-18T09:00");
    struct code b = served(d, &same_phone, "2026-11-18T09:10", "2026-11-18T10:00");
    struct code c = served(d, &be, "2026-11-18T10:10", "2026-11-18T11:00");
    struct code c2 = served(d, &be_again, "2026-11-18T13:40", "2026-11-18T14:00");
    struct code gone = served(d, &siu, "2026-11-18T14:10", "2026-11-18T14:20");
    struct code far = receive(d, "2026-11-19T08:00", outside);
    struct code firm = receive(d, "2026-11-19T08:10", organisation("Công ty Gia Lai", "Phạm Văn Đức"));
    struct code nameless = receive(d, "2026-11-19T08:20", organisation("Hợp tác xã", NULL));
    struct code refused = simply(d, "2026-11-19T08:30", "1.006"),
                ready = simply(d, "2026-11-19T08:40", "1.006");
    struct command unsaid = desk_return(nameless.text);
    unsaid.give_back.to = STR_NONE;
    must(d, "2026-11-20T08:00", "chief", desk_undo(gone.text)); /* handed over by mistake: it waits */
    must(d, "2026-11-20T08:10", "huong", desk_resolve(far.text, NULL));
    must(d, "2026-11-20T08:20", "huong", desk_return(far.text));
    must(d, "2026-11-20T08:30", "huong", desk_resolve(firm.text, NULL));
    must(d, "2026-11-20T08:40", "huong", desk_return(firm.text));
    must(d, "2026-11-20T08:50", "huong", desk_resolve(nameless.text, NULL));
    must(d, "2026-11-20T09:00", "huong", unsaid);
    must(d, "2026-11-20T09:10", "huong", desk_refuse(refused.text));
    must(d, "2026-11-20T09:20", "huong", desk_return(refused.text));
    must(d, "2026-11-20T09:30", "huong", desk_resolve(ready.text, NULL));
    struct code last = served(d, &siu, "2026-11-20T10:00", "2026-11-27T16:50"); /* on the last day */
    struct code after = receive(d, "2026-11-27T16:52", desk_receive("1.006", "Ngày Hôm Sau", NULL, NULL));
    must(d, "2026-11-27T16:55", "huong", desk_resolve(after.text, NULL));
    must(d, "2026-11-28T08:00", "huong", desk_return(after.text));
    make(d, REPORT_SURVEY, "2026-11-16", "2026-11-27", &r);
    assert_true(report_is_personal(REPORT_SURVEY));
    const struct report_part *p = part_of(&r, "people");
    assert_int_equal(p->count, 5); /* Hương, Ba, Bé, Lan, and the firm's Đức */
    assert_int_not_equal(is_listed(p, a.text), is_listed(p, a2.text));
    assert_int_not_equal(is_listed(p, c.text), is_listed(p, c2.text));
    assert_true(is_listed(p, b.text));
    assert_true(is_listed(p, last.text));
    assert_true(is_listed(p, firm.text));
    for (size_t i = 0; i < p->count; i++) {
        bool is_firm = str_eq(cell_of(p, i, "code")->text, str_of(firm.text));
        expect_text(p, i, "representative", is_firm ? "Phạm Văn Đức" : "");
        if (str_eq(cell_of(p, i, "code")->text, str_of(last.text))) {
            expect_text(p, i, "phone", "0987000111"); /* whole: they are to be called */
            expect_text(p, i, "field", "Bảo trợ xã hội");
            expect_day(p, i, "returned", "2026-11-27");
        }
    }
    const struct report_part *fields = part_of(&r, "fields");
    assert_int_equal(fields->count, 4);
    expect_number(fields, 3, "dossiers", 7);
    expect_number(fields, 3, "people", 5);
    expect_number(fields, 3, "drawn", 5);
    report_release(&r);
}

/* As many as asked for, else as the office has set; the same list again, another one by another seed. */
static void the_survey_can_be_drawn_again(void **state)
{
    struct store_desk *d = *state;
    static char names[40][32];
    struct report first, r;
    struct buf one = BUF_INIT, two = BUF_INIT;
    for (int i = 0; i < 40; i++) {
        char at[32];
        snprintf(names[i], sizeof names[i], "Người thứ %d", i);
        snprintf(at, sizeof at, "2026-11-17T%02d:%02d", 8 + i / 30, i % 30 * 2);
        served(d, &(struct person){i % 8 ? "1.001" : "1.002", names[i], "", "", ""}, at, at);
    }
    make(d, REPORT_SURVEY, "2026-11-01", "2026-11-30", &first);
    make(d, REPORT_SURVEY, "2026-11-01", "2026-11-30", &r);
    cells_of(&first, &one);
    cells_of(&r, &two);
    assert_int_equal(part_of(&first, "people")->count, 30);
    assert_true(str_eq(buf_str(&one), buf_str(&two)));
    report_release(&r);
    for (uint64_t seed = 1, same = 0; seed <= 3; seed++) {
        struct view *v;
        struct outcome o = view_begin(d->store, &v);
        assert_true(outcome_ok(&o));
        struct report_request request = request_of(v, REPORT_SURVEY, "2026-11-01", "2026-11-30", d->now);
        request.seed = seed;
        request.size = 7;
        o = view_make_report(v, &request, &r);
        assert_true(outcome_ok(&o));
        view_end(v);
        assert_int_equal(part_of(&r, "people")->count, 7);
        buf_reset(&two);
        cells_of(&r, &two);
        same += str_eq(buf_str(&one), buf_str(&two));
        buf_reset(&one);
        cells_of(&r, &one);
        report_release(&r);
        assert_int_equal(same, 0);
    }
    must(d, "2026-11-18T08:00", "admin", set("survey.size", "12"));
    make(d, REPORT_SURVEY, "2026-11-01", "2026-11-30", &r);
    assert_int_equal(part_of(&r, "people")->count, 12);
    report_release(&r);
    report_release(&first);
    buf_release(&one);
    buf_release(&two);
}

static int begin(void **state)
{
    struct store_desk *d = calloc(1, sizeof *d);
    if (!d)
        return -1;
    store_desk_init(d);
    *state = d;
    return 0;
}

static int end(void **state)
{
    store_desk_release(*state);
    free(*state);
    return 0;
}

#define DESK_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(late_entries_are_told),
        DESK_TEST(lateness_across_the_border_is_told_on_both_sides),
        DESK_TEST(late_ones_show_the_day_they_let_pass),
        DESK_TEST(late_ones_without_a_letter_are_told),
        DESK_TEST(what_lies_about_is_told),
        DESK_TEST(a_clock_ahead_is_told),
        DESK_TEST(due_times_moved_too_late_are_told),
        DESK_TEST(numbers_missing_are_told),
        DESK_TEST(numbers_of_the_whole_year_are_known),
        DESK_TEST(numbers_taken_back_are_told),
        DESK_TEST(old_ones_are_told),
        DESK_TEST(nobody_is_named_in_public),
        DESK_TEST(the_wall_shows_all_that_is_offered),
        DESK_TEST(shares_of_procedures_count_codes),
        DESK_TEST(ratings_count_on_their_day),
        DESK_TEST(the_survey_keeps_its_rules),
        DESK_TEST(the_survey_can_be_drawn_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
