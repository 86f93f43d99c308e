#include "tests/store_desk.h"

#include "store/env.h"
#include "tests/random.h"
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

static struct command put_officer(const char *login, enum role role)
{
    return (struct command){
        .kind = COMMAND_OFFICER_PUT,
        .at = NO_TIME,
        .officer = {.login = str_of(login), .name = str_of(login), .unit = STR("Một cửa"), .role = role}};
}

static struct command put_procedure(const char *code, const char *kase, const char *name, const char *field,
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

static struct command put_day(const char *date, const char *name)
{
    struct office_day day = {.day = civil_day_of(desk_time(date)), .kind = DAY_OFF, .name = str_of(name)};
    return (struct command){.kind = COMMAND_DAY_PUT, .at = NO_TIME, .day = day};
}

static void found(struct store_desk *d)
{
    struct office_identity office = {
        .name = STR("UBND xã Tơ Tung"), .agency = STR("H42.26.21"), .utc_offset = OFFSET};
    struct command commands[] = {
        {.kind = COMMAND_FOUND, .at = NO_TIME, .found = office},
        put_officer("huong", ROLE_OFFICER),
        put_officer("nam", ROLE_SPECIALIST),
        put_officer("chief", ROLE_CHIEF),
        put_procedure("1.001", NULL, "Đăng ký khai sinh", "Hộ tịch", "3 working_days"),
        put_procedure("1.002", NULL, "Chứng thực bản sao", "Chứng thực", "same_day"),
        put_procedure("1.003", NULL, "Thủ tục chưa có thời hạn", "Đất đai", ""),
        put_procedure("1.004", "01", "Trợ cấp", "Bảo trợ xã hội", "8 working_hours"),
        put_procedure("1.006", NULL, "Xác nhận", "Đất đai", "10 calendar_days"),
        put_day("2026-11-24", "Ngày Văn hóa Việt Nam"),
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

/* ---- a random life ---- */

static const char *pick(struct random *r, const char *const *from, size_t n)
{
    return from[random_in(r, 0, (int64_t)n - 1)];
}
#define PICK(r, from) pick((r), (from), sizeof(from) / sizeof *(from))

static struct command life_receive(struct store_life *life, struct random *r, struct store_desk *d)
{
    static const char *const family[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Rơ Châm", "Siu", "Đinh", "Võ"};
    static const char *const middle[] = {"Thị", "Văn", "Đức", "Ngọc", "Hữu", "H'"};
    static const char *const given[] = {"Hương", "Ba", "Đạt", "Lan", "Phượng", "Yến", "Ánh", "Khuê"};
    static const char *const procedures[] = {"1.001", "1.002", "1.004#01", "1.006", "1.003", "9.999"};
    snprintf(life->text[0], 64, "%s %s %s", PICK(r, family), PICK(r, middle), PICK(r, given));
    snprintf(life->text[1], 64, "09%08lld", (long long)random_in(r, 0, 99999999));
    snprintf(life->text[2], 64, "0640%08lld", (long long)random_in(r, 0, 99999999));
    struct command c = desk_receive(PICK(r, procedures), life->text[0], NULL, NULL);
    c.receive.applicant.phone = str_of(life->text[1]);
    c.receive.applicant.id_number = str_of(life->text[2]);
    c.receive.applicant.outside = random_in(r, 0, 9) == 0;
    if (random_in(r, 0, 4) == 0) /* typed in later, some by days */
        c.at = civil_from_utc(d->now, OFFSET) - random_in(r, 0, 5000);
    if (random_in(r, 0, 19) == 0) { /* a code of another system, or of ours ahead of the row */
        snprintf(life->text[3], 64, "H15.50-%lld", (long long)random_in(r, 0, 9999));
        struct civil day = civil_to_ymd(civil_day_of(civil_from_utc(d->now, OFFSET)));
        if (random_in(r, 0, 1))
            snprintf(life->text[3], 64, "H42.26.21-%02d%02d%02d-%04lld", day.year % 100, day.month, day.day,
                     (long long)random_in(r, 1, 12));
        c.receive.code = str_of(life->text[3]);
    }
    return c;
}

/* The code of one of the newer dossiers, whole; or something that is none. */
static const char *life_code(struct store_life *life, struct random *r, struct store_desk *d)
{
    uint64_t back = life->dossiers < 60 ? life->dossiers : 60;
    uint64_t id = life->dossiers - (uint64_t)random_in(r, 0, back ? (int64_t)back - 1 : 0);
    struct view *v;
    struct dossier dossier;
    snprintf(life->text[4], 64, "0000-none");
    struct outcome o = view_begin(d->store, &v);
    assert_true(outcome_ok(&o));
    if (view_dossier(v, id, &dossier))
        snprintf(life->text[4], 64, "%.*s", STR_ARG(dossier.code));
    view_end(v);
    return life->text[4];
}

struct command store_life_next(struct store_life *life, struct store_desk *d)
{
    struct random r = {life->random};
    struct command c;
    static const char *const people[] = {"huong", "nam", "chief", "nobody"};
    d->now += random_in(&r, 0, 7200);
    int64_t what = random_in(&r, 0, 11);
    if (what < 4 || life->dossiers == 0) {
        c = life_receive(life, &r, d);
    } else if (what < 6) {
        c = desk_transfer(life_code(life, &r, d), PICK(&r, people));
        snprintf(life->text[5], 64, "chuyển cho bộ phận chuyên môn, lần %lld",
                 (long long)random_in(&r, 1, 1000000));
        c.transfer.note = str_of(life->text[5]);
        c.transfer.unit = str_of(life->text[5]);
    } else if (what < 7) {
        c = desk_apologize(life_code(life, &r, d), NULL);
        c.apologize.until = civil_from_utc(d->now, OFFSET) + random_in(&r, 0, 20000);
        c.apologize.until_is_date = true;
    } else if (what < 9) {
        c = desk_resolve(life_code(life, &r, d), NULL);
        if (random_in(&r, 0, 3) == 0)
            c.at = civil_from_utc(d->now, OFFSET) - random_in(&r, 0, 4000);
    } else if (what < 11) {
        c = desk_return(life_code(life, &r, d));
    } else {
        c = desk_refuse(life_code(life, &r, d));
    }
    life->random = r.state;
    return c;
}

void store_desk_assert_whole(struct store *s)
{
    struct check check;
    struct outcome o = store_check(s, &check);
    if (!outcome_ok(&o))
        fail_msg("store_check: %s: %s (entry %llu of %llu walked)", outcome_kind_name(o.kind), check.what,
                 (unsigned long long)check.first_bad, (unsigned long long)check.entries);
}
