/* What may be done with a dossier in which state, and who may do what: two tables, written out by hand from
 * the rules and tried cell by cell on a real store.
 *
 * Prints both. The manual's second page keeps them, in English and in Vietnamese; the test fails where a page
 * says something else. MOTCUA_STATES=PAGE (man/motcua.7, man/vi/motcua.7) writes them into that page instead.
 */
#include "core/wire.h"
#include "tests/manual_block.h"
#include "tests/store_desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define ASSERT_DONE(outcome) assert_string_equal(outcome_kind_name((outcome).kind), "done")
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- marks ---- */

static const struct mark {
    char mark;
    const char *kind;
} marks[] = {
    {'+', "done"},
    {'w', "waiting"},
    {'n', "not_waiting"},
    {'r', "already_resolved"},
    {'o', "not_open"},
    {'f', "not_resolved"},
    {'A', "second_apology"},
    {'S', "second_supplement"},
    {'L', "late_supplement"},
    {'D', "use_stop"},
    {'W', "use_withdraw"},
    {'0', "nothing_to_undo"},
    {'u', "until_missing"},
    {'t', "not_late"},
    {'e', "no_late_reason"},
    {'k', "fee_kept"},
    {'-', "not_allowed"},
};

static char mark_of(const char *kind)
{
    for (size_t i = 0; i < COUNT(marks); i++)
        if (strcmp(marks[i].kind, kind) == 0)
            return marks[i].mark;
    return '?';
}

/* ---- states: what brings a dossier there ---- */

enum { LONGEST = 4 };
struct did {
    enum command_kind kind; /* 0: no more */
    const char *at;
};

/* It is Monday 2026-11-16 10:00. Three working days from Thursday 12/11 end on Tuesday 17/11, from Monday
 * 9/11 on Thursday 12/11; from Wednesday 11/11 today. What is recorded of 2024 is recorded today, too late.
 */
#define NOW "2026-11-16T10:00"

static const struct state {
    const char *en, *vi;
    const char *received;
    struct did act[LONGEST];
    const char *at; /* of the command tried */
} states[] = {
    {"received", "vừa tiếp nhận", "2026-11-16T08:00", {{0}}, NOW},
    {"past its due day", "đã quá hạn", "2026-11-09T08:00", {{0}}, NOW},
    {"rescheduled by its letter",
     "đã xin lỗi, hẹn lại",
     "2026-11-11T08:00",
     {{COMMAND_APOLOGIZE, "2026-11-13T09:00"}},
     NOW},
    {"waiting for a supplement",
     "chờ bổ sung",
     "2026-11-12T08:00",
     {{COMMAND_SUPPLEMENT, "2026-11-13T09:00"}},
     NOW},
    {"waiting for a payment",
     "chờ thực hiện nghĩa vụ tài chính",
     "2026-11-12T08:00",
     {{COMMAND_AWAIT_PAYMENT, "2026-11-13T09:00"}},
     NOW},
    {"restarted after its supplement",
     "đã bổ sung, tính lại từ đầu",
     "2026-11-11T08:00",
     {{COMMAND_SUPPLEMENT, "2026-11-11T09:00"}, {COMMAND_RESTART, "2026-11-13T09:00"}},
     NOW},
    {"running again after a payment",
     "đã nộp tiền, giải quyết tiếp",
     "2026-11-11T08:00",
     {{COMMAND_AWAIT_PAYMENT, "2026-11-11T09:00"}, {COMMAND_PAID, "2026-11-13T09:00"}},
     NOW},
    {"resolved in time",
     "xử lý xong đúng hạn",
     "2026-11-12T08:00",
     {{COMMAND_RESOLVE, "2026-11-13T09:00"}},
     NOW},
    {"resolved late, no letter yet",
     "xử lý xong quá hạn, chưa có phiếu xin lỗi",
     "2026-11-09T08:00",
     {{COMMAND_RESOLVE, "2026-11-13T09:00"}},
     NOW},
    {"resolved late, with its letter",
     "xử lý xong quá hạn, đã có phiếu xin lỗi",
     "2026-11-09T08:00",
     {{COMMAND_RESOLVE, "2026-11-13T09:00"}, {COMMAND_APOLOGIZE, "2026-11-13T10:00"}},
     NOW},
    {"returned",
     "đã trả kết quả",
     "2026-11-12T08:00",
     {{COMMAND_RESOLVE, "2026-11-13T09:00"}, {COMMAND_RETURN, "2026-11-13T10:00"}},
     NOW},
    {"refused in time", "từ chối trong hạn", "2026-11-12T08:00", {{COMMAND_REFUSE, "2026-11-13T09:00"}}, NOW},
    {"refused late, no letter yet",
     "từ chối quá hạn, chưa có phiếu xin lỗi",
     "2026-11-09T08:00",
     {{COMMAND_REFUSE, "2026-11-13T09:00"}},
     NOW},
    {"refused, the refusal handed over",
     "từ chối, đã trả văn bản",
     "2026-11-09T08:00",
     {{COMMAND_REFUSE, "2026-11-13T09:00"}, {COMMAND_RETURN, "2026-11-13T10:00"}},
     NOW},
    {"stopped", "đã dừng", "2026-11-12T08:00", {{COMMAND_STOP, "2026-11-13T09:00"}}, NOW},
    {"stopped late, no letter yet",
     "đã dừng khi quá hạn, chưa có phiếu xin lỗi",
     "2026-11-09T08:00",
     {{COMMAND_STOP, "2026-11-13T09:00"}},
     NOW},
    {"void", "đã hủy", "2026-11-12T08:00", {{COMMAND_VOID, "2026-11-13T09:00"}}, NOW},
    {"received before 1 July 2025, long past due",
     "tiếp nhận trước 01/7/2025, quá hạn đã lâu",
     "2024-03-04T08:00",
     {{0}},
     "2024-03-06T09:00"},
    {"of then, waiting for a supplement",
     "tiếp nhận trước 01/7/2025, chờ bổ sung",
     "2024-03-04T08:00",
     {{COMMAND_SUPPLEMENT, "2024-03-05T09:00"}},
     "2024-03-06T09:00"},
    {"of then, withdrawn",
     "tiếp nhận trước 01/7/2025, đã rút",
     "2024-03-04T08:00",
     {{COMMAND_WITHDRAW, "2024-03-05T09:00"}},
     "2024-03-06T09:00"},
    {"received, its fee taken",
     "vừa tiếp nhận, đã thu phí",
     "2026-11-16T08:00",
     {{COMMAND_FEE, "2026-11-16T09:00"}},
     NOW},
};
enum { STATES = COUNT(states) };

