/* The reports about people: late, officers, daily, letters. A fortnight of November 2026 lived by hand and
 * counted by hand, then random desks against tests/report_people_oracle. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/desk_assert.h"
#include "tests/report_people_feed.h"

/* ---- the fortnight ----
 *
 * 1.001 takes 3 working days, to 17:00; hours 07:00-11:30, 13:30-17:00; 24/11 is off. 02/11 is a Monday. */

static struct world *world_of(struct feeder *f)
{
    return &f->world;
}

static void as(struct feeder *f, const char *login)
{
    f->world.login = login;
}

static void did(struct feeder *f, const char *at, struct command c)
{
    assert_done(world_ask_at(world_of(f), at, c));
}

static void received(struct feeder *f, const char *at, enum channel channel)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time(at)};
    c.receive.procedure = STR("1.001");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.applicant.phone = STR("0912345678");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    c.receive.channel = channel;
    as(f, "huong");
    did(f, at, c);
}

static void fee(struct feeder *f, const char *at, int64_t amount, const char *exempt)
{
    struct command c = {.kind = COMMAND_FEE, .at = world_time(at)};
    c.fee.amount = amount;
    c.fee.exempt = exempt != NULL;
    c.fee.reason = str_of(exempt ? exempt : amount < 0 ? "Thu thừa" : NULL);
    did(f, at, c);
}

static struct command late_reason(enum late_category category, const char *reason, enum excuse excuse)
{
    struct command c = {.kind = COMMAND_LATE_REASON, .at = NO_TIME};
    c.late_reason.category = category;
    c.late_reason.reason = str_of(reason);
    c.late_reason.excuse = excuse;
    return c;
}

/* The next letter's number. */
static void next_letter(struct feeder *f, uint32_t number)
{
    f->world.numbers[SERIES_APOLOGY] = number - 1;
}

/* Due Thu 05/11; nam has it from Tue 03/11 and solves it on Mon 09/11: two days late, nobody says why. */
static void live_a(struct feeder *f)
{
    received(f, "2026-11-02T09:00", CHANNEL_DIRECT);
    did(f, "2026-11-03T08:00", ask_transfer("nam", NULL));
    as(f, "nam");
    did(f, "2026-11-09T10:00", ask_resolve(NULL));
    feeder_keep(f);
}

/* Due Fri 06/11; a letter the day before, to Tue 10/11, and kept. No fee to pay. */
static void live_b(struct feeder *f)
{
    received(f, "2026-11-03T08:00", CHANNEL_DIRECT);
    fee(f, "2026-11-03T09:00", 0, "Hộ nghèo");
    next_letter(f, 7);
    did(f, "2026-11-05T09:00", ask_apologize("Chờ xác minh", "2026-11-10", NULL));
    did(f, "2026-11-10T15:00", ask_resolve(NULL));
    feeder_keep(f);
}

/* Due Mon 09/11, with nam; open on the 14th, four working days late; a reason that the chief finds no good
 * one. */
static void live_c(struct feeder *f)
{
    received(f, "2026-11-04T10:00", CHANNEL_DIRECT);
    did(f, "2026-11-04T10:30", ask_transfer("nam", NULL));
    as(f, "nam");
    did(f, "2026-11-12T09:00", late_reason(LATE_LOAD, "Đông", EXCUSE_UNSAID));
    as(f, "chief");
    did(f, "2026-11-13T09:00", late_reason(LATE_UNSAID, NULL, EXCUSE_NOT_GOOD));
    as(f, "nam");
    did(f, "2026-11-16T09:00", ask_resolve(NULL));
    feeder_keep(f);
}

/* Online, due Tue 10/11, early. A fee taken, and one taken back. */
static void live_d(struct feeder *f)
{
    struct command give = ask_return(NULL);
    received(f, "2026-11-05T08:00", CHANNEL_ONLINE);
    fee(f, "2026-11-05T08:05", 10000, NULL);
    fee(f, "2026-11-05T08:06", 7000, NULL);
    did(f, "2026-11-05T08:07", ask_end(COMMAND_UNDO, "Gõ nhầm", NULL));
    did(f, "2026-11-06T09:00", ask_resolve(NULL));
    give.give_back.to = STR("Bà Lan");
    did(f, "2026-11-06T10:00", give);
    feeder_keep(f);
}

