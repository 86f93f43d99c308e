/* II.06a, timeliness by Decision 766 and points: counted by hand, and against a slow count over the journals
 * of random desks, periods and moments of knowledge (tests/report_slow.h).
 *
 * MOTCUA_QUICK scales the random desks down, MOTCUA_LONG up; MOTCUA_LIFE_SEED says where they begin. */
#include "core/report_ii06a.h"

#include "core/points.h"
#include "tests/report_count.h"
#include "tests/report_world.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* ---- what a table says ---- */

enum { II_RECEIVED = 2, II_CARRIED = 5, II_SOLVED = 6, II_PENDING = 10, II_COLUMNS = 13 };

static const struct report_row *row_called(const struct report *r, const char *field)
{
    for (size_t i = 0; i < r->part[0].count; i++)
        if (str_eq(r->part[0].row[i].cell[1].text, str_of(field)))
            return &r->part[0].row[i];
    return NULL;
}

static const struct report_row *total_of(const struct report *r)
{
    assert_int_equal(r->parts, 1);
    const struct report_row *row = &r->part[0].row[r->part[0].count - 1];
    assert_int_equal(row->kind, ROW_TOTAL);
    return row;
}

/* ---- the counts add up ---- */

static void counts_that_do_not_add_up_are_told(void **state)
{
    struct ii06a_counts good = {.received = 60,
                                .online = 10,
                                .direct = 20,
                                .carried_over = 30,
                                .solved = 36,
                                .early = 11,
                                .on_time = 12,
                                .late = 13,
                                .pending = 24,
                                .in_time = 9,
                                .overdue = 15};
    struct ii06a_counts empty = {0};
    uint64_t numbers[11];
    (void)state;
    assert_true(ii06a_adds_up(&good));
    assert_true(ii06a_adds_up(&empty));
    assert_int_equal(sizeof numbers, sizeof good);
    for (size_t i = 0; i < 11; i++)
        for (int by = -1; by <= 1; by += 2) {
            struct ii06a_counts bad;
            memcpy(numbers, &good, sizeof good);
            numbers[i] += (uint64_t)by;
            memcpy(&bad, numbers, sizeof bad);
            assert_false(ii06a_adds_up(&bad));
        }
}

/* ---- by hand ---- */

static struct report_world hand;

static int up(void **state)
{
    (void)state;
    report_world_begin(&hand, 1);
    hand.plain = true;
    hand.now = civil_to_utc(civil_at(civil_from_ymd(2026, 8, 1), 480), REPORT_OFFSET);
    return 0;
}

static int down(void **state)
{
    (void)state;
    report_world_end(&hand);
    return 0;
}

static civil_minute minute(const char *text)
{
    struct civil_input in;
    assert_true(civil_parse(str_of(text), &in));
    return civil_at(in.day, in.minute_of_day);
}

static bool ask_at(const char *when, uint64_t id, struct command c)
{
    hand.now = civil_to_utc(minute(when), REPORT_OFFSET);
    c.at = NO_TIME;
    return report_world_ask(&hand, id, c);
}

static uint64_t received(const char *when, const char *procedure, enum channel channel)
{
    struct command c = {.kind = COMMAND_RECEIVE};
    c.receive.procedure = str_of(procedure);
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.channel = channel;
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    assert_true(ask_at(when, 0, c));
    return hand.dossiers;
}

static void done(const char *when, uint64_t id, enum command_kind kind)
{
    struct command c = {.kind = kind};
    if (kind == COMMAND_REFUSE || kind == COMMAND_STOP || kind == COMMAND_VOID)
        c.end.reason = STR("Theo đơn");
    if (kind == COMMAND_SUPPLEMENT) {
        c.supplement.reason = STR("Thiếu giấy tờ");
        c.supplement.needs = STR("\0\0\0\007Bia do.");
        c.supplement.insist = true;
    }
    assert_true(ask_at(when, id, c));
}

static void sorry(const char *when, uint64_t id, const char *until)
{
    struct command c = {.kind = COMMAND_APOLOGIZE};
    struct civil_input in;
    c.apologize.reason = STR("Chờ xác minh");
    c.apologize.until = NO_TIME;
    if (until) {
        assert_true(civil_parse(str_of(until), &in));
        c.apologize.until = civil_at(in.day, 0);
        c.apologize.until_is_date = true;
    }
    assert_true(ask_at(when, id, c));
}

