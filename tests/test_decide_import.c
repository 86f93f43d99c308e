/* Bringing in what another system tells: each verdict, each thing that a file may say, what becomes of what
 * it does not say, and when a dossier is not to be told anew any more. */
#include "core/decide_import.h"
#include "core/past.h"
#include "core/status.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/desk_assert.h"

#define CODE "000.00.53.H48-000123"

static int set_up(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    if (!w)
        return -1;
    world_init(w);
    w->login = "chief";
    *state = w;
    return 0;
}

static int tear_down(void **state)
{
    world_release(*state);
    free(*state);
    return 0;
}

/* A dossier of three working days, received on Monday 9/11/2026, of which the file says the least. */
static struct command told(uint32_t said)
{
    struct command c = {.kind = COMMAND_IMPORT, .at = world_time("2026-11-09T09:00")};
    c.import.code = STR(CODE);
    c.import.procedure = STR("1.001");
    c.import.applicant.name = STR("Trần Văn Bình");
    c.import.state = STATE_PROCESSING;
    c.import.submitted = c.import.statutory_due = c.import.due = NO_TIME;
    c.import.waiting_since = c.import.resolved = c.import.returned = NO_TIME;
    c.import.said = said;
    return c;
}

enum { LEAST = SAID_PROCEDURE | SAID_NAME | SAID_STATE | SAID_RECEIVED };

static struct command solved(enum dossier_state dossier_state, const char *resolved, const char *returned)
{
    struct command c = told(LEAST | SAID_RESOLVED | SAID_RETURNED);
    c.import.state = dossier_state;
    c.import.resolved = world_time(resolved);
    c.import.returned = world_time(returned);
    return c;
}

static enum import_verdict judge(struct world *w, struct command c, struct outcome *why)
{
    struct moment moment = {.now = w->now, .login = str_of(w->login)};
    return import_judge(w->office, w->dossier.facts.id ? &w->dossier : NULL, &c, &moment, why, NULL);
}

/* The verdict, and that the command then does just that: so many events more, of that kind. */
#define assert_verdict(w, c, verdict) check_verdict((w), (c), (verdict), NULL, __LINE__)
#define assert_rejected(w, c, word) check_verdict((w), (c), IMPORT_REJECTED, (word), __LINE__)
static void check_verdict(struct world *w, struct command c, enum import_verdict want, const char *word,
                          int line)
{
    struct outcome why, o;
    size_t before = w->events;
    bool known = w->dossier.facts.id;
    enum import_verdict is = judge(w, c, &why);
    if (is != want)
        fail_msg("line %d: verdict %d (%s), not %d", line, is, outcome_kind_name(why.kind), want);
    o = world_ask(w, c);
    assert_int_equal(o.kind, why.kind);
    assert_string_equal(outcome_kind_name(o.kind), want == IMPORT_CONFLICT   ? "import_conflict"
                                                   : want == IMPORT_REJECTED ? word
                                                                             : "done");
    if (want == IMPORT_REJECTED || want == IMPORT_CONFLICT)
        assert_true(outcome_class(o.kind) == REFUSED || outcome_class(o.kind) == USAGE);
    size_t more = want == IMPORT_UPDATED || (want == IMPORT_ADDED && known) ? 1 : 0;
    assert_int_equal(w->events, want == IMPORT_ADDED ? 1 : before + more);
    if (want == IMPORT_ADDED || want == IMPORT_UPDATED)
        assert_int_equal(w->history[w->events - 1].kind,
                         want == IMPORT_ADDED ? EVENT_IMPORTED : EVENT_REIMPORTED);
}

static struct command undo(void)
{
    return ask_end(COMMAND_UNDO, "Nhầm", NULL);
}

/* ---- nobody knows it yet ---- */

