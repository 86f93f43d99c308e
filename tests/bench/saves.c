/* saves: how long a durable save takes, in process, with the disk's own floor beside it.
 *
 *     saves acts    STORE NOW ROUNDS FLOOR-FILE
 *     saves officer STORE NOW SECONDS PERIOD-MS
 *
 * NOW: the UTC second at which the clock starts. `acts` goes round: one 4 KiB pwrite + fdatasync into
 * FLOOR-FILE (on the store's disk, written whole before), one receive, and then, each with a floor of its own
 * before it, what happens to a dossier: transfer, apologize, resolve, return, on another one each time,
 * picked at random among those that run. `officer` is somebody at the counter while others work: a receive
 * every PERIOD-MS for SECONDS, or until SIGTERM. Prints "WHAT NANOSECONDS" a line; a save that is refused is
 * not timed, but told on standard error. */
#include "store/store.h"
#include "tests/bench/timing.h"
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { PAGE = 4096, FLOOR_PAGES = 4096, CODE = 64, MOST = 100000 };

struct bench {
    struct store *store;
    int64_t started; /* bench_now() then */
    int64_t now;     /* UTC second then */
    char login[64], other[64];
    char (*code)[CODE]; /* of those that run */
    size_t codes, next;
    uint64_t random;
    int floor;
    size_t page;
    size_t refused;
};

static volatile sig_atomic_t told_to_end;
static void on_term(int signal)
{
    told_to_end = signal;
}

static uint64_t draw(struct bench *b)
{
    b->random ^= b->random << 13;
    b->random ^= b->random >> 7;
    b->random ^= b->random << 17;
    return b->random;
}

static void must(const struct outcome *o)
{
    if (outcome_ok(o))
        return;
    fprintf(stderr, "saves: %s\n", outcome_kind_name(o->kind));
    exit(1);
}

static bool keep_code(void *arg, const struct row *r)
{
    struct bench *b = arg;
    if (r->facts.apologized || r->code.n >= CODE)
        return true;
    memcpy(b->code[b->codes], r->code.p, r->code.n);
    b->code[b->codes++][r->code.n] = '\0';
    return b->codes < MOST;
}

/* Somebody else at the desk, and which dossiers run, in no order. */
static void look_round(struct bench *b)
{
    struct view *v;
    struct outcome o = view_begin(b->store, &v);
    must(&o);
    const struct office *office = view_office(v);
    for (size_t i = 0; i < office_officer_count(office); i++) {
        const struct officer *who = office_officer(office, i);
        if (!who->retired && !str_eq(who->login, str_of(b->login)) && who->login.n < sizeof b->other)
            snprintf(b->other, sizeof b->other, "%.*s", (int)who->login.n, who->login.p);
    }
    view_live(v, LIVE_RUNNING, keep_code, b);
    view_end(v);
    for (size_t i = b->codes; i > 1; i--) {
        size_t at = (size_t)(draw(b) % i);
        char swap[CODE];
        memcpy(swap, b->code[at], CODE);
        memcpy(b->code[at], b->code[i - 1], CODE);
        memcpy(b->code[i - 1], swap, CODE);
    }
}

static void floor_make(struct bench *b, const char *path)
{
    static const char zeros[PAGE];
    b->floor = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (b->floor < 0)
        bench_fail(path);
    for (size_t i = 0; i < FLOOR_PAGES; i++)
        if (write(b->floor, zeros, PAGE) != PAGE)
            bench_fail(path);
    if (fsync(b->floor) != 0)
        bench_fail(path);
}

static void floor_one(struct bench *b, const char *what)
{
    char page[PAGE];
    memset(page, (int)(b->page & 0xff), PAGE);
    off_t at = (off_t)(b->page++ % FLOOR_PAGES) * PAGE;
    int64_t before = bench_now();
    if (pwrite(b->floor, page, PAGE, at) != PAGE || fdatasync(b->floor) != 0)
        bench_fail("floor");
    printf("floor %lld\nfloor-%s %lld\n", (long long)(bench_now() - before), what,
           (long long)(bench_now() - before));
}