/* ---- commands, and what becomes of each in each state ---- */

/* What is tried where one kind of command is two rows. */
enum variant { USUAL = 0, INSISTING, WITHOUT_UNTIL, OF_LIMIT, EXCUSING };

/* clang-format off */
static const struct row_of_commands {
    const char *name;
    enum command_kind kind;
    enum variant variant;
    const char *expected; /* a mark a state, blanks between groups of them */
} commands[] = {
    /* 1-3 running; 4-5 waiting; 6-7 running again; 8-11 with a result; 12-14 refused; 15-16 stopped; 17 void; 18-20 received
     * under Decree 61: running, waiting, withdrawn; 21 the fee taken */
    {"transfer",            COMMAND_TRANSFER,       USUAL,          "+++ ww ++ rrrr ooo ooo +wo +"},
    {"supplement",          COMMAND_SUPPLEMENT,     USUAL,          "+L+ ww S+ rrrr ooo ooo Lwo +"},
    {"supplement --insist", COMMAND_SUPPLEMENT,     INSISTING,      "+++ ww ++ rrrr ooo ooo +wo +"},
    {"restart",             COMMAND_RESTART,        USUAL,          "nnn +n nn rrrr ooo ooo n+o n"},
    {"await-payment",       COMMAND_AWAIT_PAYMENT,  USUAL,          "+++ ww ++ rrrr ooo ooo +wo +"},
    {"paid",                COMMAND_PAID,           USUAL,          "nnn n+ nn rrrr ooo ooo nno n"},
    {"withdraw",            COMMAND_WITHDRAW,       USUAL,          "DDD DD DD rrrr ooo ooo ++o D"},
    {"stop",                COMMAND_STOP,           USUAL,          "+++ ++ ++ rrrr ooo ooo WWo +"},
    {"apologize --until",   COMMAND_APOLOGIZE,      USUAL,          "++A ww ++ rrAr ooo ooo +wo +"},
    {"apologize",           COMMAND_APOLOGIZE,      WITHOUT_UNTIL,  "uuA ww uu r+Ar o+o o+o uwo u"},
    {"resolve",             COMMAND_RESOLVE,        USUAL,          "+++ ww ++ rrrr ooo ooo +wo +"},
    {"return",              COMMAND_RETURN,         USUAL,          "fff ww ff +++r ++o ooo fwo f"},
    {"refuse",              COMMAND_REFUSE,         USUAL,          "+++ ++ ++ rrrr ooo ooo ++o +"},
    {"void",                COMMAND_VOID,           USUAL,          "+++ ++ ++ rrrr ooo ooo ++o k"},
    {"undo",                COMMAND_UNDO,           USUAL,          "00+ ++ ++ ++++ +++ +++ 0++ +"},
    {"correct phone=",      COMMAND_CORRECT,        USUAL,          "+++ ++ ++ ++++ +++ ++o +++ +"},
    {"correct limit=",      COMMAND_CORRECT,        OF_LIMIT,       "+++ ww ++ rrrr ooo ooo +wo +"},
    {"rate",                COMMAND_RATE,           USUAL,          "fff ff ff ++++ fff fff fff f"},
    {"fee",                 COMMAND_FEE,            USUAL,          "+++ ++ ++ ++++ +++ ++o +++ +"},
    {"late --category",     COMMAND_LATE_REASON,    USUAL,          "t+t tt tt t++t t++ t+o ++t t"},
    {"late --excuse",       COMMAND_LATE_REASON,    EXCUSING,       "tet tt tt te+t tee teo eet t"},
};
/* clang-format on */
enum { COMMANDS = COUNT(commands) };

