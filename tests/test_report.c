/* What all reports share: judging, cells, words, the face, the paper, what is counted as recorded late; with
 * a made-up report, whatever the makers make. */
#include "core/report_maker.h"
#include "core/wire.h"
#include "store/reporting.h"
#include "tests/desk_world.h"
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

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

/* ---- names ---- */

static void every_report_has_a_name_and_a_title(void **state)
{
    (void)state;
    static const char *const names[] = {"ii06a",      "late",   "officers", "daily", "letters",
                                        "indicators", "d766",   "over90",   "truth", "points",
                                        "catalogue",  "public", "survey"};
    enum report_kind kind;
    assert_int_equal(sizeof names / sizeof *names, REPORT_KINDS);
    for (size_t i = 0; i < REPORT_KINDS; i++) {
        assert_true(report_parse(str_of(names[i]), &kind));
        assert_int_equal(kind, i);
        assert_string_equal(report_name(kind), names[i]);
        assert_true(lang_text(LANG_VI, report_title(kind))[0]);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(report_title(kind), report_title((enum report_kind)j));
    }
    assert_false(report_parse(STR("II06A"), &kind));
    assert_false(report_parse(STR("ii06"), &kind));
    assert_false(report_parse(STR("ii06a "), &kind));
    assert_false(report_parse(STR_NONE, &kind));
    assert_true(report_has_period(REPORT_II06A));
    assert_false(report_has_period(REPORT_CATALOGUE));
    assert_false(report_is_personal(REPORT_II06A));
    assert_false(report_is_personal(REPORT_PUBLIC));
}

/* ---- judging ---- */

static struct facts facts_of(enum dossier_state state, const char *received, const char *due,
                             const char *resolved)
{
    return (struct facts){
        .id = 1,
        .state = state,
        .ended_how = ended_how_of(state),
        .received = world_time(received),
        .statutory_due = due ? world_time(due) : NO_TIME,
        .due = due ? world_time(due) : NO_TIME,
        .waiting_since = NO_TIME,
        .resolved = resolved ? world_time(resolved) : NO_TIME,
        .returned = NO_TIME,
    };
}

#define MON "2026-11-16T09:00"
#define DUE "2026-11-19T17:00"

static void solved_is_what_has_an_answer(void **state)
{
    (void)state;
    static const enum dossier_state solved[] = {STATE_RESOLVED, STATE_RETURNED, STATE_REFUSED,
                                                STATE_WITHDRAWN, STATE_STOPPED};
    static const enum dossier_state open[] = {STATE_PROCESSING, STATE_WAITING, STATE_WAITING_PAYMENT};
    for (size_t i = 0; i < sizeof solved / sizeof *solved; i++) {
        struct facts f = facts_of(solved[i], MON, DUE, "2026-11-18T10:00");
        assert_time(report_solved(&f), "2026-11-18T10:00");
        assert_true(report_open_at(&f, world_time("2026-11-18T09:59")));
        assert_false(report_open_at(&f, world_time("2026-11-18T10:00"))); /* at its end */
    }
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        struct facts f = facts_of(open[i], MON, DUE, NULL);
        assert_int_equal(report_solved(&f), NO_TIME);
        assert_true(report_open_at(&f, world_time(MON)));
        assert_false(report_open_at(&f, world_time(MON) - 1)); /* not yet received */
        assert_true(report_open_at(&f, world_time("2030-01-01T00:00")));
    }
    struct facts gone = facts_of(STATE_VOID, MON, DUE, "2026-11-18T10:00");
    assert_int_equal(report_solved(&gone), NO_TIME);
    assert_false(report_open_at(&gone, world_time(MON)));
}