/* As known at the end of that minute. */
static void make(enum report_kind kind, const char *period, const char *known, enum report_basis basis,
                 struct report *out)
{
    struct report_known k;
    struct period p;
    assert_true(period_parse(str_of(period), &p));
    report_known_begin(&k, &hand, civil_to_utc(minute(known), REPORT_OFFSET) + 59, basis);
    report_known_make(&k, kind, p, out);
    report_known_end(&k);
}

static void expect_row(const struct report *r, const char *field, const char *numbers)
{
    struct buf b = BUF_INIT;
    const struct report_row *row = field ? row_called(r, field) : total_of(r);
    if (!row)
        fail_msg("no row %s", field);
    for (size_t i = 2; i < r->part[0].columns; i++)
        if (row->cell[i].type == CELL_TEXT)
            buf_addf(&b, " %.*s", STR_ARG(row->cell[i].text));
        else
            buf_addf(&b, " %lld", (long long)row->cell[i].number);
    assert_string_equal(b.p, numbers);
    buf_release(&b);
}

#define LATER "2027-01-10T08:00"

/* Hộ tịch 1.001: 3 working days; Chứng thực 1.002: same day; Đất đai 1.004: 5 working days. The fourth
 * quarter of 2026 runs from Tuesday 15 September to Monday 14 December. */