static bool save(struct bench *b, const char *what, const struct command *command)
{
    struct request r = {.command = *command};
    r.moment.now = b->now + (bench_now() - b->started) / 1000000000;
    r.moment.login = str_of(b->login);
    int64_t before = bench_now();
    struct outcome o = store_submit(b->store, &r, 1, NULL);
    int64_t took = bench_now() - before;
    if (!outcome_ok(&o)) {
        if (b->refused++ < 3)
            fprintf(stderr, "saves: %s: %s\n", what, outcome_kind_name(o.kind));
        return false;
    }
    printf("%s %lld\n", what, (long long)took);
    return true;
}

static bool receive(struct bench *b)
{
    struct command c = {.kind = COMMAND_RECEIVE, .at = NO_TIME};
    char phone[16];
    snprintf(phone, sizeof phone, "09%08u", (unsigned)(draw(b) % 100000000));
    c.receive.procedure = STR("1.004873");
    c.receive.applicant.name = STR("Nguyễn Thị Hương");
    c.receive.applicant.phone = str_of(phone);
    c.receive.applicant.address = STR("Thôn 2, xã Tơ Tung");
    c.receive.fee = -1;
    c.receive.submitted = NO_TIME;
    return save(b, "receive", &c);
}

static void life(struct bench *b)
{
    if (b->next >= b->codes)
        return;
    struct str code = str_of(b->code[b->next++]);
    struct command transfer = {.kind = COMMAND_TRANSFER, .at = NO_TIME, .dossier = code};
    transfer.transfer.to = str_of(b->other);
    struct command apologize = {.kind = COMMAND_APOLOGIZE, .at = NO_TIME, .dossier = code};
    apologize.apologize.reason = STR("Chờ xác minh tại nơi cư trú trước đây");
    apologize.apologize.until = civil_at(civil_from_ymd(2027, 3, 16), 17 * 60); /* a Tuesday, in no holiday */
    struct command resolve = {.kind = COMMAND_RESOLVE, .at = NO_TIME, .dossier = code};
    struct command give_back = {.kind = COMMAND_RETURN, .at = NO_TIME, .dossier = code};
    const struct {
        const char *name;
        const struct command *command;
    } act[] = {
        {"transfer", &transfer}, {"apologize", &apologize}, {"resolve", &resolve}, {"return", &give_back}};
    for (size_t i = 0; i < sizeof act / sizeof *act; i++) {
        floor_one(b, act[i].name);
        save(b, act[i].name, act[i].command);
    }
}

static void acts(struct bench *b, long rounds, const char *floor)
{
    floor_make(b, floor);
    look_round(b);
    for (long i = 0; i < rounds; i++) {
        floor_one(b, "receive");
        receive(b);
        life(b);
    }
    close(b->floor);
    unlink(floor);
}

static void officer(struct bench *b, long seconds, long period)
{
    struct sigaction act = {.sa_handler = on_term};
    sigaction(SIGTERM, &act, NULL);
    int64_t next = bench_now(), until = next + (int64_t)seconds * 1000000000;
    while (!told_to_end && bench_now() < until) {
        receive(b);
        next += period * 1000000;
        int64_t left = next - bench_now();
        if (left > 0)
            nanosleep(&(struct timespec){left / 1000000000, left % 1000000000}, NULL);
        else
            next = bench_now();
    }
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    struct bench b = {.started = bench_now(), .now = atoll(argv[3]), .random = 88172645463325252U};
    const struct passwd *me = getpwuid(getuid());
    snprintf(b.login, sizeof b.login, "%s", me ? me->pw_name : "root");
    b.code = calloc(MOST, sizeof *b.code);
    struct outcome o = store_open(argv[2], &b.store);
    must(&o);
    if (!b.code)
        bench_fail("calloc");
    if (strcmp(argv[1], "acts") == 0)
        acts(&b, atol(argv[4]), argv[5]);
    else
        officer(&b, atol(argv[4]), atol(argv[5]));
    if (b.refused)
        fprintf(stderr, "saves: %zu refused\n", b.refused);
    store_close(b.store);
    free(b.code);
    return 0;
}
