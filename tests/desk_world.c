#include "tests/desk_world.h"

#include <stdlib.h>

enum { OFFSET = 7 * 60 };

civil_minute world_time(const char *text)
{
    struct civil_input in;
    if (!text)
        return NO_TIME;
    if (!civil_parse(str_of(text), &in))
        abort();
    return civil_at(in.day, in.minute_of_day < 0 ? 0 : in.minute_of_day);
}

void world_set_now(struct world *w, const char *text)
{
    w->now = civil_to_utc(world_time(text), OFFSET);
}

static void put(struct world *w, struct event e)
{
    e.seq = ++w->seq;
    e.by = STR("admin");
    if (!office_apply(w->office, &e))
        abort();
}

static void put_officer(struct world *w, uint16_t number, const char *login, enum role role, bool retired)
{
    struct officer o = {.number = number,
                        .login = str_of(login),
                        .name = str_of(login),
                        .unit = STR("Một cửa"),
                        .role = role,
                        .retired = retired};
    put(w, (struct event){.kind = EVENT_OFFICER_PUT, .officer = o});
}

static void put_procedure(struct world *w, uint16_t number, const char *code, const char *kase,
                          const char *limit, bool retired)
{
    struct procedure p = {.number = number,
                          .field_number = 1,
                          .code = str_of(code),
                          .kase = str_of(kase),
                          .name = STR("Thủ tục thử"),
                          .field = STR("Hộ tịch"),
                          .fee = -1,
                          .online = -1,
                          .postal = -1,
                          .retired = retired};
    if (*limit && !limit_parse(str_of(limit), &p.limit))
        abort();
    if (strcmp(code, "1.006") == 0)
        p.clock = CLOCK_SAME_HOUR;
    put(w, (struct event){.kind = EVENT_PROCEDURE_PUT, .procedure = p});
}

static void put_days(struct world *w)
{
    static const struct {
        const char *date;
        enum day_kind kind;
    } days[] = {
        {"2026-01-01", DAY_OFF},    {"2026-01-02", DAY_OFF}, {"2026-01-10", DAY_WORKED},
        {"2026-02-16", DAY_OFF},    {"2026-02-17", DAY_OFF}, {"2026-02-18", DAY_OFF},
        {"2026-02-19", DAY_OFF},    {"2026-02-20", DAY_OFF}, {"2026-04-26", DAY_OFF},
        {"2026-04-27", DAY_OFF},    {"2026-04-30", DAY_OFF}, {"2026-05-01", DAY_OFF},
        {"2026-08-22", DAY_WORKED}, {"2026-08-31", DAY_OFF}, {"2026-09-01", DAY_OFF},
        {"2026-09-02", DAY_OFF},    {"2026-11-24", DAY_OFF},
    };
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        struct office_day d = {
            .day = civil_day_of(world_time(days[i].date)), .kind = days[i].kind, .name = STR("Ngày có tên")};
        put(w, (struct event){.kind = EVENT_DAY_PUT, .day = d});
    }
    put(w, (struct event){.kind = EVENT_YEARS_KNOWN, .known = {2026, 2026}});
}

void world_init(struct world *w)
{
    *w = (struct world){.office = office_new(), .kept = ARENA_INIT, .login = "huong"};
    if (!w->office)
        abort();
    struct office_identity identity = {
        .name = STR("UBND xã Thử"), .agency = STR("H42.26.21"), .utc_offset = OFFSET};
    put(w, (struct event){.kind = EVENT_FOUNDED, .founded = identity});
    put_officer(w, 1, "admin", ROLE_ADMIN, false);
    put_officer(w, 2, "huong", ROLE_OFFICER, false);
    put_officer(w, 3, "nam", ROLE_SPECIALIST, false);
    put_officer(w, 4, "chief", ROLE_CHIEF, false);
    put_officer(w, 5, "gone", ROLE_OFFICER, true);
    put_procedure(w, 1, "1.001", "", "3 working_days", false);
    put_procedure(w, 2, "1.002", "", "same_day", false);
    put_procedure(w, 3, "1.003", "", "", false);
    put_procedure(w, 4, "1.004", "01", "8 working_hours", false);
    put_procedure(w, 5, "1.005", "", "3 working_days", true);
    put_procedure(w, 6, "1.006", "", "10 calendar_days", false);
    put_days(w);
    world_set_now(w, "2026-11-21T10:00");
}

