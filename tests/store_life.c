#include "tests/store_life.h"

#include "tests/random.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { OFFSET = 7 * 60 };

static const char *pick(struct random *r, const char *const *from, size_t n)
{
    return from[random_in(r, 0, (int64_t)n - 1)];
}
#define PICK(r, from) pick((r), (from), sizeof(from) / sizeof *(from))

static bool once_in(struct random *r, int64_t n)
{
    return random_in(r, 1, n) == 1;
}

static civil_minute now_of(const struct store_desk *d)
{
    return civil_from_utc(d->now, OFFSET);
}

/* ---- dossiers ---- */

static const char *const procedures[] = {"1.001", "1.002", "1.004#01", "1.006", "1.003", "1.007", "9.999"};
static const char *const people[] = {"huong", "nam", "chief", "lan", "ba", "nobody"};

static void life_name(struct store_life *life, struct random *r)
{
    static const char *const family[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Rơ Châm", "Siu", "Đinh", "Võ"};
    static const char *const middle[] = {"Thị", "Văn", "Đức", "Ngọc", "Hữu", "H'"};
    static const char *const given[] = {"Hương", "Ba", "Đạt", "Lan", "Phượng", "Yến", "Ánh", "Khuê"};
    snprintf(life->text[0], 64, "%s %s %s", PICK(r, family), PICK(r, middle), PICK(r, given));
    snprintf(life->text[1], 64, "09%08lld", (long long)random_in(r, 0, 99999999));
    snprintf(life->text[2], 64, "0640%08lld", (long long)random_in(r, 0, 99999999));
}

static struct command life_receive(struct store_life *life, struct random *r, struct store_desk *d)
{
    life_name(life, r);
    struct command c = desk_receive(PICK(r, procedures), life->text[0], NULL, NULL);
    c.receive.applicant.phone = str_of(life->text[1]);
    c.receive.applicant.id_number = str_of(life->text[2]);
    c.receive.applicant.outside = once_in(r, 10);
    c.receive.serve = once_in(r, 12);
    if (once_in(r, 4)) {
        c.receive.fee = 8000;
        c.receive.fee_taken = once_in(r, 2);
        c.receive.fee_exempt = once_in(r, 3) ? STR("Trẻ em") : STR_NONE;
    }
    if (once_in(r, 5)) /* typed in later, some by days */
        c.at = now_of(d) - random_in(r, 0, 5000);
    if (once_in(r, 20)) { /* a code of another system, or of ours ahead of the row */
        snprintf(life->text[3], 64, "H15.50-%lld", (long long)random_in(r, 0, 9999));
        struct civil day = civil_to_ymd(civil_day_of(now_of(d)));
        if (random_in(r, 0, 1))
            snprintf(life->text[3], 64, "H42.26.21-%02d%02d%02d-%04lld", day.year % 100, day.month, day.day,
                     (long long)random_in(r, 1, 12));
        c.receive.code = str_of(life->text[3]);
    }
    return c;
}

/* More of the story, often: that the applicant was awaited, that the due times differ, when it was handed
 * over. */
static void life_import_times(struct command *c, int64_t chance, civil_minute now)
{
    civil_minute until = c->import.resolved != NO_TIME ? c->import.resolved : now;
    if (chance & 1)
        c->import.waiting_since = c->at + (chance >> 3) * 613 % (until - c->at + 1);
    if (chance & 2)
        c->import.statutory_due = c->at + (chance >> 3) * 947 % 20000;
    if (chance & 4 && c->import.resolved != NO_TIME)
        c->import.returned = until + (chance >> 3) * 389 % (now - until + 1);
}

static struct command life_import(struct store_life *life, struct random *r, struct store_desk *d)
{
    static const enum dossier_state states[] = {STATE_PROCESSING, STATE_WAITING,   STATE_RESOLVED,
                                                STATE_RETURNED,   STATE_REFUSED,   STATE_WITHDRAWN,
                                                STATE_STOPPED,    STATE_PROCESSING};
    static const char *const called[] = {"1.001", "1.006", "Đăng ký khai sinh", "Thủ tục lạ"};
    life_name(life, r);
    struct command c = {.kind = COMMAND_IMPORT, .at = now_of(d) - random_in(r, 0, 60000)};
    c.import.applicant.name = str_of(life->text[0]);
    c.import.applicant.phone = str_of(life->text[1]);
    c.import.procedure = str_of(PICK(r, called));
    c.import.officer = str_of(PICK(r, people));
    c.import.state = states[random_in(r, 0, 7)];
    c.import.submitted = c.import.statutory_due = c.import.waiting_since = NO_TIME;
    c.import.due = c.import.resolved = c.import.returned = NO_TIME;
    if (random_in(r, 0, 2))
        c.import.due = c.at + random_in(r, 100, 30000);
    if (c.import.state >= STATE_RESOLVED && random_in(r, 0, 3))
        c.import.resolved = c.at + random_in(r, 0, now_of(d) - c.at);
    int64_t number = random_in(r, 0, 99), chance = d->now / 7 ^ number;
    if (life->imports && chance & 3) /* again and again */
        number %= 12;
    snprintf(life->text[3], 64, "000.00.53.H48-%06lld", (long long)number);
    c.import.code = str_of(life->text[3]);
    if (life->imports)
        life_import_times(&c, chance >> 2, now_of(d));
    return c;
}

/* ---- at the counter ---- */

static struct command life_turn_away(struct store_life *life, struct random *r, struct store_desk *d)
{
    life_name(life, r);
    struct command c = {.kind = COMMAND_TURN_AWAY, .at = NO_TIME};
    c.turn_away.procedure = str_of(PICK(r, procedures));
    c.turn_away.applicant.name = str_of(life->text[0]);
    c.turn_away.applicant.phone = str_of(life->text[1]);
    c.turn_away.refused = once_in(r, 3);
    if (c.turn_away.refused || once_in(r, 2))
        c.turn_away.reason = STR("Không thuộc thẩm quyền");
    if (!c.turn_away.refused && !once_in(r, 10))
        c.turn_away.needs = STR("\0\0\0\007Bia do."); /* a packed list of one: seven bytes */
    if (once_in(r, 4))
        c.at = now_of(d) - random_in(r, 0, 9000);
    return c;
}

/* Often one that is not there, or is void already. It takes no chance of its own: what comes after stays. */
static struct command life_turn_away_void(uint64_t chance, struct store_desk *d)
{
    struct command c = {.kind = COMMAND_TURN_AWAY_VOID, .at = NO_TIME};
    c.turn_away_void.refused = chance & 1;
    c.turn_away_void.slip.number = 1 + (uint32_t)(chance >> 1 & 7);
    c.turn_away_void.slip.year = civil_to_ymd(civil_day_of(now_of(d))).year;
    if (chance >> 4 & 7)
        c.turn_away_void.reason = STR("Ghi nhầm người");
    return c;
}

static struct command life_fee(struct random *r, const char *code)
{
    struct command c = {.kind = COMMAND_FEE, .at = NO_TIME, .dossier = str_of(code)};
    c.fee.exempt = once_in(r, 4);
    c.fee.amount = c.fee.exempt ? 0 : random_in(r, -30, 60) * 1000;
    if (!once_in(r, 5))
        c.fee.reason = STR("Hộ nghèo, ghi nhầm");
    if (once_in(r, 2))
        c.fee.document = STR("0001234");
    return c;
}

static struct command life_late_reason(struct random *r, const char *code)
{
    struct command c = {.kind = COMMAND_LATE_REASON, .at = NO_TIME, .dossier = str_of(code)};
    c.late_reason.category = (enum late_category)random_in(r, 0, LATE_CATEGORIES - 1);
    c.late_reason.excuse = once_in(r, 2) ? (enum excuse)random_in(r, 1, 2) : EXCUSE_UNSAID;
    c.late_reason.reason = STR("Chờ xác minh");
    return c;
}

static struct command life_steps(struct random *r)
{
    static const struct step steps[] = {
        {STR("Tiếp nhận"), ROLE_OFFICER, {LIMIT_WORKING_DAYS, 50, LIMIT_NO_CUTOFF}},
        {STR("Thẩm định"), ROLE_SPECIALIST, {LIMIT_WORKING_DAYS, 150, LIMIT_NO_CUTOFF}},
        {STR("Ký duyệt"), ROLE_CHIEF, {LIMIT_WORKING_HOURS, 400, LIMIT_NO_CUTOFF}},
        {STR("Trả kết quả"), ROLE_NONE, {LIMIT_NONE, 0, LIMIT_NO_CUTOFF}},
        {STR("Lưu trữ"), ROLE_OFFICER, {LIMIT_WORKING_DAYS, 2000, LIMIT_NO_CUTOFF}}, /* too long for some */
    };
    struct command c = {.kind = COMMAND_STEPS_PUT, .at = NO_TIME};
    c.steps.procedure = str_of(PICK(r, procedures));
    c.steps.step = steps;
    c.steps.count = (size_t)random_in(r, 0, sizeof steps / sizeof *steps);
    return c;
}

/* The code of one of the newer dossiers, whole; or something that is none. */
static const char *life_code(struct store_life *life, struct random *r, struct store_desk *d)
{
    uint64_t back = life->dossiers < 40 ? life->dossiers : 40;
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

static struct command life_transfer(struct store_life *life, struct random *r, const char *code)
{
    struct command c = desk_transfer(code, PICK(r, people));
    snprintf(life->text[5], 64, "chuyển cho bộ phận chuyên môn, lần %lld",
             (long long)random_in(r, 1, 1000000));
    c.transfer.note = str_of(life->text[5]);
    c.transfer.unit = str_of(life->text[5]);
    if (once_in(r, 6))
        c.transfer.to = STR_NONE; /* to an outside unit */
    return c;
}

/* What it is corrected to, in life->text[5]. */
static void life_value(struct store_life *life, struct random *r, struct store_desk *d)
{
    static const char *const limits[] = {"1 working_day", "5 working_days", "16 working_hours",
                                         "20 calendar_days"};
    char date[CIVIL_TEXT], hour[CIVIL_TEXT];
    civil_minute t = now_of(d) - random_in(r, 0, 20000);
    life_name(life, r);
    switch (life->change.field) {
    case CORRECT_APPLICANT: memcpy(life->text[5], life->text[0], 64); break;
    case CORRECT_PHONE: memcpy(life->text[5], life->text[1], 64); break;
    case CORRECT_ID_NUMBER: memcpy(life->text[5], life->text[2], 64); break;
    case CORRECT_OUTSIDE: snprintf(life->text[5], 64, "%s", random_in(r, 0, 1) ? "yes" : "no"); break;
    case CORRECT_CHANNEL: snprintf(life->text[5], 64, "%s", random_in(r, 0, 1) ? "online" : "postal"); break;
    case CORRECT_PROCEDURE: snprintf(life->text[5], 64, "%s", PICK(r, procedures)); break;
    case CORRECT_LIMIT: snprintf(life->text[5], 64, "%s", PICK(r, limits)); break;
    case CORRECT_RECEIVED_AT:
        snprintf(life->text[5], 64, "%sT%s", civil_iso_date(date, civil_day_of(t)),
                 civil_hm(hour, civil_minute_of_day(t)));
        break;
    default: snprintf(life->text[5], 64, "ghi lại %lld", (long long)random_in(r, 1, 99)); break;
    }
}

static struct command life_correct(struct store_life *life, struct random *r, struct store_desk *d,
                                   const char *code)
{
    static const enum correction_field fields[] = {
        CORRECT_APPLICANT,   CORRECT_PHONE,       CORRECT_ID_NUMBER, CORRECT_OUTSIDE,
        CORRECT_CHANNEL,     CORRECT_PROCEDURE,   CORRECT_PROCEDURE, CORRECT_LIMIT,
        CORRECT_RECEIVED_AT, CORRECT_RECEIVED_AT, CORRECT_NOTE,
    };
    life->change.field = fields[random_in(r, 0, (int64_t)(sizeof fields / sizeof *fields) - 1)];
    life_value(life, r, d);
    life->change.value = str_of(life->text[5]);
    return desk_correct(code, &life->change);
}

static struct command life_of_dossier(struct store_life *life, struct random *r, struct store_desk *d)
{
    const char *code = life_code(life, r, d);
    int64_t what = random_in(r, -4, 31);
    struct command c;
    if (what < 0)
        return what < -2 ? life_fee(r, code) : life_late_reason(r, code);
    if (what < 4)
        return life_transfer(life, r, code);
    if (what < 6) {
        c = desk_apologize(code, NULL);
        c.apologize.until = now_of(d) + random_in(r, 0, 20000);
        c.apologize.until_is_date = true;
        return c;
    }
    if (what < 10)
        return desk_resolve(code, NULL);
    if (what < 12)
        return desk_return(code);
    if (what < 14)
        return random_in(r, 0, 1) ? desk_refuse(code) : desk_withdraw(code);
    if (what < 17)
        return desk_supplement(code, once_in(r, 3));
    if (what < 19)
        return desk_await_payment(code);
    if (what < 22)
        return desk_restart(code);
    if (what < 24)
        return desk_paid(code, random_in(r, 0, 1) ? "2 working_days" : "12 working_hours");
    if (what < 25)
        return random_in(r, 0, 1) ? desk_stop(code) : desk_void(code);
    if (what < 28)
        return desk_undo(code);
    if (what < 31)
        return life_correct(life, r, d, code);
    return desk_rate(code, (int)random_in(r, 1, 5));
}

/* ---- the office ---- */

static struct command life_of_days(struct random *r, struct store_desk *d)
{
    civil_day day = civil_day_of(now_of(d)) + (civil_day)random_in(r, -3, 25);
    struct command c = {.kind = COMMAND_DAY_PUT, .at = NO_TIME};
    c.day = (struct office_day){.day = day, .kind = DAY_OFF, .name = STR("Nghỉ bù")};
    int64_t what = random_in(r, 0, 11);
    if (what < 5)
        return c;
    if (what < 7) {
        c.day.kind = DAY_WORKED;
        c.day.day += 6 - (int)civil_weekday(day); /* a Saturday: weekdays are 1 to 7 */
    } else if (what < 8) {
        c.day.kind = DAY_CLOSED;
    } else if (what < 10) {
        c.kind = COMMAND_DAY_REMOVE;
        c.day_removed = day;
    } else if (what < 11) {
        c.kind = COMMAND_HOURS_PUT;
        c.hours = (struct office_hours){.from = day};
        assert_true(office_hours_parse(
            random_in(r, 0, 1) ? STR("07:30-11:30,13:00-16:30") : STR("07:00-11:30,13:30-17:00"), &c.hours));
    } else {
        int last = (int)random_in(r, 2026, 2027);
        c.kind = COMMAND_YEARS_KNOWN;
        c.known = (struct known_years){2026, last};
    }
    return c;
}

static struct command life_of_office(struct random *r)
{
    static const char *const logins[] = {"lan", "ba"};
    static const char *const fields[] = {"Hộ tịch", "Đất đai", "Lĩnh vực mới"};
    static const char *const settings[][2] = {
        {"soon.days", "2"},    {"report.basis", "promised"}, {"clock", "same_hour"},  {"clock", NULL},
        {"backdate.max", "5"}, {"supplement.days", "x"},     {"no.such.setting", "1"}};
    const char *login = PICK(r, logins);
    int64_t what = random_in(r, 0, 5), i = random_in(r, 0, 6);
    struct command c = {.kind = COMMAND_SETTING_PUT, .at = NO_TIME};
    if (what == 5)
        return life_steps(r);
    if (what == 0)
        return desk_put_officer(login, random_in(r, 0, 1) ? ROLE_OFFICER : ROLE_CHIEF);
    if (what == 1) {
        c.kind = COMMAND_OFFICER_RETIRE;
        c.retired = str_of(login);
    } else if (what == 2) {
        return desk_put_procedure("1.007", NULL, "Cấp bản sao trích lục", PICK(r, fields),
                                  random_in(r, 0, 1) ? "2 working_days" : "1 months");
    } else if (what == 3) {
        c.kind = COMMAND_PROCEDURE_RETIRE;
        c.retired = STR("1.007");
    } else {
        c.setting.key = str_of(settings[i][0]);
        c.setting.value = str_of(settings[i][1]);
    }
    return c;
}

/* ---- one after the other ---- */

struct command store_life_next(struct store_life *life, struct store_desk *d)
{
    static const char *const askers[] = {"admin", "admin", "admin", "huong", "nam", "chief", "lan", "nobody"};
    struct random r = {life->random};
    struct command c;
    d->now += random_in(&r, 0, life->pause ? life->pause : 7200);
    d->login = PICK(&r, askers);
    int64_t what = random_in(&r, 0, 99);
    if (what < 4 && !life->still) {
        d->login = what ? "admin" : d->login;
        c = life_of_days(&r, d);
    } else if (what < 8) {
        d->login = what == 7 ? d->login : "admin";
        c = life_of_office(&r);
    } else if (what < 8 + (life->imports ? life->imports : 3)) {
        c = life_import(life, &r, d);
    } else if (what < 13) {
        uint64_t chance = (uint64_t)d->now / 7 ^ life->dossiers;
        c = life_turn_away(life, &r, d);
        if (chance % 6 == 0)
            c = life_turn_away_void(chance / 6, d);
    } else if (what < 36 || life->dossiers == 0) {
        c = life_receive(life, &r, d);
    } else {
        c = life_of_dossier(life, &r, d);
        if (once_in(&r, 4))
            c.at = now_of(d) - random_in(&r, 0, 12000);
    }
    life->random = r.state;
    return c;
}

static uint64_t count_dossiers(struct store *s)
{
    struct store_stat stat;
    struct view *v;
    struct outcome o = view_begin(s, &v);
    assert_true(outcome_ok(&o));
    view_stat(v, &stat);
    view_end(v);
    return stat.dossiers;
}

size_t store_life_run(struct store_life *life, struct store_desk *d, size_t steps, size_t done[COMMAND_COUNT])
{
    size_t all = 0;
    for (size_t i = 0; i < steps; i++) {
        life->dossiers = count_dossiers(d->store);
        struct command c = store_life_next(life, d);
        struct outcome o = store_desk_ask(d, c, NULL);
        if (outcome_class(o.kind) == FAILED)
            fail_msg("step %zu: %s", i, outcome_kind_name(o.kind));
        all += outcome_ok(&o);
        if (done && outcome_ok(&o))
            done[c.kind]++;
    }
    d->login = "admin";
    return all;
}