/* Due Thu 05/11; on Mon 09/11 the chief lets a supplement be asked for: two days late by then; it goes on on
 * Thu 12/11, due Tue 17/11, and is open. */
static void live_e(struct feeder *f)
{
    received(f, "2026-11-02T14:00", CHANNEL_DIRECT);
    as(f, "chief");
    did(f, "2026-11-09T09:00", ask_insist(NULL));
    as(f, "huong");
    did(f, "2026-11-12T08:00", ask_restart(NULL));
    feeder_keep(f);
}

/* Due Thu 05/11, with an outside unit; solved on Fri 06/11, a letter after it. */
static void live_f(struct feeder *f)
{
    struct command c = {.kind = COMMAND_TRANSFER, .at = NO_TIME};
    c.transfer.unit = STR("Chi nhánh VPĐK");
    received(f, "2026-11-02T15:00", CHANNEL_DIRECT);
    did(f, "2026-11-03T09:00", c);
    did(f, "2026-11-06T16:00", ask_resolve(NULL));
    next_letter(f, 8);
    did(f, "2026-11-06T16:30", ask_apologize("Xin lỗi muộn", NULL, NULL));
    feeder_keep(f);
}

/* Due Thu 12/11, solved on it; its letter is taken back. */
static void live_g(struct feeder *f)
{
    received(f, "2026-11-09T08:00", CHANNEL_DIRECT);
    next_letter(f, 9);
    did(f, "2026-11-11T08:00", ask_apologize("Sợ trễ", "2026-11-13", NULL));
    did(f, "2026-11-11T09:00", ask_end(COMMAND_UNDO, "Không cần", NULL));
    did(f, "2026-11-12T09:00", ask_resolve(NULL));
    feeder_keep(f);
}

/* A record made by mistake, with a fee on it. */
static void live_h(struct feeder *f)
{
    received(f, "2026-11-02T16:00", CHANNEL_DIRECT);
    fee(f, "2026-11-02T16:01", 5000, NULL);
    fee(f, "2026-11-13T08:59", -5000, NULL);
    as(f, "chief");
    did(f, "2026-11-13T09:00", ask_end(COMMAND_VOID, "Nhập trùng", NULL));
    feeder_keep(f);
}

/* Served while they wait; nam takes too much and gives some of it back two days later. */
static void live_i(struct feeder *f)
{
    struct command give = ask_return(NULL);
    as(f, "huong");
    assert_done(world_receive(world_of(f), "1.002", "2026-11-04T08:00"));
    as(f, "nam");
    fee(f, "2026-11-04T08:05", 20000, NULL);
    as(f, "huong");
    did(f, "2026-11-04T08:10", ask_resolve(NULL));
    give.give_back.to = STR("Ông Tư");
    did(f, "2026-11-04T08:15", give);
    as(f, "nam");
    fee(f, "2026-11-06T09:00", -5000, NULL);
    feeder_keep(f);
}

static int lived(void **state)
{
    static struct feeder f;
    feeder_init(&f);
    live_a(&f);
    live_b(&f);
    live_c(&f);
    live_d(&f);
    live_e(&f);
    live_f(&f);
    live_g(&f);
    live_h(&f);
    live_i(&f);
    feeder_turn_away(&f, "2026-11-03T10:00", false, 4, NULL);
    feeder_turn_away(&f, "2026-11-05T11:00", true, 1, "Không thuộc thẩm quyền");
    feeder_turn_away(&f, "2026-11-09T11:00", true, 2, "Ngoài kỳ");
    *state = &f;
    return 0;
}

static int forgotten(void **state)
{
    feeder_release(*state);
    return 0;
}

