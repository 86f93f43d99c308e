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

/* As a store does: the event lives as bytes, and everything borrows from those. */
static void keep(struct world *w, struct event e)
{
    struct buf body = BUF_INIT;
    e.seq = ++w->seq;
    e.recorded_at = w->now;
    e.previous = event_is_office(e.kind) || e.kind == EVENT_RECEIVED ? 0 : w->dossier.last_event;
    event_encode(&body, &e);
    struct event kept;
    if (!event_decode(arena_str(&w->kept, buf_str(&body)), &kept))
        abort();
    kept.seq = e.seq;
    if (event_is_office(kept.kind) ? !office_apply(w->office, &kept) : !evolve(&w->dossier, &kept))
        abort();
    buf_release(&body);
}

struct outcome world_ask(struct world *w, struct command command)
{
    struct moment moment = {.now = w->now, .login = str_of(w->login)};
    struct circumstances c = {.next_id = w->dossier.facts.id + 1,
                              .code_sequence = w->codes + 1,
                              .letter_number = w->letters + 1,
                              .code_taken = w->code_taken};
    struct needs needs;
    decide_needs(w->office, &command, &moment, &needs);
    struct decision decision = DECISION_INIT;
    struct outcome o =
        decide(w->office, needs.dossier ? &w->dossier : NULL, &command, &moment, &c, &decision);
    if (outcome_ok(&o) && command.kind == COMMAND_RECEIVE)
        w->dossier = (struct dossier){0};
    for (size_t i = 0; i < decision.count; i++)
        keep(w, decision.event[i]);
    w->letters += outcome_ok(&o) && needs.letter_number;
    w->codes += outcome_ok(&o) && needs.code_sequence;
    decision_release(&decision);
    return o;
}

struct outcome world_receive(struct world *w, const char *procedure, const char *at)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = world_time(at)};
    c.receive.procedure = str_of(procedure);
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.submitted = NO_TIME;
    c.receive.fee = -1;
    return world_ask(w, c);
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

struct command ask_refuse(const char *reason, const char *at)
{
    struct command c = {.kind = COMMAND_REFUSE, .at = world_time(at)};
    c.end.reason = str_of(reason);
    return c;
}