/* The marks without the blanks. */
static void expected_row(const struct row_of_commands *row, char out[STATES + 1])
{
    size_t n = 0;
    for (const char *p = row->expected; *p; p++)
        if (*p != ' ' && n < STATES)
            out[n++] = *p;
    out[n] = '\0';
    assert_int_equal(n, STATES);
}

static struct str needs(void)
{
    static struct buf list = BUF_INIT;
    buf_reset(&list);
    wire_list_add(&list, STR("Bản sao giấy khai sinh"));
    return buf_str(&list);
}

static struct command the_command(enum command_kind kind, enum variant variant, const char *at)
{
    static const struct change phone = {CORRECT_PHONE, STR("0987654321")};
    static const struct change limit = {CORRECT_LIMIT, STR("5 working_days")};
    struct command c = {.kind = kind, .at = desk_time(at)};
    switch (kind) {
    case COMMAND_TRANSFER: c.transfer.to = STR("nam"); break;
    case COMMAND_SUPPLEMENT:
        c.supplement.reason = STR("Thiếu giấy tờ");
        c.supplement.needs = needs();
        c.supplement.insist = variant == INSISTING;
        break;
    case COMMAND_PAID: c.resume.within = (struct limit){LIMIT_WORKING_DAYS, 500, LIMIT_NO_CUTOFF}; break;
    case COMMAND_RESTART:
    case COMMAND_AWAIT_PAYMENT:
    case COMMAND_RESOLVE:
    case COMMAND_RETURN: break;
    case COMMAND_APOLOGIZE:
        c.apologize.reason = STR("Chờ xác minh");
        c.apologize.until = variant == WITHOUT_UNTIL ? NO_TIME : desk_time("2026-12-01T09:00");
        break;
    case COMMAND_CORRECT:
        c.correct.reason = STR("Gõ nhầm");
        c.correct.change = variant == OF_LIMIT ? &limit : &phone;
        c.correct.count = 1;
        break;
    case COMMAND_RATE: c.rate.stars = 5; break;
    case COMMAND_FEE: c.fee.amount = 8000; break;
    case COMMAND_LATE_REASON:
        c.late_reason.category = variant == EXCUSING ? LATE_UNSAID : LATE_LOAD;
        c.late_reason.reason = variant == EXCUSING ? STR_NONE : STR("Nhiều việc");
        c.late_reason.excuse = variant == EXCUSING ? EXCUSE_GOOD : EXCUSE_UNSAID;
        break;
    default: c.end.reason = STR("Theo đơn của người nộp"); break;
    }
    return c;
}

/* Brings a new dossier into this state; its code in `code`. */
static uint64_t bring(struct store_desk *d, const struct state *state, char code[64])
{
    uint64_t id = store_desk_receive(d, "1.001", "Nguyễn Thị Hương", state->received, code);
    for (int i = 0; i < LONGEST && state->act[i].kind; i++) {
        bool solved = i > 0 && state->act[i - 1].kind == COMMAND_RESOLVE;
        enum variant variant = solved ? WITHOUT_UNTIL : INSISTING;
        struct command c = the_command(state->act[i].kind, variant, state->act[i].at);
        if (state->act[i].kind == COMMAND_APOLOGIZE && !solved)
            c.apologize.until = desk_time("2026-11-20T17:00");
        c.dossier = str_of(code);
        struct outcome o = store_desk_ask(d, c, NULL);
        if (!outcome_ok(&o))
            fail_msg("cannot bring a dossier to be %s: %s", state->en, outcome_kind_name(o.kind));
    }
    return id;
}

static uint64_t head_of(struct store_desk *d)
{
    struct store_stat stat;
    struct view *v;
    ASSERT_DONE(view_begin(d->store, &v));
    view_stat(v, &stat);
    view_end(v);
    return stat.head_seq;
}

/* What a screen would say before anything is typed. */
static struct outcome preview(struct store_desk *d, uint64_t id, enum command_kind kind)
{
    struct view *v;
    struct dossier dossier;
    struct moment moment = {.now = d->now, .login = str_of(d->login)};
    ASSERT_DONE(view_begin(d->store, &v));
    assert_true(view_dossier(v, id, &dossier));
    struct outcome o = decide_preview(view_office(v), &dossier, kind, &moment);
    view_end(v);
    return o;
}

/* Tries one cell. Returns the kind, and complains of what goes with every cell: a refusal leaves no trace and
 * cites the dossier's own rules; a preview forbids nothing that may be done, and says why as the command
 * does. */