static void a_quarter_is_counted_as_by_hand(void **state)
{
    struct report r;
    (void)state;
    /* carried over, solved late; solved before: not there; on the border days */
    uint64_t a = received("2026-09-01T09:00", "1.001", CHANNEL_DIRECT); /* due Tue 08/09: 1-2/9 are off */
    uint64_t b = received("2026-09-10T09:00", "1.001", CHANNEL_ONLINE); /* due Tue 15/09 */
    uint64_t c = received("2026-09-14T09:00", "1.001", CHANNEL_ONLINE); /* due Thu 17/09 */
    done("2026-09-14T16:00", b, COMMAND_RESOLVE);                       /* before the period */
    uint64_t d = received("2026-09-15T08:00", "1.001", CHANNEL_POSTAL); /* due Fri 18/09 */
    done("2026-09-15T08:30", a, COMMAND_RESOLVE);                       /* late */
    done("2026-09-17T16:00", c, COMMAND_RESOLVE);                       /* on time */
    done("2026-09-17T16:30", d, COMMAND_REFUSE);                        /* early */
    uint64_t e = received("2026-10-01T09:00", "1.002", CHANNEL_DIRECT); /* due that day */
    done("2026-10-01T10:00", e, COMMAND_RESOLVE);
    uint64_t v = received("2026-12-01T08:00", "1.004", CHANNEL_DIRECT);
    uint64_t g =
        received("2026-12-08T09:00", "1.001", CHANNEL_DIRECT); /* due Fri 11/12: overdue at the end */
    uint64_t f = received("2026-12-09T09:00", "1.001", CHANNEL_ONLINE); /* due Mon 14/12 */
    uint64_t h = received("2026-12-14T16:00", "1.004", CHANNEL_DIRECT);
    uint64_t i = received("2026-12-15T08:00", "1.004", CHANNEL_DIRECT); /* after the period */
    done("2026-12-16T08:00", v, COMMAND_VOID);
    done("2026-12-16T09:00", f, COMMAND_STOP);
    sorry("2026-12-16T10:00", g, "2026-12-21"); /* after the closing: no letter then */
    done("2026-12-17T10:00", g, COMMAND_RESOLVE);
    (void)h;
    (void)i;
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    assert_int_equal(r.part[0].count, 4);
    assert_true(r.part[0].numbered);
    assert_int_equal(r.part[0].columns, II_COLUMNS);
    expect_row(&r, "Chứng thực", " 1 0 1 0 1 0 1 0 0 0 0");
    expect_row(&r, "Đất đai", " 1 0 1 0 0 0 0 0 1 1 0");
    expect_row(&r, "Hộ tịch", " 5 1 2 2 3 1 1 1 2 1 1");
    expect_row(&r, NULL, " 7 1 4 2 4 1 2 1 3 2 1");
    assert_true(
        report_has_note(&r, "Quá hạn, cả đã và đang giải quyết: 2 hồ sơ nếu tính theo hạn quy định, 2 hồ sơ "
                            "nếu tính theo ngày đã hẹn lại."));
    assert_true(report_has_note(
        &r, "Trong 2 hồ sơ quá hạn của biểu này, 0 hồ sơ đã có phiếu xin lỗi và hẹn lại ngày trả kết quả."));
    assert_int_equal(r.closing, minute("2026-12-14T23:59"));
    report_release(&r);
    make(REPORT_II06A, "2027Q1", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 4 0 1 3 2 0 0 2 2 0 2");
    report_release(&r);
}

static void both_bases_are_told_and_one_is_counted_by(void **state)
{
    struct report r;
    (void)state;
    uint64_t a = received("2026-10-05T09:00", "1.001", CHANNEL_DIRECT); /* due Thu 08/10 */
    sorry("2026-10-07T09:00", a, "2026-10-15");
    done("2026-10-14T09:00", a, COMMAND_RESOLVE);
    uint64_t b = received("2026-10-05T09:30", "1.001", CHANNEL_DIRECT);
    done("2026-10-12T09:00", b, COMMAND_RESOLVE); /* late, no letter */
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 2 0 2 0 2 0 0 2 0 0 0");
    const char *bases =
        "Quá hạn, cả đã và đang giải quyết: 2 hồ sơ nếu tính theo hạn quy định, 1 hồ sơ nếu tính theo "
        "ngày đã hẹn lại.";
    assert_true(report_has_note(&r, bases));
    assert_true(report_has_note(
        &r, "Trong 2 hồ sơ quá hạn của biểu này, 1 hồ sơ đã có phiếu xin lỗi và hẹn lại ngày trả kết quả."));
    report_release(&r);
    make(REPORT_II06A, "2026Q4", LATER, BASIS_PROMISED, &r);
    expect_row(&r, NULL, " 2 0 2 0 2 1 0 1 0 0 0");
    assert_true(report_has_note(&r, bases));
    report_release(&r);
}

/* Another system tells of a dossier of 1.001, due at the end of that day; `id` as in report_world_ask(). */
static uint64_t brought(const char *when, uint64_t id, enum dossier_state state, const char *from,
                        const char *due, const char *waiting, const char *resolved)
{
    struct command c = {.kind = COMMAND_IMPORT, .at = minute(from)};
    c.import.code = STR("H42-1");
    c.import.procedure = STR("1.001");
    c.import.applicant.name = STR("Trần Văn Ba");
    c.import.state = state;
    c.import.submitted = c.import.statutory_due = c.import.returned = NO_TIME;
    c.import.due = minute(due);
    c.import.waiting_since = waiting ? minute(waiting) : NO_TIME;
    c.import.resolved = resolved ? minute(resolved) : NO_TIME;
    hand.now = civil_to_utc(minute(when), REPORT_OFFSET);
    assert_true(report_world_ask(&hand, id, c));
    return id ? id : hand.dossiers;
}

static void expect_total(const char *period, const char *known, const char *numbers)
{
    struct report r;
    make(REPORT_II06A, period, known, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, numbers);
    report_release(&r);
}

/* What was told first is forgotten, its end and its lateness too; taken back it counts again. */
static void what_is_told_anew_takes_the_place_of_what_was_told(void **state)
{
    (void)state;
    uint64_t id = brought("2026-10-20T08:00", 0, STATE_RETURNED, "2026-10-01T09:00", "2026-10-06T17:00", NULL,
                          "2026-10-06T10:00");
    expect_total("2026Q4", "2026-10-31T08:00", " 1 0 1 0 1 0 1 0 0 0 0"); /* on time */
    brought("2026-11-03T08:00", id, STATE_RESOLVED, "2026-10-02T09:00", "2026-10-09T17:00", NULL,
            "2026-10-05T10:00");
    expect_total("2026Q4", "2026-11-03T08:00", " 1 0 1 0 1 1 0 0 0 0 0"); /* early */
    brought("2026-11-04T08:00", id, STATE_RESOLVED, "2026-10-02T09:00", "2026-10-02T17:00", NULL,
            "2026-10-05T10:00");
    expect_total("2026Q4", "2026-11-04T08:00", " 1 0 1 0 1 0 0 1 0 0 0"); /* late */
    brought("2026-11-05T08:00", id, STATE_PROCESSING, "2026-09-11T09:00", "2026-12-10T17:00", NULL, NULL);
    expect_total("2026Q4", "2026-11-05T08:00", " 1 0 0 1 0 0 0 0 1 1 0"); /* carried over, in time */
    expect_total("2026Q4", LATER, " 1 0 0 1 0 0 0 0 1 0 1");              /* overdue */
    struct command undo = {.kind = COMMAND_UNDO};
    undo.end.reason = STR("Nhầm hồ sơ");
    assert_true(ask_at("2026-11-06T08:00", id, undo));
    expect_total("2026Q4", LATER, " 1 0 1 0 1 0 0 1 0 0 0"); /* late, as told before */
}

/* How it stood when the quarter ended is a part of the story. */
static void what_is_told_anew_stood_as_its_story_says(void **state)
{
    (void)state;
    uint64_t id = brought("2026-12-01T08:00", 0, STATE_RESOLVED, "2026-10-01T09:00", "2026-10-06T17:00", NULL,
                          "2026-10-06T10:00");
    brought("2026-12-28T08:00", id, STATE_WAITING, "2026-10-01T09:00", "2026-12-10T17:00", "2026-12-20T09:00",
            NULL);
    expect_total("2026Q4", LATER, " 1 0 1 0 0 0 0 0 1 0 1"); /* not asked yet, overdue */
    brought("2026-12-28T09:00", id, STATE_WAITING, "2026-10-01T09:00", "2026-12-10T17:00", "2026-12-09T09:00",
            NULL);
    expect_total("2026Q4", LATER, " 1 0 1 0 0 0 0 0 1 1 0"); /* it waits */
    brought("2026-12-28T10:00", id, STATE_WITHDRAWN, "2026-10-01T09:00", "2026-12-10T17:00",
            "2026-12-09T09:00", "2026-12-20T09:00");
    expect_total("2026Q4", LATER, " 1 0 1 0 0 0 0 0 1 1 0");
    expect_total("2027Q1", LATER, " 1 0 0 1 1 1 0 0 0 0 0"); /* judged by the day on which it was asked */
    brought("2026-12-28T11:00", id, STATE_WITHDRAWN, "2026-10-01T09:00", "2026-12-08T17:00",
            "2026-12-09T09:00", "2026-12-20T09:00");
    expect_total("2027Q1", LATER, " 1 0 0 1 1 0 0 1 0 0 0");
}

/* Before its letter it was due when another system had promised it, which was not the statutory time. */
static void a_letter_moves_what_another_system_promised(void **state)
{
    struct command c = {.kind = COMMAND_IMPORT, .at = minute("2026-11-20T09:00")};
    struct report r;
    (void)state;
    c.import.code = STR("H42-1");
    c.import.procedure = STR("1.001");
    c.import.applicant.name = STR("Trần Văn Ba");
    c.import.state = STATE_PROCESSING;
    c.import.submitted = c.import.returned = c.import.waiting_since = c.import.resolved = NO_TIME;
    c.import.statutory_due = minute("2026-12-04T17:00");
    c.import.due = minute("2026-11-26T17:00");
    hand.now = civil_to_utc(minute("2026-11-23T09:00"), REPORT_OFFSET);
    assert_true(report_world_ask(&hand, 0, c));
    sorry("2026-12-02T09:00", hand.dossiers, "2026-12-10");
    make(REPORT_II06A, "2026-11", LATER, BASIS_PROMISED, &r);
    expect_row(&r, NULL, " 1 0 1 0 0 0 0 0 1 0 1");
    report_release(&r);
}

/* 3 h on Monday afternoon (13:30-17:00 from 14:00), waiting till Wednesday 08:00, then till 10:00 of the same
 * day: five hours of work, 0,63 of a day; the other one 8 hours sharp. */
static void handling_time_leaves_the_waiting_out(void **state)
{
    struct report r;
    (void)state;
    uint64_t a = received("2026-10-05T14:00", "1.001", CHANNEL_DIRECT);
    done("2026-10-05T17:00", a, COMMAND_SUPPLEMENT);
    done("2026-10-07T08:00", a, COMMAND_RESTART);
    done("2026-10-07T10:00", a, COMMAND_RESOLVE);
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    assert_true(
        report_has_note(&r, "Thời gian giải quyết bình quân, không kể thời gian chờ người nộp: 0,63 ngày làm "
                            "việc (8 giờ làm việc là một ngày)."));
    report_release(&r);
    uint64_t b = received("2026-10-08T07:00", "1.001", CHANNEL_DIRECT);
    done("2026-10-08T17:00", b, COMMAND_RESOLVE);
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r); /* 13 hours by two: 6.5 hours */
    assert_true(
        report_has_note(&r, "Thời gian giải quyết bình quân, không kể thời gian chờ người nộp: 0,81 ngày làm "
                            "việc (8 giờ làm việc là một ngày)."));
    report_release(&r);
}

