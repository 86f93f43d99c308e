/* scatter: a store that was written as a desk writes it: one event a transaction, for years.
 *
 *     scatter STORE DOSSIERS UNTIL
 *
 * STORE is an empty one, of `motcua init`. Ends on the day before UNTIL (a UTC second). Two hundred dossiers
 * are received on each day that is not a Saturday or Sunday, two to three acts follow on later days, and some
 * are left to be late. Everything goes through store_submit(), one request at a time; preload nosync.so, or
 * it takes an hour. */
#include "store/store.h"
#include "tests/bench/timing.h"
#include <pwd.h>
#include <string.h>
#include <unistd.h>

enum { A_DAY = 200, OPENS = 7 * 60 + 30, CODE = 64, OFFSET = 7 * 60 };

struct desk {
    struct store *store;
    char login[64];
    civil_minute now;
    uint64_t random;
};

static const char *const family[] = {"Nguyễn", "Trần", "Lê",   "Phạm", "Hoàng",
                                     "Phan",   "Vũ",   "Đặng", "Bùi",  "Đỗ"};
static const char *const middle[] = {"Thị", "Văn", "Đức",   "Minh",  "Ngọc",
                                     "Thu", "Hữu", "Quang", "Thanh", "Kim"};
static const char *const given[] = {"Hương", "Nam", "Lan", "Hùng", "Mai",
                                    "Tuấn",  "Đào", "Sơn", "Yến",  "Phúc"};
static const char *const procedure[] = {"1.004873", "2.000815", "1.000894", "1.001193", "1.000656"};

static unsigned draw(struct desk *d, unsigned below)
{
    d->random ^= d->random << 13;
    d->random ^= d->random >> 7;
    d->random ^= d->random << 17;
    return (unsigned)(d->random % below);
}

static bool submit(struct desk *d, struct command c)
{
    struct request r = {.command = c};
    r.moment.now = civil_to_utc(d->now, OFFSET);
    r.moment.login = str_of(d->login);
    struct outcome o = store_submit(d->store, &r, 1, NULL);
    if (outcome_ok(&o))
        return true;
    if (c.kind == COMMAND_RECEIVE) {
        fprintf(stderr, "scatter: %s\n", outcome_kind_name(o.kind));
        exit(1);
    }
    return false; /* what the rules forbid here: the desk goes on */
}

static void receive(struct desk *d)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    char name[96], phone[16];
    snprintf(name, sizeof name, "%s %s %s", family[draw(d, 10)], middle[draw(d, 10)], given[draw(d, 10)]);
    snprintf(phone, sizeof phone, "09%08u", draw(d, 100000000));
    c.receive.procedure = str_of(procedure[draw(d, 5)]);
    c.receive.applicant.name = str_of(name);
    c.receive.applicant.phone = str_of(phone);
    c.receive.fee = -1;
    c.receive.submitted = NO_TIME;
    submit(d, c);
}

/* Of the dossier received as the nth: its code is made of the day and its place in it, and so is not known
 * here; its id is n. */
static bool act(struct desk *d, uint64_t id, enum command_kind kind)
{
    struct view *v;
    struct dossier found;
    char code[CODE] = "";
    struct outcome o = view_begin(d->store, &v);
    if (!outcome_ok(&o))
        exit(1);
    if (view_dossier(v, id, &found) && found.code.n < CODE)
        memcpy(code, found.code.p, found.code.n);
    view_end(v);
    struct command c = {.kind = kind, .at = NO_TIME, .dossier = str_of(code)};
    if (kind == COMMAND_TRANSFER)
        c.transfer.to = str_of(d->login);
    return submit(d, c);
}

/* What was received `ago` working days before. */
static void later(struct desk *d, uint64_t done, unsigned ago, enum command_kind kind, unsigned of_thousand)
{
    if (done < (uint64_t)ago * A_DAY)
        return;
    uint64_t first = done - (uint64_t)ago * A_DAY;
    for (uint64_t id = first + 1; id <= first + A_DAY && id <= done; id++)
        if (id * 7919 % 1000 < of_thousand)
            act(d, id, kind);
}

static void day(struct desk *d, uint64_t done, uint64_t more)
{
    for (uint64_t i = 0; i < more; i++) {
        d->now += i % 2;
        receive(d);
    }
    d->now += 60;
    later(d, done, 1, COMMAND_TRANSFER, 900);
    later(d, done, 2, COMMAND_RESOLVE, 900);
    later(d, done, 9, COMMAND_RESOLVE, 990);
    later(d, done, 3, COMMAND_RETURN, 900);
    later(d, done, 12, COMMAND_RETURN, 990);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    struct desk d = {.random = 88172645463325252U};
    const struct passwd *me = getpwuid(getuid());
    snprintf(d.login, sizeof d.login, "%s", me ? me->pw_name : "root");
    struct outcome o = store_open(argv[1], &d.store);
    if (!outcome_ok(&o)) {
        fprintf(stderr, "scatter: %s\n", outcome_kind_name(o.kind));
        return 1;
    }
    uint64_t dossiers = strtoull(argv[2], NULL, 10);
    civil_day until = civil_day_of(civil_from_utc(atoll(argv[3]), OFFSET));
    civil_day first = until - (civil_day)((dossiers + A_DAY - 1) / A_DAY * 7 / 5 + 7);
    uint64_t done = 0;
    for (civil_day at = first; at < until && done < dossiers; at++) {
        if (civil_weekday(at) >= SATURDAY)
            continue;
        d.now = civil_at(at, OPENS);
        uint64_t more = dossiers - done < A_DAY ? dossiers - done : A_DAY;
        day(&d, done, more);
        done += more;
    }
    store_close(d.store);
    printf("%llu\n", (unsigned long long)done);
    return 0;
}