static const char *try_cell(struct store_desk *d, const struct state *state,
                            const struct row_of_commands *row, int *bad)
{
    char code[64];
    uint64_t id = bring(d, state, code);
    struct command c = the_command(row->kind, row->variant, state->at);
    struct outcome before = preview(d, id, row->kind);
    uint64_t head = head_of(d);
    c.dossier = str_of(code);
    struct outcome o = store_desk_ask(d, c, NULL);
    const char *kind = outcome_kind_name(o.kind);
    bool is_61 = desk_time(state->received) < desk_time("2025-07-01");
    if ((head_of(d) == head) == outcome_ok(&o)) {
        print_error("%s, %s: %s, but the journal's head says otherwise\n", row->name, state->en, kind);
        ++*bad;
    }
    if (o.law != LAW_NONE && o.rules != (is_61 ? RULES_61 : RULES_118)) {
        print_error("%s, %s: %s cites the wrong rules\n", row->name, state->en, kind);
        ++*bad;
    }
    if (!outcome_ok(&before) && before.kind != o.kind) {
        print_error("%s, %s: %s, but the preview says %s\n", row->name, state->en, kind,
                    outcome_kind_name(before.kind));
        ++*bad;
    }
    return kind;
}

/* ---- who may ---- */

struct
try {
    struct store_desk *desk;
    const char *login,
        *owner; /* who prepares what is one's own: the same, or admin for whom nothing is allowed */
    char code[64];
};

static struct outcome ask_as(struct try *t, const char *login, struct command c)
{
    t->desk->login = login;
    c.dossier = str_of(t->code); /* unused by receipts and the office */
    return store_desk_ask(t->desk, c, NULL);
}

static void prepare(struct try *t, const char *login, struct command c)
{
    struct outcome o = ask_as(t, login, c);
    if (!outcome_ok(&o))
        fail_msg("%s cannot prepare command %d: %s", login, c.kind, outcome_kind_name(o.kind));
}

static civil_minute now_of(const struct try *t)
{
    return civil_from_utc(t->desk->now, 7 * 60);
}

static void received(struct try *t, const char *procedure, civil_minute at)
{
    struct command c = desk_receive(procedure, "Trần Văn Ba", NULL, NULL);
    static const struct limit limit = {LIMIT_WORKING_DAYS, 300, LIMIT_NO_CUTOFF};
    c.at = at;
    if (strcmp(procedure, "1.003") == 0)
        c.receive.limit = limit;
    struct result result;
    struct view *v;
    struct dossier dossier;
    t->desk->login = "admin";
    ASSERT_DONE(store_desk_ask(t->desk, c, &result));
    ASSERT_DONE(view_begin(t->desk->store, &v));
    assert_true(view_dossier(v, result.dossier, &dossier));
    snprintf(t->code, sizeof t->code, "%.*s", STR_ARG(dossier.code));
    view_end(v);
}

static struct outcome try_read(struct try *t)
{
    struct view *v;
    ASSERT_DONE(view_begin(t->desk->store, &v));
    struct outcome o = decide_allowed(view_office(v), str_of(t->login), ACT_READ);
    view_end(v);
    return o;
}

static struct outcome try_receive(struct try *t)
{
    return ask_as(t, t->login, desk_receive("1.001", "Siu Đạt", NULL, NULL));
}

static struct outcome try_transfer(struct try *t)
{
    received(t, "1.001", NO_TIME);
    return ask_as(t, t->login, the_command(COMMAND_TRANSFER, USUAL, NULL));
}

static struct outcome try_turn_away(struct try *t)
{
    struct command c = {.kind = COMMAND_TURN_AWAY, .at = NO_TIME};
    c.turn_away.procedure = STR("1.001");
    c.turn_away.applicant.name = STR("Siu Đạt");
    c.turn_away.needs = needs();
    return ask_as(t, t->login, c);
}

static struct outcome try_fee(struct try *t)
{
    received(t, "1.001", NO_TIME);
    return ask_as(t, t->login, the_command(COMMAND_FEE, USUAL, NULL));
}

static struct outcome try_late_reason(struct try *t)
{
    received(t, "1.001", now_of(t) - 20 * 1440);
    return ask_as(t, t->login, the_command(COMMAND_LATE_REASON, USUAL, NULL));
}

static struct outcome try_excuse(struct try *t)
{
    received(t, "1.001", now_of(t) - 20 * 1440);
    prepare(t, "admin", the_command(COMMAND_LATE_REASON, USUAL, NULL));
    return ask_as(t, t->login, the_command(COMMAND_LATE_REASON, EXCUSING, NULL));
}

static struct outcome receive_with_limit(struct try *t, const char *procedure)
{
    struct command c = desk_receive(procedure, "Siu Đạt", NULL, NULL);
    c.receive.limit = (struct limit){LIMIT_WORKING_DAYS, 700, LIMIT_NO_CUTOFF};
    return ask_as(t, t->login, c);
}

static struct outcome try_limit_where_there_is_none(struct try *t)
{
    return receive_with_limit(t, "1.003");
}

static struct outcome try_limit_against_the_catalogue(struct try *t)
{
    return receive_with_limit(t, "1.001");
}

static struct outcome try_correct_plain(struct try *t)
{
    received(t, "1.001", now_of(t) - 5 * 1440);
    return ask_as(t, t->login, the_command(COMMAND_CORRECT, USUAL, NULL));
}