static void received_goes_by_the_day(void **state)
{
    (void)state;
    struct civil_input from, to;
    assert_true(civil_parse(STR("2026-11-16"), &from) && civil_parse(STR("2026-11-17"), &to));
    struct period p = {from.day, to.day};
    static const struct {
        const char *at;
        bool in;
    } cases[] = {{"2026-11-15T23:59", false},
                 {"2026-11-16T00:00", true},
                 {"2026-11-17T23:59", true},
                 {"2026-11-18T00:00", false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct facts f = facts_of(STATE_PROCESSING, cases[i].at, DUE, NULL);
        assert_int_equal(report_received_in(&f, p), cases[i].in);
        f.state = STATE_VOID;
        assert_false(report_received_in(&f, p));
    }
}

static void lateness_goes_by_the_date(void **state)
{
    (void)state;
    static const struct {
        const char *resolved;
        enum timing is;
    } cases[] = {{"2026-11-18T23:59", TIMING_EARLY},
                 {"2026-11-19T00:00", TIMING_ON_TIME},
                 {"2026-11-19T17:01", TIMING_ON_TIME}, /* past the minute, on the day */
                 {"2026-11-19T23:59", TIMING_ON_TIME},
                 {"2026-11-20T00:00", TIMING_LATE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct facts f = facts_of(STATE_RESOLVED, MON, DUE, cases[i].resolved);
        for (int hours = 0; hours < 2; hours++) {
            f.in_hours = hours;
            assert_int_equal(report_timing(&f, BASIS_STATUTORY), cases[i].is);
            assert_int_equal(report_timing(&f, BASIS_PROMISED), cases[i].is);
        }
    }
}

static void lateness_knows_two_due_times(void **state)
{
    (void)state;
    struct facts f = facts_of(STATE_REFUSED, MON, DUE, "2026-11-23T08:00");
    f.due = world_time("2026-11-25T17:00");
    assert_int_equal(report_timing(&f, BASIS_STATUTORY), TIMING_LATE);
    assert_int_equal(report_timing(&f, BASIS_PROMISED), TIMING_EARLY);
    /* Late before it waited stays late, on each basis for itself. */
    f = facts_of(STATE_RESOLVED, MON, "2026-12-30T17:00", "2026-12-01T08:00");
    f.was_late = true;
    assert_int_equal(report_timing(&f, BASIS_STATUTORY), TIMING_LATE);
    assert_int_equal(report_timing(&f, BASIS_PROMISED), TIMING_EARLY);
    f.was_late_promised = true;
    assert_int_equal(report_timing(&f, BASIS_PROMISED), TIMING_LATE);
    /* Put down when the waiting began, ended long after. */
    f = facts_of(STATE_STOPPED, MON, DUE, "2026-12-30T08:00");
    f.waiting_since = world_time("2026-11-19T09:00");
    assert_int_equal(report_timing(&f, BASIS_STATUTORY), TIMING_ON_TIME);
    f.waiting_since = world_time("2026-11-20T09:00");
    assert_int_equal(report_timing(&f, BASIS_STATUTORY), TIMING_LATE);
    /* Nothing was ever due. */
    f = facts_of(STATE_RESOLVED, MON, NULL, "2026-12-30T08:00");
    assert_int_equal(report_timing(&f, BASIS_STATUTORY), TIMING_ON_TIME);
}

/* ---- cells ---- */

static void shares_are_rounded_but_all_is_all(void **state)
{
    (void)state;
    static const struct {
        uint64_t part, whole;
        int64_t is;
    } cases[] = {{1, 3, 3333},  {2, 3, 6667},  {1, 8, 1250},          {0, 5, 0},
                 {5, 5, 10000}, {1, 1, 10000}, {99999, 100000, 9999}, {19999, 20000, 9999},
                 {1, 20000, 1}, {1, 20001, 0}, {6, 5, 12000}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report_cell c = {.type = CELL_TEXT};
        cell_percent(&c, cases[i].part, cases[i].whole);
        assert_int_equal(c.type, CELL_PERCENT);
        assert_int_equal(c.number, cases[i].is);
    }
    struct report_cell c = {.type = CELL_NUMBER, .number = 5};
    cell_percent(&c, 0, 0);
    assert_int_equal(c.type, CELL_EMPTY);
}

static const struct report_column two[] = {{"name", T_label_reason, CELL_TEXT, 3, false},
                                           {"n", T_nothing, CELL_NUMBER, 1, false}};

static void rows_grow_and_keep_what_they_say(void **state)
{
    (void)state;
    struct report r;
    report_init(&r);
    struct report_part *part = report_part(&r, T_nothing, "rows", two, 2);
    for (int i = 0; i < 1000; i++) {
        char text[32];
        snprintf(text, sizeof text, "dòng %d", i);
        struct report_row *row = report_row(&r, part, i % 7 ? ROW_PLAIN : ROW_ALERT);
        cell_text(&r, &row->cell[0], str_of(text));
        cell_number(&row->cell[1], i);
        memset(text, 'x', sizeof text); /* it was copied */
    }
    assert_int_equal(part->count, 1000);
    for (int i = 0; i < 1000; i++) {
        char text[32];
        snprintf(text, sizeof text, "dòng %d", i);
        assert_str(part->row[i].cell[0].text, text);
        assert_int_equal(part->row[i].cell[1].number, i);
        assert_int_equal(part->row[i].kind, i % 7 ? ROW_PLAIN : ROW_ALERT);
    }
    assert_false(r.failed);
    report_release(&r);
}

static void what_has_no_room_fails_the_report(void **state)
{
    (void)state;
    struct report r;
    report_init(&r);
    for (int i = 0; i < REPORT_PARTS; i++)
        assert_non_null(report_part(&r, T_nothing, "p", two, 2));
    assert_false(r.failed);
    assert_null(report_part(&r, T_nothing, "p", two, 2));
    assert_true(r.failed);
    report_release(&r);
    report_init(&r);
    struct report_row *row = report_row(&r, NULL, ROW_TOTAL); /* of a part there was no room for */
    for (size_t i = 0; i < REPORT_COLUMNS; i++)
        cell_number(&row->cell[i], 1);
    assert_true(r.failed);
    assert_null(report_part(&r, T_nothing, "p", two, REPORT_COLUMNS + 1));
    report_release(&r);
}

static void nothing_to_say_is_empty(void **state)
{
    (void)state;
    struct report r;
    struct report_cell c;
    report_init(&r);
    cell_text(&r, &c, STR(""));
    assert_int_equal(c.type, CELL_EMPTY);
    cell_label(&r, &c, LANG_VI, T_nothing);
    assert_int_equal(c.type, CELL_EMPTY);
    cell_date(&c, NO_DAY);
    assert_int_equal(c.type, CELL_EMPTY);
    cell_time(&c, NO_TIME);
    assert_int_equal(c.type, CELL_EMPTY);
    cell_number(&c, 0);
    assert_int_equal(c.type, CELL_NUMBER);
    report_release(&r);
}

/* ---- when ---- */

static struct period days(int from_month, int from_day, int to_month, int to_day)
{
    return (struct period){civil_from_ymd(2026, from_month, from_day),
                           civil_from_ymd(2026, to_month, to_day)};
}

static struct report_maker *begin(enum report_kind kind, struct period p, const char *now)
{
    const struct report_request request = {
        .kind = kind,
        .period = p,
        .now = world_time(now),
        .known = civil_to_utc(world_time(now), 7 * 60),
        .lang = LANG_VI,
        .office = world.office,
    };
    struct report_maker *m = report_begin(&request);
    assert_non_null(m);
    return m;
}

static void pending_is_judged_at_the_end_or_now(void **state)
{
    (void)state;
    static const struct {
        const char *now, *closing;
    } cases[] = {{"2026-11-20T09:30", "2026-11-20T09:30"},
                 {"2026-12-14T23:58", "2026-12-14T23:58"},
                 {"2026-12-14T23:59", "2026-12-14T23:59"},
                 {"2026-12-15T00:00", "2026-12-14T23:59"},
                 {"2027-03-01T08:00", "2026-12-14T23:59"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report_maker *m = begin(REPORT_II06A, days(9, 15, 12, 14), cases[i].now);
        struct report r;
        report_init(&r);
        assert_true(report_finish(m, &r));
        assert_time(r.closing, cases[i].closing);
        assert_time(m->judge.now, cases[i].closing);
        assert_int_equal(r.period.from, civil_from_ymd(2026, 9, 15));
        assert_int_equal(r.known, civil_to_utc(world_time(cases[i].now), 7 * 60));
        report_end(m);
        report_release(&r);
    }
    struct report_maker *m = begin(REPORT_CATALOGUE, days(9, 15, 12, 14), "2027-03-01T08:00");
    struct report r;
    report_init(&r);
    assert_true(report_finish(m, &r));
    assert_time(r.closing, "2027-03-01T08:00"); /* it is about no period */
    assert_int_equal(r.period.from, NO_DAY);
    report_end(m);
    report_release(&r);
}

/* ---- who may read its files ---- */

/* Whatever names people, applicants or officers, or shows what somebody wrote freely. */
static void what_names_people_is_personal(void **state)
{
    (void)state;
    static const bool personal[REPORT_KINDS] = {
        [REPORT_LATE] = true,   [REPORT_OFFICERS] = true, [REPORT_DAILY] = true,  [REPORT_LETTERS] = true,
        [REPORT_OVER90] = true, [REPORT_TRUTH] = true,    [REPORT_SURVEY] = true,
    };
    for (enum report_kind k = 0; k < REPORT_KINDS; k++)
        assert_int_equal(report_is_personal(k), personal[k]);
}

/* ---- recorded late ---- */

static void look_at(struct report_maker *m, uint64_t id, enum dossier_state state, const char *received,
                    const char *resolved)
{
    struct facts f = {.id = id,
                      .state = state,
                      .received = world_time(received),
                      .resolved = resolved ? world_time(resolved) : NO_TIME,
                      .returned = NO_TIME,
                      .due = NO_TIME,
                      .statutory_due = NO_TIME,
                      .waiting_since = NO_TIME};
    report_look(m, &f);
}

static void tell(struct report_maker *m, struct event e, const char *at, const char *written)
{
    e.at = world_time(at);
    e.recorded_at = civil_to_utc(world_time(written), 7 * 60);
    report_entry(m, &e, e.recorded_at);
}

/* An entry about dossier `d`. */
#define OF(d, n, k) ((struct event){.kind = (k), .seq = (n), .dossier = (d)})

static struct event undo_of(uint64_t dossier, uint64_t seq, uint64_t undone, enum event_kind kind)
{
    struct event e = OF(dossier, seq, EVENT_UNDONE);
    e.undone.seq = undone;
    e.undone.kind = (int)kind;
    return e;
}

static struct event mended(uint64_t dossier, uint64_t seq, struct buf *list, const char *field,
                           const char *old, const char *new)
{
    struct event e = OF(dossier, seq, EVENT_CORRECTED);
    buf_reset(list);
    wire_list_add(list, STR("address"));
    wire_list_add(list, STR("A"));
    wire_list_add(list, STR("B"));
    wire_list_add(list, str_of(field));
    wire_list_add(list, str_of(old));
    wire_list_add(list, str_of(new));
    e.corrected.changes = buf_str(list);
    return e;
}

/* The desk after a quarter, 15/09 to 14/12: 1 is pending, 2 was solved before, 3 came later, 4 is void, 5 was
 * brought, 6 was solved in it, 7 was recorded later by mistake, 8 and 9 were recorded later, 10 was solved
 * before it by what was said later, 11 was solved before it and is void. */
static struct report_maker *after_a_quarter(enum report_kind kind)
{
    struct report_maker *m = begin(kind, days(9, 15, 12, 14), "2027-03-01T08:00");
    look_at(m, 1, STATE_PROCESSING, "2026-10-01T08:00", NULL);
    look_at(m, 2, STATE_RESOLVED, "2026-08-01T08:00", "2026-09-01T08:00");
    look_at(m, 3, STATE_PROCESSING, "2026-12-20T08:00", NULL);
    look_at(m, 4, STATE_VOID, "2026-10-01T08:00", NULL);
    look_at(m, 5, STATE_PROCESSING, "2026-11-01T08:00", NULL);
    look_at(m, 6, STATE_RESOLVED, "2026-10-01T08:00", "2026-12-10T08:00");
    look_at(m, 7, STATE_VOID, "2026-12-01T08:00", NULL);
    look_at(m, 8, STATE_PROCESSING, "2026-09-15T00:00", NULL);
    look_at(m, 9, STATE_PROCESSING, "2026-09-14T23:59", NULL);
    look_at(m, 10, STATE_RESOLVED, "2026-08-01T08:00", "2026-09-10T08:00");
    look_at(m, 11, STATE_VOID, "2026-08-01T08:00", "2026-09-10T08:00");
    return m;
}

static void expect_after(struct report_maker *m, uint64_t entries, uint64_t imported)
{
    struct report r;
    report_init(&r);
    assert_true(report_finish(m, &r));
    assert_true(r.has_entries_late);
    assert_int_equal(r.entries_late, entries);
    assert_int_equal(r.entries_imported, imported);
    report_end(m);
    report_release(&r);
}

#define LATER "2026-12-16T08:00"

static void what_was_said_after_the_period_is_counted(void **state)
{
    (void)state;
    struct report_maker *m = after_a_quarter(REPORT_II06A);
    civil_minute from;
    assert_true(report_wants_entries(m, &from));
    assert_time(from, "2026-12-15T00:00");
    tell(m, OF(6, 1, EVENT_RESOLVED), "2026-12-14T16:00", "2026-12-14T23:59");    /* in time */
    tell(m, OF(1, 2, EVENT_TRANSFERRED), "2026-12-14T16:00", "2026-12-15T00:00"); /* 1 */
    tell(m, OF(8, 3, EVENT_RECEIVED), "2026-09-15T00:00", LATER);                 /* 2 */
    tell(m, OF(9, 4, EVENT_RECEIVED), "2026-09-14T23:59", LATER);                 /* 3: carried over */
    tell(m, OF(1, 5, EVENT_RESOLVED), "2026-12-15T00:00", LATER);                 /* of the next period */
    tell(m, OF(5, 6, EVENT_IMPORTED), "2026-11-01T08:00", LATER);                 /* 4 */
    tell(m, OF(1, 7, EVENT_DUE_MOVED), "2026-11-01T08:00", LATER);
    tell(m, OF(0, 8, EVENT_SETTING_PUT), "2026-11-01T08:00", LATER);
    tell(m, OF(0, 9, EVENT_TURNED_AWAY), "2026-11-01T08:00", LATER);
    tell(m, OF(10, 10, EVENT_RESOLVED), "2026-09-10T08:00", LATER); /* 5: it had been pending */
    tell(m, OF(2, 11, EVENT_RETURNED), "2026-09-02T08:00", LATER);  /* before the period, of nothing in it */
    tell(m, OF(2, 12, EVENT_RETURNED), "2026-10-02T08:00", LATER);  /* 6: in it */
    expect_after(m, 6, 1);
}

static void what_is_mended_after_the_period_is_counted(void **state)
{
    (void)state;
    struct buf list = BUF_INIT;
    struct report_maker *m = after_a_quarter(REPORT_II06A);
    tell(m, OF(4, 1, EVENT_VOIDED), LATER, LATER); /* 1 */
    tell(m, OF(11, 2, EVENT_VOIDED), LATER, LATER);
    tell(m, mended(1, 3, &list, "channel", "direct", "online"), LATER, LATER); /* 2 */
    tell(m, mended(1, 4, &list, "phone", "0912000111", "0912000112"), LATER, LATER);
    tell(m, mended(3, 5, &list, "received_at", "2026-12-10T08:00", "2026-12-20T08:00"), LATER, LATER); /* 3 */
    tell(m, mended(3, 6, &list, "received_at", "2026-12-21T08:00", "2026-12-20T08:00"), LATER, LATER);
    tell(m, mended(8, 7, &list, "received_at", "2026-12-20T08:00", "2026-09-15T00:00"), LATER, LATER); /* 4 */
    tell(m, mended(2, 8, &list, "procedure", "1.001", "1.002"), LATER, LATER);
    tell(m, mended(6, 9, &list, "procedure", "1.001", "1.002"), "2026-12-14T08:00", "2026-12-14T08:00");
    expect_after(m, 4, 0);
    buf_release(&list);
}

static void what_is_taken_back_after_the_period_is_counted(void **state)
{
    (void)state;
    struct report_maker *m = after_a_quarter(REPORT_II06A);
    tell(m, OF(6, 1, EVENT_RESOLVED), "2026-12-10T16:00", "2026-12-10T16:00");
    tell(m, OF(1, 2, EVENT_RESOLVED), "2026-12-10T16:00", LATER);
    tell(m, OF(6, 3, EVENT_RESOLVED), LATER, LATER);
    tell(m, undo_of(1, 4, 1, EVENT_RESOLVED), LATER, LATER); /* 1: said in time */
    tell(m, undo_of(1, 5, 2, EVENT_RESOLVED), LATER, LATER); /* said and taken back later: nothing is left */
    tell(m, undo_of(6, 6, 3, EVENT_RESOLVED), LATER, LATER);
    tell(m, undo_of(2, 7, 1, EVENT_RETURNED), LATER, LATER); /* of one solved before the period */
    tell(m, OF(7, 8, EVENT_RECEIVED), "2026-12-01T08:00", LATER);
    tell(m, OF(7, 9, EVENT_VOIDED), LATER, LATER);
    tell(m, OF(4, 10, EVENT_RESOLVED), "2026-12-01T08:00", LATER); /* of what is void */
    expect_after(m, 1, 0);
}

static void letters_and_reasons_after_the_period_are_counted(void **state)
{
    (void)state;
    static const struct {
        enum report_kind kind;
        uint64_t entries;
    } cases[] = {{REPORT_II06A, 1}, {REPORT_LATE, 2}, {REPORT_OFFICERS, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct report_maker *m = after_a_quarter(cases[i].kind);
        struct event letter = OF(6, 1, EVENT_APOLOGIZED);
        letter.apologized.new_due = NO_TIME;
        tell(m, letter, LATER, LATER); /* of a result in the period */
        letter.dossier = 2;            /* of one before it */
        tell(m, letter, LATER, LATER);
        letter.dossier = 1;
        letter.apologized.new_due = world_time("2026-12-20T17:00"); /* of the next period's days */
        tell(m, letter, LATER, LATER);
        tell(m, OF(6, 4, EVENT_LATE_REASON), LATER, LATER);
        tell(m, OF(2, 5, EVENT_LATE_REASON), LATER, LATER);
        expect_after(m, cases[i].entries, 0);
    }
}

static void many_recorded_late_and_taken_back(void **state)
{
    (void)state;
    struct report_maker *m = begin(REPORT_II06A, days(9, 15, 12, 14), "2027-03-01T08:00");
    for (uint64_t i = 1; i <= 1000; i++)
        tell(m, OF(1, i, EVENT_RESOLVED), "2026-12-01T08:00", LATER);
    for (uint64_t i = 1; i <= 1000; i += 2)
        tell(m, undo_of(1, 1000 + i, i, EVENT_RESOLVED), LATER, LATER);
    expect_after(m, 500, 0);
}

/* ---- through a store ---- */

/* The number in the total row's column; -1 where there is none. */
static int64_t total(const struct report *r, const char *key)
{
    for (size_t p = 0; p < r->parts; p++)
        for (size_t n = 0; n < r->part[p].count; n++)
            for (size_t i = 0; i < r->part[p].columns; i++)
                if (r->part[p].row[n].kind == ROW_TOTAL && strcmp(r->part[p].column[i].key, key) == 0)
                    return r->part[p].row[n].cell[i].number;
    return -1;
}

static void make_of_view(struct view *v, const char *now, struct report *out)
{
    const struct report_request request = {
        .kind = REPORT_II06A,
        .period = days(11, 1, 11, 30),
        .now = desk_time(now),
        .known = civil_to_utc(desk_time(now), 7 * 60),
        .lang = LANG_VI,
        .office = view_office(v),
    };
    assert_done(view_make_report(v, &request, out));
}

/* More than one chunk of facts; some recorded after the month; then the same as it was known before. */
static void every_dossier_is_looked_at(void **state)
{
    (void)state;
    enum { MANY = 300 };
    struct store_desk d;
    struct view *v;
    struct report r;
    char code[64], second[64], last[64];
    store_desk_init(&d);
    for (int i = 0; i < MANY; i++)
        store_desk_receive(&d, "1.001", "Nguyễn Thị Hương", "2026-11-16T08:00",
                           i == 0   ? code
                           : i == 1 ? second
                                    : last);
    store_desk_now(&d, "2026-11-20T09:00");
    store_desk_ask(&d, desk_resolve(code, "2026-11-20T08:00"), NULL);
    d.login = "chief";                      /* so far back */
    store_desk_now(&d, "2026-12-01T00:00"); /* the first second after the month */
    assert_done(store_desk_ask(&d, desk_resolve(second, "2026-11-30T16:00"), NULL));
    store_desk_now(&d, "2026-12-02T08:00");
    assert_done(store_desk_ask(&d, desk_resolve(last, "2026-11-30T16:00"), NULL));
    assert_done(view_begin(d.store, &v));
    make_of_view(v, "2026-12-02T08:00", &r);
    assert_int_equal(total(&r, "received"), MANY);
    assert_int_equal(total(&r, "solved"), 3);
    assert_int_equal(r.entries_late, 2);
    report_release(&r);
    view_end(v);
    assert_done(view_begin_as_of(d.store, civil_to_utc(desk_time("2026-12-01T08:00"), 7 * 60), &v));
    make_of_view(v, "2026-12-01T08:00", &r);
    assert_int_equal(total(&r, "received"), MANY);
    assert_int_equal(total(&r, "solved"), 2);
    assert_int_equal(r.entries_late, 1);
    report_release(&r);
    view_end(v);
    store_desk_release(&d);
}

/* Scripts find a cell by its column's key, beside `part` and `row`. */
static void assert_keys_of_their_own(const struct report_part *part)
{
    for (size_t i = 0; i < part->columns; i++) {
        const char *key = part->column[i].key;
        assert_string_not_equal(key, "part");
        assert_string_not_equal(key, "row");
        for (const char *p = key; *p; p++)
            assert_true(*p == '_' || (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9'));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(key, part->column[j].key);
    }
}

static void an_empty_store_has_a_report_too(void **state)
{
    (void)state;
    struct store_desk d;
    struct view *v;
    store_desk_init(&d);
    assert_done(view_begin(d.store, &v));
    for (enum report_kind k = 0; k < REPORT_KINDS; k++) {
        struct report r;
        const struct report_request request = {.kind = k,
                                               .period = days(11, 1, 11, 30),
                                               .now = desk_time("2026-11-16T08:00"),
                                               .known = civil_to_utc(desk_time("2026-11-16T08:00"), 7 * 60),
                                               .lang = LANG_VI,
                                               .office = view_office(v),
                                               .seed = 1};
        assert_done(view_make_report(v, &request, &r));
        assert_int_equal(r.kind, k);
        assert_true(r.parts > 0);
        assert_int_not_equal(r.counted, T_nothing);
        for (size_t i = 0; i < r.parts; i++) {
            assert_keys_of_their_own(&r.part[i]);
            assert_true(r.parts == 1 || r.part[i].key);
        }
        report_release(&r);
    }
    view_end(v);
    store_desk_release(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_report_has_a_name_and_a_title, up, down),
        cmocka_unit_test(solved_is_what_has_an_answer),
        cmocka_unit_test(received_goes_by_the_day),
        cmocka_unit_test(lateness_goes_by_the_date),
        cmocka_unit_test(lateness_knows_two_due_times),
        cmocka_unit_test(shares_are_rounded_but_all_is_all),
        cmocka_unit_test(rows_grow_and_keep_what_they_say),
        cmocka_unit_test(what_has_no_room_fails_the_report),
        cmocka_unit_test(nothing_to_say_is_empty),
        cmocka_unit_test_setup_teardown(pending_is_judged_at_the_end_or_now, up, down),
        cmocka_unit_test_setup_teardown(what_was_said_after_the_period_is_counted, up, down),
        cmocka_unit_test_setup_teardown(what_is_mended_after_the_period_is_counted, up, down),
        cmocka_unit_test_setup_teardown(what_is_taken_back_after_the_period_is_counted, up, down),
        cmocka_unit_test_setup_teardown(letters_and_reasons_after_the_period_are_counted, up, down),
        cmocka_unit_test_setup_teardown(many_recorded_late_and_taken_back, up, down),
        cmocka_unit_test_setup_teardown(what_names_people_is_personal, up, down),
        cmocka_unit_test(every_dossier_is_looked_at),
        cmocka_unit_test(an_empty_store_has_a_report_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
