#include "tests/store_desk.h"

#include "store/env.h"
#include "store/sound.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { OFFSET = 7 * 60 };

/* ---- the folder ---- */

static const char *scratch(void)
{
    const char *tmp = getenv("TMPDIR");
    if (tmp && *tmp)
        return tmp;
    return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
}

void store_desk_empty(struct store_desk *d)
{
    *d = (struct store_desk){.login = "admin"};
    snprintf(d->above, sizeof d->above, "%s/motcua-test-XXXXXX", scratch());
    assert_non_null(mkdtemp(d->above));
    snprintf(d->dir, sizeof d->dir, "%s/store", d->above);
    store_desk_now(d, "2026-11-16T08:00");
}

void store_desk_release(struct store_desk *d)
{
    char command[300];
    store_close(d->store);
    d->store = NULL;
    snprintf(command, sizeof command, "rm -rf '%s'", d->above);
    if (d->above[0] && system(command) != 0)
        fail_msg("cannot remove %s", d->above);
}

void store_desk_reopen(struct store_desk *d)
{
    store_close(d->store);
    d->store = NULL;
    struct outcome o = store_open(d->dir, &d->store);
    assert_string_equal(outcome_kind_name(o.kind), "done");
}

/* ---- the office ---- */

civil_minute desk_time(const char *text)
{
    struct civil_input in;
    if (!text)
        return NO_TIME;
    assert_true(civil_parse(str_of(text), &in));
    return civil_at(in.day, in.minute_of_day < 0 ? 0 : in.minute_of_day);
}

void store_desk_now(struct store_desk *d, const char *text)
{
    d->now = civil_to_utc(desk_time(text), OFFSET);
}

struct command desk_put_officer(const char *login, enum role role)
{
    return (struct command){
        .kind = COMMAND_OFFICER_PUT,
        .at = NO_TIME,
        .officer = {.login = str_of(login), .name = str_of(login), .unit = STR("Một cửa"), .role = role}};
}

struct command desk_put_procedure(const char *code, const char *kase, const char *name, const char *field,
                                  const char *limit)
{
    struct procedure p = {.code = str_of(code),
                          .kase = str_of(kase),
                          .name = str_of(name),
                          .field = str_of(field),
                          .fee = 20000,
                          .online = -1,
                          .postal = -1};
    if (*limit)
        assert_true(limit_parse(str_of(limit), &p.limit));
    return (struct command){.kind = COMMAND_PROCEDURE_PUT, .at = NO_TIME, .procedure = p};
}

static void found(struct store_desk *d)
{
    struct office_identity office = {
        .name = STR("UBND xã Tơ Tung"), .agency = STR("H42.26.21"), .utc_offset = OFFSET};
    struct command commands[] = {
        {.kind = COMMAND_FOUND, .at = NO_TIME, .found = office},
        desk_put_officer("huong", ROLE_OFFICER),
        desk_put_officer("nam", ROLE_SPECIALIST),
        desk_put_officer("chief", ROLE_CHIEF),
        desk_put_procedure("1.001", NULL, "Đăng ký khai sinh", "Hộ tịch", "3 working_days"),
        desk_put_procedure("1.002", NULL, "Chứng thực bản sao", "Chứng thực", "same_day"),
        desk_put_procedure("1.003", NULL, "Thủ tục chưa có thời hạn", "Đất đai", ""),
        desk_put_procedure("1.004", "01", "Trợ cấp", "Bảo trợ xã hội", "8 working_hours"),
        desk_put_procedure("1.006", NULL, "Xác nhận", "Đất đai", "10 calendar_days"),
        desk_put_day("2026-11-24", DAY_OFF),
        {.kind = COMMAND_YEARS_KNOWN, .at = NO_TIME, .known = {2026, 2026}},
    };
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        struct outcome o = store_desk_ask(d, commands[i], NULL);
        assert_string_equal(outcome_kind_name(o.kind), "done");
    }
}

void store_desk_init_with(struct store_desk *d, size_t map)
{
    store_desk_empty(d);
    store_desk_now(d, "2026-01-02T08:00");
    struct outcome o = store_create_with(d->dir, NULL, map, 0, &d->store);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    found(d);
    store_desk_now(d, "2026-11-16T08:00");
}

void store_desk_init(struct store_desk *d)
{
    store_desk_init_with(d, 0);
}

/* ---- asking ---- */

struct outcome store_desk_ask(struct store_desk *d, struct command command, struct result *result)
{
    struct request r = {.moment = {.now = d->now, .login = str_of(d->login)}, .command = command};
    struct outcome o = store_submit(d->store, &r, 1, NULL);
    if (result)
        *result = r.result;
    return o;
}

struct command desk_receive(const char *procedure, const char *name, const char *at, const char *code)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = desk_time(at)};
    c.receive.procedure = str_of(procedure);
    c.receive.applicant.name = str_of(name);
    c.receive.code = str_of(code);
    c.receive.fee = -1;
    c.receive.submitted = NO_TIME;
    return c;
}