static void expect_rows(const struct report *r, const char *key, const char *const *rows, size_t n)
{
    const struct report_part *part = feeder_part(r, key);
    struct buf text = BUF_INIT;
    for (size_t i = 0; i < n; i++)
        assert_string_equal(feeder_row(&text, part, i, LANG_EN), rows[i]);
    assert_int_equal(part->count, n);
    buf_release(&text);
}
#define EXPECT_ROWS(r, key, ...)                                                                             \
    expect_rows((r), (key), (const char *const[]){__VA_ARGS__},                                              \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void make(struct feeder *f, enum report_kind kind, const char *from, const char *to,
                 struct report *out)
{
    feeder_make(f, kind, from, to, "2026-11-20T10:00", LANG_EN, out);
}

static void note_is(const struct report *r, size_t i, const char *text)
{
    assert_true(i < r->notes);
    assert_str(r->note[i], text);
}

/* ---- late ---- */

static void late_names_all(void **state)
{
    struct report r;
    make(*state, REPORT_LATE, "2026-11-01", "2026-11-14", &r);
    EXPECT_ROWS(&r, "late",
                "1|H42.26.21-261104-0003|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-04|2026-11-09|"
                "2026-11-09||4|||Too much at once: Đông|No good reason|nam|Một cửa|",
                "2|H42.26.21-261102-0001|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-02|2026-11-05|"
                "2026-11-05|2026-11-09|2|||No reason given|Not judged yet|nam|Một cửa|",
                "3|H42.26.21-261102-0005|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-02|2026-11-05|"
                "2026-11-17||2|||No reason given|Not judged yet|huong|Một cửa|",
                "4|H42.26.21-261103-0002|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-03|2026-11-06|"
                "2026-11-10|2026-11-10|2|07/PXL of 2026-11-05|In time|Chờ xác minh|Not judged yet|huong|Một "
                "cửa|",
                "5|H42.26.21-261102-0006|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-02|2026-11-05|"
                "2026-11-05|2026-11-06|1|08/PXL of 2026-11-06|Late|Xin lỗi muộn|Not judged yet||Chi nhánh "
                "VPĐK|",
                "|Total|5 dossiers|||||||11|||||||");
    const struct report_part *part = feeder_part(&r, "late");
    assert_int_equal(part->row[0].kind, ROW_ALERT);
    assert_int_equal(part->row[3].kind, ROW_PLAIN);
    note_is(&r, 0, "5 late in all: 3 solved, 2 still open; 3 without good reason.");
    assert_int_equal(r.leading, 1); /* above the list */
    note_is(
        &r, 1,
        "1 were late before a wait for the applicant: the due day shown is the one they let pass then, not "
        "the one counted anew after it; their days late include those before the wait.");
    note_is(&r, 2, "Without good reason: a chief said so, or there is neither a letter nor a reason.");
    assert_int_equal(r.notes, 3);
    report_release(&r);
}

static void late_adds_up(void **state)
{
    struct report r;
    make(*state, REPORT_LATE, "2026-11-01", "2026-11-14", &r);
    EXPECT_ROWS(&r, "reasons", "1|No reason given|2|40.00%|0|0|2|2|4",
                "2|Said in the apology letter|2|40.00%|0|0|2|0|3", "3|Too much at once|1|20.00%|0|1|0|1|4",
                "|Total|5|100.00%|0|1|4|3|11");
    EXPECT_ROWS(&r, "holders", "1|huong|Một cửa|2|40.00%|0|0|2|1|4", "2|nam|Một cửa|2|40.00%|0|1|1|2|6",
                "3|No officer|Chi nhánh VPĐK|1|20.00%|0|0|1|0|1", "|Total||5|100.00%|0|1|4|3|11");
    report_release(&r);
}

/* While it waits, one that was late before is on the list. */
static void late_waits(void **state)
{
    struct report r;
    make(*state, REPORT_LATE, "2026-11-10", "2026-11-11", &r);
    struct buf text = BUF_INIT;
    /* C two days late, B is solved on the 10th, E waits. */
    const struct report_part *part = feeder_part(&r, "late");
    assert_int_equal(part->count, 4);
    assert_string_equal(feeder_row(&text, part, 0, LANG_EN),
                        "1|H42.26.21-261102-0005|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-02|"
                        "2026-11-05|2026-11-05||2|||No reason given|Not judged yet|huong|Một cửa|");
    note_is(&r, 1,
            "Of the open ones 1 wait for the applicant and were late before the wait; II.06a counts them "
            "pending in time.");
    buf_release(&text);
    report_release(&r);
}

/* By the promised time B is kept, not late. */
static void late_by_promise(void **state)
{
    struct report r;
    feeder_set(*state, "report.basis", "promised");
    make(*state, REPORT_LATE, "2026-11-01", "2026-11-14", &r);
    feeder_set(*state, "report.basis", NULL);
    EXPECT_ROWS(&r, "reasons", "1|No reason given|2|50.00%|0|0|2|2|4",
                "2|Said in the apology letter|1|25.00%|0|0|1|0|1", "3|Too much at once|1|25.00%|0|1|0|1|4",
                "|Total|4|100.00%|0|1|3|3|9");
    report_release(&r);
}

/* The due day passed before its wait is the promised one where that is what is asked. */
static void late_shows_the_promised_day_that_was_passed(void **state)
{
    struct report r;
    struct buf text = BUF_INIT;
    feeder_set(*state, "report.basis", "promised");
    make(*state, REPORT_LATE, "2026-11-13", "2026-11-14", &r);
    feeder_set(*state, "report.basis", NULL);
    assert_string_equal(feeder_row(&text, feeder_part(&r, "late"), 1, LANG_EN),
                        "2|H42.26.21-261102-0005|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-02|"
                        "2026-11-17|2026-11-05||2|||No reason given|Not judged yet|huong|Một cửa|");
    buf_release(&text);
    report_release(&r);
}

static void nothing_late_is_said(void **state)
{
    struct report r;
    make(*state, REPORT_LATE, "2026-10-01", "2026-10-31", &r);
    EXPECT_ROWS(&r, "late", "|Total|0 dossiers|||||||0|||||||");
    note_is(&r, 0, "Nothing was late.");
    assert_int_equal(r.leading, 1);
    assert_int_equal(r.notes, 1);
    report_release(&r);
}

/* ---- officers ---- */

static void officers_are_counted(void **state)
{
    struct report r;
    feeder_set(*state, "late.repeated", "1");
    make(*state, REPORT_OFFICERS, "2026-11-01", "2026-11-14", &r);
    feeder_set(*state, "late.repeated", NULL);
    EXPECT_ROWS(&r, "officers", "1|huong|8|8|3|4|1|2|1|2|1||7|0|2.47|1|1",
                "2|nam|0|2|0|1|0|0|1|2|2|Yes|1|0|5.13|1|1", "3|No officer|0|1|0|1|0|0|1|1|0||1|0|4.13|0|0",
                "|Total|8|8|3|6|1|2|3|5|3||9|0|3.19|2|2");
    EXPECT_ROWS(&r, "units", "1|Chi nhánh VPĐK|0|1|0|1|0|0|1|1|0||1|0|4.13|0|0",
                "2|Một cửa|8|8|3|5|1|2|2|4|3||8|0|3.00|2|2", "|Total|8|8|3|6|1|2|3|5|3||9|0|3.19|2|2");
    assert_int_equal(feeder_part(&r, "officers")->row[0].kind, ROW_PLAIN);
    assert_int_equal(feeder_part(&r, "officers")->row[1].kind, ROW_ALERT);
    report_release(&r);
}

/* As many as the setting allows are not repeatedly late yet. */
static void officers_up_to_the_number(void **state)
{
    struct report r;
    feeder_set(*state, "late.repeated", "2");
    make(*state, REPORT_OFFICERS, "2026-11-01", "2026-11-14", &r);
    feeder_set(*state, "late.repeated", NULL);
    assert_int_equal(feeder_part(&r, "officers")->row[1].kind, ROW_PLAIN);
    report_release(&r);
}

/* A week later, when C was solved: whose work it was then, and nothing of the week before. */
static void officers_of_another_week(void **state)
{
    struct report r;
    make(*state, REPORT_OFFICERS, "2026-11-15", "2026-11-20", &r);
    /* C by nam: Wed 04/11 10:00 to Mon 16/11 09:00: 90+210, seven days, 120: 3780 minutes, 7.88 days. E open
     * with huong, due on the 17th. */
    EXPECT_ROWS(&r, "officers", "1|huong|0|1|0|0|0|0|0|1|1||0|0||1|1",
                "2|nam|0|1|0|1|0|0|1|1|1||1|0|7.88|0|0", "|Total|0|2|0|1|0|0|1|2|2||1|0|7.88|1|1");
    report_release(&r);
}

/* ---- steps ---- */

static void give_steps(struct feeder *f)
{
    static const struct step steps[] = {{.name = STR("Tiếp nhận"), .role = ROLE_OFFICER},
                                        {.name = STR("Thẩm định"), .role = ROLE_SPECIALIST}};
    struct step process[2] = {steps[0], steps[1]};
    struct command c = {.kind = COMMAND_STEPS_PUT, .at = NO_TIME};
    assert_true(limit_parse(STR("0.5 working_days"), &process[0].limit));
    assert_true(limit_parse(STR("1 working_days"), &process[1].limit));
    c.steps.procedure = STR("1.001");
    c.steps.step = process;
    c.steps.count = 2;
    as(f, "admin");
    did(f, "2026-11-01T08:00", c);
}

/* Received Mon 02/11 09:00, half a day to 13:30+90 = 15:00; handed on Tue 03/11 08:00: the two hours to 17:00
 * and one more, 180 minutes, 0.38 days over. Nam has until Wed 04/11 08:00 and solves it on Fri 06/11 10:00:
 * 480-60 = 420, 480, 180: 1080 minutes, 2.25 days over. Due Thu 05/11: one day late. */
static void steps_that_overran(void **state)
{
    static struct feeder f;
    struct report r;
    struct buf text = BUF_INIT;
    (void)state;
    feeder_init(&f);
    give_steps(&f);
    received(&f, "2026-11-02T09:00", CHANNEL_DIRECT);
    did(&f, "2026-11-03T08:00", ask_transfer("nam", NULL));
    as(&f, "nam");
    did(&f, "2026-11-06T10:00", ask_resolve(NULL));
    feeder_keep(&f);
    make(&f, REPORT_LATE, "2026-11-01", "2026-11-14", &r);
    assert_string_equal(
        feeder_row(&text, feeder_part(&r, "late"), 0, LANG_EN),
        "1|H42.26.21-261102-0001|1.001 Thủ tục thử|Nguyễn Thị Hương|*******678|2026-11-02|2026-11-05|"
        "2026-11-05|2026-11-06|1|||No reason given|Not judged yet|nam|Một cửa|Tiếp nhận (huong): 0.38 days "
        "over; Thẩm định (nam): 2.25 days over");
    report_release(&r);
    /* On the 4th it was in nam's hands, two hours over by noon and 210 more by the day's end. */
    make(&f, REPORT_OFFICERS, "2026-11-04", "2026-11-04", &r);
    EXPECT_ROWS(&r, "officers", "1|nam|0|1|0|0|0|0|0|0|0||0|1||1|0", "|Total|0|1|0|0|0|0|0|0|0||0|1||1|0");
    report_release(&r);
    make(&f, REPORT_OFFICERS, "2026-11-02", "2026-11-03", &r);
    EXPECT_ROWS(&r, "officers", "1|huong|1|1|1|0|0|0|0|0|0||1|1||0|0", "2|nam|0|1|0|0|0|0|0|0|0||0|0||1|0",
                "|Total|1|1|1|0|0|0|0|0|0||1|1||1|0");
    report_release(&r);
    buf_release(&text);
    feeder_release(&f);
}

/* ---- letters ---- */

static void letters_are_counted(void **state)
{
    struct report r;
    make(*state, REPORT_LETTERS, "2026-11-01", "2026-11-14", &r);
    EXPECT_ROWS(&r, "sums", "Late dossiers|5||", "Late, with a letter|2|5|40.00%",
                "Late, without a letter|3|5|60.00%", "Letters issued|2||", "Letters in time|1|2|50.00%",
                "New date kept|1|1|100.00%", "New date not kept|0|1|0.00%", "Open, undecided|0||",
                "Of these past the new date|0||", "After a late result, without a new date|1||",
                "Numbers taken back|1||");
    EXPECT_ROWS(
        &r, "letters",
        "07/PXL|2026-11-05|H42.26.21-261103-0002|1.001 Thủ tục thử|2026-11-06|2026-11-10||2026-11-10|In "
        "time|Kept||Một cửa|Chờ xác minh",
        "08/PXL|2026-11-06|H42.26.21-261102-0006|1.001 Thủ tục thử|2026-11-05|||2026-11-06|Late|No "
        "new date||Chi nhánh VPĐK|Xin lỗi muộn",
        "09/PXL|2026-11-11|H42.26.21-261109-0007|1.001 Thủ tục thử|2026-11-12|2026-11-13|||In time|"
        "Taken back||Một cửa|Sợ trễ");
    EXPECT_ROWS(&r, "units", "1|Chi nhánh VPĐK|1|1|100.00%|1|0|0|0|0|0", "2|Một cửa|4|1|25.00%|1|1|1|0|0|1",
                "|Total|5|2|40.00%|2|1|1|0|0|1");
    report_release(&r);
}

/* A letter on Tue 03/11 to Tue 10/11; the supplement that is asked for on the 4th comes on the 12th: due Tue
 * 17/11 then, and solved on it: kept, by another due day than the letter's. */
static void letters_say_what_they_were_judged_by(void **state)
{
    static struct feeder f;
    struct report r;
    struct buf text = BUF_INIT;
    (void)state;
    feeder_init(&f);
    received(&f, "2026-11-02T09:00", CHANNEL_DIRECT);
    next_letter(&f, 7);
    did(&f, "2026-11-03T09:00", ask_apologize("Chờ xác minh", "2026-11-10", NULL));
    did(&f, "2026-11-04T09:00", ask_supplement(NULL));
    did(&f, "2026-11-12T09:00", ask_restart(NULL));
    did(&f, "2026-11-17T09:00", ask_resolve(NULL));
    feeder_keep(&f);
    make(&f, REPORT_LETTERS, "2026-11-01", "2026-11-18", &r);
    const struct report_part *part = feeder_part(&r, "letters");
    assert_string_equal(feeder_row(&text, part, 0, LANG_EN),
                        "07/PXL|2026-11-03|H42.26.21-261102-0001|1.001 Thủ tục thử|2026-11-05|2026-11-10|"
                        "2026-11-17|2026-11-17|In time|Kept||Một cửa|Chờ xác minh");
    report_release(&r);
    make(&f, REPORT_LETTERS, "2026-11-01", "2026-11-10", &r); /* it waited, and had no due day */
    assert_string_equal(feeder_row(&text, feeder_part(&r, "letters"), 0, LANG_EN),
                        "07/PXL|2026-11-03|H42.26.21-261102-0001|1.001 Thủ tục thử|2026-11-05|2026-11-10|"
                        "||In time|Open||Một cửa|Chờ xác minh");
    report_release(&r);
    buf_release(&text);
    feeder_release(&f);
}

/* At the closing B runs towards its new date, undecided; the day after that date it would be broken. */
static void letters_undecided(void **state)
{
    struct report r;
    struct buf text = BUF_INIT;
    make(*state, REPORT_LETTERS, "2026-11-01", "2026-11-08", &r);
    const struct report_part *part = feeder_part(&r, "sums");
    assert_string_equal(feeder_row(&text, part, 5, LANG_EN), "New date kept|0|0|");
    assert_string_equal(feeder_row(&text, part, 7, LANG_EN), "Open, undecided|1||");
    assert_string_equal(feeder_row(&text, part, 8, LANG_EN), "Of these past the new date|0||");
    buf_release(&text);
    report_release(&r);
}

/* ---- daily ---- */

static void daily_counts_days(void **state)
{
    struct report r;
    make(*state, REPORT_DAILY, "2026-11-02", "2026-11-06", &r);
    EXPECT_ROWS(&r, "days", "2026-11-02|Monday|3|3|0|0|0|0|0|0|0|0|0|5,000|0|0",
                "2026-11-03|Tuesday|1|1|0|0|0|1|0|0|0|0|0|0|0|1",
                "2026-11-04|Wednesday|2|2|0|0|1|0|0|1|1|1|0|20,000|0|0",
                "2026-11-05|Thursday|1|0|1|0|0|0|1|0|0|3|0|10,000|0|0",
                "2026-11-06|Friday|0|0|0|0|0|0|0|2|1|0|2|0|5,000|0",
                "|Total|7|6|1|0|1|1|1|3|2|4||35,000|5,000|1");
    EXPECT_ROWS(&r, "cash", "huong|2|15,000|0|15,000|1", "nam|1|20,000|5,000|15,000|0",
                "Total|3|35,000|5,000|30,000|1");
    report_release(&r);
}

static void daily_lists_a_few_days(void **state)
{
    struct report r;
    make(*state, REPORT_DAILY, "2026-11-04", "2026-11-05", &r);
    EXPECT_ROWS(&r, "dossiers",
                "2026-11-04 08:00|H42.26.21-261104-0009|1.002 Thủ tục thử|Nguyễn Thị Hương|huong|2026-11-04 "
                "17:00|15,000||Ông Tư|2026-11-04 08:15",
                "2026-11-04 10:00|H42.26.21-261104-0003|1.001 Thủ tục thử|Nguyễn Thị Hương|huong|2026-11-09 "
                "17:00||||",
                "2026-11-05 08:00|H42.26.21-261105-0004|1.001 Thủ tục thử|Nguyễn Thị Hương|huong|2026-11-10 "
                "17:00|10,000||Bà Lan|2026-11-06 10:00");
    EXPECT_ROWS(&r, "turned_away",
                "2026-11-05 11:00|03/1/2026|1.001 Thủ tục thử|Lê Văn Tư|Không thuộc thẩm quyền|huong");
    report_release(&r);
    make(*state, REPORT_DAILY, "2026-11-03", "2026-11-03", &r);
    EXPECT_ROWS(&r, "turned_away",
                "2026-11-03 10:00|02/4/2026|1.001 Thủ tục thử|Lê Văn Tư|Bia do.; CCC|huong");
    EXPECT_ROWS(&r, "dossiers",
                "2026-11-03 08:00|H42.26.21-261103-0002|1.001 Thủ tục thử|Nguyễn Thị Hương|huong|2026-11-10 "
                "17:00|0|Exempt||");
    report_release(&r);
    make(*state, REPORT_DAILY, "2026-11-02", "2026-11-09", &r);
    assert_int_equal(r.parts, 2); /* eight days: no lists */
    report_release(&r);
}

/* Days off on which nothing happened are left out, and those to come. */
static void daily_shows_days(void **state)
{
    struct report r;
    make(*state, REPORT_DAILY, "2026-11-07", "2026-11-10", &r);
    /* Monday: G received, A solved, C due; E has begun to wait. A refusal at the counter. Tuesday: B is
     * solved on its promised day; D's day too, but it was solved before. C is overdue. */
    EXPECT_ROWS(&r, "days", "2026-11-09|Monday|1|1|0|0|0|0|1|1|0|1|0|0|0|0",
                "2026-11-10|Tuesday|0|0|0|0|0|0|0|1|0|1|1|0|0|0", "|Total|1|1|0|0|0|0|1|2|0|2||0|0|0");
    report_release(&r);
    make(*state, REPORT_DAILY, "2026-11-19", "2026-11-30", &r);
    EXPECT_ROWS(&r, "days", "2026-11-19|Thursday|0|0|0|0|0|0|0|0|0|0|1|0|0|0",
                "2026-11-20|Friday|0|0|0|0|0|0|0|0|0|0|1|0|0|0", "|Total|0|0|0|0|0|0|0|0|0|0||0|0|0");
    report_release(&r);
    make(*state, REPORT_DAILY, "2026-12-01", "2026-12-02", &r);
    EXPECT_ROWS(&r, "days", "|Total|0|0|0|0|0|0|0|0|0|0||0|0|0");
    report_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(late_names_all),
        cmocka_unit_test(late_adds_up),
        cmocka_unit_test(late_waits),
        cmocka_unit_test(late_by_promise),
        cmocka_unit_test(late_shows_the_promised_day_that_was_passed),
        cmocka_unit_test(nothing_late_is_said),
        cmocka_unit_test(officers_are_counted),
        cmocka_unit_test(officers_up_to_the_number),
        cmocka_unit_test(officers_of_another_week),
        cmocka_unit_test(letters_are_counted),
        cmocka_unit_test(letters_undecided),
        cmocka_unit_test(letters_say_what_they_were_judged_by),
        cmocka_unit_test(daily_counts_days),
        cmocka_unit_test(daily_lists_a_few_days),
        cmocka_unit_test(daily_shows_days),
        cmocka_unit_test(steps_that_overran),
    };
    return cmocka_run_group_tests(tests, lived, forgotten);
}