static void what_nobody_knows_comes_in(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(0);
    c.import.applicant = (struct applicant){.name = STR("Công ty Hoa Mai"),
                                            .id_number = STR("0123456789"),
                                            .phone = STR("0905123456"),
                                            .email = STR("a@b.vn"),
                                            .address = STR("Thôn 2"),
                                            .organization = true,
                                            .outside = true};
    c.import.submitter = STR("Lê Thị Lan");
    c.import.authority = STR("Giấy ủy quyền");
    c.import.note = STR("Ghi chú\nhai dòng");
    c.import.officer = STR("NAM");
    c.import.receiver = STR("Bà Tám");
    c.import.unit = STR("Phòng Kinh tế");
    c.import.submitted = world_time("2026-11-08T20:00");
    c.import.channel = CHANNEL_ONLINE;
    c.import.collect = CHANNEL_POSTAL;
    c.import.sets = 3;
    assert_verdict(w, c, IMPORT_ADDED);
    assert_true(d->imported);
    assert_str(d->code, CODE);
    assert_int_equal(d->facts.procedure, 1);
    assert_int_equal(d->facts.field, 1);
    assert_int_equal(d->facts.state, STATE_PROCESSING);
    assert_true(d->facts.outside && d->receipt.applicant.organization);
    assert_str(d->receipt.applicant.name, "Công ty Hoa Mai");
    assert_str(d->receipt.applicant.id_number, "0123456789");
    assert_str(d->receipt.applicant.phone, "0905123456");
    assert_str(d->receipt.applicant.email, "a@b.vn");
    assert_str(d->receipt.applicant.address, "Thôn 2");
    assert_str(d->receipt.submitter, "Lê Thị Lan");
    assert_str(d->receipt.authority, "Giấy ủy quyền");
    assert_str(d->receipt.note, "Ghi chú\nhai dòng");
    assert_str(d->officer, "nam"); /* by name, whatever its letters' case */
    assert_int_equal(d->facts.holder, 3);
    assert_str(d->receiver, "Bà Tám"); /* nobody here: kept as it is */
    assert_str(d->unit, "Phòng Kinh tế");
    assert_int_equal(d->facts.channel, CHANNEL_ONLINE);
    assert_int_equal(d->receipt.collect, CHANNEL_POSTAL);
    assert_int_equal(d->receipt.sets, 3);
    assert_time(d->receipt.submitted, "2026-11-08T20:00");
    assert_time(d->facts.received, "2026-11-09T09:00");
    assert_time(d->facts.due, "2026-11-12T17:00"); /* none was given: three working days from Monday */
    assert_verdict(w, c, IMPORT_UNCHANGED);
}

static void what_is_not_said_is_made_up(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(LEAST);
    c.import.channel = CHANNEL_POSTAL; /* not said: says nothing */
    c.import.submitted = 5;
    c.import.resolved = 5;
    assert_verdict(w, c, IMPORT_ADDED);
    assert_int_equal(d->facts.channel, CHANNEL_DIRECT);
    assert_int_equal(d->receipt.sets, 1);
    assert_int_equal(d->receipt.submitted, NO_TIME);
    assert_int_equal(d->facts.resolved, NO_TIME);
    assert_int_equal(d->receiver.n, 0); /* who brings it in did not receive it */
}

static void an_unknown_procedure_keeps_its_title_and_field(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(LEAST | SAID_FIELD);
    c.import.procedure = STR("Cấp bản sao trích lục");
    c.import.field = STR("HỘ TỊCH"); /* which the office knows */
    assert_verdict(w, c, IMPORT_ADDED);
    assert_str(d->title, "Cấp bản sao trích lục");
    assert_str(d->field_title, "HỘ TỊCH");
    assert_int_equal(d->facts.field, 1);
    assert_int_equal(d->facts.procedure, 0);
    assert_int_equal(d->facts.due, NO_TIME);
    c.import.field = STR("Lĩnh vực khác");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->facts.field, 0);
    c.import.procedure = STR("thu tuc THU"); /* a title of the catalogue, marks and case aside */
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->facts.procedure, 1); /* the first of that title */
    assert_int_equal(d->title.n + d->field_title.n, 0);
    assert_time(d->facts.due, "2026-11-12T17:00"); /* it was counted here, and now there is a limit */
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.procedure = STR("1.005"); /* retired, and found all the same */
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->facts.procedure, 5);
    c.import.procedure = STR("1.004.01");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->facts.procedure, 4);
    c.import.procedure = STR("1.004#01");
    assert_verdict(w, c, IMPORT_UNCHANGED);
}