static struct outcome try_correct_due_at_once(struct try *t)
{
    received(t, "1.003", NO_TIME);
    return ask_as(t, t->login, the_command(COMMAND_CORRECT, OF_LIMIT, NULL));
}

static struct outcome try_correct_due_later(struct try *t)
{
    received(t, "1.003", now_of(t) - 1440);
    return ask_as(t, t->login, the_command(COMMAND_CORRECT, OF_LIMIT, NULL));
}

/* Half a working hour from two hours ago. */
static struct outcome try_correct_due_when_past(struct try *t)
{
    static const struct limit half_an_hour = {LIMIT_WORKING_HOURS, 50, LIMIT_NO_CUTOFF};
    struct command c = desk_receive("1.003", "Trần Văn Ba", NULL, NULL);
    static int number = 0;
    snprintf(t->code, sizeof t->code, "P-%04d", ++number);
    c.receive.code = str_of(t->code);
    c.receive.limit = half_an_hour;
    c.at = now_of(t) - 120;
    t->desk->login = "admin";
    ASSERT_DONE(store_desk_ask(t->desk, c, NULL));
    return ask_as(t, t->login, the_command(COMMAND_CORRECT, OF_LIMIT, NULL));
}

static struct outcome try_paid(struct try *t)
{
    received(t, "1.001", NO_TIME);
    prepare(t, "admin", the_command(COMMAND_AWAIT_PAYMENT, USUAL, NULL));
    return ask_as(t, t->login, the_command(COMMAND_PAID, USUAL, NULL));
}

static struct outcome try_paid_again(struct try *t)
{
    received(t, "1.001", NO_TIME);
    prepare(t, "admin", the_command(COMMAND_AWAIT_PAYMENT, USUAL, NULL));
    prepare(t, "admin", the_command(COMMAND_PAID, USUAL, NULL));
    prepare(t, "admin", the_command(COMMAND_AWAIT_PAYMENT, USUAL, NULL));
    return ask_as(t, t->login, the_command(COMMAND_PAID, USUAL, NULL));
}

static struct outcome try_backdate(struct try *t, int days)
{
    received(t, "1.001", now_of(t) - 40 * 1440);
    struct command c = the_command(COMMAND_RESOLVE, USUAL, NULL);
    c.at = now_of(t) - days * 1440;
    return ask_as(t, t->login, c);
}

static struct outcome try_yesterday(struct try *t)
{
    return try_backdate(t, 1);
}

static struct outcome try_a_month_ago(struct try *t)
{
    return try_backdate(t, 30);
}

static struct outcome try_insist_on_a_second(struct try *t)
{
    received(t, "1.001", NO_TIME);
    prepare(t, "admin", the_command(COMMAND_SUPPLEMENT, USUAL, NULL));
    prepare(t, "admin", the_command(COMMAND_RESTART, USUAL, NULL));
    return ask_as(t, t->login, the_command(COMMAND_SUPPLEMENT, INSISTING, NULL));
}

static struct outcome try_insist_when_late(struct try *t)
{
    received(t, "1.001", now_of(t) - 20 * 1440);
    return ask_as(t, t->login, the_command(COMMAND_SUPPLEMENT, INSISTING, NULL));
}

static struct outcome undo(struct try *t, const char *who_did, int64_t seconds_later)
{
    received(t, "1.001", NO_TIME);
    prepare(t, who_did, the_command(COMMAND_TRANSFER, USUAL, NULL));
    t->desk->now += seconds_later;
    return ask_as(t, t->login, the_command(COMMAND_UNDO, USUAL, NULL));
}

static struct outcome try_undo_own(struct try *t)
{
    return undo(t, t->owner, 60);
}

static struct outcome try_undo_own_of_yesterday(struct try *t)
{
    return undo(t, t->owner, 86400);
}

static struct outcome try_undo_of_another(struct try *t)
{
    return undo(t, strcmp(t->login, "huong") == 0 ? "nam" : "huong", 60);
}

static struct outcome try_void(struct try *t)
{
    received(t, "1.001", NO_TIME);
    return ask_as(t, t->login, the_command(COMMAND_VOID, USUAL, NULL));
}

/* Each of several, and all must end alike. */
static struct outcome try_all(struct try *t, const struct command *c, size_t n)
{
    struct outcome first = ask_as(t, t->login, c[0]);
    for (size_t i = 1; i < n; i++) {
        struct outcome o = ask_as(t, t->login, c[i]);
        if (o.kind != first.kind)
            return o;
    }
    return first;
}

static struct outcome try_catalogue(struct try *t)
{
    static const struct step process[] = {
        {STR("Thẩm định"), ROLE_SPECIALIST, {LIMIT_WORKING_DAYS, 200, LIMIT_NO_CUTOFF}}};
    struct procedure p = {.code = STR("7.001"),
                          .name = STR("Thủ tục thử"),
                          .field = STR("Hộ tịch"),
                          .limit = {LIMIT_WORKING_DAYS, 300, LIMIT_NO_CUTOFF},
                          .fee = -1,
                          .online = -1,
                          .postal = -1};
    const struct command c[] = {
        {.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME, .procedure = p},
        {.kind = COMMAND_STEPS_PUT, .at = NO_TIME, .steps = {STR("7.001"), process, COUNT(process)}},
        {.kind = COMMAND_PROCEDURE_RETIRE, .at = NO_TIME, .retired = STR("7.001")},
    };
    return try_all(t, c, COUNT(c));
}