static void waiting_is_pending_in_time_and_its_lateness_is_told(void **state)
{
    struct report r;
    (void)state;
    uint64_t a = received("2026-11-02T09:00", "1.001", CHANNEL_DIRECT); /* due Thu 05/11 */
    done("2026-11-10T09:00", a, COMMAND_SUPPLEMENT); /* a chief insists, after the due day */
    uint64_t b = received("2026-11-02T10:00", "1.001", CHANNEL_DIRECT);
    done("2026-11-03T09:00", b, COMMAND_AWAIT_PAYMENT);
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 2 0 2 0 0 0 0 0 2 2 0");
    assert_true(
        report_has_note(&r, "Đang chờ bổ sung hoặc chờ thực hiện nghĩa vụ tài chính, tính là trong hạn: 2 hồ "
                            "sơ; trong đó 1 hồ sơ đã quá hạn từ trước khi chờ."));
    report_release(&r);
    done("2026-12-14T09:00", a, COMMAND_RESTART); /* runs again, with a due time ahead: late it stays */
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 2 0 2 0 0 0 0 0 2 1 1");
    report_release(&r);
    done("2026-12-14T10:00", a, COMMAND_RESOLVE);
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 2 0 2 0 1 0 0 1 1 1 0");
    report_release(&r);
}