static void times_out_of_hours_and_of_long_ago_are_taken_as_they_are(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(LEAST | SAID_DUE | SAID_RESOLVED | SAID_RETURNED);
    c.at = world_time("1990-01-07T03:33"); /* a Sunday */
    c.import.state = STATE_RETURNED;
    c.import.due = world_time("1990-01-14T22:10");
    c.import.resolved = world_time("1990-01-14T22:11");
    c.import.returned = world_time("1990-02-04T05:00");
    assert_verdict(w, c, IMPORT_ADDED);
    assert_time(d->facts.due, "1990-01-14T22:10");
    assert_time(d->facts.returned, "1990-02-04T05:00");
    assert_int_equal(d->late.statutory, 0); /* by the day: the same one */
    assert_verdict(w, c, IMPORT_UNCHANGED);
}

/* ---- what cannot come in ---- */

static void what_cannot_be_is_rejected(void **state)
{
    struct world *w = *state;
    struct command c = told(0);
    c.import.code = STR("ab");
    assert_rejected(w, c, "bad_code");
    c = told(0);
    c.import.procedure = STR_NONE;
    assert_rejected(w, c, "empty_text");
    c = told(SAID_STATE); /* not even said: nobody knows it, so it is needed */
    c.import.applicant.name = STR(" ");
    assert_rejected(w, c, "empty_text");
    c = told(0);
    c.import.applicant.address = STR("a\nb");
    assert_rejected(w, c, "bad_text");
    c = told(0);
    c.import.state = STATE_VOID;
    assert_rejected(w, c, "bad_value");
    c = told(0);
    c.import.sets = 1001;
    assert_rejected(w, c, "bad_value");
    c.import.sets = -1;
    assert_rejected(w, c, "bad_value");
    c = told(0);
    c.at = world_time("2026-11-21T10:01"); /* it is 10:00 */
    assert_rejected(w, c, "future_time");
    c = told(0);
    c.import.submitted = world_time("2026-11-21T10:01");
    assert_rejected(w, c, "future_time");
    assert_rejected(w, solved(STATE_RESOLVED, "2026-11-21T10:01", NULL), "future_time");
    assert_rejected(w, solved(STATE_RETURNED, "2026-11-10T09:00", "2026-11-21T10:01"), "future_time");
    assert_rejected(w, solved(STATE_RESOLVED, "2026-11-09T08:59", NULL), "before_receipt");
    assert_rejected(w, solved(STATE_RETURNED, "2026-11-10T09:00", "2026-11-10T08:59"), "before_result");
    c = told(LEAST | SAID_WAITING);
    c.import.state = STATE_WAITING;
    c.import.waiting_since = world_time("2026-11-09T08:59");
    assert_rejected(w, c, "before_receipt");
    c.import.waiting_since = world_time("2026-11-21T10:01");
    assert_rejected(w, c, "future_time");
    c = solved(STATE_STOPPED, "2026-11-10T09:00", NULL);
    c.import.said |= SAID_WAITING;
    c.import.waiting_since = world_time("2026-11-10T09:01");
    assert_rejected(w, c, "before_turn");
    w->login = "huong";
    assert_rejected(w, told(0), "not_allowed");
}

/* ---- states and their times ---- */