/* A year of its own for each, since what was put stays. */
static struct outcome try_calendar(struct try *t)
{
    static civil_day friday = 21624; /* 2029-03-16 */
    friday += 364;
    const struct command c[] = {
        {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = {friday, DAY_OFF, STR("Nghỉ"), STR_NONE}},
        {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = {friday + 1, DAY_WORKED, STR("Làm bù"), STR_NONE}},
        {.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = {friday + 3, DAY_CLOSED, STR("Bão"), STR_NONE}},
        {.kind = COMMAND_HOURS_PUT,
         .at = NO_TIME,
         .hours = {.from = friday, .weekdays = 0x3e, .span_count = 1, .span = {{480, 960}}}},
        {.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = {2026, 2026}},
        {.kind = COMMAND_DAY_REMOVE, .at = NO_TIME, .day_removed = friday},
    };
    return try_all(t, c, COUNT(c));
}

static struct outcome try_import(struct try *t)
{
    static char code[32];
    static int number = 0;
    snprintf(code, sizeof code, "000.00.53.H48-%04d", ++number);
    struct command c = {.kind = COMMAND_IMPORT, .at = now_of(t) - 1440};
    c.import.code = str_of(code);
    c.import.procedure = STR("1.001");
    c.import.applicant.name = STR("Siu Đạt");
    c.import.state = STATE_PROCESSING;
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = c.import.resolved = c.import.returned = NO_TIME;
    return ask_as(t, t->login, c);
}

static struct outcome try_settings(struct try *t)
{
    const struct command c[] = {
        {.kind = COMMAND_SETTING_PUT, .at = NO_TIME, .setting = {STR("soon.days"), STR("2")}},
        {.kind = COMMAND_SETTING_PUT, .at = NO_TIME, .setting = {STR("soon.days"), STR_NONE}},
    };
    return try_all(t, c, COUNT(c));
}

/* No command of the journal: whoever rewrites the file asks first. */
static struct outcome try_compact(struct try *t)
{
    struct view *v;
    struct outcome o = view_begin(t->desk->store, &v);
    if (!outcome_ok(&o))
        return o;
    o = decide_allowed(view_office(v), str_of(t->login), ACT_COMPACT);
    view_end(v);
    return o;
}

static struct outcome try_people(struct try *t)
{
    struct officer person = {.login = STR("moi"), .name = STR("Người mới"), .role = ROLE_OFFICER};
    const struct command c[] = {
        {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = person},
        {.kind = COMMAND_OFFICER_RETIRE, .at = NO_TIME, .retired = person.login},
    };
    return try_all(t, c, COUNT(c));
}

/* An hour behind what was just recorded. */
static struct outcome try_clock(struct try *t)
{
    received(t, "1.001", NO_TIME);
    t->desk->now -= 3600;
    const struct command c = {
        .kind = COMMAND_CLOCK_ACCEPT, .at = NO_TIME, .clock = {.reason = STR("Đồng hồ chạy nhanh")}};
    struct outcome o = ask_as(t, t->login, c);
    t->desk->now += 3600;
    return o;
}

static const struct person {
    const char *login, *en;
} people[] = {
    {"huong", "officer"}, {"nam", "specialist"}, {"chief", "chief"},
    {"admin", "admin"},   {"gone", "retired"},   {"nobody", "unknown"},
};
enum { PEOPLE = COUNT(people) };