void world_release(struct world *w)
{
    office_free(w->office);
    arena_release(&w->kept);
}

int world_setup(void **state, const char *login, const char *now)
{
    struct world *w = malloc(sizeof *w);
    if (!w)
        return -1;
    world_init(w);
    if (login)
        w->login = login;
    if (now)
        world_set_now(w, now);
    *state = w;
    return 0;
}

int world_teardown(void **state)
{
    world_release(*state);
    free(*state);
    return 0;
}

static bool same_record(const struct dossier *a, const struct dossier *b)
{
    struct buf as = BUF_INIT, bs = BUF_INIT;
    dossier_encode(&as, a);
    dossier_encode(&bs, b);
    bool same = str_eq(buf_str(&as), buf_str(&bs));
    buf_release(&as);
    buf_release(&bs);
    return same;
}

/* One event more; whatever its kind, the whole history must give the same dossier. */
static bool add_to_history(struct world *w, const struct event *e)
{
    if (event_begins(e->kind))
        w->events = 0;
    if (w->events == WORLD_EVENTS)
        return false;
    w->history[w->events++] = *e;
    struct dossier whole, record;
    if (!evolve_history(&whole, w->history, w->events))
        return false;
    if (e->kind == EVENT_UNDONE)
        w->dossier = whole;
    else if (!evolve(&w->dossier, e))
        return false;
    struct buf bytes = BUF_INIT;
    dossier_encode(&bytes, &w->dossier);
    bool sound = same_record(&w->dossier, &whole) && dossier_decode(buf_str(&bytes), &record) &&
                 same_record(&record, &whole);
    buf_release(&bytes);
    return sound;
}

/* As a store does: the event lives as bytes, and everything borrows from those. */
static void keep(struct world *w, struct event e)
{
    struct buf body = BUF_INIT;
    e.seq = ++w->seq;
    e.recorded_at = w->now;
    e.previous = !event_is_dossier(e.kind) || event_begins(e.kind) ? 0 : w->dossier.last_event;
    event_encode(&body, &e);
    struct event kept;
    if (!event_decode(arena_str(&w->kept, buf_str(&body)), &kept))
        abort();
    kept.seq = e.seq;
    if (!event_is_dossier(kept.kind) ? !office_apply(w->office, &kept) : !add_to_history(w, &kept))
        abort();
    buf_release(&body);
}

struct outcome world_ask(struct world *w, struct command command)
{
    struct moment moment = {.now = w->now, .login = str_of(w->login)};
    struct circumstances c = {
        .next_id = w->dossier.facts.id + 1, .code_sequence = w->codes + 1, .code_taken = w->code_taken};
    struct needs needs;
    decide_needs(w->office, &command, &moment, &needs);
    c.number = w->numbers[needs.series] + 1;
    if (needs.held_by.n && state_is_open(w->dossier.facts.state) && str_eq(needs.held_by, w->dossier.officer))
        c.held_code[c.held++] = w->dossier.code;
    struct decision decision = DECISION_INIT;
    bool known = needs.known && w->dossier.facts.id && str_eq(w->dossier.code, needs.code);
    c.code_taken = c.code_taken || known;
    struct outcome o =
        decide(w->office, needs.dossier || known ? &w->dossier : NULL, &command, &moment, &c, &decision);
    if (!outcome_ok(&o) && (decision.count || decision.text.last))
        abort();
    if (outcome_ok(&o) && command.kind == COMMAND_RECEIVE)
        w->dossier = (struct dossier){0};
    for (size_t i = 0; i < decision.count; i++)
        keep(w, decision.event[i]);
    w->numbers[needs.series] += outcome_ok(&o);
    w->codes += outcome_ok(&o) && needs.code_sequence;
    decision_release(&decision);
    return o;
}