static void what_a_state_excludes_goes_with_it(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = solved(STATE_RETURNED, "2026-11-10T09:00", "2026-11-11T09:00");
    c.import.said |= SAID_RESULT;
    c.import.result = STR("Giấy khai sinh số 5");
    assert_verdict(w, c, IMPORT_ADDED);
    assert_str(d->result, "Giấy khai sinh số 5");
    c = told(SAID_STATE); /* the cells of its end are empty now */
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->facts.state, STATE_PROCESSING);
    assert_int_equal(d->facts.resolved, NO_TIME);
    assert_int_equal(d->facts.returned, NO_TIME);
    assert_int_equal(d->result.n, 0);
    assert_int_equal(d->facts.ended_how, ENDED_NOT);
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.state = STATE_WAITING;
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.waiting_since, "2026-11-09T09:00"); /* since the receipt: nothing else is known */
    assert_int_equal(d->facts.due, NO_TIME);
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.said |= SAID_WAITING;
    c.import.waiting_since = world_time("2026-11-16T09:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.waiting_since, "2026-11-16T09:00");
    assert_int_equal(d->late.statutory, 2); /* due on Thursday, asked on Monday */
    assert_true(d->facts.was_late);
    c = solved(STATE_RESOLVED, "2026-11-12T09:00", NULL);
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->facts.waiting_since, NO_TIME);
    assert_false(d->facts.was_late);
    assert_int_equal(d->late.statutory, 0);
}

static void solved_without_a_time_is_solved_at_the_best_known(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(LEAST | SAID_RETURNED);
    c.import.state = STATE_RETURNED;
    c.import.returned = world_time("2026-11-11T15:00");
    assert_verdict(w, c, IMPORT_ADDED);
    assert_time(d->facts.resolved, "2026-11-11T15:00");
    c.import.returned = world_time("2026-11-10T15:00"); /* what was made up follows */
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.resolved, "2026-11-10T15:00");
    c = told(SAID_RESOLVED);
    c.import.resolved = world_time("2026-11-10T14:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.resolved, "2026-11-10T14:00");
    assert_time(d->facts.returned, "2026-11-10T15:00");
    c = told(SAID_RETURNED); /* and what was said does not */
    c.import.returned = world_time("2026-11-10T13:00");
    assert_rejected(w, c, "before_result");
    w->dossier = (struct dossier){0};
    c = told(LEAST);
    c.import.state = STATE_RESOLVED;
    assert_verdict(w, c, IMPORT_ADDED);
    assert_time(d->facts.resolved, "2026-11-12T17:00"); /* when it was due, which is past */
}

