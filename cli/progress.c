#include "cli/progress.h"

#include "store/crash.h"
#include <time.h>
#include <unistd.h>

enum { PAUSE = 100 /* ms between two sayings */ };

#define WIPE "\r\033[K"

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
    interrupted = number;
}

/* What runs in the background was told to ignore its terminal's interrupts, and goes on doing so. */
static void take(int number, struct sigaction *before)
{
    struct sigaction act = {.sa_handler = on_interrupt};
    sigaction(number, NULL, before);
    if (before->sa_handler != SIG_IGN)
        sigaction(number, &act, NULL);
}

static int64_t now(void)
{
    struct timespec ts = {0};
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Nobody watches when that fails. */
static void put(const struct buf *line)
{
    if (!line->failed && write(STDERR_FILENO, line->p, line->n) < 0)
        return;
}

/* " 12.345 of about 99.999" rows, how many a second, and how long the rest will take. */
static void add_pace(struct buf *line, const struct progress *p, uint64_t done, uint64_t all)
{
    int64_t spent = now() - p->began;
    struct buf rate = BUF_INIT, left = BUF_INIT;
    if (spent < PAUSE || !done || all < done)
        return;
    uint64_t seconds = (all - done) * (uint64_t)spent / done / 1000;
    buf_addf(&rate, "%llu", (unsigned long long)(done * 1000 / (uint64_t)spent));
    buf_addf(&left, "%llu:%02u", (unsigned long long)(seconds / 60), (unsigned)(seconds % 60));
    buf_addf(line, " (%llu/%llu) ", (unsigned long long)done, (unsigned long long)all);
    LANG_SAY(line, p->lang, T_cli_import_pace, buf_str(&rate), buf_str(&left));
    buf_release(&rate);
    buf_release(&left);
}

static void say(struct progress *p, uint64_t done, uint64_t all)
{
    struct buf line = BUF_INIT;
    buf_add_z(&line, WIPE);
    LANG_SAY(&line, p->lang, p->says, STR_NONE);
    if (all)
        buf_addf(&line, " %u%%", (unsigned)(done * 100 / all));
    else if (done)
        buf_addf(&line, " %llu", (unsigned long long)done);
    if (p->paced)
        add_pace(&line, p, done, all);
    put(&line);
    buf_release(&line);
    p->last = now();
}

void progress_begin(struct progress *p, enum lang lang, enum text_id says)
{
    *p = (struct progress){.lang = lang, .says = says, .seen = isatty(STDERR_FILENO), .began = now()};
    interrupted = 0;
    take(SIGINT, &p->interrupt);
    take(SIGTERM, &p->terminate);
    take(SIGHUP, &p->hang_up);
    if (p->seen) {
        crash_line(WIPE);
        say(p, 0, 0);
    }
}

static bool tell(void *arg, uint64_t done, uint64_t all)
{
    struct progress *p = arg;
    if (p->seen && (p->seldom || done % 64 == 0) && now() - p->last >= PAUSE)
        say(p, done, all);
    return !interrupted;
}

struct watch progress_watch(struct progress *p)
{
    return (struct watch){.tell = tell, .arg = p};
}

int progress_end(struct progress *p, bool stopped)
{
    if (p->seen) {
        struct buf line = BUF_INIT;
        buf_add_z(&line, WIPE);
        put(&line);
        buf_release(&line);
        crash_line(NULL);
    }
    sigaction(SIGINT, &p->interrupt, NULL);
    sigaction(SIGTERM, &p->terminate, NULL);
    sigaction(SIGHUP, &p->hang_up, NULL);
    if (!stopped || !interrupted)
        return 0;
    raise(interrupted);
    return FAILED;
}