/* clang-format off */
static const struct row_of_acts {
    const char *en, *vi;
    struct outcome (*attempt)(struct try *t);
    const char *expected; /* a mark a person */
} acts[] = {
    {"read what the office knows", "xem dữ liệu của cơ quan", try_read,
     "++++--"},
    {"receive", "tiếp nhận", try_receive,
     "++++--"},
    {"transfer, and the like", "chuyển, và các việc hằng ngày", try_transfer,
     "++++--"},
    {"turn away at the counter", "không tiếp nhận tại quầy", try_turn_away,
     "++++--"},
    {"take a fee, exempt, give back", "thu, miễn, hoàn phí, lệ phí", try_fee,
     "++++--"},
    {"say why something is late", "nêu lý do trễ hạn", try_late_reason,
     "++++--"},
    {"judge that reason", "xem xét lý do đó có chính đáng không", try_excuse,
     "--++--"},
    {"give a limit where there is none", "nhập thời hạn khi danh mục chưa có", try_limit_where_there_is_none,
     "++++--"},
    {"give one against the catalogue", "nhập thời hạn khác danh mục", try_limit_against_the_catalogue,
     "--++--"},
    {"record what was yesterday", "ghi việc của hôm qua", try_yesterday,
     "++++--"},
    {"record what was long ago", "ghi việc đã lâu", try_a_month_ago,
     "--++--"},
    {"insist on a second supplement", "yêu cầu bổ sung lần nữa", try_insist_on_a_second,
     "--++--"},
    {"insist on one after the due day", "yêu cầu bổ sung sau hạn trả", try_insist_when_late,
     "--++--"},
    {"correct a name, a phone", "đính chính tên, số điện thoại", try_correct_plain,
     "++++--"},
    {"correct the due time that day", "đính chính hạn trong ngày tiếp nhận", try_correct_due_at_once,
     "++++--"},
    {"correct it later", "đính chính hạn sau ngày tiếp nhận", try_correct_due_later,
     "--++--"},
    {"correct it that day, once past", "đính chính hạn đã qua, trong ngày đó", try_correct_due_when_past,
     "--++--"},
    {"set the limit after a payment", "ấn định hạn sau khi nộp tiền", try_paid,
     "++++--"},
    {"set it after another payment", "ấn định hạn sau lần nộp tiền nữa", try_paid_again,
     "--++--"},
    {"undo one's own of the same day", "hủy việc của mình trong ngày", try_undo_own,
     "++++--"},
    {"undo one's own of another day", "hủy việc của mình hôm trước", try_undo_own_of_yesterday,
     "--++--"},
    {"undo another's", "hủy việc của người khác", try_undo_of_another,
     "--++--"},
    {"void", "hủy hồ sơ", try_void,
     "--++--"},
    {"bring in another system's", "nhập hồ sơ của hệ thống khác", try_import,
     "--++--"},
    {"put and retire procedures", "sửa danh mục thủ tục", try_catalogue,
     "--++--"},
    {"change days and hours", "sửa lịch, giờ làm việc", try_calendar,
     "--++--"},
    {"change settings", "sửa thiết lập", try_settings,
     "--++--"},
    {"compact the store", "nén gọn sổ dữ liệu", try_compact,
     "--++--"},
    {"put and retire officers", "thêm, bớt công chức", try_people,
     "---+--"},
    {"accept the machine's clock", "chấp nhận giờ của máy", try_clock,
     "---+--"},
};
/* clang-format on */
enum { ACTS = COUNT(acts) };

/* ---- the tables as the manual shows them ---- */

static void add_line(struct buf *out, const char *label, int width, const char *row, int gap)
{
    size_t letters = 0;
    for (const char *p = label; *p; p++)
        letters += (*p & 0xc0) != 0x80;
    buf_add_z(out, label);
    for (int i = (int)letters; i < width; i++)
        buf_add_char(out, ' ');
    for (; *row; row++) {
        for (int i = 1; i < gap; i++)
            buf_add_char(out, ' ');
        buf_add_char(out, *row);
    }
    buf_add_char(out, '\n');
}

static bool is_used(char mark)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (strchr(commands[i].expected, mark))
            return true;
    return false;
}

static void states_table(struct buf *out, bool vietnamese, const char *const rows[])
{
    buf_add_z(out, vietnamese ? "Các trạng thái:\n" : "The states:\n");
    buf_add_z(out, ".Pp\n.Bl -enum -compact\n");
    for (size_t i = 0; i < STATES; i++)
        buf_addf(out, ".It\n%s\n", vietnamese ? states[i].vi : states[i].en);
    buf_add_z(out, ".El\n.Pp\n");
    buf_add_z(out, vietnamese ? "Quản trị viên làm được gì trong từng trạng thái\n.Pq + được :\n"
                              : "What an admin may do in each\n.Pq + done :\n");
    char tens[STATES + 1] = "", units[STATES + 1] = ""; /* the states' numbers, upright */
    for (size_t i = 0; i < STATES; i++) {
        tens[i] = i < 9 ? ' ' : (char)('0' + (i + 1) / 10);
        units[i] = (char)('0' + (i + 1) % 10);
    }
    buf_add_z(out, ".Bd -literal\n");
    add_line(out, "", 20, tens, 2);
    add_line(out, "", 20, units, 2);
    for (size_t i = 0; i < COMMANDS; i++)
        add_line(out, commands[i].name, 20, rows[i], 2);
    buf_add_z(out, ".Ed\n.Pp\n");
    buf_add_z(out, vietnamese ? "Ngoài ra bị từ chối, với loại từ chối:\n"
                              : "Everything else is refused, with the kind\n");
    buf_add_z(out, ".Pp\n.Bl -tag -width xx -compact\n");
    for (size_t i = 1; i < COUNT(marks); i++)
        if (is_used(marks[i].mark))
            buf_addf(out, ".It %c\n.Li %s\n", marks[i].mark, marks[i].kind);
    buf_add_z(out, ".El\n");
}