struct command desk_transfer(const char *code, const char *to)
{
    struct command c = {.kind = COMMAND_TRANSFER, .dossier = str_of(code), .at = NO_TIME};
    c.transfer.to = str_of(to);
    return c;
}

struct command desk_apologize(const char *code, const char *until)
{
    struct command c = {.kind = COMMAND_APOLOGIZE, .dossier = str_of(code), .at = NO_TIME};
    c.apologize.reason = STR("Chờ xác minh của xã bên");
    c.apologize.until = desk_time(until);
    return c;
}

struct command desk_resolve(const char *code, const char *at)
{
    struct command c = {.kind = COMMAND_RESOLVE, .dossier = str_of(code), .at = desk_time(at)};
    c.resolve.result = STR("Giấy khai sinh");
    return c;
}

struct command desk_return(const char *code)
{
    struct command c = {.kind = COMMAND_RETURN, .dossier = str_of(code), .at = NO_TIME};
    c.give_back.to = STR("Trần Văn Ba");
    return c;
}

struct command desk_refuse(const char *code)
{
    struct command c = {.kind = COMMAND_REFUSE, .dossier = str_of(code), .at = NO_TIME};
    c.end.reason = STR("Không đủ điều kiện");
    return c;
}

static struct command end(enum command_kind kind, const char *code)
{
    struct command c = {.kind = kind, .dossier = str_of(code), .at = NO_TIME};
    c.end.reason = STR("Theo đề nghị của người nộp");
    return c;
}

struct command desk_withdraw(const char *code)
{
    return end(COMMAND_WITHDRAW, code);
}

struct command desk_stop(const char *code)
{
    return end(COMMAND_STOP, code);
}

struct command desk_void(const char *code)
{
    return end(COMMAND_VOID, code);
}

struct command desk_undo(const char *code)
{
    return end(COMMAND_UNDO, code);
}

struct command desk_supplement(const char *code, bool insist)
{
    static const char needs[] = "\0\0\0\014" /* a packed list of one */
                                "Trich luc cu";
    struct command c = {.kind = COMMAND_SUPPLEMENT, .dossier = str_of(code), .at = NO_TIME};
    c.supplement.reason = STR("Thiếu giấy tờ");
    c.supplement.needs = (struct str){needs, sizeof needs - 1};
    c.supplement.insist = insist;
    return c;
}

struct command desk_restart(const char *code)
{
    return (struct command){.kind = COMMAND_RESTART, .dossier = str_of(code), .at = NO_TIME};
}

struct command desk_await_payment(const char *code)
{
    return (struct command){.kind = COMMAND_AWAIT_PAYMENT, .dossier = str_of(code), .at = NO_TIME};
}

struct command desk_paid(const char *code, const char *within)
{
    struct command c = {.kind = COMMAND_PAID, .dossier = str_of(code), .at = NO_TIME};
    assert_true(limit_parse(str_of(within), &c.resume.within));
    return c;
}

struct command desk_correct(const char *code, const struct change *change)
{
    struct command c = {.kind = COMMAND_CORRECT, .dossier = str_of(code), .at = NO_TIME};
    c.correct.reason = STR("Gõ nhầm");
    c.correct.change = change;
    c.correct.count = 1;
    return c;
}

struct command desk_rate(const char *code, int stars)
{
    struct command c = {.kind = COMMAND_RATE, .dossier = str_of(code), .at = NO_TIME};
    c.rate.stars = stars;
    return c;
}

struct command desk_put_day(const char *date, enum day_kind kind)
{
    struct office_day day = {
        .day = civil_day_of(desk_time(date)), .kind = kind, .name = STR("Theo thông báo")};
    return (struct command){.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = day};
}

struct command desk_remove_day(const char *date)
{
    return (struct command){
        .kind = COMMAND_DAY_REMOVE, .at = NO_TIME, .day_removed = civil_day_of(desk_time(date))};
}

uint64_t store_desk_receive(struct store_desk *d, const char *procedure, const char *name, const char *at,
                            char code[64])
{
    struct result result;
    struct outcome o = store_desk_ask(d, desk_receive(procedure, name, at, NULL), &result);
    assert_string_equal(outcome_kind_name(o.kind), "done");
    struct view *v;
    struct dossier dossier;
    o = view_begin(d->store, &v);
    assert_true(outcome_ok(&o));
    assert_true(view_dossier(v, result.dossier, &dossier));
    snprintf(code, 64, "%.*s", STR_ARG(dossier.code));
    view_end(v);
    return result.dossier;
}

void store_desk_assert_whole(struct store *s)
{
    struct check check;
    struct outcome o = store_check(s, &check);
    if (!outcome_ok(&o))
        fail_msg("store_check: %s: %s (entry %llu of %llu walked)", outcome_kind_name(o.kind), check.what,
                 (unsigned long long)check.first_bad, (unsigned long long)check.entries);
    struct view *v;
    o = view_begin(s, &v);
    assert_true(outcome_ok(&o));
    enum sound sound = sound_view(v, NULL);
    view_end(v);
    if (sound != SOUND_YES)
        fail_msg("the quick check doubts a store that is sound");
}