/* A period that is not over is judged now; one of the future is empty. */
static void what_is_not_over_is_judged_now(void **state)
{
    struct report r;
    (void)state;
    received("2026-11-02T09:00", "1.001", CHANNEL_DIRECT); /* due Thu 05/11 */
    make(REPORT_II06A, "2026Q4", "2026-11-05T20:00", BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 1 0 1 0 0 0 0 0 1 1 0");
    assert_int_equal(r.closing, minute("2026-11-05T20:00"));
    report_release(&r);
    make(REPORT_II06A, "2026Q4", "2026-11-06T06:00", BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 1 0 1 0 0 0 0 0 1 0 1");
    report_release(&r);
    make(REPORT_II06A, "2026Q3", "2026-11-06T06:00", BASIS_STATUTORY, &r);
    assert_int_equal(r.part[0].count, 1);
    expect_row(&r, NULL, " 0 0 0 0 0 0 0 0 0 0 0");
    report_release(&r);
}

static void points_are_counted_as_by_hand(void **state)
{
    struct report r;
    (void)state;
    for (int i = 0; i < 3; i++) { /* early, early, on time: five of six points */
        uint64_t a = received("2026-10-05T09:00", "1.001", CHANNEL_DIRECT); /* due Thu 08/10 */
        done(i < 2 ? "2026-10-06T09:00" : "2026-10-08T09:00", a, COMMAND_RESOLVE);
    }
    uint64_t b = received("2026-10-05T09:00", "1.004", CHANNEL_DIRECT); /* due Mon 12/10 */
    done("2026-10-13T09:00", b, COMMAND_RESOLVE);
    received("2026-10-05T09:00", "1.004", CHANNEL_DIRECT); /* never solved */
    make(REPORT_POINTS, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, "Hộ tịch", " 3 2 1 0 5 167 8333 Tốt trở lên");
    expect_row(&r, "Đất đai", " 1 0 0 1 0 0 0 Chưa đạt tốt");
    expect_row(&r, NULL, " 4 2 1 1 5 125 6250 Chưa đạt tốt");
    report_release(&r);
    make(REPORT_POINTS, "2026Q3", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 0 0 0 0 0 0 0 0");
    report_release(&r);
    assert_true(points_are_good(&(struct points){6, 4, 0}) && !points_are_good(&(struct points){59, 41, 0}));
    assert_false(points_are_good(&(struct points){0}));
}

/* Five working days from Monday 5 October: due Monday the 12th. Asked on Wednesday (two days used), completed
 * on Monday the 19th: Decree 61 gives until the 26th, Decision 766 three more working days, until Thursday
 * the 22nd. */
static uint64_t asked_once(const char *solved)
{
    uint64_t a = received("2026-10-05T09:00", "1.004", CHANNEL_DIRECT);
    done("2026-10-07T09:00", a, COMMAND_SUPPLEMENT);
    done("2026-10-19T09:00", a, COMMAND_RESTART);
    if (solved)
        done(solved, a, COMMAND_RESOLVE);
    return a;
}

static void decision_766_subtracts_and_does_not_restart(void **state)
{
    struct report r;
    (void)state;
    asked_once("2026-10-22T16:00");
    make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, "Đất đai", " 1 1 0 0 0 0 10000");
    report_release(&r);
    asked_once("2026-10-23T08:00");
    make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, "Đất đai", " 2 1 1 0 0 0 5000");
    report_release(&r);
    make(REPORT_II06A, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, "Đất đai", " 2 0 2 0 2 2 0 0 0 0 0"); /* both early there */
    report_release(&r);
}

static void decision_766_goes_by_the_date_of_the_letter(void **state)
{
    struct report r;
    (void)state;
    uint64_t a = received("2026-10-05T09:00", "1.001", CHANNEL_DIRECT); /* due Thu 08/10 */
    sorry("2026-10-07T09:00", a, "2026-10-15");
    done("2026-10-15T16:00", a, COMMAND_RESOLVE);
    uint64_t b = asked_once(NULL); /* a letter after the restart: its date is the appointment now */
    sorry("2026-10-23T09:00", b, "2026-10-30");
    done("2026-10-30T09:00", b, COMMAND_RESOLVE);
    make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 2 2 0 0 0 0 10000");
    report_release(&r);
}

/* Three working days from Monday 5 October: due Thursday the 8th; a letter on Tuesday, until Monday the 12th,
 * adds two. A supplement is asked for on Wednesday (two days used) and completed on Monday the 19th: three
 * are left, until Thursday the 22nd; Decree 61 counts three from there, too. Without the letter one would be.
 */
static void decision_766_keeps_what_a_letter_added_before_a_wait(void **state)
{
    struct report r;
    (void)state;
    for (int i = 0; i < 3; i++) {
        uint64_t a = received("2026-10-05T09:00", "1.001", CHANNEL_DIRECT);
        if (i < 2)
            sorry("2026-10-06T09:00", a, "2026-10-12");
        done("2026-10-07T09:00", a, COMMAND_SUPPLEMENT);
        done("2026-10-19T09:00", a, COMMAND_RESTART);
        done(i == 1 ? "2026-10-23T08:00" : "2026-10-22T16:00", a, COMMAND_RESOLVE);
        make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
        expect_row(&r, NULL,
                   i == 0   ? " 1 1 0 0 0 0 10000"
                   : i == 1 ? " 2 1 1 0 0 0 5000"
                            : " 3 1 2 0 0 0 3333");
        report_release(&r);
    }
}

static void decision_766_counts_a_second_request_as_late(void **state)
{
    struct report r;
    (void)state;
    uint64_t a = asked_once(NULL);
    done("2026-10-20T09:00", a, COMMAND_SUPPLEMENT);
    make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 1 0 0 0 1 1 0");
    report_release(&r);
    make(REPORT_D766, "2026Q4", "2026-10-19T10:00", BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 1 0 0 1 0 0 10000"); /* running in time before it */
    report_release(&r);
    make(REPORT_D766, "2026Q4", "2026-10-08T10:00", BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 1 0 0 1 0 0 10000"); /* waiting: the moment of the request */
    report_release(&r);
}

/* Paid on Thursday the 8th: five working days of its own, until the 15th. One is used when a supplement is
 * asked for; four are left from Monday the 19th on. What came before the payment does not count any more. */
static void decision_766_begins_a_payments_own_limit(void **state)
{
    struct report r;
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct command paid = {.kind = COMMAND_PAID};
        uint64_t a = received("2026-10-05T09:00", "1.004", CHANNEL_DIRECT);
        done("2026-10-06T09:00", a, COMMAND_AWAIT_PAYMENT);
        assert_true(limit_parse(STR("5 working_days"), &paid.resume.within));
        assert_true(ask_at("2026-10-08T09:00", a, paid));
        done("2026-10-09T09:00", a, COMMAND_SUPPLEMENT);
        done("2026-10-19T09:00", a, COMMAND_RESTART);
        done(i ? "2026-10-26T09:00" : "2026-10-23T16:00", a, COMMAND_RESOLVE);
        make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
        expect_row(&r, NULL, i ? " 2 1 1 0 0 0 5000" : " 1 1 0 0 0 0 10000");
        report_release(&r);
    }
}

static void decision_766_judges_what_is_open_at_the_end(void **state)
{
    struct report r;
    (void)state;
    received("2026-12-10T09:00", "1.001", CHANNEL_DIRECT); /* due Tue 15/12 */
    received("2026-12-08T09:00", "1.001", CHANNEL_DIRECT); /* due Fri 11/12 */
    uint64_t c = asked_once(NULL);                         /* used up on the 22nd */
    make(REPORT_D766, "2026Q4", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 3 0 0 1 2 0 3333");
    report_release(&r);
    done("2026-12-20T09:00", c, COMMAND_STOP);
    make(REPORT_D766, "2027Q1", LATER, BASIS_STATUTORY, &r);
    expect_row(&r, NULL, " 3 0 1 0 2 0 0");
    report_release(&r);
}

/* ---- against a slow count ---- */

static struct {
    uint64_t triples, rows, solved, late, overdue, in_time, carried, letters, waited, differ, chains;
} seen;

static uint64_t first_seed(void)
{
    const char *text = getenv("MOTCUA_LIFE_SEED");
    return text && *text ? strtoull(text, NULL, 10) : 1;
}

static uint64_t scaled(uint64_t usual)
{
    return getenv("MOTCUA_LONG") ? usual * 10 : getenv("MOTCUA_QUICK") ? usual / 10 : usual;
}

/* Three tables of one period, as known at one moment. */
static void compare_triple(const struct report_known *k, const struct count_question *q)
{
    static const enum report_kind kinds[] = {REPORT_II06A, REPORT_POINTS, REPORT_D766};
    struct slow_counts counts[COUNT_ALL + 1] = {0};
    const struct slow_counts *all = &counts[COUNT_ALL];
    for (size_t i = 0; i < k->dossiers; i++)
        count_dossier(q, k->chain[i].event, k->chain[i].events, counts);
    for (size_t i = 0; i < 3; i++) {
        struct report r;
        report_known_make(k, kinds[i], q->period, &r);
        count_expect(q, &r, counts);
        seen.rows += r.part[0].count;
        report_release(&r);
    }
    seen.triples++;
    seen.solved += all->ii06a[4];
    seen.late += all->ii06a[7];
    seen.in_time += all->ii06a[9];
    seen.overdue += all->ii06a[10];
    seen.carried += all->ii06a[3];
    seen.letters += all->letters;
    seen.waited += all->waited_late;
    seen.differ += all->differ;
}

static struct period some_period(struct random *r, civil_day first, civil_day last)
{
    civil_day a = (civil_day)random_in(r, first - 5, last + 10),
              b = (civil_day)random_in(r, first - 5, last + 10);
    int64_t what = random_in(r, 0, 5);
    if (what == 0)
        return period_quarter(a, 0);
    if (what == 1)
        return (struct period){a, a};
    return a <= b ? (struct period){a, b} : (struct period){b, a};
}

static struct count_question question_of(const struct report_known *k, struct period p,
                                         enum report_basis basis, uint64_t seed)
{
    civil_minute now = civil_from_utc(k->second, REPORT_OFFSET), end = civil_at(p.to, 1439);
    return (struct count_question){.office = k->office,
                                   .period = p,
                                   .closing = end < now ? end : now,
                                   .basis = basis,
                                   .seed = seed,
                                   .order = report_world_fields,
                                   .fields = REPORT_WORLD_FIELDS};
}

static void every_table_is_the_slow_count(void **state)
{
    uint64_t worlds = scaled(300), seed = first_seed();
    (void)state;
    for (uint64_t n = 0; n < worlds; n++, seed++) {
        struct report_world w;
        report_world_begin(&w, seed);
        civil_day first = civil_day_of(report_world_minute(&w));
        report_world_live(&w, 180);
        civil_day last = civil_day_of(report_world_minute(&w));
        for (int look = 0; look < 3; look++) {
            struct report_known k;
            enum report_basis basis =
                (enum report_basis)random_in(&w.random, BASIS_STATUTORY, BASIS_PROMISED);
            report_known_begin(&k, &w, w.now - (look ? random_in(&w.random, 0, 50) * 80000 : 0), basis);
            for (int i = 0; i < 5; i++) {
                struct count_question q = question_of(&k, some_period(&w.random, first, last), basis, seed);
                compare_triple(&k, &q);
            }
            report_known_end(&k);
        }
        report_world_end(&w);
    }
    if (getenv("MOTCUA_LIFE_TELL"))
        printf("triples %llu rows %llu solved %llu late %llu overdue %llu in time %llu carried %llu letters "
               "%llu waited "
               "late %llu differ %llu\n",
               (unsigned long long)seen.triples, (unsigned long long)seen.rows,
               (unsigned long long)seen.solved, (unsigned long long)seen.late,
               (unsigned long long)seen.overdue, (unsigned long long)seen.in_time,
               (unsigned long long)seen.carried, (unsigned long long)seen.letters,
               (unsigned long long)seen.waited, (unsigned long long)seen.differ);
    assert_true(seen.triples == worlds * 15);
    if (worlds >= 30) {
        assert_true(seen.late > 300 && seen.overdue > 300 && seen.in_time > 300 && seen.carried > 300);
        assert_true(seen.letters > 30 && seen.waited > 30 && seen.differ > 30);
    }
}

/* What is carried into a period is what was pending at the end of the one before, field by field. */
static void what_is_pending_is_carried_over(void **state)
{
    uint64_t worlds = scaled(100), seed = first_seed() + 5000000;
    (void)state;
    for (uint64_t n = 0; n < worlds; n++, seed++) {
        struct report_world w;
        struct report_known k;
        report_world_begin(&w, seed);
        civil_day day = civil_day_of(report_world_minute(&w)) - 10;
        report_world_live(&w, 180);
        report_known_begin(&k, &w, w.now - random_in(&w.random, 0, 20) * 86400, (enum report_basis)(n % 2));
        civil_day now = civil_day_of(civil_from_utc(k.second, REPORT_OFFSET));
        struct report before;
        report_known_make(&k, REPORT_II06A, (struct period){day - 1, day - 1}, &before);
        while (day <= now) {
            struct report r;
            struct period p = {day, day + (civil_day)random_in(&w.random, 0, 20)};
            report_known_make(&k, REPORT_II06A, p, &r);
            assert_int_equal(total_of(&before)->cell[II_PENDING].number,
                             total_of(&r)->cell[II_CARRIED].number);
            for (size_t i = 0; i + 1 < before.part[0].count; i++) {
                const struct report_row *was = &before.part[0].row[i];
                char field[64];
                snprintf(field, sizeof field, "%.*s", STR_ARG(was->cell[1].text));
                const struct report_row *is = row_called(&r, field);
                assert_int_equal(was->cell[II_PENDING].number, is ? is->cell[II_CARRIED].number : 0);
            }
            report_release(&before);
            before = r;
            day = p.to + 1;
            seen.chains++;
        }
        report_release(&before);
        report_known_end(&k);
        report_world_end(&w);
    }
    assert_true(seen.chains > worlds * 2);
}

#define HAND(f) cmocka_unit_test_setup_teardown(f, up, down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_that_do_not_add_up_are_told),
        HAND(a_quarter_is_counted_as_by_hand),
        HAND(both_bases_are_told_and_one_is_counted_by),
        HAND(what_is_told_anew_takes_the_place_of_what_was_told),
        HAND(what_is_told_anew_stood_as_its_story_says),
        HAND(a_letter_moves_what_another_system_promised),
        HAND(handling_time_leaves_the_waiting_out),
        HAND(waiting_is_pending_in_time_and_its_lateness_is_told),
        HAND(what_is_not_over_is_judged_now),
        HAND(points_are_counted_as_by_hand),
        HAND(decision_766_subtracts_and_does_not_restart),
        HAND(decision_766_goes_by_the_date_of_the_letter),
        HAND(decision_766_keeps_what_a_letter_added_before_a_wait),
        HAND(decision_766_counts_a_second_request_as_late),
        HAND(decision_766_begins_a_payments_own_limit),
        HAND(decision_766_judges_what_is_open_at_the_end),
        cmocka_unit_test(every_table_is_the_slow_count),
        cmocka_unit_test(what_is_pending_is_carried_over),
    };
    return cmocka_run_group_tests_name("ii06a", tests, NULL, NULL);
}