struct outcome world_ask_at(struct world *w, const char *now, struct command command)
{
    int64_t before = w->now;
    world_set_now(w, now);
    struct outcome o = world_ask(w, command);
    w->now = before;
    return o;
}

struct outcome world_ask_as(struct world *w, const char *login, struct command command)
{
    const char *before = w->login;
    w->login = login;
    struct outcome o = world_ask(w, command);
    w->login = before;
    return o;
}

struct outcome world_receive(struct world *w, const char *procedure, const char *at)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time(at)};
    c.receive.procedure = str_of(procedure);
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    return at ? world_ask_at(w, at, c) : world_ask(w, c);
}

void world_move_due(struct world *w, const char *statutory, const char *due)
{
    const struct dossier *d = &w->dossier;
    struct event e = {.kind = EVENT_DUE_MOVED, .dossier = d->facts.id, .at = d->facts.received};
    e.by = STR("admin");
    e.moved.cause = 1;
    e.moved.old_statutory = d->appointment.due;
    e.moved.old_due = d->promised;
    e.moved.new_statutory = world_time(statutory);
    e.moved.new_due = world_time(due);
    e.moved.counting = d->appointment.counting;
    keep(w, e);
}

struct command ask_transfer(const char *to, const char *at)
{
    struct command c = {.kind = COMMAND_TRANSFER, .at = world_time(at)};
    c.transfer.to = str_of(to);
    return c;
}

struct command ask_apologize(const char *reason, const char *until, const char *at)
{
    struct command c = {.kind = COMMAND_APOLOGIZE, .at = world_time(at)};
    c.apologize.reason = str_of(reason);
    c.apologize.until = world_time(until);
    c.apologize.until_is_date = until && strlen(until) == 10;
    return c;
}

struct command ask_resolve(const char *at)
{
    return (struct command){.kind = COMMAND_RESOLVE, .at = world_time(at)};
}

struct command ask_return(const char *at)
{
    return (struct command){.kind = COMMAND_RETURN, .at = world_time(at)};
}

struct command ask_end(enum command_kind kind, const char *reason, const char *at)
{
    struct command c = {.kind = kind, .at = world_time(at)};
    c.end.reason = str_of(reason);
    return c;
}

struct command ask_refuse(const char *reason, const char *at)
{
    return ask_end(COMMAND_REFUSE, reason, at);
}

struct command ask_supplement(const char *at)
{
    struct command c = {.kind = COMMAND_SUPPLEMENT, .at = world_time(at)};
    c.supplement.reason = STR("Thiếu giấy tờ");
    c.supplement.needs = STR("\0\0\0\007Bia do."); /* a packed list of one: seven bytes */
    return c;
}

struct command ask_insist(const char *at)
{
    struct command c = ask_supplement(at);
    c.supplement.insist = true;
    return c;
}

struct command ask_restart(const char *at)
{
    return (struct command){.kind = COMMAND_RESTART, .at = world_time(at)};
}

struct command ask_await_payment(const char *at)
{
    return (struct command){.kind = COMMAND_AWAIT_PAYMENT, .at = world_time(at)};
}

struct command ask_paid(const char *within, const char *at)
{
    struct command c = {.kind = COMMAND_PAID, .at = world_time(at)};
    if (within && !limit_parse(str_of(within), &c.resume.within))
        abort();
    return c;
}

struct command ask_rate(int stars, const char *at)
{
    struct command c = {.kind = COMMAND_RATE, .at = world_time(at)};
    c.rate.stars = stars;
    return c;
}

struct command ask_changes(const struct change *changes, size_t count)
{
    struct command c = {.kind = COMMAND_CORRECT, .at = NO_TIME};
    c.correct.reason = STR("Gõ nhầm");
    c.correct.change = changes;
    c.correct.count = count;
    return c;
}