static void roles_table(struct buf *out, bool vietnamese, const char *const rows[])
{
    buf_add_z(out, vietnamese ? ".Pq + được, - bị từ chối not_allowed :\n"
                              : ".Pq + done, - refused Li not_allowed :\n");
    buf_add_z(out, ".Bd -literal\n");
    add_line(out, "", 37, "", 0);
    out->n--; /* the heading goes on in the same line */
    buf_add_z(out, "officer specialist chief admin\n");
    for (size_t i = 0; i < ACTS; i++) {
        char row[32];
        snprintf(row, sizeof row, "   %c         %c        %c     %c", rows[i][0], rows[i][1], rows[i][2],
                 rows[i][3]);
        add_line(out, vietnamese ? acts[i].vi : acts[i].en, 37, row, 1);
    }
    buf_add_z(out, ".Ed\n.Pp\n");
    buf_add_z(out, vietnamese ? "Người không có tên trong danh sách công chức, hoặc tài khoản đã ngừng dùng, "
                                "không làm được việc nào.\n"
                              : "Who is not among the officers, or has retired, may do none of it.\n");
}

typedef void table(struct buf *out, bool vietnamese, const char *const rows[]);

/* The page says what is expected, or is made to. */
static void keep_in_manual(const char *name, table *make, const char *const rows[])
{
    static const char *const pages[] = {"man/motcua.7", "man/vi/motcua.7"};
    const char *write = getenv("MOTCUA_STATES");
    for (size_t i = 0; i < COUNT(pages); i++) {
        const char *page = write && *write ? write : pages[i];
        bool vietnamese = strstr(page, "/vi/") != NULL;
        struct buf right = BUF_INIT, there = BUF_INIT;
        make(&right, vietnamese, rows);
        if (page == write) {
            manual_block_write(page, name, buf_str(&right));
            i = COUNT(pages);
        } else if (manual_block_read(page, name, &there) && !str_eq(buf_str(&there), buf_str(&right))) {
            fail_msg("%s: the block '%s' is not what the test found; write it with MOTCUA_STATES=%s", page,
                     name, page);
        }
        buf_release(&right);
        buf_release(&there);
    }
}

/* ---- the tests ---- */

static void every_command_in_every_state(void **state)
{
    static char found[COMMANDS][STATES + 1];
    const char *rows[COMMANDS];
    struct store_desk d;
    struct buf text = BUF_INIT;
    int bad = 0;
    (void)state;
    store_desk_init(&d);
    store_desk_now(&d, NOW);
    for (size_t i = 0; i < COMMANDS; i++) {
        char expected[STATES + 1];
        expected_row(&commands[i], expected);
        for (size_t j = 0; j < STATES; j++) {
            const char *kind = try_cell(&d, &states[j], &commands[i], &bad);
            found[i][j] = mark_of(kind);
            if (found[i][j] != expected[j]) {
                print_error("%s, %s: %s, expected %c\n", commands[i].name, states[j].en, kind, expected[j]);
                bad++;
            }
        }
        rows[i] = found[i];
    }
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
    states_table(&text, false, rows);
    fputs(text.p, stdout);
    buf_release(&text);
    assert_int_equal(bad, 0);
    keep_in_manual("states", states_table, rows);
}

static void retire(struct store_desk *d, const char *login)
{
    struct officer person = {.login = str_of(login), .name = str_of(login), .role = ROLE_CHIEF};
    const struct command c[] = {
        {.kind = COMMAND_OFFICER_PUT, .at = NO_TIME, .officer = person},
        {.kind = COMMAND_OFFICER_RETIRE, .at = NO_TIME, .retired = person.login},
    };
    for (size_t i = 0; i < COUNT(c); i++)
        ASSERT_DONE(store_desk_ask(d, c[i], NULL));
}

static void everybody_may_what_their_role_may(void **state)
{
    static char found[ACTS][PEOPLE + 1];
    const char *rows[ACTS];
    struct store_desk d;
    struct buf text = BUF_INIT;
    int bad = 0;
    (void)state;
    store_desk_init(&d);
    store_desk_now(&d, NOW);
    retire(&d, "gone");
    for (size_t i = 0; i < ACTS; i++) {
        assert_int_equal(strlen(acts[i].expected), PEOPLE);
        for (size_t j = 0; j < PEOPLE; j++) {
            struct try t = {.desk = &d, .login = people[j].login};
            t.owner = j < 4 ? t.login : "admin";
            struct outcome o = acts[i].attempt(&t);
            found[i][j] = mark_of(outcome_kind_name(o.kind));
            if (found[i][j] != acts[i].expected[j]) {
                print_error("%s, %s: %s, expected %c\n", acts[i].en, people[j].en, outcome_kind_name(o.kind),
                            acts[i].expected[j]);
                bad++;
            }
        }
        rows[i] = found[i];
    }
    store_desk_assert_whole(d.store);
    store_desk_release(&d);
    roles_table(&text, false, rows);
    fputs(text.p, stdout);
    buf_release(&text);
    assert_int_equal(bad, 0);
    keep_in_manual("roles", roles_table, rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_in_every_state),
        cmocka_unit_test(everybody_may_what_their_role_may),
    };
    return cmocka_run_group_tests_name("states", tests, NULL, NULL);
}