static void what_ended_while_it_waited_is_judged_there(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = solved(STATE_WITHDRAWN, "2026-11-20T09:00", NULL);
    c.import.said |= SAID_WAITING;
    c.import.waiting_since = world_time("2026-11-10T09:00");
    assert_verdict(w, c, IMPORT_ADDED);
    assert_time(d->facts.waiting_since, "2026-11-10T09:00");
    assert_int_equal(d->late.statutory, 0);
    struct judge j = judge_at(w->office, world_time("2026-11-21T10:00"));
    assert_int_equal(status_of(&j, &d->facts), STATUS_WITHDRAWN);
    c.import.waiting_since = world_time("2026-11-13T09:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_int_equal(d->late.statutory, 1);
    assert_true(d->facts.was_late);
}

/* ---- due times ---- */

static void two_due_times_are_judged_apart(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = solved(STATE_RESOLVED, "2026-11-16T09:00", NULL);
    c.import.said |= SAID_STATUTORY | SAID_DUE;
    c.import.statutory_due = world_time("2026-11-12T17:00");
    c.import.due = world_time("2026-11-17T17:00"); /* a letter's new date */
    assert_verdict(w, c, IMPORT_ADDED);
    assert_time(d->facts.statutory_due, "2026-11-12T17:00");
    assert_time(d->facts.due, "2026-11-17T17:00");
    assert_int_equal(d->late.statutory, 2);
    assert_int_equal(d->late.promised, 0);
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c = told(SAID_DUE); /* the other one stays */
    c.import.due = world_time("2026-11-13T17:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.statutory_due, "2026-11-12T17:00");
    assert_int_equal(d->late.promised, 1);
    c = told(SAID_STATUTORY);
    c.import.statutory_due = world_time("2026-11-17T17:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.due, "2026-11-13T17:00");
    assert_int_equal(d->late.statutory, 0);
    assert_int_equal(d->late.promised, 1);
}

static void one_due_time_is_both(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(LEAST | SAID_DUE);
    c.import.due = world_time("2026-11-30T17:00");
    assert_verdict(w, c, IMPORT_ADDED);
    assert_time(d->facts.statutory_due, "2026-11-30T17:00");
    c.import.due = world_time("2026-12-01T17:00"); /* and stays both */
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.statutory_due, "2026-12-01T17:00");
    c = told(SAID_STATUTORY);
    c.import.statutory_due = world_time("2026-12-02T17:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.due, "2026-12-02T17:00");
    c = told(SAID_RECEIVED); /* given, so it does not follow the receipt */
    c.at = world_time("2026-11-10T09:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.due, "2026-12-02T17:00");
    assert_time(d->appointment.from, "2026-11-10T09:00");
}

static void a_due_time_counted_here_follows_the_receipt(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    assert_verdict(w, told(LEAST), IMPORT_ADDED);
    struct command c = told(SAID_RECEIVED);
    c.at = world_time("2026-11-10T09:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.due, "2026-11-13T17:00");
}

/* The days moved it here; the same file says the same as ever, and an export says what stands. */
static void a_due_time_that_the_days_moved_is_not_moved_back(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    struct command c = told(LEAST | SAID_DUE);
    c.import.due = world_time("2026-11-24T17:00");
    assert_verdict(w, c, IMPORT_ADDED);
    world_move_due(w, "2026-11-25T17:00", "2026-11-25T17:00");
    assert_time(d->facts.due, "2026-11-25T17:00");
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.due = world_time("2026-11-25T17:00");
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.due = world_time("2026-11-26T17:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_time(d->facts.due, "2026-11-26T17:00");
    assert_time(d->given_due, "2026-11-26T17:00");
    world_move_due(w, "2026-11-27T17:00", "2026-11-27T17:00");
    assert_done(world_ask(w, undo())); /* and with it goes what moved it */
    assert_time(d->facts.due, "2026-11-25T17:00");
    assert_time(d->given_due, "2026-11-24T17:00");
}

/* ---- told anew ---- */

/* Every text and value, one by one: said otherwise it changes, and nothing else does. */
static struct command say_one(uint32_t said)
{
    struct command c = told(said);
    c.import.procedure = STR("1.006");
    c.import.applicant = (struct applicant){.name = STR("Lê Thị Lan"),
                                            .phone = STR("0905"),
                                            .id_number = STR("079"),
                                            .address = STR("Thôn 2"),
                                            .email = STR("a@b.vn"),
                                            .organization = true,
                                            .outside = true};
    c.import.submitter = STR("Người nộp");
    c.import.authority = STR("Giấy");
    c.import.note = STR("Ghi chú");
    c.import.officer = STR("nam");
    c.import.unit = STR("Phòng Kinh tế");
    c.import.receiver = STR("huong");
    c.import.state = STATE_RETURNED;
    c.import.result = STR("Bản sao");
    c.at = world_time("2026-11-09T10:00");
    c.import.submitted = world_time("2026-11-08T10:00");
    c.import.statutory_due = world_time("2026-11-16T17:00");
    c.import.due = world_time("2026-11-17T17:00");
    c.import.resolved = world_time("2026-11-11T10:00");
    c.import.returned = world_time("2026-11-12T10:00");
    c.import.channel = CHANNEL_ONLINE;
    c.import.collect = CHANNEL_POSTAL;
    c.import.sets = 2;
    return c;
}

/* Each bit alone, of a dossier that was solved: what it changes, by what the dossier then is in that place.
 */
static void check_one(const struct dossier *d, const struct dossier *was, uint32_t said)
{
    const struct receipt *r = &d->receipt, *q = &was->receipt;
    const struct applicant *a = &r->applicant, *b = &q->applicant;
    const struct {
        uint32_t said;
        bool new, old;
    } places[] = {
        {SAID_PROCEDURE, d->facts.procedure == 6, d->facts.procedure == was->facts.procedure},
        {SAID_NAME, str_eq(a->name, STR("Lê Thị Lan")), str_eq(a->name, b->name)},
        {SAID_PHONE, str_eq(a->phone, STR("0905")), !a->phone.n},
        {SAID_ID_NUMBER, str_eq(a->id_number, STR("079")), !a->id_number.n},
        {SAID_ADDRESS, str_eq(a->address, STR("Thôn 2")), !a->address.n},
        {SAID_EMAIL, str_eq(a->email, STR("a@b.vn")), !a->email.n},
        {SAID_KIND, a->organization, !a->organization},
        {SAID_OUTSIDE, a->outside, !a->outside},
        {SAID_SUBMITTER, str_eq(r->submitter, STR("Người nộp")), !r->submitter.n},
        {SAID_AUTHORITY, str_eq(r->authority, STR("Giấy")), !r->authority.n},
        {SAID_NOTE, str_eq(r->note, STR("Ghi chú")), !r->note.n},
        {SAID_OFFICER, str_eq(d->officer, STR("nam")) && d->facts.holder == 3,
         !d->officer.n && !d->facts.holder},
        {SAID_UNIT, str_eq(d->unit, STR("Phòng Kinh tế")), !d->unit.n},
        {SAID_RECEIVER, str_eq(d->receiver, STR("huong")), !d->receiver.n},
        {SAID_RESULT, str_eq(d->result, STR("Bản sao")), !d->result.n},
        {SAID_RECEIVED, d->facts.received == world_time("2026-11-09T10:00"),
         d->facts.received == was->facts.received},
        {SAID_SUBMITTED, r->submitted == world_time("2026-11-08T10:00"), r->submitted == NO_TIME},
        {SAID_RESOLVED, d->facts.resolved == world_time("2026-11-11T10:00"),
         d->facts.resolved == was->facts.resolved},
        {SAID_RETURNED, d->facts.returned == world_time("2026-11-12T10:00"),
         d->facts.returned == was->facts.returned},
        {SAID_CHANNEL, d->facts.channel == CHANNEL_ONLINE, d->facts.channel == CHANNEL_DIRECT},
        {SAID_COLLECT, r->collect == CHANNEL_POSTAL, r->collect == CHANNEL_DIRECT},
        {SAID_SETS, r->sets == 2, r->sets == 1},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (!(places[i].said == said ? places[i].new : places[i].old))
            fail_msg("said %x: %x is not as it should be", said, places[i].said);
}

static const uint32_t singles[] = {
    SAID_PROCEDURE, SAID_NAME,     SAID_PHONE,     SAID_ID_NUMBER, SAID_ADDRESS,  SAID_EMAIL,
    SAID_KIND,      SAID_OUTSIDE,  SAID_SUBMITTER, SAID_AUTHORITY, SAID_NOTE,     SAID_OFFICER,
    SAID_UNIT,      SAID_RECEIVER, SAID_RESULT,    SAID_SUBMITTED, SAID_RECEIVED, SAID_RESOLVED,
    SAID_RETURNED,  SAID_CHANNEL,  SAID_COLLECT,   SAID_SETS,
};

static void each_thing_said_changes_that_alone(void **state)
{
    struct world *w = *state;
    for (size_t i = 0; i < sizeof singles / sizeof *singles; i++) {
        w->dossier = (struct dossier){0};
        assert_verdict(w, solved(STATE_RETURNED, "2026-11-10T09:00", "2026-11-11T15:00"), IMPORT_ADDED);
        struct dossier was = w->dossier;
        assert_verdict(w, say_one(singles[i]), IMPORT_UPDATED);
        check_one(&w->dossier, &was, singles[i]);
        assert_true(w->dossier.imported);
        assert_int_equal(w->dossier.facts.id, was.facts.id);
        assert_int_equal(w->dossier.first_event, was.first_event);
        assert_str(w->dossier.code, CODE);
        assert_verdict(w, say_one(singles[i]), IMPORT_UNCHANGED);
        assert_verdict(w, told(0x80000000), IMPORT_UNCHANGED); /* a bit of nobody's says nothing */
        assert_done(world_ask(w, undo()));
        check_one(&w->dossier, &was, 0);
        assert_refused(world_ask(w, undo()), "nothing_to_undo");
    }
}

static void letters_case_of_a_code_does_not_matter_to_the_dossier(void **state)
{
    struct world *w = *state;
    struct outcome why;
    assert_verdict(w, told(0), IMPORT_ADDED);
    struct command c = told(SAID_NOTE);
    c.import.code = STR("000.00.53.h48-000123"); /* a store finds it so */
    c.import.note = STR("Mới");
    assert_int_equal(judge(w, c, &why), IMPORT_UPDATED);
    struct moment moment = {.now = w->now, .login = STR("chief")};
    struct circumstances found = {.next_id = 2, .code_taken = true};
    struct decision decision = DECISION_INIT;
    assert_done(decide(w->office, &w->dossier, &c, &moment, &found, &decision));
    assert_int_equal(decision.count, 1);
    assert_str(decision.event[0].imported.code, CODE); /* as it was given first */
    assert_int_equal(decision.event[0].dossier, w->dossier.facts.id);
    decision_release(&decision);
}

/* ---- worked on here ---- */

static void what_was_worked_on_here_is_not_told_anew(void **state)
{
    struct world *w = *state;
    const struct command acts[] = {
        ask_transfer("nam", NULL),
        ask_supplement(NULL),
        ask_apologize("Chờ xác minh", "2026-12-01", NULL),
        ask_end(COMMAND_VOID, "Nhập nhầm", NULL),
        ask_correct({CORRECT_PHONE, STR("0912345678")}),
    };
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        struct command c = told(LEAST | SAID_DUE), other = told(SAID_NOTE);
        c.import.due = world_time("2026-11-27T17:00");
        other.import.note = STR("Khác");
        w->dossier = (struct dossier){0};
        assert_verdict(w, c, IMPORT_ADDED);
        assert_done(world_ask(w, acts[i]));
        assert_verdict(w, other, IMPORT_CONFLICT);
        assert_done(world_ask(w, undo())); /* an act taken back leaves nothing */
        assert_verdict(w, c, IMPORT_UNCHANGED);
        assert_verdict(w, other, IMPORT_UPDATED);
        assert_done(world_ask(w, undo()));
        assert_int_equal(w->dossier.receipt.note.n, 0);
    }
}

static void a_conflict_names_what_differs_and_nobody(void **state)
{
    struct world *w = *state;
    static const struct {
        uint32_t said;
        const char *words;
    } named[] = {{SAID_PHONE, "số điện thoại"}, {SAID_NAME, "chủ hồ sơ"},   {SAID_PROCEDURE, "thủ tục"},
                 {SAID_DUE, "ngày hẹn trả"},    {SAID_STATE, "trạng thái"}, {SAID_OFFICER, "cán bộ xử lý"},
                 {SAID_RECEIVED, "tiếp nhận"},  {SAID_UNIT, "đơn vị"}};
    assert_verdict(w, told(LEAST), IMPORT_ADDED);
    assert_done(world_ask(w, ask_transfer("huong", NULL)));
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        struct outcome why;
        struct buf said = BUF_INIT;
        assert_int_equal(judge(w, say_one(named[i].said), &why), IMPORT_CONFLICT);
        outcome_message(&said, LANG_VI, &why);
        buf_add_char(&said, '\0');
        if (!strstr(said.p, named[i].words))
            fail_msg("not “%s”: %s", named[i].words, said.p);
        assert_non_null(strstr(said.p, CODE));
        assert_null(strstr(said.p, "Lan"));
        assert_null(strstr(said.p, "0905"));
        buf_release(&said);
    }
}

/* What was logged here and written to a file comes back without a change, and without one alone. */
static void what_was_logged_here_may_only_come_back_as_it_is(void **state)
{
    struct world *w = *state;
    const struct dossier *d = &w->dossier;
    w->login = "huong";
    assert_done(world_receive(w, "1.001", "2026-11-09T09:00"));
    assert_done(world_ask_at(w, "2026-11-10T09:00", ask_supplement(NULL)));
    assert_done(world_ask_at(w, "2026-11-11T09:00", ask_refuse("Không đủ điều kiện", NULL)));
    w->login = "chief";
    struct command c = told(LEAST | SAID_DUE | SAID_STATUTORY | SAID_WAITING | SAID_RESOLVED | SAID_RESULT |
                            SAID_OFFICER | SAID_UNIT | SAID_RECEIVER | SAID_CHANNEL | SAID_SETS);
    c.import.code = d->code;
    c.import.applicant.name = STR("Nguyễn Thị Hương");
    c.import.state = STATE_REFUSED;
    c.import.statutory_due = c.import.due = d->promised;
    c.import.waiting_since = world_time("2026-11-10T09:00");
    c.import.resolved = world_time("2026-11-11T09:00");
    c.import.result = STR("Không đủ điều kiện");
    c.import.officer = c.import.receiver = STR("Huong");
    c.import.unit = d->unit;
    c.import.sets = 1;
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.said &= ~(uint32_t)(SAID_WAITING | SAID_RESOLVED | SAID_DUE);
    assert_verdict(w, c, IMPORT_UNCHANGED);
    c.import.sets = 2;
    assert_verdict(w, c, IMPORT_CONFLICT);
}

/* ---- as of an earlier moment ---- */

static void the_past_is_as_it_is_told_now(void **state)
{
    struct world *w = *state;
    struct dossier then;
    assert_verdict(w, solved(STATE_RETURNED, "2026-11-10T09:00", "2026-11-11T15:00"), IMPORT_ADDED);
    struct command c = solved(STATE_WITHDRAWN, "2026-11-18T09:00", NULL);
    c.import.said |= SAID_WAITING;
    c.import.waiting_since = world_time("2026-11-16T09:00");
    assert_verdict(w, c, IMPORT_UPDATED);
    assert_true(past_dossier(&then, w->history, w->events, world_time("2026-11-15T12:00")));
    assert_int_equal(then.facts.state, STATE_PROCESSING);
    assert_int_equal(then.facts.waiting_since, NO_TIME);
    assert_false(then.facts.was_late);
    assert_true(past_dossier(&then, w->history, w->events, world_time("2026-11-17T12:00")));
    assert_int_equal(then.facts.state, STATE_WAITING);
    assert_true(then.facts.was_late); /* due on the 12th */
    assert_true(past_dossier(&then, w->history, w->events, world_time("2026-11-19T12:00")));
    assert_int_equal(then.facts.state, STATE_WITHDRAWN);
    assert_false(past_dossier(&then, w->history, w->events, world_time("2026-11-09T08:00")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_nobody_knows_comes_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_said_is_made_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_unknown_procedure_keeps_its_title_and_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(times_out_of_hours_and_of_long_ago_are_taken_as_they_are, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_is_rejected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_state_excludes_goes_with_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(solved_without_a_time_is_solved_at_the_best_known, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_ended_while_it_waited_is_judged_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_due_times_are_judged_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_due_time_is_both, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_due_time_counted_here_follows_the_receipt, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_due_time_that_the_days_moved_is_not_moved_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_thing_said_changes_that_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(letters_case_of_a_code_does_not_matter_to_the_dossier, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_was_worked_on_here_is_not_told_anew, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_conflict_names_what_differs_and_nobody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_logged_here_may_only_come_back_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_past_is_as_it_is_told_now, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("decide_import", tests, NULL, NULL);
}
